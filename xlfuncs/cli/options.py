"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import click


def host_option(*hosts: str) -> Callable[[Any], Any]:
    return click.option("--host", type=click.Choice(hosts), default="excel", show_default=True, help="For which host.")


OFFICE_TIMEOUT = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=120, show_default=True, help="Seconds."
)
