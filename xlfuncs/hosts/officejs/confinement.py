"""What a worker may do: compute, and read files. Anything else that the interpreter can audit is refused.

An audit hook sees what Python code asks of the system, and cannot be removed. It is a guard against functions that do
more than they should, and not against hostile machine code: native modules that are installed are trusted.
"""

from __future__ import annotations

import ctypes  # noqa: F401  # whose import opens a library, which the hook would refuse
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "ctypes.", "fcntl.", "msvcrt.", "os.", "pty.", "resource.", "shutil.", "signal.pthread_kill", "socket.", "sqlite3.",
    "subprocess.", "syslog.", "winreg.", "_winapi.",
)  # fmt: skip
_HARMLESS = frozenset(
    {"os.fwalk", "os.getxattr", "os.listdir", "os.listxattr", "os.putenv", "os.scandir", "os.unsetenv", "os.walk"}
)
_NOT_AUDITED = ("mkfifo", "mknod")  # functions of `os` that create files without an audit event
_NATIVE = frozenset({"_dbm", "_gdbm", "_posixshmem"})  # native modules that do so


def confine() -> None:
    """Confine this process, to its end: it opens no connection, starts no program and changes no file.

    Loads no native module but those of the folders from which it imports now.
    """
    sys.dont_write_bytecode = True
    trusted = tuple(Path(entry).resolve() for entry in sys.path if entry and Path(entry).is_dir())
    sys.addaudithook(_hook(trusted))
    system = sys.modules[os.open.__module__]  # posix or nt
    for name in _NOT_AUDITED:
        for module in (os, system):
            if hasattr(module, name):
                setattr(module, name, _refusal(f"os.{name}"))


def _hook(trusted: tuple[Path, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            forbidden = bool(arguments[2] & _WRITES)
        elif event == "import":
            name, file = arguments[:2]
            forbidden = file is not None and (name in _NATIVE or not _is_within(file, trusted))
        else:
            forbidden = event.startswith(_FORBIDDEN) and event not in _HARMLESS
        if forbidden:
            _refuse(event)

    return audit


def _is_within(file: str, folders: tuple[Path, ...]) -> bool:
    path = Path(file).resolve()
    return any(path.is_relative_to(folder) for folder in folders)


def _refusal(event: str) -> Callable[..., NoReturn]:
    return lambda *arguments, **options: _refuse(event)


def _refuse(event: str) -> NoReturn:
    raise PermissionError(f"A worksheet function may not do this: {event}.")
