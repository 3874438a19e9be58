"""Installation of the extension in the LibreOffice of the user."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from xlfuncs.core.wording import number_text
from xlfuncs.hosts.libreoffice import processes
from xlfuncs.hosts.libreoffice.names import EXTENSION
from xlfuncs.hosts.libreoffice.office import OfficeCrashed, OfficeError, check_python, find_program

FILE = "xlfuncs.oxt"
SECONDS = 120
_DOING = {"add": f"installing {FILE}", "remove": "removing the add-in", "list": "listing its extensions"}
_REMEDY = (
    "Run this as an ordinary user with LibreOffice closed, or use Tools > Extensions to add the file that "
    "xlfuncs addin build --host libreoffice writes."
)


def install(extension: bytes) -> None:
    """Add the extension for this user, in place of an older one."""
    check_python()
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as folder:
        path = Path(folder) / FILE
        path.write_bytes(extension)
        run_unopkg("add", "--force", str(path))


def uninstall() -> bool:
    """Remove the extension; return whether there was one."""
    installed = EXTENSION in run_unopkg("list")
    if installed:
        run_unopkg("remove", EXTENSION)
    return installed


def run_unopkg(*arguments: str) -> str:
    """Run the tool of LibreOffice for extensions; return its output."""
    beside = Path(find_program()).resolve().parent
    tool = shutil.which("unopkg") or shutil.which("unopkg", path=str(beside))
    if not tool:
        raise OfficeError(f"LibreOffice has no unopkg beside it, in {beside}; add the file through Tools > Extensions.")
    ended, doing = processes.run([tool, *arguments], SECONDS), _DOING[arguments[0]]
    if ended.crash:
        raise OfficeCrashed(f"LibreOffice crashed while {doing} (unopkg, {ended.crash}). {_REMEDY}")
    if ended.code is None:
        sentence = f"unopkg of LibreOffice took more than {number_text(SECONDS)} seconds while {doing} and was stopped."
        raise OfficeError(f"{sentence} {_REMEDY}")
    if ended.code:
        said = " ".join((ended.errors or ended.output).split())
        raise OfficeError(f"unopkg {arguments[0]} failed: {said[:300]} {_REMEDY}")
    return ended.output
