"""A workbook is read from its parts as Excel means them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Fill
from tests.ooxml.test_document_types import with_part
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import CalculationSettings, Table, WorkbookXml, read_workbook

Make = Callable[[Fill], Path]
SHEET, WORKBOOK, STRINGS = "xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/sharedStrings.xml"


def fill(book: Any, sheet: Any) -> None:
    sheet.write_row("A1", ["text", 1.5])
    sheet.write_formula("B2", "=A1", None, 0)
    sheet.add_table("D1:E4", {"name": "Sales", "columns": [{"header": "City"}, {"header": "A\nB"}], "total_row": True})
    chart = book.add_chart({"type": "line"})
    chart.add_series({"values": "=Data!$B$1:$B$2"})
    book.add_chartsheet("Chart").set_chart(chart)
    book.add_worksheet("Second")
    book.define_name("Rate", "=Data!$A$1")
    book.define_name("Second!Local", "=Second!$C$3")


def changed(path: Path, *edits: tuple[str, str, str]) -> WorkbookXml:
    """The workbook with texts of its parts replaced."""
    for part, old, new in edits:

        def change(text: str, old: str = old, new: str = new) -> bytes:
            assert old in text
            return text.replace(old, new).encode()

        path.write_bytes(with_part(path, part, change))
    return read_workbook(Package(path))


def cell_of(path: Path, xml: str, *edits: tuple[str, str, str]) -> Any:
    """The value of a cell that is stored so."""
    workbook = changed(path, (SHEET, '<c r="B1"><v>1.5</v></c>', f'<c r="B1"{xml}</c>'), *edits)
    return workbook.value(workbook.cell(("Data", (1, 2))))


@pytest.mark.parametrize(
    ("xml", "value"),
    [
        ("><v>1.5</v>", 1.5),
        (' t="n"><v>-2E-3</v>', -0.002),
        ("><v>abc</v>", None),
        (' t="s"><v>0</v>', "text"),
        (' t="s"><v>999</v>', CellError("#VALUE!")),
        (' t="s"><v>-1</v>', CellError("#VALUE!")),
        (' t="b"><v>1</v>', True),
        (' t="b"><v>0</v>', False),
        (' t="e"><v>#N/A</v>', CellError("#N/A")),
        (' t="str"><v>a_x000D_b</v>', "a\rb"),
        (' t="str"><v>_xD83D__xDE00_</v>', "\U0001f600"),
        (' t="str"><v>_xD83D_</v>', "\ufffd"),
        (' t="inlineStr"><is><t>in the cell</t></is>', "in the cell"),
        (' t="d"><v>2024-03-01</v>', 45352.0),
        (' t="d"><v>2024-03-01T12:00:00Z</v>', 45352.5),
        (' t="d"><v>someday</v>', "someday"),
        (">", None),
    ],
)
def test_a_value_is_what_its_type_says(make: Make, xml: str, value: Any) -> None:
    result = cell_of(make(fill), xml)
    assert result == value
    assert type(result) is type(value)


def test_a_date_counts_from_the_day_0_of_its_workbook(make: Make) -> None:
    epoch = (WORKBOOK, "<workbookPr ", '<workbookPr date1904="1" ')
    assert cell_of(make(fill), ' t="d"><v>1904-01-02</v>', epoch) == 1.0


def test_phonetic_hints_are_no_text_and_runs_are_joined(make: Make) -> None:
    runs = '<r><t>te</t></r><r><rPr><b/></rPr><t xml:space="preserve">xt </t></r>'
    rich = f'<si>{runs}<rPh sb="0" eb="1"><t>hint</t></rPh></si>'
    workbook = changed(make(fill), (STRINGS, "<si><t>text</t></si>", rich))
    assert workbook.value(workbook.cell(("Data", (1, 1)))) == "text "


def test_names_belong_to_sheets_by_their_number_charts_counted(make: Make) -> None:
    workbook = read_workbook(Package(make(fill)))
    assert [sheet.name for sheet in workbook.sheets] == ["Data", "Second"]
    assert workbook.names == {("", "rate"): "Data!$A$1", ("second", "local"): "Second!$C$3"}
    assert workbook.global_names == {"Rate": "Data!$A$1"}


def test_a_table_has_its_columns_by_their_text(make: Make) -> None:
    table = Table("Data", 1, 4, 4, 5, ("city", "a\nb"), 1, 1)
    assert read_workbook(Package(make(fill))).tables == {"sales": table}


@pytest.mark.parametrize(
    ("attributes", "settings"),
    [
        ("", CalculationSettings()),
        ('iterate="1" iterateCount="7" iterateDelta="0.5"', CalculationSettings(False, True, 7, 0.5)),
        ('calcMode="autoNoTable"', CalculationSettings(calculates_data_tables=False)),
        ('calcMode="auto" fullCalcOnLoad="true"', CalculationSettings(full_calc_on_load=True)),
        ('iterate="0" fullCalcOnLoad="0"', CalculationSettings()),
    ],
)
def test_how_the_workbook_is_calculated(make: Make, attributes: str, settings: CalculationSettings) -> None:
    path = make(fill)
    workbook = changed(path, (WORKBOOK, 'calcId="124519" fullCalcOnLoad="1"', attributes))
    assert workbook.settings == settings


@pytest.mark.parametrize(
    ("part", "old", "new"),
    [
        (WORKBOOK, "<calcPr ", '<calcPr iterateDelta="little" '),
        (SHEET, '<row r="1"', '<row r="one"'),
        ("xl/tables/table1.xml", 'totalsRowCount="1"', 'totalsRowCount="many"'),
    ],
)
def test_a_damaged_workbook_names_the_file_and_the_part(make: Make, part: str, old: str, new: str) -> None:
    path = make(fill)
    owner = SHEET if "table" in part else part
    with pytest.raises(WorkbookRejected) as reason:
        changed(path, (part, old, new))
    assert str(reason.value) == f"{path} is damaged: its part {owner} has content that cannot be read."
