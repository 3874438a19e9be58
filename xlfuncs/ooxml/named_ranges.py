"""The named ranges of a workbook file, read and written: only the values of cells change."""

from __future__ import annotations

import datetime as dt
from typing import Any

from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.dates import EXCEL_EPOCH, EXCEL_EPOCH_1904
from xlfuncs.ooxml.cell_patch import insert_cells, splice, with_value
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import parse_named_range
from xlfuncs.ooxml.workbook import CellKey, read_workbook

_MAX_CELLS = 1_000_000  # of a range


class NamedRangeFile:
    """The named ranges of a package, and what was put into them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book = read_workbook(package)
        self.epoch = EXCEL_EPOCH_1904 if self.book.settings.dates_1904 else EXCEL_EPOCH
        self.values: dict[str, dict[CellPos, Any]] = {}  # new ones, by sheet

    def area(self, name: str) -> CellBlock | None:
        """The cells of a name of the workbook; none where it has no such name, or it is no range."""
        area = parse_named_range(self.book.names.get(("", name.lower()), ""))
        if area is None or area.sheet not in self.book.by_name or area.size > _MAX_CELLS:
            return None
        sheet, top, left, bottom, right = area
        rows = [
            [self._value(sheet, (row, column)) for column in range(left, right + 1)] for row in range(top, bottom + 1)
        ]
        return CellBlock(sheet, top, left, rows, self.epoch)

    def _value(self, sheet: str, place: CellPos) -> Any:
        values = self.values.get(sheet, {})
        return values[place] if place in values else self.book.value(self.book.cell((sheet, place)))

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Give a cell another value; one with a formula is left as it is."""
        cell = self.book.cell((sheet, (row, column)))
        if cell is not None and cell.formula is not None:
            return
        if isinstance(value, dt.date):
            value = (value - self.epoch).days
        self.values.setdefault(sheet, {})[row, column] = value

    def edits(self) -> dict[CellKey, Any]:
        """The cells with new values, each with the value that it has in the file."""
        keys = [(sheet, place) for sheet, values in self.values.items() for place in values]
        return {key: self.book.value(self.book.cell(key)) for key in keys}

    def parts(self) -> dict[str, bytes]:
        """The sheet parts with new values."""
        parts = {}
        for name, values in self.values.items():
            sheet = self.book.by_name[name]
            added = {place: value for place, value in values.items() if place not in sheet.cells and value is not None}
            edits = [
                (cell.start, cell.end, with_value(sheet.data[cell.start : cell.end], value))
                for place, value in values.items()
                if (cell := sheet.cells.get(place)) is not None
            ]
            parts[sheet.part] = splice(sheet.data, [*edits, *insert_cells(sheet, added)])
        return parts
