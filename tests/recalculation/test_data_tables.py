"""What-if tables are calculated by putting each value into its input."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.recalculation.test_model import values
from tests.small_workbooks import part, refreshed, rewrite
from xlfuncs.recalculation import data_tables, what_if

Make = Callable[..., Path]


def with_table(make: Make, attributes: str, formula: str = "=A1*A2+1", **cells: Any) -> Path:
    """Inputs in A1 and A2; the table D4:E5 with its values above and at the left, and a cell that depends on it."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [2, 3])
        sheet.write_row("D3", [10, 20])
        sheet.write_column("C4", [1, 2])
        sheet.write_formula("C3", formula, None, 7)
        sheet.write_row("D4", [11, 21])
        sheet.write_row("D5", [21, 41])
        sheet.write_formula("G1", "=SUM(D4:E5)", None, 94)
        for address, value in cells.items():
            sheet.write(address, value)
        book.calc_on_load = False

    path = make(fill)
    table = f'<c r="D4"><f t="dataTable" ref="D4:E5" {attributes}/><v>'
    rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('<c r="D4"><v>', table))
    return path


BOTH = 'dt2D="1" dtr="1" r1="A1" r2="A2"'


def test_a_table_that_is_right_stays(make: Make) -> None:
    path = with_table(make, BOTH)
    before = path.read_bytes()
    report = refreshed(path)
    assert (report.changed, report.kept, report.formulas) == ([], [], 3)
    assert path.read_bytes() == before


def test_a_table_that_is_stale_is_calculated_with_what_depends_on_it(make: Make) -> None:
    path = with_table(make, BOTH, D3=100)
    report = refreshed(path)
    assert values(path, "D5", "E4", "E5", "G1", "A1") == [201, 21, 41, 364, 2]
    assert part(path).count('r1="A1" r2="A2"/><v>101</v>') == 1
    assert [one.cell for one in report.changed] == ["G1", "D4", "D5"]


@pytest.mark.parametrize(("in_row", "expected"), [(1, [32, 62, 5, 35]), (0, [4, 5, 7, 9])])
def test_a_table_of_one_input(make: Make, in_row: int, expected: list[float]) -> None:
    """The values of one input, above or at the left; each row or column has a formula of its own."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [2, 3])
        sheet.write_row("C3" if not in_row else "D3", [0, 10, 20][in_row:])
        if in_row:
            sheet.write_formula("C4", "=A1*3+2", None, 8)
            sheet.write_formula("C5", "=A1*A2-25", None, 0)
        else:
            sheet.write_formula("D3", "=A1*3+1", None, 7)
            sheet.write_formula("E3", "=A1*4+1", None, 9)
            sheet.write_column("C4", [1, 2])
        sheet.write("D4", 1)

    path = make(fill)
    table = f'<c r="D4"><f t="dataTable" ref="D4:E5" dt2D="0" dtr="{in_row}" r1="A1"/><v>'
    rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('<c r="D4"><v>', table))
    refreshed(path)
    assert values(path, "D4", "E4", "D5", "E5") == expected


@pytest.mark.parametrize(
    ("attributes", "formula", "why"),
    [
        (
            'dt2D="1" dtr="1" r1="A1" r2="A2" del1="1"',
            "=A1*A2",
            "The input cells of the data table were deleted",
        ),
        (
            'dt2D="1" dtr="1" r1="A1" r2="C3"',
            "=A1*A2+1",
            "An input cell of the data table has a formula; its values",
        ),
        (BOTH, "=SOMEBODYS(A1)", "The data table depends on a cell whose value is kept, so its values are kept too."),
        (BOTH, "=BESSELJ(A1,A2)", "depends on a cell whose value is kept"),
        (BOTH, "=A1*A2+1+0*BESSELJ(A2,1)", "Calculated 101, the file has 11"),
    ],
)
def test_a_table_that_cannot_be_calculated_is_kept(make: Make, attributes: str, formula: str, why: str) -> None:
    path = with_table(make, attributes, formula, D3=100)
    table = [one for one in refreshed(path).kept if one.cell == "D4"]
    assert why in table[0].why
    assert values(path, "D4", "E5") == [11, 41]


def through(*anchors: tuple[str, str, list[float]], shown: str, total: float) -> Callable[[Any, Any], None]:
    """The same table over arrays of several cells: their ranges, formulas and values; J1 has the total of the last."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [2, 3])
        sheet.write_row("D3", [10, 20])
        sheet.write_column("C4", [1, 2])
        sheet.write_formula("G1", "=A1+0", None, 2)
        for ref, formula, numbers in anchors:
            sheet.write_dynamic_array_formula(ref, formula, None, numbers[0])
            sheet.write_column(f"{ref[0]}2", numbers[1:])
        sheet.write_formula("J1", shown, None, total)
        sheet.write_formula("C3", "=J1+A2", None, total + 3)
        sheet.write_row("D4", [0, 0])
        sheet.write_row("D5", [0, 0])
        book.calc_on_load = False

    return fill


