"""Edits of a sheet part: values of cells replaced or added where they stand in its bytes, every other byte kept."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from itertools import accumulate
from typing import Any

from xlfuncs.core.errors import CALC, SPILL, VALUE, CellError
from xlfuncs.ooxml.cells import CellPos, SheetXml, address_of
from xlfuncs.ooxml.xml import escape_text, escape_xstring

Edit = tuple[int, int, bytes]  # start and end of a stretch, and what takes its place

_OPEN_TAG = re.compile(rb"<(?:\w+:)?c\b[^>]*?(/?)>", re.DOTALL)
_PLAIN = re.compile(rb"(<c [^<>/]*)>(<f[^<>/]*>[^<]*</f>|<f[^<>/]*/>)?(?:<v[^<>/]*>[^<]*</v>|<v ?/>)?</c>")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>.*?</(?:\w+:)?f>)", re.DOTALL)
_FORMULA_TEXT = re.compile(rb"(<(?:\w+:)?f\b(?:[^>]*[^>/])?>).*?(</(?:\w+:)?f>)", re.DOTALL)
_REF = re.compile(rb"""(<(?:\w+:)?f\b[^>]*\sref\s*=\s*["'])[^"']*(["'])""")
_TYPE = re.compile(rb"""\s+t\s*=\s*(?:"[^"]*"|'[^']*')""")
_DIGITS = 15  # Excel's
_APART = 1e-13  # of a number: more than any two that are one to 15 digits


def same_value(old: Any, new: Any) -> bool:
    """Whether two values are one to 15 digits, as a worksheet has them.

    >>> same_value(0.1 + 0.2, 0.3), same_value(1.0, True), same_value(None, "")
    (True, False, False)
    """
    if type(old) is not type(new):
        return False
    if type(old) is float:
        if old == new or abs(old - new) > _APART * abs(old):
            return bool(old == new)
        return f"{old:.{_DIGITS - 1}e}" == f"{new:.{_DIGITS - 1}e}"
    if isinstance(old, CellError):
        return stored_code(old) == stored_code(new)
    return bool(old == new)


def stored_code(error: CellError) -> str:
    """The code that a file can hold: the newer ones are stored as #VALUE!."""
    return VALUE if error.code in (SPILL, CALC) or error.code.startswith(("#CIRC", "#N/IMPL")) else error.code


def splice(data: bytes, edits: Iterable[Edit]) -> bytes:
    """Replace some stretches of bytes.

    >>> splice(b"abcd", [(3, 3, b"-"), (0, 1, b"A")])
    b'Abc-d'
    """
    pieces, position = [], 0
    for start, end, new in sorted(edits):
        pieces += [data[position:start], new]
        position = end
    return b"".join([*pieces, data[position:]])


def with_value(chunk: bytes, value: Any) -> bytes:
    """A cell with another value: its attributes but for the type, and its formula, keep their bytes.

    >>> with_value(b'<c r="A1" s="2" t="str"><f>B1</f><v>x</v></c>', 2.5)
    b'<c r="A1" s="2"><f>B1</f><v>2.5</v></c>'
    """
    kind, text = _format_value(value)
    plain = _PLAIN.fullmatch(chunk)
    if plain:
        head, formula = plain.groups(b"")
        if b" t=" in head:
            head = _TYPE.sub(b"", head)
        body = b"" if value is None else b"<v%b</v>" % text
        return b"%b%b>%b%b</c>" % (head.rstrip(), kind, formula, body)
    tag, formula_xml, prefix = _OPEN_TAG.match(chunk), _FORMULA.search(chunk), _prefix(chunk)
    assert tag is not None
    head = _TYPE.sub(b"", tag[0].removesuffix(b">").removesuffix(b"/")).rstrip()
    body = b"" if value is None else b"<%bv%b</%bv>" % (prefix, text, prefix)
    return b"%b%b>%b%b</%bc>" % (head, kind, formula_xml[0] if formula_xml else b"", body, prefix)


def without_formula(chunk: bytes) -> bytes:
    """A cell that is only its value.

    >>> without_formula(b'<c r="A1"><f>B1</f><v>2</v></c>')
    b'<c r="A1"><v>2</v></c>'
    """
    return _FORMULA.sub(b"", chunk, count=1)


def with_formula(chunk: bytes, formula: str) -> bytes:
    """A cell with the text of its formula replaced; its attributes and its value keep their bytes.

    >>> with_formula(b'<c r="A1"><f t="array" ref="A1">B1</f><v>2</v></c>', "B2&C2")
    b'<c r="A1"><f t="array" ref="A1">B2&amp;C2</f><v>2</v></c>'
    """
    text = escape_text(escape_xstring(formula)).encode()
    return _FORMULA_TEXT.sub(lambda match: match[1] + text + match[2], chunk, count=1)


