"""Evaluation of a call over cells, ranges and arrays: kinds, domains, constraints and the body, in this order."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from xlfuncs.core.arguments import Param, first_error, normal
from xlfuncs.core.constraints import Rule, broken, condition
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE, CellError, no_answer
from xlfuncs.core.quantity import Omitted, Shape, Spill
from xlfuncs.core.wording import counted

_BIGGEST = float(np.finfo(float).max)
_BLOCK = 32768  # rows whose columns stay in the processor's cache from the checks to the body
_QUIET = {"over": "ignore", "under": "ignore", "invalid": "ignore"}


class Plan:
    """The evaluation of one function, resolved when it is declared and not when it is called."""

    def __init__(
        self,
        name: str,
        body: Callable[..., Any],
        params: Sequence[Param],
        spill: Spill | None,
        rules: Sequence[Rule] = (),
        never: str = "",
        by_cell: bool = False,
        uniform: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.body = body
        self.params = tuple(params)
        self.spill = spill
        self.never = never
        self._names = [param.name for param in params]
        self._rules = [(rule, condition(rule, self._names)) for rule in rules]
        self._conditions = tuple(holds for _, holds in self._rules)
        self._count = len(params)
        self._limits = tuple((param.low, param.high) for param in params)
        self._extra = tuple(at for at, param in enumerate(params) if param.has_extra_checks)
        self._blanks = tuple(p.default if isinstance(p.default, float) else None for p in params)
        self._same = tuple(
            (at, self._names.index(p.default.same_as))
            for at, p in enumerate(params)
            if isinstance(p.default, Omitted) and p.default.same_as
        )
        self._uniform = tuple(map(self._names.index, uniform))
        plain = spill is None and all(param.shape_kind is Shape.NUM for param in params)
        self._by_column = plain and not by_cell

    # -- one call --------------------------------------------------------------------------------

    def on_cells(self, *cells: Any) -> Any:
        """Evaluate cells and ranges as a worksheet would; never raises."""
        given = len(cells)
        if given != self._count:
            if given > self._count:
                most = counted(self._count, "argument")
                return CellError(VALUE, f"{self.name} takes at most {most}; got {given}.")
            cells += self._blanks[given:]
        if not self._by_column:
            return self._general(cells)
        for cell, (low, high) in zip(cells, self._limits, strict=True):
            if cell.__class__ is not float or not low <= cell <= high:
                return self._general(cells)
        for at in self._extra:
            if self.params[at].check(cells[at]):
                return self._general(cells)
        try:
            for holds in self._conditions:
                if not holds(*cells):
                    return self._general(cells)
            result = self.body(*cells)
        except (ArithmeticError, ValueError):  # math raises both
            return self._general(cells)
        if result.__class__ is float and -_BIGGEST <= result <= _BIGGEST:
            return result + 0.0  # never minus zero
        return self._general(cells)

    def _general(self, cells: Sequence[Any]) -> Any:
        cells = [_one_cell(normal(cell)) for cell in cells]
        ranges = [
            cell for cell, param in zip(cells, self.params, strict=True) if isinstance(cell, list) and param.elementwise
        ]
        if not ranges:
            return self._one(cells)
        if self.spill:
            wide = next(
                p for p, cell in zip(self.params, cells, strict=True) if p.elementwise and isinstance(cell, list)
            )
            return first_error(cells) or wide.error(VALUE, "must be a single cell; got a range")
        return self._over_ranges(cells, max(map(len, ranges)), max(len(rows[0]) for rows in ranges))

    def _one(self, cells: Sequence[Any]) -> Any:
        """Normal cells, each elementwise argument a single one."""
        error = first_error(cells)
        if error:
            return error
        values = []
        for param, cell in zip(self.params, cells, strict=True):
            value = param.read(cell)
            if isinstance(value, CellError):
                return value
            values.append(value)
        self._fill(values)
        for param, value in zip(self.params, values, strict=True):
            error = param.check(value)
            if error:
                return error
        try:
            with np.errstate(divide="raise", **_QUIET):  # type: ignore[arg-type]  # a dict of literals
                for rule, holds in self._rules:
                    if not holds(*values):
                        return broken(rule, self._names, values)
                return self._shown(self.body(*values))
        except (ZeroDivisionError, FloatingPointError):
            return CellError(DIV0, f"{self.name} divides by zero for these arguments; check the arguments that are 0.")
        except (OverflowError, ValueError):  # math: "math range error", "math domain error"
            return self._no_number()

    def _fill(self, values: list[Any]) -> None:
        """Put what they stand for in place of the defaults that are more than a number."""
        for at, value in enumerate(values):
            if isinstance(value, Omitted):
                values[at] = value.value
        for at, other in self._same:
            if values[at] is None:
                values[at] = values[other]

    def _no_number(self) -> CellError:
        return CellError(
            NUM, f"{self.name} has no finite result for these arguments; check their magnitudes and units."
        )

    def _shown(self, result: Any) -> Any:
        if isinstance(result, str | CellError):
            return result
        if isinstance(result, bool | np.bool_):
            return bool(result)
        if isinstance(result, complex):
            return self._no_number()
        if not isinstance(result, np.ndarray | list | tuple):
            return self._number(float(result))
        rows: list[Any] = [list(row) if isinstance(row, np.ndarray | list | tuple) else [row] for row in result]
        if self.spill and self.spill.shape == "row" and rows and len(rows[0]) == 1:
            rows = [[row[0] for row in rows]]
        return _one_cell([[self._shown(one) for one in row] for row in rows])

    def _number(self, number: float) -> Any:
        if math.isfinite(number):
            return number + 0.0
        return no_answer(self.never) if number != number and self.never else self._no_number()

    # -- ranges ----------------------------------------------------------------------------------

    def _over_ranges(self, cells: Sequence[Any], height: int, width: int) -> Any:
        columns = [
            _spread(cell, height, width) if isinstance(cell, list) and param.elementwise else cell
            for cell, param in zip(cells, self.params, strict=True)
        ]
        if self._by_column:
            flat = self._column(columns, height * width)
        else:
            flat = [self._one(self._at(columns, position)) for position in range(height * width)]
        return [flat[row * width : (row + 1) * width] for row in range(height)]

    def _at(self, columns: Sequence[Any], position: int) -> list[Any]:
        return [
            column[position] if isinstance(column, list) and param.elementwise else column
            for column, param in zip(columns, self.params, strict=True)
        ]

    def _column(self, columns: Sequence[Any], size: int) -> list[Any]:
        """All numbers at once; whatever is not a number in its domain again and alone, for its own error."""
        alone = np.zeros(size, dtype=bool)
        values: list[Any] = []
        for column, param in zip(columns, self.params, strict=True):
            if not isinstance(column, list):
                values.append(param.default if column is None else column)
            elif set(map(type, column)) == {float}:
                values.append(np.array(column))
            else:
                odd = [type(cell) is not float for cell in column]
                alone |= odd
                values.append(np.array([1.0 if o else c for o, c in zip(odd, column, strict=True)]))
        results: list[Any] = [None] * size
        self._fill(values)
        alone |= not all(isinstance(value, float | np.ndarray) for value in values)
        alone |= any(param.check(value) is not None for param, value in self._single(values))
        if not alone.all():
            numbers, bad = self._numbers(values)
            results = (np.broadcast_to(numbers, (size,)) + 0.0).tolist()
            if bad is not None:
                alone |= bad
        for position in np.flatnonzero(alone).tolist():
            results[position] = self._one(self._at(columns, position))
        return results

    def _single(self, values: Sequence[Any]) -> list[tuple[Param, float]]:
        """The arguments that are one number for all rows."""
        return [(p, value) for p, value in zip(self.params, values, strict=True) if isinstance(value, float)]

    def _numbers(self, values: Sequence[Any]) -> tuple[Any, Any]:
        """The body on columns and checked single numbers, and which rows have no number by it, if any.

        The body never sees a row outside the domain.
        """
        bad: Any = None
        with np.errstate(divide="ignore", **_QUIET):  # type: ignore[arg-type]  # a dict of literals
            for param, value in zip(self.params, values, strict=True):
                outside = param.outside(value) if isinstance(value, np.ndarray) else None
                if outside is not None:
                    bad = outside if bad is None else bad | outside
            try:
                for holds in self._conditions:
                    met = holds(*values)
                    if not (met is True or np.all(met)):
                        bad = ~np.asarray(met) if bad is None else bad | ~np.asarray(met)
                if bad is None:
                    result = self._of_columns(values)
                elif bad.all():
                    return math.nan, bad
                else:
                    result = np.full(bad.shape, math.nan)
                    good = [value[~bad] if isinstance(value, np.ndarray) else value for value in values]
                    result[~bad] = self._of_columns(good)
            except (ArithmeticError, ValueError):  # of two single numbers: then every row is bad in its own way
                return math.nan, True
            if not math.isfinite(float(np.add.reduce(result, axis=None))):
                broken_rows = ~np.isfinite(result)
                bad = broken_rows if bad is None else bad | broken_rows
        return result, bad

    def _of_columns(self, values: Sequence[Any]) -> Any:
        """The body, once for each combination of the numbers that it takes for all rows."""
        mixed = [at for at in self._uniform if isinstance(values[at], np.ndarray)]
        if not mixed:
            return self.body(*values)
        kinds, of_row = np.unique(np.stack([values[at] for at in mixed]), axis=1, return_inverse=True)
        result = np.empty(len(of_row := of_row.reshape(-1)))
        order = np.argsort(of_row, kind="stable")
        for kind, rows in zip(kinds.T, np.split(order, np.flatnonzero(np.diff(of_row[order])) + 1), strict=True):
            part = [value[rows] if isinstance(value, np.ndarray) else value for value in values]
            for at, number in zip(mixed, kind.tolist(), strict=True):
                part[at] = number
            result[rows] = self.body(*part)
        return result

    # -- Python ----------------------------------------------------------------------------------

    def on_arrays(self, *arguments: Any) -> Any:
        """Numpy arrays with numpy's broadcasting; NaN where a worksheet would show an error value."""
        arguments += (None,) * (self._count - len(arguments))
        if not self._by_column:
            return self._each(arguments)
        values: list[Any] = [
            param.default if one is None else np.asarray(one, dtype=float)
            for one, param in zip(arguments, self.params, strict=True)
        ]
        self._fill(values)
        shape = np.broadcast_shapes(*(np.shape(value) for value in values))
        columns = [
            _column(value, shape) if np.ndim(value) else float(value) if isinstance(value, np.ndarray) else value
            for value in values
        ]
        size = math.prod(shape)
        out = np.empty(size)
        given = all(isinstance(value, float | np.ndarray) for value in columns)
        if not given or any(param.check(value) for param, value in self._single(columns)):
            out.fill(np.nan)
            return out.reshape(shape)
        for start in range(0, size, _BLOCK):
            block = out[start : start + _BLOCK]
            part = [v[start : start + _BLOCK] if isinstance(v, np.ndarray) else v for v in columns]
            block[:], bad = self._numbers(part)
            if bad is not None:
                block[bad] = np.nan
        return out.reshape(shape)

    def _each(self, arguments: Sequence[Any]) -> Any:
        spread = [
            np.asarray(one, dtype=object) if param.elementwise and is_array(one) else None
            for one, param in zip(arguments, self.params, strict=True)
        ]
        shape = np.broadcast_shapes(*(one.shape for one in spread if one is not None))
        columns = [None if one is None else np.broadcast_to(one, shape) for one in spread]
        results = np.empty(shape, dtype=object)
        for index in np.ndindex(*shape):
            cells = [one if column is None else column[index] for one, column in zip(arguments, columns, strict=True)]
            result = self._general(cells)
            results[index] = np.nan if isinstance(result, CellError) else result
        texts = any(isinstance(one, str | list) for one in results.flat)
        return results if texts else results.astype(float)


def is_array(argument: Any) -> bool:
    """Whether a Python argument holds several values."""
    return isinstance(argument, list | tuple) or (hasattr(argument, "__array__") and np.ndim(argument) > 0)


def _one_cell(cell: Any) -> Any:
    """A 1 x 1 range as its cell, an empty range as a blank."""
    if not isinstance(cell, list):
        return cell
    if not cell or not cell[0]:
        return None
    return cell[0][0] if len(cell) == 1 and len(cell[0]) == 1 else cell


def _spread(rows: list[list[Any]], height: int, width: int) -> list[Any]:
    """A range laid over height x width cells: one row or column repeats, a shorter one leaves #N/A."""
    beyond = CellError(NA, "The shorter range has no cell at this position; use ranges of the same size.")
    if len(rows[0]) == 1:
        rows = [row * width for row in rows]
    rows = rows * height if len(rows) == 1 else rows
    flat = [cell for row in rows for cell in row + [beyond] * (width - len(row))]
    return flat + [beyond] * ((height - len(rows)) * width)


def _column(value: Any, shape: tuple[int, ...]) -> Any:
    return value.reshape(-1) if value.shape == shape else np.broadcast_to(value, shape).reshape(-1)
