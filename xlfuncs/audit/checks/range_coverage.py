"""Checks of ranges that stop short of their data, in formulas and in charts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from xml.etree import ElementTree

from xlfuncs.audit.locations import Corners, iter_cells
from xlfuncs.audit.r1c1 import R1C1Reference, parse_r1c1
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.core.errors import CellError
from xlfuncs.ooxml.cells import CellPos, address_of

_AGGREGATES = frozenset(
    {
        "SUM", "AVERAGE", "MIN", "MAX", "COUNT", "COUNTA", "PRODUCT", "MEDIAN", "STDEV", "STDEV.S", "STDEV.P", "STDEVP",
        "VAR", "VAR.S", "VAR.P", "VARP", "NPV", "IRR", "XNPV", "XIRR", "SUMPRODUCT", "SUMIF", "SUMIFS", "COUNTIF",
        "COUNTIFS", "AVERAGEIF", "AVERAGEIFS", "LARGE", "SMALL", "RANK", "PERCENTILE", "QUARTILE", "AGGREGATE",
        "SUBTOTAL", "GEOMEAN", "CORREL", "SLOPE", "INTERCEPT",
    }
)  # fmt: skip
_LOOKUPS = frozenset({"VLOOKUP", "HLOOKUP", "LOOKUP", "MATCH", "INDEX", "XLOOKUP", "XMATCH"})
_MIN_LIST = 5  # cells of the list in which a lookup searches
_YEARS = range(1900, 2101)
_MOST_CELLS = 4_000  # along a range; a longer one has room to spare
_MOST_ACROSS = 50  # cells across a range


@dataclass(frozen=True)
class _LineRange:
    """A range that a formula reads, longer in one direction: down its columns or along its rows."""

    reader: CellPos
    reader_sheet: SheetView
    sheet: SheetView
    area: Corners
    down: bool

    def line(self, position: int) -> list[CellPos]:
        """The cells across the range at a position along it, inside or outside."""
        top, left, bottom, right = self.area
        if self.down:
            return [(position, column) for column in range(left, right + 1)]
        return [(row, position) for row in range(top, bottom + 1)]

    @property
    def ends(self) -> tuple[int, int]:
        """The first and the last position along the range."""
        top, left, bottom, right = self.area
        return (top, bottom) if self.down else (left, right)

    @cached_property
    def reader_position(self) -> int | None:
        """The position of the formula itself, if it lies in line with the range."""
        row, column = self.reader
        top, left, bottom, right = self.area
        if self.sheet is not self.reader_sheet:
            return None
        if self.down:
            return row if left == right == column else None
        return column if top == bottom == row else None

    def position_of(self, cell: CellPos) -> int:
        """The position of a cell along the range."""
        return cell[0] if self.down else cell[1]


@audit_check(
    "B51",
    "short-range",
    "Ranges that cover all their data",
    "W",
    "OAK",
    "Extend the range over the whole list, or leave a blank row between the list and other cells.",
    severity_elsewhere="W",
)
def check_ranges(view: WorkbookView) -> Iterator[Violation]:
    """A sum without the last row, or a chart without the newest period, is wrong and looks right.

    The cells before and after each range are compared with the first and last cells inside. If they are of the same
    kind and no other formula reads them, or if they lie in line with the total itself, they were left out. The ranges
    of a chart must exist, have the same length and hold no blanks.
    """
    yield from _check_formulas(view)
    yield from _check_charts(view)


def _check_formulas(view: WorkbookView) -> Iterator[Violation]:
    ranges = [range_ for sheet in view.sheets for range_ in _find_ranges(view, sheet)]
    starts = {(range_.sheet, range_.area[:2]) for range_ in ranges}
    stops = {(range_.sheet, range_.area[2:]) for range_ in ranges}
    for range_ in ranges:
        first, last = range_.ends
        after, before = range_.line(last + 1), range_.line(first - 1)
        missed = None
        if (range_.sheet, after[0]) not in starts and _is_missed_after(view, range_, after, range_.line(last)):
            missed = after
        elif (
            first > 1
            and (range_.down or range_.reader_position)
            and (range_.sheet, before[-1]) not in stops
            and _is_missed_before(view, range_, before, range_.line(first))
        ):
            missed = before
        if missed:
            span = f"{address_of(range_.area[:2])}:{address_of(range_.area[2:])}"
            yield Violation(
                range_.reader_sheet.name,
                "A range stops short of its data ({}).",
                range_.reader,
                f"{span} leaves out {address_of(missed[0])}",
            )


def _find_ranges(view: WorkbookView, sheet: SheetView) -> Iterator[_LineRange]:
    for cell, formula in sheet.formulas.items():
        if not formula.function_names & (_AGGREGATES | _LOOKUPS):
            continue
        shortest = 2 if formula.function_names & _AGGREGATES else _MIN_LIST
        for reference in formula.areas:
            target = None if reference.is_single else view.resolve(sheet, cell, reference)
            if target is None:
                continue
            owner, area = target
            height, width = area[2] - area[0] + 1, area[3] - area[1] + 1
            along, across = max(height, width), min(height, width)
            if height == width or not shortest <= along <= _MOST_CELLS or across > _MOST_ACROSS:
                continue
            down = height > width
            step = (1, 0) if down else (0, 1)
            beside = [(cell[0] + way * step[0], cell[1] + way * step[1]) for way in (-1, 1)]
            if any(sheet.formulas.get(other) is formula for other in beside) and not _is_fixed(reference, down):
                continue  # a window that moves along, or a running total
            yield _LineRange(cell, sheet, owner, area, down)


def _is_fixed(reference: R1C1Reference, down: bool) -> bool:
    first, last = (reference.top, reference.bottom) if down else (reference.left, reference.right)
    return first[0] and last[0]


def _is_missed_after(view: WorkbookView, range_: _LineRange, line: list[CellPos], edge: list[CellPos]) -> bool:
    """Whether the line of cells after a range belongs to it; `edge` is the last line in it."""
    if not _could_belong(view, range_, line, edge):
        return False
    sheet, position = range_.sheet, range_.reader_position
    is_alike, is_unread = _is_alike(sheet, line, edge), _is_unread(view, sheet, line)
    if is_alike and is_unread:
        return True
    if position is None:
        return False
    if _has_same_formulas(sheet, line, edge):
        return True
    is_between = position - 1 == range_.position_of(line[0])  # the range and the formula
    return is_between and (is_alike or is_unread or (range_.down and _is_same_content(sheet, line, edge)))


def _is_missed_before(view: WorkbookView, range_: _LineRange, line: list[CellPos], edge: list[CellPos]) -> bool:
    """Whether the line of cells before a range belongs to it; `edge` is the first line in it."""
    if not _could_belong(view, range_, line, edge):
        return False
    if any(int(range_.sheet.numbers.get(cell, 0)) in _YEARS for cell in line):
        return False  # a heading
    return _is_alike(range_.sheet, line, edge) and _is_unread(view, range_.sheet, line)


def _could_belong(view: WorkbookView, range_: _LineRange, line: list[CellPos], edge: list[CellPos]) -> bool:
    """Whether a line beside a range has figures like the range's, and does not read from it."""
    sheet = range_.sheet
    if not all(cell in sheet.numbers or cell in sheet.formulas for cell in line):
        return False
    if range_.reader in line and sheet is range_.reader_sheet:
        return False
    if not all(_is_numeric(sheet, cell) for cell in (*line, *edge)):
        return False
    if any(sheet.is_percent(cell) != sheet.is_percent(other) for cell, other in zip(line, edge, strict=True)):
        return False
    return not any(_reads_from(view, sheet, cell, range_.area) for cell in line)


