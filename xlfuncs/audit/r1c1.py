"""Formulas in relative terms: one form for all cells into which a formula was copied, and what it is made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xlfuncs.audit.locations import Corners
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number
from xlfuncs.engine.function_names import base_name
from xlfuncs.engine.tokens import WHITESPACE, FormulaSyntaxError, Token, tokenize
from xlfuncs.ooxml.cells import CellPos

_PIECE = re.compile(
    r"""
    "(?:[^"]|"")*"                      # text
    | '(?:[^']|'')*'!                   # a sheet
    | \[[^\[\]]*\]                      # another workbook, or a column of a table
    | (?<![\w.$\\])(?P<fc>\$?)(?P<c>[A-Za-z]{1,3})(?P<fr>\$?)(?P<r>[1-9]\d{0,6})(?![\w.(!\[])
    | (?<![\w.$])(?P<f1>\$?)(?P<c1>[A-Za-z]{1,3}):(?P<f2>\$?)(?P<c2>[A-Za-z]{1,3})(?![\w.(!$])
    | (?<![\w.$])(?P<g1>\$?)(?P<r1>\d{1,7}):(?P<g2>\$?)(?P<r2>\d{1,7})(?![\w.!])
    """,
    re.VERBOSE,
)
_CELL = r"(\$?)([A-Z]{1,3})(\$?)([1-9]\d{0,6})"
_AREA = re.compile(rf"^{_CELL}(?::{_CELL})?$", re.IGNORECASE)
_COLUMNS = re.compile(r"^(\$?)([A-Z]{1,3}):(\$?)([A-Z]{1,3})$", re.IGNORECASE)
_ROWS = re.compile(r"^(\$?)(\d{1,7}):(\$?)(\d{1,7})$")
_ROLES = {
    "*": frozenset("*/^"),
    "+": frozenset("+-"),
    "<": frozenset(("=", "<>", "<", ">", "<=", ">=")),
}

_WHERE = frozenset({"ROW", "ROWS", "COLUMN", "COLUMNS", "AREAS", "SHEET", "SHEETS", "ISREF", "CELL"})

Axis = tuple[bool, int]  # fixed, and the number; or relative, and the distance


@dataclass(frozen=True)
class Reference:
    """What a formula reads: an area, relative to the cell or fixed, or a name or table."""

    sheet: str | None
    top: Axis = (True, 1)
    left: Axis = (True, 1)
    bottom: Axis = (True, 1)
    right: Axis = (True, 1)
    single: bool = False
    name: str = ""

    def area(self, place: CellPos) -> Corners:
        """The area that it means in a cell."""
        row, column = place
        (f1, top), (f2, left), (f3, bottom), (f4, right) = self.top, self.left, self.bottom, self.right
        return (
            top if f1 else top + row,
            left if f2 else left + column,
            bottom if f3 else bottom + row,
            right if f4 else right + column,
        )


@dataclass(frozen=True)
class Call:
    """A function that a formula calls: its name, how many arguments, and how deep it stands."""

    name: str
    arguments: int
    depth: int
    ifs: int


@dataclass(eq=False)
class R1C1Formula:
    """A formula in relative terms, with the first cell that has it."""

    key: str
    formula: str  # of that cell, with its equals sign
    place: CellPos
    count: int = 0

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its tokens, blanks left out; none where it cannot be read."""
        try:
            return tuple(token for token in tokenize(self.formula) if token.kind != WHITESPACE)
        except FormulaSyntaxError:
            return ()

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The functions it calls, those inside others first."""
        found: list[Call] = []
        open_: list[tuple[str, int, bool]] = []  # name ("" for an array), separators, whether anything stands in it
        for token in self.tokens:
            if token.kind in ("Func", "Array") and token.subtype == "Open":
                open_ = [(n, s, True) for n, s, _ in open_]
                open_.append((base_name(token.text[:-1].strip()) if token.kind == "Func" else "", 0, False))
            elif token.kind in ("Func", "Array") and open_:
                names = [name for name, _, _ in open_ if name]
                name, separators, inside = open_.pop()
                if name:
                    ifs = sum(one in ("IF", "IFS") for one in names)
                    found.append(Call(name, separators + 1 if inside or separators else 0, len(names), ifs))
            elif open_:
                name, separators, _ = open_[-1]
                open_[-1] = (name, separators + (token.kind == "Sep" and token.subtype == "Arg"), True)
        return tuple(found)

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of the functions it calls."""
        return frozenset(call.name for call in self.calls)

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """All that it reads; cells of which it only asks where they are left out."""
        found = []
        open_: list[str] = []
        for token in self.tokens:
            if token.kind in ("Func", "Array", "Paren") and token.subtype == "Open":
                open_.append(base_name(token.text[:-1].strip()) if token.kind == "Func" else "")
            elif token.kind in ("Func", "Array", "Paren") and open_:
                open_.pop()
            elif token.kind == "Operand" and token.subtype == "Range" and not _WHERE.intersection(open_[-1:]):
                found.append(reference(token.text, self.place))
        return tuple(found)

    @cached_property
    def areas(self) -> tuple[Reference, ...]:
        """Those of them that are cells or ranges."""
        return tuple(one for one in self.references if not one.name)

    @cached_property
    def constants(self) -> tuple[tuple[str, str], ...]:
        """The numbers with which it reckons, each with ``+``, ``*`` or ``<``: is it added, a factor, or compared?

        Arguments of functions are left out.
        """
        found = []
        for at, token in enumerate(self.tokens):
            if token.kind != "Operand" or token.subtype != "Number":
                continue
            before, after = self._beside(at, -1), self._beside(at, 1)
            text = token.text + ("%" if after == "%" else "")
            if after == "%":
                after = self._beside(at + 1, 1)
            for role, operators in _ROLES.items():
                if {before, after} & operators:
                    found.append((text, role))
                    break
        return tuple(found)

    def _beside(self, at: int, step: int) -> str:
        """The operator beside a token, brackets and signs passed over."""
        at += step
        while 0 <= at < len(self.tokens):
            token = self.tokens[at]
            if token.kind in ("OpInfix", "OpPostfix"):
                return token.text
            if token.kind != "Paren" and token.kind != "OpPrefix":
                return ""
            at += step
        return ""

    @cached_property
    def links(self) -> bool:
        """Whether it only repeats one cell."""
        return len(self.tokens) == 1 and len(self.areas) == 1 and self.areas[0].single

    def formula_at(self, place: CellPos) -> str:
        """The formula as the cell at another place would have it."""
        down, right = place[0] - self.place[0], place[1] - self.place[1]
        return _PIECE.sub(lambda found: _moved(found, down, right), self.formula)


def _moved(found: re.Match[str], down: int, right: int) -> str:
    group = found.groupdict()
    if group["c"]:
        column = column_number(group["c"]) + (0 if group["fc"] else right)
        row = int(group["r"]) + (0 if group["fr"] else down)
        if not (1 <= column <= LAST_COLUMN and 1 <= row <= LAST_ROW):
            return "#REF!"
        return f"{group['fc']}{column_letters(column)}{group['fr']}{row}"
    return found[0]


def reference(text: str, place: CellPos) -> Reference:
    """What an operand means, relative to the cell of its formula.

    >>> one = reference("'My sheet'!B$3", (5, 2))
    >>> one.sheet, one.top, one.left, one.single
    ('My sheet', (True, 3), (False, 0), True)
    """
    sheet, mark, rest = text.rpartition("!")
    owner = sheet.strip("'").replace("''", "'") if mark else None
    row, column = place

    def axis(fixed: str, number: int, own: int) -> Axis:
        return (True, number) if fixed else (False, number - own)

    if match := _AREA.match(rest):
        c1, r1 = axis(match[1], column_number(match[2]), column), axis(match[3], int(match[4]), row)
        if match[6] is None:
            return Reference(owner, r1, c1, r1, c1, True)
        c2, r2 = axis(match[5], column_number(match[6]), column), axis(match[7], int(match[8]), row)
        return Reference(owner, r1, c1, r2, c2)
    if match := _COLUMNS.match(rest):
        c1, c2 = axis(match[1], column_number(match[2]), column), axis(match[3], column_number(match[4]), column)
        return Reference(owner, (True, 1), c1, (True, LAST_ROW), c2)
    if match := _ROWS.match(rest):
        r1, r2 = axis(match[1], int(match[2]), row), axis(match[3], int(match[4]), row)
        return Reference(owner, r1, (True, 1), r2, (True, LAST_COLUMN))
    return Reference(owner, name=rest)


class FormulaIndex:
    """All forms of a workbook; the same form is the same object."""

    def __init__(self) -> None:
        self._forms: dict[str, R1C1Formula] = {}

    def __iter__(self) -> Iterator[R1C1Formula]:
        return iter(self._forms.values())

    def of(self, formula: str, place: CellPos, array: bool = False) -> R1C1Formula:
        """The form of a formula in a cell."""
        row, column = place

        def relative(found: re.Match[str]) -> str:
            fixed_column, letters, fixed_row, number, *rest = found.groups()
            if letters:
                down = f"R{number}" if fixed_row else f"R[{int(number) - row}]"
                return down + (f"C{letters.upper()}" if fixed_column else f"C[{column_number(letters) - column}]")
            if rest[1]:
                sides = [f"C{t}" if f else f"C[{column_number(t) - column}]" for f, t in (rest[:2], rest[2:4])]
                return ":".join(sides)
            if rest[5]:
                return ":".join(f"R{t}" if f else f"R[{int(t) - row}]" for f, t in (rest[4:6], rest[6:8]))
            return found[0]

        key = ("{" if array else "") + _PIECE.sub(relative, formula)
        form = self._forms.get(key)
        if form is None:
            form = self._forms[key] = R1C1Formula(key, f"={formula}", place)
        form.count += 1
        return form

    def shared(self, form: R1C1Formula) -> R1C1Formula:
        """The form of one more cell of a shared formula."""
        form.count += 1
        return form


def difference(form: R1C1Formula, usual: R1C1Formula, place: CellPos) -> str:
    """In a few words, how a formula is unlike the one that belongs in its cell."""
    here = [one.text for one in R1C1Formula("", form.formula_at(place), place).tokens]
    there = [one.text for one in R1C1Formula("", usual.formula_at(place), place).tokens]
    if len(here) == len(there):
        unlike = [(a, b) for a, b in zip(here, there, strict=True) if a != b]
        if len(unlike) == 1:
            return f"{unlike[0][0]} for their {unlike[0][1]}"
    return f"theirs is {shortened(usual.formula_at(place))}"


def shortened(formula: str) -> str:
    """A formula that fits into a sentence."""
    return formula if len(formula) <= 60 else formula[:57] + "..."
