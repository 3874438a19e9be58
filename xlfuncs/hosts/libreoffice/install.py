"""The extension in the LibreOffice of a user: `xlfuncs addin install --host libreoffice`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from xlfuncs.core.wording import number_text
from xlfuncs.hosts.libreoffice import processes
from xlfuncs.hosts.libreoffice.names import EXTENSION
from xlfuncs.hosts.libreoffice.office import CrashError, OfficeError, check_python, program

FILE = "xlfuncs.oxt"
SECONDS = 120
_DOING = {"add": f"installing {FILE}", "remove": "removing the add-in", "list": "listing its extensions"}
_REMEDY = (
    "Run this as an ordinary user with LibreOffice closed, or add the file of "
    "xlfuncs addin build --host libreoffice by Tools > Extensions."
)


def install(extension: bytes) -> None:
    """Add the extension for this user, in place of an older one."""
    check_python()
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as folder:
        path = Path(folder) / FILE
        path.write_bytes(extension)
        run_unopkg("add", "--force", str(path))


def uninstall() -> bool:
    """Take the extension away; whether there was one."""
    there = EXTENSION in run_unopkg("list")
    if there:
        run_unopkg("remove", EXTENSION)
    return there


def run_unopkg(*arguments: str) -> str:
    beside = Path(program()).resolve().parent
    tool = shutil.which("unopkg") or shutil.which("unopkg", path=str(beside))
    if not tool:
        raise OfficeError(f"LibreOffice has no unopkg beside it, in {beside}; add the file by Tools > Extensions.")
    ended, doing = processes.run([tool, *arguments], SECONDS), _DOING[arguments[0]]
    if ended.crash:
        raise CrashError(f"LibreOffice crashed while {doing} (unopkg, {ended.crash}). {_REMEDY}")
    if ended.code is None:
        sentence = f"unopkg of LibreOffice took more than {number_text(SECONDS)} seconds while {doing} and was stopped."
        raise OfficeError(f"{sentence} {_REMEDY}")
    if ended.code:
        said = " ".join((ended.errors or ended.output).split())
        raise OfficeError(f"unopkg {arguments[0]} failed: {said[:300]} {_REMEDY}")
    return ended.output
