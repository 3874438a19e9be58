"""The named ranges of a workbook that is open in Excel, as its task pane sent them, and the edits proposed to them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.dates import to_serial
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.hosts.officejs.protocol import RequestRejected, parse_rows

Cell = tuple[str, int, int]  # the sheet, and the row and column from 1
# A day and its serial number, except in workbooks whose dates begin in 1904.
_DAY = dt.date(2000, 1, 1)
_SERIAL = int(to_serial(_DAY))


class SentTables:
    """Named ranges, and the new values of their cells."""

    def __init__(self, areas: Mapping[str, CellBlock], formulas: Collection[Cell], epoch: dt.date) -> None:
        self.epoch = epoch
        self.edits: dict[Cell, Any] = {}
        self._areas = {name.lower(): area for name, area in areas.items()}
        self._formulas = formulas
        self._cells = {
            (area.sheet, row, column): value
            for area in areas.values()
            for row, values in enumerate(area.rows, area.row)
            for column, value in enumerate(values, area.column)
        }

    @classmethod
    def of(cls, sent: Mapping[str, Any]) -> SentTables:
        """Return the tables that a task pane sent; raise `RequestRejected` if they are malformed."""
        areas: dict[str, CellBlock] = {}
        formulas: set[Cell] = set()
        try:
            epoch = _DAY - dt.timedelta(days=parse_whole(sent.get("day", _SERIAL), 0, 100_000))
            for name, block in sent["areas"].items():
                row, column = parse_whole(block["row"], 1, LAST_ROW), parse_whole(block["column"], 1, LAST_COLUMN)
                area = CellBlock(_parse_text(block["sheet"]), row, column, parse_rows(block["rows"]), epoch)
                areas[name] = area
                formulas |= {
                    (area.sheet, row + parse_whole(down, 0, LAST_ROW), column + parse_whole(right, 0, LAST_COLUMN))
                    for down, right in block["formulas"]
                }
        except (AttributeError, KeyError, TypeError, ValueError):
            raise RequestRejected(
                400, 'Send {"areas": {...}}, each area by its name with sheet, row, column, rows and formulas.'
            ) from None
        return cls(areas, formulas, epoch)

    def area(self, name: str) -> CellBlock | None:
        """Return the cells of a named range, with their new values; None if the range was not sent."""
        area = self._areas.get(name.lower())
        if area is None:
            return None
        values = self._cells | self.edits
        cells = [
            [values[area.sheet, row, column] for column, _ in enumerate(line, area.column)]
            for row, line in enumerate(area.rows, area.row)
        ]
        return CellBlock(area.sheet, area.row, area.column, cells, self.epoch)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Set the new value of a cell; one with a formula stays as it is."""
        if not self.has_formula((sheet, row, column)):
            self.edits[sheet, row, column] = (value - self.epoch).days if isinstance(value, dt.date) else value

    def has_formula(self, cell: Cell) -> bool:
        """Whether a cell has a formula."""
        return cell in self._formulas

    def old(self, cell: Cell) -> Any:
        """Return the value of a cell in the workbook."""
        return self._cells.get(cell)


def parse_whole(value: Any, least: int, most: int) -> int:
    """Return a whole number within bounds; raise `TypeError` for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value not in range(least, most + 1):
        raise TypeError
    return int(value)


def _parse_text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
