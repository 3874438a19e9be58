"""Exit codes, and what every command writes."""

from __future__ import annotations

import sys
from typing import NoReturn

import click

from xlfuncs.core.exceptions import MissingDependency, TimedOut, XlfuncsError

DONE, ERROR, REFUSED, STALE, USAGE = 0, 1, 2, 3, 64  # as in sysexits.h, so that 2 can mean refused
MOST_LINES = 20


def cell_text(cell: object) -> str:
    """A value as a cell shows it, with all digits that are exact."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"{cell:.15g}" if isinstance(cell, float) else "" if cell is None else str(cell)


def fail_with(error: XlfuncsError) -> NoReturn:
    """Print why a command was refused, and exit with the code for it."""
    advice = " Give it longer with --timeout." if isinstance(error, TimedOut) else ""
    fail(f"{error}{advice}", ERROR if isinstance(error, MissingDependency) else REFUSED)


def fail(sentence: str, code: int) -> NoReturn:
    """Print a sentence on standard error, and exit."""
    click.echo(sentence, err=True)
    sys.exit(code)
