"""Runs of alike formulas along rows and down columns, and the cells in them that are not alike."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import combinations

from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.workbook_view import Sheet, WorkbookView
from xlfuncs.ooxml.cells import CellPos

_LEAST = 3  # alike formulas that make a run by themselves
_WEAK = 2  # that do where others lie beside them
_WITNESSES = 2  # other runs that must go through a cell for it to be wanted in its own
_SHARE = 0.66  # of the runs that reach a line of cells
_NEAR = 25  # lines
_SLIPS = 2  # tokens in which a formula that went wrong is unlike the others
_COMMON = 20  # formulas at the same places that make two sheets copies of one another
_TWINS = 60  # sheets that are compared
_SURE = 5  # alike formulas that need no other run beside them


@dataclass(frozen=True)
class Odd:
    """A cell that is not what the run of formulas through it says: `usual` is what belongs there."""

    place: CellPos
    usual: R1C1Formula
    kind: str  # formula, number, text or blank


@dataclass
class _Run:
    """The most frequent formula of a line, and where on the line it stands."""

    line: int
    form: R1C1Formula
    at: set[int]
    first: int = 0
    last: int = 0
    odd: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)


def odd_cells(sheet: Sheet) -> list[Odd]:
    """The odd ones out of all runs of a sheet, in reading order.

    In a template of ours each line has a formula of its own, so that only rows are looked along.
    """
    ways = (True,) if sheet.opened.ours else (False, True)
    found = {odd.place: odd for across in ways for odd in _Lines(sheet, across).odd()}
    return [found[place] for place in sorted(found)]


def unlike_twins(opened: WorkbookView) -> dict[Sheet, list[Odd]]:
    """The cells of sheets that are copies of one another, but for these cells.

    Only formulas that stay on their sheet are compared. Where most copies agree, the others are named, else both.
    """
    found: dict[Sheet, list[Odd]] = defaultdict(list)
    own = {sheet: {p: f for p, f in sheet.forms.items() if _stays(f)} for sheet in opened.sheets[:_TWINS]}
    twins: dict[Sheet, list[Sheet]] = defaultdict(list)
    for one, other in combinations(own, 2):
        if _are_twins(one, other, own[one], own[other]):
            twins[one].append(other)
            twins[other].append(one)
    for sheet, others in twins.items():
        for place in {place for other in others for place, _ in own[other].items() - own[sheet].items()}:
            theirs = Counter(own[other][place] for other in others if place in own[other])
            usual, count = theirs.most_common(1)[0]
            mine = sheet.forms.get(place)
            if mine is None and place in sheet.numbers:
                found[sheet].append(Odd(place, usual, "number"))
            elif mine is not None and mine is not usual and theirs[mine] < count:
                found[sheet].append(Odd(place, usual, "formula"))
    return found


def _stays(form: R1C1Formula) -> bool:
    return all(one.sheet is None for one in form.references)


def _are_twins(one: Sheet, other: Sheet, mine: dict[CellPos, R1C1Formula], theirs: dict[CellPos, R1C1Formula]) -> bool:
    common = len(mine.keys() & theirs.keys())
    if common < _COMMON or common * 10 < 9 * max(len(mine), len(theirs)):
        return False
    unlike = common - len(mine.items() & theirs.items())
    unlike += len(mine.keys() & other.numbers.keys()) + len(theirs.keys() & one.numbers.keys())
    return unlike <= max(2, common // 50)


class _Lines:
    """A sheet as rows (across) or columns."""

    def __init__(self, sheet: Sheet, across: bool) -> None:
        self.sheet = sheet
        self.across = across
        lines: dict[int, dict[int, R1C1Formula]] = defaultdict(dict)
        for (row, column), form in sheet.forms.items():
            line, at = (row, column) if across else (column, row)
            lines[line][at] = form
        self.lines = dict(lines)
        self.runs = [run for line in sorted(self.lines) for run in self._runs(line)]
        self.through: dict[int, list[_Run]] = defaultdict(list)  # the runs that have their formula at a position
        self.past: dict[int, list[_Run]] = defaultdict(list)  # those that have another thing there
        for run in self.runs:
            for at in run.at:
                self.through[at].append(run)
            for at in (*run.odd, *run.ends):
                self.past[at].append(run)

    @cached_property
    def _gathered(self) -> dict[int, set[tuple[int, int]]]:
        """The stretches of each line that formulas of the sheet read as a range."""
        found: dict[int, set[tuple[int, int]]] = defaultdict(set)
        for place, form in self.sheet.forms.items():
            for one in form.areas:
                if not one.single and one.sheet is None:
                    top, left, bottom, right = one.area(place)
                    if (top == bottom) if self.across else (left == right):
                        found[top if self.across else left].add((left, right) if self.across else (top, bottom))
        return found

    def _gathered_with(self, run: _Run, at: int) -> bool:
        """Whether a formula reads the run and the position as one range that ends with them."""
        low, high = min(run.first, at), max(run.last, at)
        return len(run.at) >= _LEAST and (low, high) in self._gathered.get(run.line, ())

    def place(self, line: int, at: int) -> CellPos:
        return (line, at) if self.across else (at, line)

    def _runs(self, line: int) -> Iterator[_Run]:
        cells = self.lines[line]
        counts = Counter(cells.values())
        for form, count in counts.items():
            if count < _WEAK:
                continue
            at = {one for one, other in cells.items() if other is form}
            run = _Run(line, form, at, min(at), max(at))
            between = [one for one in range(run.first + 1, run.last) if one not in at]
            if len(between) > 4 * count:
                continue
            run.odd = [one for one in between if one not in cells or counts[cells[one]] == 1]
            if len(run.odd) > max(1, count // 4):
                continue
            before = run.first - 1
            another = before in cells and counts[cells[before]] > 1  # whose last cell it is: the change is named behind
            run.ends = [
                one for one in (before, run.last + 1) if self._filled(line, one) and not (one == before and another)
            ]
            yield run

    def _filled(self, line: int, at: int) -> bool:
        return self.sheet.filled(self.place(line, at))

    def odd(self) -> Iterator[Odd]:
        """The odd ones out of all runs."""
        for run in self.runs:
            for at in run.odd:
                if not self._a_column_of_its_own(at, run.line) and self._is_odd(run, at):
                    yield Odd(self.place(run.line, at), run.form, self._kind(run.line, at))
            for at in run.ends:
                if self._belongs(run, at) and self._is_odd(run, at):
                    yield Odd(self.place(run.line, at), run.form, self._kind(run.line, at))

    def _is_odd(self, run: _Run, at: int) -> bool:
        place = self.place(run.line, at)
        kind = self._kind(run.line, at)
        if kind == "spill" or (kind == "text" and not _numeric(self.sheet.texts[place])):
            return False
        if len(run.at) < _LEAST and not self._witnesses(run, at):
            return False
        form = self.sheet.forms.get(place)
        if form is not None:
            if any(self.lines.get(run.line + step, {}).get(at) is form for step in (-1, 1)):
                return False
            if self._only_in_another_order(run, form, place):
                return False
            alone = not self._near(self.through.get(at, ()), run.line)
            return not alone or len(run.at) > _SURE or _similar(form, run.form)
        if kind == "blank":
            return bool(self._witnesses(run, at)) and any(
                abs(other.line - run.line) == 1 for other in self.through.get(at, ())
            )
        return True

    def _only_in_another_order(self, run: _Run, form: R1C1Formula, place: CellPos) -> bool:
        """Whether it is one of many links to a sheet, and to a cell that none of the others links to."""
        if not (form.links and run.form.links) or form.areas[0].sheet is None:
            return False
        one = form.areas[0]
        if one.sheet != run.form.areas[0].sheet:
            return False
        linked = (
            other.areas[0].area(self.place(run.line, at))
            for at, other in self.lines[run.line].items()
            if other.links and other is not form and other.areas[0].sheet == one.sheet
        )
        return one.area(place) not in linked

    def _kind(self, line: int, at: int) -> str:
        place = self.place(line, at)
        if place in self.sheet.forms:
            return "formula"
        if place in self.sheet.numbers:
            return "number"
        if place in self.sheet.texts:
            return "text"
        return "blank" if not self.sheet.filled(place) else "spill" if place in self.sheet.spilled else "number"

    def _near(self, runs: Iterable[_Run], line: int) -> list[_Run]:
        """The runs of other lines nearby, one a line."""
        return list({run.line: run for run in runs if 0 < abs(run.line - line) <= _NEAR}.values())

    def _a_column_of_its_own(self, at: int, line: int) -> bool:
        """Whether most lines have something else at a position, as in a column of totals."""
        past, through = self._near(self.past.get(at, ()), line), self._near(self.through.get(at, ()), line)
        return len(past) + 1 >= 2 and len(past) >= len(through)

    def _witnesses(self, run: _Run, at: int) -> bool:
        """Whether other lines have one formula all through the cells of a run and the position."""
        needed = run.at | {at}
        whole = [other for other in self._near(self.through.get(at, ()), run.line) if needed <= other.at]
        return len(whole) >= _WITNESSES

    def _belongs(self, run: _Run, at: int) -> bool:
        """Whether the position before or behind a run should be part of it."""
        step = -1 if at < run.first else 1
        starts = self._kind(run.line, at + step) not in ("formula", "number") if at + step > 0 else True
        if starts and _reaches(run.form, step, self.across):
            return False
        form = self.lines[run.line].get(at)
        if form is not None and _gathers(form, self.place(run.line, at), run.line, self.across):
            return False
        if self._gathered_with(run, at):
            return True
        through, past = self._near(self.through.get(at, ()), run.line), self._near(self.past.get(at, ()), run.line)
        through = [other for other in through if other.at & run.at]
        return len(through) >= _WITNESSES and len(through) >= _SHARE * (len(through) + len(past))


def _reaches(form: R1C1Formula, step: int, across: bool) -> bool:
    """Whether a formula reads the cells before it (or behind), which the first (or last) of a run cannot."""
    for one in (area for area in form.areas if area.sheet is None):
        for fixed, distance in (one.left, one.right) if across else (one.top, one.bottom):
            if not fixed and distance * step > 0:
                return True
    return False


def _gathers(form: R1C1Formula, place: CellPos, line: int, across: bool) -> bool:
    """Whether a formula reads several cells of its own line, as a total does."""
    read = 0
    for one in form.areas:
        if one.sheet is None:
            top, left, bottom, right = one.area(place)
            first, last, low, high = (top, bottom, left, right) if across else (left, right, top, bottom)
            if first <= line <= last:
                read += high - low + 1
    return read > 1


def _similar(form: R1C1Formula, usual: R1C1Formula) -> bool:
    """Whether two formulas are one but for a token or two."""
    ours, theirs = (R1C1Formula("", one.formula_at(form.place), form.place).tokens for one in (form, usual))
    return len(ours) == len(theirs) and sum(a != b for a, b in zip(ours, theirs, strict=True)) <= _SLIPS


def _numeric(text: str) -> bool:
    try:
        float(text.strip().replace(",", "").rstrip("%"))
    except ValueError:
        return False
    return True
