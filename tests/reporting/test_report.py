"""The report: numbers as the sheet shows them, every part of a template, and what it does with other workbooks."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import time
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.chart import BarChart, PieChart, Reference
from openpyxl.workbook.defined_name import DefinedName

import xlfuncs
from tests.workbooks.conftest import TEMPLATES
from xlfuncs.cli.main import main
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.hosts.libreoffice import office
from xlfuncs.reporting import read_content, render_page
from xlfuncs.reporting.numbers import format_value

pytestmark = pytest.mark.slow  # prints a template to PDF

TEMPLATE = TEMPLATES / "unit_economics.xlsx"


@pytest.mark.parametrize(
    ("value", "number_format", "text"),
    [  # as Excel and LibreOffice show them
        (1234.5, "#,##0", "1,234"),
        (-1234.5, "#,##0.00;(#,##0.00);0.00", "(1,234.50)"),
        (-1234.5, "#,##0.0", "-1,234.5"),
        (0, "0.0%;(0.0%);0.0%", "0.0%"),
        (-0.073, "0.0%;(0.0%);0.0%", "(7.3%)"),
        (12.345, "0.0x;(0.0x);0.0x", "12.3x"),
        (74e9, "0.00E+00", "7.40E+10"),
        (2.5e9, "#,##0.0,,", "2,500.0"),
        (1234567.891, "General", "1234567.891"),
        (0.1, "General", "0.1"),
        (-0.0001, "0.00", "0.00"),
        (5, '0" years"', "5 years"),
        (3, '"USD "#,##0', "USD 3"),
        (dt.datetime(2026, 3, 1), "yyyy-mm-dd", "2026-03-01"),
        (dt.datetime(2026, 3, 1), "yyyy-mm", "2026-03"),
        (True, "General", "TRUE"),
        ("never", "0.0", "never"),
        (None, "0.0", ""),
    ],
)
def test_values_are_shown_as_the_sheet_shows_them(value: Any, number_format: str, text: str) -> None:
    assert format_value(value, number_format) == text


def test_a_template_is_read_whole() -> None:
    content = read_content(TEMPLATE)
    book = openpyxl.load_workbook(TEMPLATE, data_only=True)
    names = [name for name in book.defined_names if name.startswith("out_")]
    assert len([row for row in content.outputs if not row.heading]) == len(names)
    assert dict(content.switches) == {"Scenario": "Base", "Currency": "USD"}
    assert len(content.pictures) == len(openpyxl.load_workbook(TEMPLATE)["Charts"]._charts)
    assert all(picture.title and picture.curves and picture.curves[0].values for picture in content.pictures)
    assert [claim["verdict"] for claim in content.claims] == [
        row[11] for row in book["Claims"].iter_rows(min_row=5, values_only=True) if row[1]
    ]
    assert {row.cells[1] for row in content.checks} == {"passes"}
    assert content.own == []


class Page(HTMLParser):
    """What a page asks for from elsewhere, and whether its tags are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.outside: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        if tag not in ("meta", "br", "link"):
            self.open.append(tag)
        for name, value in attributes:
            if name in ("src", "href", "xlink:href") and value and not value.startswith("#"):
                self.outside.append(value)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_startendtag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attributes)
        if self.open and self.open[-1] == tag:
            self.open.pop()


def test_the_page_is_whole_asks_for_nothing_and_is_the_same_each_time() -> None:
    page = render_page(read_content(TEMPLATE))
    reader = Page()
    reader.feed(page)
    assert reader.open == []
    assert reader.outside == []
    assert "@import" not in page
    assert page == render_page(read_content(TEMPLATE))
    drawings = re.findall(r"<svg.*?</svg>", page, re.S)
    assert len(drawings) == len(read_content(TEMPLATE).pictures)
    ids = [id_ for drawing in drawings for id_ in re.findall(r'\bid="([^"]+)"', drawing)]
    assert len(ids) == len(set(ids))
    for drawing in drawings:
        ElementTree.fromstring(drawing.replace("xlink:href", "href"))


