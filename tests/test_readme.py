"""What the README shows is what happens, and a newcomer reads it in a few minutes."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from xlfuncs.cli.main import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install --quiet "
JOB = SET_UP + ". && .venv/bin/xlfuncs refresh templates/us_china_comparison.xlsx"
TESTS = SET_UP + '--editable ".[dev]" && .venv/bin/pytest --numprocesses=auto'


def test_the_first_two_commands_set_up_and_do_the_job_and_set_up_and_test() -> None:
    """Others run the first two blocks of code as they stand."""
    blocks = re.findall(r"^```sh\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
    assert blocks[:2] == [f"{JOB}\n", f"{TESTS}\n"]
    assert re.findall(r"^```(?!$).*$", README, re.MULTILINE)[:2] == ["```sh", "```sh"]


def test_continuous_integration_ends_with_the_same_test_command() -> None:
    assert (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1] == TESTS


def test_shown_formulas_give_what_is_shown() -> None:
    shown = re.findall(r"^\$ xlfuncs (.+)\n(.+)$", README, re.MULTILINE)
    assert len(shown) == 3
    for command, expected in shown:
        assert CliRunner().invoke(main, shlex.split(command)).output.strip() == expected


def test_it_is_read_in_three_minutes() -> None:
    """At 250 words a minute, without the code."""
    text = re.sub(r"^```.*?^```$", "", README, flags=re.MULTILINE | re.DOTALL)
    assert len(re.findall(r"[A-Za-z][\w'-]*", re.sub(r"\]\([^)]*\)", "]", text))) < 750


def test_the_changelog_has_a_section_for_what_comes() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
