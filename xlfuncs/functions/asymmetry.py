"""Asymmetry: gaps between the US and China by vector, and their uncertainty."""

from __future__ import annotations

import math

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Cap,
    CnValues,
    ContributionColumn,
    Direction,
    Draws,
    Intensity,
    Kinds,
    MinCoverage,
    Polarity,
    Probability,
    QuantileAsked,
    RelativeError,
    Scales,
    Score,
    Seed,
    UsValues,
    Vectors,
    VectorTable,
    VectorWeights,
    Weights,
    WeightSpread,
)
from xlfuncs.core.errors import NUM, VALUE, CellError
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import dot
from xlfuncs.core.quantity import omitted
from xlfuncs.core.wording import number_text
from xlfuncs.functions._log_gaps import Column, Gaps, gaps, score

CATEGORY = "Asymmetry"

TWO_THIRDS = 2 / 3


def indicators(
    us: UsValues,
    cn: CnValues,
    direction: Direction = omitted("1"),
    weights: Weights = omitted("1"),
    vectors: Vectors = omitted("one vector"),
    vector_weights: VectorWeights = omitted("equal"),
    kinds: Kinds = omitted("ratio"),
    scales: Scales = omitted("none"),
    cap: Cap = 20,
    min_coverage: MinCoverage = TWO_THIRDS,
) -> Gaps | CellError:
    """The arguments of every function here, and the checked gaps that they give."""
    return gaps(us, cn, direction, weights, vectors, vector_weights, kinds, scales, cap, min_coverage)


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_score(prepared: Gaps) -> Score:
    """Asymmetry between the US and China across all vectors, from -100 to 100; above 0 the US leads.

    Each indicator yields a log gap: ln(us) - ln(cn) for a ratio, the difference of the logits for a share, and (us -
    cn) / scale for a diff. The argument direction reverses the sign if less is better, and cap limits the size. Gaps
    are averaged within each vector and then across the vectors. A lead of 2 to 1 on every indicator gives 33.3. An
    indicator missing in either country is dropped; if less than min_coverage of a vector's weight has data, the
    result is #N/A.

    Not for: Leads in opposite directions. Opposite leads cancel to a score near 0, which looks like parity; use
    VECTOR_SCORES and ASYMMETRY_POLARITY.

    >>> asymmetry_score([[3, 3]], [[1, 1]])
    50.0
    """
    return score(prepared.total)


@sheet_function(source=by.OECD_2008, prepare=indicators)
def vector_scores(prepared: Gaps) -> VectorTable:
    """Score of each vector, with the log gap, the weight and the share of the weight that has data.

    The arguments are those of ASYMMETRY_SCORE.

    Not for: Indicators that repeat the same fact, such as price and power per FLOP. Each indicator counts in full;
    split one weight among them.

    >>> vector_scores([[3]], [[1]])
    [['all', 50.0, 1.0986122887, 1.0, 1.0]]
    """
    log_gaps = prepared.by_vector
    columns = (prepared.vectors, score(log_gaps), log_gaps, prepared.vector_weights, prepared.coverage)
    return [list(row) for row in zip(*columns, strict=True)]


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_intensity(prepared: Gaps) -> Intensity:
    """Average size of the gaps across the vectors, from 0 to 100, regardless of which side leads.

    The arguments are those of ASYMMETRY_SCORE. The intensity is never below the absolute value of ASYMMETRY_SCORE.

    Not for: Leads that cancel within a vector. Only differences between vectors count, so without vectors the result
    equals the absolute value of ASYMMETRY_SCORE.

    >>> asymmetry_intensity([[3, 1]], [[1, 3]], None, None, [["I", "D"]])
    50.0
    """
    return score(prepared.spread)


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_polarity(prepared: Gaps) -> Polarity:
    """Degree to which the leads of the vectors cancel out: 0 if one side leads everywhere, 1 if the leads cancel.

    The arguments are those of ASYMMETRY_SCORE. High intensity with high polarity means that different sides lead on
    different vectors. At exact parity the polarity is 0.

    Not for: A single vector, for which the result is always 0, or near-parity, where noise alone can give 1; check
    ASYMMETRY_INTENSITY first.

    >>> asymmetry_polarity([[2, 1]], [[1, 2]], None, None, [["I", "D"]])
    1.0
    """
    return 1 - abs(prepared.total) / prepared.spread if prepared.spread else 0.0


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_contrib(prepared: Gaps) -> ContributionColumn:
    """Contribution of each indicator to the total log gap; a missing indicator contributes 0.

    The arguments are those of ASYMMETRY_SCORE. Compare the contributions with each other rather than with their sum,
    which may be close to 0.

    Not for: The score without an indicator. The weight would move to the other indicators, so subtraction is wrong;
    run ASYMMETRY_SCORE without the indicator.

    >>> asymmetry_contrib([[4, 1]], [[1, 1]])
    [[0.693147181], [0.0]]
    """
    return prepared.contributions[:, None].tolist()


