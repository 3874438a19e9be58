"""The P&L of the super-app launch: three products at the same prices, as worked out apart from this code.

Prices are DeepSeek's measured serving cost over its mean-to-peak load, 0.169 and 0.368 dollars a million tokens;
50 million users join 5 million overnight, for good and for free, at a fixed cost of one million a month.
"""

from __future__ import annotations

import numpy as np
import pytest

from tests.cells import evaluate
from xlfuncs.functions import breakeven_arpu, cohort_value, inference_cost_io, required_decline

PRODUCTS = {"chat": (1800, 500), "reasoning": (2500, 2500), "agentic": (27_000, 7_500)}
PRICES = (0.169, 0.368)
NET_ARPU = 0.0926 + 0.005 * 9.904 * 0.7 - 0.03


def pnl(product: str, **inputs: float) -> dict[str, np.ndarray]:
    tokens_in, tokens_out = PRODUCTS[product]
    rows = {
        "tokens_in": tokens_in,
        "tokens_out": tokens_out,
        "price_in_mtok": PRICES[0],
        "price_out_mtok": PRICES[1],
    } | inputs
    table = np.array(evaluate("SUPERAPP_PNL", [[name, value] for name, value in rows.items()], 36))
    names = (
        "month users queries tokens cost_per_query ads subscriptions api revenue inference other_variable contribution "
        "fixed_cost promotion cash cumulative_cash discount_factor present_value cumulative_pv"
    )
    return dict(zip(names.split(), table.T, strict=True))


def npv(product: str, **inputs: float) -> float:
    return float(pnl(product, **inputs)["present_value"].sum() / 1e6)


def unit_cost(product: str) -> float:
    return float(inference_cost_io(5 * 30.4375, *PRODUCTS[product], *PRICES, 0.5625))


@pytest.mark.parametrize(("product", "cost"), [("chat", 0.0483), ("reasoning", 0.1682), ("agentic", 0.7240)])
def test_inference_cost_of_a_user_month(product: str, cost: float) -> None:
    assert unit_cost(product) == pytest.approx(cost, rel=2e-3)


@pytest.mark.parametrize(("product", "ratio"), [("chat", 0.50), ("reasoning", 1.73), ("agentic", 7.45)])
def test_cost_over_net_revenue(product: str, ratio: float) -> None:
    assert unit_cost(product) / NET_ARPU == pytest.approx(ratio, rel=2e-3, abs=0.005)


@pytest.mark.parametrize(("product", "bill"), [("chat", 2.4), ("reasoning", 8.4), ("agentic", 36.2)])
def test_bill_of_the_added_users(product: str, bill: float) -> None:
    assert 50 * unit_cost(product) == pytest.approx(bill, abs=0.05)


@pytest.mark.parametrize(("product", "arpu"), [("chat", 0.078), ("reasoning", 0.198), ("agentic", 0.754)])
def test_breakeven_revenue(product: str, arpu: float) -> None:
    assert breakeven_arpu(unit_cost(product), 0.03) == pytest.approx(arpu, abs=6e-4)


@pytest.mark.parametrize(("product", "accelerators"), [("chat", 1652), ("reasoning", 5757), ("agentic", 24_779)])
def test_accelerators_at_the_peak(product: str, accelerators: float) -> None:
    needed = evaluate("ACCELERATORS_REQUIRED", 5e7, 5, *PRODUCTS[product], 4030, 1850, 0.5625, 1 / 0.816)
    assert needed == pytest.approx(accelerators, rel=1e-3)


@pytest.mark.parametrize(
    ("product", "status"), [("chat", "NOW, TRANSIENT"), ("reasoning", "TRANSIENT"), ("agentic", "NEVER")]
)
def test_verdicts(product: str, status: str) -> None:
    assert evaluate("BREAKEVEN_STATUS", unit_cost(product) / NET_ARPU, 0.1, 0.6, 0.5, 0.1) == status


def test_the_profit_windows() -> None:
    """Chat until 9.68 years; reasoning from 1.21 to 5.47."""
    chat, reasoning = (unit_cost(product) / NET_ARPU for product in ("chat", "reasoning"))
    rates = (0.1, 0.6, 0.5, 0.1)
    assert evaluate("BREAKEVEN_TIME", chat, *rates, 2) == pytest.approx(9.68, abs=0.01)
    assert evaluate("BREAKEVEN_TIME", reasoning, *rates, 1) == pytest.approx(1.21, abs=0.01)
    assert evaluate("BREAKEVEN_TIME", reasoning, *rates, 2) == pytest.approx(5.47, abs=0.01)


