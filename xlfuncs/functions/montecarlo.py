"""Valuation: Monte Carlo simulation of the justified multiple."""

from __future__ import annotations

from typing import Any

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AnyDraws,
    AnyObserved,
    Correlation,
    DistTable,
    MultipleAnswer,
    Probability,
    QuantileAsked,
    Seed,
)
from xlfuncs.core.errors import NUM, VALUE, CellError, no_answer
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import dot
from xlfuncs.core.quantity import omitted
from xlfuncs.core.sampling import Column, antithetic_normals, marginal, root
from xlfuncs.core.wording import count_text, quote_text
from xlfuncs.functions.valuation import Economics, Forecast

CATEGORY = "Valuation"

REQUIRED = (
    "decline", "floor_share", "growth", "inference_share", "net_usage_growth", "opex_end", "opex_start",
    "other_cogs", "sales_to_capital", "tax_rate", "terminal_growth", "wacc",
)  # fmt: skip
DEFAULTS = {"opex_scale": 0.8, "p_fail": 0.0}
STAGE = 5  # years of high growth, and of its fade


@sheet_function(source=by.DAMODARAN, vectorised=False)
def mc_quantile(
    dist_table: DistTable,
    quantile: QuantileAsked,
    corr: Correlation = omitted("identity"),
    draws: AnyDraws = 10_000,
    seed: Seed = 12345,
) -> MultipleAnswer:
    """Quantile of the justified multiple under uncertain inputs; a simulated value is never below 0.

    Required inputs: growth, wacc, terminal_growth, inference_share, floor_share, decline, net_usage_growth,
    other_cogs, opex_start, opex_end, tax_rate, sales_to_capital. Optional inputs with defaults: opex_scale (0.8) and
    p_fail (0). Distributions and parameters: fixed (value); normal (mean, standard deviation); lognormal (median, log
    standard deviation); uniform (low, high); triangular (low, mode, high). High growth and fade last 5 years each;
    cash flows occur at mid-year.

    Not for: Failure as a tail event. The input p_fail scales every path by 1 - p_fail and makes no path worthless, so
    low quantiles are too high.

    >>> mc_quantile([["growth", "fixed", 0, 0, 0], ["wacc", "fixed", 0.1, 0, 0],
    ... ["terminal_growth", "fixed", 0, 0, 0],
    ... ["inference_share", "fixed", 0, 0, 0], ["floor_share", "fixed", 0, 0, 0], ["decline", "fixed", 0, 0, 0],
    ... ["net_usage_growth", "fixed", 0, 0, 0], ["other_cogs", "fixed", 0.4, 0, 0], ["opex_start", "fixed", 0.2, 0, 0],
    ... ["opex_end", "fixed", 0.2, 0, 0], ["tax_rate", "fixed", 0.25, 0, 0],
    ... ["sales_to_capital", "fixed", 2, 0, 0]], 0.5)  # 0.3 / 0.1 x 1.1^0.5
    3.146426545
    """
    paths = _multiples(dist_table, corr, draws, seed)
    return paths if isinstance(paths, CellError) else float(np.quantile(paths, quantile))


