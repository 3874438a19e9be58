"""A workbook recalculated: the values of its formulas replaced where they changed, every other byte kept.

All formulas are calculated. Where one does not give the value in the file, it is checked alone (see `selfcheck`):
stale formulas, volatile ones, those without a value and those that call our functions are calculated again, with
all that depends on them and on nothing that is held. Held at their values in the file are formulas that the
engine lacks a function for, or that it does not reproduce; and what depends on them, where these may be stale.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import nullcontext
from functools import cached_property, partial
from pathlib import Path
from typing import Any, TypeVar

from xlfuncs.core.errors import NAME, CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.registry import Registry
from xlfuncs.core.sandbox import Limits, run_limited
from xlfuncs.engine.engine import ERROR_REASONS, Engine, is_unsupported
from xlfuncs.engine.function_names import NONDETERMINISTIC
from xlfuncs.engine.translation import FormulaTranslator
from xlfuncs.ooxml import workbook as books
from xlfuncs.ooxml.atomic_save import check_replaceable, lock_file, replace_file
from xlfuncs.ooxml.cell_patch import same_value
from xlfuncs.ooxml.cells import CellPos, CellXml, address_of, corners_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import RangeRef, parse_named_range
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation import data_tables
from xlfuncs.recalculation.dependencies import Graph
from xlfuncs.recalculation.engine_run import Calculation, Results, fills
from xlfuncs.recalculation.result_report import Change, Problem, Report
from xlfuncs.recalculation.sheet_patch import check as check_sheet
from xlfuncs.recalculation.sheet_patch import patched
from xlfuncs.recalculation.trust import (
    ROUNDING,
    TEXTUAL,
    agree,
    explicable,
    good,
    is_fraction,
    made_by_engine,
    precision,
    verified,
)

__all__ = ["Change", "Model", "Package", "Problem", "Report", "WorkbookRejected", "changed", "refresh"]

_ROUNDS = 12
_MOST_READ = 5_000
_MOST_CONFIRMED = 2_000
_MOST_REASONS = 1000
_MOST_TRIED = 500_000  # formulas, calculated again for what-if tables

AnyReport = TypeVar("AnyReport", bound="Report")


def refresh(
    path: Path,
    registry: Registry,
    out: Path | None = None,
    dry_run: bool = False,
    *,
    limits: Limits | None = None,
    force: bool = False,
) -> Report:
    """Recalculate a workbook and replace the values in its file, or in `out`.

    Raises `WorkbookRejected`, and changes nothing, where the file cannot be refreshed safely.

    With `limits` it is read and calculated in a process of its own; `force` disregards locks and the like.
    """
    return changed(path, partial(_recalculated, registry=registry), out, dry_run, limits, force)


def changed(
    path: Path,
    work: Callable[[Package], tuple[AnyReport, dict[str, bytes]]],
    out: Path | None = None,
    dry_run: bool = False,
    limits: Limits | None = None,
    force: bool = False,
) -> AnyReport:
    """Do some work on a workbook, which gives a report and the parts that are new, and replace the file."""
    target = out or path
    try:
        with nullcontext() if dry_run else lock_file(target):
            package = Package(path)
            if not dry_run:
                check_replaceable(package, target, force)
            report, parts = run_limited(limits, path, work, package) if limits else work(package)
            if not dry_run and (parts or target != path):
                replace_file(package, package.pack_with(parts) if parts else package.data, target)
                report.written = True
    except OSError as problem:
        raise WorkbookRejected(f"{target} was not replaced: {problem.strerror}.") from problem
    return report


def _recalculated(package: Package, *, registry: Registry) -> tuple[Report, dict[str, bytes]]:
    return Model(package, registry).recalculated()


class Model:
    """A workbook on its way through the engine."""

    def __init__(
        self,
        package: Package,
        registry: Registry,
        book: books.WorkbookXml | None = None,
        edits: Mapping[CellKey, Any] | None = None,
    ) -> None:
        """`edits` are cells with another value since the file was calculated, each with the one before."""
        self.package = package
        self.registry = registry
        self.book = book or books.read_workbook(package)
        self.edits = edits or {}
        self.sheets = self.book.sheets
        self.named = self.book.global_names
        self.formulas = self.book.formulas
        if any(cell.formula_type == "dataTable" for cell in self.formulas.values()):
            self.formulas = {key: cell for key, cell in self.formulas.items() if cell.formula_type != "dataTable"}
        self.values = self.book.values()
        self.spills = {
            key: RangeRef(key[0], *corners[0], *corners[1])
            for key, cell in self.formulas.items()
            if cell.formula_type == "array" and cell.ref
            for corners in [corners_of(cell.ref)]
        }
        self.filled = {child: key for key in self.spills for child in _children(key, self.formulas[key])}
        ours = set(registry.names)
        self.speller = FormulaTranslator(self.book, ours, lambda name: is_unsupported(registry, name), self.spills)
        self.spelled = self.speller.translate_all(self.formulas)
        self.calculation = Calculation(self.book, registry, self.spelled, self.values)
        self.lacking = {key: one.unsupported for key, one in self.spelled.items() if one.unsupported}
        self.held: dict[CellKey, str] = {}  # kept, with all that depends on them
        self.absent: dict[CellKey, CellError] = {}  # lacking, and without a value to keep
        self.stale: set[CellKey] = set()  # to calculate again, with all that depends on them
        self.tables: dict[CellKey, str] = {}  # the what-if tables that are kept
        self.before: dict[CellKey, Any] = {}  # what the cells of the others had
        self.results = Results()
        self._known_unvouched: dict[tuple[frozenset[str], frozenset[str]], frozenset[str]] = {}
        uncalculated = all(not good(self.values.get(key)) or not self.values[key] for key in self.formulas)
        self._unsure = uncalculated or self.book.settings.full_calc_on_load  # some programs write 0 for a value

    def recalculated(self) -> tuple[Report, dict[str, bytes]]:
        """The report, and the sheet parts that are other than before."""
        self._run(self.formulas.keys() - self.lacking.keys())
        differing, exact = self._compared()
        self.stale = stale = self._stale(differing)
        if not stale and not self.held:
            self.results = Results()
        elif not (exact and stale.issuperset(differing) and self._is_settled(stale)):
            self._settled(stale, self.formulas.keys() - self.lacking.keys())
        if calculated := self._what_if():
            self._settled(stale | self.graph.readers(calculated))
        return self._reported()

    def tried(self, given: Mapping[CellKey, Any]) -> Model:
        """Another model with these values in cells without a formula; of one that has been recalculated.

        It is calculated from the start: the engine carries no change through an array that fills several cells.
        """
        trial = Model(self.package, self.registry, self.book)
        trial.lacking |= self.lacking
        trial.held |= self.held
        trial.values.update({at: self.values[at] for at in self.before})
        trial.calculation.given = given
        trial._settled(self.stale | self.graph.readers({*self.before, *given}))
        return trial

    def outputs(self, prefixes: tuple[str, ...] = ("out_",)) -> dict[str, CellKey]:
        """The cells with a name that begins so."""
        found = {}
        for name, text in self.named.items():
            target = parse_named_range(text)
            if name.lower().startswith(prefixes) and target and target.is_single:
                found[name] = (target.sheet, (target.top, target.left))
        return found

    def between(self, cells: Iterable[CellKey], wanted: Iterable[CellKey]) -> set[CellKey]:
        """The formulas through which cells reach others."""
        return self.graph.between(cells, {self.filled.get(at, at) for at in wanted})

    def scenario(self, given: Mapping[CellKey, Any], live: Collection[CellKey], wanted: Sequence[CellKey]) -> list[Any]:
        """The values of cells where others without a formula have these; of the formulas `live` are calculated."""
        self.calculation.given = given
        try:
            self._run(live)
            if not self._respilled():
                return [self.value(at) for at in wanted]
        finally:
            self.calculation.given = {}
            self.results = Results()
        trial = self.tried(given)
        return [trial.value(at) for at in wanted]

    def _run(self, live: Iterable[CellKey]) -> None:
        """Calculate these formulas, with all else at its value in the file."""
        calculation = self.calculation
        wanted = set(live)
        self._mark_absent()
        engine = calculation.run(wanted)
        while failed := calculation.failed:
            self.lacking |= failed
            wanted -= failed.keys()
            calculation.failed = {}
            self._mark_absent()
            engine = calculation.run(wanted)
        self.results = calculation.results(engine, wanted)
        self.engine = engine

    def _compared(self) -> tuple[list[CellKey], bool]:
        """The formulas that do not give their values in the file; and whether the others do to the last bit."""
        differing, exact = [], True
        values, arrays = self.values, self.results.arrays
        for key, new in self.results.items():
            if key in arrays:
                if self._differs(key, arrays[key][0]):
                    differing.append(key)
                else:
                    exact = exact and self._is_as_it_was(key)
            elif not same_value(old := values.get(key), new):
                differing.append(key)
            elif old != new:
                exact = False
        return differing, exact

    def _is_as_it_was(self, key: CellKey) -> bool:
        """Whether an array formula gives its values and its range in the file to the last bit."""
        cells, ref = self.results.arrays[key]
        return ref == self.formulas[key].ref and all(self.values.get((key[0], at)) == new for at, new in cells.items())

    def _mark_absent(self) -> None:
        """A formula that cannot be calculated and has no value counts as an error: better than as 0."""
        for key, why in self.lacking.items():
            if key not in self.absent and self._is_blank(key):
                self.absent[key] = self.values[key] = CellError(NAME, why)

    def _differs(self, key: CellKey, values: Mapping[CellPos, Any]) -> bool:
        return any(not same_value(self.values.get((key[0], place)), value) for place, value in values.items())

    def _is_blank(self, key: CellKey) -> bool:
        """Whether a formula has not been calculated yet."""
        value = self.values.get(key)
        return value is None or (self._unsure and not value and not isinstance(value, CellError))

    # -- which formulas to calculate again -------------------------------------------------------

    def _stale(self, differing: Collection[CellKey]) -> set[CellKey]:
        """Of the formulas that differ, those to calculate again; the ones that the engine gets wrong are held."""
        found = self.graph.readers(self.edits) if self.edits else set()
        doubted = []
        results, self.results = self.results, Results()  # what counts here are the values in the file
        largest = max((abs(value) for value in self.values.values() if type(value) is float), default=0.0)
        values, spelled, circles = self.values, self.spelled, self.book.settings.iterate
        for key in differing:
            value = results[key]
            if value and values.get(key) == 0:
                size = abs(value) if type(value) is float and not circles else 0.0
                near = size <= ROUNDING * largest or size <= ROUNDING * spelled[key].largest_number
                if near and self._reproduced(key, key[1], value):
                    continue  # no more than rounding
            if self._is_blank(key) or spelled[key].calls & NONDETERMINISTIC or self._calls_ours(key):
                found.add(key)
            else:
                doubted.append(key)
        if doubted:
            engine = self.calculation.run(())
            for at, value in self.edits.items():
                engine.set_value(*at, value)
            touched = self.graph.readers({(key[0], place) for key in differing for place in results.cells(key)})
            roots = [key for key in doubted if key not in touched]  # all that they read is as in the file
            for key in roots[:_MOST_CONFIRMED]:
                self._judge(key, self.calculation.one_step(engine, key), found)
            for key in roots[_MOST_CONFIRMED:]:
                self._judge(key, results.cells(key), found)
            reached = self.graph.dependents(_filled(found, self.formulas))
            for key in doubted:
                if key in touched and not (key in reached and self._is_verified(key)):
                    self._judge(key, self.calculation.one_step(engine, key), found)
        self.results = results
        return found

    def _judge(self, key: CellKey, values: Mapping[CellPos, Any], stale: set[CellKey]) -> None:
        """Add a formula to those that are stale or held, by what it gives where it reads the values in the file."""
        wrong = next((place for place in values if not self._reproduced(key, place, values[place])), None)
        if wrong is None:
            return
        one, old, new = self.spelled[key], self.values.get((key[0], wrong)), values[wrong]
        explained = explicable(old, new, one.calls, "/" in one.text, self._reads(key, CellError))
        trusted = self._is_verified(key) and not made_by_engine(new, self.formulas[key].dynamic)
        if trusted and explained and self._reads_constant(key):
            stale.add(key)
        else:
            self.held[key] = _differing(old, new)

    def _calls_ours(self, key: CellKey) -> bool:
        return any(name in self.registry for name in self.spelled[key].calls)

    def _is_verified(self, key: CellKey) -> bool:
        one = self.spelled[key]
        if one.calls & TEXTUAL and ("TRUE" in one.text or "FALSE" in one.text or self._reads_odd(key)):
            return False
        return verified(one.calls | one.unverified)

    def _reproduced(self, key: CellKey, place: CellPos, new: Any) -> bool:
        old = self.values.get((key[0], place))
        if old is None and new == "":
            return True
        scale = self._scale(key) if isinstance(old, float) and isinstance(new, float) and not (old and new) else 0.0
        near, settings = precision(self.spelled[key].calls), self.book.settings
        in_circle = settings.iterate and key in self.graph.dependents([key])
        return agree(old, new, near, scale, settings.max_change if in_circle else 0.0)

    def _scale(self, key: CellKey) -> float:
        """The largest number that a formula has or reads."""
        largest = self.spelled[key].largest_number
        for at in self._read(key):
            value = self.values.get(at)
            if type(value) is float:
                largest = max(largest, abs(value))
        return largest

    @cached_property
    def graph(self) -> Graph:
        return Graph(
            {key: one.areas for key, one in self.spelled.items()},
            (key for key, one in self.spelled.items() if one.reads_unknown),
            {key: list(_children(key, cell)) for key, cell in self.formulas.items() if cell.formula_type == "array"},
        )

    def _is_settled(self, stale: Collection[CellKey]) -> bool:
        """Whether the first calculation has the answer already, as far as one can tell without knowing what reads what.

        Whatever is calculated again would read the same values, and nothing is held.
        """
        if self.lacking or self.held or self.book.settings.iterate or self._faults() or self._respilled():
            return False
        return all(key in stale or not (self._is_blank(key) and self._unvouched(key)) for key in self.results)

    def _settled(self, stale: set[CellKey], done: Collection[CellKey] = ()) -> None:
        """Calculate what is stale and all that depends on it, until nothing is left to hold.

        The results at hand are those of the formulas that are `done`.
        """
        if not (stale or self.held or self.lacking):
            self.results = Results()
            return
        graph = self.graph
        tainted = stale & self.lacking.keys()
        fresh: set[CellKey] = set()  # where spills have come
        for _ in range(_ROUNDS):
            start = fresh | _filled(stale, self.formulas)
            dirty = stale | graph.dependents(start)
            roots = self.held.keys() | tainted
            frozen = graph.dependents(_filled(roots, self.formulas))
            live = dirty - frozen - roots - self.lacking.keys()
            if not live:
                self.results = Results()
            elif live != done:
                self._run(live)
            changed = {at for at, value in self.results.all() if not same_value(self.values.get(at), value)}
            faults = self._faults()
            newly = (graph.readers(changed) & self.lacking.keys()) - tainted
            grown = self._grown()
            if not faults and not newly and not grown - fresh:
                break
            self.held |= faults
            tainted |= newly
            fresh |= grown
            done = ()
        else:
            self.held |= dict.fromkeys(self.results, "Its value does not settle; kept.")
            self.results.clear()
        for key in sorted(graph.dependents(_filled(roots, self.formulas)) - roots - self.lacking.keys()):
            self.held.setdefault(key, "It depends on a cell that is kept, so it is kept too.")

    def _what_if(self) -> set[CellKey]:
        """Calculate the what-if tables; the cells that change."""
        wanted = {}
        for key, table in data_tables.tables(self.book):
            why = self._not_what_if(table)
            if why or table is None:
                self.tables[key] = why
            else:
                wanted[key] = table
        if not wanted:
            return set()
        changed = set()
        engine = self.calculation.run(self.formulas.keys() - self.lacking.keys() - self.held.keys())
        for key, table in wanted.items():
            found, why = self._tabulated(table, engine)
            if why:
                self.tables[key] = why
                continue
            cells = {(key[0], place): value for place, value in found.items()}
            wrong = next((at for at, value in cells.items() if not agree(self.values.get(at), value)), None)
            if wrong is None:
                continue
            old, new = self.values.get(wrong), cells[wrong]
            chain = self.graph.dependents(table.inputs)
            sure = all(self._is_verified(one) or self._calls_ours(one) for one in chain)
            if good(old) and (not sure or isinstance(new, CellError)):
                self.tables[key] = _differing(old, new)
                continue
            for at, value in cells.items():
                self.before[at] = self.values.get(at)
                self.values[at] = value
                changed.add(at)
        return changed

    def _tabulated(self, table: data_tables.WhatIf, engine: Engine) -> tuple[dict[CellPos, Any], str]:
        """The values of a what-if table, or why it is kept."""
        arrays = sorted(self.spills.keys() & self.graph.dependents(table.inputs) - self.held.keys())
        if all(self.spills[one].size == 1 for one in arrays):
            found = data_tables.evaluated(table, engine, self.value, arrays)
            if not self.calculation.gave_several(arrays):
                return found, ""
        trials, found = table.trials(self.value), {}
        if len(self.formulas) * len(trials) > _MOST_TRIED:
            return {}, "The what-if table has too many cells for one that depends on arrays of several cells; kept."
        for given, places in trials:
            trial = self.tried(given)
            if not table.formulas.isdisjoint(trial.held):
                return {}, "The what-if table depends on a cell that cannot be calculated for all values; kept."
            found |= {place: trial.value(table.formula(place)) for place in places}
        return found, ""

    def _not_what_if(self, table: data_tables.WhatIf | None) -> str:
        """Why a what-if table is kept, if so."""
        if table is None:
            return "The inputs of the what-if table are gone; kept."
        if not self.book.settings.calculates_data_tables:
            return "The workbook leaves its what-if tables to be calculated by hand; kept."
        if table.area.size > data_tables.MOST_CELLS:
            return f"The what-if table has more than {data_tables.MOST_CELLS:,} cells; kept."
        if any(key in self.formulas for key in table.inputs):
            return "An input of the what-if table is a formula; kept."
        reached = self.graph.dependents(table.inputs)
        stuck = reached & (self.lacking.keys() | self.held.keys())
        if (stuck | self.graph.dependents(stuck)) & table.formulas:
            return "The what-if table depends on a cell that is kept, so it is kept too."
        return ""

    def _faults(self) -> dict[CellKey, str]:
        """Good values that would become errors by the engine's own fault."""
        found = {}
        for key, new in self.results.items():
            if not isinstance(new, CellError) or self._is_blank(key) or not good(self.values.get(key)):
                continue
            cell = self.formulas[key]
            legitimate = self._is_verified(key) or self._calls_ours(key) or self._reads(key, CellError)
            if made_by_engine(new, cell.dynamic) or not legitimate:
                found[key] = _differing(self.values[key], new)
        return found

    def _read(self, key: CellKey) -> Iterable[CellKey]:
        """The cells that a formula names, those of very large ranges left aside."""
        return (
            (area.sheet, (row, column))
            for area in self.spelled[key].areas
            if area.size <= _MOST_READ
            for row in range(area.top, area.bottom + 1)
            for column in range(area.left, area.right + 1)
        )

    def _reads(self, key: CellKey, kind: type) -> bool:
        """Whether a formula reads a value of a kind, as values are now."""
        return any(isinstance(self.value(at), kind) for at in self._read(key))

    def _reads_odd(self, key: CellKey) -> bool:
        """Whether a formula reads what the engine's functions of text take in their own way."""
        return any(type(value) is bool or is_fraction(value) for value in map(self.value, self._read(key)))

    def _reads_constant(self, key: CellKey) -> bool:
        """Whether a formula reads what someone may have changed; or else its writer says that he did not calculate."""
        one = self.spelled[key]
        if (
            self.book.settings.full_calc_on_load
            or one.reads_unknown
            or any(area.size > _MOST_READ for area in one.areas)
        ):
            return True
        return any(at not in self.formulas and at not in self.filled for at in self._read(key))

    def value(self, at: CellKey) -> Any:
        """The value of a cell, as it is now."""
        if at in self.calculation.given:
            return self.calculation.given[at]
        anchor = self.filled.get(at, at)
        values = self.results.cells(anchor) if anchor in self.results else {}
        return values[at[1]] if at[1] in values else self.values.get(at)

    def _respilled(self) -> dict[CellKey, RangeRef]:
        """The spills that fill other cells than before, and these cells."""
        found = {}
        for key, (_, ref) in self.results.arrays.items():
            if self.formulas[key].dynamic and ref and key in self.spills:
                area = RangeRef(key[0], *corners_of(ref)[0], *corners_of(ref)[1])
                if area != self.spills[key]:
                    found[key] = area
        return found

    def _grown(self) -> set[CellKey]:
        """The cells that spills have come to or gone from, of which the formulas are told."""
        found: set[CellKey] = set()
        for key, area in self._respilled().items():
            self.spills[key] = area
            found |= {(key[0], place) for place in self.results.arrays[key][0]}
        if found:
            for key, cell in self.formulas.items():
                if "ANCHORARRAY" in (cell.formula or "").upper():
                    self.spelled[key] = self.speller.translate_cell(key[0], cell)
        return found

    # -- what came out ---------------------------------------------------------------------------

    def _reported(self) -> tuple[Report, dict[str, bytes]]:
        report = Report(self.package.path, len(self.book.formulas))
        for key, why in (self.lacking | self.held).items():
            if key in self.absent:
                self.results[key] = self.absent[key]
                del self.values[key]
                continue
            report.kept.append(Problem(key[0], address_of(key[1]), "", why))
        for key, why in self.tables.items():
            report.kept.append(Problem(key[0], address_of(key[1]), "", why))
        parts = {}
        meant, refs = self._meant(), self._refs()
        for sheet in self.sheets:
            old, new = self._old(sheet.name), meant[sheet.name]
            data, changes = patched(sheet, old, new, refs[sheet.name])
            report.changed += changes
            if data != sheet.data:
                check_sheet(sheet, data, self.book.value, old, new)
                parts[sheet.part] = data
        self._report_unchecked(report)
        self._report_errors(report)
        report.outputs = {name: self.value(at) for name, at in self.outputs(("out_", "chk_")).items()}
        return report, parts

    def _meant(self) -> dict[str, dict[CellPos, Any]]:
        """The values that cells are to have, by sheet and in the order of the formulas."""
        found: dict[str, dict[CellPos, Any]] = {sheet.name: {} for sheet in self.sheets}
        results, arrays = self.results, self.results.arrays
        for key in self.formulas:
            if key in arrays:
                found[key[0]].update(arrays[key][0])
            elif key in results:
                found[key[0]][key[1]] = results[key]
        for sheet, place in self.before:
            found[sheet][place] = self.values.get((sheet, place))
        return found

    def _refs(self) -> dict[str, dict[CellPos, str]]:
        """The ranges of array formulas that are other than before, by sheet and cell."""
        found: dict[str, dict[CellPos, str]] = {sheet.name: {} for sheet in self.sheets}
        for key, (_, ref) in self.results.arrays.items():
            if ref != self.formulas[key].ref:
                found[key[0]][key[1]] = ref
        return found

    def _old(self, sheet: str) -> Callable[[CellPos], Any]:
        """What the cells of a sheet have in the file."""
        values, before = self.values, self.before

        def of(place: CellPos) -> Any:
            key = (sheet, place)
            return before[key] if key in before else values.get(key)

        return of

    def _report_unchecked(self, report: Report) -> None:
        """The formulas with a first value, by functions that nothing vouches for."""
        for key in self.formulas:
            names = self._unvouched(key)
            if names and key in self.results and self._is_blank(key):
                why = f"There is no value in the file to check {', '.join(sorted(names))} by."
                report.unchecked.append(Problem(key[0], address_of(key[1]), "", why))

    def _unvouched(self, key: CellKey) -> frozenset[str]:
        """The functions that a formula calls, and what else it does, that are neither verified nor ours."""
        one = self.spelled[key]
        does = (one.calls, one.unverified)
        if does not in self._known_unvouched:
            names = {name for name in one.calls | one.unverified if not verified([name]) and name not in self.registry}
            self._known_unvouched[does] = frozenset(names)
        return self._known_unvouched[does]

    def _report_errors(self, report: Report) -> None:
        """The formulas that show an error value, with the reason where one of our functions gave it."""
        kept, results = self.lacking.keys() | self.held.keys(), self.results
        for key, cell in self.formulas.items():
            value = results[key] if key in results else self.values.get(key)
            if not isinstance(value, CellError) or (key in kept and key not in self.absent):
                continue
            why = value.why or ERROR_REASONS.get(value.code, "")
            if len(report.errors) < _MOST_REASONS and self._calls_ours(key):
                why = self._explained(key, value)
            report.errors.append(Problem(key[0], address_of(cell.place), value.code, why))

    def _explained(self, key: CellKey, error: CellError) -> str:
        """The reason for an error value: the cell alone is evaluated again, so that no other cell's is taken for it."""
        engine = self.engine
        engine.reasons.clear()
        try:
            self.calculation.set_formula(engine, key)
            engine.evaluate(*key)
        except RuntimeError:  # the reason is only a courtesy
            pass
        return engine.explain_error(error).why or ERROR_REASONS.get(error.code, "")


def _filled(keys: Iterable[CellKey], formulas: Mapping[CellKey, CellXml]) -> set[CellKey]:
    """Formula cells, with all that they fill."""
    return {one for key in keys for one in (key, *_children(key, formulas[key]))}


def _children(key: CellKey, cell: CellXml) -> Iterable[CellKey]:
    return fills(key[0], cell) if cell.formula_type == "array" else ()


def _differing(old: Any, new: Any) -> str:
    return f"Calculated {_shown(new)}, the file has {_shown(old)}; kept, and what depends on it."


def _shown(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "nothing" if value is None else str(value)
