"""Locks on workbooks: one refresh at a time for each file, in any process; no file is left beside the workbook.

filelock, the usual library, locks and truncates a file of its own, which it leaves behind, and so is not used here.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from xlfuncs.core.exceptions import WorkbookRejected

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]  # a module elsewhere
_msvcrt: Any = importlib.import_module("msvcrt") if fcntl is None else None

# Windows refuses to replace, or to remove, a file that is open.
REPLACES_OPEN_FILES = fcntl is not None


@contextlib.contextmanager
def lock_file(target: Path) -> Iterator[None]:
    """Keep other refreshes away from a file until done; raises `WorkbookRejected` where one is under way."""
    if not target.exists():
        yield
        return
    with _lock_on_windows(target) if fcntl is None else _lock_on_posix(target):
        yield


def try_to_lock(handle: int) -> None:
    """Lock an open file until it is closed; raises `OSError` where another process has locked it."""
    if fcntl is not None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextlib.contextmanager
def _lock_on_posix(target: Path) -> Iterator[None]:
    while True:
        try:
            handle = os.open(target, os.O_RDONLY)
        except OSError as problem:
            raise WorkbookRejected(f"{target} cannot be read: {problem.strerror}.") from problem
        try:
            status = os.fstat(handle)
            try:
                try_to_lock(handle)
            except BlockingIOError:
                raise _being_refreshed(target, _owner_of_lock(status)) from None
            except OSError:  # a file system without locks: what remains is the comparison before the file is replaced
                yield
                return
            if not target.exists() or not os.path.samestat(status, target.stat()):
                continue  # replaced while it was opened: the lock is on the old one
            yield
            return
        finally:
            os.close(handle)


@contextlib.contextmanager
def _lock_on_windows(target: Path) -> Iterator[None]:
    """The lock is on an empty file of the temporary folder: a workbook that is open could not be replaced.

    Windows removes the file when it is closed, by whatever end of its process.
    """
    path = os.path.normcase(os.path.realpath(target))
    name = hashlib.sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    try:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_TEMPORARY", 0)
        handle = os.open(Path(tempfile.gettempdir()) / f"xlfuncs-{name}.lock", flags)
    except OSError:  # what remains is the comparison before the file is replaced
        yield
        return
    try:
        try:
            _msvcrt.locking(handle, _msvcrt.LK_NBLCK, 1)
        except OSError:
            raise _being_refreshed(target, "another process") from None
        yield
    finally:
        os.close(handle)


def _being_refreshed(target: Path, owner: str) -> WorkbookRejected:
    return WorkbookRejected(f"{target} is being refreshed by {owner}; try again when it is done.")


def _owner_of_lock(status: os.stat_result) -> str:
    """The process that holds the lock on a file, where the system tells."""
    with contextlib.suppress(OSError, IndexError):
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            words = line.split()
            if words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(status.st_ino):
                return f"process {words[4]}"
    return "another process"
