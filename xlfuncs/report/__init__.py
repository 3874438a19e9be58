"""A workbook as a page to read or print: outputs, charts, claims and checks, from the values it holds."""

from __future__ import annotations

import io
from pathlib import Path

from xlfuncs.hosts.headless.frozen import frozen
from xlfuncs.hosts.libreoffice import office
from xlfuncs.report.page import html
from xlfuncs.report.reading import read

__all__ = ["cropped", "html", "pdf", "picture", "read"]

PRINTED = ("Cover", "Outputs", "Charts", "Claims")


def pdf(path: Path) -> bytes:
    """The sheets that tell the results, printed by LibreOffice; the whole workbook where it has none of them."""
    content = read(path)
    return office.pdf(frozen(path, [name for name in PRINTED if name in content.sheets]), path.name)


def picture(path: Path, sheet: str, resolution: int = 110) -> bytes:
    """A sheet as a PNG picture on one page, its margins cut off."""
    return cropped(office.pdf(frozen(path, [sheet], one_page=True)), resolution)


def cropped(pages: bytes, resolution: int = 110) -> bytes:
    """The first page of a PDF as a PNG picture, its margins cut off."""
    import matplotlib.image as image
    import numpy as np

    page = office.png(pages, resolution)
    pixels = image.imread(io.BytesIO(page), format="png")[..., :3]
    inked = np.argwhere((pixels < 0.99).any(axis=2))
    (top, left), (bottom, right) = inked.min(axis=0), inked.max(axis=0) + 1
    out = io.BytesIO()
    image.imsave(out, pixels[top:bottom, left:right], format="png")
    return out.getvalue()
