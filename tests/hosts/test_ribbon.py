"""What the buttons do: on a book that is a file here, and over the real call path of xlwings."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from pathlib import Path
from typing import Any
from unittest.mock import MagicMock

import openpyxl
import pytest

import workbooks
from xlfuncs.core.cell_range import CellBlock
from xlfuncs.data import DataNotFound
from xlfuncs.data.tables import Observation, Source
from xlfuncs.hosts.excel import ribbon
from xlfuncs.hosts.excel.open_workbook import OpenInExcel
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package
from xlfuncs.services.refresh import refresh

DAY = dt.date(2026, 11, 25)

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

    @cached_property
    def tables(self) -> NamedRangeFile:
        return NamedRangeFile(Package(self.path))

    def flush(self) -> None:
        """Write what was put into the file."""
        self.path.write_bytes(self.tables.package.pack_with(self.tables.parts()))
        del self.tables

    def area(self, name: str) -> CellBlock | None:
        return self.tables.area(name)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        self.tables.put(sheet, row, column, value)

    def writing(self, names: Sequence[str]) -> AbstractContextManager[None]:
        return nullcontext()

    def calculate(self) -> None:
        self.flush()
        refresh(self.path)

    def outputs(self) -> dict[str, Any]:
        return refresh(self.path, dry_run=True).outputs

    def report(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        self.reports.append((title, head, rows))


@pytest.mark.slow  # checks a template
def test_a_template_has_nothing_to_report() -> None:
    book = FileBook(TEMPLATE)
    assert ribbon.check_open_workbook(book) == "us_china_comparison.xlsx: 0 errors, 0 warnings."
    assert book.reports == []


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
    assert "1 error," in ribbon.check_open_workbook(book)
    ((title, head, rows),) = book.reports
    assert title == "Check of mine.xlsx"
    assert head == ribbon.HEAD
    assert ("E", "B40", "Sheet", "B2") in [tuple(row[:4]) for row in rows]


def test_what_is_no_workbook_is_said_by_its_own_name(tmp_path: Path) -> None:
    path = tmp_path / "notes.xlsx"
    path.write_text("notes", encoding="utf-8")
    sentence = ribbon.check_open_workbook(FileBook(path))
    assert "notes.xlsx" in sentence
    assert "copy.xlsx" not in sentence


def test_a_template_is_built_to_be_opened() -> None:
    path = Path(ribbon.copy_template("us_china_comparison"))
    try:
        assert path.read_bytes() == TEMPLATE.read_bytes()
    finally:
        shutil.rmtree(path.parent)


@pytest.mark.slow  # refreshes a template
def test_refresh_data_brings_a_real_file_up_to_date_and_lists_what_changed(tmp_path: Path) -> None:
    book = FileBook(Path(shutil.copy(TEMPLATE, tmp_path / "mine.xlsx")))
    source = Source("s", "A survey", "", "")

    def find(key: str) -> Observation:
        if key != "US.model_power_price":
            raise DataNotFound(f"There is no {key}.")
        return Observation("US", "power_price", DAY, 0.1, 0.09, 0.11, "USD/kWh", "high", source, "")

    sentence = ribbon.refresh_open_workbook(book, find, "a survey", DAY)
    assert sentence == "mine.xlsx: 1 figure and 1 input brought up to date from a survey."
    ((title, head, rows),) = book.reports
    assert title == "Refresh of mine.xlsx"
    assert head == ribbon.CHANGES
    kinds = {row[0] for row in rows}
    assert {"input", "figure", "output"} <= kinds
    assert any(row[1] == "out_us_gpu_hour" for row in rows)
    book.flush()
    values = openpyxl.load_workbook(book.path, data_only=True)
    assert values["Log"]["D5"].value == "xlfuncs refresh"
    assert values["Log"]["F5"].value == "all pass"


def test_refresh_data_of_a_workbook_without_tables_says_so(stale: Path) -> None:
    before = stale.read_bytes()
    book = FileBook(stale)
    assert "declares no data" in ribbon.refresh_open_workbook(book, lambda key: pytest.fail(key), "nothing", DAY)
    assert stale.read_bytes() == before
    assert book.reports == []


def test_a_book_in_excel_is_read_and_written_by_its_names() -> None:
    cells = MagicMock(row=4, column=2)
    cells.sheet.name = "Data"
    cells.options.return_value.value = [["Key"], ["A.b"]]
    name = MagicMock(refers_to_range=cells)
    name.name = "data_figures"
    broken = MagicMock()
    broken.name = "out_lost"
    type(broken).refers_to_range = property(lambda _: 1 / 0)
    names = MagicMock(
        __iter__=lambda _: iter([name, broken]),
        __getitem__=lambda _, key: {"data_figures": name, "out_lost": broken}[key],
    )
    book = MagicMock(names=names)
    opened = OpenInExcel(book)
    assert opened.area("data_figures") == CellBlock("Data", 4, 2, [["Key"], ["A.b"]])
    assert opened.area("data_log") is None
    assert opened.outputs() == {}
    opened.put("Data", 5, 3, 7)
    assert book.sheets["Data"].range((5, 3)).value == 7
    book.sheets["Data"].range((5, 3)).formula = "=C4*2"
    opened.put("Data", 5, 3, 8)
    assert book.sheets["Data"].range((5, 3)).value == 7
    opened.calculate()
    book.app.calculate.assert_called_once()


class Protected:
    """A worksheet of COM that is protected, with a password or without."""

    ProtectContents = True
    ProtectDrawingObjects = ProtectScenarios = ProtectionMode = False

    def __init__(self, password: str = "") -> None:
        self.password = password
        self.calls: list[tuple[Any, ...]] = []
        self.Protect, self.Unprotect = self.protect, self.unprotect
        self.Protection = MagicMock(**{f"Allow{name}": name.startswith("Formatting") for name in MAY})

    def unprotect(self, password: str) -> None:
        if password != self.password:
            raise OSError("The password you supplied is not correct.")
        self.calls.append(("unprotect",))

    def protect(self, *arguments: Any) -> None:
        self.calls.append(("protect", *arguments))


MAY = (  # the order of Worksheet.Protect in Microsoft's reference, after UserInterfaceOnly
    "FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
    "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables",
)  # fmt: skip


def named_on(**sheets: Protected) -> OpenInExcel:
    """A book in Excel with a name on each of some sheets."""
    made = {}
    for name, sheet in sheets.items():
        cells = MagicMock()
        cells.sheet.name, cells.sheet.api = name, sheet
        made[f"data_{name.lower()}"] = MagicMock(refers_to_range=cells)
        made[f"data_{name.lower()}"].name = f"data_{name.lower()}"
    names = MagicMock(__iter__=lambda _: iter(made.values()), __getitem__=lambda _, key: made[key])
    return OpenInExcel(MagicMock(names=names))


def test_protected_sheets_are_written_to_and_protected_as_they_were() -> None:
    sheet = Protected()
    with pytest.raises(ZeroDivisionError), named_on(Log=sheet).writing(["data_log", "data_inputs"]):
        sheet.calls.append(("written", 1 / (len(sheet.calls) - 1)))
    allowed = [True, True, True, False, False, False, False, False, False, False, False]
    assert sheet.calls == [("unprotect",), ("protect", "", False, True, False, False, *allowed)]


def test_a_sheet_with_a_password_stops_a_refresh_before_it_begins() -> None:
    first, second = Protected(), Protected("secret")
    book = named_on(Figures=first, Log=second)
    sentence = ribbon.refresh_open_workbook(book, lambda key: pytest.fail(key), "nothing", DAY)
    assert "The sheet Log is protected by a password; unprotect the sheet first. Nothing was changed." in sentence
    assert [call[0] for call in first.calls] == ["unprotect", "protect"]
    assert second.calls == []


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
    assert server.CallUDF("xlfuncs.ribbon", "help_topic", ("=1+LTV_CAC(A1,B1,C1,D1)",)) == "monetisation.html#LTV_CAC"
    assert server.CallUDF("xlfuncs.ribbon", "help_topic", ("=SUM(A1:A3)",)) == ""
    assert server.CallUDF("xlfuncs.ribbon", "help_topic", ("LTV_CAC(1",)) == ""
    path = Path(server.CallUDF("xlfuncs.ribbon", "open_template", ("us_china_comparison",)))
    assert path.name == "us_china_comparison.xlsx"
    shutil.rmtree(path.parent)
