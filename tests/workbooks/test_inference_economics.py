"""Inference economics: worked numbers, the launch month by month, the order of scenarios, the verdicts."""

from __future__ import annotations

from functools import cache
from typing import Any

import openpyxl
import pytest

from tests.workbooks.conftest import TEMPLATES, Rerun, cell_of

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAME = "inference_economics"


@cache
def book() -> Any:
    return openpyxl.load_workbook(TEMPLATES / f"{NAME}.xlsx", data_only=True)


def out(name: str, values: Any = None) -> Any:
    return cell_of(values or book(), f"out_{name}").value


def lines(sheet: str, label: str, column: int = 4) -> list[Any]:
    """The values beside a label, each row that has it."""
    return [
        row[column - 1].value
        for row in book()[sheet].iter_rows(min_row=5)
        if row[1].value == label and row[column - 1].value is not None
    ]


def line(sheet: str, label: str, column: int = 4) -> Any:
    return lines(sheet, label, column)[-1]


def inputs(key: str) -> int:
    """The row of an input."""
    return next(row[0].row for row in book()["Inputs"].iter_rows(min_row=5) if row[11].value == key)


def set_to(**values: float) -> dict[str, float]:
    """Assumptions held at a value in every scenario."""
    return {f"Inputs!{column}{inputs(f'assumption.{key}')}": value for key, value in values.items() for column in "HIJ"}


@pytest.mark.parametrize(
    ("name", "expected", "tolerance"),
    [  # worked by numpy kernels apart from this code, to the digits they were printed with
        ("us_hour", 1.699, 5e-4),
        ("cn_hour", 0.921, 5e-4),
        ("premium_flop", 0.737, 5e-4),
        ("premium_bandwidth", 0.355, 5e-4),
        ("premium_memory", -0.187, 5e-4),
        ("floor_share", 0.0010, 5e-5),
        ("chat_bill", 2.4, 0.05),
        ("reasoning_bill", 8.4, 0.05),
        ("agentic_bill", 36.2, 0.05),
        ("chat_ratio", 0.50, 5e-3),
        ("reasoning_ratio", 1.73, 5e-3),
        ("agentic_ratio", 7.45, 0.02),  # printed for token prices of three digits
        ("chat_us_ratio", 0.03, 5e-3),
        ("chat_value", 1.23, 5e-3),
        ("reasoning_value", -0.19, 5e-3),
        ("agentic_value", -6.79, 0.01),
        ("cac", 4.86, 1e-9),
        ("chat_stay", 128, 0.5),
        ("reasoning_stay", 6, 0.5),
        ("agentic_stay", -561, 0.5),
        ("chat_campaign", -201, 0.5),
        ("reasoning_campaign", -243, 0.5),
        ("agentic_campaign", -439, 0.5),
        ("reasoning_wait", 2.1, 0.13),  # to the quarter
    ],
)
def test_the_worked_numbers(name: str, expected: float, tolerance: float) -> None:
    assert out(name) == pytest.approx(expected, abs=tolerance)


def test_what_a_launch_ties_up_and_destroys() -> None:
    """Users who all stay: 40 and 744 million tied up, 24 and 648 destroyed, 9 and 73 cents of each dollar lost."""
    for name, peak, lost, index in (("Reasoning", 40, 24, 0.09), ("Agentic", 744, 648, 0.73)):
        assert line(f"Calc_{name}", "All stay: most money tied up") / 1e6 == pytest.approx(
            peak, abs=1
        )  # printed to the million
        assert line(f"Calc_{name}", "All stay: capital destroyed") / 1e6 == pytest.approx(lost, abs=0.5)
        assert line(f"Calc_{name}", "All stay: lost of each dollar spent") == pytest.approx(index, abs=5e-3)
    assert [line(f"Calc_{name}", "All stay: first month that earns") for name in ("Chat", "Reasoning", "Agentic")] == [
        1, 15, "none",
    ]  # fmt: skip


def test_the_disclosed_day_closes() -> None:
    """608bn prompt tokens, 342bn of them cached, 168bn answers: 87,072 dollars of rent, 562,027 at list prices."""
    sheet = "Calc_Disclosed"
    assert line(sheet, "Prompts not in the cache") == pytest.approx(0.1378, abs=5e-5)
    assert lines(sheet, "Answers")[-1] == pytest.approx(0.3003, abs=5e-5)
    assert line(sheet, "Cost of the day at these two") == pytest.approx(87072, rel=1e-3)
    assert line(sheet, "Cost of the day by the rent of the nodes") == 87072
    assert line(sheet, "Nodes that the tokens need") == pytest.approx(226.86, abs=0.02)
    assert line(sheet, "Revenue of the day at list prices") == pytest.approx(562100, abs=1)
    assert line(sheet, "Mark-up on cost") == pytest.approx(5.455, abs=2e-3)
    assert line(sheet, "Blended cost of a million tokens") == pytest.approx(0.1122, abs=5e-5)
    assert line(sheet, "Efficiency from end to end") == pytest.approx(0.223, abs=1e-3)
    assert line(sheet, "Time of a step at full bandwidth") == pytest.approx(10.6, abs=0.05)
    assert line(sheet, "Share of electricity in their cost") == pytest.approx(0.053, abs=3e-3)


