"""Calls of functions as a worksheet spells them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xlfuncs.core.function import Function


def call(function: Function, cells: tuple[object, ...]) -> str:
    """A call with these cells as a worksheet formula.

    >>> from xlfuncs import REGISTRY
    >>> call(REGISTRY["RULE_OF_40"], (0.3, None))
    '=RULE_OF_40(0.3, )'
    """
    return f"={function.name}({', '.join(literal(cell) for cell in cells)})"


def literal(cell: object) -> str:
    """A value in a formula: a number, a text in quotes, an array in braces, or nothing for a blank.

    >>> literal([[1.0, "a"], [2.5, "b"]])
    '{1,"a";2.5,"b"}'
    """
    if cell is None:
        return ""
    if isinstance(cell, list):
        return "{" + ";".join(",".join(literal(value) for value in row) for row in cell) + "}"
    return f'"{cell}"' if isinstance(cell, str) else f"{cell:.15g}"
