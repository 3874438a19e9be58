"""Hypothesis strategies from the declared domains."""

from __future__ import annotations

import math
import sys
from typing import Any

import numpy as np
from hypothesis import strategies as st

from xlfuncs.core.arguments import Param
from xlfuncs.core.errors import CODES, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape

ERRORS = st.sampled_from([CellError(code) for code in CODES])
NOT_FINITE = [math.nan, math.inf, -math.inf]
HUGE_AND_TINY = [sys.float_info.max, 1e300, -1e300, 1e-300, -1e-300, 5e-324, 2.0**53, 1e15]
ODD_NUMBERS = st.sampled_from([0.0, -0.0, 1.0, -1.0, 0.5, 0.1 + 0.2, *HUGE_AND_TINY, *NOT_FINITE])
NUMBERS = st.one_of(st.floats(), ODD_NUMBERS, st.integers(-(10**400), 10**400), st.integers(-5, 50))
TEXTS = st.one_of(st.text(max_size=8), st.sampled_from(["", "1", "ratio", "US", "I", "users_before", "deepseek-r1"]))
STRANGE = st.sampled_from([np.float64(1.5), np.int64(3), np.bool_(True), np.nan, 1 + 2j, b"x", object()])
CELLS = st.one_of(NUMBERS, TEXTS, st.booleans(), st.none(), ERRORS, STRANGE)
RANGES = st.one_of(
    st.lists(st.lists(CELLS, max_size=4), max_size=4),
    st.lists(st.floats(0.01, 10), min_size=1, max_size=6),
    st.lists(st.tuples(TEXTS, NUMBERS).map(list), min_size=1, max_size=4),
)
ANYTHING = st.one_of(CELLS, RANGES)


def inside(param: Param, low: float = -1e6, high: float = 1e6) -> st.SearchStrategy[Any]:
    """Numbers inside the domain of an argument, of a size that people would type."""
    quantity = param.quantity
    if quantity.options:
        return st.sampled_from(quantity.options)
    low, high = max(param.low, low), min(param.high, high)
    if quantity.whole:
        return st.integers(math.ceil(low), min(math.floor(high), math.ceil(low) + 60)).map(float)
    spread = st.floats(low, high)
    near = st.floats(max(low, 0.001), min(high, 100.0)) if min(high, 100.0) > max(low, 0.001) else spread
    numbers = st.one_of(near, near, spread)
    return numbers.filter(lambda number: number != 0) if quantity.nonzero else numbers


def arguments(function: Function) -> st.SearchStrategy[tuple[Any, ...]]:
    """Numbers for all arguments of a function that takes nothing else."""
    return st.tuples(*(inside(param) for param in function.params))


def likely(param: Param) -> st.SearchStrategy[Any]:
    """Mostly what the argument is meant to take, now and then anything at all."""
    if param.shape_kind is Shape.NUM:
        meant: st.SearchStrategy[Any] = inside(param)
        spread = st.lists(st.lists(st.one_of(meant, CELLS), min_size=2, max_size=2), min_size=1, max_size=3)
        return st.one_of(meant, meant, spread, st.none(), ANYTHING)
    if param.shape_kind is Shape.TEXT:
        return st.one_of(st.sampled_from(param.quantity.options or ["US", "CN", "ZHIPU"]), TEXTS, ANYTHING)
    if param.shape_kind is Shape.SERIES:
        return st.one_of(st.lists(inside(param, -10, 10), min_size=1, max_size=5), st.none(), ANYTHING)
    return ANYTHING
