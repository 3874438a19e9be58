"""Capital stack: distribution of revenue and profit across layers, and durability of a lead."""

from __future__ import annotations

from typing import Any

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AnnualSaving,
    ChurnFree,
    ChurnLocked,
    Concentration,
    CostShare,
    CostShares,
    Elasticity,
    EndRevenue,
    Friction,
    FrictionAnswer,
    FrictionScores,
    FrictionWeights,
    GapStart,
    GrossMargin,
    GrossMargins,
    HalflifeYears,
    Horizon,
    LogPriceChange,
    MtokPrice,
    PassThrough,
    PersistentGap,
    PointGap,
    Power,
    QualityGap,
    Ratio,
    Revenues,
    RivalPrice,
    Share,
    ShareColumn,
    Shares,
    SwitchingCost,
    TakeChange,
    Theta,
    UnitCostMtok,
    WaterfallTable,
    YearlyDiscount,
    YearlyRate,
    Years,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import DIV0, VALUE, CellError
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import annuity, bisect, dot, exp, expm1, log, log1p, maximum
from xlfuncs.core.quantity import omitted
from xlfuncs.core.wording import count_text, number_text

CATEGORY = "Capital stack"


@sheet_function(source=by.ARTICLE)
def stack_waterfall(cost_shares: CostShares, end_revenue: EndRevenue = 1) -> WaterfallTable:
    """Revenue received, paid down and kept by each layer of the capital stack, starting from end-user revenue.

    The layers run from applications at the top to the last layer, which keeps everything it receives.

    Not for: Build-outs in which chips are bought ahead of revenue. Silicon then receives more than the chain passes
    down; use PROFIT_POOL_SHARE.

    >>> stack_waterfall([[0.5, 0.5]], 100)
    [[100.0, 50.0, 50.0, 0.5], [50.0, 25.0, 25.0, 0.25], [25.0, 0.0, 25.0, 0.25]]
    """
    revenue = end_revenue * np.cumprod([1.0, *cost_shares])
    paid = np.append(revenue[1:], 0.0)
    part = np.cumprod([1.0, *cost_shares])
    kept_share = part - np.append(part[1:], 0.0)
    return np.column_stack([revenue, paid, revenue - paid, kept_share]).tolist()


@sheet_function(
    source=by.ARTICLE,
    constraints=[
        Constraint(
            lambda revenues, gross_margins: len(revenues) == len(gross_margins),
            "revenues {revenues} and gross_margins {gross_margins} must have the same length.",
            VALUE,
        ),
        Constraint(
            lambda revenues, gross_margins: (revenues * gross_margins).sum() != 0,
            "The gross profits add up to 0; check revenues and gross_margins.",
            DIV0,
        ),
        Constraint(
            lambda revenues, gross_margins: (revenues * gross_margins).sum() > 0,
            "The gross profits add up to a loss, so there is no profit pool; check gross_margins.",
        ),
    ],
)
def profit_pool_share(revenues: Revenues, gross_margins: GrossMargins) -> ShareColumn:
    """Share of each layer in the total gross profit (profit pool).

    Not for: Profit pools with a loss-making layer. The shares of the other layers then add up to more than 1.
    Research and training costs are not deducted.

    >>> profit_pool_share([[300, 100]], [[0.5, 0.5]])
    [[0.75], [0.25]]
    """
    profits = revenues * gross_margins
    return (profits / profits.sum())[:, None].tolist()


@sheet_function(
    formula="10000 * SUMSQ(shares) / SUM(shares) ^ 2",
    source=by.DOJ_FTC_2023,
    constraints=[
        Constraint(lambda shares: shares.sum() != 0, "shares add up to 0; enter at least one positive share.", DIV0)
    ],
)
def hhi(shares: Shares) -> Concentration:
    """Herfindahl-Hirschman index (HHI); above 1800 a market counts as highly concentrated.

    Not for: Lists of market leaders only. Shares are rescaled to add up to 1, so omitting small rivals raises the
    index.

    >>> hhi([[40, 30, 20, 10]])
    3000.0
    """
    parts = shares / shares.sum()
    return 10_000 * float(dot(parts, parts))


@sheet_function(formula="persistent_gap + (gap_start - persistent_gap) * 0.5 ^ (years / halflife)", source=by.ARTICLE)
def performance_gap(
    gap_start: GapStart, persistent_gap: PersistentGap, halflife: HalflifeYears, years: Years
) -> PointGap:
    """Performance gap between the best closed and open models after some years, when all but a part decays.

    Not for: Leads that each new release renews. The gap only decays here and never jumps; include the renewed part in
    persistent_gap.

    >>> performance_gap(9, 1, 2, 4)
    3.0
    """
    return persistent_gap + (gap_start - persistent_gap) * 0.5 ** (years / halflife)


@sheet_function(formula="EXP(theta * gap) - 1", source=by.BERRY_1994)
def price_premium(gap: QualityGap, theta: Theta) -> Share:
    """Price premium at which a buyer is indifferent between the better model and its rival.

    Not for: Setting a price. At this premium half of the buyers choose the rival, and cost is not considered; use
    MODEL_PRICE.

    >>> price_premium(0, 1.5)
    0.0
    """
    return expm1(theta * gap)