def _is_alike(sheet: SheetView, line: list[CellPos], edge: list[CellPos]) -> bool:
    return all(_are_alike(sheet, cell, other) for cell, other in zip(line, edge, strict=True))


def _is_unread(view: WorkbookView, sheet: SheetView, line: list[CellPos]) -> bool:
    return all(not view.graph.is_read(sheet, cell) for cell in line)


def _has_same_formulas(sheet: SheetView, line: list[CellPos], edge: list[CellPos]) -> bool:
    pairs = zip(line, edge, strict=True)
    return all(other in sheet.formulas and sheet.formulas.get(cell) is sheet.formulas[other] for cell, other in pairs)


def _is_same_content(sheet: SheetView, line: list[CellPos], edge: list[CellPos]) -> bool:
    """Whether both lines have formulas, or both have typed numbers, in each of their cells."""
    return all((cell in sheet.formulas) == (other in sheet.formulas) for cell, other in zip(line, edge, strict=True))


def _is_numeric(sheet: SheetView, cell: CellPos) -> bool:
    value = sheet.value(cell)
    return isinstance(value, float) or (cell in sheet.formulas and (value is None or isinstance(value, CellError)))


def _are_alike(sheet: SheetView, cell: CellPos, other: CellPos) -> bool:
    if cell in sheet.numbers and other in sheet.numbers:
        return True
    return cell in sheet.formulas and sheet.formulas[cell] is sheet.formulas.get(other)


