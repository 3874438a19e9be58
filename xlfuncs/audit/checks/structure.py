"""Rules for the sheets of a workbook and what they hide."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from xlfuncs.audit import template_sheets
from xlfuncs.audit.checks.flow import runs
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView, area, places_of

_KINDS = {
    "Inputs": "inputs", "Scenarios": "inputs", "Calc_": "calculations", "Outputs": "outputs", "Checks": "checks",
}  # fmt: skip
_LONGEST = 31
_YEARS = range(1900, 2101)
_AXIS = 5  # periods that make a time axis
_UNQUOTED = re.compile(r"^'?(.*?)'?!")


@rule(
    "B06", "Sheet names are of the fixed set", "E", "ICAEW", "Rename the sheet; a calculation is Calc_ and its subject."
)
def sheet_names(opened: WorkbookView) -> Iterator[Fault]:
    """Who knows one of our workbooks finds the way in all of them."""
    for sheet in opened.sheets:
        if sheet.name not in template_sheets.HIDDEN and (
            template_sheets.rank(sheet.name) is None or len(sheet.name) > _LONGEST
        ):
            yield Fault(sheet.name, "The sheet is not named as our sheets are, nor Calc_ and its subject; rename it.")


@rule(
    "B07", "Sheets stand in reading order", "W", "FAST 1.02", "Move the sheet: inputs, calculations, outputs, checks."
)
def sheet_order(opened: WorkbookView) -> Iterator[Fault]:
    """The order of the sheets is that of the calculation, from what goes in to what comes out."""
    highest = -1
    for sheet in opened.sheets:
        rank = template_sheets.rank(sheet.name)
        if rank is not None:
            if rank < highest:
                yield Fault(
                    sheet.name, f"The sheet stands behind {template_sheets.ORDER[highest].rstrip('_')}; move it before."
                )
            highest = max(highest, rank)


@rule("B08", "Tab colours tell the kinds of sheets", "W", "FAST", "Give the tab the colour of its kind.")
def tab_colours(opened: WorkbookView) -> Iterator[Fault]:
    """Inputs, calculations, outputs and checks are told apart before a sheet is opened."""
    colours: dict[str, dict[str, str]] = {}
    for sheet in opened.sheets:
        colour = next((one.get("rgb", one.get("theme", "")) for one in sheet.all("tabColor")), "")
        if not colour and sheet.name not in template_sheets.HIDDEN:
            yield Fault(sheet.name, "The tab has no colour; give it that of its kind.")
        kind = _KINDS.get("Calc_" if sheet.name.startswith("Calc_") else sheet.name)
        if kind and colour:
            colours.setdefault(kind, {})[sheet.name] = colour
    usual = {kind: Counter(found.values()).most_common(1)[0][0] for kind, found in colours.items()}
    for kind, found in colours.items():
        for name, colour in found.items():
            others = [other for other, one in usual.items() if one == colour and other != kind]
            if colour != usual[kind] or others:
                yield Fault(name, f"The tab has not a colour of its own for {kind}; give it one.")


@rule("B09", "No hidden sheets", "E", "ICAEW", "Show the sheet, or take it away.", elsewhere="W")
def hidden_sheets(opened: WorkbookView) -> Iterator[Fault]:
    """What cannot be seen is not checked by anyone, and can still change every result."""
    for sheet in opened.sheets:
        if sheet.state != "visible" and sheet.name not in template_sheets.HIDDEN:
            word = "hidden so that only a macro shows it" if sheet.state == "veryHidden" else "hidden"
            yield Fault(
                sheet.name, f"The sheet is {word}; show it.", severity="E" if sheet.state == "veryHidden" else ""
            )


@rule("B10", "No hidden rows or columns", "E", "ICAEW", "Show them; group rows instead of hiding them.", elsewhere="W")
def hidden_lines(opened: WorkbookView) -> Iterator[Fault]:
    """A sum over hidden rows cannot be followed, and a hidden column is copied along unseen. Empty ones do no harm."""
    for sheet in opened.sheets:
        filled = {*sheet.forms, *sheet.numbers, *sheet.texts, *sheet.others, *sheet.spilled}
        rows, columns = {row for row, _ in filled}, {column for _, column in filled}
        filtered = any(True for _ in sheet.all("autoFilter"))
        first = min(columns, default=1)
        for row in sheet.hidden_rows:
            if row in rows:
                why = "The row is filtered out; clear the filter." if filtered else "The row is hidden; show it."
                yield Fault(sheet.name, why, (row, min((c for r, c in filled if r == row), default=first)))
        for low, high in sheet.hidden_columns:
            for column in sorted(columns & set(range(low, high + 1))):
                top = min(row for row, one in filled if one == column)
                yield Fault(sheet.name, "The column is hidden; show it.", (top, column))


@rule(
    "B11", "No merged cells among figures", "W", "FAST", "Unmerge; centre across the selection instead.", elsewhere="W"
)
def merged_cells(opened: WorkbookView) -> Iterator[Fault]:
    """Rows and columns through merged cells cannot be filled, sorted or referred to.

    Looked for around figures and formulas; in our templates everywhere but on the Cover.
    """
    for sheet in opened.sheets:
        for one in sheet.all("mergeCell"):
            merged = area(one["ref"])
            inside = any(place in sheet.forms or place in sheet.numbers for place in _few(merged))
            if (opened.ours and sheet.name != "Cover") or (inside and _beside_figures(sheet, merged)):
                yield Fault(sheet.name, "The cells are merged; unmerge them.", merged[:2])


def _few(merged: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    top, left, bottom, right = merged
    return list(places_of((top, left, min(bottom, top + 50), min(right, left + 50))))


def _beside_figures(sheet: Sheet, merged: tuple[int, int, int, int]) -> bool:
    top, left, bottom, right = merged
    around = places_of((max(1, top - 1), max(1, left - 1), min(bottom, top + 50) + 1, min(right, left + 50) + 1))
    within = set(_few(merged))
    return sum(place in sheet.forms or place in sheet.numbers for place in around if place not in within) >= 2


@rule(
    "B14",
    "One time axis",
    "E",
    "FAST 2.01-02",
    "Let the headings follow from the first period, and link those of later sheets to it.",
    elsewhere="W",
)
def time_axis(opened: WorkbookView) -> Iterator[Fault]:
    """A period that is missing, doubled or shifted puts every figure below it into the wrong time.

    Typed years and dates in a row must go on in even steps. In our templates the headings of every sheet with periods
    are links to the same column of Timeline.
    """
    for sheet in opened.sheets:
        for run in runs(sheet.numbers, down=False):
            yield from _uneven(sheet, run)
        for down in (False, True):
            for run in runs(sheet.numbers, down):
                yield from _miscounted(sheet, run)
    if opened.ours:
        for sheet in template_sheets.of_kind(opened, "Calc_"):
            if template_sheets.kind(sheet) == "time":
                yield from _unlinked(sheet)


def _uneven(sheet: Sheet, run: list[tuple[int, int]]) -> Iterator[Fault]:
    values = [sheet.numbers[place] for place in run]
    date = "y" in sheet.opened.number_format(sheet.style(run[0])).lower()
    if len(run) < _AXIS or not (date or all(value == int(value) and int(value) in _YEARS for value in values)):
        return
    steps = [round(b - a) for a, b in pairwise(values)]
    step, count = Counter(steps).most_common(1)[0]
    spread = 4 if date and step > 27 else 0
    for place, one in zip(run[1:], steps, strict=True):
        if count * 2 > len(steps) and abs(one - step) > spread:
            if values[0].is_integer() and not date and sum(other != step for other in steps) <= 2:
                return  # one heading that is wrong is named by the count
            yield Fault(sheet.name, "The periods of the row do not go on in even steps; correct the heading.", place)
            return


def _miscounted(sheet: Sheet, run: list[tuple[int, int]]) -> Iterator[Fault]:
    """A number that breaks a count: all others of the line are where an even step puts them."""
    values = [sheet.numbers[place] for place in run]
    if len(run) < _AXIS or not all(value.is_integer() for value in values):
        return
    steps = Counter(b - a for a, b in pairwise(values))
    step, count = steps.most_common(1)[0]
    if not step or len(steps) == 1 or count < len(run) - 3:
        return
    start = Counter(value - at * step for at, value in enumerate(values)).most_common(1)[0][0]
    wrong = [place for at, place in enumerate(run) if values[at] != start + at * step]
    if len(wrong) == 1 and wrong[0] != run[-1]:
        yield Fault(sheet.name, "The number breaks the count of the line it stands in; correct it.", wrong[0])


def _unlinked(sheet: Sheet) -> Iterator[Fault]:
    for place in sorted({*sheet.texts, *sheet.numbers, *sheet.forms}):
        if place[0] != template_sheets.HEAD or place[1] < template_sheets.SERIES:
            continue
        form = sheet.forms.get(place)
        if form is None:
            yield Fault(sheet.name, "The heading of a period is typed; link it to Timeline.", place)
        elif not form.links or form.areas[0].sheet != "Timeline" or form.areas[0].area(place)[1] != place[1]:
            yield Fault(sheet.name, "The heading is no link to the same column of Timeline.", place)


def sheet_of(location: str) -> str:
    """The sheet of a hyperlink inside the workbook.

    >>> sheet_of("'My sheet'!A1"), sheet_of("#Cover!B2")
    ('My sheet', 'Cover')
    """
    match = _UNQUOTED.match(location.removeprefix("#"))
    return match[1].replace("''", "'") if match else ""
