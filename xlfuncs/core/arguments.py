"""Arguments: conversion of cells to values, validation, and the error sentences."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from numbers import Number
from typing import Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.dates import to_serial
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE, CellError
from xlfuncs.core.quantity import Omitted, Quantity, Shape, find_bounds
from xlfuncs.core.units import Unit
from xlfuncs.core.wording import fit_text, number_text, number_texts, quote_text

Cell = float | bool | str | None | CellError
Range = list[list[Any]]

MISSING = object()
_SCALARS = (int, Number, np.generic)  # the commonest first


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
        low, high = find_bounds(self.quantity)
        object.__setattr__(self, "low", low)
        object.__setattr__(self, "high", high)

    @property
    def required(self) -> bool:
        """Whether a blank is an error."""
        return self.default is MISSING

    @property
    def python_default(self) -> Any:
        """The default of a Python call: None where an argument left out is more than a value."""
        return None if isinstance(self.default, Omitted) else self.default

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
        got = "" if given is MISSING else f"; got {format_cell(given)}"
        return CellError(code, fit_text(f"{self.name} {problem}{got}."))

    # -- kinds ---------------------------------------------------------------------------------

    def read(self, cell: Any) -> Any:
        """The value that a body takes, or the #VALUE! of a wrong kind. Errors never come here."""
        if cell is None or (isinstance(cell, list) and all(c is None for row in cell for c in row)):
            if self.default is MISSING:
                return self.error(VALUE, f"is blank; {self._requirement}")
            return self.default
        if self.shape_kind is Shape.NUM:
            return self._read_number(cell)
        if self.shape_kind is Shape.TEXT:
            return cell if isinstance(cell, str) else self.error(VALUE, "must be text", cell)
        rows = cell if isinstance(cell, list) else [[cell]]
        if self.shape_kind is Shape.TABLE:
            return self._read_table(rows)
        cells = [cell for row in rows for cell in row]
        if self.shape_kind is Shape.CELLS:
            return cells
        return self._read_labels(cells) if self.shape_kind is Shape.LABELS else self._read_series(cells)

    @property
    def _requirement(self) -> str:
        if self.shape_kind is Shape.NUM:
            return f"a number is required ({self._unit_text})"
        if self.shape_kind is Shape.SERIES:
            return f"a range of numbers is required ({self._unit_text})"
        words = {Shape.TEXT: "text", Shape.LABELS: "a range of text", Shape.TABLE: "a table"}
        return f"{words.get(self.shape_kind, 'a range')} is required"

    def _read_number(self, cell: Any) -> Any:
        if isinstance(cell, float):
            return cell
        if _is_numeric_text(cell):
            return self.error(VALUE, f"must be a number; got the text {quote_text(cell)}: convert the cell to a number")
        return self.error(VALUE, "must be a number", cell)

    def _read_series(self, cells: Sequence[Any]) -> Any:
        out = np.empty(len(cells))
        for position, cell in enumerate(cells):
            if isinstance(cell, float):
                out[position] = cell
            elif cell is None and self.quantity.missing:
                out[position] = np.nan
            else:
                kind = "is blank" if cell is None else f"is {format_cell(cell)}"
                problem = f"must contain only numbers; cell {position + 1} {kind}"
                return self.error(VALUE, problem)
        return out

    def _read_labels(self, cells: Sequence[Any]) -> Any:
        for position, cell in enumerate(cells):
            if not isinstance(cell, str):
                return self.error(VALUE, f"must contain only text; cell {position + 1} is {format_cell(cell)}")
        return [cell.strip() for cell in cells]

    def _read_table(self, rows: Range) -> Any:
        kinds = self.quantity.columns
        filled = [row for row in rows if any(cell is not None for cell in row)]
        if kinds and any(len(row) != len(kinds) for row in filled):
            wrong = next(row for row in filled if len(row) != len(kinds))
            return self.error(VALUE, f"must have {len(kinds)} columns; got {len(wrong)}")
        for number, row in enumerate(filled, 1):
            for column, (kind, cell) in enumerate(zip(kinds or (float,) * len(row), row, strict=True), 1):
                if not isinstance(cell, kind):
                    requirement = "a name" if kind is str else "a number"
                    return self.error(
                        VALUE, f"must have {requirement} in row {number}, column {column}; got {format_cell(cell)}"
                    )
        return [tuple(row) for row in filled]

    # -- domains -------------------------------------------------------------------------------

    def check(self, value: Any) -> CellError | None:
        """The error of a value outside the domain, else None."""
        kind = self.shape_kind
        if kind is Shape.NUM and isinstance(value, float):
            return self._check_number(value)
        if kind is Shape.SERIES and isinstance(value, np.ndarray):
            for position, number in enumerate(value.tolist()):
                if number != number and self.quantity.missing:
                    continue
                error = self._check_number(number)
                if error:
                    where = f" (cell {position + 1})" if len(value) > 1 else ""
                    return CellError(error.code, fit_text(error.why[:-1] + where + "."))
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
            return self.error(NUM, f"must be {domain}; got {self._format_outside(value)}")
        odd_part = quantity.whole and value % 1
        if odd_part or (quantity.options and value not in quantity.options):
            return self.error(NUM, f"must be {quantity.domain}; got {self._format_outside(value)}")
        return None

    def _format_outside(self, value: float) -> str:
        """A number outside the domain, with as many digits as it takes to see that it is outside."""
        near = [float(round(value))] if self.quantity.whole and np.isfinite(value) else []
        limits = [limit for limit in (self.low, self.high, *near, *self.quantity.options) if isinstance(limit, float)]
        return number_texts([value, *limits])[0]

    def find_outside(self, values: npt.NDArray[np.float64]) -> npt.NDArray[np.bool_] | None:
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


