"""Which formulas read which cells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from xlfuncs.hosts.headless.areas import Area
from xlfuncs.hosts.headless.book import Key


class Graph:
    """The readers of each cell; `fills` has the other cells that a formula fills."""

    def __init__(
        self, areas: Mapping[Key, Iterable[Area]], unseen: Iterable[Key], fills: Mapping[Key, Iterable[Key]]
    ) -> None:
        self._unseen = set(unseen)
        self._fills = fills
        self._single: dict[Key, list[Key]] = defaultdict(list)
        ranges: dict[Area, list[Key]] = defaultdict(list)
        for reader, read in areas.items():
            for area in read:
                if area.single:
                    self._single[area.sheet, (area.top, area.left)].append(reader)
                else:
                    ranges[area].append(reader)
        by_sheet: dict[str, list[Area]] = defaultdict(list)
        for area in ranges:
            by_sheet[area.sheet].append(area)
        self._ranges: dict[str, tuple[npt.NDArray[np.int64], list[list[Key]]]] = {
            sheet: (np.array([area[1:] for area in found]), [ranges[area] for area in found])
            for sheet, found in by_sheet.items()
        }

    def readers(self, cells: Iterable[Key]) -> set[Key]:
        """The formulas that read one of these cells, and those of which nobody knows what they read."""
        return self._reached(cells, False)

    def dependents(self, cells: Iterable[Key]) -> set[Key]:
        """The formulas that read one of these cells, directly or through others."""
        return self._reached(cells, True)

    def _reached(self, cells: Iterable[Key], further: bool) -> set[Key]:
        waiting = list(cells)
        found: set[Key] = set(self._unseen) if waiting else set()
        if further:
            waiting += found
        seen = set(waiting)
        left = {sheet: np.ones(len(readers), bool) for sheet, (_, readers) in self._ranges.items()}
        while waiting:
            key = waiting.pop()
            for reader in self._of(key, left):
                if reader in found:
                    continue
                found.add(reader)
                if further:
                    for one in (reader, *self._fills.get(reader, ())):
                        if one not in seen:
                            seen.add(one)
                            waiting.append(one)
        return found

    def _of(self, key: Key, left: dict[str, npt.NDArray[np.bool_]]) -> list[Key]:
        sheet, (row, column) = key
        found = list(self._single.get(key, ()))
        if sheet in self._ranges:
            areas, readers = self._ranges[sheet]
            open_ = left[sheet]
            top, first, bottom, last = areas.T
            hit = np.flatnonzero(open_ & (top <= row) & (row <= bottom) & (first <= column) & (column <= last))
            open_[hit] = False  # once is enough
            for index in hit:
                found += readers[index]
        return found
