"""Array lifting of scalar built-ins, which the engine does for few functions; and functions that stand for notation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import formualizer

from xlfuncs.core.grid import column_letters
from xlfuncs.engine.argument_kinds import argument_kind

_SHEET, _RANGES = "Sheet1", "Ranges"
_ROUNDING = 9e-16  # of the number subtracted
_VALUE = {"type": "Error", "kind": "Value"}
_NA = {"type": "Error", "kind": "Na"}
_OUTSIDE = "outside"  # stands for the arguments of a call where a range is too small for it
_MAX_CALLS = 1_000  # at a time


class ArrayLifter:
    """Calls a function of the engine once for each value, in a small workbook of its own."""

    def __init__(self, new_workbook: Callable[[], formualizer.Workbook]) -> None:
        self._new_workbook = new_workbook
        self._workbook: formualizer.Workbook | None = None

    def __call__(self, name: str, *arguments: Any) -> Any:
        is_scalar = [argument_kind(name, position) == "s" for position in range(len(arguments))]
        lifted = [
            argument
            for argument, scalar in zip(arguments, is_scalar, strict=True)
            if scalar and isinstance(argument, list)
        ]
        height = max((len(rows) for rows in lifted), default=1)
        width = max((len(rows[0]) for rows in lifted), default=1)
        calls = [[_arguments_at(arguments, is_scalar, row, column) for column in range(width)] for row in range(height)]
        # Mostly few are distinct: blanks, and what comes again.
        distinct = [call for call in dict.fromkeys(call for row in calls for call in row) if call is not _OUTSIDE]
        results: dict[Any, Any] = {_OUTSIDE: _NA}
        results.update(zip(distinct, self._evaluate(name, arguments, is_scalar, distinct), strict=True))
        return [[results[call] for call in row] for row in calls]

    def _cached_workbook(self) -> formualizer.Workbook:
        if self._workbook is None:
            workbook = self._new_workbook()
            workbook.add_sheet(_RANGES)
            self._workbook = workbook
        return self._workbook

    def _evaluate(
        self, name: str, arguments: Any, is_scalar: list[bool], calls: list[tuple[_TypedValue, ...]]
    ) -> list[Any]:
        """The result of each call; its single values are in a row of cells beside its formula."""
        workbook, references = self._cached_workbook(), self._put_arguments(arguments, is_scalar)
        results: list[Any] = []
        for start in range(0, len(calls), _MAX_CALLS):
            rows = calls[start : start + _MAX_CALLS]
            places = [(_SHEET, row, 1) for row in range(1, len(rows) + 1)]
            workbook.set_values_batch(_SHEET, 1, 2, [[argument.value for argument in call] for call in rows])
            formulas = [[f"={name}({','.join(references).format(row=row)})"] for _, row, _ in places]
            workbook.set_formulas_batch(_SHEET, 1, 1, formulas)
            results += workbook.evaluate_cells(places)
        return [_VALUE if isinstance(result, list) else result for result in results]

    def _put_arguments(self, arguments: Any, is_scalar: list[bool]) -> list[str]:
        """The references to the arguments: single values in a row that is still open, ranges beside each other."""
        references, column = [], 1
        for position, (argument, scalar) in enumerate(zip(arguments, is_scalar, strict=True)):
            if scalar:
                references.append(f"{column_letters(position + 2)}{{row}}")
                continue
            rows = argument if isinstance(argument, list) else [[argument]]
            self._cached_workbook().set_values_batch(_RANGES, 1, column, rows)
            last = f"${column_letters(column + len(rows[0]) - 1)}${len(rows)}"
            references.append(f"{_RANGES}!${column_letters(column)}$1:{last}")
            column += len(rows[0])
        return references


def _arguments_at(arguments: Any, is_scalar: list[bool], row: int, column: int) -> Any:
    """The single values of one call; `_OUTSIDE` where a range is too small. An only row or column serves for all."""
    values = []
    for argument, scalar in zip(arguments, is_scalar, strict=True):
        value = argument if scalar else None
        if scalar and isinstance(argument, list):
            own_row = 0 if len(argument) == 1 else row
            own_column = 0 if len(argument[0]) == 1 else column
            if own_row >= len(argument) or own_column >= len(argument[0]):
                return _OUTSIDE
            value = argument[own_row][own_column]
        values.append(_TypedValue(value))
    return tuple(values)


class _TypedValue:
    """A value that equals another only if it is of the same type: 1 is not TRUE."""

    __slots__ = ("key", "value")

    def __init__(self, value: Any) -> None:
        self.value = value
        self.key = (type(value), value if isinstance(value, (str, float, int, bool, type(None))) else repr(value))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TypedValue) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


def round_to_15_digits(value: Any) -> Any:
    """A number to 15 digits, in which Excel compares; anything else as it is.

    >>> round_to_15_digits(0.1 + 0.2), round_to_15_digits([[1.1 * 3, "a"]])
    (0.3, [[3.3, 'a']])
    """
    if type(value) is float:
        return value if value.is_integer() and abs(value) < 1e15 else float(f"{value:.15g}")
    return [[round_to_15_digits(cell) for cell in row] for row in value] if isinstance(value, list) else value


def snap_to_zero(difference: Any, subtracted: Any) -> Any:
    """A difference at the end of a formula, which Excel takes for 0 where it is lost in rounding.

    >>> snap_to_zero(0.5 - 0.4 - 0.1, 0.1), snap_to_zero(1e-15, 0.1), snap_to_zero(None, "a")
    (0.0, 1e-15, None)
    """
    if type(difference) is float and type(subtracted) is float and abs(difference) < _ROUNDING * abs(subtracted):
        return 0.0
    return difference


def number_grid(rows: float, columns: float, first: float, _: Any = None) -> list[list[float]]:
    """Consecutive numbers of rows or columns, from a first one on.

    >>> number_grid(3, 1, 5)
    [[5.0], [6.0], [7.0]]
    """
    return [[float(first + row + column) for column in range(int(columns))] for row in range(int(rows))]
