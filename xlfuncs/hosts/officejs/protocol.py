"""JSON of a batch of calls: parsed with limits on size and depth, and its answers encoded."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected

LARGEST = 5 * 2**20  # bytes of a body
DEEPEST = 32
MOST_NUMBERS = 1_000_000

_TEXT = re.compile(rb'"(?:[^"\\]|\\.)*"', re.DOTALL)
_NUMBER = np.zeros(256, dtype=bool)
_NUMBER[list(b"-0123456789")] = True
_BEFORE_NUMBER = np.zeros(256, dtype=bool)
_BEFORE_NUMBER[list(b"[,: \t\r\n")] = True
_STEP = np.zeros(256, dtype=np.int8)
_STEP[list(b"[{")] = 1
_STEP[list(b"]}")] = -1


class RequestRejected(WorkbookRejected):
    """Raised when a request is not carried out: its HTTP status, and the sentence that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why


@dataclass(frozen=True, slots=True)
class Call:
    """A function by name, and its cells."""

    name: str
    cells: Sequence[Any]


def parse_batch(body: bytes) -> list[Call]:
    """Return the calls of a batch; raise `RequestRejected` for a body that is no batch, or too large a one."""
    calls = parse_object(body).get("calls")
    if not isinstance(calls, list):
        raise RequestRejected(400, 'The body has no calls; send {"calls": [{"name": "LTV_CAC", "cells": [100]}]}.')
    return [_parse_call(call, number) for number, call in enumerate(calls, 1)]


def parse_object(body: bytes) -> dict[str, Any]:
    """Return the JSON object of a body; raise `RequestRejected` for a body that is none, or too large a one."""
    _check_size(body)
    try:
        content = json.loads(body, parse_constant=_reject_constant)
    except (ValueError, RecursionError):
        content = None
    if not isinstance(content, dict):
        raise RequestRejected(400, "The body must be a JSON object.")
    return content


def parse_rows(value: Any) -> list[list[Any]]:
    """Return rows of cells of equal length; raise `TypeError` for anything else."""
    if not (isinstance(value, list) and value and all(isinstance(row, list) and row for row in value)):
        raise TypeError
    if len({len(row) for row in value}) > 1:
        raise TypeError
    return [[_parse_cell(cell) for cell in row] for row in value]


def encode_value(value: Any) -> Any:
    """Return a value in the form that JSON has."""
    if isinstance(value, list):
        return [[encode_value(cell) for cell in row] for row in value]
    return {"error": value.code, "why": value.why} if isinstance(value, CellError) else value


def _reject_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _check_size(body: bytes) -> None:
    """Reject a body that is nested too deeply or has too many numbers, before it is parsed."""
    characters = np.frombuffer(_TEXT.sub(b'""', body), dtype=np.uint8)
    if np.cumsum(_STEP[characters], dtype=np.int64).max(initial=0) > DEEPEST:
        raise RequestRejected(400, f"The body is nested more than {DEEPEST} levels deep.")
    numbers = np.count_nonzero(_NUMBER[characters[1:]] & _BEFORE_NUMBER[characters[:-1]])
    if numbers > MOST_NUMBERS:
        raise RequestRejected(
            413, f"The body has {numbers} numbers; the limit is {MOST_NUMBERS}. Send several requests instead."
        )


def _parse_call(call: Any, number: int) -> Call:
    if not (isinstance(call, dict) and isinstance(call.get("name"), str) and isinstance(call.get("cells"), list)):
        raise RequestRejected(400, f'Call {number} needs "name", which is text, and "cells", which is a list.')
    try:
        return Call(call["name"], [_parse_argument(cell) for cell in call["cells"]])
    except TypeError:
        raise RequestRejected(
            400,
            f"Call {number} has a cell of an unknown kind; a cell is a number, text, true, false, null, an error, "
            "or a list of rows of these.",
        ) from None


def _parse_argument(cell: Any) -> Any:
    if isinstance(cell, list):
        if not all(isinstance(row, list) for row in cell):
            raise TypeError
        return [[_parse_cell(item) for item in row] for row in cell]
    return _parse_cell(cell)


def _parse_cell(cell: Any) -> Any:
    if cell.__class__ is float or cell is None or isinstance(cell, str | bool):
        return cell
    if isinstance(cell, int):
        try:
            return float(cell)
        except OverflowError:
            return float("inf")  # outside every domain
    code = cell.get("error") if isinstance(cell, dict) else None
    if isinstance(code, str) and code.startswith("#") and len(code) <= 20:
        return CellError(code)
    raise TypeError
