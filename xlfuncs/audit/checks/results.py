"""Rules for what comes out: checks, sensitivities, charts, claims."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from xlfuncs.audit import template_sheets
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView, area
from xlfuncs.ooxml.xml import parse_xml

_LEAST = 12
_CHECK, _RESULT, _AGAIN, _TOLERANCE, _PASSES = range(2, 7)
_CLAIM, _FUNCTIONS, _BASE, _VERDICT, _SOURCE = 2, 4, 9, 12, 14
_VERDICTS = ("supported", "contradicted", "depends", "not testable")
_ID = re.compile(r"^C(0[1-9]|[1-4]\d)$")
_FLAGSHIP, _CLAIMS = "us_china_comparison", 49
_AXES = ("catAx", "valAx", "dateAx", "serAx")
_SWING = "swing"


@rule("B46", "At least twelve checks", "E", "ICAEW", "Add the check with its description, tolerance and result.")
def checks(opened: WorkbookView) -> Iterator[Fault]:
    """A model that does not check itself is checked by its readers: each check says what, how close, and 1 or 0."""
    sheet = opened.sheet("Checks")
    if sheet is None:
        yield Fault("", "There is no sheet Checks.")
        return
    rows = _rows(sheet)
    if len(rows) < _LEAST:
        yield Fault("Checks", f"There are {len(rows)} checks; there must be at least {_LEAST}.")
    for row in rows:
        for column in (_RESULT, _AGAIN):
            if (row, column) in sheet.numbers:
                yield Fault("Checks", "A typed number is compared; let both sides be calculated.", (row, column))
        if not isinstance(sheet.value((row, _TOLERANCE)), float):
            yield Fault("Checks", "The check has no tolerance; state it.", (row, _TOLERANCE))
        if (row, _PASSES) not in sheet.forms or sheet.value((row, _PASSES)) not in (0.0, 1.0):
            yield Fault("Checks", "The result of the check is no formula that gives 1 or 0.", (row, _PASSES))


def _rows(sheet: Sheet) -> list[int]:
    """The rows of checks, the last of them left out: it is that of the master check."""
    rows = template_sheets.rows(sheet, _CHECK)
    return [row for row in rows if not sheet.text((row, _CHECK)).lower().startswith("master check")]


_SAYS_NO = re.compile(r"^(false|error|fail(ed|s|ure)?|check( fails)?|not ok|imbalance)\b", re.IGNORECASE)
_CALLED_CHECK = re.compile(r"\bchecks?\b|\bbalances\b|\breconcil", re.IGNORECASE)


def _failing(opened: WorkbookView) -> Iterator[Fault]:
    """Cells that are called a check and say no."""
    for sheet in opened.sheets:
        rows = {row for (row, _), text in sheet.texts.items() if _CALLED_CHECK.search(text)}
        everywhere = bool(_CALLED_CHECK.search(sheet.name))
        for place in sheet.forms:
            value = sheet.value(place)
            if (everywhere or place[0] in rows) and (
                value is False or (isinstance(value, str) and _SAYS_NO.match(value))
            ):
                yield Fault(sheet.name, "A check does not hold ({}); see why.", place, str(value)[:40])


@rule(
    "B47",
    "One master check, seen from every sheet",
    "E",
    "ICAEW",
    "Let chk_master be the product of all checks, and show it in row 1.",
    elsewhere="W",
)
def master(opened: WorkbookView) -> Iterator[Fault]:
    """A check that fails on a sheet that nobody opens must show on the one that is open.

    In other workbooks: a formula that is called a check must not say FALSE, ERROR or the like.
    """
    if not opened.ours:
        yield from _failing(opened)
        return
    named = opened.cell_named("chk_master")
    if named is None:
        yield Fault("Checks", "No cell is named chk_master; name the product of all checks so.")
        return
    sheet, place = named
    covered = {node[1][0] for node in opened.graph.precedents(sheet, place)} if place in sheet.forms else set()
    for row in _rows(sheet):
        if row not in covered:
            yield Fault(sheet.name, "The master check leaves the check out.", (row, _PASSES))
    value = opened.report.outputs.get("chk_master", sheet.value(place))
    if value != 1.0:
        yield Fault(sheet.name, f"The master check is {value}; see which check fails.", place)
    for other in opened.sheets:
        if other.name in ("Checks", "Contents") or other.name in template_sheets.HIDDEN:
            continue
        if not any(_reads(form, "chk_master") for at, form in other.forms.items() if at[0] == 1):
            yield Fault(other.name, "Row 1 does not show the master check.", (1, 1))


def _reads(form: Any, name: str) -> bool:
    return any(one.name.lower() == name for one in form.references)


@rule("B48", "Checks turn red and green", "W", "ICAEW", "Add a conditional format over the results.")
def coloured(opened: WorkbookView) -> Iterator[Fault]:
    """A 0 among ones is overlooked; a red cell among green ones is not."""
    sheet = opened.sheet("Checks")
    if sheet is None:
        return
    covered = [area(ref) for one in sheet.all("conditionalFormatting") for ref in one.get("sqref", "").split()]
    for row in _rows(sheet):
        if not any(top <= row <= bottom and left <= _PASSES <= right for top, left, bottom, right in covered):
            yield Fault("Checks", "The result has no conditional format.", (row, _PASSES))


@rule("B49", "Sensitivities one way, two ways, and as a tornado", "E", "CFI", "Add the table to the sheet Sensitivity.")
def sensitivities(opened: WorkbookView) -> Iterator[Fault]:
    """Which input moves the result, how two of them move it together, and all of them sorted by their swing."""
    sheet = opened.sheet("Sensitivity")
    if sheet is None:
        return
    text = template_sheets.texts(sheet).replace("-", " ")
    for words in (("one way", "1 way"), ("two way", "2 way"), ("tornado",)):
        if not any(word in text for word in words):
            yield Fault("Sensitivity", f"There is no table called {words[0]}.")
    for (row, column), heading in sorted(sheet.texts.items()):
        if heading.strip().lower() == _SWING:
            swings: list[float] = []
            while isinstance(value := sheet.value((row + 1 + len(swings), column)), float):
                swings.append(abs(value))
            if swings != sorted(swings, reverse=True):
                yield Fault("Sensitivity", "The tornado is not sorted by swing, the largest first.", (row + 1, column))


@rule("B50", "Charts say what they show", "E", "CFI", "Add the title, the titles of the axes, and the source below.")
def charts(opened: WorkbookView) -> Iterator[Fault]:
    """A chart is copied into a slide without the sheet around it: title, axis titles, and the source beside it."""
    for sheet in opened.sheets:
        found = False
        for drawing in opened.parts_of(sheet, "/drawing"):
            for part in opened.parts_of_part(drawing, "/chart"):
                found = True
                root = parse_xml(opened.package.read(part), part)
                if not _titled(root, "chart"):
                    yield Fault(sheet.name, "A chart has no title.")
                if any(not any(one.tag.endswith("}title") for one in axis) for axis in _shown(root)):
                    yield Fault(sheet.name, "A chart has an axis without a title.")
        if found and "source" not in template_sheets.texts(sheet):
            yield Fault(sheet.name, "No source stands with the charts.")


def _titled(root: Any, tag: str) -> bool:
    return any(child.tag.endswith("}title") for one in root.iter() if one.tag.endswith("}" + tag) for child in one)


def _shown(root: Any) -> Iterator[Any]:
    """The axes that are drawn, those of radar charts left out."""
    if any(one.tag.endswith("}radarChart") for one in root.iter()):
        return
    for axis in root.iter():
        deleted = any(one.tag.endswith("}delete") and one.get("val") in ("1", "true") for one in axis)
        if axis.tag.rpartition("}")[2] in _AXES and not deleted:
            yield axis


@rule(
    "B57", "Claims have their figures and verdicts", "E", "ours", "Fill in the row: functions, value, verdict, source."
)
def claims(opened: WorkbookView) -> Iterator[Fault]:
    """Each claim of the article that the workbook computes has a row; the comparison has all of C01 to C49."""
    sheet = opened.sheet("Claims")
    if sheet is None:
        return
    seen: set[str] = set()
    for row in template_sheets.rows(sheet, _CLAIM):
        claim = sheet.text((row, _CLAIM))
        if not _ID.match(claim):
            continue
        if claim in seen:
            yield Fault("Claims", "The claim has two rows.", (row, _CLAIM))
        seen.add(claim)
        for column, word in ((_FUNCTIONS, "functions"), (_BASE, "value"), (_SOURCE, "source")):
            if not sheet.text((row, column)) and sheet.text((row, _VERDICT)) != "not testable":
                yield Fault("Claims", f"The claim has no {word}.", (row, column))
        if sheet.text((row, _VERDICT)) not in _VERDICTS:
            yield Fault("Claims", f"The verdict is none of {', '.join(_VERDICTS)}.", (row, _VERDICT))
        for name in re.findall(r"[A-Z][A-Z0-9_]{2,}", sheet.text((row, _FUNCTIONS))):
            if name not in opened.registry:
                yield Fault("Claims", "There is no such function ({}).", (row, _FUNCTIONS), name)
    if not seen:
        yield Fault("Claims", "There is no claim.")
    if opened.ours == _FLAGSHIP:
        for number in range(1, _CLAIMS + 1):
            if f"C{number:02}" not in seen:
                yield Fault("Claims", "Claims are missing ({}).", detail=f"C{number:02}")
