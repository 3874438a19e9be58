"""Installation of the extension in the LibreOffice of the user."""

from __future__ import annotations

import re
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


# What unopkg writes when it fails, and what it means for the user.
_MEANINGS = {
    r"as root": "it adds extensions for ordinary users only, not for root",
    r"folder could not be created|[Pp]ermission denied|[Aa]ccess denied|not writ[ae]?ble|AccessDenied": (
        "it must not write to its profile in the home folder of this user"
    ),
    r"lock file|running": "LibreOffice, or another unopkg, is running",
    r"[Dd]isk full|[Nn]o space|OUT_OF_DISK": "there is no space left on the disk",
    r"already been added": "the extension is installed already",
}
_NOISE = re.compile(r"dconf|javaldx|^ERROR: unopkg failed|^\s*$")
_INTERNALS = re.compile(r"(ERROR|Exception occurred|\[context=[^]]*\]|caught unexpected [\w.]+):? *| at \./\S+:\d+")


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


def _describe_problem(ended: processes.Ended) -> str:
    """Say why unopkg failed, in a clause without the terms of UNO."""
    lines = [line for line in (ended.errors or ended.output).splitlines() if not _NOISE.search(line)]
    said = " ".join(" ".join(lines).split())
    for pattern, meaning in _MEANINGS.items():
        if re.search(pattern, said):
            return meaning
    return _INTERNALS.sub("", said).strip(" .")[:200] or f"unopkg ended with exit code {ended.code}"


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
        raise OfficeError(f"LibreOffice failed while {doing}: {_describe_problem(ended)}. {_REMEDY}")
    return ended.output