def _reads_from(view: WorkbookView, sheet: SheetView, cell: CellPos, area: Corners) -> bool:
    """Whether a formula itself reads from the range, as a subtotal or a ratio below it does."""
    if cell not in sheet.formulas:
        return False
    for reference in sheet.formulas[cell].areas:
        target = view.resolve(sheet, cell, reference)
        if target and target[0] is sheet and not reference.is_single:
            top, left, bottom, right = target[1]
            if top <= area[2] and bottom >= area[0] and left <= area[3] and right >= area[1]:
                return True
    return False


# -- charts --------------------------------------------------------------------------------------


def _check_charts(view: WorkbookView) -> Iterator[Violation]:
    for sheet in view.sheets:
        for chart in view.charts_of(sheet):
            for series in chart.iter():
                if series.tag.endswith("}ser"):
                    yield from _check_series(view, sheet, series)


def _check_series(view: WorkbookView, sheet: SheetView, series: ElementTree.Element) -> Iterator[Violation]:
    lengths = []
    for role, text in _ranges_of_series(series):
        if "#REF!" in text:
            yield Violation(sheet.name, "A chart refers to deleted cells. Give it a new range.")
            continue
        target = view.resolve(sheet, (1, 1), parse_r1c1(text, (1, 1)))
        if target is None or text.startswith("("):
            continue
        top, left, bottom, right = target[1]
        lengths.append(max(bottom - top, right - left) + 1)
        if role in ("val", "yVal"):
            yield from _check_chart_range(sheet, target[0], target[1], text)
    if len(set(lengths)) > 1:
        detail = " and ".join(map(str, lengths))
        yield Violation(sheet.name, "A chart has ranges of different lengths ({}).", detail=detail)


def _ranges_of_series(series: ElementTree.Element) -> Iterator[tuple[str, str]]:
    """The references of a series, each with what it is for: values or categories."""
    for element in series:
        role = element.tag.rpartition("}")[2]
        if role in ("cat", "val", "xVal", "yVal", "bubbleSize"):
            for formula in element.iter():
                if formula.tag.endswith("}f") and formula.text:
                    yield role, formula.text.strip()


def _check_chart_range(sheet: SheetView, owner: SheetView, area: Corners, text: str) -> Iterator[Violation]:
    top, left, bottom, right = area
    if (bottom - top + 1) * (right - left + 1) > _MOST_CELLS or min(bottom - top, right - left) > 0:
        return
    cells = list(iter_cells(area))
    blank = [cell for cell in cells if not owner.is_filled(cell)]
    if blank and len(blank) < len(cells):
        message = "The range of a chart contains blank cells ({}). End it where the data ends."
        yield Violation(sheet.name, message, detail=text)
        return
    down = bottom > top
    after = (bottom + 1, left) if down else (top, right + 1)
    label, last_label = (
        ((bottom + 1, left - 1), (bottom, left - 1)) if down else ((top - 1, right + 1), (top - 1, right))
    )
    if blank or not owner.is_filled(label) or not _is_numeric(owner, after):
        return
    if _are_alike(owner, after, cells[-1]) and _are_alike(owner, cells[-1], cells[0]):
        is_same_format = owner.is_percent(after) == owner.is_percent(cells[-1])
        if is_same_format and _continues_labels(owner, label, last_label):
            yield Violation(sheet.name, "The range of a chart stops short of its data ({}).", detail=text)


def _continues_labels(sheet: SheetView, label: CellPos, previous: CellPos) -> bool:
    """Whether a label continues the list of the previous one, and is not that of a total."""
    if label in sheet.texts:
        if sheet.in_template:
            return False  # a list of lines, of which a chart may show some
        return previous in sheet.texts and not sheet.texts[label].lower().startswith(("total", "sum"))
    if label in sheet.formulas:
        return sheet.formulas.get(previous) is sheet.formulas[label]
    return label in sheet.numbers and previous in sheet.numbers
