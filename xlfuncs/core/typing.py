"""What the functions take and give as Python objects, for editors and type checkers; nothing here runs in a call.

A function of single cells is declared three times: cells give a cell, arrays an array and pandas Series a Series. A
Series is known by its attributes, so that neither pandas nor its types are needed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING, Any, Protocol, SupportsFloat, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from xlfuncs.core.errors import CellError

FloatArray: TypeAlias = npt.NDArray[np.float64]
TextArray: TypeAlias = npt.NDArray[np.object_]
CellValue: TypeAlias = float | str | bool | CellError

if TYPE_CHECKING:
    from typing_extensions import TypeVar as DefaultTypeVar  # typing has defaults from Python 3.13 only

    Floats = DefaultTypeVar("Floats", default=FloatArray)
    Strings = DefaultTypeVar("Strings", default=TextArray)
else:
    Floats = TypeVar("Floats")
    Strings = TypeVar("Strings")

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)


class Number(SupportsFloat, Hashable, Protocol):
    """A single number: a float or an int, a Decimal, a Fraction, or a number of numpy; arrays are not hashable."""


class Indexed(Protocol):
    """A pandas Series, as far as its values are not asked for."""

    @property
    def index(self) -> object: ...
    @property
    def to_frame(self) -> object: ...


class NumberSeries(Indexed, Protocol[Result_co]):
    """A pandas Series, with the Series of floats that a function makes of it."""

    def astype(self, dtype: type[float], /) -> Result_co: ...


class TextSeries(Indexed, Protocol[Result_co]):
    """A pandas Series, with the Series of text that a function makes of it."""

    def astype(self, dtype: type[str], /) -> Result_co: ...


class Frame(Protocol):
    """A pandas DataFrame."""

    @property
    def index(self) -> object: ...
    @property
    def columns(self) -> object: ...


# Single cells
Date: TypeAlias = Number | dt.date
CellInput: TypeAlias = Date | str | bool | np.bool_ | None

# Rows and columns of them, and rows of rows
NumberArray: TypeAlias = npt.NDArray[np.floating[Any] | np.integer[Any] | np.object_]
Numbers: TypeAlias = NumberArray | Sequence[Number | Sequence[Number | None] | None]
Dates: TypeAlias = NumberArray | npt.NDArray[np.datetime64] | Sequence[Date | Sequence[Date | None] | None]
Texts: TypeAlias = npt.NDArray[np.str_ | np.object_] | Sequence[str | Sequence[str | None] | None]

# Arguments that are taken cell by cell: a cell or an array, or a pandas Series as well
NumberOrArray: TypeAlias = Number | Numbers
DateOrArray: TypeAlias = Date | Dates
TextOrArray: TypeAlias = str | Texts
NumberColumn: TypeAlias = NumberOrArray | NumberSeries[Result]
DateColumn: TypeAlias = DateOrArray | NumberSeries[Result]
TextColumn: TypeAlias = TextOrArray | NumberSeries[Result]
NumberColumnForText: TypeAlias = NumberOrArray | TextSeries[Result]
DateColumnForText: TypeAlias = DateOrArray | TextSeries[Result]
TextColumnForText: TypeAlias = TextOrArray | TextSeries[Result]

# Arguments that are taken whole
NumberRange: TypeAlias = NumberOrArray | Indexed | Frame
DateRange: TypeAlias = DateOrArray | Indexed | Frame
TextRange: TypeAlias = TextOrArray | Indexed | Frame
CellRange: TypeAlias = CellInput | npt.NDArray[np.generic] | Sequence[CellInput | Sequence[CellInput]] | Indexed | Frame
