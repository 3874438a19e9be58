"""Enterprise automation: worked numbers, the cash flows year by year, the order of scenarios, the verdicts."""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import openpyxl
import pytest

from tests.workbooks.conftest import TEMPLATES, Rerun, cell_of

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAME = "enterprise_automation"


@cache
def book() -> Any:
    return openpyxl.load_workbook(TEMPLATES / f"{NAME}.xlsx", data_only=True)


def out(name: str, values: Any = None) -> Any:
    return cell_of(values or book(), f"out_{name}").value


def line(sheet: str, label: str, column: int = 4, values: Any = None) -> Any:
    """The value beside the last row of a label."""
    found = [row for row in (values or book())[sheet].iter_rows(min_row=5) if row[1].value == label]
    return found[-1][column - 1].value


@pytest.mark.parametrize(
    ("name", "expected", "tolerance"),
    [  # worked by numpy kernels apart from this code, to the digits they were printed with
        ("us_benefit", 1794893, 1e-6),
        ("cn_benefit", 519475, 1e-6),
        ("us_npv", 4120792, 1e-6),
        ("cn_npv", -192938, 2e-4),  # printed for a benefit of 519,468
        ("us_bar", 33914, 2e-5),
        ("us_payback", 0.64, 5e-3),
        ("us_put_off", 400624, 2e-6),
        ("cn_cheap_npv", 568844, 1e-4),
        ("gap_tokens", 15, 1e-9),
        ("gap_costly", 0.08695652 / 0.06, 1e-7),
        ("gap_routine", 0.07130435 / 0.015, 1e-7),
        ("tune_flat", 384813, 2e-6),
        ("tune_falling", 818940, 2e-6),
        ("tune_long", 1116038, 2e-6),
    ],
)
def test_the_worked_numbers(name: str, expected: float, tolerance: float) -> None:
    assert out(name) == pytest.approx(expected, rel=tolerance)


def test_more_worked_numbers_of_the_sheets() -> None:
    assert line("Calc_China", "Break-even wage with it, quick") == pytest.approx(18692, rel=2e-5)
    assert line("Calc_US", "Value of shorter cycles") == pytest.approx(100000, rel=1e-12)
    assert line("Calc_US", "Time x adoption x success x realisation") == pytest.approx(0.1785, rel=1e-12)
    assert line("Calc_Efficiency", "Cascade, costly task") == pytest.approx(0.0254, abs=5e-5)
    assert line("Calc_Efficiency", "Success above which the cascade pays") == pytest.approx(0.092, abs=5e-4)
    assert line("Calc_US", "Cost of a person's hour") == pytest.approx(45.65, rel=1e-12)  # BLS, June 2025
    assert out("wage_ratio") == pytest.approx(4.04, abs=0.005)


@pytest.mark.parametrize(("side", "rate", "delay", "wage"), [("us", 0.11, 0.75, 94952), ("cn", 0.13, 0.25, 23500)])
def test_the_value_by_small_steps_of_time(side: str, rate: float, delay: float, wage: float) -> None:
    steps, value = 200_000, -800000.0
    for number in range(steps):
        t = (number + 0.5) * 5 / steps
        benefit = (100 * wage * 0.1785 + 100000) * min(1, t / 0.5)
        value += (benefit - 500000 * 0.8**t) * (1 + rate) ** -(t + delay) * 5 / steps
    assert out(f"{side}_npv") == pytest.approx(value, rel=1e-6)


def test_the_cash_flows_add_up_to_the_function() -> None:
    for side, sheet in (("us", "Calc_US"), ("cn", "Calc_China")):
        assert line(sheet, "Net present value, again") == pytest.approx(out(f"{side}_npv"), rel=1e-9)
    assert line("Calc_Years", "Net present value, added up") == pytest.approx(out("cn_npv"), rel=1e-9)
    assert line("Calc_Years", "Value so far", 17) == pytest.approx(out("cn_npv"), rel=1e-9)
    # 4.75 years of full benefit: five less half of a ramp of half a year
    assert line("Calc_Years", "1,000 dollars a year, added up") == pytest.approx(4750, rel=1e-12)


def test_the_break_even_wage_is_one(rerun: Rerun) -> None:
    bar = out("cn_true_bar")
    row = next(row for row in book()["Inputs"].iter_rows(min_row=5) if row[11].value == "CN.model_labour_cost")
    changed = rerun(NAME, {f"Inputs!I{row[0].row}": bar, f"Inputs!J{row[0].row}": bar})
    assert out("cn_npv", changed) == pytest.approx(0, abs=1e-3)


def test_the_damage_at_which_both_models_cost_the_same() -> None:
    damage = out("same")
    frontier, small = (0.064 + 0.08 * damage) / 0.92, (0.008 + 0.2 * damage) / 0.8
    assert frontier == pytest.approx(small, rel=1e-12)


def test_bear_is_worse_than_base_and_bull_is_better() -> None:
    rows = {row[1].value: row for row in book()["Outputs"].iter_rows(min_row=5) if row[1].value}
    more = ["Net present value, US", "Net present value, China", "Net present value, cheap tool, China"]
    less = ["Break-even wage, US", "Break-even wage, China", "Realisation at which the value is 0, US"]
    for label in (*more, *less, "Frontier over small: routine task"):
        bear, base, bull = (rows[label][column].value for column in (7, 8, 9))
        assert bear > base > bull if label in less else bear < base < bull


def test_years_to_pay_back_by_scenario(rerun: Rerun) -> None:
    bear, bull = (out("us_path_payback", rerun(NAME, {"sc_active": scenario})) for scenario in ("Bear", "Bull"))
    assert bear == "never"
    assert bull < out("us_path_payback") < 2
    assert out("cn_path_payback") == "never"


def test_an_edge_of_the_inputs_keeps_the_checks(rerun: Rerun) -> None:
    cells: dict[str, float] = {}
    for row in book()["Inputs"].iter_rows(min_row=5):
        for key, value in (("ramp", 0), ("us_delay", 0), ("decline", 0), ("life", 8)):
            if row[11].value == f"assumption.{key}":
                cells |= {f"Inputs!{column}{row[0].row}": value for column in "HIJ"}
    changed = rerun(NAME, cells)
    assert len(cells) == 12
    assert cell_of(changed, "chk_master").value == 1
    steady = (1794893.2 - 500000) * (1 - 1.11**-8) / math.log(1.11) - 800000
    assert out("us_npv", changed) == pytest.approx(steady, rel=1e-9)


def test_the_verdicts(rerun: Rerun) -> None:
    def verdicts(values: Any) -> dict[str, str]:
        return {row[1]: row[11] for row in values["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}

    assert verdicts(book()) == {"C40": "depends", "C41": "depends", "C42": "depends", "C48": "depends"}
    assert verdicts(rerun(NAME, {"sc_active": "Bull"}))["C42"] == "contradicted"


def test_the_flips_say_the_numbers_of_the_sheets() -> None:
    flips = {row[1]: row[12] for row in book()["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert f"{line('Calc_Wages', 'Chinese delay at which it is the same'):.2f} years" in flips["C40"]
    assert f"{out('us_cash_bar'):.0%}".replace("%", " %") in flips["C41"]
    assert f"{round(out('cn_run_bar'), -3):,.0f}" in flips["C42"]
    assert f"{round(out('cn_true_bar'), -2):,.0f}" in flips["C42"]
    assert f"{out('same'):.2f}" in flips["C48"]
