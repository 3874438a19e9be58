"""The functions of the library with their types. Generated from the declarations; do not edit."""

# Of the overloads of a function the first takes single cells, and the second columns as well. That one argument at
# least is a column cannot be said, hence the overlap.
# mypy: disable-error-code="overload-overlap"
# pyright: reportOverlappingOverload=false

from typing import overload

from xlfuncs.core import typing as t
from xlfuncs.core.errors import CellError
from xlfuncs.core.registry import Registry

REGISTRY: Registry

@overload
def accelerators_required(
    users: t.Number,
    queries_per_day: t.Number,
    tokens_in: t.Number,
    tokens_out: t.Number,
    prefill_tps: t.Number,
    decode_tps: t.Number,
    cache_hit: t.Number | None = 0.0,
    peak_to_mean: t.Number | None = 1.0,
) -> float:
    """Accelerators that carry the prompts and answers of a user base, not rounded.

    Args:
        users: Daily active users. users, 0 or more.
        queries_per_day: Queries of a daily user in a day. per user per day, 0 or more.
        tokens_in: Prompt tokens per query. tokens per query, 0 or more.
        tokens_out: Answer tokens per query. tokens per query, 0 or more.
        prefill_tps: Prompt tokens read in a second. tokens/s per accelerator, above 0.
        decode_tps: Answer tokens written in a second. tokens/s per accelerator, above 0.
        cache_hit: Share of the prompt tokens found in the cache. share, from 0 to 1. Default 0.
        peak_to_mean: Peak load over mean load. ratio, 1 or more. Default 1.
    """

