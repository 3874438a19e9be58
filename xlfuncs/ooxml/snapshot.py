"""Copies of a workbook with its formulas frozen at their values or rewritten: for pictures, and for other programs."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from pathlib import Path

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cell_patch import splice, without_formula
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import read_workbook
from xlfuncs.ooxml.xml import iter_attributes, parse_xml

_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_STATE = re.compile(rb"""\sstate=(?:"[^"]*"|'[^']*')""")
_ACTIVE_TAB = re.compile(rb"""\s(?:activeTab|firstSheet)=(?:"\d*"|'\d*')""")
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
    """Put the stored values of its formulas in place of them, of all or of those for which `freeze` is true.

    With `shown`, the other sheets are hidden; with `one_page`, each sheet prints on one page.
    """

    def freeze_cell(cell: bytes, formula: str) -> bytes:
        return without_formula(cell) if freeze(formula) else cell

    return rewrite_cells(path, freeze_cell, shown, one_page)


def rewrite_cells(
    path: Path, rewrite: Callable[[bytes, str], bytes], shown: Collection[str] = (), one_page: bool = False
) -> bytes:
    """Put the result of `rewrite`, called with its bytes and its formula, in place of each cell with a formula."""
    package = Package(path)
    workbook = read_workbook(package)
    missing = [name for name in shown if name not in workbook.by_name]
    if missing:
        raise WorkbookRejected(f"{path} has no sheet {missing[0]}; it has {', '.join(workbook.by_name)}.")
    parts = {}
    for sheet in workbook.sheets:
        edits = [
            (cell.start, cell.end, rewrite(sheet.data[cell.start : cell.end], cell.formula or ""))
            for cell in sheet.formulas
        ]
        data = splice(sheet.data, edits)
        parts[sheet.part] = _fit_on_one_page(data) if one_page else data
    if shown:
        parts[workbook.part] = _hide_other_sheets(package, workbook.part, shown)
    return package.pack_with(parts)


def _hide_other_sheets(package: Package, part: str, shown: Collection[str]) -> bytes:
    """The workbook part with all sheets but the `shown` ones hidden, and the first of these in front."""
    data = package.read(part)
    names = [attributes.get("name", "") for attributes in iter_attributes(parse_xml(data, part), "sheet")]
    tags = _SHEET.findall(data)
    if len(tags) != len(names):
        raise WorkbookRejected(f"{package.path} cannot be shown sheet by sheet: its part {part} is not plain UTF-8.")
    states = iter([_show(tag) if name in shown else _hide(tag) for tag, name in zip(tags, names, strict=True)])
    data = _ACTIVE_TAB.sub(b"", _SHEET.sub(lambda _: next(states), data))
    front = next(number for number, name in enumerate(names) if name in shown)
    return _VIEW.sub(rb'\1 activeTab="%d"' % front, data)


def _show(tag: bytes) -> bytes:
    return _STATE.sub(b"", tag)


def _hide(tag: bytes) -> bytes:
    return _show(tag).replace(b" name=", b' state="hidden" name=', 1)


def _fit_on_one_page(data: bytes) -> bytes:
    """A sheet that prints upright on one page."""
    data = _FOOTER.sub(b"", _FIT.sub(b"", _BREAKS.sub(b"", data))).replace(
        b'orientation="landscape"', b'orientation="portrait"'
    )
    return _SETUP.sub(rb'\1 fitToWidth="1" fitToHeight="1"\2', data)
