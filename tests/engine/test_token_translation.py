"""What the engine is given in place of a formula, and what is noted of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import xlsxwriter

from xlfuncs import REGISTRY
from xlfuncs.engine.engine import is_unsupported
from xlfuncs.engine.translation import FormulaTranslator, TranslatedFormula
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import read_workbook

Translate = Callable[..., TranslatedFormula]


@pytest.fixture(scope="module")
def translators(tmp_path_factory: pytest.TempPathFactory) -> dict[bool, FormulaTranslator]:
    """Translators of a workbook, without a hidden row and with one."""
    translators = {}
    for hides_rows in (False, True):
        path = tmp_path_factory.mktemp("translation") / "book.xlsx"
        book = xlsxwriter.Workbook(str(path))
        sheet = book.add_worksheet("Data")
        book.add_worksheet("It's")
        book.add_worksheet("Last")
        sheet.add_table(
            "E2:F5",
            {
                "name": "Sales",
                "total_row": True,
                "columns": [{"header": "City"}, {"header": "Net", "total_function": "sum"}],
            },
        )
        if hides_rows:
            sheet.set_row(30, None, None, {"hidden": True})
        book.define_name("circle_a", "=circle_b")
        book.define_name("circle_b", "=circle_a")
        book.define_name("double", "=Data!$A$1*2")
        book.define_name("twice", "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x*2)")
        book.define_name("window", "=Data!$A$1:$A$3")
        book.close()
        spills = {("Data", (1, 8)): RangeRef("Data", 1, 8, 4, 8)}
        translators[hides_rows] = FormulaTranslator(
            read_workbook(Package(path)), set(REGISTRY.names), lambda name: is_unsupported(REGISTRY, name), spills
        )
    return translators


@pytest.fixture
def translate(translators: dict[bool, FormulaTranslator]) -> Translate:
    def translated(
        formula: str, place: tuple[int, int] = (9, 9), is_plain: bool = True, hides_rows: bool = False
    ) -> TranslatedFormula:
        return translators[hides_rows].translate("Data", place, is_plain, formula)

    return translated


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        ("A1+B1", "A1+B1"),
        ("B1-A1", "XLFUNCS_SNAP(B1-A1,A1)"),
        ("B1-A1*2", "XLFUNCS_SNAP(B1-A1*2,A1*2)"),
        ("-A1", "-A1"),
        ("SUM(B1-A1)", "SUM(B1-A1)"),  # not the last operation
        ("RAND()-A1", "RAND()-A1"),  # which would be drawn twice
        ('B1-A1&"x"', 'B1-A1&"x"'),
        ("B1-A1=0", "XLFUNCS_DIGITS(B1-A1)=0"),
        ("A1=B1", "XLFUNCS_DIGITS(A1)=XLFUNCS_DIGITS(B1)"),
        ('A1="x"', 'A1="x"'),
        ("A1=TRUE", "A1=TRUE"),
        ("IF(A1>=0.1+0.2,1,2)", "@(IF(XLFUNCS_DIGITS(A1)>=XLFUNCS_DIGITS(0.1+0.2),1,2))"),
        ("SUMPRODUCT(LEN(B1:B4))", 'SUMPRODUCT(XLFUNCS_EACH("LEN",B1:B4))'),
        ("SUMPRODUCT(ROW(A2:A4)*1)", "@(SUMPRODUCT(XLFUNCS_COUNT(3,1,2,A2:A4)*1))"),
        ("SUMPRODUCT(COLUMN(A2:C2)*1)", "@(SUMPRODUCT(XLFUNCS_COUNT(1,3,1,A2:C2)*1))"),
        ("ABS(A1:A20)", "ABS('Data'!$A$9)"),
        ("A1:Z1+0", "'Data'!$I$1+0"),
        ("SUM(A1:A20+1)", "SUM('Data'!$A$9+1)"),
        ("ABS(A1:A3)", "ABS(#VALUE!)"),
        ("LTV(1,,3)", "@(LTV(1,XLFUNCS_OMITTED(),3))"),
        ("double+1", "(Data!$A$1*2)+1"),
        ("SUM(window)", "SUM(Data!$A$1:$A$3)"),
        ("SUM(Sales[Net])", "SUM('Data'!$F$3:$F$4)"),
        ("SUM(Sales[[City]:[Net]])", "SUM('Data'!$E$3:$F$4)"),
        ("SUM(Sales[#All])", "SUM('Data'!$E$2:$F$5)"),
        ("COUNTA(Sales[#Headers])", "COUNTA('Data'!$E$2:$F$2)"),
        ("COUNTA(Sales[[#Headers],[#Data],[Net]])", "COUNTA('Data'!$F$2:$F$4)"),
        ("COUNTA(Sales[#Totals])", "COUNTA('Data'!$E$5:$F$5)"),
        ("COUNTA(Sales[[#Data],[#Totals],[Net]])", "COUNTA('Data'!$F$3:$F$5)"),
        ("SUM(Data:Last!A1)", "SUM('Data'!$A$1,'It''s'!$A$1,'Last'!$A$1)"),
        ("SUM('Last:It''s'!A1:B2)", "SUM('It''s'!$A$1:$B$2,'Last'!$A$1:$B$2)"),
        ("SUM(_xlfn.ANCHORARRAY(H1))", "SUM('Data'!$H$1:$H$4)"),
        ("SUM(_xlfn.ANCHORARRAY(H2))", "SUM(#REF!)"),
        ("_xlfn.CONCAT(A1:A2)", "CONCAT(A1:A2)"),
    ],
)
def test_a_formula_is_spelled_so_that_the_engine_does_as_excel(translate: Translate, formula: str, text: str) -> None:
    result = translate(formula)
    assert result.unsupported == ""
    assert result.text == text


def test_an_array_formula_takes_its_ranges_whole(translate: Translate) -> None:
    assert translate("SUM(ABS(A1:A20))", is_plain=False).text == 'SUM(XLFUNCS_EACH("ABS",A1:A20))'
    assert translate("ROW(A2:A4)", is_plain=False).text == "XLFUNCS_COUNT(3,1,2,A2:A4)"
    assert translate("ROW(A2:A4)").text == "@(ROW(A2:A4))"


@pytest.mark.parametrize(("rows", "is_rounded"), [(10_000, True), (10_001, False)])
def test_large_ranges_are_compared_as_they_are(translate: Translate, rows: int, is_rounded: bool) -> None:
    for _ in range(2):  # the second comes from the cache
        assert ("XLFUNCS_DIGITS" in translate(f"SUMPRODUCT((B1=A1:A{rows})*1)").text) == is_rounded


@pytest.mark.parametrize("last", ["0", "FALSE", "FALSE()", " 0 ", ""])
@pytest.mark.parametrize("call", ["VLOOKUP(A1,B1:C9,2,{})", "HLOOKUP(A1,B1:C9,2,{})", "MATCH(A1,B1:B9,{})"])
def test_a_lookup_for_the_very_value_is_verified(translate: Translate, call: str, last: str) -> None:
    assert translate(call.format(last)).unverified == frozenset()


@pytest.mark.parametrize(
    "formula",
    ["VLOOKUP(A1,B1:C9,2)", "VLOOKUP(A1,B1:C9,0)", "VLOOKUP(A1,B1:C9,2,TRUE)", "MATCH(A1,B1:B9,1)", "MATCH(A1,B1:B9)"],
)
def test_a_lookup_in_sorted_values_is_not(translate: Translate, formula: str) -> None:
    (unverified,) = translate(formula).unverified
    assert unverified.endswith("in sorted values")


def test_subtotals_are_unverified_only_where_rows_may_be_hidden(translate: Translate) -> None:
    assert translate("SUBTOTAL(9,A1:A9)").unverified == frozenset()
    assert translate("SUBTOTAL(9,A1:A9)", hides_rows=True).unverified == {"SUBTOTAL of rows that may be hidden"}
    assert translate("SUM(A1:A9)", hides_rows=True).unverified == frozenset()


@pytest.mark.parametrize(
    ("formula", "reason"),
    [
        ("circle_a+1", "The names that it uses refer to each other."),
        ("twice(2)", "It calls TWICE, which the workbook defines as a LAMBDA."),
        ("NOSUCHTHING(A1)", "It calls NOSUCHTHING, which xlfuncs does not support."),
        ("RTD(1)+WEBSERVICE(2)", "It calls RTD, WEBSERVICE, which reaches out of the file."),
        ("[1]Data!A1", "It refers to another workbook."),
        ("Gone[Net]", "It refers to a table Gone, which the file does not have."),
        ("[@Net]", "It refers to its table, but is in none."),
        ("Sales[Gross]", "It refers to a column that the table Sales does not have."),
        ("SUM(Data:Gone!A1)", "It refers to Data:Gone!A1, which xlfuncs does not support."),
        ("Data:Last!A1", "It refers to Data:Last!A1, which xlfuncs does not support."),
        ("SUM(_xlfn.ANCHORARRAY(double))", "It refers to a spilled range without naming its first cell."),
        ("ABS(A1:I20)", "It takes one cell of a range that contains the formula itself."),
        ("SUM({1", "The formula cannot be read: its brackets do not match."),
    ],
)
def test_why_a_formula_cannot_be_calculated_is_said(
    translators: dict[bool, FormulaTranslator], formula: str, reason: str
) -> None:
    class Cell:
        formula_type, shared, place = "normal", None, (9, 9)

    cell: Any = Cell()
    cell.formula = formula
    result = translators[False].translate_cell("Data", cell)
    assert result.unsupported == f"{reason} Its value in the file is kept."


def test_a_formula_of_very_many_cells_is_translated_by_itself(translate: Translate) -> None:
    formula = "+".join(f"A{row}" for row in range(1, 700))
    assert translate(formula).text == formula
    assert len(translate(f"ABS({formula}=1)").areas) == 699


def test_what_a_formula_reads_is_noted(translate: Translate) -> None:
    result = translate("SUM(Sales[Net],A1:B2)+double")
    assert sorted(result.areas) == [
        RangeRef("Data", 1, 1, 1, 1),
        RangeRef("Data", 1, 1, 2, 2),
        RangeRef("Data", 3, 6, 4, 6),
    ]
    assert result.calls == {"SUM"}
    assert not result.reads_unknown
    assert translate("SUM(A1:INDEX(A:A,3))").reads_unknown
    assert translate("OFFSET(A1,1,1)").reads_unknown
