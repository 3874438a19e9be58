"""Checks of what reads what: circles, the direction of references, blank cells and unused inputs."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from xlfuncs.audit.locations import consecutive_cells
from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import all_text, is_calculation, rows_with_figures, sheet_rank, sheets_named
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import CALCULATION_PREFIX, LABEL, TITLE_ROW
from xlfuncs.ooxml.cells import CellPos, address_of

_EXPECT_BLANKS = frozenset(
    {
        "ISBLANK", "COUNTA", "COUNTBLANK", "N", "T", "LEN", "IFERROR", "CELL", "TYPE", "ROW", "COLUMN", "ROWS",
    }
)  # fmt: skip
_MOST_NAMED = 6  # cells of a circle
_MIN_LIST = 4  # typed numbers that make a list
_MOST_ROWS = 5_000  # of a range, that are counted as read


@audit_check(
    "B31",
    "circular-reference",
    "No circular references",
    "E",
    "ICAEW",
    "Break the circle, for example with the value of the previous period.",
    severity_elsewhere="E",
)
def check_circles(view: WorkbookView) -> Iterator[Violation]:
    """The value of a cell that depends on itself cannot be verified: it depends on how often Excel has calculated."""
    for nodes in view.graph.circles:
        circle = sorted(nodes, key=lambda node: (node[0].order, node[1]))
        names = [f"{sheet.name}!{address_of(cell)}" for sheet, cell in circle[:_MOST_NAMED]]
        rest = f" and {len(circle) - _MOST_NAMED} more" if len(circle) > _MOST_NAMED else ""
        message = "The formula reads its own cell. Leave that cell out."
        if len(circle) > 1:
            message = f"The cells depend on one another in a circle ({', '.join(names)}{rest}). Break the circle."
        for sheet, cell in circle:
            yield Violation(sheet.name, message, cell)


@audit_check(
    "B32",
    "reference-against-flow",
    "References up, left and to earlier sheets",
    "W",
    "FAST 2.01-04",
    "Move the row above those that read it, or list the sheet among the exceptions in the Guide.",
)
def check_direction(view: WorkbookView) -> Iterator[Violation]:
    """A model that runs from top to bottom and from sheet to sheet can be followed; one that jumps cannot."""
    guide = view.find_sheet("Guide")
    exceptions = all_text(guide).partition("exception")[2] if guide else ""
    for sheet, cell, formula in view.formula_cells():
        own = sheet_rank(sheet.name)
        if own is None or cell[0] == TITLE_ROW or sheet.name.lower() in exceptions:
            continue
        for reference in formula.areas:
            target = view.resolve(sheet, cell, reference)
            if target is None:
                continue
            owner, area = target
            if owner is sheet:
                if is_calculation(sheet) and area[0] > cell[0]:
                    yield Violation(sheet.name, "The formula reads a row below its own. Move that row up.", cell)
            elif (rank := sheet_rank(owner.name)) is not None and (rank, owner.order) > (own, sheet.order):
                yield Violation(sheet.name, "The formula reads a later sheet ({}).", cell, owner.name)


@audit_check(
    "B33",
    "blank-reference",
    "No references to blank cells",
    "E",
    "OAK",
    "Point the formula to the intended cell, or fill in the blank cell.",
    severity_elsewhere="W",
)
def check_blank_references(view: WorkbookView) -> Iterator[Violation]:
    """A blank cell counts as 0, so a formula that points one row too far still gives a number.

    Like formulas most of which read blanks are a form yet to be filled in, and are not reported.
    """
    readers: dict[R1C1Formula, list[tuple[SheetView, CellPos, str]]] = defaultdict(list)
    ours = frozenset(view.registry.names)  # which give an error where a blank is no default
    for sheet, cell, formula in view.formula_cells():
        if formula.function_names & _EXPECT_BLANKS or formula.function_names & ours or _tests_for_blank(formula):
            continue
        for reference in formula.areas:
            if not reference.is_single:
                continue
            target = view.resolve(sheet, cell, reference)
            if target and not target[0].is_filled(target[1][:2]):
                qualifier = "" if target[0] is sheet else f"{target[0].name}!"
                readers[formula].append((sheet, cell, qualifier + address_of(target[1][:2])))
    for formula, blanks in readers.items():
        if _is_form_to_fill_in(formula, len({(sheet, cell) for sheet, cell, _ in blanks})):
            continue
        for sheet, cell, blank in blanks:
            yield Violation(sheet.name, "The formula reads a blank cell ({}).", cell, blank)


def _tests_for_blank(formula: R1C1Formula) -> bool:
    return any(token.text == '""' for token in formula.tokens)


def _is_form_to_fill_in(formula: R1C1Formula, reading_blanks: int) -> bool:
    """Whether three or more like formulas mostly read blanks."""
    return formula.count > 2 and reading_blanks * 2 > formula.count


@audit_check(
    "B34",
    "unused-input",
    "No unused inputs",
    "W",
    "OAK",
    "Let a formula read the input, or delete it.",
    severity_elsewhere="W",
)
def check_unused_inputs(view: WorkbookView) -> Iterator[Violation]:
    """An input that nothing reads has no effect, yet somebody will change it and trust the result.

    Unused inputs are looked for in lists of typed numbers most of which are read. In our templates rows of
    calculations that nothing reads, and that are no output, are reported as well.
    """
    for sheet in view.sheets:
        if view.template and sheet_rank(sheet.name) is not None:
            continue
        for cell in {*_find_unread(view, sheet, down=True), *_find_unread(view, sheet, down=False)}:
            yield Violation(sheet.name, "No formula reads the number, although those beside it are read.", cell)
    if view.template:
        yield from _find_idle_rows(view)


def _find_unread(view: WorkbookView, sheet: SheetView, down: bool) -> Iterator[CellPos]:
    """The numbers of a typed list that are not read although nearly all others are."""
    for run in consecutive_cells(sheet.numbers, down):
        if len(run) >= _MIN_LIST:
            unread = [cell for cell in run if not view.graph.is_read(sheet, cell)]
            if unread and len(unread) * 5 <= len(run) + 1:
                yield from (cell for cell in unread if not _is_in_unread_line(view, sheet, cell, down))


def _is_in_unread_line(view: WorkbookView, sheet: SheetView, cell: CellPos, down: bool) -> bool:
    """Whether numbers beside it, across the list, are not read either, as in a line of headings."""
    row, column = cell
    beside = ((row, column - 1), (row, column + 1)) if down else ((row - 1, column), (row + 1, column))
    alike = (other for other in beside if other in sheet.numbers and sheet.style(other) == sheet.style(cell))
    return any(not view.graph.is_read(sheet, other) for other in alike)


def _find_idle_rows(view: WorkbookView) -> Iterator[Violation]:
    named = {(sheet, area[0]) for sheet, area in view.named_ranges.values()}
    reads = _count_reads_of_rows(view)
    for sheet in sheets_named(view, "Inputs", CALCULATION_PREFIX):
        noun = "input" if sheet.name == "Inputs" else "row"
        for row in rows_with_figures(sheet):
            if not reads[sheet, row] and (sheet, row) not in named and not any(r == row for r, _ in sheet.spilled):
                yield Violation(
                    sheet.name, f"No formula reads the {noun} ({{}}).", (row, LABEL), sheet.text((row, LABEL))
                )


def _count_reads_of_rows(view: WorkbookView) -> Counter[tuple[SheetView, int]]:
    """How often each row is read from outside itself."""
    reads: Counter[tuple[SheetView, int]] = Counter()
    for sheet, cell, formula in view.formula_cells():
        for reference in formula.references:
            if target := view.resolve(sheet, cell, reference):
                owner, (top, _, bottom, _) = target
                for row in range(top, min(bottom, top + _MOST_ROWS) + 1):
                    if (owner, row) != (sheet, cell[0]):
                        reads[owner, row] += 1
    return reads
