"""Allocation: portfolio weights from stated views, within bounds."""

from __future__ import annotations

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Benchmark,
    HasCloud,
    HasDistribution,
    LowerBounds,
    ModelShare,
    PortfolioWeights,
    Share,
    TiltScores,
    TiltStrength,
    UpperBounds,
    WeightColumn,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import DIV0, NUM, VALUE, CellError
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import bisect
from xlfuncs.core.quantity import omitted
from xlfuncs.core.wording import count_text

CATEGORY = "Allocation"

_ROUNDING = 1e-12  # bounds that add up to 1 may miss it by a bit


@sheet_function(
    source=by.ARTICLE,
    constraints=[
        Constraint(
            lambda benchmark, scores: len(benchmark) == len(scores),
            "benchmark {benchmark} and scores {scores} must have the same length.",
            VALUE,
        ),
        Constraint(
            lambda benchmark: benchmark.sum() != 0, "benchmark adds up to 0; enter at least one positive weight.", DIV0
        ),
    ],
)
def tilted_weights(
    benchmark: Benchmark,
    scores: TiltScores,
    tilt_strength: TiltStrength = 1,
    lower: LowerBounds = omitted("0"),
    upper: UpperBounds = omitted("1"),
) -> WeightColumn:
    """Portfolio weights of a benchmark tilted by scores, within bounds; the weights add up to 1.

    The weights maximise the weighted score less a penalty for deviating from the benchmark (relative entropy).
    Without bounds, the weights are proportional to benchmark x e^(tilt_strength x score).

    Not for: Scores on a scale of 100, such as ASYMMETRY_SCORE. With tilt_strength 1 nearly all weight goes to one
    asset; use about 0.01. Risk is not considered.

    >>> tilted_weights([[1, 1]], [[0, 0]])
    [[0.5], [0.5]]
    """
    least = np.zeros(len(benchmark)) if lower is None else lower
    most = np.ones(len(benchmark)) if upper is None else upper
    for name, bound in (("lower", least), ("upper", most)):
        if len(bound) != len(benchmark):
            cells, assets = count_text(len(bound), "cell"), count_text(len(benchmark), "cell")
            return CellError(VALUE, f"{name} ({cells}) and benchmark ({assets}) must have the same length.")
    if (least > most).any() or least.sum() > 1 + _ROUNDING or most.sum() < 1 - _ROUNDING:
        return CellError(NUM, "No weights between lower and upper add up to 1; widen the bounds.")
    tilt = tilt_strength * scores
    pull = benchmark / benchmark.sum() * np.exp(tilt - tilt.max())

    def excess(log_scale: float) -> float:
        return float(np.clip(np.exp(log_scale) * pull, least, most).sum()) - 1

    low, high = -50.0, 50.0
    while excess(high) < 0 and high < 1e4:
        high *= 2
    while excess(low) > 0 and low > -1e4:
        low *= 2
    scale = bisect(excess, low, high)
    if not abs(excess(scale)) <= _ROUNDING:
        return CellError(NUM, "The weights cannot add up to 1; raise upper for assets with a benchmark weight above 0.")
    return np.clip(np.exp(scale) * pull, least, most)[:, None].tolist()


@sheet_function(
    source=by.ARTICLE,
    constraints=[
        Constraint(
            lambda weights, model_share, has_cloud, has_distribution: (
                len(weights) == len(model_share) == len(has_cloud) == len(has_distribution)
            ),
            "weights {weights}, model_share {model_share}, has_cloud {has_cloud} and has_distribution "
            "{has_distribution} must have the same length.",
            VALUE,
        )
    ],
)
def pureplay_exposure(
    weights: PortfolioWeights, model_share: ModelShare, has_cloud: HasCloud, has_distribution: HasDistribution
) -> Share:
    """Portfolio exposure to model developers without a cloud or a distribution channel of their own.

    Not for: Indirect stakes. A cloud company that owns a large part of a model developer counts as 0, because
    has_cloud is 1.

    >>> pureplay_exposure([[0.5, 0.5]], [[1, 1]], [[0, 0.5]], [[0, 0]])
    0.75
    """
    return float((weights * model_share * (1 - np.maximum(has_cloud, has_distribution))).sum())
