"""Where the add-in lives on Windows, and what can keep Excel from using it: `xlfuncs addin install`, `doctor`."""

from __future__ import annotations

import contextlib
import platform
import re
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from xlfuncs.core.exceptions import MissingDependency, WorkbookRejected, XlfuncsError
from xlfuncs.core.version import VERSION
from xlfuncs.hosts.excel import addin, project
from xlfuncs.ooxml.xml import parse_xml

FILE = "xlfuncs.xlam"
TIPS = "xlfuncs.intellisense.xml"
_OFFICE = r"SOFTWARE\Microsoft\Office\ClickToRun\Configuration"
_EXCEL = r"SOFTWARE\Microsoft\Windows\CurrentVersion\App Paths\excel.exe"


class NotSupportedHere(XlfuncsError):
    """The machine has no place for the add-in, or will not let it be written; the message says what to do."""


@dataclass(frozen=True)
class Machine:
    """What can be asked of a machine, so that another one can be put in its place."""

    environment: Mapping[str, str]
    registry: Callable[[str, str], str | None] = field(default=lambda key, name: None)
    system: str = field(default_factory=platform.system)

    @property
    def start_folder(self) -> Path:
        """The folder whose workbooks Excel opens at its start; it is one of Excel's trusted locations."""
        roaming = self.environment.get("APPDATA")
        if not roaming:
            raise NotSupportedHere(
                "There is no APPDATA here, and so no start folder of Excel: install on the user's Windows machine, or "
                "write the file with xlfuncs addin build -o FILE."
            )
        return Path(roaming) / "Microsoft" / "Excel" / "XLSTART"

    @property
    def addin_folders(self) -> list[Path]:
        """Every folder of the user from which Excel may load an add-in."""
        return [self.start_folder, self.start_folder.parents[1] / "AddIns"]


def windows_registry(key: str, name: str) -> str | None:
    """A value under HKEY_LOCAL_MACHINE, or None where there is none, as on every other system."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, key) as opened:
            return str(winreg.QueryValueEx(opened, name)[0])
    except OSError:
        return None


def write(folder: Path, content: bytes, tips: str) -> list[Path]:
    """Put the add-in and its tooltips into a folder, each in one step."""
    written = []
    for name, data in ((FILE, content), (TIPS, tips.encode())):
        fresh = folder / f"{name}.new"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            fresh.write_bytes(data)
            fresh.replace(folder / name)
        except OSError as problem:
            with contextlib.suppress(OSError):
                fresh.unlink()
            sentence = f"{folder / name} cannot be written: {problem.strerror}. Close Excel and try again."
            raise NotSupportedHere(sentence) from None
        written.append(folder / name)
    return written


def remove(machine: Machine) -> list[Path]:
    """Take the add-in away from every folder of the user; gives what was there."""
    found = [folder / name for folder in machine.addin_folders for name in (FILE, TIPS) if (folder / name).exists()]
    try:
        for path in found:
            path.unlink()
    except OSError as problem:
        raise NotSupportedHere(f"{path} cannot be removed: {problem.strerror}. Close Excel and try again.") from None
    return found


@dataclass(frozen=True)
class Diagnosis:
    """One cause of failure that was looked for: whether all is well, and what to do if not."""

    about: str
    well: bool
    text: str


def examine(machine: Machine) -> Iterator[Diagnosis]:
    """Look for each known cause of failure."""
    yield Diagnosis(
        "system", machine.system == "Windows", f"{machine.system}; the add-in needs Windows and a desktop Excel."
    )
    try:
        copies = [folder / FILE for folder in machine.addin_folders if (folder / FILE).exists()]
    except NotSupportedHere as reason:
        yield Diagnosis("start folder", False, str(reason))
        return
    yield from _office(machine)
    if not copies:
        yield Diagnosis("add-in", False, f"{FILE} is in none of Excel's folders: run xlfuncs addin install.")
        return
    alone = len(copies) == 1
    more = "" if alone else " Excel may load the wrong one: run xlfuncs addin uninstall, then install."
    yield Diagnosis("one copy", alone, f"{', '.join(map(str, copies))}.{more}")
    for copy in copies:
        yield from _copy(copy, machine)


def _office(machine: Machine) -> Iterator[Diagnosis]:
    excel = machine.registry(_EXCEL, "")
    if excel is None:
        yield Diagnosis("Excel", machine.system != "Windows", "No desktop Excel is registered on this machine.")
        return
    store = "WindowsApps" in excel
    advice = " is the Store edition, which keeps add-ins from COM: install Office from office.com" if store else ""
    yield Diagnosis("Excel", not store, f"{excel}{advice}.")
    bits = machine.registry(_OFFICE, "Platform")
    if bits:
        yield Diagnosis("bitness", True, f"Excel is {bits}; Python may differ, since it runs in a process of its own.")


def _copy(path: Path, machine: Machine) -> Iterator[Diagnosis]:
    blocked = Path(f"{path}:Zone.Identifier").exists()
    advice = " came from the internet and is blocked: Properties, Unblock." if blocked else " is not blocked."
    yield Diagnosis("mark of the web", not blocked, f"{path}{advice}")
    try:
        settings = settings_of(path)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile, WorkbookRejected):
        yield Diagnosis("file", False, f"{path} is damaged or no add-in of ours: run xlfuncs addin install.")
        return
    version = settings.get("VERSION", "")
    yield Diagnosis(
        "version", version == VERSION, f"The add-in is {version}, this is {VERSION}{_again(version == VERSION)}."
    )
    interpreter = settings.get("INTERPRETER_WIN", "")
    there = Path(interpreter).is_file()
    yield Diagnosis("interpreter", there, f"{interpreter}{'' if there else ' is not there'}{_again(there)}.")
    for fault in addin.Configuration(interpreter, settings.get("DLL_DIR", ""), "").faults():
        yield Diagnosis("path", False, fault)
    try:
        names = project.dlls_of_xlwings()
    except MissingDependency as reason:
        yield Diagnosis("xlwings", False, str(reason))
        return
    name = names[machine.registry(_OFFICE, "Platform") == "x86"]
    dll = Path(settings.get("DLL_DIR", "")) / name
    advice = "" if dll.is_file() else ' is missing: pip install --force-reinstall "xlfuncs[excel]", then install again'
    yield Diagnosis("DLL", dll.is_file(), f"{dll}{advice}.")
    declared = _declared(path)
    yield Diagnosis(
        "xlwings", name in declared, f"The add-in was built for {' and '.join(declared)}{_again(name in declared)}."
    )


def _again(well: bool) -> str:
    return "" if well else ": run xlfuncs addin install again"


def settings_of(path: Path) -> dict[str, str]:
    """The configuration sheet of an add-in."""
    part = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(path) as package:
        root = parse_xml(package.read(part), part)
    texts = [element.text or "" for element in root.iter() if element.tag.endswith("}t")]
    return dict(zip(texts[::2], texts[1::2], strict=True))


def _declared(path: Path) -> list[str]:
    from pyopenvba import ExcelFile

    with ExcelFile(path) as book:
        source = book.get_module("Functions")
    return sorted(set(re.findall(r'Lib "(xlwings[^"]+\.dll)"', source)))
