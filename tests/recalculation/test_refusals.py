"""What is no workbook, or no safe one, is refused with a sentence, untouched."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.recalculation.test_model import model
from tests.small_workbooks import refreshed
from xlfuncs.core.exceptions import WorkbookRejected

Make = Callable[..., Path]

FILES = {
    "empty": (b"", "empty"),
    "text": (b"a;b\n1;2\n", "not even a zip"),
    "page": (b"<!DOCTYPE html><html></html>", "web page"),
    "old": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old .xls"),
    "encrypted": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
    "cut": (b"PK\x03\x04" + b"\0" * 100, "damaged"),
}


@pytest.mark.parametrize("kind", FILES)
def test_what_is_no_workbook_is_refused(tmp_path: Path, kind: str) -> None:
    data, words = FILES[kind]
    path = tmp_path / "book.xlsx"
    path.write_bytes(data)
    with pytest.raises(WorkbookRejected, match=words):
        refreshed(path)
    assert path.read_bytes() == data


def test_a_zip_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "book.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(WorkbookRejected, match="zip file and not a workbook"):
        refreshed(path)


def test_a_part_that_inflates_without_measure_is_refused(make: Make) -> None:
    path = make(model)
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/media/zeros.bin", b"\0" * 50_000_000)
    with pytest.raises(WorkbookRejected, match="suspicious size"):
        refreshed(path)


def test_a_document_type_is_refused(make: Make, tmp_path: Path) -> None:
    source = make(model)
    path = tmp_path / "hostile.xlsx"
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(path, "w") as new:
        for name in old.namelist():
            data = old.read(name)
            if name.endswith("sheet1.xml"):
                data = data.replace(b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)
            new.writestr(name, data)
    with pytest.raises(WorkbookRejected, match="document type"):
        refreshed(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(WorkbookRejected, match="cannot be read"):
        refreshed(tmp_path / "none.xlsx")


def test_a_file_that_is_open_elsewhere_is_refused(make: Make) -> None:
    path = make(model)
    path.with_name(f"~${path.name}").write_text("me")
    with pytest.raises(WorkbookRejected, match="open in another program"):
        refreshed(path)


def test_a_file_with_hard_links_is_refused(make: Make, tmp_path: Path) -> None:
    path = make(model)
    (tmp_path / "other.xlsx").hardlink_to(path)
    with pytest.raises(WorkbookRejected, match="hard links"):
        refreshed(path)


def test_a_signed_file_is_refused(make: Make) -> None:
    path = make(model)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("_xmlsignatures/sig1.xml", "<Signature/>")
    with pytest.raises(WorkbookRejected, match="signed"):
        refreshed(path)
