"""Both readers of a sheet find the same in it; what one does not take, the other judges."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbooks.conftest import TEMPLATES
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml import fast_reader, sax_reader
from xlfuncs.ooxml.sax_reader import parse_sheet, read_sheet

HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<worksheet xmlns="http://a/main" xmlns:x14ac="http://a/ac">'
    "<cols><col min='1' max='2'/></cols>"
)
TAIL = '<controls><from><row r="7">1</row><c r="Z9"><v>1</v></c></from></controls></worksheet>'


def sheet(rows: str, head: str = HEAD, tail: str = TAIL) -> bytes:
    return f"{head}<sheetData>{rows}</sheetData>{tail}".encode()


def sheets(path: Path) -> list[bytes]:
    with zipfile.ZipFile(path) as archive:
        return [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]


def agree(data: bytes) -> bool:
    """Both readers agree where both take the sheet; whether both do."""
    fast = fast_reader.read_plain_sheet("part", "Data", data)
    if fast is None:
        return False
    slow = parse_sheet("part", "Data", data)
    assert fast == slow
    assert list(fast.cells) == list(slow.cells)
    return True


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.xlsx")), ids=lambda path: path.stem)
def test_templates_are_plain_and_read_the_same(path: Path) -> None:
    assert all(map(agree, sheets(path)))


def test_what_other_programs_write_reads_the_same(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    book = xlsxwriter.Workbook(str(path), {"in_memory": True})
    data = book.add_worksheet()
    data.write_row("A1", [1, "text", True, " a & b\n", "\U0001f600"], book.add_format({"bold": True}))
    data.write_formula("B2", '=IF(A1>0,"<&>","")', None, "<&>")
    data.write_array_formula("C2:C3", "{=A1:A2*2}", None, 2)
    data.write_dynamic_array_formula("D2", "=SEQUENCE(3)", None, 1)
    data.set_row(9, 30)
    book.close()
    assert [agree(data) for data in sheets(path)] == [True]


PLAIN = {
    "nothing": "",
    "an empty row": '<row r="3"/>',
    "a row of its own": '<row r="3" spans="1:2" x14ac:dyDescent="0.25"></row>',
    "a cell without a value": '<row r="1"><c r="A1" s="3"/></row>',
    "a shared formula": '<row r="1"><c r="A1"><f t="shared" ref="A1:A2" si="0">B1</f><v>1</v></c></row>'
    '<row r="2"><c r="A2"><f t="shared" si="0"/><v>1</v></c></row>',
    "a what-if table": '<row r="1"><c r="A1"><f t="dataTable" ref="A1:A2" r1="C1"/><v>1</v></c></row>',
    "an empty formula": '<row r="1"><c r="A1"><f></f><v></v></c><c r="B1"><f/><v/></c></row>',
    "an owner elsewhere": '<row r="1"><c r="A1"><f ca="1"/><v>1</v></c></row>',
    "a text in its cell": '<row r="1"><c r="A1" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c></row>',
    "the same cell twice": '<row r="1"><c r="A1"><f>1</f><v>1</v></c><c r="A1"><v>2</v></c></row>',
    "a cell out of place": '<row r="1"><c r="B9"><v>1</v></c></row>',
}


@pytest.mark.parametrize("kind", PLAIN)
def test_plain_sheets_read_the_same(kind: str) -> None:
    assert agree(sheet(PLAIN[kind]))


def cell(inside: str, attributes: str = "") -> str:
    return f'<row r="1"><c r="A1"{attributes}>{inside}</c></row>'


UNUSUAL = {
    "a comment": sheet("<!-- a -->"),
    "a comment in front": sheet(cell("<v>1</v>"), head="<!-- <sheetData> -->" + HEAD[HEAD.index("<work") :]),
    "character data": sheet(cell("<v><![CDATA[1]]></v>")),
    "an instruction": sheet("<?a b?>"),
    "a space between": sheet(" " + cell("<v>1</v>")),
    "single quotes": sheet("<row r='1'><c r='A1'><v>1</v></c></row>"),
    "no address": sheet("<row><c><v>1</v></c></row>"),
    "the address last": sheet('<row r="1"><c s="1" r="A1"><v>1</v></c></row>'),
    "a number for a sign": sheet(cell("<f>&#65;1</f>")),
    "a line break of old": sheet(cell("<v>a\r\nb</v>")),
    "a text in pieces": sheet(cell("<is><r><t>a</t></r><r><t>b</t></r></is>", ' t="inlineStr"')),
    "a mark in front": b"\xef\xbb\xbf" + sheet(cell("<v>1</v>")),
    "a prefix": b'<x:worksheet xmlns:x="a"><x:sheetData><x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>'
    b"</x:sheetData></x:worksheet>",
    "no rows": HEAD.encode() + b"<sheetData/>" + TAIL.encode(),
    "deeper": f"<a>{sheet('', head='<b>', tail='</b>').decode()}</a>".encode(),
    "another coding": sheet(cell("<v>1</v>"), head=HEAD.replace("UTF-8", "ISO-8859-1")),
}
WRONG = {
    "a document type": sheet(cell("<v>1</v>"), head=HEAD.replace("<worksheet", "<!DOCTYPE a><worksheet")),
    "a sign that no one knows": sheet(cell("<v>&a;</v>")),
    "a lone sign": sheet(cell("<f>A1&B1</f>")),
    "the same attribute twice": sheet(cell("<v>1</v>", ' s="1" s="2"')),
    "the address twice": sheet(cell("<v>1</v>", ' r="A1"')),
    "a prefix of no meaning": sheet(cell("<v>1</v>", ' y:a="1"')),
    "a row that does not end": sheet('<row r="1">'),
    "a row that does not start": sheet("</row>"),
    "a cell in no row, and a row in a row": sheet('<row r="1"><row r="2"></row>'),
    "a character that XML has not": sheet(cell("<v>\x01</v>")),
    "half a character": sheet("").replace(b"<sheetData>", b'<sheetData><row r="1"><c r="A1"><v>\xc3</v></c></row>'),
    "no character": sheet(cell("<v>\uffff</v>")),
    "an end of character data": sheet(cell("<v>]]></v>")),
    "a far column": sheet('<row r="1"><c r="XFE1"><v>1</v></c></row>'),
    "a far row": sheet('<row r="1"><c r="A1048577"><v>1</v></c></row>'),
    "something after the end": sheet(cell("<v>1</v>"), tail=TAIL + "<a/>"),
    "an end too many": sheet(cell("<v>1</v>"), tail="</a>" + TAIL),
    "no end": sheet(cell("<v>1</v>"), tail=""),
    "too deep": sheet(cell("<v>1</v>"), tail="<a>" * 300 + "</a>" * 300 + "</worksheet>"),
}


@pytest.mark.parametrize("kind", UNUSUAL)
def test_an_unusual_sheet_is_left_to_the_parser(kind: str) -> None:
    assert fast_reader.read_plain_sheet("part", "Data", UNUSUAL[kind]) is None
    assert read_sheet("part", "Data", UNUSUAL[kind]) == parse_sheet("part", "Data", UNUSUAL[kind])


@pytest.mark.parametrize("kind", WRONG)
def test_a_sheet_that_is_wrong_is_refused(kind: str) -> None:
    with pytest.raises(WorkbookRejected):
        read_sheet("part", "Data", WRONG[kind])


def test_rows_outside_the_cells_are_no_rows() -> None:
    data = sheet('<row r="1"><c r="A1"><v>1</v></c></row>')
    assert list(read_sheet("part", "Data", data).rows) == list(parse_sheet("part", "Data", data).rows) == [1]


PIECES = [
    '<row r="1">', '<row r="2" ht="1"/>', "</row>", '<c r="A1">', '<c r="B2" s="1" t="str" cm="1">', '<c r="C3"/>',
    "</c>", "<f>", '<f t="array" ref="A1">', "</f>", '<f t="shared" si="0"/>', "<v>", "</v>", "<v/>", "<is><t>",
    "</t></is>", "1", "A1", "&amp;", "&lt;b", " ", ">", "é", "<!--", "-->", "&", '"', "]]>", "\n", "\t",
    "</sheetData>", "<sheetData>",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=14))
def test_whatever_is_taken_as_plain_the_parser_reads_the_same(pieces: list[str]) -> None:
    agree(sheet("".join(pieces)))


TEXT = st.text(st.sampled_from("aA1&<>\"' \n\té\U0001f600_;#"), max_size=6)
BODIES = [
    st.just(""), st.just("<v/>"), TEXT.map(lambda text: f"<v>{scan_text(text)}</v>"),
    TEXT.map(lambda text: f"<f>{scan_text(text)}</f><v>1</v>"),
    TEXT.map(lambda text: f'<f t="array" ref="A1:B2">{scan_text(text)}</f>'),
    TEXT.map(lambda text: f"<is><t>{scan_text(text)}</t></is>"),
]  # fmt: skip


def scan_text(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(1, 1_048_576),
            st.lists(
                st.tuples(
                    st.sampled_from(["A", "Z", "AB", "XFD"]),
                    st.sampled_from(["", ' s="1"', ' t="s"', ' s="2" t="e" cm="1"']),
                    st.one_of(BODIES),
                ),
                max_size=4,
            ),
        ),
        max_size=4,
    )
)
def test_sheets_of_every_content_read_the_same(rows: list[tuple[int, list[tuple[str, str, str]]]]) -> None:
    text = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{column}{row}"{attributes}>{body}</c>' for column, attributes, body in cells)
        + "</row>"
        for row, cells in rows
    )
    assert agree(sheet(text))


def test_a_plain_sheet_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sax_reader, "parse_sheet", None)
    assert read_sheet("part", "Data", sheet(cell("<v>1</v>"))).cells[1, 1].value == "1"
