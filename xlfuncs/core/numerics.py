"""Numerics that formulas share: elementary functions of a number or a column, annuities, and roots."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

Column = npt.NDArray[np.float64]

_TINY = 1e-8  # where two terms of the series are exact, and a quotient of denormal numbers is not
_SERIES = 0.5  # below it in size the Taylor series is the more exact
_HALVINGS = 200  # of a bracket: to the last bits of every root but those next to 0, where 1e-60 of the bracket is left
_TERMS = 16  # and has converged: 0.5^16 / 16! is below 1e-17


def where(condition: Any, then: Callable[[], Any], otherwise: Callable[[], Any]) -> Any:
    """`then()` where the condition holds and `otherwise()` elsewhere; a single number takes one branch only.

    >>> where(True, lambda: 1.0, lambda: 1 / 0)
    1.0
    """
    if isinstance(condition, np.ndarray):
        return np.where(condition, then(), otherwise())
    return then() if condition else otherwise()


def dot(left: npt.NDArray[Any], right: npt.NDArray[Any]) -> Any:
    """The sum of products over the last axis of one array and the first of another.

    Unlike `@`, whose order of additions depends on the processor, it gives the same bits on every machine.

    >>> float(dot(np.array([1.0, 2.0]), np.array([3.0, 4.0])))
    11.0
    """
    if right.ndim == 1:
        return (left * right).sum(axis=-1)
    return np.stack([(left * column).sum(axis=-1) for column in right.T], axis=-1)


def maximum(a: Any, b: Any) -> Any:
    """The larger of two."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.maximum(a, b)
    return a if a >= b else b


def minimum(a: Any, b: Any) -> Any:
    """The smaller of two."""
    if isinstance(a, np.ndarray) or isinstance(b, np.ndarray):
        return np.minimum(a, b)
    return a if a <= b else b


def exp(x: Any) -> Any:
    """e to the x, infinity where it is no float, of a number as of a column.

    >>> exp(1000.0)
    inf
    """
    if isinstance(x, np.ndarray):
        return np.exp(x)
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def log(x: Any) -> Any:
    """The natural logarithm, minus infinity at 0.

    >>> log(0.0)
    -inf
    """
    if isinstance(x, np.ndarray):
        return np.log(x)
    return math.log(x) if x != 0 else -math.inf


def log1p(x: Any) -> Any:
    """ln(1 + x), minus infinity at -1.

    >>> log1p(-1.0)
    -inf
    """
    if isinstance(x, np.ndarray):
        return np.log1p(x)
    return math.log1p(x) if x != -1 else -math.inf


def expm1(x: Any) -> Any:
    """e to the x, minus 1."""
    if isinstance(x, np.ndarray):
        return np.expm1(x)
    try:
        return math.expm1(x)
    except OverflowError:
        return math.inf


def sqrt(x: Any) -> Any:
    """The square root."""
    return np.sqrt(x) if isinstance(x, np.ndarray) else math.sqrt(x)


def floor(x: Any) -> Any:
    """The largest whole number not above x."""
    return np.floor(x) if isinstance(x, np.ndarray) else float(math.floor(x))


def normal_cdf(z: Any) -> Any:
    """The standard normal distribution function, accurate in both tails.

    >>> normal_cdf(0.0)
    0.5
    """
    if isinstance(z, np.ndarray):
        erfc = np.frompyfunc(math.erfc, 1, 1)
        return 0.5 * np.asarray(erfc(-z / math.sqrt(2)), dtype=float)
    return 0.5 * math.erfc(-z / math.sqrt(2))


def normal_quantile(p: Any) -> Any:
    """The quantile of the standard normal distribution.

    >>> normal_quantile(0.5)
    0.0
    """
    from scipy.special import ndtri  # only for who draws; it takes long to import

    return ndtri(p) if isinstance(p, np.ndarray) else float(ndtri(p))


def geometric_sum(loss: Any, terms: Any) -> Any:
    """1 + z + z^2 + ... with z = 1 - loss: `terms` terms, or all of them where `terms` is 0.

    Takes the loss and not z, so that a loss of 1e-9 keeps its digits.

    >>> geometric_sum(0.5, 0.0), geometric_sum(0.5, 2.0), geometric_sum(0.0, 7.0)
    (2.0, 1.5, 7.0)
    """

    def finite() -> Any:
        return where(
            abs(loss * terms) < _TINY,
            lambda: terms * (1 - loss * (terms - 1) / 2),
            lambda: -expm1(terms * log1p(-loss)) / loss,
        )

    return where(terms == 0, lambda: 1 / loss, finite)