@sheet_function(source=by.BERRY_1994)
def model_price(
    gap: QualityGap, theta: Theta, elasticity: Elasticity, unit_cost_mtok: UnitCostMtok, rival_price_mtok: RivalPrice
) -> MtokPrice:
    """Profit-maximising price of a model against an open rival, when buyers choose by a logit model.

    As buyers become more price-sensitive, the price falls to the larger of the cost and the indifference price.

    Not for: Rivals that respond with a price cut. The value of rival_price_mtok is held constant here, so the price
    is too high.

    >>> model_price(0.5, 1.5, 4, 0.3, 0.45)
    0.848857255964
    """

    low = log(unit_cost_mtok)
    indifferent = theta * gap + log(rival_price_mtok)

    def excess(log_price: Any) -> Any:
        rival_share = 1 / (1 + exp(elasticity * (indifferent - log_price)))
        return elasticity * rival_share * -expm1(low - log_price) - 1

    high = maximum(low, indifferent) + 1
    while np.any(too_low := excess(high) < 0):
        high = high + (high - low) * too_low
    return exp(bisect(excess, low, high))


@sheet_function(
    formula="1 - ((1 - gross_margin) + cost_share * (EXP(log_price_change) - 1)) / (1 + pass_through * cost_share * "
    "(EXP(log_price_change) - 1)) - take_change",
    source=by.ARTICLE,
)
def margin_transfer(
    gross_margin: GrossMargin,
    cost_share: CostShare,
    log_price_change: LogPriceChange,
    pass_through: PassThrough,
    take_change: TakeChange = 0,
) -> Share:
    """Gross margin after the layer below changes its price and the layer above changes its take rate.

    Not for: Percentages entered as log_price_change. Halving the price is -0.69; a value of -0.5 is a price cut of
    only 39%.

    >>> margin_transfer(0.5, 0.5, 0, 0.5, 0.25)
    0.25
    """
    change = cost_share * expm1(log_price_change)
    return 1 - ((1 - gross_margin) + change) / (1 + pass_through * change) - take_change


@sheet_function(source=by.ARTICLE)
def friction_score(scores: FrictionScores, weights: FrictionWeights = omitted("1"), power: Power = 1) -> FrictionAnswer:
    """Friction of removing a product, from 0 to 1: the power mean of the friction scores.

    Power 1 lets one friction compensate for another; power 0 is the geometric mean, for which a single zero gives
    zero.

    Not for: Products held by a single strong lock-in. At power 1 one full lock among five equally weighted scores
    gives only 0.2; raise power.

    >>> friction_score([[0.5, 1]], [[1, 1]])
    0.75
    """
    weight = np.ones(len(scores)) if weights is None else weights
    if len(weight) != len(scores):
        given, needed = count_text(len(weight), "cell"), count_text(len(scores), "cell")
        return CellError(VALUE, f"weights ({given}) and scores ({needed}) must have the same length.")
    if weight.sum() == 0:
        return CellError(DIV0, "weights add up to 0; enter at least one positive weight.")
    if power < 0:
        return CellError("#NUM!", f"power must be 0 or more; got {number_text(power)}.")
    share = weight / weight.sum()
    used = share > 0
    if power == 0:
        return 0.0 if (scores[used] == 0).any() else float(np.exp(dot(share[used], np.log(scores[used]))))
    top = float(scores[used].max())  # taken out, so that a high power loses nothing
    return top * float(dot(share, (scores / top) ** power) ** (1 / power)) if top else 0.0


@sheet_function(
    formula="1 - EXP(LN(1 - churn_free) * (LN(1 - churn_locked) / LN(1 - churn_free)) ^ friction)", source=by.COX_1972
)
def friction_churn(friction: Friction, churn_free: ChurnFree, churn_locked: ChurnLocked) -> YearlyRate:
    """Yearly churn rate at a given friction of removal, between the rates at zero and at full friction.

    Not for: Rough estimates of friction. Churn reacts strongly: between 0.8 and 0.05 an error of 0.1 in friction
    changes the hazard by a third.

    >>> friction_churn(1, 0.8, 0.05)
    0.05
    """
    free, locked = log1p(-churn_free), log1p(-churn_locked)
    return -expm1(free * (locked / free) ** friction)


@sheet_function(
    formula="switching_cost / (annual_saving * IF(ABS(discount_rate) < 1E-12, horizon, (1 - (1 + discount_rate) ^ "
    "-horizon) / LN(1 + discount_rate)))",
    source=by.ARTICLE,
)
def switching_ratio(
    switching_cost: SwitchingCost,
    annual_saving: AnnualSaving,
    discount_rate: YearlyDiscount = 0.1,
    horizon: Horizon = 5,
) -> Ratio:
    """Switching cost over the present value of the savings from switching; above 1 the customer stays.

    Not for: Rivals that become cheaper every year. The saving in annual_saving is held constant, so the customer
    appears more locked in than is true.

    >>> switching_ratio(400, 100, 0, 2)
    2.0
    """
    return switching_cost / (annual_saving * annuity(log1p(discount_rate), horizon))
