"""Formulas that stand alone: values, error values with reasons, never an exception."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.test_properties import is_shown
from xlfuncs import REGISTRY, CellError
from xlfuncs.engine.evaluator import Evaluator, to_json

EVALUATOR = Evaluator(REGISTRY)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("=LTV_CAC(100,0.8,0.05,400)", 4.0),
        ("ltv_cac(100, .8, 5%, 400)", 4.0),
        ("=SUM({1,2;3,4})", 10.0),
        ('="a"&1', "a1"),
        ("=1=1", True),
        ("={1,2;3,4}", [[1.0, 2.0], [3.0, 4.0]]),
        ("{=SUM({1,2})}", 3.0),
        ("=IFERROR(LTV(1,2,3),-1)", -1.0),
        ("=CHIP_TPP({1;2},16)", [[16.0], [32.0]]),
        ("=DATE(2024,1,1)", 45292.0),
        ("=LTV(100,0.8,0.05,,,0)", 1520.0),
        ("=MAX(LTV(10,1,0.5,,,), 1)", 20.0),
        ("=A1", 0.0),
        ("=A1:B2", [[0.0, 0.0], [0.0, 0.0]]),
    ],
)
def test_a_formula_has_its_value(formula: str, value: Any) -> None:
    result = EVALUATOR.evaluate(formula)
    assert result == (pytest.approx(value) if isinstance(value, float) and value is not True else value)


@pytest.mark.parametrize(
    ("formula", "code", "words"),
    [
        ("=1/0", "#DIV/0!", "divides by zero"),
        ("=LTV(1,2,3)", "#NUM!", "gross_margin must be at most 1; got 2."),
        ("=LTVCAC(1)", "#NAME?", "did you mean LTV_CAC"),
        ("=NOSUCHTHING(1)", "#NAME?", "not known"),
        ("=SUM(1", "#VALUE!", "not a formula"),
        ("=1)+(2", "#VALUE!", "not a formula"),
        ("", "#VALUE!", "not a formula"),
        ("=LTV_CAC(1;2;3)", "#VALUE!", "separated by commas, not by semicolons"),
        ("=1E400", "#NUM!", "too large"),
        ("=CAC_PAYBACK(100,-1)", "#N/A", "never pays back"),
        ('=AI_DATA("ZHIPO","revenue")', "#N/A", "ZHIPU"),
    ],
)
def test_an_error_has_its_reason(formula: str, code: str, words: str) -> None:
    error = EVALUATOR.evaluate(formula)
    assert isinstance(error, CellError)
    assert error.code == code
    assert words in error.why


def test_one_bad_cell_of_an_array_is_an_object_in_its_rows() -> None:
    rows = to_json(EVALUATOR.evaluate("=LTV(100,0.5,{0.1,2})"))
    assert rows[0][0] == 500
    assert rows[0][1] == {"error": "#NUM!", "why": "churn must be from 0 to 1; got 2."}


@given(st.text(max_size=40))
def test_any_text_gives_an_answer(text: str) -> None:
    value = EVALUATOR.evaluate(text)
    assert is_shown(value)
    json.dumps(to_json(value), allow_nan=False)


@given(
    st.lists(st.sampled_from(["LTV(", "SUM(", ")", ",", "1", "A1", '"x"', "{", "}", ";", "1/0", "-", ":"]), max_size=12)
)
def test_any_row_of_pieces_gives_an_answer(pieces: list[str]) -> None:
    assert is_shown(EVALUATOR.evaluate("=" + "".join(pieces)))
