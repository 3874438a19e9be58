"""Monte Carlo simulation of a workbook: seeded draws of its inputs from their ranges, and the outputs of each."""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from xlfuncs.core.exceptions import WorkbookRejected, printable
from xlfuncs.core.sampling import Column, generator, pert
from xlfuncs.core.sandbox import Limits, run_limited
from xlfuncs.data import workbook_tables
from xlfuncs.data.workbook_tables import UncertainInput
from xlfuncs.engine.evaluator import to_json
from xlfuncs.functions import REGISTRY
from xlfuncs.ooxml.cells import place_of
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.model import Model

QUANTILES = (0.05, 0.5, 0.95)
QUANTILE_NAMES = tuple(f"p{100 * quantile:02.0f}" for quantile in QUANTILES)
_MOST_DRIVERS = 5  # inputs named for each output
_SIGMAS = 3.0  # standard errors of a rank correlation of independent variables, 1 / sqrt(draws) each
_NO_QUANTILES = (None,) * len(QUANTILES)


@dataclass(frozen=True)
class OutputDistribution:
    """An output over all draws.

    Attributes:
        name: The name of its cell.
        stored: Its value in the workbook.
        mean: The mean of the draws that give a number; None where no draw does.
        sd: Their sample standard deviation; None where no draw gives a number.
        quantiles: Their quantiles, as `QUANTILES`; empty where no draw gives a number.
        without: The number of draws that give an error or text.
        drivers: The inputs with the largest rank correlation, with that correlation; at most five.
    """

    name: str
    stored: Any
    mean: float | None
    sd: float | None
    quantiles: tuple[float, ...]
    without: int
    drivers: tuple[tuple[str, float], ...]

    def to_dict(self) -> dict[str, Any]:
        """The output as `xlfuncs simulate --json` prints it."""
        return {
            "name": self.name,
            "stored": to_json(self.stored),
            "mean": self.mean,
            "sd": self.sd,
            **dict(zip(QUANTILE_NAMES, self.quantiles or _NO_QUANTILES, strict=True)),
            "without": self.without,
            "drivers": [{"input": label, "rank_correlation": correlation} for label, correlation in self.drivers],
        }


@dataclass(frozen=True, eq=False)
class SimulationResult:
    """The draws of the inputs and of the outputs of a workbook, and how each output is distributed.

    Attributes:
        file: The workbook.
        seed: The random seed; the same seed reproduces the same draws.
        inputs: The labels of the inputs that were drawn.
        input_draws: The values of the inputs, a row for each draw and a column for each input.
        output_names: The names of the outputs.
        output_draws: The values of the outputs, a row for each draw and a column for each output; nan for no number.
        outputs: The distribution of each output.
    """

    file: Path
    seed: int
    inputs: tuple[str, ...]
    input_draws: Column
    output_names: tuple[str, ...]
    output_draws: Column
    outputs: tuple[OutputDistribution, ...]

    @property
    def draws(self) -> int:
        """The number of draws."""
        return len(self.input_draws)

    def to_dict(self) -> dict[str, Any]:
        """The result as `xlfuncs simulate --json` prints it."""
        return {
            "file": printable(str(self.file)),
            "draws": self.draws,
            "seed": self.seed,
            "inputs": list(self.inputs),
            "outputs": [output.to_dict() for output in self.outputs],
        }

    def to_csv(self) -> str:
        """A line for each draw: the inputs, then the outputs, blank where one is no number."""
        text = io.StringIO()
        lines = csv.writer(text, lineterminator="\n")
        lines.writerow([*self.inputs, *self.output_names])
        for inputs, outputs in zip(self.input_draws.tolist(), self.output_draws.tolist(), strict=True):
            lines.writerow([*inputs, *("" if math.isnan(value) else value for value in outputs)])
        return text.getvalue()


def simulate(
    path: Path,
    *,
    draws: int = 200,
    seed: int = 12345,
    outputs: Sequence[str] = (),
    workers: int = 1,
    limits: Limits | None = None,
) -> SimulationResult:
    """Draw the declared inputs of a workbook from their ranges, and calculate its outputs for each draw.

    Each input with a range is drawn on its own, from the beta-PERT distribution of low, base and high, by a Latin
    hypercube; it takes the place of the base value. The outputs are the named cells out_..., or those given; what
    lies between is calculated by the engine, from the start for each draw. The file stays as it is.
    Raises `WorkbookRejected`.
    """
    limits = limits or Limits(600)
    inputs, stored = run_limited(limits, path, _read_declared, path, outputs)
    shares = _draw_hypercube(draws, len(inputs), seed)
    low, base, high = np.array([(item.low, item.base, item.high) for item in inputs]).T
    input_draws = np.asarray(pert(shares, low, base, high))
    batches = [batch for batch in np.array_split(input_draws, min(workers, draws)) if len(batch)]
    output_draws = _calculate_batches(path, batches, tuple(stored), limits)
    labels = tuple(item.label for item in inputs)
    distributions = tuple(
        _summarise(name, value, output_draws[:, column], labels, input_draws)
        for column, (name, value) in enumerate(stored.items())
    )
    return SimulationResult(path, seed, labels, input_draws, tuple(stored), output_draws, distributions)


def _draw_hypercube(draws: int, columns: int, seed: int) -> Column:
    """A Latin hypercube: one draw in each of as many equal parts of every input's range of probability."""
    random = generator(seed)
    order = random.permuted(np.tile(np.arange(draws), (columns, 1)), axis=1).T
    return np.asarray((order + random.random((draws, columns))) / draws)


