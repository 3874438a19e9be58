"""Workbooks of others, in a folder that XLFUNCS_CORPUS names: nothing is lost, nothing is wrong silently."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from pathlib import Path
from typing import Any

import pytest

from tests.small_workbooks import refreshed
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.sandbox import Limits
from xlfuncs.engine.function_names import NONDETERMINISTIC
from xlfuncs.ooxml.cell_patch import same_value
from xlfuncs.ooxml.cells import address_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import WorkbookXml, read_workbook

FOLDER = os.environ.get("XLFUNCS_CORPUS")
FILES = sorted(path for path in Path(FOLDER).rglob("*.xl*") if path.is_file()) if FOLDER else []
LIMITS = Limits(seconds=float(os.environ.get("XLFUNCS_CORPUS_SECONDS", "60")))
CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*?(?:/>|>.*?</(?:\w+:)?c>)", re.DOTALL)

pytestmark = [
    pytest.mark.skipif(not FILES, reason="XLFUNCS_CORPUS names no folder of workbooks"),
    pytest.mark.slow,
]  # recalculates workbooks of others


def raw(path: Path) -> dict[str, tuple[bytes, bytes]]:
    """Each part as it is compressed, and its entry in the directory but for its place."""
    data, found = path.read_bytes(), {}
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            start = info.header_offset
            start += 30 + int.from_bytes(data[start + 26 : start + 28], "little")
            start += int.from_bytes(data[info.header_offset + 28 : info.header_offset + 30], "little")
            about = repr((info.date_time, info.extra, info.comment, info.external_attr, info.compress_type))
            found[info.filename] = (data[start : start + info.compress_size], about.encode())
    return found


def values_of(book: WorkbookXml) -> dict[tuple[str, str], Any]:
    return {
        (sheet.name, address_of(place)): book.value(cell)
        for sheet in book.sheets
        for place, cell in sheet.cells.items()
    }


def skeleton(data: bytes) -> bytes:
    """What a sheet is but for its cells and the rows that have nothing else."""
    without = b"".join(CELL.split(data))
    return re.sub(rb'<(?:\w+:)?row r="\d+"></(?:\w+:)?row>', b"", without)


@pytest.mark.parametrize("source", FILES, ids=lambda path: path.name)
def test_nothing_is_lost_and_nothing_is_wrong_silently(source: Path, tmp_path: Path) -> None:
    path = tmp_path / source.name
    shutil.copyfile(source, path)
    try:
        report = refreshed(path, limits=LIMITS)
    except WorkbookRejected:
        assert path.read_bytes() == source.read_bytes()
        return
    old, new = read_workbook(Package(source)), read_workbook(Package(path))
    sheets = {sheet.part for sheet in old.sheets}
    before, after = raw(source), raw(path)
    assert list(after) == list(before)
    touched = {name for name in before if before[name] != after[name]}
    assert touched <= sheets
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(path) as other:
        for name in touched:
            assert skeleton(archive.read(name)) == skeleton(other.read(name))
            formulas = re.compile(rb"<(?:\w+:)?f\b[^>]*/>|<(?:\w+:)?f\b[^>]*>[^<]*")
            texts = [
                [re.sub(rb'ref="[^"]*"', b"", one) for one in formulas.findall(data)]
                for data in (archive.read(name), other.read(name))
            ]
            assert texts[0] == texts[1]
    said = {(change.sheet, change.cell) for change in report.changed}
    was, now = values_of(old), values_of(new)
    for key in was.keys() | now.keys():
        if not same_value(was.get(key), now.get(key)):
            assert key in said
            if was.get(key) is not None and not isinstance(was[key], CellError):
                assert now.get(key) != CellError("#NAME?")
    if not any(name in (cell.formula or "") for cell in old.formulas.values() for name in NONDETERMINISTIC):
        assert refreshed(path, limits=LIMITS).changed == []
