"""A private copy of a workbook for LibreOffice: our functions under the name that every version of it finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from pathlib import Path
from xml.sax.saxutils import escape

from xlfuncs.engine.function_names import rename_functions
from xlfuncs.engine.tokens import FormulaSyntaxError
from xlfuncs.hosts.libreoffice.names import SERVICE
from xlfuncs.ooxml.snapshot import rewrite_cells

_FORMULA = re.compile(rb"(<(?:\w+:)?f\b[^>]*>)[^<]*")


def respelled(formula: str, ours: Container[str]) -> str:
    """A formula with our functions by their full names, whatever prefix the file has.

    >>> respelled('IF(A1,_xll.LTV(1,2,3),"LTV(")', {"LTV"})
    'IF(A1,ORG.XLCALC.ADDIN.LTV(1,2,3),"LTV(")'
    """
    return rename_functions(f"={formula}", ours, f"{SERVICE.upper()}.")[1:]


def for_calc(path: Path, ours: Container[str], shown: Collection[str] = (), one_page: bool = False) -> bytes:
    """The workbook with every formula respelled that calls one of ours; the rest as in `frozen`."""

    def edited(cell: bytes, formula: str) -> bytes:
        try:
            text = escape(respelled(formula, ours)).encode()
        except FormulaSyntaxError:
            return cell  # LibreOffice will say what it makes of it
        return _FORMULA.sub(lambda found: found[1] + text, cell, count=1)

    return rewrite_cells(path, edited, shown, one_page)
