"""Limiting cases, inverses and identities of the functions, and integrals by another program."""

from __future__ import annotations

import json
import math
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import hyp2f1

from tests.cells import evaluate
from xlfuncs import CellError
from xlfuncs import functions as f
from xlfuncs.core.numerics import student_quantile

SHARE = st.floats(0.01, 0.99)
RATE = st.floats(-0.3, 1.0)
MONEY = st.floats(0.01, 1e6)
FACTOR = st.floats(0.1, 10)
YEARS = st.floats(0.1, 20)


@given(MONEY, SHARE, st.floats(0, 0.95), YEARS)
def test_cost_curve_and_decline_are_inverses(start: float, floor: float, decline: float, years: float) -> None:
    end = f.token_cost_at(start, floor * start, decline, years)
    assume(end > floor * start * (1 + 1e-6))
    assert f.token_price_decline(start, end, years, floor * start) == pytest.approx(decline, abs=1e-7)


@given(MONEY, FACTOR, FACTOR, st.floats(-1, 0.99))
def test_the_bill_at_the_breakeven_cost_is_what_is_allowed(
    arpu: float, queries: float, tokens: float, margin: float
) -> None:
    cost = f.breakeven_token_cost(arpu, queries, tokens, margin)
    assert f.inference_cost(queries, tokens, cost, 0, 1e6) == pytest.approx(arpu * (1 - margin))


@given(st.floats(1, 1e6), FACTOR, SHARE, YEARS, FACTOR, st.floats(1, 40), FACTOR)
def test_ceiling_and_chips_are_inverses(
    chips: float, peak: float, mfu: float, days: float, ratio: float, sparsity: float, gain: float
) -> None:
    size = f.training_ceiling(chips, peak, mfu, days, ratio, sparsity, gain)
    assert f.training_chips_required(size, peak, mfu, days, ratio, sparsity, gain) == pytest.approx(chips)


@given(st.tuples(FACTOR, FACTOR, FACTOR, FACTOR, FACTOR, FACTOR))
def test_the_premium_turns_round_and_a_gain_of_its_size_undoes_it(
    six: tuple[float, float, float, float, float, float],
) -> None:
    premium = f.hardware_premium(*six)
    assert (1 + premium) * (1 + f.hardware_premium(*six[3:], *six[:3])) == pytest.approx(1)
    assert f.hardware_premium(*six, 1 + premium) == pytest.approx(0, abs=1e-12)


@given(st.floats(1, 512), st.floats(1, 700), SHARE, st.floats(0, 1e6), st.floats(1, 1e5), SHARE, SHARE)
def test_decoding_is_bounded_by_arithmetic_and_by_the_cache(
    batch: float, params: float, active: float, cache: float, context: float, mfu: float, mbu: float
) -> None:
    speed = f.decode_throughput(batch, params, active * params, 1, cache, context, 1000, 3, 8, mfu, mbu)
    assert speed <= mfu * 1e15 / (2e9 * active * params) * (1 + 1e-9)
    assert cache == 0 or speed <= mbu * 3e12 / (context * cache) * (1 + 1e-9)
    one_of_one = f.decode_throughput(
        batch, params, active * params, 1, cache, context, 1000, 3, 8, mfu, mbu, 0, 0, 1, 1
    )
    assert one_of_one == pytest.approx(speed)


@given(SHARE, st.floats(1, 365), st.floats(1, 365))
def test_churn_converts_there_and_back(churn: float, old: float, new: float) -> None:
    there = f.churn_convert(churn, old, new)
    assume(1e-12 < there < 1 - 1e-9)
    assert f.churn_convert(there, new, old) == pytest.approx(churn, rel=1e-4, abs=1e-9)


@given(st.floats(0.1, 20), YEARS, st.floats(0, 0.5), RATE, RATE)
def test_the_required_decline_reaches_a_ratio_of_one(
    ratio: float, horizon: float, floor: float, usage: float, arpu: float
) -> None:
    decline = evaluate("REQUIRED_DECLINE", ratio, horizon, floor, usage, arpu)
    if isinstance(decline, float) and decline > 0:
        assert f.cost_to_arpu(ratio, floor, decline, usage, arpu, horizon) == pytest.approx(1, rel=1e-6)


