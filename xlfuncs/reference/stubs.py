"""The types of all functions for editors and type checkers: the stub of `xlfuncs.functions`."""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator
from pathlib import Path

from xlfuncs.core.arguments import Param
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape
from xlfuncs.core.registry import Registry
from xlfuncs.core.units import DATE

STUB = Path(__file__).parents[1] / "functions" / "__init__.pyi"

_HEAD = '''\
"""The functions of the library with their types. Generated from the declarations; do not edit."""

# Of the overloads of a function the first takes single cells, the second arrays as well, and the third Series as well.
# That at least one argument is an array or a Series cannot be said, hence the overlap.
# mypy: disable-error-code="overload-overlap"
# pyright: reportOverlappingOverload=false

from typing import overload

from xlfuncs.core import typing as t
from xlfuncs.core.errors import CellError
from xlfuncs.core.registry import Registry

REGISTRY: Registry
evaluate = REGISTRY.evaluate
'''
_CONTENTS = {
    Shape.NUM: "Number",
    Shape.TEXT: "Text",
    Shape.SERIES: "Number",
    Shape.LABELS: "Text",
    Shape.CELLS: "Cell",
    Shape.TABLE: "Cell",
}
_WIDTH = 120


def build_stub(registry: Registry) -> str:
    """The stub, in the order of the names."""
    functions = sorted(registry, key=lambda function: function.python_name)
    return "\n".join([_HEAD, *("\n".join(_build_function(function)) for function in functions), ""])


def _build_function(function: Function) -> Iterator[str]:
    cells = " | ".join(kind.__name__ for kind in function.returns.cells)
    if function.returns.shape != "scalar":
        cells = f"list[list[{cells}]]"
    takes_columns = function.returns.shape == "scalar" and any(param.elementwise for param in function.params)
    if takes_columns:
        yield "@overload"
    yield from _build_signature(function, cells, "")
    yield from _build_docstring(function)
    yield ""
    if takes_columns:
        numeric = function.returns.cells == (float,)
        series = "Column[t.Floats]" if numeric else "ColumnForText[t.Strings]"
        results = ("t.FloatArray", "t.Floats") if numeric else ("t.TextArray", "t.Strings")
        for suffix, result in zip(("OrArray", series), results, strict=True):
            yield "@overload"
            *lines, last = _build_signature(function, result, suffix)
            yield from (*lines, f"{last} ...")


def _build_signature(function: Function, result: str, suffix: str) -> Iterator[str]:
    """One argument a line; `suffix` ends the types of arguments that are taken cell by cell."""
    yield f"def {function.python_name}("
    for param in function.params:
        kind = _name_type(param, suffix)
        if param.required:
            yield f"    {param.name}: {kind},"
        else:
            yield f"    {param.name}: {kind} | None = {_format_default(param)},"
    yield f") -> {result}:"


def _name_type(param: Param, suffix: str) -> str:
    contents = "Date" if param.unit == DATE else _CONTENTS[param.shape_kind]
    if not param.elementwise:
        return f"t.{contents}Range"
    return "str" if contents == "Text" and not suffix else f"t.{contents}{suffix}"


def _format_default(param: Param) -> str:
    default = param.python_default
    return json.dumps(default) if isinstance(default, str) else repr(default)


def _build_docstring(function: Function) -> Iterator[str]:
    lines = _wrap(function.summary, "    ")
    if function.params:
        lines += ["", "    Args:"]
    for param in function.params:
        lines += _wrap(f"{param.name}: {param.help}", "        ", "    ")
    text = "\n".join(lines).replace("\\", "\\\\").strip()
    yield f'    """{text}\n    """' if "\n" in text else f'    """{text}"""'


def _wrap(text: str, indent: str, hanging: str = "") -> list[str]:
    return textwrap.wrap(text, _WIDTH - 4, initial_indent=indent, subsequent_indent=indent + hanging)
