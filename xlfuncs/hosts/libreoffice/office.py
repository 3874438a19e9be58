"""LibreOffice run once, in a profile and a process group of its own; one that hangs is killed."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

SECONDS = 120
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


class OfficeError(Exception):
    """LibreOffice, or a program beside it, is not there, failed, or took too long."""


def program() -> str:
    """Where LibreOffice is."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    found = found or next((place for place in _PLACES if Path(place).exists()), None)
    if not found:
        raise OfficeError("LibreOffice is not installed; on Debian: apt-get install libreoffice-calc.")
    return found


def pdf(data: bytes, name: str = "book.xlsx", seconds: float = SECONDS) -> bytes:
    """The pages of a workbook, as LibreOffice prints its visible sheets; `name` is what its footers call it."""
    return _converted(data, name, "pdf", seconds, recalculated=False)


def recalculated(data: bytes, seconds: float = SECONDS) -> bytes:
    """A workbook with every formula calculated by LibreOffice, as LibreOffice saves it: to read, not to keep."""
    return _converted(data, "book.xlsx", "xlsx", seconds, recalculated=True)


def _converted(data: bytes, name: str, kind: str, seconds: float, recalculated: bool) -> bytes:
    office = program()
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as place:
        folder = Path(place)
        book, made = folder / name, folder / "made"
        book.write_bytes(data)
        profile = folder / "profile"
        if recalculated:
            (profile / "user").mkdir(parents=True)
            (profile / "user" / "registrymodifications.xcu").write_text(_RECALCULATE, encoding="utf-8")
        command = [office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore"]
        _run([*command, "--convert-to", kind, "--outdir", str(made), str(book)], seconds)
        found = made / book.with_suffix(f".{kind}").name
        if not found.exists():
            raise OfficeError("LibreOffice gave nothing.")
        return found.read_bytes()


def png(pages: bytes, resolution: int = 110, seconds: float = SECONDS) -> bytes:
    """The first page as a picture."""
    tool = shutil.which("pdftoppm")
    if not tool:
        raise OfficeError("pdftoppm is not installed; on Debian: apt-get install poppler-utils.")
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as name:
        folder = Path(name)
        (folder / "pages.pdf").write_bytes(pages)
        command = [tool, "-r", str(resolution), "-png", "-singlefile", "-f", "1", "-l", "1"]
        _run([*command, str(folder / "pages.pdf"), str(folder / "page")], seconds)
        return (folder / "page.png").read_bytes()


def _run(command: list[str], seconds: float) -> None:
    """Run a program to its end; it and its children are killed when it takes too long."""
    process = subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    )
    try:
        _, said = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired as problem:
        raise OfficeError(f"{Path(command[0]).name} took more than {seconds:g} seconds and was stopped.") from problem
    finally:
        _kill(process)
    if process.returncode:
        raise OfficeError(f"{Path(command[0]).name} failed: {said.decode(errors='replace').strip()[:300]}")


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
    process.wait()
