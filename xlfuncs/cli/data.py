"""The commands `data status` and `data add`."""

from __future__ import annotations

from typing import Any

import click

from xlfuncs.cli.output import (
    REFUSED,
    cell_text,
    fail,
)


@click.group()
def data() -> None:
    """The data set: its state, and new rows."""


@data.command()
@click.option("--days", default=180, show_default=True, help="Older than this counts as old.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge from; today by default.")
def status(days: int, as_of: Any) -> None:
    """List headline inputs that are old, and figures whose sources disagree."""
    import datetime as dt

    from xlfuncs.data.curate import status as state

    today = as_of.date() if as_of else dt.date.today()
    found = state(today, days)
    click.echo(f"{len(found.old)} inputs of the comparison are older than {days} days on {today}:")
    for one in found.old:
        click.echo(f"  {one.as_of}  {one.entity} {one.metric}  {cell_text(one.value)} {one.unit}  {one.source.title}")
    click.echo(f"{len(found.conflicts)} figures have sources that disagree:")
    for one in found.conflicts:
        bounds = f"{cell_text(one.low)} to {cell_text(one.high)}"
        click.echo(f"  {one.as_of}  {one.entity} {one.metric}  {cell_text(one.value)} ({bounds}) {one.unit}")


@data.command()
@click.argument("entity")
@click.argument("metric")
@click.argument("value")
@click.argument("unit")
@click.argument("as_of")
@click.option("--title", required=True, help="The source.")
@click.option("--url", required=True, help="Its link.")
@click.option("--confidence", required=True, help="high, medium, low or derived.")
@click.option("--note", default="", help="A remark.")
def add(**row: str) -> None:
    """Add a figure with its source and build the tables again: ENTITY METRIC VALUE UNIT AS_OF."""
    import datetime as dt

    from xlfuncs.data.curate import RejectedError
    from xlfuncs.data.curate import add as added

    try:
        added(row, dt.date.today())
    except RejectedError as reason:
        fail(str(reason), REFUSED)
    click.echo(f"Added {row['metric']} of {row['entity']} on {row['as_of']}; run python -m workbooks.")
