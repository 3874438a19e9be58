"""What the outputs of a workbook may be where its inputs lie within their ranges: seeded draws of the whole model."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from xlfuncs import REGISTRY
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.sampling import Column, generator, pert
from xlfuncs.core.sandbox import Limits, run_limited
from xlfuncs.data import workbook_tables
from xlfuncs.data.workbook_tables import Uncertain
from xlfuncs.ooxml.cells import place_of
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.model import Model

QUANTILES = (0.05, 0.5, 0.95)
_DRIVERS = 5  # inputs named for each output
_SIGMAS = 3.0  # of a rank correlation where there is none, which is one over the root of the draws


@dataclass(frozen=True)
class Output:
    """An output over the draws: its stored value, its numbers' statistics, and which inputs move it most."""

    name: str
    stored: Any
    mean: float | None
    sd: float | None
    quantiles: tuple[float, ...]  # as QUANTILES
    without: int  # draws in which it is an error, or no number
    drivers: tuple[tuple[str, float], ...]  # inputs, with their rank correlation


@dataclass(frozen=True)
class Simulated:
    """The draws of the inputs, and of the outputs; an output that is no number is nan."""

    file: Path
    seed: int
    inputs: tuple[str, ...]
    drawn: Column
    names: tuple[str, ...]
    results: Column
    outputs: tuple[Output, ...]


def simulate(
    path: Path,
    draws: int = 200,
    seed: int = 12345,
    names: Sequence[str] = (),
    processes: int = 1,
    limits: Limits | None = None,
) -> Simulated:
    """Draw the declared inputs of a workbook from their ranges, and calculate its outputs for each draw.

    Each input with a range is drawn on its own, from the beta-PERT distribution of low, base and high, by a Latin
    hypercube; it takes the place of the base value. The outputs are the named cells out_..., or those `names`; what
    lies between is calculated by the engine, from the start for each draw. The file stays as it is.
    Raises `WorkbookRejected`.
    """
    limits = limits or Limits(600)
    inputs, stored = run_limited(limits, path, _declared, path, names)
    shares = _hypercube(draws, len(inputs), seed)
    ends = np.array([(one.low, one.base, one.high) for one in inputs]).T
    drawn = np.asarray(pert(shares, *ends))
    parts = [part for part in np.array_split(drawn, max(processes, 1)) if len(part)]
    work = partial(_bounded_part, limits, path, tuple(stored))
    if len(parts) == 1:
        calculated = [work(parts[0])]
    else:
        with ProcessPoolExecutor(len(parts), mp_context=get_context("spawn")) as pool:
            calculated = list(pool.map(work, parts))
    results = np.concatenate(calculated)
    labels = tuple(one.label for one in inputs)
    outputs = tuple(
        _output(name, value, results[:, at], labels, drawn) for at, (name, value) in enumerate(stored.items())
    )
    return Simulated(path, seed, labels, drawn, tuple(stored), results, outputs)


def _hypercube(draws: int, columns: int, seed: int) -> Column:
    """A Latin hypercube: one draw in each of as many equal parts of every input's range of probability."""
    random = generator(seed)
    order = random.permuted(np.tile(np.arange(draws), (columns, 1)), axis=1).T
    return np.asarray((order + random.random((draws, columns))) / draws)


@dataclass(frozen=True)
class _Declared:
    """A workbook with every value up to date, its inputs with a range, and its outputs."""

    model: Model
    inputs: list[Uncertain]
    outputs: dict[str, CellKey]
    live: set[CellKey]  # what lies between

    @property
    def cells(self) -> list[CellKey]:
        return [(one.sheet, one.cell) for one in self.inputs]


def _read(path: Path, names: Sequence[str]) -> _Declared:
    package = Package(path)
    report, parts = Model(package, REGISTRY).recalculated()
    package = package.with_replaced_parts(parts) if parts else package
    model = Model(package, REGISTRY)
    inputs = [
        one for one in workbook_tables.uncertain(NamedRangeFile(package)) if (one.sheet, one.cell) not in model.formulas
    ]
    if not inputs:
        raise WorkbookRejected(
            f"{path} declares no inputs with a range; name a table data_inputs with the headers label, base, low, high."
        )
    known = model.outputs()
    if unknown := [name for name in names if name not in known]:
        near = get_close_matches(unknown[0], known, 3, 0.4) or list(known)[:10]
        raise WorkbookRejected(f"{path} has no output {unknown[0]}; there is {', '.join(near) or 'none'}.")
    outputs = {name: at for name, at in known.items() if not names or name in names}
    live = model.between([(one.sheet, one.cell) for one in inputs], outputs.values())
    if not live:
        raise WorkbookRejected(
            f"No output of {path} moves with the base value of an input; is the scenario in use Base?"
        )
    if stuck := [one for one in report.kept if (one.sheet, place_of(one.cell)) in live]:
        raise WorkbookRejected(f"{path} cannot be simulated over {stuck[0].sheet}!{stuck[0].cell}: {stuck[0].why}")
    return _Declared(model, inputs, outputs, live)


def _declared(path: Path, names: Sequence[str]) -> tuple[list[Uncertain], dict[str, Any]]:
    """The inputs with a range, and the outputs with their values."""
    found = _read(path, names)
    return found.inputs, {name: found.model.value(at) for name, at in found.outputs.items()}


def _part(path: Path, names: Sequence[str], drawn: Column) -> Column:
    """The outputs for some of the draws."""
    found = _read(path, names)
    wanted = list(found.outputs.values())
    given = (dict(zip(found.cells, map(float, row), strict=True)) for row in drawn)
    rows = (found.model.scenario(one, found.live, wanted) for one in given)
    return np.array([[value if type(value) is float else np.nan for value in row] for row in rows])


def _bounded_part(limits: Limits, path: Path, names: Sequence[str], drawn: Column) -> Column:
    return run_limited(limits, path, _part, path, names, drawn)


def _output(name: str, stored: Any, values: Column, labels: tuple[str, ...], drawn: Column) -> Output:
    there = np.isfinite(values)
    numbers = values[there]
    without = int(len(values) - len(numbers))
    if not len(numbers):
        return Output(name, stored, None, None, (), without, ())
    if numbers.min() == numbers.max():
        same = float(numbers[0])  # a mean of equal numbers is rounded
        return Output(name, stored, same, 0.0, (same,) * len(QUANTILES), without, ())
    quantiles = tuple(float(one) for one in np.quantile(numbers, QUANTILES))
    drivers = _drivers(numbers, labels, drawn[there])
    return Output(name, stored, float(numbers.mean()), float(numbers.std(ddof=1)), quantiles, without, drivers)


def _drivers(numbers: Column, labels: tuple[str, ...], drawn: Column) -> tuple[tuple[str, float], ...]:
    """The inputs whose ranks go with those of an output most closely, and more so than by chance."""
    from scipy.stats import rankdata  # takes long to import

    ranks, at = rankdata(drawn, axis=0), rankdata(numbers)
    ranks, at = ranks - ranks.mean(axis=0), at - at.mean()
    correlation = ranks.T @ at / np.sqrt((ranks**2).sum(axis=0) * (at**2).sum())
    order = np.argsort(-np.abs(correlation), kind="stable")[:_DRIVERS]
    least = _SIGMAS / np.sqrt(len(numbers))
    return tuple((labels[one], float(correlation[one])) for one in order if abs(correlation[one]) > least)
