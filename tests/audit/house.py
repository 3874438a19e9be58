"""A small workbook that declares itself ours and keeps all rules, to be spoilt."""

from __future__ import annotations

import datetime as dt
from typing import Any

from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.formatting.rule import CellIsRule
from openpyxl.packaging.custom import StringProperty
from openpyxl.styles import Alignment, Font, PatternFill, Protection
from openpyxl.utils import get_column_letter as letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

VERSION, DAY = "0.1.0", dt.date(2026, 11, 24)
BLUE, GREEN, BLACK = Font(color="FF0000FF"), Font(color="FF00703C"), Font(color="FF1F2937")
FILL = PatternFill("solid", fgColor="FFFFFBE6")
ROLES = ("Section", "Label", "Unit", "Value", "Total", "Note", "")
TABS = {"Inputs": "F59E0B", "Scenarios": "F59E0B", "Timeline": "F59E0B", "Outputs": "059669", "Checks": "DC2626"}
CASES = ("Bear", "Base", "Bull")
SHAPES = {"share": "0.0%;(0.0%);0.0%", "x": "0.0x;(0.0x);0.0x"}
MONEY = "#,##0.00;(#,##0.00);0.00"
SHEETS = (
    "Cover", "Contents", "Guide", "Inputs", "Scenarios", "Timeline", "Data", "Calc_Value", "Calc_Months", "Outputs",
    "Sensitivity", "Charts", "Claims", "Checks", "Log",
)  # fmt: skip
INPUTS = [  # label, unit, low, base, high, key, source
    ("Revenue of a customer", "USD per month", 80, 100, 120, "assumption.arpa", "Assumption"),
    ("Gross margin", "share", 0.3, 0.39, 0.45, "OPENAI.gross_margin", "OpenAI"),
    ("Churn", "share", 0.08, 0.05, 0.03, "assumption.churn", "Assumption"),
    ("Cost of acquisition", "USD per customer", 500, 400, 300, "assumption.cac", "Assumption"),
]
DATA = [  # key, meaning, unit, low, value, high, as of, grade, source
    ("OPENAI.gross_margin", "Gross margin", "share", 0.3, 0.39, 0.45, dt.date(2026, 3, 31), "medium", "OpenAI"),
    ("assumption.arpa", "Revenue", "USD per month", 80, 100, 120, None, "assumption", "A middling price"),
    ("assumption.churn", "Churn", "share", 0.03, 0.05, 0.08, None, "assumption", "Like other subscriptions"),
    ("assumption.cac", "Cost", "USD per customer", 300, 400, 500, None, "assumption", "Like other subscriptions"),
]


def workbook() -> Any:
    """The workbook, before its formulas are calculated."""
    book = Workbook()
    book.remove(book.active)
    sheets = {name: book.create_sheet(name) for name in SHEETS}
    book.custom_doc_props.append(StringProperty(name="xlfuncs template", value="unit_economics"))
    book.custom_doc_props.append(StringProperty(name="xlfuncs version", value=VERSION))
    for name, sheet in sheets.items():
        _frame(sheet, name)
    _cover(sheets)
    _inputs(book, sheets["Inputs"])
    _scenarios(sheets["Scenarios"])
    _timeline(sheets["Timeline"])
    _data(sheets["Data"])
    _value(sheets["Calc_Value"])
    _months(sheets["Calc_Months"])
    _outputs(book, sheets["Outputs"])
    _sensitivity(sheets["Sensitivity"])
    _charts(sheets["Charts"], sheets["Calc_Months"])
    _claims(sheets["Claims"])
    _checks(book, sheets["Checks"])
    _log(sheets["Log"])
    return book


