"""The formula cells of a sheet part, found by their place in its bytes, and their values replaced there."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat
from xml.sax.saxutils import escape

from xlfuncs.core.errors import CALC, SPILL, VALUE, CellError
from xlfuncs.hosts.headless.areas import LAST_COLUMN, LAST_ROW, column_of, letters_of
from xlfuncs.hosts.headless.package import Refused

Place = tuple[int, int]  # row and column, from 1

_OPEN_TAG = re.compile(rb"<(?:\w+:)?c\b[^>]*?(/?)>", re.DOTALL)
_CLOSE_TAG = re.compile(rb"</(?:\w+:)?c\s*>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?f>)", re.DOTALL)
_REF = re.compile(rb"""(<(?:\w+:)?f\b[^>]*\sref\s*=\s*["'])[^"']*(["'])""")
_TYPE = re.compile(rb"""\s+t\s*=\s*(?:"[^"]*"|'[^']*')""")
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_DEEPEST = 256
_DIGITS = 15  # Excel's


@dataclass
class CellXml:
    """A cell of the sheet: its place, where its bytes are, its formula and the value stored with it."""

    place: Place
    start: int
    end: int = 0
    kind: str = "n"
    dynamic: bool = False
    formula: str | None = None
    formula_type: str = ""
    ref: str = ""
    shared: str | None = None  # which formula it shares
    table: dict[str, str] = field(default_factory=dict)  # of a what-if table: where its inputs are
    style: str = "0"
    value: str | None = None


@dataclass
class SheetXml:
    """A sheet part and those of its cells that matter here: with a formula, or inside a spill."""

    part: str
    name: str
    data: bytes
    cells: dict[Place, CellXml] = field(default_factory=dict)
    formulas: list[CellXml] = field(default_factory=list)
    rows: dict[int, tuple[int, int]] = field(default_factory=dict)  # where its tag starts and ends
    rows_end: int = 0


def place_of(address: str) -> Place:
    """Row and column of an address.

    >>> place_of("AB12")
    (12, 28)
    """
    letters = address.rstrip("0123456789")
    digits, letters = address[len(letters) :], letters.replace("$", "")
    if letters.isascii() and letters.isalpha() and letters.isupper() and len(letters) <= 3 and digits:
        place = int(digits), column_of(letters)
        if 1 <= place[0] <= LAST_ROW and place[1] <= LAST_COLUMN:
            return place
    raise Refused(f"The workbook holds a cell with the address {address!r}, which does not exist.")


def address_of(place: Place) -> str:
    """The address of a row and a column.

    >>> address_of((12, 28))
    'AB12'
    """
    return f"{letters_of(place[1])}{place[0]}"


def area_of(ref: str) -> tuple[Place, Place]:
    """The corners of a range.

    >>> area_of("A1:B3"), area_of("C2")
    (((1, 1), (3, 2)), ((2, 3), (2, 3)))
    """
    first, _, last = ref.partition(":")
    return place_of(first), place_of(last or first)


def scanned(part: str, name: str, data: bytes) -> SheetXml:
    """The cells of a sheet part, without changing a byte of it."""
    sheet = SheetXml(part, name, data)
    _Scan(sheet).run()
    return sheet


