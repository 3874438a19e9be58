"""The workbook that the parts of a package describe: sheets, names, tables, and how Excel calculates it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from xlfuncs.core.dates import EXCEL_EPOCH, EXCEL_EPOCH_1904, to_serial
from xlfuncs.core.errors import VALUE, CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml, corners_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.sax_reader import read_sheet
from xlfuncs.ooxml.xml import iter_attributes, local_name, parse_xml, read_relationships, unescape_xstring

CellKey = tuple[str, CellPos]  # a cell: its sheet's name and its place
_Relationships = Mapping[str, tuple[str, str]]  # type and target, by id
_WORKSHEET = "/worksheet"
_DOCUMENT = "/officeDocument"
_STRINGS = "/sharedStrings"
_TABLE = "/table"
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
    """A workbook as its parts describe it, without a byte of them changed."""

    package: Package
    part: str = ""  # of the workbook itself
    sheets: list[SheetXml] = field(default_factory=list)
    names: dict[tuple[str, str], str] = field(default_factory=dict)  # by sheet or "", and name, in lower case
    global_names: dict[str, str] = field(default_factory=dict)  # those of the whole workbook, as they are spelled
    tables: dict[str, Table] = field(default_factory=dict)  # by name in lower case
    settings: CalculationSettings = field(default_factory=CalculationSettings)
    shared_strings: list[str] = field(default_factory=list)

    @cached_property
    def by_name(self) -> dict[str, SheetXml]:
        """The sheets by their names."""
        return {sheet.name: sheet for sheet in self.sheets}

    @cached_property
    def formulas(self) -> dict[CellKey, CellXml]:
        """The cells with a formula, in the order of the sheets and of their rows."""
        return {(sheet.name, cell.place): cell for sheet in self.sheets for cell in sheet.formulas}

    def cell(self, key: CellKey) -> CellXml | None:
        """The cell of an address; `None` where the sheet or the cell is not there."""
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
            return self.shared_strings[index] if 0 <= index < len(self.shared_strings) else CellError(VALUE)
        if kind == "b":
            return text.strip() == "1"
        if kind == "e":
            return CellError(text)
        return self._parse_date(text) if kind == "d" else unescape_xstring(text)

    def values(self) -> dict[CellKey, Any]:
        """The values of all cells that have one."""
        values: dict[CellKey, Any] = {}
        for sheet in self.sheets:
            name = sheet.name
            for place, cell in sheet.cells.items():
                value = self.value(cell)
                if value is not None:
                    values[name, place] = value
        return values

    def _parse_date(self, text: str) -> Any:
        """The number of an ISO date, which strict files store as such."""
        try:
            moment = datetime.fromisoformat(text.strip().removesuffix("Z"))
        except ValueError:
            return text
        return to_serial(moment, EXCEL_EPOCH_1904 if self.settings.dates_1904 else EXCEL_EPOCH)


def read_workbook(package: Package) -> WorkbookXml:
    """Read the workbook of a package; raises `WorkbookRejected` where it is none."""
    part = next((target for kind, _, target in read_relationships(package, "") if kind.endswith(_DOCUMENT)), None)
    if part is None or part not in package:
        raise WorkbookRejected(f"{package.path} is not an .xlsx workbook: it has no workbook part.")
    if part.endswith(".bin"):
        raise WorkbookRejected(f"{package.path} is an .xlsb workbook; save it as .xlsx in Excel first.")
    relationships = {key: (kind, target) for kind, key, target in read_relationships(package, part)}
    root = parse_xml(package.read(part), part)
    with _damage_named(package, part):
        workbook = WorkbookXml(package, part, settings=_read_settings(root))
    for kind, target in relationships.values():
        if kind.endswith(_STRINGS) and target in package:
            with _damage_named(package, target):
                workbook.shared_strings = [_read_string(item) for item in parse_xml(package.read(target), target)]
    _read_sheets(workbook, root, relationships)
    _read_names(workbook, root)
    return workbook


@contextmanager
def _damage_named(package: Package, part: str) -> Iterator[None]:
    """Refuse a workbook in a part of which there is, say, a text for a number."""
    try:
        yield
    except (ValueError, LookupError, OverflowError, RecursionError) as problem:
        raise WorkbookRejected(
            f"{package.path} is damaged: its part {part} has content that cannot be read."
        ) from problem


def _read_settings(root: ElementTree.Element) -> CalculationSettings:
    properties = next(iter_attributes(root, "workbookPr"), {})
    calculation = next(iter_attributes(root, "calcPr"), {})
    return CalculationSettings(
        _is_true(properties.get("date1904")),
        _is_true(calculation.get("iterate")),
        int(calculation.get("iterateCount", 100)),
        float(calculation.get("iterateDelta", 0.001)),
        _is_true(calculation.get("fullCalcOnLoad")),
        calculation.get("calcMode") != "autoNoTable",
    )


def _read_sheets(workbook: WorkbookXml, root: ElementTree.Element, relationships: _Relationships) -> None:
    package, cells = workbook.package, 0
    for element in root.iter():
        if local_name(element) != "sheet":
            continue
        key = next((value for attribute, value in element.items() if attribute.endswith("}id")), "")
        kind, target = relationships.get(key, ("", ""))
        if kind.endswith(_WORKSHEET):
            name = element.get("name", "")
            with _damage_named(package, target):
                workbook.sheets.append(read_sheet(target, name, package.read(target)))
                _read_tables(workbook, target, name)
            cells += len(workbook.sheets[-1].cells)
    if cells > MAX_CELLS:
        raise WorkbookRejected(f"{package.path} has more than {MAX_CELLS:,} cells.")


def _read_tables(workbook: WorkbookXml, sheet_part: str, sheet: str) -> None:
    package = workbook.package
    for kind, _, part in read_relationships(package, sheet_part):
        if kind.endswith(_TABLE) and part in package:
            root = parse_xml(package.read(part), part)
            (top, left), (bottom, right) = corners_of(root.get("ref", ""))
            columns = tuple(
                unescape_xstring(column.get("name", "")).lower() for column in iter_attributes(root, "tableColumn")
            )
            headers, totals = int(root.get("headerRowCount", 1)), int(root.get("totalsRowCount", 0))
            table = Table(sheet, top, left, bottom, right, columns, headers, totals)
            workbook.tables[(root.get("displayName") or root.get("name") or "").lower()] = table


def _read_names(workbook: WorkbookXml, root: ElementTree.Element) -> None:
    # Names refer to every sheet, charts too, by its number.
    sheets = [element.get("name", "") for element in root.iter() if local_name(element) == "sheet"]
    for element in root.iter():
        if local_name(element) != "definedName":
            continue
        name, definition = element.get("name", ""), element.text or ""
        sheet = element.get("localSheetId", "")
        if not sheet:
            workbook.global_names[name] = definition
            workbook.names["", name.lower()] = definition
        elif sheet.isdecimal() and int(sheet) < len(sheets):
            workbook.names[sheets[int(sheet)].lower(), name.lower()] = definition


def _read_string(item: ElementTree.Element) -> str:
    """The text of a shared string, its phonetic hints left aside."""
    runs = (run for part in item if local_name(part) != "rPh" for run in part.iter() if local_name(run) == "t")
    return unescape_xstring("".join(run.text or "" for run in runs))


def _is_true(text: str | None) -> bool:
    return text in ("1", "true")
