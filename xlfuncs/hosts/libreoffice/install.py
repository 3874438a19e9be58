"""The extension in the LibreOffice of a user: `xlfuncs addin install --host libreoffice`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from pathlib import Path

from xlfuncs.hosts.libreoffice.names import EXTENSION
from xlfuncs.hosts.libreoffice.office import OfficeError, check_python, program

FILE = "xlfuncs.oxt"
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
        _unopkg("add", "--force", str(path))


def uninstall() -> bool:
    """Take the extension away; whether there was one."""
    there = EXTENSION in _unopkg("list")
    if there:
        _unopkg("remove", EXTENSION)
    return there


def _unopkg(*arguments: str) -> str:
    beside = Path(program()).resolve().parent
    tool = shutil.which("unopkg") or shutil.which("unopkg", path=str(beside))
    if not tool:
        raise OfficeError(f"LibreOffice has no unopkg beside it, in {beside}; add the file by Tools > Extensions.")
    done = subprocess.run([tool, *arguments], stdin=subprocess.DEVNULL, capture_output=True, text=True)
    if done.returncode:
        said = " ".join((done.stderr or done.stdout).split())
        raise OfficeError(f"unopkg {arguments[0]} failed: {said[:300]} {_REMEDY}")
    return done.stdout
