"""A workbook as its parts describe it: sheets, names, tables, and how Excel calculates it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from xlfuncs.core.dates import EXCEL_EPOCH, EXCEL_EPOCH_1904, to_serial
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml, corners_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.sax_reader import read_sheet
from xlfuncs.ooxml.xml import iter_attributes, parse_xml, read_relationships, unescape_xstring

CellKey = tuple[str, CellPos]  # a cell: its sheet's name and its place
_WORKSHEET = "/worksheet"
_DOCUMENT = "/officeDocument"
MAX_CELLS = 5_000_000


@dataclass(frozen=True)
class Table:
    """A table of a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int
    columns: tuple[str, ...]  # in lower case
    headers: int = 1
    totals: int = 0


@dataclass(frozen=True)
class CalculationSettings:
    """How the workbook is to be calculated."""

    dates_1904: bool = False
    iterate: bool = False
    max_iterations: int = 100
    max_change: float = 0.001
    full_calc_on_load: bool = False  # whoever wrote the file did not calculate it
    calculates_data_tables: bool = True  # whether what-if tables are calculated with the rest


@dataclass
class WorkbookXml:
    """What a workbook says, without a byte of it changed."""

    package: Package
    part: str = ""  # of the workbook itself
    sheets: list[SheetXml] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # by sheet or "", and name, in lower case
    global_names: dict[str, str] = field(default_factory=dict)  # those of the whole workbook, as they are written
    tables: dict[str, Table] = field(default_factory=dict)  # by name in lower case
    settings: CalculationSettings = field(default_factory=CalculationSettings)
    shared_strings: list[str] = field(default_factory=list)

    @cached_property
    def by_name(self) -> dict[str, SheetXml]:
        return {sheet.name: sheet for sheet in self.sheets}

    @cached_property
    def formulas(self) -> dict[CellKey, CellXml]:
        return {(sheet.name, cell.place): cell for sheet in self.sheets for cell in sheet.formulas}

    def cell(self, key: CellKey) -> CellXml | None:
        return self.by_name[key[0]].cells.get(key[1]) if key[0] in self.by_name else None

    def value(self, cell: CellXml | None) -> Any:
        """The value stored with a cell; `None` where there is none."""
        if cell is None or cell.value is None:
            return None
        kind, text = cell.kind, cell.value
        if kind == "n":
            try:
                return float(text)
            except ValueError:
                return None
        if kind == "s":
            index = int(text) if text.strip().isdecimal() else -1
            return self.shared_strings[index] if 0 <= index < len(self.shared_strings) else CellError("#VALUE!")
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return CellError(text)
        return self._serial(text) if kind == "d" else unescape_xstring(text)

    def values(self) -> dict[CellKey, Any]:
        """The values of all cells that have one."""
        found: dict[CellKey, Any] = {}
        for sheet in self.sheets:
            name = sheet.name
            for place, cell in sheet.cells.items():
                value = self.value(cell)
                if value is not None:
                    found[name, place] = value
        return found

    def _serial(self, text: str) -> Any:
        """The number of an ISO date, which strict files store as such."""
        try:
            moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
        except ValueError:
            return text
        return to_serial(moment, EXCEL_EPOCH_1904 if self.settings.dates_1904 else EXCEL_EPOCH)


def read_workbook(package: Package) -> WorkbookXml:
    """The workbook of a package; raises `WorkbookRejected` where it is none."""
    try:
        return _read(package)
    except (ValueError, LookupError, OverflowError, RecursionError) as problem:
        raise WorkbookRejected(f"{package.path} is damaged: {problem}.") from problem


def _read(package: Package) -> WorkbookXml:
    main = next((target for kind, _, target in read_relationships(package, "") if kind.endswith(_DOCUMENT)), None)
    if main is None or main not in package:
        raise WorkbookRejected(f"{package.path} is not an .xlsx workbook: it has no workbook part.")
    if main.endswith(".bin"):
        raise WorkbookRejected(f"{package.path} is an .xlsb workbook; save it as .xlsx in Excel first.")
    related = {key: (kind, target) for kind, key, target in read_relationships(package, main)}
    root = parse_xml(package.read(main), main)
    book = WorkbookXml(package, main, settings=_settings(root))
    for kind, target in related.values():
        if kind.endswith("/sharedStrings") and target in package:
            book.shared_strings = [_text(item) for item in parse_xml(package.read(target), target)]
    order = []  # every sheet, charts too: names refer to them by their number
    for element in root.iter():
        if _tag(element) == "sheet":
            name = element.get("name", "")
            order.append(name)
            key = next((value for attribute, value in element.items() if attribute.endswith("}id")), "")
            kind, target = related.get(key, ("", ""))
            if kind.endswith(_WORKSHEET):
                book.sheets.append(read_sheet(target, name, package.read(target)))
                _read_tables(book, target, name)
    if sum(len(sheet.cells) for sheet in book.sheets) > MAX_CELLS:
        raise WorkbookRejected(f"{package.path} has more than {MAX_CELLS:,} cells.")
    for element in root.iter():
        if _tag(element) == "definedName":
            name, text = element.get("name", ""), element.text or ""
            local = element.get("localSheetId", "")
            if not local:
                book.global_names[name] = text
                book.names["", name.lower()] = text
            elif local.isdecimal() and int(local) < len(order):
                book.names[order[int(local)].lower(), name.lower()] = text
    return book


def _settings(root: ElementTree.Element) -> CalculationSettings:
    properties = next(iter_attributes(root, "workbookPr"), {})
    calculation = next(iter_attributes(root, "calcPr"), {})
    return CalculationSettings(
        _true(properties.get("date1904")),
        _true(calculation.get("iterate")),
        int(calculation.get("iterateCount", 100)),
        float(calculation.get("iterateDelta", 0.001)),
        _true(calculation.get("fullCalcOnLoad")),
        calculation.get("calcMode") != "autoNoTable",
    )


def _read_tables(book: WorkbookXml, part: str, sheet: str) -> None:
    for kind, _, target in read_relationships(book.package, part):
        if kind.endswith("/table") and target in book.package:
            root = parse_xml(book.package.read(target), target)
            (top, left), (bottom, right) = corners_of(root.get("ref", ""))
            columns = tuple(
                unescape_xstring(one.get("name", "")).lower() for one in iter_attributes(root, "tableColumn")
            )
            headers, totals = int(root.get("headerRowCount", 1)), int(root.get("totalsRowCount", 0))
            table = Table(sheet, top, left, bottom, right, columns, headers, totals)
            book.tables[(root.get("displayName") or root.get("name") or "").lower()] = table


def _text(item: ElementTree.Element) -> str:
    """The text of a shared string, its phonetic hints left aside."""
    runs = (run for part in item if _tag(part) != "rPh" for run in part.iter() if _tag(run) == "t")
    return unescape_xstring("".join(run.text or "" for run in runs))


def _tag(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _true(text: str | None) -> bool:
    return text in ("1", "true")
