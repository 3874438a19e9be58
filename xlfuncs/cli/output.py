"""Exit codes, and what every command writes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn, ParamSpec, TypeVar

import click

from xlfuncs.core.exceptions import MissingDependency, XlfuncsError
from xlfuncs.services.output_files import write_output_file

DONE, ERROR, REFUSED, STALE, USAGE = 0, 1, 2, 3, 64  # as in sysexits.h, so that 2 can mean refused
MOST_LINES = 20

P = ParamSpec("P")
T = TypeVar("T")


def cell_text(cell: object) -> str:
    """A value as a cell shows it, with all digits that are exact."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"{cell:.15g}" if isinstance(cell, float) else "" if cell is None else str(cell)


def write_output(out: Path, content: bytes) -> None:
    """Write a file in one step, and print its name."""
    write_output_file(out, content)
    click.echo(str(out))


def with_office(action: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of an action that runs LibreOffice; end the command where it is refused."""
    try:
        return action(*args, **kwargs)
    except XlfuncsError as error:
        fail_with(error)


def fail_with(error: XlfuncsError) -> NoReturn:
    """Print why a command was refused, and exit with the code for it."""
    from xlfuncs.hosts.libreoffice.office import OfficeTimeout

    advice = " Give it longer with --timeout." if isinstance(error, OfficeTimeout) else ""
    fail(f"{error}{advice}", ERROR if isinstance(error, MissingDependency) else REFUSED)


def fail(sentence: str, code: int) -> NoReturn:
    """Print a sentence on standard error, and exit."""
    click.echo(sentence, err=True)
    sys.exit(code)
