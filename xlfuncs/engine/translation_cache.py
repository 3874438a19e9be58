"""Translation cache keyed by the formula with references abstracted."""

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
_MAX_CELLS = 500  # that a formula names
# Placeholders for the cells of a formula are the last cells of a column that hardly anyone uses.
_FIRST_ROW = LAST_ROW - _MAX_CELLS
_LETTERS = "XA"
_PLACEHOLDER_COLUMN = column_number(_LETTERS)
_PLACEHOLDERS = re.compile(r"(?<!\w)XA(10480[0-9]{2}|1048[1-5][0-9]{2})(?!\w)")
MAX_COMPARED = 10_000  # cells of a range

Words = tuple[str, ...]  # the text of a formula around the single cells that it names
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
        self._read = read  # the areas, or the template and the formula from which they are taken when asked for
        self.calls = calls
        self.unverified = unverified  # what it does that no one verified
        self.reads_unknown = reads_unknown  # it reads cells that it does not name
        self.unsupported = unsupported  # why it cannot be calculated, if so
        self.largest_number = _largest_number(text) if largest_number is None else largest_number

    @property
    def areas(self) -> list[RangeRef]:
        """The areas that it reads."""
        if isinstance(self._read, tuple):
            template, source = self._read
            self._read = template.areas(split_references(source)[1])
        return self._read


class FormulaTemplate:
    """The translation of a formula with placeholders for the cells that it names.

    Where it `depends_on_size`, it holds for ranges of several cells, and not too many.
    """

    def __init__(self, words: Words, translation: TranslatedFormula, depends_on_size: bool) -> None:
        self._translation = translation
        self._depends_on_size = depends_on_size
        self._is_unchanged = translation.text == fill_placeholders(words)
        pieces = _PLACEHOLDERS.split(translation.text)
        self._pieces = [int(piece) - _FIRST_ROW if number % 2 else piece for number, piece in enumerate(pieces)]

    def fill(self, source: str, cells: Sequence[str]) -> TranslatedFormula | None:
        """The translation of a formula with its own cells; `None` where it has to be translated by itself."""
        if self._depends_on_size and not all(1 < area.size <= MAX_COMPARED for area in self.areas(cells, False)):
            return None
        model, text = self._translation, source
        if not self._is_unchanged:
            text = "".join([piece if isinstance(piece, str) else cells[piece] for piece in self._pieces])
        return TranslatedFormula(
            text,
            (self, source),
            model.calls,
            model.unverified,
            model.reads_unknown,
            model.unsupported,
            model.largest_number,
        )

    def areas(self, cells: Sequence[str], with_single_cells: bool = True) -> list[RangeRef]:
        """The areas that a formula with these cells reads; or those that it names as ranges of placeholders."""
        areas = []
        for area in self._translation.areas:
            if area.left == area.right == _PLACEHOLDER_COLUMN and area.top >= _FIRST_ROW:
                if not area.is_single:
                    top, left = _parse_cell(cells[area.top - _FIRST_ROW])
                    bottom, right = _parse_cell(cells[area.bottom - _FIRST_ROW])
                    areas.append(
                        RangeRef(area.sheet, min(top, bottom), min(left, right), max(top, bottom), max(left, right))
                    )
                elif with_single_cells:
                    row, column = _parse_cell(cells[area.top - _FIRST_ROW])
                    areas.append(RangeRef(area.sheet, row, column, row, column))
            elif with_single_cells:
                areas.append(area)
        return areas


@lru_cache(65536)
def _parse_cell(cell: str) -> tuple[int, int]:
    letters = cell.rstrip("0123456789")
    return int(cell[len(letters) :]), column_number(letters.strip("$"))


def _largest_number(text: str) -> float:
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
    """The formula with placeholders for its cells; `None` where they could be taken for something of its own.

    >>> fill_placeholders(("SUM(", ":", ")"))
    'SUM(XA1048076:XA1048077)'
    """
    if len(words) > _MAX_CELLS or any(_LETTERS in word.upper() for word in words):
        return None
    return "".join(
        [f"{_LETTERS}{_FIRST_ROW + number - 1}{word}" if number else word for number, word in enumerate(words)]
    )


def leaks_placeholder(translation: TranslatedFormula) -> bool:
    """Whether a placeholder was taken for a part of a name."""
    texts = (*translation.calls, *translation.unverified, translation.unsupported)
    return any(_LETTERS in text for text in texts)
