"""References in formulas: the cells that they mean, and how they move."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]:\"]+)!)?"
_PARTS = r"(?P<c{0}>\$?[A-Za-z]{{1,3}})?(?P<r{0}>\$?[1-9]\d{{0,6}})?"
_REFERENCE = re.compile(f"^{_SHEET}{_PARTS.format(1)}(?P<colon>:{_PARTS.format(2)})?$")


class RangeRef(NamedTuple):
    """A rectangle of cells."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def holds(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Reference(NamedTuple):
    """A reference as it is written: the sheet if it names one, and columns and rows with their $ signs."""

    sheet: str | None
    columns: tuple[str, str] | None  # None: whole rows
    rows: tuple[str, str] | None  # None: whole columns

    def area(self, sheet: str) -> RangeRef:
        """The cells, on the sheet named or else on `sheet`."""
        left, right = map(column_of, self.columns or ("A", "XFD"))
        top, bottom = map(_row, self.rows or ("1", str(LAST_ROW)))
        where = self.sheet if self.sheet is not None else sheet
        return RangeRef(where, min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def moved(self, down: int, right: int) -> str | None:
        """The reference, without its sheet, as it reads elsewhere; `None` beyond the grid."""
        columns = rows = ("", "")
        if self.columns is not None and right:
            shifted = [_shifted(one, right, column_of, letters_of, LAST_COLUMN) for one in self.columns]
            if None in shifted:
                return None
            columns = (shifted[0] or "", shifted[1] or "")
        elif self.columns is not None:
            columns = self.columns
        if self.rows is not None and down:
            shifted = [_shifted(one, down, _row, str, LAST_ROW) for one in self.rows]
            if None in shifted:
                return None
            rows = (shifted[0] or "", shifted[1] or "")
        elif self.rows is not None:
            rows = self.rows
        first, last = columns[0] + rows[0], columns[1] + rows[1]
        return first if first == last and self.columns and self.rows else f"{first}:{last}"


@lru_cache(65536)
def reference(text: str) -> Reference | None:
    """A reference read; `None` for what is none, such as a name.

    >>> reference("'a b'!$A1:B$2").area("")
    RangeRef(sheet='a b', top=1, left=1, bottom=2, right=2)
    >>> reference("C:C").moved(0, 1), reference("rate"), reference("AB12").moved(1, 1)
    ('D:D', None, 'AC13')
    """
    match = _REFERENCE.match(text)
    if match is None:
        return None
    column, row, column_2, row_2 = match["c1"], match["r1"], match["c2"], match["r2"]
    if not match["colon"]:
        column_2, row_2 = column, row
        if column is None or row is None:
            return None
    if (column is None) != (column_2 is None) or (row is None) != (row_2 is None) or (column is None and row is None):
        return None
    columns = None if column is None else (column.upper(), column_2.upper())
    rows = None if row is None else (row, row_2)
    if max(map(column_of, columns or ("A",))) > LAST_COLUMN or max(map(_row, rows or ("1",))) > LAST_ROW:
        return None
    sheet = match["sheet"]
    if sheet and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return Reference(sheet, columns, rows)


def written(area: RangeRef) -> str:
    """An area as a formula has it, with its sheet.

    >>> written(RangeRef("a'b", 1, 2, 3, 2)), written(RangeRef("S", 1, 2, 1, 2))
    ("'a''b'!$B$1:$B$3", "'S'!$B$1")
    """
    first = f"${letters_of(area.left)}${area.top}"
    last = "" if area.single else f":${letters_of(area.right)}${area.bottom}"
    return f"{quoted(area.sheet)}!{first}{last}"


def quoted(sheet: str) -> str:
    return "'" + sheet.replace("'", "''") + "'"


@lru_cache(LAST_COLUMN)
def letters_of(column: int) -> str:
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


@lru_cache(LAST_COLUMN)
def column_of(letters: str) -> int:
    """The number of a column."""
    number = 0
    for letter in letters.lstrip("$"):
        number = number * 26 + ord(letter) - 64
    return number


def _row(digits: str) -> int:
    return int(digits.lstrip("$"))


def _shifted(
    one: str, by: int, number_of: Callable[[str], int], text_of: Callable[[int], str], last: int
) -> str | None:
    if one.startswith("$"):
        return one
    number = number_of(one) + by
    return text_of(number) if 1 <= number <= last else None
