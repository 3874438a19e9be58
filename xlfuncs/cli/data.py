"""The commands `data status` and `data add`."""

from __future__ import annotations

import datetime as dt

import click

from xlfuncs.cli.output import REFUSED, cell_text, fail


@click.group()
def data() -> None:
    """The data set: its state, and new rows."""


@data.command()
@click.option(
    "--days", default=180, show_default=True, metavar="DAYS", help="Count inputs older than this as out of date."
)
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Measure ages from this day; today by default.",
)
def status(days: int, as_of: dt.datetime | None) -> None:
    """List headline inputs that are out of date, and figures whose sources disagree."""
    from xlfuncs.data import curate

    day = as_of.date() if as_of else dt.date.today()
    state = curate.status(day, days)
    click.echo(f"{len(state.old)} inputs of the comparison are older than {days} days on {day}:")
    for row in state.old:
        click.echo(f"  {row.as_of}  {row.entity} {row.metric}  {cell_text(row.value)} {row.unit}  {row.source.title}")
    click.echo(f"{len(state.conflicts)} figures have sources that disagree:")
    for row in state.conflicts:
        bounds = f"{cell_text(row.low)} to {cell_text(row.high)}"
        click.echo(f"  {row.as_of}  {row.entity} {row.metric}  {cell_text(row.value)} ({bounds}) {row.unit}")


@data.command()
@click.argument("entity")
@click.argument("metric")
@click.argument("value")
@click.argument("unit")
@click.argument("as_of")
@click.option("--title", required=True, help="Title of the source.")
@click.option("--url", required=True, help="Link to the source.")
@click.option("--confidence", required=True, help="Confidence in the figure: high, medium, low or derived.")
@click.option("--note", default="", help="Remark on the figure.")
def add(**row: str) -> None:
    """Add a figure with its source and build the tables again: ENTITY METRIC VALUE UNIT AS_OF."""
    from xlfuncs.data import curate

    try:
        curate.add(row, dt.date.today())
    except curate.RejectedError as reason:
        fail(str(reason), REFUSED)
    click.echo(f"Added {row['metric']} of {row['entity']} on {row['as_of']}; run python -m workbooks.")
