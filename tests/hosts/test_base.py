"""The command line over hosts: it knows only their protocol, and a new one needs a module and a line."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.hosts import stub
from xlfuncs.cli import addin, main
from xlfuncs.hosts import base


@pytest.fixture
def stubbed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The registry with one line more."""
    monkeypatch.setitem(base.MODULES, "stub", "tests.hosts.stub")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main.main, ["addin", *arguments])


@pytest.mark.parametrize("name", base.names())
def test_a_host_is_named_as_in_the_registry_and_fulfils_the_protocol(name: str) -> None:
    host = base.load(name)
    members = [member for member in vars(base.Host) if not member.startswith("_")]
    assert set(members) >= {"name", "title", "options", "build", "install", "uninstall", "doctor", "self_test"}
    assert all(hasattr(host, member) for member in members)
    assert host.name == name


def test_the_command_line_imports_no_host() -> None:
    program = (
        "import sys, xlfuncs.cli.main; "
        "print([name for name in sys.modules if name.startswith('xlfuncs.hosts.') and name != 'xlfuncs.hosts.base'])"
    )
    assert subprocess.run([sys.executable, "-c", program], capture_output=True, text=True).stdout == "[]\n"


def test_the_commands_compare_no_host_by_name() -> None:
    tree = ast.parse(Path(addin.__file__).read_text(encoding="utf-8"))
    compared = [ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Compare)]
    assert not [text for text in compared if any(name in text for name in ("host", *base.names()))]


@pytest.mark.parametrize("command", ["build", "install", "uninstall", "doctor", "selftest"])
def test_every_command_offers_the_hosts_of_the_registry(stubbed: None, command: str) -> None:
    done = run(command, "--help")
    assert {"excel", "officejs", "libreoffice", "stub"} <= set(base.names())
    assert f"[{'|'.join(base.names())}]" in "".join(done.output.split())
    assert run(command, "--host", "lotus").exit_code == 64


@pytest.mark.parametrize("command", ["build", "install"])
def test_the_options_of_every_host_are_in_the_help_with_its_name(stubbed: None, command: str) -> None:
    words = " ".join(run(command, "--help").output.split())
    for text in (
        "Cache results of calls with scalar arguments. (--host excel)",
        "Port of the local server. (--host officejs) [default: 8743; 1024<=x<=65535]",
        "--colour TEXT Colour of the sheets. (--host stub)",
        "--size INTEGER RANGE Size of the sheets. (--host stub) [default: 3; 1<=x<=9]",
        "--bold Bold text. (--host stub)",
    ):
        assert text in words


def test_a_host_gets_its_options_and_no_others(stubbed: None, tmp_path: Path) -> None:
    out = tmp_path / "stub.txt"
    done = run("build", "--host", "stub", "-o", str(out), "--colour", "red", "--bold")
    assert (done.exit_code, done.output) == (0, f"{out}\n")
    assert out.read_text(encoding="utf-8") == repr(stub.StubOptions("red", 3, True))


@pytest.mark.parametrize(
    "host, option, others",
    [
        ("stub", ["--memo"], "--memo is an option for Excel for Windows; Stub Sheets does not take it."),
        ("stub", ["--port", "8743"], "--port is an option for Excel through Office.js; Stub Sheets does not take it."),
        ("excel", ["--port", "9000"], "--port is an option for Excel through Office.js; Excel for Windows does not"),
        ("officejs", ["--dll-folder", "x"], "--dll-folder is an option for Excel for Windows; Excel through"),
        ("libreoffice", ["--size", "4"], "--size is an option for Stub Sheets; LibreOffice Calc does not take it."),
    ],
)
@pytest.mark.parametrize("command", ["build", "install"])
def test_an_option_of_another_host_is_refused(
    stubbed: None, command: str, host: str, option: list[str], others: str
) -> None:
    done = run(command, "--host", host, *option)
    assert done.exit_code == 64
    assert others in done.output


def test_each_outcome_has_its_sentence_and_its_exit_code(stubbed: None, tmp_path: Path) -> None:
    nowhere = tmp_path / "nowhere" / "stub.txt"
    outcomes = {
        ("build", "--colour", "none"): (64, "--colour must be a colour."),
        ("build", "-o", str(nowhere)): (2, f"{nowhere} cannot be written: No such file or directory."),
        ("install",): (0, "stub\n1. Restart Stub Sheets.\n2. Look at size 3.\n"),
        ("install", "--colour", "missing"): (1, 'paint is not installed; pip install "paint".\n'),
        ("install", "--size", "10"): (64, "10 is not in the range 1<=x<=9."),
        ("uninstall",): (2, "Stub Sheets is open; close it and try again.\n"),
        ("doctor",): (1, "ok    paint: There is paint.\nFAULT brush: There is no brush; buy one.\n"),
        ("selftest",): (1, "2 checks: 1 TRUE.\n"),
    }
    for (command, *options), (code, words) in outcomes.items():
        done = run(command, "--host", "stub", *options)
        assert (done.exit_code, words in done.output) == (code, True), (command, options, done.output)
