"""Functions of single values calculated for each value of a range, which the engine does for few of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import formualizer

from xlfuncs.core.grid import column_letters
from xlfuncs.engine.argument_kinds import argument_kind

_SHEET, _RANGES = "Sheet1", "Ranges"
_LOST = 9e-16  # of the number subtracted
_VALUE = {"type": "Error", "kind": "Value"}
_LACKING = "lacking"
_MOST = 1_000  # values at a time
_NA = {"type": "Error", "kind": "Na"}


class ArrayLifter:
    """Calls a function of the engine once for each value, in a small workbook of its own."""

    def __init__(self, empty: Callable[[], formualizer.Workbook]) -> None:
        self._empty = empty
        self._workbook: formualizer.Workbook | None = None

    def __call__(self, name: str, *arguments: Any) -> Any:
        single = [argument_kind(name, position) == "s" for position in range(len(arguments))]
        several = [rows for rows, one in zip(arguments, single, strict=True) if one and isinstance(rows, list)]
        height = max((len(rows) for rows in several), default=1)
        width = max((len(rows[0]) for rows in several), default=1)
        picked = [[_picked(arguments, single, down, right) for right in range(width)] for down in range(height)]
        known: dict[Any, Any] = dict.fromkeys(values for row in picked for values in row)
        distinct = [values for values in known if values is not _LACKING]  # mostly few: blanks, and what comes again
        known.update(zip(distinct, self._values(name, arguments, single, distinct), strict=True))
        known[_LACKING] = _NA
        return [[known[values] for values in row] for row in picked]

    def _cleared(self) -> formualizer.Workbook:
        if self._workbook is None:
            self._workbook = self._empty()
            self._workbook.add_sheet(_RANGES)
        return self._workbook

    def _values(self, name: str, arguments: Any, single: list[bool], distinct: list[tuple[_Typed, ...]]) -> list[Any]:
        """The value of a function for each of some single values, which are in a row of cells beside its formula."""
        workbook, pieces = self._cleared(), self._pieces(arguments, single)
        found: list[Any] = []
        for start in range(0, len(distinct), _MOST):
            rows = distinct[start : start + _MOST]
            places = [(_SHEET, row, 1) for row in range(1, len(rows) + 1)]
            workbook.set_values_batch(_SHEET, 1, 2, [[one.value for one in values] for values in rows])
            formulas = [[f"={name}({','.join(pieces).format(row=row)})"] for _, row, _ in places]
            workbook.set_formulas_batch(_SHEET, 1, 1, formulas)
            found += workbook.evaluate_cells(places)
        return [_VALUE if isinstance(one, list) else one for one in found]

    def _pieces(self, arguments: Any, single: list[bool]) -> list[str]:
        """The arguments: single values from cells of a row, and ranges from beside each other."""
        pieces, column = [], 1
        for position, (argument, one) in enumerate(zip(arguments, single, strict=True)):
            if one:
                pieces.append(f"{column_letters(position + 2)}{{row}}")
                continue
            rows = argument if isinstance(argument, list) else [[argument]]
            self._cleared().set_values_batch(_RANGES, 1, column, rows)
            last = f"${column_letters(column + len(rows[0]) - 1)}${len(rows)}"
            pieces.append(f"{_RANGES}!${column_letters(column)}$1:{last}")
            column += len(rows[0])
        return pieces


def _picked(arguments: Any, single: list[bool], down: int, right: int) -> Any:
    """The single values of one call; `_LACKING` where a range is too small."""
    row = []
    for argument, one in zip(arguments, single, strict=True):
        value = argument if one else None
        if one and isinstance(argument, list):
            at_row = 0 if len(argument) == 1 else down
            at_column = 0 if len(argument[0]) == 1 else right
            if at_row >= len(argument) or at_column >= len(argument[0]):
                return _LACKING
            value = argument[at_row][at_column]
        row.append(_Typed(value))
    return tuple(row)


class _Typed:
    """A value that equals another only if it is of the same type: 1 is not TRUE."""

    __slots__ = ("key", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.key = (type(value), value if isinstance(value, (str, float, int, bool, type(None))) else repr(value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Typed) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def round_to_15_digits(value: Any) -> Any:
    """A number to 15 digits, in which Excel compares; anything else as it is.

    >>> round_to_15_digits(0.1 + 0.2), round_to_15_digits([[1.1 * 3, "a"]])
    (0.3, [[3.3, 'a']])
    """
    if type(value) is float:
        return value if value.is_integer() and abs(value) < 1e15 else float(f"{value:.15g}")
    return [[round_to_15_digits(one) for one in row] for row in value] if isinstance(value, list) else value


def snap_to_zero(difference: Any, subtracted: Any) -> Any:
    """A difference at the end of a formula, which Excel takes for 0 where it is lost in rounding.

    >>> snap_to_zero(0.5 - 0.4 - 0.1, 0.1), snap_to_zero(1e-15, 0.1), snap_to_zero(None, "a")
    (0.0, 1e-15, None)
    """
    if type(difference) is float and type(subtracted) is float and abs(difference) < _LOST * abs(subtracted):
        return 0.0
    return difference


def number_grid(rows: float, columns: float, first: float, _: Any = None) -> list[list[float]]:
    """The numbers of rows or columns.

    >>> number_grid(3, 1, 5)
    [[5.0], [6.0], [7.0]]
    """
    return [[float(first + down + right) for right in range(int(columns))] for down in range(int(rows))]
