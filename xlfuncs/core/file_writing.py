"""Files written in one step: whoever reads them sees the old content or the new, and never half of it."""

from __future__ import annotations

import errno
import os
import tempfile
from pathlib import Path


def refuse_special_file(path: Path) -> None:
    """Raise `OSError` where a path leads to something other than a regular file: a folder, a pipe, a device.

    A new file in its place would destroy it.
    """
    if path.exists() and not path.is_file():
        what = "a folder" if path.is_dir() else "not a regular file"
        raise OSError(errno.EINVAL, f"it is {what}")


def check_writable(path: Path) -> None:
    """Raise `OSError` where a file cannot be written, so that no work is done for it in vain."""
    refuse_special_file(path)
    folder = path.resolve().parent
    if not folder.is_dir():
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
    if not os.access(folder, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def write_file(path: Path, content: bytes | str, mode: int | None = None) -> Path:
    """Write a file beside its target and rename it into place; text is UTF-8 with plain line ends.

    A link stays, and the file that it leads to is written. The permissions are those of any new file of the user, or
    `mode`. Raises `OSError` and leaves the target as it was.
    """
    check_writable(path)
    target = path.resolve()
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(_new_file_mode() if mode is None else mode)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return path


def _new_file_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
