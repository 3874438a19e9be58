"""A program run once, in a process group of its own that ends with it, and how it ended."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

_CRASHED = re.compile(r"Fatal exception: Signal (\d+)")  # as LibreOffice itself reports a crash
_SIGNALS = range(1, 65)
_WINDOWS_EXCEPTIONS = 0xC0000000  # and above: exit codes of programs that Windows ended
_PYTHON_VARIABLES = ("PYTHONHOME", "PYTHONPATH", "VIRTUAL_ENV")
_NOT_STARTED = 127  # as a shell has it


@dataclass(frozen=True)
class Ended:
    """How a program ended: its exit code, None where the timeout expired, and what it wrote."""

    code: int | None
    output: str = ""
    errors: str = ""

    @property
    def signal(self) -> int | None:
        """The signal that ended it, or a program that it started."""
        if self.code is None:  # it may have hung while it handled a crash
            found = _CRASHED.search(self.errors)
            return int(found[1]) if found else None
        number = -self.code if self.code < 0 else self.code - 128  # of a wrapper, such as a shell
        return number if number in _SIGNALS else None

    @property
    def crash(self) -> str:
        """What shows that it crashed; empty where it did not."""
        if self.signal:
            return f"signal {self.signal}"
        return f"exception 0x{self.code:X}" if self.code and self.code >= _WINDOWS_EXCEPTIONS else ""

    @property
    def said(self) -> str:
        """The start of its errors, on one line."""
        lines = [line for line in self.errors.splitlines() if "javaldx" not in line]  # a warning about Java
        return " ".join(" ".join(lines).split())[:300]


def run(command: list[str], seconds: float) -> Ended:
    """Run a program to its end; it and its children are killed when the timeout expires, or when we are ended."""
    # Files and no pipes: a child that lives on would hold those open.
    with _ended_in_order(), tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as errors:
        try:
            process = subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=errors,
                start_new_session=True,
                env=_environment_without_python(os.environ),
            )
        except OSError as problem:
            return Ended(_NOT_STARTED, errors=f"{command[0]} does not start: {problem.strerror}")
        code: int | None
        try:
            code = process.wait(seconds)
        except subprocess.TimeoutExpired:
            code = None
        finally:
            _kill(process)
        written = []
        for file in (output, errors):
            file.seek(0)
            written.append(file.read().decode(errors="replace"))
        return Ended(code, *written)


def _environment_without_python(environment: Mapping[str, str]) -> dict[str, str]:
    """The environment for a program that has a Python of its own: without an active virtual environment.

    The Python of LibreOffice takes its library from beside the first python3 of the path, and does not start where that
    is another version.
    """
    kept = {name: value for name, value in environment.items() if name not in _PYTHON_VARIABLES}
    folders = environment.get("PATH", "").split(os.pathsep)
    kept["PATH"] = os.pathsep.join(folder for folder in folders if not _is_virtual_environment(folder))
    return kept


def _is_virtual_environment(folder: str) -> bool:
    # os.access says no, and raises nothing, where the user may not look into the folder.
    return bool(folder) and os.access(Path(folder).absolute().parent / "pyvenv.cfg", os.F_OK)


@contextlib.contextmanager
def _ended_in_order() -> Iterator[None]:
    """Let SIGTERM end us as Ctrl-C does, so that nothing is left behind."""
    ours = threading.current_thread() is threading.main_thread()
    if not ours or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _kill(process: subprocess.Popen[bytes]) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        elif process.poll() is None:
            process.kill()
    process.wait()
