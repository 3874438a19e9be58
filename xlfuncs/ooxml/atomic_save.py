"""A file replaced in one step or not at all, and with regard for who else uses it."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.package import Package

try:
    import fcntl
except ImportError:  # Windows, which refuses to replace a file that is open
    fcntl = None  # type: ignore[assignment]

_LOCKS = ("~${name}", ".~lock.{name}#")  # of Excel and of LibreOffice
_SUFFIX = ".xlfuncs.tmp"


def check_replaceable(package: Package, target: Path, force: bool = False) -> None:
    """Refuse now what would fail or hurt others later; `force` hurts them."""
    if force:
        return
    if package.is_signed:
        raise WorkbookRejected(
            f"{package.path} is digitally signed; a change would break the signature. --force does so."
        )
    target = target.resolve()
    if not target.exists():
        return
    status = target.stat()
    if not status.st_mode & stat.S_IWUSR or not os.access(target, os.W_OK):
        raise WorkbookRejected(f"{target} is read-only; give another file with -o, or --force.")
    if status.st_nlink > 1:
        raise WorkbookRejected(
            f"{target} has several hard links; give another file with -o, or --force to break the link."
        )
    for lock in _LOCKS:
        name = lock.format(name=target.name)
        if (target.parent / name).exists():
            raise WorkbookRejected(
                f"{target} is open in another program ({name} is there); close it first, or --force."
            )


@contextlib.contextmanager
def lock_file(target: Path) -> Iterator[None]:
    """Keep other refreshes away from a file, until done; one that is away already is named."""
    if fcntl is None or not target.exists():
        yield
        return
    while True:
        try:
            handle = os.open(target, os.O_RDONLY)
        except OSError as problem:
            raise WorkbookRejected(f"{target} cannot be read: {problem.strerror}.") from problem
        try:
            status = os.fstat(handle)
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise WorkbookRejected(
                    f"{target} is being refreshed{_by(status)}; try again when it is done."
                ) from None
            except OSError:  # a file system without locks: what remains is the look at the end
                yield
                return
            if not target.exists() or not os.path.samestat(status, target.stat()):
                continue  # replaced while it was opened: the lock is on the old one
            yield
            return
        finally:
            os.close(handle)


def _by(status: os.stat_result) -> str:
    """Which process holds the lock on a file, where the system tells."""
    with contextlib.suppress(OSError, IndexError):
        for line in Path("/proc/locks").read_text(encoding="ascii").splitlines():
            words = line.split()
            if words[1] == "FLOCK" and words[5].rpartition(":")[2] == str(status.st_ino):
                return f" by process {words[4]}"
    return " by another process"


def replace_file(package: Package, data: bytes, target: Path) -> None:
    """Put these bytes in place of a file; on any failure the old one is as it was."""
    target = target.resolve()
    same = target.exists() and os.path.samestat(target.stat(), package.stat)
    _sweep(target)
    try:
        handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=_SUFFIX, dir=target.parent)
    except OSError as problem:
        raise WorkbookRejected(f"{target} cannot be written: {problem.strerror}.") from problem
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            if fcntl is not None:
                with contextlib.suppress(OSError):
                    fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # so that no one sweeps it away
            file.write(data)
            file.flush()
            _keep_rights(file.fileno(), target if target.exists() else package.path)
            os.fsync(file.fileno())
            if temporary.read_bytes() != data:
                raise WorkbookRejected(f"{target} was not replaced: the new file did not read back right.")
            if same and _changed(package, target):
                raise WorkbookRejected(f"{target} was changed by another program meanwhile; run again.")
            if fcntl is not None:  # Windows replaces no file that is open
                temporary.replace(target)
        if fcntl is None:
            temporary.replace(target)
    except OSError as problem:
        raise WorkbookRejected(f"{target} was not replaced: {problem.strerror}.") from problem
    finally:
        with contextlib.suppress(OSError):
            temporary.unlink(missing_ok=True)
    _sync(target.parent)


def _changed(package: Package, target: Path) -> bool:
    before, after = package.stat, target.stat()
    if (before.st_mtime_ns, before.st_size, before.st_ino) != (after.st_mtime_ns, after.st_size, after.st_ino):
        return True
    return target.read_bytes() != package.data  # clocks are coarse


def _keep_rights(handle: int, like: Path) -> None:
    """Owner, mode and extended attributes, as far as one may set them."""
    status = like.stat()
    if hasattr(os, "fchown"):
        with contextlib.suppress(PermissionError):  # only the owner or root may give a file away
            os.fchown(handle, status.st_uid, status.st_gid)
        os.fchmod(handle, stat.S_IMODE(status.st_mode))
    if hasattr(os, "listxattr"):
        with contextlib.suppress(OSError):
            for name in os.listxattr(like):
                with contextlib.suppress(OSError):
                    os.setxattr(handle, name, os.getxattr(like, name))


def _sweep(target: Path) -> None:
    """Remove what a refresh that was killed left behind."""
    if fcntl is None:
        return
    with contextlib.suppress(OSError):
        for left in target.parent.glob(f".{_literal(target.name)}.*{_SUFFIX}"):
            with left.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)  # fails where its refresh still runs
                left.unlink()


def _literal(name: str) -> str:
    return "".join(f"[{letter}]" if letter in "[*?" else letter for letter in name)


def _sync(folder: Path) -> None:
    """Make the new name last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
