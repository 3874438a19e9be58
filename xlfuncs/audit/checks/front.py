"""Rules for the sheets that lead into a workbook: Cover, Contents, Guide, Log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlfuncs.audit import template_sheets
from xlfuncs.audit.checks.structure import sheet_of
from xlfuncs.audit.registry import Fault, place_of, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView

_COVER = ("Purpose", "Version", "Date", "Author", "Contact")
_GUIDE = ("colour", "sign", "unit", "refresh")
_LOG = ("Version", "Date", "Author", "Change", "Checks")


@rule(
    "B01",
    "The Cover comes first and says what this is",
    "E",
    "CFI, ICAEW 1",
    "Fill in the labelled cells of the Cover.",
)
def cover(opened: WorkbookView) -> Iterator[Fault]:
    """A workbook is passed on without the mail that explained it: title, purpose, version, date, author, contact."""
    first = opened.sheets[0]
    if first.name != "Cover":
        yield Fault(first.name, "The first sheet is not the Cover; move it there.")
        return
    if not first.text((1, 2)):
        yield Fault("Cover", "There is no title; put it there.", (1, 2))
    for label in _COVER:
        if template_sheets.cover(opened, label) in (None, ""):
            yield Fault("Cover", f"There is no {label.lower()}; put it beside the label {label}.")


@rule("B02", "One version everywhere", "E", "ICAEW", "Make the Cover and the newest row of the Log say the same.")
def version(opened: WorkbookView) -> Iterator[Fault]:
    """Two people who compare results must first know that they have the same model."""
    log = opened.sheet("Log")
    top = log.text((template_sheets.FIRST, 2)) if log else ""
    on_cover = str(template_sheets.cover(opened, "Version") or "")
    if on_cover != top:
        yield Fault("Cover", f"The Cover has version {on_cover or 'none'} and the Log {top or 'none'}; make them one.")
    known = {log.text((row, 2)) for row in template_sheets.rows(log, 2)} if log else set()
    if opened.version not in known:
        yield Fault("Log", f"The file was built by version {opened.version or 'none'}, which the Log does not have.")


@rule("B03", "Contents leads to every sheet", "E", "ICAEW", "Give the link a sheet that is there.", elsewhere="W")
def contents(opened: WorkbookView) -> Iterator[Fault]:
    """A link inside the workbook must lead somewhere; in our templates Contents has one to each visible sheet."""
    for sheet in opened.sheets:
        for one in sheet.all("hyperlink"):
            target = sheet_of(one.get("location", ""))
            outside = any(name.endswith("}id") for name in one)
            if target and not outside and opened.sheet(target) is None:
                place = place_of(one["ref"].partition(":")[0])
                yield Fault(sheet.name, f"The link leads to {target}, which is not there; mend it.", place)
    if not opened.ours:
        return
    own = opened.sheet("Contents")
    if own is None:
        yield Fault("", "There is no sheet Contents.")
        return
    linked = Counter(sheet_of(one.get("location", "")) for one in own.all("hyperlink"))
    for other in opened.sheets:
        if other.state == "visible" and other is not own and linked[other.name] != 1:
            yield Fault("Contents", f"There are {linked[other.name]} links to {other.name}; there must be one.")


@rule("B04", "Every sheet leads back to Contents", "W", "FAST, F1F9", "Link A1 to Contents.")
def way_back(opened: WorkbookView) -> Iterator[Fault]:
    """One click, in the same cell of every sheet."""
    for sheet in opened.sheets:
        if sheet.name == "Contents" or sheet.name in template_sheets.HIDDEN:
            continue
        links = [one for one in sheet.all("hyperlink") if one.get("ref", "").partition(":")[0] == "A1"]
        if not any(sheet_of(one.get("location", "")) == "Contents" for one in links):
            yield Fault(sheet.name, "A1 does not link to Contents; link it.", (1, 1))


@rule("B05", "The Guide explains how to read the workbook", "E", "ICAEW", "Add the section to the Guide.")
def guide(opened: WorkbookView) -> Iterator[Fault]:
    """Colours, the sign convention, units and how to refresh: what is not said is guessed."""
    sheet = opened.sheet("Guide")
    text = template_sheets.texts(sheet) if sheet else ""
    for word in _GUIDE:
        if word not in text:
            yield Fault("Guide", f"The Guide says nothing of {word}; add it.")


@rule("B56", "The Log says what changed", "E", "ICAEW", "Add a row at the top for each change.")
def log(opened: WorkbookView) -> Iterator[Fault]:
    """Version, date, author, change and the state of the checks, the newest first."""
    sheet = opened.sheet("Log")
    if sheet is None:
        yield Fault("", "There is no sheet Log.")
        return
    for column, heading in enumerate(_LOG, 2):
        if sheet.text((template_sheets.HEAD, column)) != heading:
            yield Fault("Log", f"The heading is not {heading}.", (template_sheets.HEAD, column))
    rows = template_sheets.rows(sheet, 2)
    if not rows:
        yield Fault("Log", "The Log is empty; add a row for this version.")
    yield from _rows(sheet, rows)


def _rows(sheet: Sheet, rows: list[int]) -> Iterator[Fault]:
    before = None
    for row in rows:
        for column, heading in enumerate(_LOG, 2):
            if not sheet.text((row, column)):
                yield Fault("Log", f"The row has no {heading.lower()}.", (row, column))
        day = template_sheets.date(sheet.value((row, 3)))
        if before and day and day > before:
            yield Fault("Log", "The rows are not in order, the newest first.", (row, 3))
        before = day or before