def test_the_decline_that_reasoning_needs() -> None:
    """64.0 / 51.6 / 47.8 / 52.1 % a year for a margin of 0 in 1 / 2 / 3 / 5 years."""
    ratio = unit_cost("reasoning") / NET_ARPU
    needed = [required_decline(ratio, years, 0.1, 0.5, 0.1) for years in (1, 2, 3, 5)]
    assert needed == pytest.approx([0.640, 0.516, 0.478, 0.521], abs=1e-3)
    assert str(evaluate("REQUIRED_DECLINE", unit_cost("agentic") / NET_ARPU, 3, 0.1, 0.5, 0.1)) == "#N/A"


@pytest.mark.parametrize(("product", "inference"), [("chat", 2.6), ("reasoning", 9.1), ("agentic", 39.1)])
def test_the_first_month(product: str, inference: float) -> None:
    first = pnl(product)
    assert first["revenue"][0] / 1e6 == pytest.approx(7.0, abs=0.05)
    assert first["inference"][0] / 1e6 == pytest.approx(inference, abs=0.05)


@pytest.mark.parametrize(("product", "month"), [("chat", 1), ("reasoning", 15), ("agentic", None)])
def test_the_first_month_with_a_contribution(product: str, month: int | None) -> None:
    months = np.flatnonzero(pnl(product)["contribution"] > 0)
    assert (int(months[0]) + 1 if len(months) else None) == month


@pytest.mark.parametrize(
    ("product", "launched", "quiet"), [("chat", 110, -18), ("reasoning", -24, -30), ("agentic", -648, -87)]
)
def test_value_with_and_without_the_launch(product: str, launched: float, quiet: float) -> None:
    assert npv(product) == pytest.approx(launched, abs=0.6)
    assert npv(product, users_peak=5e6) == pytest.approx(quiet, abs=0.6)


@pytest.mark.parametrize(
    ("product", "peak", "destroyed", "index"),
    [("chat", 0, 0, 0), ("reasoning", 40, 24, 0.09), ("agentic", 744, 648, 0.73)],
)
def test_capital_measures(product: str, peak: float, destroyed: float, index: float) -> None:
    flows = pnl(product)
    cash = [flows["cash"].tolist()]
    inflows = float((flows["revenue"] * flows["discount_factor"]).sum())
    outflows = inflows - float(flows["present_value"].sum())
    assert evaluate("PEAK_FUNDING", cash) / 1e6 == pytest.approx(peak, rel=1e-3, abs=0.6)
    assert evaluate("CAPITAL_DESTRUCTION", cash, 0.12) / 1e6 == pytest.approx(destroyed, abs=0.6)
    assert evaluate("DESTRUCTION_INDEX", inflows, outflows) == pytest.approx(index, abs=0.01)


@pytest.mark.parametrize(("product", "value"), [("chat", -201), ("reasoning", -243), ("agentic", -439)])
def test_the_launch_as_campaigns_looked(product: str, value: float) -> None:
    """30 % kept, a half-life of one month, 243 million of promotion."""
    observed = npv(product, keep_share=0.3, halflife_months=1, promotion=243e6)
    assert observed - npv(product, users_peak=5e6) == pytest.approx(value, abs=1)


@pytest.mark.parametrize(("product", "value"), [("chat", 1.23), ("reasoning", -0.19), ("agentic", -6.79)])
def test_value_of_one_user(product: str, value: float) -> None:
    worth = cohort_value(12 * NET_ARPU, 12 * unit_cost(product), 0.6, 0.12, 0.1, 0.6, 0.5, 0.1, 5)
    assert worth == pytest.approx(value, abs=0.012)


def test_rows_add_up() -> None:
    flows = pnl("reasoning", api_revenue=1e5, promotion=1e6)
    assert flows["revenue"] == pytest.approx(flows["ads"] + flows["subscriptions"] + flows["api"])
    assert flows["cumulative_cash"] == pytest.approx(np.cumsum(flows["cash"]))
    assert flows["promotion"].sum() == 1e6


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([["users", 1]], "#N/A", "users"),
        ([["decline", 0.1], ["Decline ", 0.2]], "#VALUE!", "twice"),
        ([["decline", "0.1"]], "#VALUE!", "number"),
        ([["decline", 1]], "#NUM!", "decline"),
        ([["users_peak", 1]], "#NUM!", "users_peak"),
        ([[1, 2]], "#VALUE!", "name"),
        ([["decline", 0.1, 3]], "#VALUE!", "2 columns"),
    ],
)
def test_inputs_that_cannot_be_are_named(rows: list[list[object]], code: str, words: str) -> None:
    error = evaluate("SUPERAPP_PNL", rows)
    assert str(error) == code
    assert words in error.why
