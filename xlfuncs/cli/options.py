"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def host_option(*hosts: str) -> Callable[[Command], Command]:
    """The option `--host` with the hosts that a command knows."""
    return click.option(
        "--host",
        type=click.Choice(hosts),
        default="excel",
        show_default=True,
        help="Spreadsheet program the result is for.",
    )


def timeout_option(seconds: int, what: str = "the calculation") -> Callable[[Command], Command]:
    """The option `--timeout`, with its default."""
    return click.option(
        "--timeout",
        type=click.FloatRange(min=0, min_open=True),
        default=seconds,
        show_default=True,
        metavar="SECONDS",
        help=f"Stop {what} after this many seconds.",
    )


OFFICE_TIMEOUT = timeout_option(120, "LibreOffice")
