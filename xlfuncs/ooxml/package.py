"""The package of a workbook file: its parts, read whole and checked for what no honest file has."""

from __future__ import annotations

import copy
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.zip_copy import ZipCopy

MAX_PARTS = 10_000
MAX_PART_SIZE = 256 * 2**20
MAX_PACKAGE_SIZE = 2**30
MAX_INFLATION = 200  # times; and only where a part is large enough to matter
_HARMLESS_SIZE = 2**20
_ENCRYPTED = 1  # a flag


class Package:
    """The parts of a workbook file."""

    def __init__(self, path: Path, data: bytes | None = None, stat: os.stat_result | None = None) -> None:
        self.path = path
        if data is None or stat is None:
            data, stat = _read_file(path)
        self.data, self.stat = data, stat
        if not self.data.startswith(b"PK"):
            raise WorkbookRejected(f"{path} is not an .xlsx workbook: {_describe_format(self.data)}.")
        try:
            self._zip = ZipCopy(self.data)
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
            raise WorkbookRejected(f"{path} is damaged or cut short.") from problem
        self._names = {_normalise(part.filename): part.filename for part in self._zip.members}
        self._check()

    def _check(self) -> None:
        parts, names = self._zip.members, self._names
        if len(parts) > MAX_PARTS or len(names) < len(parts):
            raise WorkbookRejected(f"{self.path} has too many parts, or two of one name.")
        if sum(part.file_size for part in parts) > MAX_PACKAGE_SIZE:
            raise WorkbookRejected(f"{self.path} is larger than {MAX_PACKAGE_SIZE // 2**20} MB when unpacked.")
        for part in parts:
            is_inflated = part.file_size > max(_HARMLESS_SIZE, MAX_INFLATION * part.compress_size)
            if part.file_size > MAX_PART_SIZE or is_inflated:
                raise WorkbookRejected(f"{self.path} holds a part that unpacks to a suspicious size: {part.filename}.")
            if part.flag_bits & _ENCRYPTED:
                raise WorkbookRejected(f"{self.path} is encrypted; remove its password first.")
        if "[content_types].xml" not in names:
            raise WorkbookRejected(f"{self.path} is a zip file and not a workbook.")
        if any(_leads_outside(name) for name in names):
            raise WorkbookRejected(f"{self.path} holds a part whose name leads out of the file.")

    @property
    def is_signed(self) -> bool:
        """Whether a digital signature vouches for the content."""
        return any("_xmlsignatures/" in name for name in self._names)

    def __reduce__(self) -> tuple[object, ...]:
        return Package, (self.path, self.data, self.stat)

    def __contains__(self, name: str) -> bool:
        return _normalise(name) in self._names

    def read(self, name: str) -> bytes:
        """The content of a part."""
        try:
            return self._zip.read(self._names[_normalise(name)])
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError) as problem:
            raise WorkbookRejected(f"{self.path} is damaged: its part {name} cannot be read.") from problem
        except Exception as problem:  # zlib.error has no base class of its own
            raise WorkbookRejected(f"{self.path} is damaged: its part {name} cannot be unpacked.") from problem

    def pack_with(self, parts: Mapping[str, bytes]) -> bytes:
        """The bytes of the file with some parts replaced; every other one keeps its bytes, compressed as they are."""
        return self._zip.replace({self._names[_normalise(name)]: data for name, data in parts.items()})

    def with_replaced_parts(self, parts: Mapping[str, bytes]) -> Package:
        """The same file with some parts replaced, not written yet."""
        package = copy.copy(self)
        package.data = self.pack_with(parts)
        package._zip = ZipCopy(package.data)
        return package


def _read_file(path: Path) -> tuple[bytes, os.stat_result]:
    try:
        with path.open("rb") as file:
            stat = os.fstat(file.fileno())
            if stat.st_size > MAX_PACKAGE_SIZE:
                raise WorkbookRejected(f"{path} is larger than {MAX_PACKAGE_SIZE // 2**20} MB.")
            return file.read(), stat
    except OSError as problem:
        raise WorkbookRejected(f"{path} cannot be read: {problem.strerror}.") from problem


def _normalise(name: str) -> str:
    """A part's name as others refer to it: case does not matter, and some programs write backslashes."""
    return name.replace("\\", "/").lower()


def _leads_outside(name: str) -> bool:
    return ".." in name.split("/") or name.startswith("/") or ":" in name[:2]


def _describe_format(data: bytes) -> str:
    start = data[:512].lstrip().lower()
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return "it is encrypted; remove its password first"
        return "it is an old .xls file; save it as .xlsx in Excel first"
    if not data:
        return "it is empty"
    if start.startswith((b"<!doctype html", b"<html")):
        return "it is a web page"
    return "it is not even a zip file"