def _frame(sheet: Any, name: str) -> None:
    sheet["B1"], sheet["B2"] = f"{name} of the model", f"What {name} is for"
    if name != "Contents":
        sheet["A1"] = "≡"
        sheet["A1"].hyperlink = Hyperlink(ref="A1", location="'Contents'!A1")
        sheet["G1"] = '=IF(chk_master=1,"Checks pass","CHECK FAILS")'
    if name == "Checks":
        sheet["G1"] = None
    sheet.sheet_properties.tabColor = TABS.get(name, "6B7280" if name.startswith("Calc_") else "94A3B8")
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = "landscape", 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:2"
    sheet.oddFooter.right.text = "Page &P of &N"
    sheet.protection.sheet = True
    for column in range(1, 8):
        sheet.column_dimensions[letter(column)].width = 14


def _put(sheet: Any, place: str, value: Any, unit: str = "", font: Font = BLACK) -> None:
    sheet[place] = value
    sheet[place].font = font
    sheet[place].number_format = SHAPES.get(unit, MONEY)


def _input(sheet: Any, place: str, value: float, unit: str) -> None:
    _put(sheet, place, value, unit, BLUE)
    sheet[place].fill = FILL
    sheet[place].protection = Protection(locked=False)


def _roles(sheet: Any, series: tuple[Any, ...]) -> None:
    for column, text in enumerate((*ROLES, *series), 1):
        sheet.cell(4, column, text or None)


def _cover(sheets: dict[str, Any]) -> None:
    facts = {"Purpose": "What a customer is worth", "Version": VERSION, "Date": DAY, "Author": "xlfuncs"}
    for row, (label, value) in enumerate((facts | {"Contact": "See README", "Data": "2026-11"}).items(), 5):
        sheets["Cover"].cell(row, 2, label)
        sheets["Cover"].cell(row, 3, value)
    sheets["Cover"].merge_cells("B12:D12")
    contents = sheets["Contents"]
    for row, name in enumerate([name for name in SHEETS if name != "Contents"], 5):
        contents.cell(row, 2, name).hyperlink = Hyperlink(ref=f"B{row}", location=f"'{name}'!A1")
    for row, text in enumerate(("Colours", "Sign convention", "Units", "How to refresh", "Exceptions: none"), 5):
        sheets["Guide"].cell(row, 2, text)


def _inputs(book: Any, sheet: Any) -> None:
    _roles(sheet, ("Low", "Base", "High", "Side", "Source key", "As of", "Source"))
    sheet["A5"] = "Switches"
    _put(sheet, "D6", "Base", "", BLUE)
    _put(sheet, "D7", '=MATCH(sc_active,{"Bear","Base","Bull"},0)')
    for row, label, unit in ((6, "Scenario", "text"), (7, "Number of the scenario", "count")):
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
    sheet["D6"].protection = Protection(locked=False)
    names = {"sc_active": "$D$6", "sc_case": "$D$7"}
    for name, place in names.items():
        book.defined_names[name] = DefinedName(name, attr_text=f"Inputs!{place}")
    choice = DataValidation(type="list", formula1='"Bear,Base,Bull"', showErrorMessage=True)
    choice.add("D6")
    sheet.add_data_validation(choice)
    bounds = DataValidation(
        type="decimal", operator="between", formula1="0", formula2="1000000", showErrorMessage=True,
        promptTitle="Input", prompt="A number from 0 on", errorTitle="Input", error="The number is out of bounds",
    )  # fmt: skip
    sheet.add_data_validation(bounds)
    sheet["A8"] = "Customers"
    for row, (label, unit, low, base, high, key, source) in enumerate(INPUTS, 9):
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
        for column, value in zip("HIJ", (low, base, high), strict=True):
            _input(sheet, f"{column}{row}", value, unit)
        bounds.add(f"H{row}:J{row}")
        _put(sheet, f"D{row}", f"=INDEX(H{row}:J{row},sc_case)", unit)
        sheet.cell(row, 12, key)
        sheet.cell(row, 13, DAY)
        sheet.cell(row, 14, source)
        sheet.cell(row, 13).number_format = "yyyy-mm-dd"


def _scenarios(sheet: Any) -> None:
    _roles(sheet, CASES)
    for row, (label, unit, *_) in enumerate(INPUTS, 5):
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
        for column in "HIJ":
            _put(sheet, f"{column}{row}", f"=Inputs!{column}{row + 4}", unit, GREEN)
        _put(sheet, f"D{row}", f"=INDEX(H{row}:J{row},sc_case)", unit)


