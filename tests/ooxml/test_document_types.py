"""A document type has no place in a workbook, in whatever encoding and part; words that look like one are text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import Fill
from tests.small_workbooks import refreshed
from xlfuncs import REGISTRY
from xlfuncs.audit import check
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.xml_guard import refuse_document_type, refuse_document_types
from xlfuncs.ooxml.xml import parse_xml
from xlfuncs.reporting.reading import read_content

Make = Callable[[Fill], Path]

WORKBOOK = "xl/workbook.xml"
STRINGS = "xl/sharedStrings.xml"
PARTS = [
    WORKBOOK,
    STRINGS,
    "xl/worksheets/sheet1.xml",
    "_rels/.rels",
    "xl/_rels/workbook.xml.rels",
    "xl/tables/table1.xml",
    "xl/styles.xml",  # these two are read by `check` and `report` only
    "docProps/custom.xml",
]
ENCODINGS = {
    "UTF-8": "utf-8",
    "UTF-8 with a mark": "utf-8-sig",
    "UTF-16": "utf-16",
    "UTF-16 LE": "utf-16-le",
    "UTF-16 BE": "utf-16-be",
    "UTF-16 LE with a mark": "utf-16-le with a mark",
    "UTF-16 BE with a mark": "utf-16-be with a mark",
    "ISO-8859-1": "iso-8859-1",
}
DOCUMENT_TYPES = {
    "bare": "<!DOCTYPE a>",
    "internal entity": '<!DOCTYPE a [<!ENTITY e "Data">]>',
    "nested entities": '<!DOCTYPE a [<!ENTITY e "ha"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">]>',
    "external entity": '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    "parameter entity": '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x.dtd">%p;]>',
    "external subset": '<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
    "public": '<!DOCTYPE a PUBLIC "-//W3C//DTD XHTML 1.0//EN" "http://127.0.0.1:9/x.dtd">',
    "after a comment": f"<!-- {'x' * 9999} --><?a b?>\n<!DOCTYPE a>",
}


def encoded(text: str, encoding: str) -> bytes:
    """A part in an encoding, which its declaration names."""
    name, _, mark = ENCODINGS[encoding].partition(" ")
    declared = "UTF-16" if name.startswith("utf-16") else "ISO-8859-1" if name.startswith("iso") else "UTF-8"
    body = text.split("?>", 1)[1] if text.startswith("<?xml") else text
    return (("\ufeff" if mark else "") + f'<?xml version="1.0" encoding="{declared}"?>' + body).encode(name)


def with_part(path: Path, part: str, change: Callable[[str], bytes]) -> bytes:
    """The file with one part changed."""
    out = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        assert part in old.namelist()
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, change(data.decode()) if name == part else data)
    return out.getvalue()


def with_document_type(text: str, document_type: str) -> str:
    head, _, rest = text.partition("?>")
    return f"{head}?>{document_type}{rest}"


@pytest.fixture
def path(make: Make) -> Path:
    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [1, 2, "text"])
        sheet.write_formula("B1", "=A1+A2", None, 0)
        sheet.add_table("D1:E3", {"name": "Sales"})
        book.define_name("out_sum", "=Data!$B$1")
        book.set_custom_property("author", "someone")
        book.calc_on_load = False

    return make(fill)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("part", PARTS[:-2])
def test_a_refresh_refuses_a_document_type_in_any_part_and_encoding(path: Path, part: str, encoding: str) -> None:
    data = with_part(
        path, part, lambda text: encoded(with_document_type(text, DOCUMENT_TYPES["internal entity"]), encoding)
    )
    path.write_bytes(data)
    with pytest.raises(WorkbookRejected, match=r"declares a document type, as no workbook does\.$"):
        refreshed(path)
    assert path.read_bytes() == data


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("part", PARTS)
def test_a_check_refuses_it_too(path: Path, part: str, encoding: str) -> None:
    path.write_bytes(
        with_part(path, part, lambda text: encoded(with_document_type(text, DOCUMENT_TYPES["bare"]), encoding))
    )
    with pytest.raises(WorkbookRejected, match="declares a document type"):
        check(path, REGISTRY)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("part", PARTS)
def test_a_report_refuses_it_before_another_library_reads_it(path: Path, part: str, encoding: str) -> None:
    path.write_bytes(
        with_part(path, part, lambda text: encoded(with_document_type(text, DOCUMENT_TYPES["bare"]), encoding))
    )
    with pytest.raises(WorkbookRejected, match="declares a document type"):
        read_content(path)


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("kind", DOCUMENT_TYPES)
def test_every_kind_of_document_type_is_refused(kind: str, encoding: str) -> None:
    data = encoded(f"{DOCUMENT_TYPES[kind]}<a>1</a>", encoding)
    with pytest.raises(WorkbookRejected, match="The part p declares a document type"):
        refuse_document_type(data, "p")
    with pytest.raises(WorkbookRejected, match="The part p declares a document type"):
        parse_xml(data, "p")


@pytest.mark.parametrize("encoding", ["utf-32", "utf-32-le", "utf-32-be", "utf-7", "cp037"])
def test_an_encoding_that_no_workbook_has_is_refused(encoding: str) -> None:
    text = f'<?xml version="1.0" encoding="{encoding}"?>{DOCUMENT_TYPES["internal entity"]}<a>&e;</a>'
    with pytest.raises(WorkbookRejected):
        parse_xml(text.encode(encoding), "p")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(
    "text",
    [
        '<!-- <!DOCTYPE a [<!ENTITY e "x">]> --><a>1</a>',
        "<?a <!DOCTYPE a>?><a>1</a>",
        "<a>1<!-- <!ENTITY e 'x'> --></a>",
        "<a b='&lt;!DOCTYPE a>'>1</a>",
        "<a>1<b><![CDATA[<!DOCTYPE a>]]></b></a>",
    ],
)
def test_words_that_look_like_a_document_type_are_no_reason_to_refuse(text: str, encoding: str) -> None:
    assert parse_xml(encoded(text, encoding), "p").text == "1"


def test_a_workbook_that_speaks_of_document_types_is_refreshed(path: Path) -> None:
    path.write_bytes(with_part(path, STRINGS, lambda text: text.replace("text", "<![CDATA[<!DOCTYPE a>]]>").encode()))
    assert [change.new for change in refreshed(path).changed] == [3]
    with zipfile.ZipFile(path) as archive:
        assert b"<![CDATA[<!DOCTYPE a>]]>" in archive.read(STRINGS)


def test_no_entity_is_expanded() -> None:
    entities = "".join(f'<!ENTITY e{n + 1} "{f"&e{n};" * 50}">' for n in range(20))
    data = f'<!DOCTYPE a [<!ENTITY e0 "ha">{entities}]><a b="&e20;">&e20;</a>'.encode("utf-16")
    with pytest.raises(WorkbookRejected, match="declares a document type"):
        refuse_document_type(data, "p")


def test_a_file_for_another_reader_is_looked_through_whatever_the_case_of_its_names(tmp_path: Path) -> None:
    for name in ("xl/Theme/THEME1.XML", "xl/drawings/vmlDrawing1.vml", "xl/charts/_rels/chart1.xml.RELS"):
        file = tmp_path / "book.xlsx"
        with zipfile.ZipFile(file, "w") as archive:
            archive.writestr("xl/media/picture.svg", "<!DOCTYPE svg><svg/>")  # which nobody parses
            archive.writestr(name, "<a/>")
        refuse_document_types(file)
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr("other/" + name, "<!DOCTYPE a><a/>")
        with pytest.raises(WorkbookRejected, match=f"The part other/{name} declares"):
            refuse_document_types(file)
