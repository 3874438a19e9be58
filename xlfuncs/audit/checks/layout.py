"""Rules for how the sheets of our templates are laid out and look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from xlfuncs.audit import template_sheets
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView
from xlfuncs.core import units
from xlfuncs.ooxml.cells import address_of

BLUE, FILL = "0000FF", "FFFBE6"
_FROZEN = "H5"
_SHOWN_AS_IT_IS = {
    unit.name for unit in vars(units).values() if isinstance(unit, units.Unit) and unit.number_format == "General"
}
_TIMELINE = {
    "number": ("period", "period number"),
    "start": ("period start", "first day of the period"),
    "end": ("period end", "last day of the period"),
}
_SHEETS = ("Inputs", "Scenarios", "Timeline", "Calc_")


@rule(
    "B12",
    "Columns have the same roles on every sheet",
    "E",
    "FAST 2.01-01",
    "Put the headings of the fixed columns into row 4.",
)
def roles(opened: WorkbookView) -> Iterator[Fault]:
    """Section, label, unit, value, total, note and then the series: the eye need not search."""
    for sheet in template_sheets.of_kind(opened, *_SHEETS):
        for column, role in enumerate(template_sheets.ROLES, 1):
            if sheet.text((template_sheets.HEAD, column)) not in role:
                why = f"The heading is not {role[0] or 'empty'}, as on the other sheets."
                yield Fault(sheet.name, why, (template_sheets.HEAD, column))


@rule(
    "B13",
    "Columns have the same widths on all calculation sheets",
    "W",
    "FAST 2.01-01",
    "Set the width of the other sheets.",
)
def widths(opened: WorkbookView) -> Iterator[Fault]:
    """Sheets of one width can be laid over one another."""
    found: dict[Sheet, dict[int, float]] = {}
    for sheet in template_sheets.of_kind(opened, "Calc_"):
        found[sheet] = {
            column: float(one.get("width", 0))
            for one in sheet.all("col")
            for column in range(int(one["min"]), min(int(one["max"]), template_sheets.SERIES - 1) + 1)
        }
    for column in range(1, template_sheets.SERIES):
        usual = Counter(width.get(column, 0.0) for width in found.values()).most_common(1)
        for sheet, width in found.items():
            if abs(width.get(column, 0.0) - usual[0][0]) > 0.01:
                yield Fault(sheet.name, "The column is not as wide as on the other calculation sheets.", (1, column))


@rule("B15", "Timeline holds the periods", "E", "FAST 3.07", "Add the row to Timeline, and link to it.")
def timeline(opened: WorkbookView) -> Iterator[Fault]:
    """Number, start and end of each period stand in one place, with the flags of phases; other sheets link to it."""
    sheet = opened.sheet("Timeline")
    if sheet is None:
        return
    labels = {
        sheet.text((row, template_sheets.LABEL)).lower() for row in template_sheets.rows(sheet, template_sheets.LABEL)
    }
    for word, names in _TIMELINE.items():
        if not labels.intersection(names):
            yield Fault("Timeline", f"There is no row with the {word} of each period; add {names[-1]}.")
    if not any(
        one.sheet == "Timeline" for other, _, form in opened.formulas() if other is not sheet for one in form.areas
    ):
        yield Fault("Timeline", "No sheet links to the periods.")


@rule("B16", "Panes are frozen at the first figure of the series", "E", "FAST, CFI", f"Freeze the panes at {_FROZEN}.")
def frozen(opened: WorkbookView) -> Iterator[Fault]:
    """Label and unit stay in sight to the last period."""
    for sheet in template_sheets.of_kind(opened, "Calc_"):
        if not any(one.get("topLeftCell") and one.get("state", "").startswith("frozen") for one in sheet.all("pane")):
            yield Fault(sheet.name, f"The panes are not frozen; freeze them at {_FROZEN}.")
        elif opened.book[sheet.name].freeze_panes != _FROZEN:
            yield Fault(sheet.name, f"The panes are not frozen at {_FROZEN}.")


@rule("B22", "Formulas on their own sheet are black", "W", "AutoColor", "Make the font black, or that of the text.")
def black(opened: WorkbookView) -> Iterator[Fault]:
    """Blue says input and green says link; a formula in one of these colours is overwritten by mistake."""
    for sheet in template_sheets.of_kind(opened, "Calc_"):
        for place, form in sheet.forms.items():
            if place[0] >= template_sheets.FIRST and all(one.sheet in (None, sheet.name) for one in form.areas):
                colour = font(opened, sheet, place)
                if colour == BLUE or _green(colour):
                    yield Fault(sheet.name, "The formula has the colour of an input or a link; make it black.", place)


@rule(
    "B23",
    "Links to other sheets are green, and nothing but links",
    "W",
    "AutoColor, FAST",
    "Import the cell in a row of its own, and reckon with that.",
)
def links(opened: WorkbookView) -> Iterator[Fault]:
    """A formula that reads two sheets at once cannot be followed on either of them."""
    for sheet in template_sheets.of_kind(opened, "Calc_"):
        for place, form in sheet.forms.items():
            if place[0] <= template_sheets.HEAD or all(one.sheet in (None, sheet.name) for one in form.areas):
                continue
            if not form.links:
                yield Fault(sheet.name, "The formula reckons with cells of another sheet; import them first.", place)
            elif not _green(font(opened, sheet, place)):
                yield Fault(sheet.name, "The link to another sheet is not green.", place)


def font(opened: WorkbookView, sheet: Sheet, place: tuple[int, int]) -> str:
    """The colour of a cell's font, six digits."""
    return str(getattr(opened.book[sheet.name].cell(*place).font.color, "rgb", "") or "")[-6:].upper()


