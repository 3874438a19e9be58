"""What a worker may do: compute, and read files. It refuses the calls to write, connect or start that Python audits.

An audit hook sees what Python code asks of the system through audited calls. It guards against mistakes and against
formulas that someone else has written, which only name functions of ours. It is no sandbox: Python code that runs in
the worker and means harm can evade it, and native modules that are installed are trusted.
"""

from __future__ import annotations

import _imp
import ctypes  # noqa: F401  # whose import opens a library, which the hook would refuse
import os
import sys
from collections.abc import Callable
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

_WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_FORBIDDEN = (
    "cpython.PyInterpreterState_New", "ctypes.", "fcntl.", "msvcrt.", "os.", "pty.", "resource.", "shutil.",
    "signal.pthread_kill", "socket.", "sqlite3.", "subprocess.", "syslog.", "winreg.", "_winapi.",
)  # fmt: skip
_HARMLESS = frozenset(
    {"os.fwalk", "os.getxattr", "os.listdir", "os.listxattr", "os.putenv", "os.scandir", "os.unsetenv", "os.walk"}
)
_NOT_AUDITED = ("mkfifo", "mknod")  # functions of `os` that create files without an audit event
_NATIVE = frozenset(  # native modules that do so, or start interpreters, which have hooks of their own
    {"_dbm", "_gdbm", "_interpreters", "_posixshmem", "_testcapi", "_xxsubinterpreters", "readline"}
)


def confine() -> None:
    """Refuse, to the end of this process, audited calls that open a connection, start a program or change a file.

    Native modules load only from the folders from which the process imports now.
    """
    sys.dont_write_bytecode = True
    trusted = tuple(Path(entry).resolve() for entry in sys.path if entry and Path(entry).is_dir())
    for name in _NATIVE & sys.modules.keys():
        del sys.modules[name]  # so that its import is asked for
    sys.addaudithook(_hook(trusted))
    system = sys.modules[os.open.__module__]  # posix or nt
    for name in _NOT_AUDITED:
        for module in (os, system):
            if hasattr(module, name):
                setattr(module, name, _refusal(f"os.{name}"))
    create_builtin = _imp.create_builtin

    def create_other(spec: ModuleSpec) -> ModuleType:
        if spec.name == system.__name__:  # a fresh copy has all its functions again
            _refuse(f"import {spec.name}")
        return create_builtin(spec)

    _imp.create_builtin = create_other


def _hook(trusted: tuple[Path, ...]) -> Callable[[str, tuple[Any, ...]], None]:
    def audit(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            forbidden = bool(arguments[2] & _WRITES)
        elif event == "import":
            name, file = arguments[:2]
            forbidden = name in _NATIVE or (file is not None and not _is_within(file, trusted))
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
