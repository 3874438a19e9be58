"""Where a finding is: in words, and as a link into the workbook."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from xlfuncs.audit.locations import brief, cells_in
from xlfuncs.audit.registry import Finding


def quoted(sheet: str, cell: str) -> str:
    """A reference as formulas have it.

    >>> quoted("P&L", "A1")
    "'P&L'!A1"
    """
    name = sheet.replace("'", "''")
    return f"'{name}'!{cell}"


def place(finding: Finding) -> str:
    """Sheet and cells of a finding, in words.

    >>> place(Finding("B25", "E", "Calc", "F7:F9,H7", ""))
    'Calc!F7:F9, H7 (4 cells)'
    """
    cells = cells_in(finding.cell) if finding.cell else 0
    where = "!".join(part for part in (finding.sheet, brief(finding.cell)) if part)
    return f"{where} ({cells} cells)" if cells > 1 else where


def link(file: Path, finding: Finding, beside: Path | None = None) -> str:
    """A link to the first cell of a finding, relative to the folder of the page it stands on."""
    address = to_file(file, beside)
    if not finding.sheet:
        return address
    named = finding.cell and not cells_in(finding.cell)
    cell = "A1" if named or not finding.cell else finding.cell.partition(",")[0]
    return f"{address}#{quote(quoted(finding.sheet, cell), safe='!')}"


def to_file(file: Path, folder: Path | None = None) -> str:
    """A file as a URI reference, relative where it can be."""
    whole = file.resolve()
    try:
        relative = os.path.relpath(whole, folder.resolve() if folder else Path.cwd())
    except ValueError:  # on another drive
        return whole.as_uri()
    return quote(Path(relative).as_posix())
