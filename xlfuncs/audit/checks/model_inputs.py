"""Checks of the inputs of a template, their sources, and the scenarios; and of numbers stored as text anywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from xlfuncs import data
from xlfuncs.audit.locations import parse_area
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import cover_value, filled_rows, input_rows, parse_date, sheets_named
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import (
    BASE_SCENARIO,
    DATA_AS_OF,
    DATA_GRADE,
    DATA_KEY,
    DATA_NOTE,
    DATA_SOURCE,
    DATA_UNIT,
    DATA_VALUE,
    FIRST_ROW,
    HEADING_ROW,
    INPUT_AS_OF,
    INPUT_BASE,
    INPUT_FILL,
    INPUT_FONT,
    INPUT_HIGH,
    INPUT_KEY,
    INPUT_LOW,
    INPUT_SOURCE,
    LABEL,
    SCENARIO_NAME,
    SCENARIOS,
    SERIES,
    STALE_AFTER,
    UNIT,
)
from xlfuncs.core.wording import number_texts
from xlfuncs.engine.tokens import INFIX
from xlfuncs.ooxml.cells import CellPos

_REQUIRED = {
    LABEL: "label", UNIT: "unit", INPUT_LOW: "low value", INPUT_BASE: "base value", INPUT_HIGH: "high value",
    INPUT_AS_OF: "date", INPUT_SOURCE: "source",
}  # fmt: skip
_VALUES = (INPUT_LOW, INPUT_BASE, INPUT_HIGH)
_RELATIVE_TOLERANCE = 1e-9


@audit_check(
    "B17",
    "incomplete-input",
    "A unit, a range, a source and a date for every input",
    "E",
    "ICAEW",
    "Complete the row: label, unit, low, base, high, source and date.",
)
def check_inputs(view: WorkbookView) -> Iterator[Violation]:
    """A number without unit, range, source and date cannot be judged, only believed."""
    for sheet, row in input_rows(view):
        for column, noun in _REQUIRED.items():
            if not sheet.text((row, column)):
                yield Violation(sheet.name, f"The input has no {noun}.", (row, column))
        low, base, high = (sheet.value((row, column)) for column in _VALUES)
        are_numbers = all(isinstance(value, float) for value in (low, base, high))
        if are_numbers and not min(low, high) <= base <= max(low, high):
            message = "The base value does not lie between low and high. Check whether they have the same unit."
            yield Violation(sheet.name, message, (row, INPUT_BASE))
    for sheet in sheets_named(view, "Inputs"):
        keyed = set(filled_rows(sheet, INPUT_KEY))
        for row in {row for row, column in sheet.numbers if column == INPUT_BASE and row >= FIRST_ROW} - keyed:
            yield Violation(sheet.name, "The input has no source key. Give it one of the sheet Data.", (row, INPUT_KEY))


@audit_check(
    "B18",
    "stale-or-missing-source",
    "Sources that are listed, graded, dated and current",
    "E",
    "audit trail",
    "Add the key to Data, or update the figure with xlfuncs refresh.",
)
def check_sources(view: WorkbookView) -> Iterator[Violation]:
    """Each key on Inputs is a row of Data with a source, a date and a grade.

    A figure is stale if its date is more than 18 months before that of the version and its note does not call it the
    newest, or if the installed data set has a newer one. The figure is wrong if its value or unit differs from that of
    the data set on its date.
    """
    data_sheet = view.find_sheet("Data")
    rows = {data_sheet.text((row, DATA_KEY)): row for row in filled_rows(data_sheet, DATA_KEY)} if data_sheet else {}
    for sheet, row in input_rows(view):
        key = sheet.text((row, INPUT_KEY))
        if key not in rows:
            yield Violation(sheet.name, "The source key is not listed on Data ({}).", (row, INPUT_KEY), key)
        elif data_sheet:
            source_unit, unit = data_sheet.text((rows[key], DATA_UNIT)), sheet.text((row, UNIT))
            if source_unit and unit and not _is_convertible(source_unit, unit):
                message = "The unit differs from that of the source ({})."
                yield Violation(sheet.name, message, (row, UNIT), f"{unit}, {source_unit}")
    if data_sheet:
        version_date = parse_date(cover_value(view, "Date"))
        for key, row in rows.items():
            yield from _check_figure(data_sheet, row, key, version_date)


def _check_figure(sheet: SheetView, row: int, key: str, version_date: dt.date | None) -> Iterator[Violation]:
    for column, noun in ((DATA_GRADE, "grade"), (DATA_SOURCE, "source"), (DATA_UNIT, "unit")):
        if not sheet.text((row, column)):
            yield Violation(sheet.name, f"The figure has no {noun}.", (row, column))
    if key.startswith("assumption.") or sheet.text((row, DATA_GRADE)) == "assumption":
        return
    date = parse_date(sheet.value((row, DATA_AS_OF)))
    if date is None:
        yield Violation(sheet.name, "The figure has no date.", (row, DATA_AS_OF))
        return
    is_noted = "newest" in sheet.text((row, DATA_NOTE)).lower()
    if version_date and version_date - date > STALE_AFTER and not is_noted:
        message = "The figure is more than 18 months old. Find a newer one, or note that it is the newest."
        yield Violation(sheet.name, message, (row, DATA_AS_OF), severity="W")
    entity, _, metric = key.partition(".")
    try:
        history = data.history(entity, metric)
    except data.DataNotFound:
        return
    if history[-1].as_of > date:
        message = "The data set has a newer figure ({}). Run xlfuncs refresh."
        yield Violation(sheet.name, message, (row, DATA_AS_OF), f"{key}, {history[-1].as_of}", "W")
    observation = next((observation for observation in history if observation.as_of == date), None)
    if observation:
        yield from _compare_with_data_set(sheet, row, observation)


def _compare_with_data_set(sheet: SheetView, row: int, observation: data.Observation) -> Iterator[Violation]:
    unit, value = sheet.text((row, DATA_UNIT)), sheet.value((row, DATA_VALUE))
    expected = _convert(observation.value, observation.unit, unit, observation.as_of)
    if expected is None:
        message = "The unit differs from that of the data set ({})."
        yield Violation(sheet.name, message, (row, DATA_UNIT), f"{unit} instead of {observation.unit}")
        return
    if isinstance(value, float) and abs(value - expected) > _RELATIVE_TOLERANCE * max(abs(value), abs(expected)):
        message = "The value differs from that of the data set on its date ({})."
        yield Violation(sheet.name, message, (row, DATA_VALUE), " instead of ".join(number_texts([value, expected])))


def _is_convertible(unit: str, other: str) -> bool:
    return _convert(1.0, unit, other, None) is not None


def _convert(value: float, old: str, new: str, date: dt.date | None) -> float | None:
    """A figure in another unit; `None` where it cannot be converted."""
    try:
        return data.convert(value, old, new, date)
    except data.DataNotFound:
        return None


@audit_check(
    "B20",
    "number-stored-as-text",
    "Inputs that are numbers, in the input style",
    "E",
    "AutoColor",
    "Type the value as a number, in the style of inputs.",
    severity_elsewhere="W",
)
def check_typed_numbers(view: WorkbookView) -> Iterator[Violation]:
    """A number stored as text is left out of every sum without warning.

    Such text is looked for beside typed numbers, where formulas read the cell. In our templates inputs are also blue
    (0000FF) on the fill of inputs, and never formulas.
    """
    for sheet in view.sheets:
        for cell, text in sheet.texts.items():
            if _looks_like_number(text) and _is_used_as_number(view, sheet, cell):
                yield Violation(sheet.name, "The number is stored as text. Type it as a number.", cell)
    if view.template:
        for sheet, row in input_rows(view):
            for column in _VALUES:
                yield from _check_input_style(view, sheet, (row, column))


def _check_input_style(view: WorkbookView, sheet: SheetView, cell: CellPos) -> Iterator[Violation]:
    if cell in sheet.formulas:
        yield Violation(sheet.name, "The input is a formula. Type a number.", cell)
    elif cell in sheet.numbers:
        colours = (view.font_colour(sheet, cell), view.fill_colour(sheet, cell))
        if colours != (INPUT_FONT, INPUT_FILL):
            font, fill = INPUT_FONT.lstrip("#"), INPUT_FILL.lstrip("#")
            yield Violation(sheet.name, f"The input is not blue ({font}) on the fill of inputs ({fill}).", cell)


def _looks_like_number(text: str) -> bool:
    stripped = text.strip().removesuffix("%").replace(",", "").lstrip("$€£¥")
    return stripped[:1] in "-+.0123456789" and len(stripped) > 0 and _parses(stripped)


def _parses(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return "_" not in text and "n" not in text.lower()


def _is_used_as_number(view: WorkbookView, sheet: SheetView, cell: CellPos) -> bool:
    """Whether a text stands among numbers, or beside a formula that calculates with it, and a formula reads it."""
    row, column = cell
    pairs = ((row - 1, column), (row + 1, column)), ((row, column - 1), (row, column + 1))
    beside = [other for pair in pairs for other in pair]
    if not view.graph.is_read(sheet, cell):
        return False
    return any(other in sheet.numbers or _calculates_with(sheet, other, cell) for other in beside)


def _calculates_with(sheet: SheetView, reader: CellPos, cell: CellPos) -> bool:
    """Whether the formula of one cell does arithmetic and reads another cell."""
    formula = sheet.formulas.get(reader)
    if formula is None or not any(token.kind == INFIX and token.text in "+-*/^" for token in formula.tokens):
        return False
    return any(
        reference.is_single and reference.sheet is None and reference.area_from(reader)[:2] == cell
        for reference in formula.areas
    )


@audit_check(
    "B43",
    "scenario-switch",
    "One cell that chooses the scenario",
    "E",
    "ICAEW, SMART",
    "Name the cell sc_active, give it a list validation, and set it to Base.",
)
def check_scenario_switch(view: WorkbookView) -> Iterator[Violation]:
    """With a list in one named cell, at Base when the workbook is opened, nobody searches for what is switched on."""
    switch = view.find_named_cell(SCENARIO_NAME)
    if switch is None:
        yield Violation("Inputs", f"No cell is named {SCENARIO_NAME}. Give this name to the scenario switch.")
        return
    sheet, cell = switch
    _, (top, left, bottom, right) = view.named_ranges["", SCENARIO_NAME]
    if (top, left) != (bottom, right):
        yield Violation(sheet.name, "The scenario switch is more than one cell.", cell)
    validations = sheet.elements("dataValidation")
    if not any(validation.get("type") == "list" and _covers(validation, cell) for validation in validations):
        yield Violation(sheet.name, "The scenario switch has no list validation.", cell)
    if sheet.text(cell) != BASE_SCENARIO:
        scenario = sheet.text(cell) or "nothing"
        yield Violation(sheet.name, f"The scenario switch is set to {scenario} instead of {BASE_SCENARIO}.", cell)


@audit_check(
    "B44",
    "incomplete-scenario",
    "At least three complete scenarios",
    "E",
    "CFI",
    "Fill in the row for every scenario.",
)
def check_scenarios(view: WorkbookView) -> Iterator[Violation]:
    """Bear, Base and Bull have the same rows, or they are not the same model."""
    sheet = view.find_sheet("Scenarios")
    if sheet is None:
        yield Violation("", "The sheet Scenarios is missing.")
        return
    columns = [column for row, column in sheet.texts if row == HEADING_ROW and column >= SERIES]
    if len(columns) < len(SCENARIOS):
        message = f"The number of scenarios is {len(columns)}; at least {len(SCENARIOS)} are required."
        yield Violation("Scenarios", message, (HEADING_ROW, SERIES))
    for row in filled_rows(sheet, LABEL):
        if any(sheet.is_filled((row, column)) for column in columns):
            for column in columns:
                if not sheet.is_filled((row, column)):
                    yield Violation("Scenarios", "The scenario has no value in the row.", (row, column))


@audit_check(
    "B52",
    "unvalidated-input",
    "A validation on every input",
    "E",
    "ICAEW",
    "Add a validation with bounds or a list, a prompt and an error message.",
)
def check_validation(view: WorkbookView) -> Iterator[Violation]:
    """A slip is caught where it is made: by bounds or a list, a prompt, and an error that says what is allowed."""
    for sheet, row in input_rows(view):
        for column in _VALUES:
            cell = (row, column)
            if cell not in sheet.numbers:
                continue
            own = [validation for validation in sheet.elements("dataValidation") if _covers(validation, cell)]
            if not own:
                yield Violation(sheet.name, "The input has no validation. Add bounds or a list.", cell)
            elif not all(validation.get("prompt") and validation.get("error") for validation in own):
                yield Violation(sheet.name, "The validation of the input lacks a prompt or an error message.", cell)


def _covers(validation: dict[str, str], cell: CellPos) -> bool:
    row, column = cell
    for address in validation.get("sqref", "").split():
        top, left, bottom, right = parse_area(address)
        if top <= row <= bottom and left <= column <= right:
            return True
    return False
