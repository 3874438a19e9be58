"""Every check finds the fault that it is there for, and nothing in a workbook without it."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl import Workbook
from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.styles import Font
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

from tests.audit import house
from tests.audit.models import budget, discounted_cash_flow, loan, profit_and_loss, saved
from xlfuncs import REGISTRY
from xlfuncs.audit import CHECKS, Finding, check
from xlfuncs.services import templates

Spoil = Callable[[Any], object]


@dataclass(frozen=True)
class Case:
    """A fault put into a workbook, the rule that finds it, and the place that it names."""

    rule: str
    sheet: str
    cell: str
    spoil: Spoil
    model: Callable[[], Any] = house.workbook

    def __str__(self) -> str:
        return f"{self.rule} {self.sheet}!{self.cell} {self.model.__name__}"


def put(sheet: str, cell: str, value: Any) -> Spoil:
    """Another value in a cell."""

    def spoil(book: Any) -> None:
        book[sheet][cell] = value

    return spoil


def font(sheet: str, cell: str, colour: str) -> Spoil:
    return lambda book: setattr(book[sheet][cell], "font", Font(color=colour))


def hyperlink(sheet: str, cell: str, location: str) -> Spoil:
    return lambda book: setattr(book[sheet][cell], "hyperlink", Hyperlink(ref=cell, location=location))


def name(key: str, text: str) -> Spoil:
    return lambda book: book.defined_names.update({key: DefinedName(key, attr_text=text)})


def move(sheet: str, by: int) -> Spoil:
    return lambda book: book.move_sheet(sheet, by)


def without(sheet: str) -> Spoil:
    return lambda book: book.remove(book[sheet])


def rows(sheet: str, first: int, count: int) -> Spoil:
    return lambda book: book[sheet].delete_rows(first, count)


def hidden(sheet: str, row: int) -> Spoil:
    return lambda book: setattr(book[sheet].row_dimensions[row], "hidden", True)


def unlocked_by_password(book: Any) -> None:
    book["Inputs"].protection.password = "secret"


def no_fill(book: Any) -> None:
    book["Inputs"]["I9"].fill = openpyxl.styles.PatternFill()


def no_format(book: Any) -> None:
    book["Calc_Value"]["H11"].number_format = "General"


def no_footer(book: Any) -> None:
    book["Outputs"].oddFooter.right.text = None


def no_axis_title(book: Any) -> None:
    book["Charts"]._charts[0].y_axis.title = None


def short_chart(book: Any) -> None:
    (series,) = book["Charts"]._charts[0].series
    series.val.numRef.f = "'Calc_Months'!$H$7:$L$7"


def no_colours(book: Any) -> None:
    book["Checks"].conditional_formatting = ConditionalFormattingList()


def no_validation(book: Any) -> None:
    book["Inputs"].data_validations.dataValidation.pop()


def no_list(book: Any) -> None:
    book["Inputs"].data_validations.dataValidation.pop(0)


def fails_in_the_bear_case(book: Any) -> None:
    book["Checks"]["D5"] = "=Calc_Value!H13+IF(sc_case=1,1,0)"


def half_another_formula(book: Any) -> None:
    for column in "KLM":
        book["Calc_Months"][f"{column}8"] = f"={column}5-{column}6*{column}5"


def three_formulas(book: Any) -> None:
    book["Calc_Value"]["H11"], book["Calc_Value"]["J11"] = "=H6*H8", "=J6*J9"


def newer(book: Any) -> None:
    """The figure of the quarter before, for which the data set has a newer one."""
    book["Data"]["H5"], book["Data"]["F5"] = dt.date(2025, 12, 31), 0.33


def old(book: Any) -> None:
    book["Data"]["H5"], book["Cover"]["C7"] = dt.date(2026, 3, 31), dt.date(2028, 1, 1)


HOUSE = [
    Case("B01", "Cover", "", put("Cover", "C8", None)),
    Case("B01", "Contents", "", move("Cover", 1)),
    Case("B02", "Cover", "", put("Log", "B5", "0.2.0")),
    Case("B03", "Contents", "", hyperlink("Contents", "B6", "'Cover'!A1")),
    Case("B04", "Data", "A1", hyperlink("Data", "A1", "'Cover'!A1")),
    Case("B05", "Guide", "", put("Guide", "B6", None)),
    Case("B06", "Workings", "", lambda book: setattr(book["Calc_Months"], "title", "Workings")),
    Case("B07", "Outputs", "", move("Outputs", 4)),
    Case("B08", "Calc_Value", "", lambda book: setattr(book["Calc_Value"].sheet_properties, "tabColor", "059669")),
    Case("B09", "Data", "", lambda book: setattr(book["Data"], "sheet_state", "hidden")),
    Case("B10", "Inputs", "B10", hidden("Inputs", 10)),
    Case("B11", "Guide", "B5", lambda book: book["Guide"].merge_cells("B5:C5")),
    Case("B12", "Calc_Value", "C4", put("Calc_Value", "C4", "Units")),
    Case("B13", "Calc_Months", "B1", lambda book: setattr(book["Calc_Months"].column_dimensions["B"], "width", 40)),
    Case("B14", "Calc_Months", "J4", put("Calc_Months", "J4", dt.date(2027, 3, 31))),
    Case("B14", "Calc_Months", "K4", put("Calc_Months", "K4", "=Timeline!L7")),
    Case("B15", "Timeline", "", put("Timeline", "B7", "To")),
    Case("B16", "Calc_Value", "", lambda book: setattr(book["Calc_Value"], "freeze_panes", "A5")),
    Case("B17", "Inputs", "N10", put("Inputs", "N10", None)),
    Case("B17", "Inputs", "I10", put("Inputs", "I10", 39)),
    Case("B17", "Inputs", "L9", put("Inputs", "L9", None)),
    Case("B18", "Inputs", "L10", put("Inputs", "L10", "OPENAI.margin")),
    Case("B18", "Data", "H5", newer),
    Case("B18", "Data", "H5", old),
    Case("B18", "Data", "D5", put("Data", "D5", "users")),
    Case("B18", "Data", "F5", put("Data", "F5", 39)),
    Case("B18", "Data", "J7", put("Data", "J7", None)),
    Case("B19", "Calc_Value", "C11", put("Calc_Value", "C11", None)),
    Case("B19", "Calc_Value", "C11", put("Calc_Value", "C11", "bananas")),
    Case("B19", "Calc_Value", "H6:J6", put("Calc_Value", "C6", "USD per year")),
    Case("B20", "Inputs", "I9", font("Inputs", "I9", "FF000000")),
    Case("B20", "Inputs", "I9", no_fill),
    Case("B20", "Inputs", "I9", put("Inputs", "I9", "=50*2")),
    Case("B21", "Calc_Value", "D11", put("Calc_Value", "D11", 39)),
    Case("B22", "Calc_Value", "H11", font("Calc_Value", "H11", "FF0000FF")),
    Case("B23", "Calc_Value", "H6", font("Calc_Value", "H6", "FF000000")),
    Case("B23", "Calc_Value", "D11", put("Calc_Value", "D11", "=Inputs!D9*Inputs!D10")),
    Case("B24", "Calc_Value", "D11", put("Calc_Value", "D11", "=INDEX(H11:J11,sc_case)*1.2")),
    Case("B25", "Calc_Value", "I11", put("Calc_Value", "I11", "=I6*I8")),
    Case("B25", "Calc_Months", "K8", put("Calc_Months", "K8", "=K5-K6*K5*K6")),
    Case("B25", "Calc_Months", "K8", half_another_formula),
    Case("B25", "Calc_Value", "H11", three_formulas),
    Case("B26", "Calc_Value", "D11", put("Calc_Value", "D11", "=SUM(" + "INDEX(H11:J11,sc_case)," * 6 + "0)")),
    Case("B27", "Calc_Value", "D11", put("Calc_Value", "D11", "=INDEX(H11:J11,\nsc_case)")),
    Case("B28", "Calc_Value", "D11", put("Calc_Value", "D11", "=IF(sc_case=1,H11,IF(sc_case=2,I11,J11))")),
    Case("B28", "Calc_Value", "D11", put("Calc_Value", "D11", "=MAX(MIN(MAX(MIN(H11,I11),J11),J11),H11)")),
    Case("B29", "Calc_Value", "D11", put("Calc_Value", "D11", "=OFFSET(G11,0,sc_case)")),
    Case("B30", "Calc_Value", "D11", put("Calc_Value", "D11", "='[Other.xlsx]Sheet1'!A1")),
    Case("B31", "Calc_Value", "D11", put("Calc_Value", "D11", "=D11+H11")),
    Case("B32", "Calc_Value", "D6", put("Calc_Value", "D6", "=INDEX(H11:J11,sc_case)")),
    Case("B32", "Inputs", "D9", put("Inputs", "D9", "=Scenarios!D5")),
    Case("B33", "Calc_Value", "D11", put("Calc_Value", "D11", "=P11*2")),
    Case("B34", "Calc_Value", "B14", put("Calc_Value", "D14", "=D11*12")),
    Case("B35", "Calc_Value", "D11", put("Calc_Value", "D11", "=#REF!*2")),
    Case("B36", "", "in_old", name("in_old", "Inputs!#REF!")),
    Case("B36", "", "rate", name("rate", "Inputs!$D$9")),
    Case("B36", "", "in_rate", name("in_rate", "Inputs!$D$9")),
    Case("B36", "", "LTV", name("LTV", "Inputs!$D$9")),
    Case("B37", "Calc_Value", "D12", put("Calc_Value", "D12", "=LTV_CAC(D6,D7)")),
    Case("B38", "Calc_Value", "D12", put("Calc_Value", "D12", "=_xll.LTV_CAC(D6,D7,D8,D9)")),
    Case("B39", "Calc_Value", "H12:J12", put("Calc_Value", "C12", "share")),
    Case("B42", "Calc_Value", "D11", put("Calc_Value", "D11", "=H11/0")),
    Case("B43", "Inputs", "D6", put("Inputs", "D6", "Bull")),
    Case("B43", "Inputs", "D6", no_list),
    Case("B44", "Scenarios", "J6", put("Scenarios", "J6", None)),
    Case("B45", "Inputs", "D6", fails_in_the_bear_case),
    Case("B46", "Checks", "", rows("Checks", 16, 1)),
    Case("B46", "Checks", "E7", put("Checks", "E7", None)),
    Case("B46", "Checks", "D10", put("Checks", "D10", 0.39)),
    Case("B47", "Checks", "F17", put("Checks", "D6", "=Calc_Value!I13+1")),
    Case("B47", "Checks", "F16", put("Checks", "F17", "=PRODUCT(F5:F15)")),
    Case("B47", "Outputs", "A1", put("Outputs", "G1", None)),
    Case("B48", "Checks", "F5:F16", no_colours),
    Case("B49", "Sensitivity", "", put("Sensitivity", "B10", "Grid")),
    Case("B49", "Sensitivity", "C18", put("Sensitivity", "C20", 9)),
    Case("B50", "Charts", "", no_axis_title),
    Case("B51", "Charts", "", short_chart),
    Case("B51", "Calc_Months", "E8", put("Calc_Months", "E8", "=SUM(H8:L8)")),
    Case("B52", "Inputs", "H9:J12", no_validation),
    Case("B53", "Inputs", "", unlocked_by_password),
    Case("B54", "Calc_Value", "H11", no_format),
    Case("B55", "Outputs", "", no_footer),
    Case("B56", "Log", "E5", put("Log", "E5", None)),
    Case("B56", "Log", "C6", put("Log", "C6", dt.date(2027, 1, 1))),
    Case("B57", "Claims", "L5", put("Claims", "L5", "true")),
    Case("B57", "Claims", "D5", put("Claims", "D5", "LTV_CACC")),
]

ANY = [
    Case("B03", "P&L", "C5", hyperlink("P&L", "C5", "'Gone'!A1"), profit_and_loss),
    Case("B09", "P&L", "", lambda book: setattr(book["P&L"], "sheet_state", "veryHidden"), profit_and_loss),
    Case("B10", "P&L", "A12", hidden("P&L", 12), profit_and_loss),
    Case("B11", "P&L", "C12", lambda book: book["P&L"].merge_cells("C12:D12"), profit_and_loss),
    Case("B14", "DCF", "F3", put("DCF", "F3", 2028), discounted_cash_flow),
    Case("B19", "P&L", "B12", put("P&L", "B12", "USD k"), profit_and_loss),
    Case("B19", "DCF", "F4", put("DCF", "F4", 11), discounted_cash_flow),
    Case("B20", "DCF", "F4", put("DCF", "F4", "0.11"), discounted_cash_flow),
    Case("B21", "P&L", "F13", put("P&L", "F13", 12500), profit_and_loss),
    Case("B21", "P&L", "N11", put("P&L", "N11", 38000), profit_and_loss),
    Case("B21", "Schedule", "E20", put("Schedule", "E20", 4500), loan),
    Case("B24", "Loan", "C12", put("Loan", "C12", "=C11/C4*1.05"), loan),
    Case("B24", "P&L", "O14", put("P&L", "O14", "=SUM(C14:N14)+2500"), profit_and_loss),
    Case("B25", "P&L", "G16", put("P&L", "G16", "=G7+G14"), profit_and_loss),
    Case("B25", "P&L", "N9", put("P&L", "N9", "=N4*Assumptions!$C$9"), profit_and_loss),
    Case("B25", "Schedule", "G30", put("Schedule", "G30", "=B30+E30"), loan),
    Case("B25", "P&L", "G13", put("P&L", "G13", None), profit_and_loss),
    Case("B26", "Loan", "C12", put("Loan", "C12", "=" + "+".join(["C11/C4"] * 40)), loan),
    Case("B27", "Loan", "C12", put("Loan", "C12", "=C11\n/C4"), loan),
    Case("B28", "Loan", "C12", put("Loan", "C12", "=IF(C4>0,IF(C5>0,IF(C6>0,C11/C4,0),0),0)"), loan),
    Case("B29", "Loan", "C12", put("Loan", "C12", "=C11/C4+0*TODAY()"), loan),
    Case("B30", "Loan", "C12", put("Loan", "C12", "=C11/[1]Sheet1!A1"), loan),
    Case("B31", "P&L", "C13:C14", put("P&L", "C13", "=C14*0.1"), profit_and_loss),
    Case("B33", "Loan", "C12", put("Loan", "C12", "=C11/E4"), loan),
    Case("B34", "DCF", "F4", put("DCF", "F5", "=E5*1.1"), discounted_cash_flow),
    Case("B35", "Loan", "C12", put("Loan", "C12", "=C11/#REF!"), loan),
    Case("B36", "", "old_rate", name("old_rate", "#REF!"), loan),
    Case("B37", "Loan", "C12", put("Loan", "C12", "=LTV_CAC(C4,C5)"), loan),
    Case("B38", "Loan", "C12", put("Loan", "C12", "='C:\\x\\xlfuncs.xlam'!LTV_CAC(1,1,1,1)"), loan),
    Case("B39", "P&L", "C19", put("P&L", "C19", "=LTV_CAC(100,0.5,0.1,C7)"), profit_and_loss),
    Case("B42", "Loan", "C12", put("Loan", "C12", "=C11/0"), loan),
    Case("B47", "Loan", "C13", lambda book: book["Loan"].append(["Check", None, "=C9<0"]), loan),
    Case("B51", "P&L", "E14", put("P&L", "E14", "=SUM(E9:E12)"), profit_and_loss),
    Case("B51", "Loan", "C11", put("Loan", "C11", "=SUM(Schedule!F4:F50)"), loan),
]


def found(rule: str, path: Path, **options: Any) -> list[Finding]:
    return check(path, REGISTRY, only=[rule], **options)


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[Callable[[], Any], Path]:
    folder = tmp_path_factory.mktemp("clean")
    models = (house.workbook, budget, discounted_cash_flow, loan, profit_and_loss)
    return {model: saved(model(), folder / f"{model.__name__}.xlsx") for model in models}


def test_without_a_fault_nothing_is_found(clean: dict[Callable[[], Any], Path]) -> None:
    assert {path.stem: check(path, REGISTRY) for path in clean.values()} == {path.stem: [] for path in clean.values()}


@pytest.mark.parametrize("case", [*HOUSE, *ANY], ids=str)
def test_a_fault_is_found_where_it_is(case: Case, tmp_path: Path) -> None:
    book = case.model()
    case.spoil(book)
    findings = found(case.rule, saved(book, tmp_path / "book.xlsx"))
    assert any((one.sheet, case.cell in (one.cell, *one.cell.split(","))) == (case.sheet, True) for one in findings), (
        findings
    )


def test_a_stale_a_missing_and_an_error_value_are_found(tmp_path: Path) -> None:
    path = saved(loan(), tmp_path / "loan.xlsx")
    _replaced(path, rb'(<c r="C12"[^>]*><f>[^<]*</f>)<v>[^<]*</v>', rb"\1<v>9</v>")
    assert [(one.sheet, one.cell) for one in found("B41", path)] == [("Loan", "C12")]
    _replaced(path, rb'(<c r="C12"[^>]*><f>[^<]*</f>)<v>[^<]*</v>', rb"\1")
    assert [(one.sheet, one.cell) for one in found("B40", path)] == [("Loan", "C12")]


@pytest.mark.parametrize(("factor", "cells"), [(1 + 4e-15, []), (1 - 1e-11, []), (1 + 1e-8, [("Loan", "C12")])])
def test_a_stored_value_is_stale_beyond_one_billionth(
    factor: float, cells: list[tuple[str, str]], tmp_path: Path
) -> None:
    path = saved(loan(), tmp_path / "loan.xlsx")
    with zipfile.ZipFile(path) as archive:
        stored = re.search(rb'<c r="C12"[^>]*><f>[^<]*</f><v>([^<]*)</v>', archive.read("xl/worksheets/sheet1.xml"))
    assert stored
    value = f"{float(stored[1]) * factor!r}".encode()
    _replaced(path, rb'(<c r="C12"[^>]*><f>[^<]*</f>)<v>[^<]*</v>', rb"\g<1><v>" + value + rb"</v>")
    assert [(finding.sheet, finding.cell) for finding in found("B41", path)] == cells


def _replaced(path: Path, old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> None:
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    changed = re.sub(old, new, parts[part])
    assert changed != parts[part]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for key, data in (parts | {part: changed}).items():
            archive.writestr(key, data)


def test_a_template_that_was_touched_is_not_what_a_build_gives(clean: dict[Callable[[], Any], Path]) -> None:
    path = clean[house.workbook]
    assert found("B58", path) == []
    assert found("B58", path, rebuild=lambda name, to, host: to.write_bytes(path.read_bytes())) == []
    (one,) = found("B58", path, rebuild=lambda name, to, host: to.write_bytes(b"other"))
    assert "unit_economics" in one.message


def test_a_template_that_does_not_exist_cannot_be_compared(tmp_path: Path) -> None:
    book = house.workbook()
    book.custom_doc_props["xlfuncs template"].value = "no_such_template"
    path = saved(book, tmp_path / "book.xlsx")
    (one,) = found("B58", path, rebuild=templates.write)
    assert one.message == "There is no template no_such_template to compare the file with."


TESTED_ALONE = {"B40", "B41", "B58"}


def test_every_check_has_a_fault_that_it_finds() -> None:
    assert {case.rule for case in HOUSE} | TESTED_ALONE == set(CHECKS)
    anywhere = {id for id, declared in CHECKS.items() if declared.scope == "any"}
    assert {case.rule for case in ANY} | TESTED_ALONE - {"B58"} == anywhere


def test_checks_of_our_templates_do_not_apply_to_other_workbooks(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Nothing of ours"
    assert check(saved(book, tmp_path / "other.xlsx"), REGISTRY) == []


def test_every_check_explains_itself_and_states_a_remedy() -> None:
    assert list(CHECKS) == [f"B{number:02}" for number in range(1, max(len(CHECKS), 58) + 1)]
    assert len({declared.slug for declared in CHECKS.values()}) == len(CHECKS)
    for declared in CHECKS.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)+", declared.slug), declared.id
        assert len(declared.explanation) > 40, declared.id
        for text in (declared.title, declared.explanation, declared.remedy):
            assert not text[0].islower(), (declared.id, text)
        assert not declared.title.endswith("."), declared.id
        assert declared.explanation.endswith("."), declared.id
        assert declared.remedy.endswith("."), declared.id
        assert declared.severity in ("E", "W"), declared.id
        assert declared.severity_elsewhere in ("", "E", "W"), declared.id


def test_alike_findings_of_a_sheet_are_one(tmp_path: Path) -> None:
    book = profit_and_loss()
    for column in "CDEFGHIJKLMN":
        book["P&L"][f"{column}13"] = f"={column}7*0.06"
    (one,) = found("B24", saved(book, tmp_path / "book.xlsx"))
    assert one.cell == "C13:N13"
    assert "0.06" in one.message


def test_circles_through_ranges_names_and_sheets_are_found_and_position_is_no_reading(tmp_path: Path) -> None:
    book = Workbook()
    one, two = book.active, book.create_sheet("Two")
    one.title = "One"
    one["A1"], one["A2"] = "=SUM(Two!A1:A40)", "=ROW(A2)+COLUMN(A1:A9)"
    for row in range(1, 41):
        two.cell(row, 1, f"=A{row - 1}+1" if row > 1 else "=One!A1")
    two["B1"] = "=SUM(B1:B9)"
    two["C1"], book.defined_names["own"] = "=own+1", DefinedName("own", attr_text="Two!$C$1")
    cells = [(f.sheet, f.cell) for f in found("B31", saved(book, tmp_path / "book.xlsx"))]
    assert cells == [("One", "A1"), ("Two", "A1:A40"), ("Two", "B1:C1")]


def test_shared_formulas_are_one_formula_in_r1c1(tmp_path: Path) -> None:
    """As Excel stores a formula that was filled to the right."""
    book = Workbook()
    sheet = book.active
    for column in range(1, 9):
        sheet.cell(1, column, column * 10)
        sheet.cell(2, column, f"={sheet.cell(1, column).coordinate}*2")
    path = saved(book, tmp_path / "book.xlsx")
    _replaced(path, rb"<f>A1\*2</f>", b'<f t="shared" ref="A2:H2" si="0">A1*2</f>')
    for letter in "BCDEGH":
        _replaced(path, b"<f>%s1\\*2</f>" % letter.encode(), b'<f t="shared" si="0"/>')
    _replaced(path, rb"<f>F1\*2</f>", b"<f>F1*3</f>")
    assert [one.cell for one in found("B25", path)] == ["F2"]
