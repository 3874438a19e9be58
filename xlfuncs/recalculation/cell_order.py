"""Cells numbered in order of sheet, column and row, so that a range is one stretch of numbers a column."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from typing import Generic, TypeVar

import numpy as np
import numpy.typing as npt

from xlfuncs.core.grid import LAST_COLUMN
from xlfuncs.ooxml.cells import CellPos

S = TypeVar("S", bound=Hashable)  # what stands for a sheet: its name, or an object
Area = tuple[S, int, int, int, int]  # sheet, top, left, bottom, right
Numbers = npt.NDArray[np.int64]

_ROW_BITS = 21  # enough for a row


class CellOrder(Generic[S]):
    """Some of the cells of a workbook in order, to find those that lie in a range."""

    def __init__(self, cells: Iterable[tuple[S, CellPos]], sheets: Sequence[S]) -> None:
        self._sheets = {sheet: number for number, sheet in enumerate(sheets)}
        unordered = list(cells)
        rows, columns = np.array([place for _, place in unordered], dtype=np.int64).reshape(-1, 2).T
        codes = self._codes_of((sheet for sheet, _ in unordered), columns) + rows
        order = np.argsort(codes, kind="stable")
        self.cells = [unordered[number] for number in order.tolist()]
        self._codes = codes[order]
        self._columns = np.unique(self._codes >> _ROW_BITS) << _ROW_BITS

    def _codes_of(self, sheets: Iterable[S], columns: Numbers) -> Numbers:
        """The codes of columns; with a row added, a column's code is that of a cell."""
        numbers = np.fromiter((self._sheets[sheet] for sheet in sheets), dtype=np.int64, count=len(columns))
        return (numbers * (LAST_COLUMN + 1) + columns) << _ROW_BITS

    def find_stretches(self, areas: Sequence[Area[S]]) -> tuple[Numbers, Numbers, Numbers]:
        """For each stretch of cells in these areas: the area's number, the first cell, and the one behind the last.

        An area that runs backwards or beyond the grid has the cells of which it is true that they lie within it.
        """
        top, left, bottom, right = np.array([area[1:] for area in areas], dtype=np.int64).reshape(-1, 4).T
        sheets = [area[0] for area in areas]
        first_column = np.searchsorted(self._columns, self._codes_of(sheets, np.maximum(left, 0)))
        last_column = np.searchsorted(
            self._columns, self._codes_of(sheets, np.minimum(right, LAST_COLUMN)), side="right"
        )
        count = np.maximum(last_column - first_column, 0)
        area = np.repeat(np.arange(len(areas)), count)
        position = np.arange(len(area)) - np.repeat(np.cumsum(count) - count, count)
        column = self._columns[first_column[area] + position]
        first = np.searchsorted(self._codes, column + top[area])
        last = np.searchsorted(self._codes, column + bottom[area], side="right")
        filled = last > first
        return area[filled], first[filled], last[filled]

    def cells_in(self, areas: Sequence[Area[S]]) -> list[tuple[S, CellPos]]:
        """The cells in these areas, each area column by column."""
        _, firsts, lasts = self.find_stretches(areas)
        return [
            cell for first, last in zip(firsts.tolist(), lasts.tolist(), strict=True) for cell in self.cells[first:last]
        ]
