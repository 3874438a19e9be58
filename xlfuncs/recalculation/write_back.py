"""What came out of a recalculation: the patched sheet parts, and the report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlfuncs.core.errors import CellError
from xlfuncs.engine.engine import ERROR_REASONS, EngineError
from xlfuncs.ooxml.cells import CellPos, address_of
from xlfuncs.ooxml.references import parse_named_range
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.report import Problem, Report
from xlfuncs.recalculation.sheet_patch import check_sheet, patch_sheet
from xlfuncs.recalculation.state import State
from xlfuncs.recalculation.trust import calls_ours, unverified_calls

_MOST_REASONS = 1000  # errors for which a function is asked for its reason


def write_back(state: State) -> tuple[Report, dict[str, bytes]]:
    """The report on a recalculated workbook, and its sheet parts with another content than before."""
    report = Report(state.package.path, len(state.book.formulas))
    _report_kept(state, report)
    parts = {}
    new_values, new_refs = _new_values(state), _new_refs(state)
    for sheet in state.book.sheets:
        old, new = _stored_values(state, sheet.name), new_values[sheet.name]
        data, changes = patch_sheet(sheet, old, new, new_refs[sheet.name])
        report.changed += changes
        if data != sheet.data:
            check_sheet(sheet, data, state.book.value, old, new)
            parts[sheet.part] = data
    _report_unchecked(state, report)
    _report_errors(state, report)
    report.outputs = {name: state.value(cell) for name, cell in find_outputs(state, ("out_", "chk_")).items()}
    return report, parts


def find_outputs(state: State, prefixes: tuple[str, ...]) -> dict[str, CellKey]:
    """The cells that have a name which begins with one of the prefixes."""
    outputs = {}
    for name, text in state.book.global_names.items():
        target = parse_named_range(text)
        if name.lower().startswith(prefixes) and target and target.is_single:
            outputs[name] = (target.sheet, (target.top, target.left))
    return outputs


def _new_values(state: State) -> dict[str, dict[CellPos, Any]]:
    """The values that cells are to have, by sheet and in the order of the formulas."""
    values: dict[str, dict[CellPos, Any]] = {sheet.name: {} for sheet in state.book.sheets}
    results, arrays = state.results, state.results.arrays
    for key in state.formulas:
        if key in arrays:
            values[key[0]].update(arrays[key][0])
        elif key in results:
            values[key[0]][key[1]] = results[key]
    for sheet, place in state.before:
        values[sheet][place] = state.values.get((sheet, place))
    return values


def _new_refs(state: State) -> dict[str, dict[CellPos, str]]:
    """The ranges of array formulas that differ from those in the file, by sheet and cell."""
    refs: dict[str, dict[CellPos, str]] = {sheet.name: {} for sheet in state.book.sheets}
    for key, (_, ref) in state.results.arrays.items():
        if ref != state.formulas[key].ref:
            refs[key[0]][key[1]] = ref
    return refs


def _stored_values(state: State, sheet: str) -> Callable[[CellPos], Any]:
    """A function that gives the values in the file of the cells of a sheet."""
    values, before = state.values, state.before

    def value_of(place: CellPos) -> Any:
        key = (sheet, place)
        return before[key] if key in before else values.get(key)

    return value_of


def _report_kept(state: State, report: Report) -> None:
    """Report the formulas and data tables that keep their values; those without a value get an error value instead."""
    for key, reason in (state.unsupported | state.pinned).items():
        if key in state.uncomputed:
            state.results[key] = state.uncomputed[key]
            del state.values[key]
        else:
            report.kept.append(_problem(key, "", reason))
    report.kept += [_problem(key, "", reason) for key, reason in state.kept_tables.items()]


def _report_unchecked(state: State, report: Report) -> None:
    """Report the formulas that have their first value by functions that nothing vouches for."""
    for key in state.formulas:
        names = unverified_calls(state, key)
        if names and key in state.results and state.is_blank(key):
            reason = f"The file has no value to check {', '.join(sorted(names))} against."
            report.unchecked.append(_problem(key, "", reason))


def _report_errors(state: State, report: Report) -> None:
    """Report the formulas that show an error value, with the reason where a function of the library gave it."""
    kept, results = state.unsupported.keys() | state.pinned.keys(), state.results
    for key in state.formulas:
        value = results[key] if key in results else state.values.get(key)
        if not isinstance(value, CellError) or (key in kept and key not in state.uncomputed):
            continue
        reason = value.why or ERROR_REASONS.get(value.code, "")
        if len(report.errors) < _MOST_REASONS and calls_ours(state, key):
            reason = _explain(state, key, value)
        report.errors.append(_problem(key, value.code, reason))


def _explain(state: State, key: CellKey, error: CellError) -> str:
    """The reason for an error value: the cell is evaluated again alone, so that no other cell's reason is taken."""
    engine = state.engine
    if engine is None:
        return ERROR_REASONS.get(error.code, "")
    engine.reasons.clear()
    try:
        state.calculation.set_formula(engine, key)
        engine.evaluate(*key)
    except EngineError:  # the reason is only a courtesy
        pass
    return engine.explain_error(error).why or ERROR_REASONS.get(error.code, "")


def _problem(key: CellKey, code: str, reason: str) -> Problem:
    return Problem(key[0], address_of(key[1]), code, reason)
