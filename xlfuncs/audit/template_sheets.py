"""Finding things on the sheets of a template of ours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import (
    CALCULATION_PREFIX,
    CLAIM_HIGH,
    CLAIM_LOW,
    FIRST_ROW,
    HEADING_ROW,
    INPUT_HIGH,
    INPUT_KEY,
    SCENARIOS,
    SERIES,
    SHEET_ORDER,
    TOTAL,
    VALUE,
)
from xlfuncs.core.dates import LAST_SERIAL, from_serial
from xlfuncs.ooxml.cells import CellPos

_BY_SCENARIO = ("Inputs", "Scenarios", "Outputs")  # whose series are the scenarios, or low, base and high
_WITH_UNITS = (*_BY_SCENARIO, "Timeline")
TECHNICAL_SHEETS = ("_IntelliSense_", "_lock")  # which add-ins put into a workbook, hidden
_CALCULATION = re.compile(rf"^{CALCULATION_PREFIX}\w+$")


def is_calculation(sheet: SheetView) -> bool:
    """Whether a sheet is a calculation by its name."""
    return sheet.name.startswith(CALCULATION_PREFIX)


def sheet_rank(name: str) -> int | None:
    """The position of a sheet in the standard order; `None` for a sheet that has none."""
    name = CALCULATION_PREFIX if _CALCULATION.match(name) else name
    return SHEET_ORDER.index(name) if name in SHEET_ORDER else None


def sheets_named(view: WorkbookView, *names: str) -> Iterator[SheetView]:
    """The sheets with some names; the prefix of calculation sheets stands for all of them."""
    for sheet in view.sheets:
        if sheet.name in names or (CALCULATION_PREFIX in names and is_calculation(sheet)):
            yield sheet


def series_kind(sheet: SheetView) -> str:
    """What the series of a sheet are: ``scenarios``, periods of ``time``, or the columns of a ``table``."""
    first_heading = (HEADING_ROW, SERIES)
    if sheet.name in _BY_SCENARIO or sheet.text(first_heading) in SCENARIOS:
        return "scenarios"
    formula = sheet.formulas.get(first_heading)
    if formula and (sheet.name == "Timeline" or (formula.is_link and formula.areas[0].sheet == "Timeline")):
        return "time"
    return "table"


def has_row_unit(sheet: SheetView, cell: CellPos) -> bool:
    """Whether a cell has the unit of its row: blocks with headings of their own have units of their own."""
    row, column = cell
    if sheet.name == "Claims":
        return CLAIM_LOW <= column <= CLAIM_HIGH
    if sheet.name not in _WITH_UNITS and not is_calculation(sheet):
        return False
    if column in (VALUE, TOTAL):
        return sheet.name != "Outputs" or column == VALUE
    if column < SERIES or (sheet.name in _BY_SCENARIO and column > INPUT_HIGH):
        return False
    return series_kind(sheet) != "table" and not any((above, column) in sheet.texts for above in range(FIRST_ROW, row))


def filled_rows(sheet: SheetView, column: int) -> list[int]:
    """The rows below the headings that have something in a column."""
    last = max((row for row, _ in sheet.xml.cells), default=0)
    return [row for row in range(FIRST_ROW, last + 1) if sheet.text((row, column))]


def rows_with_figures(sheet: SheetView) -> list[int]:
    """The rows below the headings that have formulas or numbers, from the column of values on."""
    figures = (*sheet.formulas, *sheet.numbers)
    return sorted({row for row, column in figures if row >= FIRST_ROW and column >= VALUE})


def input_rows(view: WorkbookView) -> Iterator[tuple[SheetView, int]]:
    """The rows of Inputs that have a source key."""
    for sheet in sheets_named(view, "Inputs"):
        for row in filled_rows(sheet, INPUT_KEY):
            yield sheet, row


def cover_value(view: WorkbookView, label: str) -> Any:
    """The value beside a label on the Cover."""
    sheet = view.find_sheet("Cover")
    if sheet is None:
        return None
    cell = next((cell for cell, text in sheet.texts.items() if text.strip().lower() == label.lower()), None)
    return sheet.value((cell[0], cell[1] + 1)) if cell else None


def parse_date(value: Any) -> dt.date | None:
    """A date, whether the cell holds a serial number or an ISO text."""
    if isinstance(value, float) and not isinstance(value, bool) and 1 <= value < LAST_SERIAL + 1:
        return from_serial(value)
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def all_text(sheet: SheetView) -> str:
    """All texts of a sheet in lower case, one for each line."""
    return "\n".join(sheet.texts[cell] for cell in sorted(sheet.texts)).lower()
