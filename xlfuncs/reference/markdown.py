"""The reference as Markdown: one page per function, for the terminal, `xlfuncs/REFERENCE.md` and the help pages."""

from __future__ import annotations

import re
from typing import Any

from xlfuncs.core.arguments import Param
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE
from xlfuncs.core.formula_text import call as call
from xlfuncs.core.formula_text import literal
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape
from xlfuncs.core.registry import Registry

INTRODUCTION = """\
Money is in nominal US dollars. Rates are shares of 1, so 5 % is 0.05. A month has 30.4375 days and a year 8,766 hours.

A blank optional argument takes its default. An error value among the arguments is passed on, the leftmost first. After
that, kinds are checked, then domains in the order of the arguments, then conditions that join several arguments."""

LIBREOFFICE_DIFFERENCES = (
    "A blank cell as a scalar argument arrives as 0, TRUE as 1 and FALSE as 0. With A1:A1 in place of A1, a blank "
    "stays blank.",
    "In a range, TRUE arrives as 1, and an empty text as a blank.",
    "An error cell in a range gives Err:504, and so do too many arguments. If several scalar arguments are errors, the "
    "last is passed on, and not the first.",
    "TYPE and ERROR.TYPE around a call see an array: put the call into a cell of its own, and refer to that cell.",
    'Text in the result of an array formula is shown, but = and MATCH do not find it unless it is joined with "", as '
    'in A2&"".',
    "Functions that return text or stored figures, such as AI_DATA, take single cells.",
    "A whole column ends at its last filled cell and takes seconds: name the rows.",
    "With the SciPy of Debian 12, PERT_INV has fewer digits at a shape above a million, and is #NUM! at 1E300.",
    "The function wizard lists all functions under Add-In and calls every argument optional.",
    "Slow functions, such as simulations with many draws, block Calc while they run.",
    "LibreOffice 7.4 shows #NAME? for these functions in an .xlsx file; newer versions find them, and .ods files keep "
    "them.",
    "On Windows and macOS, the Python of LibreOffice has no NumPy, which the functions need.",
)


def format_notes() -> str:
    """What holds for every function: conventions, the order of errors, and what differs in LibreOffice."""
    head = "LibreOffice Calc tells a function less than Excel does. These points differ there:"
    return "\n\n".join([INTRODUCTION, head, "\n".join(f"- {sentence}" for sentence in LIBREOFFICE_DIFFERENCES)])


def format_signature(function: Function) -> str:
    """Format the call of a function, with optional arguments in brackets.

    >>> from xlfuncs import REGISTRY
    >>> format_signature(REGISTRY["CHIP_TPP"])
    'CHIP_TPP(dense_tops, bit_length)'
    """
    words = [param.name if param.required else f"[{param.name}={param.default_text}]" for param in function.params]
    return f"{function.name}({', '.join(words)})"


def list_errors(function: Function) -> list[tuple[str, str]]:
    """List every error value that the declaration implies, with its condition; errors passed on are not among them."""
    errors = [
        (
            VALUE,
            "text, TRUE or FALSE in place of a number, a blank in place of a required argument, or too many arguments",
        )
    ]
    for param in function.params:
        errors += _list_bounds(param)
    errors += [(constraint.code, re.sub(r" ?\{\w+\}", "", constraint.message)) for constraint in function.constraints]
    if function.no_answer_message:
        errors.append((NA, function.no_answer_message))
    return errors


def _list_bounds(param: Param) -> list[tuple[str, str]]:
    quantity = param.quantity
    bounds = [(DIV0, f"{param.name} must not be 0: the formula divides by it")] if quantity.nonzero else []
    if quantity.domain and quantity.domain != "other than 0":
        code = VALUE if param.shape_kind is Shape.TEXT else NUM
        bounds.append((code, f"{param.name} must be {quantity.domain}"))
    return bounds


def find_related(function: Function, registry: Registry) -> list[str]:
    """Find the functions that the page of a function names, or whose pages name it."""
    named = set(re.findall(r"\b[A-Z][A-Z0-9_]{2,}\b", f"{function.summary} {function.description} {function.not_for}"))
    naming = {other.name for other in registry if re.search(rf"\b{function.name}\b", other.description)}
    return [name for name in registry.names if name in named | naming and name != function.name]


def format_page(function: Function, registry: Registry) -> str:
    """Format everything that is declared of a function as Markdown."""
    lines = [f"### {function.name}", "", f"`{format_signature(function)}`", "", function.summary, ""]
    if function.description:
        lines += [function.description, ""]
    lines += [f"Not for: {function.not_for}", ""]
    if function.params:
        lines += ["| Argument | Unit | Domain | Default | Meaning |", "|---|---|---|---|---|"]
        for param in function.params:
            lines.append(f"| `{param.name}` | {param.unit} | {param.domain} | {param.default_text} | {param.meaning} |")
        lines.append("")
    lines += [f"Returns: {_format_returns(function)}.", ""]
    if function.formula:
        lines += [f"Formula: `={function.formula}`", ""]
    for example in function.examples:
        lines.append(f"Example: `{call(function, example.cells)}` returns {_format_result(example.expected)}.")
    lines += ["", "Errors:", ""]
    lines += [f"- `{code}` {condition.rstrip('.')}." for code, condition in list_errors(function)]
    related = find_related(function, registry)
    if related:
        lines += ["", f"See also: {', '.join(related)}."]
    link = f" <{function.source.url}>" if function.source.url else ""
    lines += ["", f"Source: {function.source}.{link}", ""]
    return "\n".join(lines)


def _format_returns(function: Function) -> str:
    returns = function.returns
    columns = f" with the columns {', '.join(returns.columns)}" if returns.columns else ""
    return f"{returns.shape}{columns} (unit: {returns.unit})"


def _format_result(expected: object) -> str:
    return f"`{literal(expected) if isinstance(expected, list) else expected}`"


def format_reference(registry: Registry) -> str:
    """Format the whole reference, by category."""
    head = [
        "# Reference",
        "",
        "Every worksheet function of xlfuncs. Generated from the declarations by `python -m workbooks`; do not edit.",
        "",
        format_notes(),
        "",
    ]
    parts = ["\n".join(head)]
    for category, functions in registry.by_category().items():
        parts.append(f"## {category}\n")
        parts += [format_page(function, registry) for function in functions]
    return "\n".join(parts)


def describe(function: Function) -> dict[str, Any]:
    """Describe everything that is declared of a function, in the form that JSON has."""
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


def format_catalogue(registry: Registry) -> str:
    """Format the names and summaries of all functions, by category, for the terminal."""
    lines = []
    width = max(map(len, registry.names))
    for category, functions in registry.by_category().items():
        lines += ["", category]
        lines += [f"  {function.name.ljust(width)}  {function.summary}" for function in functions]
    return "\n".join(lines[1:])
