"""The add-in for Excel on Windows, an .xlam file: its parts, the ribbon, and which Python it starts."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

from xlfuncs.core.registry import Registry
from xlfuncs.core.version import VERSION
from xlfuncs.hosts.excel import project, vba

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORMATS = "http://schemas.openxmlformats.org"
_SHEETS = f"{_FORMATS}/spreadsheetml/2006/main"
_RELATION = f"{_FORMATS}/officeDocument/2006/relationships"
_PACKAGE = f"{_FORMATS}/package/2006"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_LONGEST_CELL = 255  # of a path in the configuration, which the bridge hands to Windows


@dataclass(frozen=True)
class Configuration:
    """What the add-in must know of the machine: Python, the folder of the DLL of xlwings, and our help."""

    interpreter: str
    dll_folder: str
    help_page: str
    memo: bool = False

    @classmethod
    def of_this_machine(cls, help_page: Path, memo: bool = False) -> Configuration:
        """The Python that runs this, and the place where its xlwings puts the DLL."""
        return cls(sys.executable, sys.prefix, str(help_page), memo)

    def rows(self) -> dict[str, str]:
        """The sheet of the add-in, as the bridge reads it."""
        return {
            "INTERPRETER_WIN": self.interpreter,
            "DLL_DIR": self.dll_folder,
            "HELP": self.help_page,
            "MEMO": "true" if self.memo else "false",
            "VERSION": VERSION,
        }

    def faults(self) -> list[str]:
        """Why Windows could not start this Python, in sentences."""
        found = []
        for name, path in (("interpreter", self.interpreter), ("DLL folder", self.dll_folder)):
            odd = sorted({letter for letter in path if letter in '&%"^' or not letter.isascii()})
            if odd:
                found.append(f"The {name} {path} has {' '.join(odd)} in its path; install Python in a plain folder.")
            if len(path) > _LONGEST_CELL:
                found.append(f"The path of the {name} is longer than {_LONGEST_CELL} characters: {path}.")
        return found


def build(registry: Registry, configuration: Configuration, templates: Mapping[str, str]) -> bytes:
    """The whole file; the same bytes for the same declarations, configuration, templates and xlwings."""
    texts = {function.name: [function.summary, *(param.help for param in function.params)] for function in registry}
    modules = {
        "Functions": vba.functions_module(registry, project.dlls_of_xlwings()),
        "Help": vba.help_module(registry, texts),
        "Links": vba.LINKS,
    }
    return _packed(_parts(configuration, ribbon(templates), project.binary(vba.THIS_WORKBOOK, modules)))


def tooltips(registry: Registry) -> str:
    """The file that Excel-DNA IntelliSense reads beside the add-in, to show arguments while one types."""
    functions = []
    for function in registry:
        arguments = "".join(
            f'<Argument Name="{escape(param.name)}" Description="{_attribute(param.help)}"/>'
            for param in function.params
        )
        functions.append(
            f'<Function Name="{function.name}" Description="{_attribute(function.summary)}">{arguments}</Function>'
        )
    head = _HEAD + '<IntelliSense xmlns="http://schemas.excel-dna.net/intellisense/1.0"><FunctionInfo>\n'
    return head + "\n".join(functions) + "\n</FunctionInfo></IntelliSense>\n"


def _attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _button(name: str, label: str, image: str, tip: str, size: str = "normal") -> str:
    return (
        f'<button id="xlfuncs{name}" label="{label}" imageMso="{image}" size="{size}" '
        f'onAction="Functions.{name}" screentip="{label}" supertip="{tip}"/>'
    )


def ribbon(templates: Mapping[str, str]) -> str:
    """The tab, with a button for each template, by name and title."""
    choices = "".join(
        f'<button id="xlfuncsTemplate{number}" label="{_attribute(title)}" tag="{name}" '
        'onAction="Functions.OpenTemplate"/>'
        for number, (name, title) in enumerate(templates.items(), 1)
    )
    return (
        f'{_HEAD}<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
        '<tab id="xlfuncsTab" label="xlfuncs">'
        '<group id="xlfuncsFunctions" label="Functions">'
        + _button("InsertFunction", "Insert function", "FunctionWizard", "The function wizard.", "large")
        + _button("ShowHelp", "Help", "Help", "Every function with its formula, units, errors and source.", "large")
        + '</group><group id="xlfuncsWorkbook" label="Workbook">'
        '<menu id="xlfuncsTemplates" label="Open template" imageMso="FileNew" size="large">'
        + choices
        + "</menu>"
        + _button("RefreshData", "Refresh data", "Refresh", "Brings the data tables up to date.", "large")
        + _button("CheckWorkbook", "Check workbook", "SpellingMenu", "Lists what breaks a rule, with links.", "large")
        + '</group><group id="xlfuncsMaintain" label="Maintain">'
        + _button("RepairLinks", "Repair links", "HyperlinkEdit", "Formulas that lost the add-in find it again.")
        + _button("RestartPython", "Restart Python", "RecurrenceEdit", "Starts Python anew and recalculates.")
        + "</group></tab></tabs></ribbon></customUI>"
    )


def _parts(configuration: Configuration, tab: str, binary: bytes) -> dict[str, str | bytes]:
    return {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships(
            (f"{_RELATION}/officeDocument", "xl/workbook.xml"),
            (f"{_PACKAGE}/relationships/metadata/core-properties", "docProps/core.xml"),
            ("http://schemas.microsoft.com/office/2007/relationships/ui/extensibility", "customUI/customUI14.xml"),
        ),
        "xl/workbook.xml": f'{_HEAD}<workbook xmlns="{_SHEETS}" xmlns:r="{_RELATION}">'
        '<fileVersion appName="xl" lastEdited="7" lowestEdited="7"/><workbookPr codeName="ThisWorkbook"/>'
        f'<bookViews><workbookView/></bookViews><sheets><sheet name="{vba.CONFIGURATION}" sheetId="1" r:id="rId1"/>'
        "</sheets></workbook>",
        "xl/_rels/workbook.xml.rels": _relationships(
            (f"{_RELATION}/worksheet", "worksheets/sheet1.xml"),
            (f"{_RELATION}/styles", "styles.xml"),
            ("http://schemas.microsoft.com/office/2006/relationships/vbaProject", "vbaProject.bin"),
        ),
        "xl/worksheets/sheet1.xml": _sheet(configuration.rows()),
        "xl/styles.xml": _STYLES,
        "xl/vbaProject.bin": binary,
        "customUI/customUI14.xml": tab,
        "docProps/core.xml": f'{_HEAD}<cp:coreProperties xmlns:cp="{_PACKAGE}/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>xlfuncs</dc:title><dc:description>Worksheet '
        "functions to value AI companies and compare the US and China. "
        f"Version {VERSION}.</dc:description></cp:coreProperties>",
    }


def _content_types() -> str:
    defaults = {
        "bin": "application/vnd.ms-office.vbaProject",
        "rels": "application/vnd.openxmlformats-package.relationships+xml",
        "xml": "application/xml",
    }
    parts = {
        "/xl/workbook.xml": "application/vnd.ms-excel.addin.macroEnabled.main+xml",
        "/xl/worksheets/sheet1.xml": f"{_TYPES}.worksheet+xml",
        "/xl/styles.xml": f"{_TYPES}.styles+xml",
        "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
    }
    lines = [f'<Default Extension="{end}" ContentType="{kind}"/>' for end, kind in defaults.items()]
    lines += [f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in parts.items()]
    return f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types">{"".join(lines)}</Types>'


def _relationships(*targets: tuple[str, str]) -> str:
    lines = [
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    ]
    return f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships">{"".join(lines)}</Relationships>'


def _sheet(rows: dict[str, str]) -> str:
    def cell(place: str, text: str) -> str:
        return f'<c r="{place}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

    lines = "".join(
        f'<row r="{number}">{cell(f"A{number}", key)}{cell(f"B{number}", value)}</row>'
        for number, (key, value) in enumerate(rows.items(), 1)
    )
    return f'{_HEAD}<worksheet xmlns="{_SHEETS}"><sheetPr codeName="Sheet1"/><sheetData>{lines}</sheetData></worksheet>'


_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_SHEETS}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="1">'
    '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs><cellStyles count="1">'
    '<cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def _packed(parts: dict[str, str | bytes]) -> bytes:
    """Stored and not deflated: versions of zlib differ in their bytes, and the file is small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = info.external_attr = 0
            package.writestr(info, content)
    return out.getvalue()
