"""The metadata of the custom functions, which Excel reads before it calls one: `functions.json`."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from xlfuncs.core.arguments import Param
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry

HelpUrl = Callable[[str], str]


def build_metadata(registry: Registry, help_url: HelpUrl) -> dict[str, Any]:
    """Return the metadata of every function; `help_url` gives the address of the page of a function.

    An error among the cells is an argument like any other, so that one bad cell of a range gives one bad cell.
    """
    return {"allowErrorForDataTypeAny": True, **build_definitions(registry, help_url)}


def build_definitions(registry: Registry, help_url: HelpUrl) -> dict[str, Any]:
    """Return the functions, and the lists that Excel offers for arguments with options."""
    return {
        "functions": [_describe_function(function, help_url) for function in registry],
        "enums": [_describe_options(name, param) for name, param in _params_with_options(registry)],
    }


def returns_cells(function: Function) -> bool:
    """Whether the result may be several cells: it is a row, column or table, or an argument is taken cell by cell."""
    return function.returns.shape != "scalar" or any(param.elementwise for param in function.params)


def _describe_function(function: Function, help_url: HelpUrl) -> dict[str, Any]:
    return {
        "id": function.name,
        "name": function.name,
        "description": function.summary,
        "helpUrl": help_url(function.name),
        "parameters": [_describe_param(function, param) for param in function.params],
        "result": {"type": "any", "dimensionality": "matrix" if returns_cells(function) else "scalar"},
    }


def _describe_param(function: Function, param: Param) -> dict[str, Any]:
    """Every argument takes a range: the server lifts functions over ranges, and Excel would pass one cell of them."""
    facts = {
        "name": param.name,
        "description": param.help,
        "type": "any",
        "dimensionality": "matrix",
        "optional": not param.required,
    }
    return facts | ({"customEnumId": _enum_id(function, param)} if param.quantity.options else {})


def _params_with_options(registry: Registry) -> Iterator[tuple[Function, Param]]:
    return ((function, param) for function in registry for param in function.params if param.quantity.options)


def _enum_id(function: Function, param: Param) -> str:
    return f"{function.name}.{param.name}"


def _describe_options(function: Function, param: Param) -> dict[str, Any]:
    options = param.quantity.options
    kind = "string" if isinstance(options[0], str) else "number"
    values = [{"name": _format_option(option), f"{kind}Value": option, "tooltip": param.meaning} for option in options]
    return {"id": _enum_id(function, param), "type": kind, "values": values}


def _format_option(option: float | str) -> str:
    return option if isinstance(option, str) else f"{option:.15g}"
