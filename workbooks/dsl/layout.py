"""The layout of a model: its rows placed on sheets, with rows of links to what they use of other sheets."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbooks.dsl.declarations import Calc, Row, SpillBlock, TableBlock
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
from xlfuncs.catalogue.template_layout import SCENARIOS

_NAMED = re.compile(r"\{([a-z]\w*?)(?:\.\.(\w+))?(\.total)?([<:$#])?\}")
_LINK = re.compile(r"\{\w+(?:@\d)?\}")
_SIDES = {"us_": "US", "cn_": "China"}
_SERIES_WIDTH = 14
_OPENING_WIDTH = 11


@dataclass(frozen=True)
class CellSlot:
    """The cells of a row: its value, and the columns of its series."""

    sheet: str
    row: int
    label: str
    unit: str
    column: int = VALUE
    series: int = 0
    over_time: bool = False
    rows: int = 1

    @property
    def by_scenario(self) -> bool:
        """Whether its series are the scenarios."""
        return bool(self.series) and not self.over_time

    def address(self, column: int | None = None, fixed: bool = False) -> str:
        """The cell of a column, or of its value."""
        at = self.column if column is None else column
        return f"{'$' if fixed else ''}{xl_col_to_name(at)}{self.row + 1}"

    def outside(self, column: int | None = None) -> str:
        """The same from another sheet."""
        return f"{self.sheet}!{self.address(column)}"


class Layout:
    """The rows placed so far, by key, and the sheets that they are on."""

    def __init__(self, book: Book, periods: int = 0) -> None:
        self.book = book
        self.periods = periods
        self.slots: dict[str, CellSlot] = {}

    def place(self, key: str, slot: CellSlot) -> None:
        """Register the cells of a row under its key."""
        if key in self.slots:
            raise ValueError(f"Two rows have the key {key}.")
        self.slots[key] = slot

    def slot(self, key: str) -> CellSlot:
        """The cells of the row with a key; raises `KeyError`."""
        if key not in self.slots:
            raise KeyError(f"No row has the key {key}.")
        return self.slots[key]

    def corner(self, name: str) -> str:
        """The last cell of a sheet that a line or a block stands in, series included."""
        slots = [slot for slot in self.slots.values() if slot.sheet == name]
        bottom = max(slot.row + slot.rows - 1 for slot in slots)
        right = max(max(slot.column, SERIES + slot.series - 1 if slot.series else 0) for slot in slots)
        return cell(bottom, right, True)

    def add_sheet(self, name: str, title: str, about: str, kind: str, over_time: bool, columns: int = 6) -> Worksheet:
        """A sheet with the columns that all sheets of inputs and calculation share, and `columns` or more of series."""
        series = self.periods if over_time else len(SCENARIOS)
        gap = _OPENING_WIDTH if self.periods else ROLE_WIDTHS[GAP]  # what stands before the first period is there
        widths = (*ROLE_WIDTHS[:GAP], gap, *[_SERIES_WIDTH] * max(series, columns))
        sheet = self.book.sheet(name, title, about, kind, widths, NOTE)
        sheet.freeze_panes(FIRST, SERIES)
        self.book.heading(sheet, HEAD, ROLES)
        return sheet

    def write_calculation(self, calc: Calc) -> None:
        """Write a calculation sheet."""
        blocks = [block for _, group in calc.sections for block in group if not isinstance(block, Row)]
        widest = max((len(block.units) for block in blocks), default=0)
        sheet = self.add_sheet(calc.name, calc.title, calc.about, "calc", calc.over_time, max(widest, 6))
        if calc.over_time:
            shape = {"bold": True, "bg_color": "#EEF2F7", "align": "right", "bottom": 1, "bottom_color": "#CBD5E1"}
            for column in range(SERIES, SERIES + self.periods):
                end = self.slot("period_end").outside(column)
                self.book.write(sheet, HEAD, column, f"={end}", "month", **shape)
        elif not calc.table:
            self.book.heading(sheet, HEAD, [f">{name}" for name in SCENARIOS], SERIES)
        _Page(self, calc, sheet).write()


class _Page:
    """One sheet of calculation while it is written."""

    def __init__(self, layout: Layout, calc: Calc, sheet: Worksheet) -> None:
        self.layout, self.book, self.calc, self.sheet = layout, layout.book, calc, sheet
        self.width = layout.periods if calc.over_time else len(SCENARIOS)
        self.local: dict[str, CellSlot] = {}
        self.row = FIRST

    def write(self) -> None:
        for title, blocks in self.calc.sections:
            self.book.section(self.sheet, self.row, title, SERIES + self.width - 1)
            self.row += 1
            own = {key for block in blocks for key in _keys(block)}
            named = dict.fromkeys(name for block in blocks for name in _names(block))
            for key in sorted(named, key=lambda name: ".." not in name):  # columns of lines first, to stay together
                for name in self._between(*key.split("..")) if ".." in key else [key]:
                    if not {name, name.removesuffix(".total")} & (own | self.local.keys()):
                        self._link_row(name)
            for block in blocks:
                if isinstance(block, Row):
                    self._write_row(block)
                elif isinstance(block, SpillBlock):
                    self._write_spill_block(block)
                else:
                    self._write_table_block(block)
            self.row += 1

    def _slot_elsewhere(self, key: str) -> CellSlot:
        """The cells of a row on another sheet, by its key with or without the prefix of this sheet."""
        prefixed = f"{self.calc.prefix}{key}"
        return self.layout.slot(prefixed if prefixed in self.layout.slots else key)

    def _between(self, first: str, last: str) -> list[str]:
        """The keys of the rows from one to another where these are on another sheet; none where they are on this one."""
        if first in self.local or not {first, f"{self.calc.prefix}{first}"} & self.layout.slots.keys():
            return []
        return self._column(first, last)

    def _column(self, first: str, last: str) -> list[str]:
        """The keys of the rows from one to another on their sheet."""
        top, bottom = self._slot_elsewhere(first), self._slot_elsewhere(last)
        keys = [
            key
            for key, slot in self.layout.slots.items()
            if slot.sheet == top.sheet and top.row <= slot.row <= bottom.row
        ]
        return [key.removeprefix(self.calc.prefix) for key in keys]

    def _link_row(self, key: str) -> None:
        """Write a row of links to a row of another sheet."""
        name = key.removesuffix(".total")
        source = self._slot_elsewhere(name)
        total = key.endswith(".total")
        label = f"{source.label}, total" if total else source.label
        side = "" if self.calc.prefix else _SIDES.get(name[:3], "")
        label += f", {side}" if side and side not in label else ""
        column = TOTAL if total else source.column
        slot = CellSlot(self.calc.name, self.row, label, source.unit)
        if source.series and not total and not self.calc.table and source.over_time == self.calc.over_time:
            slot = CellSlot(self.calc.name, self.row, label, source.unit, VALUE, self.width, source.over_time)
            for at in range(SERIES, SERIES + self.width):
                self.book.link(self.sheet, self.row, at, f"={source.outside(at)}", source.unit)
            if not source.over_time:
                self._write_value_in_use(slot)
        elif source.over_time and not total:
            raise ValueError(f"{key} is a series over time; {self.calc.name} can take its total only.")
        else:
            self.book.link(self.sheet, self.row, VALUE, f"={source.outside(column)}", source.unit)
        self._labels(label, source.unit, "", bold=False)
        self.local[key] = slot
        self.row += 1

    def _write_value_in_use(self, slot: CellSlot, **look: object) -> None:
        """Write the value of the scenario in use."""
        first, last = slot.address(SERIES), slot.address(SERIES + self.width - 1)
        self.book.write(
            self.sheet, self.row, VALUE, f"=INDEX({first}:{last},sc_case)", slot.unit, align="right", **look
        )

    def _labels(self, label: str, unit: str, note: str, bold: bool = True) -> None:
        self.book.write(self.sheet, self.row, LABEL, label, bold=bold)
        self.book.write(self.sheet, self.row, UNIT, unit, font_color=MUTED)
        self.book.note(self.sheet, self.row, note)

    def _write_row(self, line: Row) -> None:
        series = 0 if line.constant or self.calc.table else self.width
        slot = CellSlot(
            self.calc.name, self.row, line.label, line.unit, VALUE, series, self.calc.over_time and bool(series)
        )
        self._labels(line.label, line.unit, line.note)
        self._register(line.key, slot)
        if not series:
            formula = self._fill_in(line.formula, VALUE)
            self.book.write(self.sheet, self.row, VALUE, formula, line.unit, align="right", bold=True)
        else:
            for column in range(SERIES, SERIES + self.width):
                self.book.write(
                    self.sheet, self.row, column, self._fill_in(line.formula, column), line.unit, align="right"
                )
            if not self.calc.over_time:
                self._write_value_in_use(slot, bold=True)
        if line.opening:
            opening = self._fill_in(line.opening, SERIES - 1)
            self.book.write(self.sheet, self.row, SERIES - 1, opening, line.unit, align="right")
        if line.total:
            total = f"=SUM({{{line.key}:}})" if line.total == "sum" else line.total
            self.book.write(
                self.sheet, self.row, TOTAL, self._fill_in(total, TOTAL), line.unit, bold=True, align="right"
            )
        self.row += 1

    def _write_spill_block(self, block: SpillBlock) -> None:
        self.book.heading(self.sheet, self.row, [f">{text}" for text in block.headings], SERIES)
        self.row += 1
        self._labels(block.labels[0] if block.labels else block.label, block.unit, block.note)
        for offset, label in enumerate(block.labels[1:], 1):
            self.book.write(self.sheet, self.row + offset, LABEL, label)
        last = SERIES + len(block.units) - 1
        area = (self.row, SERIES, self.row + block.rows - 1, last)
        self.book.spill(self.sheet, area, self._fill_in(block.formula, VALUE), block.units)
        self._register_block(block, block.rows)

    def _write_table_block(self, block: TableBlock) -> None:
        heads = [text if text.startswith(" ") else f">{text}" for text in block.headings]
        self.book.heading(self.sheet, self.row, heads, SERIES)
        self.row += 1
        top = self.row
        self._register_block(block, len(block.rows))  # first, so that a column may name another
        self.row = top
        for offset, values in enumerate(block.rows):
            label = block.labels[offset] if block.labels else block.label
            self._labels(label, block.unit, "", bold=False)
            cells = zip(values, block.units, block.headings, strict=True)
            for column, (value, unit, heading) in enumerate(cells, SERIES):
                look = {"indent": 1} if heading.startswith(" ") else {"align": "right"}
                self._write_table_cell(value, unit, column, top, look)
            self.row += 1
        if block.heat:
            area = (top + 1, SERIES + 1, self.row - 1, SERIES + len(block.units) - 1)
            self.sheet.conditional_format(*area, HEAT)

    def _write_table_cell(self, value: str | float, unit: str, column: int, top: int, look: dict[str, Any]) -> None:
        if isinstance(value, str) and _LINK.fullmatch(value):
            key, _, case = value[1:-1].partition("@")
            source = self._slot_elsewhere(key)
            place = source.outside(SERIES + int(case) - 1 if case else None)
            self.book.link(self.sheet, self.row, column, f"={place}", source.unit)
        elif isinstance(value, str) and value.startswith("="):
            text = value.replace("{r}", str(self.row + 1)).replace("{top}", str(top + 1))
            self.book.write(self.sheet, self.row, column, self._fill_in(text, column), unit, **look)
        else:
            self.book.write(self.sheet, self.row, column, value, **look)

    def _register_block(self, block: SpillBlock | TableBlock, rows: int) -> None:
        """Register the columns and the named cells of a block."""
        for number, unit in enumerate(block.units, 1):
            slot = CellSlot(self.calc.name, self.row, block.label, unit, SERIES + number - 1, rows=rows)
            self._register(f"{block.key}_{number}", slot)
        whole = CellSlot(self.calc.name, self.row, block.label, block.unit, SERIES, len(block.units), rows=rows)
        self._register(block.key, whole)
        for key, (row, column) in block.cells.items():
            slot = CellSlot(self.calc.name, self.row + row, block.label, block.units[column], SERIES + column)
            self._register(key, slot)
        self.row += rows

    def _register(self, key: str, slot: CellSlot) -> None:
        self.local[key] = slot
        self.layout.place(f"{self.calc.prefix}{key}", slot)

    def _fill_in(self, formula: str, column: int) -> str:
        """A formula with each `{key}` replaced by its cell."""
        return _NAMED.sub(lambda found: self._reference(found, column), formula)

    def _reference(self, match: re.Match[str], column: int) -> str:
        key, last, total, mark = match[1], match[2], match[3], match[4]
        linked = f"{key}{total or ''}"
        if linked not in self.local and key not in self.local:
            raise ValueError(f"{self.calc.name}: {key} is used before it is declared.")
        slot = self.local.get(linked) or self.local[key]
        if last:
            below = self.local[last]
            elsewhere = self._slot_elsewhere(key).sheet != self.calc.name
            if elsewhere and below.row - slot.row + 1 != len(self._column(key, last)):
                raise ValueError(
                    f"{self.calc.name}: {key} was linked apart from {last}; name the column of rows first."
                )
            if mark == "#":
                return f"{cell(slot.row, LABEL, True)}:{cell(below.row, LABEL, True)}"
            own = bool(slot.series) and column >= SERIES
            ends = ((end.row, column if own else end.column) for end in (slot, below))
            return ":".join(cell(*end, mark == "$") for end in ends)
        if total and linked not in self.local:
            return f"${xl_col_to_name(TOTAL)}{slot.row + 1}"
        if mark == ":":
            return _area(slot)
        if mark == "<":
            return slot.address(column - 1)
        if mark != "$" and slot.series and column >= SERIES - 1:
            return slot.address(max(column, SERIES))
        return slot.address(fixed=True) if slot.rows == 1 else cell(slot.row, slot.column, True)


def _keys(block: Row | SpillBlock | TableBlock) -> Iterable[str]:
    """The keys under which a block is known: its own, and those of its columns and single cells."""
    yield block.key
    if not isinstance(block, Row):
        yield from block.cells
        yield from (f"{block.key}_{number}" for number, _ in enumerate(block.units, 1))


def _area(slot: CellSlot) -> str:
    """The whole series of a line, or the whole block."""
    first = slot.column if slot.column >= SERIES else SERIES
    last = first + max(slot.series, 1) - 1
    return f"{cell(slot.row, first, True)}:{cell(slot.row + slot.rows - 1, last, True)}"


def _names(block: Row | SpillBlock | TableBlock) -> Iterable[str]:
    """The keys that a block names, totals as `key.total`."""
    if isinstance(block, TableBlock):
        texts: Sequence[str] = [
            value for row in block.rows for value in row if isinstance(value, str) and not _LINK.fullmatch(value)
        ]
    elif isinstance(block, SpillBlock):
        texts = [block.formula]
    else:
        texts = [block.formula, block.opening, block.total]
    for text in texts:
        for match in _NAMED.finditer(text):
            if match[1] not in ("r", "top"):
                yield f"{match[1]}..{match[2]}" if match[2] else match[1] + (match[3] or "")
