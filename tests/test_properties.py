"""Whatever cells come in, an answer that a worksheet can show goes out, the same one each time."""

from __future__ import annotations

import math
import warnings
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.strategies import ANYTHING, likely
from xlfuncs import REGISTRY, CellError, evaluate
from xlfuncs.core.function import Function

FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY]


def is_shown(value: Any) -> bool:
    """Whether a worksheet can show it: finite numbers, text, bools, error values with a reason, rows of these."""
    if isinstance(value, list):
        return bool(value) and all(row and all(is_shown(one) for one in row) for row in value)
    if isinstance(value, CellError):
        return len(value.why) <= 255
    return isinstance(value, str | bool) or (type(value) is float and math.isfinite(value))


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
