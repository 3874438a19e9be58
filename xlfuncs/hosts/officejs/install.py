"""Where a manifest is put so that Excel finds the add-in, and what is left for the user to click."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.hosts.officejs.manifest import ID

FILE = "xlfuncs.xml"
DEVELOPER = r"SOFTWARE\Microsoft\Office\16.0\WEF\Developer"


class InstallLocationError(XlfuncsError):
    """The manifest cannot be put in its place; the message says what to do."""


Register = Callable[[str, str, str | None], None]


def windows_registry(key: str, name: str, value: str | None) -> None:
    """Set a value under HKEY_CURRENT_USER, or take it away; nothing on other systems."""
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


@dataclass(frozen=True)
class Machine:
    """What the installation depends on, so that another machine can be put in its place."""

    home: Path
    state: Path
    system: str = field(default_factory=platform.system)
    register: Register = windows_registry

    @property
    def manifest(self) -> Path:
        """The place of the manifest: on a Mac the folder that Excel reads, elsewhere beside the secrets."""
        if self.system == "Darwin":
            return self.home / "Library/Containers/com.microsoft.Excel/Data/Documents/wef" / FILE
        return self.state / FILE


def install(machine: Machine, manifest: str) -> Path:
    """Write the manifest, which holds the token and so is the user's alone; on Windows tell Excel of it."""
    path = machine.manifest
    try:
        write(path, manifest.encode())
        if machine.system == "Windows":
            machine.register(DEVELOPER, ID, str(path))
    except OSError as problem:
        raise InstallLocationError(
            f"{path} cannot be written: {problem.strerror}. Close Excel and try again."
        ) from None
    return path


def write(path: Path, content: bytes) -> None:
    """Write a file that is the user's alone from its first byte, in one step."""
    fresh = path.with_name(f"{path.name}.new")
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)


def uninstall(machine: Machine) -> list[Path]:
    """Take the manifest away; gives what was there."""
    path = machine.manifest
    try:
        there = path.exists()
        path.unlink(missing_ok=True)
        if machine.system == "Windows":
            machine.register(DEVELOPER, ID, None)
    except OSError as problem:
        raise InstallLocationError(
            f"{path} cannot be removed: {problem.strerror}. Close Excel and try again."
        ) from None
    return [path] if there else []


def trust(machine: Machine, authority: Path) -> str:
    """The command that lets the system trust the server's certificates."""
    if machine.system == "Darwin":
        return f'security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "{authority}"'
    if machine.system == "Windows":
        return f'certutil -user -addstore Root "{authority}"'
    return f'certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n xlfuncs -i "{authority}"'


def steps(machine: Machine, manifest: Path, authority: Path) -> list[str]:
    """What the user does next."""
    web = f"Excel on the web: Home > Add-ins > More Add-ins > My Add-ins > Upload My Add-in, and choose {manifest}"
    desktop = {
        "Darwin": "Excel on this Mac: start it again, Home > Add-ins, and choose xlfuncs under Developer Add-ins",
        "Windows": "Excel on this machine: start it again, Home > Add-ins > More Add-ins > Developer Add-ins > xlfuncs",
    }
    return [
        f"Once, let the system trust the server of this machine, and no other: {trust(machine, authority)}",
        "Keep the server running: xlfuncs serve",
        *([desktop[machine.system]] if machine.system in desktop else []),
        web,
        "Then type =XLFUNCS.LTV_CAC(100, 0.8, 0.05, 400) in a cell: it gives 4",
    ]
