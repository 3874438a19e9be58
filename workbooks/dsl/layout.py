"""Lays the lines of a model out on sheets, and brings in by links what they name of other sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbooks.dsl.declarations import SCENARIOS, Calc, Grid, Line, Listing
from workbooks.dsl.style import (
    FIRST,
    GAP,
    HEAD,
    HEAT,
    LABEL,
    MUTED,
    NOTE,
    ROLE_WIDTHS,
    ROLES,
    SERIES,
    TOTAL,
    UNIT,
    VALUE,
    Book,
    cell,
)

_NAMED = re.compile(r"\{([a-z]\w*?)(?:\.\.(\w+))?(\.total)?([<:$#])?\}")
_LINK = re.compile(r"\{\w+(?:@\d)?\}")
_SIDES = {"us_": "US", "cn_": "China"}
_SERIES_WIDTH = 14
_OPENING_WIDTH = 11


@dataclass(frozen=True)
class Spot:
    """Where a line stands: its value, and the columns of its series."""

    sheet: str
    row: int
    label: str
    unit: str
    column: int = VALUE
    series: int = 0
    timed: bool = False
    rows: int = 1

    @property
    def cases(self) -> bool:
        """Whether its series are the scenarios."""
        return bool(self.series) and not self.timed

    def address(self, column: int | None = None, fixed: bool = False) -> str:
        """The cell of a column, or of its value."""
        at = self.column if column is None else column
        return f"{'$' if fixed else ''}{xl_col_to_name(at)}{self.row + 1}"

    def outside(self, column: int | None = None) -> str:
        """The same from another sheet."""
        return f"{self.sheet}!{self.address(column)}"


class Layout:
    """All lines placed so far, and the sheets they are on."""

    def __init__(self, book: Book, periods: int = 0) -> None:
        self.book = book
        self.periods = periods
        self.spots: dict[str, Spot] = {}

    def place(self, key: str, spot: Spot) -> None:
        """Note where a line stands."""
        if key in self.spots:
            raise ValueError(f"Two lines have the key {key}.")
        self.spots[key] = spot

    def spot(self, key: str) -> Spot:
        """Where a line stands."""
        if key not in self.spots:
            raise KeyError(f"No line has the key {key}.")
        return self.spots[key]

    def corner(self, name: str) -> str:
        """The last cell of a sheet that a line or a block stands in, series included."""
        spots = [spot for spot in self.spots.values() if spot.sheet == name]
        bottom = max(spot.row + spot.rows - 1 for spot in spots)
        right = max(max(spot.column, SERIES + spot.series - 1 if spot.series else 0) for spot in spots)
        return cell(bottom, right, True)

    def sheet(self, name: str, title: str, about: str, kind: str, timed: bool, columns: int = 6) -> Worksheet:
        """A sheet with the columns that all sheets of inputs and calculation share, and `columns` or more of series."""
        series = self.periods if timed else len(SCENARIOS)
        gap = _OPENING_WIDTH if self.periods else ROLE_WIDTHS[GAP]  # what stands before the first period is there
        widths = (*ROLE_WIDTHS[:GAP], gap, *[_SERIES_WIDTH] * max(series, columns))
        sheet = self.book.sheet(name, title, about, kind, widths, NOTE)
        sheet.freeze_panes(FIRST, SERIES)
        self.book.heading(sheet, HEAD, ROLES)
        return sheet

    def calc(self, calc: Calc) -> None:
        """A sheet of calculation."""
        blocks = [block for _, group in calc.sections for block in group if not isinstance(block, Line)]
        widest = max((len(block.units) for block in blocks), default=0)
        sheet = self.sheet(calc.name, calc.title, calc.about, "calc", calc.timed, max(widest, 6))
        if calc.timed:
            shape = {"bold": True, "bg_color": "#EEF2F7", "align": "right", "bottom": 1, "bottom_color": "#CBD5E1"}
            for column in range(SERIES, SERIES + self.periods):
                end = self.spot("period_end").outside(column)
                self.book.write(sheet, HEAD, column, f"={end}", "month", **shape)
        elif not calc.table:
            self.book.heading(sheet, HEAD, [f">{name}" for name in SCENARIOS], SERIES)
        _Page(self, calc, sheet).write()


class _Page:
    """One sheet of calculation while it is written."""

    def __init__(self, layout: Layout, calc: Calc, sheet: Worksheet) -> None:
        self.layout, self.book, self.calc, self.sheet = layout, layout.book, calc, sheet
        self.width = layout.periods if calc.timed else len(SCENARIOS)
        self.local: dict[str, Spot] = {}
        self.row = FIRST

    def write(self) -> None:
        for title, blocks in self.calc.sections:
            self.book.section(self.sheet, self.row, title, SERIES + self.width - 1)
            self.row += 1
            own = {key for block in blocks for key in _keys(block)}
            named = dict.fromkeys(name for block in blocks for name in _names(block))
            for key in sorted(named, key=lambda one: ".." not in one):  # columns of lines first, to stay together
                for one in self._between(*key.split("..")) if ".." in key else [key]:
                    if not {one, one.removesuffix(".total")} & (own | self.local.keys()):
                        self._bring(one)
            for block in blocks:
                if isinstance(block, Line):
                    self._line(block)
                elif isinstance(block, Grid):
                    self._grid(block)
                else:
                    self._listing(block)
            self.row += 1

    def _foreign(self, key: str) -> Spot:
        """A line of another sheet, by its key or by its key on the sheets with our prefix."""
        prefixed = f"{self.calc.prefix}{key}"
        return self.layout.spot(prefixed if prefixed in self.layout.spots else key)

    def _between(self, first: str, last: str) -> list[str]:
        """The lines from one to another, on this sheet none, on another sheet all of them."""
        if first in self.local or not {first, f"{self.calc.prefix}{first}"} & self.layout.spots.keys():
            return []
        return self._column(first, last)

    def _column(self, first: str, last: str) -> list[str]:
        """The lines from one to another on their sheet."""
        top, bottom = self._foreign(first), self._foreign(last)
        found = [
            key
            for key, spot in self.layout.spots.items()
            if spot.sheet == top.sheet and top.row <= spot.row <= bottom.row
        ]
        return [key.removeprefix(self.calc.prefix) for key in found]

    def _bring(self, key: str) -> None:
        """A row of links to a line of another sheet."""
        name = key.removesuffix(".total")
        source = self._foreign(name)
        total = key.endswith(".total")
        label = f"{source.label}, total" if total else source.label
        side = "" if self.calc.prefix else _SIDES.get(name[:3], "")
        label += f", {side}" if side and side not in label else ""
        column = TOTAL if total else source.column
        spot = Spot(self.calc.name, self.row, label, source.unit)
        if source.series and not total and not self.calc.table and source.timed == self.calc.timed:
            spot = Spot(self.calc.name, self.row, label, source.unit, VALUE, self.width, source.timed)
            for at in range(SERIES, SERIES + self.width):
                self.book.link(self.sheet, self.row, at, f"={source.outside(at)}", source.unit)
            if not source.timed:
                self._chosen(spot)
        elif source.timed and not total:
            raise ValueError(f"{key} is a series over time; {self.calc.name} can take its total only.")
        else:
            self.book.link(self.sheet, self.row, VALUE, f"={source.outside(column)}", source.unit)
        self._labels(label, source.unit, "", bold=False)
        self.local[key] = spot
        self.row += 1

    def _chosen(self, spot: Spot, **look: object) -> None:
        """The value of the scenario in use."""
        first, last = spot.address(SERIES), spot.address(SERIES + self.width - 1)
        self.book.write(
            self.sheet, self.row, VALUE, f"=INDEX({first}:{last},sc_case)", spot.unit, align="right", **look
        )

    def _labels(self, label: str, unit: str, note: str, bold: bool = True) -> None:
        self.book.write(self.sheet, self.row, LABEL, label, bold=bold)
        self.book.write(self.sheet, self.row, UNIT, unit, font_color=MUTED)
        self.book.note(self.sheet, self.row, note)

    def _line(self, line: Line) -> None:
        series = 0 if line.constant or self.calc.table else self.width
        spot = Spot(self.calc.name, self.row, line.label, line.unit, VALUE, series, self.calc.timed and bool(series))
        self._labels(line.label, line.unit, line.note)
        self._known(line.key, spot)
        if not series:
            formula = self._filled(line.formula, VALUE)
            self.book.write(self.sheet, self.row, VALUE, formula, line.unit, align="right", bold=True)
        else:
            for column in range(SERIES, SERIES + self.width):
                self.book.write(
                    self.sheet, self.row, column, self._filled(line.formula, column), line.unit, align="right"
                )
            if not self.calc.timed:
                self._chosen(spot, bold=True)
        if line.opening:
            opening = self._filled(line.opening, SERIES - 1)
            self.book.write(self.sheet, self.row, SERIES - 1, opening, line.unit, align="right")
        if line.total:
            total = f"=SUM({{{line.key}:}})" if line.total == "sum" else line.total
            self.book.write(
                self.sheet, self.row, TOTAL, self._filled(total, TOTAL), line.unit, bold=True, align="right"
            )
        self.row += 1

    def _grid(self, grid: Grid) -> None:
        self.book.heading(self.sheet, self.row, [f">{text}" for text in grid.headings], SERIES)
        self.row += 1
        self._labels(grid.labels[0] if grid.labels else grid.label, grid.unit, grid.note)
        for offset, label in enumerate(grid.labels[1:], 1):
            self.book.write(self.sheet, self.row + offset, LABEL, label)
        last = SERIES + len(grid.units) - 1
        area = (self.row, SERIES, self.row + grid.rows - 1, last)
        self.book.spill(self.sheet, area, self._filled(grid.formula, VALUE), grid.units)
        self._block(grid, grid.rows)

    def _listing(self, listing: Listing) -> None:
        heads = [text if text.startswith(" ") else f">{text}" for text in listing.headings]
        self.book.heading(self.sheet, self.row, heads, SERIES)
        self.row += 1
        top = self.row
        self._block(listing, len(listing.rows))  # first, so that a column may name another
        self.row = top
        for offset, values in enumerate(listing.rows):
            label = listing.labels[offset] if listing.labels else listing.label
            self._labels(label, listing.unit, "", bold=False)
            cells = zip(values, listing.units, listing.headings, strict=True)
            for column, (value, unit, heading) in enumerate(cells, SERIES):
                look = {"indent": 1} if heading.startswith(" ") else {"align": "right"}
                self._listed(value, unit, column, top, look)
            self.row += 1
        if listing.heat:
            area = (top + 1, SERIES + 1, self.row - 1, SERIES + len(listing.units) - 1)
            self.sheet.conditional_format(*area, HEAT)

    def _listed(self, value: str | float, unit: str, column: int, top: int, look: dict[str, Any]) -> None:
        if isinstance(value, str) and _LINK.fullmatch(value):
            key, _, case = value[1:-1].partition("@")
            source = self._foreign(key)
            place = source.outside(SERIES + int(case) - 1 if case else None)
            self.book.link(self.sheet, self.row, column, f"={place}", source.unit)
        elif isinstance(value, str) and value.startswith("="):
            text = value.replace("{r}", str(self.row + 1)).replace("{top}", str(top + 1))
            self.book.write(self.sheet, self.row, column, self._filled(text, column), unit, **look)
        else:
            self.book.write(self.sheet, self.row, column, value, **look)

    def _block(self, block: Grid | Listing, rows: int) -> None:
        """Note where the columns and the named cells of a block are."""
        for number, unit in enumerate(block.units, 1):
            spot = Spot(self.calc.name, self.row, block.label, unit, SERIES + number - 1, rows=rows)
            self._known(f"{block.key}_{number}", spot)
        whole = Spot(self.calc.name, self.row, block.label, block.unit, SERIES, len(block.units), rows=rows)
        self._known(block.key, whole)
        for key, (row, column) in block.cells.items():
            spot = Spot(self.calc.name, self.row + row, block.label, block.units[column], SERIES + column)
            self._known(key, spot)
        self.row += rows

    def _known(self, key: str, spot: Spot) -> None:
        self.local[key] = spot
        self.layout.place(f"{self.calc.prefix}{key}", spot)

    def _filled(self, formula: str, column: int) -> str:
        """A formula with each `{key}` replaced by its cell."""
        return _NAMED.sub(lambda found: self._reference(found, column), formula)

    def _reference(self, found: re.Match[str], column: int) -> str:
        key, last, total, mark = found[1], found[2], found[3], found[4]
        brought = f"{key}{total or ''}"
        if brought not in self.local and key not in self.local:
            raise ValueError(f"{self.calc.name}: {key} is named before it is calculated.")
        spot = self.local.get(brought) or self.local[key]
        if last:
            below = self.local[last]
            elsewhere = self._foreign(key).sheet != self.calc.name
            if elsewhere and below.row - spot.row + 1 != len(self._column(key, last)):
                raise ValueError(f"{self.calc.name}: {key} was brought in apart from {last}; name the column first.")
            if mark == "#":
                return f"{cell(spot.row, LABEL, True)}:{cell(below.row, LABEL, True)}"
            own = bool(spot.series) and column >= SERIES
            ends = ((one.row, column if own else one.column) for one in (spot, below))
            return ":".join(cell(*end, mark == "$") for end in ends)
        if total and brought not in self.local:
            return f"${xl_col_to_name(TOTAL)}{spot.row + 1}"
        if mark == ":":
            return _area(spot)
        if mark == "<":
            return spot.address(column - 1)
        if mark != "$" and spot.series and column >= SERIES - 1:
            return spot.address(max(column, SERIES))
        return spot.address(fixed=True) if spot.rows == 1 else cell(spot.row, spot.column, True)


def _keys(block: Line | Grid | Listing) -> Iterable[str]:
    """The keys under which a block is known: its own, and those of its columns and single cells."""
    yield block.key
    if not isinstance(block, Line):
        yield from block.cells
        yield from (f"{block.key}_{number}" for number, _ in enumerate(block.units, 1))


def _area(spot: Spot) -> str:
    """The whole series of a line, or the whole block."""
    first = spot.column if spot.column >= SERIES else SERIES
    last = first + max(spot.series, 1) - 1
    return f"{cell(spot.row, first, True)}:{cell(spot.row + spot.rows - 1, last, True)}"


def _names(block: Line | Grid | Listing) -> Iterable[str]:
    """The keys that a block names, totals as `key.total`."""
    if isinstance(block, Listing):
        texts: Sequence[str] = [
            value for row in block.rows for value in row if isinstance(value, str) and not _LINK.fullmatch(value)
        ]
    elif isinstance(block, Grid):
        texts = [block.formula]
    else:
        texts = [block.formula, block.opening, block.total]
    for text in texts:
        for found in _NAMED.finditer(text):
            if found[1] not in ("r", "top"):
                yield f"{found[1]}..{found[2]}" if found[2] else found[1] + (found[3] or "")
