"""What a simulation found: as a table, as JSON, and the draws as CSV."""

from __future__ import annotations

import csv
import io
import math
from typing import Any

from rich.table import Table

from xlfuncs.core.exceptions import printable
from xlfuncs.engine.evaluator import to_json
from xlfuncs.services.simulate import QUANTILES, Output, Simulated

_NAMES = tuple(f"p{100 * share:02.0f}" for share in QUANTILES)
_SHOWN = 2  # drivers


def table(found: Simulated) -> Table:
    """A row for each output."""
    made = Table(box=None, pad_edge=False)
    made.add_column("output")
    for name in ("stored", "mean", "sd", *_NAMES):
        made.add_column(name, justify="right")
    made.add_column("moved most by (rank correlation)")
    for one in found.outputs:
        numbers = (one.mean, one.sd, *(one.quantiles or (None,) * len(QUANTILES)))
        made.add_row(one.name, _short(one.stored), *map(_short, numbers), _words(one))
    return made


def _words(one: Output) -> str:
    words = [f"{label} {correlation:+.2f}" for label, correlation in one.drivers[:_SHOWN]]
    return "; ".join([*words, f"no number in {one.without} draws"] if one.without else words)


def _short(value: Any) -> str:
    return f"{value:.5g}" if isinstance(value, float) else "" if value is None else str(value)


def facts(found: Simulated) -> dict[str, Any]:
    """The same, and how it was drawn, for JSON."""
    return {
        "file": printable(str(found.file)),
        "draws": len(found.drawn),
        "seed": found.seed,
        "inputs": list(found.inputs),
        "outputs": [
            {
                "name": one.name,
                "stored": to_json(one.stored),
                "mean": one.mean,
                "sd": one.sd,
                **dict(zip(_NAMES, one.quantiles or (None,) * len(QUANTILES), strict=True)),
                "without": one.without,
                "drivers": [{"input": label, "rank_correlation": correlation} for label, correlation in one.drivers],
            }
            for one in found.outputs
        ],
    }


def draws(found: Simulated) -> str:
    """A line for each draw: the inputs, then the outputs, blank where one is no number."""
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    lines.writerow([*found.inputs, *found.names])
    for given, results in zip(found.drawn.tolist(), found.results.tolist(), strict=True):
        lines.writerow([*given, *("" if math.isnan(one) else one for one in results)])
    return text.getvalue()
