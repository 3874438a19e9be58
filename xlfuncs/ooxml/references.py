"""References in formulas: the cells that they mean, and how they move."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple

from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number

_SHEET = r"(?:(?P<sheet>'(?:[^']|'')+'|[^'!\[\]:\"]+)!)?"
_PARTS = r"(?P<c{0}>\$?[A-Za-z]{{1,3}})?(?P<r{0}>\$?[1-9]\d{{0,6}})?"
_REFERENCE = re.compile(f"^{_SHEET}{_PARTS.format(1)}(?P<colon>:{_PARTS.format(2)})?$")


class RangeRef(NamedTuple):
    """A rectangle of cells of a sheet."""

    sheet: str
    top: int
    left: int
    bottom: int
    right: int

    @property
    def is_single(self) -> bool:
        return self.top == self.bottom and self.left == self.right

    @property
    def size(self) -> int:
        return (self.bottom - self.top + 1) * (self.right - self.left + 1)

    def contains(self, row: int, column: int) -> bool:
        return self.top <= row <= self.bottom and self.left <= column <= self.right


class Reference(NamedTuple):
    """A reference as it is written: the sheet if it names one, and columns and rows with their $ signs."""

    sheet: str | None
    columns: tuple[str, str] | None  # None: whole rows
    rows: tuple[str, str] | None  # None: whole columns

    def on_sheet(self, sheet: str) -> RangeRef:
        """The cells, on the sheet named or else on `sheet`."""
        left, right = map(_column, self.columns or ("A", column_letters(LAST_COLUMN)))
        top, bottom = map(_row, self.rows or ("1", str(LAST_ROW)))
        where = self.sheet if self.sheet is not None else sheet
        return RangeRef(where, min(top, bottom), min(left, right), max(top, bottom), max(left, right))

    def shift(self, down: int, right: int) -> str | None:
        """The reference, without its sheet, as it reads in another cell; `None` beyond the grid."""
        columns = _shift_ends(self.columns, right, _column, column_letters, LAST_COLUMN)
        rows = _shift_ends(self.rows, down, _row, str, LAST_ROW)
        if columns is None or rows is None:
            return None
        first, last = columns[0] + rows[0], columns[1] + rows[1]
        return first if first == last and self.columns and self.rows else f"{first}:{last}"


@lru_cache(65536)
def parse_reference(text: str) -> Reference | None:
    """A reference read; `None` for what is none, such as a name.

    >>> parse_reference("'a b'!$A1:B$2").on_sheet("")
    RangeRef(sheet='a b', top=1, left=1, bottom=2, right=2)
    >>> parse_reference("C:C").shift(0, 1), parse_reference("rate"), parse_reference("AB12").shift(1, 1)
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
    if max(map(_column, columns or ("A",))) > LAST_COLUMN or max(map(_row, rows or ("1",))) > LAST_ROW:
        return None
    sheet = match["sheet"]
    if sheet and sheet.startswith("'"):
        sheet = sheet[1:-1].replace("''", "'")
    return Reference(sheet, columns, rows)


def parse_named_range(definition: str) -> RangeRef | None:
    """The cells that a defined name stands for; `None` unless they are one cell or range of one sheet.

    >>> parse_named_range("'a b'!$A$1:$B$2")
    RangeRef(sheet='a b', top=1, left=1, bottom=2, right=2)
    >>> parse_named_range("Data!$A:$A"), parse_named_range("$A$1"), parse_named_range("0.25")
    (None, None, None)
    """
    reference = parse_reference(definition)
    if reference is None or reference.sheet is None or reference.columns is None or reference.rows is None:
        return None
    return reference.on_sheet(reference.sheet)


def format_range(area: RangeRef) -> str:
    """An area as a formula has it, with its sheet.

    >>> format_range(RangeRef("a'b", 1, 2, 3, 2)), format_range(RangeRef("S", 1, 2, 1, 2))
    ("'a''b'!$B$1:$B$3", "'S'!$B$1")
    """
    first = f"${column_letters(area.left)}${area.top}"
    last = "" if area.is_single else f":${column_letters(area.right)}${area.bottom}"
    return f"{quote_sheet(area.sheet)}!{first}{last}"


def quote_sheet(sheet: str) -> str:
    """The name of a sheet as it stands in front of a reference."""
    return "'" + sheet.replace("'", "''") + "'"


def _column(letters: str) -> int:
    return column_number(letters.lstrip("$"))


def _row(digits: str) -> int:
    return int(digits.lstrip("$"))


def _shift_ends(
    ends: tuple[str, str] | None, by: int, number_of: Callable[[str], int], text_of: Callable[[int], str], last: int
) -> tuple[str, str] | None:
    """The columns or the rows of a reference moved, but for fixed ones; `None` beyond the grid."""
    if ends is None:
        return "", ""
    if not by:
        return ends
    texts = []
    for end in ends:
        if end[0] == "$":
            texts.append(end)
        elif 1 <= (number := number_of(end) + by) <= last:
            texts.append(text_of(number))
        else:
            return None
    return texts[0], texts[1]
