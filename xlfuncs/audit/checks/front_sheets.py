"""Checks of the sheets that lead into a workbook: Cover, Contents, Guide and Log."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView, linked_sheet
from xlfuncs.audit.template_sheets import TECHNICAL_SHEETS, all_text, cover_value, filled_rows, parse_date
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import (
    COVER_FACTS,
    FIRST_ROW,
    HEADING_ROW,
    LABEL,
    LOG_DATE,
    LOG_HEADINGS,
    LOG_VERSION,
    TITLE_ROW,
)
from xlfuncs.ooxml.cells import place_of

_REQUIRED_FACTS = [fact for fact in COVER_FACTS if fact != "Data"]
_GUIDE_TOPICS = {
    "colour": "the colours",
    "sign": "the sign convention",
    "unit": "the units",
    "refresh": "how to refresh",
}


@audit_check(
    "B01",
    "incomplete-cover",
    "The Cover comes first and describes the workbook",
    "E",
    "CFI, ICAEW 1",
    "Move the Cover to the front and fill in its labelled cells.",
)
def check_cover(view: WorkbookView) -> Iterator[Violation]:
    """A workbook is passed on without the e-mail that explained it.

    The Cover therefore states its title, purpose, version, date, author and contact.
    """
    first = view.sheets[0]
    if first.name != "Cover":
        yield Violation(first.name, "The first sheet is not the Cover. Move the Cover to the front.")
        return
    if not first.text((TITLE_ROW, LABEL)):
        yield Violation("Cover", "The Cover has no title in B1.", (TITLE_ROW, LABEL))
    for label in _REQUIRED_FACTS:
        if cover_value(view, label) in (None, ""):
            yield Violation("Cover", f"The Cover has no {label.lower()}. Enter it beside the label {label}.")


@audit_check(
    "B02",
    "version-mismatch",
    "One version number throughout",
    "E",
    "ICAEW",
    "Give the Cover and the newest row of the Log the same version.",
)
def check_version(view: WorkbookView) -> Iterator[Violation]:
    """Two people who compare results must first know that they use the same version of the model."""
    log = view.find_sheet("Log")
    newest = log.text((FIRST_ROW, LOG_VERSION)) if log else ""
    on_cover = str(cover_value(view, "Version") or "")
    if on_cover != newest:
        yield Violation(
            "Cover", f"The Cover states {_version(on_cover)} and the Log {_version(newest)}. Make them the same."
        )
    logged = {log.text((row, LOG_VERSION)) for row in filled_rows(log, LOG_VERSION)} if log else set()
    if not view.version:
        yield Violation("Log", "The file does not record which version built it.")
    elif view.version not in logged:
        yield Violation("Log", f"Version {view.version} built the file, but the Log does not list it.")


def _version(version: str) -> str:
    return f"version {version}" if version else "no version"


@audit_check(
    "B03",
    "broken-internal-link",
    "Working links inside the workbook",
    "E",
    "ICAEW",
    "Point the link to an existing sheet. On Contents, keep one link to each visible sheet.",
    severity_elsewhere="W",
)
def check_internal_links(view: WorkbookView) -> Iterator[Violation]:
    """A link inside the workbook must lead to an existing sheet.

    In our templates Contents has exactly one link to each visible sheet.
    """
    for sheet in view.sheets:
        for link in sheet.elements("hyperlink"):
            target = linked_sheet(link.get("location", ""))
            is_external = any(name.endswith("}id") for name in link)
            if target and not is_external and view.find_sheet(target) is None:
                cell = place_of(link["ref"].partition(":")[0])
                yield Violation(sheet.name, f"The link leads to the sheet {target}, which does not exist.", cell)
    if view.template:
        yield from _check_contents(view)


def _check_contents(view: WorkbookView) -> Iterator[Violation]:
    contents = view.find_sheet("Contents")
    if contents is None:
        yield Violation("", "The sheet Contents is missing.")
        return
    links = Counter(linked_sheet(link.get("location", "")) for link in contents.elements("hyperlink"))
    for sheet in view.sheets:
        if sheet.state == "visible" and sheet is not contents and links[sheet.name] != 1:
            count = links[sheet.name]
            message = f"Contents has {count} links to {sheet.name} instead of one."
            yield Violation("Contents", message if count else f"Contents has no link to {sheet.name}.")


@audit_check(
    "B04",
    "no-link-to-contents",
    "A link to Contents on every sheet",
    "W",
    "FAST, F1F9",
    "Link cell A1 to Contents.",
)
def check_links_to_contents(view: WorkbookView) -> Iterator[Violation]:
    """One click, in the same cell of every sheet, takes the reader back to Contents."""
    for sheet in view.sheets:
        if sheet.name == "Contents" or sheet.name in TECHNICAL_SHEETS:
            continue
        links = [link for link in sheet.elements("hyperlink") if link.get("ref", "").partition(":")[0] == "A1"]
        if not any(linked_sheet(link.get("location", "")) == "Contents" for link in links):
            yield Violation(sheet.name, "Cell A1 does not link to Contents.", (1, 1))


@audit_check(
    "B05",
    "incomplete-guide",
    "The Guide explains how to read the workbook",
    "E",
    "ICAEW",
    "Add the missing topic to the Guide.",
)
def check_guide(view: WorkbookView) -> Iterator[Violation]:
    """Readers guess what the Guide leaves out: the colours, the sign convention, the units and how to refresh."""
    sheet = view.find_sheet("Guide")
    text = all_text(sheet) if sheet else ""
    for word, topic in _GUIDE_TOPICS.items():
        if word not in text:
            yield Violation("Guide", f"The Guide does not explain {topic}.")


@audit_check(
    "B56",
    "incomplete-log",
    "A Log of all changes",
    "E",
    "ICAEW",
    "Add a complete row at the top of the Log for each change.",
)
def check_log(view: WorkbookView) -> Iterator[Violation]:
    """The Log gives the version, date, author, change and state of the checks, with the newest change first."""
    sheet = view.find_sheet("Log")
    if sheet is None:
        yield Violation("", "The sheet Log is missing.")
        return
    for column, heading in enumerate(LOG_HEADINGS, LOG_VERSION):
        if sheet.text((HEADING_ROW, column)) != heading:
            yield Violation("Log", f"The column heading should be {heading}.", (HEADING_ROW, column))
    rows = filled_rows(sheet, LOG_VERSION)
    if not rows:
        yield Violation("Log", "The Log is empty. Add a row for this version.")
    yield from _check_log_rows(sheet, rows)


def _check_log_rows(sheet: SheetView, rows: list[int]) -> Iterator[Violation]:
    previous = None
    for row in rows:
        for column, heading in enumerate(LOG_HEADINGS, LOG_VERSION):
            if not sheet.text((row, column)):
                yield Violation("Log", f"The row has no entry under {heading}.", (row, column))
        date = parse_date(sheet.value((row, LOG_DATE)))
        if previous and date and date > previous:
            yield Violation("Log", "The rows are not in order. The newest comes first.", (row, LOG_DATE))
        previous = date or previous
