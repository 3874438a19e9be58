"""Checks of how the sheets of our templates are laid out, look and print."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import TECHNICAL_SHEETS, filled_rows, has_row_unit, input_rows, sheets_named
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import (
    CALCULATION_PREFIX,
    FIRST_ROW,
    HEADING_ROW,
    HEADINGS,
    INPUT_BASE,
    INPUT_FONT,
    INPUT_HIGH,
    INPUT_LOW,
    INPUT_SIDE,
    LABEL,
    SECTION,
    SERIES,
    UNIT,
    VALUE,
)
from xlfuncs.core import units
from xlfuncs.ooxml.cells import address_of

_FROZEN = address_of((FIRST_ROW, SERIES))
_WIDTH_TOLERANCE = 0.01
_UNITS_WITHOUT_FORMAT = {name for name, unit in units.named_units().items() if unit.number_format == "General"}
_TIMELINE_ROWS = {
    "number": ("period", "period number"),
    "start": ("period start", "first day of the period"),
    "end": ("period end", "last day of the period"),
}


@audit_check(
    "B12",
    "column-roles",
    "The same roles of columns on every sheet",
    "E",
    "FAST 2.01-01",
    "Put the headings of the fixed columns into row 4.",
)
def check_column_roles(view: WorkbookView) -> Iterator[Violation]:
    """Section, label, unit, value, total, note and then the series: readers need not search."""
    for sheet in sheets_named(view, "Inputs", "Scenarios", "Timeline", CALCULATION_PREFIX):
        for column, heading in enumerate(HEADINGS, SECTION):
            text = sheet.text((HEADING_ROW, column))
            if text != heading and not (column == SECTION and text == "Section"):
                message = f"The column heading should be {heading or 'empty'}, as on the other sheets."
                yield Violation(sheet.name, message, (HEADING_ROW, column))


@audit_check(
    "B13",
    "column-widths",
    "The same column widths on all calculation sheets",
    "W",
    "FAST 2.01-01",
    "Set the width of the other calculation sheets.",
)
def check_column_widths(view: WorkbookView) -> Iterator[Violation]:
    """Sheets with the same widths can be laid over one another."""
    widths: dict[SheetView, dict[int, float]] = {}
    for sheet in sheets_named(view, CALCULATION_PREFIX):
        widths[sheet] = {
            column: float(element.get("width", 0))
            for element in sheet.elements("col")
            for column in range(int(element["min"]), min(int(element["max"]), SERIES - 1) + 1)
        }
    for column in range(SECTION, SERIES):
        usual = Counter(by_column.get(column, 0.0) for by_column in widths.values()).most_common(1)
        for sheet, by_column in widths.items():
            if abs(by_column.get(column, 0.0) - usual[0][0]) > _WIDTH_TOLERANCE:
                message = "The width of the column differs from that on the other calculation sheets."
                yield Violation(sheet.name, message, (1, column))


@audit_check(
    "B15",
    "incomplete-timeline",
    "All periods on Timeline",
    "E",
    "FAST 3.07",
    "Add the row to Timeline and link to it.",
)
def check_timeline(view: WorkbookView) -> Iterator[Violation]:
    """The number, start and end of each period and the flags of phases stand in one place; other sheets link to it."""
    sheet = view.find_sheet("Timeline")
    if sheet is None:
        return
    labels = {sheet.text((row, LABEL)).lower() for row in filled_rows(sheet, LABEL)}
    for noun, names in _TIMELINE_ROWS.items():
        if not labels.intersection(names):
            yield Violation("Timeline", f"No row has the {noun} of each period. Add the row {names[-1]}.")
    if not any(
        reference.sheet == "Timeline"
        for other, _, formula in view.formula_cells()
        if other is not sheet
        for reference in formula.areas
    ):
        yield Violation("Timeline", "No sheet links to the periods.")


@audit_check(
    "B16",
    "panes-not-frozen",
    "Panes frozen at the first figure of the series",
    "E",
    "FAST, CFI",
    f"Freeze the panes at {_FROZEN}.",
)
def check_frozen_panes(view: WorkbookView) -> Iterator[Violation]:
    """The label and the unit of a row stay in sight up to the last period."""
    for sheet in sheets_named(view, CALCULATION_PREFIX):
        panes = sheet.elements("pane")
        if not any(pane.get("topLeftCell") and pane.get("state", "").startswith("frozen") for pane in panes):
            yield Violation(sheet.name, f"The panes are not frozen. Freeze them at {_FROZEN}.")
        elif view.openpyxl_book[sheet.name].freeze_panes != _FROZEN:
            yield Violation(sheet.name, f"The panes are frozen elsewhere than at {_FROZEN}.")


@audit_check(
    "B22",
    "formula-colour",
    "Black formulas",
    "W",
    "AutoColor",
    "Make the font black, or give it the colour of the text.",
)
def check_formula_colours(view: WorkbookView) -> Iterator[Violation]:
    """Blue marks an input and green a link; a formula in one of these colours is overwritten by mistake."""
    for sheet in sheets_named(view, CALCULATION_PREFIX):
        for cell, formula in sheet.formulas.items():
            if cell[0] >= FIRST_ROW and all(area.sheet in (None, sheet.name) for area in formula.areas):
                colour = view.font_colour(sheet, cell)
                if colour == INPUT_FONT or _is_green(colour):
                    message = "The formula has the colour of an input or a link. Make it black."
                    yield Violation(sheet.name, message, cell)


@audit_check(
    "B23",
    "calculation-across-sheets",
    "Green links to other sheets, and nothing but links",
    "W",
    "AutoColor, FAST",
    "Link the cell into its own row and use that row.",
)
def check_links(view: WorkbookView) -> Iterator[Violation]:
    """A formula that calculates with cells of two sheets cannot be followed on either sheet."""
    for sheet in sheets_named(view, CALCULATION_PREFIX):
        for cell, formula in sheet.formulas.items():
            if cell[0] <= HEADING_ROW or all(area.sheet in (None, sheet.name) for area in formula.areas):
                continue
            if not formula.is_link:
                message = "The formula calculates with cells of another sheet. Link them into their own rows first."
                yield Violation(sheet.name, message, cell)
            elif not _is_green(view.font_colour(sheet, cell)):
                yield Violation(sheet.name, "The link to another sheet is not green.", cell)


def _is_green(colour: str) -> bool:
    digits = colour.removeprefix("#")
    if len(digits) != 6:
        return False
    try:
        red, green, blue = (int(digits[start : start + 2], 16) for start in (0, 2, 4))
    except ValueError:
        return False
    return green > red + 40 and green >= blue


@audit_check(
    "B53",
    "sheet-protection",
    "Sheets protected without a password, and unlocked inputs",
    "W",
    "CFI",
    "Protect the sheet without a password. Unlock inputs, data and log.",
)
def check_protection(view: WorkbookView) -> Iterator[Violation]:
    """Protection prevents slips, so the reader must be able to lift it; a password only conceals."""
    for sheet in view.sheets:
        if sheet.name in TECHNICAL_SHEETS:
            continue
        protection = view.openpyxl_book[sheet.name].protection
        if not protection.sheet:
            yield Violation(sheet.name, "The sheet is not protected. Protect it without a password.")
        elif protection.password or getattr(protection, "hashValue", None):
            yield Violation(sheet.name, "The sheet is protected by a password. Remove the password.")
    for sheet, row in input_rows(view):
        for column in (INPUT_LOW, INPUT_BASE, INPUT_HIGH):
            if view.openpyxl_book[sheet.name].cell(row, column).protection.locked:
                yield Violation(sheet.name, "The input is locked. Unlock it.", (row, column))


@audit_check(
    "B54",
    "number-format",
    "Number formats that show the unit",
    "W",
    "CFI",
    "Use the format of the unit, such as % or 0.0x, with negative numbers in brackets.",
)
def check_number_formats(view: WorkbookView) -> Iterator[Violation]:
    """0.4 may be 40 % or 0.4 times; a format that shows which spares the reader the question."""
    for sheet in sheets_named(view, "Inputs", "Scenarios", CALCULATION_PREFIX, "Outputs", "Sensitivity"):
        for cell in {*sheet.numbers, *sheet.formulas, *sheet.spilled}:
            row, column = cell
            if row < FIRST_ROW or column < VALUE or not isinstance(sheet.value(cell), float):
                continue
            if sheet.name == "Inputs" and column >= INPUT_SIDE:
                continue
            code = sheet.number_format(cell)
            if code in ("", "General") and sheet.text((row, UNIT)) not in _UNITS_WITHOUT_FORMAT:
                yield Violation(sheet.name, "The number has no format. Give it that of its unit.", cell)
            elif has_row_unit(sheet, cell) and _is_share(sheet, row) and "%" not in code:
                yield Violation(sheet.name, "The unit is a share, but the format shows no %.", cell)
            elif sheet.value(cell) < 0 and "-" in code.partition(";")[2] and "(" not in code:
                yield Violation(sheet.name, "The number is negative, but not in brackets.", cell)


def _is_share(sheet: SheetView, row: int) -> bool:
    return sheet.text((row, UNIT)).lower() in ("share", "%", "percent")


@audit_check(
    "B55",
    "print-set-up",
    "A print set-up on every sheet",
    "W",
    "CFI",
    "Set landscape, one page wide, repeated headings, and a footer with the page number.",
)
def check_print_setup(view: WorkbookView) -> Iterator[Violation]:
    """Someone prints the sheet for a meeting: landscape, one page wide, with headings and page numbers on each page."""
    for sheet in view.sheets:
        if sheet.name in TECHNICAL_SHEETS:
            continue
        missing = list(_missing_print_settings(view.openpyxl_book[sheet.name]))
        if missing:
            yield Violation(sheet.name, f"The print set-up lacks {', '.join(missing)}.")


def _missing_print_settings(sheet: Any) -> Iterator[str]:
    setup, fit = sheet.page_setup, sheet.sheet_properties.pageSetUpPr
    if setup.orientation != "landscape":
        yield "landscape orientation"
    if not fit or not fit.fitToPage or (setup.fitToWidth or 1) != 1:
        yield "a fit to one page wide"
    if not sheet.print_title_rows:
        yield "repeated headings"
    parts = (sheet.oddFooter.left, sheet.oddFooter.center, sheet.oddFooter.right)
    footer = "".join(str(part.text or "") for part in parts)
    if "&P" not in footer and "Page" not in footer:
        yield "a footer with the page number"
