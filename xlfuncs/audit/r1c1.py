"""Formulas normalised to R1C1: all cells into which a formula was copied have the same one, read once."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xlfuncs.audit.locations import Corners
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number
from xlfuncs.engine.function_names import base_name
from xlfuncs.engine.tokens import (
    ARGUMENT,
    ARRAY,
    FUNCTION,
    GROUPS,
    INFIX,
    NUMBER,
    OPEN,
    OPERAND,
    PAREN,
    POSTFIX,
    PREFIX,
    SEPARATOR,
    WHITESPACE,
    FormulaSyntaxError,
    Token,
    tokenize,
)
from xlfuncs.ooxml.cells import CellPos

_REFERENCE = re.compile(
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
_POSITION_FUNCTIONS = frozenset(  # which ask where cells are, and do not read them
    {"ROW", "ROWS", "COLUMN", "COLUMNS", "AREAS", "SHEET", "SHEETS", "ISREF", "CELL"}
)
_LONGEST_QUOTED = 60  # characters of a formula in a message

Axis = tuple[bool, int]  # absolute, and the number; or relative, and the distance


@dataclass(frozen=True)
class R1C1Reference:
    """What a formula reads: an area, absolute or relative to the cell, or a name or table."""

    sheet: str | None
    top: Axis = (True, 1)
    left: Axis = (True, 1)
    bottom: Axis = (True, 1)
    right: Axis = (True, 1)
    is_single: bool = False
    name: str = ""

    def area_from(self, cell: CellPos) -> Corners:
        """The area that it means in a formula in a cell."""
        row, column = cell
        (f1, top), (f2, left), (f3, bottom), (f4, right) = self.top, self.left, self.bottom, self.right
        return (
            top if f1 else top + row,
            left if f2 else left + column,
            bottom if f3 else bottom + row,
            right if f4 else right + column,
        )


@dataclass(frozen=True)
class Call:
    """A call of a function: its name, the number of arguments, its depth, and how many IFs are around it or itself."""

    name: str
    arguments: int
    depth: int
    ifs: int


@dataclass(eq=False)
class R1C1Formula:
    """A formula normalised to R1C1, with its text in the first cell that has it."""

    key: str
    text: str  # in that cell, with the equals sign
    cell: CellPos
    count: int = 0  # of the cells that have it

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """The tokens without white space; none where the formula cannot be parsed."""
        try:
            return tuple(token for token in tokenize(self.text) if token.kind != WHITESPACE)
        except FormulaSyntaxError:
            return ()

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The calls of functions, inner ones first."""
        calls: list[Call] = []
        groups: list[tuple[str, int, bool]] = []  # name ("" for an array), separators, whether it has any content
        for token in self.tokens:
            if token.kind in (FUNCTION, ARRAY) and token.subtype == OPEN:
                groups = [(name, separators, True) for name, separators, _ in groups]
                groups.append((base_name(token.text[:-1].strip()) if token.kind == FUNCTION else "", 0, False))
            elif token.kind in (FUNCTION, ARRAY) and groups:
                names = [name for name, _, _ in groups if name]
                name, separators, has_content = groups.pop()
                if name:
                    ifs = sum(name in ("IF", "IFS") for name in names)
                    calls.append(Call(name, separators + 1 if has_content or separators else 0, len(names), ifs))
            elif groups:
                name, separators, _ = groups[-1]
                groups[-1] = (name, separators + (token.kind == SEPARATOR and token.subtype == ARGUMENT), True)
        return tuple(calls)

    @cached_property
    def function_names(self) -> frozenset[str]:
        """The names of the functions that it calls."""
        return frozenset(call.name for call in self.calls)

    @cached_property
    def references(self) -> tuple[R1C1Reference, ...]:
        """Everything that it reads; cells of which it only asks the position are left out."""
        references = []
        groups: list[str] = []
        for token in self.tokens:
            if token.kind in GROUPS and token.subtype == OPEN:
                groups.append(base_name(token.text[:-1].strip()) if token.kind == FUNCTION else "")
            elif token.kind in GROUPS and groups:
                groups.pop()
            elif token.is_reference and not _POSITION_FUNCTIONS.intersection(groups[-1:]):
                references.append(parse_r1c1(token.text, self.cell))
        return tuple(references)

    @cached_property
    def areas(self) -> tuple[R1C1Reference, ...]:
        """The references to cells and ranges, names and tables left out."""
        return tuple(reference for reference in self.references if not reference.name)

    @cached_property
    def constants(self) -> tuple[tuple[str, str], ...]:
        """The numbers in its arithmetic, each with its role: ``+`` for a term, ``*`` for a factor, ``<`` for a limit.

        Arguments of functions are left out.
        """
        constants = []
        for index, token in enumerate(self.tokens):
            if token.kind != OPERAND or token.subtype != NUMBER:
                continue
            before, after = self._operator_beside(index, -1), self._operator_beside(index, 1)
            text = token.text + ("%" if after == "%" else "")
            if after == "%":
                after = self._operator_beside(index + 1, 1)
            for role, operators in _ROLES.items():
                if {before, after} & operators:
                    constants.append((text, role))
                    break
        return tuple(constants)

    def _operator_beside(self, index: int, step: int) -> str:
        """The operator before or after a token, past brackets and signs."""
        index += step
        while 0 <= index < len(self.tokens):
            token = self.tokens[index]
            if token.kind in (INFIX, POSTFIX):
                return token.text
            if token.kind not in (PAREN, PREFIX):
                return ""
            index += step
        return ""

    @cached_property
    def is_link(self) -> bool:
        """Whether it only repeats one cell."""
        return len(self.tokens) == 1 and len(self.areas) == 1 and self.areas[0].is_single

    def text_in(self, cell: CellPos) -> str:
        """The text of the formula in another cell."""
        down, right = cell[0] - self.cell[0], cell[1] - self.cell[1]
        return _REFERENCE.sub(lambda match: _shift(match, down, right), self.text)


