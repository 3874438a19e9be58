"""The reader: what was known on a date, in the unit wanted, or a sentence that helps."""

from __future__ import annotations

import csv
import datetime as dt

import pytest

from tests.cells import evaluate
from xlfuncs import data
from xlfuncs.data import DataNotFound, tables


def test_the_latest_figure_on_or_before_a_date() -> None:
    assert data.observation("ZHIPU", "revenue", dt.date(2024, 12, 31)).value == 312e6
    assert data.observation("ZHIPU", "revenue", dt.date(2024, 12, 30)).value == 125e6


def test_before_the_first_date_there_is_no_figure() -> None:
    with pytest.raises(DataNotFound, match="as_of must be 2022-12-31 or later for revenue of ZHIPU; got 2020-01-01"):
        data.observation("ZHIPU", "revenue", dt.date(2020, 1, 1))


def test_names_do_not_care_for_case() -> None:
    assert data.observation("zhipu", "Revenue") == data.observation("ZHIPU", "revenue")


@pytest.mark.parametrize(
    ("name", "field", "hint"),
    [("ZHIPO", "revenue", "ZHIPU"), ("ZHIPU", "revenu", "revenue"), ("OPENAI", "retention_30d", "valuation")],
)
def test_an_unknown_name_suggests_near_ones(name: str, field: str, hint: str) -> None:
    with pytest.raises(DataNotFound, match=hint):
        data.observation(name, field)


def test_a_changed_price_is_in_force_from_its_day() -> None:
    """OpenAI cut o3 from $10 / $40 to $2 / $8 on 2025-06-10."""
    assert data.token_price("o3", "output", dt.date(2025, 6, 9)) == 40
    assert data.token_price("o3", "output", dt.date(2025, 6, 10)) == 8
    assert data.token_price("o3", "blended") == (3 * 2 + 8) / 4


def test_regions_have_lists_of_their_own() -> None:
    assert data.token_price("glm-4.7", "output", region="intl") == 2.2
    assert data.token_price("glm-4.7", "output", region="cn") == 1.103


def test_cross_rates_of_the_central_bank() -> None:
    """2019-01-02: 1.1397 dollars and 7.8165 yuan for a euro."""
    day = dt.date(2019, 1, 2)
    assert data.fx_rate("EUR", "USD", day) == 1.1397
    assert data.fx_rate("USD", "CNY", day) == pytest.approx(7.8165 / 1.1397, rel=1e-12)
    assert data.fx_rate("CNY", "CNY") == 1
    assert data.fx_rate("usd", "cny", day) * data.fx_rate("CNY", "USD", day) == pytest.approx(1)


def test_a_weekend_has_the_rate_of_the_friday_before() -> None:
    assert data.fx_rate("EUR", "USD", dt.date(2019, 1, 6)) == data.fx_rate("EUR", "USD", dt.date(2019, 1, 4))


def test_money_converts_at_the_rate_of_its_day() -> None:
    one = data.observation("ZHIPU", "revenue", dt.date(2024, 12, 31))
    rate = data.fx_rate("CNY", "USD", one.as_of)
    assert evaluate("AI_DATA", "ZHIPU", "revenue", 45657, "USD m") == pytest.approx(312 * rate, rel=1e-12)
    with pytest.raises(DataNotFound, match='cannot be converted to "users"'):
        data.convert(1, "USD", "users")


def test_citations_fit_a_cell_and_name_date_and_grade() -> None:
    text = data.citation("ZHIPU", "revenue")
    assert len(text) <= 255
    assert "2024-12-31, high" in text
    assert "http" in text


def test_functions_say_not_available_with_the_reason() -> None:
    error = evaluate("GPU_SPEC", "h100", "bw_tbs")
    assert str(error) == "#N/A"
    assert "h100-sxm" in error.why
    assert str(evaluate("GPU_SPEC", "h100-sxm", "bw")) == "#VALUE!"
    assert str(evaluate("FX_RATE", "USD", "XXX")) == "#N/A"


def test_total_processing_performance_is_the_largest_over_the_formats() -> None:
    """H100 SXM: 1979 dense FP8 TFLOP/s x 8 bits, as in the export rule."""
    assert data.chip_spec("h100-sxm", "tpp") == 1979 * 8


def test_rents_of_the_h100_rose_in_2026() -> None:
    """Contracts of a year: $1.70 in October 2025, $2.35 in March and $2.65 in June 2026 (SemiAnalysis)."""
    rents = {one.as_of.isoformat()[:7]: one.value for one in data.history("H100-SXM", "price_rent_1y")}
    assert [rents[month] for month in ("2025-10", "2026-03", "2026-06")] == [1.70, 2.35, 2.65]


@pytest.mark.parametrize("kind", ["input", "output", "cached"])
def test_a_dated_price_is_that_of_its_table_and_cites_no_later_day(kind: str) -> None:
    """Read from the file itself, row by row, on the day before, of and after each start."""
    for model in (model for model, region, other in tables.prices() if region == "intl" and other == kind):
        assert_dated_prices_of(model, kind)


def assert_dated_prices_of(model: str, kind: str) -> None:
    with (tables.FOLDER / "model_prices.csv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file) if (r["model_id"], r["region"], r["kind"]) == (model, "intl", kind)]
    starts = sorted(row["valid_from"] or "0001-01-01" for row in rows)
    for start in starts:
        for shift in (-1, 0, 1):
            day = dt.date.fromisoformat(max(start, "2024-01-02")) + dt.timedelta(days=shift)
            in_force = max((s for s in starts if s <= day.isoformat()), default=None)
            if in_force is None:
                continue
            price = next(float(row["price"]) for row in rows if (row["valid_from"] or "0001-01-01") == in_force)
            figure = data.figure(f"{model}.price_{kind}", day)
            assert figure.value == price
            assert figure.as_of <= day
            if in_force != "0001-01-01":
                assert figure.as_of.isoformat() == in_force
            elif figure.as_of == day:
                assert "Start date unknown" in figure.note
            assert data.token_price(model, kind, day) == price


def test_the_blended_price_is_no_figure_of_the_tables() -> None:
    with pytest.raises(DataNotFound, match="The data set has no intl blended price of o3; use"):
        data.figure("o3.price_blended")
