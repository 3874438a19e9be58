"""A function of single values gives, for each value of an array, what it gives for that value alone."""

from __future__ import annotations

from typing import Any

import pytest

from tests.recalculation.test_model import values
from tests.small_workbooks import refreshed
from xlfuncs.engine.array_lifting import ArrayLifter, number_grid, round_to_15_digits, snap_to_zero
from xlfuncs.engine.engine import empty_workbook

LIFT = ArrayLifter(lambda: empty_workbook(False))

VALUE = {"type": "Error", "kind": "Value"}


def codes(rows: list[list[Any]]) -> list[list[Any]]:
    """Rows with error values as their kinds."""
    return [[cell["kind"] if isinstance(cell, dict) else cell for cell in row] for row in rows]


@pytest.mark.parametrize(
    ("name", "arguments", "expected"),
    [
        # Values that are equal in Python and not in a worksheet.
        ("ISLOGICAL", ([[1.0, True, 0.0, False]],), [[False, True, False, True]]),
        ("ISLOGICAL", ([[True, 1.0]],), [[True, False]]),
        ("ISTEXT", ([["1", 1.0]],), [[True, False]]),
        ("ISBLANK", ([[None, "", 0.0]],), [[True, False, False]]),
        ("LEN", ([[True], [1.0]],), [[4.0], [1.0]]),
        # Arrays of different sizes: an only row or column serves for all, and what is missing is #N/A.
        ("MOD", ([[7.0], [8.0], [9.0]], [[2.0, 5.0]]), [[1.0, 2.0], [0.0, 3.0], [1.0, 4.0]]),
        ("MOD", ([[7.0, 8.0, 9.0]], [[4.0, 5.0]]), [[3.0, 3.0, "Na"]]),
        ("MOD", ([[7.0], [8.0], [9.0]], [[4.0], [5.0]]), [[3.0], [3.0], ["Na"]]),
        ("MOD", ([[7.0, 8.0], [9.0, 10.0]], 4.0), [[3.0, 0.0], [1.0, 2.0]]),
        ("MOD", (7.0, [[4.0, 0.0]]), [[3.0, "Div"]]),
        # Ranges are taken whole, side by side.
        ("COUNTIF", ([[1.0], [2.0], [2.0]], [[2.0, 1.0, 5.0]]), [[2.0, 1.0, 0.0]]),
        ("SUMIF", ([[1.0, 1.0, 2.0]], [[1.0], [2.0]], [[10.0, 20.0, 40.0]]), [[30.0], [40.0]]),
        ("MATCH", ([["b", "z"]], [["a"], ["b"]], 0.0), [[2.0, "Na"]]),
        ("LARGE", ([[3.0, 1.0, 2.0]], [[1.0, 3.0]]), [[3.0, 1.0]]),
        # No array at all.
        ("ABS", (-3.0,), [[3.0]]),
    ],
)
def test_each_value_has_its_own_result(name: str, arguments: tuple[Any, ...], expected: list[list[Any]]) -> None:
    assert codes(LIFT(name, *arguments)) == expected


def test_more_values_than_go_into_one_batch_keep_their_order() -> None:
    numbers = [[float(number)] for number in range(2_500)]
    assert LIFT("SIGN", [[number - 1_200] for (number,) in numbers])[1199:1202] == [[-1.0], [0.0], [1.0]]
    assert LIFT("ABS", numbers) == numbers


def test_values_of_an_earlier_call_are_not_seen_by_a_later_one() -> None:
    assert LIFT("COUNTIF", [[1.0], [1.0], [1.0]], [[1.0]]) == [[3.0]]
    assert LIFT("COUNTIF", [[1.0]], [[1.0]]) == [[1.0]]
    assert LIFT("CONCATENATE", [["a", "b"]], "x", "y") == [["axy", "bxy"]]
    assert LIFT("CONCATENATE", [["a"]], "z") == [["az"]]


def test_in_a_workbook_true_is_no_number_and_one_is_no_truth_value(make: Any) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [1, True, 1, True, True])
        sheet.write_formula("B1", "=SUMPRODUCT(--ISLOGICAL(A1:A5))", None, 0)
        sheet.write_formula("B2", "=SUMPRODUCT(LEN(A1:A5))", None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "B1", "B2") == [3, 1 + 4 + 1 + 4 + 4]


@pytest.mark.parametrize(
    ("value", "rounded"),
    [
        (0.1 + 0.2, 0.3),
        (1e15 + 1, 1e15),  # a whole number of 16 digits
        (123456789012345678.0, 123456789012346000.0),
        (999_999_999_999_999.0, 999_999_999_999_999.0),
        (-2.0000000000000004, -2.0),
        (True, True),
        ("0.30000000000000004", "0.30000000000000004"),
        (None, None),
        ([[0.1 + 0.2], [None]], [[0.3], [None]]),
    ],
)
def test_numbers_are_compared_by_15_digits(value: Any, rounded: Any) -> None:
    result = round_to_15_digits(value)
    assert result == rounded
    assert type(result) is type(rounded)


@pytest.mark.parametrize(
    ("difference", "subtracted", "snapped"),
    [
        (-2.7755575615628914e-17, 0.1, 0.0),
        (8.9e-16, 1.0, 0.0),
        (9.1e-16, 1.0, 9.1e-16),
        (1e-15, -2.0, 0.0),
        (1e-300, 0.0, 1e-300),
        (0.5, "text", 0.5),
        (VALUE, 1.0, VALUE),
        (True, 1e20, True),
    ],
)
def test_a_difference_that_is_lost_in_rounding_is_zero(difference: Any, subtracted: Any, snapped: Any) -> None:
    assert snap_to_zero(difference, subtracted) is snapped or snap_to_zero(difference, subtracted) == snapped
    assert type(snap_to_zero(difference, subtracted)) is type(snapped)


def test_numbers_of_rows_and_of_columns_follow_each_other() -> None:
    assert number_grid(1, 3, 5) == [[5.0, 6.0, 7.0]]
    assert number_grid(2.0, 1.0, 9.0) == [[9.0], [10.0]]
