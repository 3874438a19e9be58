"""Which formulas to calculate again: those whose value in the file is out of date, and not merely calculated wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from xlfuncs.engine.engine import Engine
from xlfuncs.engine.function_names import NONDETERMINISTIC
from xlfuncs.ooxml.cell_patch import same_value
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.engine_run import Results
from xlfuncs.recalculation.state import State
from xlfuncs.recalculation.trust import (
    ROUNDING,
    calls_ours,
    describe_difference,
    is_engine_error,
    is_explicable,
    is_reproduced,
    is_verified,
    reads_error,
    reads_typed_cell,
)

_MOST_CHECKED = 2_000  # formulas, each calculated alone


def find_differences(state: State) -> tuple[list[CellKey], bool]:
    """The formulas that do not give their values in the file; and whether the others do to the last bit."""
    differing, exact = [], True
    values, arrays = state.values, state.results.arrays
    for key, new in state.results.items():
        if key in arrays:
            if _differs(state, key):
                differing.append(key)
            else:
                exact = exact and _is_identical(state, key)
        elif not same_value(old := values.get(key), new):
            differing.append(key)
        elif old != new:
            exact = False
    return differing, exact


def _differs(state: State, key: CellKey) -> bool:
    """Whether an array formula gives other values than those in the file."""
    cells, _ = state.results.arrays[key]
    return any(not same_value(state.values.get((key[0], place)), value) for place, value in cells.items())


def _is_identical(state: State, key: CellKey) -> bool:
    """Whether an array formula gives its values and its range in the file to the last bit."""
    cells, ref = state.results.arrays[key]
    return ref == state.formulas[key].ref and all(
        state.values.get((key[0], place)) == value for place, value in cells.items()
    )


def find_stale(state: State, differing: Collection[CellKey]) -> set[CellKey]:
    """Of the formulas that differ, those to calculate again; the ones that the engine gets wrong are pinned."""
    results, state.results = state.results, Results()  # what counts here are the values in the file
    try:
        stale = state.graph.readers(state.edits) if state.edits else set()
        doubtful = _sort(state, differing, results, stale)
        if doubtful:
            _check_alone(state, differing, doubtful, results, stale)
    finally:
        state.results = results
    return stale


def _sort(state: State, differing: Collection[CellKey], results: Results, stale: set[CellKey]) -> list[CellKey]:
    """Add to the stale formulas those that certainly are; return the others, unless only rounding differs."""
    doubtful = []
    largest = max((abs(value) for value in state.values.values() if type(value) is float), default=0.0)
    for key in differing:
        if _is_rounded_to_zero(state, key, results[key], largest):
            continue
        if state.is_blank(key) or state.translated[key].calls & NONDETERMINISTIC or calls_ours(state, key):
            stale.add(key)
        else:
            doubtful.append(key)
    return doubtful


def _is_rounded_to_zero(state: State, key: CellKey, new: Any, largest: float) -> bool:
    """Whether the file has 0 where the engine gives no more than rounding of the numbers that the formula reads."""
    if not new or state.values.get(key) != 0:
        return False
    size = abs(new) if type(new) is float and not state.book.settings.iterate else 0.0
    if size > ROUNDING * largest and size > ROUNDING * state.translated[key].largest_number:
        return False
    return is_reproduced(state, key, key[1], new)


def _check_alone(
    state: State, differing: Collection[CellKey], doubtful: list[CellKey], results: Results, stale: set[CellKey]
) -> None:
    """Calculate doubtful formulas with all that they read at its value in the file, and judge them by that."""
    calculation, graph = state.calculation, state.graph
    engine = calculation.run(())
    for cell, value in state.edits.items():
        engine.set_value(*cell, value)
    touched = graph.readers({(key[0], place) for key in differing for place in results.cells(key)})
    roots = [key for key in doubtful if key not in touched]  # all that they read is as in the file
    for key in roots[:_MOST_CHECKED]:
        _judge(state, key, calculation.evaluate_alone(engine, key), stale)
    for key in roots[_MOST_CHECKED:]:
        _judge(state, key, results.cells(key), stale)
    _check_dependents(state, engine, [key for key in doubtful if key in touched], stale)


def _check_dependents(state: State, engine: Engine, doubtful: list[CellKey], stale: set[CellKey]) -> None:
    """Judge the formulas that read others which differ, but for verified ones that are calculated again anyway."""
    reached = state.graph.dependents(state.with_spilled(stale))
    for key in doubtful:
        if not (key in reached and is_verified(state, key)):
            _judge(state, key, state.calculation.evaluate_alone(engine, key), stale)


def _judge(state: State, key: CellKey, values: Mapping[CellPos, Any], stale: set[CellKey]) -> None:
    """Mark a formula as stale or pinned, by what it gives where it reads the values in the file."""
    place = next((place for place, value in values.items() if not is_reproduced(state, key, place, value)), None)
    if place is None:
        return
    formula, old, new = state.translated[key], state.values.get((key[0], place)), values[place]
    explicable = is_explicable(old, new, formula.calls, "/" in formula.text, reads_error(state, key))
    trusted = is_verified(state, key) and not is_engine_error(new, state.formulas[key].dynamic)
    if trusted and explicable and reads_typed_cell(state, key):
        stale.add(key)
    else:
        state.pinned[key] = describe_difference(old, new)
