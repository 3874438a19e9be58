"""A private copy of a workbook for LibreOffice: our functions under the name that every version of it finds."""

from __future__ import annotations

import re
from collections.abc import Collection, Container
from pathlib import Path
from xml.sax.saxutils import escape

import formualizer

from xlfuncs.engine.function_names import base_name
from xlfuncs.hosts.libreoffice.names import SERVICE
from xlfuncs.ooxml.snapshot import rewrite_cells

_FORMULA = re.compile(rb"(<(?:\w+:)?f\b[^>]*>)[^<]*")
_OPENS = (formualizer.TokenType.Func, formualizer.TokenSubType.Open)


def respelled(formula: str, ours: Container[str]) -> str:
    """A formula with our functions by their full names, whatever prefix the file has.

    >>> respelled('IF(A1,_xll.LTV(1,2,3),"LTV(")', {"LTV"})
    'IF(A1,ORG.XLCALC.ADDIN.LTV(1,2,3),"LTV(")'
    """
    pieces = []
    for token in formualizer.Tokenizer(f"={formula}").tokens():
        text = token.value
        if (token.token_type, token.subtype) == _OPENS and (name := base_name(text[:-1].strip())) in ours:
            text = f"{SERVICE.upper()}.{name}("
        pieces.append(text)
    return "".join(pieces)


def for_calc(path: Path, ours: Container[str], shown: Collection[str] = (), one_page: bool = False) -> bytes:
    """The workbook with every formula respelled that calls one of ours; the rest as in `frozen`."""

    def edited(cell: bytes, formula: str) -> bytes:
        try:
            text = escape(respelled(formula, ours)).encode()
        except formualizer.TokenizerError:
            return cell  # LibreOffice will say what it makes of it
        return _FORMULA.sub(lambda found: found[1] + text, cell, count=1)

    return rewrite_cells(path, edited, shown, one_page)
