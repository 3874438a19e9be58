"""Inference: cost of the tokens of a product, and the highest cost at which the product breaks even."""

from __future__ import annotations

import math

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Accelerators,
    CacheHit,
    Confidence,
    CostFloor,
    CostPerToken,
    CostStart,
    DailyUsers,
    Dates,
    Decline,
    DecodeSpeed,
    FixedCost,
    GpuHour,
    MtokPrice,
    PeakToMean,
    PeriodArpu,
    PeriodVariable,
    PrefillSpeed,
    PriceBasis,
    PriceCached,
    PriceEnd,
    PriceIn,
    PriceOut,
    Prices,
    PriceStart,
    Queries,
    QueriesPerDay,
    Span,
    TargetMargin,
    Throughput,
    Tokens,
    TokensIn,
    TokensOut,
    TrendRow,
    UsdPerPeriod,
    UserQueries,
    UserTokens,
    Utilisation,
    YearlyRate,
    Years,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import DIV0, NA, VALUE
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import dot, student_quantile

CATEGORY = "Inference"


@sheet_function(
    formula="fixed_cost + queries * tokens_per_query * cost_per_token / price_basis",
    source=by.ARTICLE,
)
def inference_cost(
    queries: Queries,
    tokens_per_query: Tokens,
    cost_per_token: CostPerToken,
    fixed_cost: FixedCost = 0,
    price_basis: PriceBasis = 1,
) -> UsdPerPeriod:
    """Inference cost of a period: fixed cost plus queries times tokens per query times token price.

    One price applies to prompt and answer tokens; INFERENCE_COST_IO separates the two. Set price_basis to 1000000 if
    the price is quoted per million tokens.

    Not for: Reserved accelerators that are also paid for when idle. The cost then follows capacity, not tokens; use
    ACCELERATORS_REQUIRED times GPU_HOUR_COST times the hours.

    >>> inference_cost(1000, 1200, 6e-7)
    0.72
    """
    return fixed_cost + queries * tokens_per_query * cost_per_token / price_basis


def _bill(tokens_in: float, tokens_out: float, price_in: float, price_out: float, hit: float, cached: float) -> float:
    return tokens_in * ((1 - hit) * price_in + hit * cached) + tokens_out * price_out


@sheet_function(
    formula="fixed_cost + queries * (tokens_in * ((1 - cache_hit) * price_in_mtok + cache_hit * "
    "price_cached_mtok) + tokens_out * price_out_mtok) / 1000000",
    source=by.DEEPSEEK_2025,
)
def inference_cost_io(
    queries: Queries,
    tokens_in: TokensIn,
    tokens_out: TokensOut,
    price_in_mtok: PriceIn,
    price_out_mtok: PriceOut,
    cache_hit: CacheHit = 0,
    price_cached_mtok: PriceCached = 0,
    fixed_cost: FixedCost = 0,
) -> UsdPerPeriod:
    """Inference cost of a period with separate prices for prompt, cached prompt and answer tokens.

    Not for: A cache_hit above 0 with price_cached_mtok omitted. Cached tokens are then free, so the cost is too low.

    >>> inference_cost_io(1_000_000, 2000, 500, 2.5, 10, 0.4, 0.25)
    8200.0
    """
    per_query = _bill(tokens_in, tokens_out, price_in_mtok, price_out_mtok, cache_hit, price_cached_mtok)
    return fixed_cost + queries * per_query / 1e6


