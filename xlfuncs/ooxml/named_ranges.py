"""The named ranges of a workbook file, read and written: only the values of cells change."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.dates import EXCEL_EPOCH, EXCEL_EPOCH_1904
from xlfuncs.ooxml.cell_patch import CellPos, added, area_of, spliced, with_value
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import CellKey, read

_RANGE = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+(?::\$?[A-Z]{1,3}\$?\d+)?)$")
_LARGEST = 1_000_000  # cells of a range


class FileTables:
    """The named ranges of a package, and what was put into them."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.book = read(package)
        self.epoch = EXCEL_EPOCH_1904 if self.book.settings.dates_1904 else EXCEL_EPOCH
        self.values: dict[str, dict[CellPos, Any]] = {}

    def area(self, name: str) -> CellBlock | None:
        """The cells of a name of the workbook; none where it has no such name, or it is no range."""
        found = _RANGE.match(self.book.names.get(("", name.lower()), ""))
        if not found:
            return None
        sheet = (found[1] or found[2]).replace("''", "'")
        (top, left), (bottom, right) = area_of(found[3])
        if sheet not in self.book.by_name or (bottom - top + 1) * (right - left + 1) > _LARGEST:
            return None
        rows = [
            [self._value(sheet, (row, column)) for column in range(left, right + 1)] for row in range(top, bottom + 1)
        ]
        return CellBlock(sheet, top, left, rows, self.epoch)

    def _value(self, sheet: str, place: CellPos) -> Any:
        fresh = self.values.get(sheet, {})
        return fresh[place] if place in fresh else self.book.value(self.book.cell((sheet, place)))

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Give a cell another value; one with a formula is left as it is."""
        cell = self.book.cell((sheet, (row, column)))
        if cell is not None and cell.formula is not None:
            return
        if isinstance(value, dt.date):
            value = (value - self.epoch).days
        self.values.setdefault(sheet, {})[row, column] = value

    def edits(self) -> dict[CellKey, Any]:
        """What the cells with new values have in the file."""
        places = ((sheet, place) for sheet, values in self.values.items() for place in values)
        return {key: self.book.value(self.book.cell(key)) for key in places}

    def parts(self) -> dict[str, bytes]:
        """The sheets with new values."""
        parts = {}
        for name, values in self.values.items():
            sheet = self.book.by_name[name]
            fresh = {place: value for place, value in values.items() if place not in sheet.cells and value is not None}
            edits = [
                (cell.start, cell.end, with_value(sheet.data[cell.start : cell.end], value))
                for place, value in values.items()
                if (cell := sheet.cells.get(place)) is not None
            ]
            parts[sheet.part] = spliced(sheet.data, [*edits, *added(sheet, fresh)])
        return parts
