"""The program around the functions: it hangs, it crashes, it runs four times at once, and nothing of it is left."""

from __future__ import annotations

import io
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
import venv
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import xlsxwriter
from click.testing import CliRunner

from tests.libreoffice.conftest import needs_office
from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.hosts.libreoffice import extension, office, recalculation
from xlfuncs.ooxml import bulk_writer

pytestmark = pytest.mark.slow  # starts LibreOffice


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for all that is temporary, so that its processes can be told from others."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    return folder


def processes(place: Path) -> list[str]:
    """The commands of the processes that run with this folder."""
    found = []
    for one in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            command = one.read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:  # it has just ended
            continue
        if str(place) in command:
            found.append(command)
    return found


def with_code(code: str) -> bytes:
    """The extension with a line more at the end of what LibreOffice loads."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(extension.build(REGISTRY))) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data + code.encode() if name == "addin.py" else data)
    return out.getvalue()


@needs_office
def test_a_function_that_hangs_is_stopped_and_named(place: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hangs = with_code('\nREGISTRY["CHIP_TPP"].plan.body = lambda *cells: any(iter(int, 1))\n')
    monkeypatch.setattr(extension, "build", lambda registry: hangs)
    with pytest.raises(office.OfficeError, match="took more than 8 seconds and was stopped"):
        recalculation.recalculate(book, REGISTRY, 8)
    assert processes(place) == []
    assert list(place.iterdir()) == []


@needs_office
@pytest.mark.parametrize(
    ("code", "how"),
    [
        ("os.kill(os.getpid(), signal.SIGKILL)", r"crashed while calculating .*book\.xlsx \(signal 9\)"),
        ("ctypes.string_at(0)", r"crashed while calculating .*book\.xlsx \(signal (6|11)\)"),  # aborts after its report
        ("os._exit(3)", r"ended unexpectedly while calculating .*book\.xlsx \(exit code 3\)"),
        ("os._exit(0)", r"ended without a result while calculating .*book\.xlsx"),
    ],
)
def test_an_office_that_crashes_is_reported(
    code: str, how: str, place: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = book.read_bytes()
    crashes = with_code(f"\nimport ctypes, os, signal\n{code}\n")
    monkeypatch.setattr(extension, "build", lambda registry: crashes)
    with pytest.raises(office.OfficeError, match=rf"^LibreOffice {how}.*book\.xlsx is unchanged\."):
        recalculation.recalculate(book, REGISTRY)
    assert book.read_bytes() == before
    assert processes(place) == []
    assert list(place.iterdir()) == []


@needs_office
def test_an_office_that_is_killed_while_it_draws_is_reported(
    place: Path, book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = tmp_path / "pid"
    hangs = with_code(
        f"\nimport os, pathlib\nnote = pathlib.Path({str(note)!r})\n"
        'note.with_suffix(".new").write_text(str(os.getpid()))\nnote.with_suffix(".new").rename(note)\n'
        "any(iter(int, 1))\n"
    )
    monkeypatch.setattr(extension, "build", lambda registry: hangs)

    def kill() -> None:
        end = time.monotonic() + 100
        while not note.exists() and time.monotonic() < end:
            time.sleep(0.05)
        os.kill(int(note.read_text()), signal.SIGKILL)

    with ThreadPoolExecutor(1) as pool:
        killing = pool.submit(kill)
        done = CliRunner().invoke(main, ["render", "--recalculate", str(book), "-o", str(tmp_path / "r.pdf")])
        killing.result()
    assert done.exit_code == 2
    assert done.output.startswith(f"LibreOffice crashed while drawing {book} (signal 9). {book} is unchanged. ")
    assert not (tmp_path / "r.pdf").exists()
    assert processes(place) == []


@needs_office
def test_four_at_once_do_not_disturb_each_other(place: Path, tmp_path: Path) -> None:
    paths = []
    for number in range(1, 5):
        path = tmp_path / f"{number}.xlsx"
        path.write_bytes(
            bulk_writer.build_workbook(
                [("Model", [((1, 1), bulk_writer.format_formula_cell((1, 1), f"CHIP_TPP(2,{number})"))])]
            )
        )
        paths.append(path)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda path: recalculation.recalculate(path, REGISTRY), paths))
    assert [one.cells[0].value for one in found] == [2.0, 4.0, 6.0, 8.0]
    assert processes(place) == []


@needs_office
def test_twenty_runs_leave_no_process_and_no_file(place: Path, book: Path) -> None:
    for _ in range(20):
        assert recalculation.recalculate(book, REGISTRY).cells[0].value == 6.0
        assert processes(place) == []
    assert list(place.iterdir()) == []


@needs_office
def test_who_ends_the_command_ends_the_office(place: Path, book: Path, tmp_path: Path) -> None:
    office_path = tmp_path / "bin" / "soffice"
    office_path.parent.mkdir()
    office_path.write_text(f"#!/bin/sh\n: >{tmp_path}/runs\nsleep 600\n")
    office_path.chmod(0o755)
    path = os.pathsep.join([str(office_path.parent), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "TMPDIR": str(place)}
    command = [sys.executable, "-m", "xlfuncs", "recalc", str(book)]
    running = subprocess.Popen(command, env=environment, cwd=Path(__file__).parents[2])
    for _ in range(600):
        if (tmp_path / "runs").exists():
            break
        time.sleep(0.05)
    running.terminate()
    assert running.wait(20) == 143
    assert processes(place) == []
    assert list(place.iterdir()) == []


@needs_office
def test_a_function_that_lacks_a_package_gives_an_error_and_no_crash(
    book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lacks = with_code('\nREGISTRY["CHIP_TPP"].plan.body = lambda *cells: __import__("nosuchpackage")\n')
    monkeypatch.setattr(extension, "build", lambda registry: lacks)
    assert str(recalculation.recalculate(book, REGISTRY).cells[0].value) == "#VALUE!"


def test_a_python_without_numpy_is_named_with_the_remedy(
    book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bare = tmp_path / "python"
    bare.write_text("#!/bin/sh\necho \"ModuleNotFoundError: No module named 'numpy'\" >&2\nexit 1\n")
    bare.chmod(0o755)
    monkeypatch.setattr(office, "find_python", lambda: str(bare))
    with pytest.raises(office.OfficeError, match=r"No module named 'numpy'.*apt-get install .*python3-numpy"):
        recalculation.recalculate(book, REGISTRY)


@pytest.mark.parametrize(
    "command", [["recalc"], ["render", "-o", "out.png"], ["render", "--recalculate", "-o", "out.pdf"]]
)
def test_a_missing_office_is_named_with_the_remedy(
    command: list[str], book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(office, "_LOCATIONS", ())
    monkeypatch.chdir(tmp_path)
    done = CliRunner().invoke(main, [*command, str(book)])
    assert done.exit_code == 2
    assert "LibreOffice is not installed; on Debian: apt-get install libreoffice-calc." in done.output
    assert not list(tmp_path.glob("x.*"))


@needs_office
def test_one_that_takes_too_long_is_stopped_and_the_option_named(book: Path) -> None:
    for command in (["recalc"], ["render", "-o", "out.pdf"]):
        done = CliRunner().invoke(main, [*command, "--timeout", "0.01", str(book)])
        assert done.exit_code == 2
        assert done.output == "soffice took more than 0.01 seconds and was stopped. Give it longer with --timeout.\n"


@needs_office
def test_names_with_spaces_umlauts_and_chinese_are_names_like_others(book: Path, tmp_path: Path) -> None:
    named = book.rename(tmp_path / "große Pläne 模型 v2.xlsx")
    assert CliRunner().invoke(main, ["recalc", str(named)]).exit_code == 0
    for out in (tmp_path / "aus gäbe 图.pdf", tmp_path / "aus gäbe 图.png"):
        assert CliRunner().invoke(main, ["render", "--recalculate", str(named), "-o", str(out)]).output == f"{out}\n"
        assert out.read_bytes()[:4] in (b"%PDF", b"\x89PNG")


@needs_office
def test_a_picture_is_of_one_sheet_and_a_place_that_takes_no_file_is_named(book: Path, tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["render", str(book), "--sheet", "A", "--sheet", "B", "-o", "x.png"])
    assert done.exit_code == 64
    assert "A .png file shows one sheet; got 2: A, B." in done.output
    done = CliRunner().invoke(main, ["render", str(book), "--sheet", "A", "-o", "x.png"])
    assert (done.exit_code, done.output) == (2, f"{book} has no sheet A; it has Model.\n")
    out = tmp_path / "nowhere" / "x.pdf"
    done = CliRunner().invoke(main, ["render", str(book), "-o", str(out)])
    assert (done.exit_code, done.output) == (2, f"{out} cannot be written: No such file or directory.\n")


def test_margins_are_cut_off_a_picture_and_an_empty_page_is_whole() -> None:
    white, ink = b"\xff\xff\xff", b"\xff\xff\x00"
    page = [white] * 20
    assert office._find_ink(b"P6\n5 4\n255\n" + b"".join(page)) == (0, 0, 5, 4)
    page[6] = page[13] = ink
    assert office._find_ink(b"P6\n5 4\n255\n" + b"".join(page)) == (1, 1, 3, 2)


@needs_office
def test_the_python_of_libreoffice_starts_from_an_active_virtual_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It takes its library from beside the first python3 of the path, and that one is of another version."""
    venv.create(tmp_path / "env", with_pip=False, symlinks=True)
    monkeypatch.setenv("PATH", f"{tmp_path / 'env' / 'bin'}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setenv("PYTHONHOME", str(tmp_path / "none"))
    book = tmp_path / "book.xlsx"
    with xlsxwriter.Workbook(book) as writer:
        writer.add_worksheet("Model").write_formula("A1", "=1+2", None, 0)
    result = CliRunner().invoke(main, ["recalc", str(book), "--json"])
    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["values"] == {"Model": {"A1": 3.0}}
