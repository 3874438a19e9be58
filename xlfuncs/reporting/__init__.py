"""A workbook as a page to read or print: outputs, charts, claims and checks, from the values it holds."""

from __future__ import annotations

from xlfuncs.reporting.page import render_page
from xlfuncs.reporting.reading import Content, read_content

__all__ = ["Content", "read_content", "render_page", "select_printed_sheets"]

_PRINTED = ("Cover", "Outputs", "Charts", "Claims")


def select_printed_sheets(content: Content) -> list[str]:
    """The sheets of results, which are printed; none where the workbook has none of them and is printed whole."""
    return [name for name in _PRINTED if name in content.sheets]
