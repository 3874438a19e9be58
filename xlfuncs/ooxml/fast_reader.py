"""Fast path: regex reader for the usual serialisation of a sheet part; the SAX reader handles the rest.

A sheet is plain where a regular expression takes every byte of its rows. What is around the rows, and the prefixes
of attributes in them, a parser judges. Whatever is out of the ordinary makes a sheet one that is not plain.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any
from xml.parsers import expat

from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW, column_number
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml
from xlfuncs.ooxml.xml import MAX_DEPTH

_TOKEN = re.compile(
    rb'<c r="([A-Z]{1,3})([1-9][0-9]{0,6})"([^<>&/]*)(?:/>|>'
    rb"(?:<f((?: [^<>&/]*)?)(?:/>|>([^<]*)</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|(<v ?/>)'
    rb'|<is><t(?: xml:space="preserve")?>([^<]*)</t></is>)?</c>)'
    rb'|(</row>)|<row r="([1-9][0-9]{0,6})"([^<>&]*?)(/?)>'
)
_NAME = rb"[A-Za-z_][A-Za-z0-9_.-]*"
_ATTRIBUTE = re.compile(rb' ((?:%b:)?%b)="([^"<&\t\n]*)"' % (_NAME, _NAME))
_ATTRIBUTES = re.compile(rb'(?: (?:%b:)?%b="[^"<&\t\n]*")* ?' % (_NAME, _NAME))
_ENTITY = re.compile(rb"&(?:(amp|lt|gt|quot|apos);)?")
_ENTITY_TEXTS = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_UNUSUAL_BYTES = bytes({*range(32)} - {9, 10})  # a line break that is to be taken for another, and what XML cannot hold
_CLOSE_TAG = re.compile(rb"</(?:\w+:)?c\s*>")
_NO_TABLE: Mapping[str, str] = {}

# A cell: the fields of `CellXml`.
Fields = tuple[CellPos, int, int, str, bool, str | None, str, str, str | None, Mapping[str, str], str, str | None]


class _UnusualError(Exception):
    """The sheet is not plain."""


def read_plain_sheet(part: str, name: str, data: bytes) -> SheetXml | None:
    """Find the cells of a sheet part; `None` where it is not plain."""
    start, stop = data.find(b"<sheetData>") + 11, data.rfind(b"</sheetData>")
    if start < 11 or stop < start or data.count(b"sheetData") != 2 or b"<!" in data or data.find(b"<?", 1) >= 0:
        return None
    if not _is_text(memoryview(data)[start:stop].tobytes()):
        return None
    sheet, attributes = SheetXml(part, name, data, rows_end=stop), _AttributeCache()
    cells, formulas = sheet.cells, sheet.formulas
    new_cell: Callable[[type[CellXml], Fields], CellXml] = tuple.__new__  # past what `CellXml` does with defaults
    try:
        for fields in _read_cells(data, start, stop, sheet.rows, attributes):
            cell = new_cell(CellXml, fields)
            cells[cell.place] = cell
            if cell.formula is not None:
                formulas.append(cell)
    except _UnusualError:
        return None
    prefixed = b"".join(b' %b=""' % attribute for attribute in sorted(attributes.prefixed))
    return sheet if _FrameParser().accepts(data[:start], b"<row%b/>" % prefixed, data[stop:]) else None


def end_of_cell(data: bytes, end: int) -> int:
    """Where a cell ends whose end event is at a position: behind its end tag, or behind a tag that closes itself."""
    closing = _CLOSE_TAG.match(data, end)
    return closing.end() if closing else end


def _is_text(data: bytes) -> bool:
    if len(data.translate(None, _UNUSUAL_BYTES)) < len(data) or b"]]>" in data:
        return False
    if data.isascii():
        return True
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text


def _read_cells(
    data: bytes, start: int, stop: int, rows: dict[int, tuple[int, int]], attributes: _AttributeCache
) -> Iterator[Fields]:
    """The cells between two positions; notes where the rows are."""
    kinds, columns = attributes.kinds, attributes.columns
    position, in_row = start, False
    digits, row = b"", 0
    for match in _TOKEN.finditer(data, start, stop):
        first, after = match.span()
        if first != position:
            raise _UnusualError
        position = after
        letters, own_digits, cell_attributes, formula_attributes, formula, value, blank, text, *row_tag = match.groups()
        if letters is None:
            row_ends, row_digits, row_attributes, is_empty = row_tag
            if (row_ends is None) == in_row:
                raise _UnusualError
            in_row = row_ends is None and not is_empty
            if row_ends is None:
                attributes.parse(row_attributes)
                rows[int(row_digits)] = (first, after)
            continue
        if not in_row:
            raise _UnusualError
        if own_digits != digits:
            digits, row = own_digits, int(own_digits)
            if row > LAST_ROW:
                raise _UnusualError
        place = row, columns.get(letters) or attributes.column(letters)
        kind, dynamic, style = kinds.get(cell_attributes) or attributes.kind(cell_attributes)
        if value is None:
            value = text if blank is None else b""
        content = None if value is None else (_unescape(value) if b"&" in value else value).decode()
        if formula and not formula_attributes:
            source = (_unescape(formula) if b"&" in formula else formula).decode()
            yield place, first, after, kind, dynamic, source, "normal", "", None, _NO_TABLE, style, content
        elif formula_attributes is None:
            yield place, first, after, kind, dynamic, None, "", "", None, _NO_TABLE, style, content
        else:
            details = _formula_details(formula, attributes.parse(formula_attributes))
            yield place, first, after, kind, dynamic, *details, style, content
    if position != stop or in_row:
        raise _UnusualError


def _formula_details(
    formula: bytes | None, attributes: dict[str, str]
) -> tuple[str | None, str, str, str | None, Mapping[str, str]]:
    """Text, type, range, shared formula and what-if table of a formula with attributes."""
    formula_type = attributes.get("t", "normal")
    source = None if not formula and formula_type == "normal" else _unescape(formula or b"").decode()
    table = attributes if formula_type == "dataTable" else _NO_TABLE
    return source, formula_type, attributes.get("ref", ""), attributes.get("si"), table


class _AttributeCache:
    """The meaning of attributes and of columns' letters, each spelling read once."""

    def __init__(self) -> None:
        self.prefixed: set[bytes] = set()
        self.kinds: dict[bytes, tuple[str, bool, str]] = {}  # of cells: type, whether dynamic, style
        self.columns: dict[bytes, int] = {}
        self._parsed: dict[bytes, dict[str, str]] = {b"": {}}

    def kind(self, text: bytes) -> tuple[str, bool, str]:
        """What the attributes of a cell say."""
        attributes = self.parse(text)
        kind = self.kinds[text] = (attributes.get("t", "n"), "cm" in attributes, attributes.get("s", "0"))
        return kind

    def column(self, letters: bytes) -> int:
        """The number of a column."""
        column = self.columns[letters] = column_number(letters.decode())
        if column > LAST_COLUMN:
            raise _UnusualError
        return column

    def parse(self, text: bytes) -> dict[str, str]:
        """Attributes by their names."""
        attributes = self._parsed.get(text)
        if attributes is None:
            attributes = self._parsed[text] = self._parse(text)
        return attributes

    def _parse(self, text: bytes) -> dict[str, str]:
        pairs = _ATTRIBUTE.findall(text)
        attributes = {name.decode(): value.decode() for name, value in pairs}
        if _ATTRIBUTES.fullmatch(text) is None or len(attributes) < len(pairs) or "r" in attributes:
            raise _UnusualError
        for name, _ in pairs:
            if name.startswith(b"xml"):
                raise _UnusualError
            if b":" in name:
                self.prefixed.add(name)
        return attributes


def _unescape(text: bytes) -> bytes:
    return _ENTITY.sub(_entity_text, text)


def _entity_text(match: re.Match[bytes]) -> bytes:
    if match[1] is None:
        raise _UnusualError
    return _ENTITY_TEXTS[match[1]]


class _FrameParser:
    """Judges what is around the rows: XML of one root in UTF-8, with the rows in their place in it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start_element
        self.parser.EndElementHandler = self.end_element
        self.parser.XmlDeclHandler = self.check_declaration
        self.depth = 0

    def accepts(self, *pieces: bytes) -> bool:
        """Whether the pieces together are such XML."""
        try:
            for piece in pieces:
                self.parser.Parse(piece)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, _UnusualError):
            return False
        return True

    def check_declaration(self, version: str, encoding: str | None, _: Any) -> None:
        if version != "1.0" or (encoding or "UTF-8").upper() != "UTF-8":
            raise _UnusualError

    def start_element(self, tag: str, _: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH or (tag.rpartition(" ")[2] == "sheetData" and self.depth != 2):
            raise _UnusualError

    def end_element(self, _: str) -> None:
        self.depth -= 1
