"""Small workbooks, as files."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

from xlfuncs.services.refresh import RefreshResult, refresh


def refreshed(path: Path, **options: Any) -> RefreshResult:
    return refresh(path, **options)


def part(path: Path, name: str = "xl/worksheets/sheet1.xml") -> str:
    with zipfile.ZipFile(path) as archive:
        return archive.read(name).decode("utf-8")


def parts(path: Path) -> dict[str, tuple[bytes, int, int]]:
    """Content, compressed size and date of every part, in order."""
    with zipfile.ZipFile(path) as archive:
        return {i.filename: (archive.read(i), i.compress_size, hash(i.date_time)) for i in archive.infolist()}


def rewrite(path: Path, name: str, text: str) -> None:
    """Replace a part of a file."""
    with zipfile.ZipFile(path) as archive:
        content = {one: archive.read(one) for one in archive.namelist()}
    content[name] = text.encode()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for one, data in content.items():
            archive.writestr(one, data)
