"""Exit codes, and what every command writes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, NoReturn

import click

from xlfuncs.core.file_writing import write_file

DONE, ERROR, REFUSED, STALE, USAGE = 0, 1, 2, 3, 64  # as in sysexits.h, so that 2 can mean refused
MOST_LINES = 20


def cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"{cell:.15g}" if isinstance(cell, float) else "" if cell is None else str(cell)


def write_output(out: Path, made: bytes, aside: bool = False) -> None:
    """Put a file in place in one step, and print its name, beside the output where that is for a program."""
    try:
        write_file(out, made)
    except OSError as problem:
        fail(f"{out} cannot be written: {problem.strerror}.", REFUSED)
    click.echo(str(out), err=aside)


def with_office(action: Any, *arguments: Any) -> Any:
    from xlfuncs.core.exceptions import WorkbookRejected
    from xlfuncs.hosts.libreoffice.office import OfficeError, TooLongError

    try:
        return action(*arguments)
    except TooLongError as reason:
        fail(f"{reason} Give it longer with --timeout.", REFUSED)
    except (WorkbookRejected, OfficeError) as reason:
        fail(str(reason), REFUSED)


def fail(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)
