"""Arguments: conversion of cells to values, validation, and the error sentences."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Real
from typing import Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.dates import to_serial
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE, CellError
from xlfuncs.core.quantity import Omitted, Quantity, Shape, bounds
from xlfuncs.core.units import Unit
from xlfuncs.core.wording import fitted, number_text, number_texts, quoted

Cell = float | bool | str | None | CellError
Range = list[list[Any]]

MISSING = object()


@dataclass(frozen=True)
class Param:
    """One argument of a function: its name, default and quantity, with the checks resolved beforehand."""

    name: str
    shape_kind: Shape
    quantity: Quantity
    default: Any = MISSING
    low: float = field(init=False)
    high: float = field(init=False)

    def __post_init__(self) -> None:
        low, high = bounds(self.quantity)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def required(self) -> bool:
        """Whether a blank is an error."""
        return self.default is MISSING

    @property
    def shape(self) -> str:
        """``num``, ``text``, ``series`` or ``table``."""
        return "series" if self.shape_kind in (Shape.LABELS, Shape.CELLS) else self.shape_kind.value

    @property
    def unit(self) -> Unit:
        """The unit of the argument."""
        return self.quantity.unit

    @property
    def meaning(self) -> str:
        """What the argument stands for."""
        return self.quantity.meaning

    @property
    def domain(self) -> str:
        """The domain in words."""
        return self.quantity.domain

    @property
    def default_text(self) -> str:
        """The default as users read it; empty for a required argument."""
        if self.default is MISSING:
            return ""
        if isinstance(self.default, Omitted):
            return self.default.text
        return self.default if isinstance(self.default, str) else number_text(self.default, 15)

    @property
    def help(self) -> str:
        """The help of a function wizard: meaning, unit, domain and default, each as a sentence of its own."""
        unit = self._unit_text
        domain = f"Must be {self.domain}." if self.domain else ""
        default = f"Default: {self.default_text}." if self.default_text else ""
        parts = (self.meaning, f"{unit[0].upper()}{unit[1:]}.", domain, default)
        return " ".join(part for part in parts if part)

    @property
    def _unit_text(self) -> str:
        """The unit with the word for what it is: ``unit: USD``, ``scale: 0 to 1``, ``type: text``."""
        name = str(self.unit)
        if name == "text":
            return "type: text"
        return f"{'scale' if name[0] in '+-0123456789' else 'unit'}: {name}"

    @property
    def elementwise(self) -> bool:
        """Whether a range is taken cell by cell."""
        return self.shape_kind in (Shape.NUM, Shape.TEXT)

    @cached_property
    def has_extra_checks(self) -> bool:
        """Whether the interval alone does not decide."""
        quantity = self.quantity
        zero_inside = quantity.nonzero and self.low <= 0 <= self.high
        return bool(quantity.whole or quantity.options or zero_inside)

    def error(self, code: str, problem: str, given: Any = MISSING) -> CellError:
        """An error value whose sentence names the argument, the problem and the value given."""
        got = "" if given is MISSING else f"; got {shown(given)}"
        return CellError(code, fitted(f"{self.name} {problem}{got}."))

    # -- kinds ---------------------------------------------------------------------------------

    def read(self, cell: Any) -> Any:
        """The value that a body takes, or the #VALUE! of a wrong kind. Errors never come here."""
        if cell is None or (isinstance(cell, list) and all(c is None for row in cell for c in row)):
            if self.default is MISSING:
                return self.error(VALUE, f"is blank; {self._wanted}")
            return self.default
        if self.shape_kind is Shape.NUM:
            return self._number(cell)
        if self.shape_kind is Shape.TEXT:
            return cell if isinstance(cell, str) else self.error(VALUE, "must be text", cell)
        rows = cell if isinstance(cell, list) else [[cell]]
        if self.shape_kind is Shape.TABLE:
            return self._table(rows)
        cells = [one for row in rows for one in row]
        if self.shape_kind is Shape.CELLS:
            return cells
        return self._labels(cells) if self.shape_kind is Shape.LABELS else self._series(cells)

    @property
    def _wanted(self) -> str:
        if self.shape_kind is Shape.NUM:
            return f"a number is required ({self._unit_text})"
        if self.shape_kind is Shape.SERIES:
            return f"a range of numbers is required ({self._unit_text})"
        words = {Shape.TEXT: "text", Shape.LABELS: "a range of text", Shape.TABLE: "a table"}
        return f"{words.get(self.shape_kind, 'a range')} is required"

    def _number(self, cell: Any) -> Any:
        if isinstance(cell, float):
            return cell
        if _numeric(cell):
            return self.error(VALUE, f"must be a number; got the text {quoted(cell)}: convert the cell to a number")
        return self.error(VALUE, "must be a number", cell)

    def _series(self, cells: Sequence[Any]) -> Any:
        out = np.empty(len(cells))
        for position, one in enumerate(cells):
            if isinstance(one, float):
                out[position] = one
            elif one is None and self.quantity.missing:
                out[position] = np.nan
            else:
                kind = "is blank" if one is None else f"is {shown(one)}"
                problem = f"must contain only numbers; cell {position + 1} {kind}"
                return self.error(VALUE, problem)
        return out

    def _labels(self, cells: Sequence[Any]) -> Any:
        for position, one in enumerate(cells):
            if not isinstance(one, str):
                return self.error(VALUE, f"must contain only text; cell {position + 1} is {shown(one)}")
        return [one.strip() for one in cells]

    def _table(self, rows: Range) -> Any:
        kinds = self.quantity.columns
        kept = [row for row in rows if any(one is not None for one in row)]
        if kinds and any(len(row) != len(kinds) for row in kept):
            wrong = next(row for row in kept if len(row) != len(kinds))
            return self.error(VALUE, f"must have {len(kinds)} columns; got {len(wrong)}")
        for number, row in enumerate(kept, 1):
            for column, (kind, one) in enumerate(zip(kinds or (float,) * len(row), row, strict=True), 1):
                if not isinstance(one, kind):
                    wanted = "a name" if kind is str else "a number"
                    return self.error(VALUE, f"must have {wanted} in row {number}, column {column}; got {shown(one)}")
        return [tuple(row) for row in kept]

    # -- domains -------------------------------------------------------------------------------

    def check(self, value: Any) -> CellError | None:
        """The error of a value outside the domain, else None."""
        kind = self.shape_kind
        if kind is Shape.NUM and isinstance(value, float):
            return self._check_number(value)
        if kind is Shape.SERIES and isinstance(value, np.ndarray):
            for position, one in enumerate(value.tolist()):
                if one != one and self.quantity.missing:
                    continue
                error = self._check_number(one)
                if error:
                    where = f" (cell {position + 1})" if len(value) > 1 else ""
                    return CellError(error.code, fitted(error.why[:-1] + where + "."))
            return None
        options = self.quantity.options
        if kind is Shape.TEXT and options and value is not None and value.strip().casefold() not in options:
            return self.error(VALUE, f"must be {self.domain}", value)
        return None

    def _check_number(self, value: float) -> CellError | None:
        quantity = self.quantity
        if value == 0 and quantity.nonzero:
            return self.error(DIV0, "must not be 0: the formula divides by it")
        if not self.low <= value <= self.high:
            domain = quantity.domain if quantity.domain and np.isfinite(value) else "a finite number"
            return self.error(NUM, f"must be {domain}; got {self._told(value)}")
        odd_part = quantity.whole and value % 1
        if odd_part or (quantity.options and value not in quantity.options):
            return self.error(NUM, f"must be {quantity.domain}; got {self._told(value)}")
        return None

    def _told(self, value: float) -> str:
        """A number outside the domain, with as many digits as it takes to see that it is outside."""
        near = [float(round(value))] if self.quantity.whole and np.isfinite(value) else []
        limits = [one for one in (self.low, self.high, *near, *self.quantity.options) if isinstance(one, float)]
        return number_texts([value, *limits])[0]

    def outside(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_] | None:
        """Which numbers of a column lie outside the domain; None when all are inside."""
        if len(values) and self.low <= values.min() and values.max() <= self.high and not self.has_extra_checks:
            return None
        bad = ~((values >= self.low) & (values <= self.high))
        quantity = self.quantity
        if quantity.nonzero:
            bad |= values == 0
        if quantity.whole:
            bad |= values % 1 != 0
        if quantity.options:
            bad |= ~np.isin(values, np.array(quantity.options, dtype=float))
        return bad if bad.any() else None


