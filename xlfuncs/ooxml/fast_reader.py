"""The cells of a sheet part that is spelled as most programs spell them, many times faster than by a parser of XML.

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
_MEANING = {b"amp": b"&", b"lt": b"<", b"gt": b">", b"quot": b'"', b"apos": b"'"}
_ODD = bytes({*range(32)} - {9, 10})  # a line break that is to be taken for another, and what XML cannot hold
_CLOSE_TAG = re.compile(rb"</(?:\w+:)?c\s*>")

# A cell: the fields of `CellXml`.
Fields = tuple[CellPos, int, int, str, bool, str | None, str, str, str | None, Mapping[str, str], str, str | None]


class _UnusualError(Exception):
    """The sheet is not plain."""


def read_plain_sheet(part: str, name: str, data: bytes) -> SheetXml | None:
    """The cells of a sheet part; `None` where it is not plain."""
    start, stop = data.find(b"<sheetData>") + 11, data.rfind(b"</sheetData>")
    if start < 11 or stop < start or data.count(b"sheetData") != 2 or b"<!" in data or data.find(b"<?", 1) >= 0:
        return None
    if not _is_text(memoryview(data)[start:stop].tobytes()):
        return None
    sheet, attributes = SheetXml(part, name, data, rows_end=stop), _Attributes()
    cells, formulas = sheet.cells, sheet.formulas
    made: Callable[[type[CellXml], Fields], CellXml] = tuple.__new__  # past what `CellXml` does with defaults
    try:
        for fields in _cells(data, start, stop, sheet.rows, attributes):
            cell = made(CellXml, fields)
            cells[cell.place] = cell
            if cell.formula is not None:
                formulas.append(cell)
    except _UnusualError:
        return None
    used = b"".join(b' %b=""' % attribute for attribute in sorted(attributes.prefixed))
    return sheet if _Around().takes(data[:start], b"<row%b/>" % used, data[stop:]) else None


def end_of_cell(data: bytes, at: int) -> int:
    """Where a cell ends whose end is told at a place: that of its end tag, or behind a tag that closes itself."""
    closing = _CLOSE_TAG.match(data, at)
    return closing.end() if closing else at


def _is_text(data: bytes) -> bool:
    if len(data.translate(None, _ODD)) < len(data) or b"]]>" in data:
        return False
    if data.isascii():
        return True
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return False
    return "\ufffe" not in text and "\uffff" not in text


def _cells(
    data: bytes, start: int, stop: int, rows: dict[int, tuple[int, int]], attributes: _Attributes
) -> Iterator[Fields]:
    """The cells between two places, and where the rows are."""
    kinds: dict[bytes, tuple[str, bool, str]] = {}
    columns: dict[bytes, int] = {}
    none: dict[str, str] = {}  # of a what-if table
    at, inside = start, False
    digits, row = b"", 0
    for found in _TOKEN.finditer(data, start, stop):
        first, after = found.span()
        if first != at:
            raise _UnusualError
        at = after
        letters, its_row, more, about, formula, value, blank, text, end, new, others, alone = found.groups()
        if letters is None:
            if (end is None) == inside:
                raise _UnusualError
            inside = end is None and not alone
            if end is None:
                attributes.of(others)
                rows[int(new)] = (first, after)
            continue
        if not inside:
            raise _UnusualError
        if its_row != digits:
            digits, row = its_row, int(its_row)
            if row > LAST_ROW:
                raise _UnusualError
        column = columns.get(letters)
        if column is None:
            column = columns[letters] = column_number(letters.decode())
            if column > LAST_COLUMN:
                raise _UnusualError
        known = kinds.get(more)
        if known is None:
            told = attributes.of(more)
            known = kinds[more] = (told.get("t", "n"), "cm" in told, told.get("s", "0"))
        kind, dynamic, style = known
        if value is None:
            value = text if blank is None else b""
        shown = None if value is None else (_plain(value) if b"&" in value else value).decode()
        if formula and not about:
            spelled = (_plain(formula) if b"&" in formula else formula).decode()
            yield (row, column), first, after, kind, dynamic, spelled, "normal", "", None, none, style, shown
        elif about is None:
            yield (row, column), first, after, kind, dynamic, None, "", "", None, none, style, shown
        else:
            told = attributes.of(about)
            sort, ref, shared = told.get("t", "normal"), told.get("ref", ""), told.get("si")
            wording = None if not formula and sort == "normal" else _plain(formula or b"").decode()
            table = told if sort == "dataTable" else none
            yield (row, column), first, after, kind, dynamic, wording, sort, ref, shared, table, style, shown
    if at != stop or inside:
        raise _UnusualError


class _Attributes:
    """What attributes say, each spelling of several read once."""

    def __init__(self) -> None:
        self.prefixed: set[bytes] = set()
        self._known: dict[bytes, dict[str, str]] = {b"": {}}

    def of(self, text: bytes) -> dict[str, str]:
        known = self._known.get(text)
        if known is None:
            known = self._known[text] = self._read(text)
        return known

    def _read(self, text: bytes) -> dict[str, str]:
        found = _ATTRIBUTE.findall(text)
        told = {name.decode(): value.decode() for name, value in found}
        if _ATTRIBUTES.fullmatch(text) is None or len(told) < len(found) or "r" in told:
            raise _UnusualError
        for name, _ in found:
            if name.startswith(b"xml"):
                raise _UnusualError
            if b":" in name:
                self.prefixed.add(name)
        return told


def _plain(text: bytes) -> bytes:
    return _ENTITY.sub(_meant, text)


def _meant(found: re.Match[bytes]) -> bytes:
    if found[1] is None:
        raise _UnusualError
    return _MEANING[found[1]]


class _Around:
    """Judges what is around the rows: XML of one root in UTF-8, with the rows right in it."""

    def __init__(self) -> None:
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.XmlDeclHandler = self.declaration
        self.depth = 0

    def takes(self, *pieces: bytes) -> bool:
        try:
            for piece in pieces:
                self.parser.Parse(piece)
            self.parser.Parse(b"", True)
        except (expat.ExpatError, _UnusualError):
            return False
        return True

    def declaration(self, version: str, encoding: str | None, _: Any) -> None:
        if version != "1.0" or (encoding or "UTF-8").upper() != "UTF-8":
            raise _UnusualError

    def start(self, tag: str, _: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH or (tag.rpartition(" ")[2] == "sheetData" and self.depth != 2):
            raise _UnusualError

    def end(self, _: str) -> None:
        self.depth -= 1
