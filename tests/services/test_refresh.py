"""A user's copy of a template brought up to date: data, inputs, log; and nothing else."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from tests.workbooks.conftest import TEMPLATES, cell_of
from xlfuncs import __version__, data, refresh
from xlfuncs.cli.main import main
from xlfuncs.data import workbook_tables
from xlfuncs.data.tables import Observation
from xlfuncs.data.workbook_tables import FindFigure
from xlfuncs.services.refresh import DataSource

NAME = "unit_economics"
DAY = dt.date(2026, 11, 25)
THEN = dt.date(2026, 3, 1)  # before some figures of the template were known


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A user's own copy of the template."""
    path = tmp_path / "mine.xlsx"
    shutil.copy(TEMPLATES / f"{NAME}.xlsx", path)
    return path


def rows(path: Path, sheet: str, key: int) -> dict[str, Any]:
    """The rows of a sheet by the text in a column, from 0."""
    book = openpyxl.load_workbook(path, data_only=True)
    return {row[key]: row for row in book[sheet].iter_rows(min_row=5, values_only=True) if row[key]}


def other(key: str, factor: float) -> FindFigure:
    """The installed data, but for one figure."""

    def find(wanted: str) -> Observation:
        one = data.figure(wanted)
        if wanted != key:
            return one
        numbers = (one.value * factor, one.low * factor, one.high * factor)
        return Observation(one.entity, one.metric, DAY, *numbers, one.unit, "low", one.source, "")

    return find


def edited(path: Path, label: str, column: str, value: float) -> None:
    """Change an input as a user would: another program writes the whole file anew."""
    book = openpyxl.load_workbook(path)
    sheet = book["Inputs"]
    place = next(row[0].row for row in sheet.iter_rows(min_col=12, max_col=12) if row[0].value == label)
    sheet[f"{column}{place}"] = value
    book.save(path)


def test_the_installed_data_changes_nothing_in_a_fresh_copy(copy: Path) -> None:
    before = copy.read_bytes()
    done = refresh(copy, today=DAY)
    assert done.data.declared
    assert not done.data
    assert not done.written
    assert copy.read_bytes() == before


def test_a_new_figure_reaches_data_input_result_and_log(copy: Path) -> None:
    key = "CN.model_arpa"
    source = DataSource(other(key, 2), "a test")
    done = refresh(copy, data=source, today=DAY)
    assert done.written
    old, new = (rows(path, "Inputs", 11)[key] for path in (TEMPLATES / f"{NAME}.xlsx", copy))
    assert new[7:10] == pytest.approx([2 * number for number in old[7:10]], rel=1e-12)
    assert new[12].date() == DAY
    assert rows(copy, "Data", 1)[key][4:7] == new[7:10]
    assert done.outputs["out_cn_ltv_cac"] == pytest.approx(2 * 0.197711969644637, rel=1e-12)
    log = openpyxl.load_workbook(copy)["Log"]
    assert [cell.value for cell in log[5][1:6]] == [
        __version__,
        dt.datetime(2026, 11, 25),
        workbook_tables.AUTHOR,
        "1 figure and 1 input brought up to date from a test",
        "all pass",
    ]
    assert log["E6"].value.startswith("Built from the template")
    assert cell_of(openpyxl.load_workbook(copy), "data_version").value == "A test"


def test_only_the_sheets_with_new_values_change(copy: Path) -> None:
    refresh(copy, data=DataSource(other("CN.model_arpa", 2), "a test"), today=DAY)
    with zipfile.ZipFile(TEMPLATES / f"{NAME}.xlsx") as old, zipfile.ZipFile(copy) as new:
        assert old.namelist() == new.namelist()
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert all(name.startswith("xl/worksheets/sheet") for name in changed)
    assert len(changed) < 15


def test_an_input_of_the_users_stays_and_the_conflict_is_listed(copy: Path) -> None:
    key = "CN.model_arpa"
    edited(copy, key, "I", 12.5)
    done = refresh(copy, data=DataSource(other(key, 2), "a test"), today=DAY)
    assert rows(copy, "Inputs", 11)[key][8] == 12.5
    (conflict,) = done.data.conflicts
    assert conflict.key == key
    assert "12.5" in conflict.why
    assert rows(copy, "Data", 1)[key][12] == "changed"


@pytest.mark.slow  # refreshes a template several times
def test_a_day_in_the_past_pins_the_data_and_the_next_refresh_brings_it_back(copy: Path) -> None:
    pinned = refresh(copy, as_of=THEN, today=DAY)
    assert pinned.data.figures
    assert all(row[7].date() <= THEN for key, row in rows(copy, "Data", 1).items() if data_known(key))
    again = refresh(copy, as_of=THEN, today=DAY)
    assert not again.data
    back = refresh(copy, today=DAY)
    assert back.data.figures
    for key, row in rows(TEMPLATES / f"{NAME}.xlsx", "Data", 1).items():
        if isinstance(row[5], (int, float)):
            assert rows(copy, "Data", 1)[key][5] == pytest.approx(row[5], rel=1e-12)


