"""Guard against document types, by which XML attacks work; no workbook has one.

Every XML part of a file from outside passes here before any parser reads it. Only what stands in front of the root
element is read, in whatever encoding, so that no entity is ever expanded.
"""

from __future__ import annotations

import contextlib
import io
import zipfile
from pathlib import Path
from typing import IO
from xml.parsers import expat

from xlfuncs.core.exceptions import WorkbookRejected

_CHUNK = 1024  # bytes: what an attack could expand within one is little
_XML_SUFFIXES = (".xml", ".rels", ".vml")


def refuse_document_type(data: bytes, part: str) -> None:
    """Raise `WorkbookRejected` where a part of a workbook declares a document type.

    What is no XML is left to the parser that reads it.
    """
    _check(io.BytesIO(data), part)


def refuse_document_types(source: Path | IO[bytes]) -> None:
    """Raise `WorkbookRejected` where any XML part of a zip file declares a document type.

    It stands in front of the readers of other libraries.
    """
    with zipfile.ZipFile(source) as archive:
        for part in archive.infolist():
            if part.filename.lower().endswith(_XML_SUFFIXES):
                with archive.open(part) as file:
                    _check(file, part.filename)


def _check(file: IO[bytes], part: str) -> None:
    root_reached = False

    def refuse(*_: object) -> None:
        raise WorkbookRejected(f"The part {part} declares a document type, as no workbook does.")

    def stop(*_: object) -> None:
        nonlocal root_reached
        root_reached = True

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = stop
    with contextlib.suppress(expat.ExpatError, LookupError, ValueError):  # the latter two for unknown encodings
        while not root_reached and (chunk := file.read(_CHUNK)):
            parser.Parse(chunk)
        if not root_reached:
            parser.Parse(b"", True)  # the parser may have put off what it was given
