"""The seeded-fault experiment: how many faults are found, and what is said of workbooks without one."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl

import workbooks
from tests.audit.faults import AFTER, SEEDS, Seeded
from tests.audit.house import workbook
from tests.audit.models import MODELS, saved
from xlfuncs import REGISTRY
from xlfuncs.audit import Finding, check
from xlfuncs.audit.locations import iter_cells, parse_area
from xlfuncs.services import selftest

TEMPLATES = Path(workbooks.__file__).parent.parent / "templates"
TEMPLATE = "unit_economics"
_SOME = 4  # one in so many kinds of faults for a template, which takes seconds to spoil and check
_OF_THE_FILE = ("B40", "B41")  # which would find any change that was not calculated
Point = tuple[str, str, Any]


@dataclass
class Outcome:
    """Faults by kind, found and not; and the findings of each workbook without a fault."""

    found: dict[str, list[tuple[str, Seeded]]] = field(default_factory=lambda: defaultdict(list))
    missed: dict[str, list[tuple[str, Seeded]]] = field(default_factory=lambda: defaultdict(list))
    alarms: dict[str, list[Finding]] = field(default_factory=dict)

    @property
    def faults(self) -> int:
        return sum(map(len, self.found.values())) + sum(map(len, self.missed.values()))

    @property
    def share(self) -> float:
        return sum(map(len, self.found.values())) / self.faults

    def __str__(self) -> str:
        kinds = sorted({*self.found, *self.missed})
        lines = [f"{self.share:.1%} of {self.faults} faults of {len(kinds)} kinds found"]
        for kind in kinds:
            lines.append(f"  {kind}: {len(self.found[kind])} of {len(self.found[kind]) + len(self.missed[kind])}")
        lines += [f"  {name}: {len(alarms)} findings without a fault" for name, alarms in self.alarms.items()]
        return "\n".join(lines)


def clean(folder: Path) -> Iterator[Path]:
    """Sound workbooks as files, whose values are those of a refresh."""
    for name, model in MODELS.items():
        yield saved(model(), folder / f"{name}.xlsx")
    yield saved(workbook(), folder / "house.xlsx")
    path = folder / "selftest.xlsx"
    selftest.build(path)
    yield saved(openpyxl.load_workbook(path), path)
    yield saved(openpyxl.load_workbook(TEMPLATES / f"{TEMPLATE}.xlsx"), folder / f"{TEMPLATE}.xlsx")


def points(findings: list[Finding]) -> set[Point]:
    """Each place that findings name, with the rule that names it."""
    found: set[Point] = set()
    for one in findings:
        try:
            found |= {
                (one.rule, one.sheet, place) for area in one.cell.split(",") for place in iter_cells(parse_area(area))
            }
        except Exception:
            found.add((one.rule, one.sheet, one.cell))
    return found


def points_at(new: set[Point], fault: Seeded) -> bool:
    """Whether one of the new findings names the cell, or the row, column, sheet or name that the fault is."""
    for _, sheet, place in new:
        if fault.name:
            if place == fault.name:
                return True
        elif sheet == fault.sheet:
            if fault.place is None or place == fault.place:
                return True
            if isinstance(place, tuple) and fault.line:
                at = 0 if fault.line == "row" else 1
                if place[at] == fault.place[at]:
                    return True
    return False


def run(folder: Path, rounds: int = 1) -> Outcome:
    """Each kind of fault in each workbook in which it can be, drawn as often as there are rounds."""
    outcome = Outcome()
    kinds = [*SEEDS, *AFTER]
    for path in clean(folder):
        before = check(path, REGISTRY)
        outcome.alarms[path.stem] = before
        known = points(before)
        for turn in range(rounds):
            for kind in kinds[:: _SOME if path.stem == TEMPLATE else 1]:
                fault, target = faulty(path, kind, folder / "faulty.xlsx", turn)
                if fault:
                    new = points(check(target, REGISTRY, skip=() if kind in AFTER else _OF_THE_FILE)) - known
                    (outcome.found if points_at(new, fault) else outcome.missed)[kind].append((path.stem, fault))
    return outcome


def faulty(path: Path, kind: str, target: Path, turn: int = 0) -> tuple[Seeded | None, Path]:
    """A copy of a workbook with a fault drawn by chance; the same one each time."""
    chance = random.Random(f"{path.stem} {kind} {turn}")
    if kind in AFTER:
        target.write_bytes(path.read_bytes())
        return AFTER[kind](target, chance), target
    book = openpyxl.load_workbook(path)
    book.values = _values(path)
    fault = SEEDS[kind](book, chance)
    if fault:
        saved(book, target)
    return fault, target


@cache
def _values(path: Path) -> Any:
    return openpyxl.load_workbook(path, data_only=True)
