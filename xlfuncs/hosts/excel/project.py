"""The binary of a VBA project, by pyOpenVBA: modules in, `vbaProject.bin` out, the same bytes each time."""

from __future__ import annotations

import re
import struct
import tempfile
import zipfile
from collections.abc import Mapping
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path

from xlfuncs.core.exceptions import MissingDependency
from xlfuncs.core.extras import explain_installation, missing_dependency

NAME = "xlfuncs"
# Any fixed number will do. The three values below say in the words of MS-OVBA 2.4.3, which are keyed by
# it, that the project is visible, not locked, and without a password.
_ID = "{5D3A7C11-9E52-4B0C-A8E4-0D6F1B2C3E47}"
_UNPROTECTED = {"CMG": "5D5FAD48B34BB74BB74BB74BB7", "DPB": "5D5FAD48B34EB44EB44E", "GC": "5D5FAD48B34EB44EB4B1"}
_NO_CACHE = bytes.fromhex("cc61ffff000000")  # MS-OVBA 2.3.4.1: compile from the source
_PROJECT_NAME = 0x0004  # the record of MS-OVBA 2.3.4.2.1.6


def xlwings_dlls() -> tuple[str, str]:
    """Return the names of the DLLs that the installed xlwings declares, for 64 and 32 bits."""
    if not (find_spec("xlwings") and find_spec("pyopenvba")):
        raise missing_dependency("use the Excel add-in", "xlwings and pyOpenVBA", "excel")
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory() as folder:
        shipped = Path(folder) / "xlwings.xlam"
        shipped.write_bytes((files("xlwings") / "addin" / "xlwings.xlam").read_bytes())
        with ExcelFile(shipped) as book:
            main = book.get_module("Main")
    wide, narrow = (re.search(rf'"(xlwings{bits}-[^"]+\.dll)"', main) for bits in (64, 32))
    if not wide or not narrow:
        raise MissingDependency(
            "The version of xlwings that is installed names its DLL in an unknown way; install one that fits. "
            + explain_installation("excel")
        )
    return wide[1], narrow[1]


def build_binary(this_workbook: str, modules: Mapping[str, str]) -> bytes:
    """Return a project of a workbook with one sheet and some standard modules."""
    from pyopenvba import ExcelFile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlam"
        with ExcelFile.create_new(path) as book:
            project = book.vba_project()
            for name in set(project.module_names()) - {"ThisWorkbook", "Sheet1"}:
                project.delete_module(name)
            book.set_module("ThisWorkbook", _encode_lines(this_workbook))
            for name, source in modules.items():
                project.add_module(name, _encode_lines(source))
            for module in project.modules:
                module.source, module.dirty = module.source, True  # the untouched ones would keep what was compiled
            book.save()
        with zipfile.ZipFile(path) as package:
            return _rename(package.read("xl/vbaProject.bin"))


def _encode_lines(source: str) -> str:
    source.encode("ascii")
    return source.replace("\n", "\r\n")


def _rename(raw: bytes) -> bytes:
    """Return the project under our name, without protection or compiled code."""
    from pyopenvba import VBAModuleKind
    from pyopenvba.cfb import CFB
    from pyopenvba.vba import compress, decompress, parse_vba_project

    container = CFB.from_bytes(raw)
    directory, at = decompress(container.get_stream_in_storage("VBA", "dir")), 0
    while (head := struct.unpack_from("<HI", directory, at))[0] != _PROJECT_NAME:
        at += 6 + head[1]
    name = struct.pack("<HI", _PROJECT_NAME, len(NAME)) + NAME.encode("ascii")
    directory = directory[:at] + name + directory[at + 6 + head[1] :]
    container.write_stream_in_storage("VBA", "dir", compress(directory))
    container.write_stream_in_storage("VBA", "_VBA_PROJECT", _NO_CACHE)
    modules = parse_vba_project(container).modules
    lines = [f'ID="{_ID}"']
    for module in modules:
        standard = module.kind is VBAModuleKind.standard
        lines.append(f"Module={module.name}" if standard else f"Document={module.name}/&H00000000")
    lines += [f'Name="{NAME}"', 'HelpContextID="0"', 'VersionCompatible32="393222000"']
    lines += [f'{key}="{value}"' for key, value in _UNPROTECTED.items()]
    lines += ["", "[Host Extender Info]", "&H00000001={3832D640-CF90-11CF-8E43-00A0C911005A};VBE;&H00000000"]
    lines += ["", "[Workspace]", *(f"{module.name}=0, 0, 0, 0, C" for module in modules), ""]
    container.write_stream("PROJECT", "\r\n".join(lines).encode("cp1252"))
    return bytes(container.to_bytes())
