"""The reference: one page a function, as Markdown, for the terminal and for `xlfuncs/REFERENCE.md`."""

from __future__ import annotations

import re
from itertools import groupby
from typing import Any

from xlfuncs.core.arguments import Param
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE
from xlfuncs.core.formula_text import call as call
from xlfuncs.core.formula_text import literal
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape
from xlfuncs.core.registry import Registry

INTRODUCTION = (
    "Money is nominal US dollars; rates are shares of 1; a month has 30.4375 days and a year 8766 hours. An error that "
    "comes in is passed on, the leftmost first; then kinds are checked, then domains in the order of the arguments, "
    "then what joins them. A blank optional argument takes its default."
)

LIBREOFFICE = """\
What differs in LibreOffice, where Calc tells a function less than Excel does:

- A blank cell as a single argument arrives as 0, TRUE as 1 and FALSE as 0. With A1:A1 in place of A1 a blank stays one.
- In a range, TRUE arrives as 1 and an empty text as a blank.
- An error cell in a range gives Err:504, as do too many arguments. Of several cells with errors as single arguments,
  the last is passed on.
- TYPE and ERROR.TYPE around a call see an array: put the call in a cell of its own, and ask about that.
- Text in the result of an array formula shows, but is not found by = and MATCH until it is joined with "".
- Functions that give text or stored figures take single cells.
- A whole column ends at its last filled cell, and takes seconds: name the rows.
- PERT_INV has fewer digits at a shape above a million, in the SciPy of Debian 12.
- The wizard has all functions under Add-In and calls every argument optional.
- Slow functions, such as simulations of many draws, hold Calc up while they run.
- LibreOffice 7.4 shows #NAME? for these functions in an .xlsx file; newer ones find them, and .ods files keep them.
- On Windows and macOS the Python of LibreOffice has no NumPy, and the functions need it."""


def signature(function: Function) -> str:
    """The call with optional arguments in brackets.

    >>> from xlfuncs import REGISTRY
    >>> signature(REGISTRY["CHIP_TPP"])
    'CHIP_TPP(dense_tops, bit_length)'
    """
    words = [param.name if param.required else f"[{param.name}={param.default_text}]" for param in function.params]
    return f"{function.name}({', '.join(words)})"


def errors(function: Function) -> list[tuple[str, str]]:
    """Every error value that the declaration names, with its sentence; those that come in are passed on."""
    found = [
        (
            VALUE,
            "text, TRUE or FALSE in place of a number, or a blank where an argument is required; too many arguments",
        )
    ]
    for param in function.params:
        found += _bounds(param)
    found += [(rule.code, re.sub(r" ?\{\w+\}", "", rule.why)) for rule in function.rules]
    if function.never:
        found.append((NA, function.never))
    return found


def _bounds(param: Param) -> list[tuple[str, str]]:
    quantity = param.quantity
    found = [(DIV0, f"{param.name} must not be 0: the formula divides by it")] if quantity.nonzero else []
    if quantity.domain and quantity.domain != "other than 0":
        code = VALUE if param.shape_kind is Shape.TEXT else NUM
        found.append((code, f"{param.name} must be {quantity.domain}"))
    return found


def related(function: Function, registry: Registry) -> list[str]:
    """Functions that its page names, or that name it."""
    named = set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", f"{function.summary} {function.description} {function.not_for}"))
    naming = {other.name for other in registry if re.search(rf"\b{function.name}\b", other.description)}
    return [name for name in registry.names if name in named | naming and name != function.name]


def page(function: Function, registry: Registry) -> str:
    """All that is known of one function, as Markdown."""
    returns = f"a {function.returns.shape} in {function.returns.unit}"
    if function.returns.columns:
        returns += f": {', '.join(function.returns.columns)}"
    lines = [f"### {function.name}", "", f"`{signature(function)}`", "", function.summary, ""]
    if function.description:
        lines += [function.description, ""]
    lines += [f"Not for: {function.not_for}", ""]
    lines += ["| argument | unit | domain | default | meaning |", "|---|---|---|---|---|"]
    for param in function.params:
        lines.append(f"| `{param.name}` | {param.unit} | {param.domain} | {param.default_text} | {param.meaning} |")
    lines += ["", f"Gives: {returns}.", ""]
    if function.formula:
        lines += [f"Formula: `={function.formula}`", ""]
    lines += [f"Example: `{call(function, one.cells)}` gives {_result(one.expected)}." for one in function.examples]
    lines += ["", "Errors:", ""]
    lines += [f"- `{code}` {condition.rstrip('.')}." for code, condition in errors(function)]
    near = related(function, registry)
    if near:
        lines += ["", f"See also: {', '.join(near)}."]
    link = f" <{function.source.url}>" if function.source.url else ""
    lines += ["", f"Source: {function.source}.{link}", ""]
    return "\n".join(lines)


def _result(expected: object) -> str:
    return f"`{literal(expected) if isinstance(expected, list) else expected}`"


def reference(registry: Registry) -> str:
    """The whole reference, by category."""
    head = [
        "# Reference",
        "",
        "Every worksheet function of xlfuncs. Made by `xlfuncs build` from the declarations; do not edit.",
        "",
        INTRODUCTION,
        "",
        LIBREOFFICE,
        "",
    ]
    parts = ["\n".join(head)]
    for category, functions in groupby(registry, lambda function: function.category):
        parts.append(f"## {category}\n")
        parts += [page(function, registry) for function in functions]
    return "\n".join(parts)


def facts(function: Function) -> dict[str, Any]:
    """All that is declared of one function, for JSON."""
    return {
        "name": function.name,
        "category": function.category,
        "summary": function.summary,
        "description": function.description,
        "not_for": function.not_for,
        "arguments": [
            {
                "name": param.name,
                "shape": param.shape,
                "unit": str(param.unit),
                "meaning": param.meaning,
                "domain": param.domain,
                "required": param.required,
                "default": param.default_text,
            }
            for param in function.params
        ],
        "returns": {
            "shape": function.returns.shape,
            "unit": str(function.returns.unit),
            "columns": list(function.returns.columns),
        },
        "formula": function.formula,
        "source": str(function.source),
        "url": function.source.url,
    }


def catalogue(registry: Registry) -> str:
    """Every function with its summary, by category."""
    lines = []
    width = max(map(len, registry.names))
    for category, functions in groupby(registry, lambda function: function.category):
        lines += ["", category]
        lines += [f"  {function.name.ljust(width)}  {function.summary}" for function in functions]
    return "\n".join(lines[1:])
