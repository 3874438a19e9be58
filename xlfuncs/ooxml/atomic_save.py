"""Atomic replacement of a file, and the checks before it: the file is the old one or the new one, whatever fails."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from pathlib import Path

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.file_lock import REPLACES_OPEN_FILES, try_to_lock
from xlfuncs.ooxml.package import Package

_LOCK_FILES = ("~${name}", ".~lock.{name}#")  # of Excel and of LibreOffice
_SUFFIX = ".xlfuncs.tmp"


def check_replaceable(package: Package, target: Path, force: bool = False) -> None:
    """Pre-flight checks (signature, read-only, hard links, locks); `force` skips them."""
    if force:
        return
    if package.is_signed:
        raise WorkbookRejected(
            f"{package.path} is digitally signed, and a change would break the signature; the option force allows it."
        )
    target = target.resolve()
    if not target.exists():
        return
    status = target.stat()
    if not status.st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise WorkbookRejected(
            f"{target} is read-only; name another file with the option out, or replace it with the option force."
        )
    if status.st_nlink > 1:
        raise WorkbookRejected(
            f"{target} has several hard links; name another file with the option out, or break the links with the "
            "option force."
        )
    for pattern in _LOCK_FILES:
        name = pattern.format(name=target.name)
        if (target.parent / name).exists():
            raise WorkbookRejected(
                f"{target} is open in another program ({name} is there); close it first, or use the option force."
            )


def replace_file(package: Package, data: bytes, target: Path) -> None:
    """Put these bytes in place of a file; on any failure the old one is as it was."""
    target = target.resolve()
    is_source = target.exists() and os.path.samestat(target.stat(), package.stat)
    _remove_leftovers(target)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent)
    except OSError as problem:
        raise WorkbookRejected(f"{target} cannot be written: {problem.strerror}.") from problem
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            with contextlib.suppress(OSError):
                try_to_lock(file.fileno())  # so that no other refresh takes it for a leftover
            file.write(data)
            file.flush()
            _copy_rights(target if target.exists() else package.path, file.fileno())
            os.fsync(file.fileno())
            if temporary.read_bytes() != data:
                raise WorkbookRejected(f"{target} was not replaced: the new file did not read back right.")
            if is_source and _has_changed(package, target):
                raise WorkbookRejected(f"{target} was changed by another program meanwhile; run again.")
            if REPLACES_OPEN_FILES:
                temporary.replace(target)
        if not REPLACES_OPEN_FILES:
            temporary.replace(target)
    except OSError as problem:
        raise WorkbookRejected(f"{target} was not replaced: {problem.strerror}.") from problem
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync_folder(target.parent)


def _has_changed(package: Package, target: Path) -> bool:
    """Whether a file is other than when it was read."""
    before, after = package.stat, target.stat()
    if (before.st_mtime_ns, before.st_size, before.st_ino) != (after.st_mtime_ns, after.st_size, after.st_ino):
        return True
    return target.read_bytes() != package.data  # clocks are coarse


def _copy_rights(source: Path, handle: int) -> None:
    """Give a file the owner, mode and extended attributes of another, as far as one may set them."""
    status = source.stat()
    if hasattr(os, "fchown"):
        with contextlib.suppress(PermissionError):  # only the owner or root may give a file away
            os.fchown(handle, status.st_uid, status.st_gid)
        os.fchmod(handle, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(source):
                with contextlib.suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(source, name))


def _remove_leftovers(target: Path) -> None:
    """Remove the temporary files of refreshes that were killed."""
    with contextlib.suppress(OSError):
        for path in target.parent.glob(f".{_escape_pattern(target.name)}.*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                _remove_unless_locked(path)


def _remove_unless_locked(path: Path) -> None:
    """Remove a temporary file; raises `OSError` where its refresh still runs."""
    if not REPLACES_OPEN_FILES:
        path.unlink()
        return
    with path.open("rb") as file:
        try_to_lock(file.fileno())
        path.unlink()


def _escape_pattern(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in name)


def _sync_folder(folder: Path) -> None:
    """Make the new name last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
