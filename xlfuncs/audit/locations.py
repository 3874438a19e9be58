"""Places of cells, written as areas."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cells import CellPos, address_of, corners_of

Corners = tuple[int, int, int, int]  # top, left, bottom, right


def areas(places: Iterable[CellPos]) -> list[str]:
    """The fewest stretches of rows and columns, in reading order.

    >>> areas([(7, 6), (8, 6), (9, 6), (7, 8)])
    ['F7:F9', 'H7']
    """
    left = set(places)
    found = []
    for row, column in sorted(left):
        if (row, column) not in left:
            continue
        right, bottom = column, row
        while (row, right + 1) in left:
            right += 1
        while all((bottom + 1, one) in left for one in range(column, right + 1)):
            bottom += 1
        left -= {(r, c) for r in range(row, bottom + 1) for c in range(column, right + 1)}
        first, last = address_of((row, column)), address_of((bottom, right))
        found.append(first if first == last else f"{first}:{last}")
    return found


def cells_in(written: str) -> int:
    """How many cells the areas of a finding have; none where it names no cells.

    >>> cells_in("F7:F9,H7"), cells_in("out_value")
    (4, 0)
    """
    try:
        corners = [corners_of(one) for one in written.split(",")]
    except WorkbookRejected:
        return 0
    return sum((bottom - top + 1) * (right - left + 1) for (top, left), (bottom, right) in corners)


def within(area: str) -> Iterator[CellPos]:
    """The places of an area."""
    (top, left), (bottom, right) = corners_of(area)
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def brief(written: str, most: int = 6) -> str:
    """The areas of a finding, those past the first few only counted.

    >>> brief("A1,B2,C3", 2)
    'A1, B2 and 1 more'
    """
    all_ = written.split(",") if written else []
    more = f" and {len(all_) - most} more" if len(all_) > most else ""
    return ", ".join(all_[:most]) + more
