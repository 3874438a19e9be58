"""Every error value of a declared domain has a sentence that names the argument, the value and the limit."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.cells import evaluate
from xlfuncs import REGISTRY, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape

FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY if function.examples]


def base(function: Function) -> list[Any]:
    cells = list(function.examples[0].cells)
    return cells + [None] * (len(function.params) - len(cells))


def outside(function: Function) -> list[tuple[int, Any]]:
    """Numbers just beyond each bound, and options that do not exist."""
    found: list[tuple[int, Any]] = []
    for at, param in enumerate(function.params):
        if param.shape_kind is Shape.TEXT and param.quantity.options:
            found.append((at, "no such option"))
        if param.shape_kind not in (Shape.NUM, Shape.SERIES):
            continue
        largest = 1e300
        if param.low > -largest:
            found.append((at, math.nextafter(param.low, -math.inf)))
        if param.high < largest:
            found.append((at, math.nextafter(param.high, math.inf)))
        if param.quantity.whole:
            found.append((at, param.low + 0.5))
        if param.quantity.options:
            found.append((at, 0.123))
    return found


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_bound_has_its_sentence(function: Function) -> None:
    for at, value in outside(function):
        param = function.params[at]
        cells = base(function)
        whole = isinstance(cells[at], list)
        cells[at] = [[value] * len(cells[at][0])] if whole else value
        error = evaluate(function.name, *cells)
        assert isinstance(error, CellError), (param.name, value)
        assert error.code in {"#NUM!", "#VALUE!", "#DIV/0!"}
        assert error.why.startswith(param.name), error.why
        assert len(error.why) <= 255
        assert param.domain in error.why or error.code == "#DIV/0!", error.why


@pytest.mark.parametrize("function", FUNCTIONS)
def test_text_for_a_number_has_its_sentence(function: Function) -> None:
    for at, param in enumerate(function.params):
        if param.shape_kind is not Shape.NUM:
            continue
        cells = base(function)
        cells[at] = "ten"
        error = evaluate(function.name, *cells)
        assert str(error) == "#VALUE!"
        assert error.why == f'{param.name} must be a number; got "ten".'


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (("LTV_CAC", [[100, 0.6, 0.05, 400]]), "no error"),
        (("LTV_CAC", [[100, 0.6, 0.05, 0]]), "cac must not be 0"),
        (("LTV_CAC", [[100, 0.6, None, 400]]), "churn is blank; a number is required (unit: per period)."),
        (("REQUIRED_DECLINE", [[5, 3, 0.5]]), "No decline of the token cost breaks even within horizon"),
        (("ltv", [[1, 1, 0]]), "infinite"),
    ],
)
def test_fn_why_says_it_everywhere(call: tuple[Any, ...], words: str) -> None:
    assert words in evaluate("FN_WHY", *call)


def test_fn_why_of_an_unknown_function_is_not_available() -> None:
    assert str(evaluate("FN_WHY", "NOTHING", [[1]])) == "#N/A"


def test_fn_explain_and_fn_version_know_every_function() -> None:
    for function in REGISTRY:
        rows = evaluate("FN_EXPLAIN", function.name)
        assert [row[0] for row in rows[:-3]] == [param.name for param in function.params]
        assert evaluate("FN_VERSION", function.name).startswith(function.name)
    assert "data 20" in evaluate("FN_VERSION")
