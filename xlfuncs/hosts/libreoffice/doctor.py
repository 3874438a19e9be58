"""Known causes of failure of the extension in LibreOffice, each looked for."""

from __future__ import annotations

import re
from collections.abc import Iterator

from xlfuncs.core.version import VERSION
from xlfuncs.hosts.base import Diagnosis
from xlfuncs.hosts.libreoffice import install, office, processes
from xlfuncs.hosts.libreoffice.names import EXTENSION, OLDEST_OFFICE

_VERSION = re.compile(r"LibreOffice (\d+)\.(\d+)")
_TIMEOUT = 60
_INSTALL = "run xlfuncs addin install --host libreoffice"


def examine() -> Iterator[Diagnosis]:
    """Look for each known cause of failure."""
    try:
        program = office.find_program()
    except office.OfficeError as reason:
        yield Diagnosis("LibreOffice", False, str(reason))
        return
    yield Diagnosis("LibreOffice", True, f"{program} is installed.")
    yield _examine_version(program)
    try:
        office.check_python()
    except office.OfficeError as reason:
        yield Diagnosis("Python", False, str(reason))
    else:
        yield Diagnosis("Python", True, f"{office.find_python()} has UNO, NumPy and SciPy.")
    yield _examine_extension()


def _examine_version(program: str) -> Diagnosis:
    ended = processes.run([program, "--version"], _TIMEOUT)
    version = _VERSION.search(ended.output)
    if ended.code != 0 or version is None:
        return Diagnosis("version", False, f"{program} does not tell its version; install LibreOffice again.")
    current = tuple(map(int, version.groups())) >= tuple(map(int, OLDEST_OFFICE.split(".")))
    advice = "" if current else f"; the add-in needs {OLDEST_OFFICE} or later"
    return Diagnosis("version", current, f"It is LibreOffice {'.'.join(version.groups())}{advice}.")


def _examine_extension() -> Diagnosis:
    try:
        listing = install.run_unopkg("list")
    except office.OfficeError as reason:
        return Diagnosis("extension", False, str(reason))
    entry = listing.partition(f"Identifier: {EXTENSION}\n")[2].partition("Identifier:")[0]
    if not entry:
        return Diagnosis("extension", False, f"The extension is not installed: {_INSTALL}.")
    version = re.search(r"^\s*Version: (\S+)", entry, re.MULTILINE)
    if version is None or version[1] != VERSION:
        installed = version[1] if version else "unknown"
        return Diagnosis("extension", False, f"The extension is of version {installed}, not {VERSION}: {_INSTALL}.")
    return Diagnosis("extension", True, f"The extension is installed, version {VERSION}.")
