"""Files made to break their reader are refused with a sentence, or survived; the file stays in any case."""

from __future__ import annotations

import io
import re
import socket
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Fill
from tests.small_workbooks import refreshed
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.sandbox import Limits

SHEET, BOOK = "xl/worksheets/sheet1.xml", "xl/workbook.xml"
LIMITS = Limits(seconds=60, memory=2**30)
TECHNICAL = re.compile(r"[A-Za-z]Error|invalid literal|\(\d+, \d+\)|<class|[Ee]ngine|codec")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def simple(book: Any, sheet: Any) -> None:
    sheet.write_column("A1", [1, 2, "text"])
    sheet.write_formula("B1", "=A1+A2", None, 3)
    sheet.write_formula("B2", "=B1*2", None, 6)
    book.calc_on_load = False


def repacked(data: bytes, change: Callable[[dict[str, bytes]], object]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def inside(name: str, old: str, new: str) -> Callable[[bytes], bytes]:
    """A part with the first place that fits a pattern replaced."""

    def change(parts: dict[str, bytes]) -> None:
        text, count = re.subn(old, lambda _: new, parts[name].decode(), count=1)
        assert count, old
        parts[name] = text.encode()

    return lambda data: repacked(data, change)


def part(name: str, content: bytes) -> Callable[[bytes], bytes]:
    return lambda data: repacked(data, lambda parts: parts.update({name: content}))


def appended(*names: str, content: bytes = b"x") -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        out = io.BytesIO(data)
        with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive:
            for name in names:
                archive.writestr(name, content)
        return out.getvalue()

    return change


def lying(data: bytes) -> bytes:
    """The sheet inflates to more than the directory says."""
    at = data.rindex(SHEET.encode()) - 46
    size = struct.unpack_from("<I", data, at + 24)[0]
    return data[: at + 24] + struct.pack("<I", size // 2) + data[at + 28 :]


def directory_byte(offset: int, value: int) -> Callable[[bytes], bytes]:
    def change(data: bytes) -> bytes:
        at = data.rindex(SHEET.encode()) - 46
        return data[: at + offset] + bytes([value]) + data[at + offset + 1 :]

    return change


def formula(text: str) -> Callable[[bytes], bytes]:
    return inside(SHEET, r"<f>A1\+A2</f>", f"<f>{text}</f>")


def wide(content: bytes) -> bytes:
    return content.decode().replace("UTF-8", "UTF-16").encode("utf-16")


LAUGHS = '<!DOCTYPE l [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
REFUSED: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "empty": (lambda data: b"", "it is empty"),
    "text": (lambda data: b"a;b\n1;2\n", "not even a zip file"),
    "page": (lambda data: b"\n<!DOCTYPE html><html></html>", "web page"),
    "old": (lambda data: OLE + b"\0" * 600, "old .xls"),
    "encrypted": (lambda data: OLE + b"\0" * 99 + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "half": (lambda data: data[: len(data) // 2], "damaged or cut short"),
    "no end": (lambda data: data[:-30], "damaged or cut short"),
    "magic only": (lambda data: b"PK\x03\x04" + b"\0" * 100, "damaged"),
    "other zip": (lambda data: repacked(data, lambda parts: parts.pop("[Content_Types].xml")), "not a workbook"),
    "no workbook": (lambda data: repacked(data, lambda parts: parts.pop(BOOK)), "no workbook part"),
    "binary workbook": (inside("_rels/.rels", r"xl/workbook\.xml", "xl/workbook.bin"), "no workbook part"),
    "no sheet": (lambda data: repacked(data, lambda parts: parts.pop(SHEET)), "cannot be read"),
    "bomb": (appended("xl/media/zeros.bin", content=b"\0" * 50_000_000), "suspicious size"),
    "lying size": (lying, "cannot be read"),
    "wrong checksum": (directory_byte(16, 0), "cannot be read"),
    "unknown compression": (directory_byte(10, 99), "cannot be unpacked"),
    "zip password": (directory_byte(8, 1), "is encrypted"),
    "two of a name": (appended(SHEET), "two of one name"),
    "two but for case": (appended(SHEET.upper()), "two of one name"),
    "way out": (appended("xl/../../evil.xml"), "leads out of the file"),
    "way out, windows": (appended("xl\\..\\..\\evil.xml"), "leads out of the file"),
    "absolute": (appended("/etc/passwd"), "leads out of the file"),
    "drive": (appended("C:/evil.xml"), "leads out of the file"),
    "too many": (appended(*(f"x/{number}" for number in range(10_001))), "too many parts"),
    "laughs in the sheet": (inside(SHEET, "<worksheet", LAUGHS + "<worksheet"), "document type"),
    "laughs in the workbook": (inside(BOOK, "<workbook", LAUGHS + "<workbook"), "document type"),
    "laughs in the strings": (inside("xl/sharedStrings.xml", "<sst", LAUGHS + "<sst"), "document type"),
    "laughs after a comment": (
        inside("xl/sharedStrings.xml", "<sst", f"<!--{'x' * 9999}-->{LAUGHS}<sst"),
        "document type",
    ),
    "deep sheet": (inside(SHEET, "<sheetData>", "<x>" * 300 + "</x>" * 300 + "<sheetData>"), "too deep"),
    "deep workbook": (inside(BOOK, "<sheets>", "<x>" * 100_000 + "</x>" * 100_000 + "<sheets>"), "too deep"),
    "broken sheet": (inside(SHEET, "</sheetData>", "</sheetDat>"), "not valid XML"),
    "bad bytes": (part("xl/sharedStrings.xml", b"<sst>\xff\xfe</sst>"), "not valid XML"),
    "wide sheet": (
        lambda data: repacked(data, lambda parts: parts.update({SHEET: wide(parts[SHEET])})),
        "UTF-8",
    ),
    "negative row": (inside(SHEET, 'r="B1"', 'r="B-1"'), "which does not exist"),
    "row of no number": (inside(SHEET, '<row r="1"', '<row r="one"'), "damaged"),
    "far cell": (inside(SHEET, 'r="B1"', 'r="ZZZZ1"'), "which does not exist"),
    "iterations of no number": (inside(BOOK, "<calcPr ", '<calcPr iterateCount="many" '), "damaged"),
    "array of all cells": (
        inside(SHEET, r"<f>A1\+A2</f>", '<f t="array" ref="A1:XFD1048576">A1+A2</f>'),
        "more than 5 million cells",
    ),
}
SURVIVED: dict[str, Callable[[bytes], bytes]] = {
    "comment": lambda data: data[:-2] + struct.pack("<H", 5) + b"hello",
    "shared formula without its master": inside(SHEET, r"<f>A1\+A2</f>", '<f t="shared" si="7"/>'),
    "shared string that is not there": inside(SHEET, r't="s"><v>0</v>', 't="s"><v>99</v>'),
    "number that is none": inside(SHEET, "<v>2</v>", "<v>two</v>"),
    "not a number": inside(SHEET, "<v>2</v>", "<v>NaN</v>"),
    "infinity": inside(SHEET, "<v>2</v>", "<v>1E999</v>"),
    "brackets": formula("(" * 5000 + "1" + ")" * 5000),
    "functions": formula("ABS(" * 2000 + "1" + ")" * 2000),
    "minus signs": formula("-" * 50_000 + "1"),
    "long formula": formula("+".join(["A1"] * 100_000)),
    "no formula": formula("A1+*/("),
    "unclosed text": formula('"abc'),
    "dde": formula("cmd|'/c calc'!A0"),
    "another workbook": formula("'\\\\evil\\share\\[b.xlsx]S'!A1"),
    "web": formula('WEBSERVICE("http://127.0.0.1:9/")'),
    "link": formula('HYPERLINK("http://127.0.0.1:9/","x")'),
    "circle": formula("B2"),
    "itself": formula("B1+1"),
    "endless rounds": inside(BOOK, "<calcPr ", '<calcPr iterate="1" iterateCount="2147483647" iterateDelta="0" '),
    "names in a circle": inside(
        BOOK, "</sheets>", "</sheets><definedNames><definedName name='A_'>B_</definedName><definedName name='B_'>A_"
        "</definedName></definedNames>",
    ),
    "spill over the edge": inside(
        SHEET, r'<c r="B2"><f>B1\*2</f>', '<c r="XFD2" cm="1"><f t="array" ref="XFD2">SEQUENCE(1,2)</f>'
    ),
    "huge spill": inside(
        SHEET, r'<c r="B2"><f>B1\*2</f>', '<c r="B2" cm="1"><f t="array" ref="B2">SEQUENCE(30000)</f>'
    ),
    "huge text": formula('REPT(REPT("x",32767),32767)'),
    "what-if table of all": inside(
        SHEET, r"<f>A1\+A2</f>", '<f t="dataTable" ref="B2:XFD1048576" dt2D="1" dtr="1" r1="A1" r2="A2"/>'
    ),
    "same cell twice": inside(SHEET, '<c r="B2">', '<c r="B1">'),
    "relation without a target": inside(
        "xl/_rels/workbook.xml.rels", "</Relationships>", '<Relationship Id="x" Type="y"/></Relationships>'
    ),
}  # fmt: skip


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("kind", REFUSED)
def test_a_hostile_file_is_refused(make: Callable[[Fill], Path], no_network: None, kind: str) -> None:
    change, words = REFUSED[kind]
    path = make(simple)
    data = change(path.read_bytes())
    path.write_bytes(data)
    with pytest.raises(WorkbookRejected, match=words) as reason:
        refreshed(path, limits=LIMITS)
    assert path.read_bytes() == data
    assert not TECHNICAL.search(str(reason.value))
    assert str(reason.value).endswith(".")


@pytest.mark.parametrize("kind", SURVIVED)
def test_a_strange_file_is_survived(make: Callable[[Fill], Path], no_network: None, kind: str) -> None:
    path = make(simple)
    path.write_bytes(SURVIVED[kind](path.read_bytes()))
    refreshed(path, limits=LIMITS)
    with zipfile.ZipFile(path) as archive:
        assert archive.testzip() is None


def test_a_result_is_never_a_formula(make: Callable[[Fill], Path]) -> None:
    path = make(lambda book, sheet: sheet.write_formula("A1", '="="&"1+1"', None, 0))
    refreshed(path)
    with zipfile.ZipFile(path) as archive:
        assert b'<c r="A1" t="str"><f>"="&amp;"1+1"</f><v>=1+1</v></c>' in archive.read(SHEET)


@pytest.mark.parametrize("text", ["\x01", "_x0041_", "a\r\nb", "\U0001f600"])
def test_odd_text_comes_back_as_it_was(make: Callable[[Fill], Path], text: str) -> None:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_string("A1", text)
        sheet.write_formula("B1", "=A1", None, 0)

    path = make(fill)
    (change,) = refreshed(path).changed
    assert change.new == text
    assert refreshed(path).changed == []
