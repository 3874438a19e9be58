"""Evaluation of a call over cells, ranges and arrays: kinds, domains, constraints and the body, in this order."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.arguments import Param, as_objects, fill_masked, find_error, normalise
from xlfuncs.core.constraints import Constraint, bind, describe_violation
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE, CellError, no_answer
from xlfuncs.core.exceptions import AlignmentError
from xlfuncs.core.quantity import Omitted, Shape, Spill
from xlfuncs.core.wording import count_text

_BIGGEST = sys.float_info.max
_SMALLEST = -_BIGGEST
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
        constraints: Sequence[Constraint] = (),
        no_answer_message: str = "",
        vectorised: bool = True,
        scalar_args: Sequence[str] = (),
    ) -> None:
        self.name = name
        self.body = body
        self.params = tuple(params)
        self.spill = spill
        self.no_answer_message = no_answer_message
        self._names = [param.name for param in params]
        self._constraints = tuple(constraints)
        self._conditions = tuple((constraint.predicate, bind(constraint, self._names)) for constraint in constraints)
        self._count = len(params)
        self._limits = tuple((param.low, param.high) for param in params)
        self._extra = tuple((position, param) for position, param in enumerate(params) if param.has_extra_checks)
        self._blanks = tuple(p.default if isinstance(p.default, float) else None for p in params)
        self._same = tuple(
            (position, self._names.index(p.default.same_as))
            for position, p in enumerate(params)
            if isinstance(p.default, Omitted) and p.default.same_as
        )
        self._scalar_positions = tuple(map(self._names.index, scalar_args))
        plain = spill is None and all(param.shape_kind is Shape.NUM for param in params)
        self.vectorised = plain and vectorised

    # -- one call --------------------------------------------------------------------------------

    def on_cells(self, *cells: Any) -> Any:
        """Evaluate cells and ranges as a worksheet would; never raises."""
        count = len(cells)
        if count != self._count:
            if count > self._count:
                most = count_text(self._count, "argument")
                return CellError(VALUE, f"{self.name} takes at most {most}; got {count}.")
            cells += self._blanks[count:]
        if not self.vectorised:
            return self._general(cells)
        for cell, (low, high) in zip(cells, self._limits, strict=True):
            if cell.__class__ is not float or not low <= cell <= high:
                return self._general(cells)
        for position, param in self._extra:
            if param.check(cells[position]):
                return self._general(cells)
        try:
            for predicate, pick in self._conditions:
                if not predicate(*pick(cells)):
                    return self._general(cells)
            result = self.body(*cells)
        except (ArithmeticError, ValueError):  # math raises both
            return self._general(cells)
        if result.__class__ is float and _SMALLEST <= result <= _BIGGEST:
            return result + 0.0  # never minus zero
        return self._general(cells)

    def _general(self, cells: Sequence[Any]) -> Any:
        cells = [_unwrap(normalise(cell)) for cell in cells]
        ranges = [
            cell for cell, param in zip(cells, self.params, strict=True) if isinstance(cell, list) and param.elementwise
        ]
        if not ranges:
            return self._evaluate_one(cells)
        if self.spill:
            wide = next(
                p for p, cell in zip(self.params, cells, strict=True) if p.elementwise and isinstance(cell, list)
            )
            return find_error(cells) or wide.error(VALUE, "must be a single cell; got a range")
        return self._evaluate_ranges(cells, max(map(len, ranges)), max(len(rows[0]) for rows in ranges))

    def _evaluate_one(self, cells: Sequence[Any]) -> Any:
        """Normal cells, each elementwise argument a single one."""
        error = find_error(cells)
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
                for constraint, (predicate, pick) in zip(self._constraints, self._conditions, strict=True):
                    if not predicate(*pick(values)):
                        return describe_violation(constraint, self._names, values)
                return self._to_cells(self.body(*values))
        except (ZeroDivisionError, FloatingPointError):
            return CellError(DIV0, f"{self.name} divides by zero for these arguments; check the arguments that are 0.")
        except (OverflowError, ValueError):  # math: "math range error", "math domain error"
            return self._build_no_number()

    def _fill(self, values: list[Any]) -> None:
        """Put what they stand for in place of the defaults that are more than a number."""
        for position, value in enumerate(values):
            if isinstance(value, Omitted):
                values[position] = value.value
        for position, other in self._same:
            if values[position] is None:
                values[position] = values[other]

    def _build_no_number(self) -> CellError:
        return CellError(
            NUM, f"{self.name} has no finite result for these arguments; check their magnitudes and units."
        )

    def _to_cells(self, result: Any) -> Any:
        if isinstance(result, str | CellError):
            return result
        if isinstance(result, bool | np.bool_):
            return bool(result)
        if isinstance(result, complex):
            return self._build_no_number()
        if not isinstance(result, np.ndarray | list | tuple):
            return self._to_number(float(result))
        rows: list[Any] = [list(row) if isinstance(row, np.ndarray | list | tuple) else [row] for row in result]
        if self.spill and self.spill.shape == "row" and rows and len(rows[0]) == 1:
            rows = [[row[0] for row in rows]]
        return _unwrap([[self._to_cells(cell) for cell in row] for row in rows])

    def _to_number(self, number: float) -> Any:
        if math.isfinite(number):
            return number + 0.0  # never minus zero
        if number != number and self.no_answer_message:
            return no_answer(self.no_answer_message)
        return self._build_no_number()

    # -- ranges ----------------------------------------------------------------------------------

    def _evaluate_ranges(self, cells: Sequence[Any], height: int, width: int) -> Any:
        columns = [
            _spread(cell, height, width) if isinstance(cell, list) and param.elementwise else cell
            for cell, param in zip(cells, self.params, strict=True)
        ]
        if self.vectorised:
            flat = self._evaluate_columns(columns, height * width)
        else:
            flat = [self._evaluate_one(self._pick_row(columns, position)) for position in range(height * width)]
        return [flat[row * width : (row + 1) * width] for row in range(height)]

    def _pick_row(self, columns: Sequence[Any], position: int) -> list[Any]:
        return [
            column[position] if isinstance(column, list) and param.elementwise else column
            for column, param in zip(columns, self.params, strict=True)
        ]

    def _evaluate_columns(self, columns: Sequence[Any], size: int) -> list[Any]:
        """All numbers at once; whatever is not a number in its domain again and alone, for its own error."""
        alone = np.zeros(size, dtype=bool)
        values: list[Any] = []
        for column, param in zip(columns, self.params, strict=True):
            if not isinstance(column, list):
                values.append(param.default if column is None else column)
            elif set(map(type, column)) == {float}:
                values.append(np.array(column))
            else:
                no_number = [type(cell) is not float for cell in column]
                alone |= no_number
                values.append(np.array([1.0 if no else cell for no, cell in zip(no_number, column, strict=True)]))
        results: list[Any] = [None] * size
        self._fill(values)
        alone |= not all(isinstance(value, float | np.ndarray) for value in values)
        alone |= any(param.check(value) is not None for param, value in self._find_single(values))
        if not alone.all():
            numbers, bad = self._calculate(values)
            results = (np.broadcast_to(numbers, (size,)) + 0.0).tolist()  # never minus zero
            if bad is not None:
                alone |= bad
        for position in np.flatnonzero(alone).tolist():
            results[position] = self._evaluate_one(self._pick_row(columns, position))
        return results

    def _find_single(self, values: Sequence[Any]) -> list[tuple[Param, float]]:
        """The arguments that are one number for all rows."""
        return [(p, value) for p, value in zip(self.params, values, strict=True) if isinstance(value, float)]

    def _calculate(self, values: Sequence[Any]) -> tuple[Any, Any]:
        """The body on columns and checked single numbers, and which rows have no number by it, if any.

        The body never sees a row outside the domain.
        """
        bad: Any = None
        with np.errstate(divide="ignore", **_QUIET):  # type: ignore[arg-type]  # a dict of literals
            for param, value in zip(self.params, values, strict=True):
                outside = param.find_outside(value) if isinstance(value, np.ndarray) else None
                if outside is not None:
                    bad = outside if bad is None else bad | outside
            try:
                for predicate, pick in self._conditions:
                    met = predicate(*pick(values))
                    if not (met is True or np.all(met)):
                        bad = ~np.asarray(met) if bad is None else bad | ~np.asarray(met)
                if bad is None:
                    result = self._apply_body(values)
                elif bad.all():
                    return math.nan, bad
                else:
                    result = np.full(bad.shape, math.nan)
                    good = [value[~bad] if isinstance(value, np.ndarray) else value for value in values]
                    result[~bad] = self._apply_body(good)
            except (ArithmeticError, ValueError):  # of two single numbers: then every row is bad in its own way
                return math.nan, True
            if not math.isfinite(float(np.add.reduce(result, axis=None))):
                not_finite = ~np.isfinite(result)
                bad = not_finite if bad is None else bad | not_finite
        return result, bad

    def _apply_body(self, values: Sequence[Any]) -> Any:
        """The body, once for each combination of the numbers that it takes for all rows."""
        mixed = [position for position in self._scalar_positions if isinstance(values[position], np.ndarray)]
        if not mixed:
            return self.body(*values)
        kinds, of_row = np.unique(np.stack([values[position] for position in mixed]), axis=1, return_inverse=True)
        result = np.empty(len(of_row := of_row.reshape(-1)))
        order = np.argsort(of_row, kind="stable")
        for kind, rows in zip(kinds.T, np.split(order, np.flatnonzero(np.diff(of_row[order])) + 1), strict=True):
            part = [value[rows] if isinstance(value, np.ndarray) else value for value in values]
            for position, number in zip(mixed, kind.tolist(), strict=True):
                part[position] = number
            result[rows] = self.body(*part)
        return result

    # -- Python ----------------------------------------------------------------------------------

    def on_arrays(self, *arguments: Any) -> Any:
        """Numpy arrays with numpy's broadcasting; NaN where a worksheet would show an error value."""
        arguments += (None,) * (self._count - len(arguments))
        if not self.vectorised:
            return self._evaluate_cells(arguments)
        values: list[Any] = [
            param.default if argument is None else _read_column(argument, param)
            for argument, param in zip(arguments, self.params, strict=True)
        ]
        if any(value is None for value in values):
            return self._evaluate_cells(arguments)
        self._fill(values)
        shape = _broadcast(map(np.shape, values))
        columns = [
            _flatten(value, shape) if np.ndim(value) else float(value) if isinstance(value, np.ndarray) else value
            for value in values
        ]
        size = math.prod(shape)
        out = np.empty(size)
        complete = all(isinstance(value, float | np.ndarray) for value in columns)
        if not complete or any(param.check(value) for param, value in self._find_single(columns)):
            out.fill(np.nan)
            return out.reshape(shape)
        for start in range(0, size, _BLOCK):
            block = out[start : start + _BLOCK]
            part = [v[start : start + _BLOCK] if isinstance(v, np.ndarray) else v for v in columns]
            numbers, bad = self._calculate(part)
            np.add(numbers, 0.0, out=block)  # never minus zero
            del numbers  # so that the next block takes their memory again: fresh pages take longer than the body
            if bad is not None:
                block[bad] = np.nan
        return out.reshape(shape)

    def _evaluate_cells(self, arguments: Sequence[Any]) -> Any:
        """Arrays whose cells are not all numbers, or a body that takes one cell at a time."""
        arrays = [
            as_objects(argument) if param.elementwise and is_array(argument) else None
            for argument, param in zip(arguments, self.params, strict=True)
        ]
        shape = _broadcast(array.shape for array in arrays if array is not None)
        columns = [None if array is None else np.broadcast_to(array, shape) for array in arrays]
        results = np.empty(shape, dtype=object)
        for index in np.ndindex(*shape):
            cells = [
                argument if column is None else column[index]
                for argument, column in zip(arguments, columns, strict=True)
            ]
            result = self._general(cells)
            results[index] = np.nan if isinstance(result, CellError) else result
        numbers = not any(isinstance(result, str | list) for result in results.flat)
        return results.astype(float) if numbers else results


