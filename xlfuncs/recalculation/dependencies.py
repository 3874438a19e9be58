"""The dependency graph of a workbook: which formulas read which cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType
from typing import Any, Generic

import numpy as np
import numpy.typing as npt

from xlfuncs.ooxml.cells import CellPos
from xlfuncs.recalculation.cell_order import Area, CellOrder, Numbers, S
from xlfuncs.recalculation.circles import find_circles

_BLOCK_ROWS = 8  # of a block, which is one column wide
_MOST_BLOCKS = 256  # of a range; wider ones are looked at together

Cell = tuple[S, CellPos]
Block = tuple[S, int, int]  # a sheet, a column, and the number of the block in it
WideRanges = dict[S, tuple[list[int], Numbers]]  # by sheet: the numbers of ranges, and their corners
_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Graph(Generic[S]):
    """The readers of each cell. A sheet is whatever stands for it in the keys of cells: its name, or an object."""

    def __init__(
        self,
        reads: Mapping[Cell[S], Iterable[Area[S]]],
        *,
        reads_part: Mapping[Cell[S], Iterable[Area[S]]] = _NOTHING,
        reads_unknown: Iterable[Cell[S]] = (),
        fills: Mapping[Cell[S], Iterable[Cell[S]]] = _NOTHING,
    ) -> None:
        """`reads` has the areas that each formula reads; `fills` the further cells that an array formula fills.

        Of the areas in `reads_part` a formula reads some cells, not known which; they make no circle. Formulas in
        `reads_unknown` may read any cell.
        """
        self._reads = reads
        self._reads_unknown = set(reads_unknown)
        self._fills = fills
        self._single: dict[Cell[S], list[Cell[S]]] = defaultdict(list)
        ranges: dict[Area[S], list[Cell[S]]] = defaultdict(list)
        for reader, areas in chain(reads.items(), reads_part.items()):
            for area in areas:
                sheet, top, left, bottom, right = area
                if top == bottom and left == right:
                    self._single[sheet, (top, left)].append(reader)
                else:
                    ranges[area].append(reader)
        self._ranges, self._range_readers = list(ranges), list(ranges.values())
        self._blocks: dict[Block[S], list[int]] = defaultdict(list)
        wide: dict[S, list[int]] = defaultdict(list)
        for number, (sheet, top, left, bottom, right) in enumerate(self._ranges):
            blocks = range(top // _BLOCK_ROWS, bottom // _BLOCK_ROWS + 1)
            if len(blocks) * (right - left + 1) > _MOST_BLOCKS:
                wide[sheet].append(number)
                continue
            for column in range(left, right + 1):
                for block in blocks:
                    self._blocks[sheet, column, block].append(number)
        self._wide: WideRanges[S] = {
            sheet: (numbers, np.array([self._ranges[number][1:] for number in numbers], dtype=np.int64))
            for sheet, numbers in wide.items()
        }

    def is_read(self, cell: Cell[S]) -> bool:
        """Whether any formula reads a cell."""
        if self._reads_unknown or cell in self._single:
            return True
        sheet, (row, column) = cell
        for number in self._blocks.get((sheet, column, row // _BLOCK_ROWS), ()):
            _, top, _, bottom, _ = self._ranges[number]
            if top <= row <= bottom:
                return True
        _, areas = self._wide.get(sheet, ((), None))
        return areas is not None and bool(_contain_any(areas, np.array([cell[1]])).any())

    def readers(self, cells: Iterable[Cell[S]]) -> set[Cell[S]]:
        """The formulas that read one of these cells, or may do so."""
        return self._follow(cells, False)

    def dependents(self, cells: Iterable[Cell[S]]) -> set[Cell[S]]:
        """The formulas that read one of these cells, directly or through others."""
        return self._follow(cells, True)

    def between(self, cells: Iterable[Cell[S]], outputs: Iterable[Cell[S]]) -> set[Cell[S]]:
        """The formulas through which some cells reach these outputs, the outputs among them."""
        reached = self.dependents(cells)
        read_by: dict[Cell[S], list[Cell[S]]] = defaultdict(list)
        for key in reached:
            for reader in self.readers((key, *self._fills.get(key, ()))):
                read_by[reader].append(key)
        waiting = [key for key in outputs if key in reached]
        between = set(waiting)
        while waiting:
            for key in read_by[waiting.pop()]:
                if key not in between:
                    between.add(key)
                    waiting.append(key)
        return between

    def circles(self, sheets: Sequence[S]) -> list[list[Cell[S]]]:
        """The formulas that depend on themselves, circle by circle, in the order of these sheets."""
        order = CellOrder(self._reads, sheets)
        reads = [list(self._reads[cell]) for cell in order.cells]
        areas, firsts, lasts = order.find_stretches(list(chain.from_iterable(reads)))
        readers = np.repeat(np.arange(len(reads)), [len(areas) for areas in reads])[areas]
        circles = find_circles(len(order.cells), readers, firsts, lasts)
        return [[order.cells[number] for number in circle] for circle in circles]

    def _follow(self, cells: Iterable[Cell[S]], further: bool) -> set[Cell[S]]:
        """The readers of cells; and `further`, the readers of what these fill, and so on."""
        waiting = list(cells)
        found: set[Cell[S]] = set(self._reads_unknown) if waiting else set()
        if further:
            waiting += found
        seen = set(waiting)
        walk = _Walk(self._ranges, self._blocks, self._wide)
        while waiting:
            cell = waiting.pop()
            readers = [*self._single.get(cell, ())]
            for number in walk.meet(cell):
                readers += self._range_readers[number]
            if not waiting:
                for number in walk.meet_wide():
                    readers += self._range_readers[number]
            new = [reader for reader in dict.fromkeys(readers) if reader not in found]
            found.update(new)
            if further:
                for reader in new:
                    for filled in (reader, *self._fills.get(reader, ())):
                        if filled not in seen:
                            seen.add(filled)
                            waiting.append(filled)
        return found


class _Walk(Generic[S]):
    """A walk from cell to cell, which meets each range only once."""

    def __init__(
        self,
        ranges: Sequence[Area[S]],
        blocks: Mapping[Block[S], list[int]],
        wide: Mapping[S, tuple[list[int], Numbers]],
    ) -> None:
        self._ranges = ranges
        self._blocks = blocks
        self._wide = wide
        self._left: dict[Block[S], list[int]] = {}  # the ranges of a block that were not met yet
        self._met = bytearray(len(ranges))
        self._open = {sheet: np.ones(len(numbers), bool) for sheet, (numbers, _) in wide.items()}
        self._passed: dict[S, list[CellPos]] = {sheet: [] for sheet in wide}

    def meet(self, cell: Cell[S]) -> Iterator[int]:
        """The ranges around a cell that are met for the first time, but for wide ones."""
        sheet, (row, column) = cell
        if sheet in self._passed:
            self._passed[sheet].append(cell[1])
        block = (sheet, column, row // _BLOCK_ROWS)
        numbers = self._left.get(block)
        if numbers is None:
            numbers = self._blocks.get(block, [])
        if not numbers:
            return
        left = []
        for number in numbers:
            if self._met[number]:
                continue
            _, top, _, bottom, _ = self._ranges[number]
            if top <= row <= bottom:
                self._met[number] = True
                yield number
            else:
                left.append(number)
        self._left[block] = left

    def meet_wide(self) -> Iterator[int]:
        """The wide ranges met for the first time by the cells that were passed since the last call."""
        for sheet, passed in self._passed.items():
            numbers, areas = self._wide[sheet]
            candidates = np.flatnonzero(self._open[sheet])
            if passed and candidates.size:
                met = candidates[_contain_any(areas[candidates], np.array(passed))]
                self._open[sheet][met] = False
                for position in met:
                    yield numbers[position]
            passed.clear()


def _contain_any(areas: Numbers, cells: Numbers) -> npt.NDArray[np.bool_]:
    """Which of some areas contain one of these cells."""
    if len(cells) <= len(areas):
        top, left, bottom, right = areas.T
        contain = np.zeros(len(areas), bool)
        for row, column in cells:
            contain |= (top <= row) & (row <= bottom) & (left <= column) & (column <= right)
        return contain
    row, column = cells.T
    return np.array(
        [
            ((top <= row) & (row <= bottom) & (left <= column) & (column <= right)).any()
            for top, left, bottom, right in areas
        ]
    )
