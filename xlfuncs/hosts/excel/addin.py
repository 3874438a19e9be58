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
_LONGEST_PATH = 255  # in the configuration sheet, from which the bridge passes it to Windows


@dataclass(frozen=True)
class Configuration:
    """What the add-in must know about the machine: Python, the folder of the DLL of xlwings, and our help."""

    interpreter: str
    dll_folder: str
    help_page: str
    memo: bool = False

    @classmethod
    def of_this_machine(cls, help_page: Path, memo: bool = False) -> Configuration:
        """Return the Python that runs this, and the folder where its xlwings puts the DLL."""
        return cls(sys.executable, sys.prefix, str(help_page), memo)

    def rows(self) -> dict[str, str]:
        """Return the configuration sheet of the add-in, as the bridge reads it."""
        return {
            "INTERPRETER_WIN": self.interpreter,
            "DLL_DIR": self.dll_folder,
            "HELP": self.help_page,
            "MEMO": "true" if self.memo else "false",
            "VERSION": VERSION,
        }

    def list_faults(self) -> list[str]:
        """Return a sentence for each reason why Windows could not start this Python."""
        faults = []
        for name, path in (("interpreter", self.interpreter), ("DLL folder", self.dll_folder)):
            odd = sorted({letter for letter in path if letter in '&%"^' or not letter.isascii()})
            if odd:
                characters = " ".join(odd)
                faults.append(
                    f"The path of the {name} has the character {characters}: {path}. Install Python in a folder whose "
                    "path has only letters, digits and spaces."
                )
            if len(path) > _LONGEST_PATH:
                faults.append(f"The path of the {name} is longer than {_LONGEST_PATH} characters: {path}.")
        return faults


def build(registry: Registry, configuration: Configuration, templates: Mapping[str, str]) -> bytes:
    """Return the file; the same bytes for the same declarations, configuration, templates and xlwings."""
    texts = {function.name: [function.summary, *(param.help for param in function.params)] for function in registry}
    modules = {
        "Functions": vba.build_functions_module(registry, project.xlwings_dlls()),
        "Help": vba.build_help_module(registry, texts),
        "Links": vba.LINKS,
    }
    return _pack(_build_parts(configuration, build_ribbon(templates), project.build_binary(vba.THIS_WORKBOOK, modules)))


def build_tooltips(registry: Registry) -> str:
    """Return the file that Excel-DNA IntelliSense reads beside the add-in, to show arguments while one types."""
    functions = []
    for function in registry:
        arguments = "".join(
            f'<Argument Name="{escape(param.name)}" Description="{_escape_attribute(param.help)}"/>'
            for param in function.params
        )
        summary = _escape_attribute(function.summary)
        functions.append(f'<Function Name="{function.name}" Description="{summary}">{arguments}</Function>')
    head = _HEAD + '<IntelliSense xmlns="http://schemas.excel-dna.net/intellisense/1.0"><FunctionInfo>\n'
    return head + "\n".join(functions) + "\n</FunctionInfo></IntelliSense>\n"


def _escape_attribute(text: str) -> str:
    return escape(text, {'"': "&quot;"})


def _button(name: str, label: str, image: str, tip: str, size: str = "normal") -> str:
    return (
        f'<button id="xlfuncs{name}" label="{label}" imageMso="{image}" size="{size}" '
        f'onAction="Functions.{name}" screentip="{label}" supertip="{tip}"/>'
    )


def build_ribbon(templates: Mapping[str, str]) -> str:
    """Return the ribbon tab, with a button for each template, by name and title."""
    choices = "".join(
        f'<button id="xlfuncsTemplate{number}" label="{_escape_attribute(title)}" tag="{name}" '
        'onAction="Functions.OpenTemplate"/>'
        for number, (name, title) in enumerate(templates.items(), 1)
    )
    return (
        f'{_HEAD}<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon><tabs>'
        '<tab id="xlfuncsTab" label="xlfuncs">'
        '<group id="xlfuncsFunctions" label="Functions">'
        + _button("InsertFunction", "Insert function", "FunctionWizard", "Opens the function wizard.", "large")
        + _button("ShowHelp", "Help", "Help", "The page of a function: its formula, units, errors and source.", "large")
        + '</group><group id="xlfuncsWorkbook" label="Workbook">'
        '<menu id="xlfuncsTemplates" label="Open template" imageMso="FileNew" size="large">'
        + choices
        + "</menu>"
        + _button(
            "RefreshData",
            "Refresh data",
            "Refresh",
            "Updates the data tables of the workbook, and lists what changed.",
            "large",
        )
        + _button(
            "CheckWorkbook",
            "Check workbook",
            "SpellingMenu",
            "Checks the workbook, and lists the findings with links to their cells.",
            "large",
        )
        + '</group><group id="xlfuncsMaintain" label="Maintain">'
        + _button(
            "RepairLinks",
            "Repair links",
            "HyperlinkEdit",
            "Reconnects formulas that show #NAME? or point to another copy of the add-in.",
        )
        + _button(
            "RestartPython", "Restart Python", "RecurrenceEdit", "Restarts Python and recalculates all open workbooks."
        )
        + "</group></tab></tabs></ribbon></customUI>"
    )


def _build_parts(configuration: Configuration, tab: str, binary: bytes) -> dict[str, str | bytes]:
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
    def cell(address: str, text: str) -> str:
        return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'

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


def _pack(parts: dict[str, str | bytes]) -> bytes:
    """Store and do not deflate: versions of zlib differ in their bytes, and the file is small."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.create_system = info.external_attr = 0
            package.writestr(info, content)
    return out.getvalue()