def is_array(argument: Any) -> bool:
    """Whether a Python argument is an array, of whatever number of dimensions, or a sequence."""
    if argument.__class__ is float:
        return False
    if hasattr(argument, "__array__"):
        return not isinstance(argument, np.generic)
    return isinstance(argument, Sequence) and not isinstance(argument, str | bytes | bytearray | memoryview)


def is_single(array: Any) -> bool:
    """Whether an array has no dimensions, and so holds one value."""
    return hasattr(array, "__array__") and np.ndim(array) == 0


def _read_column(argument: Any, param: Param) -> npt.NDArray[np.float64] | None:
    """The numbers of an argument, NaN where a cell is none; None where a blank stands for more than a number."""
    if argument.__class__ is float or argument.__class__ is int:
        return np.array(argument, dtype=float)
    array = np.asarray(fill_masked(argument)) if hasattr(argument, "__array__") else as_objects(argument)
    if array.dtype.kind in "fiu":
        return array.astype(float, copy=False)
    cells = [cell if cell.__class__ is float else normalise(cell) for cell in as_objects(array).reshape(-1)]
    if any(isinstance(cell, list) for cell in cells):
        raise AlignmentError(f"The rows of {param.name} differ in length.")
    blank = param.default if isinstance(param.default, float) else math.nan
    if not param.required and blank != blank and any(cell is None for cell in cells):
        return None
    numbers = [cell if cell.__class__ is float else blank if cell is None else math.nan for cell in cells]
    return np.array(numbers, dtype=float).reshape(array.shape)


def _broadcast(shapes: Iterable[tuple[int, ...]]) -> tuple[int, ...]:
    shapes = list(shapes)
    try:
        return np.broadcast_shapes(*shapes)
    except ValueError as mismatch:
        listed = ", ".join(str(shape) for shape in dict.fromkeys(shapes) if shape)
        raise AlignmentError(f"The arrays have the shapes {listed}, which do not broadcast.") from mismatch


def _unwrap(cell: Any) -> Any:
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


def _flatten(value: Any, shape: tuple[int, ...]) -> Any:
    return value.reshape(-1) if value.shape == shape else np.broadcast_to(value, shape).reshape(-1)
