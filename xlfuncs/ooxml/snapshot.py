"""A copy of a workbook in which every formula is the value it has: for pictures, and for other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path
from xml.sax.saxutils import unescape

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cell_patch import splice, without_formula
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import read_workbook

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_NAME = re.compile(rb"""\sname=(?:"([^"]*)"|'([^']*)')""")
_STATE = re.compile(rb"""\sstate=(?:"[^"]*"|'[^']*')""")
_ACTIVE = re.compile(rb"""\s(?:activeTab|firstSheet)=(?:"\d*"|'\d*')""")
_VIEW = re.compile(rb"(<(?:\w+:)?workbookView\b)")
_FOOTER = re.compile(rb"<(?:\w+:)?headerFooter\b(?:[^>]*/>|.*?</(?:\w+:)?headerFooter>)", re.S)
_BREAKS = re.compile(rb"<(?:\w+:)?(rowBreaks|colBreaks)\b(?:[^>]*/>|.*?</(?:\w+:)?\1>)", re.S)
_FIT = re.compile(rb'\sfitTo(?:Height|Width)="\d+"')
_SETUP = re.compile(rb"(<(?:\w+:)?pageSetup\b[^>]*?)(\s?/?>)")


def freeze_formulas(
    path: Path,
    shown: Collection[str] = (),
    one_page: bool = False,
    freeze: Callable[[str], bool] = lambda formula: True,
) -> bytes:
    """The workbook with the stored values of its formulas in place of them, of all or of those that `freeze` takes.

    With `shown`, the other sheets are hidden; with `one_page`, each sheet prints on one page.
    """

    def edited(cell: bytes, formula: str) -> bytes:
        return without_formula(cell) if freeze(formula) else cell

    return rewrite_cells(path, edited, shown, one_page)


def rewrite_cells(
    path: Path, edited: Callable[[bytes, str], bytes], shown: Collection[str] = (), one_page: bool = False
) -> bytes:
    """The workbook with each cell that has a formula as `edited` gives it, by its bytes and its formula."""
    package = Package(path)
    book = read_workbook(package)
    lacking = [name for name in shown if name not in book.by_name]
    if lacking:
        raise WorkbookRejected(f"{path} has no sheet {lacking[0]}; it has {', '.join(book.by_name)}.")
    parts = {}
    for sheet in book.sheets:
        edits = [
            (cell.start, cell.end, edited(sheet.data[cell.start : cell.end], cell.formula or ""))
            for cell in sheet.formulas
        ]
        data = splice(sheet.data, edits)
        parts[sheet.part] = _on_one_page(data) if one_page else data
    if shown:
        parts[book.part] = _first_shown(package.read(book.part), shown)
    return package.pack_with(parts)


def _first_shown(data: bytes, shown: Collection[str]) -> bytes:
    """The workbook part with the other sheets hidden and the first shown one in front."""
    names = [_named(found[0]) for found in _SHEET.finditer(data)]
    front = next(place for place, name in enumerate(names) if name in shown)
    data = _SHEET.sub(lambda found: _hidden(found[0], shown), data)
    data = _ACTIVE.sub(b"", data)
    return _VIEW.sub(rb'\1 activeTab="%d"' % front, data)


def _named(tag: bytes) -> str:
    found = _NAME.search(tag)
    return unescape((found[1] or found[2] or b"").decode()) if found else ""


def _hidden(tag: bytes, shown: Collection[str]) -> bytes:
    """The entry of a sheet, hidden unless it is to be shown."""
    bare = _STATE.sub(b"", tag)
    return bare if _named(tag) in shown else bare.replace(b" name=", b' state="hidden" name=', 1)


def _on_one_page(data: bytes) -> bytes:
    """A sheet that prints upright on one page."""
    data = _FOOTER.sub(b"", _FIT.sub(b"", _BREAKS.sub(b"", data))).replace(
        b'orientation="landscape"', b'orientation="portrait"'
    )
    return _SETUP.sub(rb'\1 fitToWidth="1" fitToHeight="1"\2', data)
