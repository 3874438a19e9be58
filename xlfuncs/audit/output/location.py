"""Where a finding is: in words, and as a link into the workbook."""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import quote

from xlfuncs.audit.locations import abbreviate, count_cells
from xlfuncs.audit.registry import Finding
from xlfuncs.ooxml.references import quote_sheet


def describe_location(finding: Finding) -> str:
    """Sheet and cells of a finding, in words.

    >>> describe_location(Finding("B25", "inconsistent-formula", "E", "Calc", "F7:F9,H7", "", ""))
    'Calc!F7:F9, H7 (4 cells)'
    """
    cells = count_cells(finding.cell) if finding.cell else 0
    location = "!".join(part for part in (finding.sheet, abbreviate(finding.cell)) if part)
    return f"{location} ({cells} cells)" if cells > 1 else location


def link_to(file: Path, finding: Finding, folder: Path | None = None) -> str:
    """A link to the first cell of a finding, relative to the folder of the page it stands on."""
    address = file_uri(file, folder)
    if not finding.sheet:
        return address
    is_named = finding.cell and not count_cells(finding.cell)
    cell = "A1" if is_named or not finding.cell else finding.cell.partition(",")[0]
    return f"{address}#{quote(qualify(finding.sheet, cell), safe='!')}"


def qualify(sheet: str, cell: str) -> str:
    """An address with its sheet, as formulas write it.

    >>> qualify("P&L", "A1")
    "'P&L'!A1"
    """
    return f"{quote_sheet(sheet)}!{cell}"


def file_uri(file: Path, folder: Path | None = None) -> str:
    """A file as a URI reference, relative where it can be."""
    absolute = file.resolve()
    try:
        relative = os.path.relpath(absolute, folder.resolve() if folder else Path.cwd())
    except ValueError:  # on another drive
        return absolute.as_uri()
    return quote(Path(relative).as_posix())
