"""Many calls at once: those of one function become columns, which it takes in one call."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlfuncs.core.errors import NAME, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.protocol import Call


def grouped(calls: Sequence[Call]) -> list[list[int]]:
    """The positions of the calls of each function, in the order in which the functions first come."""
    groups: dict[str, list[int]] = {}
    for position, call in enumerate(calls):
        groups.setdefault(call.name, []).append(position)
    return list(groups.values())


def evaluated(registry: Registry, calls: Sequence[Call]) -> list[Any]:
    """What each call gives; all are of one function."""
    name = calls[0].name
    if name not in registry:
        return [CellError(NAME, f"There is no function {name[:40]}.")] * len(calls)
    function = registry[name]
    values: list[Any] = [None] * len(calls)
    together = [at for at, call in enumerate(calls) if _joins(function, call.cells)]
    if len(together) < 2:
        together = []
    for at, value in zip(together, _at_once(function, [calls[at].cells for at in together]), strict=True):
        values[at] = value
    for at in sorted(set(range(len(calls))) - set(together)):
        values[at] = function.on_cells(*calls[at].cells)
    return values


def _joins(function: Function, cells: Sequence[Any]) -> bool:
    """Whether a call can be a row of columns: nothing in it is a range, or would become one."""
    plain = function.returns.shape == "scalar" and all(param.elementwise for param in function.params)
    return plain and len(cells) <= len(function.params) and not any(isinstance(cell, list) for cell in cells)


def _at_once(function: Function, rows: Sequence[Sequence[Any]]) -> list[Any]:
    if not rows:
        return []
    width = len(function.params)
    columns = zip(*([*cells, *[None] * (width - len(cells))] for cells in rows), strict=True)
    values = function.on_cells(*map(_column, columns))
    return [row[0] for row in values] if isinstance(values, list) else [values] * len(rows)


def _column(cells: Sequence[Any]) -> Any:
    """The cells as a column, or one cell where all are alike."""
    first = cells[0]
    alike = all(cell.__class__ is first.__class__ and cell == first for cell in cells)
    return first if alike else [[cell] for cell in cells]
