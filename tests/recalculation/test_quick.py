"""What one calculation answers is what the careful way gives: by the graph, and calculated again."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.small_workbooks import part, refreshed, rewrite
from tests.workbooks.conftest import TEMPLATES
from xlfuncs import REGISTRY
from xlfuncs.ooxml.cell_patch import splice, with_value
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import read_workbook
from xlfuncs.recalculation import propagation
from xlfuncs.recalculation.model import Model
from xlfuncs.recalculation.state import State

Make = Callable[..., Path]


def uncalculated(path: Path) -> None:
    """Take all values from the formulas of a file."""
    package = Package(path)
    parts = {}
    for sheet in read_workbook(package).sheets:
        edits = [(cell.start, cell.end, with_value(sheet.data[cell.start : cell.end], None)) for cell in sheet.formulas]
        parts[sheet.part] = splice(sheet.data, edits)
    path.write_bytes(package.pack_with(parts))


def both(path: Path, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Whether the quick way was taken; it must give what the careful one does."""
    quick, parts = Model(Package(path), REGISTRY).recalculate()
    taken: list[bool] = []
    is_settled = propagation.is_settled

    def careful(state: State, stale: Any) -> bool:
        taken.append(is_settled(state, stale))
        return False

    monkeypatch.setattr(propagation, "is_settled", careful)
    assert Model(Package(path), REGISTRY).recalculate() == (quick, parts)
    monkeypatch.undo()
    return taken == [True]


def test_a_template_without_values(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = Path(shutil.copy(TEMPLATES / "us_china_comparison.xlsx", tmp_path))
    uncalculated(path)
    both(path, monkeypatch)


def fill(*formulas: str, value: Any = 0, dynamic: str = "") -> Callable[[Any, Any], None]:
    def filled(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [3, 0.1, -2, "text"])
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 1, formula, None, value)
        if dynamic:
            sheet.write_dynamic_array_formula("D1:D2", dynamic, None, value)

    return filled


QUICK = {
    "sums": fill("=A1+1", "=SUM(A1:B1)", "=B2*0", "=A4"),
    "ours": fill("=CHIP_TPP(A1,B2)", "=A1*2", "=LTV(1,2,3)"),
    "an error that the model means": fill("=1/B2", "=A1-A1", "=IFERROR(B1,7)"),
    "a function that no one verified": fill("=BESSELJ(A1,1)", "=B1+1"),
    "a spill of the size that it has": fill("=D1+D2", dynamic="=SEQUENCE(2)"),
}
CAREFUL = {
    "a function that is lacking": fill("=SOMEBODYS(A1)", "=B1+A1"),
    "a spill that grows": fill("=SUM(D1:D9)", "=SUM(_xlfn.ANCHORARRAY(D1))", dynamic="=SEQUENCE(A1)"),
    "nothing to check 0 by": fill("=BESSELJ(A1,1)*0", "=A1+1"),
}


@pytest.mark.parametrize("kind", QUICK)
def test_the_quick_way_is_taken_and_right(make: Make, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    assert both(make(QUICK[kind]), monkeypatch)


@pytest.mark.parametrize("kind", CAREFUL)
def test_the_careful_way_is_taken(make: Make, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    assert not both(make(CAREFUL[kind]), monkeypatch)


def test_a_file_that_is_right_stays_and_needs_no_graph(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(QUICK["sums"])
    refreshed(path)
    before = path.read_bytes()
    monkeypatch.setattr(State, "graph", None)
    assert refreshed(path).changed == []
    assert path.read_bytes() == before


def test_the_careful_way_is_taken_where_circles_are_allowed(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(fill("=B2/2+A1", "=B1", "=B1+1"))
    text = part(path, "xl/workbook.xml")
    rewrite(path, "xl/workbook.xml", text.replace("<calcPr ", '<calcPr iterate="1" iterateDelta="1E-9" '))
    assert not both(path, monkeypatch)