def test_a_dense_model_by_batch() -> None:
    """70 billion parameters in FP8 on four H100 at two dollars, context 4,000, utilisation 0.6."""
    speeds, costs = ({row[7].value: row[8].value for row in rows} for rows in _dense())
    for batch, tokens, cost in ((1, 28.2, 32.85), (8, 199.8, 4.63), (64, 835.9, 1.11), (166, 1160.2, 0.80)):
        assert speeds[batch] == pytest.approx(tokens, abs=0.05)
        assert costs[batch] == pytest.approx(cost, abs=5e-3)
    assert line("Calc_Batch", "Tokens that the cache allows at any batch") == pytest.approx(1534, abs=2)


def _dense() -> list[list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in book()["Calc_Batch"].iter_rows(min_row=5):
        if row[1].value == "Sequences together":
            found.setdefault(row[2].value, []).append(row)
    return list(found.values())


@pytest.mark.parametrize(
    ("sheet", "label", "chat", "reasoning", "agentic", "tolerance"),
    [
        ("Calc_China_Users", "Inference cost of a user", 0.0483, 0.1682, 0.7240, 2e-3),
        ("Calc_China_Users", "Gross revenue that breaks even", 0.078, 0.198, 0.754, 5e-3),
        ("Calc_China_Users", "The same on the disclosed system", 1652, 5757, 24779, 1e-3),
        ("Calc_China_Users", "Value of faster growth of users", 333e6, 81e6, -1085e6, 1e-2),
        ("Calc_US_Users", "Inference cost over net revenue", 0.0294, 0.109, 0.441, 2e-2),
    ],
)
def test_three_products(
    sheet: str, label: str, chat: float, reasoning: float, agentic: float, tolerance: float
) -> None:
    assert lines(sheet, label)[-3:] == pytest.approx([chat, reasoning, agentic], rel=tolerance)


def test_the_windows_of_profit() -> None:
    sheet = "Calc_China_Users"
    assert lines(sheet, "Profit of a user") == ["NOW, TRANSIENT", "TRANSIENT", "NEVER"]
    start, end = lines(sheet, "Profit from"), lines(sheet, "Profit until")
    assert start == [0, pytest.approx(1.21, abs=0.01), "never"]
    assert end == [pytest.approx(9.68, abs=0.03), pytest.approx(5.47, abs=0.01), "no end"]
    assert lines(sheet, "Decline needed to pay by the target year") == [
        pytest.approx(0.08, abs=5e-3), pytest.approx(0.478, abs=1e-3), "never",
    ]  # fmt: skip
    assert line("Calc_Window", "Reasoning: value of a user at the best start") == pytest.approx(0.49, abs=5e-3)


def test_hardware_and_physics() -> None:
    sheet = "Calc_Hardware"
    assert line(sheet, "Per TFLOP/s put to use: training") == pytest.approx(1.316, abs=5e-4)
    assert line(sheet, "The same after the gain of algorithms") == pytest.approx(0.54, abs=5e-3)
    assert line(sheet, "Power per TFLOP/s, China over US") == pytest.approx(2.32, abs=0.01)
    assert line(sheet, "Floor: electricity of arithmetic and traffic") == pytest.approx(0.00030, abs=5e-6)
    assert 0.3003 / line(sheet, "Cost of answers over arithmetic alone") == pytest.approx(4.3e-7, abs=5e-9)
    assert line(sheet, "Landauer's bound") == pytest.approx(2.1e-7, abs=3e-9)
    assert line("Calc_Gaps", "Net revenue of a user, US over China") == pytest.approx(11.3, abs=0.05)
    assert line("Calc_Gaps", "Cost of a chat user, China over US") == pytest.approx(1.49, abs=0.01)


def test_rails_and_list_prices() -> None:
    """1,432m x 35 % x 60 % x 35 %, against 250m x 35 % x 25 % x 45 % x 35 %; R1 at 0.55, 0.14 and 2.19 dollars."""
    assert line("Calc_China_Launch", "Daily users that the rails can bring") == pytest.approx(105.252e6, rel=1e-9)
    assert line("Calc_US_Launch", "Daily users that the rails can bring") == pytest.approx(3.4453125e6, rel=1e-9)
    assert lines("Calc_Prices", "deepseek-r1", 9)[-1] == pytest.approx(0.254, abs=5e-4)
    assert lines("Calc_Prices", "deepseek-r1", 10)[-1] == pytest.approx(2.6, abs=0.05)


def _months(cost: float, users: list[float], promotion: float) -> float:
    """Net present value of 36 months, in plain Python."""
    value = 0.0
    for month, active in enumerate(users):
        t = (month + 0.5) / 12
        revenue = active * (0.0926 + 0.005 * 9.9039 * 0.7) * 1.1**t
        inference = active * cost * 1.5**t * (0.1 + 0.9 * 0.4**t)
        cash = revenue - inference - active * 0.03 - 1e6 - (promotion if month == 0 else 0)
        value += cash * 1.12**-t
    return value


@pytest.mark.parametrize(
    ("name", "tokens_in", "tokens_out"),
    [("Chat", 1800, 500), ("Reasoning", 2500, 2500), ("Agentic", 27000, 7500)],
)
def test_the_launch_in_plain_python(name: str, tokens_in: float, tokens_out: float) -> None:
    price_in, price_out = 0.1378 / 0.816, 0.3003 / 0.816
    cost = 5 * 30.4375 * (tokens_in * 0.4375 * price_in + tokens_out * price_out) / 1e6
    campaign = [5e6 + 50e6 * (0.3 + 0.7 * 0.5 ** (month + 0.5)) for month in range(36)]
    for label, users, promotion in (
        ("No launch: net present value", [5e6] * 36, 0),
        ("Campaign: net present value", campaign, 243e6),
        ("All stay: net present value", [55e6] * 36, 0),
    ):
        assert line(f"Calc_{name}", label) == pytest.approx(_months(cost, users, promotion), rel=1e-9)


def test_the_cost_of_answers_in_plain_python() -> None:
    """The roofline of the US chip at 21 tokens a second: 15,298 sequences read 671 GB and their caches."""
    cache = 61 * 576 * 2 * 4989 / 1e9
    batch = int((72 * 0.22 * 8000 / 21 - 671) / cache)
    step = (671 + batch * cache) / (72 * 0.22 * 8000)
    assert out("us_model_out") == pytest.approx(out("us_hour") / (3600 * batch / 72 / step * 0.816) * 1e6, rel=1e-9)
    assert out("us_model_in") == pytest.approx(out("us_hour") / (3600 * 0.3 * 2500e12 / 74e9 * 0.816) * 1e6, rel=1e-9)


def test_bear_is_worse_than_base_and_bull_is_better() -> None:
    rows = {row[1].value: row for row in book()["Outputs"].iter_rows(min_row=5) if row[1].value}
    more = [label for label in rows if "value of the campaign" in label or "value if all stay" in label]
    less = [label for label in rows if "bill of" in label or "by the roofline" in label or "over net revenue" in label]
    assert (len(more), len(less)) == (6, 11)
    for label in (*more, *less):
        bear, base, bull = (rows[label][column].value for column in (7, 8, 9))
        assert bear < base < bull if label in more else bear > base > bull, label


def test_the_verdicts() -> None:
    rows = book()["Claims"].iter_rows(min_row=5, values_only=True)
    assert {row[1]: row[11] for row in rows if row[1]} == {
        "C10": "supported", "C11": "depends", "C12": "supported", "C13": "depends", "C16": "supported",
        "C17": "depends", "C18": "supported", "C26": "supported", "C27": "supported", "C28": "depends",
        "C29": "depends", "C31": "contradicted", "C32": "contradicted",
    }  # fmt: skip


def test_answers_cost_the_same_at_the_price_that_turns_the_claim(rerun: Rerun) -> None:
    price = line("Calc_Hardware", "US system price at which they do")
    assert price == pytest.approx(3.9e6, rel=1e-2)
    row = inputs("US.model_system_price")
    changed = rerun(NAME, {f"Inputs!I{row}": price, f"Inputs!J{row}": price})
    assert out("answers_ratio", changed) == pytest.approx(1, rel=1e-9)


def test_the_promotion_that_chat_can_bear(rerun: Rerun) -> None:
    row = inputs("CN.model_promotion")
    least = out("chat_bears") * 50e6
    changed = rerun(NAME, {f"Inputs!{column}{row}": least for column in "HI"})
    assert out("chat_campaign", changed) == pytest.approx(0, abs=1e-6)


def test_the_roofline_may_take_the_place_of_the_disclosed_cost(rerun: Rerun) -> None:
    changed = rerun(NAME, set_to(basis=1))
    assert cell_of(changed, "chk_master").value == 1
    assert out("chat_ratio", changed) < out("chat_ratio")
    cost = 5 * 30.4375 * (1800 * 0.4375 * out("cn_model_in") + 500 * out("cn_model_out")) / 1e6
    assert out("chat_bill", changed) == pytest.approx(50 * cost, rel=1e-9)


def test_edges_of_the_inputs_keep_the_checks(rerun: Rerun) -> None:
    for cells in (
        set_to(launch_growth=0.5, user_growth=0),
        set_to(agentic_in_x=0, agentic_out_x=0.01),
        set_to(speed=90),
    ):
        assert cell_of(rerun(NAME, cells), "chk_master").value == 1
