"""Rules for formulas among their neighbours."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from xlfuncs.audit import template_sheets
from xlfuncs.audit.r1c1 import difference, shortened
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.runs import Odd, odd_cells, unlike_twins
from xlfuncs.audit.workbook_view import Sheet, WorkbookView
from xlfuncs.ooxml.cells import CellPos

_PLAIN = "0"  # the style of cells that nobody gave one
_STYLED, _INPUTS, _FEW = 4, 3, 3
_TOTALS = ("total", "subtotal", "sum")


def _odd(opened: WorkbookView, sheet: Sheet) -> list[Odd]:
    """The odd ones out on a sheet, in its own runs and beside its copies."""
    own = opened.once(odd_cells, sheet)
    known = {odd.place for odd in own}
    twins = opened.once(_twins, opened.sheets[0])
    return [*own, *(odd for odd in twins.get(sheet, ()) if odd.place not in known)]


def _twins(sheet: Sheet) -> dict[Sheet, list[Odd]]:
    return unlike_twins(sheet.opened)


@rule(
    "B21",
    "No typed numbers among formulas",
    "E",
    "FAST 3.04-01",
    "Copy the formula of the neighbours into the cell, or move the number to the inputs.",
    elsewhere="E",
)
def typed_over(opened: WorkbookView) -> Iterator[Fault]:
    """A number typed over a formula stays as it is when the inputs change, and looks like a result.

    Looked for amid a run of alike formulas, in the style of a cell with a formula, and beside the word Total; in our
    templates nowhere on a calculation sheet is a number typed.
    """
    for sheet in opened.sheets:
        found = set()
        for odd in _odd(opened, sheet):
            if odd.kind in ("number", "text"):
                found.add(odd.place)
                usual = shortened(odd.usual.formula_at(odd.place))
                yield Fault(sheet.name, "A value is typed where its neighbours have a formula ({}).", odd.place, usual)
        if opened.ours:
            for place in sheet.numbers.keys() - found if sheet.name.startswith("Calc_") else ():
                if place[0] >= template_sheets.FIRST and place[1] >= template_sheets.VALUE:
                    yield Fault(sheet.name, "A number is typed on a calculation sheet; move it to Inputs.", place)
            continue
        for place in (_in_the_style_of_a_formula(sheet) | _typed_totals(sheet)) - found:
            why = "A number is typed where a formula is to be expected; calculate it."
            yield Fault(sheet.name, why, place, severity="W")


def _in_the_style_of_a_formula(sheet: Sheet) -> set[CellPos]:
    """Typed numbers that look like a formula and not like an input, where the sheet tells these apart."""
    formulas = Counter(map(sheet.style, sheet.forms))
    typed = Counter(map(sheet.style, sheet.numbers))
    apart = sum(count for style, count in typed.items() if not formulas[style])
    found = {
        place
        for place, number in sheet.numbers.items()
        if number
        and (style := sheet.style(place)) != _PLAIN
        and formulas[style] >= _STYLED * typed[style]
        and (apart >= _INPUTS or formulas[style] >= 2 * _STYLED)
        and _among_formulas(sheet, place)
        and not _starts_a_series(sheet, place)
    }
    return found if len(found) <= _FEW else set()


def _among_formulas(sheet: Sheet, place: CellPos) -> bool:
    row, column = place
    beside = ((row - 1, column), (row + 1, column), (row, column - 1), (row, column + 1))
    return any(one in sheet.forms for one in beside)


def _starts_a_series(sheet: Sheet, place: CellPos) -> bool:
    """Whether alike formulas follow that count on from the number."""
    row, column = place
    for next_, after in (((row + 1, column), (row + 2, column)), ((row, column + 1), (row, column + 2))):
        form = sheet.forms.get(next_)
        follows = form is not None and sheet.forms.get(after) is form
        if form and follows and any(one.sheet is None and one.area(next_)[:2] == place for one in form.areas):
            return True
    return False


def _typed_totals(sheet: Sheet) -> set[CellPos]:
    """Typed numbers in a row that is called a total, where they are the sum of those above."""
    rows = {row for (row, _), text in sheet.texts.items() if text.strip().lower().startswith(_TOTALS)}
    found = set()
    for row, column in sheet.numbers:
        above, at, total = 0, row - 1, 0.0
        while row in rows and isinstance(value := sheet.value((at, column)), float):
            total, above, at = total + value, above + 1, at - 1
            if above > 1 and total and abs(total - sheet.numbers[row, column]) < 1e-6 * abs(total):
                found.add((row, column))
    return found


@rule(
    "B25",
    "Alike cells have one formula",
    "E",
    "FAST, ICAEW",
    "Copy the formula of the neighbours into the cell, or say in a note why it differs.",
    elsewhere="W",
)
def odd_ones_out(opened: WorkbookView) -> Iterator[Fault]:
    """A row that changes its formula half-way is the commonest error of spreadsheets: it cannot be seen.

    Formulas are compared in relative terms, along rows and down columns, and the odd one out of a run of alike ones is
    named, with what its neighbours have. In our templates each row of a calculation sheet has one formula throughout.
    """
    for sheet in opened.sheets:
        found = set()
        for odd in _odd(opened, sheet):
            if odd.kind == "formula":
                found.add(odd.place)
                detail = difference(sheet.forms[odd.place], odd.usual, odd.place)
                yield Fault(sheet.name, "The formula is unlike its neighbours' ({}); copy theirs.", odd.place, detail)
            elif odd.kind == "blank":
                yield Fault(sheet.name, "The cell is empty amid alike formulas; copy theirs.", odd.place)
        if opened.ours and sheet.name.startswith("Calc_") and template_sheets.kind(sheet) != "table":
            yield from _two_formulas(sheet, found)


def _two_formulas(sheet: Sheet, found: set[CellPos]) -> Iterator[Fault]:
    """Rows of ours with more than one formula across their series."""
    rows: dict[int, dict[int, object]] = defaultdict(dict)
    for (row, column), form in sheet.forms.items():
        if row >= template_sheets.FIRST and column >= template_sheets.SERIES:
            rows[row][column] = form
    for row, forms in rows.items():
        if len(set(forms.values())) > 1 and not any((row, column) in found for column in forms):
            yield Fault(sheet.name, "The row has more than one formula; use one for the whole row.", (row, min(forms)))
