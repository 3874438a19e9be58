"""What the README shows is what happens."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from xlfuncs.cli.main import main

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_shown_commands_give_what_is_shown() -> None:
    shown = re.findall(r"^\$ xlfuncs (.+)\n(.+)$", README, re.MULTILINE)
    assert len(shown) == 3
    for command, expected in shown:
        assert CliRunner().invoke(main, shlex.split(command)).output.strip() == expected


def test_continuous_integration_runs_the_same_test_command() -> None:
    (command,) = re.findall(r"^(python3 .*pytest.*)$", README, re.MULTILINE)
    assert command in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines()


def test_every_command_is_in_the_table() -> None:
    for name in main.commands:
        assert f"`xlfuncs {name}" in README or f"`{name} " in README


def test_the_changelog_has_a_section_for_what_comes() -> None:
    assert "## [Unreleased]" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