@sheet_function(
    formula="(tokens_in * ((1 - cache_hit) * price_in_mtok + cache_hit * price_cached_mtok) + "
    "tokens_out * price_out_mtok) / (tokens_in + tokens_out)",
    source=by.DEEPSEEK_2025,
    constraints=[
        Constraint(
            lambda tokens_in, tokens_out: tokens_in + tokens_out != 0,
            "tokens_in and tokens_out are both 0; enter at least one of the two.",
            DIV0,
        )
    ],
)
def blended_token_price(
    tokens_in: TokensIn,
    tokens_out: TokensOut,
    price_in_mtok: PriceIn,
    price_out_mtok: PriceOut,
    cache_hit: CacheHit = 0,
    price_cached_mtok: PriceCached = 0,
) -> MtokPrice:
    """Blended price per million tokens, weighted by the mix of prompt, cached prompt and answer tokens.

    Not for: Models that use different numbers of tokens for the same task. The lower price may cost more per task;
    use COST_PER_SUCCESS or AGENT_TASK_COST.

    >>> blended_token_price(3, 1, 2.5, 10)
    4.375
    """
    bill = _bill(tokens_in, tokens_out, price_in_mtok, price_out_mtok, cache_hit, price_cached_mtok)
    return bill / (tokens_in + tokens_out)


@sheet_function(
    formula="floor_mtok + (cost_start_mtok - floor_mtok) * (1 - decline) ^ years",
    source=by.EPOCH_2025,
    constraints=[
        Constraint(
            lambda floor_mtok, cost_start_mtok: floor_mtok <= cost_start_mtok,
            "floor_mtok {floor_mtok} must not exceed cost_start_mtok {cost_start_mtok}.",
        )
    ],
)
def token_cost_at(cost_start_mtok: CostStart, floor_mtok: CostFloor, decline: Decline, years: Years) -> MtokPrice:
    """Token cost after a number of years, when the cost above a floor falls at a constant yearly rate.

    Not for: Products that stay at the frontier. A decline measured at constant capability, as in TOKEN_PRICE_TREND,
    understates their later cost.

    >>> token_cost_at(0.3, 0.03, 0.6, 3)
    0.04728
    """
    return floor_mtok + (cost_start_mtok - floor_mtok) * (1 - decline) ** years


@sheet_function(
    formula="1 - ((price_end_mtok - floor_mtok) / (price_start_mtok - floor_mtok)) ^ (1 / years)",
    source=by.EPOCH_2025,
    constraints=[
        Constraint(
            lambda price_start_mtok, floor_mtok, price_end_mtok: (
                (price_start_mtok > floor_mtok) & (price_end_mtok > floor_mtok)
            ),
            "floor_mtok {floor_mtok} must be below price_start_mtok {price_start_mtok} and price_end_mtok "
            "{price_end_mtok}.",
        )
    ],
)
def token_price_decline(
    price_start_mtok: PriceStart, price_end_mtok: PriceEnd, years: Span, floor_mtok: CostFloor = 0
) -> YearlyRate:
    """Yearly decline of a token price, or of the price above a floor; 0.9 means 10x cheaper each year.

    The result is negative if the price rose.

    Not for: Prices that move in steps. Two dates decide the result, and a cut just before the second date overstates
    the pace; use TOKEN_PRICE_TREND.

    >>> token_price_decline(60, 0.06, 3)
    0.9
    """
    return 1 - ((price_end_mtok - floor_mtok) / (price_start_mtok - floor_mtok)) ** (1 / years)


