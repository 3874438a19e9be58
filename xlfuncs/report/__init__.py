"""A workbook as a page to read or print: outputs, charts, claims and checks, from the values it holds."""

from __future__ import annotations

from pathlib import Path

from xlfuncs.hosts.libreoffice import office
from xlfuncs.ooxml.snapshot import freeze_formulas
from xlfuncs.report.page import html
from xlfuncs.report.reading import read

__all__ = ["html", "pdf", "read"]

PRINTED = ("Cover", "Outputs", "Charts", "Claims")


def pdf(path: Path) -> bytes:
    """The sheets that tell the results, printed by LibreOffice; the whole workbook where it has none of them."""
    content = read(path)
    return office.pdf(freeze_formulas(path, [name for name in PRINTED if name in content.sheets]), path)
