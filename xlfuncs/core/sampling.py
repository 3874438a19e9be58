"""Seeded draws: marginals by their inverse distribution, and correlation by a Gaussian copula."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.errors import NUM, VALUE, CellError
from xlfuncs.core.numerics import normal_cdf

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
        return CellError(NUM, "corr must be symmetric.")
    if np.abs(np.diag(correlation) - 1).max() > _SYMMETRY:
        return CellError(NUM, "corr must have 1 on its diagonal.")
    least = float(np.linalg.eigvalsh(correlation).min())
    if least < _LEAST_EIGENVALUE:
        return CellError(NUM, f"corr must be positive semi-definite; its least eigenvalue is {least:.3g}.")
    lower = np.zeros((size, size))
    for column in range(size):
        rest = correlation[column:, column] - lower[column:, :column] @ lower[column, :column]
        if rest[0] > _SYMMETRY:
            lower[column:, column] = rest / math.sqrt(rest[0])
    return lower


def marginal(kind: str, a: float, b: float, c: float, normal: Column) -> Column | CellError:
    """Draws of one input from standard normals."""
    kind = kind.strip().casefold()
    if kind == "fixed":
        return np.full(len(normal), a)
    if kind == "normal":
        return a + b * normal if b >= 0 else CellError(NUM, "A normal distribution needs a deviation of 0 or more.")
    if kind == "lognormal":
        return a * np.exp(b * normal) if a > 0 and b >= 0 else CellError(NUM, "A lognormal needs a median above 0.")
    uniform = normal_cdf(normal)
    if kind == "uniform":
        return a + (b - a) * uniform if a <= b else CellError(NUM, "A uniform distribution needs low <= high.")
    if kind == "triangular":
        if not a <= b <= c:
            return CellError(NUM, "A triangular distribution needs low <= mode <= high.")
        if a == c:
            return np.full(len(normal), a)
        turn = (b - a) / (c - a)
        rising = a + np.sqrt(uniform * (c - a) * (b - a))
        return np.where(uniform < turn, rising, c - np.sqrt((1 - uniform) * (c - a) * (c - b)))
    return CellError(
        VALUE, f'There is no distribution "{kind[:40]}"; give fixed, normal, lognormal, uniform or triangular.'
    )
