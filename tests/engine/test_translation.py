"""Formulas in the spellings of files give what Excel gives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.recalculation.test_model import values
from tests.small_workbooks import part, refreshed, rewrite
from xlfuncs.engine.translation import shift_formula
from xlfuncs.ooxml.references import parse_reference

Make = Callable[..., Path]


def sheet_with(formula: str) -> Callable[[Any, Any], None]:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [1, 2, 3, 4])
        sheet.write_column("B1", [10, 20, 30, 40])
        sheet.write_row("E1", [5, 6, 7])
        table = {"name": "Sales", "columns": [{"header": "City"}, {"header": "Net [EUR]"}], "total_row": True}
        sheet.add_table("H1:I5", {**table, "data": [["a", 1], ["b", 2], ["c", 4]]})
        sheet.write("I5", 7)
        other = book.add_worksheet("it's")
        other.write_column("A1", [100, 200])
        book.add_worksheet("Last").write("A1", 1000)
        book.define_name("Rate", "=0.5")
        book.define_name("Column", "=Data!$A$1:$A$4")
        book.define_name("Window", "=OFFSET(Data!$A$1,1,0,2,1)")
        book.define_name("Twice", "=Rate*2")
        book.define_name("Data!Here", "=Data!$B$2")
        sheet.write_formula("C3", formula, None, 0)

    return fill


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=A1:A4", 3),
        ("=A1:A4*B1:B4", 90),
        ("=A:A*2", 6),
        ("=SUM(A1:A4)+A1:A4", 13),
        ("=SUM(A1:A4*2)", 6),
        ("=SUMPRODUCT(A1:A4*B1:B4)", 300),
        ("=SUMPRODUCT((A1:A4>2)*ABS(B1:B4))", 70),
        ('=IF(A1:A4>2,"y","n")', "y"),
        ("=VLOOKUP(A:A,A1:B4,2,FALSE)", 30),
        ("=INDEX(A1:B4,0,2)", 30),
        ("=SUM(INDEX(A1:B4,0,2))", 100),
        ("=SUM(E1:G1)", 18),
        ("=E1:G1", "#VALUE!"),
        ("=INDEX({1,2,3},0,2)", 2),
        ('=A1:A4&""&D:D', "3"),
        ("=Column", 3),
        ("=SUM(Column)*Rate", 5),
        ("=SUM(Window)", 5),
        ("=Twice+here", 21),
        ("=Data!Here", 20),
        ("=SUM(Sales[Net '[EUR']])", 7),
        ("=SUM(Sales[[#All],[Net '[EUR']]])", 14),
        ("=Sales[[#This Row],[Net '[EUR']]]", 2),
        ("=Sales[[#Totals],[Net '[EUR']]]", 7),
        ("=COUNTA(Sales[])", 6),
        ("=COUNTA(Sales)", 6),
        ("=ROWS(Sales[#Data])+COLUMNS(Sales[[City]:[Net '[EUR']]])", 5),
        ("=Sales[[#Headers],[City]]", "City"),
        ("=SUM('it''s'!A1:A2)", 300),
        ("=SUM('IT''S'!$A$1,a1)", 101),
        ("=SUM('it''s:Last'!A1)", 1100),
        ("=_xlfn.SINGLE(A1:A4)", 3),
        ("=_xlfn.CONCAT(A1:A3)", "123"),
        ("=_xlfn.XLOOKUP(2,A1:A4,B1:B4)", 20),
        ("=_xlfn.LET(_xlpm.x,A1,_xlpm.x+1)", 2),
        ("=SUM(A1:INDEX(A:A,2))", 3),
        ("=ROW()+COLUMN()", 6),
        ("=RATE", 0.5),
        ("=0.1+0.2=0.3", True),
        ("=0.5-0.4-0.1", 0),
        ("=A1*1.1*3-3.3", 0),
        ("=1*(0.5-0.4-0.1)", -2.7755575615628914e-17),
        ("=B1-A1*4-1", 5),
        ("=-A1-B1", -11),
        ("=SUM(B1-B1,1)-1+A1:A4", 3),
        ("=IF(1.1*3<>3.3,1,2)", 2),
        ('=IF(A1=1,IF(B1+0.1+0.2>10.3,"more","same"),"no")', "same"),
        ("=SUMPRODUCT((A1:A4*1.1=3.3)*B1:B4)", 30),
        ("=(A1=1)=(B1=10)", True),
        ('=AND(A1/3*3=1,D1=0,D1="")', True),
        ("=A1/3&D1", "0.333333333333333"),
        ('="pi "&3.14159265358979&" "&"3.14159265358979323846"', "pi 3.14159265358979 3.14159265358979323846"),
        ("=SUMPRODUCT(LEN(B1:B4))", 8),
        ("=SUMPRODUCT(--ISNUMBER(A1:B4))", 8),
        ("=SUMPRODUCT(1/COUNTIF(A1:A4,A1:A4))", 4),
        ("=SUMPRODUCT(ROUND(B1:B4/3,A1:A4))", 33.3033),
        ("=SUMPRODUCT(LARGE(B1:B4,{1,2}))", 70),
        ("=SUMPRODUCT(ROW(A2:A4)*A2:A4)", 29),
        ("=SUMPRODUCT(SUMIF(A1:A4,{1;3},B1:B4))", 40),
        ("=SUMPRODUCT(VLOOKUP({1,4},A1:B4,2,FALSE))", 50),
        ("=SUMPRODUCT(MOD(ROW(A1:A4),2)*B1:B4)", 40),
        ("=SUMPRODUCT(YEAR(DATE(2020+A1:A4,1,1)))", 8090),
        ('=SUMPRODUCT((LEFT(A1:A4&"x",1)="2")*B1:B4)', 20),
        ("=SUMPRODUCT(COLUMN(A1:C1))", 6),
    ],
)
def test_a_plain_formula_gives_what_excel_gives(make: Make, formula: str, value: Any) -> None:
    path = make(sheet_with(formula))
    refreshed(path)
    assert values(path, "C3") == [pytest.approx(value) if isinstance(value, float) else value]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=SUM(ABS(A1:A4-3))", 4),
        ("=SUM(IF(LEN(B1:B4)>1,A1:A4))", 10),
        ("=SUM(LN(EXP(A1:A4)))", 10.0),
        ("=MAX(IF(A1:A4>2,B1:B4,0))", 40),
        ("=INDEX(B1:B4,MATCH(1,(A1:A4=3)*(B1:B4=30),0))", 30),
    ],
)
def test_an_array_formula_calculates_for_each_value(make: Make, formula: str, value: Any) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet_with("=1")(book, sheet)
        sheet.write_array_formula("C6:C6", f"{{{formula}}}", None, 0)
        sheet.write_dynamic_array_formula("C7", formula, None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "C6", "C7") == [pytest.approx(value), pytest.approx(value)]


def test_a_shared_formula_is_read_in_each_of_its_cells(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [1, 2, 3])
        for row in range(3):
            sheet.write_formula(row, 1, "=X", None, 0)

    path = make(fill)
    text = part(path).replace("<f>X</f>", '<f t="shared" ref="B1:B3" si="0">A1*$A$1+SUM(A$1:A1)</f>', 1)
    rewrite(path, "xl/worksheets/sheet1.xml", text.replace("<f>X</f>", '<f t="shared" si="0"/>'))
    refreshed(path)
    assert values(path, "B1", "B2", "B3") == [2, 5, 9]
    assert part(path).count('<f t="shared" si="0"/>') == 2


def test_a_reference_to_a_spill_follows_it(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write("A1", 4)
        sheet.write_dynamic_array_formula("B1:B2", "=SEQUENCE(A1)", None, 1)
        sheet.write("B2", 2)
        sheet.write_formula("C1", "=SUM(_xlfn.ANCHORARRAY(B1))", None, 3)
        sheet.write_formula("C2", "=B4*10", None, 0)

    path = make(fill)
    refreshed(path)
    assert values(path, "B3", "B4", "C1", "C2") == [3, 4, 10, 40]


def test_the_child_of_an_array_that_has_an_empty_formula_is_no_formula(make: Make) -> None:
    path = make(lambda book, sheet: sheet.write_dynamic_array_formula("A1:A2", "=SEQUENCE(2)", None, 0))
    text = part(path)
    assert '<c r="A2" ' in text or '<c r="A2">' in text
    rewrite(path, "xl/worksheets/sheet1.xml", text.replace('<c r="A2">', '<c r="A2"><f ca="1"/>'))
    assert refreshed(path).formulas == 1
    assert values(path, "A1", "A2") == [1, 2]
    assert '<f ca="1"/><v>2</v>' in part(path)


def test_another_workbook_is_not_followed(make: Make) -> None:
    path = make(lambda book, sheet: sheet.write_formula("A1", "=[1]Sheet1!A1+[1]!Rate", None, 5))
    (problem,) = refreshed(path).kept
    assert problem.why == "It refers to another workbook. Its value in the file is kept."


@pytest.mark.parametrize("name", ["WEBSERVICE", "RTD", "CALL", "CUBEVALUE"])
def test_what_reaches_out_is_never_called(make: Make, name: str) -> None:
    path = make(lambda book, sheet: sheet.write_formula("A1", f'={name}("x")', None, 5))
    (problem,) = refreshed(path).kept
    assert problem.why == f"It calls {name}, which reaches out of the file. Its value in the file is kept."


def test_an_empty_cell_at_the_end_of_a_row_is_filled(make: Make) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_dynamic_array_formula("A1:B1", "=SEQUENCE(1,2)", None, 0)
        sheet.write_blank("B1", None, book.add_format({"bold": True}))
        sheet.write("A2", 5)

    path = make(fill)
    refreshed(path)
    assert values(path, "A1", "B1", "A2") == [1, 2, 5]


@pytest.mark.parametrize("name", ["sheet1", "SHEET1", "Sheet1", "Ranges"])
def test_a_sheet_may_have_any_name(make: Make, name: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_row("B1", ["Peter", 5])
        sheet.write_formula("A1", f'=IF(ISBLANK(B1),"",B1)&{name}!C1&SUM(C1:C2)', None, "")
        sheet.write_formula("A2", "=SUM(LEN(B1:C1))", None, 0)

    path = make(fill, sheet=name)
    refreshed(path)
    assert values(path, "A1") == ["Peter55"]


def test_a_prefix_of_the_namespace_is_kept_for_new_cells(make: Make) -> None:
    path = make(lambda book, sheet: sheet.write_dynamic_array_formula("A1", "=SEQUENCE(2,2)", None, 0))
    text = part(path)
    for tag in ("worksheet", "sheetData", "row", "c", "f", "v", "sheetViews", "sheetView", "dimension", "pageMargins"):
        text = (
            text.replace(f"<{tag} ", f"<x:{tag} ").replace(f"<{tag}>", f"<x:{tag}>").replace(f"</{tag}>", f"</x:{tag}>")
        )
    text = text.replace('xmlns="', 'xmlns:x="', 1).replace("<sheetFormatPr", "<x:sheetFormatPr")
    rewrite(path, "xl/worksheets/sheet1.xml", text)
    refreshed(path)
    assert values(path, "A1", "B2") == [1, 4]


@pytest.mark.parametrize(
    ("formula", "there"),
    [
        ("A1+$A$1+A:A+1:1", "B2+$A$1+B:B+2:2"),
        ("'A1'!A1&\"A1\"", "'A1'!B2&\"A1\""),
        ("XFD1", "#REF!"),
        ("Name1+LOG10(A1)", "Name1+LOG10(B2)"),
    ],
)
def test_references_move_and_nothing_else(formula: str, there: str) -> None:
    assert shift_formula(formula, 1, 1) == there


@pytest.mark.parametrize("text", ["A", "1", "A0", "XFE1", "A1048577", "A:1", "Sheet1:Sheet2!A1", "[1]S!A1", "A1:", ""])
def test_what_is_no_reference(text: str) -> None:
    assert parse_reference(text) is None
