"""The commands `report`, `render` and `recalc`."""

from __future__ import annotations

import json
from pathlib import Path

import click

import xlfuncs
from xlfuncs.cli.options import OFFICE_TIMEOUT
from xlfuncs.cli.output import MOST_LINES, cell_text
from xlfuncs.core.exceptions import printable


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The .html or .pdf file to write.",
)
@OFFICE_TIMEOUT
def write_report(file: Path, out: Path, timeout: float) -> None:
    """Write the outputs, charts, claims and checks of a workbook as a page to read or print.

    LibreOffice prints the .pdf file.
    """
    click.echo(str(xlfuncs.report(file, out=out, timeout=timeout).out))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(dir_okay=False, path_type=Path),
    help="The .pdf or .png file to write.",
)
@click.option("--sheet", "sheets", multiple=True, help="Draw only this sheet; may be repeated for a .pdf file.")
@click.option("--recalculate", is_flag=True, help="Draw the values that LibreOffice calculates with our functions.")
@OFFICE_TIMEOUT
def render(file: Path, out: Path, sheets: tuple[str, ...], recalculate: bool, timeout: float) -> None:
    """Draw a workbook with LibreOffice: all sheets as a .pdf file, or the first sheet as a .png file.

    The values are those stored in the workbook, unless --recalculate is given.
    """
    result = xlfuncs.render(file, out=out, sheets=sheets, recalculate=recalculate, timeout=timeout)
    click.echo(str(result.out))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--engine",
    type=click.Choice(["libreoffice"]),
    default="libreoffice",
    show_default=True,
    help="Engine used for the recalculation.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the value of every formula as JSON.")
@OFFICE_TIMEOUT
def recalc(file: Path, engine: str, as_json: bool, timeout: float) -> None:
    """Recalculate a private copy of a workbook with another engine, and compare the values; FILE is not changed.

    Lists the formulas whose stored value differs from the recalculated one by more than a billionth.
    """
    result = xlfuncs.recalc(file, engine=engine, timeout=timeout)
    if as_json:
        click.echo(json.dumps(result.to_dict(), ensure_ascii=False))
        return
    count = len(result.different)
    click.echo(f"{printable(str(file))}: {len(result.cells)} formulas recalculated, {count} differ.")
    for cell in result.different[:MOST_LINES]:
        click.echo(f"  {cell.sheet}!{cell.cell} {cell_text(cell.stored)} -> {cell_text(cell.value)}")
    if count > MOST_LINES:
        click.echo(f"  and {count - MOST_LINES} more; --json lists all")
