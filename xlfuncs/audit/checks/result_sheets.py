"""Checks of what comes out of a model: its own checks, sensitivities, charts and claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree import ElementTree

from xlfuncs.audit.locations import parse_area
from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import TECHNICAL_SHEETS, all_text, filled_rows
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import (
    CHECK_AGAIN,
    CHECK_LABEL,
    CHECK_PASSES,
    CHECK_RESULT,
    CHECK_TOLERANCE,
    CLAIM_BASE,
    CLAIM_FUNCTIONS,
    CLAIM_ID,
    CLAIM_SOURCE,
    CLAIM_VERDICT,
    MASTER_CHECK_LABEL,
    MASTER_CHECK_NAME,
    NOT_TESTABLE,
    TITLE_ROW,
    VERDICTS,
)
from xlfuncs.core.wording import number_text

_MIN_CHECKS = 12
_FLAGSHIP, _CLAIMS = "us_china_comparison", 49  # the template that has all claims, and how many these are
_CLAIM = re.compile(r"^C(0[1-9]|[1-4]\d)$")
_FUNCTION = re.compile(r"[A-Z][A-Z0-9_]{2,}")
_AXES = ("catAx", "valAx", "dateAx", "serAx")
_SENSITIVITIES = {"one-way": ("one way", "1 way"), "two-way": ("two way", "2 way"), "tornado": ("tornado",)}
_SWING = "swing"
_FAILED = re.compile(r"^(false|error|fail(ed|s|ure)?|check( fails)?|not ok|imbalance)\b", re.IGNORECASE)
_LABELLED_CHECK = re.compile(r"\bchecks?\b|\bbalances\b|\breconcil", re.IGNORECASE)
_LONGEST_VALUE = 40  # characters of a value in a message


@audit_check(
    "B46",
    "too-few-checks",
    "At least twelve checks",
    "E",
    "ICAEW",
    "Add the check with its description, tolerance and result.",
)
def check_checks(view: WorkbookView) -> Iterator[Violation]:
    """A model that does not check itself is left to its readers; each check says what, how closely, and 1 or 0."""
    sheet = view.find_sheet("Checks")
    if sheet is None:
        yield Violation("", "The sheet Checks is missing.")
        return
    rows = _check_rows(sheet)
    if len(rows) < _MIN_CHECKS:
        yield Violation("Checks", f"The number of checks is {len(rows)}; at least {_MIN_CHECKS} are required.")
    for row in rows:
        for column in (CHECK_RESULT, CHECK_AGAIN):
            if (row, column) in sheet.numbers:
                yield Violation("Checks", "The check compares a typed number. Calculate both sides.", (row, column))
        if not isinstance(sheet.value((row, CHECK_TOLERANCE)), float):
            yield Violation("Checks", "The check has no tolerance.", (row, CHECK_TOLERANCE))
        passes = (row, CHECK_PASSES)
        if passes not in sheet.formulas or sheet.value(passes) not in (0.0, 1.0):
            yield Violation("Checks", "The result of the check is not a formula that gives 1 or 0.", passes)


def _check_rows(sheet: SheetView) -> list[int]:
    """The rows of checks, without that of the master check."""
    master = MASTER_CHECK_LABEL.lower()
    rows = filled_rows(sheet, CHECK_LABEL)
    return [row for row in rows if not sheet.text((row, CHECK_LABEL)).lower().startswith(master)]


@audit_check(
    "B47",
    "failing-check",
    "One master check, visible on every sheet",
    "E",
    "ICAEW",
    "Find out why the check fails. Make chk_master the product of all checks, and show it in row 1 of each sheet.",
    severity_elsewhere="W",
)
def check_master_check(view: WorkbookView) -> Iterator[Violation]:
    """A check that fails on a sheet that nobody opens must show on the sheet that is open.

    In other workbooks a formula that is labelled as a check must not give FALSE, ERROR or the like.
    """
    if not view.template:
        yield from _find_failing_checks(view)
        return
    master = view.find_named_cell(MASTER_CHECK_NAME)
    if master is None:
        message = f"No cell is named {MASTER_CHECK_NAME}. Give this name to the product of all checks."
        yield Violation("Checks", message)
        return
    sheet, cell = master
    covered = {node[1][0] for node in view.graph.precedents(sheet, cell)} if cell in sheet.formulas else set()
    for row in _check_rows(sheet):
        if row not in covered:
            yield Violation(sheet.name, "The master check leaves out the check.", (row, CHECK_PASSES))
    value = view.report.outputs.get(MASTER_CHECK_NAME, sheet.value(cell))
    if value != 1.0:
        result = number_text(value) if isinstance(value, float) else "empty" if value is None else value
        yield Violation(sheet.name, f"The master check is {result} instead of 1. Find the check that fails.", cell)
    for other in view.sheets:
        if other.name in ("Checks", "Contents") or other.name in TECHNICAL_SHEETS:
            continue
        title_row = (formula for (row, _), formula in other.formulas.items() if row == TITLE_ROW)
        if not any(_reads_name(formula, MASTER_CHECK_NAME) for formula in title_row):
            yield Violation(other.name, "Row 1 does not show the master check.", (TITLE_ROW, 1))


def _find_failing_checks(view: WorkbookView) -> Iterator[Violation]:
    """Cells that are labelled as a check and say that it fails."""
    for sheet in view.sheets:
        rows = {row for (row, _), text in sheet.texts.items() if _LABELLED_CHECK.search(text)}
        is_check_sheet = bool(_LABELLED_CHECK.search(sheet.name))
        for cell in sheet.formulas:
            value = sheet.value(cell)
            if (is_check_sheet or cell[0] in rows) and (
                value is False or (isinstance(value, str) and _FAILED.match(value))
            ):
                message = "A check fails ({}). Find out why."
                yield Violation(sheet.name, message, cell, str(value)[:_LONGEST_VALUE])


def _reads_name(formula: R1C1Formula, name: str) -> bool:
    return any(reference.name.lower() == name for reference in formula.references)


@audit_check(
    "B48",
    "check-colours",
    "Red and green results of checks",
    "W",
    "ICAEW",
    "Add a conditional format to the results.",
)
def check_check_colours(view: WorkbookView) -> Iterator[Violation]:
    """A 0 among ones is overlooked; a red cell among green ones is not."""
    sheet = view.find_sheet("Checks")
    if sheet is None:
        return
    formats = sheet.elements("conditionalFormatting")
    areas = [parse_area(address) for format_ in formats for address in format_.get("sqref", "").split()]
    for row in _check_rows(sheet):
        if not any(top <= row <= bottom and left <= CHECK_PASSES <= right for top, left, bottom, right in areas):
            yield Violation("Checks", "The result has no conditional format.", (row, CHECK_PASSES))


@audit_check(
    "B49",
    "missing-sensitivity",
    "One-way, two-way and tornado sensitivities",
    "E",
    "CFI",
    "Add the table to the sheet Sensitivity, and sort the tornado by swing.",
)
def check_sensitivities(view: WorkbookView) -> Iterator[Violation]:
    """The tables show which input moves the result, how two move it together, and all inputs sorted by their swing."""
    sheet = view.find_sheet("Sensitivity")
    if sheet is None:
        return
    text = all_text(sheet).replace("-", " ")
    for name, words in _SENSITIVITIES.items():
        if not any(word in text for word in words):
            yield Violation("Sensitivity", f"The sheet has no {name} table.")
    for (row, column), heading in sorted(sheet.texts.items()):
        if heading.strip().lower() == _SWING:
            swings: list[float] = []
            while isinstance(value := sheet.value((row + 1 + len(swings), column)), float):
                swings.append(abs(value))
            if swings != sorted(swings, reverse=True):
                message = "The tornado is not sorted by swing. The largest comes first."
                yield Violation("Sensitivity", message, (row + 1, column))


@audit_check(
    "B50",
    "unlabelled-chart",
    "Charts with titles and a source",
    "E",
    "CFI",
    "Add the title, the titles of the axes, and the source below the chart.",
)
def check_charts(view: WorkbookView) -> Iterator[Violation]:
    """A chart is copied into a slide without the sheet around it, so it needs titles, and a source beside it."""
    for sheet in view.sheets:
        charts = list(view.charts_of(sheet))
        for chart in charts:
            if not _has_title(chart):
                yield Violation(sheet.name, "A chart has no title.")
            if any(not any(child.tag.endswith("}title") for child in axis) for axis in _visible_axes(chart)):
                yield Violation(sheet.name, "A chart has an axis without a title.")
        if charts and "source" not in all_text(sheet):
            yield Violation(sheet.name, "The sheet states no source for its charts.")


def _has_title(chart: ElementTree.Element) -> bool:
    return any(
        child.tag.endswith("}title") for element in chart.iter() if element.tag.endswith("}chart") for child in element
    )


def _visible_axes(chart: ElementTree.Element) -> Iterator[ElementTree.Element]:
    """The axes that are drawn, without those of radar charts."""
    if any(element.tag.endswith("}radarChart") for element in chart.iter()):
        return
    for element in chart.iter():
        is_deleted = any(child.tag.endswith("}delete") and child.get("val") in ("1", "true") for child in element)
        if element.tag.rpartition("}")[2] in _AXES and not is_deleted:
            yield element


@audit_check(
    "B57",
    "incomplete-claim",
    "Claims with figures and verdicts",
    "E",
    "xlfuncs",
    "Complete the row: functions, value, verdict and source.",
)
def check_claims(view: WorkbookView) -> Iterator[Violation]:
    """Each claim of the article that the workbook computes has a row; the comparison has all of C01 to C49."""
    sheet = view.find_sheet("Claims")
    if sheet is None:
        return
    seen: set[str] = set()
    for row in filled_rows(sheet, CLAIM_ID):
        claim = sheet.text((row, CLAIM_ID))
        if not _CLAIM.match(claim):
            continue
        if claim in seen:
            yield Violation("Claims", "The claim has two rows.", (row, CLAIM_ID))
        seen.add(claim)
        yield from _check_claim(view, sheet, row)
    if not seen:
        yield Violation("Claims", "The sheet has no claim.")
    if view.template == _FLAGSHIP:
        for number in range(1, _CLAIMS + 1):
            if f"C{number:02}" not in seen:
                yield Violation("Claims", "Claims are missing ({}).", detail=f"C{number:02}")


def _check_claim(view: WorkbookView, sheet: SheetView, row: int) -> Iterator[Violation]:
    verdict = sheet.text((row, CLAIM_VERDICT))
    for column, noun in ((CLAIM_FUNCTIONS, "functions"), (CLAIM_BASE, "value"), (CLAIM_SOURCE, "source")):
        if not sheet.text((row, column)) and verdict != NOT_TESTABLE:
            yield Violation("Claims", f"The claim has no {noun}.", (row, column))
    if verdict not in VERDICTS:
        verdicts = f"{', '.join(VERDICTS[:-1])} or {VERDICTS[-1]}"
        yield Violation("Claims", f"The verdict is not {verdicts}.", (row, CLAIM_VERDICT))
    for name in _FUNCTION.findall(sheet.text((row, CLAIM_FUNCTIONS))):
        if name not in view.registry:
            yield Violation("Claims", "The function does not exist ({}).", (row, CLAIM_FUNCTIONS), name)