def _timeline(sheet: Any) -> None:
    months = [letter(column) for column in range(8, 14)]
    _roles(sheet, ())
    for row, (label, unit) in enumerate(
        [("Period number", "count"), ("Period start", "date"), ("Period end", "date"), ("Growth", "flag")], 5
    ):
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
    for at, column in enumerate(months):
        before = letter(7 + at)
        sheet[f"{column}5"] = 1 if at == 0 else f"={before}5+1"
        sheet[f"{column}6"] = dt.date(2027, 1, 1) if at == 0 else f"={before}7+1"
        sheet[f"{column}7"] = f"=EOMONTH({column}6,0)"
        sheet[f"{column}8"] = f"=IF({column}5>1,0,1)"
        for row in (6, 7):
            sheet[f"{column}{row}"].number_format = "yyyy-mm-dd"


def _data(sheet: Any) -> None:
    heads = ("Key", "Meaning", "Unit", "Low", "Value", "High", "As of", "Grade", "Source", "Link", "Note")
    for column, head in enumerate(heads, 2):
        sheet.cell(4, column, head)
    for row, facts in enumerate(DATA, 5):
        for column, fact in enumerate(facts, 2):
            sheet.cell(row, column, fact)


def _value(sheet: Any) -> None:
    _roles(sheet, CASES)
    sheet.freeze_panes = "H5"
    sheet["A5"] = "Imports"
    for row, (label, unit, *_) in enumerate(INPUTS, 6):
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
        for column in "HIJ":
            _put(sheet, f"{column}{row}", f"=Scenarios!{column}{row - 1}", unit, GREEN)
        _put(sheet, f"D{row}", f"=INDEX(H{row}:J{row},sc_case)", unit)
    sheet["A10"] = "Value of a customer"
    rows = [
        (11, "Margin of a customer", "USD per month", "={c}6*{c}7"),
        (12, "Lifetime value over cost", "x", "=LTV_CAC({c}6,{c}7,{c}8,{c}9)"),
        (13, "The same by hand", "x", "={c}11/{c}8/{c}9"),
    ]
    for row, label, unit, formula in rows:
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
        for column in "HIJ":
            _put(sheet, f"{column}{row}", formula.format(c=column), unit)
        _put(sheet, f"D{row}", f"=INDEX(H{row}:J{row},sc_case)", unit)


def _months(sheet: Any) -> None:
    _roles(sheet, ())
    sheet.freeze_panes = "H5"
    months = [letter(column) for column in range(8, 14)]
    rows = [
        (5, "Margin of a customer", "USD per month", "=Calc_Value!$D$11"),
        (6, "Growth", "flag", "=Timeline!{c}8"),
        (7, "Margin in growth", "USD per month", "={c}5*{c}6"),
        (8, "Margin later", "USD per month", "={c}5-{c}7"),
    ]
    for column in months:
        sheet[f"{column}4"] = f"=Timeline!{column}7"
        sheet[f"{column}4"].number_format = "yyyy-mm-dd"
    for row, label, unit, formula in rows:
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
        for column in months:
            font = GREEN if "!" in formula else BLACK
            _put(sheet, f"{column}{row}", formula.format(c=column), unit, font)
        _put(sheet, f"E{row}", f"=SUM(H{row}:M{row})", unit)


def _outputs(book: Any, sheet: Any) -> None:
    for column, head in enumerate(("Output", "Unit", "Value", "In USD", "Note"), 2):
        sheet.cell(4, column, head)
    for row, (label, unit, link) in enumerate(
        [("Lifetime value over cost", "x", "=Calc_Value!D12"), ("Margin later", "USD per month", "=Calc_Months!E8")], 5
    ):
        sheet.cell(row, 2, label)
        sheet.cell(row, 3, unit)
        _put(sheet, f"D{row}", link, unit, GREEN)
    book.defined_names["out_ltv_cac"] = DefinedName("out_ltv_cac", attr_text="Outputs!$D$5")


