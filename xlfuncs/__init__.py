"""xlfuncs: worksheet functions and workbooks to value AI companies and compare the US and China."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from xlfuncs.core.errors import NAME, CellError
from xlfuncs.core.version import VERSION
from xlfuncs.functions import REGISTRY

__all__ = ["REGISTRY", "CellError", "__version__", "evaluate"]
__version__ = VERSION


def evaluate(name: str, *cells: Any) -> Any:
    """The value of a worksheet function for cells, as a worksheet would give it; never raises for bad cells.

    >>> evaluate("LTV_CAC", 100, 0.8, 0.05, None).code
    '#VALUE!'
    """
    if name not in REGISTRY:
        near = get_close_matches(name.upper(), REGISTRY.names, 1)
        hint = f"; did you mean {near[0]}?" if near else "."
        return CellError(NAME, f"There is no function {name}{hint}")
    return REGISTRY[name].on_cells(*cells)


# What xlfuncs does with workbooks is in xlfuncs.api, which is imported when it is first asked for.

if TYPE_CHECKING:
    from xlfuncs.api import InvalidOption as InvalidOption
    from xlfuncs.api import MissingDependency as MissingDependency
    from xlfuncs.api import OutputRejected as OutputRejected
    from xlfuncs.api import WorkbookRejected as WorkbookRejected
    from xlfuncs.api import XlfuncsError as XlfuncsError
    from xlfuncs.api import check as check
    from xlfuncs.api import new_workbook as new_workbook
    from xlfuncs.api import recalc as recalc
    from xlfuncs.api import refresh as refresh
    from xlfuncs.api import refresh_many as refresh_many
    from xlfuncs.api import render as render
    from xlfuncs.api import report as report
    from xlfuncs.api import simulate as simulate
else:
    _SERVICES = frozenset({
        "InvalidOption", "MissingDependency", "OutputRejected", "WorkbookRejected", "XlfuncsError",
        "check", "new_workbook", "recalc", "refresh", "refresh_many", "render", "report", "simulate",
    })  # fmt: skip

    def __getattr__(name):
        """A function or an exception of `xlfuncs.api`."""
        if name not in _SERVICES:
            raise AttributeError(f"module 'xlfuncs' has no attribute {name!r}")
        from xlfuncs import api

        return getattr(api, name)

    def __dir__():
        return sorted({*globals(), *_SERVICES})
