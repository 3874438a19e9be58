"""A workbook during a recalculation: what its formulas are, and what has come out so far.

The other modules of this folder are functions of a `State`. Nothing is written here; the file stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from xlfuncs.core.errors import NAME, CellError
from xlfuncs.core.registry import Registry
from xlfuncs.engine.engine import Engine, is_unsupported
from xlfuncs.engine.translation import FormulaTranslator, TranslatedFormula
from xlfuncs.ooxml import workbook as books
from xlfuncs.ooxml.cells import CellXml, corners_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import CellKey, WorkbookXml
from xlfuncs.recalculation.dependencies import Graph
from xlfuncs.recalculation.engine_run import Calculation, Results, spilled_cells

_DATA_TABLE = "dataTable"


@dataclass
class State:
    """The formulas of a workbook and their values, sorted by what may be done about them.

    A formula is *unsupported* where the engine cannot calculate it, and *uncomputed* where it has no value in the
    file either. It is *pinned* where its value in the file is kept although the engine calculates another, or because
    it depends on such a cell. It is *stale* where its value is to be calculated again, with all that depends on it.
    """

    package: Package
    registry: Registry
    book: WorkbookXml
    edits: Mapping[CellKey, Any]  # cells changed since the file was calculated, each with its value before
    formulas: Mapping[CellKey, CellXml]  # data tables left out
    values: dict[
        CellKey, Any
    ]  # those in the file; and of uncomputed formulas and recalculated data tables the new ones
    spills: dict[CellKey, RangeRef]  # the ranges of array formulas
    anchors: Mapping[CellKey, CellKey]  # the formula that fills a cell, for cells of an array other than its first
    translator: FormulaTranslator
    translated: dict[CellKey, TranslatedFormula]
    calculation: Calculation
    zero_is_blank: bool  # whether 0 may stand for no value, as some programs write it
    unsupported: dict[CellKey, str] = field(default_factory=dict)
    uncomputed: dict[CellKey, CellError] = field(default_factory=dict)
    pinned: dict[CellKey, str] = field(default_factory=dict)
    stale: set[CellKey] = field(default_factory=set)
    kept_tables: dict[CellKey, str] = field(default_factory=dict)  # data tables that are kept, and why
    before: dict[CellKey, Any] = field(default_factory=dict)  # what the cells of the other data tables had
    results: Results = field(default_factory=Results)  # of the last run
    engine: Engine | None = None  # of the last run
    unverified_calls: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = field(default_factory=dict)

    @cached_property
    def graph(self) -> Graph[str]:
        """Which formulas read which cells."""
        return Graph(
            {key: formula.areas for key, formula in self.translated.items()},
            reads_unknown=(key for key, formula in self.translated.items() if formula.reads_unknown),
            fills={
                key: list(spilled_cells(key[0], cell))
                for key, cell in self.formulas.items()
                if cell.formula_type == "array"
            },
        )

    def run(self, live: Iterable[CellKey]) -> None:
        """Calculate these formulas, with every other cell at its value in the file."""
        calculation = self.calculation
        live = set(live)
        self._mark_uncomputed()
        engine = calculation.run(live)
        while failed := calculation.failed:
            self.unsupported |= failed
            live -= failed.keys()
            calculation.failed = {}
            self._mark_uncomputed()
            engine = calculation.run(live)
        self.results = calculation.results(engine, live)
        self.engine = engine

    def _mark_uncomputed(self) -> None:
        """Give an error value to formulas that can be neither calculated nor kept: better than 0."""
        for key, reason in self.unsupported.items():
            if key not in self.uncomputed and self.is_blank(key):
                self.uncomputed[key] = self.values[key] = CellError(NAME, reason)

    def is_blank(self, key: CellKey) -> bool:
        """Whether a formula has no value in the file."""
        value = self.values.get(key)
        return value is None or (self.zero_is_blank and not value and not isinstance(value, CellError))

    def value(self, key: CellKey) -> Any:
        """The value of a cell at present: an override, a result of the last run, or the value in the file."""
        overrides = self.calculation.overrides
        if key in overrides:
            return overrides[key]
        anchor = self.anchors.get(key, key)
        results = self.results.cells(anchor) if anchor in self.results else {}
        return results[key[1]] if key[1] in results else self.values.get(key)

    def with_spilled(self, keys: Iterable[CellKey]) -> set[CellKey]:
        """Formula cells, with all cells that they fill."""
        formulas = self.formulas
        return {cell for key in keys for cell in (key, *_filled_cells(key, formulas[key]))}


def read_state(
    package: Package, registry: Registry, book: WorkbookXml | None = None, edits: Mapping[CellKey, Any] | None = None
) -> State:
    """Read a workbook and translate its formulas for the engine."""
    book = book or books.read_workbook(package)
    formulas: Mapping[CellKey, CellXml] = book.formulas
    if any(cell.formula_type == _DATA_TABLE for cell in formulas.values()):
        formulas = {key: cell for key, cell in formulas.items() if cell.formula_type != _DATA_TABLE}
    values = book.values()
    spills = {
        key: RangeRef(key[0], *corners[0], *corners[1])
        for key, cell in formulas.items()
        if cell.formula_type == "array" and cell.ref
        for corners in [corners_of(cell.ref)]
    }
    translator = FormulaTranslator(book, set(registry.names), lambda name: is_unsupported(registry, name), spills)
    translated = translator.translate_all(formulas)
    never_calculated = all(not has_result(values.get(key)) or not values[key] for key in formulas)
    return State(
        package=package,
        registry=registry,
        book=book,
        edits=edits or {},
        formulas=formulas,
        values=values,
        spills=spills,
        anchors={cell: key for key in spills for cell in _filled_cells(key, formulas[key])},
        translator=translator,
        translated=translated,
        calculation=Calculation(book, registry, translated, values),
        zero_is_blank=never_calculated or book.settings.full_calc_on_load,
        unsupported={key: formula.unsupported for key, formula in translated.items() if formula.unsupported},
    )


def has_result(value: Any) -> bool:
    """Whether a value is there, and no error."""
    return value is not None and not isinstance(value, CellError)


def _filled_cells(key: CellKey, cell: CellXml) -> Iterable[CellKey]:
    return spilled_cells(key[0], cell) if cell.formula_type == "array" else ()
