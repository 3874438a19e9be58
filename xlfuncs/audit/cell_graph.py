"""The dependency graph of a workbook for its audit: formulas in R1C1 terms resolved to the cells that they read."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import TYPE_CHECKING

from xlfuncs.audit.locations import Corners
from xlfuncs.audit.r1c1 import Reference
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.recalculation.cell_order import Area, CellOrder
from xlfuncs.recalculation.dependencies import Graph

if TYPE_CHECKING:
    from xlfuncs.audit.workbook_view import Sheet, WorkbookView

Node = tuple["Sheet", CellPos]


class CellGraph:
    """Which cells of a workbook read which; cells are pairs of a sheet and a place."""

    def __init__(self, view: WorkbookView) -> None:
        self._view = view
        reads: dict[Node, list[Area[Sheet]]] = {}
        reads_part: dict[Node, list[Area[Sheet]]] = {}  # of tables, as their columns are not told apart
        references = {form: self._sort(form.references) for form in view.forms}
        for sheet, place, form in view.formulas():
            cells, tables = references[form]
            reads[sheet, place] = self._areas(sheet, place, cells)
            if tables:
                reads_part[sheet, place] = self._areas(sheet, place, tables)
        self._graph = Graph(reads, reads_part=reads_part)

    def _sort(self, references: Iterable[Reference]) -> tuple[list[Reference], list[Reference]]:
        """The references to cells and names, and those to tables."""
        cells: list[Reference] = []
        tables: list[Reference] = []
        for reference in references:
            is_table = bool(reference.name) and reference.name.partition("[")[0].lower() in self._view.tables
            (tables if is_table else cells).append(reference)
        return cells, tables

    def _areas(self, sheet: Sheet, place: CellPos, references: Iterable[Reference]) -> list[Area[Sheet]]:
        resolved = (self._view.resolved(sheet, place, reference) for reference in references)
        return [(owner, *corners) for owner, corners in filter(None, resolved)]

    def is_read(self, sheet: Sheet, place: CellPos) -> bool:
        """Whether a formula reads a cell, by its place or by a name or table of it."""
        return self._graph.is_read((sheet, place))

    def readers(self, cells: Iterable[Node]) -> set[Node]:
        """The formulas that read one of these cells."""
        return self._graph.readers(cells)

    def dependents(self, cells: Iterable[Node]) -> set[Node]:
        """The formulas that read one of these cells, directly or through others."""
        return self._graph.dependents(cells)

    @cached_property
    def circles(self) -> list[list[Node]]:
        """The formulas that depend on themselves, circle by circle."""
        return self._graph.circles(self._view.sheets)

    @cached_property
    def _filled(self) -> CellOrder[Sheet]:
        sheets = self._view.sheets
        cells = (
            (sheet, place)
            for sheet in sheets
            for place in {*sheet.forms, *sheet.numbers, *sheet.texts, *sheet.others, *sheet.spilled}
        )
        return CellOrder(cells, sheets)

    def filled_cells(self, sheet: Sheet, area: Corners) -> list[Node]:
        """The cells in an area that hold something, column by column."""
        return self._filled.cells_in([(sheet, *area)])

    def precedents(self, sheet: Sheet, place: CellPos) -> list[Node]:
        """The cells that a formula reads and that hold something."""
        return self._filled.cells_in(self._areas(sheet, place, sheet.forms[place].references))
