"""The named ranges of a workbook that is open in Excel, as its task pane sent them, and what would be put into them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import Any

from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.dates import to_serial
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.hosts.officejs.protocol import RequestRejected, rows

Cell = tuple[str, int, int]  # the sheet, and the row and column from 1
_DAY = dt.date(2000, 1, 1)  # whose number in the workbook the pane sends: it tells which date system is in use
_NUMBER = int(to_serial(_DAY))


class SentTables:
    """Named ranges, and what was put into them."""

    def __init__(self, areas: Mapping[str, CellBlock], formulas: Collection[Cell], epoch: dt.date) -> None:
        self.epoch = epoch
        self.fresh: dict[Cell, Any] = {}
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
        """The tables that a pane sent; raises `RequestRejected` where they are none."""
        areas: dict[str, CellBlock] = {}
        formulas: set[Cell] = set()
        try:
            epoch = _DAY - dt.timedelta(days=whole(sent.get("day", _NUMBER), 0, 100_000))
            for name, one in sent["areas"].items():
                row, column = whole(one["row"], 1, LAST_ROW), whole(one["column"], 1, LAST_COLUMN)
                area = areas[name] = CellBlock(_text(one["sheet"]), row, column, rows(one["rows"]), epoch)
                formulas |= {
                    (area.sheet, row + whole(down, 0, LAST_ROW), column + whole(right, 0, LAST_COLUMN))
                    for down, right in one["formulas"]
                }
        except (AttributeError, KeyError, TypeError, ValueError):
            raise RequestRejected(
                400, 'Send {"areas": {...}}, each by its name with sheet, row, column, rows, and formulas.'
            ) from None
        return cls(areas, formulas, epoch)

    def area(self, name: str) -> CellBlock | None:
        """The cells of a name; none where it was not sent."""
        area = self._areas.get(name.lower())
        if area is None:
            return None
        values = self._cells | self.fresh
        cells = [
            [values[area.sheet, row, column] for column, _ in enumerate(line, area.column)]
            for row, line in enumerate(area.rows, area.row)
        ]
        return CellBlock(area.sheet, area.row, area.column, cells, self.epoch)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Give a cell another value; one with a formula is left as it is."""
        if not self.has_formula((sheet, row, column)):
            self.fresh[sheet, row, column] = (value - self.epoch).days if isinstance(value, dt.date) else value

    def has_formula(self, cell: Cell) -> bool:
        """Whether a cell has a formula."""
        return cell in self._formulas

    def old(self, cell: Cell) -> Any:
        """What the workbook has in a cell."""
        return self._cells.get(cell)


def whole(value: Any, least: int, most: int) -> int:
    """A whole number within bounds; raises `TypeError` for anything else."""
    if not isinstance(value, int | float) or isinstance(value, bool) or value not in range(least, most + 1):
        raise TypeError
    return int(value)


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