@given(st.floats(0, 20), st.floats(0, 1), st.floats(0, 0.99), RATE, RATE)
def test_breakeven_times_are_crossings_and_never_means_never(
    ratio: float, floor: float, decline: float, usage: float, arpu: float
) -> None:
    rates = (floor, decline, usage, arpu)
    start, end = (evaluate("BREAKEVEN_TIME", ratio, *rates, boundary) for boundary in (1, 2))
    status = evaluate("BREAKEVEN_STATUS", ratio, *rates)
    assert (status == "NEVER") == isinstance(start, CellError)
    assert ("TRANSIENT" in status) == isinstance(end, float)
    for time in (start, end):
        if isinstance(time, float) and time > 0:
            assert f.cost_to_arpu(ratio, *rates, time) == pytest.approx(1, rel=1e-6)


@pytest.mark.parametrize("cost_ratio", [2.0, 4.0])
@pytest.mark.parametrize("decline", [0.5, 0.9])
def test_a_floor_at_the_revenue_is_never_reached(cost_ratio: float, decline: float) -> None:
    at_floor = (cost_ratio, 1 / cost_ratio, decline, 0, 0)  # the ratio is 1 + (cost_ratio - 1) (1 - decline)^t
    assert str(evaluate("BREAKEVEN_TIME", *at_floor)) == "#N/A"
    assert evaluate("BREAKEVEN_STATUS", *at_floor) == "NEVER"


def integral(rate: float, horizon: float, power: int = 0) -> float:
    return float(quad(lambda t: t**power * math.exp(-rate * t), 0, horizon, epsabs=0, epsrel=1e-11)[0])


@given(FACTOR, FACTOR, SHARE, st.floats(0, 0.5), SHARE, st.floats(0, 0.9), RATE, RATE, st.floats(0.5, 15))
def test_cohort_value_is_its_integral(
    arpu: float,
    cost: float,
    churn: float,
    discount: float,
    floor: float,
    decline: float,
    use: float,
    pay: float,
    years: float,
) -> None:
    rate = math.log1p(discount) + churn
    fall = -math.log1p(-decline)
    grown = rate - math.log1p(use)
    expected = arpu * integral(rate - math.log1p(pay), years) - cost * (
        floor * integral(grown, years) + (1 - floor) * integral(grown + fall, years)
    )
    value = f.cohort_value(arpu, cost, churn, discount, floor, decline, use, pay, years)
    assert value == pytest.approx(expected, rel=1e-8, abs=1e-7)


@given(FACTOR, FACTOR, RATE, st.floats(0, 0.5), st.floats(0.5, 10))
def test_growth_slope_is_the_integral_with_time(
    arpu: float, cost: float, growth: float, discount: float, years: float
) -> None:
    rate = math.log1p(discount) - math.log1p(growth)
    expected = 1000 * (arpu - cost) * integral(rate, years, 1)
    assert f.growth_value_slope(1000, arpu, cost, growth, discount, 0, 0, 0, 0, years) == pytest.approx(
        expected, rel=1e-8, abs=1e-7
    )


@given(FACTOR, FACTOR, SHARE, st.floats(0, 0.5), st.floats(0, 5), st.floats(0, 0.5))
def test_a_user_is_worth_the_cost_at_the_breakeven_decline(
    arpu: float, cost: float, churn: float, discount: float, cac: float, floor: float
) -> None:
    decline = evaluate("VALUE_BREAKEVEN_DECLINE", arpu, cost, churn, discount, cac, floor)
    if isinstance(decline, float) and decline > 0:
        assert f.cohort_value(arpu, cost, churn, discount, floor, decline) == pytest.approx(cac, rel=1e-6, abs=1e-6)


