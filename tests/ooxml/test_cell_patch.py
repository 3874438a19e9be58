"""Cells that are added to a sheet stand where they belong, at a cost that grows with their number."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xlfuncs.ooxml import cell_patch
from xlfuncs.ooxml.cell_patch import insert_cells, splice
from xlfuncs.ooxml.cells import CellPos, SheetXml, address_of
from xlfuncs.ooxml.sax_reader import parse_sheet, read_sheet

PLACES = st.tuples(st.integers(1, 6), st.integers(1, 5))


def sheet(places: set[CellPos], empty_rows: set[int] = frozenset(), prefix: str = "") -> SheetXml:  # type: ignore[assignment]  # a set that is never changed
    """A sheet with a number in each of some cells, and some rows that close themselves."""
    rows = []
    for row in sorted({place[0] for place in places} | empty_rows):
        cells = [place for place in sorted(places) if place[0] == row]
        content = "".join(f'<{prefix}c r="{address_of(place)}"><{prefix}v>1</{prefix}v></{prefix}c>' for place in cells)
        rows.append(f'<{prefix}row r="{row}">{content}</{prefix}row>' if cells else f'<{prefix}row r="{row}"/>')
    namespace = f'xmlns:{prefix[:-1]}="a"' if prefix else 'xmlns="a"'
    text = f"<{prefix}worksheet {namespace}><{prefix}sheetData>{''.join(rows)}</{prefix}sheetData></{prefix}worksheet>"
    return read_sheet("part", "Data", text.encode())


@settings(max_examples=200, deadline=None)
@given(st.sets(PLACES), st.sets(PLACES), st.sets(st.integers(1, 6)), st.sampled_from(["", "x:"]))
def test_added_cells_stand_in_the_order_of_rows_and_columns(
    old: set[CellPos], new: set[CellPos], empty_rows: set[int], prefix: str
) -> None:
    before = sheet(old, empty_rows, prefix)
    after = parse_sheet("part", "Data", splice(before.data, insert_cells(before, dict.fromkeys(new - old, 2.0))))
    assert list(after.cells) == sorted(old | new)
    assert list(after.rows) == sorted({row for row, _ in old | new} | empty_rows)
    assert {place: cell.value for place, cell in after.cells.items()} == {
        **dict.fromkeys(new, "2"),
        **dict.fromkeys(old, "1"),
    }


def test_a_cell_goes_in_front_of_the_first_row_behind_it_in_the_file() -> None:
    data = b'<worksheet xmlns="a"><sheetData><row r="9"></row><row r="3"></row></sheetData></worksheet>'
    before = read_sheet("part", "Data", data)
    after = splice(data, insert_cells(before, {(1, 1): 1.0, (5, 1): 2.0, (10, 1): 3.0}))
    assert after == (
        b'<worksheet xmlns="a"><sheetData><row r="1"><c r="A1"><v>1</v></c></row>'
        b'<row r="5"><c r="A5"><v>2</v></c></row><row r="9"></row><row r="3"></row>'
        b'<row r="10"><c r="A10"><v>3</v></c></row></sheetData></worksheet>'
    )


def steps_of(call: Callable[[], Any]) -> int:
    """How many instructions of the module run in a call."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        if frame.f_code.co_filename != cell_patch.__file__:
            return None
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    previous = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(previous)
    return count


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (lambda row: [(row, 1), (row, 2)], lambda row: [(row, 7)]),  # a column beside a table
        (lambda row: [(row, 1), (row, 2)], lambda row: [(row + 10_000, 1)]),  # rows below it
        (lambda row: [(2 * row, 1)], lambda row: [(2 * row + 1, 1)]),  # rows between others
        (lambda row: [(1, 2 * row)], lambda row: [(1, 2 * row + 1)]),  # cells between others
    ],
)
def test_twice_the_cells_are_twice_the_work(
    old: Callable[[int], list[CellPos]], new: Callable[[int], list[CellPos]]
) -> None:
    def steps(size: int) -> int:
        before = sheet({place for row in range(1, size) for place in old(row)})
        values = {place: 1.0 for row in range(1, size) for place in new(row)}
        return steps_of(lambda: insert_cells(before, values))

    steps(2)  # from Python 3.12 on, a first trace reports no instructions
    small, large = steps(200), steps(400)
    assert small > 200
    assert large < 2.5 * small
