"""A range of cells with what is in it, whatever program or file it is from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from xlfuncs.core.dates import EXCEL_EPOCH


@dataclass(frozen=True)
class CellBlock:
    """The cells of a range: its sheet, the place of its first cell, from 1, and the values by row."""

    sheet: str
    row: int
    column: int
    rows: Sequence[Sequence[Any]]
    epoch: dt.date = EXCEL_EPOCH  # of the numbers that stand for dates