@given(MONEY, SHARE, SHARE, st.floats(0, 0.2), st.floats(-0.2, 0.2), st.integers(1, 60))
def test_lifetime_value_is_the_sum_of_its_margins(
    arpa: float, margin: float, churn: float, discount: float, expansion: float, horizon: int
) -> None:
    z = (1 - churn) * (1 + expansion) / (1 + discount)
    value = f.ltv(arpa, margin, churn, discount, expansion, 1, horizon)
    assert value == pytest.approx(arpa * margin * math.fsum(z**t for t in range(horizon)), rel=1e-9)


@given(st.floats(-16, -0.31))
def test_student_quantiles_of_one_and_two_degrees_are_the_closed_forms(logarithm: float) -> None:
    tail = 10**logarithm
    assert student_quantile(tail, 1) == pytest.approx(1 / math.tan(math.pi * tail), rel=1e-11)
    assert student_quantile(tail, 2) == pytest.approx((1 - 2 * tail) / math.sqrt(2 * tail * (1 - tail)), rel=1e-11)


def test_a_fit_without_slowing_is_a_constant_churn_and_one_of_two_kinds_of_customers_a_split() -> None:
    ((alpha, beta, _),) = f.sbg_fit([[0.9, 0.81, 0.729]])
    assert alpha + beta == pytest.approx(math.exp(15))
    assert alpha / (alpha + beta) == pytest.approx(0.1)
    ((alpha, beta, _),) = f.sbg_fit([[0.5, 0.5, 0.5]])
    assert alpha + beta == pytest.approx(math.exp(-10))
    assert alpha / (alpha + beta) == pytest.approx(0.5, abs=1e-4)


@given(st.floats(0.05, 20), st.floats(0.05, 20), st.floats(0.01, 1))
def test_sbg_value_is_the_hypergeometric_one_and_beats_constant_churn(alpha: float, beta: float, rate: float) -> None:
    value = f.sbg_ltv(1, alpha, beta, rate)
    assert value == pytest.approx(float(hyp2f1(1, beta, alpha + beta, 1 / (1 + rate))), rel=1e-7)
    assert value >= f.ltv(1, 1, alpha / (alpha + beta), rate) * (1 - 1e-12)


@given(FACTOR, st.floats(0.2, 10), st.floats(0, 0.5), st.floats(0, 0.5))
def test_the_payback_pays_back(cac: float, margin: float, churn: float, discount: float) -> None:
    periods = evaluate("CAC_PAYBACK", cac, margin, churn, discount)
    z = (1 - churn) / (1 + discount)
    if isinstance(periods, CellError):
        assert cac * (1 - z) >= margin * (1 - 1e-12)
    elif 1 - z > 1e-6:
        assert margin * (1 - z**periods) / (1 - z) == pytest.approx(cac, rel=1e-6)


CASE = (5, 5, 0.03, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111)


@given(st.floats(5, 500))
def test_the_implied_growth_gives_the_multiple(observed: float) -> None:
    growth = evaluate("IMPLIED_GROWTH", observed, *CASE)
    assert f.justified_multiple(growth, *CASE) == pytest.approx(observed, rel=1e-6)


@given(st.floats(5, 25))
def test_the_implied_margin_gives_the_multiple(observed: float) -> None:
    high, fade, terminal, start, _, *rest = CASE
    margin = evaluate("IMPLIED_MARGIN", observed, 0.55, high, fade, terminal, start, *rest)
    assert f.justified_multiple(0.55, high, fade, terminal, start, margin, *rest) == pytest.approx(observed, rel=1e-6)


@given(st.floats(-0.2, 1.5), MONEY)
def test_the_table_adds_up_to_the_multiple(growth: float, revenue: float) -> None:
    rows = np.array(f.fcff_dcf_table(revenue, growth, *CASE))
    assert rows[:, 8].sum() == pytest.approx(revenue * f.justified_multiple(growth, *CASE), rel=1e-9)
    assert rows[:, 6] == pytest.approx(rows[:, 3] - rows[:, 4] - rows[:, 5])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), MONEY)
