"""Which cells read which, over the whole workbook."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Any, Protocol

import numpy as np

from xlfuncs.audit.locations import Corners
from xlfuncs.audit.r1c1 import R1C1Formula, R1C1Reference
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.ooxml.cells import CellPos

Node = tuple[SheetView, CellPos]


class FormulaSource(Protocol):
    """A workbook whose formulas can be followed."""

    @property
    def sheets(self) -> Sequence[SheetView]: ...

    @property
    def tables(self) -> Container[str]: ...

    @property
    def formula_index(self) -> Iterable[R1C1Formula]: ...

    def formula_cells(self) -> Iterator[tuple[SheetView, CellPos, R1C1Formula]]: ...

    def resolve(
        self, sheet: SheetView, cell: CellPos, reference: R1C1Reference
    ) -> tuple[SheetView, Corners] | None: ...


class Graph:
    """The filled cells in order of sheet, column and row, so that a range is one stretch of numbers a column."""

    def __init__(self, source: FormulaSource) -> None:
        self.source = source
        self.nodes: list[Node] = []
        self._rows: dict[SheetView, dict[int, list[int]]] = {}
        self._starts: dict[SheetView, dict[int, int]] = {}
        for sheet in source.sheets:
            rows: dict[int, list[int]] = defaultdict(list)
            for row, column in sorted(sheet.filled_cells):
                rows[column].append(row)
            self._rows[sheet], self._starts[sheet] = dict(sorted(rows.items())), {}
            for column, filled in self._rows[sheet].items():
                self._starts[sheet][column] = len(self.nodes)
                self.nodes += [(sheet, (row, column)) for row in filled]
        self.number = {node: at for at, node in enumerate(self.nodes)}
        self._spans: dict[tuple[SheetView, Corners], list[tuple[int, int]]] = {}

    def spans(self, sheet: SheetView, area: Corners) -> list[tuple[int, int]]:
        """The stretches of filled cells in an area."""
        found = self._spans.get((sheet, area))
        if found is None:
            top, left, bottom, right = area
            found = []
            columns = self._rows[sheet]
            wanted = range(left, right + 1) if right - left < len(columns) else columns
            for column in wanted:
                if left <= column <= right and column in columns:
                    rows, start = columns[column], self._starts[sheet][column]
                    first, last = bisect_left(rows, top), bisect_right(rows, bottom)
                    if last > first:
                        found.append((start + first, start + last))
            self._spans[sheet, area] = found
        return found

    @cached_property
    def edges(self) -> tuple[Any, Any, Any]:
        """For each stretch that a formula reads: the formula, its first number, and the number behind its last."""
        return self._edges(lambda formula: [one for one in formula.references if not self._is_table(one)])

    @cached_property
    def of_tables(self) -> tuple[Any, Any, Any]:
        """The same for what is read of a table: all of it, as its columns are not told apart."""
        return self._edges(lambda formula: [one for one in formula.references if self._is_table(one)])

    def _is_table(self, one: R1C1Reference) -> bool:
        return one.name.partition("[")[0].lower() in self.source.tables if one.name else False

    def _edges(self, of: Callable[[R1C1Formula], Sequence[R1C1Reference]]) -> tuple[Any, Any, Any]:
        readers, firsts, lasts = [], [], []
        references = {formula: of(formula) for formula in self.source.formula_index}
        for sheet, place, formula in self.source.formula_cells():
            for one in references[formula]:
                read = self.source.resolve(sheet, place, one)
                if read is None:
                    continue
                if one.is_single:
                    at = self.number.get((read[0], read[1][:2]))
                    spans = [] if at is None else [(at, at + 1)]
                else:
                    spans = self.spans(*read)
                for first, last in spans:
                    readers.append(self.number[sheet, place])
                    firsts.append(first)
                    lasts.append(last)
        return np.array(readers, dtype=np.int64), np.array(firsts, dtype=np.int64), np.array(lasts, dtype=np.int64)

    @cached_property
    def readings(self) -> Any:
        """How many formulas read each cell, those by a name or table of it among them."""
        change = np.zeros(len(self.nodes) + 1, dtype=np.int64)
        for _, firsts, lasts in (self.edges, self.of_tables):
            np.add.at(change, firsts, 1)
            np.add.at(change, lasts, -1)
        return np.cumsum(change)[:-1]

    def read(self, sheet: SheetView, place: CellPos) -> int:
        """How many formulas read a cell."""
        at = self.number.get((sheet, place))
        return 0 if at is None else int(self.readings[at])

    def _matrix(self, readers: Any, firsts: Any, lasts: Any) -> Any:
        """Reader to read, as a sparse matrix; a long stretch is two overlapping nodes of a table of powers of two."""
        from scipy.sparse import coo_array

        count = len(self.nodes)
        levels = np.floor(np.log2(np.maximum(lasts - firsts, 1))).astype(np.int64)
        sources, targets = [readers, readers], [levels * count + firsts, levels * count + lasts - (1 << levels)]
        highest = int(levels.max(initial=0))
        for level in range(1, highest + 1):
            at = np.arange(count - (1 << level) + 1)
            sources += [level * count + at] * 2
            targets += [(level - 1) * count + at, (level - 1) * count + at + (1 << (level - 1))]
        size = max(1, count * (highest + 1))
        source, target = np.concatenate(sources), np.concatenate(targets)
        return coo_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=(size, size)).tocsr()

    @cached_property
    def _backwards(self) -> Any:
        """Read to reader, tables among what is read."""
        return self._matrix(*(np.concatenate(pair) for pair in zip(self.edges, self.of_tables, strict=True))).T.tocsr()

    @cached_property
    def circles(self) -> list[list[Node]]:
        """The cells that depend on themselves, circle by circle."""
        from scipy.sparse.csgraph import connected_components

        if not self.nodes:
            return []
        matrix = self._matrix(*self.edges)
        _, labels = connected_components(matrix, directed=True, connection="strong")
        count = len(self.nodes)
        sizes = np.bincount(labels)
        readers, firsts, lasts = self.edges
        own = set(readers[(firsts <= readers) & (readers < lasts)].tolist())
        groups: dict[int, list[Node]] = defaultdict(list)
        for at in np.flatnonzero(sizes[labels[:count]] > 1).tolist():
            groups[int(labels[at])].append(self.nodes[at])
        inside = {self.number[node] for group in groups.values() for node in group}
        return [*groups.values(), *([self.nodes[at]] for at in sorted(own - inside))]

    def dependents(self, starts: list[Node]) -> set[Node]:
        """All cells that depend on some, these among them."""
        from scipy.sparse.csgraph import breadth_first_order

        found: set[Node] = set()
        backwards = self._backwards if starts else None
        for start in starts:
            if start not in found and start in self.number:
                order = breadth_first_order(backwards, self.number[start], return_predecessors=False)
                found |= {self.nodes[at] for at in order.tolist() if at < len(self.nodes)}
        return found

    def precedents(self, sheet: SheetView, place: CellPos) -> Iterator[Node]:
        """The filled cells that a formula reads."""
        for one in sheet.formulas[place].references:
            read = self.source.resolve(sheet, place, one)
            if read is not None:
                for first, last in self.spans(*read):
                    yield from self.nodes[first:last]
