"""The host `excel`: Excel on Windows, through VBA and xlwings."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PureWindowsPath
from typing import TYPE_CHECKING

from xlfuncs.core.exceptions import InvalidOption
from xlfuncs.hosts.base import Diagnosis, Installation, SelfTest, option, write_self_test
from xlfuncs.services.output_files import write_output_file

if TYPE_CHECKING:
    from xlfuncs.hosts.excel.install import Machine


@dataclass(frozen=True)
class ExcelOptions:
    """The options of `build` and `install`."""

    interpreter: str | None = option("Path of the python.exe that Excel starts; by default this Python.")
    dll_folder: str | None = option("Folder of the DLL of xlwings; by default the folder of the Python.")
    memo: bool = option("Cache results of calls with scalar arguments.", False)


class ExcelHost:
    """Excel on Windows."""

    name = "excel"
    title = "Excel for Windows"
    options = ExcelOptions

    def build(self, out: Path | None, options: ExcelOptions) -> list[Path]:
        """Write the add-in, and beside it the file of its tooltips."""
        path = out or Path("xlfuncs.xlam")
        if path.is_dir():
            raise InvalidOption(f"-o takes a file; {path} is a folder.")
        addin, tooltips = _build_content(options)
        return [write_output_file(path, addin), write_output_file(path.with_suffix(".intellisense.xml"), tooltips)]

    def install(self, options: ExcelOptions) -> Installation:
        """Put the add-in into the start folder of Excel."""
        from xlfuncs.hosts.excel import install

        addin, tooltips = _build_content(options)
        files = install.write(_machine().start_folder, addin, tooltips)
        return Installation(tuple(files), ("Restart Excel. If its formulas show #NAME?, run xlfuncs addin doctor.",))

    def uninstall(self) -> list[str]:
        """Remove the add-in from every folder of the user from which Excel may load it."""
        from xlfuncs.hosts.excel import install

        return [f"Removed {path}." for path in install.remove(_machine())]

    def doctor(self) -> Iterator[Diagnosis]:
        """Look for each known cause of failure."""
        from xlfuncs.hosts.excel import install

        return install.examine(_machine())

    def self_test(self, out: Path | None) -> SelfTest:
        """Write the workbook of checks."""
        from xlfuncs.services import selftest

        return write_self_test(out, selftest.build)


HOST = ExcelHost()


def _build_content(options: ExcelOptions) -> tuple[bytes, str]:
    """Return the add-in and its tooltips."""
    from xlfuncs.functions import REGISTRY
    from xlfuncs.hosts.excel import addin
    from xlfuncs.hosts.excel.install import NotSupportedHere
    from xlfuncs.reference.html_site import HELP
    from xlfuncs.services import templates

    configuration = addin.Configuration.of_this_machine(HELP / "index.html", options.memo)
    if options.interpreter:
        folder = str(PureWindowsPath(options.interpreter).parent)
        configuration = replace(configuration, interpreter=options.interpreter, dll_folder=folder)
    if options.dll_folder:
        configuration = replace(configuration, dll_folder=options.dll_folder)
    if faults := configuration.list_faults():
        raise NotSupportedHere(" ".join(faults))
    return addin.build(REGISTRY, configuration, templates.titles()), addin.build_tooltips(REGISTRY)


def _machine() -> Machine:
    from xlfuncs.hosts.excel.install import Machine, registry_value

    return Machine(os.environ, registry_value)
