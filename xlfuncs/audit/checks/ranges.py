"""Rules for ranges that stop short of their data: in formulas, and in charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from xlfuncs.audit.locations import Corners
from xlfuncs.audit.r1c1 import R1C1Formula, Reference, reference
from xlfuncs.audit.registry import Fault, address_of, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView, places_of
from xlfuncs.core.errors import CellError
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.xml import parse_xml

GATHERING = frozenset(
    [
        "SUM",
        "AVERAGE",
        "MIN",
        "MAX",
        "COUNT",
        "COUNTA",
        "PRODUCT",
        "MEDIAN",
        "STDEV",
        "STDEV.S",
        "STDEV.P",
        "STDEVP",
        "VAR",
        "VAR.S",
        "VAR.P",
        "VARP",
        "NPV",
        "IRR",
        "XNPV",
        "XIRR",
        "SUMPRODUCT",
        "SUMIF",
        "SUMIFS",
        "COUNTIF",
        "COUNTIFS",
        "AVERAGEIF",
        "AVERAGEIFS",
        "LARGE",
        "SMALL",
        "RANK",
        "PERCENTILE",
        "QUARTILE",
        "AGGREGATE",
        "SUBTOTAL",
        "GEOMEAN",
        "CORREL",
        "SLOPE",
        "INTERCEPT",
    ]
)
_LOOKING = frozenset(["VLOOKUP", "HLOOKUP", "LOOKUP", "MATCH", "INDEX", "XLOOKUP", "XMATCH"])
_LIST = 5  # cells in which a lookup looks as in a list
_YEARS = range(1900, 2101)
_LONG = 4_000  # cells; a longer range is one with room to spare


@dataclass(frozen=True)
class _Range:
    """A range along a line, read by a formula: from `first` to `last`, at a fixed `across`."""

    reader: CellPos
    reader_sheet: Sheet
    form: R1C1Formula
    sheet: Sheet
    area: Corners
    down: bool

    def line(self, at: int) -> list[CellPos]:
        """The cells of the range's width at a position along it."""
        top, left, bottom, right = self.area
        if self.down:
            return [(at, column) for column in range(left, right + 1)]
        return [(row, at) for row in range(top, bottom + 1)]

    @property
    def ends(self) -> tuple[int, int]:
        top, left, bottom, right = self.area
        return (top, bottom) if self.down else (left, right)

    @cached_property
    def own(self) -> int | None:
        """The position of the formula itself on the line of the range, if it stands there."""
        row, column = self.reader
        top, left, bottom, right = self.area
        if self.sheet is not self.reader_sheet:
            return None
        if self.down:
            return row if left == right == column else None
        return column if top == bottom == row else None


@rule(
    "B51",
    "Ranges cover all their data",
    "W",
    "OAK",
    "Let the range reach over the whole list, or leave a blank row between.",
    elsewhere="W",
)
def short_ranges(opened: WorkbookView) -> Iterator[Fault]:
    """A sum that leaves out the last row, or a chart without the newest period, is wrong and looks right.

    The line before and behind each range is compared with the first and the last of it; one of the same kind that no
    other formula reads, or that lies on the line of the total itself, was left out. The ranges of a chart must be
    there, be of one length and hold no blanks.
    """
    yield from _short_in_formulas(opened)
    yield from _charts(opened)


def _short_in_formulas(opened: WorkbookView) -> Iterator[Fault]:
    found = [one for sheet in opened.sheets for one in _ranges(opened, sheet)]
    starts = {(one.sheet, one.area[:2]) for one in found}
    stops = {(one.sheet, one.area[2:]) for one in found}
    for one in found:
        first, last = one.ends
        behind, before = one.line(last + 1), one.line(first - 1)
        missed = None
        if (one.sheet, behind[0]) not in starts and _missed(opened, one, behind, one.line(last), after=True):
            missed = behind
        elif (
            (first > 1 and (one.down or one.own) and (one.sheet, before[-1]) not in stops)
            and _missed(opened, one, before, one.line(first), after=False)
        ):  # fmt: skip
            missed = before
        if missed:
            span = f"{address_of(one.area[:2])}:{address_of(one.area[2:])}"
            detail = f"{span} leaves out {address_of(missed[0])}"
            yield Fault(
                one.reader_sheet.name, "A range stops short of its data ({}); let it reach there.", one.reader, detail
            )


def _ranges(opened: WorkbookView, sheet: Sheet) -> Iterator[_Range]:
    for place, form in sheet.forms.items():
        if not form.names & (GATHERING | _LOOKING):
            continue
        least = 2 if form.names & GATHERING else _LIST
        for one in form.areas:
            if one.single:
                continue
            read = opened.resolved(sheet, place, one)
            if read is None:
                continue
            top, left, bottom, right = read[1]
            height, width = bottom - top + 1, right - left + 1
            if height == width or max(height, width) > _LONG or min(height, width) > 50 or max(height, width) < least:
                continue
            down = height > width
            step = (1, 0) if down else (0, 1)
            beside = [(place[0] + way * step[0], place[1] + way * step[1]) for way in (-1, 1)]
            if any(sheet.forms.get(other) is form for other in beside) and not _fixed(one, down):
                continue  # a window that moves along, or a sum so far
            yield _Range(place, sheet, form, read[0], read[1], down)


def _fixed(one: Reference, down: bool) -> bool:
    low, high = (one.top, one.bottom) if down else (one.left, one.right)
    return low[0] and high[0]


