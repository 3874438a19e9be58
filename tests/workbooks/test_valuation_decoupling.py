"""Valuation decoupling, by the figures it was designed for (methodology, sections 3 and 10), in every scenario."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workbooks.conftest import Rerun, cell_of
from tests.workbooks.test_templates import book

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAME = "valuation_decoupling"
BEAR, BASE, BULL = 8, 9, 10
SIDES = (("us", "US"), ("cn", "China"))


def row_of(sheet: Any, label: str) -> int:
    """The row of a label."""
    return next(row[0].row for row in sheet.iter_rows(min_col=2, max_col=2) if row[0].value == label)


def line(sheet: str, label: str, column: int = 4) -> Any:
    """The value beside a label."""
    one = book(NAME)[sheet]
    return one.cell(row_of(one, label), column).value


@pytest.mark.parametrize(
    ("label", "us", "china", "tolerance"),
    [
        ("Cost of capital, US dollars", 0.1110, 0.1305, 5e-5),
        ("Justified multiple", 16.3, 100.6, 0.05),
        ("Decoupling index", 0.737, 0.899, 5e-4),
        ("Share of the price not explained", 0.52, 0.59, 5e-3),
        ("Growth that the price assumes", 0.670, 1.355, 5e-4),
        ("Gross margin that the price assumes", 0.828, 0.746, 5e-4),
    ],
)
def test_the_base_case_is_the_published_one(label: str, us: float, china: float, tolerance: float) -> None:
    """Methodology, table of section 3.2; computed there by kernels apart from this code."""
    assert line("Calc_US", label) == pytest.approx(us, abs=tolerance)
    assert line("Calc_China", label) == pytest.approx(china, abs=tolerance)


def test_the_price_needs_the_published_revenue() -> None:
    """US: 13.0 times in 5 years, 43 in 10, USD 1,086bn; China: 73 and 576 times."""
    assert line("Calc_US_DCF", "Times larger after the first stage") == pytest.approx(13.0, abs=0.05)
    assert line("Calc_US_DCF", "Times larger after the forecast") == pytest.approx(43, abs=0.5)
    assert line("Calc_US_DCF", "Revenue that the price needs at the end") == pytest.approx(1_086_000, abs=500)
    assert line("Calc_China_DCF", "Times larger after the first stage") == pytest.approx(73, abs=1)
    assert line("Calc_China_DCF", "Times larger after the forecast") == pytest.approx(576, abs=0.5)


def test_yuan_rate_and_hazard_are_the_published_ones() -> None:
    """11.72 % in yuan at inflation of 2.2 and 1.0 %; hazard 0.25 and loss 40 % halve a value at r - g of 10 %."""
    assert line("Calc_China", "Cost of capital, yuan") == pytest.approx(0.1172, abs=5e-5)
    lost = 0.1 / (0.1305 - 0.03 + 0.1)
    assert line("Calc_China", "Share of the value lost to it") == pytest.approx(lost, abs=1e-9)


def test_the_software_multiple_is_the_published_one(rerun: Rerun) -> None:
    """6.5x at a contribution of 45 %, retention of 80 % and a rate of 11 %: 3.80x by margin, 1.26x with durability."""
    assert line("Calc_US", "The same, margin alone") == pytest.approx(3.80, abs=5e-3)
    sheet = book(NAME)["Inputs"]
    row = next(row[0].row for row in sheet.iter_rows(min_col=12, max_col=12) if row[0].value == "US.model_risk_free")
    changed = rerun(NAME, {f"Inputs!I{row}": 0.0415})  # which makes the cost of capital 11 %
    one = changed["Calc_US"]
    assert one.cell(row_of(one, "Software multiple for AI revenue"), 4).value == pytest.approx(1.26427, abs=1e-5)


def test_the_monte_carlo_is_near_the_published_one() -> None:
    """China: median 6.8x, 95 % at 399x, P(below 247x) 89.8 %, P(below 100x) 76.8 %, 46 % of paths worthless."""
    one = book(NAME)["Calc_China_MC"]
    row = row_of(one, "Quantile of 5%")
    found = [one.cell(row + number, 9).value for number in range(5)]
    assert found[0] == 0
    assert found[2] == pytest.approx(6.8, abs=3)
    assert found[4] == pytest.approx(399, rel=0.05)
    assert line("Calc_China_MC", "Probability that the price is too high") == pytest.approx(0.898, abs=0.01)
    assert line("Calc_China_MC", "Probability that the bar is too high") == pytest.approx(0.768, abs=0.02)
    odds = [line("Calc_China_MC", f"Price, {name}", 9) for name in ("Bear", "Base", "Bull")]
    assert odds == sorted(odds, reverse=True)
    assert line("Calc_China_MC", "Share of paths worth nothing") == pytest.approx(0.46, abs=0.04)


def test_named_companies_have_the_multiples_of_the_data_set() -> None:
    """Moonshot: USD 50bn over USD 300m; Zhipu: HKD 1,000bn over USD 1,600m, and nobody twice."""
    rows = [row for row in book(NAME)["Calc_Companies"].iter_rows(min_row=5, values_only=True) if row[7] and row[12]]
    multiples = {row[7]: row[12] for row in rows if isinstance(row[12], float)}
    assert multiples["MOONSHOT"] == pytest.approx(50_000 / 300)
    assert multiples["ZHIPU"] == pytest.approx(79.7, abs=0.1)
    assert len(multiples) >= 35


def test_token_cost_alone_does_not_carry_the_price_at_the_published_growth(rerun: Rerun) -> None:
    """Section 10: at growth of 100 % no decline of the token cost supports 247x; at 120 % one of 22 % does."""
    assert line("Calc_China", "Decline of token cost that it assumes") == pytest.approx(0.218, abs=5e-4)
    assert cell_of(book(NAME), "out_cn_token").value > 247
    sheet = book(NAME)["Inputs"]
    row = next(row[0].row for row in sheet.iter_rows(min_col=12, max_col=12) if row[0].value == "CN.model_growth")
    changed = rerun(NAME, {f"Inputs!I{row}": 1.0})
    one = changed["Calc_China"]
    assert one.cell(row_of(one, "Decline of token cost that it assumes"), 4).value == "none"
    assert cell_of(changed, "chk_master").value == 1


@pytest.mark.parametrize("side", ["us", "cn"])
@pytest.mark.parametrize(
    ("output", "sign"),
    [
        ("justified", 1),
        ("observed", -1),
        ("unexplained", -1),
        ("implied", -1),
        ("saas", 1),
        ("hazard", -1),
    ],
)
def test_bear_is_worse_than_base_and_bull_better(side: str, output: str, sign: int) -> None:
    one = cell_of(book(NAME), f"out_{side}_{output}")
    values = [one.parent.cell(one.row, column).value * sign for column in (BEAR, BASE, BULL)]
    assert values == sorted(set(values))


@pytest.mark.parametrize("scenario", ["Bear", "Base", "Bull"])
def test_rows_and_functions_agree(scenario: str, rerun: Rerun) -> None:
    changed = rerun(NAME, {"sc_active": scenario})
    assert cell_of(changed, "chk_master").value == 1
    for _, country in SIDES:
        one, flows = changed[f"Calc_{country}"], changed[f"Calc_{country}_DCF"]
        justified = one.cell(row_of(one, "Justified multiple"), 4).value
        assert flows.cell(row_of(flows, "Multiple by these rows"), 4).value == pytest.approx(justified, rel=1e-9)


def test_fewer_years_keep_the_checks(rerun: Rerun) -> None:
    sheet = book(NAME)["Inputs"]
    rows = [row[0].row for row in sheet.iter_rows(min_col=12, max_col=12) if "years_" in str(row[0].value)]
    cells = {f"Inputs!{column}{row}": years for row in rows for column, years in (("H", 3), ("I", 4), ("J", 4))}
    assert cell_of(rerun(NAME, cells), "chk_master").value == 1


def test_the_verdicts_follow_from_the_numbers() -> None:
    found = {row[1]: row[11] for row in book(NAME)["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert found == {
        "C01": "depends", "C03": "depends", "C07": "supported", "C25": "depends", "C30": "depends",
        "C31": "depends", "C43": "depends",
    }  # fmt: skip
