"""A batch of calls as JSON: read with limits, and its answers written."""

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
    """A request that is not carried out: its status, and the sentence that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status
        self.why = why

    def __reduce__(self) -> tuple[Any, ...]:
        return RequestRejected, (self.status, self.why)


@dataclass(frozen=True, slots=True)
class Call:
    """A function by name, and its cells."""

    name: str
    cells: Sequence[Any]


def read(body: bytes) -> list[Call]:
    """The calls of a batch; raises `RequestRejected` where it is none, or too much."""
    calls = facts(body).get("calls")
    if not isinstance(calls, list):
        raise RequestRejected(400, 'The body has no calls; send {"calls": [{"name": "LTV_CAC", "cells": [100]}]}.')
    return [_call(one, at) for at, one in enumerate(calls, 1)]


def facts(body: bytes) -> dict[str, Any]:
    """The object that a body is; raises `RequestRejected` where it is none, or too much."""
    _measure(body)
    try:
        found = json.loads(body, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise RequestRejected(400, "The body is no JSON, or no object.")
    return found


def rows(value: Any) -> list[list[Any]]:
    """Rows of cells, all as long; raises `TypeError` for anything else."""
    if not (isinstance(value, list) and value and all(isinstance(row, list) and row for row in value)):
        raise TypeError
    if len({len(row) for row in value}) > 1:
        raise TypeError
    return [[_cell(one) for one in row] for row in value]


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


def _measure(body: bytes) -> None:
    """Refuse what is nested too deeply or has too many numbers, before anything is made of it."""
    marks = np.frombuffer(_TEXT.sub(b'""', body), dtype=np.uint8)
    if np.cumsum(_STEP[marks], dtype=np.int64).max(initial=0) > DEEPEST:
        raise RequestRejected(400, f"The body is nested more than {DEEPEST} deep.")
    numbers = np.count_nonzero(_NUMBER[marks[1:]] & _BEFORE_NUMBER[marks[:-1]])
    if numbers > MOST_NUMBERS:
        raise RequestRejected(
            413, f"The body has {numbers} numbers; the most are {MOST_NUMBERS}: send several requests."
        )


def _call(one: Any, at: int) -> Call:
    if not (isinstance(one, dict) and isinstance(one.get("name"), str) and isinstance(one.get("cells"), list)):
        raise RequestRejected(400, f"Call {at} needs a name, which is text, and cells, which are a list.")
    try:
        return Call(one["name"], [_argument(cell) for cell in one["cells"]])
    except TypeError:
        raise RequestRejected(
            400, f"Call {at} has a cell that is no number, text, true, false, null, error, or list of rows of these."
        ) from None


def _argument(cell: Any) -> Any:
    if isinstance(cell, list):
        if not all(isinstance(row, list) for row in cell):
            raise TypeError
        return [[_cell(one) for one in row] for row in cell]
    return _cell(cell)


def _cell(cell: Any) -> Any:
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


def written(value: Any) -> Any:
    """A value in the form that JSON has."""
    if isinstance(value, list):
        return [[written(cell) for cell in row] for row in value]
    return {"error": value.code, "why": value.why} if isinstance(value, CellError) else value