def format_cell(value: Any) -> str:
    """A cell as a sentence shows it."""
    if value is None:
        return "a blank cell"
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, str):
        return quote_text(value)
    if isinstance(value, list):
        return "a range"
    return number_text(value) if isinstance(value, float) else type(value).__name__


def _is_numeric_text(cell: Any) -> bool:
    if not isinstance(cell, str):
        return False
    try:
        float(cell)
    except ValueError:
        return False
    return True


def normalise(cell: Any) -> Any:
    """A cell or range of any origin as float, bool, str, None, CellError, or a list of rows of these.

    None is a blank. What stands for a missing value elsewhere is #N/A: NaN and a masked element of an array in numpy,
    NA and NaT in pandas.
    """
    kind = cell.__class__
    if kind is float:
        return cell if cell == cell else _missing("NaN")
    if cell is None or kind is str or kind is bool or isinstance(cell, CellError):
        return cell
    if kind is list or kind is tuple:
        return _normalise_rows(cell)
    if isinstance(cell, _SCALARS):
        return _normalise_scalar(cell)
    if isinstance(cell, dt.date):
        return _normalise_date(cell)
    if isinstance(cell, str):
        return str(cell)
    if hasattr(cell, "__array__"):
        array = as_objects(cell)
        return normalise(array.tolist()) if array.ndim < 3 else _reject(cell)
    if isinstance(cell, Sequence) and not isinstance(cell, bytes | bytearray | memoryview):
        return _normalise_rows(list(cell))
    pandas = sys.modules.get("pandas")
    if pandas is not None and cell is pandas.NA:
        return _missing("NA")
    return _reject(cell)


def _missing(name: str) -> CellError:
    return CellError(NA, f"The value is missing ({name}); enter a number.")


def _reject(cell: object) -> CellError:
    kind = type(cell).__name__
    return CellError(VALUE, f"A cell cannot hold a Python object of type {kind}; pass a number, text, TRUE or FALSE.")


def _normalise_rows(rows: Sequence[Any]) -> Any:
    if rows and _is_column(rows[0]):
        rows = [as_objects(row).tolist() if _is_column(row) else row for row in rows]
    if not all(isinstance(row, list | tuple) for row in rows):
        return [[normalise(cell) for cell in rows]]
    width = max(map(len, rows), default=0)
    return [[normalise(cell) for cell in row] + [None] * (width - len(row)) for row in rows]


def _is_column(row: Any) -> bool:
    return hasattr(row, "__array__") and not isinstance(row, np.generic)


def _normalise_scalar(cell: Any) -> Any:
    """Numbers of any kind, and whatever numpy has for a cell; a number too large for a float is infinite."""
    if cell.__class__ is not int and isinstance(cell, np.generic):
        return _normalise_numpy(cell)
    if isinstance(cell, complex):
        return _reject(cell)
    try:
        return normalise(float(cell))
    except OverflowError:
        return float("inf")
    except ValueError:  # the signalling NaN of a Decimal
        return _missing("NaN")


def _normalise_numpy(cell: Any) -> Any:
    if isinstance(cell, np.bool_):
        return bool(cell)
    if isinstance(cell, np.str_):
        return str(cell)
    if isinstance(cell, np.datetime64):
        return _missing("NaT") if np.isnat(cell) else normalise(cell.astype("datetime64[us]").item())
    number = isinstance(cell, np.integer | np.floating) and not isinstance(cell, np.timedelta64)
    return normalise(float(cell)) if number else _reject(cell)


def _normalise_date(cell: dt.date) -> Any:
    return to_serial(cell) if cell == cell else _missing("NaT")


def as_objects(values: Any) -> npt.NDArray[np.object_]:
    """An array, Series, DataFrame or list as an array of cells as they are, dates as dates, masked elements as #N/A."""
    values = fill_masked(values)
    array = np.asarray(values) if hasattr(values, "__array__") else np.asarray(values, dtype=object)
    if array.dtype.kind != "M":
        return array.astype(object)
    dates = array.astype("datetime64[us]").astype(object)
    dates[np.isnat(array)] = np.nan
    return dates


def fill_masked(values: Any) -> Any:
    """Arrays, and the arrays in a list, with #N/A in place of each masked element; all else as it is.

    An array that no element of is masked keeps its type. Masks exist only where something has imported them.
    """
    masks = sys.modules.get("numpy.ma")
    if masks is None:
        return values
    if isinstance(values, masks.MaskedArray):
        mask = masks.getmaskarray(values)
        mask = mask != np.zeros_like(mask)  # of a record, whether any of its fields is masked
        if not mask.any():
            return values.data
        cells = as_objects(values.data)
        cells[mask] = _missing("masked")
        return cells
    if isinstance(values, list | tuple) and any(isinstance(row, list | tuple | masks.MaskedArray) for row in values):
        return [fill_masked(row) for row in values]
    return values


def find_error(cells: Iterable[Any]) -> CellError | None:
    """The leftmost error value of a call, ranges read row by row."""
    for cell in cells:
        if isinstance(cell, CellError):
            return cell
        if isinstance(cell, list):
            for row in cell:
                for inner in row:
                    if isinstance(inner, CellError):
                        return inner
    return None
