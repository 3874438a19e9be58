"""Allocation playbook: the worked portfolio, bounds and sums, the order of scenarios, the rationale, the verdicts."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import Any

import openpyxl
import pytest

from tests.workbooks.conftest import TEMPLATES, Rerun, cell_of
from workbooks.allocation_playbook import HOLDINGS, VIEWS

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAME = "allocation_playbook"
KEYS = [one.key for one in HOLDINGS]

# Archetypes: benchmark, exposures in the order of the loadings, tilt, and the weight at strength 1 within ten points.
WORKED = (
    (35, (0.05, 0.95, 0.5, 0.8, 0.6, 0.2, 0.1), 1.57, 0.450),
    (15, (0.85, 0.1, 0.2, 0.45, 0.4, 0.55, 0.3), -0.91, 0.050),
    (20, (0.05, 0.1, 0.85, 0.7, 0.5, 0.35, 0.1), 1.18, 0.300),
    (15, (0.1, 0.5, 0.15, 0.4, 0.7, 0.45, 0.9), 0.02, 0.092),
    (8, (0.9, 0.05, 0.15, 0.3, 0.7, 0.9, 0.4), -1.33, 0.013),
    (7, (0.2, 0.1, 0.6, 0.55, 0.95, 0.4, 0.15), 0.81, 0.095),
)


@cache
def book() -> Any:
    return openpyxl.load_workbook(TEMPLATES / f"{NAME}.xlsx", data_only=True)


def out(name: str, values: Any = None) -> Any:
    return cell_of(values or book(), f"out_{name}").value


def line(sheet: str, label: str, column: int = 4, values: Any = None) -> Any:
    """The value beside the last row of a label."""
    found = [row for row in (values or book())[sheet].iter_rows(min_row=5) if row[1].value == label]
    return found[-1][column - 1].value


def given(figures: dict[str, float]) -> dict[str, Any]:
    """Inputs by the key after `assumption.` or of the data set, with low, base and high the same."""
    rows = {row[11].value: row[0].row for row in book()["Inputs"].iter_rows(min_row=5) if row[11].value}
    return {f"Inputs!{column}{rows[key]}": value for key, value in figures.items() for column in "HIJ"}


def key_of(holding: str, label: str) -> str:
    """The source key of an input of a holding, by the end of its label."""
    rows = book()["Inputs"].iter_rows(min_row=5, values_only=True)
    return str(next(row[11] for row in rows if row[11] and row[1] == f"{holding}: {label}"))


def worked() -> dict[str, float]:
    """The six archetypes in place of the first six holdings, and nothing of the others."""
    figures: dict[str, float] = {"assumption.cap_power": 1}
    for number, one in enumerate(HOLDINGS):
        if number >= len(WORKED):
            figures[key_of(one.name, "value")] = 1e-12
            continue
        weight, (pure, rent, friction, margin, eff, decoupled, hit), _, _ = WORKED[number]
        figures |= {
            key_of(one.name, "value"): weight,
            key_of(one.name, "revenue of a year"): weight / (15 * margin * math.exp(2 * decoupled)),
            key_of(one.name, "gross margin"): margin,
        }
        judged = {
            "model": pure, "cloud": 0, "dist": 0, "rent": rent, "friction": friction, "eff": eff,
            "consumer": hit / (1 - friction),
        }  # fmt: skip
        figures |= {f"assumption.{one.key}_{key}": value for key, value in judged.items()}
    return given(figures)


def test_the_worked_portfolio(rerun: Rerun) -> None:
    values = rerun(NAME, worked())
    assert cell_of(values, "chk_master").value == 1
    for one, (_, _, tilt, weight) in zip(HOLDINGS, WORKED, strict=False):
        assert line("Calc_Scores", f"{one.name}: score", 4, values) == pytest.approx(tilt, abs=0.006)
        assert out(f"w_{one.key}", values) == pytest.approx(weight, abs=0.0006)
    assert out("active", values) == pytest.approx(0.225, abs=0.0006)
    assert out("turnover", values) == pytest.approx(0.05, rel=1e-9)
    assert out("score_before", values) == pytest.approx(0.60, abs=0.006)
    assert out("score_after", values) == pytest.approx(1.08, abs=0.006)


def test_the_worked_portfolio_without_bounds(rerun: Rerun) -> None:
    values = rerun(NAME, worked() | given({"assumption.band": 1}))
    free = [0.617, 0.022, 0.239, 0.056, 0.008, 0.058]
    for one, weight in zip(HOLDINGS, free, strict=False):
        assert out(f"w_{one.key}", values) == pytest.approx(weight, abs=0.0006)


def test_the_loadings_are_those_of_the_method() -> None:
    assert [base for _, _, _, base, *_ in VIEWS] == [-1.2, 0.6, 1.0, 0.6, 0.5, -0.8, -0.6, 0]


def test_more_worked_numbers() -> None:
    assert line("Calc_Views", "Gross margin after") == pytest.approx(0.392, abs=0.0006)
    assert line("Calc_Views", "Companion: friction of removal") == pytest.approx(0.077, abs=1e-9)
    assert line("Calc_Views", "Workflow: friction of removal") == pytest.approx(0.803, abs=1e-9)
    assert line("Calc_Views", "Companion: churn of a year") == pytest.approx(0.697, abs=0.001)
    assert line("Calc_Views", "Workflow: churn of a year") == pytest.approx(0.096, abs=0.001)
    assert out("chat_worth") == pytest.approx(137, abs=0.5)
    assert out("flow_worth") == pytest.approx(519, abs=1)
    assert out("switching") == pytest.approx(1.68, abs=0.005)


def test_the_benchmark_weighs_by_value_in_dollars() -> None:
    values = {one.key: line("Calc_Scores", f"{one.name}: value") for one in HOLDINGS}
    assert values["nvidia"] == 4590
    assert values["zhipu"] == pytest.approx(1000 / 7.84, rel=0.01)  # HKD 1,000bn
    roots = {key: math.sqrt(value) for key, value in values.items()}
    top = max(roots[key] for key in KEYS)
    for one in HOLDINGS:
        weight = line("Calc_Holdings", one.name, 8)
        assert weight == pytest.approx(roots[one.key] / sum(roots.values()), rel=1e-12)
    assert roots["nvidia"] == top


def test_at_tilt_0_the_weights_are_the_benchmark(rerun: Rerun) -> None:
    values = rerun(NAME, given({"assumption.tilt": 0}))
    assert cell_of(values, "chk_master").value == 1
    for one in HOLDINGS:
        assert out(f"w_{one.key}", values) == pytest.approx(line("Calc_Holdings", one.name, 8), abs=1e-11)
    assert out("active", values) == pytest.approx(0, abs=1e-11)


def test_narrow_bounds_hold_the_weights(rerun: Rerun) -> None:
    values = rerun(NAME, given({"assumption.band": 0.01, "assumption.tilt": 3}))
    assert cell_of(values, "chk_master").value == 1
    for one in HOLDINGS:
        assert abs(out(f"w_{one.key}", values) - line("Calc_Holdings", one.name, 8)) <= 0.01 + 1e-12
    texts = [str(row[19]) for row in values["Calc_Holdings"].iter_rows(min_row=5, values_only=True)]
    assert sum(text.endswith(", at its bound") for text in texts) >= 6


def test_bear_is_worse_than_base_and_bull_is_better() -> None:
    rows = {row[1].value: row for row in book()["Outputs"].iter_rows(min_row=5) if row[1].value}
    for label, falls in (
        ("Pure-play exposure, target", True), ("Pure-play exposure cut by", False),
        ("Active share of the target", False), ("Turnover of the first trade", False), ("Mean score gained", False),
    ):  # fmt: skip
        bear, base, bull = (rows[label][column].value for column in (7, 8, 9))
        assert bear > base > bull if falls else bear < base < bull


def test_each_line_has_a_rationale_in_the_sense_of_its_change() -> None:
    sheet = book()["Calc_Holdings"]
    texts = {
        row[1].value: str(row[19].value)
        for row in sheet.iter_rows(min_row=5)
        if str(row[19].value)[:3] in ("Rai", "Cut")
    }
    assert len(texts) == len(HOLDINGS)
    for one in HOLDINGS:
        change = out(f"w_{one.key}") - line("Calc_Holdings", one.name, 8)
        assert texts[one.name].startswith(f"{'Raise' if change >= 0 else 'Cut'} by {100 * abs(change):.1f} pts: ")
    assert texts["Anthropic"].endswith(": pure-play developer of models, within its bounds")
    assert texts["Nvidia"].endswith(": rent of cloud or silicon, within its bounds")


def test_more_tilt_cuts_more_and_trades_more() -> None:
    rows = [row for row in book()["Calc_Tilts"].iter_rows(min_row=5, values_only=True) if row[1] == "Tilt"]
    assert len(rows) == 13
    assert rows[0][7:10] == (0, pytest.approx(out("pure_before")), pytest.approx(0, abs=1e-11))
    for before, after in pairwise(rows):
        assert after[8] < before[8]
        assert after[9] > before[9]
        assert sum(after[13:27]) == pytest.approx(1, abs=1e-11)


def test_the_verdicts() -> None:
    found = {row[1]: row[11] for row in book()["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert found == {
        "C03": "depends", "C44": "supported", "C45": "depends", "C46": "supported", "C47": "supported",
        "C49": "depends",
    }  # fmt: skip


def test_the_flips_say_the_numbers_of_the_sheets() -> None:
    flips = {row[1]: row[12] for row in book()["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    tencent, minimax, zhipu = (
        math.exp(abs(line("Calc_Views", f"Decoupling index, {one}"))) for one in ("Tencent", "MiniMax", "Zhipu")
    )
    assert (f"{tencent:.1f}", round(minimax), round(zhipu)) == ("1.8", 15, 20)
    assert "1.8 times" in flips["C03"]
    assert f"{-out('own_gap'):.2f}" in flips["C44"]
    assert f"{out('m_cheaper'):.0%}".replace("%", " %") in flips["C45"]
    assert f"{line('Calc_Views', 'Friction of the companion at that churn'):.2f}" in flips["C47"]
    assert "0.42" in flips["C46"]


def test_it_says_that_it_is_no_advice() -> None:
    for sheet in ("Cover", "Guide"):
        texts = " ".join(str(cell) for row in book()[sheet].iter_rows(values_only=True) for cell in row if cell)
        assert "no investment advice" in texts
