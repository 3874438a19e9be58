"""The host `officejs`: Excel on Windows, Mac and the web, through Office.js and a server on the same machine."""

from __future__ import annotations

import datetime as dt
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from xlfuncs.core.exceptions import MissingDependency
from xlfuncs.core.extras import missing_dependency
from xlfuncs.hosts.base import Diagnosis, Installation, SelfTest, option, write_self_test
from xlfuncs.hosts.officejs import PORT
from xlfuncs.services.output_files import write_errors, write_output_file

if TYPE_CHECKING:
    from xlfuncs.hosts.officejs.install import Machine

_PACKAGES = ("cryptography", "platformdirs", "starlette", "uvicorn")  # of the extra


@dataclass(frozen=True)
class OfficeJsOptions:
    """The options of `build` and `install`."""

    port: int = option("Port of the local server.", PORT, 1024, 65535)


class OfficeJsHost:
    """Excel through Office.js."""

    name = "officejs"
    title = "Excel through Office.js"
    options = OfficeJsOptions

    def build(self, out: Path | None, options: OfficeJsOptions) -> list[Path]:
        """Write the package for Microsoft 365: a .zip file, or a folder of its manifest and icons."""
        require_server()
        from xlfuncs.functions import REGISTRY
        from xlfuncs.hosts.officejs import app, manifest
        from xlfuncs.hosts.officejs.user_secrets import PRIVATE  # the package holds the token

        out = out or Path("xlfuncs.zip")
        address = manifest.Address(options.port, app.user_secrets().token())
        files = manifest.build_package(REGISTRY, address, app.help_url(REGISTRY, address.origin))
        if out.suffix.lower() == ".zip":
            files = {out.name: manifest.zip_files(files)}
            out = out.parent
        with write_errors(out):
            out.mkdir(parents=True, exist_ok=True)
        return [write_output_file(out / name, content, PRIVATE) for name, content in files.items()]

    def install(self, options: OfficeJsOptions) -> Installation:
        """Write the manifest to its place."""
        require_server()
        from xlfuncs.hosts.officejs import app, manifest
        from xlfuncs.hosts.officejs.install import install, list_steps

        secrets, machine = app.user_secrets(), _machine()
        path = install(machine, manifest.build_xml(manifest.Address(options.port, secrets.token())))
        return Installation((path,), list_steps(machine, path, secrets.ca_certificate))

    def uninstall(self) -> list[str]:
        """Remove the manifest."""
        require_server()
        from xlfuncs.hosts.officejs.install import uninstall

        return [f"Removed {path}." for path in uninstall(_machine())]

    def doctor(self) -> Iterator[Diagnosis]:
        """Look for each known cause of failure."""
        try:
            require_server()
        except MissingDependency as reason:
            yield Diagnosis("packages", False, str(reason))
            return
        from xlfuncs.hosts.officejs import app
        from xlfuncs.hosts.officejs.doctor import examine

        yield Diagnosis("packages", True, f"{', '.join(_PACKAGES)} are installed.")
        yield from examine(_machine(), app.user_secrets(), dt.datetime.now(dt.UTC), app.library_version())

    def self_test(self, out: Path | None) -> SelfTest:
        """Write the workbook of checks, with the functions under the names that Excel stores for custom functions."""
        from xlfuncs.services import selftest

        return write_self_test(out, selftest.build, _spell_for_office_js)


HOST = OfficeJsHost()


def require_server() -> None:
    """Raise `MissingDependency` unless the packages of the server are installed."""
    for package in _PACKAGES:
        try:
            importlib.import_module(package)
        except ModuleNotFoundError as missing:
            raise missing_dependency("use the Office.js add-in", missing.name or package, "server") from None


def _spell_for_office_js(path: Path) -> bytes:
    from xlfuncs.ooxml.snapshot import rewrite_cells
    from xlfuncs.services.templates import spell_cell_for_office_js

    return rewrite_cells(path, spell_cell_for_office_js)


def _machine() -> Machine:
    from platformdirs import user_data_path

    from xlfuncs.hosts.officejs.install import Machine

    return Machine(Path.home(), user_data_path("xlfuncs", appauthor=False))
