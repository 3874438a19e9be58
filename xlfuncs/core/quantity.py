"""Definition of an argument: shape, unit, meaning and domain."""

from __future__ import annotations

import math
import sys
from dataclasses import dataclass, replace
from enum import Enum
from typing import Annotated, Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.errors import CellError
from xlfuncs.core.units import Unit
from xlfuncs.core.wording import list_text, number_text


class Shape(Enum):
    """How an argument lies on a sheet; only NUM and TEXT are taken cell by cell over a range."""

    NUM = "num"
    TEXT = "text"
    SERIES = "series"
    LABELS = "labels"
    CELLS = "cells"
    TABLE = "table"


# A body is typed as if for one number; numpy makes it work on a column as well.
Num = Annotated[float, Shape.NUM]
Name = Annotated[str, Shape.TEXT]
Series = Annotated[npt.NDArray[np.float64], Shape.SERIES]
Labels = Annotated[list[str], Shape.LABELS]
Cells = Annotated[list[Any], Shape.CELLS]
Table = Annotated[list[tuple[Any, ...]], Shape.TABLE]

# Results of a body that may have no answer.
Answer = Annotated[float | CellError, Shape.NUM]
TextAnswer = Annotated[str | CellError, Shape.TEXT]
CellAnswer = Annotated[float | str | bool | CellError, Shape.CELLS]
Rows = list[list[Any]] | CellError


@dataclass(frozen=True, slots=True)
class Quantity:
    """A unit, a meaning and a domain, declared once and used by every function that takes it.

    `nonzero` makes a zero a division by zero; `missing` lets blank cells of a range stand for missing values.
    """

    unit: Unit
    meaning: str
    ge: float | None = None
    gt: float | None = None
    le: float | None = None
    lt: float | None = None
    whole: bool = False
    nonzero: bool = False
    options: tuple[float, ...] | tuple[str, ...] = ()
    missing: bool = False
    columns: tuple[type, ...] = ()

    def but(self, **changes: Any) -> Quantity:
        """The same quantity with another domain or meaning."""
        return replace(self, **changes)

    @property
    def domain(self) -> str:
        """The domain in words, such as ``from 0 to 1``; empty if every number is allowed."""
        if self.options:
            return list_text([_format_limit(option) for option in self.options], "or")
        low = _describe_low(self)
        high = _describe_high(self)
        if self.ge is not None and self.le is not None:
            text = f"from {_format_limit(self.ge)} to {_format_limit(self.le)}"
        else:
            text = " and ".join(part for part in (low, high) if part)
        if not text and self.nonzero:
            text = "other than 0"
        return f"a whole number{', ' if text else ''}{text}" if self.whole else text


def _describe_low(quantity: Quantity) -> str:
    if quantity.gt is not None:
        return f"above {_format_limit(quantity.gt)}"
    return "" if quantity.ge is None else f"{_format_limit(quantity.ge)} or more"


def _describe_high(quantity: Quantity) -> str:
    if quantity.lt is not None:
        return f"below {_format_limit(quantity.lt)}"
    return "" if quantity.le is None else f"at most {_format_limit(quantity.le)}"


def _format_limit(value: float | str) -> str:
    return value if isinstance(value, str) else number_text(value, 15)


@dataclass(frozen=True, slots=True)
class Spill:
    """A result of several cells: a ``row``, a ``column`` or a ``table`` with its columns, and what may be in a cell."""

    shape: str
    unit: Unit
    columns: tuple[str, ...] = ()
    cells: tuple[type, ...] = (float,)


@dataclass(frozen=True, slots=True)
class Omitted:
    """The default of an optional argument that is more than a number, with the word that names it.

    A body receives `value`, or, where `same_as` names another argument, the value of that one.
    """

    text: str
    value: Any = None
    same_as: str = ""


def omitted(text: str) -> Any:
    """A default that reaches the body as None, shown to users as `text`."""
    return Omitted(text)


def same_as(name: str) -> Any:
    """A default that is the value of the argument `name`."""
    return Omitted(name, same_as=name)


def find_bounds(quantity: Quantity) -> tuple[float, float]:
    """The closed interval that holds the domain; infinities and NaN never lie in it.

    >>> find_bounds(Quantity(Unit("share"), "Share.", ge=0, le=1))
    (0.0, 1.0)
    """
    low = -sys.float_info.max if quantity.ge is None else float(quantity.ge)
    high = sys.float_info.max if quantity.le is None else float(quantity.le)
    if quantity.gt is not None:
        low = math.nextafter(quantity.gt, math.inf)
    if quantity.lt is not None:
        high = math.nextafter(quantity.lt, -math.inf)
    return low, high
