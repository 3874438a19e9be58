"""A workbook recalculated: the values of its formulas replaced where they changed, every other byte kept.

All formulas are calculated. Where one does not give the value in the file, it is checked alone (see `trust`): stale
formulas, volatile ones, those without a value and those that call our functions are calculated again, with all that
depends on them and on nothing that is pinned. Pinned to their values in the file are formulas that the engine does
not reproduce; and, with the formulas that the engine does not support, what depends on them where these may be stale.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from xlfuncs.core.registry import Registry
from xlfuncs.ooxml.cells import CellXml
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import CellKey, WorkbookXml
from xlfuncs.recalculation import propagation, what_if
from xlfuncs.recalculation.engine_run import Results
from xlfuncs.recalculation.report import Report
from xlfuncs.recalculation.staleness import find_differences, find_stale
from xlfuncs.recalculation.state import read_state
from xlfuncs.recalculation.write_back import find_outputs, write_back


class Model:
    """A workbook that can be recalculated, and then calculated for other inputs."""

    def __init__(
        self,
        package: Package,
        registry: Registry,
        book: WorkbookXml | None = None,
        edits: Mapping[CellKey, Any] | None = None,
    ) -> None:
        """`edits` are cells with another value since the file was calculated, each with the one before."""
        self.state = read_state(package, registry, book, edits)

    @property
    def formulas(self) -> Mapping[CellKey, CellXml]:
        """The cells with a formula, data tables left out."""
        return self.state.formulas

    def value(self, cell: CellKey) -> Any:
        """The value of a cell at present."""
        return self.state.value(cell)

    def recalculate(self) -> tuple[Report, dict[str, bytes]]:
        """Recalculate the workbook; return the report, and the sheet parts with another content than before."""
        state = self.state
        state.run(state.formulas.keys() - state.unsupported.keys())
        differing, exact = find_differences(state)
        state.stale = find_stale(state, differing)
        if not state.stale and not state.pinned:
            state.results = Results()
        elif not (exact and state.stale.issuperset(differing) and propagation.is_settled(state, state.stale)):
            propagation.settle(state, state.stale, state.formulas.keys() - state.unsupported.keys())
        if calculated := what_if.calculate_data_tables(state):
            propagation.settle(state, state.stale | state.graph.readers(calculated))
        return write_back(state)

    def values_with(self, inputs: Mapping[CellKey, Any], cells: Sequence[CellKey]) -> list[Any]:
        """The values of cells with these values in cells without a formula; of a model that has been recalculated."""
        trial = what_if.calculate_trial(self.state, inputs)
        return [trial.value(cell) for cell in cells]

    def outputs(self, prefixes: tuple[str, ...] = ("out_",)) -> dict[str, CellKey]:
        """The cells that have a name which begins with one of the prefixes."""
        return find_outputs(self.state, prefixes)

    def formulas_between(self, inputs: Iterable[CellKey], outputs: Iterable[CellKey]) -> set[CellKey]:
        """The formulas through which inputs reach outputs."""
        anchors = self.state.anchors
        return self.state.graph.between(inputs, {anchors.get(cell, cell) for cell in outputs})

    def calculate_outputs(
        self, inputs: Mapping[CellKey, Any], live: Collection[CellKey], outputs: Sequence[CellKey]
    ) -> list[Any]:
        """The values of outputs for these inputs; `live` are the formulas between them."""
        return what_if.calculate_outputs(self.state, inputs, live, outputs)