def _green(colour: str) -> bool:
    if len(colour) != 6:
        return False
    try:
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
    except ValueError:
        return False
    return green > red + 40 and green >= blue


@rule(
    "B53",
    "Sheets are protected without a password, inputs are not",
    "W",
    "CFI",
    "Protect the sheet without a password; unlock inputs, data and log.",
)
def protection(opened: WorkbookView) -> Iterator[Fault]:
    """Protection is there against slips, so that the reader can lift it; a password only hides."""
    for sheet in opened.sheets:
        if sheet.name in template_sheets.HIDDEN:
            continue
        own = opened.book[sheet.name].protection
        if not own.sheet:
            yield Fault(sheet.name, "The sheet is not protected; protect it without a password.")
        elif own.password or getattr(own, "hashValue", None):
            yield Fault(sheet.name, "The sheet is protected by a password; take it away.")
    for sheet, row in template_sheets.inputs(opened):
        for column in (template_sheets.LOW, template_sheets.BASE, template_sheets.HIGH):
            if opened.book[sheet.name].cell(row, column).protection.locked:
                yield Fault(sheet.name, "The input is locked; unlock it.", (row, column))


@rule(
    "B54",
    "Number formats say what a number is",
    "W",
    "CFI",
    "Use the format of the unit: %, 0.0x, negatives in brackets.",
)
def formats(opened: WorkbookView) -> Iterator[Fault]:
    """0.4 may be 40 % or 0.4 times; a format that shows it saves the reader the question."""
    for sheet in template_sheets.of_kind(opened, "Inputs", "Scenarios", "Calc_", "Outputs", "Sensitivity"):
        for place in {*sheet.numbers, *sheet.forms, *sheet.spilled}:
            row, at = place
            if row < template_sheets.FIRST or at < template_sheets.VALUE or not isinstance(sheet.value(place), float):
                continue
            if sheet.name == "Inputs" and at >= template_sheets.SIDE:
                continue
            code = opened.number_format(sheet.style(place))
            if code in ("", "General") and sheet.text((row, template_sheets.UNIT)) not in _SHOWN_AS_IT_IS:
                yield Fault(sheet.name, "The number has no format; give it that of its unit.", place)
            elif template_sheets.has_unit(sheet, place) and _is_share(sheet, row) and "%" not in code:
                yield Fault(sheet.name, "The unit is a share and the format shows no %.", place)
            elif sheet.value(place) < 0 and "-" in code.partition(";")[2] and "(" not in code:
                yield Fault(sheet.name, "The number is negative and not in brackets.", place)


def _is_share(sheet: Sheet, row: int) -> bool:
    return sheet.text((row, template_sheets.UNIT)).lower() in ("share", "%", "percent")


@rule("B55", "Every sheet prints well", "W", "CFI", "Set landscape, one page wide, titles repeated, and a footer.")
def printing(opened: WorkbookView) -> Iterator[Fault]:
    """Someone prints it for the meeting: landscape, one page wide, headings on each page, sheet and page below."""
    for sheet in opened.sheets:
        if sheet.name in template_sheets.HIDDEN:
            continue
        own: Any = opened.book[sheet.name]
        lacking = []
        if own.page_setup.orientation != "landscape":
            lacking.append("landscape")
        if (
            not own.sheet_properties.pageSetUpPr
            or not own.sheet_properties.pageSetUpPr.fitToPage
            or (own.page_setup.fitToWidth or 1) != 1
        ):
            lacking.append("fit to one page wide")
        if not own.print_title_rows:
            lacking.append("repeated headings")
        footer = "".join(
            str(part.text or "") for part in (own.oddFooter.left, own.oddFooter.center, own.oddFooter.right)
        )
        if "&P" not in footer and "Page" not in footer:
            lacking.append("a footer with the page")
        if lacking:
            yield Fault(sheet.name, f"For printing the sheet lacks {', '.join(lacking)}.")


__all__ = ["BLUE", "FILL", "address_of", "font"]
