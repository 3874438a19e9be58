"""xlfuncs: worksheet functions and workbooks to value AI companies and compare the US and China."""

from __future__ import annotations

from difflib import get_close_matches
from typing import Any

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
