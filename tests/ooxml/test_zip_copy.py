"""A zip file is copied with some members replaced, and every other byte of its members kept."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest

from tests.workbooks.conftest import TEMPLATES
from xlfuncs.ooxml.zip_copy import ZipCopy

MEMBERS = {"[Content_Types].xml": b"<Types/>" * 50, "xl/a.xml": b"a" * 5000, "xl/b.bin": bytes(range(256)) * 9}


def archive_of(members: dict[str, bytes], comment: bytes = b"", stream: bool = False) -> bytes:
    """A zip file; written to a `stream`, its members have their sizes behind them."""

    class Unseekable(io.BytesIO):
        def seekable(self) -> bool:
            return not stream

        def seek(self, *place: int) -> int:
            if stream:
                raise io.UnsupportedOperation
            return super().seek(*place)

        def tell(self) -> int:
            if stream:
                raise io.UnsupportedOperation
            return super().tell()

    out = Unseekable()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = comment
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def stored_members(data: bytes) -> dict[str, bytes]:
    """The bytes of each member, from its local header up to what comes next."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = sorted(archive.infolist(), key=lambda member: member.header_offset)
        directory = data.index(b"PK\x01\x02", members[-1].header_offset)
        ends = [member.header_offset for member in members[1:]] + [directory]
        return {member.filename: data[member.header_offset : end] for member, end in zip(members, ends, strict=True)}


def contents(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize("changed", [[], ["xl/a.xml"], ["xl/b.bin", "[Content_Types].xml"], list(MEMBERS)])
def test_only_what_is_replaced_is_other_than_before(changed: list[str], stream: bool) -> None:
    data = archive_of(MEMBERS, b"a comment", stream)
    copy = ZipCopy(data).replace(dict.fromkeys(changed, b"new"))
    assert contents(copy) == {**MEMBERS, **dict.fromkeys(changed, b"new")}
    before, after = stored_members(data), stored_members(copy)
    assert list(after) == list(before)
    assert {name for name in before if before[name] != after[name]} == set(changed)
    with zipfile.ZipFile(io.BytesIO(copy)) as archive:
        assert archive.comment == b"a comment"


def test_what_the_directory_says_of_a_member_is_kept() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, method in (("é.xml", zipfile.ZIP_DEFLATED), ("stored.bin", zipfile.ZIP_STORED), ("c.xml", 8)):
            member = zipfile.ZipInfo(name, (2001, 2, 3, 4, 5, 6))
            member.compress_type, member.comment, member.external_attr = method, b"of a member", 0o640 << 16
            member.extra = struct.pack("<HHI", 0x6375, 4, 7)
            archive.writestr(member, b"x" * 300)
    original = {member.filename: member for member in ZipCopy(out.getvalue()).members}
    copy = ZipCopy(out.getvalue()).replace({"c.xml": b"y" * 400})
    for member in ZipCopy(copy).members:
        before = original[member.filename]
        for field in ("date_time", "compress_type", "comment", "external_attr", "create_system", "flag_bits"):
            assert getattr(member, field) == getattr(before, field), (member.filename, field)


def test_members_that_stand_in_another_order_than_the_directory_are_copied_right() -> None:
    data = archive_of({"a": b"1" * 40, "b": b"2" * 50})
    start = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", start + 1)
    end = data.index(b"PK\x05\x06")
    swapped = data[:start] + data[second:end] + data[start:second] + data[end:]
    copy = ZipCopy(swapped).replace({"a": b"3"})
    assert contents(copy) == {"a": b"3", "b": b"2" * 50}


def test_a_copy_of_a_copy_is_the_same() -> None:
    data = archive_of(MEMBERS)
    once = ZipCopy(data).replace({"xl/a.xml": b"new"})
    assert ZipCopy(once).replace({"xl/a.xml": b"new"}) == once
    assert ZipCopy(data).replace({}) == data


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.xlsx"))[:2], ids=lambda path: path.stem)
def test_a_template_is_copied_member_by_member(path: Path) -> None:
    data = path.read_bytes()
    copy = ZipCopy(data).replace({"xl/workbook.xml": b"<workbook/>"})
    before, after = stored_members(data), stored_members(copy)
    assert {name for name in before if before[name] != after[name]} == {"xl/workbook.xml"}


def test_what_is_no_zip_file_is_refused() -> None:
    with pytest.raises(zipfile.BadZipFile):
        ZipCopy(b"PK\x03\x04 and no more")
