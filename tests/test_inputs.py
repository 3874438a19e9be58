"""What may stand in a call from Python: numbers of every kind, missing values, arrays, Series, DataFrames, tuples."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tests.cells import evaluate
from xlfuncs import REGISTRY, FormulaError, XlfuncsError, hhi, ltv, ltv_cac, rule_of_40, token_price, vector_scores
from xlfuncs.core.arguments import normalise
from xlfuncs.core.errors import CellError

NUMBERS = [
    5,
    5.0,
    Decimal(5),
    Fraction(10, 2),
    *(kind(5) for kind in (np.float16, np.float32, np.float64, np.longdouble, np.int8, np.int64, np.uint32)),
    np.array(5.0),
    np.array(5),
    pd.Series([5.0])[0],
]
MISSING = [
    float("nan"),
    np.nan,
    np.float32("nan"),
    Decimal("NaN"),
    Decimal("sNaN"),
    pd.NA,
    pd.NaT,
    np.datetime64("NaT"),
    np.array(np.nan),
]


@pytest.mark.parametrize("number", NUMBERS, ids=lambda number: type(number).__name__)
def test_numbers_of_every_kind_are_numbers(number: Any) -> None:
    assert normalise(number) == 5.0
    assert type(normalise(number)) is float
    assert ltv_cac(100, 0.8, 0.05, number) == 320
    assert evaluate("CHIP_TPP", [[number], [number]], 2) == [[10.0], [10.0]]
    assert ltv_cac([number, number], 0.8, 0.05, 400).tolist() == [0.2, 0.2]
    assert hhi([number, number]) == 5000


@pytest.mark.parametrize("build", [np.array, lambda cell: np.ma.array(cell)], ids=["array", "masked"])
def test_an_array_without_dimensions_gives_a_float_as_in_numpy(build: Callable[[Any], Any]) -> None:
    """A type checker takes the result for an array, and so it answers like one."""
    results: list[Any] = [ltv_cac(build(100.0), 0.8, 0.05, 400), ltv_cac(100, 0.8, 0.05, cac=build(400))]
    for result in results:
        assert type(result) is np.float64  # a float, and more
        assert (result, result.shape, result.ndim, result.tolist()) == (4.0, (), 0, 4.0)
        assert np.asarray(result).dtype == float
    text: Any = REGISTRY["BREAKEVEN_STATUS"](build(4), 0, 0.5, 0, 0)
    assert type(text) is np.str_
    assert (text.shape, text.tolist()) == ((), REGISTRY["BREAKEVEN_STATUS"](4, 0, 0.5, 0, 0))
    day = build(np.datetime64("2025-06-11"))
    assert isinstance(token_price("o3", as_of=day), float)
    assert isinstance(token_price(build("o3"), "output"), float)
    assert ltv(build(100.0), 0.8, np.array([0.05, 0.1])).tolist() == [1600, 800]
    assert ltv(build(100.0), 0.8, pd.Series([0.05, 0.1], index=["a", "b"])).to_dict() == {"a": 1600, "b": 800}
    with pytest.raises(FormulaError, match=r"churn must be from 0 to 1; got 1\.5"):
        ltv(100, 0.8, build(1.5))
    assert type(hhi(build(5.0))) is float


@pytest.mark.parametrize("kind", [np.float64, np.float32, np.int64, np.longdouble])
def test_scalars_of_numpy_give_a_float(kind: Callable[[int], Any]) -> None:
    assert type(ltv_cac(kind(100), 0.8, 0.05, kind(400))) is float


@pytest.mark.parametrize("flag", [True, np.bool_(True), np.array(True)], ids=lambda flag: type(flag).__name__)
def test_booleans_are_booleans_and_no_numbers(flag: Any) -> None:
    assert normalise(flag) is True
    assert str(evaluate("CHIP_TPP", flag, 1)) == "#VALUE!"
    assert np.isnan(REGISTRY["CHIP_TPP"]([flag, 1], 2)).tolist() == [True, False]
    assert np.isnan(REGISTRY["CHIP_TPP"](np.array([True]), 2)).all()
    assert np.isnan(REGISTRY["CHIP_TPP"](np.array([2.0]), flag)).all()


@pytest.mark.parametrize("missing", MISSING, ids=repr)
def test_a_missing_value_is_not_available_everywhere(missing: Any) -> None:
    assert normalise(missing) == CellError("#N/A")
    assert "missing" in normalise(missing).why
    assert str(evaluate("LTV", 100, 0.8, missing)) == "#N/A"
    assert str(evaluate("HHI", [1, missing])) == "#N/A"
    assert str(evaluate("HHI", np.array([1, missing], dtype=object))) == "#N/A"
    assert np.isnan(REGISTRY["LTV"]([100, missing], 0.8, 0.05)).tolist() == [False, True]
    assert np.isnan(REGISTRY["LTV"](np.array([100.0]), 0.8, missing)).all()
    assert np.isnan(REGISTRY["LTV"]([100, 100], 0.8, 0.05, [missing, 0])).tolist() == [True, False]  # no default for it


MASKED = [
    np.ma.array([100.0, 7.0], mask=[False, True]),
    np.ma.array([100, 7], mask=[False, True]),
    np.ma.array([100, 7], mask=[False, True], dtype=object),
    np.ma.array(["100", "7"], mask=[False, True]).astype(float),
    [100.0, np.ma.masked],
    (100, np.ma.array(7.0, mask=True)),
]


@pytest.mark.parametrize("column", MASKED, ids=["floats", "ints", "objects", "texts", "list", "tuple"])
def test_a_masked_element_is_missing_in_every_argument(column: Any) -> None:
    assert str(evaluate("HHI", column)) == "#N/A"
    assert "missing (masked)" in evaluate("HHI", column).why
    with pytest.raises(FormulaError, match="missing"):
        hhi(column)
    assert [type(cell) for cell in evaluate("LTV", column, 0.8, 0.05)[0]] == [float, CellError]
    for place, param in enumerate(
        REGISTRY["LTV_CAC"].params
    ):  # an argument that has a default takes no default for it either
        arguments: list[Any] = [100, 0.8, 0.05, 400, 0.1, 0.01, 1, 24]
        good = arguments[place]
        arguments[place] = [good, *([column[1]] if isinstance(column, (list, tuple)) else column[1:])]
        values = REGISTRY["LTV_CAC"](*arguments)
        assert np.isnan(values).tolist() == [False, True], param.name


def test_masked_elements_of_rows_texts_and_dates_are_missing() -> None:
    rows = np.ma.array([[100, 200], [300, 400]], mask=[[False, True], [False, False]])
    expected = [[False, True], [False, False]]
    assert np.isnan(ltv(rows, 0.8, 0.05)).tolist() == expected
    assert np.isnan(ltv([rows[0], rows[1]], 0.8, 0.05)).tolist() == expected
    assert np.isnan(REGISTRY["LTV"]([[100, np.ma.masked], [300, 400]], 0.8, 0.05)).tolist() == expected
    assert np.isnan(token_price(np.ma.array(["o3", "o3"], mask=[False, True]))).tolist() == [False, True]
    days: Any = np.ma.array(["2025-06-11", "2025-06-11"], dtype="M8[D]", mask=[False, True])
    assert np.isnan(token_price("o3", "output", days)).tolist() == [False, True]
    with pytest.raises(FormulaError, match="missing"):
        vector_scores(rows[:1], [[1, 8]])
    singles: list[Any] = [np.ma.masked, np.ma.array(7.0, mask=True)]
    for single in singles:
        assert normalise(single) == CellError("#N/A")
        with pytest.raises(FormulaError, match="missing"):
            ltv(100, 0.8, single)
        assert np.isnan(ltv(np.array([100.0]), 0.8, single)).all()


def test_a_masked_array_without_masked_elements_is_an_array() -> None:
    whole = np.ma.array([100.0, 200.0])
    assert ltv(whole, 0.8, 0.05).tolist() == [1600, 3200]
    assert hhi(whole) == hhi([100, 200])
    assert ltv(np.ma.array(100.0), 0.8, 0.05) == 1600
    records: Any = np.ma.array([(1, 2.0)], dtype=[("a", int), ("b", float)], mask=[(False, True)])
    assert str(evaluate("HHI", records)) == "#N/A"


def test_none_is_a_blank_everywhere() -> None:
    assert normalise(None) is None
    assert str(evaluate("LTV", 100, 0.8, None)) == "#VALUE!"
    assert str(evaluate("HHI", [1, None])) == "#VALUE!"
    assert ltv([100, 100], 0.8, 0.05, [None, 0.1]).tolist() == [ltv(100, 0.8, 0.05), ltv(100, 0.8, 0.05, 0.1)]
    assert np.isnan(ltv([None, 100], 0.8, 0.05)).tolist() == [True, False]
    blank = REGISTRY["SERVING_COST_PER_MTOK"](1.8, [500, 500], [None, 0.5])
    assert blank.tolist() == [
        evaluate("SERVING_COST_PER_MTOK", 1.8, 500),
        evaluate("SERVING_COST_PER_MTOK", 1.8, 500, 0.5),
    ]


def test_a_blank_that_stands_for_another_argument_does_so_in_each_row() -> None:
    function = next(
        f for f in REGISTRY if any(getattr(p.default, "same_as", "") for p in f.params) and f.plan.vectorised
    )
    place = next(at for at, param in enumerate(function.params) if getattr(param.default, "same_as", ""))
    cells: list[Any] = [*function.examples[0].cells, *(None for _ in function.params)][: len(function.params)]
    other = 0.5 * (cells[place] or 1.0)
    column = function(*cells[:place], [None, other], *cells[place + 1 :])
    assert column.tolist() == [function(*cells[:place], cell, *cells[place + 1 :]) for cell in (None, other)]


@pytest.mark.parametrize(
    "nothing", [1 + 2j, np.complex128(1), b"x", object(), dt.timedelta(1), np.timedelta64(1, "D"), {}]
)
def test_what_is_no_cell_is_a_value_error(nothing: Any) -> None:
    assert str(normalise(nothing)) == "#VALUE!"
    assert type(nothing).__name__ in normalise(nothing).why


@pytest.mark.parametrize("text", ["o3", np.str_("o3")], ids=lambda text: type(text).__name__)
def test_texts_of_numpy_are_texts(text: Any) -> None:
    assert type(normalise(text)) is str
    assert token_price(text, "input") == 2.0
    assert token_price(np.array(["o3", "gpt-5"]), "input").tolist() == [2.0, 1.25]


DATES = [
    dt.date(2025, 6, 1),
    dt.datetime(2025, 6, 1),
    pd.Timestamp("2025-06-01"),
    np.datetime64("2025-06-01"),
    np.datetime64("2025-06-01T00:00:00.000000000"),
    45809,
]


@pytest.mark.parametrize("day", DATES, ids=lambda day: type(day).__name__)
def test_dates_of_every_kind_are_serial_numbers(day: Any) -> None:
    assert normalise(day) == 45809.0
    assert token_price("o3", "output", day) == 40.0
    assert REGISTRY["TOKEN_PRICE"](["o3", "o3"], "output", day).tolist() == [40.0, 40.0]
    assert REGISTRY["TOKEN_PRICE"]("o3", "output", [day, None]).tolist() == [40.0, token_price("o3")]


TREND = ([45000, 45365, 45730], [100, 10, 1])
DAYS = [dt.date(2023, 3, 15), dt.date(2024, 3, 14), dt.date(2025, 3, 14)]


@pytest.mark.parametrize(
    "days",
    [
        DAYS,
        pd.Series(pd.to_datetime(DAYS)),
        pd.Series(pd.to_datetime(DAYS)).to_frame(),
        np.array(DAYS, dtype="datetime64[D]"),
        np.array(DAYS, dtype="datetime64[ns]"),
        pd.DatetimeIndex(DAYS),
    ],
    ids=lambda days: type(days).__name__,
)
def test_columns_of_dates_are_serial_numbers(days: Any) -> None:
    assert evaluate("TOKEN_PRICE_TREND", days, TREND[1]) == evaluate("TOKEN_PRICE_TREND", *TREND)


RANGES: list[Callable[[list[float]], Any]] = [
    tuple,
    np.array,
    lambda values: np.array(values)[:, None],
    lambda values: np.array(values, dtype=np.float32),
    lambda values: [np.array(values)],
    lambda values: [tuple(values)],
    lambda values: tuple((value,) for value in values),
    pd.Series,
    lambda values: pd.Series(values, index=list("abc")),
    lambda values: pd.Series(values, dtype="Float64"),
    lambda values: pd.Series(values, dtype=object),
    lambda values: pd.Series(values).astype("category"),
    lambda values: pd.DataFrame({"share": values}),
    lambda values: pd.DataFrame({"share": values})["share"],
    lambda values: pd.DataFrame([values]),
    lambda values: pd.Index(values),
    lambda values: [Decimal(int(value)) for value in values],
    lambda values: pd.Series([Decimal(int(value)) for value in values]),
]


@pytest.mark.parametrize("build", RANGES)
def test_a_range_may_be_any_column_or_row(build: Callable[[list[float]], Any]) -> None:
    values = [50.0, 30.0, 20.0]
    assert hhi(build(values)) == hhi(values) == 3800
    assert evaluate("HHI", build(values)) == 3800


def test_a_range_of_a_python_sequence() -> None:
    assert hhi(range(1, 4)) == hhi([1, 2, 3])
    assert evaluate("HHI", [pd.Series([50, 30]), pd.Series([20, 0])]) == hhi([[50, 30], [20, 0]])


def test_columns_of_a_frame_are_arguments() -> None:
    frame = pd.DataFrame({"us": [3.0, 4.0], "cn": [1.0, 8.0], "vector": ["I", "D"]})
    expected = vector_scores([[3, 4]], [[1, 8]], None, None, [["I", "D"]])
    assert vector_scores(frame.us, frame.cn, vectors=frame.vector) == expected
    assert vector_scores(frame["us"].to_numpy(), tuple(frame.cn), vectors=frame.vector.astype("string")) == expected
    weights = pd.DataFrame({"vector": ["I", "D"], "weight": [3, 1]})
    rows = vector_scores(frame.us, frame.cn, vectors=frame.vector, vector_weights=weights)
    assert rows == vector_scores([[3, 4]], [[1, 8]], None, None, [["I", "D"]], [["I", 3], ["D", 1]])


def test_a_missing_value_of_pandas_is_a_missing_value_in_a_range() -> None:
    for missing in (None, np.nan, pd.NA):
        assert str(evaluate("HHI", pd.Series([1, missing], dtype="Float64"))) == "#N/A"
    assert str(evaluate("HHI", pd.DataFrame({"share": [1.0, np.nan]}))) == "#N/A"
    assert str(evaluate("HHI", pd.Series([1, None], dtype=object))) == "#VALUE!"  # None is a blank
    assert (
        str(evaluate("TOKEN_PRICE_TREND", pd.DatetimeIndex(["2024-01-01", "NaT", "2025-01-01"]), [3, 2, 1])) == "#N/A"
    )


@pytest.mark.parametrize("dtype", ["Float64", "Int64", "int32", "float32", object])
def test_a_series_of_any_type_gives_a_series(dtype: Any) -> None:
    frame = pd.DataFrame({"arpa": pd.Series([100, 50], dtype=dtype, index=["a", "b"])})
    values = ltv(frame.arpa, 0.8, 0.05)
    assert list(values.index) == ["a", "b"]
    assert values.tolist() == pytest.approx([1600, 800])
    assert values.dtype == float


def test_a_missing_value_in_a_series_is_missing_in_the_answer() -> None:
    values = ltv(pd.Series([100, None], dtype="Float64"), 0.8, pd.Series([0.05, 0.05]))
    assert values.isna().tolist() == [False, True]


def test_texts_among_numbers_are_not_read_as_numbers() -> None:
    assert np.isnan(REGISTRY["LTV"](["100", 100], 0.8, 0.05)).tolist() == [True, False]
    assert np.isnan(REGISTRY["LTV"](np.array(["100"]), 0.8, 0.05)).all()


@pytest.mark.parametrize(
    ("arguments", "named", "base", "words"),
    [
        ((100, 0.8, 0.05, 400, 0, 0, 1, 0, 0), {}, TypeError, "takes 8 arguments; got 9"),
        ((100, 0.8, 0.05, 400), {"chrun": 1}, TypeError, "'chrun'"),
        ((100, 0.8, 0.05, 400), {"cac": 1}, TypeError, "'cac'"),
        (([1, 2], [1, 2, 3], 0.05, 400), {}, ValueError, r"\(2,\), \(3,\)"),
        (([[1, 2], [3]], 0.8, 0.05, 400), {}, ValueError, "rows of arpa"),
        ((pd.Series([1.0], index=["a"]), 0.8, pd.Series([0.1], index=["b"]), 1), {}, ValueError, "align"),
        ((100, 0.8, 1.5, 400), {}, ValueError, "churn must be from 0 to 1"),
    ],
)
def test_every_exception_of_a_call_is_one_of_ours(
    arguments: tuple[Any, ...], named: dict[str, Any], base: type[Exception], words: str
) -> None:
    with pytest.raises(base, match=words) as caught:
        REGISTRY["LTV_CAC"](*arguments, **named)
    assert isinstance(caught.value, XlfuncsError)
    assert str(caught.value).endswith(".")


def test_rows_stay_rows_where_there_is_but_one_cell() -> None:
    assert REGISTRY["ASYMMETRY_CONTRIB"]([[1]], [[1]]) == [[0.0]]
    assert evaluate("ASYMMETRY_CONTRIB", [[1]], [[1]]) == 0.0  # a cell, in a worksheet


def test_errors_keep_their_reason() -> None:
    with pytest.raises(FormulaError) as caught:
        rule_of_40(0.5, np.inf)
    assert caught.value.code == "#NUM!"