def annuity(rate: Any, horizon: Any) -> Any:
    """The integral of e^(-rate t) from 0 to the horizon; the horizon itself at rate 0.

    >>> annuity(0.0, 5.0)
    5.0
    """
    x = rate * horizon
    return where(abs(x) < _TINY, lambda: horizon * (1 - x / 2), lambda: -expm1(-x) / rate)


def growing_annuity(rate: Any, horizon: Any) -> Any:
    """The integral of t e^(-rate t) from 0 to the horizon; half its square at rate 0.

    >>> growing_annuity(0.0, 4.0)
    8.0
    """
    x = rate * horizon

    def series() -> Any:  # near 0 the closed form would divide a small difference by a small square
        total = 0.0 * x
        for k in range(_TERMS, -1, -1):
            total = 1 / (k + 2) - x / (k + 1) * total
        return horizon**2 * total

    return where(abs(x) < _SERIES, series, lambda: -(expm1(-x) + x * exp(-x)) / rate**2)


def bisect(f: Callable[[Any], Any], low: Any, high: Any) -> Any:
    """The place between low and high, which must bracket it, where f changes its sign.

    Where f gives a column, each row has a place of its own.

    >>> round(bisect(lambda x: x * x - 2, 0.0, 2.0), 12)
    1.414213562373
    >>> bisect(lambda x: x * x - np.array([1.0, 4.0]), 0.0, 4.0)
    array([1., 2.])
    """
    at_low = f(low)
    if isinstance(at_low, np.ndarray):
        return _bisect_rows(f, low, high, at_low)
    if at_low == 0:
        return low
    for _ in range(_HALVINGS):
        middle = low + (high - low) / 2
        if not low < middle < high:
            break
        if (f(middle) < 0) == (at_low < 0):
            low = middle
        else:
            high = middle
    return high


def _bisect_rows(f: Callable[[Any], Any], low: Any, high: Any, at_low: Column) -> Column:
    start, below = low, at_low < 0
    low, high = (np.broadcast_to(end, at_low.shape) for end in (low, high))
    for _ in range(_HALVINGS):
        middle = low + (high - low) / 2
        if not ((low < middle) & (middle < high)).any():
            break
        on_left = (f(middle) < 0) == below
        low, high = np.where(on_left, middle, low), np.where(on_left, high, middle)
    return np.where(at_low == 0, start, high)


def find_bracket(f: Callable[[Any], Any], grid: Column) -> tuple[Any, Any]:
    """The first two neighbours of an ascending grid between which f changes its sign; NaN where it never does.

    A function of one number is asked for the whole grid at once; one that gives columns, step by step.

    >>> find_bracket(lambda x: x * x - 2, np.array([0.0, 1.0, 2.0, 3.0]))
    (1.0, 2.0)
    """
    before = f(float(grid[0]))
    if not isinstance(before, np.ndarray):
        with np.errstate(all="ignore"):
            signs = np.sign(f(grid))
        crossings = np.flatnonzero(signs[:-1] * signs[1:] <= 0)
        return (float(grid[crossings[0]]), float(grid[crossings[0] + 1])) if len(crossings) else (math.nan, math.nan)
    start, end = np.full((2, *before.shape), math.nan)
    for low, high in pairwise(grid.tolist()):
        after = f(high)
        crossed = np.isnan(start) & (np.sign(before) * np.sign(after) <= 0)
        start[crossed], end[crossed] = low, high
        if not np.isnan(start).any():
            break
        before = after
    return start, end


def student_quantile(tail: float, degrees: float) -> float:
    """The value that Student's t exceeds with the probability `tail`.

    A step by Newton after SciPy's own, some versions of which leave off after eight digits.

    >>> round(student_quantile(0.025, 7), 4)  # any table of t
    2.3646
    """
    from scipy.special import stdtr, stdtrit  # only for who fits; it takes long to import

    t = float(stdtrit(degrees, tail))
    logs = math.lgamma((degrees + 1) / 2) - math.lgamma(degrees / 2) - (degrees + 1) / 2 * math.log1p(t * t / degrees)
    density = math.exp(logs) / math.sqrt(degrees * math.pi)
    return (float(stdtr(degrees, t)) - tail) / density - t
