"""Odd: functions and tasks that no library should have, to see what the server makes of them."""

from __future__ import annotations

import ctypes
import importlib.util
import os
import resource
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from xlfuncs.catalogue import bibliography as by
from xlfuncs.core.function import sheet_function
from xlfuncs.core.quantity import Name, Num, Quantity
from xlfuncs.core.units import NUMBER, TEXT

CATEGORY = "Odd"

Any_ = Annotated[Num, Quantity(NUMBER, "Any number.")]
Text_ = Annotated[Name, Quantity(TEXT, "Any text.")]

# Actions that a worker refuses, by name, each with its audit event; they take a folder with a file and an empty folder.
FORBIDDEN = {
    "write text": "open",
    "append": "open",
    "exclusive": "open",
    "os.open to write": "open",
    "os.open to create": "open",
    "os.open to truncate": "open",
    "remove": "os.remove",
    "unlink": "os.remove",
    "rename": "os.rename",
    "replace": "os.rename",
    "mkdir": "os.mkdir",
    "rmdir": "os.rmdir",
    "link": "os.link",
    "symlink": "os.symlink",
    "truncate": "os.truncate",
    "chmod": "os.chmod",
    "chown": "os.chown",
    "utime": "os.utime",
    "mkfifo": "os.mkfifo",
    "mknod": "os.mknod",
    "copy": "shutil.copyfile",
    "move": "shutil.move",
    "rmtree": "shutil.rmtree",
    "dlopen": "ctypes.dlopen",
    "call a C function": "ctypes.dlsym",
    "run a program": "subprocess.Popen",
    "system": "os.system",
    "exec": "os.exec",
    "posix_spawn": "os.posix_spawn",
    "fork": "os.fork",
    "kill": "os.kill",
    "open a database": "sqlite3.connect",
    "raise a limit": "resource.setrlimit",
}


def _call(action: str, target: str) -> Any:
    folder, file = Path(target), Path(target) / "file"
    new = folder / "new"
    actions: dict[str, Callable[[], Any]] = {
        "write text": lambda: new.write_text("x", encoding="utf-8"),
        "append": lambda: file.open("a"),
        "exclusive": lambda: new.open("x"),
        "os.open to write": lambda: os.open(file, os.O_WRONLY),
        "os.open to create": lambda: os.open(new, os.O_RDONLY | os.O_CREAT),
        "os.open to truncate": lambda: os.open(file, os.O_RDWR | os.O_TRUNC),
        "remove": lambda: os.remove(file),  # noqa: PTH107  # the function is what is tried
        "unlink": file.unlink,
        "rename": lambda: file.rename(new),
        "replace": lambda: file.replace(new),
        "mkdir": new.mkdir,
        "rmdir": (folder / "empty").rmdir,
        "link": lambda: new.hardlink_to(file),
        "symlink": lambda: new.symlink_to(file),
        "truncate": lambda: os.truncate(file, 0),
        "chmod": lambda: file.chmod(0o777),
        "chown": lambda: os.chown(file, 0, 0),
        "utime": lambda: os.utime(file, (0, 0)),
        "mkfifo": lambda: os.mkfifo(new),
        "mknod": lambda: os.mknod(new),
        "copy": lambda: shutil.copyfile(file, new),
        "move": lambda: shutil.move(file, new),
        "rmtree": lambda: shutil.rmtree(folder),
        "dlopen": lambda: ctypes.CDLL(_json_library()),
        "call a C function": lambda: ctypes.pythonapi.getpid,
        "run a program": lambda: subprocess.run(["true"], check=False),
        "system": lambda: os.system("true"),
        "exec": lambda: os.execv("/bin/true", ["true"]),
        "posix_spawn": lambda: os.posix_spawn("/bin/true", ["true"], {}),
        "fork": os.fork,
        "kill": lambda: os.kill(os.getpid(), 0),
        "open a database": lambda: sqlite3.connect(new),
        "raise a limit": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000)),
        "connect": lambda: socket.create_connection(("127.0.0.1", int(target)), timeout=60).close(),
        "load": lambda: _load(target),
        "read": lambda: file.read_text(encoding="utf-8"),
    }
    return actions[action]()


def _json_library() -> str:
    import _json

    return _json.__file__


def _load(path: str) -> None:
    spec = importlib.util.spec_from_file_location("_json", path)
    assert spec
    importlib.util.module_from_spec(spec)


@sheet_function(source=by.DATA_SET, vectorised=False)
def attempt(action: Text_, target: Text_) -> Text_:
    """Try an action, and report whether it was refused."""
    try:
        return str(_call(action, target))
    except PermissionError as refusal:
        event = str(refusal).removeprefix("A worksheet function may not do this: ")
        return f"refused: {event.removesuffix('.')}" if event != str(refusal) else str(refusal)


@sheet_function(source=by.DATA_SET, vectorised=False)
def twice(number: Any_) -> Any_:
    """Twice a number."""
    return 2 * number


@sheet_function(source=by.DATA_SET, vectorised=False)
def hang(seconds: Any_) -> Any_:
    """Take some seconds."""
    time.sleep(seconds)
    return seconds


@sheet_function(source=by.DATA_SET, vectorised=False)
def break_down(number: Any_) -> Any_:
    """Fail as no function should."""
    raise RuntimeError(f"a secret of {__file__}")


@sheet_function(source=by.DATA_SET, vectorised=False)
def give_up(number: Any_) -> Any_:
    """End the process, but for 0."""
    if number:
        os._exit(3)
    return number


def task_hangs(book: object) -> None:
    time.sleep(600)


def task_gives_up(book: object) -> None:
    os._exit(3)


def task_breaks_down(book: object) -> None:
    raise RuntimeError(f"a secret of {__file__}")


def task_takes_all_memory(book: object) -> list[bytearray]:
    return [bytearray(2**28) for _ in range(64)]


def task_connects(book: object) -> None:
    socket.create_connection(("127.0.0.1", 9), timeout=1)
