"""The commands `addin` and `serve`."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from dataclasses import Field, fields
from pathlib import Path
from typing import Any

import click
from click.core import ParameterSource

from xlfuncs.cli.output import DONE, ERROR
from xlfuncs.hosts import base
from xlfuncs.services.output_files import check_no_workbook

_OUT = click.Path(path_type=Path)


@click.group()
def addin() -> None:
    """Build, install, check or remove the add-in for Excel, or the extension for LibreOffice."""


class _HostCommand(click.Command):
    """A command with the option `--host`, which offers the hosts of the registry when the command is used."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options of the command, `--host`, and those that the hosts declare."""
        *own, help_option = super().get_params(ctx)
        host = click.Option(
            ["--host"],
            type=click.Choice(base.names()),
            default="excel",
            show_default=True,
            help="Spreadsheet program, or way into it, that gets the functions.",
        )
        return [host, *own, *self.host_options(), help_option]

    def host_options(self) -> list[click.Option]:
        """Return the options that the hosts declare."""
        return []


class _BuildCommand(_HostCommand):
    """A command that also takes the options of the hosts."""

    def host_options(self) -> list[click.Option]:
        """Return the options that the hosts declare."""
        return [_click_option(field, hosts) for field, hosts in _declared_options().values()]


def _declared_options() -> dict[str, tuple[Field[Any], list[str]]]:
    """Return each option that hosts declare, by name, with the names of these hosts."""
    options: dict[str, tuple[Field[Any], list[str]]] = {}
    for name in base.names():
        for field in fields(base.load(name).options):
            options.setdefault(field.name, (field, []))[1].append(name)
    return options


def _click_option(field: Field[Any], hosts: list[str] | None = None) -> click.Option:
    """Return an option of hosts; its help names them where the command has a choice of hosts."""
    kind: dict[str, Any] = {"type": str}
    if isinstance(field.default, bool):
        kind = {"is_flag": True}
    elif isinstance(field.default, int):
        kind = {"type": click.IntRange(field.metadata["least"], field.metadata["most"]), "show_default": True}
    words = field.metadata["help"] + (f" (--host {' or '.join(hosts)})" if hosts else "")
    return click.Option([_flag(field.name)], default=field.default, help=words, **kind)


def _flag(name: str) -> str:
    return f"--{name.replace('_', '-')}"


def _options_for(host: base.Host[Any], values: Mapping[str, Any]) -> Any:
    """Return the options of a host; refuse one that was given and that the host does not take."""
    context = click.get_current_context()
    taken = {field.name for field in fields(host.options)}
    for name, (_, hosts) in _declared_options().items():
        if name not in taken and context.get_parameter_source(name) is ParameterSource.COMMANDLINE:
            others = " or ".join(base.load(other).title for other in hosts)
            raise click.UsageError(f"{_flag(name)} is an option for {others}; {host.title} does not take it.")
    return host.options(**{name: value for name, value in values.items() if name in taken})


@addin.command("build", cls=_BuildCommand)
@click.option(
    "-o", "--out", type=_OUT, help="File to write; by default xlfuncs.xlam, xlfuncs.zip or xlfuncs.oxt, by host."
)
def build_addin(host: str, out: Path | None, **options: Any) -> None:
    """Write the add-in to a file, without installing it.

    For Excel on Windows: an .xlam file, and beside it the file of its tooltips. For Office.js: the package for
    Microsoft 365 as a .zip file, or as a folder of its manifest and icons. For LibreOffice: an .oxt file.
    """
    if out is not None:
        check_no_workbook(out)
    target = base.load(host)
    for path in target.build(out, _options_for(target, options)):
        click.echo(str(path))


@addin.command("install", cls=_BuildCommand)
def install_addin(host: str, **options: Any) -> None:
    """Install the add-in for the current user, in place of an older one, and print what is left to do."""
    target = base.load(host)
    installation = target.install(_options_for(target, options))
    for path in installation.files:
        click.echo(str(path))
    numbered = len(installation.steps) > 1
    for number, step in enumerate(installation.steps, 1):
        click.echo(f"{number}. {step}" if numbered else step)


@addin.command("uninstall", cls=_HostCommand)
def uninstall_addin(host: str) -> None:
    """Remove the add-in of the current user."""
    removed = base.load(host).uninstall()
    click.echo("\n".join(removed) or "There was no add-in to remove.")


@addin.command("doctor", cls=_HostCommand)
def examine_addin(host: str) -> None:
    """Look for each known cause of failure; the exit code is 1 if one is found."""
    well = True
    for diagnosis in base.load(host).doctor():
        click.echo(f"{'ok   ' if diagnosis.ok else 'FAULT'} {diagnosis.subject}: {diagnosis.message}")
        well &= diagnosis.ok
    sys.exit(DONE if well else ERROR)


@addin.command("selftest", cls=_HostCommand)
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Workbook to write; by default selftest.xlsx for Excel.",
)
def run_selftest(host: str, out: Path | None) -> None:
    """Compare the functions in the host with Python, by a workbook whose checks must all read TRUE.

    For Excel, on Windows or through Office.js, write the workbook, to be opened there. For LibreOffice, calculate it
    in the background and print the outcome; the exit code is 1 if a check fails.
    """
    outcome = base.load(host).self_test(out)
    click.echo("\n".join(outcome.lines))
    sys.exit(ERROR if outcome.passed is False else DONE)


class _ServeCommand(click.Command):
    """A command with the option `--port` of the host that it serves."""

    def get_params(self, ctx: click.Context) -> list[click.Parameter]:
        """Return the options of the command."""
        field, _ = _declared_options()["port"]
        return [_click_option(field), *super().get_params(ctx)]


@click.command(cls=_ServeCommand)
@click.option(
    "--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="Number of worker processes."
)
@click.option(
    "--seconds",
    type=click.FloatRange(0.1),
    default=10.0,
    show_default=True,
    help="Timeout of a function in seconds; a check, refresh or explanation gets six times as long.",
)
def serve(port: int, processes: int, seconds: float) -> None:
    """Serve the functions to Excel through Office.js, and a calculator to the browser, on this machine only."""
    from xlfuncs.hosts.officejs.host import require_server

    require_server()
    from xlfuncs.hosts.officejs import app

    app.serve(port, processes, seconds)
