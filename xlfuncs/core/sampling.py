"""Seeded random draws: marginal distributions by inversion, correlation by a Gaussian copula."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.errors import NUM, VALUE, CellError
from xlfuncs.core.numerics import dot, normal_cdf
from xlfuncs.core.wording import list_text, number_text, number_texts, quote_text

Column = npt.NDArray[np.float64]

_LEAST_EIGENVALUE = -1e-8
_SYMMETRY = 1e-12


def pert(uniform: Any, low: Any, mode: Any, high: Any, shape: float = 4.0) -> Any:
    """Quantiles of the beta-PERT distribution; where low is high, that value."""
    from scipy.special import betaincinv  # takes long to import

    width = np.where(high > low, high - low, 1.0)
    quantile = betaincinv(1 + shape * (mode - low) / width, 1 + shape * (high - mode) / width, uniform)
    return np.where(high > low, low + (high - low) * quantile, low)


def generator(seed: float) -> np.random.Generator:
    """PCG64 from an explicit seed: the same numbers on every machine."""
    return np.random.Generator(np.random.PCG64(int(seed)))


def antithetic_normals(draws: int, columns: int, seed: float) -> Column:
    """Standard normals: the first half, then their negatives."""
    half = generator(seed).standard_normal(((draws + 1) // 2, columns))
    return np.concatenate([half, -half])[:draws]


def root(correlation: Column) -> Column | CellError:
    """The Cholesky root of a correlation matrix, of one without full rank as well; never repaired silently."""
    size = len(correlation)
    if np.abs(correlation - correlation.T).max() > _SYMMETRY:
        return CellError(NUM, "corr must be a symmetric matrix.")
    if np.abs(np.diag(correlation) - 1).max() > _SYMMETRY:
        return CellError(NUM, "corr must have 1 in each cell of the diagonal.")
    least = float(np.linalg.eigvalsh(correlation).min())
    if least < _LEAST_EIGENVALUE:
        return CellError(
            NUM, f"corr must be positive semi-definite; got a smallest eigenvalue of {number_text(least)}."
        )
    lower = np.zeros((size, size))
    for column in range(size):
        rest = correlation[column:, column] - dot(lower[column:, :column], lower[column, :column])
        if rest[0] > _SYMMETRY:
            lower[column:, column] = rest / math.sqrt(rest[0])
    return lower


def marginal(kind: str, a: float, b: float, c: float, normal: Column) -> Column | CellError:
    """Draws of one input from standard normals."""
    kind = kind.strip().casefold()
    if kind == "fixed":
        return np.full(len(normal), a)
    if kind == "normal":
        return a + b * normal if b >= 0 else _reject(kind, "a standard deviation of 0 or more", b)
    if kind == "lognormal":
        if a <= 0:
            return _reject(kind, "a median above 0", a)
        return a * np.exp(b * normal) if b >= 0 else _reject(kind, "a log standard deviation of 0 or more", b)
    uniform = normal_cdf(normal)
    if kind == "uniform":
        return a + (b - a) * uniform if a <= b else _reject(kind, "low <= high", a, b)
    if kind == "triangular":
        if not a <= b <= c:
            return _reject(kind, "low <= mode <= high", a, b, c)
        if a == c:
            return np.full(len(normal), a)
        turn = (b - a) / (c - a)
        rising = a + np.sqrt(uniform * (c - a) * (b - a))
        return np.where(uniform < turn, rising, c - np.sqrt((1 - uniform) * (c - a) * (c - b)))
    names = "fixed, normal, lognormal, uniform or triangular"
    return CellError(VALUE, f"The distribution {quote_text(kind)} in dist_table is unknown; use {names}.")


def _reject(kind: str, needed: str, *got: float) -> CellError:
    return CellError(
        NUM, f"A {kind} distribution in dist_table must have {needed}; got {list_text(number_texts(got))}."
    )