def test_the_layers_keep_all_of_the_money(shares: list[float], revenue: float) -> None:
    rows = f.stack_waterfall([shares], revenue)
    assert sum(row[2] for row in rows) == pytest.approx(revenue)
    assert sum(row[3] for row in rows) == pytest.approx(1)


@given(st.integers(1, 50), MONEY)
def test_equal_firms_have_a_concentration_of_10000_over_their_number(count: int, size: float) -> None:
    assert f.hhi([[size] * count]) == pytest.approx(10_000 / count)


@given(st.floats(-1, 1), st.floats(0, 2), st.floats(1.1, 50), FACTOR, FACTOR)
def test_the_price_is_the_best_one(gap: float, theta: float, elasticity: float, cost: float, rival: float) -> None:
    price = f.model_price(gap, theta, elasticity, cost, rival)

    def profit(asked: float) -> float:
        return (asked - cost) / (1 + math.exp(-elasticity * (theta * gap - math.log(asked / rival))))

    best = profit(price)
    assert best >= profit(price * 1.001) * (1 - 1e-9)
    assert best >= profit(price / 1.001) * (1 - 1e-9)


@given(
    MONEY,
    st.floats(0, 100),
    st.floats(0, 100),
    RATE,
    st.floats(0.5, 15),
    st.floats(0, 5),
    st.floats(0, 2),
    st.floats(0, 0.8),
)
def test_automation_value_is_its_integral(
    benefit: float, cost: float, upfront: float, rate: float, years: float, ramp: float, delay: float, fall: float
) -> None:
    force = math.log1p(rate)
    ramp = min(ramp, years)

    def flow(t: float) -> float:
        return (benefit * (min(1.0, t / ramp) if ramp else 1.0) - cost * (1 - fall) ** t) * math.exp(-force * t)

    points = [ramp] if 0 < ramp < years else None
    expected = (1 + rate) ** -delay * quad(flow, 0, years, points=points, epsabs=0, epsrel=1e-10)[0] - upfront
    value = f.automation_npv(benefit, cost, upfront, rate, years, ramp, delay, fall)
    assert value == pytest.approx(expected, rel=1e-7, abs=1e-6 * benefit)


@given(FACTOR, SHARE, MONEY, MONEY, st.floats(0, 0.5), st.floats(0.5, 15))
def test_at_the_breakeven_wage_the_value_is_nothing(
    fte: float, share: float, run: float, upfront: float, rate: float, years: float
) -> None:
    wage = f.breakeven_wage(fte, share, run, upfront, rate, years)
    benefit = f.automation_benefit(fte, wage, share, 1, 1, 1)
    assert f.automation_npv(benefit, run, upfront, rate, years) == pytest.approx(0, abs=1e-7 * (run * years + upfront))


@given(
    st.lists(st.tuples(st.floats(0.01, 1), st.floats(-3, 3)), min_size=1, max_size=6), st.floats(0, 3), st.floats(-5, 5)
)
def test_tilts_add_up_and_do_not_care_for_a_shift(
    assets: list[tuple[float, float]], strength: float, shift: float
) -> None:
    weights, scores = [[weight for weight, _ in assets]], [[score for _, score in assets]]

    def tilted(by: float, strength: float) -> np.ndarray:
        return np.ravel(evaluate("TILTED_WEIGHTS", weights, [[score + by for score in scores[0]]], strength))

    assert tilted(0, strength).sum() == pytest.approx(1)
    assert tilted(shift, strength) == pytest.approx(tilted(0, strength), abs=1e-9)
    assert tilted(0, 0) == pytest.approx(np.ravel(weights) / np.sum(weights), abs=1e-9)


@given(RATE, RATE, RATE)
def test_rates_convert_there_and_back(rate: float, here: float, there: float) -> None:
    assert f.rate_convert(f.rate_convert(rate, here, there), there, here) == pytest.approx(rate, abs=1e-9)


