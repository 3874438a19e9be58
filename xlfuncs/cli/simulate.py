"""The command `simulate`."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from xlfuncs.cli.output import (
    REFUSED,
    fail,
    write_output,
)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--draws", type=click.IntRange(2, 100_000), default=200, show_default=True, help="Of all inputs.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=12345, show_default=True, help="The same draws by the same."
)
@click.option("--output", "names", multiple=True, metavar="NAME", help="Only this output; may be repeated.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the draws to a .csv, too.")
@click.option("--json", "as_lines", is_flag=True, help="What was found as JSON.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=600, show_default=True, help="Seconds.")
def simulate(
    file: Path,
    draws: int,
    seed: int,
    names: tuple[str, ...],
    out: Path | None,
    as_lines: bool,
    jobs: int,
    timeout: float,
) -> None:
    """Draw the inputs of a workbook from their ranges, and say how its outputs spread; FILE stays as it is.

    Inputs are those that it declares by the name data_inputs with low, base and high, outputs the cells named out_...
    """
    from rich.console import Console

    from xlfuncs.core.exceptions import WorkbookRejected, printable
    from xlfuncs.core.sandbox import Limits
    from xlfuncs.services import simulation_report
    from xlfuncs.services.simulate import simulate as simulate_

    try:
        found = simulate_(file, draws, seed, names, jobs, Limits(timeout))
    except WorkbookRejected as reason:
        fail(str(reason), REFUSED)
    if as_lines:
        click.echo(json.dumps(simulation_report.facts(found), ensure_ascii=False))
    else:
        click.echo(f"{printable(str(file))}: {draws} draws of {len(found.inputs)} inputs, seed {seed}")
        Console(width=None if sys.stdout.isatty() else 160).print(simulation_report.table(found))
    if out:
        write_output(out, simulation_report.draws(found).encode(), aside=as_lines)