LTV = 10 * (1 + 1 / 2 + 1 / 3) * 0.5


@pytest.mark.parametrize(
    ("fill", "total"),
    [
        pytest.param(
            through(
                ("H1:H3", "=G1*ROW(A1:A3)", [2, 4, 6]),
                ("I1:I3", "=ANCHORARRAY(H1)*2", [4, 8, 12]),
                shown="=SUM(ANCHORARRAY(I1))",
                total=24,
            ),
            lambda x: 12 * x,
            id="arrays of arrays",
        ),
        pytest.param(
            through(
                ("H1:H2", "=SEQUENCE(G1)", [1, 2]),
                ("I1:I2", "=ANCHORARRAY(H1)*2", [2, 4]),
                shown="=SUM(ANCHORARRAY(I1))",
                total=6,
            ),
            lambda x: x * (x + 1),
            id="arrays that grow",
        ),
        pytest.param(
            through(("H1:H2", "=SEQUENCE(G1)", [1, 2]), shown="=SUM(H1:H50)", total=3),
            lambda x: x * (x + 1) / 2,
            id="a range that an array grows into",
        ),
        pytest.param(
            through(("H1", "=SEQUENCE(G1-1)", [1]), shown="=SUM(H1:H50)", total=1),
            lambda x: (x - 1) * x / 2,
            id="one cell that becomes several",
        ),
        pytest.param(
            through(
                ("H1:H3", "=LTV_CAC(G1,0.5,ROW(A1:A3)/10,1)", [10, 5, 10 / 3]), shown="=H1+H2+H3", total=10 + 5 + 10 / 3
            ),
            lambda x: LTV * x,
            id="a function of ours",
        ),
    ],
)
def test_a_table_follows_arrays(make: Make, fill: Any, total: Callable[[float], float]) -> None:
    """Expected: what the formulas say, by hand."""
    path = make(fill)
    table = f'<c r="D4"><f t="dataTable" ref="D4:E5" {BOTH}/><v>'
    rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('<c r="D4"><v>', table))
    report = refreshed(path)
    assert report.kept == []
    expected = [total(10) + 1, total(20) + 1, total(10) + 2, total(20) + 2]
    assert values(path, "D4", "E4", "D5", "E5") == pytest.approx(expected, rel=1e-9)
    assert values(path, "A1", "A2", "C3") == pytest.approx([2, 3, total(2) + 3], rel=1e-9)


