"""Odd: functions and tasks that no library should have, to see what the server makes of them."""

from __future__ import annotations

import os
import socket
import subprocess
import time
from pathlib import Path
from typing import Annotated

from xlfuncs.catalogue import bibliography as by
from xlfuncs.core.function import sheet_function
from xlfuncs.core.quantity import Num, Quantity
from xlfuncs.core.units import NUMBER

CATEGORY = "Odd"

Any_ = Annotated[Num, Quantity(NUMBER, "Any number.")]


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
def connect(port: Any_) -> Any_:
    """Open a connection."""
    socket.create_connection(("127.0.0.1", int(port)), timeout=1).close()
    return port


@sheet_function(source=by.DATA_SET, vectorised=False)
def write_file(number: Any_) -> Any_:
    """Write a file."""
    Path("written-by-a-function").write_text("x", encoding="utf-8")
    return number


@sheet_function(source=by.DATA_SET, vectorised=False)
def start_program(number: Any_) -> Any_:
    """Start a program."""
    subprocess.run(["true"], check=False)
    return number


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