def _draw_totals(
    prepared: Gaps, rel_se: Column | None, weight_sd: float, draws: float, seed: float
) -> Column | CellError:
    """The total log gap of each draw: values noisy in antithetic pairs, each pair with noisy weights of its own."""
    error = np.array([0.2]) if rel_se is None else rel_se
    count = len(prepared.log_gaps)
    if len(error) not in (1, count):
        return CellError(VALUE, f"rel_se must have 1 cell or as many cells as us ({count}); got {len(error)}.")
    if draws % 2:
        return CellError(NUM, f"draws must be an even number; got {number_text(draws)}.")
    random = np.random.Generator(np.random.PCG64(int(seed)))
    pairs = (int(draws) // 2, count)
    noise = math.sqrt(2) * error * random.standard_normal(pairs)  # of two values with one error each
    weights = prepared.weights * np.exp(weight_sd * random.standard_normal(pairs))
    both = [prepared.vector_gaps(prepared.log_gaps + sign * noise, weights) for sign in (1, -1)]
    return np.asarray(dot(np.concatenate(both), prepared.vector_weights))


@sheet_function(source=by.OECD_2008)
def asymmetry_quantile(
    us: UsValues,
    cn: CnValues,
    quantile: QuantileAsked,
    direction: Direction = omitted("1"),
    weights: Weights = omitted("1"),
    vectors: Vectors = omitted("one vector"),
    vector_weights: VectorWeights = omitted("equal"),
    kinds: Kinds = omitted("ratio"),
    scales: Scales = omitted("none"),
    cap: Cap = 20,
    min_coverage: MinCoverage = TWO_THIRDS,
    rel_se: RelativeError = omitted("0.2"),
    weight_sd: WeightSpread = 0.3,
    draws: Draws = 4096,
    seed: Seed = 12345,
) -> Score:
    """Quantile of the asymmetry score under uncertain values and weights; 0.05 and 0.95 bound a 90% interval.

    The first arguments are those of ASYMMETRY_SCORE. The relative error of a single value is rel_se, and the
    dispersion of the weights is weight_sd. The same seed reproduces the same result.

    Not for: Errors shared by several indicators, such as errors of a common source. Errors are drawn independently
    and average out, so the interval is too narrow.

    >>> asymmetry_quantile([[3]], [[1]], 0.5, None, None, None, None, None, None, 20, 0.5, 0, 0)
    50.0
    """
    prepared = indicators(us, cn, direction, weights, vectors, vector_weights, kinds, scales, cap, min_coverage)
    totals = prepared if isinstance(prepared, CellError) else _draw_totals(prepared, rel_se, weight_sd, draws, seed)
    return totals if isinstance(totals, CellError) else float(np.quantile(score(totals), quantile))


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_prob(
    prepared: Gaps,
    rel_se: RelativeError = omitted("0.2"),
    weight_sd: WeightSpread = 0.3,
    draws: Draws = 4096,
    seed: Seed = 12345,
) -> Probability:
    """Probability that the US leads, under uncertain values and weights.

    The arguments are those of ASYMMETRY_QUANTILE. Ties count as one half.

    Not for: The size of a lead. A lead of 1% with small errors gives nearly 1, just like a tenfold lead; use
    ASYMMETRY_QUANTILE.

    >>> asymmetry_prob([[1]], [[1]])
    0.5
    """
    totals = _draw_totals(prepared, rel_se, weight_sd, draws, seed)
    return totals if isinstance(totals, CellError) else float(np.mean((np.sign(totals) + 1) / 2))
