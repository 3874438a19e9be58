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


def decode_cell(value: Any) -> Any:
    """Return an argument from Calc as cells: a number, a text, None for one left out, or the rows of a range."""
    kind = type(value)
    if kind is float:
        return value if value == value else _decode_error(value)
    if kind is tuple:
        return [[_decode_range_cell(cell) for cell in row] for row in _trim(value)]
    return float(value) if kind is int else value


def _trim(rows: Rows) -> Rows:
    """Return the rows of a range; of a whole column or row only the part that is filled."""
    if len(rows) == LAST_ROW:
        rows = _trim_rows(rows)
    if len(rows[0]) == LAST_COLUMN:
        rows = tuple(zip(*_trim_rows(tuple(zip(*rows, strict=True))), strict=True))
    return rows


def _trim_rows(rows: Rows) -> Rows:
    last, blank = len(rows), ("",) * len(rows[0])
    while last > 1 and rows[last - 1] == blank:
        last -= 1
    return rows[:last]


def _decode_range_cell(value: Any) -> Any:
    """Return a cell of a range, in which Calc has an empty text for a blank."""
    return None if value == "" else decode_cell(value)


def _decode_error(nan: float) -> CellError:
    number = _QUAD.unpack(_DOUBLE.pack(nan))[0] & 0xFFFFFFFF
    return CellError(_CODES.get(number, VALUE))


def encode_cell(value: Any) -> float | str:
    """Return the value that Calc gets for a cell; Calc has no truth values.

    >>> encode_cell(True), encode_cell("x"), encode_cell(CellError("#N/A"))
    (1.0, 'x', nan)
    """
    if isinstance(value, CellError):
        return _ERRORS.get(value.code, _ERRORS[VALUE])
    return value if isinstance(value, str) else 0.0 if value is None else float(value)


def encode_rows(result: Any) -> tuple[tuple[float | str, ...], ...]:
    """Return the value that Calc gets for a result of several cells."""
    rows = result if isinstance(result, list) else [[result]]
    return tuple(tuple(map(encode_cell, row)) for row in rows)


def returns_single_value(function: Function) -> bool:
    """Whether the result is returned as one value: it may be text, which Calc cannot compare within an array."""
    return function.returns.shape == "scalar" and function.returns.unit in (TEXT, AS_STORED)


def encode_value(result: Any) -> float | str:
    """Return the value that Calc gets for a result of one value."""
    return _ERRORS[VALUE] if isinstance(result, list) else encode_cell(result)