@sheet_function(
    source=by.EPOCH_2025,
    constraints=[
        Constraint(
            lambda on_dates, prices_mtok: len(on_dates) == len(prices_mtok),
            "on_dates {on_dates} and prices_mtok {prices_mtok} must have the same length.",
            VALUE,
        ),
        Constraint(
            lambda on_dates: len(on_dates) >= 3,
            "on_dates {on_dates} must have at least 3 cells for a trend with an interval.",
        ),
        Constraint(
            lambda on_dates: on_dates.min() < on_dates.max(),
            "on_dates must contain at least two different dates.",
            DIV0,
        ),
    ],
)
def token_price_trend(on_dates: Dates, prices_mtok: Prices, confidence: Confidence = 0.9) -> TrendRow:
    """Factor by which tokens of constant capability become cheaper per year, with interval and R squared.

    Ordinary least squares regression of the log price on the date, in years of 365 days; the interval uses Student's
    t distribution with n - 2 degrees of freedom.

    Not for: Daily copies of a price list that rarely changes. Repeated prices count as independent and make the
    interval far too narrow.

    >>> token_price_trend([[45000, 45365, 45730]], [[100, 10, 1]])
    [[10.0, 10.0, 10.0, 1.0]]
    """
    years = (on_dates - on_dates.mean()) / 365
    logs = np.log(prices_mtok)
    logs = logs - logs.mean()
    spread = float(dot(years, years))
    slope = float(dot(years, logs)) / spread
    total = float(dot(logs, logs))
    residual = float(np.square(logs - slope * years).sum())
    residual = residual if residual > 1e-24 * total else 0.0  # rounding of points on a line
    error = math.sqrt(residual / (len(years) - 2) / spread)
    half_width = student_quantile((1 - confidence) / 2, len(years) - 2) * error
    r_squared = 1 - residual / total if total else 1.0
    return [[math.exp(-slope), math.exp(-slope - half_width), math.exp(-slope + half_width), r_squared]]


@sheet_function(
    formula="IF(arpu * (1 - target_margin) - other_variable >= 0, (arpu * (1 - target_margin) - other_variable) * "
    "1000000 / (queries * tokens_per_query), NA())",
    source=by.ARTICLE,
    constraints=[
        Constraint(
            lambda arpu, target_margin, other_variable: arpu * (1 - target_margin) - other_variable >= 0,
            "No token cost reaches the target: arpu {arpu} less target_margin {target_margin} does not cover "
            "other_variable {other_variable}.",
            NA,
        )
    ],
)
def breakeven_token_cost(
    arpu: PeriodArpu,
    queries: UserQueries,
    tokens_per_query: UserTokens,
    target_margin: TargetMargin = 0,
    other_variable: PeriodVariable = 0,
) -> MtokPrice:
    """Break-even token cost: highest cost per million tokens at which a user still leaves the target margin.

    Not for: Companies with fixed cost. Only variable cost counts here, so the company may still lose money at this
    cost; use BREAKEVEN_ARPU.

    >>> breakeven_token_cost(20, 500, 4000, 0.5, 1)
    4.5
    """
    return (arpu * (1 - target_margin) - other_variable) * 1e6 / (queries * tokens_per_query)


@sheet_function(formula="gpu_hour / (3600 * throughput * utilisation) * 1000000", source=by.POPE_2022)
def serving_cost_per_mtok(gpu_hour: GpuHour, throughput: Throughput, utilisation: Utilisation = 1) -> MtokPrice:
    """Serving cost per million tokens, from the cost per accelerator-hour, throughput and utilisation.

    Not for: A throughput averaged over idle hours. Utilisation then counts the idle time twice, so the cost is too
    high.

    >>> serving_cost_per_mtok(1.8, 1000, 0.5)
    1.0
    """
    return gpu_hour / (3600 * throughput * utilisation) * 1e6


@sheet_function(
    formula="users * queries_per_day / 86400 * (tokens_in * (1 - cache_hit) / prefill_tps + tokens_out / "
    "decode_tps) * peak_to_mean",
    source=by.DEEPSEEK_2025,
)
def accelerators_required(
    users: DailyUsers,
    queries_per_day: QueriesPerDay,
    tokens_in: TokensIn,
    tokens_out: TokensOut,
    prefill_tps: PrefillSpeed,
    decode_tps: DecodeSpeed,
    cache_hit: CacheHit = 0,
    peak_to_mean: PeakToMean = 1,
) -> Accelerators:
    """Number of accelerators required to serve the prompts and answers of a user base, not rounded.

    Not for: Small services. One copy of the model may need more accelerators than the load, and half-empty batches do
    not reach decode_tps.

    >>> accelerators_required(864_000, 10, 2000, 500, 4000, 1000)
    100.0
    """
    seconds = tokens_in * (1 - cache_hit) / prefill_tps + tokens_out / decode_tps
    return users * queries_per_day / 86400 * seconds * peak_to_mean