def _sensitivity(sheet: Any) -> None:
    sheet["B4"], sheet["B10"], sheet["B16"] = "One-way table", "Two-way table", "Tornado"
    sheet["B17"], sheet["C17"] = "Input", "Swing"
    for row, (label, swing) in enumerate((("Churn", 5.0), ("Margin", 3.0), ("Cost", 2.0)), 18):
        sheet.cell(row, 2, label)
        _put(sheet, f"C{row}", swing)


def _charts(sheet: Any, months: Any) -> None:
    chart = LineChart()
    chart.title, chart.x_axis.title, chart.y_axis.title = "Margin", "Month", "USD per month"
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.add_data(Reference(months, min_col=8, max_col=13, min_row=7), from_rows=True, titles_from_data=False)
    chart.set_categories(Reference(months, min_col=8, max_col=13, min_row=4))
    sheet.add_chart(chart, "B5")
    sheet["B25"] = "Source: Calc_Months"
    sheet["B25"].alignment = Alignment(wrap_text=True)


def _claims(sheet: Any) -> None:
    heads = (
        "Claim", "The article says", "Functions", "Measure", "Unit", None, "Low", "Base", "High", "Threshold",
        "Verdict", "What would turn it", "Source",
    )  # fmt: skip
    for column, head in enumerate(heads, 2):
        sheet.cell(4, column, head)
    facts = ("C39", "Churn erodes LTV against CAC", "LTV_CAC", "LTV over CAC", "x", None)
    for column, fact in enumerate(facts, 2):
        sheet.cell(5, column, fact)
    for case in "HIJ":
        _put(sheet, f"{case}5", f"=Calc_Value!{case}12", "x", GREEN)
    sheet["K5"], sheet["L5"], sheet["M5"], sheet["N5"] = 3, "supported", "Churn below 3 %", "Skok"


def _checks(book: Any, sheet: Any) -> None:
    for column, head in enumerate(("Check", "Result", "Again", "Tolerance", "Passes"), 2):
        sheet.cell(4, column, head)
    pairs = [("Calc_Value!{c}12", "Calc_Value!{c}13")] * 3 + [("Calc_Value!{c}6", "Inputs!{c}9")] * 3
    pairs += [("Calc_Value!{c}7", "Inputs!{c}10")] * 3 + [("Calc_Value!{c}8", "Inputs!{c}11")] * 3
    for row, (one, other) in enumerate(pairs, 5):
        case = (row - 5) % 3
        sheet.cell(row, 2, f"Check {row - 4}, {CASES[case]}")
        for side, link in (("C", one), ("D", other)):
            _put(sheet, f"{side}{row}", f"={link.format(c='HIJ'[case])}", "", GREEN)
        _put(sheet, f"E{row}", 1e-9)
        sheet[f"F{row}"] = f"=IF(ABS(C{row}-D{row})<=E{row},1,0)"
    last = 4 + len(pairs)
    sheet.cell(last + 1, 2, "Master check")
    sheet[f"F{last + 1}"] = f"=PRODUCT(F5:F{last})"
    book.defined_names["chk_master"] = DefinedName("chk_master", attr_text=f"Checks!$F${last + 1}")
    red, green = (PatternFill("solid", bgColor=colour) for colour in ("FFFEE2E2", "FFD1FAE5"))
    sheet.conditional_formatting.add(f"F5:F{last + 1}", CellIsRule(operator="equal", formula=["0"], fill=red))
    sheet.conditional_formatting.add(f"F5:F{last + 1}", CellIsRule(operator="equal", formula=["1"], fill=green))


def _log(sheet: Any) -> None:
    for column, head in enumerate(("Version", "Date", "Author", "Change", "Checks"), 2):
        sheet.cell(4, column, head)
    changes = [(VERSION, DAY, "First"), ("0.0.9", dt.date(2026, 10, 1), "Draft")]
    for row, (version, day, change) in enumerate(changes, 5):
        for at, value in enumerate((version, day, "xlfuncs", change, "pass"), 2):
            sheet.cell(row, at, value)