@overload
def accelerators_required(
    users: t.NumberColumn[t.Floats],
    queries_per_day: t.NumberColumn[t.Floats],
    tokens_in: t.NumberColumn[t.Floats],
    tokens_out: t.NumberColumn[t.Floats],
    prefill_tps: t.NumberColumn[t.Floats],
    decode_tps: t.NumberColumn[t.Floats],
    cache_hit: t.NumberColumn[t.Floats] | None = 0.0,
    peak_to_mean: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def agent_task_cost(
    tokens_per_task: t.Number,
    price_per_mtok: t.Number,
    success_rate: t.Number,
    review_minutes: t.Number | None = 0.0,
    wage_per_hour: t.Number | None = 0.0,
) -> float:
    """Cost of a task that an agent gets done, with its tokens, its failures and its review.

    Args:
        tokens_per_task: Tokens of one attempt. tokens, 0 or more.
        price_per_mtok: Price of a million tokens. USD per Mtok, 0 or more.
        success_rate: Share of tasks done right. share, above 0 and at most 1.
        review_minutes: Review of one attempt. minutes, 0 or more. Default 0.
        wage_per_hour: Wage of the reviewer. USD per hour, 0 or more. Default 0.
    """

@overload
def agent_task_cost(
    tokens_per_task: t.NumberColumn[t.Floats],
    price_per_mtok: t.NumberColumn[t.Floats],
    success_rate: t.NumberColumn[t.Floats],
    review_minutes: t.NumberColumn[t.Floats] | None = 0.0,
    wage_per_hour: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def ai_data(
    entity: str,
    data_field: str,
    as_of: t.Date | None = None,
    unit: str | None = None,
) -> float:
    """Figure of a company, country or market: the latest on or before a date, in the unit wanted.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. text.
        data_field: Field id, such as revenue or valuation. text.
        as_of: Date: the last figure dated on or before it; the latest if left out. Excel date serial. Default
            latest.
        unit: Unit to convert to; as stored if left out. text. Default native.
    """

@overload
def ai_data(
    entity: t.TextColumn[t.Floats],
    data_field: t.TextColumn[t.Floats],
    as_of: t.DateColumn[t.Floats] | None = None,
    unit: t.TextColumn[t.Floats] | None = None,
) -> t.Floats: ...
def ai_data_hist(
    entity: str,
    data_field: str,
    start_on: t.Date,
    end_on: t.Date,
    frequency: str | None = "Y",
) -> list[list[float]]:
    """Every figure of an entity between two dates: the last one of each day, month, quarter or year.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. text.
        data_field: Field id, such as revenue or valuation. text.
        start_on: First day. Excel date serial.
        end_on: Last day. Excel date serial.
        frequency: Last figure of each day, month, quarter or year. text, d, m, q or y. Default Y.
    """

def asymmetry_contrib(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
) -> list[list[float]]:
    """What each indicator adds to the total log gap; a missing one adds 0.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
    """

@overload
def asymmetry_intensity(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
) -> float:
    """How far apart the two are on the vectors, whoever leads, from 0 to 100.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
    """

@overload
def asymmetry_intensity(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.NumberColumn[t.Floats] | None = 20.0,
    min_coverage: t.NumberColumn[t.Floats] | None = 0.6666666666666666,
) -> t.Floats: ...
@overload
def asymmetry_polarity(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
) -> float:
    """How far the leads on the vectors cancel: 0 where one side leads everywhere, 1 where they cancel.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
    """

@overload
def asymmetry_polarity(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.NumberColumn[t.Floats] | None = 20.0,
    min_coverage: t.NumberColumn[t.Floats] | None = 0.6666666666666666,
) -> t.Floats: ...
@overload
def asymmetry_prob(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
    rel_se: t.NumberRange | None = None,
    weight_sd: t.Number | None = 0.3,
    draws: t.Number | None = 4096.0,
    seed: t.Number | None = 12345.0,
) -> float:
    """Probability that the US leads when the values and the weights are uncertain.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
        rel_se: Relative error of a value: one, or one each. share, 0 or more. Default 0.2.
        weight_sd: Spread of the weights. log standard deviation, 0 or more. Default 0.3.
        draws: Random draws, an even count. count, a whole number, from 100 to 1000000. Default 4096.
        seed: Seed of the random numbers. count, a whole number, 0 or more. Default 12345.
    """

@overload
def asymmetry_prob(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.NumberColumn[t.Floats] | None = 20.0,
    min_coverage: t.NumberColumn[t.Floats] | None = 0.6666666666666666,
    rel_se: t.NumberRange | None = None,
    weight_sd: t.NumberColumn[t.Floats] | None = 0.3,
    draws: t.NumberColumn[t.Floats] | None = 4096.0,
    seed: t.NumberColumn[t.Floats] | None = 12345.0,
) -> t.Floats: ...
@overload
def asymmetry_quantile(
    us: t.NumberRange,
    cn: t.NumberRange,
    quantile: t.Number,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
    rel_se: t.NumberRange | None = None,
    weight_sd: t.Number | None = 0.3,
    draws: t.Number | None = 4096.0,
    seed: t.Number | None = 12345.0,
) -> float:
    """Quantile of the score when the values and the weights are uncertain; 0.05 and 0.95 bound 90%.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        quantile: Quantile, 0.05 for the low end of a 90% interval. share, from 0 to 1.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
        rel_se: Relative error of a value: one, or one each. share, 0 or more. Default 0.2.
        weight_sd: Spread of the weights. log standard deviation, 0 or more. Default 0.3.
        draws: Random draws, an even count. count, a whole number, from 100 to 1000000. Default 4096.
        seed: Seed of the random numbers. count, a whole number, 0 or more. Default 12345.
    """

@overload
def asymmetry_quantile(
    us: t.NumberRange,
    cn: t.NumberRange,
    quantile: t.NumberColumn[t.Floats],
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.NumberColumn[t.Floats] | None = 20.0,
    min_coverage: t.NumberColumn[t.Floats] | None = 0.6666666666666666,
    rel_se: t.NumberRange | None = None,
    weight_sd: t.NumberColumn[t.Floats] | None = 0.3,
    draws: t.NumberColumn[t.Floats] | None = 4096.0,
    seed: t.NumberColumn[t.Floats] | None = 12345.0,
) -> t.Floats: ...
@overload
def asymmetry_score(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
) -> float:
    """Asymmetry of the US and China over all vectors, from -100 to 100; above 0 the US leads.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
    """

@overload
def asymmetry_score(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.NumberColumn[t.Floats] | None = 20.0,
    min_coverage: t.NumberColumn[t.Floats] | None = 0.6666666666666666,
) -> t.Floats: ...
@overload
def automation_benefit(
    fte: t.Number,
    loaded_wage: t.Number,
    time_share: t.Number,
    adoption: t.Number,
    success_rate: t.Number,
    realisation: t.Number,
    cycle_value: t.Number | None = 0.0,
) -> float:
    """Benefit of an automation in a year: the labour that it saves in cash, and shorter cycles.

    Args:
        fte: Staff who do the work. FTE, 0 or more.
        loaded_wage: Wage with all that comes on top. USD per FTE-year, 0 or more.
        time_share: Share of the time that can be automated. share, from 0 to 1.
        adoption: Share of it in which the tool is used. share, from 0 to 1.
        success_rate: Share of tasks done right. share, from 0 to 1.
        realisation: Share of the saving that turns into cash. share, from 0 to 1.
        cycle_value: Value of shorter cycles. USD per year, 0 or more. Default 0.
    """

@overload
def automation_benefit(
    fte: t.NumberColumn[t.Floats],
    loaded_wage: t.NumberColumn[t.Floats],
    time_share: t.NumberColumn[t.Floats],
    adoption: t.NumberColumn[t.Floats],
    success_rate: t.NumberColumn[t.Floats],
    realisation: t.NumberColumn[t.Floats],
    cycle_value: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def automation_npv(
    annual_benefit: t.Number,
    run_cost: t.Number,
    upfront: t.Number,
    discount_rate: t.Number,
    years: t.Number,
    ramp_years: t.Number | None = 0.0,
    delay_years: t.Number | None = 0.0,
    run_cost_decline: t.Number | None = 0.0,
) -> float:
    """Net present value of an automation, with a ramp, a delay for compliance, and falling running cost.

    Args:
        annual_benefit: Benefit of a year. USD per year, 0 or more.
        run_cost: Cost to run it for a year. USD per year, 0 or more.
        upfront: Cost to set it up. USD, 0 or more.
        discount_rate: Discount rate. per year, above -1.
        years: Years looked ahead. years, above 0.
        ramp_years: Years until the full benefit. years, 0 or more. Default 0.
        delay_years: Years of compliance before it starts. years, 0 or more. Default 0.
        run_cost_decline: Yearly decline of the cost to run it. per year, 0 or more and below 1. Default 0.
    """

@overload
def automation_npv(
    annual_benefit: t.NumberColumn[t.Floats],
    run_cost: t.NumberColumn[t.Floats],
    upfront: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
    ramp_years: t.NumberColumn[t.Floats] | None = 0.0,
    delay_years: t.NumberColumn[t.Floats] | None = 0.0,
    run_cost_decline: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def automation_payback(
    annual_benefit: t.Number,
    run_cost: t.Number,
    upfront: t.Number,
    discount_rate: t.Number | None = 0.0,
) -> float:
    """Years until the discounted net benefit has paid the set-up.

    Args:
        annual_benefit: Benefit of a year. USD per year, 0 or more.
        run_cost: Cost to run it for a year. USD per year, 0 or more.
        upfront: Cost to set it up. USD, 0 or more.
        discount_rate: Discount rate. per year, above -1. Default 0.
    """

@overload
def automation_payback(
    annual_benefit: t.NumberColumn[t.Floats],
    run_cost: t.NumberColumn[t.Floats],
    upfront: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def bass_adopters(
    market: t.Number,
    innovation: t.Number,
    imitation: t.Number,
    years: t.Number,
) -> float:
    """Adopters after some years by the Bass model of innovators and imitators.

    Args:
        market: All who will ever adopt. users, above 0.
        innovation: Coefficient of innovation. per year, above 0.
        imitation: Coefficient of imitation. per year, 0 or more.
        years: Years from today. years, 0 or more.
    """

@overload
def bass_adopters(
    market: t.NumberColumn[t.Floats],
    innovation: t.NumberColumn[t.Floats],
    imitation: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def bill_growth(
    user_growth: t.Number,
    usage_growth: t.Number,
    decline: t.Number,
    floor_share: t.Number | None = 0.0,
    years: t.Number | None = 0.0,
) -> float:
    """Growth of the whole inference bill at a moment; it shrinks where cost falls faster than use grows.

    Args:
        user_growth: Yearly growth of the users. per year, above -1.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1. Default 0.
        years: Years from today. years, 0 or more. Default 0.
    """

@overload
def bill_growth(
    user_growth: t.NumberColumn[t.Floats],
    usage_growth: t.NumberColumn[t.Floats],
    decline: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats] | None = 0.0,
    years: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def blended_arpu(
    ad_arpu: t.Number,
    sub_conversion: t.Number,
    sub_price: t.Number,
    platform_fee: t.Number | None = 0.0,
    api_arpu: t.Number | None = 0.0,
) -> float:
    """Revenue per user from advertising, subscriptions net of the store's fee, and the API.

    Args:
        ad_arpu: Advertising revenue per user. USD per user-month, 0 or more.
        sub_conversion: Share of users who pay. share, from 0 to 1.
        sub_price: Price of the subscription. USD per month, 0 or more.
        platform_fee: Share of the price that the store keeps. share, 0 or more and below 1. Default 0.
        api_arpu: API revenue per user. USD per user-month, 0 or more. Default 0.
    """

@overload
def blended_arpu(
    ad_arpu: t.NumberColumn[t.Floats],
    sub_conversion: t.NumberColumn[t.Floats],
    sub_price: t.NumberColumn[t.Floats],
    platform_fee: t.NumberColumn[t.Floats] | None = 0.0,
    api_arpu: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def blended_token_price(
    tokens_in: t.Number,
    tokens_out: t.Number,
    price_in_mtok: t.Number,
    price_out_mtok: t.Number,
    cache_hit: t.Number | None = 0.0,
    price_cached_mtok: t.Number | None = 0.0,
) -> float:
    """One price per million tokens of all kinds, weighted by the token mix.

    Args:
        tokens_in: Prompt tokens per query. tokens per query, 0 or more.
        tokens_out: Answer tokens per query. tokens per query, 0 or more.
        price_in_mtok: Price of prompt tokens not in the cache. USD per Mtok, 0 or more.
        price_out_mtok: Price of answer tokens. USD per Mtok, 0 or more.
        cache_hit: Share of the prompt tokens found in the cache. share, from 0 to 1. Default 0.
        price_cached_mtok: Price of prompt tokens found in the cache. USD per Mtok, 0 or more. Default 0.
    """

@overload
def blended_token_price(
    tokens_in: t.NumberColumn[t.Floats],
    tokens_out: t.NumberColumn[t.Floats],
    price_in_mtok: t.NumberColumn[t.Floats],
    price_out_mtok: t.NumberColumn[t.Floats],
    cache_hit: t.NumberColumn[t.Floats] | None = 0.0,
    price_cached_mtok: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def breakeven_arpu(
    unit_cost: t.Number,
    other_variable: t.Number,
    fixed_cost: t.Number | None = 0.0,
    users: t.Number | None = 1.0,
    revenue_share: t.Number | None = 0.0,
) -> float:
    """Revenue per user and month at which nothing is lost, before the share of the host platform.

    Args:
        unit_cost: Inference cost per user. USD per user-month, 0 or more.
        other_variable: Other variable cost per user. USD per user-month, 0 or more.
        fixed_cost: Fixed cost of a month. USD per month, 0 or more. Default 0.
        users: Users who share the fixed cost. users, above 0. Default 1.
        revenue_share: Share of revenue paid to the host platform. share, 0 or more and below 1. Default 0.
    """

@overload
def breakeven_arpu(
    unit_cost: t.NumberColumn[t.Floats],
    other_variable: t.NumberColumn[t.Floats],
    fixed_cost: t.NumberColumn[t.Floats] | None = 0.0,
    users: t.NumberColumn[t.Floats] | None = 1.0,
    revenue_share: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def breakeven_solve(
    function_name: str,
    base_values: t.NumberRange,
    solve_index: t.Number,
    target: t.Number,
    low: t.Number,
    high: t.Number,
) -> float:
    """Value of one argument at which a function reaches a target, between low and high.

    Args:
        function_name: Function of the library. text.
        base_values: Base value of each argument, in order. number.
        solve_index: Number of the argument, from 1. count, a whole number, 1 or more.
        target: Result to reach. number.
        low: End of the bracket. number.
        high: End of the bracket. number.
    """

@overload
def breakeven_solve(
    function_name: t.TextColumn[t.Floats],
    base_values: t.NumberRange,
    solve_index: t.NumberColumn[t.Floats],
    target: t.NumberColumn[t.Floats],
    low: t.NumberColumn[t.Floats],
    high: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def breakeven_status(
    cost_ratio: t.Number,
    floor_share: t.Number,
    decline: t.Number,
    usage_growth: t.Number,
    arpu_growth: t.Number,
) -> str:
    """Verdict on the profit of a user: NOW, AT a later time, TRANSIENT, NOW, TRANSIENT, or NEVER.

    Args:
        cost_ratio: Inference cost over net revenue of a user, today. ratio, 0 or more.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1.
    """

@overload
def breakeven_status(
    cost_ratio: t.NumberColumnForText[t.Strings],
    floor_share: t.NumberColumnForText[t.Strings],
    decline: t.NumberColumnForText[t.Strings],
    usage_growth: t.NumberColumnForText[t.Strings],
    arpu_growth: t.NumberColumnForText[t.Strings],
) -> t.Strings: ...
@overload
def breakeven_time(
    cost_ratio: t.Number,
    floor_share: t.Number,
    decline: t.Number,
    usage_growth: t.Number,
    arpu_growth: t.Number,
    boundary: t.Number | None = 1.0,
) -> float:
    """Years until a user becomes profitable (boundary 1) or stops being so (boundary 2).

    Args:
        cost_ratio: Inference cost over net revenue of a user, today. ratio, 0 or more.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1.
        boundary: 1: start of the profit window; 2: its end. flag, 1 or 2. Default 1.
    """

@overload
def breakeven_time(
    cost_ratio: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats],
    decline: t.NumberColumn[t.Floats],
    usage_growth: t.NumberColumn[t.Floats],
    arpu_growth: t.NumberColumn[t.Floats],
    boundary: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def breakeven_token_cost(
    arpu: t.Number,
    queries: t.Number,
    tokens_per_query: t.Number,
    target_margin: t.Number | None = 0.0,
    other_variable: t.Number | None = 0.0,
) -> float:
    """Highest token cost per million at which a user still leaves the target margin.

    Args:
        arpu: Revenue per user in the period. USD per user per period, 0 or more.
        queries: Queries of one user in the period. count per period, above 0.
        tokens_per_query: Tokens per query. tokens, above 0.
        target_margin: Margin to be left, as a share of the revenue. share, below 1. Default 0.
        other_variable: Other variable cost per user. USD per user per period, 0 or more. Default 0.
    """

@overload
def breakeven_token_cost(
    arpu: t.NumberColumn[t.Floats],
    queries: t.NumberColumn[t.Floats],
    tokens_per_query: t.NumberColumn[t.Floats],
    target_margin: t.NumberColumn[t.Floats] | None = 0.0,
    other_variable: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def breakeven_wage(
    fte: t.Number,
    effective_share: t.Number,
    run_cost: t.Number,
    upfront: t.Number,
    discount_rate: t.Number,
    years: t.Number,
    cycle_value: t.Number | None = 0.0,
) -> float:
    """Loaded wage above which the automation pays; below 0 it pays at any wage.

    Args:
        fte: Staff who do the work. FTE, above 0.
        effective_share: Time x adoption x success x realisation. share, above 0 and at most 1.
        run_cost: Cost to run it for a year. USD per year, 0 or more.
        upfront: Cost to set it up. USD, 0 or more.
        discount_rate: Discount rate. per year, above -1.
        years: Years looked ahead. years, above 0.
        cycle_value: Value of shorter cycles. USD per year, 0 or more. Default 0.
    """

@overload
def breakeven_wage(
    fte: t.NumberColumn[t.Floats],
    effective_share: t.NumberColumn[t.Floats],
    run_cost: t.NumberColumn[t.Floats],
    upfront: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
    cycle_value: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def burn_multiple(
    net_burn: t.Number,
    net_new_arr: t.Number,
) -> float:
    """Cash burnt for each dollar of recurring revenue added; below 1 is excellent, above 3 bad.

    Args:
        net_burn: Cash burnt in the period. USD.
        net_new_arr: Recurring revenue added in the period, net. USD.
    """

@overload
def burn_multiple(
    net_burn: t.NumberColumn[t.Floats],
    net_new_arr: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def cac_payback(
    cac: t.Number,
    margin: t.Number,
    churn: t.Number | None = 0.0,
    discount_rate: t.Number | None = 0.0,
) -> float:
    """Periods until the margins of a customer, less churn and discount, have paid the acquisition.

    Args:
        cac: Cost to acquire one customer. USD per customer, 0 or more.
        margin: Margin of a customer and period. USD per period.
        churn: Share of customers lost in a period. per period, 0 or more and below 1. Default 0.
        discount_rate: Discount rate of a period. per period, above -1. Default 0.
    """

@overload
def cac_payback(
    cac: t.NumberColumn[t.Floats],
    margin: t.NumberColumn[t.Floats],
    churn: t.NumberColumn[t.Floats] | None = 0.0,
    discount_rate: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def capital_destruction(
    cash_flows: t.NumberRange,
    discount_rate: t.Number,
    periods_per_year: t.Number | None = 12.0,
) -> float:
    """Net present value destroyed, flows taken at the middle of their periods; 0 where none is.

    Args:
        cash_flows: Cash of each period; outflows negative. USD per period.
        discount_rate: Discount rate. per year, above -1.
        periods_per_year: Periods in a year. periods per year, above 0. Default 12.
    """

@overload
def capital_destruction(
    cash_flows: t.NumberRange,
    discount_rate: t.NumberColumn[t.Floats],
    periods_per_year: t.NumberColumn[t.Floats] | None = 12.0,
) -> t.Floats: ...
@overload
def cascade_cost(
    small_cost: t.Number,
    small_success: t.Number,
    verify_cost: t.Number,
    frontier_cost: t.Number,
) -> float:
    """Cost of a task when a small model tries first and a frontier model does the rest.

    Args:
        small_cost: Cost of one attempt. USD per task, 0 or more.
        small_success: Share of tasks done right. share, from 0 to 1.
        verify_cost: Cost to verify one attempt. USD per task, 0 or more.
        frontier_cost: Cost of the frontier model for a task done. USD per task, 0 or more.
    """

@overload
def cascade_cost(
    small_cost: t.NumberColumn[t.Floats],
    small_success: t.NumberColumn[t.Floats],
    verify_cost: t.NumberColumn[t.Floats],
    frontier_cost: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def chinchilla_loss(
    params_b: t.Number,
    tokens_t: t.Number,
    loss_floor: t.Number | None = 1.8172,
    coef_a: t.Number | None = 482.01,
    coef_b: t.Number | None = 2085.43,
    alpha: t.Number | None = 0.3478,
    beta: t.Number | None = 0.3658,
) -> float:
    """Loss that the scaling law predicts for a model size and a number of training tokens.

    Args:
        params_b: Parameters. billion parameters, above 0.
        tokens_t: Training tokens. trillion tokens, above 0.
        loss_floor: Loss that no size removes. nats per token, 0 or more. Default 1.8172.
        coef_a: Scaling-law coefficient of the parameters. coefficient, above 0. Default 482.01.
        coef_b: Scaling-law coefficient of the tokens. coefficient, above 0. Default 2085.43.
        alpha: Scaling-law exponent of the parameters. coefficient, above 0. Default 0.3478.
        beta: Scaling-law exponent of the tokens. coefficient, above 0. Default 0.3658.
    """

@overload
def chinchilla_loss(
    params_b: t.NumberColumn[t.Floats],
    tokens_t: t.NumberColumn[t.Floats],
    loss_floor: t.NumberColumn[t.Floats] | None = 1.8172,
    coef_a: t.NumberColumn[t.Floats] | None = 482.01,
    coef_b: t.NumberColumn[t.Floats] | None = 2085.43,
    alpha: t.NumberColumn[t.Floats] | None = 0.3478,
    beta: t.NumberColumn[t.Floats] | None = 0.3658,
) -> t.Floats: ...
@overload
def chinchilla_params(
    flops: t.Number,
    coef_a: t.Number | None = 482.01,
    coef_b: t.Number | None = 2085.43,
    alpha: t.Number | None = 0.3478,
    beta: t.Number | None = 0.3658,
) -> float:
    """Parameters of the dense model that a training compute serves best.

    Args:
        flops: Training compute. FLOP, above 0.
        coef_a: Scaling-law coefficient of the parameters. coefficient, above 0. Default 482.01.
        coef_b: Scaling-law coefficient of the tokens. coefficient, above 0. Default 2085.43.
        alpha: Scaling-law exponent of the parameters. coefficient, above 0. Default 0.3478.
        beta: Scaling-law exponent of the tokens. coefficient, above 0. Default 0.3658.
    """

@overload
def chinchilla_params(
    flops: t.NumberColumn[t.Floats],
    coef_a: t.NumberColumn[t.Floats] | None = 482.01,
    coef_b: t.NumberColumn[t.Floats] | None = 2085.43,
    alpha: t.NumberColumn[t.Floats] | None = 0.3478,
    beta: t.NumberColumn[t.Floats] | None = 0.3658,
) -> t.Floats: ...
@overload
def chip_tpp(
    dense_tops: t.Number,
    bit_length: t.Number,
) -> float:
    """Total processing performance of a chip, the measure of the US export rule.

    Args:
        dense_tops: Dense operations in a second. TOPS or TFLOP/s, 0 or more.
        bit_length: Bits of the operation. bits, above 0.
    """

@overload
def chip_tpp(
    dense_tops: t.NumberColumn[t.Floats],
    bit_length: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def churn_convert(
    churn: t.Number,
    from_per_year: t.Number,
    to_per_year: t.Number,
) -> float:
    """Churn of one period as the churn of another, by compounding: monthly is 12, yearly 1.

    Args:
        churn: Share of customers lost in a period. per period, from 0 to 1.
        from_per_year: Old periods in a year. periods per year, above 0.
        to_per_year: New periods in a year. periods per year, above 0.
    """

@overload
def churn_convert(
    churn: t.NumberColumn[t.Floats],
    from_per_year: t.NumberColumn[t.Floats],
    to_per_year: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def cohort_value(
    arpu: t.Number,
    unit_cost: t.Number,
    churn_hazard: t.Number,
    discount_rate: t.Number,
    floor_share: t.Number | None = 0.0,
    decline: t.Number | None = 0.0,
    usage_growth: t.Number | None = 0.0,
    arpu_growth: t.Number | None = 0.0,
    horizon: t.Number | None = 10.0,
) -> float:
    """Present value of a user won today, in continuous time, before the cost to win them.

    Args:
        arpu: Net revenue per user and year. USD per user-year, 0 or more.
        unit_cost: Inference cost per user and year. USD per user-year, 0 or more.
        churn_hazard: Hazard of leaving, -ln(share kept a year). per year, 0 or more.
        discount_rate: Discount rate. per year, above -1.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1. Default 0.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1. Default 0.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1. Default 0.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1. Default 0.
        horizon: Years looked ahead. years, above 0. Default 10.
    """

@overload
def cohort_value(
    arpu: t.NumberColumn[t.Floats],
    unit_cost: t.NumberColumn[t.Floats],
    churn_hazard: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats] | None = 0.0,
    decline: t.NumberColumn[t.Floats] | None = 0.0,
    usage_growth: t.NumberColumn[t.Floats] | None = 0.0,
    arpu_growth: t.NumberColumn[t.Floats] | None = 0.0,
    horizon: t.NumberColumn[t.Floats] | None = 10.0,
) -> t.Floats: ...
@overload
def contribution_margin(
    arpu: t.Number,
    inference: t.Number,
    other_variable: t.Number | None = 0.0,
) -> float:
    """Share of a user's revenue left after inference and other variable cost.

    Args:
        arpu: Revenue per user. USD per user-month, other than 0.
        inference: Inference cost per user. USD per user-month, 0 or more.
        other_variable: Other variable cost per user. USD per user-month, 0 or more. Default 0.
    """

@overload
def contribution_margin(
    arpu: t.NumberColumn[t.Floats],
    inference: t.NumberColumn[t.Floats],
    other_variable: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def cost_per_success(
    attempt_cost: t.Number,
    success_rate: t.Number,
    verify_cost: t.Number | None = 0.0,
    failure_cost: t.Number | None = 0.0,
    max_attempts: t.Number | None = 0.0,
    fallback_cost: t.Number | None = 0.0,
) -> float:
    """Cost of a task done, when attempts fail and are tried again, until success or a fallback.

    Args:
        attempt_cost: Cost of one attempt. USD per task, 0 or more.
        success_rate: Share of tasks done right. share, from 0 to 1.
        verify_cost: Cost to verify one attempt. USD per task, 0 or more. Default 0.
        failure_cost: Damage of a failed attempt. USD per task, 0 or more. Default 0.
        max_attempts: Most attempts; 0 until success. count, a whole number, 0 or more. Default 0.
        fallback_cost: Cost after the last failure. USD per task, 0 or more. Default 0.
    """

@overload
def cost_per_success(
    attempt_cost: t.NumberColumn[t.Floats],
    success_rate: t.NumberColumn[t.Floats],
    verify_cost: t.NumberColumn[t.Floats] | None = 0.0,
    failure_cost: t.NumberColumn[t.Floats] | None = 0.0,
    max_attempts: t.NumberColumn[t.Floats] | None = 0.0,
    fallback_cost: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def cost_to_arpu(
    cost_ratio: t.Number,
    floor_share: t.Number,
    decline: t.Number,
    usage_growth: t.Number,
    arpu_growth: t.Number,
    years: t.Number,
) -> float:
    """Inference cost over net revenue of a user after some years; above 1 the user loses money.

    Args:
        cost_ratio: Inference cost over net revenue of a user, today. ratio, 0 or more.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1.
        years: Years from today. years, 0 or more.
    """

@overload
def cost_to_arpu(
    cost_ratio: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats],
    decline: t.NumberColumn[t.Floats],
    usage_growth: t.NumberColumn[t.Floats],
    arpu_growth: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def cycle_time_value(
    days_saved: t.Number,
    flow_per_day: t.Number,
    wacc: t.Number,
    margin_per_day: t.Number | None = 0.0,
) -> float:
    """Value of shorter cycles in a year: capital set free, and margin earned sooner.

    Args:
        days_saved: Days saved in a cycle. days, 0 or more.
        flow_per_day: Money tied up for each day. USD per day, 0 or more.
        wacc: Weighted average cost of capital. per year, above -1.
        margin_per_day: Margin of a year for each day saved. USD per year. Default 0.
    """

@overload
def cycle_time_value(
    days_saved: t.NumberColumn[t.Floats],
    flow_per_day: t.NumberColumn[t.Floats],
    wacc: t.NumberColumn[t.Floats],
    margin_per_day: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
def data_range(
    entity: str,
    data_field: str,
    as_of: t.Date | None = None,
) -> list[list[float]]:
    """Lowest, chosen and highest figure where sources disagree, in the unit stored.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. text.
        data_field: Field id, such as revenue or valuation. text.
        as_of: Date: the last figure dated on or before it; the latest if left out. Excel date serial. Default
            latest.
    """

@overload
def data_source(
    entity: str,
    data_field: str,
    as_of: t.Date | None = None,
) -> str:
    """Source, date and grade of the figure that AI_DATA gives.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. text.
        data_field: Field id, such as revenue or valuation. text.
        as_of: Date: the last figure dated on or before it; the latest if left out. Excel date serial. Default
            latest.
    """

@overload
def data_source(
    entity: t.TextColumnForText[t.Strings],
    data_field: t.TextColumnForText[t.Strings],
    as_of: t.DateColumnForText[t.Strings] | None = None,
) -> t.Strings: ...
@overload
def decode_throughput(
    batch: t.Number,
    total_params_b: t.Number,
    active_params_b: t.Number,
    weight_bytes: t.Number,
    kv_bytes: t.Number,
    context: t.Number,
    peak_tflops: t.Number,
    bandwidth_tbs: t.Number,
    accelerators: t.Number,
    mfu: t.Number | None = 0.5,
    mbu: t.Number | None = 0.6,
    attn_gflop: t.Number | None = 0.0,
    overhead_ms: t.Number | None = 0.0,
    experts: t.Number | None = 0.0,
    active_experts: t.Number | None = 0.0,
    dense_params_b: t.Number | None = 0.0,
) -> float:
    """Answer tokens per accelerator and second by the roofline: memory traffic or arithmetic, the slower.

    Args:
        batch: Sequences decoded together. sequences, 1 or more.
        total_params_b: All parameters of the model. billion parameters, above 0.
        active_params_b: Parameters that a token passes. billion parameters, above 0.
        weight_bytes: Bytes of a weight. bytes per parameter, above 0.
        kv_bytes: Cache bytes of a token of context. bytes per token of context, 0 or more.
        context: Tokens of context of a sequence. tokens, 0 or more.
        peak_tflops: Dense peak arithmetic of an accelerator. TFLOP/s, above 0.
        bandwidth_tbs: Memory bandwidth of an accelerator. TB/s, above 0.
        accelerators: Accelerators that hold one copy of the model. accelerators, 1 or more.
        mfu: Model FLOP utilisation: arithmetic used over peak. share, above 0 and at most 1. Default 0.5.
        mbu: Memory bandwidth utilisation: traffic over peak. share, above 0 and at most 1. Default 0.6.
        attn_gflop: Attention arithmetic of a token. GFLOP per token, 0 or more. Default 0.
        overhead_ms: Communication and waiting in a step. ms per step, 0 or more. Default 0.
        experts: Experts in a layer; 0 for a dense model. count, 0 or more. Default 0.
        active_experts: Experts that a token passes. count, 0 or more. Default 0.
        dense_params_b: Parameters read for every token. billion parameters, 0 or more. Default 0.
    """

@overload
def decode_throughput(
    batch: t.NumberColumn[t.Floats],
    total_params_b: t.NumberColumn[t.Floats],
    active_params_b: t.NumberColumn[t.Floats],
    weight_bytes: t.NumberColumn[t.Floats],
    kv_bytes: t.NumberColumn[t.Floats],
    context: t.NumberColumn[t.Floats],
    peak_tflops: t.NumberColumn[t.Floats],
    bandwidth_tbs: t.NumberColumn[t.Floats],
    accelerators: t.NumberColumn[t.Floats],
    mfu: t.NumberColumn[t.Floats] | None = 0.5,
    mbu: t.NumberColumn[t.Floats] | None = 0.6,
    attn_gflop: t.NumberColumn[t.Floats] | None = 0.0,
    overhead_ms: t.NumberColumn[t.Floats] | None = 0.0,
    experts: t.NumberColumn[t.Floats] | None = 0.0,
    active_experts: t.NumberColumn[t.Floats] | None = 0.0,
    dense_params_b: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def decoupling_index(
    observed_multiple: t.Number,
    fair_multiple: t.Number,
) -> float:
    """How far a price has left its cash flows: the logarithm of the multiple paid over the justified one.

    Args:
        observed_multiple: Multiple that the market pays. x, above 0.
        fair_multiple: Multiple that the cash flows justify. x, above 0.
    """

@overload
def decoupling_index(
    observed_multiple: t.NumberColumn[t.Floats],
    fair_multiple: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def decoupling_state(
    user_growth: t.Number,
    value_growth: t.Number,
) -> str:
    """State of value against users by their elasticity, in eight words of Tapio.

    Args:
        user_growth: Change of the users. share.
        value_growth: Change of the value. share.
    """

@overload
def decoupling_state(
    user_growth: t.NumberColumnForText[t.Strings],
    value_growth: t.NumberColumnForText[t.Strings],
) -> t.Strings: ...
@overload
def delay_cost(
    monthly_benefit: t.Number,
    delay_months: t.Number,
    discount_rate: t.Number | None = 0.0,
) -> float:
    """Present value of the benefit lost while compliance holds a project up.

    Args:
        monthly_benefit: Benefit of a month. USD per month.
        delay_months: Months of delay. months, 0 or more.
        discount_rate: Discount rate of a month. per month, above -1. Default 0.
    """

@overload
def delay_cost(
    monthly_benefit: t.NumberColumn[t.Floats],
    delay_months: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def destruction_index(
    pv_inflows: t.Number,
    pv_outflows: t.Number,
) -> float:
    """Share of the capital put in that is lost; 0 where the inflows cover it.

    Args:
        pv_inflows: Present value of the inflows. USD, 0 or more.
        pv_outflows: Present value of the outflows. USD, above 0.
    """

@overload
def destruction_index(
    pv_inflows: t.NumberColumn[t.Floats],
    pv_outflows: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def energy_floor(
    flop_per_token: t.Number,
    flop_per_joule: t.Number,
    bytes_per_token: t.Number,
    pj_per_bit: t.Number,
    power_price_kwh: t.Number,
    pue: t.Number | None = 1.1,
) -> float:
    """Electricity cost per million tokens that no better software removes: arithmetic and traffic.

    Args:
        flop_per_token: Arithmetic of a token. FLOP, 0 or more.
        flop_per_joule: Arithmetic per joule. FLOP per J, above 0.
        bytes_per_token: Bytes moved for a token. bytes, 0 or more.
        pj_per_bit: Energy to move a bit. pJ per bit, 0 or more.
        power_price_kwh: Price of electricity. USD per kWh, 0 or more.
        pue: Power usage effectiveness: site power over machine power. ratio, 1 or more. Default 1.1.
    """

@overload
def energy_floor(
    flop_per_token: t.NumberColumn[t.Floats],
    flop_per_joule: t.NumberColumn[t.Floats],
    bytes_per_token: t.NumberColumn[t.Floats],
    pj_per_bit: t.NumberColumn[t.Floats],
    power_price_kwh: t.NumberColumn[t.Floats],
    pue: t.NumberColumn[t.Floats] | None = 1.1,
) -> t.Floats: ...
@overload
def energy_per_token(
    power_kw: t.Number,
    throughput: t.Number,
    pue: t.Number | None = 1.2,
) -> float:
    """Electric energy of a token at the meter. Divide by 3.6 for kWh per million tokens.

    Args:
        power_kw: Power of an accelerator with its share of the server. kW per accelerator, 0 or more.
        throughput: Tokens that an accelerator gives in a second. tokens/s per accelerator, above 0.
        pue: Power usage effectiveness: site power over machine power. ratio, 1 or more. Default 1.2.
    """

@overload
def energy_per_token(
    power_kw: t.NumberColumn[t.Floats],
    throughput: t.NumberColumn[t.Floats],
    pue: t.NumberColumn[t.Floats] | None = 1.2,
) -> t.Floats: ...
def fcff_dcf_table(
    revenue: t.Number,
    growth: t.Number,
    years_high: t.Number,
    years_fade: t.Number,
    terminal_growth: t.Number,
    gm_start: t.Number,
    gm_end: t.Number,
    opex_start: t.Number,
    opex_end: t.Number,
    tax_rate: t.Number,
    sales_to_capital: t.Number,
    wacc: t.Number,
    roic_terminal: t.Number | None = None,
    mid_year: t.Number | None = 1.0,
    opex_scale: t.Number | None = 0.8,
) -> list[list[float]]:
    """Free cash flow to the firm, year by year, and its present value; the last row is all years after.

    Args:
        revenue: Run-rate revenue today. USD per year, above 0.
        growth: Growth of revenue in the first stage. per year, above -1.
        years_high: Years of the first stage. years, a whole number, 0 or more.
        years_fade: Years in which growth fades. years, a whole number, 0 or more.
        terminal_growth: Growth for ever after. per year, above -1.
        gm_start: Gross margin today. share, at most 1.
        gm_end: Gross margin in the last explicit year. share, at most 1.
        opex_start: Operating cost over revenue today. share, 0 or more.
        opex_end: Operating cost over revenue at scale. share, 0 or more.
        tax_rate: Tax rate. share, 0 or more and below 1.
        sales_to_capital: Revenue added per dollar of capital. ratio, above 0.
        wacc: Weighted average cost of capital. per year, above -1.
        roic_terminal: Return on new capital for ever after. per year, other than 0. Default wacc.
        mid_year: 1: flows at mid-year; 0: at year-end. flag, 0 or 1. Default 1.
        opex_scale: 1: the excess is a fixed amount; 0: a constant share. ratio. Default 0.8.
    """

@overload
def feedback_loop_days(
    samples_needed: t.Number,
    daily_users: t.Number,
    events_per_user: t.Number,
    usable_share: t.Number,
    latency_days: t.Number | None = 0.0,
) -> float:
    """Days in which users give enough usable data for one cycle of training.

    Args:
        samples_needed: Usable samples for one training cycle. samples, 0 or more.
        daily_users: Daily active users. users, above 0.
        events_per_user: Events that a user gives in a day. per user per day, above 0.
        usable_share: Share of the events fit to train on. share, above 0 and at most 1.
        latency_days: Days from event to training set. days, 0 or more. Default 0.
    """

@overload
def feedback_loop_days(
    samples_needed: t.NumberColumn[t.Floats],
    daily_users: t.NumberColumn[t.Floats],
    events_per_user: t.NumberColumn[t.Floats],
    usable_share: t.NumberColumn[t.Floats],
    latency_days: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def finetune_breakeven(
    fixed_cost: t.Number,
    frontier_cost: t.Number,
    small_cost: t.Number,
    monthly_fixed: t.Number | None = 0.0,
    months: t.Number | None = 12.0,
    frontier_decline: t.Number | None = 0.0,
) -> float:
    """Tasks a month above which a fine-tuned model pays, while the price of the frontier keeps falling.

    Args:
        fixed_cost: Cost of the fine-tuning. USD, 0 or more.
        frontier_cost: Cost of the frontier model for a task done. USD per task, 0 or more.
        small_cost: Cost of the small model for a task done. USD per task, 0 or more.
        monthly_fixed: Fixed cost of a month. USD per month, 0 or more. Default 0.
        months: Months over which it must pay. months, above 0. Default 12.
        frontier_decline: Yearly decline of the cost to run it. per year, 0 or more and below 1. Default 0.
    """

@overload
def finetune_breakeven(
    fixed_cost: t.NumberColumn[t.Floats],
    frontier_cost: t.NumberColumn[t.Floats],
    small_cost: t.NumberColumn[t.Floats],
    monthly_fixed: t.NumberColumn[t.Floats] | None = 0.0,
    months: t.NumberColumn[t.Floats] | None = 12.0,
    frontier_decline: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
def fn_explain(
    function_name: str,
) -> list[list[str]]:
    """Arguments, units, defaults, domains, formula and source of a function.

    Args:
        function_name: Function of the library. text.
    """

@overload
def fn_version(
    function_name: str | None = None,
) -> str:
    """Version of the library and its data, and of one function a hash of its declaration and body.

    Args:
        function_name: Function of the library. text. Default library.
    """

@overload
def fn_version(
    function_name: t.TextColumnForText[t.Strings] | None = None,
) -> t.Strings: ...
@overload
def fn_why(
    function_name: str,
    arguments: t.CellRange,
) -> str:
    """Why a call gives an error value, in words, or 'no error'.

    Args:
        function_name: Function of the library. text.
        arguments: Arguments of the call, in order. as stored.
    """

@overload
def fn_why(
    function_name: t.TextColumnForText[t.Strings],
    arguments: t.CellRange,
) -> t.Strings: ...
@overload
def friction_churn(
    friction: t.Number,
    churn_free: t.Number,
    churn_locked: t.Number,
) -> float:
    """Yearly churn at a friction of removal, between the churn without any and that at full friction.

    Args:
        friction: Friction of removal. 0 to 1, from 0 to 1.
        churn_free: Yearly churn without friction. per year, above 0 and below 1.
        churn_locked: Yearly churn at full friction. per year, above 0 and below 1.
    """

@overload
def friction_churn(
    friction: t.NumberColumn[t.Floats],
    churn_free: t.NumberColumn[t.Floats],
    churn_locked: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def friction_score(
    scores: t.NumberRange,
    weights: t.NumberRange | None = None,
    power: t.Number | None = 1.0,
) -> float:
    """How hard a product is to remove, from 0 to 1: the power mean of its frictions.

    Args:
        scores: Friction of integration, data, parties, retraining and contract. 0 to 1, from 0 to 1.
        weights: Weight of each. weight, 0 or more. Default 1.
        power: Power of the mean; 0 is geometric. coefficient. Default 1.
    """

@overload
def friction_score(
    scores: t.NumberRange,
    weights: t.NumberRange | None = None,
    power: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def funnel_users(
    reach: t.Number,
    step_rates: t.NumberRange,
) -> float:
    """Users who pass every step from reach to daily use.

    Args:
        reach: People who could see it. users, 0 or more.
        step_rates: Share that passes each step. share, from 0 to 1.
    """

@overload
def funnel_users(
    reach: t.NumberColumn[t.Floats],
    step_rates: t.NumberRange,
) -> t.Floats: ...
@overload
def fx_rate(
    from_ccy: str,
    to_ccy: str,
    as_of: t.Date | None = None,
) -> float:
    """Exchange rate: units of to_ccy for one of from_ccy, by the last euro reference rates up to a date.

    Args:
        from_ccy: ISO code of the currency held, such as USD. text.
        to_ccy: ISO code of the currency wanted, such as CNY. text.
        as_of: Date: the last figure dated on or before it; the latest if left out. Excel date serial. Default
            latest.
    """

@overload
def fx_rate(
    from_ccy: t.TextColumn[t.Floats],
    to_ccy: t.TextColumn[t.Floats],
    as_of: t.DateColumn[t.Floats] | None = None,
) -> t.Floats: ...
@overload
def gpu_hour_cost(
    capex: t.Number,
    life_years: t.Number,
    power_kw: t.Number,
    pue: t.Number,
    power_price_kwh: t.Number,
    capital_rate: t.Number | None = 0.1,
    residual: t.Number | None = 0.0,
    opex_share: t.Number | None = 0.05,
    load_factor: t.Number | None = 0.8,
    availability: t.Number | None = 0.97,
) -> float:
    """Full cost of one available accelerator-hour: capital recovery, operating cost and electricity.

    Args:
        capex: System price per accelerator, all in. USD, 0 or more.
        life_years: Years of service. years, above 0.
        power_kw: Power of an accelerator with its share of the server. kW per accelerator, 0 or more.
        pue: Power usage effectiveness: site power over machine power. ratio, 1 or more.
        power_price_kwh: Price of electricity. USD per kWh, 0 or more.
        capital_rate: Cost of the money in the hardware. per year, above -1. Default 0.1.
        residual: Resale value at the end, as a share of the price. share, from 0 to 1. Default 0.
        opex_share: Operating cost as a share of the price. per year, 0 or more. Default 0.05.
        load_factor: Mean power drawn as a share of the rated power. share, from 0 to 1. Default 0.8.
        availability: Share of the hours it is up. share, above 0 and at most 1. Default 0.97.
    """

@overload
def gpu_hour_cost(
    capex: t.NumberColumn[t.Floats],
    life_years: t.NumberColumn[t.Floats],
    power_kw: t.NumberColumn[t.Floats],
    pue: t.NumberColumn[t.Floats],
    power_price_kwh: t.NumberColumn[t.Floats],
    capital_rate: t.NumberColumn[t.Floats] | None = 0.1,
    residual: t.NumberColumn[t.Floats] | None = 0.0,
    opex_share: t.NumberColumn[t.Floats] | None = 0.05,
    load_factor: t.NumberColumn[t.Floats] | None = 0.8,
    availability: t.NumberColumn[t.Floats] | None = 0.97,
) -> t.Floats: ...
@overload
def gpu_spec(
    chip_id: str,
    data_field: str,
) -> float:
    """Figure of an accelerator: dense TFLOP/s, memory, bandwidth, power, die area or TPP.

    Args:
        chip_id: Chip id, such as h100-sxm. text.
        data_field: Which figure. text, tflops_bf16, tflops_fp8, mem_gb, bw_tbs, tdp_w, die_mm2 or tpp.
    """

@overload
def gpu_spec(
    chip_id: t.TextColumn[t.Floats],
    data_field: t.TextColumn[t.Floats],
) -> t.Floats: ...
@overload
def growth_value_slope(
    users_start: t.Number,
    arpu: t.Number,
    unit_cost: t.Number,
    user_growth: t.Number,
    discount_rate: t.Number,
    floor_share: t.Number | None = 0.0,
    decline: t.Number | None = 0.0,
    usage_growth: t.Number | None = 0.0,
    arpu_growth: t.Number | None = 0.0,
    horizon: t.Number | None = 5.0,
) -> float:
    """Change of the platform's value as its users grow faster; below 0, growth destroys value.

    Args:
        users_start: Users today. users, 0 or more.
        arpu: Net revenue per user and year. USD per user-year, 0 or more.
        unit_cost: Inference cost per user and year. USD per user-year, 0 or more.
        user_growth: Yearly growth of the users. per year, above -1.
        discount_rate: Discount rate. per year, above -1.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1. Default 0.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1. Default 0.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1. Default 0.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1. Default 0.
        horizon: Years looked ahead. years, above 0. Default 5.
    """

@overload
def growth_value_slope(
    users_start: t.NumberColumn[t.Floats],
    arpu: t.NumberColumn[t.Floats],
    unit_cost: t.NumberColumn[t.Floats],
    user_growth: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats] | None = 0.0,
    decline: t.NumberColumn[t.Floats] | None = 0.0,
    usage_growth: t.NumberColumn[t.Floats] | None = 0.0,
    arpu_growth: t.NumberColumn[t.Floats] | None = 0.0,
    horizon: t.NumberColumn[t.Floats] | None = 5.0,
) -> t.Floats: ...
@overload
def hardware_premium(
    cost_cn: t.Number,
    perf_cn: t.Number,
    eff_cn: t.Number,
    cost_us: t.Number,
    perf_us: t.Number,
    eff_us: t.Number,
    algorithmic_gain: t.Number | None = 1.0,
) -> float:
    """Extra cost of Chinese over US hardware per unit of work done, after algorithmic gains.

    Args:
        cost_cn: Cost of the Chinese hardware, per hour or in all. USD per accelerator-hour, above 0.
        perf_cn: What the workload takes of it: TFLOP/s, TB/s or GB. any capacity unit, above 0.
        eff_cn: Share of the capacity put to use (MFU or MBU). share, above 0.
        cost_us: Cost of the US hardware, as for cost_cn. USD per accelerator-hour, above 0.
        perf_us: The same capacity of the US hardware. any capacity unit, above 0.
        eff_us: Share of the capacity put to use (MFU or MBU). share, above 0.
        algorithmic_gain: How many times less compute the task takes through better algorithms. x, above 0. Default
            1.
    """

@overload
def hardware_premium(
    cost_cn: t.NumberColumn[t.Floats],
    perf_cn: t.NumberColumn[t.Floats],
    eff_cn: t.NumberColumn[t.Floats],
    cost_us: t.NumberColumn[t.Floats],
    perf_us: t.NumberColumn[t.Floats],
    eff_us: t.NumberColumn[t.Floats],
    algorithmic_gain: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def hazard_adjusted_value(
    asset_value: t.Number,
    hazard: t.Number,
    event_loss: t.Number,
    discount_rate: t.Number,
    growth: t.Number,
) -> float:
    """Value of a perpetuity that random events, such as an intervention, cut by a share each time.

    Args:
        asset_value: Value without the events. USD.
        hazard: Events in a year. per year, 0 or more.
        event_loss: Share of the value lost in an event. share, from 0 to 1.
        discount_rate: Discount rate. per year.
        growth: Growth for ever. per year.
    """

@overload
def hazard_adjusted_value(
    asset_value: t.NumberColumn[t.Floats],
    hazard: t.NumberColumn[t.Floats],
    event_loss: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    growth: t.NumberColumn[t.Floats],
) -> t.Floats: ...
def hhi(
    shares: t.NumberRange,
) -> float:
    """Herfindahl-Hirschman index of concentration; above 1800 a market counts as highly concentrated.

    Args:
        shares: Market shares on any scale. number, 0 or more.
    """

@overload
def implied_cost_decline(
    observed_multiple: t.Number,
    inference_share: t.Number,
    other_cogs: t.Number,
    floor_share: t.Number,
    net_usage_growth: t.Number,
    growth: t.Number,
    years_high: t.Number,
    years_fade: t.Number,
    terminal_growth: t.Number,
    opex_start: t.Number,
    opex_end: t.Number,
    tax_rate: t.Number,
    sales_to_capital: t.Number,
    wacc: t.Number,
    roic_terminal: t.Number | None = None,
    opex_scale: t.Number | None = 0.8,
) -> float:
    """Yearly decline of the token cost that a market multiple assumes; 0 where it needs none.

    Args:
        observed_multiple: Multiple that the market pays. x, above 0.
        inference_share: Inference cost over revenue today. share, 0 or more.
        other_cogs: Other cost of revenue. share, 0 or more.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1.
        net_usage_growth: Growth of usage over that of revenue. per year, above -1.
        growth: Growth of revenue in the first stage. per year, above -1.
        years_high: Years of the first stage. years, a whole number, 0 or more.
        years_fade: Years in which growth fades. years, a whole number, 0 or more.
        terminal_growth: Growth for ever after. per year, above -1.
        opex_start: Operating cost over revenue today. share, 0 or more.
        opex_end: Operating cost over revenue at scale. share, 0 or more.
        tax_rate: Tax rate. share, 0 or more and below 1.
        sales_to_capital: Revenue added per dollar of capital. ratio, above 0.
        wacc: Weighted average cost of capital. per year, above -1.
        roic_terminal: Return on new capital for ever after. per year, other than 0. Default wacc.
        opex_scale: 1: the excess is a fixed amount; 0: a constant share. ratio. Default 0.8.
    """

@overload
def implied_cost_decline(
    observed_multiple: t.NumberColumn[t.Floats],
    inference_share: t.NumberColumn[t.Floats],
    other_cogs: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats],
    net_usage_growth: t.NumberColumn[t.Floats],
    growth: t.NumberColumn[t.Floats],
    years_high: t.NumberColumn[t.Floats],
    years_fade: t.NumberColumn[t.Floats],
    terminal_growth: t.NumberColumn[t.Floats],
    opex_start: t.NumberColumn[t.Floats],
    opex_end: t.NumberColumn[t.Floats],
    tax_rate: t.NumberColumn[t.Floats],
    sales_to_capital: t.NumberColumn[t.Floats],
    wacc: t.NumberColumn[t.Floats],
    roic_terminal: t.NumberColumn[t.Floats] | None = None,
    opex_scale: t.NumberColumn[t.Floats] | None = 0.8,
) -> t.Floats: ...
@overload
def implied_growth(
    observed_multiple: t.Number,
    years_high: t.Number,
    years_fade: t.Number,
    terminal_growth: t.Number,
    gm_start: t.Number,
    gm_end: t.Number,
    opex_start: t.Number,
    opex_end: t.Number,
    tax_rate: t.Number,
    sales_to_capital: t.Number,
    wacc: t.Number,
    roic_terminal: t.Number | None = None,
    opex_scale: t.Number | None = 0.8,
    low: t.Number | None = -0.5,
    high: t.Number | None = 10.0,
) -> float:
    """Growth that a market multiple assumes: the smallest at which JUSTIFIED_MULTIPLE equals it.

    Args:
        observed_multiple: Multiple that the market pays. x, above 0.
        years_high: Years of the first stage. years, a whole number, 1 or more.
        years_fade: Years in which growth fades. years, a whole number, 0 or more.
        terminal_growth: Growth for ever after. per year, above -1.
        gm_start: Gross margin today. share, at most 1.
        gm_end: Gross margin in the last explicit year. share, at most 1.
        opex_start: Operating cost over revenue today. share, 0 or more.
        opex_end: Operating cost over revenue at scale. share, 0 or more.
        tax_rate: Tax rate. share, 0 or more and below 1.
        sales_to_capital: Revenue added per dollar of capital. ratio, above 0.
        wacc: Weighted average cost of capital. per year, above -1.
        roic_terminal: Return on new capital for ever after. per year, other than 0. Default wacc.
        opex_scale: 1: the excess is a fixed amount; 0: a constant share. ratio. Default 0.8.
        low: Lowest growth tried. per year, above -1. Default -0.5.
        high: Highest growth tried. per year, above -1. Default 10.
    """

@overload
def implied_growth(
    observed_multiple: t.NumberColumn[t.Floats],
    years_high: t.NumberColumn[t.Floats],
    years_fade: t.NumberColumn[t.Floats],
    terminal_growth: t.NumberColumn[t.Floats],
    gm_start: t.NumberColumn[t.Floats],
    gm_end: t.NumberColumn[t.Floats],
    opex_start: t.NumberColumn[t.Floats],
    opex_end: t.NumberColumn[t.Floats],
    tax_rate: t.NumberColumn[t.Floats],
    sales_to_capital: t.NumberColumn[t.Floats],
    wacc: t.NumberColumn[t.Floats],
    roic_terminal: t.NumberColumn[t.Floats] | None = None,
    opex_scale: t.NumberColumn[t.Floats] | None = 0.8,
    low: t.NumberColumn[t.Floats] | None = -0.5,
    high: t.NumberColumn[t.Floats] | None = 10.0,
) -> t.Floats: ...
@overload
def implied_margin(
    observed_multiple: t.Number,
    growth: t.Number,
    years_high: t.Number,
    years_fade: t.Number,
    terminal_growth: t.Number,
    gm_start: t.Number,
    opex_start: t.Number,
    opex_end: t.Number,
    tax_rate: t.Number,
    sales_to_capital: t.Number,
    wacc: t.Number,
    roic_terminal: t.Number | None = None,
    opex_scale: t.Number | None = 0.8,
) -> float:
    """Gross margin at maturity that a market multiple assumes.

    Args:
        observed_multiple: Multiple that the market pays. x, above 0.
        growth: Growth of revenue in the first stage. per year, above -1.
        years_high: Years of the first stage. years, a whole number, 0 or more.
        years_fade: Years in which growth fades. years, a whole number, 0 or more.
        terminal_growth: Growth for ever after. per year, above -1.
        gm_start: Gross margin today. share, at most 1.
        opex_start: Operating cost over revenue today. share, 0 or more.
        opex_end: Operating cost over revenue at scale. share, 0 or more.
        tax_rate: Tax rate. share, 0 or more and below 1.
        sales_to_capital: Revenue added per dollar of capital. ratio, above 0.
        wacc: Weighted average cost of capital. per year, above -1.
        roic_terminal: Return on new capital for ever after. per year, other than 0. Default wacc.
        opex_scale: 1: the excess is a fixed amount; 0: a constant share. ratio. Default 0.8.
    """

@overload
def implied_margin(
    observed_multiple: t.NumberColumn[t.Floats],
    growth: t.NumberColumn[t.Floats],
    years_high: t.NumberColumn[t.Floats],
    years_fade: t.NumberColumn[t.Floats],
    terminal_growth: t.NumberColumn[t.Floats],
    gm_start: t.NumberColumn[t.Floats],
    opex_start: t.NumberColumn[t.Floats],
    opex_end: t.NumberColumn[t.Floats],
    tax_rate: t.NumberColumn[t.Floats],
    sales_to_capital: t.NumberColumn[t.Floats],
    wacc: t.NumberColumn[t.Floats],
    roic_terminal: t.NumberColumn[t.Floats] | None = None,
    opex_scale: t.NumberColumn[t.Floats] | None = 0.8,
) -> t.Floats: ...
@overload
def inference_cost(
    queries: t.Number,
    tokens_per_query: t.Number,
    cost_per_token: t.Number,
    fixed_cost: t.Number | None = 0.0,
    price_basis: t.Number | None = 1.0,
) -> float:
    """Inference bill of a period: fixed cost plus queries times tokens per query times token cost.

    Args:
        queries: Queries in the period. count per period, 0 or more.
        tokens_per_query: Tokens per query, prompt and answer together. tokens, 0 or more.
        cost_per_token: Price of price_basis tokens. USD per price_basis tokens, 0 or more.
        fixed_cost: Fixed cost of the period. USD per period, 0 or more. Default 0.
        price_basis: Tokens the price is quoted for. tokens, 1, 1000 or 1000000. Default 1.
    """

@overload
def inference_cost(
    queries: t.NumberColumn[t.Floats],
    tokens_per_query: t.NumberColumn[t.Floats],
    cost_per_token: t.NumberColumn[t.Floats],
    fixed_cost: t.NumberColumn[t.Floats] | None = 0.0,
    price_basis: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def inference_cost_io(
    queries: t.Number,
    tokens_in: t.Number,
    tokens_out: t.Number,
    price_in_mtok: t.Number,
    price_out_mtok: t.Number,
    cache_hit: t.Number | None = 0.0,
    price_cached_mtok: t.Number | None = 0.0,
    fixed_cost: t.Number | None = 0.0,
) -> float:
    """Inference bill of a period with separate prices of prompt, cached prompt and answer tokens.

    Args:
        queries: Queries in the period. count per period, 0 or more.
        tokens_in: Prompt tokens per query. tokens per query, 0 or more.
        tokens_out: Answer tokens per query. tokens per query, 0 or more.
        price_in_mtok: Price of prompt tokens not in the cache. USD per Mtok, 0 or more.
        price_out_mtok: Price of answer tokens. USD per Mtok, 0 or more.
        cache_hit: Share of the prompt tokens found in the cache. share, from 0 to 1. Default 0.
        price_cached_mtok: Price of prompt tokens found in the cache. USD per Mtok, 0 or more. Default 0.
        fixed_cost: Fixed cost of the period. USD per period, 0 or more. Default 0.
    """

@overload
def inference_cost_io(
    queries: t.NumberColumn[t.Floats],
    tokens_in: t.NumberColumn[t.Floats],
    tokens_out: t.NumberColumn[t.Floats],
    price_in_mtok: t.NumberColumn[t.Floats],
    price_out_mtok: t.NumberColumn[t.Floats],
    cache_hit: t.NumberColumn[t.Floats] | None = 0.0,
    price_cached_mtok: t.NumberColumn[t.Floats] | None = 0.0,
    fixed_cost: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def justified_multiple(
    growth: t.Number,
    years_high: t.Number,
    years_fade: t.Number,
    terminal_growth: t.Number,
    gm_start: t.Number,
    gm_end: t.Number,
    opex_start: t.Number,
    opex_end: t.Number,
    tax_rate: t.Number,
    sales_to_capital: t.Number,
    wacc: t.Number,
    roic_terminal: t.Number | None = None,
    mid_year: t.Number | None = 1.0,
    opex_scale: t.Number | None = 0.8,
) -> float:
    """Value over run-rate revenue that the cash flows justify: growth, fade, and for ever after.

    Args:
        growth: Growth of revenue in the first stage. per year, above -1.
        years_high: Years of the first stage. years, a whole number, 0 or more.
        years_fade: Years in which growth fades. years, a whole number, 0 or more.
        terminal_growth: Growth for ever after. per year, above -1.
        gm_start: Gross margin today. share, at most 1.
        gm_end: Gross margin in the last explicit year. share, at most 1.
        opex_start: Operating cost over revenue today. share, 0 or more.
        opex_end: Operating cost over revenue at scale. share, 0 or more.
        tax_rate: Tax rate. share, 0 or more and below 1.
        sales_to_capital: Revenue added per dollar of capital. ratio, above 0.
        wacc: Weighted average cost of capital. per year, above -1.
        roic_terminal: Return on new capital for ever after. per year, other than 0. Default wacc.
        mid_year: 1: flows at mid-year; 0: at year-end. flag, 0 or 1. Default 1.
        opex_scale: 1: the excess is a fixed amount; 0: a constant share. ratio. Default 0.8.
    """

@overload
def justified_multiple(
    growth: t.NumberColumn[t.Floats],
    years_high: t.NumberColumn[t.Floats],
    years_fade: t.NumberColumn[t.Floats],
    terminal_growth: t.NumberColumn[t.Floats],
    gm_start: t.NumberColumn[t.Floats],
    gm_end: t.NumberColumn[t.Floats],
    opex_start: t.NumberColumn[t.Floats],
    opex_end: t.NumberColumn[t.Floats],
    tax_rate: t.NumberColumn[t.Floats],
    sales_to_capital: t.NumberColumn[t.Floats],
    wacc: t.NumberColumn[t.Floats],
    roic_terminal: t.NumberColumn[t.Floats] | None = None,
    mid_year: t.NumberColumn[t.Floats] | None = 1.0,
    opex_scale: t.NumberColumn[t.Floats] | None = 0.8,
) -> t.Floats: ...
@overload
def kv_bytes_per_token(
    layers: t.Number,
    kv_heads: t.Number,
    head_dim: t.Number,
    bytes_per_value: t.Number | None = 2.0,
    latent_dim: t.Number | None = 0.0,
) -> float:
    """Key-value cache of one token of context, with grouped-query or with latent attention.

    Args:
        layers: Layers of the model. count, above 0.
        kv_heads: Key-value heads in a layer. count, 0 or more.
        head_dim: Numbers in a head. count, 0 or more.
        bytes_per_value: Bytes of a cached number. bytes, above 0. Default 2.
        latent_dim: Numbers of a latent cache; 0 for grouped heads. count, 0 or more. Default 0.
    """

@overload
def kv_bytes_per_token(
    layers: t.NumberColumn[t.Floats],
    kv_heads: t.NumberColumn[t.Floats],
    head_dim: t.NumberColumn[t.Floats],
    bytes_per_value: t.NumberColumn[t.Floats] | None = 2.0,
    latent_dim: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def landauer_energy(
    bits_per_token: t.Number,
    temperature: t.Number | None = 300.0,
) -> float:
    """Least energy of a token that thermodynamics allows for the bits it erases.

    Args:
        bits_per_token: Bits erased for a token. bits, 0 or more.
        temperature: Temperature. K, above 0. Default 300.
    """

@overload
def landauer_energy(
    bits_per_token: t.NumberColumn[t.Floats],
    temperature: t.NumberColumn[t.Floats] | None = 300.0,
) -> t.Floats: ...
@overload
def ltv(
    arpa: t.Number,
    gross_margin: t.Number,
    churn: t.Number,
    discount_rate: t.Number | None = 0.0,
    expansion: t.Number | None = 0.0,
    timing: t.Number | None = 1.0,
    horizon: t.Number | None = 0.0,
) -> float:
    """Lifetime value of a customer who leaves at a constant churn.

    Args:
        arpa: Average revenue per account and period. USD per period.
        gross_margin: Gross margin on the revenue. share, at most 1.
        churn: Share of customers lost in a period. per period, from 0 to 1.
        discount_rate: Discount rate of a period. per period, above -1. Default 0.
        expansion: Growth of the margin of a customer who stays. per period, above -1. Default 0.
        timing: 1: first margin now; 0: after one period. flag, 0 or 1. Default 1.
        horizon: Periods counted; 0 for all of them. periods, 0 or more. Default 0.
    """

@overload
def ltv(
    arpa: t.NumberColumn[t.Floats],
    gross_margin: t.NumberColumn[t.Floats],
    churn: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats] | None = 0.0,
    expansion: t.NumberColumn[t.Floats] | None = 0.0,
    timing: t.NumberColumn[t.Floats] | None = 1.0,
    horizon: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def ltv_cac(
    arpa: t.Number,
    gross_margin: t.Number,
    churn: t.Number,
    cac: t.Number,
    discount_rate: t.Number | None = 0.0,
    expansion: t.Number | None = 0.0,
    timing: t.Number | None = 1.0,
    horizon: t.Number | None = 0.0,
) -> float:
    """Lifetime value of a customer over the cost to acquire one; 3 is the usual bar.

    Args:
        arpa: Average revenue per account and period. USD per period.
        gross_margin: Gross margin on the revenue. share, at most 1.
        churn: Share of customers lost in a period. per period, from 0 to 1.
        cac: Cost to acquire one customer. USD per customer, above 0.
        discount_rate: Discount rate of a period. per period, above -1. Default 0.
        expansion: Growth of the margin of a customer who stays. per period, above -1. Default 0.
        timing: 1: first margin now; 0: after one period. flag, 0 or 1. Default 1.
        horizon: Periods counted; 0 for all of them. periods, 0 or more. Default 0.
    """

@overload
def ltv_cac(
    arpa: t.NumberColumn[t.Floats],
    gross_margin: t.NumberColumn[t.Floats],
    churn: t.NumberColumn[t.Floats],
    cac: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats] | None = 0.0,
    expansion: t.NumberColumn[t.Floats] | None = 0.0,
    timing: t.NumberColumn[t.Floats] | None = 1.0,
    horizon: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def magic_number(
    revenue_q: t.Number,
    revenue_prev_q: t.Number,
    sm_prev_q: t.Number,
) -> float:
    """Yearly revenue added by a dollar of last quarter's sales and marketing.

    Args:
        revenue_q: Revenue of this quarter. USD.
        revenue_prev_q: Revenue of the quarter before. USD.
        sm_prev_q: Sales and marketing of the quarter before. USD, above 0.
    """

@overload
def magic_number(
    revenue_q: t.NumberColumn[t.Floats],
    revenue_prev_q: t.NumberColumn[t.Floats],
    sm_prev_q: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def margin_transfer(
    gross_margin: t.Number,
    cost_share: t.Number,
    log_price_change: t.Number,
    pass_through: t.Number,
    take_change: t.Number | None = 0.0,
) -> float:
    """Gross margin after the layer below changes its price and the layer above its take.

    Args:
        gross_margin: Gross margin on the revenue. share, at most 1.
        cost_share: Share of revenue paid to the layer below. share, from 0 to 1.
        log_price_change: Log change of the price of that input. log ratio.
        pass_through: Share of it passed on to customers. share, from 0 to 1.
        take_change: Change of the distributor's take, of revenue. share, below 1. Default 0.
    """

@overload
def margin_transfer(
    gross_margin: t.NumberColumn[t.Floats],
    cost_share: t.NumberColumn[t.Floats],
    log_price_change: t.NumberColumn[t.Floats],
    pass_through: t.NumberColumn[t.Floats],
    take_change: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def max_batch(
    memory_gb: t.Number,
    accelerators: t.Number,
    total_params_b: t.Number,
    weight_bytes: t.Number,
    kv_bytes: t.Number,
    context: t.Number,
    usable: t.Number | None = 0.9,
) -> float:
    """Largest number of sequences whose cache fits beside the weights.

    Args:
        memory_gb: Memory of an accelerator. GB per accelerator, above 0.
        accelerators: Accelerators that hold one copy of the model. accelerators, 1 or more.
        total_params_b: All parameters of the model. billion parameters, above 0.
        weight_bytes: Bytes of a weight. bytes per parameter, above 0.
        kv_bytes: Cache bytes of a token of context. bytes per token of context, above 0.
        context: Tokens of context of a sequence. tokens, above 0.
        usable: Share of the memory for weights and cache. share, above 0 and at most 1. Default 0.9.
    """

@overload
def max_batch(
    memory_gb: t.NumberColumn[t.Floats],
    accelerators: t.NumberColumn[t.Floats],
    total_params_b: t.NumberColumn[t.Floats],
    weight_bytes: t.NumberColumn[t.Floats],
    kv_bytes: t.NumberColumn[t.Floats],
    context: t.NumberColumn[t.Floats],
    usable: t.NumberColumn[t.Floats] | None = 0.9,
) -> t.Floats: ...
@overload
def mc_prob_overpriced(
    dist_table: t.CellRange,
    observed_multiple: t.Number,
    corr: t.CellRange | None = None,
    draws: t.Number | None = 10000.0,
    seed: t.Number | None = 12345.0,
) -> float:
    """Probability that the justified multiple lies below the one that the market pays.

    Args:
        dist_table: Rows of input, distribution (fixed, normal, lognormal, uniform, triangular) and its three
            numbers. text.
        observed_multiple: Multiple that the market pays. x.
        corr: Correlation matrix of the inputs, in their order. coefficient. Default identity.
        draws: Random draws. count, a whole number, from 100 to 1000000. Default 10000.
        seed: Seed of the random numbers. count, a whole number, 0 or more. Default 12345.
    """

@overload
def mc_prob_overpriced(
    dist_table: t.CellRange,
    observed_multiple: t.NumberColumn[t.Floats],
    corr: t.CellRange | None = None,
    draws: t.NumberColumn[t.Floats] | None = 10000.0,
    seed: t.NumberColumn[t.Floats] | None = 12345.0,
) -> t.Floats: ...
@overload
def mc_quantile(
    dist_table: t.CellRange,
    quantile: t.Number,
    corr: t.CellRange | None = None,
    draws: t.Number | None = 10000.0,
    seed: t.Number | None = 12345.0,
) -> float:
    """Quantile of the justified multiple under uncertain inputs; a path is never worth less than nothing.

    Args:
        dist_table: Rows of input, distribution (fixed, normal, lognormal, uniform, triangular) and its three
            numbers. text.
        quantile: Quantile, 0.05 for the low end of a 90% interval. share, from 0 to 1.
        corr: Correlation matrix of the inputs, in their order. coefficient. Default identity.
        draws: Random draws. count, a whole number, from 100 to 1000000. Default 10000.
        seed: Seed of the random numbers. count, a whole number, 0 or more. Default 12345.
    """

@overload
def mc_quantile(
    dist_table: t.CellRange,
    quantile: t.NumberColumn[t.Floats],
    corr: t.CellRange | None = None,
    draws: t.NumberColumn[t.Floats] | None = 10000.0,
    seed: t.NumberColumn[t.Floats] | None = 12345.0,
) -> t.Floats: ...
def mc_run(
    function_name: str,
    inputs_table: t.CellRange,
    draws: t.Number | None = 10000.0,
    seed: t.Number | None = 1.0,
) -> list[list[float]]:
    """Mean, deviation and 5%, 50% and 95% quantiles of a function whose arguments are uncertain.

    Args:
        function_name: Function of the library. text.
        inputs_table: Rows of low, mode and high, one for each argument in order. number.
        draws: Random draws. count, a whole number, from 100 to 1000000. Default 10000.
        seed: Seed of the random numbers. count, a whole number, 0 or more. Default 1.
    """

@overload
def model_price(
    gap: t.Number,
    theta: t.Number,
    elasticity: t.Number,
    unit_cost_mtok: t.Number,
    rival_price_mtok: t.Number,
) -> float:
    """Price of a model that makes the most profit against an open rival, when buyers choose by logit.

    Args:
        gap: Quality lead over the rival. points.
        theta: Log price that a buyer pays for a unit of the gap. coefficient, 0 or more.
        elasticity: Slope of the logit in the log price. coefficient, above 1.
        unit_cost_mtok: Cost of a million tokens. USD per Mtok, above 0.
        rival_price_mtok: Price of the rival. USD per Mtok, above 0.
    """

@overload
def model_price(
    gap: t.NumberColumn[t.Floats],
    theta: t.NumberColumn[t.Floats],
    elasticity: t.NumberColumn[t.Floats],
    unit_cost_mtok: t.NumberColumn[t.Floats],
    rival_price_mtok: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def net_revenue_retention(
    start_arr: t.Number,
    expansion_arr: t.Number,
    contraction_arr: t.Number,
    churned_arr: t.Number,
) -> float:
    """Recurring revenue of last year's customers now, over what it was; gross with expansion 0.

    Args:
        start_arr: Recurring revenue at the start. USD, above 0.
        expansion_arr: Recurring revenue added by those customers. USD, 0 or more.
        contraction_arr: Recurring revenue they cut. USD, 0 or more.
        churned_arr: Recurring revenue of those who left. USD, 0 or more.
    """

@overload
def net_revenue_retention(
    start_arr: t.NumberColumn[t.Floats],
    expansion_arr: t.NumberColumn[t.Floats],
    contraction_arr: t.NumberColumn[t.Floats],
    churned_arr: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def paid_cac(
    sales_marketing: t.Number,
    new_customers: t.Number,
    incentives: t.Number | None = 0.0,
    organic_share: t.Number | None = 0.0,
) -> float:
    """Cost to acquire one customer who would not have come anyway.

    Args:
        sales_marketing: Sales and marketing spend. USD, 0 or more.
        new_customers: Customers won with it. count, above 0.
        incentives: Subsidies and gifts to new customers. USD, 0 or more. Default 0.
        organic_share: Share of new customers who would have come anyway. share, from 0 to 1. Default 0.
    """

@overload
def paid_cac(
    sales_marketing: t.NumberColumn[t.Floats],
    new_customers: t.NumberColumn[t.Floats],
    incentives: t.NumberColumn[t.Floats] | None = 0.0,
    organic_share: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
def peak_funding(
    cash_flows: t.NumberRange,
) -> float:
    """Most money ever tied up: the depth of the running sum of cash below 0.

    Args:
        cash_flows: Cash of each period; outflows negative. USD per period.
    """

@overload
def performance_gap(
    gap_start: t.Number,
    persistent_gap: t.Number,
    halflife: t.Number,
    years: t.Number,
) -> float:
    """Gap between the best closed and open models after some years, when all but a part of it decays.

    Args:
        gap_start: Gap today. points, 0 or more.
        persistent_gap: Gap that stays for ever. points, 0 or more.
        halflife: Half-life of the rest. years, above 0.
        years: Years from today. years, 0 or more.
    """

@overload
def performance_gap(
    gap_start: t.NumberColumn[t.Floats],
    persistent_gap: t.NumberColumn[t.Floats],
    halflife: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def pert_inv(
    probability: t.Number,
    low: t.Number,
    mode: t.Number,
    high: t.Number,
    shape: t.Number | None = 4.0,
) -> float:
    """Quantile of the beta-PERT distribution of a lowest, a most likely and a highest value.

    Args:
        probability: Probability. probability, from 0 to 1.
        low: Lowest value. number.
        mode: Most likely value. number.
        high: Highest value. number.
        shape: Weight of the mode. shape, above 0. Default 4.
    """

@overload
def pert_inv(
    probability: t.NumberColumn[t.Floats],
    low: t.NumberColumn[t.Floats],
    mode: t.NumberColumn[t.Floats],
    high: t.NumberColumn[t.Floats],
    shape: t.NumberColumn[t.Floats] | None = 4.0,
) -> t.Floats: ...
@overload
def prefill_throughput(
    active_params_b: t.Number,
    peak_tflops: t.Number,
    mfu: t.Number | None = 0.4,
    attn_gflop: t.Number | None = 0.0,
) -> float:
    """Prompt tokens that one accelerator reads in a second; arithmetic is the limit.

    Args:
        active_params_b: Parameters that a token passes. billion parameters, above 0.
        peak_tflops: Dense peak arithmetic of an accelerator. TFLOP/s, 0 or more.
        mfu: Model FLOP utilisation: arithmetic used over peak. share, from 0 to 1. Default 0.4.
        attn_gflop: Attention arithmetic of a token. GFLOP per token, 0 or more. Default 0.
    """

@overload
def prefill_throughput(
    active_params_b: t.NumberColumn[t.Floats],
    peak_tflops: t.NumberColumn[t.Floats],
    mfu: t.NumberColumn[t.Floats] | None = 0.4,
    attn_gflop: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def price_premium(
    gap: t.Number,
    theta: t.Number,
) -> float:
    """Price premium at which a buyer is indifferent between the better model and its rival.

    Args:
        gap: Quality lead over the rival. points.
        theta: Log price that a buyer pays for a unit of the gap. coefficient, 0 or more.
    """

@overload
def price_premium(
    gap: t.NumberColumn[t.Floats],
    theta: t.NumberColumn[t.Floats],
) -> t.Floats: ...
def profit_pool_share(
    revenues: t.NumberRange,
    gross_margins: t.NumberRange,
) -> list[list[float]]:
    """Share of each layer in the gross profit of all.

    Args:
        revenues: Revenue of each layer. USD, 0 or more.
        gross_margins: Gross margin of each layer. share, at most 1.
    """

def pureplay_exposure(
    weights: t.NumberRange,
    model_share: t.NumberRange,
    has_cloud: t.NumberRange,
    has_distribution: t.NumberRange,
) -> float:
    """Exposure of a portfolio to developers of models without a cloud or distribution of their own.

    Args:
        weights: Weight of each asset. share, from 0 to 1.
        model_share: Share of its revenue from models. share, from 0 to 1.
        has_cloud: 1 where it owns its cloud. 0 to 1, from 0 to 1.
        has_distribution: 1 where it owns its distribution. 0 to 1, from 0 to 1.
    """

@overload
def range_lognormal_inv(
    probability: t.Number,
    value_p05: t.Number,
    value_p95: t.Number,
) -> float:
    """Quantile of the lognormal distribution whose 90% range is given.

    Args:
        probability: Probability. probability, above 0 and below 1.
        value_p05: Value exceeded in 95 of 100 cases. number, above 0.
        value_p95: Value exceeded in 5 of 100 cases. number, above 0.
    """

@overload
def range_lognormal_inv(
    probability: t.NumberColumn[t.Floats],
    value_p05: t.NumberColumn[t.Floats],
    value_p95: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def rate_convert(
    discount_rate: t.Number,
    inflation_from: t.Number,
    inflation_to: t.Number,
) -> float:
    """Discount rate in another currency, by the difference of inflation.

    Args:
        discount_rate: Rate in the currency held. per year, above -1.
        inflation_from: Inflation of the currency held. per year, above -1.
        inflation_to: Inflation of the currency wanted. per year, above -1.
    """

@overload
def rate_convert(
    discount_rate: t.NumberColumn[t.Floats],
    inflation_from: t.NumberColumn[t.Floats],
    inflation_to: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def required_decline(
    cost_ratio: t.Number,
    horizon: t.Number,
    floor_share: t.Number | None = 0.0,
    usage_growth: t.Number | None = 0.0,
    arpu_growth: t.Number | None = 0.0,
) -> float:
    """Yearly decline of the token cost at which a user breaks even within the horizon.

    Args:
        cost_ratio: Inference cost over net revenue of a user, today. ratio, above 0.
        horizon: Years within which the user must break even. years, above 0.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1. Default 0.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1. Default 0.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1. Default 0.
    """

@overload
def required_decline(
    cost_ratio: t.NumberColumn[t.Floats],
    horizon: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats] | None = 0.0,
    usage_growth: t.NumberColumn[t.Floats] | None = 0.0,
    arpu_growth: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def retention_power(
    on_day: t.Number,
    day_1: t.Number,
    rate_1: t.Number,
    day_2: t.Number,
    rate_2: t.Number,
) -> float:
    """Share of users retained on a day, on the power curve through two known days.

    Args:
        on_day: Day asked for. days, above 0.
        day_1: First day with a known rate. days, above 0.
        rate_1: Share retained on day_1. share, above 0 and at most 1.
        day_2: Later day with a known rate. days, above 0.
        rate_2: Share retained on day_2. share, above 0 and at most 1.
    """

@overload
def retention_power(
    on_day: t.NumberColumn[t.Floats],
    day_1: t.NumberColumn[t.Floats],
    rate_1: t.NumberColumn[t.Floats],
    day_2: t.NumberColumn[t.Floats],
    rate_2: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def rule_of_40(
    revenue_growth: t.Number,
    profit_margin: t.Number,
    growth_weight: t.Number | None = 1.0,
) -> float:
    """Growth plus margin, of which a healthy software company has 0.40 or more.

    Args:
        revenue_growth: Growth of the revenue. per year, above -1.
        profit_margin: Profit or free cash flow margin. share.
        growth_weight: Weight of growth against margin. weight, above 0. Default 1.
    """

@overload
def rule_of_40(
    revenue_growth: t.NumberColumn[t.Floats],
    profit_margin: t.NumberColumn[t.Floats],
    growth_weight: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def run_rate_multiple(
    valuation_usd: t.Number,
    period_revenue: t.Number,
    periods_per_year: t.Number | None = 12.0,
) -> float:
    """Valuation over the revenue of the last period, taken as a year's pace.

    Args:
        valuation_usd: Valuation of the company. USD.
        period_revenue: Revenue of the last period. USD per period, above 0.
        periods_per_year: Periods in a year. periods per year, above 0. Default 12.
    """

@overload
def run_rate_multiple(
    valuation_usd: t.NumberColumn[t.Floats],
    period_revenue: t.NumberColumn[t.Floats],
    periods_per_year: t.NumberColumn[t.Floats] | None = 12.0,
) -> t.Floats: ...
@overload
def saas_multiple_adjusted(
    saas_multiple: t.Number,
    gm_saas: t.Number,
    contribution_ai: t.Number,
    retention_saas: t.Number,
    retention_ai: t.Number,
    discount_rate: t.Number,
    horizon: t.Number | None = 10.0,
) -> float:
    """Multiple of a software company, adjusted to the margin and the durability of AI revenue.

    Args:
        saas_multiple: Multiple of software companies. x, above 0.
        gm_saas: Gross margin of software companies. share, above 0.
        contribution_ai: Contribution margin of the AI company, after inference. share, at most 1.
        retention_saas: Revenue that software companies retain in a year. ratio, above 0.
        retention_ai: Revenue that the AI company retains in a year. ratio, 0 or more.
        discount_rate: Discount rate. per year, above -1.
        horizon: Years counted. years, 1 or more. Default 10.
    """

@overload
def saas_multiple_adjusted(
    saas_multiple: t.NumberColumn[t.Floats],
    gm_saas: t.NumberColumn[t.Floats],
    contribution_ai: t.NumberColumn[t.Floats],
    retention_saas: t.NumberColumn[t.Floats],
    retention_ai: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    horizon: t.NumberColumn[t.Floats] | None = 10.0,
) -> t.Floats: ...
def sbg_fit(
    survival: t.NumberRange,
) -> list[list[float]]:
    """Maximum-likelihood fit of the shifted-beta-geometric model to the survival of one cohort.

    Args:
        survival: Share of a cohort alive after renewals 1, 2, 3, ... share, above 0 and below 1.
    """

@overload
def sbg_ltv(
    margin: t.Number,
    alpha: t.Number,
    beta: t.Number,
    discount_rate: t.Number | None = 0.01,
    horizon: t.Number | None = 0.0,
) -> float:
    """Lifetime value of a new customer in the shifted-beta-geometric model, the first margin now.

    Args:
        margin: Margin of a customer and period. USD per period.
        alpha: First shape of the churn propensity. shape, above 0.
        beta: Second shape of the churn propensity. shape, above 0.
        discount_rate: Discount rate of a period. per period, above 0. Default 0.01.
        horizon: Periods counted; 0 for all of them. periods, a whole number, 0 or more. Default 0.
    """

@overload
def sbg_ltv(
    margin: t.NumberColumn[t.Floats],
    alpha: t.NumberColumn[t.Floats],
    beta: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats] | None = 0.01,
    horizon: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
@overload
def sbg_survival(
    alpha: t.Number,
    beta: t.Number,
    periods: t.Number,
) -> float:
    """Share of a cohort alive after a number of renewals, in the shifted-beta-geometric model.

    Args:
        alpha: First shape of the churn propensity. shape, above 0.
        beta: Second shape of the churn propensity. shape, above 0.
        periods: Renewals since the start. periods, a whole number, 0 or more.
    """

@overload
def sbg_survival(
    alpha: t.NumberColumn[t.Floats],
    beta: t.NumberColumn[t.Floats],
    periods: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def scenario_pick(
    scenario: str,
    scenario_names: t.TextRange,
    values: t.CellRange,
) -> float | str | bool:
    """Value of the scenario in use, found by its name without regard to capitals.

    Args:
        scenario: Scenario in use. text.
        scenario_names: Names of the scenarios. text.
        values: Value of each scenario. as stored.
    """

@overload
def scenario_pick(
    scenario: t.TextColumnForText[t.Strings],
    scenario_names: t.TextRange,
    values: t.CellRange,
) -> t.Strings: ...
def sensitivity_grid(
    function_name: str,
    base_values: t.NumberRange,
    x_index: t.Number,
    x_values: t.NumberRange,
    y_index: t.Number,
    y_values: t.NumberRange,
) -> list[list[float | CellError]]:
    """What a function gives over a grid of two of its arguments: a column for each x, a row for each y.

    Args:
        function_name: Function of the library. text.
        base_values: Base value of each argument, in order. number.
        x_index: Number of the argument, from 1. count, a whole number, 1 or more.
        x_values: Values to try. number.
        y_index: Number of the argument, from 1. count, a whole number, 1 or more.
        y_values: Values to try. number.
    """

@overload
def services_mix_margin(
    software_share: t.Number,
    software_margin: t.Number,
    services_margin: t.Number,
) -> float:
    """Gross margin of a mix of software and services.

    Args:
        software_share: Share of revenue from software. share, from 0 to 1.
        software_margin: Gross margin of the software. share, at most 1.
        services_margin: Gross margin of the services. share, at most 1.
    """

@overload
def services_mix_margin(
    software_share: t.NumberColumn[t.Floats],
    software_margin: t.NumberColumn[t.Floats],
    services_margin: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def serving_cost_per_mtok(
    gpu_hour: t.Number,
    throughput: t.Number,
    utilisation: t.Number | None = 1.0,
) -> float:
    """Serving cost per million tokens from the accelerator-hour, its throughput and its utilisation.

    Args:
        gpu_hour: Cost of one accelerator-hour. USD per accelerator-hour, 0 or more.
        throughput: Tokens that an accelerator gives in a second. tokens/s per accelerator, above 0.
        utilisation: Share of the hours in which the accelerator serves. share, above 0 and at most 1. Default 1.
    """

@overload
def serving_cost_per_mtok(
    gpu_hour: t.NumberColumn[t.Floats],
    throughput: t.NumberColumn[t.Floats],
    utilisation: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
def sobol_indices(
    function_name: str,
    inputs_table: t.CellRange,
    draws: t.Number | None = 4096.0,
    seed: t.Number | None = 1.0,
) -> list[list[float]]:
    """Share of a function's variance that each argument explains alone, and with all its interactions.

    Args:
        function_name: Function of the library. text.
        inputs_table: Rows of low, mode and high, one for each argument in order. number.
        draws: Random draws. count, a whole number, from 100 to 1000000. Default 4096.
        seed: Seed of the random numbers. count, a whole number, 0 or more. Default 1.
    """

def stack_waterfall(
    cost_shares: t.NumberRange,
    end_revenue: t.Number | None = 1.0,
) -> list[list[float]]:
    """What each layer of the stack takes in, pays down and keeps of the money of the end users.

    Args:
        cost_shares: Share of each layer's revenue paid to the layer below, from the top. share, from 0 to 1.
        end_revenue: Revenue from the end users. USD, 0 or more. Default 1.
    """

def superapp_pnl(
    inputs: t.CellRange,
    months: t.Number | None = 36.0,
) -> list[list[float]]:
    """Month-by-month profit and loss of a super-app launch: users, tokens, revenue, inference, cash, value.

    Args:
        inputs: Rows of name and value, the names as in SUPERAPP_PNL. USD unless named.
        months: Months to lay out. months, a whole number, 1 or more. Default 36.
    """

@overload
def switching_ratio(
    switching_cost: t.Number,
    annual_saving: t.Number,
    discount_rate: t.Number | None = 0.1,
    horizon: t.Number | None = 5.0,
) -> float:
    """Cost to switch over the present value of what it saves; above 1 the customer stays.

    Args:
        switching_cost: Cost to switch, once. USD, 0 or more.
        annual_saving: Saving of a year after it. USD per year, above 0.
        discount_rate: Discount rate. per year, above -1. Default 0.1.
        horizon: Years looked ahead. years, above 0. Default 5.
    """

@overload
def switching_ratio(
    switching_cost: t.NumberColumn[t.Floats],
    annual_saving: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats] | None = 0.1,
    horizon: t.NumberColumn[t.Floats] | None = 5.0,
) -> t.Floats: ...
def tilted_weights(
    benchmark: t.NumberRange,
    scores: t.NumberRange,
    tilt_strength: t.Number | None = 1.0,
    lower: t.NumberRange | None = None,
    upper: t.NumberRange | None = None,
) -> list[list[float]]:
    """Weights of a benchmark tilted by scores, within bounds; they add up to 1.

    Args:
        benchmark: Weights of the benchmark, on any scale. weight, 0 or more.
        scores: Score of each asset. number.
        tilt_strength: Strength of the tilt; 0 is the benchmark. coefficient. Default 1.
        lower: Least weight of each. share, from 0 to 1. Default 0.
        upper: Largest weight of each. share, from 0 to 1. Default 1.
    """

@overload
def token_cost_at(
    cost_start_mtok: t.Number,
    floor_mtok: t.Number,
    decline: t.Number,
    years: t.Number,
) -> float:
    """Token cost after some years, when its excess over a floor shrinks at a constant yearly rate.

    Args:
        cost_start_mtok: Token cost today. USD per Mtok, above 0.
        floor_mtok: Cost that no progress removes. USD per Mtok, 0 or more.
        decline: Yearly decline of the cost above its floor; 10x cheaper a year is 0.9. per year, 0 or more and
            below 1.
        years: Years from today. years, 0 or more.
    """

@overload
def token_cost_at(
    cost_start_mtok: t.NumberColumn[t.Floats],
    floor_mtok: t.NumberColumn[t.Floats],
    decline: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def token_price(
    model_id: str,
    price_kind: str | None = "output",
    as_of: t.Date | None = None,
    region: str | None = "intl",
) -> float:
    """List price of a model's tokens in force on a date.

    Args:
        model_id: Model id, such as deepseek-r1. text.
        price_kind: Which price. text, input, output, cached or blended. Default output.
        as_of: Date: the last figure dated on or before it; the latest if left out. Excel date serial. Default
            latest.
        region: Price list: intl or cn. text, intl or cn. Default intl.
    """

@overload
def token_price(
    model_id: t.TextColumn[t.Floats],
    price_kind: t.TextColumn[t.Floats] | None = "output",
    as_of: t.DateColumn[t.Floats] | None = None,
    region: t.TextColumn[t.Floats] | None = "intl",
) -> t.Floats: ...
@overload
def token_price_decline(
    price_start_mtok: t.Number,
    price_end_mtok: t.Number,
    years: t.Number,
    floor_mtok: t.Number | None = 0.0,
) -> float:
    """Yearly decline of a token price, or of its excess over a floor; 10x cheaper in a year is 0.9.

    Args:
        price_start_mtok: Price at the start. USD per Mtok, above 0.
        price_end_mtok: Price at the end. USD per Mtok, above 0.
        years: Years between the two prices. years, above 0.
        floor_mtok: Cost that no progress removes. USD per Mtok, 0 or more. Default 0.
    """

@overload
def token_price_decline(
    price_start_mtok: t.NumberColumn[t.Floats],
    price_end_mtok: t.NumberColumn[t.Floats],
    years: t.NumberColumn[t.Floats],
    floor_mtok: t.NumberColumn[t.Floats] | None = 0.0,
) -> t.Floats: ...
def token_price_trend(
    on_dates: t.DateRange,
    prices_mtok: t.NumberRange,
    confidence: t.Number | None = 0.9,
) -> list[list[float]]:
    """How many times cheaper tokens of one capability get per year, with its interval and R squared.

    Args:
        on_dates: Dates of the prices. Excel date serial.
        prices_mtok: Prices, one for each date. USD per Mtok, above 0.
        confidence: Confidence of the interval. share, above 0 and below 1. Default 0.9.
    """

def tornado_table(
    function_name: str,
    labels: t.TextRange,
    base_values: t.NumberRange,
    low_values: t.NumberRange,
    high_values: t.NumberRange,
) -> list[list[str | float]]:
    """What a function gives when one argument at a time goes to its low and high, widest swing first.

    Args:
        function_name: Function of the library. text.
        labels: What to call each argument. text.
        base_values: Base value of each argument, in order. number.
        low_values: Low value of each argument. number.
        high_values: High value of each argument. number.
    """

@overload
def training_ceiling(
    chips: t.Number,
    peak_tflops: t.Number,
    mfu: t.Number,
    days: t.Number,
    tokens_per_param: t.Number | None = 20.0,
    sparsity: t.Number | None = 1.0,
    algorithmic_gain: t.Number | None = 1.0,
) -> float:
    """Parameters of the largest model that a cluster trains in time at a fixed ratio of tokens.

    Args:
        chips: Accelerators in the training run. accelerators, 0 or more.
        peak_tflops: Dense peak arithmetic of an accelerator. TFLOP/s, 0 or more.
        mfu: Model FLOP utilisation: arithmetic used over peak. share, from 0 to 1.
        days: Days of training. days, 0 or more.
        tokens_per_param: Training tokens per active parameter. tokens per active parameter, above 0. Default 20.
        sparsity: All parameters over active ones; 1 for a dense model. ratio, 1 or more. Default 1.
        algorithmic_gain: How many times less compute the task takes through better algorithms. x, above 0. Default
            1.
    """

@overload
def training_ceiling(
    chips: t.NumberColumn[t.Floats],
    peak_tflops: t.NumberColumn[t.Floats],
    mfu: t.NumberColumn[t.Floats],
    days: t.NumberColumn[t.Floats],
    tokens_per_param: t.NumberColumn[t.Floats] | None = 20.0,
    sparsity: t.NumberColumn[t.Floats] | None = 1.0,
    algorithmic_gain: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def training_chips_required(
    total_params_b: t.Number,
    peak_tflops: t.Number,
    mfu: t.Number,
    days: t.Number,
    tokens_per_param: t.Number | None = 20.0,
    sparsity: t.Number | None = 1.0,
    algorithmic_gain: t.Number | None = 1.0,
) -> float:
    """Accelerators that train a model of a given size in time; the inverse of TRAINING_CEILING.

    Args:
        total_params_b: All parameters of the model. billion parameters, 0 or more.
        peak_tflops: Dense peak arithmetic of an accelerator. TFLOP/s, above 0.
        mfu: Model FLOP utilisation: arithmetic used over peak. share, above 0 and at most 1.
        days: Days of training. days, above 0.
        tokens_per_param: Training tokens per active parameter. tokens per active parameter, above 0. Default 20.
        sparsity: All parameters over active ones; 1 for a dense model. ratio, 1 or more. Default 1.
        algorithmic_gain: How many times less compute the task takes through better algorithms. x, above 0. Default
            1.
    """

@overload
def training_chips_required(
    total_params_b: t.NumberColumn[t.Floats],
    peak_tflops: t.NumberColumn[t.Floats],
    mfu: t.NumberColumn[t.Floats],
    days: t.NumberColumn[t.Floats],
    tokens_per_param: t.NumberColumn[t.Floats] | None = 20.0,
    sparsity: t.NumberColumn[t.Floats] | None = 1.0,
    algorithmic_gain: t.NumberColumn[t.Floats] | None = 1.0,
) -> t.Floats: ...
@overload
def training_cost(
    active_params_b: t.Number,
    tokens_t: t.Number,
    peak_tflops: t.Number,
    mfu: t.Number,
    gpu_hour: t.Number,
) -> float:
    """Cost of one training run by the rule of 6 FLOP per active parameter and token.

    Args:
        active_params_b: Parameters that a token passes. billion parameters, 0 or more.
        tokens_t: Training tokens. trillion tokens, 0 or more.
        peak_tflops: Dense peak arithmetic of an accelerator. TFLOP/s, above 0.
        mfu: Model FLOP utilisation: arithmetic used over peak. share, above 0 and at most 1.
        gpu_hour: Cost of one accelerator-hour. USD per accelerator-hour, 0 or more.
    """

@overload
def training_cost(
    active_params_b: t.NumberColumn[t.Floats],
    tokens_t: t.NumberColumn[t.Floats],
    peak_tflops: t.NumberColumn[t.Floats],
    mfu: t.NumberColumn[t.Floats],
    gpu_hour: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def unexplained_share(
    observed_multiple: t.Number,
    fair_multiple: t.Number,
) -> float:
    """Share of a price that no cash flow stands behind; above 1 where the justified value is negative.

    Args:
        observed_multiple: Multiple or value that the market pays. x, above 0.
        fair_multiple: Multiple or value that the cash flows justify. x.
    """

@overload
def unexplained_share(
    observed_multiple: t.NumberColumn[t.Floats],
    fair_multiple: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def unit_convert(
    quantity: t.Number,
    from_unit: str,
    to_unit: str,
) -> float:
    """Amount in another unit: token prices, tokens, energy, power, bytes, compute and time.

    Args:
        quantity: Amount. number.
        from_unit: Unit it is in, such as USD/tok or kWh. text.
        to_unit: Unit wanted. text.
    """

@overload
def unit_convert(
    quantity: t.NumberColumn[t.Floats],
    from_unit: t.TextColumn[t.Floats],
    to_unit: t.TextColumn[t.Floats],
) -> t.Floats: ...
@overload
def users_shock(
    users_before: t.Number,
    users_peak: t.Number,
    keep_share: t.Number,
    halflife_months: t.Number,
    annual_growth: t.Number,
    months: t.Number,
) -> float:
    """Users some months after a sudden jump, of whom a share stays and the others drop off.

    Args:
        users_before: Users before the jump. users, 0 or more.
        users_peak: Users right after the jump. users, 0 or more.
        keep_share: Share of the added users kept for good. share, from 0 to 1.
        halflife_months: Half-life of the others. months, above 0.
        annual_growth: Yearly growth. per year, above -1.
        months: Months since the jump. months, 0 or more.
    """

@overload
def users_shock(
    users_before: t.NumberColumn[t.Floats],
    users_peak: t.NumberColumn[t.Floats],
    keep_share: t.NumberColumn[t.Floats],
    halflife_months: t.NumberColumn[t.Floats],
    annual_growth: t.NumberColumn[t.Floats],
    months: t.NumberColumn[t.Floats],
) -> t.Floats: ...
@overload
def value_breakeven_decline(
    arpu: t.Number,
    unit_cost: t.Number,
    churn_hazard: t.Number,
    discount_rate: t.Number,
    cac: t.Number,
    floor_share: t.Number | None = 0.0,
    usage_growth: t.Number | None = 0.0,
    arpu_growth: t.Number | None = 0.0,
    horizon: t.Number | None = 10.0,
) -> float:
    """Smallest yearly decline of the token cost at which a user is worth the cost to win them.

    Args:
        arpu: Net revenue per user and year. USD per user-year, 0 or more.
        unit_cost: Inference cost per user and year. USD per user-year, 0 or more.
        churn_hazard: Hazard of leaving, -ln(share kept a year). per year, 0 or more.
        discount_rate: Discount rate. per year, above -1.
        cac: Cost to acquire one customer. USD per customer, 0 or more.
        floor_share: Cost floor as a share of the cost today. share, from 0 to 1. Default 0.
        usage_growth: Yearly growth of the tokens a user takes. per year, above -1. Default 0.
        arpu_growth: Yearly growth of the revenue per user. per year, above -1. Default 0.
        horizon: Years looked ahead. years, above 0. Default 10.
    """

@overload
def value_breakeven_decline(
    arpu: t.NumberColumn[t.Floats],
    unit_cost: t.NumberColumn[t.Floats],
    churn_hazard: t.NumberColumn[t.Floats],
    discount_rate: t.NumberColumn[t.Floats],
    cac: t.NumberColumn[t.Floats],
    floor_share: t.NumberColumn[t.Floats] | None = 0.0,
    usage_growth: t.NumberColumn[t.Floats] | None = 0.0,
    arpu_growth: t.NumberColumn[t.Floats] | None = 0.0,
    horizon: t.NumberColumn[t.Floats] | None = 10.0,
) -> t.Floats: ...
def vector_scores(
    us: t.NumberRange,
    cn: t.NumberRange,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.Number | None = 20.0,
    min_coverage: t.Number | None = 0.6666666666666666,
) -> list[list[str | float]]:
    """Score of each vector, with its log gap, its weight and the share of its weight that has data.

    Args:
        us: Indicators of the US; a blank is a missing value. number.
        cn: The same indicators of China; a blank is a missing value. number.
        direction: 1 where more is better, -1 where less is. +1 or -1, -1 or 1. Default 1.
        weights: Weight of each indicator in its vector. weight, 0 or more. Default 1.
        vectors: Vector to which each indicator belongs. text. Default one vector.
        vector_weights: Rows of vector and weight. weight. Default equal.
        kinds: How each indicator is compared: ratio, share or diff. text. Default ratio.
        scales: Scale of each diff indicator; blank for the others. number. Default none.
        cap: Largest ratio of one indicator that is counted. ratio, above 1. Default 20.
        min_coverage: Share of a vector's weight that must be observed. share, from 0 to 1. Default
            0.666666666666667.
    """

@overload
def wacc_buildup(
    equity_weight: t.Number,
    risk_free: t.Number,
    beta: t.Number,
    equity_premium: t.Number,
    country_risk: t.Number | None = 0.0,
    lambda_exposure: t.Number | None = 1.0,
    illiquidity: t.Number | None = 0.0,
    cost_of_debt: t.Number | None = 0.0,
    tax_rate: t.Number | None = 0.25,
) -> float:
    """Weighted average cost of capital, built up from its parts with country risk and illiquidity.

    Args:
        equity_weight: Equity over all capital. share, from 0 to 1.
        risk_free: Risk-free rate. per year.
        beta: Beta. ratio, 0 or more.
        equity_premium: Equity risk premium of a mature market. per year.
        country_risk: Country risk premium. per year, 0 or more. Default 0.
        lambda_exposure: Exposure to the country risk. ratio, 0 or more. Default 1.
        illiquidity: Premium for an illiquid stake. per year, 0 or more. Default 0.
        cost_of_debt: Cost of debt before tax. per year. Default 0.
        tax_rate: Tax rate. share, 0 or more and below 1. Default 0.25.
    """

@overload
def wacc_buildup(
    equity_weight: t.NumberColumn[t.Floats],
    risk_free: t.NumberColumn[t.Floats],
    beta: t.NumberColumn[t.Floats],
    equity_premium: t.NumberColumn[t.Floats],
    country_risk: t.NumberColumn[t.Floats] | None = 0.0,
    lambda_exposure: t.NumberColumn[t.Floats] | None = 1.0,
    illiquidity: t.NumberColumn[t.Floats] | None = 0.0,
    cost_of_debt: t.NumberColumn[t.Floats] | None = 0.0,
    tax_rate: t.NumberColumn[t.Floats] | None = 0.25,
) -> t.Floats: ...
@overload
def wtp_conversion(
    price: t.Number,
    wtp_median: t.Number,
    wtp_sigma: t.Number,
) -> float:
    """Share of users who pay a price, when the willingness to pay is lognormal.

    Args:
        price: Price asked. any currency, 0 or more.
        wtp_median: Median willingness to pay. any currency, above 0.
        wtp_sigma: Spread of the willingness to pay. log standard deviation, above 0.
    """

@overload
def wtp_conversion(
    price: t.NumberColumn[t.Floats],
    wtp_median: t.NumberColumn[t.Floats],
    wtp_sigma: t.NumberColumn[t.Floats],
) -> t.Floats: ...
