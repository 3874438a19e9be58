"""The commands `addin` and `serve`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import click

from xlfuncs import REGISTRY
from xlfuncs.cli.options import PORT, host_option
from xlfuncs.cli.output import (
    DONE,
    ERROR,
    REFUSED,
    fail,
    with_office,
    write_output,
)


@click.group()
def addin() -> None:
    """The add-in for Excel, built on the machine that will use it, and the extension for LibreOffice."""


_EXCEL, _HOST = host_option("excel"), host_option("excel", "officejs", "libreoffice")


def _python_options(command: Any) -> Any:
    """The options that say which Python the add-in starts."""
    for option in (
        click.option("--memo", is_flag=True, help="Keep results of single cells, so as not to ask for them again."),
        click.option("--dll-folder", help="Where the DLL of xlwings is; by default where xlwings puts it."),
        click.option("--interpreter", help="The python.exe to start; the one that runs this by default."),
    ):
        command = option(command)
    return command


@addin.command("build")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="By default xlfuncs.xlam, xlfuncs.zip or xlfuncs.oxt."
)
@_HOST
@PORT
@_python_options
def build_addin(out: Path | None, host: str, port: int, **options: Any) -> None:
    """Build the add-in: for Excel on Windows with the file of its tooltips, for LibreOffice as an .oxt file.

    For Office.js the package that Microsoft 365 takes, as a .zip file, or as a folder of its manifest and icons.
    """
    if host == "officejs":
        _for_excel_alone(options, "Office.js asks the Python of xlfuncs serve")
        _serving().build(out or Path("xlfuncs.zip"), port)
        return
    if out and out.is_dir():
        raise click.UsageError(f"-o takes a file; {out} is a folder.")
    if host == "libreoffice":
        write_output(out or Path("xlfuncs.oxt"), _oxt(options))
        return
    out = out or Path("xlfuncs.xlam")
    made, tips = _addin_content(**options)
    beside = out.with_suffix(".intellisense.xml")
    try:
        out.write_bytes(made)
        beside.write_text(tips, encoding="utf-8", newline="\n")
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror}.", REFUSED)
    click.echo(f"{out}\n{beside}")


@addin.command("install")
@_HOST
@PORT
@_python_options
def install_addin(host: str, port: int, **options: Any) -> None:
    """Put the add-in where its host finds it: Excel's start folder, a manifest for Office.js, or LibreOffice."""
    if host == "officejs":
        _for_excel_alone(options, "Office.js asks the Python of xlfuncs serve")
        _serving().install(port)
        return
    if host == "libreoffice":
        from xlfuncs.hosts.libreoffice.install import install as add

        with_office(add, _oxt(options))
        click.echo("Added to LibreOffice. Start it again and type =LTV_CAC(100;0.8;0.05;400).")
        return
    made, tips = _addin_content(**options)
    from xlfuncs.hosts.excel import install

    try:
        written = install.write(_machine().start_folder, made, tips)
    except install.NotSupportedHere as reason:
        fail(str(reason), REFUSED)
    click.echo("\n".join(map(str, written)))
    click.echo("Start Excel again. If its formulas show #NAME?: xlfuncs addin doctor.")


@addin.command("uninstall")
@_HOST
def uninstall_addin(host: str) -> None:
    """Take the add-in away from its host."""
    if host == "officejs":
        _serving().uninstall()
        return
    if host == "libreoffice":
        from xlfuncs.hosts.libreoffice.install import uninstall

        click.echo("Removed from LibreOffice." if with_office(uninstall) else "There was no add-in to remove.")
        return
    from xlfuncs.hosts.excel import install

    try:
        removed = install.remove(_machine())
    except install.NotSupportedHere as reason:
        fail(str(reason), REFUSED)
    click.echo("\n".join(f"removed {path}" for path in removed) or "There was no add-in to remove.")


@addin.command("doctor")
@_EXCEL
def examine_addin(host: str) -> None:
    """Look for each known cause of failure; exits with 1 where one is found."""
    from xlfuncs.hosts.excel import install

    found = list(install.examine(_machine()))
    for one in found:
        click.echo(f"{'ok   ' if one.well else 'FAULT'} {one.about}: {one.text}")
    sys.exit(DONE if all(one.well for one in found) else ERROR)


@addin.command("selftest")
@_EXCEL
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), default="selftest.xlsx", show_default=True
)
def write_selftest(host: str, out: Path) -> None:
    """Write a workbook whose every check must read TRUE once Excel has calculated it."""
    from xlfuncs.services import selftest

    if out.exists():
        fail(f"{out} exists; give another name, or remove it first.", REFUSED)
    try:
        count = selftest.build(out)
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror}.", REFUSED)
    click.echo(f"{out}: {count} checks. Open it in Excel: the cell beside All checks must read TRUE.")


def _machine() -> Any:
    import os

    from xlfuncs.hosts.excel.install import Machine, windows_registry

    return Machine(os.environ, windows_registry)


def _oxt(options: dict[str, Any]) -> bytes:
    """The extension for LibreOffice, which takes none of the options of Excel."""
    from xlfuncs.hosts.libreoffice import extension

    _for_excel_alone(options, "LibreOffice runs a Python of its own")
    return extension.build(REGISTRY)


def _for_excel_alone(options: dict[str, Any], instead: str) -> None:
    """Refuse the options that only the add-in for Excel on Windows takes."""
    for name, value in options.items():
        if value:
            raise click.UsageError(f"--{name.replace('_', '-')} is for Excel on Windows; {instead}.")


def _addin_content(interpreter: str | None, dll_folder: str | None, memo: bool) -> tuple[bytes, str]:
    """The add-in and its tooltips."""
    from dataclasses import replace
    from pathlib import PureWindowsPath

    from xlfuncs.core.exceptions import MissingDependency
    from xlfuncs.hosts.excel import addin as excel
    from xlfuncs.reference.html_site import HELP
    from xlfuncs.services import templates

    configuration = excel.Configuration.of_this_machine(HELP / "index.html", memo)
    if interpreter:
        folder = str(PureWindowsPath(interpreter).parent)
        configuration = replace(configuration, interpreter=interpreter, dll_folder=folder)
    if dll_folder:
        configuration = replace(configuration, dll_folder=dll_folder)
    faults = configuration.faults()
    if faults:
        fail(" ".join(faults), REFUSED)
    try:
        return excel.build(REGISTRY, configuration, templates.titles()), excel.tooltips(REGISTRY)
    except MissingDependency as reason:
        fail(str(reason), ERROR)


@click.command()
@PORT
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="That evaluate.")
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=10.0, show_default=True, help="Before a function is stopped."
)
def serve(port: int, processes: int, seconds: float) -> None:
    """Serve the functions to Excel through Office.js, and a calculator to the browser, on this machine only."""
    _serving().serve(port, processes, seconds)


def _serving() -> Any:
    try:
        from xlfuncs.hosts.officejs import app as serving
    except ModuleNotFoundError as missing:
        fail(f"{missing.name} is not installed; pip install 'xlfuncs[server]'.", ERROR)
    return serving
