"""A workbook with other values in some cells: trials of a recalculated model, and its data tables."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from xlfuncs.core.errors import CellError
from xlfuncs.engine.engine import Engine
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation import data_tables
from xlfuncs.recalculation.data_tables import DataTable
from xlfuncs.recalculation.engine_run import Results
from xlfuncs.recalculation.propagation import resized_spills, settle
from xlfuncs.recalculation.state import State, has_result, read_state
from xlfuncs.recalculation.trust import agree, calls_ours, describe_difference, is_verified

_MOST_CALCULATED = 500_000  # formulas, again for each trial of a data table


def calculate_trial(state: State, inputs: Mapping[CellKey, Any]) -> State:
    """Another state of a recalculated workbook, with these values in cells without a formula.

    It is calculated from the start: the engine carries no change through an array that fills several cells.
    """
    trial = read_state(state.package, state.registry, state.book)
    trial.unsupported |= state.unsupported
    trial.pinned |= state.pinned
    trial.values.update({cell: state.values[cell] for cell in state.before})
    trial.calculation.overrides = inputs
    settle(trial, state.stale | state.graph.readers({*state.before, *inputs}))
    return trial


def calculate_outputs(
    state: State, inputs: Mapping[CellKey, Any], live: Collection[CellKey], outputs: Sequence[CellKey]
) -> list[Any]:
    """The values of cells where others have these; only the `live` formulas are calculated, where that is enough."""
    state.calculation.overrides = inputs
    try:
        state.run(live)
        if not resized_spills(state):
            return [state.value(cell) for cell in outputs]
    finally:
        state.calculation.overrides = {}
        state.results = Results()
    trial = calculate_trial(state, inputs)
    return [trial.value(cell) for cell in outputs]


def calculate_data_tables(state: State) -> set[CellKey]:
    """Calculate the data tables, and put the values of those that differ into the state; return these cells."""
    tables = {}
    for key, table in data_tables.read_tables(state.book):
        reason = _reason_to_keep(state, table)
        if reason or table is None:
            state.kept_tables[key] = reason
        else:
            tables[key] = table
    if not tables:
        return set()
    changed: set[CellKey] = set()
    engine = state.calculation.run(state.formulas.keys() - state.unsupported.keys() - state.pinned.keys())
    for key, table in tables.items():
        values, reason = _calculate_table(state, table, engine)
        cells = {(key[0], place): value for place, value in values.items()}
        reason = reason or _reason_to_doubt(state, table, cells)
        if reason:
            state.kept_tables[key] = reason
        elif not _is_up_to_date(state, cells):
            state.before |= {cell: state.values.get(cell) for cell in cells}
            state.values |= cells
            changed |= cells.keys()
    return changed


def _is_up_to_date(state: State, cells: Mapping[CellKey, Any]) -> bool:
    return all(agree(state.values.get(cell), value) for cell, value in cells.items())


def _reason_to_doubt(state: State, table: DataTable, cells: Mapping[CellKey, Any]) -> str:
    """Why the calculated values of a data table are not trusted, if so."""
    wrong = next((cell for cell, value in cells.items() if not agree(state.values.get(cell), value)), None)
    if wrong is None:
        return ""
    old, new = state.values.get(wrong), cells[wrong]
    chain = state.graph.dependents(table.inputs)
    trusted = all(is_verified(state, key) or calls_ours(state, key) for key in chain)
    return describe_difference(old, new) if has_result(old) and (not trusted or isinstance(new, CellError)) else ""


def _calculate_table(state: State, table: DataTable, engine: Engine) -> tuple[dict[CellPos, Any], str]:
    """The values of a data table, or why it is kept."""
    arrays = sorted(state.spills.keys() & state.graph.dependents(table.inputs) - state.pinned.keys())
    if all(state.spills[key].size == 1 for key in arrays):
        values = data_tables.evaluate(table, engine, state.value, arrays)
        if not state.calculation.has_spilled(arrays):
            return values, ""
    trials, values = table.trials(state.value), {}
    if len(state.formulas) * len(trials) > _MOST_CALCULATED:
        return {}, "The data table is too large for one that depends on arrays of several cells; its values are kept."
    for inputs, places in trials:
        trial = calculate_trial(state, inputs)
        if not table.formulas.isdisjoint(trial.pinned):
            return {}, "The data table depends on a cell that cannot be calculated for all inputs; its values are kept."
        values |= {place: trial.value(table.formula(place)) for place in places}
    return values, ""


def _reason_to_keep(state: State, table: DataTable | None) -> str:
    """Why a data table is not calculated, if so."""
    if table is None:
        return "The input cells of the data table were deleted; its values are kept."
    if not state.book.settings.calculates_data_tables:
        return "The workbook calculates its data tables only on request; their values are kept."
    if table.area.size > data_tables.MOST_CELLS:
        return f"The data table has more than {data_tables.MOST_CELLS:,} cells; its values are kept."
    if any(key in state.formulas for key in table.inputs):
        return "An input cell of the data table has a formula; its values are kept."
    stuck = state.graph.dependents(table.inputs) & (state.unsupported.keys() | state.pinned.keys())
    if (stuck | state.graph.dependents(stuck)) & table.formulas:
        return "The data table depends on a cell whose value is kept, so its values are kept too."
    return ""
