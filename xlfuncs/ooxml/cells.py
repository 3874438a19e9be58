"""Cells of a sheet part, and their addresses."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW, column_letters, column_number

CellPos = tuple[int, int]  # row and column, from 1


class CellXml(NamedTuple):
    """A cell of a sheet: its place, where its bytes start and end, its formula and the value stored with it."""

    place: CellPos
    start: int
    end: int = 0
    kind: str = "n"
    dynamic: bool = False
    formula: str | None = None
    formula_type: str = ""
    ref: str = ""
    shared: str | None = None  # which formula it shares
    table: Mapping[str, str] = MappingProxyType({})  # of a what-if table: where its inputs are
    style: str = "0"
    value: str | None = None


@dataclass
class SheetXml:
    """A sheet part: its cells by their places, and those with a formula in their order."""

    part: str
    name: str
    data: bytes
    cells: dict[CellPos, CellXml] = field(default_factory=dict)
    formulas: list[CellXml] = field(default_factory=list)
    rows: dict[int, tuple[int, int]] = field(default_factory=dict)  # where the tag of each starts and ends
    rows_end: int = 0  # where the tag that closes all rows starts


def place_of(address: str) -> CellPos:
    """Row and column of an address.

    >>> place_of("AB12")
    (12, 28)
    """
    letters = address.rstrip("0123456789")
    digits, letters = address[len(letters) :], letters.replace("$", "")
    if letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3 and digits:
        place = int(digits), column_number(letters)
        if 1 <= place[0] <= LAST_ROW and place[1] <= LAST_COLUMN:
            return place
    raise WorkbookRejected(f"The workbook holds a cell with the address {address!r}, which does not exist.")


def address_of(place: CellPos) -> str:
    """The address of a row and a column.

    >>> address_of((12, 28))
    'AB12'
    """
    return f"{column_letters(place[1])}{place[0]}"


@lru_cache(16_384)  # ranges
def corners_of(ref: str) -> tuple[CellPos, CellPos]:
    """The corners of a range.

    >>> corners_of("A1:B3"), corners_of("C2")
    (((1, 1), (3, 2)), ((2, 3), (2, 3)))
    """
    first, _, last = ref.partition(":")
    return place_of(first), place_of(last or first)
