"""The packaged tables: complete, of one vocabulary, and made of the raw facts."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from pathlib import Path

import pytest

from xlfuncs.data import build, tables

OBSERVATIONS = [one for group in tables.observations().values() for one in group]
GRADES = {"high", "medium", "low", "derived", "assumption"}


def test_every_observation_is_complete() -> None:
    for one in OBSERVATIONS:
        assert one.unit, one
        assert dt.date(2015, 1, 1) <= one.as_of <= dt.date(2026, 12, 31), one
        assert one.low <= one.value <= one.high, one
        assert one.confidence in GRADES, one
        assert one.source.title, one
        assert one.source.terms, one
        assert one.source.url.startswith("http") or one.source.title.startswith(("Assumption", "The Asymmetry")), one


def test_names_come_from_the_vocabulary() -> None:
    for one in OBSERVATIONS:
        assert one.entity in tables.entities(), one.entity
        assert one.metric in tables.metrics(), one.metric


def test_units_are_those_of_the_metric() -> None:
    for one in OBSERVATIONS:
        declared = tables.metrics()[one.metric]["unit"]
        currency = one.unit.partition("/")[0]
        assert one.unit == declared or (declared.startswith("currency") and currency in {"USD", "CNY", "HKD", "EUR"}), (
            one
        )


def test_an_assumption_says_so() -> None:
    for one in OBSERVATIONS:
        assert (one.confidence == "assumption") == one.source.title.startswith("Assumption"), one


def test_shares_are_no_percentages() -> None:
    for one in OBSERVATIONS:
        if one.unit == "share" and not one.metric.startswith("model_opex"):
            assert -1 <= one.value <= 1, one


def test_every_price_and_chip_has_a_source_and_a_grade() -> None:
    for group in tables.prices().values():
        for price in group:
            assert price.price >= 0
            assert price.source.url.startswith("http")
            assert price.confidence in GRADES
    for chip in tables.chips().values():
        assert tables.sources()[chip["source"]].url.startswith("http")
        assert chip["confidence"] in GRADES


def test_the_tables_are_what_the_raw_facts_give() -> None:
    for name, text in build.tables().items():
        assert (build.TABLES / name).read_text(encoding="utf-8") == text, name


REVENUE = {"revenue", "revenue_half", "revenue_quarter", "run_rate_revenue"}
MARGIN = {"gross_margin", "operating_margin", "net_income", "net_income_half", "net_income_quarter"}
USERS = {"mau", "wau", "dau", "dau_peak", "paying_users", "customers", "users_cumulative", "devices", "paid_seats"}


@pytest.mark.parametrize("country", ["US", "CN"])
def test_a_dozen_companies_of_each_country_have_value_revenue_and_margin(country: str) -> None:
    """Users are known of a dozen of each, too, but mostly of others: the sources count products, not owners."""
    fields: dict[str, set[str]] = defaultdict(set)
    for entity, metric in tables.observations():
        if tables.entities()[entity]["kind"] == "company" and tables.entities()[entity]["country"] == country:
            fields[entity].add(metric)
    priced = [name for name, known in fields.items() if "valuation" in known and known & REVENUE and known & MARGIN]
    assert len(priced) >= 12
    assert len([name for name, known in fields.items() if known & USERS]) >= 12


def test_the_indicators_are_the_published_fifteen() -> None:
    """Vectors, directions and weights of the worked example: 5 of infrastructure, 4 and 6 of the others."""
    rows = tables.indicators()
    count: dict[str, int] = defaultdict(int)
    for row in rows:
        count[row["vector"]] += 1
        for side in ("US", "CN"):
            assert tables.observations()[side, f"model_{row['metric']}"]
    assert dict(count) == {"Infrastructure": 5, "Distribution": 4, "Monetisation": 6}
    assert sum(float(row["weight"]) for row in rows) == 24


def test_raw_files_are_what_the_terms_cover() -> None:
    readme = (build.RAW / "README.md").read_text(encoding="utf-8")
    for path in build.RAW.glob("*.csv"):
        assert path.name in readme


def test_a_date_that_covers_no_certain_day_is_left_out() -> None:
    assert build.parse_date("2026 plan") is None
    assert build.parse_date("FY2026Q4") is None
    assert build.parse_date("TTM 2025-09") == dt.date(2025, 9, 30)


def test_prices_by_the_time_of_day_are_those_of_noon() -> None:
    """deepseek-reasoner: 0.55 / 2.19 from 00:30 to 16:30 UTC, half-price or less at night."""
    with (Path(build.RAW) / "model_prices.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["model_id"] == "deepseek-reasoner"]
    assert {row["condition"] for row in rows} == {"default", "daily 00:30-16:30 UTC"}
    assert tables.prices()["deepseek-reasoner", "intl", "output"][-1].price == 2.19
