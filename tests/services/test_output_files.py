"""Outputs never destroy what they must not replace: workbooks, devices, pipes, links, other files."""

from __future__ import annotations

import os
import shutil
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.workbooks.conftest import TEMPLATES
from xlfuncs.cli.main import main
from xlfuncs.core.file_writing import write_file
from xlfuncs.services.output_files import OutputRejected, write_output_file


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    return Path(shutil.copy(TEMPLATES / "unit_economics.xlsx", tmp_path / "model.xlsx"))


@pytest.mark.parametrize(
    "command",
    [
        ["check", "{file}", "--html", "{file}"],
        ["check", "{file}", "--sarif", "{file}"],
        ["simulate", "{file}", "--draws", "2", "-o", "{file}"],
        ["refresh", "{file}", "--resume", "{file}"],
        *(["addin", "build", "--host", host, "-o", "{file}"] for host in ("excel", "officejs", "libreoffice")),
    ],
    ids=["html", "sarif", "draws", "log", "excel", "officejs", "libreoffice"],
)
def test_an_output_never_replaces_a_workbook(workbook: Path, command: list[str]) -> None:
    before = workbook.read_bytes()
    result = CliRunner().invoke(main, [part.format(file=workbook) for part in command])
    assert result.exit_code == 2, result.output
    assert str(workbook) in result.stderr
    assert workbook.read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="Named pipes are files on POSIX systems only")
@pytest.mark.parametrize("force", [[], ["--force"]], ids=["", "force"])
def test_a_pipe_stays_a_pipe(workbook: Path, tmp_path: Path, force: list[str]) -> None:
    pipe = tmp_path / "pipe.xlsx"
    os.mkfifo(pipe)
    result = CliRunner().invoke(main, ["refresh", str(workbook), "-o", str(pipe), *force])
    assert (result.exit_code, "it is not a regular file." in result.stderr) == (2, True)
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    with pytest.raises(OutputRejected, match=r"pipe\.xlsx cannot be written: it is not a regular file\."):
        write_output_file(pipe, b"PK")


def test_a_folder_is_named_as_one(tmp_path: Path) -> None:
    with pytest.raises(OutputRejected, match=r"cannot be written: it is a folder\."):
        write_output_file(tmp_path, b"PK")


@pytest.mark.skipif(os.name != "posix", reason="Links need rights on Windows")
def test_a_link_stays_and_its_file_is_written(tmp_path: Path) -> None:
    target, link = tmp_path / "real.html", tmp_path / "link.html"
    target.write_text("old")
    link.symlink_to(target)
    write_file(link, "new")
    assert link.is_symlink()
    assert target.read_text() == "new"


def test_a_log_of_an_earlier_run_is_taken_up_even_if_it_was_cut_short(workbook: Path, tmp_path: Path) -> None:
    log = tmp_path / "done.log"
    log.write_text('{"fil')
    result = CliRunner().invoke(main, ["refresh", "--check", str(workbook), "--resume", str(log)])
    assert result.exit_code != 2, result.output


class _Worked(Exception):
    """Raised by the work that a command must not have begun."""


def _refuse_work(*arguments: object, **options: object) -> None:
    raise _Worked


@pytest.mark.parametrize("target", ["{folder}/none/x{suffix}", "{folder}/folder{suffix}"], ids=["missing", "folder"])
@pytest.mark.parametrize(
    ("command", "suffix", "work"),
    [
        (["check", "{file}", "--html"], ".html", "xlfuncs.check"),
        (["check", "{file}", "--sarif"], ".sarif", "xlfuncs.check"),
        (["simulate", "{file}", "-o"], ".csv", "xlfuncs.simulate"),
        (["report", "{file}", "-o"], ".html", "xlfuncs.reporting.read_content"),
        (["render", "{file}", "-o"], ".pdf", "xlfuncs.hosts.libreoffice.recalculation.pages"),
        (["new", "unit_economics", "-o"], ".xlsx", "xlfuncs.services.templates.content"),
        (["refresh", "{file}", "-o"], ".xlsx", "xlfuncs.recalculation.save.Package"),
        (["refresh", "{file}", "--resume"], ".log", "xlfuncs.recalculation.save.Package"),
        (["addin", "selftest", "-o"], ".xlsx", "xlfuncs.services.selftest.build"),
        (["addin", "selftest", "--host", "officejs", "-o"], ".xlsx", "xlfuncs.services.selftest.build"),
        (["addin", "selftest", "--host", "libreoffice", "-o"], ".xlsx", "xlfuncs.services.selftest.build"),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, list) else "",
)
def test_an_output_that_cannot_be_written_is_refused_before_any_work(
    workbook: Path, monkeypatch: pytest.MonkeyPatch, command: list[str], suffix: str, work: str, target: str
) -> None:
    monkeypatch.setattr(work, _refuse_work)
    out = Path(target.format(folder=workbook.parent, suffix=suffix))
    if out.parent.exists():
        out.mkdir()
    arguments = [part.format(file=workbook) for part in command]
    result = CliRunner().invoke(main, [*arguments, str(out)])
    assert not isinstance(result.exception, _Worked)
    assert result.exit_code in (2, 64), result.output  # click itself refuses a folder
    assert out.name in result.output


def test_a_workbook_as_the_name_of_a_report_is_refused_before_any_work(
    workbook: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for work in ("xlfuncs.check", "xlfuncs.simulate"):
        monkeypatch.setattr(work, _refuse_work)
    for command in (["check", "--html"], ["check", "--sarif"], ["simulate", "-o"]):
        result = CliRunner().invoke(main, [*command, str(workbook), str(workbook)])
        assert (result.exit_code, "has the name of a workbook" in result.output) == (2, True), command
