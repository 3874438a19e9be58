"""The dependency graph of a workbook for its audit: formulas in R1C1 terms resolved to the cells that they read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property
from typing import Protocol

from xlfuncs.audit.locations import Corners
from xlfuncs.audit.r1c1 import R1C1Formula, R1C1Reference
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.recalculation.cell_order import Area, CellOrder
from xlfuncs.recalculation.dependencies import Graph

Node = tuple[SheetView, CellPos]


class FormulaSource(Protocol):
    """A workbook whose formulas can be followed."""

    @property
    def sheets(self) -> Sequence[SheetView]: ...

    @property
    def table_names(self) -> Collection[str]: ...

    @property
    def formula_index(self) -> Iterable[R1C1Formula]: ...

    def formula_cells(self) -> Iterator[tuple[SheetView, CellPos, R1C1Formula]]: ...

    def resolve(
        self, sheet: SheetView, cell: CellPos, reference: R1C1Reference
    ) -> tuple[SheetView, Corners] | None: ...


class CellGraph:
    """Which cells of a workbook read which."""

    def __init__(self, source: FormulaSource) -> None:
        self._source = source
        reads: dict[Node, list[Area[SheetView]]] = {}
        reads_part: dict[Node, list[Area[SheetView]]] = {}  # of tables, whose columns are not told apart
        references = {formula: self._separate_tables(formula) for formula in source.formula_index}
        for sheet, cell, formula in source.formula_cells():
            to_cells, to_tables = references[formula]
            reads[sheet, cell] = self._resolve(sheet, cell, to_cells)
            if to_tables:
                reads_part[sheet, cell] = self._resolve(sheet, cell, to_tables)
        self._graph = Graph(reads, reads_part=reads_part)

    def _separate_tables(self, formula: R1C1Formula) -> tuple[list[R1C1Reference], list[R1C1Reference]]:
        """The references of a formula to cells and names, and those to tables."""
        to_cells: list[R1C1Reference] = []
        to_tables: list[R1C1Reference] = []
        for reference in formula.references:
            is_table = bool(reference.name) and reference.name.partition("[")[0].lower() in self._source.table_names
            (to_tables if is_table else to_cells).append(reference)
        return to_cells, to_tables

    def _resolve(self, sheet: SheetView, cell: CellPos, references: Iterable[R1C1Reference]) -> list[Area[SheetView]]:
        targets = (self._source.resolve(sheet, cell, reference) for reference in references)
        return [(owner, *corners) for owner, corners in filter(None, targets)]

    def is_read(self, sheet: SheetView, cell: CellPos) -> bool:
        """Whether a formula reads a cell, by its address or by a name or table that has it."""
        return self._graph.is_read((sheet, cell))

    def dependents(self, cells: Iterable[Node]) -> set[Node]:
        """The formulas that read one of these cells, directly or through others."""
        return self._graph.dependents(cells)

    def select_origins(self, cells: Collection[Node]) -> set[Node]:
        """Of some formula cells, those that read none of the others."""
        readers = self._graph.readers(cells)
        circular = {node for circle in self.circles for node in circle} if readers else set()
        return {
            node
            for node in cells
            if node not in readers
            or (node in circular and not any(other != node and other in cells for other in self.precedents(*node)))
        }

    @cached_property
    def circles(self) -> list[list[Node]]:
        """The formulas that depend on themselves, circle by circle."""
        return self._graph.circles(self._source.sheets)

    @cached_property
    def _filled(self) -> CellOrder[SheetView]:
        sheets = self._source.sheets
        return CellOrder(((sheet, cell) for sheet in sheets for cell in sheet.filled_cells), sheets)

    def filled_cells(self, sheet: SheetView, area: Corners) -> list[Node]:
        """The filled cells in an area, column by column."""
        return self._filled.cells_in([(sheet, *area)])

    def precedents(self, sheet: SheetView, cell: CellPos) -> list[Node]:
        """The filled cells that a formula reads."""
        return self._filled.cells_in(self._resolve(sheet, cell, sheet.formulas[cell].references))
