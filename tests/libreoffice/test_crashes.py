"""Stand-ins for LibreOffice, its Python and its tools that crash, fail or hang: each is told from the others."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.libreoffice.conftest import asked, needs_office
from tests.workbooks.conftest import TEMPLATES
from xlfuncs.cli.main import main
from xlfuncs.hosts.libreoffice import install, office
from xlfuncs.hosts.libreoffice.processes import Ended, run

pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Shell scripts stand in for programs"),
    pytest.mark.slow,
]  # starts LibreOffice
AGAIN = "Run the command again; if it crashes again, update LibreOffice."
MEMORY = "A system that runs out of memory does this: close other programs and run the command again."
CLOSED = "Run this as an ordinary user with LibreOffice closed, or use Tools > Extensions to add the file"
StandIn = Callable[..., Path]


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """Makes a script the program of this name that is found first."""
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder), prepend=":")
    monkeypatch.setattr(office, "check_python", lambda: None)
    monkeypatch.setattr(install, "check_python", lambda: None)

    def made(script: str, name: str = "soffice") -> Path:
        path = folder / name
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return made


def ran(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.output


@pytest.mark.parametrize(("number", "remedy"), [(4, AGAIN), (6, AGAIN), (9, MEMORY), (11, AGAIN)])
def test_a_crash_names_the_signal_the_file_and_the_remedy(
    number: int, remedy: str, book: Path, stand_in: StandIn
) -> None:
    before = book.read_bytes()
    for script in (f"kill -{number} $$", f"exit {128 + number}"):  # itself, or what a wrapper has started
        stand_in(script)
        said = f"LibreOffice crashed while calculating {book} (signal {number}). {book} is unchanged. {remedy}\n"
        assert ran("recalc", book) == (2, said)
    assert book.read_bytes() == before


@pytest.mark.parametrize(
    "command", [["render"], ["render", "--recalculate"], ["report"]], ids=["render", "recalculated", "report"]
)
def test_every_command_reports_a_crash_and_writes_nothing(
    command: list[str], tmp_path: Path, stand_in: StandIn
) -> None:
    stand_in("kill -11 $$")
    file, out = TEMPLATES / "us_china_comparison.xlsx", tmp_path / "out.pdf"
    said = f"LibreOffice crashed while drawing {file} (signal 11). {file} is unchanged. {AGAIN}\n"
    assert ran(*command, file, "-o", out) == (2, said)
    assert not out.exists()


def test_another_exit_code_comes_with_what_the_office_said(book: Path, stand_in: StandIn) -> None:
    stand_in("echo 'Warning: failed to launch javaldx' >&2; echo 'no more handles' >&2; exit 77")
    assert ran("recalc", book) == (
        2,
        f"LibreOffice ended unexpectedly while calculating {book} (exit code 77): no more handles. "
        f"{book} is unchanged. Run the command again; if it fails again, update LibreOffice.\n",
    )
    stand_in("echo 'Error: source file could not be loaded.' >&2")
    assert ran("recalc", book) == (
        2,
        f"LibreOffice ended without a result while calculating {book}: Error: source file could not be loaded. "
        f"{book} is unchanged.\n",
    )
    stand_in("").write_text("#!/no/such/shell\n")
    assert "(exit code 127): " in ran("recalc", book)[1]


def test_a_crash_that_ends_in_a_hang_is_a_crash_and_no_timeout(book: Path, stand_in: StandIn) -> None:
    stand_in("printf 'Unspecified Application Error\\n\\n\\nFatal exception: Signal 11\\nStack:\\n' >&2; sleep 600")
    said = f"LibreOffice crashed while calculating {book} (signal 11). {book} is unchanged. {AGAIN}\n"
    assert ran("recalc", "--timeout", "1", book) == (2, said)


def test_a_crash_is_reported_at_once_though_a_child_lives_on_and_that_is_ended(
    book: Path, tmp_path: Path, stand_in: StandIn
) -> None:
    stand_in(f"sleep 600 &\necho $! >{tmp_path}/child\nkill -11 $$")
    start = time.monotonic()
    assert "crashed while calculating" in ran("recalc", book)[1]
    assert time.monotonic() - start < 60
    child = Path("/proc") / (tmp_path / "child").read_text().strip() / "stat"
    for _ in range(100):  # until its new parent has buried it
        if not child.exists() or child.read_text().rpartition(")")[2].split()[0] == "Z":
            return
        time.sleep(0.05)
    pytest.fail("The child of the office lives on.")


def test_the_tool_that_draws_pictures_is_named(book: Path, tmp_path: Path, stand_in: StandIn) -> None:
    stand_in('while [ $# -gt 2 ]; do shift; done; mkdir -p "$1"; : >"$1/book.pdf"')
    stand_in("kill -11 $$", "pdftoppm")
    said = f"pdftoppm crashed while drawing {book} (signal 11). {book} is unchanged. "
    code, output = ran("render", book, "-o", tmp_path / "out.png")
    assert (code, output) == (2, f"{said}Run the command again; if it crashes again, update pdftoppm.\n")


# Installation


@pytest.mark.parametrize(
    ("command", "doing"), [("install", "installing xlfuncs.oxt"), ("uninstall", "listing its extensions")]
)
def test_a_tool_of_libreoffice_that_crashes_or_hangs_is_reported(
    command: str, doing: str, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    stand_in("")
    stand_in("kill -11 $$", "unopkg")
    code, said = ran("addin", command, "--host", "libreoffice")
    assert code == 2
    assert said.startswith(f"LibreOffice crashed while {doing} (unopkg, signal 11). {CLOSED}")
    monkeypatch.setattr(install, "SECONDS", 0.5)
    stand_in("sleep 600", "unopkg")
    code, said = ran("addin", command, "--host", "libreoffice")
    assert code == 2
    assert said.startswith(f"unopkg of LibreOffice took more than 0.5 seconds while {doing} and was stopped. {CLOSED}")


# The Python of LibreOffice


@pytest.mark.parametrize(
    ("script", "sentence"),
    [
        ("kill -4 $$", "crashed while loading NumPy, SciPy and UNO (signal 4). Reinstall them; on Debian: apt-get "),
        ("sleep 600", "took more than 0.5 seconds to load NumPy, SciPy and UNO and was stopped. Run the command again"),
    ],
)
def test_a_python_that_crashes_or_hangs_is_reported(
    script: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "python"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setattr(office, "find_python", lambda: str(path))
    monkeypatch.setattr(office, "PYTHON_SECONDS", 0.5)
    for command in (["recalc", TEMPLATES / "us_china_comparison.xlsx"], ["addin", "install", "--host", "libreoffice"]):
        code, said = ran(*command)
        assert code == 2
        assert said.startswith(f"The Python of LibreOffice, {path}, {sentence}")
    monkeypatch.setattr(office, "find_python", lambda: "/no/such/python")
    with pytest.raises(office.OfficeError, match="/no/such/python does not start: No such file or directory"):
        office.check_python()


def test_how_a_process_ended() -> None:
    assert (Ended(-11).crash, Ended(139).crash, Ended(0xC0000005).crash) == (
        "signal 11",
        "signal 11",
        "exception 0xC0000005",
    )
    assert [Ended(code).crash for code in (0, 1, 81, 128, 255, None)] == [""] * 6
    assert run(["/bin/sh", "-c", "echo out; echo err >&2; exit 3"], 60) == Ended(3, "out\n", "err\n")


# What the tests ask of a running LibreOffice


@needs_office
def test_an_office_that_crashes_while_it_is_asked_is_named(tmp_path: Path, stand_in: StandIn) -> None:
    stand_in("kill -11 $$")
    with pytest.raises(RuntimeError, match="LibreOffice ended with exit code -11 while it was asked"):
        asked(tmp_path / "profile", tmp_path, 1)