def _prefix(chunk: bytes) -> bytes:
    """The prefix that a cell has of its namespace, with the colon."""
    name = chunk[1 : re.search(rb"[\s/>]", chunk).start()]  # type: ignore[union-attr]  # every tag ends
    return name[: name.find(b":") + 1]


def _format_value(value: Any) -> tuple[bytes, bytes]:
    """The attribute of a value's type, and what is between its tags with the end of the first."""
    if type(value) is float:
        return b"", b">" + format_number(value)
    if isinstance(value, CellError):
        return b' t="e"', b">" + escape_text(stored_code(value)).encode()
    if isinstance(value, bool):
        return b' t="b"', b">1" if value else b">0"
    if isinstance(value, str):
        text = escape_text(escape_xstring(value))
        return b' t="str"', (' xml:space="preserve">' if text != text.strip() else ">").encode() + text.encode()
    return b"", b">" if value is None else b">" + format_number(float(value))


def format_number(value: float) -> bytes:
    """A number as files have it; nothing for one that they cannot hold."""
    if -1e15 < value < 1e15:
        return (repr(int(value)) if value.is_integer() else repr(value)).encode()
    return repr(value).encode() if math.isfinite(value) else b""


def insert_cells(sheet: SheetXml, values: Mapping[CellPos, Any]) -> list[Edit]:
    """Edits that put values where the sheet has no cell yet, in the order that rows and cells must have."""
    prefix = sheet.data[sheet.rows_end + 2 : sheet.data.find(b"sheetData", sheet.rows_end)]  # that of its namespace
    cells: dict[int, list[tuple[int, bytes]]] = {}  # column and bytes, by row
    for place in sorted(values):
        cell = with_value(b'<%bc r="%b"/>' % (prefix, address_of(place).encode()), values[place])
        cells.setdefault(place[0], []).append((place[1], cell))
    if not cells:
        return []
    edits: list[Edit] = []
    insertions: dict[int, list[bytes]] = {}  # what goes to each position, in its order
    index = _CellIndex(sheet, cells.keys())
    for row, row_cells in cells.items():
        content = [cell for _, cell in row_cells]
        if row not in sheet.rows:
            row_xml = [b'<%brow r="%d">' % (prefix, row), *content, b"</%brow>" % prefix]
            insertions.setdefault(index.start_of_next_row(row), []).extend(row_xml)
            continue
        after_tag = sheet.rows[row][1]
        if sheet.data[after_tag - 2 : after_tag] == b"/>":
            edits.append((after_tag - 2, after_tag, b"".join([b">", *content, b"</%brow>" % prefix])))
            continue
        for column, cell in row_cells:
            insertions.setdefault(index.end_before(row, column), []).append(cell)
    return edits + [(position, position, b"".join(pieces)) for position, pieces in insertions.items()]


class _CellIndex:
    """Where the rows of a sheet start, and the cells of some rows end."""

    def __init__(self, sheet: SheetXml, rows: Iterable[int]) -> None:
        self._sheet = sheet
        numbers = sorted(sheet.rows, reverse=True)
        starts = accumulate((sheet.rows[number][0] for number in numbers), min)  # the first start from a row onwards
        self._rows, self._starts = numbers[::-1], [*starts][::-1]
        cells_by_row: dict[int, list[tuple[int, int]]] = {row: [] for row in rows}
        for (row, column), cell in sheet.cells.items():
            if row in cells_by_row:
                cells_by_row[row].append((column, cell.end))
        self._cells: dict[int, tuple[list[int], list[int]]] = {}  # columns, and the last end up to each, by row
        for row, cells in cells_by_row.items():
            cells.sort()
            ends = accumulate((end for _, end in cells), max)
            self._cells[row] = [column for column, _ in cells], [*ends]

    def start_of_next_row(self, row: int) -> int:
        """Where the first row behind a row that is missing starts; behind all of them, where the rows end."""
        number = bisect_left(self._rows, row)
        return self._starts[number] if number < len(self._rows) else self._sheet.rows_end

    def end_before(self, row: int, column: int) -> int:
        """Where the cells of a row in front of a column end."""
        columns, ends = self._cells[row]
        number = bisect_left(columns, column)
        return ends[number - 1] if number else self._sheet.rows[row][1]


def with_ref(chunk: bytes, ref: str) -> bytes:
    """An array formula with another range.

    >>> with_ref(b'<c r="A1"><f t="array" ref="A1:A2">F()</f></c>', "A1:A3")
    b'<c r="A1"><f t="array" ref="A1:A3">F()</f></c>'
    """
    return _REF.sub(lambda match: match[1] + ref.encode() + match[2], chunk, count=1)
