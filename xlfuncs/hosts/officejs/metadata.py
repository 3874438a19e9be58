"""What Excel must know of the functions before it calls one: `functions.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xlfuncs.core.arguments import Param
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry

Help = Callable[[str], str]


def metadata(registry: Registry, help_url: Help) -> dict[str, Any]:
    """The metadata of every function; `help_url` gives the page of one.

    An error among the cells is an argument like any other, so that one bad cell of a range gives one bad cell.
    """
    return {"allowErrorForDataTypeAny": True, **definitions(registry, help_url)}


def definitions(registry: Registry, help_url: Help) -> dict[str, Any]:
    """The functions, and the lists that Excel offers for arguments with options."""
    return {
        "functions": [_function(function, help_url) for function in registry],
        "enums": [_options(name, param) for name, param in _with_options(registry)],
    }


def gives_cells(function: Function) -> bool:
    """Whether the result may be several cells: it is a row, column or table, or an argument is taken cell by cell."""
    return function.returns.shape != "scalar" or any(param.elementwise for param in function.params)


def _function(function: Function, help_url: Help) -> dict[str, Any]:
    return {
        "id": function.name,
        "name": function.name,
        "description": function.summary,
        "helpUrl": help_url(function.name),
        "parameters": [_parameter(function, param) for param in function.params],
        "result": {"type": "any", "dimensionality": "matrix" if gives_cells(function) else "scalar"},
    }


def _parameter(function: Function, param: Param) -> dict[str, Any]:
    """An argument takes a range whatever it is: the server spreads ranges, and Excel would take one cell of them."""
    facts = {
        "name": param.name,
        "description": param.help,
        "type": "any",
        "dimensionality": "matrix",
        "optional": not param.required,
    }
    return facts | ({"customEnumId": _enum(function, param)} if param.quantity.options else {})


def _with_options(registry: Registry) -> Iterator[tuple[Function, Param]]:
    return ((function, param) for function in registry for param in function.params if param.quantity.options)


def _enum(function: Function, param: Param) -> str:
    return f"{function.name}.{param.name}"


def _options(function: Function, param: Param) -> dict[str, Any]:
    options = param.quantity.options
    kind = "string" if isinstance(options[0], str) else "number"
    values = [{"name": _shown(one), f"{kind}Value": one, "tooltip": param.meaning} for one in options]
    return {"id": _enum(function, param), "type": kind, "values": values}


def _shown(option: float | str) -> str:
    return option if isinstance(option, str) else f"{option:.15g}"
