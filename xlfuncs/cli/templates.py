"""The command `new`."""

from __future__ import annotations

from pathlib import Path

import click

import xlfuncs
from xlfuncs.cli.options import host_option


@click.command()
@click.argument("template")
@click.option(
    "-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write."
)
@host_option("excel", "officejs")
def new(template: str, out: Path, host: str) -> None:
    """Write a fresh copy of TEMPLATE, such as us_china_comparison.

    With --host officejs, formulas are stored as Excel on Mac and on the web stores them.
    """
    click.echo(str(xlfuncs.new_workbook(template, out=out, host=host).out))
