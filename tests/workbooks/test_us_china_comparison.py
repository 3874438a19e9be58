"""The flagship: built the same each time, right by openpyxl, and by the figures it was designed for."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

import workbooks
from xlfuncs import REGISTRY, evaluate
from xlfuncs.hosts.headless.refresh import refresh
from xlfuncs.rules import check

TEMPLATE = Path(workbooks.__file__).parent.parent / "templates" / "us_china_comparison.xlsx"
SHEETS = [
    "Cover", "Contents", "Guide", "Inputs", "Scenarios", "Calc_US", "Calc_China", "Comparison", "SuperApp",
    "Decoupling", "Claims", "Checks", "Functions", "Sources",
]  # fmt: skip


@cache
def book(values: bool = True) -> Any:
    return openpyxl.load_workbook(TEMPLATE, data_only=values)


def line(sheet: str, label: str, column: int = 4) -> Any:
    """The value beside a label."""
    for row in book()[sheet].iter_rows(min_col=2, max_col=2):
        if row[0].value == label:
            return book()[sheet].cell(row[0].row, column).value
    raise KeyError(label)


def test_a_rebuild_gives_the_same_bytes(tmp_path: Path) -> None:
    workbooks.build("us_china_comparison", tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == TEMPLATE.read_bytes()


def test_a_refresh_of_the_template_changes_nothing() -> None:
    report = refresh(TEMPLATE, REGISTRY, dry_run=True)
    assert (report.changed, report.kept) == ([], [])
    assert report.outputs["chk_master"] == 1


def test_it_passes_the_rules() -> None:
    assert [one for one in check(TEMPLATE, REGISTRY) if one.severity == "E"] == []


def test_it_has_its_sheets_and_charts() -> None:
    assert book().sheetnames == SHEETS
    charts = {sheet.title: len(sheet._charts) for sheet in book(False).worksheets if sheet._charts}
    assert charts == {"Comparison": 3, "SuperApp": 2, "Decoupling": 1}


def test_every_formula_has_a_value_and_none_is_an_unexpected_error() -> None:
    for sheet in book(False).worksheets:
        for row in sheet.iter_rows():
            for one in row:
                if one.data_type != "f":
                    continue
                value = book()[sheet.title][one.coordinate].value
                assert value is not None, (sheet.title, one.coordinate)
                text = one.value.text if isinstance(one.value, ArrayFormula) else one.value
                assert not str(value).startswith("#") or "NA()" in text, (sheet.title, one.coordinate, value)


def test_every_input_has_unit_range_date_and_source() -> None:
    inputs = 0
    for row in book()["Inputs"].iter_rows(min_row=6, values_only=True):
        if row[1] is None:
            continue
        inputs += 1
        unit, us, cn, day, sources = row[2], row[4:7], row[8:11], row[12], row[13:15]
        assert unit
        assert day
        assert all(sources)
        assert us[0] <= us[1] <= us[2]
        assert cn[0] <= cn[1] <= cn[2]
    assert inputs > 80


def test_calculations_hold_no_typed_numbers() -> None:
    for name in ("Calc_US", "Calc_China"):
        for row in book(False)[name].iter_rows(min_row=5, min_col=4, max_col=4):
            assert row[0].value is None or row[0].data_type == "f", row[0].coordinate


def test_both_countries_have_the_same_lines() -> None:
    us, china = (
        [(row[1], row[2], row[4]) for row in book()[name].iter_rows(min_row=4, values_only=True)]
        for name in ("Calc_US", "Calc_China")
    )
    assert us == china


def test_the_score_is_the_published_one() -> None:
    """24.79 with 51.8, -53.2 and 65.2, intensity 57.1, polarity 0.61; China leads above 53.3 %."""
    assert line("Comparison", "ASYMMETRY_SCORE, above 0 the US leads") == pytest.approx(24.79, abs=5e-3)
    assert [line("Comparison", vector, 3) for vector in ("Infrastructure", "Distribution", "Monetisation")] == [
        pytest.approx(51.8, abs=0.05),
        pytest.approx(-53.2, abs=0.05),
        pytest.approx(65.2, abs=0.05),
    ]
    assert line("Comparison", "Intensity: how far apart, whoever leads") == pytest.approx(57.1, abs=0.05)
    assert line("Comparison", "Polarity: how far the leads cancel") == pytest.approx(0.61, abs=5e-3)
    assert line("Comparison", "China leads overall once distribution weighs more than", 6) == pytest.approx(
        0.533, abs=5e-4
    )


def test_the_sweep_is_the_published_one() -> None:
    """Weight of distribution 10 % to 80 %: +50, +40, +29, +17, +4, -9, -21, -33."""
    sheet = book()["Comparison"]
    start = next(
        row[0].row for row in sheet.iter_rows(min_col=2, max_col=2) if row[0].value == "Weight of distribution"
    )
    scores = [round(sheet.cell(start + step, 6).value) for step in range(1, 9)]
    assert scores == [50, 40, 29, 17, 4, -9, -21, -33]


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
        ("Comparison", "Arithmetic: training and prompts", 1.316, 5e-4),
        ("Comparison", "Bandwidth: answers", 0.355, 5e-4),
        ("Comparison", "Capacity: long context", -0.187, 5e-4),
    ],
)
def test_the_model_gives_the_worked_numbers(sheet: str, label: str, value: float, tolerance: float) -> None:
    assert line(sheet, label) == pytest.approx(value, abs=tolerance)


def test_three_products_are_now_later_and_never() -> None:
    row = [line("SuperApp", "Profit of a user", column) for column in (4, 5, 6)]
    assert row == ["NOW, TRANSIENT", "TRANSIENT", "NEVER"]
    ratios = [line("SuperApp", "Inference cost over net revenue", column) for column in (4, 5, 6)]
    assert ratios == [pytest.approx(value, abs=0.011) for value in (0.50, 1.73, 7.45)]


def test_the_launch_as_observed_loses_201_million() -> None:
    """30 % kept, one-month half-life, $243m promotion: -201 for the chat product."""
    results = {row[6]: row[8] for row in book()["SuperApp"].iter_rows(min_row=14, max_row=26, values_only=True)}
    assert results["Value of the launch itself"] / 1e6 == pytest.approx(-201, abs=0.5)


def test_verdicts_go_both_ways_and_depend() -> None:
    verdicts = [row[8] for row in book()["Claims"].iter_rows(min_row=5, values_only=True) if row[8]]
    assert set(verdicts) == {"supported", "contradicted", "depends"}


def test_every_check_passes() -> None:
    passes = [row[5] for row in book()["Checks"].iter_rows(min_row=5, values_only=True) if row[1]]
    assert len(passes) > 12
    assert set(passes) == {1}


def test_every_function_is_listed() -> None:
    names = [row[1] for row in book()["Functions"].iter_rows(min_row=5, values_only=True) if row[1]]
    assert names == list(REGISTRY.names)


@pytest.mark.parametrize("scenario", ["Bear", "Bull"])
def test_each_scenario_keeps_the_checks(tmp_path: Path, scenario: str) -> None:
    copy = openpyxl.load_workbook(TEMPLATE)
    copy["Scenarios"]["C5"] = scenario
    copy.save(tmp_path / "copy.xlsx")
    report = refresh(tmp_path / "copy.xlsx", REGISTRY)
    assert report.outputs["chk_master"] == 1
    assert report.changed
    assert {error.code for error in report.errors} <= {"#N/A"}


def test_companies_of_both_countries_have_multiples() -> None:
    rows = [row for row in book()["Decoupling"].iter_rows(min_row=5, values_only=True) if row[1]]
    countries = [row[3] for row in rows]
    assert countries.count("US") >= 12
    assert countries.count("CN") >= 12
    for row in rows:
        assert row[8] == pytest.approx(row[4] / (row[6] * row[7]), rel=1e-12)
        assert row[4] == pytest.approx(evaluate("AI_DATA", row[1], "valuation", None, "USD m"))