def _shift(match: re.Match[str], down: int, right: int) -> str:
    group = match.groupdict()
    if group["c"]:
        column = column_number(group["c"]) + (0 if group["fc"] else right)
        row = int(group["r"]) + (0 if group["fr"] else down)
        if not (1 <= column <= LAST_COLUMN and 1 <= row <= LAST_ROW):
            return "#REF!"
        return f"{group['fc']}{column_letters(column)}{group['fr']}{row}"
    return match[0]


def parse_r1c1(text: str, cell: CellPos) -> R1C1Reference:
    """An operand of the formula in a cell, normalised to R1C1.

    >>> reference = parse_r1c1("'My sheet'!B$3", (5, 2))
    >>> reference.sheet, reference.top, reference.left, reference.is_single
    ('My sheet', (True, 3), (False, 0), True)
    """
    qualifier, mark, rest = text.rpartition("!")
    sheet = qualifier.strip("'").replace("''", "'") if mark else None
    row, column = cell

    def axis(fixed: str, number: int, own: int) -> Axis:
        return (True, number) if fixed else (False, number - own)

    if match := _AREA.match(rest):
        left, top = axis(match[1], column_number(match[2]), column), axis(match[3], int(match[4]), row)
        if match[6] is None:
            return R1C1Reference(sheet, top, left, top, left, True)
        right, bottom = axis(match[5], column_number(match[6]), column), axis(match[7], int(match[8]), row)
        return R1C1Reference(sheet, top, left, bottom, right)
    if match := _COLUMNS.match(rest):
        left, right = axis(match[1], column_number(match[2]), column), axis(match[3], column_number(match[4]), column)
        return R1C1Reference(sheet, (True, 1), left, (True, LAST_ROW), right)
    if match := _ROWS.match(rest):
        top, bottom = axis(match[1], int(match[2]), row), axis(match[3], int(match[4]), row)
        return R1C1Reference(sheet, top, (True, 1), bottom, (True, LAST_COLUMN))
    return R1C1Reference(sheet, name=rest)


class FormulaIndex:
    """The formulas of a workbook; cells with the same formula in R1C1 share one object."""

    def __init__(self) -> None:
        self._formulas: dict[str, R1C1Formula] = {}

    def __iter__(self) -> Iterator[R1C1Formula]:
        return iter(self._formulas.values())

    def add(self, text: str, cell: CellPos, is_array: bool = False) -> R1C1Formula:
        """Count one more cell with a formula; `text` has no equals sign."""
        row, column = cell

        def normalise(match: re.Match[str]) -> str:
            fixed_column, letters, fixed_row, number, *rest = match.groups()
            if letters:
                down = f"R{number}" if fixed_row else f"R[{int(number) - row}]"
                return down + (f"C{letters.upper()}" if fixed_column else f"C[{column_number(letters) - column}]")
            if rest[1]:
                sides = [f"C{t}" if f else f"C[{column_number(t) - column}]" for f, t in (rest[:2], rest[2:4])]
                return ":".join(sides)
            if rest[5]:
                return ":".join(f"R{t}" if f else f"R[{int(t) - row}]" for f, t in (rest[4:6], rest[6:8]))
            return match[0]

        key = ("{" if is_array else "") + _REFERENCE.sub(normalise, text)
        formula = self._formulas.get(key)
        if formula is None:
            formula = self._formulas[key] = R1C1Formula(key, f"={text}", cell)
        formula.count += 1
        return formula

    def repeat(self, formula: R1C1Formula) -> R1C1Formula:
        """Count one more cell of a shared formula."""
        formula.count += 1
        return formula


def describe_difference(formula: R1C1Formula, expected: R1C1Formula, cell: CellPos) -> str:
    """In a few words, how the formula of a cell differs from the one expected there."""
    actual = [token.text for token in R1C1Formula("", formula.text_in(cell), cell).tokens]
    correct = [token.text for token in R1C1Formula("", expected.text_in(cell), cell).tokens]
    if len(actual) == len(correct):
        pairs = [(a, b) for a, b in zip(actual, correct, strict=True) if a != b]
        if len(pairs) == 1:
            return f"{pairs[0][0]} instead of {pairs[0][1]}"
    return f"expected {shorten(expected.text_in(cell))}"


def shorten(formula: str) -> str:
    """A formula cut to a length that fits into a message."""
    return formula if len(formula) <= _LONGEST_QUOTED else formula[: _LONGEST_QUOTED - 3] + "..."