def test_a_report_tells_of_failing_checks_and_of_inputs_changed_by_hand(tmp_path: Path) -> None:
    path = tmp_path / "mine.xlsx"
    book = openpyxl.load_workbook(TEMPLATE)
    rows = {row[11].value: row for row in book["Inputs"].iter_rows(min_row=5) if row[11].value}
    rows["CN.model_arpa"][8].value = 9.5
    rows["CN.model_churn"][7].value = 0.5  # above its base
    book.save(path)
    assert CliRunner().invoke(main, ["refresh", str(path)]).exit_code == 0
    content = read_content(path)
    assert len(content.own) == 2
    page = render_page(content)
    assert "Do not rely on these results" in page
    assert "No input has a low above its base" in page


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A workbook of others, with a named output, a bar chart and a chart of a kind that is not drawn."""
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (("Year", "<b>Sales</b>"), (2025, 10.5), (2026, 12.25)):
        sheet.append(row)
    book.defined_names["out_total_sales"] = DefinedName("out_total_sales", attr_text="Sheet!$B$3")
    for chart, place in ((BarChart(), "D2"), (PieChart(), "D20")):
        chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=3), titles_from_data=True)
        chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=3))
        sheet.add_chart(chart, place)
    path = tmp_path / "theirs.xlsx"
    book.save(path)
    return path


def test_a_workbook_of_others_shows_named_outputs_and_charts_and_nothing_is_taken_for_markup(foreign: Path) -> None:
    content = read_content(foreign)
    assert [row.cells[:3] for row in content.outputs] == [("total sales", "", "12.25")]
    (picture,) = content.pictures
    assert picture.curves[0].values == [10.5, 12.25]
    assert picture.curves[0].categories == ["2025", "2026"]
    assert "<b>Sales</b>" not in render_page(content)


def test_nothing_to_report_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "empty.xlsx"
    openpyxl.Workbook().save(path)
    done = CliRunner().invoke(main, ["report", str(path), "-o", str(tmp_path / "r.html")])
    assert done.exit_code == 2
    assert "nothing to report" in done.output
    assert not (tmp_path / "r.html").exists()
    with pytest.raises(WorkbookRejected):
        read_content(tmp_path)


def test_the_command_writes_a_page_and_refuses_other_kinds(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["report", str(TEMPLATE), "-o", str(tmp_path / "r.html")])
    assert done.exit_code == 0
    assert (tmp_path / "r.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    assert CliRunner().invoke(main, ["report", str(TEMPLATE), "-o", str(tmp_path / "r.docx")]).exit_code == 64
    assert CliRunner().invoke(main, ["render", str(TEMPLATE), "-o", str(tmp_path / "r.gif")]).exit_code == 64


# With LibreOffice


needs_office = pytest.mark.skipif(
    not os.environ.get("CI") and not (shutil.which("soffice") and shutil.which("pdftotext")),
    reason="LibreOffice or poppler-utils is not installed",
)


def text_of(path: Path) -> str:
    return subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout


@needs_office
def test_the_pdf_holds_the_values_of_our_functions_and_only_the_sheets_of_results(tmp_path: Path) -> None:
    text = text_of(xlfuncs.report(TEMPLATE, out=tmp_path / "report.pdf").out)
    assert "#NAME?" not in text
    assert "LTV / CAC, US" in text
    assert "Churn erodes lifetime value" in text
    assert "Willingness to pay, median" not in text  # of the inputs


@needs_office
def test_a_picture_of_a_sheet(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["render", str(TEMPLATE), "--sheet", "Outputs", "-o", str(tmp_path / "r.png")])
    assert done.exit_code == 0
    assert (tmp_path / "r.png").read_bytes().startswith(b"\x89PNG")
    done = CliRunner().invoke(main, ["render", str(TEMPLATE), "--sheet", "Nothing", "-o", str(tmp_path / "s.png")])
    assert done.exit_code == 2
    assert "has no sheet Nothing; it has Cover" in done.output


@pytest.mark.skipif(os.name == "nt", reason="A shell script stands in for LibreOffice")
def test_an_office_that_hangs_is_stopped_with_its_children(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office_path = tmp_path / "soffice"
    office_path.write_text(f"#!/bin/sh\nsleep 600 &\necho $! >{tmp_path}/child\nsleep 600\n")
    office_path.chmod(0o755)
    monkeypatch.setattr(office, "find_program", lambda: str(office_path))
    with pytest.raises(office.OfficeError, match="took more than 1 seconds and was stopped"):
        office.draw_pdf(b"", seconds=1)
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    for _ in range(100):  # until its new parent has buried it
        if not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("The child of the office lives on.")


def test_a_machine_without_libreoffice_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(office, "_LOCATIONS", ())
    monkeypatch.setenv("PATH", "")
    done = CliRunner().invoke(main, ["render", str(TEMPLATE), "-o", str(tmp_path / "r.pdf")])
    assert done.exit_code == 2
    assert "LibreOffice is not installed" in done.output
