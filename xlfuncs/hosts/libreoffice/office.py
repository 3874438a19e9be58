"""LibreOffice run once, in a profile of its own; one that hangs is killed, and a crash is reported as one."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from pathlib import Path

from xlfuncs.core.exceptions import TimedOut, XlfuncsError, printable
from xlfuncs.core.wording import number_text
from xlfuncs.hosts.libreoffice import processes

SECONDS = 120
PYTHON_SECONDS = 60  # to load its packages, which takes one
_KILLED = 9
_WHITE = 253  # and lighter, of 255
_LOCATIONS = (
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
    """Raised when LibreOffice, or a program beside it, is missing, fails or takes too long."""


class OfficeTimeout(OfficeError, TimedOut):
    """Raised when LibreOffice takes too long."""


class OfficeCrashed(OfficeError):
    """Raised when LibreOffice crashes."""


def find_program() -> str:
    """Return the path of LibreOffice."""
    path = shutil.which("soffice") or shutil.which("libreoffice")
    path = path or next((location for location in _LOCATIONS if Path(location).exists()), None)
    if not path:
        raise OfficeError("LibreOffice is not installed; on Debian: apt-get install libreoffice-calc.")
    return path


def find_python() -> str:
    """Return the Python that LibreOffice runs: one of its own beside it, or that of the system."""
    beside = Path(find_program()).resolve().parent
    own = [beside / name for name in ("python", "python.exe") if (beside / name).exists()]
    return str(own[0]) if own else "/usr/bin/python3"


def check_python() -> None:
    """Raise `OfficeError` if LibreOffice cannot run our functions."""
    interpreter, code = find_python(), "import uno, numpy, scipy"
    ended = processes.run([interpreter, "-c", code], PYTHON_SECONDS)
    who = f"The Python of LibreOffice, {interpreter},"
    if ended.crash:
        raise OfficeCrashed(
            f"{who} crashed while loading NumPy, SciPy and UNO ({ended.crash}). Reinstall them; "
            "on Debian: apt-get install --reinstall python3-uno python3-numpy python3-scipy."
        )
    if ended.code is None:
        raise OfficeError(
            f"{who} took more than {PYTHON_SECONDS:g} seconds to load NumPy, SciPy and UNO and was stopped. "
            f'Run the command again; if it hangs again, see what hangs by {interpreter} -c "{code}".'
        )
    if ended.code:
        reason = (ended.errors.strip().splitlines() or ["it does not start"])[-1]
        raise OfficeError(
            f"{who} cannot run the functions: {reason}. "
            "On Debian: apt-get install python3-uno python3-numpy python3-scipy."
        )


def draw_pdf(
    data: bytes, path: Path | str = "book.xlsx", seconds: float = SECONDS, addin: bytes | None = None
) -> bytes:
    """Return the pages of a workbook as LibreOffice prints its visible sheets, with the file name of `path` in footers.

    The values are those stored in the workbook, or with an add-in those that LibreOffice calculates.
    """
    return _convert(data, "pdf", path, Path(path).name, seconds, addin is not None, addin)


def calculate_workbook(
    data: bytes, seconds: float = SECONDS, addin: bytes | None = None, path: Path | str = "book.xlsx"
) -> bytes:
    """Return a workbook calculated and saved by LibreOffice: to read, not to keep."""
    return _convert(data, "xlsx", path, "book.xlsx", seconds, True, addin)


def _convert(
    data: bytes, kind: str, path: Path | str, name: str, seconds: float, calculate: bool, addin: bytes | None
) -> bytes:
    """Convert a workbook by `--convert-to`, which opens no window."""
    office = find_program()
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as temporary:
        folder = Path(temporary)
        book, output, profile = folder / name, folder / "output", folder / "profile"
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
        doing = "calculating" if kind == "xlsx" else "drawing"
        ended = _run([*command, "--convert-to", kind, "--outdir", str(output), str(book)], seconds, doing, path)
        result = output / book.with_suffix(f".{kind}").name
        if not result.exists():
            raise OfficeError(_describe_failure("LibreOffice", "ended without a result", doing, path, ended.said))
        return result.read_bytes()


def draw_png(pages: bytes, path: Path | str = "book.xlsx", resolution: int = 110, seconds: float = SECONDS) -> bytes:
    """Return the first page of a workbook as a picture, its margins cut off."""
    tool = shutil.which("pdftoppm")
    if not tool:
        raise OfficeError("pdftoppm is not installed; on Debian: apt-get install poppler-utils.")
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as name:
        folder = Path(name)
        drawn = str(folder / "pages.pdf"), str(folder / "page")
        Path(drawn[0]).write_bytes(pages)
        command = [tool, "-r", str(resolution), "-singlefile", "-f", "1", "-l", "1"]
        _run([*command, *drawn], seconds, "drawing", path)
        bounds = zip("xyWH", _find_ink((folder / "page.ppm").read_bytes()), strict=True)
        area = [part for letter, number in bounds for part in (f"-{letter}", str(number))]
        _run([*command, "-png", *area, *drawn], seconds, "drawing", path)
        return (folder / "page.png").read_bytes()


def _find_ink(picture: bytes) -> tuple[int, int, int, int]:
    """Return left, top, width and height of what is not white in a PPM picture; of all if everything is white."""
    import numpy as np

    _, size, _, pixels = picture.split(b"\n", 3)
    width, height = map(int, size.split())
    darkest = np.frombuffer(pixels, np.uint8).reshape(height, width, 3).min(axis=2)
    rows, columns = np.nonzero(darkest < _WHITE)
    if not len(rows):
        return 0, 0, width, height
    left, top = int(columns.min()), int(rows.min())
    return left, top, int(columns.max()) - left + 1, int(rows.max()) - top + 1


def _run(command: list[str], seconds: float, doing: str, path: Path | str) -> processes.Ended:
    """Run a program over a private copy of a workbook; raise unless it ends well within the timeout."""
    ended = processes.run(command, seconds)
    tool = Path(command[0]).name
    who = tool if tool == "pdftoppm" else "LibreOffice"
    if ended.crash:
        sentence = _describe_failure(who, "crashed", doing, path, detail=ended.crash)
        remedy = f"Run the command again; if it crashes again, update {who}."
        if ended.signal == _KILLED:
            remedy = "A system that runs out of memory does this: close other programs and run the command again."
        raise OfficeCrashed(f"{sentence} {remedy}")
    if ended.code is None:
        raise OfficeTimeout(f"{tool} took more than {number_text(seconds)} seconds and was stopped.")
    if ended.code:
        raise OfficeError(
            _describe_failure(who, "ended unexpectedly", doing, path, ended.said, f"exit code {ended.code}")
            + f" Run the command again; if it fails again, update {who}."
        )
    return ended


def _describe_failure(who: str, what: str, doing: str, path: Path | str, said: str = "", detail: str = "") -> str:
    file = printable(str(path))
    where = f"{who} {what} while {doing} {file}" + (f" ({detail})" if detail else "")
    return f"{where}: {said.rstrip('.')}. {file} is unchanged." if said else f"{where}. {file} is unchanged."
