"""Files written in one step: whoever reads them sees the old content or the new, and never half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def write_file(path: Path, content: bytes | str, mode: int | None = None) -> Path:
    """Write a file beside its target and rename it into place; text is UTF-8 with plain line ends.

    The permissions are those of any new file of the user, or `mode`. Raises `OSError` and leaves the target as it was.
    """
    data = content.encode("utf-8") if isinstance(content, str) else content
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".tmp", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        fresh.chmod(_new_file_mode() if mode is None else mode)
        fresh.replace(path)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return path


def _new_file_mode() -> int:
    umask = os.umask(0)
    os.umask(umask)
    return 0o666 & ~umask
