"""Runs of like formulas along rows and down columns, and the cells in them that differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.ooxml.cells import CellPos

_MIN_RUN = 3  # like formulas that make a run by themselves
_MIN_WEAK_RUN = 2  # that do so where parallel runs lie beside them
_MIN_WITNESSES = 2  # parallel runs that must go through a cell for it to be expected in its own
_MIN_SHARE = 0.66  # of the runs that reach a line of cells
_NEARBY = 25  # lines
_MAX_SLIPS = 2  # tokens in which a formula that went wrong differs from the others
_MIN_COMMON = 20  # formulas in the same cells that make two sheets copies of one another
_MAX_COMPARED_SHEETS = 60
_LONG_RUN = 5  # like formulas that need no parallel run


@dataclass(frozen=True)
class OddCell:
    """A cell that breaks the run of formulas through it: `expected` is the formula that belongs there."""

    cell: CellPos
    expected: R1C1Formula
    kind: str  # formula, number, text or blank


@dataclass
class _Run:
    """A formula that a line has several times, and its positions on the line."""

    line: int
    formula: R1C1Formula
    positions: set[int]
    first: int = 0
    last: int = 0
    odd: list[int] = field(default_factory=list)  # positions inside the run with something else
    ends: list[int] = field(default_factory=list)  # positions next to the run with something else


def find_odd_cells(sheet: SheetView) -> list[OddCell]:
    """The cells of a sheet that break a run, in reading order.

    In a template of ours each row has a formula of its own, so that only rows are searched.
    """
    directions = (True,) if sheet.in_template else (False, True)
    odd_cells = {odd.cell: odd for across in directions for odd in _Lines(sheet, across).find_odd()}
    return [odd_cells[cell] for cell in sorted(odd_cells)]


def find_odd_cells_of_copies(view: WorkbookView) -> dict[SheetView, list[OddCell]]:
    """The cells in which sheets differ that are otherwise copies of one another.

    Only formulas that stay on their sheet are compared. Where most copies agree, the others are named, else both.
    """
    odd_cells: dict[SheetView, list[OddCell]] = defaultdict(list)
    own = {
        sheet: {cell: formula for cell, formula in sheet.formulas.items() if _stays_on_sheet(formula)}
        for sheet in view.sheets[:_MAX_COMPARED_SHEETS]
    }
    copies: dict[SheetView, list[SheetView]] = defaultdict(list)
    for sheet, other in combinations(own, 2):
        if _are_copies(sheet, other, own[sheet], own[other]):
            copies[sheet].append(other)
            copies[other].append(sheet)
    for sheet, others in copies.items():
        for cell in {cell for other in others for cell, _ in own[other].items() - own[sheet].items()}:
            theirs = Counter(own[other][cell] for other in others if cell in own[other])
            expected, count = theirs.most_common(1)[0]
            formula = sheet.formulas.get(cell)
            if formula is None and cell in sheet.numbers:
                odd_cells[sheet].append(OddCell(cell, expected, "number"))
            elif formula is not None and formula is not expected and theirs[formula] < count:
                odd_cells[sheet].append(OddCell(cell, expected, "formula"))
    return odd_cells


def _stays_on_sheet(formula: R1C1Formula) -> bool:
    return all(reference.sheet is None for reference in formula.references)


def _are_copies(
    sheet: SheetView, other: SheetView, own: dict[CellPos, R1C1Formula], theirs: dict[CellPos, R1C1Formula]
) -> bool:
    common = len(own.keys() & theirs.keys())
    if common < _MIN_COMMON or common * 10 < 9 * max(len(own), len(theirs)):
        return False
    different = common - len(own.items() & theirs.items())
    different += len(own.keys() & other.numbers.keys()) + len(theirs.keys() & sheet.numbers.keys())
    return different <= max(2, common // 50)


class _Lines:
    """A sheet as rows (`across`) or as columns: a line is a row or a column, a position is where on it a cell lies."""

    def __init__(self, sheet: SheetView, across: bool) -> None:
        self.sheet = sheet
        self.across = across
        lines: dict[int, dict[int, R1C1Formula]] = defaultdict(dict)
        for (row, column), formula in sheet.formulas.items():
            line, position = (row, column) if across else (column, row)
            lines[line][position] = formula
        self.lines = dict(lines)
        self.runs = [run for line in sorted(self.lines) for run in self._find_runs(line)]
        self.through: dict[int, list[_Run]] = defaultdict(list)  # the runs with their formula at a position
        self.past: dict[int, list[_Run]] = defaultdict(list)  # the runs with something else there
        for run in self.runs:
            for position in run.positions:
                self.through[position].append(run)
            for position in (*run.odd, *run.ends):
                self.past[position].append(run)

    @cached_property
    def _ranges_read(self) -> dict[int, set[tuple[int, int]]]:
        """The stretches of each line that formulas of the sheet read as a range."""
        ranges: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for cell, formula in self.sheet.formulas.items():
            for reference in formula.areas:
                if not reference.is_single and reference.sheet is None:
                    top, left, bottom, right = reference.area_from(cell)
                    if (top == bottom) if self.across else (left == right):
                        ranges[top if self.across else left].add((left, right) if self.across else (top, bottom))
        return ranges

    def _is_read_with(self, run: _Run, position: int) -> bool:
        """Whether a formula reads the run and the position as one range that ends with them."""
        first, last = min(run.first, position), max(run.last, position)
        return len(run.positions) >= _MIN_RUN and (first, last) in self._ranges_read.get(run.line, ())

    def _cell(self, line: int, position: int) -> CellPos:
        return (line, position) if self.across else (position, line)

    def _find_runs(self, line: int) -> Iterator[_Run]:
        formulas = self.lines[line]
        counts = Counter(formulas.values())
        for formula, count in counts.items():
            if count < _MIN_WEAK_RUN:
                continue
            positions = {position for position, other in formulas.items() if other is formula}
            run = _Run(line, formula, positions, min(positions), max(positions))
            between = [position for position in range(run.first + 1, run.last) if position not in positions]
            if len(between) > 4 * count:
                continue
            run.odd = [position for position in between if position not in formulas or counts[formulas[position]] == 1]
            if len(run.odd) > max(1, count // 4):
                continue
            before = run.first - 1
            # Before the run another run may end: where the formula changes, the cell after the change is named.
            another_ends = before in formulas and counts[formulas[before]] > 1
            run.ends = [
                position
                for position in (before, run.last + 1)
                if self._is_filled(line, position) and not (position == before and another_ends)
            ]
            yield run

    def _is_filled(self, line: int, position: int) -> bool:
        return self.sheet.is_filled(self._cell(line, position))

    def find_odd(self) -> Iterator[OddCell]:
        """The cells that break a run."""
        for run in self.runs:
            for position in run.odd:
                if not self._is_separate_column(position, run.line) and self._is_odd(run, position):
                    yield self._odd_cell(run, position)
            for position in run.ends:
                if self._belongs_to(run, position) and self._is_odd(run, position):
                    yield self._odd_cell(run, position)

    def _odd_cell(self, run: _Run, position: int) -> OddCell:
        return OddCell(self._cell(run.line, position), run.formula, self._kind(run.line, position))

    def _is_odd(self, run: _Run, position: int) -> bool:
        cell = self._cell(run.line, position)
        kind = self._kind(run.line, position)
        if kind == "spill" or (kind == "text" and not _is_number(self.sheet.texts[cell])):
            return False
        if len(run.positions) < _MIN_RUN and not self._has_witnesses(run, position):
            return False
        formula = self.sheet.formulas.get(cell)
        if formula is not None:
            if any(self.lines.get(run.line + step, {}).get(position) is formula for step in (-1, 1)):
                return False
            if self._is_reordered_link(run, formula, cell):
                return False
            is_alone = not self._nearby(self.through.get(position, ()), run.line)
            return not is_alone or len(run.positions) > _LONG_RUN or _is_similar(formula, run.formula)
        if kind == "blank":
            return self._has_witnesses(run, position) and any(
                abs(other.line - run.line) == 1 for other in self.through.get(position, ())
            )
        return True

    def _is_reordered_link(self, run: _Run, formula: R1C1Formula, cell: CellPos) -> bool:
        """Whether it is one of many links to a sheet, and to a cell that none of the others links to."""
        if not (formula.is_link and run.formula.is_link) or formula.areas[0].sheet is None:
            return False
        reference = formula.areas[0]
        if reference.sheet != run.formula.areas[0].sheet:
            return False
        linked = (
            other.areas[0].area_from(self._cell(run.line, position))
            for position, other in self.lines[run.line].items()
            if other.is_link and other is not formula and other.areas[0].sheet == reference.sheet
        )
        return reference.area_from(cell) not in linked

    def _kind(self, line: int, position: int) -> str:
        cell = self._cell(line, position)
        if cell in self.sheet.formulas:
            return "formula"
        if cell in self.sheet.numbers:
            return "number"
        if cell in self.sheet.texts:
            return "text"
        return "blank" if not self.sheet.is_filled(cell) else "spill" if cell in self.sheet.spilled else "number"

    def _nearby(self, runs: Iterable[_Run], line: int) -> list[_Run]:
        """The runs of other lines nearby, one for each line."""
        return list({run.line: run for run in runs if 0 < abs(run.line - line) <= _NEARBY}.values())

    def _is_separate_column(self, position: int, line: int) -> bool:
        """Whether most lines have something else at a position, as in a column of totals."""
        past = self._nearby(self.past.get(position, ()), line)
        through = self._nearby(self.through.get(position, ()), line)
        return bool(past) and len(past) >= len(through)

    def _has_witnesses(self, run: _Run, position: int) -> bool:
        """Whether parallel lines have one formula throughout the cells of a run and the position."""
        needed = run.positions | {position}
        nearby = self._nearby(self.through.get(position, ()), run.line)
        return len([other for other in nearby if needed <= other.positions]) >= _MIN_WITNESSES

    def _belongs_to(self, run: _Run, position: int) -> bool:
        """Whether the position before or after a run should be part of it."""
        step = -1 if position < run.first else 1
        is_edge = position + step <= 0 or self._kind(run.line, position + step) not in ("formula", "number")
        if is_edge and _reads_towards(run.formula, step, self.across):
            return False
        formula = self.lines[run.line].get(position)
        if formula is not None and _reads_own_line(formula, self._cell(run.line, position), run.line, self.across):
            return False
        if self._is_read_with(run, position):
            return True
        past = self._nearby(self.past.get(position, ()), run.line)
        through = [
            other for other in self._nearby(self.through.get(position, ()), run.line) if other.positions & run.positions
        ]
        return len(through) >= _MIN_WITNESSES and len(through) >= _MIN_SHARE * (len(through) + len(past))


def _reads_towards(formula: R1C1Formula, step: int, across: bool) -> bool:
    """Whether a formula reads the cells before it (or after it), which the first (or last) of a run cannot."""
    for reference in formula.areas:
        if reference.sheet is None:
            for is_fixed, distance in (
                (reference.left, reference.right) if across else (reference.top, reference.bottom)
            ):
                if not is_fixed and distance * step > 0:
                    return True
    return False


def _reads_own_line(formula: R1C1Formula, cell: CellPos, line: int, across: bool) -> bool:
    """Whether a formula reads several cells of its own line, as a total does."""
    count = 0
    for reference in formula.areas:
        if reference.sheet is None:
            top, left, bottom, right = reference.area_from(cell)
            first, last, low, high = (top, bottom, left, right) if across else (left, right, top, bottom)
            if first <= line <= last:
                count += high - low + 1
    return count > 1


def _is_similar(formula: R1C1Formula, expected: R1C1Formula) -> bool:
    """Whether two formulas differ in a token or two only."""
    ours, theirs = (R1C1Formula("", side.text_in(formula.cell), formula.cell).tokens for side in (formula, expected))
    return len(ours) == len(theirs) and sum(a != b for a, b in zip(ours, theirs, strict=True)) <= _MAX_SLIPS


def _is_number(text: str) -> bool:
    try:
        float(text.strip().replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True
