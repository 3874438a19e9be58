"""Where things are in a template of ours."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from xlfuncs.audit.workbook_view import Sheet, WorkbookView
from xlfuncs.ooxml.cells import CellPos

HEAD, FIRST = 4, 5  # rows: of the headings, and the first below
SECTION, LABEL, UNIT, VALUE, TOTAL, NOTE = range(1, 7)
SERIES = 8
LOW, BASE, HIGH, SIDE, KEY, AS_OF, SOURCE = range(8, 15)  # of Inputs
ROLES = (("Section", ""), ("Label",), ("Unit",), ("Value",), ("Total",), ("Note",), ("",))
ORDER = (
    "Cover", "Contents", "Guide", "Inputs", "Scenarios", "Timeline", "Data", "Calc_", "Outputs", "Sensitivity",
    "Charts", "Claims", "Checks", "Log", "Functions", "Sources",
)  # fmt: skip
CASES = ("Bear", "Base", "Bull")
_RANGES = ("Inputs", "Scenarios", "Outputs")
_WITH_UNITS = (*_RANGES, "Timeline")
HIDDEN = ("_IntelliSense_", "_lock")
_CALC = re.compile(r"^Calc_\w+$")
_DAY_ZERO = dt.date(1899, 12, 30)


def rank(name: str) -> int | None:
    """The place of a sheet in the order of sheets; none for a sheet that has no place there."""
    name = "Calc_" if _CALC.match(name) else name
    return ORDER.index(name) if name in ORDER else None


def of_kind(opened: WorkbookView, *names: str) -> Iterator[Sheet]:
    """The sheets of some names; ``Calc_`` stands for all calculation sheets."""
    for sheet in opened.sheets:
        if sheet.name in names or ("Calc_" in names and _CALC.match(sheet.name)):
            yield sheet


def kind(sheet: Sheet) -> str:
    """What the series of a sheet are: ``cases``, periods of ``time``, or a ``table``."""
    place = (HEAD, SERIES)
    if sheet.name in _RANGES or sheet.text(place) in CASES:
        return "cases"
    form = sheet.forms.get(place)
    return (
        "time" if form and (sheet.name == "Timeline" or (form.links and form.areas[0].sheet == "Timeline")) else "table"
    )


def has_unit(sheet: Sheet, place: CellPos) -> bool:
    """Whether the unit of its row is that of a cell: blocks with headings of their own have units of their own."""
    row, column = place
    if sheet.name == "Claims":
        return LOW <= column <= HIGH
    if rank(sheet.name) is None or (sheet.name not in _WITH_UNITS and not _CALC.match(sheet.name)):
        return False
    if column in (VALUE, TOTAL):
        return sheet.name != "Outputs" or column == VALUE
    if column < SERIES or (sheet.name in _RANGES and column > HIGH):
        return False
    return kind(sheet) != "table" and not any((above, column) in sheet.texts for above in range(FIRST, row))


def rows(sheet: Sheet, column: int, first: int = FIRST) -> list[int]:
    """The rows below the headings that have something in a column."""
    last = max((row for row, _ in sheet.xml.cells), default=0)
    return [row for row in range(first, last + 1) if sheet.text((row, column))]


def inputs(opened: WorkbookView) -> Iterator[tuple[Sheet, int]]:
    """The rows of Inputs that have a source key."""
    for sheet in of_kind(opened, "Inputs"):
        for row in rows(sheet, KEY):
            yield sheet, row


def cover(opened: WorkbookView, label: str) -> Any:
    """The value beside a label on the Cover."""
    sheet = opened.sheet("Cover")
    if sheet is None:
        return None
    place = next((at for at, text in sheet.texts.items() if text.strip().lower() == label.lower()), None)
    return sheet.value((place[0], place[1] + 1)) if place else None


def date(value: Any) -> dt.date | None:
    """A date, however a cell holds it."""
    if isinstance(value, float) and not isinstance(value, bool) and 1 <= value < 2_958_466:
        return _DAY_ZERO + dt.timedelta(days=int(value))
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def texts(sheet: Sheet) -> str:
    """All texts of a sheet, in lower case, one a line."""
    return "\n".join(sheet.texts[place] for place in sorted(sheet.texts)).lower()
