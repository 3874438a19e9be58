"""A workbook whose every check must read TRUE: the functions in the user's own spreadsheet against Python."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlfuncs.core.errors import DIV0, NA, NAME, NULL, NUM, REF, VALUE, CellError
from xlfuncs.core.formula_text import call
from xlfuncs.core.function import Function
from xlfuncs.functions import REGISTRY, evaluate

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

Check = tuple[str, str, str]  # its subject, the call, and the formula that must be TRUE

_ERROR_TYPES = {NULL: 1, DIV0: 2, VALUE: 3, REF: 4, NAME: 5, NUM: 6, NA: 7}  # as ERROR.TYPE numbers them
_FIRST = 6  # row of the first check
_CELLS = {
    "blank": "Cells!$B$1",
    "text of a number": "Cells!$B$2",
    "TRUE": "Cells!$B$3",
    "a date": "Cells!$B$4",
    "an error": "Cells!$B$5",
    "churns": "Cells!$B$6:$B$8",
}
_DATE = dt.date(2025, 12, 31)
_SERIAL = 46_022.0  # that date in Excel
_MOST_CHARACTERS = 250  # of a text in a formula, which may have 255


def build(path: Path) -> int:
    """Write the workbook, without values; returns the number of checks."""
    from openpyxl import Workbook
    from openpyxl.workbook.defined_name import DefinedName

    checks = [*list_examples(), *list_errors(), *list_cell_kinds()]
    book = Workbook()
    del book["Sheet"]
    _write_checks(book.create_sheet("Self test"), checks)
    _write_cells(book.create_sheet("Cells"))
    book.defined_names["selftest_all"] = DefinedName("selftest_all", attr_text="'Self test'!$B$3")
    book.save(path)
    return len(checks)


def _write_checks(sheet: Worksheet, checks: list[Check]) -> None:
    from openpyxl.formatting.rule import CellIsRule
    from openpyxl.styles import Border, Font, PatternFill, Side

    heading, line = Font(bold=True), Border(bottom=Side("thin"))
    last = _FIRST + len(checks) - 1
    area = f"C{_FIRST}:C{last}"
    sheet["A1"] = "xlfuncs self test"
    sheet["A1"].font = Font(bold=True, size=14)
    sheet["A2"] = "Every check below must be TRUE. #NAME? means that Excel has not loaded the add-in; see Repair links."
    sheet["A3"], sheet["B3"] = "All checks", f"=IFERROR(AND({area}),FALSE)"
    for column, title, width in zip("ABC", ("About", "Call", "TRUE"), (28, 90, 10), strict=True):
        sheet[f"{column}{_FIRST - 1}"] = title
        sheet.column_dimensions[column].width = width
    for address in ("A3", "B3", *(f"{column}{_FIRST - 1}" for column in "ABC")):
        sheet[address].font, sheet[address].border = heading, line
    for row, (about, shown, formula) in enumerate(checks, _FIRST):
        sheet.cell(row, 1, about)
        sheet.cell(row, 2, shown).data_type = "s"  # the call itself, not its value
        sheet.cell(row, 3, formula)
    sheet.conditional_formatting.add(
        area, CellIsRule(operator="notEqual", formula=["TRUE"], fill=PatternFill(bgColor="F8CBAD", fill_type="solid"))
    )
    sheet.freeze_panes = f"A{_FIRST}"


def _write_cells(sheet: Worksheet) -> None:
    """Write the cells of each kind that the checks read."""
    sheet.column_dimensions["A"].width = 20
    for row, (label, value) in enumerate(
        [("blank", None), ("text of a number", "0.05"), ("TRUE", True), ("a date", _DATE), ("an error", "=NA()")], 1
    ):
        sheet.cell(row, 1, label)
        sheet.cell(row, 2, value)
    sheet["B4"].number_format = "yyyy-mm-dd"
    sheet["A6"] = "churns"
    for row, churn in enumerate([0.05, 2, 0.1], 6):
        sheet.cell(row, 2, churn)


def list_examples() -> Iterator[Check]:
    """The worked examples of every function."""
    for function in REGISTRY:
        for example in function.examples:
            if not _has_blank_in_array(example.cells):
                shown = call(function, example.cells)
                yield from compare(function.name, shown, evaluate(function.name, *example.cells))


def list_errors() -> Iterator[Check]:
    """Text or a value outside the domain as the first argument, and 0 as the first by which a function divides."""
    for function in REGISTRY:
        cells = _example_cells(function)
        if not cells or not isinstance(cells[0], float | int):
            continue
        divisors = [index for index, param in enumerate(function.params[: len(cells)]) if param.quantity.nonzero]
        for index, wrong in [(0, -1e9), (0, "text"), *((index, 0.0) for index in divisors[:1])]:
            arguments = (*cells[:index], wrong, *cells[index + 1 :])
            result = evaluate(function.name, *arguments)
            if isinstance(result, CellError):
                yield from compare(f"{function.name}, error", call(function, arguments), result)


def _example_cells(function: Function) -> tuple[Any, ...]:
    """The arguments of the first example, where a formula can hold them."""
    if not function.examples or _has_blank_in_array(function.examples[0].cells):
        return ()
    return function.examples[0].cells


def _has_blank_in_array(cells: tuple[Any, ...]) -> bool:
    """Whether an array in braces would need a blank, which no formula can hold."""
    return any(value is None for cell in cells if isinstance(cell, list) for row in cell for value in row)


def list_cell_kinds() -> Iterator[Check]:
    """What only cells can hold: blanks, texts of numbers, TRUE, dates, errors, and a range that spills."""
    yield from compare("blank, required", f"=LTV(100,0.8,{_CELLS['blank']})", CellError(VALUE))
    yield from compare("blank, optional", f"=LTV(100,0.8,0.05,{_CELLS['blank']})", 1600.0)
    yield from compare("text of a number", f"=LTV(100,0.8,{_CELLS['text of a number']})", CellError(VALUE))
    yield from compare("TRUE", f"=LTV(100,0.8,{_CELLS['TRUE']})", CellError(VALUE))
    yield from compare("an error", f"=LTV(100,0.8,{_CELLS['an error']})", CellError(NA))
    rate = evaluate("FX_RATE", "USD", "CNY", _SERIAL)
    yield from compare("a date", f'=FX_RATE("USD","CNY",{_CELLS["a date"]})', rate)
    spill = f"LTV(100,0.8,{_CELLS['churns']})"
    yield ("a range", f"={spill}", f"=ROWS({spill})=3")
    yield from compare("a range, first", f"=INDEX({spill},1,1)", 1600.0)
    yield from compare("a range, second", f"=INDEX({spill},2,1)", CellError(NUM))
    yield from compare("a range, third", f"=INDEX({spill},3,1)", 800.0)


def compare(about: str, shown: str, expected: Any) -> Iterator[Check]:
    """The checks that a call gives a value: the first and the last cell of a table, and its size."""
    formula = shown.removeprefix("=")
    if not isinstance(expected, list):
        yield about, shown, f"={_equals(formula, expected)}"
        return
    height, width = len(expected), len(expected[0])
    yield f"{about}, size", shown, f"=AND(ROWS({formula})={height},COLUMNS({formula})={width})"
    for row, column in dict.fromkeys([(0, 0), (height - 1, width - 1)]):
        cell = f"INDEX({formula},{row + 1},{column + 1})"
        yield f"{about}, row {row + 1}", f"={cell}", f"={_equals(cell, expected[row][column])}"


def _equals(formula: str, expected: Any) -> str:
    if isinstance(expected, CellError):
        return f"IFERROR(ERROR.TYPE({formula})={_ERROR_TYPES[expected.code]},FALSE)"
    if isinstance(expected, str):
        return f"EXACT({formula},{_quote(expected)})"
    return f"ABS({formula}-{expected!r})<={1e-9 * max(abs(expected), 1e-290)!r}"


def _quote(text: str) -> str:
    """A text in a formula, in pieces of a length that a formula may hold."""
    pieces = [
        text[start : start + _MOST_CHARACTERS].replace('"', '""') for start in range(0, len(text), _MOST_CHARACTERS)
    ]
    return "&".join(f'"{piece}"' for piece in pieces or [""])
