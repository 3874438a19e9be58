"""The result of a simulation as a table for people."""

from __future__ import annotations

from rich.table import Table

from xlfuncs.services.simulate import QUANTILE_NAMES, OutputDistribution, SimulationResult

_MOST_DRIVERS = 2  # named in a row


def build_table(result: SimulationResult) -> Table:
    """A row for each output."""
    table = Table(box=None, pad_edge=False)
    table.add_column("output")
    for name in ("stored", "mean", "sd", *QUANTILE_NAMES):
        table.add_column(name, justify="right")
    table.add_column("main drivers (rank correlation)")
    for output in result.outputs:
        numbers = (output.mean, output.sd, *(output.quantiles or (None,) * len(QUANTILE_NAMES)))
        cells = map(_format_short, (output.stored, *numbers))
        table.add_row(output.name, *cells, _format_drivers(output))
    return table


def _format_drivers(output: OutputDistribution) -> str:
    drivers = [f"{label} {correlation:+.2f}" for label, correlation in output.drivers[:_MOST_DRIVERS]]
    return "; ".join([*drivers, f"no number in {output.without} draws"] if output.without else drivers)


def _format_short(value: object) -> str:
    """A value in five digits, for a column."""
    return f"{value:.5g}" if isinstance(value, float) else "" if value is None else str(value)
