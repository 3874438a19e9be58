"""Which formulas read which cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

import numpy as np
import numpy.typing as npt

from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import CellKey

_ROWS = 32  # of a block, which is one column wide
_MOST_BLOCKS = 64  # of a range; the wide ones are looked at together

Block = tuple[str, int, int]  # a sheet, a column, and which block of it


class Graph:
    """The readers of each cell; `fills` has the other cells that a formula fills."""

    def __init__(
        self,
        areas: Mapping[CellKey, Iterable[RangeRef]],
        unseen: Iterable[CellKey],
        fills: Mapping[CellKey, Iterable[CellKey]],
    ) -> None:
        self._unseen = set(unseen)
        self._fills = fills
        self._single: dict[CellKey, list[CellKey]] = defaultdict(list)
        ranges: dict[RangeRef, list[CellKey]] = defaultdict(list)
        for reader, read in areas.items():
            for area in read:
                sheet, top, left, bottom, right = area
                if top == bottom and left == right:
                    self._single[sheet, (top, left)].append(reader)
                else:
                    ranges[area].append(reader)
        self._areas, self._readers = list(ranges), list(ranges.values())
        self._blocks: dict[Block, list[int]] = defaultdict(list)
        wide: dict[str, list[int]] = defaultdict(list)
        for number, area in enumerate(self._areas):
            if len(rows := _blocks_of(area)) * (area.right - area.left + 1) > _MOST_BLOCKS:
                wide[area.sheet].append(number)
                continue
            for column in range(area.left, area.right + 1):
                for block in rows:
                    self._blocks[area.sheet, column, block].append(number)
        self._wide = {
            sheet: (found, np.array([self._areas[one][1:] for one in found])) for sheet, found in wide.items()
        }

    def readers(self, cells: Iterable[CellKey]) -> set[CellKey]:
        """The formulas that read one of these cells, and those of which nobody knows what they read."""
        return self._reached(cells, False)

    def dependents(self, cells: Iterable[CellKey]) -> set[CellKey]:
        """The formulas that read one of these cells, directly or through others."""
        return self._reached(cells, True)

    def between(self, cells: Iterable[CellKey], wanted: Iterable[CellKey]) -> set[CellKey]:
        """The formulas through which some cells reach formulas that are wanted, these among them."""
        reached = self.dependents(cells)
        read_by: dict[CellKey, list[CellKey]] = defaultdict(list)
        for key in reached:
            for reader in self.readers((key, *self._fills.get(key, ()))):
                read_by[reader].append(key)
        waiting = [key for key in wanted if key in reached]
        found = set(waiting)
        while waiting:
            for key in read_by[waiting.pop()]:
                if key not in found:
                    found.add(key)
                    waiting.append(key)
        return found

    def _reached(self, cells: Iterable[CellKey], further: bool) -> set[CellKey]:
        waiting = list(cells)
        found: set[CellKey] = set(self._unseen) if waiting else set()
        if further:
            waiting += found
        seen = set(waiting)
        walk = _Walk(self._areas, self._blocks, self._wide)
        while waiting:
            key = waiting.pop()
            readers = [*self._single.get(key, ())]
            for number in walk.at(key):
                readers += self._readers[number]
            if not waiting:
                for number in walk.wide():
                    readers += self._readers[number]
            for reader in readers:
                if reader in found:
                    continue
                found.add(reader)
                if further:
                    for one in (reader, *self._fills.get(reader, ())):
                        if one not in seen:
                            seen.add(one)
                            waiting.append(one)
        return found


class _Walk:
    """The ranges that were not met yet on a walk from cell to cell."""

    def __init__(
        self,
        areas: list[RangeRef],
        blocks: Mapping[Block, list[int]],
        wide: Mapping[str, tuple[list[int], npt.NDArray[np.int64]]],
    ) -> None:
        self._areas = areas
        self._blocks = blocks
        self._wide = wide
        self._left: dict[Block, list[int]] = {}
        self._met = bytearray(len(areas))
        self._open = {sheet: np.ones(len(found), bool) for sheet, (found, _) in wide.items()}
        self._passed: dict[str, list[CellPos]] = {sheet: [] for sheet in wide}

    def at(self, key: CellKey) -> Iterator[int]:
        """The ranges around a cell, but for wide ones."""
        sheet, (row, column) = key
        if sheet in self._passed:
            self._passed[sheet].append(key[1])
        block = (sheet, column, row // _ROWS)
        numbers = self._left.get(block)
        if numbers is None:
            numbers = self._blocks.get(block, [])
        if not numbers:
            return
        left = []
        for number in numbers:
            if self._met[number]:
                continue
            area = self._areas[number]
            if area.top <= row <= area.bottom:
                self._met[number] = True
                yield number
            else:
                left.append(number)
        self._left[block] = left

    def wide(self) -> Iterator[int]:
        """The wide ranges around the cells that were passed since they were asked for last."""
        for sheet, passed in self._passed.items():
            numbers, areas = self._wide[sheet]
            places = np.flatnonzero(self._open[sheet])
            if passed and places.size:
                hit = places[_around(areas[places], np.array(passed))]
                self._open[sheet][hit] = False
                for place in hit:
                    yield numbers[place]
            passed.clear()


def _around(areas: npt.NDArray[np.int64], cells: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Which of some areas have one of these cells in them."""
    if len(cells) <= len(areas):
        top, left, bottom, right = areas.T
        found = np.zeros(len(areas), bool)
        for row, column in cells:
            found |= (top <= row) & (row <= bottom) & (left <= column) & (column <= right)
        return found
    row, column = cells.T
    held = ((top <= row) & (row <= bottom) & (left <= column) & (column <= right) for top, left, bottom, right in areas)
    return np.array([one.any() for one in held])


def _blocks_of(area: RangeRef) -> range:
    return range(area.top // _ROWS, area.bottom // _ROWS + 1)
