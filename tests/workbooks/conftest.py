"""A template with some of its cells changed and calculated again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import workbooks
from xlfuncs.services.refresh import refresh

TEMPLATES = Path(workbooks.__file__).parent.parent / "templates"

Rerun = Callable[[str, dict[str, Any]], Any]


def cell_of(book: Any, place: str) -> Any:
    """The cell of a defined name, or of `Sheet!A1`."""
    if "!" not in place:
        place = book.defined_names[place].attr_text
    sheet, _, address = place.partition("!")
    return book[sheet.strip("'")][address.replace("$", "")]


@pytest.fixture
def rerun(tmp_path: Path) -> Rerun:
    """A workbook of a template by name, with cells changed: its values after a refresh."""

    def changed(name: str, cells: dict[str, Any]) -> Any:
        path = tmp_path / f"{name}.xlsx"
        book = openpyxl.load_workbook(TEMPLATES / f"{name}.xlsx")
        for place, value in cells.items():
            cell_of(book, place).value = value
        book.save(path)
        refresh(path)
        return openpyxl.load_workbook(path, data_only=True)

    return changed
