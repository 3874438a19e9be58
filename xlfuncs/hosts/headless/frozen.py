"""A copy of a workbook in which every formula is the value it has: for pictures, and for other programs."""

from __future__ import annotations

from pathlib import Path

from xlfuncs.core.registry import Registry
from xlfuncs.hosts.headless.package import Package
from xlfuncs.hosts.headless.refresh import Model
from xlfuncs.hosts.headless.sheets import plain, spliced


def frozen(path: Path, registry: Registry) -> bytes:
    """The workbook with the stored values of its formulas in place of them; everything else as it was."""
    package = Package(path)
    parts = {}
    for sheet in Model(package, registry).sheets:
        edits = [(cell.start, cell.end, plain(sheet.data[cell.start : cell.end], None)) for cell in sheet.formulas]
        parts[sheet.part] = spliced(sheet.data, edits)
    return package.with_parts(parts)
