"""A refresh replaces the stored values of formulas, and nothing else."""

from __future__ import annotations

import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.small_workbooks import part, parts, refreshed, rewrite
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected

Make = Callable[..., Path]


def values(path: Path, *addresses: str) -> list[Any]:
    sheet = openpyxl.load_workbook(path, data_only=True).worksheets[0]
    return [sheet[address].value for address in addresses]


def model(book: Any, sheet: Any) -> None:
    sheet.write_row("A1", [100, 0.8, 0.05, 400])
    sheet.write_dynamic_array_formula("A2", "=LTV_CAC(A1,B1,C1,D1)", None, 0)
    sheet.write_formula("B2", "=A2*2", None, 0)
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "=Data!$A$1:$D$1"})
    sheet.insert_chart("F1", chart)
    sheet.data_validation("A1", {"validate": "decimal", "criteria": ">", "value": 0})
    book.define_name("out_ratio", "=Data!$A$2")


def test_values_are_those_of_the_functions(make: Make) -> None:
    path = make(model)
    report = refreshed(path)
    assert values(path, "A2", "B2") == [4, 8]
    assert (report.formulas, report.recalculated, report.written) == (2, 2, True)
    assert [(change.cell, change.old, change.new) for change in report.changed] == [("A2", 0, 4), ("B2", 0, 8)]
    assert report.outputs == {"out_ratio": 4}


def test_every_other_part_keeps_its_compressed_bytes(make: Make) -> None:
    path = make(model)
    before = parts(path)
    refreshed(path)
    after = parts(path)
    assert list(after) == list(before)
    assert [name for name in before if before[name] != after[name]] == ["xl/worksheets/sheet1.xml"]


def test_only_values_differ_in_the_sheet(make: Make) -> None:
    path = make(model)
    before = part(path)
    refreshed(path)
    expected = before.replace("D1)</f><v>0</v>", "D1)</f><v>4</v>").replace("A2*2</f><v>0</v>", "A2*2</f><v>8</v>")
    assert part(path) == expected


def test_a_second_refresh_changes_nothing(make: Make) -> None:
    path = make(model)
    refreshed(path)
    before = path.read_bytes()
    report = refreshed(path)
    assert (report.changed, report.written) == ([], False)
    assert path.read_bytes() == before


