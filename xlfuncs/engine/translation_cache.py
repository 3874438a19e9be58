"""Formulas that differ only in the cells that they name: spelled once, and filled in for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from xlfuncs.core.grid import LAST_ROW, column_number
from xlfuncs.ooxml.references import RangeRef

_COLUMN = "(?:[A-Z]{1,2}|[A-W][A-Z]{2}|X[A-E][A-Z]|XF[A-D])"
_ROW = "(?:[1-9][0-9]{0,5}|10[0-3][0-9]{4}|104[0-7][0-9]{3}|1048[0-4][0-9]{2}|10485[0-6][0-9]|104857[0-6])(?![0-9])"
_CELL = re.compile(rf"(?<![\w.$\\?])(\$?{_COLUMN}\$?{_ROW})(?![\w.\\?]|\s*\()")
_QUOTED = re.compile(r"""("(?:[^"]|"")*"|'(?:[^']|'')*')""")
_NUMBER = re.compile(r"(?<![\w$.])\d+(?:\.\d+)?")
_MOST = 500  # cells that a formula names
_FIRST = LAST_ROW - _MOST  # the row of the first stand-in
_STAND_IN, _STAND_INS = "XA", re.compile(r"(?<!\w)XA(10480[0-9]{2}|1048[1-5][0-9]{2})(?!\w)")
MAX_COMPARED = 10_000  # cells of a range

Words = tuple[str, ...]
NONE: frozenset[str] = frozenset()


class TranslatedFormula:
    """A formula for the engine, and what it reads and calls."""

    __slots__ = ("_read", "calls", "largest_number", "reads_unknown", "text", "unsupported", "unverified")

    def __init__(
        self,
        text: str,
        read: list[RangeRef] | tuple[FormulaTemplate, str],
        calls: frozenset[str] = NONE,
        unverified: frozenset[str] = NONE,
        reads_unknown: bool = False,
        unsupported: str = "",
        largest_number: float | None = None,
    ) -> None:
        self.text = text
        self._read = read
        self.calls = calls
        self.unverified = unverified  # what it does that no one verified
        self.reads_unknown = reads_unknown  # it reads cells that it does not name
        self.unsupported = unsupported  # why it cannot be calculated, if so
        self.largest_number = _largest(text) if largest_number is None else largest_number  # of the numbers in it

    @property
    def areas(self) -> list[RangeRef]:
        """What it reads."""
        if isinstance(self._read, tuple):
            shape, source = self._read
            self._read = shape.areas(split_references(source)[1])
        return self._read


class FormulaTemplate:
    """A formula with stand-ins for the cells that it names, spelled for the engine.

    It is `ranged` where its spelling holds for ranges of several cells, and not too many.
    """

    def __init__(self, words: Words, spelled: TranslatedFormula, ranged: bool) -> None:
        self.spelled = spelled
        self.ranged = ranged
        self.as_it_was = spelled.text == fill_placeholders(words)
        pieces = _STAND_INS.split(spelled.text)
        self.pieces = [int(piece) - _FIRST if at % 2 else piece for at, piece in enumerate(pieces)]

    def filled(self, source: str, cells: Sequence[str]) -> TranslatedFormula | None:
        """The formula with its own cells; `None` where it has to be spelled by itself."""
        if self.ranged and not all(1 < area.size <= MAX_COMPARED for area in self.areas(cells, False)):
            return None
        one, text = self.spelled, source
        if not self.as_it_was:
            text = "".join([piece if isinstance(piece, str) else cells[piece] for piece in self.pieces])
        return TranslatedFormula(
            text, (self, source), one.calls, one.unverified, one.reads_unknown, one.unsupported, one.largest_number
        )

    def areas(self, cells: Sequence[str], single: bool = True) -> list[RangeRef]:
        """What the formula reads; without what it names as a single cell, unless `single`."""
        found = []
        for area in self.spelled.areas:
            if area.left == area.right == _STAND_IN_COLUMN and area.top >= _FIRST:
                if not area.is_single:
                    (top, left), (bottom, right) = _place(cells[area.top - _FIRST]), _place(cells[area.bottom - _FIRST])
                    found.append(
                        RangeRef(area.sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
                    )
                elif single:
                    row, column = _place(cells[area.top - _FIRST])
                    found.append(RangeRef(area.sheet, row, column, row, column))
            elif single:
                found.append(area)
        return found


_STAND_IN_COLUMN = column_number(_STAND_IN)


@lru_cache(65536)
def _place(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters.strip("$"))


def _largest(text: str) -> float:
    return max(map(float, _NUMBER.findall(text)), default=0.0)


def split_references(text: str) -> tuple[Words, Sequence[str]]:
    """What a formula says around the single cells that it names, and these cells.

    >>> split_references('SUM(A1:$B$2)&"A1"')
    (('SUM(', ':', ')&"A1"'), ['A1', '$B$2'])
    """
    if '"' not in text and "'" not in text:
        pieces = _CELL.split(text)
        return tuple(pieces[::2]), pieces[1::2]
    pieces = [""]
    for number, piece in enumerate(_QUOTED.split(text)):
        if number % 2:
            pieces[-1] += piece
        else:
            first, *others = _CELL.split(piece)
            pieces[-1] += first
            pieces += others
    return tuple(pieces[::2]), pieces[1::2]


def fill_placeholders(words: Words) -> str | None:
    """The formula with stand-ins for its cells; `None` where they could be taken for something of its own.

    >>> fill_placeholders(("SUM(", ":", ")"))
    'SUM(XA1048076:XA1048077)'
    """
    if len(words) > _MOST or any(_STAND_IN in word.upper() for word in words):
        return None
    return "".join([f"{_STAND_IN}{_FIRST + at - 1}{word}" if at else word for at, word in enumerate(words)])


def leaks_placeholder(spelled: TranslatedFormula) -> bool:
    """Whether a stand-in was taken for a part of a name."""
    return any(_STAND_IN in text for text in (*spelled.calls, *spelled.unverified, spelled.unsupported))
