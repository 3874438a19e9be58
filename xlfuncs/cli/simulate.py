"""The command `simulate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

import xlfuncs
from xlfuncs.api import MOST_DRAWS
from xlfuncs.cli.options import timeout_option
from xlfuncs.core.exceptions import printable
from xlfuncs.services.output_files import check_output_file, write_output_file

if TYPE_CHECKING:
    from xlfuncs.services.simulate import SimulationResult


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--draws", type=click.IntRange(2, MOST_DRAWS), default=200, show_default=True, help="Number of Monte Carlo draws."
)
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=12345,
    show_default=True,
    help="Random seed; the same seed reproduces the same draws.",
)
@click.option("--output", "outputs", multiple=True, metavar="NAME", help="Calculate only this output; may be repeated.")
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Also write all draws to this .csv file."
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Number of worker processes."
)
@timeout_option(600, "a worker")
def simulate(
    file: Path,
    draws: int,
    seed: int,
    outputs: tuple[str, ...],
    out: Path | None,
    as_json: bool,
    jobs: int,
    timeout: float,
) -> None:
    """Draw the inputs of a workbook from their ranges and show how its outputs are distributed.

    Inputs are the rows of the table named data_inputs that have low, base and high; outputs are the cells named out_...
    FILE is not changed.
    """
    if out:
        check_output_file(out, text=True)
    result = xlfuncs.simulate(file, draws=draws, seed=seed, outputs=outputs, workers=jobs, timeout=timeout)
    if as_json:
        click.echo(json.dumps(result.to_dict(), ensure_ascii=False))
    else:
        _print_table(result)
    if out:
        write_output_file(out, result.to_csv())
        click.echo(str(out), err=as_json)  # standard output is for the JSON


def _print_table(result: SimulationResult) -> None:
    from rich.console import Console

    from xlfuncs.services.simulation_report import build_table

    click.echo(
        f"{printable(str(result.file))}: {result.draws} draws of {len(result.inputs)} inputs, seed {result.seed}"
    )
    Console(width=None if sys.stdout.isatty() else 160).print(build_table(result))
