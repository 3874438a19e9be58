"""References are read, moved and written as Excel does."""

from __future__ import annotations

import openpyxl.utils
import pytest

from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number
from xlfuncs.ooxml.references import RangeRef, format_range, parse_named_range, parse_reference


def test_every_column_has_the_letters_that_another_library_gives_it() -> None:
    for number in range(1, LAST_COLUMN + 1):
        letters = openpyxl.utils.get_column_letter(number)
        assert column_letters(number) == letters
        assert column_number(letters) == column_number(letters.lower()) == number
    assert (column_letters(LAST_COLUMN), LAST_ROW) == ("XFD", 2**20)


@pytest.mark.parametrize(
    ("definition", "expected"),
    [
        ("Data!$A$1", RangeRef("Data", 1, 1, 1, 1)),
        ("Data!A1", RangeRef("Data", 1, 1, 1, 1)),
        ("Data!$B$2:$AA$10", RangeRef("Data", 2, 2, 10, 27)),
        ("Data!$C$3:$A$1", RangeRef("Data", 1, 1, 3, 3)),
        ("'It''s mine'!$A$1", RangeRef("It's mine", 1, 1, 1, 1)),
        ("'2024'!$XFD$1048576", RangeRef("2024", LAST_ROW, LAST_COLUMN, LAST_ROW, LAST_COLUMN)),
        ("Data!$A:$A", None),
        ("Data!$1:$1", None),
        ("Data!$A$1,Data!$B$2", None),
        ("Data!$XFE$1", None),
        ("Data!$A$1048577", None),
        ("[1]Data!$A$1", None),
        ("$A$1", None),
        ("Data!#REF!", None),
        ("SUM(Data!$A$1)", None),
        ("0.25", None),
        ("", None),
    ],
)
def test_a_name_stands_for_one_range_or_for_something_else(definition: str, expected: RangeRef | None) -> None:
    assert parse_named_range(definition) == expected


@pytest.mark.parametrize(
    ("text", "down", "right", "expected"),
    [
        ("A1", 1, 1, "B2"),
        ("$A1", 1, 1, "$A2"),
        ("A$1", 1, 1, "B$1"),
        ("$A$1", 5, 5, "$A$1"),
        ("A1:B2", 0, 25, "Z1:AA2"),
        ("A:C", 7, 1, "B:D"),
        ("$A:C", 7, 1, "$A:D"),
        ("3:4", -2, 9, "1:2"),
        ("A1", -1, 0, None),
        ("A1", 0, -1, None),
        ("XFD1", 0, 1, None),
        ("A1048576", 1, 0, None),
        ("A1:B2", 0, -1, None),
        ("Sheet1!B2", -1, -1, "A1"),
    ],
)
def test_a_reference_moves_but_for_what_is_fixed(text: str, down: int, right: int, expected: str | None) -> None:
    reference = parse_reference(text)
    assert reference is not None
    assert reference.shift(down, right) == expected


@pytest.mark.parametrize(
    "area", [RangeRef("Data", 1, 2, 1, 2), RangeRef("It's", 1, 2, 30, 40), RangeRef("a b", 5, 702, 5, 703)]
)
def test_what_is_written_is_read_as_the_same(area: RangeRef) -> None:
    reference = parse_reference(format_range(area))
    assert reference is not None
    assert reference.on_sheet("elsewhere") == area


def test_a_range_contains_its_corners_and_nothing_beside_them() -> None:
    area = RangeRef("Data", 2, 3, 4, 5)
    inside = {(row, column) for row in range(7) for column in range(8) if area.contains(row, column)}
    assert inside == {(row, column) for row in (2, 3, 4) for column in (3, 4, 5)}
    assert (area.size, area.is_single) == (9, False)
