"""Where the manifest must be for Excel to find the add-in, and the steps that remain for the user."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.file_writing import write_file
from xlfuncs.hosts.officejs.manifest import ID
from xlfuncs.hosts.officejs.trust import trust_command
from xlfuncs.hosts.officejs.user_secrets import PRIVATE

FILE = "xlfuncs.xml"
DEVELOPER = r"SOFTWARE\Microsoft\Office\16.0\WEF\Developer"


class InstallLocationError(XlfuncsError):
    """Raised when the manifest cannot be put in its place; the message says what to do."""


def set_registry_value(key: str, name: str, value: str | None) -> None:
    """Set a value under HKEY_CURRENT_USER, or delete it if the value is None; do nothing on other systems."""
    if sys.platform != "win32":
        return
    import winreg

    with winreg.CreateKey(winreg.HKEY_CURRENT_USER, key) as opened:
        if value is not None:
            winreg.SetValueEx(opened, name, 0, winreg.REG_SZ, value)
            return
        try:
            winreg.DeleteValue(opened, name)
        except FileNotFoundError:
            return


def registry_value(key: str, name: str) -> str | None:
    """Return a value under HKEY_CURRENT_USER; None if there is none, as on every other system."""
    if sys.platform != "win32":
        return None
    import winreg

    try:
        with winreg.OpenKey(winreg.HKEY_CURRENT_USER, key) as opened:
            return str(winreg.QueryValueEx(opened, name)[0])
    except OSError:
        return None


@dataclass(frozen=True)
class Machine:
    """What the installation depends on, so that a test can replace it."""

    home: Path
    state: Path
    system: str = field(default_factory=platform.system)
    set_value: Callable[[str, str, str | None], None] = set_registry_value
    value: Callable[[str, str], str | None] = registry_value

    @property
    def manifest(self) -> Path:
        """The place of the manifest: on a Mac the folder that Excel reads, elsewhere beside the secrets."""
        if self.system == "Darwin":
            return self.home / "Library/Containers/com.microsoft.Excel/Data/Documents/wef" / FILE
        return self.state / FILE


def install(machine: Machine, manifest: str) -> Path:
    """Write the manifest, which holds the token and so is private to the user; on Windows register it for Excel."""
    path = machine.manifest
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, manifest, PRIVATE)
        if machine.system == "Windows":
            machine.set_value(DEVELOPER, ID, str(path))
    except OSError as problem:
        raise InstallLocationError(
            f"{path} cannot be written: {problem.strerror}. Close Excel and try again."
        ) from None
    return path


def uninstall(machine: Machine) -> list[Path]:
    """Remove the manifest; return the file if there was one."""
    path = machine.manifest
    try:
        existed = path.exists()
        path.unlink(missing_ok=True)
        if machine.system == "Windows":
            machine.set_value(DEVELOPER, ID, None)
    except OSError as problem:
        raise InstallLocationError(
            f"{path} cannot be removed: {problem.strerror}. Close Excel and try again."
        ) from None
    return [path] if existed else []


def list_steps(machine: Machine, manifest: Path, ca_certificate: Path) -> tuple[str, ...]:
    """Return what the user does next, a sentence for each step."""
    desktop = {
        "Darwin": "In Excel on this Mac: restart Excel, open Home > Add-ins, and choose xlfuncs among the Developer "
        "Add-ins.",
        "Windows": "In Excel on this machine: restart Excel, open Home > Add-ins > More Add-ins > Developer Add-ins, "
        "and choose xlfuncs.",
    }
    return (
        "Once: make the system trust the certificate of the local server by running this command: "
        f"{trust_command(machine.system, ca_certificate)}",
        "Start the server, and keep it running while you use Excel: xlfuncs serve",
        *([desktop[machine.system]] if machine.system in desktop else []),
        "In Excel on the web: open Home > Add-ins > More Add-ins > My Add-ins > Upload My Add-in, and choose this "
        f"file: {manifest}",
        "Type =XLFUNCS.LTV_CAC(100, 0.8, 0.05, 400) in a cell; the result is 4.",
    )
