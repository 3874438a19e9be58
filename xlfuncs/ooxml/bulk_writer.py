"""A workbook file of nothing but values and formulas: the quickest way to tell the engine of many."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from xlfuncs.core.errors import VALUE, CellError
from xlfuncs.core.grid import column_letters
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.xml import escape_text, escape_xstring, quote_attribute

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SPECIAL = re.compile("[&<>_\x00-\x1f\ufffe\uffff]")
_ERRORS = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}

Cells = Iterable[tuple[CellPos, str]]  # in the order of rows and columns, as `cell` and `formula_cell` spell them


def format_cell(place: CellPos, value: Any) -> str:
    """A cell with a value.

    >>> format_cell((2, 28), 1.5), format_cell((1, 1), "a<b")
    ('<c r="AB2"><v>1.5</v></c>', '<c r="A1" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c>')
    """
    at = f"{column_letters(place[1])}{place[0]}"
    if type(value) is float:
        return f'<c r="{at}"><v>{value!r}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{at}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, str):
        return (
            f'<c r="{at}" t="inlineStr"><is><t xml:space="preserve">{escape_text(escape_xstring(value))}</t></is></c>'
        )
    if isinstance(value, CellError):
        return f'<c r="{at}" t="e"><v>{value.code if value.code in _ERRORS else VALUE}</v></c>'
    return f'<c r="{at}"><v>{value!r}</v></c>'


def format_formula_cell(place: CellPos, formula: str) -> str:
    """A cell with a formula."""
    text = escape_text(escape_xstring(formula)) if _SPECIAL.search(formula) else formula
    return f'<c r="{column_letters(place[1])}{place[0]}"><f>{text}</f></c>'


def build_workbook(sheets: Iterable[tuple[str, Cells]]) -> bytes:
    """The file of a workbook with these sheets."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        names = []
        for number, (name, cells) in enumerate(sheets, 1):
            names.append(name)
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _sheet(cells))
        numbers = range(1, len(names) + 1)
        listed = "".join(
            f'<sheet name={quote_attribute(name)} sheetId="{number}" r:id="r{number}"/>'
            for number, name in zip(numbers, names, strict=True)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        related = ((f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
        archive.writestr("xl/_rels/workbook.xml.rels", _relations(related))
        archive.writestr("_rels/.rels", _relations([("r1", "officeDocument", "xl/workbook.xml")]))
        typed = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            for number in numbers
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{typed}</Types>',
        )
    return out.getvalue()


def _sheet(cells: Cells) -> str:
    pieces = [f'<worksheet xmlns="{_MAIN}"><sheetData>']
    row = 0
    for place, text in cells:
        if place[0] != row:
            pieces.append(f'</row><row r="{place[0]}">' if row else f'<row r="{place[0]}">')
            row = place[0]
        pieces.append(text)
    pieces.append("</row></sheetData></worksheet>" if row else "</sheetData></worksheet>")
    return "".join(pieces)


def _relations(relations: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in relations
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{listed}</Relationships>'
