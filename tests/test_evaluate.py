"""The rules of a call: blanks, kinds, domains, errors, ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from tests.cells import evaluate
from xlfuncs import REGISTRY, CellError
from xlfuncs.core.errors import FormulaError
from xlfuncs.functions import asymmetry_score, inference_cost, ltv, ltv_cac, token_cost_at, token_price

NA = CellError("#N/A", "given")


def test_an_omitted_middle_argument_takes_its_default() -> None:
    assert evaluate("LTV", 100, 0.8, 0.05, None, None, 0) == evaluate("LTV", 100, 0.8, 0.05, 0, 0, 0)
    assert ltv(100, 0.8, 0.05, None, None, 0) == ltv(100, 0.8, 0.05, timing=0)


def test_the_leftmost_error_that_comes_in_goes_out() -> None:
    assert evaluate("LTV", "text", NA, CellError("#REF!")) is NA


def test_kinds_come_before_domains_and_domains_before_rules() -> None:
    assert str(evaluate("LTV", 1, 2, "text")) == "#VALUE!"  # gross_margin 2 is out of its domain too
    assert evaluate("LTV", 1, 2, 0).why.startswith("gross_margin")  # churn 0 makes the value infinite too
    assert "infinite" in evaluate("LTV", 1, 1, 0).why


@pytest.mark.parametrize("cell", ["0.05", True, "", "x"])
def test_what_is_no_number_is_a_value_error(cell: object) -> None:
    error = evaluate("LTV", 100, 0.8, cell)
    assert str(error) == "#VALUE!"
    assert "churn must be a number" in error.why


def test_zero_in_a_denominator_is_a_division_by_zero() -> None:
    error = evaluate("LTV_CAC", 100, 0.8, 0.05, 0)
    assert str(error) == "#DIV/0!"
    assert "cac" in error.why


def test_a_sentence_names_the_argument_its_value_and_the_limit() -> None:
    assert evaluate("LTV", 100, 0.8, 1.5).why == "churn must be from 0 to 1; got 1.5."


def test_never_is_not_available_with_its_reason() -> None:
    error = evaluate("CAC_PAYBACK", 100, -1)
    assert str(error) == "#N/A"
    assert "never pays back" in error.why


def test_an_overflow_is_a_number_error() -> None:
    assert str(evaluate("INFERENCE_COST", 1e200, 1e200, 1)) == "#NUM!"


def test_one_bad_cell_gives_one_bad_cell() -> None:
    churns = [[0.05], ["x"], [2], [None], [NA], [0.1]]
    column = evaluate("LTV", 100, 0.5, churns)
    assert [str(row[0]) for row in column] == ["1000.0", "#VALUE!", "#NUM!", "#VALUE!", "#N/A", "500.0"]


def test_a_row_and_a_column_spread_to_a_table() -> None:
    table = evaluate("CHIP_TPP", [[1, 2, 3]], [[10], [20]])
    assert table == [[10.0, 20.0, 30.0], [20.0, 40.0, 60.0]]


def test_beyond_the_shorter_range_there_is_no_answer() -> None:
    column = evaluate("CHIP_TPP", [[1], [2], [3]], [[10], [20]])
    assert [str(row[0]) for row in column] == ["10.0", "40.0", "#N/A"]


def test_a_range_of_one_cell_is_that_cell() -> None:
    assert evaluate("CHIP_TPP", [[2]], [[3]]) == 6.0


def test_a_blank_optional_cell_in_a_range_takes_the_default() -> None:
    assert evaluate("SERVING_COST_PER_MTOK", 1.8, 500, [[None, 0.5]]) == [[1.0, 2.0]]


def test_functions_that_spill_take_single_cells() -> None:
    assert str(evaluate("SUPERAPP_PNL", [["users_before", 1]], [[1], [2]])) == "#VALUE!"


def test_a_plain_python_call_raises_what_a_cell_would_show() -> None:
    with pytest.raises(FormulaError, match=r"#NUM! churn must be from 0 to 1; got 1\.5\."):
        ltv_cac(100, 0.8, 1.5, 400)


def test_arrays_broadcast_as_numpy_does_and_bad_rows_are_nan() -> None:
    values = ltv_cac(np.array([100.0, 200.0, 300.0]), 0.8, np.array([[0.05], [2.0]]), 400)
    assert values.shape == (2, 3)
    assert values[0] == pytest.approx([4, 8, 12])
    assert np.isnan(values[1]).all()


def test_a_rule_over_columns_leaves_the_rows_that_keep_it() -> None:
    costs = token_cost_at(np.array([1.0, 1.0]), np.array([0.5, 2.0]), 0.5, 1)
    assert costs[0] == 0.75
    assert np.isnan(costs[1])


def test_long_columns_equal_the_calls_one_by_one() -> None:
    random = np.random.default_rng(1)
    queries = random.uniform(-1, 10, 40_000)
    columns = inference_cost(queries, 2.0, 3.0)
    assert np.array_equal(np.isnan(columns), queries < 0)
    assert columns[queries >= 0] == pytest.approx(queries[queries >= 0] * 6)


def test_keywords_and_unknown_keywords() -> None:
    assert asymmetry_score([3], [1], cap=2) == pytest.approx(100 / 3)
    with pytest.raises(TypeError, match="limit"):
        REGISTRY["ASYMMETRY_SCORE"]([3], [1], limit=2)


def test_dates_and_numpy_numbers_are_numbers() -> None:
    import datetime as dt

    assert evaluate("CHIP_TPP", np.int64(2), np.float32(3)) == 6.0
    assert evaluate("CHIP_TPP", dt.date(1900, 3, 1), 1) == 61.0
    assert evaluate("CHIP_TPP", dt.datetime(1900, 3, 1, 12), 1) == 61.5


def test_a_series_gives_a_series_with_its_index() -> None:
    frame = pd.DataFrame({"arpa": [100.0, 50.0], "churn": [0.05, 2.0]}, index=["a", "b"])
    values = frame.assign(ltv=ltv(frame.arpa, 0.8, frame.churn)).ltv
    assert list(values.index) == ["a", "b"]
    assert values["a"] == pytest.approx(1600)
    assert np.isnan(values["b"])


def test_series_of_different_indexes_are_not_guessed_together() -> None:
    with pytest.raises(ValueError, match="align"):
        ltv(pd.Series([1.0], index=["a"]), 0.8, pd.Series([0.1], index=["b"]))


def test_names_of_models_in_a_series_look_up_each() -> None:
    prices = token_price(pd.Series(["o3", "gpt-5"], index=[7, 8]), "input")
    assert prices.to_dict() == {7: 2.0, 8: 1.25}


def test_a_quotient_that_underflows_is_no_exception() -> None:
    assert evaluate("WTP_CONVERSION", 0.0, 4e23, 1.0) == 1.0
