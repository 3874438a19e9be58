"""The template workbooks that ship with the package: their names and titles, and fresh copies of them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from functools import cache
from pathlib import Path

from xlfuncs.core.exceptions import InvalidOption, printable
from xlfuncs.core.file_writing import write_file
from xlfuncs.core.wording import cut_text
from xlfuncs.engine.function_names import spell_for_office_js
from xlfuncs.functions import REGISTRY
from xlfuncs.ooxml import workbook
from xlfuncs.ooxml.cell_patch import splice, with_formula
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.xml import parse_xml
from xlfuncs.services.options import check_choice

_SHIPPED = Path(__file__).parents[1] / "templates"
FOLDER = _SHIPPED if _SHIPPED.is_dir() else _SHIPPED.parents[1] / "templates"  # the latter in a checkout
HOSTS = ("excel", "officejs")
_CORE, _CUSTOM = "docProps/core.xml", "docProps/custom.xml"
_HOST_PROPERTY = (
    '<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{}" name="xlfuncs host">'
    "<vt:lpwstr>officejs</vt:lpwstr></property></Properties>"
)


class UnknownTemplate(InvalidOption):
    """Raised for a template that does not exist; the message names those that do."""


def names() -> tuple[str, ...]:
    """The names of all templates, sorted."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.xlsx")))


@cache
def titles() -> dict[str, str]:
    """The title of each template."""
    return {name: _title(Package(path_of(name))) for name in names()}


def path_of(name: str) -> Path:
    """The file of a template as it was built, which must not be changed; raises `UnknownTemplate`."""
    if name not in names():
        wanted = re.sub(r"[^a-z0-9]+", "_", str(name).lower()).removesuffix("_xlsx").strip("_")
        near = [known for known in names() if wanted and wanted in known] or get_close_matches(wanted, names(), 1)
        hint = f"did you mean {near[0]}? The templates" if near else "the templates"
        shown = cut_text(printable(str(name))) or "without a name"
        raise UnknownTemplate(f"There is no template {shown}; {hint} are {', '.join(names())}.")
    return FOLDER / f"{name}.xlsx"


def content(name: str, host: str = "excel") -> bytes:
    """A fresh copy of a template.

    For the host `officejs`, its formulas call our functions by the names that Excel stores for custom functions.
    """
    check_choice("host", host, HOSTS)
    package = Package(path_of(name))
    return _convert_for_office_js(package) if host == "officejs" else package.data


def write(name: str, path: Path, host: str = "excel") -> Path:
    """Write a fresh copy of a template in one step; raises `OSError` where it cannot be written."""
    return write_file(path, content(name, host))


def _convert_for_office_js(package: Package) -> bytes:
    parts = {}
    for sheet in workbook.read_workbook(package).sheets:
        edits = [
            (cell.start, cell.end, spell_cell_for_office_js(sheet.data[cell.start : cell.end], cell.formula or ""))
            for cell in sheet.formulas
        ]
        parts[sheet.part] = splice(sheet.data, edits)
    properties = package.read(_CUSTOM).decode("utf-8")
    number = properties.count("<property ") + 2  # the first id is 2
    parts[_CUSTOM] = properties.replace("</Properties>", _HOST_PROPERTY.format(number)).encode()
    return package.pack_with(parts)


def spell_cell_for_office_js(cell: bytes, formula: str) -> bytes:
    """The XML of a cell whose formula calls our functions by the names that Excel stores for custom functions."""
    return with_formula(cell, spell_for_office_js(f"={formula}", REGISTRY).removeprefix("=")) if formula else cell


def _title(package: Package) -> str:
    root = parse_xml(package.read(_CORE), _CORE)
    return next(element.text or "" for element in root.iter() if element.tag.endswith("}title"))