def test_an_omitted_middle_argument_takes_its_default(make: Make) -> None:
    """A discount of 0 and an expansion of 0 are the defaults; timing 0 puts the first margin a period away."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_dynamic_array_formula("A1", "=SERVING_COST_PER_MTOK(1.8,1000,)", None, 0)
        sheet.write_dynamic_array_formula("A2", "=DECODE_THROUGHPUT(10,70,70,1,0,0,1000,3.5,1,,0.5)", None, 0)
        sheet.write_dynamic_array_formula("A3", "=LTV(10,1,0.05,0.01,,0)", None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "A1", "A2") == [pytest.approx(0.5), pytest.approx(250)]
    assert values(path, "A3") == [pytest.approx(158.33333333333333)]  # 10 x 0.95 / (0.05 + 0.01)


def test_every_kind_of_value_is_stored_as_excel_does(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        for row, formula in enumerate(
            ['="<a> & b "', "=1>0", "=1/0", "=DATE(2024,1,1)", "=-1.5E-7", '=""', "=0.1+0.2"]
        ):
            sheet.write_formula(row, 0, formula, None, 99)

    path = make(fill)
    refreshed(path)
    xml = part(path)
    assert '<c r="A1" t="str"><f>"&lt;a&gt; &amp; b "</f><v xml:space="preserve">&lt;a&gt; &amp; b </v></c>' in xml
    assert '<c r="A2" t="b"><f>1&gt;0</f><v>1</v></c>' in xml
    assert '<c r="A3" t="e"><f>1/0</f><v>#DIV/0!</v></c>' in xml
    assert "<f>DATE(2024,1,1)</f><v>45292</v>" in xml
    assert "<f>-1.5E-7</f><v>-1.5e-07</v>" in xml
    assert '<c r="A6" t="str"><f>""</f><v></v></c>' in xml
    assert values(path, "A7") == [pytest.approx(0.3)]


def test_an_error_is_reported_with_sheet_cell_and_reason(make: Make) -> None:
    path = make(lambda book, sheet: sheet.write_dynamic_array_formula("B3", "=LTV(1,2,3)", None, 5))
    (error,) = refreshed(path).errors
    assert (error.sheet, error.cell, error.code) == ("Data", "B3", "#NUM!")
    assert error.why == "gross_margin must be at most 1; got 2."
    assert "Data" in str(refreshed(path).errors[0])


def spill(book: Any, sheet: Any) -> None:
    sheet.write("A1", 3)
    sheet.write_dynamic_array_formula("C1:C2", "=SEQUENCE(A1)", None, 0)
    sheet.write("C5", "own text")


def test_a_spill_that_grows_gets_new_cells_and_range(make: Make) -> None:
    path = make(spill)
    refreshed(path)
    assert values(path, "C1", "C2", "C3", "C5") == [1, 2, 3, "own text"]
    assert 'ref="C1:C3"' in part(path)


def test_a_spill_that_shrinks_leaves_no_old_values(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", 1)
        sheet.write_dynamic_array_formula("C1:C3", "=SEQUENCE(A1)", None, 7)

    path = make(fill)
    refreshed(path)
    assert values(path, "C1", "C2", "C3") == [1, None, None]
    assert 'ref="C1"' in part(path)


def test_a_blocked_spill_shows_an_error_and_touches_nothing_else(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_dynamic_array_formula("C1", "=SEQUENCE(6)", None, 0)
        sheet.write("C5", "own text")

    path = make(fill)
    report = refreshed(path)
    assert values(path, "C1", "C5") == ["#VALUE!", "own text"]  # how files store #SPILL!
    assert report.errors[0].code == "#SPILL!"


def test_a_table_of_ours_spills_with_text_and_numbers(make: Make) -> None:
    path = make(lambda book, sheet: sheet.write_dynamic_array_formula("A1:E1", "=VECTOR_SCORES({3},{1})", None, 0))
    refreshed(path)
    assert values(path, "A1", "B1", "D1", "E1") == ["all", 50, 1, 1]


def test_an_old_array_formula_keeps_its_range(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [1, 2])
        sheet.write_array_formula("B1:B3", "{=A1:A2*2}", None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "B1", "B2", "B3") == [2, 4, "#N/A"]


def test_a_function_that_nobody_knows_keeps_its_value(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_formula("A1", "=SOMEBODYS_FUNCTION(1)", None, 7)
        sheet.write_formula("A2", "=A1*2", None, 0)

    path = make(fill)
    report = refreshed(path)
    assert values(path, "A1", "A2") == [7, 14]
    assert [kept.cell for kept in report.kept] == ["A1"]
    assert "SOMEBODYS_FUNCTION" in report.kept[0].why


@pytest.mark.parametrize(
    "stored", ["_xll.CHIP_TPP(2,3)", "_xldudf_CHIP_TPP(2,3)", "'C:\\a b\\xlfuncs.xlam'!CHIP_TPP(2,3)"]
)
def test_our_functions_are_known_in_the_spelling_of_every_host(make: Make, stored: str) -> None:
    path = make(lambda book, sheet: sheet.write_formula("A1", f"={stored}", None, 0))
    assert refreshed(path).changed[0].new == 6


def test_another_file_takes_the_result_and_the_original_stays(make: Make, tmp_path: Path) -> None:
    path = make(model)
    before = path.read_bytes()
    refreshed(path, out=tmp_path / "copy.xlsx")
    assert path.read_bytes() == before
    assert values(tmp_path / "copy.xlsx", "A2") == [4]


def test_a_dry_run_writes_nothing(make: Make) -> None:
    path = make(model)
    before = path.read_bytes()
    report = refreshed(path, dry_run=True)
    assert (len(report.changed), report.written) == (2, False)
    assert path.read_bytes() == before


def test_rights_and_links_stay(make: Make, tmp_path: Path) -> None:
    path = make(model)
    path.chmod(0o640)
    link = tmp_path / "link.xlsx"
    link.symlink_to(path)
    refreshed(link)
    assert link.is_symlink()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert values(path, "A2") == [4]


def test_a_failed_write_leaves_the_file_and_no_litter(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(model)
    before = path.read_bytes()

    def full(self: Path, target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WorkbookRejected, match="No space left"):
        refreshed(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_dates_of_1904_are_read_as_such(make: Make, tmp_path: Path) -> None:
    def fill(book: Any, sheet: Any) -> None:
        book.date_1904 = True
        sheet.write_formula("A1", "=DATE(1904,1,2)", None, 0)
        sheet.write_formula("A2", "=YEAR(400)+A1", None, 0)
        sheet.write_formula("A3", "=SUMPRODUCT(YEAR({400,800}))", None, 0)

    path = make(fill)
    assert [change.new for change in refreshed(path).changed] == [1, 1906, 3811]


def test_error_values_with_one_code_are_one() -> None:
    assert CellError("#N/A", "a") == CellError("#N/A", "b")


def test_a_formula_that_reads_only_where_a_spill_grows_to_is_calculated(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", 3)
        sheet.write_dynamic_array_formula("C1:C2", "=SEQUENCE(A1)", None, 1)
        sheet.write("C2", 2)
        sheet.write_formula("D1", "=C3*2", None, 0)
        sheet.write_formula("D2", "=A1", None, 3)

    path = make(fill)
    assert refreshed(path).kept == []
    assert values(path, "C3", "D1") == [3, 6]


def test_a_row_is_repeated_over_the_range_of_an_old_array_formula(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("A1", [1, 2])
        sheet.write_array_formula("D1:E2", "{=A1:B1*10}", None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "D1", "E1", "D2", "E2") == [10, 20, 10, 20]


def test_a_text_has_at_most_32767_characters(make: Make) -> None:
    """Excel's specifications: total number of characters that a cell can contain."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_formula("A1", '=REPT("x",32767)', None, 0)
        sheet.write_formula("A2", '=REPT("x",32766)&"xx"', None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "A1", "A2") == ["x" * 32_767, "#VALUE!"]


def test_a_number_in_a_text_has_15_digits_and_digits_that_were_typed_stay(make: Make) -> None:
    """Excel shows 15 significant digits of a number; a text is what it is."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_formula("A1", '=(0.1+0.2)&" USD"', None, "")
        sheet.write_formula("A2", '="pi is 3.14159265358979323846"', None, "")

    path = make(fill)
    refreshed(path)
    assert values(path, "A1", "A2") == ["0.3 USD", "pi is 3.14159265358979323846"]


def test_a_cell_in_another_layout_gets_its_value_too(make: Make) -> None:
    path = make(model)
    text = part(path)
    assert "A2*2</f><v>0</v></c>" in text
    rewrite(path, "xl/worksheets/sheet1.xml", text.replace("A2*2</f><v>0</v></c>", "A2*2</f><v>0</v > </c>"))
    refreshed(path)
    assert values(path, "A2", "B2") == [4, 8]


def test_another_file_is_written_where_nothing_changes_too(make: Make, tmp_path: Path) -> None:
    path = make(model)
    refreshed(path)
    report = refreshed(path, out=tmp_path / "copy.xlsx")
    assert (report.changed, report.written) == ([], True)
    assert (tmp_path / "copy.xlsx").read_bytes() == path.read_bytes()