@given(MONEY, SHARE, st.floats(1e-6, 1))
def test_trying_once_and_falling_back_is_plain(cost: float, success: float, damage: float) -> None:
    expected = cost + (1 - success) * (damage + 2)
    assert f.cost_per_success(cost, success, 0, damage, 1, 2) == pytest.approx(expected)


def test_monte_carlo_gives_the_same_bytes_everywhere() -> None:
    from xlfuncs import REGISTRY
    from xlfuncs.engine.evaluator import Evaluator

    formula = '=MC_RUN("LTV_CAC",{80,100,120;0.4,0.6,0.8;0.03,0.05,0.09;300,400,600},2000,1)'
    rows = [[80, 100, 120], [0.4, 0.6, 0.8], [0.03, 0.05, 0.09], [300, 400, 600]]
    by_python = evaluate("MC_RUN", "LTV_CAC", rows, 2000, 1)
    assert Evaluator(REGISTRY).evaluate(formula) == by_python
    run = [sys.executable, "-m", "xlfuncs", "eval", "--json", formula]
    printed = [subprocess.run(run, capture_output=True, check=True).stdout for _ in range(2)]
    assert printed[0] == printed[1]
    assert json.loads(printed[0]) == by_python


def test_small_chances_keep_their_digits() -> None:
    for chance in (1e-8, 1e-12, 1e-17):
        assert f.cost_per_success(1, chance, 1, 0, 3, 0) == pytest.approx(6, rel=1e-7)  # three attempts of 2
        assert f.churn_convert(chance, 12, 1) == pytest.approx(12 * chance, rel=1e-7)  # the first term of the series


def test_what_does_not_vary_has_no_deviation_and_no_shares() -> None:
    same = [[100_000, 100_000, 100_000], [1100, 1100, 1100]]
    assert str(evaluate("SOBOL_INDICES", "PAID_CAC", same, 512)) == "#N/A"
    cost = 100_000 / 1100
    assert evaluate("MC_RUN", "PAID_CAC", same, 100) == [[cost, 0.0, cost, cost, cost]]


def test_weights_that_cannot_add_up_are_one_error() -> None:
    error = evaluate("TILTED_WEIGHTS", [[1], [0]], [[0], [0]], 1, None, [[0.5], [1]])
    assert str(error) == "#NUM!"
    assert "add" in error.why


def test_a_high_power_of_friction_takes_the_highest() -> None:
    assert f.friction_score([[5.15e-5]], None, 300) == pytest.approx(5.15e-5)


def test_the_loss_of_a_steep_law_is_the_rest_of_it() -> None:
    rest = 1.8172 + 2085.43 / 1.4e12**0.3658
    assert f.chinchilla_loss(70, 1.4, 1.8172, None, None, 100, 0.3658) == pytest.approx(rest)


def test_a_search_that_starts_where_nothing_is_finite_still_finds_its_root() -> None:
    """At a growth of -100% operating cost is infinite; in a column or alone, the root is the one above it."""
    case = (25, 5, 0.03, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111, None, 0.8)
    alone = f.implied_growth(34.08, *case, -0.9999999999999999, 10)
    assert f.justified_multiple(alone, *case[:11], 1, 0.8) == pytest.approx(34.08, rel=1e-6)
    assert f.implied_growth(np.array([34.08, 34.08]), *case, -0.9999999999999999, 10) == pytest.approx(alone)


def test_revenue_that_outgrows_all_needs_no_decline() -> None:
    assert f.required_decline(5, 100, 0, 0.3, 1e9) == 0


def test_where_growth_costs_more_than_it_earns_a_lower_margin_is_found() -> None:
    """A return below growth turns the value of a margin round; the root by Brent's method elsewhere: 0.072216."""
    case = (38.51772192043576, 0.3915714705363381, 5, 0, 0.02421068872849362, 0.6487357619890659, 1.7371057121361255)
    rest = (0.3954022614053317, 0.28354209750351383, 0.574085981268723, 0.07800357840816173, 0.009701191433645208)
    assert f.implied_margin(*case, *rest, 0.7691305600461819) == pytest.approx(0.072216, rel=1e-5)
