"""The XML of small parts, and the spelling of text in XML."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from xml.etree import ElementTree

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.xml_guard import refuse_document_type
from xlfuncs.ooxml.package import Package

MAX_DEPTH = 256  # of elements in elements
_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_SURROGATE = re.compile("[\ud800-\udfff]")


def parse_xml(data: bytes, part: str) -> ElementTree.Element:
    """The root element of a part; raises `WorkbookRejected` where it is no XML that a workbook may have."""
    refuse_document_type(data, part)
    try:
        return ElementTree.fromstring(data, ElementTree.XMLParser(target=_ShallowBuilder(part)))
    except (ElementTree.ParseError, LookupError, ValueError) as problem:  # the latter two for unknown encodings
        raise WorkbookRejected(
            f"The part {part} is not valid XML; open the workbook in Excel and save it again."
        ) from problem


class _ShallowBuilder(ElementTree.TreeBuilder):
    """Builds a tree of no more than the depth that workbooks have."""

    def __init__(self, part: str) -> None:
        super().__init__()
        self._part = part
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str], /) -> ElementTree.Element:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise WorkbookRejected(f"The part {self._part} is nested too deep.")
        return super().start(tag, attributes)

    def end(self, tag: str, /) -> ElementTree.Element:
        self._depth -= 1
        return super().end(tag)


def local_name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def iter_attributes(root: ElementTree.Element, name: str) -> Iterator[dict[str, str]]:
    """The attributes of all elements of a name, whatever their namespace."""
    for element in root.iter():
        if local_name(element) == name:
            yield dict(element.items())


def read_relationships(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Type, id and target of every relationship of a part; "" for those of the whole package."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package:
        return
    for relationship in iter_attributes(parse_xml(package.read(source), source), "Relationship"):
        target = relationship.get("Target", "")
        if relationship.get("TargetMode") != "External":
            target = target.removeprefix("/") if target.startswith("/") else posixpath.join(folder, target)
            target = posixpath.normpath(target)
        yield relationship.get("Type", ""), relationship.get("Id", ""), target


def escape_xstring(text: str) -> str:
    """Text with the characters that XML cannot hold written as ``_xHHHH_``.

    >>> escape_xstring("a\\x07"), escape_xstring("_x0007_")
    ('a_x0007_', '_x005F_x0007_')
    """
    return _ILLEGAL.sub(lambda match: f"_x{ord(match[0]):04X}_", _LOOKS_ESCAPED.sub("_x005F_", text))


def unescape_xstring(text: str) -> str:
    """The text that an escaped one stands for.

    Some programs escape the two halves of a character beyond the first 65,536.

    >>> unescape_xstring("a_x0007_b"), unescape_xstring("_x005F_x0007_"), unescape_xstring("_xD83D__xDE00_")
    ('a\\x07b', '_x0007_', '😀')
    """
    if "_x" not in text:
        return text
    text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATE.search(text) else text


def escape_text(text: str) -> str:
    """Text as it stands between tags.

    >>> escape_text("a<b & c>d")
    'a&lt;b &amp; c&gt;d'
    """
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def quote_attribute(text: str) -> str:
    """Text as the value of an attribute.

    >>> quote_attribute('a"b')
    '"a&quot;b"'
    """
    return '"' + escape_text(text).replace('"', "&quot;").translate({9: "&#9;", 10: "&#10;", 13: "&#13;"}) + '"'
