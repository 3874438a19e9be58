"""Small XML parts, read without anything that reaches outside them."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from xml.etree import ElementTree

from xlfuncs.hosts.headless.package import Package, Refused


def root_of(data: bytes, part: str) -> ElementTree.Element:
    """The root element; a document type, by which XML attacks work, is refused."""
    if b"<!DOCTYPE" in data[:4096].upper() or b"<!ENTITY" in data.upper():
        raise Refused(f"The part {part} declares a document type, as no workbook does.")
    try:
        return ElementTree.fromstring(data)
    except ElementTree.ParseError as problem:
        raise Refused(f"The part {part} is not valid XML: {problem}.") from problem


def attributes(root: ElementTree.Element, tag: str) -> Iterator[dict[str, str]]:
    """The attributes of all elements of a name, whatever their namespace."""
    for element in root.iter():
        if element.tag.rpartition("}")[2] == tag:
            yield dict(element.items())


def relations(package: Package, part: str) -> Iterator[tuple[str, str, str]]:
    """Type, id and target of every relation of a part; "" for those of the whole package."""
    folder, name = posixpath.split(part)
    source = posixpath.join(folder, "_rels", f"{name}.rels")
    if source not in package:
        return
    for found in attributes(root_of(package.read(source), source), "Relationship"):
        target = found["Target"]
        if found.get("TargetMode") != "External":
            target = target.removeprefix("/") if target.startswith("/") else posixpath.join(folder, target)
            target = posixpath.normpath(target)
        yield found["Type"], found["Id"], target