@sheet_function(source=by.DAMODARAN, vectorised=False)
def mc_prob_overpriced(
    dist_table: DistTable,
    observed_multiple: AnyObserved,
    corr: Correlation = omitted("identity"),
    draws: AnyDraws = 10_000,
    seed: Seed = 12345,
) -> Probability:
    """Probability that the justified multiple is below the observed market multiple.

    The inputs are those of MC_QUANTILE. The standard error is the square root of p (1 - p) / draws.

    Not for: Companies priced for an unlikely success. A probability of 0.9 is compatible with a mean above the price;
    check high quantiles with MC_QUANTILE.

    >>> mc_prob_overpriced([["growth", "fixed", 0, 0, 0], ["wacc", "fixed", 0.1, 0, 0],
    ... ["terminal_growth", "fixed", 0, 0, 0],
    ... ["inference_share", "fixed", 0, 0, 0], ["floor_share", "fixed", 0, 0, 0], ["decline", "fixed", 0, 0, 0],
    ... ["net_usage_growth", "fixed", 0, 0, 0], ["other_cogs", "fixed", 0.4, 0, 0], ["opex_start", "fixed", 0.2, 0, 0],
    ... ["opex_end", "fixed", 0.2, 0, 0], ["tax_rate", "fixed", 0.25, 0, 0],
    ... ["sales_to_capital", "fixed", 2, 0, 0]], 3.2)
    1.0
    """
    paths = _multiples(dist_table, corr, draws, seed)
    return paths if isinstance(paths, CellError) else float(np.mean(paths < observed_multiple))


def _multiples(
    rows: list[tuple[Any, ...]], corr: list[tuple[Any, ...]] | None, draws: float, seed: float
) -> Column | CellError:
    """The multiple of every path."""
    names = [row[0].strip().casefold() for row in rows]
    unknown = [name for name in names if name not in (*REQUIRED, *DEFAULTS)]
    lacking = [name for name in REQUIRED if name not in names]
    if unknown or lacking:
        if unknown:
            return no_answer(
                f"dist_table contains the unknown input {quote_text(unknown[0])}; "
                "the help of MC_QUANTILE lists the inputs."
            )
        return no_answer(f"dist_table has no row for {quote_text(lacking[0])}; add one.")
    twice = [name for position, name in enumerate(names) if name in names[:position]]
    if twice:
        return CellError(VALUE, f"dist_table contains {quote_text(twice[0])} twice; keep one row.")
    numbers = [[0.0 if cell is None else cell for cell in row[2:]] for row in rows]
    if not all(isinstance(cell, float) for row in numbers for cell in row):
        return CellError(VALUE, "dist_table must have numbers or blank cells in the last three columns.")
    normals = antithetic_normals(int(draws), len(rows), seed)
    if corr is not None:
        matrix = np.array(corr, dtype=float)
        if matrix.shape != (len(rows), len(rows)):
            got = f"{count_text(matrix.shape[0], 'row')} and {count_text(matrix.shape[-1], 'column')}"
            return CellError(VALUE, f"corr must have {len(rows)} rows and columns, one for each input; got {got}.")
        lower = root(matrix)
        if isinstance(lower, CellError):
            return lower
        normals = dot(normals, lower.T)
    drawn: dict[str, Any] = dict(DEFAULTS)
    for position, (name, row) in enumerate(zip(names, rows, strict=True)):
        a, b, c = numbers[position]
        column = marginal(row[1], a, b, c, normals[:, position])
        if isinstance(column, CellError):
            return column
        drawn[name] = column
    return _value_paths(drawn)


def _value_paths(drawn: dict[str, Any]) -> Column | CellError:
    if (drawn["wacc"] <= drawn["terminal_growth"]).any():
        return CellError(
            NUM, "In some draws wacc does not exceed terminal_growth; narrow the distributions in dist_table."
        )

    def margin(year: int) -> Any:
        cost = drawn["floor_share"] + (1 - drawn["floor_share"]) * (1 - drawn["decline"]) ** year
        return 1 - drawn["other_cogs"] - drawn["inference_share"] * (1 + drawn["net_usage_growth"]) ** year * cost

    forecast = Forecast(
        STAGE,
        STAGE,
        drawn["terminal_growth"],
        margin,
        Economics(**{name: drawn.get(name, drawn["wacc"]) for name in Economics._fields}),
    )
    multiples = np.maximum(forecast.multiple(drawn["growth"]), 0.0) * (1 - drawn["p_fail"])
    if not np.isfinite(multiples).all():
        return CellError(NUM, "Some draws have no finite multiple; narrow the distributions in dist_table.")
    return np.asarray(multiples, dtype=float)
