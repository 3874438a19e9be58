"""What is stale is calculated again with all that depends on it, until no more cells have to be pinned."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from xlfuncs.ooxml.cell_patch import same_value
from xlfuncs.ooxml.cells import corners_of
from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.engine_run import Results
from xlfuncs.recalculation.state import State
from xlfuncs.recalculation.trust import find_engine_faults, unverified_calls

_ROUNDS = 12


def is_settled(state: State, stale: Collection[CellKey]) -> bool:
    """Whether the first calculation has the answer already, as far as one can tell without the dependency graph.

    Whatever is calculated again would read the same values, and nothing is pinned.
    """
    if state.unsupported or state.pinned or state.book.settings.iterate:
        return False
    if find_engine_faults(state) or resized_spills(state):
        return False
    return all(key in stale or not (state.is_blank(key) and unverified_calls(state, key)) for key in state.results)


def settle(state: State, stale: Collection[CellKey], done: Collection[CellKey] = ()) -> None:
    """Calculate what is stale and all that depends on it, until there is nothing left to pin.

    The present results are those of the formulas that are `done`.
    """
    if not (stale or state.pinned or state.unsupported):
        state.results = Results()
        return
    graph = state.graph
    stale = set(stale)
    changed = state.with_spilled(stale)
    outdated = stale & state.unsupported.keys()  # unsupported formulas with an input that changed
    spilled: set[CellKey] = set()  # cells that spills have come to
    roots: Collection[CellKey] = ()
    for _ in range(_ROUNDS):
        dirty = stale | graph.dependents(spilled | changed)
        roots = state.pinned.keys() | outdated
        frozen = graph.dependents(state.with_spilled(roots))
        live = dirty - frozen - roots - state.unsupported.keys()
        if not live:
            state.results = Results()
        elif live != done:
            state.run(live)
        faults = find_engine_faults(state)
        newly_outdated = (graph.readers(_changed_cells(state)) & state.unsupported.keys()) - outdated
        grown = _resize_spills(state)
        if not faults and not newly_outdated and not grown - spilled:
            break
        state.pinned |= faults
        outdated |= newly_outdated
        spilled |= grown
        done = ()
    else:
        state.pinned |= dict.fromkeys(state.results, "The value does not settle; the value in the file is kept.")
        state.results.clear()
    _pin_dependents(state, roots)


def _changed_cells(state: State) -> Iterable[CellKey]:
    """The cells to which the last run gave another value than the one in the file."""
    return {key for key, value in state.results.all() if not same_value(state.values.get(key), value)}


def _pin_dependents(state: State, roots: Collection[CellKey]) -> None:
    """Pin all formulas that depend on these."""
    reason = "The formula depends on a cell whose value is kept, so its own is kept too."
    dependents = state.graph.dependents(state.with_spilled(roots)) - set(roots) - state.unsupported.keys()
    for key in sorted(dependents):
        state.pinned.setdefault(key, reason)


def resized_spills(state: State) -> Mapping[CellKey, RangeRef]:
    """The dynamic arrays that fill other cells than before, with these cells."""
    resized = {}
    for key, (_, ref) in state.results.arrays.items():
        if state.formulas[key].dynamic and ref and key in state.spills:
            area = RangeRef(key[0], *corners_of(ref)[0], *corners_of(ref)[1])
            if area != state.spills[key]:
                resized[key] = area
    return resized


def _resize_spills(state: State) -> set[CellKey]:
    """Note the new ranges of spills, for the formulas that refer to them; return the cells that came or went."""
    cells: set[CellKey] = set()
    for key, area in resized_spills(state).items():
        state.spills[key] = area
        cells |= {(key[0], place) for place in state.results.arrays[key][0]}
    if cells:
        for key, cell in state.formulas.items():
            if "ANCHORARRAY" in (cell.formula or "").upper():
                state.translated[key] = state.translator.translate_cell(key[0], cell)
    return cells