def _calculate_batches(path: Path, batches: Sequence[Column], outputs: Sequence[str], limits: Limits) -> Column:
    """The outputs for the draws of all batches, each batch in a worker where there are several."""
    calculate = partial(_calculate_within_limits, limits, path, outputs)
    if len(batches) == 1:
        return calculate(batches[0])
    try:
        with ProcessPoolExecutor(len(batches), mp_context=get_context("spawn")) as pool:
            return np.concatenate(list(pool.map(calculate, batches)))
    except BrokenProcessPool as problem:
        raise WorkbookRejected(
            f"{path} cannot be simulated: a worker process ended. A script that calls xlfuncs.simulate with several "
            'workers must do so under if __name__ == "__main__".'
        ) from problem


def _calculate_within_limits(limits: Limits, path: Path, outputs: Sequence[str], input_draws: Column) -> Column:
    return run_limited(limits, path, _calculate_draws, path, outputs, input_draws)


@dataclass(frozen=True)
class _Declared:
    """A workbook with every value up to date, its inputs with a range, and its outputs."""

    model: Model
    inputs: list[UncertainInput]
    outputs: dict[str, CellKey]
    live: set[CellKey]  # what lies between

    @property
    def cells(self) -> list[CellKey]:
        return [(item.sheet, item.cell) for item in self.inputs]


def _read(path: Path, names: Sequence[str]) -> _Declared:
    package = Package(path)
    report, parts = Model(package, REGISTRY).recalculate()
    package = package.with_replaced_parts(parts) if parts else package
    model = Model(package, REGISTRY)
    inputs = [
        item
        for item in workbook_tables.find_uncertain_inputs(NamedRangeFile(package))
        if (item.sheet, item.cell) not in model.formulas
    ]
    if not inputs:
        raise WorkbookRejected(
            f"{path} declares no inputs with a range; name a table data_inputs with the headers label, base, low, high."
        )
    known = model.outputs()
    if unknown := [name for name in names if name not in known]:
        raise WorkbookRejected(f"{path} has no output {unknown[0]}; {_suggest(unknown[0], list(known))}")
    outputs = {name: cell for name, cell in known.items() if not names or name in names}
    live = model.formulas_between([(item.sheet, item.cell) for item in inputs], outputs.values())
    if not live:
        raise WorkbookRejected(
            f"No output of {path} depends on the base value of an input; is Base the scenario in use?"
        )
    if kept := [cell for cell in report.kept if (cell.sheet, place_of(cell.cell)) in live]:
        raise WorkbookRejected(f"{path} cannot be simulated over {kept[0].sheet}!{kept[0].cell}: {kept[0].why}")
    return _Declared(model, inputs, outputs, live)


def _suggest(name: str, known: list[str]) -> str:
    if near := get_close_matches(name, known, 3, 0.4):
        return f"did you mean {' or '.join(near)}?"
    return f"its outputs include {', '.join(known[:10])}." if known else "it names no cells out_..."


def _read_declared(path: Path, names: Sequence[str]) -> tuple[list[UncertainInput], dict[str, Any]]:
    """The inputs with a range, and the outputs with their values."""
    declared = _read(path, names)
    return declared.inputs, {name: declared.model.value(cell) for name, cell in declared.outputs.items()}


def _calculate_draws(path: Path, names: Sequence[str], input_draws: Column) -> Column:
    """The outputs for some of the draws."""
    declared = _read(path, names)
    outputs = list(declared.outputs.values())
    scenarios = (dict(zip(declared.cells, map(float, row), strict=True)) for row in input_draws)
    rows = (declared.model.calculate_outputs(inputs, declared.live, outputs) for inputs in scenarios)
    return np.array([[value if type(value) is float else np.nan for value in row] for row in rows])


def _summarise(
    name: str, stored: Any, values: Column, labels: tuple[str, ...], input_draws: Column
) -> OutputDistribution:
    finite = np.isfinite(values)
    numbers = values[finite]
    without = int(len(values) - len(numbers))
    if not len(numbers):
        return OutputDistribution(name, stored, None, None, (), without, ())
    if numbers.min() == numbers.max():
        constant = float(numbers[0])  # a mean of equal numbers is rounded
        return OutputDistribution(name, stored, constant, 0.0, (constant,) * len(QUANTILES), without, ())
    quantiles = tuple(float(value) for value in np.quantile(numbers, QUANTILES))
    drivers = _rank_drivers(numbers, labels, input_draws[finite])
    return OutputDistribution(
        name, stored, float(numbers.mean()), float(numbers.std(ddof=1)), quantiles, without, drivers
    )


def _rank_drivers(numbers: Column, labels: tuple[str, ...], input_draws: Column) -> tuple[tuple[str, float], ...]:
    """The inputs with the largest rank correlation with an output, where it is more than chance explains."""
    from scipy.stats import rankdata  # takes long to import

    inputs, output = rankdata(input_draws, axis=0), rankdata(numbers)
    inputs, output = inputs - inputs.mean(axis=0), output - output.mean()
    correlations = inputs.T @ output / np.sqrt((inputs**2).sum(axis=0) * (output**2).sum())
    order = np.argsort(-np.abs(correlations), kind="stable")[:_MOST_DRIVERS]
    least = _SIGMAS / np.sqrt(len(numbers))
    return tuple((labels[item], float(correlations[item])) for item in order if abs(correlations[item]) > least)
