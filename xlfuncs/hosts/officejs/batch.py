"""Vectorised evaluation of a batch: the calls of one function become columns, and the function is called once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlfuncs.core.errors import NAME, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.protocol import Call


def group_by_function(calls: Sequence[Call]) -> list[list[int]]:
    """Return the positions of the calls of each function, in the order in which the functions first occur."""
    groups: dict[str, list[int]] = {}
    for position, call in enumerate(calls):
        groups.setdefault(call.name, []).append(position)
    return list(groups.values())


def evaluate_calls(registry: Registry, calls: Sequence[Call]) -> list[Any]:
    """Return the result of each call; all are calls of one function."""
    name = calls[0].name
    if name not in registry:
        return [CellError(NAME, f"There is no function {name[:40]}.")] * len(calls)
    function = registry[name]
    values: list[Any] = [None] * len(calls)
    together = [position for position, call in enumerate(calls) if _fits_columns(function, call.cells)]
    if len(together) < 2:
        together = []
    results = _evaluate_columns(function, [calls[position].cells for position in together])
    for position, value in zip(together, results, strict=True):
        values[position] = value
    for position in sorted(set(range(len(calls))) - set(together)):
        values[position] = function.on_cells(*calls[position].cells)
    return values


def _fits_columns(function: Function, cells: Sequence[Any]) -> bool:
    """Whether a call can be a row of columns: nothing in it is a range, or would become one."""
    plain = function.returns.shape == "scalar" and all(param.elementwise for param in function.params)
    return plain and len(cells) <= len(function.params) and not any(isinstance(cell, list) for cell in cells)


def _evaluate_columns(function: Function, rows: Sequence[Sequence[Any]]) -> list[Any]:
    if not rows:
        return []
    width = len(function.params)
    columns = zip(*([*cells, *[None] * (width - len(cells))] for cells in rows), strict=True)
    values = function.on_cells(*map(_as_column, columns))
    return [row[0] for row in values] if isinstance(values, list) else [values] * len(rows)


def _as_column(cells: Sequence[Any]) -> Any:
    """Return the cells as a column, or one cell if all are equal."""
    first = cells[0]
    equal = all(cell.__class__ is first.__class__ and cell == first for cell in cells)
    return first if equal else [[cell] for cell in cells]
