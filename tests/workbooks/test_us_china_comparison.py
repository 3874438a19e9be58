"""The flagship, by the figures it was designed for (methodology: worked examples of each section)."""

from __future__ import annotations

import pytest

from tests.workbooks.test_templates import CLAIMS, book
from xlfuncs import REGISTRY

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAME = "us_china_comparison"


def line(sheet: str, label: str, column: int = 4) -> object:
    """The value beside a label."""
    for row in book(NAME)[sheet].iter_rows(min_col=2, max_col=2):
        if row[0].value == label:
            return book(NAME)[sheet].cell(row[0].row, column).value
    raise KeyError(label)


def test_the_score_is_the_published_one() -> None:
    """24.79 with 51.8, -53.2 and 65.2, intensity 57.1, polarity 0.61; China leads above 53.3 %."""
    assert line("Calc_Score", "ASYMMETRY_SCORE, above 0 the US leads") == pytest.approx(24.79, abs=5e-3)
    assert [line("Outputs", vector) for vector in ("Infrastructure", "Distribution", "Monetisation")] == [
        pytest.approx(51.8, abs=0.05),
        pytest.approx(-53.2, abs=0.05),
        pytest.approx(65.2, abs=0.05),
    ]
    assert line("Calc_Score", "Intensity: how far apart, whoever leads") == pytest.approx(57.1, abs=0.05)
    assert line("Calc_Score", "Polarity: how far the leads cancel") == pytest.approx(0.61, abs=5e-3)
    assert line("Calc_Score", "China leads once distribution weighs more than") == pytest.approx(0.533, abs=5e-4)


def test_the_sweep_is_the_published_one() -> None:
    """Weight of distribution 10 % to 80 %: +50, +40, +29, +17, +4, -9, -21, -33."""
    sheet = book(NAME)["Calc_Score"]
    rows = [row for row in sheet.iter_rows(values_only=True) if row[1] == "Step"]
    assert [round(row[9]) for row in rows[:8]] == [50, 40, 29, 17, 4, -9, -21, -33]
    assert [row[7] for row in rows] == [pytest.approx(step / 10) for step in range(1, 10)]


@pytest.mark.parametrize(
    ("sheet", "label", "value", "tolerance"),
    [
        ("Calc_US", "Cost of an accelerator-hour", 1.699, 5e-4),
        ("Calc_China", "Cost of an accelerator-hour", 0.921, 5e-4),
        ("Calc_US", "Largest model of the run", 2546, 1),
        ("Calc_China", "Largest model of the run", 1231, 1),
        ("Calc_US", "Predicted loss at the optimum", 1.8607, 5e-5),
        ("Calc_China", "Predicted loss at the optimum", 1.8736, 5e-5),
        ("Calc_China", "Inference cost of a daily user", 0.0483, 1e-4),
        ("Calc_China", "Inference cost over net revenue", 0.50, 5e-3),
        ("Calc_China", "Gross revenue of a daily user", 0.1272, 1e-4),
        ("Calc_US", "Cost of capital", 0.1110, 5e-5),
        ("Calc_China", "Cost of capital", 0.1305, 5e-5),
        ("Calc_China", "Multiple that the cash flows justify", 100.6, 0.05),
        ("Calc_US", "Multiple that the cash flows justify", 16.3, 0.05),
        ("Calc_China", "Growth that the market multiple assumes", 1.355, 5e-4),
        ("Calc_US", "Growth that the market multiple assumes", 0.670, 5e-4),
        ("Calc_China", "Decoupling index", 0.899, 5e-4),
        ("Calc_US", "Decoupling index", 0.737, 5e-4),
        ("Calc_Gaps", "Hardware premium of China, arithmetic in use", 1.316, 5e-4),
        ("Calc_Gaps", "Hardware premium of China, memory bandwidth", 0.355, 5e-4),
        ("Calc_Gaps", "Hardware premium of China, memory capacity", -0.187, 5e-4),
        ("Calc_Gaps", "Bill of the added users, chat", 2.4, 0.05),
        ("Calc_Gaps", "Agentic inference over net revenue", 7.44, 0.02),
        ("Calc_Gaps", "Promotion for an added user", 4.86, 5e-3),
        ("Calc_Gaps", "Net present value at the base wage, US", 4_120_792, 1),
        ("Calc_Gaps", "Net present value at the base wage, China", -192_938, 50),
        ("Calc_Gaps", "Value lost to the delay at the base wage, US", 400_624, 1),
        ("Calc_Gaps", "Wage above which it pays", 33_914, 1),
        ("Calc_Gaps", "Silicon in the profit pool", 0.790, 5e-4),
        ("Calc_Gaps", "Share of a dollar kept by applications", 0.400, 1e-9),
        ("Calc_Gaps", "Churn of consumer chat", 0.697, 1e-3),
        ("Calc_Gaps", "Churn of a multi-party workflow", 0.096, 5e-4),
        ("Calc_Gaps", "Multiple adjusted to AI", 1.26, 5e-3),
        ("Calc_Gaps", "Value after events", 50, 1e-9),
        ("Calc_Gaps", "A task by small model first", 0.0254, 5e-5),
    ],
)
def test_the_model_gives_the_worked_numbers(sheet: str, label: str, value: float, tolerance: float) -> None:
    assert line(sheet, label) == pytest.approx(value, abs=tolerance)


def test_all_49_claims_are_there_and_verdicts_go_every_way() -> None:
    rows = {row[1]: row[11] for row in book(NAME)["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert set(rows) == CLAIMS
    assert set(rows.values()) == {"supported", "contradicted", "depends"}


@pytest.mark.parametrize(
    ("claim", "verdict"),
    [
        ("C11", "depends"),  # the premium hangs on the work: arithmetic, bandwidth, capacity
        ("C14", "depends"),  # total parameters are not active ones
        ("C24", "contradicted"),  # deployments are the better margin of a listed lab
        ("C28", "depends"),  # chat is cheap, agents are not
        ("C32", "contradicted"),  # physics is a thousandth of the cost
        ("C35", "contradicted"),  # the lag of open models no longer shrinks
        ("C42", "depends"),  # cheap tokens undo cheap labour
    ],
)
def test_the_evidence_against_the_article_is_told(claim: str, verdict: str) -> None:
    rows = {row[1]: row[11] for row in book(NAME)["Claims"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert rows[claim] == verdict


def test_every_function_is_listed() -> None:
    names = [row[1] for row in book(NAME)["Functions"].iter_rows(min_row=5, values_only=True) if row[1]]
    assert names == list(REGISTRY.names)
