"""Checks of the sheets of a workbook: their names and order, what they hide, and their time axis."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from xlfuncs.audit.locations import Corners, consecutive_cells, iter_cells, parse_area
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import TECHNICAL_SHEETS, is_calculation, series_kind, sheet_rank, sheets_named
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import CALCULATION_PREFIX, HEADING_ROW, SERIES, SHEET_ORDER
from xlfuncs.ooxml.cells import CellPos

_KINDS = {
    "Inputs": "inputs", "Scenarios": "inputs", CALCULATION_PREFIX: "calculations", "Outputs": "outputs",
    "Checks": "checks",
}  # fmt: skip
_LONGEST_NAME = 31
_YEARS = range(1900, 2101)
_MIN_PERIODS = 5  # that make a time axis
_MAX_MERGED = 50  # rows and columns of a merged area that are searched


@audit_check(
    "B06",
    "unknown-sheet-name",
    "Standard sheet names",
    "E",
    "ICAEW",
    "Rename the sheet. The name of a calculation is Calc_ followed by its subject.",
)
def check_sheet_names(view: WorkbookView) -> Iterator[Violation]:
    """Anyone who knows one of our workbooks finds their way around the others."""
    for sheet in view.sheets:
        if sheet.name not in TECHNICAL_SHEETS and (sheet_rank(sheet.name) is None or len(sheet.name) > _LONGEST_NAME):
            yield Violation(
                sheet.name, "The sheet has no standard name. Rename it, or call it Calc_ followed by its subject."
            )


@audit_check(
    "B07",
    "sheet-out-of-order",
    "Sheets in reading order",
    "W",
    "FAST 1.02",
    "Move the sheet. Inputs come first, then calculations, outputs and checks.",
)
def check_sheet_order(view: WorkbookView) -> Iterator[Violation]:
    """The order of the sheets follows the calculation, from the inputs to the results."""
    highest = -1
    for sheet in view.sheets:
        rank = sheet_rank(sheet.name)
        if rank is not None:
            if rank < highest:
                other = SHEET_ORDER[highest]
                name = "the calculation sheets" if other == CALCULATION_PREFIX else other
                yield Violation(sheet.name, f"The sheet stands behind {name}. Move it forward.")
            highest = max(highest, rank)


@audit_check(
    "B08",
    "tab-colour",
    "Tab colours by kind of sheet",
    "W",
    "FAST",
    "Give the tab the colour of its kind of sheet.",
)
def check_tab_colours(view: WorkbookView) -> Iterator[Violation]:
    """Readers tell inputs, calculations, outputs and checks apart by the tabs, before they open a sheet."""
    colours: dict[str, dict[str, str]] = {}
    for sheet in view.sheets:
        colour = next((tab.get("rgb", tab.get("theme", "")) for tab in sheet.elements("tabColor")), "")
        if not colour and sheet.name not in TECHNICAL_SHEETS:
            yield Violation(sheet.name, "The tab has no colour.")
        kind = _KINDS.get(CALCULATION_PREFIX if is_calculation(sheet) else sheet.name)
        if kind and colour:
            colours.setdefault(kind, {})[sheet.name] = colour
    usual = {kind: Counter(by_sheet.values()).most_common(1)[0][0] for kind, by_sheet in colours.items()}
    for kind, by_sheet in colours.items():
        for name, colour in by_sheet.items():
            is_shared = any(other_colour == colour for other, other_colour in usual.items() if other != kind)
            if colour != usual[kind] or is_shared:
                yield Violation(name, f"The colour of the tab does not identify the sheet as {kind}.")


@audit_check(
    "B09",
    "hidden-sheet",
    "No hidden sheets",
    "E",
    "ICAEW",
    "Unhide the sheet, or delete it.",
    severity_elsewhere="W",
)
def check_hidden_sheets(view: WorkbookView) -> Iterator[Violation]:
    """Nobody reviews what they cannot see, and a hidden sheet can still change every result."""
    for sheet in view.sheets:
        if sheet.state == "veryHidden" and sheet.name not in TECHNICAL_SHEETS:
            yield Violation(sheet.name, "The sheet is hidden so that only a macro can show it.", severity="E")
        elif sheet.state != "visible" and sheet.name not in TECHNICAL_SHEETS:
            yield Violation(sheet.name, "The sheet is hidden.")


@audit_check(
    "B10",
    "hidden-row-or-column",
    "No hidden rows or columns",
    "E",
    "ICAEW",
    "Unhide the rows or columns. Group rows instead of hiding them.",
    severity_elsewhere="W",
)
def check_hidden_lines(view: WorkbookView) -> Iterator[Violation]:
    """A sum over hidden rows cannot be followed, and a hidden column is copied along unseen.

    Hidden rows and columns without content do no harm and are not reported.
    """
    for sheet in view.sheets:
        rows, columns = {row for row, _ in sheet.filled_cells}, {column for _, column in sheet.filled_cells}
        is_filtered = any(True for _ in sheet.elements("autoFilter"))
        first = min(columns, default=1)
        for row in sheet.hidden_rows:
            if row in rows:
                message = "A filter hides the row." if is_filtered else "The row is hidden."
                left = min((column for r, column in sheet.filled_cells if r == row), default=first)
                yield Violation(sheet.name, message, (row, left))
        for low, high in sheet.hidden_columns:
            for column in sorted(columns & set(range(low, high + 1))):
                top = min(row for row, c in sheet.filled_cells if c == column)
                yield Violation(sheet.name, "The column is hidden.", (top, column))


@audit_check(
    "B11",
    "merged-cells",
    "No merged cells among figures",
    "W",
    "FAST",
    "Unmerge the cells. Centre across the selection instead.",
    severity_elsewhere="W",
)
def check_merged_cells(view: WorkbookView) -> Iterator[Violation]:
    """Rows and columns that run through merged cells cannot be filled, sorted or referenced.

    Merged cells are reported beside figures and formulas, and in our templates everywhere but on the Cover.
    """
    for sheet in view.sheets:
        for element in sheet.elements("mergeCell"):
            merged = parse_area(element["ref"])
            has_figures = any(cell in sheet.formulas or cell in sheet.numbers for cell in _first_cells(merged))
            if (view.template and sheet.name != "Cover") or (has_figures and _is_beside_figures(sheet, merged)):
                yield Violation(sheet.name, "The cells are merged.", merged[:2])


def _first_cells(merged: Corners) -> list[CellPos]:
    top, left, bottom, right = merged
    return list(iter_cells((top, left, min(bottom, top + _MAX_MERGED), min(right, left + _MAX_MERGED))))


def _is_beside_figures(sheet: SheetView, merged: Corners) -> bool:
    top, left, bottom, right = merged
    around = iter_cells(
        (
            max(1, top - 1),
            max(1, left - 1),
            min(bottom, top + _MAX_MERGED) + 1,
            min(right, left + _MAX_MERGED) + 1,
        )
    )
    inside = set(_first_cells(merged))
    return sum(cell in sheet.formulas or cell in sheet.numbers for cell in around if cell not in inside) >= 2


@audit_check(
    "B14",
    "broken-time-axis",
    "One consistent time axis",
    "E",
    "FAST 2.01-02",
    "Derive the headings from the first period, and link those of later sheets to Timeline.",
    severity_elsewhere="W",
)
def check_time_axis(view: WorkbookView) -> Iterator[Violation]:
    """A period that is missing, repeated or shifted puts every figure below it into the wrong period.

    Typed years and dates in a row must advance in even steps. In our templates the headings of every sheet with
    periods link to the same column of Timeline.
    """
    for sheet in view.sheets:
        for run in consecutive_cells(sheet.numbers, down=False):
            yield from _find_uneven_step(sheet, run)
        for down in (False, True):
            for run in consecutive_cells(sheet.numbers, down):
                yield from _find_miscount(sheet, run)
    if view.template:
        for sheet in sheets_named(view, CALCULATION_PREFIX):
            if series_kind(sheet) == "time":
                yield from _find_unlinked_headings(sheet)


def _find_uneven_step(sheet: SheetView, run: list[CellPos]) -> Iterator[Violation]:
    values = [sheet.numbers[cell] for cell in run]
    is_date = "y" in sheet.number_format(run[0]).lower()
    if len(run) < _MIN_PERIODS or not (
        is_date or all(value == int(value) and int(value) in _YEARS for value in values)
    ):
        return
    steps = [round(b - a) for a, b in pairwise(values)]
    usual, count = Counter(steps).most_common(1)[0]
    tolerance = 4 if is_date and usual > 27 else 0
    for cell, step in zip(run[1:], steps, strict=True):
        if count * 2 > len(steps) and abs(step - usual) > tolerance:
            if values[0].is_integer() and not is_date and sum(other != usual for other in steps) <= 2:
                return  # a single wrong heading is reported as a break of the sequence
            yield Violation(
                sheet.name, "The periods in the row do not advance in even steps. Correct the heading.", cell
            )
            return


def _find_miscount(sheet: SheetView, run: list[CellPos]) -> Iterator[Violation]:
    """The one number that breaks a sequence: all others of the line are where an even step puts them."""
    values = [sheet.numbers[cell] for cell in run]
    if len(run) < _MIN_PERIODS or not all(value.is_integer() for value in values):
        return
    steps = Counter(b - a for a, b in pairwise(values))
    step, count = steps.most_common(1)[0]
    if not step or len(steps) == 1 or count < len(run) - 3:
        return
    start = Counter(value - index * step for index, value in enumerate(values)).most_common(1)[0][0]
    wrong = [cell for index, cell in enumerate(run) if values[index] != start + index * step]
    if len(wrong) == 1 and wrong[0] != run[-1]:
        yield Violation(sheet.name, "The number breaks the sequence of its row or column. Correct it.", wrong[0])


def _find_unlinked_headings(sheet: SheetView) -> Iterator[Violation]:
    for cell in sorted({*sheet.texts, *sheet.numbers, *sheet.formulas}):
        row, column = cell
        if row != HEADING_ROW or column < SERIES:
            continue
        formula = sheet.formulas.get(cell)
        if formula is None:
            yield Violation(sheet.name, "The heading of a period is typed. Link it to Timeline.", cell)
        elif (
            not formula.is_link or formula.areas[0].sheet != "Timeline" or formula.areas[0].area_from(cell)[1] != column
        ):
            yield Violation(sheet.name, "The heading does not link to the same column of Timeline.", cell)
