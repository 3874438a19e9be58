"""The house style of every workbook: sheets, formats, headers, print set-up, in one place."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from xlfuncs import REGISTRY, __version__
from xlfuncs.core import units
from xlfuncs.hosts.headless.formulas import called

INK, MUTED, ACCENT, RULE, BAND = "#1F2937", "#6B7280", "#0F4C81", "#CBD5E1", "#EEF2F7"
INPUT_BLUE, LINK_GREEN = "#0000FF", "#00703C"
INPUT_FILL = "#FFFBE6"
GOOD, BAD = "#D1FAE5", "#FEE2E2"
US, CN = "#2563EB", "#DC2626"
TABS = {
    "cover": "#0F4C81",
    "input": "#F59E0B",
    "calc": "#6B7280",
    "output": "#059669",
    "check": "#DC2626",
    "info": "#94A3B8",
}
FONT = "Calibri"
BUILT = dt.datetime(2026, 11, 24)  # a fixed day, so that the same inputs give the same bytes

_FORMATS = {unit.name: unit.number_format for unit in vars(units).values() if isinstance(unit, units.Unit)}
_FORMATS |= {
    "per month": "0.0%;(0.0%);0.0%",
    "per year": "0.0%;(0.0%);0.0%",
    "count": "#,##0;(#,##0);0",
    "ratio": "0.00;(0.00);0.00",
    "x": "0.0x;(0.0x);0.0x",
    "USD/kWh": "0.0000",
    "USD/Mtok": "0.0000",
    "USD/user-month": "0.0000;(0.0000);0.0000",
    "USD/month": "#,##0.00;(#,##0.00);0.00",
    "USD/FTE-yr": "#,##0",
    "users": "#,##0",
    "tokens": "#,##0",
    "days": "0.0",
    "date": "yyyy-mm-dd",
    "USD k": "#,##0.00",
    "USD bn": "#,##0.0;(#,##0.0);0.0",
    "USD m": "#,##0.0;(#,##0.0);0.0",
    "text": "@",
}
GENERAL = "#,##0.00;(#,##0.00);0.00"


class Book:
    """A workbook in the house style. `write` chooses the kind of cell by what it is given."""

    def __init__(self, path: Path, title: str) -> None:
        self.title = title
        self.book = xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"})
        self.book.set_properties(
            {"title": title, "author": "xlfuncs", "created": BUILT, "comments": f"xlfuncs {__version__}"}
        )
        self.book.set_calc_mode("auto", 191029)
        self.book.calc_on_load = False  # else Excel, without the add-in, would replace every value by #NAME?
        self.book.set_size(2400, 1500)
        self.sheets: list[tuple[str, str]] = []
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def style(self, **properties: Any) -> Format:
        """A cell format, made once."""
        whole = {"font_name": FONT, "font_size": 10, "font_color": INK, "valign": "vcenter"} | properties
        key = tuple(sorted(whole.items()))
        if key not in self._formats:
            self._formats[key] = self.book.add_format(whole)
        return self._formats[key]

    def sheet(self, name: str, title: str, about: str, kind: str, widths: Sequence[float]) -> Worksheet:
        """A sheet with its header: the way back to Contents, a title, what it is for, and the state of the checks."""
        sheet = self.book.add_worksheet(name)
        self.sheets.append((name, about))
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
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.set_footer(f"&L{self.title}&C&A&RPage &P of &N")
        return sheet

    def status(self, sheet: Worksheet, column: int) -> None:
        """The master check, in the header of the sheet."""
        done = self.style(bg_color=ACCENT, font_color="#FFFFFF", bold=True, align="right", indent=1)
        sheet.write_formula(0, column, '=IF(chk_master=1,"Checks pass","CHECK FAILS")', done)

    def write(self, sheet: Worksheet, row: int, column: int, value: Any, unit: str = "", **properties: Any) -> None:
        """A number, a text or a formula, in the number format of its unit."""
        number = {"num_format": _FORMATS.get(unit, GENERAL)} if unit or not isinstance(value, str) else {}
        if isinstance(value, str) and value.startswith("="):
            spelled = self.style(**{**number, **properties})
            if any(name in REGISTRY for name in called(value)):
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
        shapes = [self.style(num_format=_FORMATS.get(unit, GENERAL)) for unit in columns]
        sheet.write_dynamic_array_formula(top, left, bottom, right, formula, shapes[0])
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                if (row, column) != (top, left):
                    sheet.write_number(row, column, 0, shapes[column - left])

    def input(self, sheet: Worksheet, row: int, column: int, value: float, unit: str = "") -> None:
        """A number that the analyst may change: blue on a light ground, and not locked."""
        self.write(sheet, row, column, value, unit, font_color=INPUT_BLUE, bg_color=INPUT_FILL, locked=False)

    def link(self, sheet: Worksheet, row: int, column: int, formula: str, unit: str = "") -> None:
        """A value taken from another sheet, in green."""
        self.write(sheet, row, column, formula, unit, font_color=LINK_GREEN)

    def heading(self, sheet: Worksheet, row: int, texts: Sequence[str], column: int = 0) -> None:
        """Column headings; one that starts with > stands over numbers, to the right."""
        for offset, text in enumerate(texts):
            side = {"align": "right"} if text.startswith(">") else {}
            shape = self.style(bold=True, bg_color=BAND, bottom=1, bottom_color=RULE, text_wrap=True, **side)
            sheet.write_string(row, column + offset, text.removeprefix(">"), shape)

    def section(self, sheet: Worksheet, row: int, text: str, last: int) -> None:
        """A band with the name of a block."""
        for column in range(last + 1):
            sheet.write_blank(row, column, None, self.style(bottom=2, bottom_color=ACCENT))
        sheet.write_string(
            row, 0, text, self.style(bold=True, font_color=ACCENT, font_size=12, bottom=2, bottom_color=ACCENT)
        )

    def close(self) -> None:
        """Write the file."""
        self.book.close()


def cell(row: int, column: int, absolute: bool = False) -> str:
    """An address: row and column from 0."""
    return str(xl_rowcol_to_cell(row, column, absolute, absolute))


def filled(template: str, places: dict[str, str]) -> str:
    """A formula with {names} replaced by their cells."""
    return re.sub(r"\{(\w+)\}", lambda found: places[found[1]], template)
