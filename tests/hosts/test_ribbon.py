"""What the buttons do: on a book that is a file here, and over the real call path of xlwings."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import openpyxl
import pytest

import workbooks
from xlfuncs import ribbon
from xlfuncs.hosts.excel.book import OpenInExcel

TEMPLATE = Path(workbooks.__file__).parent.parent / "templates" / "us_china_comparison.xlsx"


class FileBook:
    """A book whose state is a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.reports: list[tuple[str, Sequence[str], Sequence[Sequence[str]]]] = []

    @property
    def name(self) -> str:
        return self.path.name

    def save_copy(self, path: Path) -> None:
        shutil.copy(self.path, path)

    def report(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.reports.append((title, head, rows))


def test_a_template_has_no_error_to_report() -> None:
    assert ribbon.checked(FileBook(TEMPLATE)).startswith("us_china_comparison.xlsx: 0 errors, ")


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A workbook with a formula that has no value."""
    path = tmp_path / "mine.xlsx"
    made = openpyxl.Workbook()
    made.active["B2"] = "=1+1"
    made.save(path)
    return path


def test_findings_are_listed_with_their_cells(stale: Path) -> None:
    book = FileBook(stale)
    assert "1 errors" in ribbon.checked(book)
    ((title, head, rows),) = book.reports
    assert title == "Check of mine.xlsx"
    assert head == ribbon.HEAD
    assert ("E", "B40", "Sheet", "B2") in [tuple(row[:4]) for row in rows]


def test_what_is_no_workbook_is_said_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    path.write_text("notes", encoding="utf-8")
    sentence = ribbon.checked(FileBook(path))
    assert "notes.xlsx" in sentence
    assert "copy.xlsx" not in sentence


def test_a_template_is_built_to_be_opened() -> None:
    path = Path(ribbon.template("us_china_comparison"))
    try:
        assert path.read_bytes() == TEMPLATE.read_bytes()
    finally:
        shutil.rmtree(path.parent)


def test_a_report_in_excel_links_to_the_cells_of_the_book() -> None:
    book = MagicMock(fullname=r"C:\models\mine.xlsx")
    OpenInExcel(book).report("Title", ribbon.HEAD, [("E", "B40", "It's", "B2", "why"), ("W", "B1", "", "", "why")])
    sheet = book.app.books.add.return_value.sheets[0]
    sheet.range.return_value.add_hyperlink.assert_called_once_with(r"C:\models\mine.xlsx#'It''s'!B2", "B2")


def test_the_bridge_reaches_the_commands(excel: Any) -> None:
    """Over the real `CallUDF`, with a workbook of COM that can save a copy."""
    server = excel.xlwings.com_server.XLPython()
    com = MagicMock()
    com.Name = "mine.xlsx"
    com.SaveCopyAs = openpyxl.Workbook().save
    assert "mine.xlsx: 0 errors" in server.CallUDF("xlfuncs.ribbon", "check_workbook", (com,))
    path = Path(server.CallUDF("xlfuncs.ribbon", "open_template", ("us_china_comparison",)))
    assert path.name == "us_china_comparison.xlsx"
    shutil.rmtree(path.parent)
