"""Cells and areas of a sheet: as positions, and as addresses in a finding."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cells import CellPos, address_of, corners_of

Corners = tuple[int, int, int, int]  # top, left, bottom, right


def parse_area(address: str) -> Corners:
    """The corners of an address or range, with or without dollar signs."""
    (top, left), (bottom, right) = corners_of(address.replace("$", ""))
    return top, left, bottom, right


def iter_cells(area: Corners) -> Iterator[CellPos]:
    """The cells of an area, row by row."""
    top, left, bottom, right = area
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


def consecutive_cells(cells: Iterable[CellPos], down: bool) -> Iterator[list[CellPos]]:
    """Runs of cells without a gap, down a column or along a row.

    >>> list(consecutive_cells([(1, 1), (1, 2), (1, 4)], down=False))
    [[(1, 1), (1, 2)], [(1, 4)]]
    """
    run: list[CellPos] = []
    step = (1, 0) if down else (0, 1)
    for cell in sorted(cells, key=lambda cell: (cell[1], cell[0]) if down else cell):
        if run and cell != (run[-1][0] + step[0], run[-1][1] + step[1]):
            yield run
            run = []
        run.append(cell)
    if run:
        yield run


def format_areas(cells: Iterable[CellPos]) -> list[str]:
    """Cells as the addresses of as few areas as possible, in reading order.

    >>> format_areas([(7, 6), (8, 6), (9, 6), (7, 8)])
    ['F7:F9', 'H7']
    """
    remaining = set(cells)
    areas = []
    for row, column in sorted(remaining):
        if (row, column) not in remaining:
            continue
        right, bottom = column, row
        while (row, right + 1) in remaining:
            right += 1
        while all((bottom + 1, c) in remaining for c in range(column, right + 1)):
            bottom += 1
        remaining.difference_update(iter_cells((row, column, bottom, right)))
        first, last = address_of((row, column)), address_of((bottom, right))
        areas.append(first if first == last else f"{first}:{last}")
    return areas


def count_cells(addresses: str) -> int:
    """The number of cells in the areas of a finding; 0 where it names no cells.

    >>> count_cells("F7:F9,H7"), count_cells("out_value")
    (4, 0)
    """
    try:
        areas = [parse_area(address) for address in addresses.split(",")]
    except WorkbookRejected:
        return 0
    return sum((bottom - top + 1) * (right - left + 1) for top, left, bottom, right in areas)


def abbreviate(addresses: str, limit: int = 6) -> str:
    """The areas of a finding, with those after the first few only counted.

    >>> abbreviate("A1,B2,C3", 2)
    'A1, B2 and 1 more'
    """
    areas = addresses.split(",") if addresses else []
    rest = f" and {len(areas) - limit} more" if len(areas) > limit else ""
    return ", ".join(areas[:limit]) + rest
