"""Many files: side by side, on a real cluster, taken up again, and none stopped by another."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from xlfuncs import refresh_many
from xlfuncs.cli.main import main
from xlfuncs.services.batch import ResumeLog, SchedulerError
from xlfuncs.services.refresh import refresh

pytestmark = pytest.mark.slow  # starts processes and a Dask cluster


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Three workbooks with a stale formula, and among them a file that is none."""
    made = []
    for number in (1, 2, 3):
        book = openpyxl.Workbook()
        book.active["A1"] = number
        book.active["A2"] = "=A1*2"
        book.active["A3"] = "=LTV_CAC(100,0.8,0.05,400*A1)"
        made.append(tmp_path / f"model{number}.xlsx")
        book.save(made[-1])
    (tmp_path / "broken.xlsx").write_text("no workbook", encoding="utf-8")
    return [made[0], tmp_path / "broken.xlsx", *made[1:]]


def values(path: Path) -> tuple[float, float]:
    sheet = openpyxl.load_workbook(path, data_only=True).active
    return sheet["A2"].value, sheet["A3"].value


def outcomes(files: list[Path], **options: Any) -> dict[str, str]:
    refusals = {outcome.file.name: outcome.refused for outcome in refresh_many(files, update_data=False, **options)}
    for number in (1, 2, 3):
        path = next(file for file in files if file.name == f"model{number}.xlsx")
        assert values(path) == (2 * number, 4 / number)
    return refusals


@pytest.mark.parametrize("workers", [1, 3])
def test_each_file_is_done_and_a_bad_one_stops_no_other(files: list[Path], workers: int) -> None:
    refusals = outcomes(files, workers=workers)
    assert set(refusals) == {file.name for file in files}
    assert [name for name, refused in refusals.items() if refused] == ["broken.xlsx"]


@pytest.fixture(scope="module")
def cluster() -> Iterator[str]:
    """The address of a Dask scheduler with two worker processes."""
    distributed: Any = import_module("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as local:
        yield str(local.scheduler_address)


def test_a_cluster_does_the_same(files: list[Path], cluster: str) -> None:
    refusals = outcomes(files, scheduler=cluster)
    assert [name for name, refused in refusals.items() if refused] == ["broken.xlsx"]


def test_a_cluster_by_the_command_with_the_data_of_the_user(files: list[Path], cluster: str, tmp_path: Path) -> None:
    from tests.workbooks.conftest import TEMPLATES

    copy = Path(shutil.copy(TEMPLATES / "unit_economics.xlsx", tmp_path / "copy.xlsx"))
    mine = tmp_path / "figures.csv"
    mine.write_text("key,value,as_of\nCN.model_arpa,20,2026-11-01\n")
    arguments = ["refresh", str(copy), str(files[0]), "--data", str(mine), "--scheduler", cluster, "--json"]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0
    facts = {Path(one["file"]).name: one for one in map(json.loads, done.output.splitlines())}
    assert facts["copy.xlsx"]["data"]["inputs"]
    assert facts["model1.xlsx"]["written"]


def test_a_scheduler_that_is_not_there_is_named(files: list[Path]) -> None:
    with pytest.raises(SchedulerError, match=r"no scheduler at tcp://127\.0\.0\.1:9"):
        list(refresh_many(files, scheduler="tcp://127.0.0.1:9"))


def test_a_fault_of_ours_in_one_file_is_said_and_the_others_go_on(
    files: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    original = refresh

    def failing(file: Path, *arguments: Any, **options: Any) -> Any:
        if file.name == "model2.xlsx":
            raise RuntimeError("a fault")
        return original(file, *arguments, **options)

    monkeypatch.setattr("xlfuncs.services.batch.refresh", failing)
    refusals = {outcome.file.name: outcome.refused for outcome in refresh_many(files)}
    assert "was left as it is: a fault." in refusals["model2.xlsx"]
    assert refusals["model3.xlsx"] == ""


def test_a_run_is_taken_up_where_it_was_left(files: list[Path], tmp_path: Path) -> None:
    notes = tmp_path / "done.jsonl"
    run = ["refresh", *map(str, files), "--resume", str(notes)]
    first = CliRunner().invoke(main, run)
    assert first.exit_code == 2
    assert len(first.output.splitlines()) == 4
    notes.write_text(notes.read_text(encoding="utf-8") + '{"file": "cut sh', encoding="utf-8")
    assert ResumeLog(notes).select_remaining(files) == [files[1]]
    second = CliRunner().invoke(main, run)
    assert len(second.output.splitlines()) == 1  # the broken one again
    book = openpyxl.load_workbook(files[0])
    book.active["A1"] = 7
    book.save(files[0])
    assert ResumeLog(notes).select_remaining(files) == files[:2]  # it was changed since
    CliRunner().invoke(main, run)
    assert values(files[0]) == (14, 4 / 7)


def test_a_dry_run_notes_nothing(files: list[Path], tmp_path: Path) -> None:
    notes = tmp_path / "done.jsonl"
    before = [file.read_bytes() for file in files]
    assert CliRunner().invoke(main, ["refresh", *map(str, files), "--check", "--resume", str(notes)]).exit_code == 2
    assert not notes.exists()
    assert [file.read_bytes() for file in files] == before


def test_several_files_have_a_line_each_and_stale_ones_ask_for_3(files: list[Path]) -> None:
    good = [str(file) for file in files if file.name != "broken.xlsx"]
    done = CliRunner().invoke(main, ["refresh", *good, "--check", "-j", "2"])
    assert done.exit_code == 3
    assert len(done.output.splitlines()) == 3
    assert CliRunner().invoke(main, ["refresh", *good]).exit_code == 0
    assert CliRunner().invoke(main, ["refresh", *good, "--check"]).exit_code == 0
