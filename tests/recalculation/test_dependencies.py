"""The dependency graph, beside the same questions answered by a search through all cells."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.cell_order import CellOrder
from xlfuncs.recalculation.dependencies import Graph

pytestmark = pytest.mark.slow  # draws workbooks

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


def search(
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
    graph = Graph(areas, reads_unknown=unseen, fills=fills)
    assert {cell for cell in cells if graph.is_read(cell)} == {
        cell for cell in cells if search(areas, unseen, fills, {cell}, False)
    }
    assert graph.readers(cells) == search(areas, unseen, fills, cells, False)
    assert graph.dependents(cells) == search(areas, unseen, fills, cells, True)


def test_a_chain_through_wide_ranges_is_followed_to_its_end() -> None:
    areas = {("S", (1, column)): [RangeRef("S", 1, 1, 1_048_576, column - 1)] for column in range(2, 40)}
    assert Graph(areas).dependents([("S", (9, 1))]) == areas.keys()


@settings(max_examples=200, deadline=None)
@given(
    st.dictionaries(KEYS, st.lists(AREAS, max_size=3), max_size=10),
    st.dictionaries(KEYS, st.lists(KEYS, max_size=2), max_size=2),
    st.sets(KEYS, max_size=2),
    st.sets(KEYS, max_size=2),
)
def test_a_formula_lies_between_where_it_is_reached_and_reaches(
    areas: dict[CellKey, list[RangeRef]],
    fills: dict[CellKey, list[CellKey]],
    inputs: set[CellKey],
    outputs: set[CellKey],
) -> None:
    reached = search(areas, set(), fills, inputs, True)
    expected = {
        key
        for key in reached
        if key in outputs or search(areas, set(), fills, {key, *fills.get(key, ())}, True) & outputs
    }
    assert Graph(areas, fills=fills).between(inputs, outputs) == expected


@settings(max_examples=200, deadline=None)
@given(st.dictionaries(KEYS, st.lists(AREAS, max_size=3), max_size=10))
def test_a_circle_has_the_formulas_that_reach_each_other(areas: dict[CellKey, list[RangeRef]]) -> None:
    reaches = {key: search(areas, set(), {}, {key}, True) for key in areas}
    expected = {
        frozenset(other for other in reaches[key] if key in reaches[other]) for key in areas if key in reaches[key]
    }
    circles = Graph(areas).circles(["S", "T"])
    assert {frozenset(circle) for circle in circles} == expected
    assert len(circles) == len(expected)


def test_what_is_read_in_part_makes_dependents_but_no_circle() -> None:
    table = {("S", (1, 2)): [RangeRef("S", 1, 1, 9, 2)]}
    graph = Graph({("S", (1, 2)): []}, reads_part=table)
    assert graph.circles(["S"]) == []
    assert graph.is_read(("S", (9, 1)))
    assert graph.dependents([("S", (9, 1))]) == {("S", (1, 2))}


@settings(max_examples=200, deadline=None)
@given(st.sets(KEYS, max_size=12), st.lists(AREAS, max_size=3))
def test_the_cells_of_an_area_come_column_by_column(cells: set[CellKey], areas: list[RangeRef]) -> None:
    expected = [
        cell
        for area in areas
        for cell in sorted(cells, key=lambda cell: (cell[1][1], cell[1][0]))
        if cell[0] == area.sheet and area.contains(*cell[1])
    ]
    assert CellOrder(cells, ["T", "S"]).cells_in(areas) == expected


@pytest.mark.parametrize("area", [(5, 1, 2, 1), (1, 3, 9, 2), (-4, -2, 0, 0), (1, 16_385, 9, 16_999)])
def test_an_area_that_runs_backwards_or_beyond_the_grid_has_no_cells(area: tuple[int, int, int, int]) -> None:
    cells = [(sheet, (row, column)) for sheet in "ST" for row in (1, 5, 9) for column in (1, 2, 16_384)]
    assert CellOrder(cells, ["S", "T"]).cells_in([("S", *area)]) == []
    graph = Graph({("T", (1, 1)): [("S", *area)]})
    assert not any(graph.is_read(cell) for cell in cells)
