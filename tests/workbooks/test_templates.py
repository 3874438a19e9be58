"""What holds of every template: bytes, values, inputs, scenarios, currency, checks, charts and claims."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

import workbooks
from tests.workbooks.conftest import TEMPLATES, Rerun, cell_of
from xlfuncs import REGISTRY, __version__, data
from xlfuncs.audit import check
from xlfuncs.services import templates
from xlfuncs.services.refresh import refresh

pytestmark = pytest.mark.slow  # builds and recalculates a template

NAMES = workbooks.NAMES
ORDER = (
    "Cover", "Contents", "Guide", "Inputs", "Scenarios", "Timeline", "Data", "Calc_", "Outputs", "Sensitivity",
    "Charts", "Claims", "Checks", "Log", "Functions", "Sources",
)  # fmt: skip
ROLES = [None, "Label", "Unit", "Value", "Total", "Note", None]
CLAIMS = {f"C{number:02}" for number in range(1, 50)}
VERDICTS = {"supported", "contradicted", "depends", "not testable"}


@cache
def book(name: str, values: bool = True) -> Any:
    return openpyxl.load_workbook(TEMPLATES / f"{name}.xlsx", data_only=values)


def inputs(name: str) -> list[tuple[Any, ...]]:
    """The rows of inputs: those with a source key."""
    return [row for row in book(name)["Inputs"].iter_rows(min_row=5, values_only=True) if row[11]]


@pytest.mark.parametrize("name", NAMES)
def test_a_rebuild_gives_the_same_bytes(name: str, tmp_path: Path) -> None:
    workbooks.build(name, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (TEMPLATES / f"{name}.xlsx").read_bytes()


def test_a_copy_for_office_js_has_its_spelling_and_the_same_values(tmp_path: Path) -> None:
    """Excel stores XLFUNCS.LTV(...) of a custom function as _xldudf_XLFUNCS_LTV(...)."""
    path = tmp_path / "web.xlsx"
    templates.write("unit_economics", path, "officejs")
    assert check(path, REGISTRY, rebuild=templates.write) == []
    plain, stored = openpyxl.load_workbook(TEMPLATES / "unit_economics.xlsx"), openpyxl.load_workbook(path)
    prefixed = 0
    for one, other in zip(plain, stored, strict=True):
        for row in one.iter_rows():
            for cell in row:
                was, now = cell.value, other[cell.coordinate].value
                if isinstance(was, ArrayFormula) and was.text != now.text:
                    prefixed += 1
                    assert re.sub(r"\b_xldudf_XLFUNCS_([A-Z0-9_]+\()", r"\1", now.text) == was.text
                else:
                    assert str(was) == str(now) or isinstance(was, ArrayFormula)
    assert prefixed > 150
    values = openpyxl.load_workbook(path, data_only=True)
    for one in book("unit_economics"):
        assert list(one.values) == list(values[one.title].values)


@pytest.mark.parametrize("name", NAMES)
def test_a_refresh_changes_nothing(name: str) -> None:
    report = refresh(TEMPLATES / f"{name}.xlsx", dry_run=True)
    assert (report.changed, report.kept) == ([], [])
    assert report.outputs["chk_master"] == 1


@pytest.mark.parametrize("name", NAMES)
def test_it_passes_the_rules(name: str) -> None:
    assert check(TEMPLATES / f"{name}.xlsx", REGISTRY) == []


@pytest.mark.parametrize("name", NAMES)
def test_its_sheets_stand_in_the_order_of_reading(name: str) -> None:
    places = [
        next(place for place, one in enumerate(ORDER) if title.startswith(one)) for title in book(name).sheetnames
    ]
    assert places == sorted(places)
    assert set(ORDER) - {"Timeline"} <= {"Calc_" if one.startswith("Calc_") else one for one in book(name).sheetnames}
    for sheet in book(name).worksheets:
        if sheet.title in ("Inputs", "Scenarios", "Timeline") or sheet.title.startswith("Calc_"):
            assert [one.value for one in sheet[4][:7]] == ROLES
        if sheet.title != "Contents":
            assert sheet["A1"].hyperlink.location == "'Contents'!A1"
    assert book(name).custom_doc_props["xlfuncs template"].value == name


@pytest.mark.parametrize("name", NAMES)
def test_every_formula_has_a_value_and_none_is_an_unexpected_error(name: str) -> None:
    for sheet in book(name, False).worksheets:
        values = book(name)[sheet.title]
        for row in sheet.iter_rows():
            for one in row:
                if one.data_type != "f":
                    continue
                value = values[one.coordinate].value
                assert value is not None, (sheet.title, one.coordinate)
                note = str(values.cell(one.row, 6).value)
                assert not str(value).startswith("#") or note.startswith("#N/A"), (sheet.title, one.coordinate, value)


@pytest.mark.parametrize("name", NAMES)
def test_every_input_has_label_unit_range_key_date_and_source(name: str) -> None:
    figures = {row[1]: row for row in book(name)["Data"].iter_rows(min_row=5, values_only=True) if row[1]}
    assert len(inputs(name)) >= 10
    for row in inputs(name):
        assert all(row[column] not in (None, "") for column in (1, 2, 7, 8, 9, 10, 11, 12, 13)), row
        assert row[7] <= row[8] <= row[9], row
        figure = figures[row[11]]
        assert figure[4:7] == row[7:10]
        assert figure[8], figure
        assert figure[9], figure


@pytest.mark.parametrize("name", NAMES)
def test_facts_are_those_of_the_data_set(name: str) -> None:
    facts = [row for row in inputs(name) if not row[11].startswith("assumption.")]
    assert facts
    for row in facts:
        one = data.figure(row[11])
        assert row[12].date() == one.as_of
        assert one.source.title in row[13]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scenario", ["Bear", "Bull"])
def test_each_scenario_keeps_the_checks_and_changes_the_outputs(name: str, scenario: str, rerun: Rerun) -> None:
    changed = rerun(name, {"sc_active": scenario})
    assert cell_of(changed, "chk_master").value == 1
    column = {"Bear": 8, "Bull": 10}[scenario]
    moved = 0
    for row in changed["Outputs"].iter_rows(min_row=5):
        by_scenario, value = row[column - 1].value, row[4].value
        if isinstance(by_scenario, (int, float)) and isinstance(value, (int, float)):
            assert value == pytest.approx(by_scenario, rel=1e-12)
            moved += value != row[8].value
    assert moved


@pytest.mark.parametrize("name", NAMES)
def test_the_currency_turns_the_money_of_the_outputs_alone(name: str, rerun: Rerun) -> None:
    changed = rerun(name, {"sc_currency": "CNY"})
    rate = cell_of(changed, "sc_rate").value
    assert rate == pytest.approx(data.fx_rate("USD", "CNY"), rel=1e-12)
    money = 0
    for before, after in zip(
        book(name)["Outputs"].iter_rows(min_row=5), changed["Outputs"].iter_rows(min_row=5), strict=True
    ):
        if isinstance(before[3].value, (int, float)):
            dollars = str(before[2].value).startswith("USD")
            money += dollars
            assert after[3].value == pytest.approx(before[3].value * (rate if dollars else 1), rel=1e-12)
            assert after[2].value == str(before[2].value).replace("USD", "CNY")
    assert money


@pytest.mark.parametrize("name", NAMES)
def test_there_are_a_dozen_checks_and_all_pass(name: str) -> None:
    rows = [row for row in book(name)["Checks"].iter_rows(min_row=5, values_only=True) if row[1] and row[4] is not None]
    assert len(rows) >= 12
    for row in rows:
        assert row[5] == 1, row
        assert abs(row[2] - row[3]) <= row[4] * max(1, abs(row[3])), row


@pytest.mark.parametrize("name", NAMES)
def test_charts_have_titles_axes_and_a_source(name: str) -> None:
    sheet = book(name, False)["Charts"]
    assert len(sheet._charts) >= 4
    notes = [one.value for row in sheet.iter_rows() for one in row if str(one.value).startswith("Source: ")]
    assert len(notes) == len(sheet._charts)
    for chart in sheet._charts:
        assert chart.title is not None
        axes = [getattr(chart, "x_axis", None), getattr(chart, "y_axis", None)]
        assert any(axis is not None and axis.title is not None for axis in axes)


@pytest.mark.parametrize("name", NAMES)
def test_claims_have_function_value_threshold_verdict_flip_and_source(name: str) -> None:
    rows = [row for row in book(name)["Claims"].iter_rows(min_row=5, values_only=True) if row[1]]
    ids = [row[1] for row in rows]
    assert len(set(ids)) == len(ids)
    assert set(ids) <= CLAIMS
    for row in rows:
        assert row[11] in VERDICTS
        assert all(row[column] for column in (2, 3, 4, 12, 13)), row
        for function in re.findall(r"\b[A-Z][A-Z0-9]+(?:_[A-Z0-9]+)+\b", row[3]):
            assert function in REGISTRY
        if row[11] != "not testable":
            assert all(isinstance(row[column], (int, float)) for column in (7, 8, 9, 10)), row
            above = {value > row[10] for value in row[7:10]}
            assert (row[11] == "depends") == (len(above) == 2)


@pytest.mark.parametrize("name", NAMES)
def test_cover_log_and_package_agree_on_the_version(name: str) -> None:
    facts = {row[1]: row[2] for row in book(name)["Cover"].iter_rows(min_row=5, max_row=12, values_only=True)}
    assert facts["Version"] == __version__ == book(name)["Log"]["B5"].value
    assert all(facts[label] for label in ("Purpose", "Version", "Date", "Author", "Contact", "Data"))


@pytest.mark.parametrize("name", NAMES)
def test_functions_are_called_with_arguments_they_have(name: str) -> None:
    called = 0
    for sheet in book(name, False).worksheets:
        for row in sheet.iter_rows():
            for one in row:
                text = one.value.text if isinstance(one.value, ArrayFormula) else one.value
                if one.data_type == "f" and isinstance(text, str):
                    called += any(f"{function.name}(" in text for function in REGISTRY)
                    assert len(text) <= 255
    assert called >= 10
