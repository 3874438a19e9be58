"""The file around a workbook: read whole, and replaced in one step or not at all."""

from __future__ import annotations

import contextlib
import copy
import io
import os
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

MOST_PARTS = 10_000
LARGEST_PART = 256 * 2**20
LARGEST_PACKAGE = 2**30
MOST_INFLATION = 200  # times; and only where a part is large enough to matter
_HARMLESS = 2**20
_LOCKS = ("~$", ".~lock.")


class Refused(Exception):  # noqa: N818  # a verdict on the file and no failure of the program
    """The file is left as it is, for the reason given."""


class Package:
    """The parts of a workbook file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self.data = path.read_bytes()
            self.stat = path.stat()
        except OSError as problem:
            raise Refused(f"{path} cannot be read: {problem.strerror}.") from problem
        if not self.data.startswith(b"PK"):
            raise Refused(f"{path} is not an .xlsx workbook: {_kind(self.data)}.")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(self.data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError) as problem:
            raise Refused(f"{path} is damaged or cut short: {problem}.") from problem
        self._check()

    def _check(self) -> None:
        parts = self._zip.infolist()
        names = [part.filename.lower() for part in parts]
        if len(names) > MOST_PARTS or len(set(names)) < len(names):
            raise Refused(f"{self.path} has too many parts, or two of one name.")
        if sum(part.file_size for part in parts) > LARGEST_PACKAGE:
            raise Refused(f"{self.path} is larger than {LARGEST_PACKAGE // 2**20} MB when unpacked.")
        for part in parts:
            inflated = part.file_size > max(_HARMLESS, MOST_INFLATION * part.compress_size)
            if part.file_size > LARGEST_PART or inflated:
                raise Refused(f"{self.path} holds a part that unpacks to a suspicious size: {part.filename}.")
            if part.flag_bits & 1:
                raise Refused(f"{self.path} is encrypted; remove its password first.")
        if "[content_types].xml" not in names:
            raise Refused(f"{self.path} is a zip file and not a workbook.")
        if any("_xmlsignatures/" in name for name in names):
            raise Refused(f"{self.path} is digitally signed; a change would break the signature.")

    def __contains__(self, name: str) -> bool:
        return name in self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The content of a part."""
        try:
            return self._zip.read(name)
        except (KeyError, zipfile.BadZipFile, EOFError, OSError, ValueError) as problem:
            raise Refused(f"{self.path} is damaged: its part {name} cannot be read.") from problem
        except Exception as problem:  # zlib.error has no base class of its own
            raise Refused(f"{self.path} is damaged: its part {name} cannot be unpacked.") from problem

    def with_parts(self, parts: Mapping[str, bytes]) -> bytes:
        """The file with some parts replaced; every other one keeps its bytes, compressed as they are."""
        infos = sorted(self._zip.infolist(), key=lambda info: info.header_offset)
        ends = [info.header_offset for info in infos[1:]] + [self._zip.start_dir]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.comment = self._zip.comment
            for info, end in zip(infos, ends, strict=True):
                if info.filename in parts:
                    fresh = copy.copy(info)
                    fresh.flag_bits &= 0x800  # the flag of a name in UTF-8
                    target.writestr(fresh, parts[info.filename], info.compress_type)
                    continue
                kept = copy.copy(info)
                kept.header_offset = out.tell()
                out.write(self.data[info.header_offset : end])
                target.filelist.append(kept)
                target.NameToInfo[kept.filename] = kept
                target.start_dir = out.tell()
        return out.getvalue()

    def replaced(self, parts: Mapping[str, bytes]) -> Package:
        """The same file with some parts replaced, not written yet."""
        fresh = copy.copy(self)
        fresh.data = self.with_parts(parts)
        fresh._zip = zipfile.ZipFile(io.BytesIO(fresh.data))
        return fresh

    def check_writable(self, target: Path) -> None:
        """Refuse now what would fail or hurt others later."""
        if not target.exists():
            return
        if not os.access(target, os.W_OK):
            raise Refused(f"{target} is read-only; give another file with -o.")
        if target.stat().st_nlink > 1:
            raise Refused(f"{target} has several hard links; give another file with -o.")
        for lock in _LOCKS:
            name = f"{lock}{target.name}" + ("#" if lock == ".~lock." else "")
            if (target.parent / name).exists():
                raise Refused(f"{target} is open in another program ({name} is there); close it first.")

    def write(self, data: bytes, target: Path) -> None:
        """Replace a file in one step; on any failure the old one is as it was."""
        target = target.resolve() if target.is_symlink() else target
        self.check_writable(target)
        same = target.exists() and target.samefile(self.path)
        try:
            handle, name = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".tmp", dir=target.parent)
        except OSError as problem:
            raise Refused(f"{target} cannot be written: {problem.strerror}.") from problem
        temporary = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                self._keep_rights(file.fileno(), target)
                os.fsync(file.fileno())
            if zipfile.ZipFile(temporary).testzip() is not None:
                raise Refused(f"{target} was not replaced: the new file did not read back right.")
            if same and _changed(self.stat, self.path.stat()):
                raise Refused(f"{target} was changed by another program meanwhile; run again.")
            temporary.replace(target)
        except OSError as problem:
            raise Refused(f"{target} was not replaced: {problem.strerror}.") from problem
        finally:
            temporary.unlink(missing_ok=True)
        _sync(target.parent)

    def _keep_rights(self, handle: int, target: Path) -> None:
        stat = target.stat() if target.exists() else self.stat
        os.fchmod(handle, stat.st_mode & 0o7777)
        with contextlib.suppress(PermissionError):  # only the owner or root may give a file away
            os.fchown(handle, stat.st_uid, stat.st_gid)


def _changed(before: os.stat_result, after: os.stat_result) -> bool:
    return (before.st_mtime_ns, before.st_size, before.st_ino) != (after.st_mtime_ns, after.st_size, after.st_ino)


def _sync(folder: Path) -> None:
    """Make the new name last through a power cut, where the file system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _kind(data: bytes) -> str:
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
