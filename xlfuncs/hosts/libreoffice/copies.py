"""A private copy of a workbook for LibreOffice, with our functions under the name that every version finds."""

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


def spell_for_calc(formula: str, ours: Container[str]) -> str:
    """Return a formula with our functions by their full names, whatever prefix the file has.

    >>> spell_for_calc('IF(A1,_xll.LTV(1,2,3),"LTV(")', {"LTV"})
    'IF(A1,ORG.XLCALC.ADDIN.LTV(1,2,3),"LTV(")'
    """
    return rename_functions(f"={formula}", ours, f"{SERVICE.upper()}.")[1:]


def copy_for_calc(path: Path, ours: Container[str], shown: Collection[str] = (), one_page: bool = False) -> bytes:
    """Return the workbook with our functions by their full names; `shown` and `one_page` as in `freeze_formulas`."""

    def edit(cell: bytes, formula: str) -> bytes:
        try:
            text = escape(spell_for_calc(formula, ours)).encode()
        except FormulaSyntaxError:
            return cell  # LibreOffice reports the error in the cell
        return _FORMULA.sub(lambda match: match[1] + text, cell, count=1)

    return rewrite_cells(path, edit, shown, one_page)
