"""Whatever cells come in, an answer that a worksheet can show goes out, the same one each time."""

from __future__ import annotations

import math
import warnings
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cells import evaluate
from tests.strategies import ANYTHING, inside, likely
from xlfuncs import REGISTRY, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape

pytestmark = pytest.mark.slow  # 60 draws of the arguments of every function

FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY]


def is_shown(value: Any) -> bool:
    """Whether a worksheet can show it: finite numbers, text, bools, error values with a reason, rows of these."""
    if isinstance(value, list):
        return bool(value) and all(row and all(is_shown(one) for one in row) for row in value)
    if isinstance(value, CellError):
        return len(value.why) <= 255
    return isinstance(value, str | bool) or (type(value) is float and math.isfinite(value))


BY_NUMBERS = [
    pytest.param(function, id=function.name)
    for function in REGISTRY
    if function.returns.shape == "scalar" and all(param.shape_kind is Shape.NUM for param in function.params)
]


def same(one: Any, other: Any) -> bool:
    """Equal to rounding: a column goes through numpy, a number through the functions of C."""
    if isinstance(one, float) and isinstance(other, float):
        return one == pytest.approx(other, rel=1e-6, abs=1e-9)
    return bool(one == other)


@pytest.mark.parametrize("function", BY_NUMBERS)
@given(data=st.data())
def test_a_column_is_its_cells_one_by_one(function: Function, data: st.DataObject) -> None:
    near = [_near(function, at) for at in range(len(function.params))]
    rows = data.draw(st.lists(st.tuples(*near), min_size=2, max_size=6))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        whole = evaluate(function.name, *([[cell] for cell in column] for column in zip(*rows, strict=True)))
        alone = [evaluate(function.name, *row) for row in rows]
        arrays = function(*(np.array(column) for column in zip(*rows, strict=True)))
    assert all(same(row[0], one) for row, one in zip(whole, alone, strict=True)), (whole, alone)
    shown = [None if isinstance(one, CellError) else one for one in alone]
    found = [None if one != one else one for one in arrays.tolist()]
    assert all(map(same, found, shown)), (found, shown)


@pytest.mark.parametrize("function", BY_NUMBERS)
def test_a_hundred_thousand_rows_go_through_in_one_call(function: Function) -> None:
    random = np.random.default_rng(1)
    cells: list[Any] = list(function.examples[0].cells)
    factor = random.uniform(0.99, 1, 100_000)  # one for all arguments of a row, which keeps them in their order
    columns = [
        cell
        if cell is None or param.quantity.options or param.quantity.whole
        else np.clip(cell * factor, param.low, param.high)
        for param, cell in zip(function.params, cells, strict=False)
    ]
    if not any(isinstance(column, np.ndarray) for column in columns):
        columns[0] = np.full(100_000, cells[0])
    whole = function(*columns)
    assert whole.shape == (100_000,)
    for at in (0, 31_000, 99_999):
        alone = evaluate(function.name, *(c[at] if isinstance(c, np.ndarray) else c for c in columns))
        assert same(whole[at] if isinstance(whole[at], str) else float(whole[at]), alone)


def _near(function: Function, at: int) -> st.SearchStrategy[float]:
    """Mostly round about the example, where there are answers; now and then at a bound of the domain or beyond it."""
    param = function.params[at]
    cells = function.examples[0].cells
    given_cell = cells[at] if at < len(cells) else None
    middle = float(given_cell if given_cell is not None else param.default if isinstance(param.default, float) else 0.1)
    if param.quantity.options or param.quantity.whole:
        return st.one_of(st.just(middle), inside(param, -60, 60), st.just(0.123))
    bounds = [bound for bound in (param.low, param.high) if bound == 0 or 1e-3 < abs(bound) < 1e3]
    return st.one_of(st.just(middle), st.floats(0.5, 1.5).map(lambda by: by * middle), st.sampled_from([*bounds, -1e9]))


@pytest.mark.parametrize("function", FUNCTIONS)
@given(data=st.data())
def test_any_cells_give_an_answer(function: Function, data: st.DataObject) -> None:
    cells = data.draw(st.lists(ANYTHING, max_size=len(function.params) + 2))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert is_shown(evaluate(function.name, *cells))


@pytest.mark.parametrize("function", FUNCTIONS)
@given(data=st.data())
def test_likely_cells_give_an_answer_and_the_same_one_twice(function: Function, data: st.DataObject) -> None:
    cells = data.draw(st.tuples(*(likely(param) for param in function.params)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        first, second = evaluate(function.name, *cells), evaluate(function.name, *cells)
    assert is_shown(first)
    assert first == second
