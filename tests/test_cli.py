"""The command line as others script against it: output, exit codes, JSON."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import openpyxl
import pytest
from click.testing import CliRunner, Result

from xlfuncs import REGISTRY
from xlfuncs.cli.main import main


def run(*arguments: object, **options: Any) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], **options)


def test_eval_prints_the_value() -> None:
    result = run("eval", "=LTV_CAC(100,0.8,0.05,400)")
    assert (result.output, result.exit_code) == ("4\n", 0)


def test_eval_prints_rows_with_tabs() -> None:
    assert run("eval", '={1,2;"a",TRUE}').output == "1\t2\na\tTRUE\n"


def test_eval_of_an_error_gives_its_reason_and_exits_with_1() -> None:
    result = run("eval", "=LTV(1,2,3)")
    assert result.exit_code == 1
    assert result.output.startswith("#NUM!")
    assert "gross_margin" in result.output


def test_eval_json_takes_one_formula_a_line_and_never_stops() -> None:
    lines = ["=1+1", '="ä"', "=1=1", "={1,2}", "=LTV(1,2,3)", "=SUM(", "", "=LTV(100,0.8,0.05)"]
    result = run("eval", "--json", input="\n".join(lines))
    values = [json.loads(line) for line in result.output.splitlines()]
    assert result.exit_code == 0
    assert values[:4] == [2, "ä", True, [[1, 2]]]
    assert values[4] == {"error": "#NUM!", "why": "gross_margin must be at most 1; got 2."}
    assert [value["error"] for value in values[5:7]] == ["#VALUE!", "#VALUE!"]
    assert values[7] == 1600


def test_list_and_show_know_every_function() -> None:
    listed = run("list").output
    for function in REGISTRY:
        assert function.name in listed
    page = run("show", "ltv_cac").output
    assert "LTV_CAC(arpa" in page
    assert "Skok" in page
    assert [entry["name"] for entry in json.loads(run("list", "--json").output)] == list(REGISTRY.names)
    assert json.loads(run("show", "LTV", "--json").output)["arguments"][0]["name"] == "arpa"


@pytest.mark.parametrize(
    "arguments", [["bogus"], ["eval"], ["show", "LTVCAC"], ["new", "nothing", "-o", "x"], ["refresh"]]
)
def test_wrong_usage_exits_with_64(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == 64


@pytest.mark.parametrize("options", [[], ["-o", "x.xlsx"]], ids=["without-output", "with-output"])
@pytest.mark.parametrize(
    ("name", "near"),
    [("nope", ""), ("unit_economic", "unit_economics"), ("US-China", "us_china_comparison"), ("", "")],
)
def test_an_unknown_template_is_named_with_those_that_there_are(name: str, near: str, options: list[str]) -> None:
    result = run("new", name, *options)
    assert result.exit_code == 64
    assert f"There is no template {name or 'without a name'}; " in result.output
    assert ("did you mean" in result.output, f"did you mean {near}?" in result.output) == (bool(near), bool(near))
    for template in ("allocation_playbook", "unit_economics", "valuation_decoupling"):
        assert template in result.output
    assert "Missing" not in result.output


def test_new_without_a_template_and_its_help_list_the_templates() -> None:
    for arguments, code in ((["new"], 64), (["new", "--help"], 0)):
        result = run(*arguments)
        assert (result.exit_code, "The templates are allocation_playbook, " in result.output) == (code, True)


def commands(group: click.Group, *path: str) -> Iterator[tuple[str, ...]]:
    """The words of every command, those of groups included."""
    for name, command in group.commands.items():
        yield (*path, name)
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


def command_of(words: tuple[str, ...]) -> click.Command:
    command: click.Command = main
    for word in words:
        assert isinstance(command, click.Group)
        command = command.commands[word]
    return command


@pytest.mark.parametrize("words", list(commands(main)), ids=" ".join)
def test_every_command_has_help_in_sentences(words: tuple[str, ...]) -> None:
    result = run(*words, "--help")
    assert result.exit_code == 0
    assert "Usage" in result.output
    command = command_of(words)
    options = [option for option in command.params if isinstance(option, click.Option)]
    for text in (command.help, *(option.help for option in options)):
        assert text
        assert text[0].isupper(), text
        assert text.rstrip().endswith("."), text
        assert not re.search(r" of it\b|\bin per\b", text), text


def test_the_commands_of_the_contract_are_there() -> None:
    """One that is renamed or lost breaks the scripts of others."""
    names = {
        "eval", "list", "show", "new", "refresh", "check", "report", "render", "recalc", "simulate", "addin", "serve",
        "data",
    }  # fmt: skip
    assert names <= set(main.commands)
    assert {"build", "install", "uninstall", "doctor", "selftest"} <= {words[-1] for words in commands(main)}


def test_importing_the_command_line_changes_nothing_of_click() -> None:
    assert click.UsageError.exit_code == 2
    assert run("refresh").exit_code == 64
    assert click.UsageError.exit_code == 2
    assert click.UsageError("x").exit_code == 2


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("new") / "model.xlsx"
    assert run("new", "us_china_comparison", "-o", path).exit_code == 0
    return path


def changed_copy(template: Path, path: Path) -> Path:
    """A copy in which somebody changed an input, through another program."""
    book = openpyxl.load_workbook(template)
    book["Inputs"]["F8"] = 2000
    book.save(path)
    return path


def test_check_of_a_template_finds_nothing(template: Path) -> None:
    result = run("check", template)
    assert (result.output, result.exit_code) == ("0 errors, 0 warnings\n", 0)


@pytest.mark.slow  # refreshes a template several times
def test_refresh_check_tells_fresh_from_stale(template: Path, tmp_path: Path) -> None:
    assert run("refresh", template, "--check").exit_code == 0
    stale = changed_copy(template, tmp_path / "stale.xlsx")
    before = stale.read_bytes()
    assert run("refresh", stale, "--check").exit_code == 3
    assert stale.read_bytes() == before


def test_refresh_prints_the_headline_numbers(template: Path) -> None:
    output = run("refresh", template).output
    assert "out_asymmetry_score" in output
    assert "24.79" in output


def test_the_largest_changes_are_told_first(tmp_path: Path) -> None:
    path = tmp_path / "model.xlsx"
    book = openpyxl.Workbook()
    for row, (value, formula) in enumerate([(1, "=A1*2"), (10, "=A2*2"), (100, "=A3*2")], 1):
        book.active.cell(row, 1).value = value
        book.active.cell(row, 2).value = formula
    book.save(path)
    assert run("refresh", path).exit_code == 0
    data = path.read_bytes()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(tmp_path / "edited.xlsx", "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name.endswith("sheet1.xml"):  # as a program does that stores no new values
                text = text.replace(b"<v>1</v>", b"<v>1.5</v>").replace(b"<v>100</v>", b"<v>900</v>")
            new.writestr(name, text)
    assert path.read_bytes() == data
    result = run("refresh", tmp_path / "edited.xlsx")
    changed = [line.split()[1] for line in result.output.splitlines() if line.startswith("  changed")]
    assert changed == ["Sheet!B3", "Sheet!B1"]


def test_refresh_json_reports_changes(template: Path, tmp_path: Path) -> None:
    stale = changed_copy(template, tmp_path / "stale.xlsx")
    report = json.loads(run("refresh", stale, "--json", "--dry-run").output)
    assert report["formulas"] > 1000
    assert report["changed"]
    assert report["outputs"]["chk_master"] == 1


def test_refused_exits_with_2_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no workbook")
    for command in (["refresh", path], ["check", path]):
        result = run(*command)
        assert result.exit_code == 2
        assert "not an .xlsx workbook" in result.output
    assert json.loads(run("refresh", path, "--json").output)["refused"]


def test_new_does_not_overwrite(template: Path) -> None:
    assert run("new", "us_china_comparison", "-o", template).exit_code == 2


def test_check_finds_what_breaks_trust(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"], sheet["A2"], sheet["A3"] = "=NOW()", "=#REF!+1", "=_xll.LTV(1,1,0.5)"
    book.save(tmp_path / "bad.xlsx")
    result = run("check", tmp_path / "bad.xlsx", "--json")
    found = {finding["rule"] for finding in json.loads(result.output)}
    assert result.exit_code == 1
    assert {"B29", "B35", "B38", "B40"} <= found
    assert "B01" not in found  # which is for our templates


def test_a_check_has_its_limits(template: Path) -> None:
    result = run("check", template, "--timeout", "0.001")
    assert result.exit_code == 2
    assert (
        result.stderr == f"{template} takes longer than 0.001 seconds to calculate; the option timeout allows more.\n"
    )


@pytest.mark.slow  # runs six commands, each in a process
def test_packages_of_the_user_beside_the_program_are_not_taken_for_ours(tmp_path: Path) -> None:
    """Analysts call their folders workbooks, reports or data; python -m looks there first."""
    for name in ("workbooks", "templates", "reports", "reporting", "report", "services", "data", "tools"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text("raise RuntimeError('a package of the user was imported')\n")

    def run_beside(*arguments: str) -> None:
        done = subprocess.run(
            [sys.executable, "-m", "xlfuncs", *arguments], cwd=tmp_path, capture_output=True, text=True, timeout=120
        )
        assert (done.returncode, done.stderr) == (0, ""), arguments

    run_beside("new", "unit_economics", "-o", "a.xlsx")
    run_beside("refresh", "a.xlsx")
    run_beside("check", "a.xlsx")
    run_beside("simulate", "a.xlsx", "--draws", "2", "-j", "2")
    run_beside("report", "a.xlsx", "-o", "a.html")
    run_beside("eval", "=LTV_CAC(100,0.8,0.05,400)")


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "missing.xlsx"
    for command in (["refresh"], ["check"], ["simulate"], ["report", "-o", tmp_path / "r.html"]):
        result = run(*command, missing)
        assert result.exit_code == 2, command
        assert result.stderr == f"{missing} cannot be read: No such file or directory.\n"


def test_an_unknown_template_is_named_with_the_nearest(tmp_path: Path) -> None:
    result = run("new", "unit_economic", "-o", tmp_path / "x.xlsx")
    assert result.exit_code == 64
    assert "There is no template unit_economic; did you mean unit_economics?" in result.stderr
    assert not (tmp_path / "x.xlsx").exists()


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    result = run("new", "unit_economics", "-o", tmp_path / "nowhere" / "x.xlsx")
    assert result.exit_code == 2
    assert result.stderr == f"{tmp_path / 'nowhere' / 'x.xlsx'} cannot be written: No such file or directory.\n"
