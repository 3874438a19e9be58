"""Named ranges of a file are read and written as cells; formulas in them stay."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Fill
from xlfuncs.core.cell_range import CellBlock
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package

Make = Callable[[Fill], Path]


@pytest.fixture
def path(make: Make) -> Path:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("B2", ["key", 1.5])
        sheet.write_formula("B3", "=C2*2", None, 3)
        book.define_name("block", "=Data!$B$2:$C$4")
        book.define_name("column", "=Data!$B:$B")
        book.define_name("huge", "=Data!$A$1:$Z$100000")
        book.define_name("rate", "=0.5")

    return make(fill)


def test_a_name_gives_the_cells_of_its_range(path: Path) -> None:
    block = CellBlock("Data", 2, 2, [["key", 1.5], [3.0, None], [None, None]])
    assert NamedRangeFile(Package(path)).area("BLOCK") == block


@pytest.mark.parametrize("name", ["column", "huge", "rate", "nothing"])
def test_what_is_no_range_of_bounded_size_gives_none(path: Path, name: str) -> None:
    assert NamedRangeFile(Package(path)).area(name) is None


def test_cells_are_changed_added_and_emptied_but_formulas_stay(path: Path) -> None:
    file = NamedRangeFile(Package(path))
    file.put("Data", 2, 2, "new")
    file.put("Data", 2, 3, None)
    file.put("Data", 3, 2, 99)
    file.put("Data", 4, 3, dt.date(2024, 3, 1))
    file.put("Data", 4, 2, None)  # there is no cell, and none is needed
    block = file.area("block")
    assert block is not None
    assert block.rows == [["new", None], [3.0, None], [None, 45352]]
    assert file.edits() == {
        ("Data", (2, 2)): "key",
        ("Data", (2, 3)): 1.5,
        ("Data", (4, 3)): None,
        ("Data", (4, 2)): None,
    }
    path.write_bytes(file.package.pack_with(file.parts()))
    sheet = openpyxl.load_workbook(path)["Data"]
    cells = {cell.coordinate: cell.value for row in sheet["B2:C4"] for cell in row if cell.value is not None}
    assert cells == {"B2": "new", "B3": "=C2*2", "C4": 45352}
