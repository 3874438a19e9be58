"""Valuation: the justified multiple when its inputs are uncertain."""

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
from xlfuncs.core.quantity import omitted
from xlfuncs.core.sampling import Column, antithetic_normals, marginal, root
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
    """Quantile of the justified multiple under uncertain inputs; a path is never worth less than nothing.

    Inputs: growth, wacc, terminal_growth, inference_share, floor_share, decline, net_usage_growth,
    other_cogs, opex_start, opex_end, tax_rate, sales_to_capital; opex_scale (0.8) and p_fail (0) may be
    left out. Distributions: fixed value; normal mean, deviation; lognormal median, log deviation;
    uniform low, high; triangular low, mode, high. Stages of 5 and 5 years, flows at mid-year.

    Not for: Failure as a tail: p_fail scales every path by 1 - p_fail and makes none worthless, so low
    quantiles are too high.

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
    """Probability that the justified multiple lies below the one that the market pays.

    Arguments as in MC_QUANTILE. The standard error is the root of p (1 - p) / draws.

    Not for: Companies priced for a rare success: a probability of 0.9 may go with a mean above the price; see
    the upper MC_QUANTILE.

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
        return no_answer(f"dist_table has no use for {unknown[0]}." if unknown else f"dist_table needs {lacking[0]}.")
    if len(set(names)) < len(names):
        return CellError(VALUE, "An input stands twice in dist_table.")
    numbers = [[0.0 if cell is None else cell for cell in row[2:]] for row in rows]
    if not all(isinstance(cell, float) for row in numbers for cell in row):
        return CellError(VALUE, "dist_table needs numbers in its last three columns.")
    normals = antithetic_normals(int(draws), len(rows), seed)
    if corr is not None:
        matrix = np.array(corr, dtype=float)
        if matrix.shape != (len(rows), len(rows)):
            return CellError(VALUE, f"corr must have {len(rows)} rows and columns, one for each input.")
        lower = root(matrix)
        if isinstance(lower, CellError):
            return lower
        normals = normals @ lower.T
    drawn: dict[str, Any] = dict(DEFAULTS)
    for at, (name, row) in enumerate(zip(names, rows, strict=True)):
        a, b, c = numbers[at]
        column = marginal(row[1], a, b, c, normals[:, at])
        if isinstance(column, CellError):
            return column
        drawn[name] = column
    return _valued(drawn)


def _valued(drawn: dict[str, Any]) -> Column | CellError:
    if (drawn["wacc"] <= drawn["terminal_growth"]).any():
        return CellError(NUM, "In some draws wacc does not exceed terminal_growth; narrow their distributions.")

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
        return CellError(NUM, "Some draws have no finite multiple; narrow the distributions.")
    return np.asarray(multiples, dtype=float)
