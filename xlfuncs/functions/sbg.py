"""The shifted-beta-geometric model: churn propensities differ, by a beta distribution."""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

_LONGEST_SUM = 100_000
_MOST_STEPS = 5_000_000


def survival_share(alpha: float, beta: float, periods: int) -> float:
    """B(alpha, beta + periods) / B(alpha, beta), as a product that loses no digits.

    >>> survival_share(1.0, 1.0, 3)
    0.25
    """
    return math.exp(float(np.log1p(-alpha / (alpha + beta + np.arange(periods))).sum()))


def log_likelihood(alpha: float, beta: float, lost: npt.NDArray[np.float64], alive: float) -> float:
    """The log-likelihood of one customer: shares lost in each period, and the share alive at the end."""
    total = alpha + beta + np.arange(len(lost))
    survived = np.concatenate([[0.0], np.cumsum(np.log1p(-alpha / total))])
    return float(lost @ (survived[:-1] + np.log(alpha / total)) + alive * survived[-1])


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
