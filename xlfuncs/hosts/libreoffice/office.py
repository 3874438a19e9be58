"""LibreOffice run once, in a profile and a process group of its own; one that hangs is killed."""

from __future__ import annotations

import contextlib
import io
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path

from xlfuncs.core.exceptions import XlfuncsError

SECONDS = 120
_WHITE = 253  # and lighter, of 255
_PLACES = (
    "/usr/bin/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.com",
)


_RECALCULATE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse">
<value>0</value></prop></item></oor:items>
"""


class OfficeError(XlfuncsError):
    """LibreOffice, or a program beside it, is not there, failed, or took too long."""


class TooLongError(OfficeError):
    """It took too long."""


def program() -> str:
    """Where LibreOffice is."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    found = found or next((place for place in _PLACES if Path(place).exists()), None)
    if not found:
        raise OfficeError("LibreOffice is not installed; on Debian: apt-get install libreoffice-calc.")
    return found


def python() -> str:
    """The Python that LibreOffice runs: one of its own beside it, or that of the system."""
    beside = Path(program()).resolve().parent
    found = [beside / name for name in ("python", "python.exe") if (beside / name).exists()]
    return str(found[0]) if found else "/usr/bin/python3"


def check_python() -> None:
    """Raise where LibreOffice could not run our functions."""
    code = "import uno, numpy, scipy"
    done = subprocess.run([python(), "-c", code], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        reason = (done.stderr.strip().splitlines() or ["it does not start"])[-1]
        raise OfficeError(
            f"The Python of LibreOffice, {python()}, cannot run the functions: {reason}. "
            "On Debian: apt-get install python3-uno python3-numpy python3-scipy."
        )


def pdf(data: bytes, name: str = "book.xlsx", seconds: float = SECONDS, addin: bytes | None = None) -> bytes:
    """The pages of a workbook, as LibreOffice prints its visible sheets; `name` is what its footers call it.

    The values are those stored with it, or, with an add-in, calculated by it.
    """
    return _converted(data, name, "pdf", seconds, addin is not None, addin)


def recalculated(data: bytes, seconds: float = SECONDS, addin: bytes | None = None) -> bytes:
    """A workbook with every formula calculated by LibreOffice, as LibreOffice saves it: to read, not to keep."""
    return _converted(data, "book.xlsx", "xlsx", seconds, True, addin)


def _converted(data: bytes, name: str, kind: str, seconds: float, calculate: bool, addin: bytes | None) -> bytes:
    office = program()
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as place:
        folder = Path(place)
        book, made, profile = folder / name, folder / "made", folder / "profile"
        book.write_bytes(data)
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        if calculate:
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
        if addin is not None:
            bundled = folder / "bundled"  # loaded without being installed, which root may not do
            with zipfile.ZipFile(io.BytesIO(addin)) as archive:
                archive.extractall(bundled / "xlfuncs.oxt")
            command.append(f"-env:BUNDLED_EXTENSIONS={bundled.as_uri()}")
        _run([*command, "--convert-to", kind, "--outdir", str(made), str(book)], seconds)
        found = made / book.with_suffix(f".{kind}").name
        if not found.exists():
            raise OfficeError("LibreOffice gave nothing.")
        return found.read_bytes()


def png(pages: bytes, resolution: int = 110, seconds: float = SECONDS) -> bytes:
    """The first page as a picture, its margins cut off."""
    tool = shutil.which("pdftoppm")
    if not tool:
        raise OfficeError("pdftoppm is not installed; on Debian: apt-get install poppler-utils.")
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as name:
        folder = Path(name)
        drawn = str(folder / "pages.pdf"), str(folder / "page")
        Path(drawn[0]).write_bytes(pages)
        command = [tool, "-r", str(resolution), "-singlefile", "-f", "1", "-l", "1"]
        _run([*command, *drawn], seconds)
        inked = zip("xyWH", _inked((folder / "page.ppm").read_bytes()), strict=True)
        area = [part for letter, number in inked for part in (f"-{letter}", str(number))]
        _run([*command, "-png", *area, *drawn], seconds)
        return (folder / "page.png").read_bytes()


def _inked(picture: bytes) -> tuple[int, int, int, int]:
    """Left, top, width and height of what is not white in a PPM picture; all of it where nothing is."""
    import numpy as np

    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    darkest = np.frombuffer(pixels, np.uint8).reshape(height, width, 3).min(axis=2)
    rows, columns = np.nonzero(darkest < _WHITE)
    if not len(rows):
        return 0, 0, width, height
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


def _run(command: list[str], seconds: float) -> None:
    """Run a program to its end; it and its children are killed when it takes too long, or when we are ended."""
    with _ended_in_order():
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
        )
        try:
            _, said = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired as problem:
            sentence = f"{Path(command[0]).name} took more than {seconds:g} seconds and was stopped."
            raise TooLongError(sentence) from problem
        finally:
            _kill(process)
    if process.returncode:
        raise OfficeError(f"{Path(command[0]).name} failed: {said.decode(errors='replace').strip()[:300]}")


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let SIGTERM end us as Ctrl-C does, so that nothing is left behind."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
    process.wait()
