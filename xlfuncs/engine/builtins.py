"""Built-in functions of Excel that the engine lacks, or calculates in another way."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from typing import Any

import numpy as np

from xlfuncs.core.dates import EXCEL_EPOCH, LAST_SERIAL

Cell = Any
_NUM, _VALUE, _NA, _DIV0 = ({"type": "Error", "kind": kind} for kind in ("Num", "Value", "Na", "Div"))


class _ErrorResult(Exception):
    """Raised where the result of the call is an error value."""

    def __init__(self, value: dict[str, str]) -> None:
        super().__init__(value)
        self.value = value


def _to_number(cell: Cell) -> float:
    if isinstance(cell, dict):
        raise _ErrorResult(cell)
    if cell is None or isinstance(cell, bool | int | float):
        return float(cell or 0)
    try:
        return float(cell)
    except (TypeError, ValueError):
        raise _ErrorResult(_VALUE) from None


def _function_of_numbers(body: Callable[..., float]) -> Callable[..., Cell]:
    """A function of numbers as the engine calls it; of arrays, for each of their cells."""

    def call(*cells: Cell) -> Cell:
        arrays = [cell for cell in cells if isinstance(cell, list)]
        if arrays:
            height, width = max(map(len, arrays)), max(len(rows[0]) for rows in arrays)
            return [
                [call(*(_cell_at(cell, row, column) for cell in cells)) for column in range(width)]
                for row in range(height)
            ]
        try:
            result = body(*map(_to_number, cells))
        except _ErrorResult as error:
            return error.value
        except TypeError:  # too few arguments, or too many
            return _VALUE
        except (ValueError, OverflowError, ZeroDivisionError):
            return _NUM
        return result if math.isfinite(result) else _NUM

    return call


def _cell_at(cell: Cell, row: int, column: int) -> Cell:
    """A cell of an array, whose only row or column serves for all; or one that is no array."""
    if not isinstance(cell, list):
        return cell
    row, column = (0 if len(cell) == 1 else row), (0 if len(cell[0]) == 1 else column)
    return cell[row][column] if row < len(cell) and column < len(cell[0]) else _NA


def _to_matrix(cells: Cell) -> Any:
    rows = _to_rows(cells)
    for cell in (cell for row in rows for cell in row):
        if isinstance(cell, dict):
            raise _ErrorResult(cell)
        if type(cell) is not float:
            raise _ErrorResult(_VALUE)
    return np.array(rows)


def _function_of_matrices(body: Callable[..., Any]) -> Callable[..., Cell]:
    def call(*cells: Cell) -> Cell:
        try:
            result = body(*map(_to_matrix, cells))
        except _ErrorResult as error:
            return error.value
        except TypeError:
            return _VALUE
        except np.linalg.LinAlgError:
            return _NUM
        return result.tolist() if isinstance(result, np.ndarray) else float(result)

    return call


def _multiply(left: Any, right: Any) -> Any:
    if left.shape[1] != right.shape[0]:
        raise _ErrorResult(_VALUE)
    return left @ right


def _only_square(body: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def call(matrix: Any) -> Any:
        if matrix.shape[0] != matrix.shape[1]:
            raise _ErrorResult(_VALUE)
        return body(matrix)

    return call


def _date(year: float, month: float, day: float) -> float:
    """The serial number of a day; months and days may lie outside their year and month, and 1900 is a leap year."""
    years, months = divmod(math.floor(month) - 1, 12)
    whole = math.floor(year)
    whole += (1900 if 0 <= whole < 1900 else 0) + years
    if not 1899 <= whole <= 9999:
        raise ValueError
    number = (dt.date(whole, months + 1, 1) - EXCEL_EPOCH).days
    number -= whole == 1900 and months < 2  # its 29 February, which never was, comes after
    number += math.floor(day) - 1
    if not 0 <= number <= LAST_SERIAL:
        raise ValueError
    return number


def _gamma(number: float) -> float:
    if number <= 0 and number.is_integer():
        raise ValueError
    return math.gamma(number)


def _power(base: float, exponent: float) -> float:
    if base == 0 and exponent <= 0:
        raise _ErrorResult(_DIV0 if exponent else _NUM)
    if base < 0 and not exponent.is_integer():
        raise ValueError
    return math.pow(base, exponent)


def _log(number: float, base: float = 10) -> float:
    if base == 1:
        raise _ErrorResult(_DIV0 if number > 0 else _NUM)
    if base in (2, 10):
        return math.log2(number) if base == 2 else math.log10(number)
    return math.log(number, base)


def _round_to_multiple(number: float, step: float, rounded: Callable[[float], int]) -> float:
    """A whole number of steps; how many of them are in a number is known to 15 digits."""
    return rounded(float(f"{number / step:.15g}")) * step if step else 0.0


def _ceiling(number: float, step: float) -> float:
    if number > 0 > step:
        raise ValueError
    return _round_to_multiple(number, step, math.ceil)


def _floor(number: float, step: float) -> float:
    if number > 0 > step:
        raise ValueError
    if number and not step:
        raise _ErrorResult(_DIV0)
    return _round_to_multiple(number, step, math.floor)


def _ceiling_math(number: float, step: float = 1, away: float = 0) -> float:
    """Up; where `away` is not 0, a negative number away from 0."""
    return _round_to_multiple(number, abs(step), math.floor if number < 0 and away else math.ceil)


def _floor_math(number: float, step: float = 1, towards: float = 0) -> float:
    """Down; where `towards` is not 0, a negative number towards 0."""
    return _round_to_multiple(number, abs(step), math.ceil if number < 0 and towards else math.floor)


def _ceiling_precise(number: float, step: float = 1) -> float:
    return _ceiling_math(number, step)


def _floor_precise(number: float, step: float = 1) -> float:
    return _floor_math(number, step)


def _future_value(rate: float, periods: float, payment: float, present: float, early: float) -> float:
    if rate == 0:
        return -(present + payment * periods)
    growth = (1 + rate) ** periods
    return -(present * growth + payment * (1 + rate * early) * (growth - 1) / rate)


def _payment(rate: float, periods: float, present: float, future: float, early: float) -> float:
    if rate == 0:
        return -(present + future) / periods
    growth = (1 + rate) ** periods
    return -(present * growth + future) * rate / ((1 + rate * early) * (growth - 1))


def _interest(rate: float, period: float, periods: float, present: float, future: float = 0, early: float = 0) -> float:
    if not 1 <= period < periods + 1:
        raise ValueError
    early = float(early != 0)
    if early and period == 1:
        return 0.0
    payment = _payment(rate, periods, present, future, early)
    interest = _future_value(rate, period - 1, payment, present, early) * rate
    return interest / (1 + rate) if early else interest


def _principal(
    rate: float, period: float, periods: float, present: float, future: float = 0, early: float = 0
) -> float:
    early = float(early != 0)
    return _payment(rate, periods, present, future, early) - _interest(rate, period, periods, present, future, early)


def _sum_over_periods(part: Callable[..., float]) -> Callable[..., float]:
    def total(rate: float, periods: float, present: float, first: float, last: float, early: float) -> float:
        if min(rate, periods, present) <= 0 or not 1 <= first <= last <= periods or early not in (0, 1):
            raise ValueError
        return sum(part(rate, number, periods, present, 0, early) for number in range(math.ceil(first), int(last) + 1))

    return total


def _fvschedule(principal: Cell, rates: Cell) -> Cell:
    try:
        value = _to_number(principal)
        for row in _to_rows(rates):
            for cell in row:
                value *= 1 + _to_number(cell)
    except _ErrorResult as error:
        return error.value
    return value


def _rank_avg(number: Cell, among: Cell, ascending: Cell = None) -> Cell:
    """The place in order, the mean of those that equal numbers share."""
    try:
        value, is_ascending = _to_number(number), _to_number(ascending) != 0
    except _ErrorResult as error:
        return error.value
    numbers = [cell for row in _to_rows(among) for cell in row if type(cell) is float]
    same = numbers.count(value)
    if not same:
        return _NA
    before = sum(other < value if is_ascending else other > value for other in numbers)
    return before + (same + 1) / 2


def _sum_over_pairs(body: Callable[[float, float], float]) -> Callable[[Cell, Cell], Cell]:
    """A sum over the pairs of two arrays, in their order, that are numbers both."""

    def call(left: Cell, right: Cell) -> Cell:
        first, second = ([cell for row in _to_rows(cells) for cell in row] for cells in (left, right))
        if len(first) != len(second):
            return _NA
        for cell in (*first, *second):
            if isinstance(cell, dict):
                return cell
        pairs = [(x, y) for x, y in zip(first, second, strict=True) if type(x) is type(y) is float]
        return math.fsum(body(x, y) for x, y in pairs) if pairs else _DIV0

    return call


def _to_rows(cells: Cell) -> list[list[Cell]]:
    return cells if isinstance(cells, list) else [[cells]]


OVERRIDES: dict[str, Callable[..., Cell]] = {
    "CEILING": _function_of_numbers(_ceiling),
    "CEILING.MATH": _function_of_numbers(_ceiling_math),
    "CEILING.PRECISE": _function_of_numbers(_ceiling_precise),
    "CUMIPMT": _function_of_numbers(_sum_over_periods(_interest)),
    "CUMPRINC": _function_of_numbers(_sum_over_periods(_principal)),
    "DATE": _function_of_numbers(_date),
    "FLOOR": _function_of_numbers(_floor),
    "FLOOR.MATH": _function_of_numbers(_floor_math),
    "FLOOR.PRECISE": _function_of_numbers(_floor_precise),
    "FVSCHEDULE": _fvschedule,
    "GAMMA": _function_of_numbers(_gamma),
    "IPMT": _function_of_numbers(_interest),
    "ISO.CEILING": _function_of_numbers(_ceiling_precise),
    "LOG": _function_of_numbers(_log),
    "MDETERM": _function_of_matrices(_only_square(np.linalg.det)),
    "MINVERSE": _function_of_matrices(_only_square(np.linalg.inv)),
    "MMULT": _function_of_matrices(_multiply),
    "POWER": _function_of_numbers(_power),
    "PPMT": _function_of_numbers(_principal),
    "RANK.AVG": _rank_avg,
    "SUMX2MY2": _sum_over_pairs(lambda x, y: x * x - y * y),
    "SUMX2PY2": _sum_over_pairs(lambda x, y: x * x + y * y),
    "SUMXMY2": _sum_over_pairs(lambda x, y: (x - y) ** 2),
}
