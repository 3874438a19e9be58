"""Rules for what reads what."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from xlfuncs.audit import template_sheets
from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Fault, address_of, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView
from xlfuncs.ooxml.cells import CellPos

_ASKS_FOR_BLANK = {
    "ISBLANK",
    "COUNTA",
    "COUNTBLANK",
    "N",
    "T",
    "LEN",
    "IFERROR",
    "CELL",
    "TYPE",
    "ROW",
    "COLUMN",
    "ROWS",
}
_SHOWN = 6  # cells of a circle
_LIST = 4  # typed numbers that make a list


@rule(
    "B31",
    "No circular references",
    "E",
    "ICAEW",
    "Break the circle with the value of the period before.",
    elsewhere="E",
)
def circles(opened: WorkbookView) -> Iterator[Fault]:
    """A cell that depends on itself has no value that can be checked: it depends on how often Excel has calculated."""
    for found in opened.graph.circles:
        circle = sorted(found, key=lambda node: (node[0].order, node[1]))
        names = [f"{sheet.name}!{address_of(place)}" for sheet, place in circle[:_SHOWN]]
        more = f" and {len(circle) - _SHOWN} more" if len(circle) > _SHOWN else ""
        why = "The formula reads itself; leave its own cell out."
        if len(circle) > 1:
            why = f"The cells depend on one another in a circle ({', '.join(names)}{more}); break it."
        for sheet, place in circle:
            yield Fault(sheet.name, why, place)


@rule(
    "B32",
    "References flow up, left and to earlier sheets",
    "W",
    "FAST 2.01-04",
    "Move the row above those that read it, or list the sheet among the exceptions in the Guide.",
)
def flow(opened: WorkbookView) -> Iterator[Fault]:
    """A model that is read from top to bottom and from sheet to sheet can be followed; one that jumps cannot."""
    guide = opened.sheet("Guide")
    excepted = template_sheets.texts(guide).partition("exception")[2] if guide else ""
    for sheet, place, form in opened.formulas():
        own = template_sheets.rank(sheet.name)
        if own is None or place[0] == 1 or sheet.name.lower() in excepted:
            continue
        for one in form.areas:
            read = opened.resolved(sheet, place, one)
            if read is None:
                continue
            if read[0] is sheet:
                if sheet.name.startswith("Calc_") and read[1][0] > place[0]:
                    yield Fault(sheet.name, "The formula reads a row below its own; move that row up.", place)
            elif (other := template_sheets.rank(read[0].name)) is not None and (other, read[0].order) > (
                own,
                sheet.order,
            ):
                yield Fault(sheet.name, "The formula reads a later sheet ({}).", place, read[0].name)


@rule(
    "B33",
    "No reference to a blank cell",
    "E",
    "OAK",
    "Point it to the cell that is meant, or fill that in.",
    elsewhere="W",
)
def blanks(opened: WorkbookView) -> Iterator[Fault]:
    """A blank counts as 0: a formula that points one row too far gives a number all the same.

    Cells that are alike and mostly read blanks are a form that waits to be filled in, and are passed over.
    """
    found: dict[R1C1Formula, list[tuple[Sheet, CellPos, str]]] = defaultdict(list)
    ours = frozenset(opened.registry.names)  # which say so where a blank is no default
    for sheet, place, form in opened.formulas():
        if form.names & _ASKS_FOR_BLANK or form.names & ours or _asks_for_empty(form):
            continue
        for one in form.areas:
            if not one.single:
                continue
            read = opened.resolved(sheet, place, one)
            if read and not read[0].filled(read[1][:2]):
                owner = "" if read[0] is sheet else f"{read[0].name}!"
                found[form].append((sheet, place, owner + address_of(read[1][:2])))
    for form, cells in found.items():
        if len({(sheet, place) for sheet, place, _ in cells}) * 2 > form.count > 2:
            continue
        for sheet, place, blank in cells:
            yield Fault(sheet.name, "The formula reads a blank cell ({}); fill it in or point elsewhere.", place, blank)


def _asks_for_empty(form: R1C1Formula) -> bool:
    return any(token.text == '""' for token in form.tokens)


@rule("B34", "Every input is used", "W", "OAK", "Let a formula read it, or take it away.", elsewhere="W")
def unused(opened: WorkbookView) -> Iterator[Fault]:
    """An input that nothing reads is a lever without a cable: somebody will turn it and trust the result.

    Looked for in lists of typed numbers most of which are read; in our templates also rows of calculations that
    nothing reads and that are no output.
    """
    for sheet in opened.sheets:
        if opened.ours and template_sheets.rank(sheet.name) is not None:
            continue
        found = set(_unread(opened, sheet, down=True)) | set(_unread(opened, sheet, down=False))
        for place in found:
            yield Fault(sheet.name, "No formula reads the number, though those beside it are read; use it.", place)
    if opened.ours:
        yield from _idle_rows(opened)


def _unread(opened: WorkbookView, sheet: Sheet, down: bool) -> Iterator[CellPos]:
    """Numbers in a list of typed ones that are not read though nearly all others are."""
    for run in runs(sheet.numbers, down):
        if len(run) >= _LIST:
            idle = [place for place in run if not opened.graph.is_read(sheet, place)]
            if idle and len(idle) * 5 <= len(run) + 1:
                yield from (place for place in idle if not _in_an_idle_line(opened, sheet, place, down))


def _in_an_idle_line(opened: WorkbookView, sheet: Sheet, place: CellPos, down: bool) -> bool:
    """Whether numbers beside it, across the list, are not read either, as in a line of headings."""
    row, column = place
    beside = ((row, column - 1), (row, column + 1)) if down else ((row - 1, column), (row + 1, column))
    alike = (one for one in beside if one in sheet.numbers and sheet.style(one) == sheet.style(place))
    return any(not opened.graph.is_read(sheet, one) for one in alike)


def runs(places: Iterable[CellPos], down: bool) -> Iterator[list[CellPos]]:
    """Cells that lie one behind the other."""
    run: list[CellPos] = []
    step = (1, 0) if down else (0, 1)
    for place in sorted(places, key=lambda one: (one[1], one[0]) if down else one):
        if run and place != (run[-1][0] + step[0], run[-1][1] + step[1]):
            yield run
            run = []
        run.append(place)
    if run:
        yield run


def _idle_rows(opened: WorkbookView) -> Iterator[Fault]:
    named = {(sheet, area[0]) for sheet, area in opened.named.values()}
    read: Counter[tuple[Sheet, int]] = Counter()
    for sheet, place, form in opened.formulas():
        for one in form.references:
            if found := opened.resolved(sheet, place, one):
                owner, (top, _, bottom, _) = found
                for row in range(top, min(bottom, top + 5_000) + 1):
                    if (owner, row) != (sheet, place[0]):
                        read[owner, row] += 1
    for sheet in template_sheets.of_kind(opened, "Inputs", "Calc_"):
        filled = {
            row
            for row, column in (*sheet.forms, *sheet.numbers)
            if row >= template_sheets.FIRST and column >= template_sheets.VALUE
        }
        for row in sorted(filled):
            if not read[sheet, row] and (sheet, row) not in named and not _below_spill(sheet, row):
                word = "input" if sheet.name == "Inputs" else "row"
                yield Fault(
                    sheet.name,
                    f"Nothing reads the {word} ({{}}).",
                    (row, template_sheets.LABEL),
                    sheet.text((row, template_sheets.LABEL)),
                )


def _below_spill(sheet: Sheet, row: int) -> bool:
    return any(place[0] == row for place in sheet.spilled)
