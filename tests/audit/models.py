"""Sound models of kinds that people build, each made by code, with values filled in by a refresh."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter as letter

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.services.refresh import refresh

BLUE, BOLD = Font(color="0000FF"), Font(bold=True)
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def saved(book: Any, path: Path) -> Path:
    """The workbook as a file in which every formula has its value, where the engine can open it."""
    book.save(path)
    with contextlib.suppress(WorkbookRejected):
        refresh(path)
    return path


def _inputs(sheet: Any, rows: list[tuple[str, str, float, str]], first: int = 4) -> None:
    sheet.append(["Assumptions"])
    sheet["A1"].font = BOLD
    for column, heading in enumerate(("Label", "Unit", "Value"), 1):
        sheet.cell(3, column, heading).font = BOLD
    for row, (label, unit, value, shape) in enumerate(rows, first):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, unit)
        sheet.cell(row, 3, value).font = BLUE
        sheet.cell(row, 3).number_format = shape


def _heads(sheet: Any, title: str, heads: list[Any], row: int = 3) -> None:
    sheet["A1"] = title
    sheet["A1"].font = BOLD
    for column, head in enumerate(heads, 1):
        sheet.cell(row, column, head).font = BOLD


def _line(sheet: Any, row: int, label: str, unit: str, formula: str, columns: range, shape: str = "#,##0") -> None:
    """A row of one formula; {c} is its column, {p} the one before."""
    sheet.cell(row, 1, label)
    sheet.cell(row, 2, unit)
    for column in columns:
        text = formula.format(c=letter(column), p=letter(column - 1), s=letter(columns[0]))
        sheet.cell(row, column, text).number_format = shape


def profit_and_loss() -> Any:
    """Twelve months and a total, from a sheet of assumptions."""
    book = Workbook()
    inputs = book.active
    inputs.title = "Assumptions"
    _inputs(
        inputs,
        [
            ("Units in January", "units", 12000, "#,##0"),
            ("Growth a month", "share", 0.02, "0.0%"),
            ("Price", "USD", 14.5, "0.00"),
            ("Returns", "share", 0.03, "0.0%"),
            ("Material per unit", "USD", 5.2, "0.00"),
            ("Freight per unit", "USD", 0.9, "0.00"),
            ("Staff", "USD", 38000, "#,##0"),
            ("Rent", "USD", 9000, "#,##0"),
            ("Marketing of revenue", "share", 0.06, "0.0%"),
            ("Tax", "share", 0.25, "0.0%"),
        ],
    )
    sheet = book.create_sheet("P&L")
    months = range(3, 15)
    _heads(sheet, "Profit and loss", ["Line", "Unit", *MONTHS, "Total"])
    sheet["A4"], sheet["B4"], sheet["C4"] = "Units sold", "units", "=Assumptions!$C$4"
    _line(sheet, 4, "Units sold", "units", "={p}4*(1+Assumptions!$C$5)", months[1:])
    _line(sheet, 5, "Gross revenue", "USD", "={c}4*Assumptions!$C$6", months)
    _line(sheet, 6, "Returns", "USD", "=-{c}5*Assumptions!$C$7", months)
    _line(sheet, 7, "Net revenue", "USD", "={c}5+{c}6", months)
    _line(sheet, 9, "Material", "USD", "={c}4*Assumptions!$C$8", months)
    _line(sheet, 10, "Freight", "USD", "={c}4*Assumptions!$C$9", months)
    _line(sheet, 11, "Staff", "USD", "=Assumptions!$C$10", months)
    _line(sheet, 12, "Rent", "USD", "=Assumptions!$C$11", months)
    _line(sheet, 13, "Marketing", "USD", "={c}7*Assumptions!$C$12", months)
    _line(sheet, 14, "Total costs", "USD", "=SUM({c}9:{c}13)", months)
    _line(sheet, 16, "Profit before tax", "USD", "={c}7-{c}14", months)
    _line(sheet, 17, "Tax", "USD", "=MAX(0,{c}16)*Assumptions!$C$13", months)
    _line(sheet, 18, "Profit", "USD", "={c}16-{c}17", months)
    _line(sheet, 19, "Margin", "share", "={c}18/{c}7", months, "0.0%")
    for row in (4, 5, 6, 7, 9, 10, 11, 12, 13, 14, 16, 17, 18):
        sheet.cell(row, 15, f"=SUM(C{row}:N{row})").number_format = "#,##0"
    sheet["O19"] = "=O18/O7"
    sheet["O19"].number_format = "0.0%"
    return book


def loan() -> Any:
    """A loan over 48 months, row by row."""
    book = Workbook()
    inputs = book.active
    inputs.title = "Loan"
    _inputs(
        inputs,
        [
            ("Amount", "EUR", 250000, "#,##0"),
            ("Rate a year", "share", 0.054, "0.0%"),
            ("Months", "months", 48, "0"),
            ("Fee a month", "EUR", 12, "0.00"),
        ],
    )
    inputs["A9"], inputs["C9"] = "Payment", "=PMT(C5/12,C6,-C4)"
    inputs["A10"], inputs["C10"] = "Interest in all", "=SUM(Schedule!D4:D51)"
    inputs["A11"], inputs["C11"] = "Paid in all", "=SUM(Schedule!F4:F51)"
    inputs["A12"], inputs["C12"] = "Paid over amount", "=C11/C4"
    for row in (9, 10, 11):
        inputs.cell(row, 3).number_format = "#,##0.00"
    sheet = book.create_sheet("Schedule")
    _heads(sheet, "Schedule", ["Month", "Opening", "Payment", "Interest", "Principal", "With fee", "Closing"])
    for row in range(4, 52):
        sheet.cell(row, 1, 1 if row == 4 else f"=A{row - 1}+1")
        sheet.cell(row, 2, "=Loan!$C$4" if row == 4 else f"=G{row - 1}")
        sheet.cell(row, 3, "=Loan!$C$9")
        sheet.cell(row, 4, f"=B{row}*Loan!$C$5/12")
        sheet.cell(row, 5, f"=C{row}-D{row}")
        sheet.cell(row, 6, f"=C{row}+Loan!$C$7")
        sheet.cell(row, 7, f"=B{row}-E{row}")
    return book


def cohorts() -> Any:
    """A subscription business by cohorts: each row a cohort, each column a month."""
    book = Workbook()
    inputs = book.active
    inputs.title = "Drivers"
    _inputs(
        inputs,
        [
            ("Churn a month", "share", 0.04, "0.0%"),
            ("Price a month", "USD", 29, "0.00"),
            ("Gross margin", "share", 0.78, "0.0%"),
            ("Cost of acquisition", "USD", 210, "0"),
        ],
    )
    for column, heading in enumerate(("Month", "New customers"), 1):
        inputs.cell(10, column, heading).font = BOLD
    for month, new in enumerate((400, 420, 450, 430, 470, 500, 520, 560, 540, 580, 610, 640), 1):
        inputs.cell(10 + month, 1, month)
        inputs.cell(10 + month, 2, new).font = BLUE
    inputs["A23"], inputs["B23"] = "All", "=SUM(B11:B22)"
    sheet = book.create_sheet("Cohorts")
    _heads(sheet, "Active customers", ["Cohort", *range(1, 13)])
    months = range(2, 14)
    for cohort in range(1, 13):
        row = 3 + cohort
        sheet.cell(row, 1, f"=Drivers!A{10 + cohort}")
        for column in months:
            at = letter(column)
            sheet.cell(row, column, f"=IF({at}$3<$A{row},0,Drivers!$B{10 + cohort}*(1-Drivers!$C$4)^({at}$3-$A{row}))")
    _line(sheet, 17, "Active", "", "=SUM({c}4:{c}15)", months)
    _line(sheet, 18, "Revenue", "", "={c}17*Drivers!$C$5", months)
    _line(sheet, 19, "Gross profit", "", "={c}18*Drivers!$C$6", months)
    _line(sheet, 20, "Acquisition", "", "=INDEX(Drivers!$B$11:$B$22,{c}3)*Drivers!$C$7", months)
    _line(sheet, 21, "Contribution", "", "={c}19-{c}20", months)
    _line(sheet, 22, "Sum so far", "", "=SUM($B21:{c}21)", months)
    unit = book.create_sheet("Unit economics")
    for row, (label, formula, shape) in enumerate(
        [
            ("Lifetime, months", "=1/Drivers!C4", "0.0"),
            ("Lifetime value", "=Drivers!C5*Drivers!C6*B2", "#,##0"),
            ("LTV/CAC", "=B3/Drivers!C7", "0.0"),
            ("Payback, months", "=Drivers!C7/(Drivers!C5*Drivers!C6)", "0.0"),
            ("By the library", "=LTV_CAC(Drivers!C5,Drivers!C6,Drivers!C4,Drivers!C7)", "0.0"),
        ],
        2,
    ):
        unit.cell(row, 1, label)
        unit.cell(row, 2, formula).number_format = shape
    return book


def budget() -> Any:
    """Four departments on sheets of their own, and a summary that links to them."""
    book = Workbook()
    summary = book.active
    summary.title = "Summary"
    names = ["Sales", "Product", "Service", "Office"]
    quarters = range(2, 6)
    for at, name in enumerate(names):
        sheet = book.create_sheet(name)
        _heads(sheet, f"Budget of {name}", ["Line", "Q1", "Q2", "Q3", "Q4", "Year"])
        for row, label in enumerate(("Salaries", "Travel", "Software", "Training", "Other"), 4):
            sheet.cell(row, 1, label)
            for column in quarters:
                typed = sheet.cell(row, column, 1000 * (9 - row) + 110 * at + 35 * column)
                typed.font, typed.number_format = BLUE, "#,##0"
            sheet.cell(row, 6, f"=SUM(B{row}:E{row})").number_format = "#,##0"
        sheet.cell(9, 1, "Total")
        for column in range(2, 7):
            sheet.cell(9, column, f"=SUM({letter(column)}4:{letter(column)}8)").number_format = "#,##0"
    _heads(summary, "Budget", ["Department", "Q1", "Q2", "Q3", "Q4", "Year", "Share"])
    for row, name in enumerate(names, 4):
        summary.cell(row, 1, name)
        for column in range(2, 7):
            summary.cell(row, column, f"={name}!{letter(column)}9").number_format = "#,##0"
        summary.cell(row, 7, f"=F{row}/F$8").number_format = "0.0%"
    summary.cell(8, 1, "Total")
    for column in range(2, 7):
        summary.cell(8, column, f"=SUM({letter(column)}4:{letter(column)}7)").number_format = "#,##0"
    summary["G8"] = "=SUM(G4:G7)"
    summary["G8"].number_format = "0.0%"
    return book


def discounted_cash_flow() -> Any:
    """Ten years of cash flows and what they are worth."""
    book = Workbook()
    inputs = book.active
    inputs.title = "Inputs"
    _inputs(
        inputs,
        [
            ("Revenue, last year", "USD m", 820, "#,##0"),
            ("EBIT margin", "share", 0.18, "0.0%"),
            ("Tax", "share", 0.24, "0.0%"),
            ("Sales to capital", "x", 1.8, "0.0"),
            ("Discount rate", "share", 0.092, "0.0%"),
            ("Growth for ever", "share", 0.025, "0.0%"),
            ("Net debt", "USD m", 140, "#,##0"),
            ("Shares", "m", 96, "0"),
        ],
    )
    sheet = book.create_sheet("DCF")
    years = range(3, 13)
    _heads(sheet, "Cash flows", ["Line", "Unit", *range(2026, 2036)])
    sheet["A4"], sheet["B4"] = "Growth", "share"
    for column, growth in zip(years, (0.14, 0.13, 0.12, 0.11, 0.1, 0.09, 0.08, 0.07, 0.06, 0.05), strict=True):
        typed = sheet.cell(4, column, growth)
        typed.font, typed.number_format = BLUE, "0.0%"
    sheet["C5"] = "=Inputs!$C$4*(1+C4)"
    _line(sheet, 5, "Revenue", "USD m", "={p}5*(1+{c}4)", years[1:])
    _line(sheet, 6, "EBIT", "USD m", "={c}5*Inputs!$C$5", years)
    _line(sheet, 7, "Tax on EBIT", "USD m", "={c}6*Inputs!$C$6", years)
    sheet["C8"] = "=(C5-Inputs!$C$4)/Inputs!$C$7"
    _line(sheet, 8, "Reinvestment", "USD m", "=({c}5-{p}5)/Inputs!$C$7", years[1:])
    _line(sheet, 9, "Free cash flow", "USD m", "={c}6-{c}7-{c}8", years)
    sheet["C10"] = "=1/(1+Inputs!$C$8)"
    _line(sheet, 10, "Discount factor", "x", "={p}10/(1+Inputs!$C$8)", years[1:], "0.000")
    _line(sheet, 11, "Present value", "USD m", "={c}9*{c}10", years)
    for row, (label, unit, formula) in enumerate(
        [
            ("Sum of present values", "USD m", "=SUM(C11:L11)"),
            ("Terminal value", "USD m", "=L9*(1+Inputs!C9)/(Inputs!C8-Inputs!C9)"),
            ("Its present value", "USD m", "=C14*L10"),
            ("Enterprise value", "USD m", "=C13+C15"),
            ("Net debt", "USD m", "=Inputs!C10"),
            ("Equity value", "USD m", "=C16-C17"),
            ("Value per share", "USD", "=C18/Inputs!C11"),
            ("Terminal share", "share", "=C15/C16"),
        ],
        13,
    ):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, unit)
        sheet.cell(row, 3, formula).number_format = "0.0%" if unit == "share" else "#,##0.0"
    return book


def sales_list() -> Any:
    """A list of orders with prices looked up, and totals by region."""
    book = Workbook()
    prices = book.active
    prices.title = "Prices"
    _heads(prices, "Prices", ["Product", "Price", "Cost"])
    for row, (name, price, cost) in enumerate(
        [("Basic", 9.5, 4.1), ("Plus", 18.0, 7.6), ("Pro", 42.0, 15.2), ("Team", 77.0, 31.5), ("Scale", 68.0, 44.0)], 4
    ):
        prices.cell(row, 1, name)
        prices.cell(row, 2, price).font = BLUE
        prices.cell(row, 3, cost).font = BLUE
    sheet = book.create_sheet("Orders")
    _heads(sheet, "Orders", ["Order", "Region", "Product", "Quantity", "Price", "Revenue", "Cost", "Margin"])
    products, regions = ("Basic", "Plus", "Pro", "Team", "Scale"), ("North", "South", "East")
    for row in range(4, 44):
        sheet.cell(row, 1, f"O-{row:03}")
        sheet.cell(row, 2, regions[row % 3])
        sheet.cell(row, 3, products[row % 5])
        sheet.cell(row, 4, 5 + row * 7 % 23).font = BLUE
        sheet.cell(row, 5, f"=VLOOKUP(C{row},Prices!$A$4:$C$8,2,FALSE)")
        sheet.cell(row, 6, f"=D{row}*E{row}")
        sheet.cell(row, 7, f"=D{row}*VLOOKUP(C{row},Prices!$A$4:$C$8,3,FALSE)")
        sheet.cell(row, 8, f"=F{row}-G{row}")
    sheet.cell(44, 1, "Total")
    for column in (4, 6, 7, 8):
        sheet.cell(44, column, f"=SUM({letter(column)}4:{letter(column)}43)")
    regional = book.create_sheet("Regions")
    _heads(regional, "Regions", ["Region", "Revenue", "Margin", "Share"])
    for row, name in enumerate(regions, 4):
        regional.cell(row, 1, name)
        regional.cell(row, 2, f"=SUMIF(Orders!$B$4:$B$43,$A{row},Orders!F$4:F$43)")
        regional.cell(row, 3, f"=SUMIF(Orders!$B$4:$B$43,$A{row},Orders!H$4:H$43)")
        regional.cell(row, 4, f"=B{row}/B$7").number_format = "0.0%"
    regional["A7"], regional["B7"], regional["C7"], regional["D7"] = (
        "Total",
        "=SUM(B4:B6)",
        "=SUM(C4:C6)",
        "=SUM(D4:D6)",
    )
    regional["D7"].number_format = "0.0%"
    return book


MODELS: dict[str, Callable[[], Any]] = {
    "profit and loss": profit_and_loss,
    "loan": loan,
    "cohorts": cohorts,
    "budget": budget,
    "discounted cash flow": discounted_cash_flow,
    "sales list": sales_list,
}
