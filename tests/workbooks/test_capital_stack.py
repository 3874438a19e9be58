"""The capital stack, by the figures it was designed for (methodology, sections 5 and 10), in every scenario."""

from __future__ import annotations

from typing import Any

import pytest

from tests.workbooks.conftest import Rerun, cell_of
from tests.workbooks.test_templates import book

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAME = "capital_stack"
BEAR, BASE, BULL = 8, 9, 10


def row_of(sheet: Any, label: str) -> int:
    """The row of a label."""
    return next(row[0].row for row in sheet.iter_rows(min_col=2, max_col=2) if row[0].value == label)


def line(sheet: str, label: str, column: int = 4) -> Any:
    """The value beside a label."""
    one = book(NAME)[sheet]
    return one.cell(row_of(one, label), column).value


def test_the_chain_is_the_published_one() -> None:
    """Shares of 60, 55, 45 and 40 %: 0.400, 0.270, 0.182, 0.0891, 0.0594."""
    found = [
        line("Calc_US", f"Kept by {layer}") for layer in ("applications", "models", "clouds", "silicon", "the fab")
    ]
    assert found == [pytest.approx(value, abs=5e-4) for value in (0.400, 0.270, 0.182, 0.0891, 0.0594)]
    sheet = book(NAME)["Calc_Table"]
    top = row_of(sheet, "Applications")
    assert [sheet.cell(top + number, 10).value for number in range(5)] == [pytest.approx(100 * one) for one in found]


def test_the_profit_pool_is_the_published_one() -> None:
    """USD 300bn, 75bn and 60bn at 76.6, 55 and 33 %: 79.0, 14.2 and 6.8 %; coverage 0.20 (Agrawal, Altimeter 2026)."""
    found = [line("Calc_US", f"{layer} in the pool") for layer in ("Silicon", "Clouds", "Applications")]
    assert found == [pytest.approx(value, abs=5e-4) for value in (0.790, 0.142, 0.068)]
    assert line("Calc_US", "Revenue of all") == pytest.approx(435)
    assert line("Calc_US", "Applications over silicon, revenue") == pytest.approx(0.20)
    reaches = 0.6 * 0.55 * 0.45
    assert line("Calc_US", "Application revenue that carries the silicon") == pytest.approx(300 / reaches, rel=1e-12)


@pytest.mark.parametrize(
    ("label", "value"),
    [
        ("The same, nothing passed on", 0.473),
        ("The same, all passed on", 0.510),
        ("Margin after both", 0.392),
        ("Best price of the closed model now", 0.849),
        ("Premium at which buyers are indifferent", 1.12),
    ],
)
def test_margins_and_prices_are_the_published_ones(label: str, value: float) -> None:
    """A margin of 55 %, compute of 35 %, a log price change of 0.2; theta 1.5, elasticity 4, cost 0.30, rival 0.45."""
    assert line("Calc_US", label) == pytest.approx(value, abs=5e-3 if value > 1 else 5e-4)


def test_a_smaller_gap_gives_the_published_price() -> None:
    """A gap of 0.25: USD 0.637 and a premium of 45 %."""
    assert line("Calc_China", "Best price of the closed model now") == pytest.approx(0.637, abs=5e-4)
    assert line("Calc_China", "Premium at which buyers are indifferent") == pytest.approx(0.45, abs=5e-3)


def test_the_arena_gap_has_the_published_half_life() -> None:
    """8.04 to 1.70 % in 13 months is a half-life of 0.48 years; the lag of open models grew from 3 to 4 months."""
    assert line("Calc_Prices", "Half-life that it implies") == pytest.approx(0.48, abs=5e-3)
    assert line("Calc_Friction", "Change of the lag of open models") == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("kind", "friction", "churn", "value"),
    [("consumer chat", 0.077, 0.697, 137), ("multi-party workflow", 0.803, 0.096, 519)],
)
def test_friction_churn_and_value_are_the_published_ones(
    kind: str, friction: float, churn: float, value: float
) -> None:
    assert line("Calc_Friction", f"Friction of removal: {kind}") == pytest.approx(friction, abs=1e-3)
    assert line("Calc_Friction", f"Churn: {kind}") == pytest.approx(churn, abs=2e-3)
    assert line("Calc_Friction", f"Value of 100 a year: {kind}") == pytest.approx(value, abs=1)


def test_the_workflow_stays_as_published() -> None:
    """A cost to switch of USD 400k against USD 60k a year: 1.68."""
    assert line("Calc_Friction", "Switching ratio: multi-party workflow") == pytest.approx(1.68, abs=5e-3)


def test_concentration_is_that_of_the_data_set() -> None:
    """Assistants of China: 150, 345, 300 and 114 million users."""
    users = (150, 345, 300, 114)
    wanted = 10_000 * sum(one**2 for one in users) / sum(users) ** 2
    assert cell_of(book(NAME), "out_cn_app_hhi").value == pytest.approx(wanted)


@pytest.mark.parametrize(
    ("output", "sign"),
    [
        ("us_app", 1), ("cn_app", 1), ("us_model", 1), ("us_lead", -1), ("cn_lead", -1),
        ("us_pool", -1), ("cn_pool", -1),
        ("us_after", 1), ("cn_after", 1), ("us_price", 1), ("cn_price", 1), ("chat_churn", -1), ("flow_churn", -1),
        ("value_ratio", 1),
    ],
)  # fmt: skip
def test_bear_is_worse_than_base_and_bull_better(output: str, sign: int) -> None:
    one = cell_of(book(NAME), f"out_{output}")
    values = [one.parent.cell(one.row, column).value * sign for column in (BEAR, BASE, BULL)]
    assert values == sorted(set(values))


@pytest.mark.parametrize("scenario", ["Bear", "Base", "Bull"])
def test_the_rows_by_year_meet_the_rows_by_hand(scenario: str, rerun: Rerun) -> None:
    changed = rerun(NAME, {"sc_active": scenario})
    assert cell_of(changed, "chk_master").value == 1
    for country in ("US", "China"):
        sheet = changed[f"Calc_{country}_Gap"]
        gap = [sheet.cell(row_of(sheet, "Gap to open models"), column).value for column in range(8, 16)]
        assert gap == sorted(gap, reverse=True)
        first = [sheet.cell(row_of(sheet, "First-order condition"), column).value for column in range(8, 16)]
        assert first == [pytest.approx(1, abs=1e-7)] * 8


def test_the_verdicts_follow_from_the_numbers() -> None:
    found = {row[1]: row[11] for row in book(NAME)["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert found == {
        "C02": "contradicted", "C05": "supported", "C06": "supported", "C09": "supported", "C33": "depends",
        "C34": "supported", "C35": "depends", "C36": "supported", "C37": "depends", "C38": "supported",
        "C45": "depends", "C46": "supported", "C47": "supported",
    }  # fmt: skip