def data_known(key: str) -> bool:
    """Whether a figure was known then."""
    try:
        data.figure(key, THEN)
    except data.DataNotFound:
        return False
    return True


def test_a_workbook_without_declared_data_is_only_calculated(tmp_path: Path) -> None:
    path = tmp_path / "plain.xlsx"
    book = openpyxl.Workbook()
    book.active["A1"] = "=1+1"
    book.save(path)
    done = refresh(path)
    assert not done.data.declared
    assert openpyxl.load_workbook(path, data_only=True).active["A1"].value == 2


def run(*arguments: object) -> Any:
    return CliRunner().invoke(main, ["refresh", *map(str, arguments)])


def test_the_command_takes_figures_of_the_users_own(copy: Path, tmp_path: Path) -> None:
    mine = tmp_path / "figures.csv"
    mine.write_text("entity,metric,value,unit,as_of,source\nCN,model_arpa,20,USD/month,2026-11-01,Our survey\n")
    done = run(copy, "--data", mine, "--json")
    assert done.exit_code == 0
    facts = json.loads(done.output)["data"]
    assert {one["key"] for one in facts["inputs"]} == {"CN.model_arpa"}
    assert rows(copy, "Inputs", 11)["CN.model_arpa"][8] == 20
    assert "Our survey (medium)" in rows(copy, "Inputs", 11)["CN.model_arpa"][13]


def test_check_finds_stale_data_and_writes_nothing(copy: Path, tmp_path: Path) -> None:
    mine = tmp_path / "figures.csv"
    mine.write_text("key,value,as_of\nCN.model_arpa,20,2026-11-01\n")
    before = copy.read_bytes()
    assert run(copy, "--data", mine, "--check").exit_code == 3
    assert copy.read_bytes() == before
    assert run(copy, "--check").exit_code == 0
    assert run(copy, "--check", "--no-data").exit_code == 0


def test_a_source_that_cannot_be_read_is_refused(copy: Path) -> None:
    done = run(copy, "--data", "nothing.csv")
    assert done.exit_code == 2
    assert "nothing.csv" in done.output
    assert run(copy, "--no-data", "--as-of", "2026-01-01").exit_code == 64


def test_a_day_before_all_figures_is_refused_and_names_them(copy: Path) -> None:
    before = copy.read_bytes()
    for extra in ([], ["--dry-run"], ["-o", str(copy.with_name("out.xlsx"))]):
        done = run(copy, "--as-of", "1990-01-01", *extra)
        assert done.exit_code == 2
        assert "its figures are all missing from the data set of" in done.stderr
        assert "as of 1990-01-01. Known later are USD.fx_CNY (from 2019-01-02), " in done.stderr
        assert "; all are known from 2026-06-30." in done.stderr
    assert copy.read_bytes() == before
    assert not copy.with_name("out.xlsx").exists()


def test_a_day_whose_figures_break_the_checks_beside_present_ones_is_refused(copy: Path) -> None:
    """The revenue of a company is known for 2024, but not what the workbook sets against it."""
    before = copy.read_bytes()
    done = run(copy, "--as-of", "2024-06-30")
    assert done.exit_code == 2
    assert "29 of its 31 figures are missing from the data set of" in done.stderr
    assert "formulas or checks fail" in done.stderr
    assert copy.read_bytes() == before


def test_a_source_of_the_users_own_that_has_only_later_figures_is_refused(copy: Path, tmp_path: Path) -> None:
    mine = tmp_path / "figures.csv"
    mine.write_text("key,value,as_of\nCN.model_arpa,20,2026-11-01\n")
    done = run(copy, "--data", mine, "--as-of", "2026-10-31")
    assert done.exit_code == 2
    assert "CN.model_arpa (from 2026-11-01); all are known from 2026-11-01." in done.stderr
    assert run(copy, "--data", mine, "--as-of", "2026-11-01").exit_code == 0


def test_figures_that_were_not_known_on_a_day_are_counted_and_logged(copy: Path) -> None:
    done = run(copy, "--as-of", THEN)
    assert done.exit_code == 0
    assert "; 10 of 31 not known on that day, kept as they were" in done.output
    log = openpyxl.load_workbook(copy)["Log"]
    assert log["E5"].value.endswith("as of 2026-03-01; 10 figures not known on that day kept")
