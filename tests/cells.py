"""Worksheet calls whose answer a test knows: `evaluate` without the union of all that a cell may hold."""

from __future__ import annotations

from typing import Any

import xlfuncs


def evaluate(name: str, *cells: object) -> Any:
    """The value of a worksheet function for cells."""
    return xlfuncs.evaluate(name, *cells)