def shown(value: Any) -> str:
    """A cell as a sentence shows it."""
    if value is None:
        return "a blank cell"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, list):
        return "a range"
    return number_text(value) if isinstance(value, float) else type(value).__name__


def _numeric(cell: Any) -> bool:
    if not isinstance(cell, str):
        return False
    try:
        float(cell)
    except ValueError:
        return False
    return True


def normal(cell: Any) -> Any:
    """A cell or range of any origin as float, bool, str, None, CellError, or a list of rows of these."""
    kind = cell.__class__
    if kind is float:
        return cell if cell == cell else CellError(NA, "The value is missing (NaN); enter a number.")
    if cell is None or kind is str or kind is bool or isinstance(cell, CellError):
        return cell
    if isinstance(cell, np.ndarray):
        rows = cell.tolist() if cell.ndim == 2 else [cell.tolist()] if cell.ndim == 1 else cell.item()
        return normal(rows)
    if isinstance(cell, list | tuple):
        if not all(isinstance(row, list | tuple) for row in cell):
            return [[normal(one) for one in cell]]
        width = max(map(len, cell), default=0)
        return [[normal(one) for one in row] + [None] * (width - len(row)) for row in cell]
    if isinstance(cell, np.bool_):
        return bool(cell)
    if isinstance(cell, Real):
        try:
            return normal(float(cell))
        except (OverflowError, ValueError):
            return float("inf")
    if isinstance(cell, dt.date):
        return to_serial(cell)
    return CellError(
        VALUE, f"A cell cannot hold a Python object of type {kind.__name__}; pass a number, text, TRUE or FALSE."
    )


def first_error(cells: Iterable[Any]) -> CellError | None:
    """The leftmost error value of a call, ranges read row by row."""
    for cell in cells:
        if isinstance(cell, CellError):
            return cell
        if isinstance(cell, list):
            for row in cell:
                for one in row:
                    if isinstance(one, CellError):
                        return one
    return None
