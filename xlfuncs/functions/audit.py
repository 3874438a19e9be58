"""Audit: what a function is, which version it is of, and why a call fails."""

from __future__ import annotations

import hashlib
import inspect

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import CallCells, ExplainRows, FunctionName, Text
from xlfuncs.core.errors import CellError, no_answer
from xlfuncs.core.function import Function, sheet_function
from xlfuncs.core.quantity import omitted
from xlfuncs.core.version import VERSION
from xlfuncs.data import tables

CATEGORY = "Audit"


def _function(name: str) -> Function | CellError:
    from xlfuncs.functions import REGISTRY  # these functions are about the others

    if name.strip() not in REGISTRY:
        return no_answer(f"There is no function {name.strip()[:40]} in the library.")
    return REGISTRY[name.strip()]


@sheet_function(source=by.DATA_SET, vectorised=False)
def fn_explain(function_name: FunctionName) -> ExplainRows:
    """Arguments, units, defaults, domains, formula and source of a function.

    Not for: Finding the fault of a call: it lists what a function takes and does not see your cells; use
    FN_WHY.

    >>> fn_explain("PEAK_FUNDING")
    [['cash_flows', 'USD per period', 'required', 'Cash of each period; outflows negative.'],
    ['result', 'USD', '', 'Most money ever tied up: the depth of the running sum of cash below 0.'],
    ['formula', '', '', 'see the reference'],
    ['source', '', '', 'Brealey, R., Myers, S., Allen, F. (2020), Principles of Corporate Finance']]
    """
    function = _function(function_name)
    if isinstance(function, CellError):
        return function
    rows = [
        [
            param.name,
            str(param.unit),
            "required" if param.required else param.default_text,
            f"{param.meaning} {param.domain[:1].upper()}{param.domain[1:]}.".replace(" .", ""),
        ]
        for param in function.params
    ]
    formula = f"={function.formula}" if function.formula else "see the reference"
    return [
        *rows,
        ["result", str(function.returns.unit), "", function.summary],
        ["formula", "", "", formula],
        ["source", "", "", f"{function.source} {function.source.url}".strip()],
    ]


@sheet_function(source=by.DATA_SET, vectorised=False)
def fn_version(function_name: FunctionName = omitted("library")) -> Text:
    """Version of the library and its data, and of one function a hash of its declaration and body.

    Not for: Proof that a result is unchanged: the hash leaves out helpers that the body calls, such as the
    shared forecast of the multiples.

    >>> fn_version().startswith("xlfuncs ")
    True
    """
    library = f"xlfuncs {VERSION}, data {tables.version()}"
    if function_name is None:
        return library
    function = _function(function_name)
    if isinstance(function, CellError):
        return function
    content = f"{inspect.signature(function)}{function.formula}{inspect.getsource(function.body)}"
    return f"{function.name} {hashlib.sha256(content.encode()).hexdigest()[:12]}, {library}"


@sheet_function(source=by.DATA_SET, vectorised=False)
def fn_why(function_name: FunctionName, arguments: CallCells) -> Text:
    """Why a call gives an error value, in words, or 'no error'.

    The arguments stand in one range, in order; leave a cell blank for an argument that is left out.

    Not for: Functions that take a range, such as HHI: each cell counts as one argument, so it blames too many
    arguments and not the true fault.

    >>> fn_why("LTV_CAC", [[100, 0.6, 0.05, 0]])
    'cac must not be 0: the formula divides by it.'
    """
    function = _function(function_name)
    if isinstance(function, CellError):
        return function
    result = function.on_cells(*arguments)
    return (result.why or result.code) if isinstance(result, CellError) else "no error"
