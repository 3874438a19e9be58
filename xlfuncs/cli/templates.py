"""The command `new`."""

from __future__ import annotations

from pathlib import Path

import click

from xlfuncs.cli.options import host_option
from xlfuncs.cli.output import (
    REFUSED,
    USAGE,
    fail,
    write_output,
)


@click.command()
@click.argument("template")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@host_option("excel", "officejs")
def new(template: str, out: Path, host: str) -> None:
    """Write a fresh copy of TEMPLATE, such as us_china_comparison.

    For officejs its formulas are stored as Excel on Mac and on the web stores them.
    """
    from xlfuncs.services import templates

    known = templates.names()
    if template not in known:
        fail(f"There is no template {template}; there are {', '.join(known)}.", USAGE)
    if out.exists():
        fail(f"{out} exists; give another name, or remove it first.", REFUSED)
    write_output(out, templates.content(template, host))
