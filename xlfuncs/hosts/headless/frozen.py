"""A copy of a workbook in which every formula is the value it has: for pictures, and for other programs."""

from __future__ import annotations

from pathlib import Path

from xlfuncs.hosts.headless.book import read
from xlfuncs.hosts.headless.package import Package
from xlfuncs.hosts.headless.sheets import spliced, without_formula


def frozen(path: Path) -> bytes:
    """The workbook with the stored values of its formulas in place of them; everything else as it was."""
    package = Package(path)
    parts = {}
    for sheet in read(package).sheets:
        edits = [(cell.start, cell.end, without_formula(sheet.data[cell.start : cell.end])) for cell in sheet.formulas]
        parts[sheet.part] = spliced(sheet.data, edits)
    return package.with_parts(parts)
