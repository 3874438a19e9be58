"""The folders of the add-in on Windows, and the known causes that keep Excel from using it."""

from __future__ import annotations

import platform
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlfuncs.core.exceptions import MissingDependency, WorkbookRejected, XlfuncsError
from xlfuncs.core.file_writing import write_file
from xlfuncs.core.version import VERSION
from xlfuncs.hosts.base import Diagnosis
from xlfuncs.hosts.excel import addin, project
from xlfuncs.ooxml.xml import parse_xml

FILE = "xlfuncs.xlam"
TOOLTIPS = "xlfuncs.intellisense.xml"
_OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"


class NotSupportedHere(XlfuncsError):
    """Raised when the add-in cannot be put on this machine; the message says what to do."""


@dataclass(frozen=True)
class Machine:
    """What the installation depends on, so that a test can replace it."""

    environment: Mapping[str, str]
    registry: Callable[[str, str], str | None] = field(default=lambda key, name: None)
    system: str = field(default_factory=platform.system)

    @property
    def start_folder(self) -> Path:
        """The folder whose workbooks Excel opens when it starts; it is one of Excel's trusted locations."""
        roaming = self.environment.get("APPDATA")
        if not roaming:
            raise NotSupportedHere(
                "This machine has no start folder of Excel, since APPDATA is not set; install the add-in on the "
                "Windows machine of the user, or write the file with xlfuncs addin build -o FILE."
            )
        return Path(roaming) / "Microsoft" / "Excel" / "XLSTART"

    @property
    def addin_folders(self) -> list[Path]:
        """Every folder of the user from which Excel may load an add-in."""
        return [self.start_folder, self.start_folder.parents[1] / "AddIns"]


def registry_value(key: str, name: str) -> str | None:
    """Return a value under HKEY_LOCAL_MACHINE; None if there is none, as on every other system."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return str(winreg.QueryValueEx(opened, name)[0])
    except OSError:
        return None


def write(folder: Path, content: bytes, tooltips: str) -> list[Path]:
    """Put the add-in and its tooltips into a folder, each in one step."""
    files = []
    for name, data in ((FILE, content), (TOOLTIPS, tooltips)):
        path = folder / name
        try:
            folder.mkdir(parents=True, exist_ok=True)
            files.append(write_file(path, data))
        except OSError as problem:
            sentence = f"{path} cannot be written: {problem.strerror}. Close Excel and try again."
            raise NotSupportedHere(sentence) from None
    return files


def remove(machine: Machine) -> list[Path]:
    """Remove the add-in from every folder of the user; return the files removed."""
    paths = [folder / name for folder in machine.addin_folders for name in (FILE, TOOLTIPS) if (folder / name).exists()]
    for path in paths:
        try:
            path.unlink()
        except OSError as problem:
            sentence = f"{path} cannot be removed: {problem.strerror}. Close Excel and try again."
            raise NotSupportedHere(sentence) from None
    return paths


def examine(machine: Machine) -> Iterator[Diagnosis]:
    """Look for each known cause of failure."""
    yield Diagnosis(
        "system",
        machine.system == "Windows",
        f"This is {machine.system}; the add-in needs Windows and a desktop Excel.",
    )
    try:
        copies = [folder / FILE for folder in machine.addin_folders if (folder / FILE).exists()]
    except NotSupportedHere as reason:
        yield Diagnosis("start folder", False, str(reason))
        return
    yield from _examine_office(machine)
    if not copies:
        yield Diagnosis("add-in", False, f"{FILE} is in none of the folders of Excel; run xlfuncs addin install.")
        return
    alone = len(copies) == 1
    paths = " and ".join(map(str, copies))
    advice = "Excel may load the wrong one; run xlfuncs addin uninstall, then xlfuncs addin install."
    yield Diagnosis("one copy", alone, f"{paths} is the only copy." if alone else f"There are {paths}. {advice}")
    for copy in copies:
        yield from _examine_copy(copy, machine)


def _examine_office(machine: Machine) -> Iterator[Diagnosis]:
    excel = machine.registry(_EXCEL, "")
    if excel is None:
        yield Diagnosis("Excel", machine.system != "Windows", "No desktop Excel is registered on this machine.")
        return
    store = "WindowsApps" in excel
    edition = "the Store edition, in which add-ins cannot use COM; install Office from office.com"
    yield Diagnosis("Excel", not store, f"{excel} is {edition if store else 'a desktop Excel'}.")
    bits = machine.registry(_OFFICE, "Platform")
    if bits:
        yield Diagnosis(
            "bitness", True, f"Excel is {bits}; Python may be another, since it runs in a separate process."
        )


def _examine_copy(path: Path, machine: Machine) -> Iterator[Diagnosis]:
    blocked = Path(f"{path}:Zone.Identifier").exists()
    state = "blocked, since it was downloaded; open its Properties in the Explorer and choose Unblock"
    yield Diagnosis("mark of the web", not blocked, f"{path} is {state if blocked else 'not blocked'}.")
    try:
        settings = read_settings(path)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, WorkbookRejected):
        yield Diagnosis("file", False, f"{path} is damaged or another add-in; run xlfuncs addin install.")
        return
    version = settings.get("VERSION", "")
    current = version == VERSION
    yield Diagnosis("version", current, f"The add-in is of version {version}, and this is {VERSION}{_remedy(current)}.")
    interpreter = settings.get("INTERPRETER_WIN", "")
    exists = Path(interpreter).is_file()
    yield Diagnosis(
        "interpreter", exists, f"{interpreter} {'exists' if exists else 'does not exist'}{_remedy(exists)}."
    )
    for fault in addin.Configuration(interpreter, settings.get("DLL_DIR", ""), "").list_faults():
        yield Diagnosis("path", False, fault)
    try:
        names = project.xlwings_dlls()
    except MissingDependency as reason:
        yield Diagnosis("xlwings", False, str(reason))
        return
    name = names[machine.registry(_OFFICE, "Platform") == "x86"]
    dll = Path(settings.get("DLL_DIR", "")) / name
    missing = "does not exist; run pip install --force-reinstall xlwings, then run xlfuncs addin install"
    yield Diagnosis("DLL", dll.is_file(), f"{dll} {'exists' if dll.is_file() else missing}.")
    declared = _read_dlls(path)
    yield Diagnosis(
        "xlwings", name in declared, f"The add-in was built for {' and '.join(declared)}{_remedy(name in declared)}."
    )


def _remedy(ok: bool) -> str:
    return "" if ok else "; run xlfuncs addin install"


def read_settings(path: Path) -> dict[str, str]:
    """Return the configuration sheet of an add-in."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as package:
        root = parse_xml(package.read(part), part)
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("}t")]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def _read_dlls(path: Path) -> list[str]:
    from pyopenvba import ExcelFile

    with ExcelFile(path) as book:
        source = book.get_module("Functions")
    return sorted(set(re.findall(r'Lib "(xlwings[^"]+\.dll)"', source)))
