"""The pages of the catalogue, as the terminal shows them."""

from __future__ import annotations

from itertools import groupby

from rich import box
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry


def signature(function: Function) -> str:
    """The call with optional arguments in brackets.

    >>> from xlfuncs import REGISTRY
    >>> signature(REGISTRY["CHIP_TPP"])
    'CHIP_TPP(dense_tops, bit_length)'
    """
    words = [param.name if param.required else f"[{param.name}={param.default_text}]" for param in function.params]
    return f"{function.name}({', '.join(words)})"


def call(function: Function, cells: tuple[object, ...]) -> str:
    """An example as a worksheet formula."""
    return f"={function.name}({', '.join(_literal(cell) for cell in cells)})"


def _literal(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, list):
        return "{" + ";".join(",".join(_literal(one) for one in row) for row in cell) + "}"
    return f'"{cell}"' if isinstance(cell, str) else f"{cell:.15g}"


def catalogue(registry: Registry) -> RenderableType:
    """Every function with its summary, by category."""
    parts: list[RenderableType] = []
    for category, functions in groupby(registry, lambda function: function.category):
        table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
        for function in functions:
            table.add_row(Text(function.name, style="bold"), function.summary)
        parts += [Text(f"\n{category}", style="bold cyan"), table]
    return Group(*parts)


def page(function: Function) -> RenderableType:
    """All that is known of one function."""
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), header_style="bold")
    for heading in ("Argument", "Unit", "Domain", "Default", "Meaning"):
        table.add_column(heading, overflow="fold")
    for param in function.params:
        table.add_row(Text(param.name, style="cyan"), str(param.unit), param.domain, param.default_text, param.meaning)
    returns = f"Gives a {function.returns.shape} in {function.returns.unit}"
    if function.returns.columns:
        returns += f": {', '.join(function.returns.columns)}"
    parts: list[RenderableType] = [
        Text(signature(function), style="bold"),
        Padding(Text(function.summary), (1, 0, 0, 0)),
    ]
    if function.description:
        parts.append(Padding(Text(function.description), (1, 0, 0, 0)))
    parts += [table, Text(f"{returns}.")]
    if function.formula:
        parts.append(Padding(Text(f"Formula   ={function.formula}", overflow="fold"), (1, 0, 0, 0)))
    for example in function.examples:
        parts.append(Text(f"Example   {call(function, example.cells)}  →  {_result(example.expected)}"))
    if function.never:
        parts.append(Text(f"#N/A      {function.never}"))
    parts.append(Text(f"Source    {function.source} {function.source.url}".rstrip()))
    return Group(*parts)


def _result(expected: object) -> str:
    return _literal(expected) if isinstance(expected, list) else str(expected)
