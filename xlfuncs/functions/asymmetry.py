"""Asymmetry: how far apart the US and China are, on which vectors, and how sure that is."""

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
from xlfuncs.core.quantity import omitted
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
def asymmetry_score(found: Gaps) -> Score:
    """Asymmetry of the US and China over all vectors, from -100 to 100; above 0 the US leads.

    Each indicator gives a log gap: of ratios ln us - ln cn, of shares the difference of the logits, of
    others (us - cn) / scale; direction turns it where less is better, and cap limits it. Gaps are
    averaged within each vector and then over the vectors. 2 to 1 everywhere gives 33.3. An indicator
    missing in either country is dropped; with less than min_coverage of a vector's weight the answer is
    #N/A.

    Not for: Leads that point in opposite ways: they cancel to a score near 0, which looks like parity; use
    VECTOR_SCORES and ASYMMETRY_POLARITY.

    >>> asymmetry_score([[3, 3]], [[1, 1]])
    50.0
    """
    return score(found.total)


@sheet_function(source=by.OECD_2008, prepare=indicators)
def vector_scores(found: Gaps) -> VectorTable:
    """Score of each vector, with its log gap, its weight and the share of its weight that has data.

    Arguments as in ASYMMETRY_SCORE.

    Not for: Indicators that repeat one fact, such as price and power per FLOP: each counts in full; split one
    weight among them.

    >>> vector_scores([[3]], [[1]])
    [['all', 50.0, 1.0986122887, 1.0, 1.0]]
    """
    log_gaps = found.by_vector
    columns = (found.vectors, score(log_gaps), log_gaps, found.vector_weights, found.coverage)
    return [list(row) for row in zip(*columns, strict=True)]


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_intensity(found: Gaps) -> Intensity:
    """How far apart the two are on the vectors, whoever leads, from 0 to 100.

    Arguments as in ASYMMETRY_SCORE, whose size it never falls below.

    Not for: Leads that cancel inside a vector: sizes count between vectors only, so with vectors left out it
    is no more than the size of ASYMMETRY_SCORE.

    >>> asymmetry_intensity([[3, 1]], [[1, 3]], None, None, [["I", "D"]])
    50.0
    """
    return score(found.spread)


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_polarity(found: Gaps) -> Polarity:
    """How far the leads on the vectors cancel: 0 where one side leads everywhere, 1 where they cancel.

    Arguments as in ASYMMETRY_SCORE. High intensity with high polarity means different leaders on
    different vectors. At parity there is nothing to cancel: 0.

    Not for: A single vector, where the answer is always 0, and near parity, where noise alone can give 1;
    read ASYMMETRY_INTENSITY first.

    >>> asymmetry_polarity([[2, 1]], [[1, 2]], None, None, [["I", "D"]])
    1.0
    """
    return 1 - abs(found.total) / found.spread if found.spread else 0.0


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_contrib(found: Gaps) -> ContributionColumn:
    """What each indicator adds to the total log gap; a missing one adds 0.

    Arguments as in ASYMMETRY_SCORE. Compare the sizes with each other and not with their sum, which
    may be near 0.

    Not for: The score without an indicator: its weight goes over to the others, so subtracting is wrong; run
    ASYMMETRY_SCORE without it.

    >>> asymmetry_contrib([[4, 1]], [[1, 1]])
    [[0.693147181], [0.0]]
    """
    return found.contributions[:, None].tolist()


def _drawn(found: Gaps, rel_se: Column | None, weight_sd: float, draws: float, seed: float) -> Column | CellError:
    """The total log gap of each draw: values noisy in antithetic pairs, each pair with noisy weights of its own."""
    error = np.array([0.2]) if rel_se is None else rel_se
    count = len(found.log_gaps)
    if len(error) not in (1, count):
        return CellError(VALUE, f"rel_se has {len(error)} cells; give one, or {count} as in us.")
    if draws % 2:
        return CellError(NUM, f"draws must be an even count; got {draws:.0f}.")
    random = np.random.Generator(np.random.PCG64(int(seed)))
    pairs = (int(draws) // 2, count)
    noise = math.sqrt(2) * error * random.standard_normal(pairs)  # of two values with one error each
    weights = found.weights * np.exp(weight_sd * random.standard_normal(pairs))
    both = [found.vector_gaps(found.log_gaps + sign * noise, weights) for sign in (1, -1)]
    return np.concatenate(both) @ found.vector_weights


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
    """Quantile of the score when the values and the weights are uncertain; 0.05 and 0.95 bound 90%.

    Arguments as in ASYMMETRY_SCORE. rel_se is the relative error of one value, weight_sd the spread of
    the weights. The same seed gives the same answer.

    Not for: Errors that indicators share, as from one source: they are drawn independently and average out,
    so the interval is too narrow.

    >>> asymmetry_quantile([[3]], [[1]], 0.5, None, None, None, None, None, None, 20, 0.5, 0, 0)
    50.0
    """
    found = indicators(us, cn, direction, weights, vectors, vector_weights, kinds, scales, cap, min_coverage)
    totals = found if isinstance(found, CellError) else _drawn(found, rel_se, weight_sd, draws, seed)
    return totals if isinstance(totals, CellError) else float(np.quantile(score(totals), quantile))


@sheet_function(source=by.OECD_2008, prepare=indicators)
def asymmetry_prob(
    found: Gaps,
    rel_se: RelativeError = omitted("0.2"),
    weight_sd: WeightSpread = 0.3,
    draws: Draws = 4096,
    seed: Seed = 12345,
) -> Probability:
    """Probability that the US leads when the values and the weights are uncertain.

    Arguments as in ASYMMETRY_QUANTILE. Ties count half.

    Not for: The size of a lead: one of 1% with small errors gives nearly 1, just as a lead of ten times; use
    ASYMMETRY_QUANTILE.

    >>> asymmetry_prob([[1]], [[1]])
    0.5
    """
    totals = _drawn(found, rel_se, weight_sd, draws, seed)
    return totals if isinstance(totals, CellError) else float(np.mean((np.sign(totals) + 1) / 2))
