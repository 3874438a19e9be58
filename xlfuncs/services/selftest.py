"""A workbook whose every check must read TRUE: the functions in the user's own spreadsheet against Python."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import xlsxwriter

from xlfuncs import REGISTRY, evaluate
from xlfuncs.core.errors import DIV0, NA, NAME, NULL, NUM, REF, VALUE, CellError
from xlfuncs.core.function import Function
from xlfuncs.reference.markdown import call

Check = tuple[str, str, str]  # what it is about, the call, and the formula that must be TRUE

_ERROR_TYPES = {NULL: 1, DIV0: 2, VALUE: 3, REF: 4, NAME: 5, NUM: 6, NA: 7}  # of ERROR.TYPE
_FIRST = 6  # row of the first check
_CELLS = {
    "blank": "Cells!$B$1",
    "text of a number": "Cells!$B$2",
    "TRUE": "Cells!$B$3",
    "a date": "Cells!$B$4",
    "an error": "Cells!$B$5",
    "churns": "Cells!$B$6:$B$8",
}
_DAY = 46_022.0  # 2025-12-31


def build(path: Path) -> int:
    """Write the workbook, without values; gives the number of checks."""
    checks = [*examples(), *errors(), *cells()]
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "font_size": 14})
        head = book.add_format({"bold": True, "bottom": 1})
        wrong = book.add_format({"bg_color": "#F8CBAD"})
        sheet = book.add_worksheet("Self test")
        _cells_sheet(book)
        sheet.write(0, 0, "xlfuncs self test", bold)
        sheet.write(
            1, 0, "Every check below must be TRUE. A #NAME? says that the add-in is not there: see Repair links."
        )
        last = _FIRST + len(checks) - 1
        sheet.write(2, 0, "All checks", head)
        sheet.write_formula(2, 1, f"=IFERROR(AND(C{_FIRST}:C{last}),FALSE)", head, False)
        book.define_name("selftest_all", "='Self test'!$B$3")
        for column, (title, width) in enumerate([("about", 28), ("call", 90), ("TRUE", 10)]):
            sheet.write(_FIRST - 2, column, title, head)
            sheet.set_column(column, column, width)
        for row, (about, shown, formula) in enumerate(checks, _FIRST - 1):
            sheet.write(row, 0, about)
            sheet.write_string(row, 1, shown)
            sheet.write_formula(row, 2, formula, None, False)
        place = f"C{_FIRST}:C{last}"
        sheet.conditional_format(place, {"type": "cell", "criteria": "!=", "value": "TRUE", "format": wrong})
        sheet.freeze_panes(_FIRST - 1, 0)
    return len(checks)


def _cells_sheet(book: Any) -> None:
    sheet = book.add_worksheet("Cells")
    sheet.set_column(0, 0, 20)
    for row, label in enumerate(["blank", "text of a number", "TRUE", "a date", "an error", "churns"]):
        sheet.write(row, 0, label)
    sheet.write_string(1, 1, "0.05")
    sheet.write_boolean(2, 1, True)
    sheet.write_number(3, 1, _DAY, book.add_format({"num_format": "yyyy-mm-dd"}))
    sheet.write_formula(4, 1, "=NA()", None, "#N/A")
    for row, churn in enumerate([0.05, 2, 0.1], 5):
        sheet.write_number(row, 1, churn)


def examples() -> Iterator[Check]:
    """The worked examples of every function."""
    for function in REGISTRY:
        for example in function.examples:
            if not _blank_inside(example.cells):
                shown = call(function, example.cells)
                yield from agreeing(function.name, shown, evaluate(function.name, *example.cells))


def errors() -> Iterator[Check]:
    """Text or a value outside the domain as the first argument, and 0 as the first by which a function divides."""
    for function in REGISTRY:
        cells = _required(function)
        if not cells or not isinstance(cells[0], float | int):
            continue
        divisors = [at for at, param in enumerate(function.params[: len(cells)]) if param.quantity.nonzero]
        for at, wrong in [(0, -1e9), (0, "text"), *((at, 0.0) for at in divisors[:1])]:
            given = (*cells[:at], wrong, *cells[at + 1 :])
            result = evaluate(function.name, *given)
            if isinstance(result, CellError):
                yield from agreeing(f"{function.name}, error", call(function, given), result)


def _required(function: Function) -> tuple[Any, ...]:
    if not function.examples or _blank_inside(function.examples[0].cells):
        return ()
    return function.examples[0].cells


def _blank_inside(cells: tuple[Any, ...]) -> bool:
    """Whether a range in braces would need a blank, which no formula can hold."""
    return any(one is None for cell in cells if isinstance(cell, list) for row in cell for one in row)


def cells() -> Iterator[Check]:
    """What only cells can hold: blanks, texts of numbers, TRUE, dates, errors, and a range that spills."""
    place = _CELLS
    yield from agreeing("blank, required", f"=LTV(100,0.8,{place['blank']})", CellError(VALUE))
    yield from agreeing("blank, optional", f"=LTV(100,0.8,0.05,{place['blank']})", 1600.0)
    yield from agreeing("text of a number", f"=LTV(100,0.8,{place['text of a number']})", CellError(VALUE))
    yield from agreeing("TRUE", f"=LTV(100,0.8,{place['TRUE']})", CellError(VALUE))
    yield from agreeing("an error", f"=LTV(100,0.8,{place['an error']})", CellError(NA))
    on_day = evaluate("FX_RATE", "USD", "CNY", _DAY)
    yield from agreeing("a date", f'=FX_RATE("USD","CNY",{place["a date"]})', on_day)
    spill = f"LTV(100,0.8,{place['churns']})"
    yield ("a range", f"={spill}", f"=ROWS({spill})=3")
    yield from agreeing("a range, first", f"=INDEX({spill},1,1)", 1600.0)
    yield from agreeing("a range, second", f"=INDEX({spill},2,1)", CellError(NUM))
    yield from agreeing("a range, third", f"=INDEX({spill},3,1)", 800.0)


def agreeing(about: str, shown: str, wanted: Any) -> Iterator[Check]:
    """The checks that a call gives a value: the first and the last cell of a table, and its size."""
    formula = shown.removeprefix("=")
    if not isinstance(wanted, list):
        yield about, shown, f"={_is(formula, wanted)}"
        return
    height, width = len(wanted), len(wanted[0])
    yield f"{about}, size", shown, f"=AND(ROWS({formula})={height},COLUMNS({formula})={width})"
    for row, column in dict.fromkeys([(0, 0), (height - 1, width - 1)]):
        part = f"INDEX({formula},{row + 1},{column + 1})"
        yield f"{about}, row {row + 1}", f"={part}", f"={_is(part, wanted[row][column])}"


def _is(formula: str, wanted: Any) -> str:
    if isinstance(wanted, CellError):
        return f"IFERROR(ERROR.TYPE({formula})={_ERROR_TYPES[wanted.code]},FALSE)"
    if isinstance(wanted, str):
        return f"EXACT({formula},{_text(wanted)})"
    return f"ABS({formula}-{wanted!r})<={1e-9 * max(abs(wanted), 1e-300)!r}"


def _text(text: str) -> str:
    """A text in a formula, in pieces of at most 255 characters."""
    pieces = [text[at : at + 250].replace('"', '""') for at in range(0, len(text), 250)] or [""]
    return "&".join(f'"{piece}"' for piece in pieces)
