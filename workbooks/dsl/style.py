"""The house style of every workbook: sheets, formats, headers, print set-up, in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xlfuncs import REGISTRY, __version__
from xlfuncs.catalogue import template_layout
from xlfuncs.core import units
from xlfuncs.engine.function_names import called_functions

INK, MUTED, ACCENT, RULE, BAND = "#1F2937", "#6B7280", "#0F4C81", "#CBD5E1", "#EEF2F7"
INPUT_BLUE, LINK_GREEN = template_layout.INPUT_FONT, template_layout.LINK_FONT
INPUT_FILL = template_layout.INPUT_FILL
GOOD, BAD = "#D1FAE5", "#FEE2E2"
US, CN = "#2563EB", "#DC2626"
HEAT = {"type": "3_color_scale", "min_color": "#FCA5A5", "mid_color": "#FFFFFF", "max_color": "#93C5FD"}
TABS = {
    "cover": "#0F4C81",
    "input": "#F59E0B",
    "calc": "#6B7280",
    "output": "#059669",
    "check": "#DC2626",
    "info": "#94A3B8",
}
_MARKS = {"Value": ">", "Total": ">", "Note": "  "}  # of alignment: see Book.heading
ROLES = tuple(_MARKS.get(heading, "") + heading for heading in template_layout.HEADINGS)
ROLE_WIDTHS = (3, 42, 22, 14, 12, 36, 1.5)


def from_zero(*numbers: int) -> tuple[int, ...]:
    """Rows or columns of the layout, which count from 1, as XlsxWriter counts them."""
    return tuple(number - 1 for number in numbers)


SECTION, LABEL, UNIT, VALUE, TOTAL, NOTE, GAP, SERIES = from_zero(
    template_layout.SECTION,
    template_layout.LABEL,
    template_layout.UNIT,
    template_layout.VALUE,
    template_layout.TOTAL,
    template_layout.NOTE,
    template_layout.GAP,
    template_layout.SERIES,
)
HEAD, FIRST = from_zero(template_layout.HEADING_ROW, template_layout.FIRST_ROW)
FONT = "Calibri"
BUILT = dt.datetime(2026, 11, 24)  # a fixed day, so that the same inputs give the same bytes

_FORMATS = {"date": "yyyy-mm-dd", "month": "yyyy-mm", "number": "#,##0;(#,##0);0"}  # of the templates only


_ALLOWED = {"select_locked_cells": True, "select_unlocked_cells": True, "format_cells": True}


class Book:
    """A workbook in the house style. `write` chooses the kind of cell by what it is given."""

    def __init__(self, path: Path, name: str, title: str) -> None:
        self.title = title
        self.book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        self.book.set_properties(
            {"title": title, "author": "xlfuncs", "created": BUILT, "comments": f"xlfuncs {__version__}"}
        )
        self.book.set_custom_property(template_layout.TEMPLATE_PROPERTY, name)
        self.book.set_custom_property(template_layout.VERSION_PROPERTY, __version__)
        self.book.set_calc_mode("auto", 191029)
        self.book.calc_on_load = False  # else Excel, without the add-in, would replace every value by #NAME?
        self.book.set_size(2400, 1500)
        self.sheets: list[tuple[str, str]] = []
        self.worksheets: dict[str, Worksheet] = {}
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """A cell format, made once."""
        whole = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"} | properties
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    def sheet(
        self, name: str, title: str, about: str, kind: str, widths: Sequence[float], status: int | None = None
    ) -> Worksheet:
        """A sheet with its header: the way back to Contents, a title, what it is for, and the state of the checks."""
        sheet = self.book.add_worksheet(name)
        self.sheets.append((name, about))
        self.worksheets[name] = sheet
        sheet.hide_gridlines(2)
        sheet.set_tab_color(TABS[kind])
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width, self.style())
        sheet.set_row(0, 26)
        last = len(widths) - 1
        band = self.style(bg_color=ACCENT, font_color="#FFFFFF", bold=True, font_size=14)
        for column in range(last + 1):
            sheet.write_blank(0, column, None, band)
        if name == "Contents":
            sheet.write_string(0, 0, "", band)
        else:
            link = self.style(bg_color=ACCENT, font_color="#FFFFFF", underline=1, align="center")
            sheet.write_url(0, 0, "internal:'Contents'!A1", link, string="≡")
        sheet.write_string(0, 1, title, band)
        sheet.write_string(1, 1, about, self.style(font_color=MUTED, italic=True))
        if status is not None:
            done = self.style(bg_color=ACCENT, font_color="#FFFFFF", bold=True, align="right", indent=1)
            sheet.write_formula(0, status, '=IF(chk_master=1,"Checks pass","CHECK FAILS")', done)
        sheet.protect("", {**_ALLOWED, "format_columns": True, "format_rows": True})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_footer("&L&F&C&A&RPage &P of &N")
        return sheet

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, unit: str = "", **properties: Any) -> None:
        """A number, a text or a formula, in the number format of its unit."""
        if unit == "text" and properties.get("align") == "right":  # a text in a column of numbers
            properties["shrink"] = True
        number = {"num_format": _number_format(unit)} if unit or not isinstance(value, str) else {}
        if isinstance(value, str) and value.startswith("="):
            spelled = self.style(**{**number, **properties})
            if any(name in REGISTRY for name in called_functions(value)):
                sheet.write_dynamic_array_formula(row, column, row, column, value, spelled)
            else:
                sheet.write_formula(row, column, value, spelled)
        elif isinstance(value, str):
            sheet.write_string(row, column, value, self.style(**properties))
        elif isinstance(value, dt.date):
            sheet.write_datetime(
                row,
                column,
                dt.datetime(value.year, value.month, value.day),
                self.style(num_format="yyyy-mm-dd", **properties),
            )
        else:
            sheet.write_number(row, column, value, self.style(**{**number, **properties}))

    def spill(self, sheet: Worksheet, area: tuple[int, int, int, int], formula: str, columns: Sequence[str]) -> None:
        """A formula that fills several cells, each column in the format of its unit."""
        top, left, bottom, right = area
        shapes = [self.style(num_format=_number_format(unit)) for unit in columns]
        sheet.write_dynamic_array_formula(top, left, bottom, right, formula, shapes[0])
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    sheet.write_number(row, column, 0, shapes[column - left])

    def input(self, sheet: Worksheet, row: int, column: int, value: float, unit: str = "", **properties: Any) -> None:
        """A number that the analyst may change: blue on a light ground, and not locked."""
        look = {"font_color": INPUT_BLUE, "bg_color": INPUT_FILL, "locked": False}
        self.write(sheet, row, column, value, unit, **look, **properties)

    def note(self, sheet: Worksheet, row: int, text: str) -> None:
        """The remark of a row."""
        if text:
            self.write(sheet, row, NOTE, text, font_color=MUTED, font_size=9, text_wrap=True, indent=1)

    def input_date(self, sheet: Worksheet, row: int, column: int, value: dt.date, plain: bool = False) -> None:
        """A date that the analyst may change."""
        look = {} if plain else {"font_color": INPUT_BLUE, "bg_color": INPUT_FILL}
        shape = self.style(num_format="yyyy-mm-dd", locked=False, align="right", **look)
        sheet.write_datetime(row, column, dt.datetime(value.year, value.month, value.day), shape)

    def name(self, name: str, sheet: str, area: tuple[int, int, int, int]) -> None:
        """A defined name for a range, from 0."""
        first, last = cell(area[0], area[1], True), cell(area[2], area[3], True)
        self.book.define_name(name, f"={sheet}!{first}" + (f":{last}" if last != first else ""))

    def link(self, sheet: Worksheet, row: int, column: int, formula: str, unit: str = "", **properties: Any) -> None:
        """A value taken from another sheet, in green."""
        self.write(sheet, row, column, formula, unit, **{"font_color": LINK_GREEN, "align": "right", **properties})

    def heading(self, sheet: Worksheet, row: int, texts: Sequence[str], column: int = 0) -> None:
        """Column headings; one that starts with > stands over numbers, to the right, one with spaces is set in."""
        for offset, text in enumerate(texts):
            side: dict[str, Any] = (
                {"align": "right"} if text.startswith(">") else {"indent": 1} if text[:1] == " " else {}
            )
            shape = self.style(bold=True, bg_color=BAND, bottom=1, bottom_color=RULE, text_wrap=True, **side)
            words = text.strip("> ")
            if words:
                sheet.write_string(row, column + offset, words, shape)
            else:
                sheet.write_blank(row, column + offset, None, shape)

    def section(self, sheet: Worksheet, row: int, text: str, last: int) -> None:
        """A band with the name of a block."""
        for column in range(1, last + 1):
            sheet.write_blank(row, column, None, self.style(bottom=2, bottom_color=ACCENT))
        sheet.write_string(
            row, 0, text, self.style(bold=True, font_color=ACCENT, font_size=12, bottom=2, bottom_color=ACCENT)
        )

    def close(self) -> None:
        """Write the file."""
        self.book.close()


def _number_format(unit: str) -> str:
    return _FORMATS.get(unit) or units.number_format(unit)


def cell(row: int, column: int, absolute: bool = False) -> str:
    """An address: row and column from 0."""
    return str(xl_rowcol_to_cell(row, column, absolute, absolute))
