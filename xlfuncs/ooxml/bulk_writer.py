"""In-memory .xlsx for bulk loading: a workbook of nothing but values and formulas."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable
from typing import Any

from xlfuncs.core.errors import DIV0, NA, NAME, NULL, NUM, REF, VALUE, CellError
from xlfuncs.core.grid import column_letters
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.xml import escape_text, escape_xstring, quote_attribute

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_SPECIAL = re.compile("[&<>_\x00-\x1f\ufffe\uffff]")
_STORABLE = {NULL, DIV0, VALUE, REF, NAME, NUM, NA}

Cells = Iterable[tuple[CellPos, str]]  # in the order of rows and columns, each as text of XML


def format_cell(place: CellPos, value: Any) -> str:
    """A cell with a value.

    >>> format_cell((2, 28), 1.5), format_cell((1, 1), "a<b")
    ('<c r="AB2"><v>1.5</v></c>', '<c r="A1" t="inlineStr"><is><t xml:space="preserve">a&lt;b</t></is></c>')
    """
    address = f"{column_letters(place[1])}{place[0]}"
    if type(value) is float:
        return f'<c r="{address}"><v>{value!r}</v></c>'
    if isinstance(value, bool):
        return f'<c r="{address}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, str):
        text = escape_text(escape_xstring(value))
        return f'<c r="{address}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, CellError):
        return f'<c r="{address}" t="e"><v>{value.code if value.code in _STORABLE else VALUE}</v></c>'
    return f'<c r="{address}"><v>{value!r}</v></c>'


def format_formula_cell(place: CellPos, formula: str) -> str:
    """A cell with a formula."""
    text = escape_text(escape_xstring(formula)) if _SPECIAL.search(formula) else formula
    return f'<c r="{column_letters(place[1])}{place[0]}"><f>{text}</f></c>'


def build_workbook(sheets: Iterable[tuple[str, Cells]]) -> bytes:
    """Build the file of a workbook with these sheets."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        names = []
        for number, (name, cells) in enumerate(sheets, 1):
            names.append(name)
            archive.writestr(f"xl/worksheets/sheet{number}.xml", _build_sheet(cells))
        numbers = range(1, len(names) + 1)
        sheet_tags = "".join(
            f'<sheet name={quote_attribute(name)} sheetId="{number}" r:id="r{number}"/>'
            for number, name in zip(numbers, names, strict=True)
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheet_tags}</sheets></workbook>'
        )
        relationships = ((f"r{number}", "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
        archive.writestr("xl/_rels/workbook.xml.rels", _relationships(relationships))
        archive.writestr("_rels/.rels", _relationships([("r1", "officeDocument", "xl/workbook.xml")]))
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
            for number in numbers
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>{overrides}</Types>',
        )
    return out.getvalue()


def _build_sheet(cells: Cells) -> str:
    pieces = [f'<worksheet xmlns="{_MAIN}"><sheetData>']
    row = 0
    for place, text in cells:
        if place[0] != row:
            pieces.append(f'</row><row r="{place[0]}">' if row else f'<row r="{place[0]}">')
            row = place[0]
        pieces.append(text)
    pieces.append("</row></sheetData></worksheet>" if row else "</sheetData></worksheet>")
    return "".join(pieces)


def _relationships(relationships: Iterable[tuple[str, str, str]]) -> str:
    tags = "".join(
        f'<Relationship Id="{key}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for key, kind, target in relationships
    )
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{tags}</Relationships>'