class _Scan:
    def __init__(self, sheet: SheetXml) -> None:
        self.sheet = sheet
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
        self.parser.buffer_text = True
        self.cell: CellXml | None = None
        self.inside = ""
        self.depth = 0
        self.row = 0
        self.column = 0

    def run(self) -> None:
        data = self.sheet.data
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as problem:
            raise Refused(f"The sheet {self.sheet.name} is not valid XML: {problem}.") from problem
        if self.parser.CurrentByteIndex and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise Refused(f"The sheet {self.sheet.name} is stored in UTF-16, which is not supported.")

    def doctype(self, *_: Any) -> None:
        raise Refused(f"The sheet {self.sheet.name} declares a document type, as no workbook does.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Refused(f"The sheet {self.sheet.name} is nested too deep.")
        tag = tag.rpartition(" ")[2]
        if tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            start = self.parser.CurrentByteIndex
            self.sheet.rows[self.row] = (start, self.sheet.data.index(b">", start) + 1)
        elif tag == "c":
            address = attributes.get("r")
            place = place_of(address) if address else (self.row, self.column + 1)
            self.column = place[1]
            kind = attributes.get("t", "n")
            self.cell = CellXml(place, self.parser.CurrentByteIndex, kind=kind, dynamic="cm" in attributes)
            self.cell.style = attributes.get("s", "0")
        elif self.cell is not None and tag == "f":
            self.cell.formula = ""
            self.cell.formula_type = attributes.get("t", "normal")
            self.cell.ref = attributes.get("ref", "")
            self.cell.shared = attributes.get("si")
            if self.cell.formula_type == "dataTable":
                self.cell.table = attributes
            self.inside = "f"
        elif self.cell is not None and tag in ("v", "t"):
            self.cell.value = self.cell.value or ""
            self.inside = "v"

    def text(self, text: str) -> None:
        if self.cell is None or not self.inside:
            return
        if self.inside == "f":
            self.cell.formula = (self.cell.formula or "") + text
        else:
            self.cell.value = (self.cell.value or "") + text

    def end(self, tag: str) -> None:
        self.depth -= 1
        tag = tag.rpartition(" ")[2]
        if tag in ("f", "v", "t"):
            self.inside = ""
        elif tag == "sheetData":
            self.sheet.rows_end = self.parser.CurrentByteIndex
        elif tag == "c" and self.cell is not None:
            cell, self.cell = self.cell, None
            at = self.parser.CurrentByteIndex  # of the end tag; or behind a tag that closes itself
            closing = _CLOSE_TAG.match(self.sheet.data, at)
            cell.end = closing.end() if closing else at
            self.sheet.cells[cell.place] = cell
            if cell.formula or cell.formula_type not in ("", "normal"):
                self.sheet.formulas.append(cell)
            else:
                cell.formula = None  # nothing, or what an array formula elsewhere fills


def stored(cell: CellXml) -> Any:
    """The value stored with a cell, shared strings left aside."""
    if cell.value is None:
        return None
    if cell.kind == "n":
        try:
            return float(cell.value)
        except ValueError:
            return None
    if cell.kind == "b":
        return cell.value.strip() == "1"
    return CellError(cell.value) if cell.kind == "e" else cell.value


def same(old: Any, new: Any) -> bool:
    """Whether two values are one to 15 digits, as a worksheet has them.

    >>> same(0.1 + 0.2, 0.3), same(1.0, True), same(None, "")
    (True, False, False)
    """
    if isinstance(old, CellError) and isinstance(new, CellError):
        return stored_code(old) == stored_code(new)
    if type(old) is not type(new):
        return False
    if isinstance(old, float):
        return old == new or f"{old:.{_DIGITS - 1}e}" == f"{new:.{_DIGITS - 1}e}"
    return bool(old == new)


def stored_code(error: CellError) -> str:
    """The code that a file can hold: the newer ones are stored as #VALUE!."""
    return VALUE if error.code in (SPILL, CALC) or error.code.startswith(("#CIRC", "#N/IMPL")) else error.code


def spliced(data: bytes, edits: Iterable[tuple[int, int, bytes]]) -> bytes:
    """Bytes with some stretches replaced."""
    pieces, at = [], 0
    for start, end, new in sorted(edits):
        pieces += [data[at:start], new]
        at = end
    return b"".join([*pieces, data[at:]])


def with_value(chunk: bytes, value: Any) -> bytes:
    """A cell with another value: its attributes but for the type, and its formula, keep their bytes.

    >>> with_value(b'<c r="A1" s="2" t="str"><f>B1</f><v>x</v></c>', 2.5)
    b'<c r="A1" s="2"><f>B1</f><v>2.5</v></c>'
    """
    tag = _OPEN_TAG.match(chunk)
    assert tag is not None
    prefix = _prefix(chunk)
    formula = _FORMULA.search(chunk)
    kind, text = _written(value)
    head = _TYPE.sub(b"", tag[0].removesuffix(b">").removesuffix(b"/").rstrip())
    head += (f' t="{kind}"'.encode() if kind else b"") + b">"
    space = b' xml:space="preserve"' if text != text.strip() else b""
    body = b"" if value is None else b"<%bv%b>%b</%bv>" % (prefix, space, escape(text).encode(), prefix)
    return head + (formula[0] if formula else b"") + body + b"</%bc>" % prefix


def without_formula(chunk: bytes) -> bytes:
    """A cell that is only its value.

    >>> without_formula(b'<c r="A1"><f>B1</f><v>2</v></c>')
    b'<c r="A1"><v>2</v></c>'
    """
    return _FORMULA.sub(b"", chunk, count=1)


def _prefix(chunk: bytes) -> bytes:
    """The prefix that a cell has of its namespace, with the colon."""
    name = chunk[1 : re.search(rb"[\s/>]", chunk).start()]  # type: ignore[union-attr]  # every tag ends
    return name[: name.find(b":") + 1]


def escaped(text: str) -> str:
    """Text with the characters that XML cannot hold in Excel's spelling of them."""
    return _ILLEGAL.sub(lambda found: f"_x{ord(found[0]):04X}_", _ESCAPE.sub("_x005F_", text))


def _written(value: Any) -> tuple[str, str]:
    if isinstance(value, CellError):
        return "e", stored_code(value)
    if isinstance(value, bool):
        return "b", "1" if value else "0"
    if isinstance(value, str):
        return "str", escaped(value)
    if value is None or not math.isfinite(value):
        return "", ""
    return "", repr(int(value)) if value == int(value) and abs(value) < 1e15 else repr(value)


def added(sheet: SheetXml, values: Mapping[Place, Any]) -> list[tuple[int, int, bytes]]:
    """Edits that put values where the sheet has no cell yet, in the order that rows and cells must have."""
    prefix = sheet.data[sheet.rows_end + 2 : sheet.data.find(b"sheetData", sheet.rows_end)]  # that of its namespace
    edits: dict[int, tuple[int, bytes]] = {}
    by_row: dict[int, list[Place]] = {}
    for place in sorted(values):
        by_row.setdefault(place[0], []).append(place)
    for row, places in by_row.items():
        cells = [
            (place, with_value(b'<%bc r="%b"/>' % (prefix, address_of(place).encode()), values[place]))
            for place in places
        ]
        if row in sheet.rows:
            _, opened = sheet.rows[row]
            if sheet.data[opened - 2 : opened] == b"/>":
                content = b"".join(cell for _, cell in cells)
                edits[opened - 2] = (opened, b">" + content + b"</%brow>" % prefix)
                continue
            for place, cell in cells:
                before = [c.end for c in sheet.cells.values() if c.place[0] == row and c.place < place]
                at = max(before, default=opened)
                edits[at] = (at, edits.get(at, (at, b""))[1] + cell)
        else:
            at = min((start for other, (start, _) in sheet.rows.items() if other > row), default=sheet.rows_end)
            content = b"".join([b'<%brow r="%d">' % (prefix, row), *(cell for _, cell in cells), b"</%brow>" % prefix])
            edits[at] = (at, edits.get(at, (at, b""))[1] + content)
    return [(start, end, new) for start, (end, new) in edits.items()]


def with_ref(chunk: bytes, ref: str) -> bytes:
    """An array formula with another range.

    >>> with_ref(b'<c r="A1"><f t="array" ref="A1:A2">F()</f></c>', "A1:A3")
    b'<c r="A1"><f t="array" ref="A1:A3">F()</f></c>'
    """
    return _REF.sub(lambda found: found[1] + ref.encode() + found[2], chunk, count=1)
