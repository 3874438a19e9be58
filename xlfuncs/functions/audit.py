"""Audit: definition, version and error explanation of a function."""

from __future__ import annotations

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import CallCells, ExplainRows, FunctionName, Text
from xlfuncs.core.errors import CellError, no_answer
from xlfuncs.core.function import Function, sheet_function
from xlfuncs.core.quantity import omitted
from xlfuncs.core.version import VERSION
from xlfuncs.core.wording import quote_text

CATEGORY = "Audit"


def _function(name: str) -> Function | CellError:
    from xlfuncs.functions import REGISTRY  # these functions are about the others

    if name.strip() not in REGISTRY:
        return no_answer(
            f"function_name {quote_text(name.strip())} is not a function of the library; check the spelling."
        )
    return REGISTRY[name.strip()]


@sheet_function(source=by.DATA_SET, vectorised=False)
def fn_explain(function_name: FunctionName) -> ExplainRows:
    """Arguments, units, defaults, domains, formula and source of a library function.

    Not for: Finding the error in a call. The table describes the function and does not read your cells; use FN_WHY.

    >>> fn_explain("PEAK_FUNDING")
    [['cash_flows', 'USD per period', 'required', 'Cash flow of each period; outflows are negative.'],
    ['result', 'USD', '', 'Peak funding requirement: the largest cumulative cash outflow, as a positive amount.'],
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
            f"{param.meaning} Must be {param.domain}." if param.domain else param.meaning,
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
    """Version of the library and of its data, with a hash of the declaration and code of a single function.

    Not for: Proof that a result is unchanged. The hash excludes helpers that the function calls, such as the shared
    forecast behind the multiples.

    >>> fn_version().startswith("xlfuncs ")
    True
    """
    from xlfuncs.data import tables

    library = f"xlfuncs {VERSION}, data {tables.version()}"
    if function_name is None:
        return library
    function = _function(function_name)
    if isinstance(function, CellError):
        return function
    import hashlib
    import inspect

    content = f"{inspect.signature(function)}{function.formula}{inspect.getsource(function.body)}"
    return f"{function.name} {hashlib.sha256(content.encode()).hexdigest()[:12]}, {library}"


@sheet_function(source=by.DATA_SET, vectorised=False)
def fn_why(function_name: FunctionName, arguments: CallCells) -> Text:
    """Explanation in words of why a call returns an error value, or 'no error'.

    Pass the arguments in one range, in order; leave the cell of an omitted argument blank.

    Not for: Functions that take a range, such as HHI. Each cell counts as one argument, so the explanation reports
    too many arguments instead of the actual error.

    >>> fn_why("LTV_CAC", [[100, 0.6, 0.05, 0]])
    'cac must not be 0: the formula divides by it.'
    """
    function = _function(function_name)
    if isinstance(function, CellError):
        return function
    result = function.on_cells(*arguments)
    return (result.why or result.code) if isinstance(result, CellError) else "no error"
