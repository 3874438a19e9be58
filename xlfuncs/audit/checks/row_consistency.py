"""Checks of formulas against their neighbours along rows and down columns."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from xlfuncs.audit.r1c1 import R1C1Formula, describe_difference, shorten
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.runs import OddCell, find_odd_cells, find_odd_cells_of_copies
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import is_calculation, series_kind
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import FIRST_ROW, SERIES, VALUE
from xlfuncs.ooxml.cells import CellPos

_DEFAULT_STYLE = "0"  # of cells that nobody formatted
_FORMULAS_PER_NUMBER = 4  # in a style that is one of formulas
_MIN_INPUTS = 3  # typed numbers in other styles, where a sheet tells formulas and inputs apart
_MOST_REPORTED = 3  # numbers in the style of formulas; where there are more, the style is none of formulas
_TOTALS = ("total", "subtotal", "sum")


def _odd_cells(view: WorkbookView, sheet: SheetView) -> list[OddCell]:
    """The cells of a sheet that break its runs, or differ from copies of the sheet."""
    in_runs = view.memoise(find_odd_cells, sheet)
    known = {odd.cell for odd in in_runs}
    in_copies = view.memoise(find_odd_cells_of_copies, view)
    return [*in_runs, *(odd for odd in in_copies.get(sheet, ()) if odd.cell not in known)]


@audit_check(
    "B21",
    "typed-over-formula",
    "No typed numbers among formulas",
    "E",
    "FAST 3.04-01",
    "Copy the formula of the neighbouring cells into the cell, or move the number to the inputs.",
    severity_elsewhere="E",
)
def check_typed_over(view: WorkbookView) -> Iterator[Violation]:
    """A number typed over a formula does not change with the inputs, yet looks like a result.

    A typed number is looked for within a run of like formulas, in the style of a cell with a formula, and beside the
    word Total; in our templates no number is typed anywhere on a calculation sheet.
    """
    for sheet in view.sheets:
        reported = set()
        for odd in _odd_cells(view, sheet):
            if odd.kind in ("number", "text"):
                reported.add(odd.cell)
                expected = shorten(odd.expected.text_in(odd.cell))
                yield Violation(
                    sheet.name, "A value is typed where the neighbouring cells have a formula ({}).", odd.cell, expected
                )
        if view.template:
            for row, column in sheet.numbers.keys() - reported if is_calculation(sheet) else ():
                if row >= FIRST_ROW and column >= VALUE:
                    message = "A number is typed on a calculation sheet. Move it to Inputs."
                    yield Violation(sheet.name, message, (row, column))
            continue
        for cell in (_find_numbers_in_formula_style(sheet) | _find_typed_totals(sheet)) - reported:
            message = "A number is typed where a formula is expected. Calculate it."
            yield Violation(sheet.name, message, cell, severity="W")


def _find_numbers_in_formula_style(sheet: SheetView) -> set[CellPos]:
    """Typed numbers that look like a formula and not like an input, where the sheet tells these apart."""
    formulas = Counter(map(sheet.style, sheet.formulas))
    typed = Counter(map(sheet.style, sheet.numbers))
    inputs = sum(count for style, count in typed.items() if not formulas[style])
    cells = {
        cell
        for cell, number in sheet.numbers.items()
        if number
        and (style := sheet.style(cell)) != _DEFAULT_STYLE
        and formulas[style] >= _FORMULAS_PER_NUMBER * typed[style]
        and (inputs >= _MIN_INPUTS or formulas[style] >= 2 * _FORMULAS_PER_NUMBER)
        and _is_beside_formula(sheet, cell)
        and not _starts_series(sheet, cell)
    }
    return cells if len(cells) <= _MOST_REPORTED else set()


def _is_beside_formula(sheet: SheetView, cell: CellPos) -> bool:
    row, column = cell
    beside = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
    return any(other in sheet.formulas for other in beside)


def _starts_series(sheet: SheetView, cell: CellPos) -> bool:
    """Whether like formulas follow that continue from the number."""
    row, column = cell
    for following, after in (((row + 1, column), (row + 2, column)), ((row, column + 1), (row, column + 2))):
        formula = sheet.formulas.get(following)
        if formula is None or sheet.formulas.get(after) is not formula:
            continue
        if any(reference.sheet is None and reference.area_from(following)[:2] == cell for reference in formula.areas):
            return True
    return False


def _find_typed_totals(sheet: SheetView) -> set[CellPos]:
    """Typed numbers in a row labelled as a total, where they are the sum of those above."""
    rows = {row for (row, _), text in sheet.texts.items() if text.strip().lower().startswith(_TOTALS)}
    totals = set()
    for row, column in sheet.numbers:
        count, above, total = 0, row - 1, 0.0
        while row in rows and isinstance(value := sheet.value((above, column)), float):
            total, count, above = total + value, count + 1, above - 1
            if count > 1 and total and abs(total - sheet.numbers[row, column]) < 1e-6 * abs(total):
                totals.add((row, column))
    return totals


@audit_check(
    "B25",
    "inconsistent-formula",
    "Consistent formulas along rows and columns",
    "E",
    "FAST, ICAEW",
    "Copy the formula of the neighbouring cells into the cell, or explain in a note why it differs.",
    severity_elsewhere="W",
)
def check_consistency(view: WorkbookView) -> Iterator[Violation]:
    """A row that changes its formula half-way is the most common error of spreadsheets, and it does not show.

    Formulas are compared in R1C1 terms along rows and down columns. The one that breaks a run of like formulas is
    reported, with the formula of its neighbours. In our templates each row of a calculation sheet has one formula
    throughout.
    """
    for sheet in view.sheets:
        reported = set()
        for odd in _odd_cells(view, sheet):
            if odd.kind == "formula":
                reported.add(odd.cell)
                detail = describe_difference(sheet.formulas[odd.cell], odd.expected, odd.cell)
                yield Violation(sheet.name, "The formula differs from those of its neighbours ({}).", odd.cell, detail)
            elif odd.kind == "blank":
                message = "The cell is empty among like formulas. Copy the formula of its neighbours."
                yield Violation(sheet.name, message, odd.cell)
        if view.template and is_calculation(sheet) and series_kind(sheet) != "table":
            yield from _find_rows_with_several_formulas(sheet, reported)


def _find_rows_with_several_formulas(sheet: SheetView, reported: set[CellPos]) -> Iterator[Violation]:
    """The rows of a template with more than one formula across their series."""
    rows: dict[int, dict[int, R1C1Formula]] = defaultdict(dict)
    for (row, column), formula in sheet.formulas.items():
        if row >= FIRST_ROW and column >= SERIES:
            rows[row][column] = formula
    for row, formulas in rows.items():
        if len(set(formulas.values())) > 1 and not any((row, column) in reported for column in formulas):
            message = "The row has more than one formula. Use one for the whole row."
            yield Violation(sheet.name, message, (row, min(formulas)))
