"""What depends on what, beside the same told without any haste."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.dependencies import Graph

SHEETS = st.sampled_from(["S", "T"])
PLACES = st.tuples(st.sampled_from([1, 2, 31, 32, 33, 64, 500, 5000]), st.sampled_from([1, 2, 3, 70]))
KEYS = st.tuples(SHEETS, PLACES)
AREAS = st.builds(
    lambda sheet, one, other: RangeRef(
        sheet, min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1])
    ),
    SHEETS,
    PLACES,
    PLACES,
)


def slowly(
    areas: dict[CellKey, list[RangeRef]],
    unseen: set[CellKey],
    fills: dict[CellKey, list[CellKey]],
    cells: set[CellKey],
    further: bool,
) -> set[CellKey]:
    found = set(unseen) if cells else set()
    reached = cells | found if further else set(cells)
    while True:
        fresh = {
            reader
            for reader, read in areas.items()
            if any(area.sheet == sheet and area.contains(*place) for area in read for sheet, place in reached)
        } - found
        if not fresh:
            return found
        found |= fresh
        if not further:
            return found
        reached |= {one for key in fresh for one in (key, *fills.get(key, ()))}


@settings(max_examples=300, deadline=None)
@given(
    st.dictionaries(KEYS, st.lists(AREAS, max_size=4), max_size=12),
    st.sets(KEYS, max_size=2),
    st.dictionaries(KEYS, st.lists(KEYS, max_size=2), max_size=2),
    st.sets(KEYS, max_size=3),
)
def test_everything_that_depends_on_a_cell_is_reached(
    areas: dict[CellKey, list[RangeRef]], unseen: set[CellKey], fills: dict[CellKey, list[CellKey]], cells: set[CellKey]
) -> None:
    graph = Graph(areas, unseen, fills)
    assert graph.readers(cells) == slowly(areas, unseen, fills, cells, False)
    assert graph.dependents(cells) == slowly(areas, unseen, fills, cells, True)


def test_a_chain_through_wide_ranges_is_followed_to_its_end() -> None:
    areas = {("S", (1, column)): [RangeRef("S", 1, 1, 1_048_576, column - 1)] for column in range(2, 40)}
    assert Graph(areas, (), {}).dependents([("S", (9, 1))]) == areas.keys()