@pytest.mark.parametrize("formula", ["=SUM(ANCHORARRAY(H1))+A2", "=A1*(A1+1)/2+A2"])
def test_the_input_of_a_table_may_be_blank_and_so_may_a_value(make: Make, formula: str) -> None:
    """Neither input is a cell of the file: models that draw their numbers put tables over cells that nothing reads."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("D3", [3, 4])
        sheet.write("C5", 5)
        sheet.write_dynamic_array_formula("H1", "=SEQUENCE(A1+1)-1", None, 0)
        sheet.write_formula("C3", formula, None, 0)
        sheet.write_row("D4", [0, 0])
        sheet.write_row("D5", [0, 0])
        book.calc_on_load = False

    path = make(fill)
    table = f'<c r="D4"><f t="dataTable" ref="D4:E5" {BOTH}/><v>'
    rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('<c r="D4"><v>', table))
    assert refreshed(path).kept == []
    assert values(path, "D4", "E4", "D5", "E5", "C3") == [6, 10, 11, 15, 0]


def test_what_depends_on_a_table_is_calculated_where_all_else_was_stale_too(make: Make) -> None:
    """All formulas are without a value."""
    path = with_table(make, BOTH, D3=100)
    text = part(path).replace("<v>94</v>", "").replace("<v>7</v>", "")
    rewrite(path, "xl/worksheets/sheet1.xml", text)
    refreshed(path)
    assert values(path, "D4", "E4", "D5", "E5", "G1") == [101, 21, 201, 41, 364]


def test_a_table_is_trusted_where_all_that_it_depends_on_is(make: Make) -> None:
    path = with_table(make, BOTH, "=A1*A2+1+H1", D3=100)
    cell = '<c r="H3"><f>0*BESSELJ(A1,1)</f><v>0</v></c>'
    text = part(path).replace("+H1</f>", "+H3</f>").replace('</c></row><row r="4"', f'</c>{cell}</row><row r="4"')
    assert cell in text
    rewrite(path, "xl/worksheets/sheet1.xml", text)
    assert "D4" in [problem.cell for problem in refreshed(path).kept]
    assert values(path, "D4", "E5") == [11, 41]


def test_a_table_without_values_gets_them_from_any_function(make: Make) -> None:
    path = with_table(make, BOTH, "=A1*A2+1+0*BESSELJ(A2,1)")
    text = part(path)
    for cell, value in (("D4", 11), ("E4", 21), ("D5", 21), ("E5", 41)):
        start = text.index(f'<c r="{cell}"')
        text = text[:start] + text[start:].replace(f"<v>{value}</v>", "", 1)
    rewrite(path, "xl/worksheets/sheet1.xml", text)
    assert refreshed(path).kept == []
    assert values(path, "D4", "E4", "D5", "E5") == [11, 21, 21, 41]


def test_tables_that_the_workbook_calculates_only_on_request_are_kept(make: Make) -> None:
    """In Excel: automatic except for data tables."""
    path = with_table(make, BOTH, D3=100)
    text = part(path, "xl/workbook.xml")
    rewrite(path, "xl/workbook.xml", text.replace("<calcPr ", '<calcPr calcMode="autoNoTable" '))
    assert [problem.why for problem in refreshed(path).kept] == [
        "The workbook calculates its data tables only on request; their values are kept."
    ]
    assert values(path, "D4") == [11]


def test_a_table_that_is_too_large_is_kept(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_tables, "MOST_CELLS", 4)
    assert refreshed(with_table(make, BOTH, D3=100)).kept == []
    monkeypatch.setattr(data_tables, "MOST_CELLS", 3)
    path = with_table(make, BOTH, D3=100)
    assert [problem.why for problem in refreshed(path).kept] == [
        "The data table has more than 3 cells; its values are kept."
    ]


def test_a_table_over_arrays_that_takes_too_long_is_kept(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    fill = through(("H1:H2", "=SEQUENCE(G1)", [1, 2]), shown="=SUM(H1:H50)", total=3)
    table = f'<c r="D4"><f t="dataTable" ref="D4:E5" {BOTH}/><v>'
    for limit, cells in ((16, []), (15, ["D4"])):  # four formulas, for each of four cells
        monkeypatch.setattr(what_if, "_MOST_CALCULATED", limit)
        path = make(fill)
        rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('<c r="D4"><v>', table))
        assert [problem.cell for problem in refreshed(path).kept] == cells


@pytest.mark.parametrize("ref", ["A4:B5", "D1:E2"])
def test_a_table_with_no_room_for_its_values_is_kept(make: Make, ref: str) -> None:
    """The inputs' values stand above a table and at its left: at the edge of the sheet there are none."""
    path = with_table(make, BOTH, D3=100)
    rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('ref="D4:E5"', f'ref="{ref}"'))
    assert "D4" in [problem.cell for problem in refreshed(path).kept]
