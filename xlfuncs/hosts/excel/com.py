"""Conversion between COM and cells, and every function of a registry as a UDF of xlwings."""

from __future__ import annotations

import datetime as dt
import inspect
import math
from decimal import Decimal
from typing import Any

from xlfuncs.core.dates import to_serial
from xlfuncs.core.errors import CALC, CODES, DIV0, NA, NAME, NULL, NUM, REF, SPILL, VALUE, CellError
from xlfuncs.core.extras import missing_dependency
from xlfuncs.core.function import Cell, Function
from xlfuncs.core.registry import Registry

try:
    import xlwings as xw
    from xlwings.conversion import Accessor, Pipeline
except ModuleNotFoundError as missing:
    if missing.name != "xlwings":
        raise
    raise missing_dependency("use the functions in Excel", "xlwings", "excel") from None

# COM hands an error value over as the integer 0x800A0000 + its number in Excel's XlCVError. Numbers
# in cells are never integers, so the two cannot be confused. xlwings itself knows seven of these and
# lets the others through as numbers of minus two billion.
_FIRST_ERROR = -2146828288
_ERROR_NUMBERS = range(2000, 2100)
_UNKNOWN = "#UNKNOWN!"
_ERROR_CODES = {
    2000: NULL,
    2007: DIV0,
    2015: VALUE,
    2023: REF,
    2029: NAME,
    2036: NUM,
    2042: NA,
    2043: "#GETTING_DATA",
    2045: SPILL,
    2046: "#CONNECT!",
    2047: "#BLOCKED!",
    2048: _UNKNOWN,
    2049: "#FIELD!",
    2050: CALC,
}


def decode_cell(value: Any) -> Cell:
    """Return the value of a cell that COM passes as a cell of ours."""
    if isinstance(value, str):
        # Stock xlwings can only return an error as its text (see `encode_cell`), so the text is decoded
        # as that error: a chain of our functions propagates it.
        return CellError(value) if value in CODES else value
    if value is None or isinstance(value, bool | float):
        return value
    if isinstance(value, int):
        number = value - _FIRST_ERROR
        return CellError(_ERROR_CODES.get(number, _UNKNOWN)) if number in _ERROR_NUMBERS else float(value)
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        # pywin32 marks Excel's local time as UTC without shifting it.
        return to_serial(value)
    return CellError(VALUE, f"A cell holds a number, text, TRUE or FALSE; got a {type(value).__name__}.")


def decode_cells(value: Any) -> Cell | list[list[Cell]]:
    """Return the cells of an argument, which COM passes as a scalar, a row, or rows; a single cell becomes a scalar."""
    if not isinstance(value, tuple | list):
        return decode_cell(value)
    rows = value if value and isinstance(value[0], tuple | list) else (value,)
    if len(rows) == 1 and len(rows[0]) == 1:
        return decode_cell(rows[0][0])
    return [[cell if type(cell) is float else decode_cell(cell) for cell in row] for row in rows]


def encode_cell(cell: Any) -> float | bool | str:
    """Return the value that COM gets for one cell of a result.

    An error value becomes its text, because stock xlwings has nothing else; a VBA module of our
    own can turn the text into a real error.
    """
    if isinstance(cell, bool | str):
        return cell
    if cell is None:
        return ""  # VBA's Empty would show as 0.
    if isinstance(cell, CellError):
        return str(cell)
    number = float(cell)  # Never an integer: pywin32 mangles those from 2**31 on.
    return number if math.isfinite(number) else NUM


def encode_cells(result: Any) -> list[list[float | bool | str]]:
    """Return the value that COM gets for a result: rows, also for a single value."""
    rows = result if isinstance(result, list) else [[result]]
    return [[encode_cell(cell) for cell in row] for row in rows]


class Cells(Accessor):
    """The converter of xlwings for arguments and results, without the losses of its own converter.

    `Value2` and not `Value`: the latter rounds every cell with a currency format to four decimals
    (a token price of $0.00000025 becomes 0) and turns numbers with a date format into dates.
    """

    @classmethod
    def reader(cls, options: Any) -> Pipeline:
        """Return the stages from COM to the function."""
        return Pipeline([_read])

    @classmethod
    def writer(cls, options: Any) -> Pipeline:
        """Return the stages from the function to COM."""
        return Pipeline([_write])


def _read(context: Any) -> None:
    if context.range is None:
        context.value = decode_cells(context.value)
        return
    excel_range = context.range.api
    cells = decode_cells(excel_range.Value2)
    size = len(cells) * len(cells[0]) if isinstance(cells, list) else 1
    if excel_range.CountLarge != size:  # Value2 silently keeps to the first area
        cells = CellError(VALUE, "A range must be one block of cells; got several areas.")
    context.value = cells


def _write(context: Any) -> None:
    context.value = encode_cells(context.value)


def build_udf(function: Function) -> Any:
    """Return a new Python function that xlwings exposes as the worksheet function."""

    def body(*cells: Any) -> Any:
        return function.on_cells(*cells)

    exposed: Any = body
    exposed.__name__ = exposed.__qualname__ = function.name  # xlwings names the VBA function by it
    exposed.__doc__ = function.summary
    exposed.__annotations__ = {}  # xlwings would look for a converter for each
    exposed.__signature__ = inspect.signature(function)
    for param in function.params:
        exposed = xw.arg(param.name, Cells, doc=param.help)(exposed)
    exposed = xw.ret(Cells)(exposed)
    # Last, because each of the decorators above sets the category back.
    return xw.func(category=function.category)(exposed)


def build_udfs(registry: Registry) -> dict[str, Any]:
    """Return the UDF of every function, by worksheet name: the namespace of a module that xlwings imports."""
    return {function.name: build_udf(function) for function in registry}
