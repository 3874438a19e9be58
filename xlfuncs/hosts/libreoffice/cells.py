"""Cells of Calc as ours, and ours as Calc's: an error value is a NaN that carries Calc's number of it."""

from __future__ import annotations

import struct
from typing import Any

from xlfuncs.core.errors import DIV0, NA, NAME, NULL, NUM, REF, VALUE, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.core.units import AS_STORED, TEXT

Rows = tuple[tuple[Any, ...], ...]

NUMBERS = {NULL: 521, DIV0: 532, VALUE: 519, REF: 524, NAME: 525, NUM: 503, NA: 0x7FFF}
_CODES = {number: code for code, number in NUMBERS.items()}
_NAN = 0x7FF8 << 48
_QUAD, _DOUBLE = struct.Struct("<Q"), struct.Struct("<d")


def _nan(number: int) -> float:
    return float(_DOUBLE.unpack(_QUAD.pack(_NAN | number))[0])


_ERRORS = {code: _nan(number) for code, number in NUMBERS.items()}


def cell_read(value: Any) -> Any:
    """What Calc gives for an argument: a number, a text, nothing for one left out, or rows of a range."""
    kind = type(value)
    if kind is float:
        return value if value == value else _error(value)
    if kind is tuple:
        return [[_of_range(cell) for cell in row] for row in _used(value)]
    return float(value) if kind is int else value


def _used(rows: Rows) -> Rows:
    """The rows of a range; a whole column or row only as far as it is filled."""
    if len(rows) == LAST_ROW:
        rows = _filled(rows)
    if len(rows[0]) == LAST_COLUMN:
        rows = tuple(zip(*_filled(tuple(zip(*rows, strict=True))), strict=True))
    return rows


def _filled(rows: Rows) -> Rows:
    last, blank = len(rows), ("",) * len(rows[0])
    while last > 1 and rows[last - 1] == blank:
        last -= 1
    return rows[:last]


def _of_range(value: Any) -> Any:
    """A cell of a range, where Calc has an empty text for a blank."""
    return None if value == "" else cell_read(value)


def _error(nan: float) -> CellError:
    number = _QUAD.unpack(_DOUBLE.pack(nan))[0] & 0xFFFFFFFF
    return CellError(_CODES.get(number, VALUE))


def cell_shown(value: Any) -> float | str:
    """What Calc is given for one value: it has no truth values of its own.

    >>> cell_shown(True), cell_shown("x"), cell_shown(CellError("#N/A"))
    (1.0, 'x', nan)
    """
    if isinstance(value, CellError):
        return _ERRORS.get(value.code, _ERRORS[VALUE])
    return value if isinstance(value, str) else 0.0 if value is None else float(value)


def rows_shown(result: Any) -> tuple[tuple[float | str, ...], ...]:
    """What Calc is given for a result of several cells."""
    rows = result if isinstance(result, list) else [[result]]
    return tuple(tuple(map(cell_shown, row)) for row in rows)


def single(function: Function) -> bool:
    """Whether the result goes out as one value: it may be text, which Calc cannot match when it is of an array."""
    return function.returns.shape == "scalar" and function.returns.unit in (TEXT, AS_STORED)


def value_shown(result: Any) -> float | str:
    """What Calc is given for a result of one value."""
    return _ERRORS[VALUE] if isinstance(result, list) else cell_shown(result)
