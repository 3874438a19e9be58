"""Rules for inputs, their sources, and the switches."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator

from xlfuncs import data
from xlfuncs.audit import template_sheets
from xlfuncs.audit.checks.layout import BLUE, FILL, font
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView, area, places_of
from xlfuncs.ooxml.cells import CellPos

_NOTE = 12
_OLD = dt.timedelta(days=548)  # 18 months
_CLOSE = 1e-9
_MEANING, _UNIT, _LOW, _VALUE, _HIGH, _AS_OF, _GRADE, _SOURCE = range(3, 11)  # columns of Data, behind Key
_KEY = 2


@rule(
    "B17",
    "Every input says what it is and where it comes from",
    "E",
    "ICAEW",
    "Fill in the row: label, unit, low, base, high, source, date.",
)
def complete(opened: WorkbookView) -> Iterator[Fault]:
    """A number without unit, range, source and date cannot be judged, only believed."""
    wanted = {
        template_sheets.LABEL: "label", template_sheets.UNIT: "unit",
        template_sheets.LOW: "low value", template_sheets.BASE: "base value",
        template_sheets.HIGH: "high value", template_sheets.AS_OF: "date", template_sheets.SOURCE: "source",
    }  # fmt: skip
    for sheet, row in template_sheets.inputs(opened):
        for column, word in wanted.items():
            if not sheet.text((row, column)):
                yield Fault(sheet.name, f"The input has no {word}; fill it in.", (row, column))
        low, base, high = (
            sheet.value((row, column)) for column in (template_sheets.LOW, template_sheets.BASE, template_sheets.HIGH)
        )
        if all(isinstance(one, float) for one in (low, base, high)) and not min(low, high) <= base <= max(low, high):
            yield Fault(
                sheet.name,
                "The base value is not between low and high; see whether its unit is theirs.",
                (row, template_sheets.BASE),
            )
    for sheet in template_sheets.of_kind(opened, "Inputs"):
        keyed = set(template_sheets.rows(sheet, template_sheets.KEY))
        for row in {
            row for row, column in sheet.numbers if column == template_sheets.BASE and row >= template_sheets.FIRST
        } - keyed:
            yield Fault(
                sheet.name, "The input has no source key; give it one of the sheet Data.", (row, template_sheets.KEY)
            )


@rule(
    "B18",
    "Sources are in Data, graded, dated and not stale",
    "E",
    "audit trail",
    "Add the key to Data, or bring the figure up to date: xlfuncs refresh.",
)
def sources(opened: WorkbookView) -> Iterator[Fault]:
    """Each key on Inputs is a row of Data with a source, a date and a grade.

    A figure is stale where its date is 18 months before that of the version and its note does not call it the newest,
    or where the data set that is installed has a newer one; it is wrong where its value or unit is not that of the
    data set on its date.
    """
    sheet = opened.sheet("Data")
    known = {sheet.text((row, _KEY)): row for row in template_sheets.rows(sheet, _KEY)} if sheet else {}
    for own, row in template_sheets.inputs(opened):
        key = own.text((row, template_sheets.KEY))
        if key not in known:
            yield Fault(own.name, "The source key is not in Data ({}); add it.", (row, template_sheets.KEY), key)
        elif sheet:
            unit, stated = sheet.text((known[key], _UNIT)), own.text((row, template_sheets.UNIT))
            if unit and stated and not _convertible(unit, stated):
                yield Fault(
                    own.name,
                    "The unit is not that of the source ({}); correct one.",
                    (row, template_sheets.UNIT),
                    f"{stated}, {unit}",
                )
    if sheet:
        version = template_sheets.date(template_sheets.cover(opened, "Date"))
        for key, row in known.items():
            yield from _row(sheet, row, key, version)


def _row(sheet: Sheet, row: int, key: str, version: dt.date | None) -> Iterator[Fault]:
    for column, word in ((_GRADE, "grade"), (_SOURCE, "source"), (_UNIT, "unit")):
        if not sheet.text((row, column)):
            yield Fault(sheet.name, f"The figure has no {word}; fill it in.", (row, column))
    if key.startswith("assumption.") or sheet.text((row, _GRADE)) == "assumption":
        return
    day = template_sheets.date(sheet.value((row, _AS_OF)))
    if day is None:
        yield Fault(sheet.name, "The figure has no date; fill it in.", (row, _AS_OF))
        return
    if version and version - day > _OLD and "newest" not in sheet.text((row, _NOTE)).lower():
        yield Fault(
            sheet.name,
            "The figure is older than 18 months; look for a newer one, or note that it is the newest.",
            (row, _AS_OF),
            severity="W",
        )
    entity, _, metric = key.partition(".")
    try:
        past = data.history(entity, metric)
    except data.DataNotFound:
        return
    if past[-1].as_of > day:
        yield Fault(
            sheet.name,
            "The data set has a newer figure ({}); run xlfuncs refresh.",
            (row, _AS_OF),
            f"{key}, {past[-1].as_of}",
            "W",
        )
    then = next((one for one in past if one.as_of == day), None)
    if then:
        yield from _as_in_the_data(sheet, row, then)


def _as_in_the_data(sheet: Sheet, row: int, then: data.Observation) -> Iterator[Fault]:
    unit, value = sheet.text((row, _UNIT)), sheet.value((row, _VALUE))
    expected = _converted(then.value, then.unit, unit, then.as_of)
    if expected is None:
        yield Fault(
            sheet.name,
            "The unit is not that of the data set ({}); correct it.",
            (row, _UNIT),
            f"{unit} for {then.unit}",
        )
        return
    if isinstance(value, float) and abs(value - expected) > _CLOSE * max(abs(value), abs(expected)):
        yield Fault(
            sheet.name,
            "The value is not that of the data set on its date ({}).",
            (row, _VALUE),
            f"{value:.10g} for {expected:.10g}",
        )


def _convertible(one: str, other: str) -> bool:
    return _converted(1.0, one, other, None) is not None


def _converted(value: float, old: str, new: str, day: dt.date | None) -> float | None:
    """A figure in another unit; none where that cannot be."""
    if _spelled(old) == _spelled(new):
        return value
    try:
        return data.convert(value, old, new, day)
    except data.DataNotFound:
        return None


def _spelled(unit: str) -> str:
    """One spelling of a unit for all: USD per FTE-year for USD/FTE-yr."""
    return re.sub(r"\byr\b", "year", unit.lower().replace(" per ", "/"))


@rule(
    "B20",
    "Inputs are typed numbers in blue",
    "E",
    "AutoColor",
    "Type the number as a number, in the style of inputs.",
    elsewhere="W",
)
def typed(opened: WorkbookView) -> Iterator[Fault]:
    """A number that is stored as text is left out of every sum without a word.

    Looked for beside typed numbers and where formulas read it. In our templates inputs are also blue (0000FF) on the
    ground of inputs, and no formulas.
    """
    for sheet in opened.sheets:
        for place, text in sheet.texts.items():
            if _is_number(text) and _counts(opened, sheet, place):
                yield Fault(sheet.name, "The number is stored as text; type it as a number.", place)
    for sheet, row in template_sheets.inputs(opened) if opened.ours else ():
        for column in (template_sheets.LOW, template_sheets.BASE, template_sheets.HIGH):
            place = (row, column)
            if place in sheet.forms:
                yield Fault(sheet.name, "The input is a formula; type a number.", place)
            elif place in sheet.numbers:
                cell = opened.book[sheet.name].cell(*place)
                fill = str(getattr(cell.fill.fgColor, "rgb", ""))[-6:].upper()
                if font(opened, sheet, place) != BLUE or fill != FILL:
                    yield Fault(sheet.name, f"The input is not blue ({BLUE}) on {FILL}.", place)


def _is_number(text: str) -> bool:
    stripped = text.strip().removesuffix("%").replace(",", "").lstrip("$€£¥")
    return stripped[:1] in "-+.0123456789" and len(stripped) > 0 and _parses(stripped)


def _parses(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text and "n" not in text.lower()


def _counts(opened: WorkbookView, sheet: Sheet, place: CellPos) -> bool:
    """Whether a text stands among numbers and is read by a formula."""
    row, column = place
    beside = ((row - 1, column), (row + 1, column)), ((row, column - 1), (row, column + 1))
    among = any(all(one in sheet.numbers for one in pair) for pair in beside)
    near = [one for pair in beside for one in pair]
    if not opened.graph.is_read(sheet, place):
        return False
    return among or any(one in sheet.numbers for one in near) or any(_reckons(sheet, one, place) for one in near)


def _reckons(sheet: Sheet, reader: CellPos, place: CellPos) -> bool:
    """Whether a formula reckons with a cell."""
    form = sheet.forms.get(reader)
    if form is None or not any(token.kind == "OpInfix" and token.text in "+-*/^" for token in form.tokens):
        return False
    return any(one.single and one.sheet is None and one.area(reader)[:2] == place for one in form.areas)


@rule(
    "B43",
    "One cell chooses the scenario",
    "E",
    "ICAEW, SMART",
    "Name the cell sc_active and let it take its entries from a list.",
)
def switch(opened: WorkbookView) -> Iterator[Fault]:
    """A list in one named cell, Base when the workbook is opened: nobody has to search for what is switched on."""
    found = opened.cell_named("sc_active")
    if found is None:
        yield Fault("Inputs", "No cell is named sc_active; name the scenario switch so.")
        return
    sheet, place = found
    _, (top, left, bottom, right) = opened.named["", "sc_active"]
    if (top, left) != (bottom, right):
        yield Fault(sheet.name, "The scenario switch is more than one cell.", place)
    if not any(one.get("type") == "list" and _covers(one, place) for one in sheet.all("dataValidation")):
        yield Fault(sheet.name, "The scenario switch takes no list; add a list validation.", place)
    if sheet.text(place) != "Base":
        yield Fault(sheet.name, f"The scenario switch is at {sheet.text(place) or 'nothing'}; set it to Base.", place)


@rule("B44", "At least three scenarios without gaps", "E", "CFI", "Fill in the row for every scenario.")
def scenarios(opened: WorkbookView) -> Iterator[Fault]:
    """Bear, Base and Bull have the same rows, or they are not the same model."""
    sheet = opened.sheet("Scenarios")
    if sheet is None:
        yield Fault("", "There is no sheet Scenarios.")
        return
    heads = [column for row, column in sheet.texts if row == template_sheets.HEAD and column >= template_sheets.SERIES]
    if len(heads) < len(template_sheets.CASES):
        yield Fault(
            "Scenarios",
            f"There are {len(heads)} scenarios; there must be at least 3.",
            (template_sheets.HEAD, template_sheets.SERIES),
        )
    for row in template_sheets.rows(sheet, template_sheets.LABEL):
        if any(sheet.filled((row, column)) for column in heads):
            for column in heads:
                if not sheet.filled((row, column)):
                    yield Fault("Scenarios", "The scenario has no value in the row; fill it in.", (row, column))


@rule(
    "B52",
    "Every input is validated",
    "E",
    "ICAEW",
    "Add a validation with bounds or a list, a prompt and an error text.",
)
def validated(opened: WorkbookView) -> Iterator[Fault]:
    """A slip of a key is caught where it is made: bounds or a list, a prompt, and an error that says what may be."""
    for sheet, row in template_sheets.inputs(opened):
        for column in (template_sheets.LOW, template_sheets.BASE, template_sheets.HIGH):
            place = (row, column)
            if place not in sheet.numbers:
                continue
            own = [one for one in sheet.all("dataValidation") if _covers(one, place)]
            if not own:
                yield Fault(sheet.name, "The input has no validation; add bounds or a list.", place)
            elif not all(one.get("prompt") and one.get("error") for one in own):
                yield Fault(sheet.name, "The validation has no prompt or no error text; add them.", place)


def _covers(validation: dict[str, str], place: CellPos) -> bool:
    for one in validation.get("sqref", "").split():
        top, left, bottom, right = area(one)
        if top <= place[0] <= bottom and left <= place[1] <= right:
            return True
    return False


__all__ = ["places_of"]
