"""A copy for a picture has the values and the sheets that it is to show, and nothing else is changed."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.conftest import Fill
from tests.ooxml.test_document_types import encoded, with_part
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.snapshot import freeze_formulas

Make = Callable[[Fill], Path]
WORKBOOK = "xl/workbook.xml"


def fill(book: Any, sheet: Any) -> None:
    sheet.write("A1", 2)
    sheet.write_formula("A2", "=A1*2", None, 4)
    sheet.write_formula("A3", '="x"&LTV(1,2,3)', None, "x6")
    for name in ("Q&A of '24", "Last"):
        book.add_worksheet(name).set_landscape()


def opened(data: bytes) -> Any:
    return openpyxl.load_workbook(io.BytesIO(data))


def test_formulas_are_replaced_by_their_values(make: Make) -> None:
    sheet = opened(freeze_formulas(make(fill)))["Data"]
    assert [sheet[cell].value for cell in ("A1", "A2", "A3")] == [2, 4, "x6"]


def test_only_the_formulas_asked_for_are_frozen(make: Make) -> None:
    sheet = opened(freeze_formulas(make(fill), freeze=lambda formula: "LTV" in formula))["Data"]
    assert [sheet[cell].value for cell in ("A2", "A3")] == ["=A1*2", "x6"]


@pytest.mark.parametrize(("shown", "front"), [(["Last"], 2), (["Q&A of '24"], 1), (["Q&A of '24", "Data"], 0)])
def test_other_sheets_are_hidden_and_the_first_shown_one_is_in_front(make: Make, shown: list[str], front: int) -> None:
    book = opened(freeze_formulas(make(fill), shown))
    assert [sheet.title for sheet in book if sheet.sheet_state == "visible"] == [
        sheet.title for sheet in book if sheet.title in shown
    ]
    assert book.views[0].activeTab == front


def test_a_hidden_sheet_can_be_shown(make: Make) -> None:
    path = make(fill)
    path.write_bytes(freeze_formulas(path, ["Data"]))
    assert [sheet.sheet_state for sheet in opened(freeze_formulas(path, ["Last"]))] == ["hidden", "hidden", "visible"]


def test_one_page_is_upright(make: Make) -> None:
    sheet = opened(freeze_formulas(make(fill), one_page=True))["Last"]
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.fitToWidth) == (
        "portrait",
        1,
        1,
    )


def test_a_sheet_that_is_not_there_is_refused(make: Make) -> None:
    with pytest.raises(WorkbookRejected, match=r"has no sheet Gone; it has Data, Q&A of '24, Last\.$"):
        freeze_formulas(make(fill), ["Gone"])


def test_a_workbook_part_in_another_encoding_is_no_crash(make: Make) -> None:
    path = make(fill)
    path.write_bytes(with_part(path, WORKBOOK, lambda text: encoded(text, "UTF-16")))
    assert opened(freeze_formulas(path))["Data"]["A2"].value == 4
    with pytest.raises(WorkbookRejected, match=r"its part xl/workbook\.xml is not plain UTF-8\.$"):
        freeze_formulas(path, ["Last"])
