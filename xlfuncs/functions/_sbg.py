"""The shifted-beta-geometric model: churn propensities differ, by a beta distribution."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from xlfuncs.core.numerics import bisect, dot

_LEAST_SPREAD, _LARGEST_SPREAD = -15.0, 10.0  # logarithms
_LONGEST_SUM = 100_000
_MOST_STEPS = 5_000_000


def survival_share(alpha: float, beta: float, periods: int) -> float:
    """B(alpha, beta + periods) / B(alpha, beta), as a product that loses no digits.

    >>> survival_share(1.0, 1.0, 3)
    0.25
    """
    return math.exp(float(np.log1p(-alpha / (alpha + beta + np.arange(periods))).sum()))


def log_likelihood(alpha: float, beta: float, survival: npt.NDArray[np.float64]) -> float:
    """The log-likelihood of one customer, of whom these shares are alive after each renewal."""
    lost = -np.diff(survival, prepend=1.0)
    total = alpha + beta + np.arange(len(lost))
    survived = np.concatenate([[0.0], np.cumsum(np.log1p(-alpha / total))])
    return float(dot(lost, survived[:-1] + np.log(alpha / total)) + survival[-1] * survived[-1])


def fit(survival: npt.NDArray[np.float64]) -> tuple[float, float]:
    """The shapes of the largest likelihood, where its slopes are 0.

    The slopes are those by the mean churn, alpha / (alpha + beta), and by the spread, 1 / (alpha + beta): in these,
    the shares that renew are (1 - churn + t spread) / (1 + t spread), and the slopes keep their digits even where
    the spread is near 0.
    """
    period = np.arange(len(survival))
    at_risk = np.concatenate([[1.0], survival[:-1]])
    lost = 1 - float(survival[-1])

    def churn(spread: float) -> float:
        return bisect(lambda churn: lost - churn * (survival / (1 - churn + period * spread)).sum(), 0.0, 1.0)

    def slope(log_spread: float) -> float:
        spread = math.exp(log_spread)
        stayed, exposed = survival / (1 - churn(spread) + period * spread), at_risk / (1 + period * spread)
        return float(dot(period, stayed - exposed))

    homogeneous = slope(_LEAST_SPREAD) <= 0
    spread = math.exp(_LEAST_SPREAD if homogeneous else bisect(slope, _LEAST_SPREAD, _LARGEST_SPREAD))
    return churn(spread) / spread, (1 - churn(spread)) / spread


def discounted_survival(alpha: float, beta: float, rate: float, horizon: int = 0) -> float:
    """The sum of survival(t) / (1 + rate)^t over t = 0, 1, ...: `horizon` terms, or all where it is 0.

    >>> discounted_survival(1.0, 1.0, 0.25, 2)
    1.4
    """
    if not horizon:
        return _endless(alpha, beta, rate)
    if horizon > _LONGEST_SUM:
        logs = [math.lgamma(beta + horizon), -math.lgamma(beta)]
        logs += [-math.lgamma(alpha + beta + horizon), math.lgamma(alpha + beta)]
        left = math.exp(math.fsum(logs) - horizon * math.log1p(rate))
        return _endless(alpha, beta, rate) - left * _endless(alpha, beta + horizon, rate)
    steps = np.log1p(-alpha / (alpha + beta + np.arange(horizon - 1))) - math.log1p(rate)
    return 1 + float(np.exp(np.cumsum(steps)).sum())


def _endless(alpha: float, beta: float, rate: float) -> float:
    """2F1(1, beta; alpha + beta; 1 / (1 + rate)) by Gauss's continued fraction.

    Evaluated forwards by the modified Lentz method. Takes some 10 / sqrt(rate) steps, where the plain
    series would take 30 / rate.
    """
    z, c = 1 / (1 + rate), alpha + beta
    value, numerator, denominator = 1.0, 1.0, 0.0
    for n in range(1, _MOST_STEPS):
        k = n // 2
        if n % 2:
            term = -z * (beta + k) * (c + k - 1) / ((c + 2 * k - 1) * (c + 2 * k)) if n > 1 else -z * beta / c
        else:
            term = -z * k * (c - beta + k - 1) / ((c + 2 * k - 2) * (c + 2 * k - 1))
        denominator = 1 / (1 + term * denominator)
        numerator = 1 + term / numerator
        step = numerator * denominator
        value *= step
        if abs(step - 1) < 1e-15:
            return 1 / value
    return math.nan
