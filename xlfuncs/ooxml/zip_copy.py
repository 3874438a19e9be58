"""Zip files copied with some members replaced: every other one keeps its bytes, compressed as they are.

`zipfile` cannot do so by its documented methods. All that is used of its inner life is used here.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Mapping

_EFFORT = 5  # of compression: half the time of the usual 6, and a hundredth more bytes
_UTF_8_NAME = 0x800  # a flag


class ZipCopy:
    """A zip file in memory, to be written again."""

    def __init__(self, data: bytes) -> None:
        """Raises what `zipfile.ZipFile` raises where the bytes are no zip file."""
        self._data = data
        self._archive = zipfile.ZipFile(io.BytesIO(data))

    @property
    def members(self) -> list[zipfile.ZipInfo]:
        """The entries of the directory, in its order."""
        return self._archive.infolist()

    def read(self, name: str) -> bytes:
        """The content of a member."""
        return self._archive.read(name)

    def replace(self, contents: Mapping[str, bytes]) -> bytes:
        """The bytes of the file with the contents of some members replaced."""
        members = sorted(self.members, key=lambda member: member.header_offset)
        ends = [member.header_offset for member in members[1:]] + [self._archive.start_dir]
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as target:
            target.comment = self._archive.comment
            for member, end in zip(members, ends, strict=True):
                entry = copy.copy(member)
                if member.filename in contents:
                    entry.flag_bits &= _UTF_8_NAME
                    target.writestr(entry, contents[member.filename], member.compress_type, _EFFORT)
                    continue
                entry.header_offset = out.tell()
                out.write(self._data[member.header_offset : end])
                target.filelist.append(entry)
                target.NameToInfo[entry.filename] = entry
                target.start_dir = out.tell()
        return out.getvalue()
