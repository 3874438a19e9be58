"""The host `libreoffice`: an extension for LibreOffice Calc."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from xlfuncs.core.exceptions import InvalidOption
from xlfuncs.hosts.base import Diagnosis, Installation, NoOptions, SelfTest
from xlfuncs.services.output_files import write_output_file


class LibreOfficeHost:
    """LibreOffice Calc."""

    name = "libreoffice"
    title = "LibreOffice Calc"
    options = NoOptions

    def build(self, out: Path | None, options: NoOptions) -> list[Path]:
        """Write the extension, an .oxt file."""
        from xlfuncs.functions import REGISTRY
        from xlfuncs.hosts.libreoffice import extension, install

        path = out or Path(install.FILE)
        if path.is_dir():
            raise InvalidOption(f"-o takes a file; {path} is a folder.")
        return [write_output_file(path, extension.build(REGISTRY))]

    def install(self, options: NoOptions) -> Installation:
        """Add the extension to the LibreOffice of the user."""
        from xlfuncs.functions import REGISTRY
        from xlfuncs.hosts.libreoffice import extension, install

        install.install(extension.build(REGISTRY))
        return Installation((), ("Added to LibreOffice. Restart LibreOffice and type =LTV_CAC(100;0.8;0.05;400).",))

    def uninstall(self) -> list[str]:
        """Remove the extension from the LibreOffice of the user."""
        from xlfuncs.hosts.libreoffice import install

        return ["Removed from LibreOffice."] if install.uninstall() else []

    def doctor(self) -> Iterator[Diagnosis]:
        """Look for each known cause of failure."""
        from xlfuncs.hosts.libreoffice.doctor import examine

        return examine()

    def self_test(self, out: Path | None) -> SelfTest:
        """Calculate the workbook of checks in LibreOffice; also write it to `out`, to open in LibreOffice."""
        from xlfuncs.hosts.libreoffice.self_test import run

        return run(out)


HOST = LibreOfficeHost()