def _missed(opened: WorkbookView, one: _Range, line: list[CellPos], edge: list[CellPos], after: bool) -> bool:
    """Whether the line beside a range belongs to it."""
    sheet = one.sheet
    if not all(place in sheet.numbers or place in sheet.forms for place in line):
        return False
    if one.reader in line and sheet is one.reader_sheet:
        return False
    if not all(_numeric(sheet, place) for place in (*line, *edge)):
        return False
    if any(sheet.percent(a) != sheet.percent(b) for a, b in zip(line, edge, strict=True)):
        return False
    if any(_reads(opened, sheet, place, one.area) for place in line):
        return False
    if any(int(sheet.numbers.get(place, 0)) in _YEARS for place in line) and not after:
        return False
    unread = all(not opened.graph.is_read(sheet, place) for place in line)
    alike = all(_alike(sheet, a, b) for a, b in zip(line, edge, strict=True))
    between = after and one.own is not None and one.own - 1 == (line[0][0] if one.down else line[0][1])
    of_a_kind = one.down and all((a in sheet.forms) == (b in sheet.forms) for a, b in zip(line, edge, strict=True))
    one_form = all(b in sheet.forms and sheet.forms.get(a) is sheet.forms[b] for a, b in zip(line, edge, strict=True))
    on_its_line = after and one.own is not None and one_form
    return (alike and unread) or on_its_line or (between and (alike or unread or of_a_kind))


def _numeric(sheet: Sheet, place: CellPos) -> bool:
    value = sheet.value(place)
    return isinstance(value, float) or (place in sheet.forms and (value is None or isinstance(value, CellError)))


def _alike(sheet: Sheet, one: CellPos, other: CellPos) -> bool:
    if one in sheet.numbers and other in sheet.numbers:
        return True
    return one in sheet.forms and sheet.forms[one] is sheet.forms.get(other)


def _reads(opened: WorkbookView, sheet: Sheet, place: CellPos, area: Corners) -> bool:
    """Whether a formula itself reads from the range, as a subtotal or a ratio below it does."""
    if place not in sheet.forms:
        return False
    for one in sheet.forms[place].areas:
        read = opened.resolved(sheet, place, one)
        if read and read[0] is sheet and not one.single:
            top, left, bottom, right = read[1]
            if top <= area[2] and bottom >= area[0] and left <= area[3] and right >= area[1]:
                return True
    return False


# -- charts --------------------------------------------------------------------------------------


def _charts(opened: WorkbookView) -> Iterator[Fault]:
    for sheet in opened.sheets:
        for drawing in opened.parts_of(sheet, "/drawing"):
            for part in opened.parts_of_part(drawing, "/chart"):
                yield from _chart(opened, sheet, part)


def _chart(opened: WorkbookView, sheet: Sheet, part: str) -> Iterator[Fault]:
    for series in parse_xml(opened.package.read(part), part).iter():
        if not series.tag.endswith("}ser"):
            continue
        lengths = []
        for role in series:
            kind = role.tag.rpartition("}")[2]
            if kind not in ("cat", "val", "xVal", "yVal", "bubbleSize"):
                continue
            for one in role.iter():
                if one.tag.endswith("}f") and one.text:
                    text = one.text.strip()
                    if "#REF!" in text:
                        yield Fault(sheet.name, "A chart reads cells that were deleted; give it its range again.")
                        continue
                    read = opened.resolved(sheet, (1, 1), reference(text, (1, 1)))
                    if read is None or text.startswith("("):
                        continue
                    top, left, bottom, right = read[1]
                    lengths.append(max(bottom - top, right - left) + 1)
                    if kind in ("val", "yVal"):
                        yield from _chart_range(sheet, read[0], read[1], text)
        if len(set(lengths)) > 1:
            yield Fault(
                sheet.name,
                "A chart has ranges of different lengths ({}); make them one.",
                detail=" and ".join(map(str, lengths)),
            )


def _chart_range(sheet: Sheet, owner: Sheet, area: Corners, text: str) -> Iterator[Fault]:
    top, left, bottom, right = area
    if (bottom - top + 1) * (right - left + 1) > _LONG or min(bottom - top, right - left) > 0:
        return
    places = list(places_of(area))
    blank = [place for place in places if not owner.filled(place)]
    if blank and len(blank) < len(places):
        yield Fault(sheet.name, "A chart's range has blank cells ({}); end it where the data ends.", detail=text)
        return
    down = bottom > top
    behind = (bottom + 1, left) if down else (top, right + 1)
    label = (bottom + 1, left - 1) if down else (top - 1, right + 1)
    if blank or not owner.filled(label) or not _numeric(owner, behind):
        return
    if _alike(owner, behind, places[-1]) and _alike(owner, places[-1], places[0]):
        same = owner.percent(behind) == owner.percent(places[-1])
        if same and _same_kind_of_label(owner, label, (bottom, left - 1) if down else (top - 1, right)):
            yield Fault(sheet.name, "A chart's range stops short of its data ({}); let it reach there.", detail=text)


def _same_kind_of_label(sheet: Sheet, one: CellPos, other: CellPos) -> bool:
    """Whether a label carries on the list that another is in, and is not that of a total."""
    if one in sheet.texts:
        if sheet.opened.ours:
            return False  # a list of lines, of which a chart may show some
        return other in sheet.texts and not sheet.texts[one].lower().startswith(("total", "sum"))
    if one in sheet.forms:
        return sheet.forms.get(other) is sheet.forms[one]
    return one in sheet.numbers and other in sheet.numbers
