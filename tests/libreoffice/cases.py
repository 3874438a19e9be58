"""Calls of every function: as in its example, near it, on and past the bounds of its domain, and with wrong cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from xlfuncs import REGISTRY
from xlfuncs.core.arguments import Param
from xlfuncs.core.errors import NA, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape

Cells = tuple[Any, ...]


@dataclass(frozen=True)
class Case:
    """A call, which of its cells is looked at where it gives several, and the value of that in Python."""

    kind: str
    function: Function
    cells: Cells
    at: tuple[int, int] | None
    expected: Any

    def formula(self, arguments: list[str]) -> str:
        call = f"{self.function.name}({','.join(arguments)})"
        return f"INDEX({call},{self.at[0]},{self.at[1]})" if self.at else call

    @property
    def typed(self) -> str:
        """The formula with its arguments typed into it."""
        return self.formula([literal(cell) for cell in self.cells])


def literal(cell: Any) -> str:
    """A cell as it is typed into a formula."""
    if cell is None:
        return ""
    if isinstance(cell, list):
        return "{" + ";".join(",".join(map(literal, row)) for row in rows_of(cell)) + "}"
    if isinstance(cell, CellError):
        return "NA()" if cell.code == NA else "1/0"
    return f'"{cell}"' if isinstance(cell, str) else repr(float(cell)).upper()


def rows_of(cells: list[Any]) -> list[list[Any]]:
    return cells if isinstance(cells[0], list) else [cells]


def _numbers(param: Param, value: float) -> Iterator[tuple[str, float]]:
    """Numbers for an argument: near the one of the example, and at and just past each bound."""
    if param.quantity.whole:
        yield "normal", value + 1
    else:
        yield from (("normal", value * factor) for factor in (0.9, 1.1))
    quantity = param.quantity
    for bound in {quantity.ge, quantity.gt, quantity.le, quantity.lt} - {None}:
        assert bound is not None
        past = 1.0 if quantity.whole else 1e-6 * max(1.0, abs(bound))
        yield from (("boundary", bound + step) for step in (-past, 0.0, past))
    if quantity.nonzero:
        yield "boundary", 0.0
    yield from (("boundary", one) for one in (-1.0, 0.5, 1e300))


def _wrong(param: Param) -> Iterator[Any]:
    yield CellError(NA)
    yield CellError("#DIV/0!")
    yield None
    if param.shape_kind is Shape.NUM:
        yield from ("x", "1")
    elif param.shape_kind in (Shape.TEXT, Shape.LABELS):
        yield from (1.0, "no such name")
    else:
        yield "x"


def _calls(function: Function, cells: Cells) -> Iterator[tuple[str, Cells]]:
    yield "normal", cells
    for at, param in enumerate(function.params):
        padded = cells + (None,) * (at + 1 - len(cells))
        before, value, after = padded[:at], padded[at], padded[at + 1 :]
        if param.shape_kind is Shape.NUM:
            default = param.default if isinstance(param.default, float) else 1.0
            for kind, number in _numbers(param, float(value) if value is not None else default):
                yield kind, (*before, number, *after)
        for wrong in _wrong(param):
            yield "error", (*before, wrong, *after)


def cases() -> Iterator[Case]:
    """All of them; the same each time."""
    for function in REGISTRY:
        for example in function.examples:
            told = set()
            for kind, cells in _calls(function, example.cells):
                if repr(cells) not in told:
                    told.add(repr(cells))
                    yield from _looked_at(kind, function, cells)


def _looked_at(kind: str, function: Function, cells: Cells) -> Iterator[Case]:
    """The case of a call, or those of the first and the last cell that it gives."""
    result = function.on_cells(*cells)
    if function.returns.shape == "scalar":
        yield Case(kind, function, cells, None, result)
        return
    rows = result if isinstance(result, list) else [[result]]
    for row, column in sorted({(1, 1), (len(rows), len(rows[0]))}):
        yield Case(kind, function, cells, (row, column), rows[row - 1][column - 1])
