"""The functions of the library with their types. Generated from the declarations; do not edit."""

# Of the overloads of a function the first takes single cells, the second arrays as well, and the third Series as well.
# That at least one argument is an array or a Series cannot be said, hence the overlap.
# mypy: disable-error-code="overload-overlap"
# pyright: reportOverlappingOverload=false

from typing import overload

from xlfuncs.core import typing as t
from xlfuncs.core.errors import CellError
from xlfuncs.core.registry import Registry

REGISTRY: Registry
evaluate = REGISTRY.evaluate

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
    """Number of accelerators required to serve the prompts and answers of a user base, not rounded.

    Args:
        users: Number of daily active users (DAU). Unit: users. Must be 0 or more.
        queries_per_day: Number of queries per daily active user per day. Unit: per user per day. Must be 0 or more.
        tokens_in: Prompt tokens per query. Unit: tokens per query. Must be 0 or more.
        tokens_out: Answer tokens per query. Unit: tokens per query. Must be 0 or more.
        prefill_tps: Prompt tokens processed per second per accelerator. Unit: tokens/s per accelerator. Must be
            above 0.
        decode_tps: Answer tokens generated per second per accelerator. Unit: tokens/s per accelerator. Must be
            above 0.
        cache_hit: Cache hit rate: share of prompt tokens served from the cache. Unit: share. Must be from 0 to 1.
            Default: 0.
        peak_to_mean: Ratio of peak load to mean load. Unit: ratio. Must be 1 or more. Default: 1.
    """

@overload
def accelerators_required(
    users: t.NumberOrArray,
    queries_per_day: t.NumberOrArray,
    tokens_in: t.NumberOrArray,
    tokens_out: t.NumberOrArray,
    prefill_tps: t.NumberOrArray,
    decode_tps: t.NumberOrArray,
    cache_hit: t.NumberOrArray | None = 0.0,
    peak_to_mean: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Cost per task completed by an AI agent, including tokens, failed attempts and human review.

    Args:
        tokens_per_task: Tokens used per attempt. Unit: tokens. Must be 0 or more.
        price_per_mtok: Price per million tokens. Unit: USD per Mtok. Must be 0 or more.
        success_rate: Success rate: share of tasks completed correctly. Unit: share. Must be above 0 and at most 1.
        review_minutes: Human review time per attempt. Unit: minutes. Must be 0 or more. Default: 0.
        wage_per_hour: Hourly wage of the reviewer. Unit: USD per hour. Must be 0 or more. Default: 0.
    """

@overload
def agent_task_cost(
    tokens_per_task: t.NumberOrArray,
    price_per_mtok: t.NumberOrArray,
    success_rate: t.NumberOrArray,
    review_minutes: t.NumberOrArray | None = 0.0,
    wage_per_hour: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Figure of a company, country or market: the latest on or before a date, in the unit requested.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. Type: text.
        data_field: Field id, such as revenue or valuation. Type: text.
        as_of: Cut-off date: the latest figure on or before this date is used. Unit: Excel date serial. Default:
            latest.
        unit: Unit of the result; omit for the stored unit. Type: text. Default: native.
    """

@overload
def ai_data(
    entity: t.TextOrArray,
    data_field: t.TextOrArray,
    as_of: t.DateOrArray | None = None,
    unit: t.TextOrArray | None = None,
) -> t.FloatArray: ...
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
    """History of a figure between two dates: the last value of each day, month, quarter or year.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. Type: text.
        data_field: Field id, such as revenue or valuation. Type: text.
        start_on: First day of the history. Unit: Excel date serial.
        end_on: Last day of the history. Unit: Excel date serial.
        frequency: Frequency: last figure of each day (d), month (m), quarter (q) or year (y). Type: text. Must be
            d, m, q or y. Default: Y.
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
    """Contribution of each indicator to the total log gap; a missing indicator contributes 0.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
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
    """Average size of the gaps across the vectors, from 0 to 100, regardless of which side leads.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
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
    cap: t.NumberOrArray | None = 20.0,
    min_coverage: t.NumberOrArray | None = 0.6666666666666666,
) -> t.FloatArray: ...
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
    """Degree to which the leads of the vectors cancel out: 0 if one side leads everywhere, 1 if the leads cancel.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
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
    cap: t.NumberOrArray | None = 20.0,
    min_coverage: t.NumberOrArray | None = 0.6666666666666666,
) -> t.FloatArray: ...
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
    """Probability that the US leads, under uncertain values and weights.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
        rel_se: Relative error of the values: one number, or one for each indicator. Unit: share. Must be 0 or more.
            Default: 0.2.
        weight_sd: Dispersion of the weights (sigma of their logarithm). Unit: log standard deviation. Must be 0 or
            more. Default: 0.3.
        draws: Number of random draws; an even number. Unit: count. Must be a whole number, from 100 to 1000000.
            Default: 4096.
        seed: Random seed; the same seed reproduces the same draws. Unit: count. Must be a whole number, 0 or more.
            Default: 12345.
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
    cap: t.NumberOrArray | None = 20.0,
    min_coverage: t.NumberOrArray | None = 0.6666666666666666,
    rel_se: t.NumberRange | None = None,
    weight_sd: t.NumberOrArray | None = 0.3,
    draws: t.NumberOrArray | None = 4096.0,
    seed: t.NumberOrArray | None = 12345.0,
) -> t.FloatArray: ...
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
    """Quantile of the asymmetry score under uncertain values and weights; 0.05 and 0.95 bound a 90% interval.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        quantile: Quantile level, such as 0.05 for the lower end of a 90% interval. Unit: share. Must be from 0 to
            1.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
        rel_se: Relative error of the values: one number, or one for each indicator. Unit: share. Must be 0 or more.
            Default: 0.2.
        weight_sd: Dispersion of the weights (sigma of their logarithm). Unit: log standard deviation. Must be 0 or
            more. Default: 0.3.
        draws: Number of random draws; an even number. Unit: count. Must be a whole number, from 100 to 1000000.
            Default: 4096.
        seed: Random seed; the same seed reproduces the same draws. Unit: count. Must be a whole number, 0 or more.
            Default: 12345.
    """

@overload
def asymmetry_quantile(
    us: t.NumberRange,
    cn: t.NumberRange,
    quantile: t.NumberOrArray,
    direction: t.NumberRange | None = None,
    weights: t.NumberRange | None = None,
    vectors: t.TextRange | None = None,
    vector_weights: t.CellRange | None = None,
    kinds: t.TextRange | None = None,
    scales: t.NumberRange | None = None,
    cap: t.NumberOrArray | None = 20.0,
    min_coverage: t.NumberOrArray | None = 0.6666666666666666,
    rel_se: t.NumberRange | None = None,
    weight_sd: t.NumberOrArray | None = 0.3,
    draws: t.NumberOrArray | None = 4096.0,
    seed: t.NumberOrArray | None = 12345.0,
) -> t.FloatArray: ...
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
    """Asymmetry between the US and China across all vectors, from -100 to 100; above 0 the US leads.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
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
    cap: t.NumberOrArray | None = 20.0,
    min_coverage: t.NumberOrArray | None = 0.6666666666666666,
) -> t.FloatArray: ...
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
    """Yearly benefit of an automation: labour cost saved in cash, plus the value of shorter cycles.

    Args:
        fte: Full-time equivalents (FTE) who do the work. Unit: FTE. Must be 0 or more.
        loaded_wage: Fully loaded wage, including social charges and overheads. Unit: USD per FTE-year. Must be 0 or
            more.
        time_share: Share of working time that can be automated. Unit: share. Must be from 0 to 1.
        adoption: Share of the automatable time in which the tool is used. Unit: share. Must be from 0 to 1.
        success_rate: Success rate: share of tasks completed correctly. Unit: share. Must be from 0 to 1.
        realisation: Share of the saving that is realised in cash. Unit: share. Must be from 0 to 1.
        cycle_value: Yearly value of shorter cycles. Unit: USD per year. Must be 0 or more. Default: 0.
    """

@overload
def automation_benefit(
    fte: t.NumberOrArray,
    loaded_wage: t.NumberOrArray,
    time_share: t.NumberOrArray,
    adoption: t.NumberOrArray,
    success_rate: t.NumberOrArray,
    realisation: t.NumberOrArray,
    cycle_value: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Net present value (NPV) of an automation with a ramp-up, a compliance delay and falling running cost.

    Args:
        annual_benefit: Yearly benefit of the automation. Unit: USD per year. Must be 0 or more.
        run_cost: Yearly running cost of the automation. Unit: USD per year. Must be 0 or more.
        upfront: One-off set-up cost. Unit: USD. Must be 0 or more.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        years: Time horizon: number of years included. Unit: years. Must be above 0.
        ramp_years: Number of years until the full benefit is reached. Unit: years. Must be 0 or more. Default: 0.
        delay_years: Number of years of compliance delay before the start. Unit: years. Must be 0 or more. Default:
            0.
        run_cost_decline: Yearly decline of the running cost or price. Unit: per year. Must be 0 or more and below
            1. Default: 0.
    """

@overload
def automation_npv(
    annual_benefit: t.NumberOrArray,
    run_cost: t.NumberOrArray,
    upfront: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    years: t.NumberOrArray,
    ramp_years: t.NumberOrArray | None = 0.0,
    delay_years: t.NumberOrArray | None = 0.0,
    run_cost_decline: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Discounted payback period: years until the net benefit of an automation has repaid the set-up cost.

    Args:
        annual_benefit: Yearly benefit of the automation. Unit: USD per year. Must be 0 or more.
        run_cost: Yearly running cost of the automation. Unit: USD per year. Must be 0 or more.
        upfront: One-off set-up cost. Unit: USD. Must be 0 or more.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1. Default: 0.
    """

@overload
def automation_payback(
    annual_benefit: t.NumberOrArray,
    run_cost: t.NumberOrArray,
    upfront: t.NumberOrArray,
    discount_rate: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Cumulative adopters after a number of years in the Bass diffusion model of innovation and imitation.

    Args:
        market: Market potential: number of users who will ever adopt. Unit: users. Must be above 0.
        innovation: Bass coefficient of innovation (p). Unit: per year. Must be above 0.
        imitation: Bass coefficient of imitation (q). Unit: per year. Must be 0 or more.
        years: Number of years from today. Unit: years. Must be 0 or more.
    """

@overload
def bass_adopters(
    market: t.NumberOrArray,
    innovation: t.NumberOrArray,
    imitation: t.NumberOrArray,
    years: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Yearly growth of the total inference cost; negative if token cost falls faster than usage grows.

    Args:
        user_growth: Yearly growth of the number of users. Unit: per year. Must be above -1.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1. Default: 0.
        years: Number of years from today. Unit: years. Must be 0 or more. Default: 0.
    """

@overload
def bill_growth(
    user_growth: t.NumberOrArray,
    usage_growth: t.NumberOrArray,
    decline: t.NumberOrArray,
    floor_share: t.NumberOrArray | None = 0.0,
    years: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Blended revenue per user (ARPU) from advertising, subscriptions net of the app store fee, and the API.

    Args:
        ad_arpu: Advertising revenue per user. Unit: USD per user-month. Must be 0 or more.
        sub_conversion: Share of users who pay for a subscription. Unit: share. Must be from 0 to 1.
        sub_price: Subscription price. Unit: USD per month. Must be 0 or more.
        platform_fee: Share of the subscription price kept by the app store. Unit: share. Must be 0 or more and
            below 1. Default: 0.
        api_arpu: API revenue per user. Unit: USD per user-month. Must be 0 or more. Default: 0.
    """

@overload
def blended_arpu(
    ad_arpu: t.NumberOrArray,
    sub_conversion: t.NumberOrArray,
    sub_price: t.NumberOrArray,
    platform_fee: t.NumberOrArray | None = 0.0,
    api_arpu: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Blended price per million tokens, weighted by the mix of prompt, cached prompt and answer tokens.

    Args:
        tokens_in: Prompt tokens per query. Unit: tokens per query. Must be 0 or more.
        tokens_out: Answer tokens per query. Unit: tokens per query. Must be 0 or more.
        price_in_mtok: Price of prompt tokens that are not served from the cache. Unit: USD per Mtok. Must be 0 or
            more.
        price_out_mtok: Price of answer tokens. Unit: USD per Mtok. Must be 0 or more.
        cache_hit: Cache hit rate: share of prompt tokens served from the cache. Unit: share. Must be from 0 to 1.
            Default: 0.
        price_cached_mtok: Price of prompt tokens that are served from the cache. Unit: USD per Mtok. Must be 0 or
            more. Default: 0.
    """

@overload
def blended_token_price(
    tokens_in: t.NumberOrArray,
    tokens_out: t.NumberOrArray,
    price_in_mtok: t.NumberOrArray,
    price_out_mtok: t.NumberOrArray,
    cache_hit: t.NumberOrArray | None = 0.0,
    price_cached_mtok: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Break-even revenue per user per month (ARPU), before the share paid to the host platform.

    Args:
        unit_cost: Inference cost per user. Unit: USD per user-month. Must be 0 or more.
        other_variable: Other variable cost per user. Unit: USD per user-month. Must be 0 or more.
        fixed_cost: Fixed cost per month. Unit: USD per month. Must be 0 or more. Default: 0.
        users: Number of users who share the fixed cost. Unit: users. Must be above 0. Default: 1.
        revenue_share: Share of revenue paid to the host platform. Unit: share. Must be 0 or more and below 1.
            Default: 0.
    """

@overload
def breakeven_arpu(
    unit_cost: t.NumberOrArray,
    other_variable: t.NumberOrArray,
    fixed_cost: t.NumberOrArray | None = 0.0,
    users: t.NumberOrArray | None = 1.0,
    revenue_share: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Break-even value of one argument, between low and high, at which a function reaches a target.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
        base_values: Base value of each argument, in order. Unit: number.
        solve_index: Position of the argument in the function, counted from 1. Unit: count. Must be a whole number,
            1 or more.
        target: Target value of the result. Unit: number.
        low: End of the search interval. Unit: number.
        high: End of the search interval. Unit: number.
    """

@overload
def breakeven_solve(
    function_name: t.TextOrArray,
    base_values: t.NumberRange,
    solve_index: t.NumberOrArray,
    target: t.NumberOrArray,
    low: t.NumberOrArray,
    high: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Profitability of a user over time: 'NOW', 'AT' a later time, 'TRANSIENT', 'NOW, TRANSIENT' or 'NEVER'.

    Args:
        cost_ratio: Inference cost over net revenue per user, today. Unit: ratio. Must be 0 or more.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1.
    """

@overload
def breakeven_status(
    cost_ratio: t.NumberOrArray,
    floor_share: t.NumberOrArray,
    decline: t.NumberOrArray,
    usage_growth: t.NumberOrArray,
    arpu_growth: t.NumberOrArray,
) -> t.TextArray: ...
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
    """Years until a user becomes profitable (boundary 1) or stops being profitable (boundary 2).

    Args:
        cost_ratio: Inference cost over net revenue per user, today. Unit: ratio. Must be 0 or more.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1.
        boundary: Boundary of the profit window: 1 for the start, 2 for the end. Unit: flag. Must be 1 or 2.
            Default: 1.
    """

@overload
def breakeven_time(
    cost_ratio: t.NumberOrArray,
    floor_share: t.NumberOrArray,
    decline: t.NumberOrArray,
    usage_growth: t.NumberOrArray,
    arpu_growth: t.NumberOrArray,
    boundary: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Break-even token cost: highest cost per million tokens at which a user still leaves the target margin.

    Args:
        arpu: Revenue per user (ARPU) in the period. Unit: USD per user per period. Must be 0 or more.
        queries: Number of queries per user in the period. Unit: count per period. Must be above 0.
        tokens_per_query: Tokens per query, prompt and answer combined. Unit: tokens. Must be above 0.
        target_margin: Target margin as a share of revenue. Unit: share. Must be below 1. Default: 0.
        other_variable: Other variable cost per user. Unit: USD per user per period. Must be 0 or more. Default: 0.
    """

@overload
def breakeven_token_cost(
    arpu: t.NumberOrArray,
    queries: t.NumberOrArray,
    tokens_per_query: t.NumberOrArray,
    target_margin: t.NumberOrArray | None = 0.0,
    other_variable: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Break-even loaded wage, above which an automation pays off; if negative, it pays off at any wage.

    Args:
        fte: Full-time equivalents (FTE) who do the work. Unit: FTE. Must be above 0.
        effective_share: Product of time share, adoption, success rate and realisation. Unit: share. Must be above 0
            and at most 1.
        run_cost: Yearly running cost of the automation. Unit: USD per year. Must be 0 or more.
        upfront: One-off set-up cost. Unit: USD. Must be 0 or more.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        years: Time horizon: number of years included. Unit: years. Must be above 0.
        cycle_value: Yearly value of shorter cycles. Unit: USD per year. Must be 0 or more. Default: 0.
    """

@overload
def breakeven_wage(
    fte: t.NumberOrArray,
    effective_share: t.NumberOrArray,
    run_cost: t.NumberOrArray,
    upfront: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    years: t.NumberOrArray,
    cycle_value: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Burn multiple: net cash burn per dollar of net new ARR; below 1 is excellent, above 3 is poor.

    Args:
        net_burn: Net cash burn in the period. Unit: USD.
        net_new_arr: Net new annual recurring revenue (ARR) in the period. Unit: USD.
    """

@overload
def burn_multiple(
    net_burn: t.NumberOrArray,
    net_new_arr: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """CAC payback: periods until the margins, net of churn and discounting, have repaid the acquisition cost.

    Args:
        cac: Customer acquisition cost (CAC). Unit: USD per customer. Must be 0 or more.
        margin: Margin per customer per period. Unit: USD per period.
        churn: Churn rate: share of customers lost per period. Unit: per period. Must be 0 or more and below 1.
            Default: 0.
        discount_rate: Discount rate per period. Unit: per period. Must be above -1. Default: 0.
    """

@overload
def cac_payback(
    cac: t.NumberOrArray,
    margin: t.NumberOrArray,
    churn: t.NumberOrArray | None = 0.0,
    discount_rate: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Net present value (NPV) destroyed, with cash flows at mid-period; 0 if the NPV is not negative.

    Args:
        cash_flows: Cash flow of each period; outflows are negative. Unit: USD per period.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        periods_per_year: Number of periods per year. Unit: periods per year. Must be above 0. Default: 12.
    """

@overload
def capital_destruction(
    cash_flows: t.NumberRange,
    discount_rate: t.NumberOrArray,
    periods_per_year: t.NumberOrArray | None = 12.0,
) -> t.FloatArray: ...
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
    """Cost per task when a small model tries first and a frontier model handles the failures.

    Args:
        small_cost: Cost of one attempt. Unit: USD per task. Must be 0 or more.
        small_success: Success rate: share of tasks completed correctly. Unit: share. Must be from 0 to 1.
        verify_cost: Cost of verifying one attempt. Unit: USD per task. Must be 0 or more.
        frontier_cost: Cost per completed task with the frontier model. Unit: USD per task. Must be 0 or more.
    """

@overload
def cascade_cost(
    small_cost: t.NumberOrArray,
    small_success: t.NumberOrArray,
    verify_cost: t.NumberOrArray,
    frontier_cost: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Training loss predicted by the Chinchilla scaling law for a model size and a number of tokens.

    Args:
        params_b: Number of parameters. Unit: billion parameters. Must be above 0.
        tokens_t: Number of training tokens. Unit: trillion tokens. Must be above 0.
        loss_floor: Irreducible loss, which no model size removes. Unit: nats per token. Must be 0 or more. Default:
            1.8172.
        coef_a: Scaling-law coefficient of the parameters. Unit: coefficient. Must be above 0. Default: 482.01.
        coef_b: Scaling-law coefficient of the tokens. Unit: coefficient. Must be above 0. Default: 2085.43.
        alpha: Scaling-law exponent of the parameters. Unit: coefficient. Must be above 0. Default: 0.3478.
        beta: Scaling-law exponent of the tokens. Unit: coefficient. Must be above 0. Default: 0.3658.
    """

@overload
def chinchilla_loss(
    params_b: t.NumberOrArray,
    tokens_t: t.NumberOrArray,
    loss_floor: t.NumberOrArray | None = 1.8172,
    coef_a: t.NumberOrArray | None = 482.01,
    coef_b: t.NumberOrArray | None = 2085.43,
    alpha: t.NumberOrArray | None = 0.3478,
    beta: t.NumberOrArray | None = 0.3658,
) -> t.FloatArray: ...
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
    """Compute-optimal number of parameters of a dense model (Chinchilla scaling law).

    Args:
        flops: Training compute. Unit: FLOP. Must be above 0.
        coef_a: Scaling-law coefficient of the parameters. Unit: coefficient. Must be above 0. Default: 482.01.
        coef_b: Scaling-law coefficient of the tokens. Unit: coefficient. Must be above 0. Default: 2085.43.
        alpha: Scaling-law exponent of the parameters. Unit: coefficient. Must be above 0. Default: 0.3478.
        beta: Scaling-law exponent of the tokens. Unit: coefficient. Must be above 0. Default: 0.3658.
    """

@overload
def chinchilla_params(
    flops: t.NumberOrArray,
    coef_a: t.NumberOrArray | None = 482.01,
    coef_b: t.NumberOrArray | None = 2085.43,
    alpha: t.NumberOrArray | None = 0.3478,
    beta: t.NumberOrArray | None = 0.3658,
) -> t.FloatArray: ...
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
    """Total processing performance (TPP) of a chip, the measure of the US export rule.

    Args:
        dense_tops: Dense operations per second. Unit: TOPS or TFLOP/s. Must be 0 or more.
        bit_length: Bit length of the operation. Unit: bits. Must be above 0.
    """

@overload
def chip_tpp(
    dense_tops: t.NumberOrArray,
    bit_length: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Churn rate converted to another period length by compounding, such as from monthly to yearly.

    Args:
        churn: Churn rate: share of customers lost per period. Unit: per period. Must be from 0 to 1.
        from_per_year: Number of original periods per year, such as 12 for months. Unit: periods per year. Must be
            above 0.
        to_per_year: Number of target periods per year, such as 1 for years. Unit: periods per year. Must be above
            0.
    """

@overload
def churn_convert(
    churn: t.NumberOrArray,
    from_per_year: t.NumberOrArray,
    to_per_year: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Present value of a user acquired today, in continuous time, before the acquisition cost.

    Args:
        arpu: Net revenue per user per year. Unit: USD per user-year. Must be 0 or more.
        unit_cost: Inference cost per user per year. Unit: USD per user-year. Must be 0 or more.
        churn_hazard: Churn hazard: -ln(share of users retained for a year). Unit: per year. Must be 0 or more.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1. Default: 0.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1. Default: 0.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1. Default: 0.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1. Default: 0.
        horizon: Time horizon: number of years included. Unit: years. Must be above 0. Default: 10.
    """

@overload
def cohort_value(
    arpu: t.NumberOrArray,
    unit_cost: t.NumberOrArray,
    churn_hazard: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    floor_share: t.NumberOrArray | None = 0.0,
    decline: t.NumberOrArray | None = 0.0,
    usage_growth: t.NumberOrArray | None = 0.0,
    arpu_growth: t.NumberOrArray | None = 0.0,
    horizon: t.NumberOrArray | None = 10.0,
) -> t.FloatArray: ...
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
    """Contribution margin: share of revenue per user left after inference and other variable cost.

    Args:
        arpu: Revenue per user (ARPU). Unit: USD per user-month. Must be other than 0.
        inference: Inference cost per user. Unit: USD per user-month. Must be 0 or more.
        other_variable: Other variable cost per user. Unit: USD per user-month. Must be 0 or more. Default: 0.
    """

@overload
def contribution_margin(
    arpu: t.NumberOrArray,
    inference: t.NumberOrArray,
    other_variable: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Cost per completed task, when failed attempts are retried until success or a fallback.

    Args:
        attempt_cost: Cost of one attempt. Unit: USD per task. Must be 0 or more.
        success_rate: Success rate: share of tasks completed correctly. Unit: share. Must be from 0 to 1.
        verify_cost: Cost of verifying one attempt. Unit: USD per task. Must be 0 or more. Default: 0.
        failure_cost: Damage caused by one failed attempt. Unit: USD per task. Must be 0 or more. Default: 0.
        max_attempts: Maximum number of attempts; 0 for no limit. Unit: count. Must be a whole number, 0 or more.
            Default: 0.
        fallback_cost: Cost of the fallback after the last failed attempt. Unit: USD per task. Must be 0 or more.
            Default: 0.
    """

@overload
def cost_per_success(
    attempt_cost: t.NumberOrArray,
    success_rate: t.NumberOrArray,
    verify_cost: t.NumberOrArray | None = 0.0,
    failure_cost: t.NumberOrArray | None = 0.0,
    max_attempts: t.NumberOrArray | None = 0.0,
    fallback_cost: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Inference cost over net revenue per user after a number of years; above 1 the user loses money.

    Args:
        cost_ratio: Inference cost over net revenue per user, today. Unit: ratio. Must be 0 or more.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1.
        years: Number of years from today. Unit: years. Must be 0 or more.
    """

@overload
def cost_to_arpu(
    cost_ratio: t.NumberOrArray,
    floor_share: t.NumberOrArray,
    decline: t.NumberOrArray,
    usage_growth: t.NumberOrArray,
    arpu_growth: t.NumberOrArray,
    years: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Yearly value of shorter cycles: carrying cost of the capital released, plus margin earned sooner.

    Args:
        days_saved: Number of days saved per cycle. Unit: days. Must be 0 or more.
        flow_per_day: Capital tied up per day of the cycle. Unit: USD per day. Must be 0 or more.
        wacc: Weighted average cost of capital (WACC). Unit: per year. Must be above -1.
        margin_per_day: Yearly margin gained per day saved. Unit: USD per year. Default: 0.
    """

@overload
def cycle_time_value(
    days_saved: t.NumberOrArray,
    flow_per_day: t.NumberOrArray,
    wacc: t.NumberOrArray,
    margin_per_day: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Lowest, chosen and highest figure where sources disagree, in the stored unit.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. Type: text.
        data_field: Field id, such as revenue or valuation. Type: text.
        as_of: Cut-off date: the latest figure on or before this date is used. Unit: Excel date serial. Default:
            latest.
    """

@overload
def data_source(
    entity: str,
    data_field: str,
    as_of: t.Date | None = None,
) -> str:
    """Source, date and quality grade of the figure that AI_DATA returns.

    Args:
        entity: Company, country or market id, such as ZHIPU or US. Type: text.
        data_field: Field id, such as revenue or valuation. Type: text.
        as_of: Cut-off date: the latest figure on or before this date is used. Unit: Excel date serial. Default:
            latest.
    """

@overload
def data_source(
    entity: t.TextOrArray,
    data_field: t.TextOrArray,
    as_of: t.DateOrArray | None = None,
) -> t.TextArray: ...
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
    """Answer tokens per second per accelerator in the roofline model: memory traffic or compute is the limit.

    Args:
        batch: Batch size: number of sequences decoded together. Unit: sequences. Must be 1 or more.
        total_params_b: Total number of parameters of the model. Unit: billion parameters. Must be above 0.
        active_params_b: Active parameters per token. Unit: billion parameters. Must be above 0.
        weight_bytes: Bytes per weight. Unit: bytes per parameter. Must be above 0.
        kv_bytes: Size of the key-value cache per token of context. Unit: bytes per token of context. Must be 0 or
            more.
        context: Context length of a sequence. Unit: tokens. Must be 0 or more.
        peak_tflops: Peak dense compute per accelerator. Unit: TFLOP/s. Must be above 0.
        bandwidth_tbs: Memory bandwidth per accelerator. Unit: TB/s. Must be above 0.
        accelerators: Number of accelerators that hold one copy of the model. Unit: accelerators. Must be 1 or more.
        mfu: Model FLOP utilisation (MFU): achieved over peak compute. Unit: share. Must be above 0 and at most 1.
            Default: 0.5.
        mbu: Memory bandwidth utilisation (MBU): achieved over peak bandwidth. Unit: share. Must be above 0 and at
            most 1. Default: 0.6.
        attn_gflop: Attention compute per token. Unit: GFLOP per token. Must be 0 or more. Default: 0.
        overhead_ms: Communication and waiting time per step. Unit: ms per step. Must be 0 or more. Default: 0.
        experts: Number of experts per layer; 0 for a dense model. Unit: count. Must be 0 or more. Default: 0.
        active_experts: Number of experts used per token. Unit: count. Must be 0 or more. Default: 0.
        dense_params_b: Parameters outside the experts, read for every token. Unit: billion parameters. Must be 0 or
            more. Default: 0.
    """

@overload
def decode_throughput(
    batch: t.NumberOrArray,
    total_params_b: t.NumberOrArray,
    active_params_b: t.NumberOrArray,
    weight_bytes: t.NumberOrArray,
    kv_bytes: t.NumberOrArray,
    context: t.NumberOrArray,
    peak_tflops: t.NumberOrArray,
    bandwidth_tbs: t.NumberOrArray,
    accelerators: t.NumberOrArray,
    mfu: t.NumberOrArray | None = 0.5,
    mbu: t.NumberOrArray | None = 0.6,
    attn_gflop: t.NumberOrArray | None = 0.0,
    overhead_ms: t.NumberOrArray | None = 0.0,
    experts: t.NumberOrArray | None = 0.0,
    active_experts: t.NumberOrArray | None = 0.0,
    dense_params_b: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Logarithm of the observed over the justified multiple: distance of a price from the cash flows.

    Args:
        observed_multiple: Observed market multiple. Unit: x. Must be above 0.
        fair_multiple: Multiple justified by the cash flows. Unit: x. Must be above 0.
    """

@overload
def decoupling_index(
    observed_multiple: t.NumberOrArray,
    fair_multiple: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Decoupling state of value against users, one of eight defined by Tapio from the elasticity.

    Args:
        user_growth: Relative change in the number of users. Unit: share.
        value_growth: Relative change in value. Unit: share.
    """

@overload
def decoupling_state(
    user_growth: t.NumberOrArray,
    value_growth: t.NumberOrArray,
) -> t.TextArray: ...
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
    """Present value of the benefit lost while compliance delays a project.

    Args:
        monthly_benefit: Benefit per month. Unit: USD per month.
        delay_months: Length of the delay. Unit: months. Must be 0 or more.
        discount_rate: Monthly discount rate. Unit: per month. Must be above -1. Default: 0.
    """

@overload
def delay_cost(
    monthly_benefit: t.NumberOrArray,
    delay_months: t.NumberOrArray,
    discount_rate: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Share of the invested capital that is lost, in present value; 0 if the inflows cover the outflows.

    Args:
        pv_inflows: Present value of the inflows. Unit: USD. Must be 0 or more.
        pv_outflows: Present value of the outflows. Unit: USD. Must be above 0.
    """

@overload
def destruction_index(
    pv_inflows: t.NumberOrArray,
    pv_outflows: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Electricity cost per million tokens that better software cannot remove: compute and data movement.

    Args:
        flop_per_token: Compute per token. Unit: FLOP. Must be 0 or more.
        flop_per_joule: Compute per joule. Unit: FLOP per J. Must be above 0.
        bytes_per_token: Bytes moved per token. Unit: bytes. Must be 0 or more.
        pj_per_bit: Energy to move one bit. Unit: pJ per bit. Must be 0 or more.
        power_price_kwh: Electricity price. Unit: USD per kWh. Must be 0 or more.
        pue: Power usage effectiveness (PUE): site power over IT power. Unit: ratio. Must be 1 or more. Default:
            1.1.
    """

@overload
def energy_floor(
    flop_per_token: t.NumberOrArray,
    flop_per_joule: t.NumberOrArray,
    bytes_per_token: t.NumberOrArray,
    pj_per_bit: t.NumberOrArray,
    power_price_kwh: t.NumberOrArray,
    pue: t.NumberOrArray | None = 1.1,
) -> t.FloatArray: ...
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
    """Electrical energy per token at the meter; divide by 3.6 for kWh per million tokens.

    Args:
        power_kw: Power per accelerator, including its share of the server. Unit: kW per accelerator. Must be 0 or
            more.
        throughput: Tokens per second per accelerator. Unit: tokens/s per accelerator. Must be above 0.
        pue: Power usage effectiveness (PUE): site power over IT power. Unit: ratio. Must be 1 or more. Default:
            1.2.
    """

@overload
def energy_per_token(
    power_kw: t.NumberOrArray,
    throughput: t.NumberOrArray,
    pue: t.NumberOrArray | None = 1.2,
) -> t.FloatArray: ...
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
    """Yearly free cash flow to the firm (FCFF) and its present value; the last row is the terminal value.

    Args:
        revenue: Run-rate revenue today. Unit: USD per year. Must be above 0.
        growth: Revenue growth in the high-growth stage. Unit: per year. Must be above -1.
        years_high: Number of years in the high-growth stage. Unit: years. Must be a whole number, 0 or more.
        years_fade: Number of years in which growth fades to terminal_growth. Unit: years. Must be a whole number, 0
            or more.
        terminal_growth: Terminal growth rate. Unit: per year. Must be above -1.
        gm_start: Gross margin today. Unit: share. Must be at most 1.
        gm_end: Gross margin in the last explicit forecast year. Unit: share. Must be at most 1.
        opex_start: Operating cost as a share of revenue today. Unit: share. Must be 0 or more.
        opex_end: Operating cost as a share of revenue at scale. Unit: share. Must be 0 or more.
        tax_rate: Corporate tax rate. Unit: share. Must be 0 or more and below 1.
        sales_to_capital: Sales-to-capital ratio: revenue added per dollar of new capital. Unit: ratio. Must be
            above 0.
        wacc: Weighted average cost of capital (WACC). Unit: per year. Must be above -1.
        roic_terminal: Return on new invested capital (ROIC) in the terminal stage. Unit: per year. Must be other
            than 0. Default: wacc.
        mid_year: Timing of cash flows: 1 for mid-year, 0 for year-end. Unit: flag. Must be 0 or 1. Default: 1.
        opex_scale: Behaviour of operating cost above opex_end: 1 for a fixed amount, 0 for a fixed share of
            revenue. Unit: ratio. Default: 0.8.
    """

@overload
def feedback_loop_days(
    samples_needed: t.Number,
    daily_users: t.Number,
    events_per_user: t.Number,
    usable_share: t.Number,
    latency_days: t.Number | None = 0.0,
) -> float:
    """Number of days until users have supplied enough usable data for one training cycle.

    Args:
        samples_needed: Number of usable samples required for one training cycle. Unit: samples. Must be 0 or more.
        daily_users: Number of daily active users (DAU). Unit: users. Must be above 0.
        events_per_user: Number of events per user per day. Unit: per user per day. Must be above 0.
        usable_share: Share of the events that are fit for training. Unit: share. Must be above 0 and at most 1.
        latency_days: Number of days from an event to the training set. Unit: days. Must be 0 or more. Default: 0.
    """

@overload
def feedback_loop_days(
    samples_needed: t.NumberOrArray,
    daily_users: t.NumberOrArray,
    events_per_user: t.NumberOrArray,
    usable_share: t.NumberOrArray,
    latency_days: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Break-even tasks per month, above which a fine-tuned model pays off while the frontier price keeps falling.

    Args:
        fixed_cost: Cost of the fine-tuning. Unit: USD. Must be 0 or more.
        frontier_cost: Cost per completed task with the frontier model. Unit: USD per task. Must be 0 or more.
        small_cost: Cost per completed task with the small model. Unit: USD per task. Must be 0 or more.
        monthly_fixed: Fixed cost per month. Unit: USD per month. Must be 0 or more. Default: 0.
        months: Number of months within which the fine-tuning must pay back. Unit: months. Must be above 0. Default:
            12.
        frontier_decline: Yearly decline of the running cost or price. Unit: per year. Must be 0 or more and below
            1. Default: 0.
    """

@overload
def finetune_breakeven(
    fixed_cost: t.NumberOrArray,
    frontier_cost: t.NumberOrArray,
    small_cost: t.NumberOrArray,
    monthly_fixed: t.NumberOrArray | None = 0.0,
    months: t.NumberOrArray | None = 12.0,
    frontier_decline: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Arguments, units, defaults, domains, formula and source of a library function.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
    """

@overload
def fn_version(
    function_name: str | None = None,
) -> str:
    """Version of the library and of its data, with a hash of the declaration and code of a single function.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text. Default: library.
    """

@overload
def fn_version(
    function_name: t.TextOrArray | None = None,
) -> t.TextArray: ...
@overload
def fn_version(
    function_name: t.TextColumnForText[t.Strings] | None = None,
) -> t.Strings: ...
@overload
def fn_why(
    function_name: str,
    arguments: t.CellRange,
) -> str:
    """Explanation in words of why a call returns an error value, or 'no error'.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
        arguments: Arguments of the call, in order. Unit: as stored.
    """

@overload
def fn_why(
    function_name: t.TextOrArray,
    arguments: t.CellRange,
) -> t.TextArray: ...
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
    """Yearly churn rate at a given friction of removal, between the rates at zero and at full friction.

    Args:
        friction: Friction of removal: 0 for none, 1 for full lock-in. Scale: 0 to 1. Must be from 0 to 1.
        churn_free: Yearly churn rate at zero friction. Unit: per year. Must be above 0 and below 1.
        churn_locked: Yearly churn rate at full friction. Unit: per year. Must be above 0 and below 1.
    """

@overload
def friction_churn(
    friction: t.NumberOrArray,
    churn_free: t.NumberOrArray,
    churn_locked: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Friction of removing a product, from 0 to 1: the power mean of the friction scores.

    Args:
        scores: Friction scores, such as for integration, data, counterparties, retraining and contract. Scale: 0 to
            1. Must be from 0 to 1.
        weights: Weight of each friction score. Unit: weight. Must be 0 or more. Default: 1.
        power: Exponent of the power mean; 0 for the geometric mean. Unit: coefficient. Default: 1.
    """

@overload
def friction_score(
    scores: t.NumberRange,
    weights: t.NumberRange | None = None,
    power: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Number of users who pass every step of a funnel, from reach to daily use.

    Args:
        reach: Number of people who could see the product. Unit: users. Must be 0 or more.
        step_rates: Conversion rates of the funnel steps. Unit: share. Must be from 0 to 1.
    """

@overload
def funnel_users(
    reach: t.NumberOrArray,
    step_rates: t.NumberRange,
) -> t.FloatArray: ...
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
    """Exchange rate: units of to_ccy per unit of from_ccy, from the euro reference rates on or before a date.

    Args:
        from_ccy: ISO code of the original currency, such as USD. Type: text.
        to_ccy: ISO code of the target currency, such as CNY. Type: text.
        as_of: Cut-off date: the latest figure on or before this date is used. Unit: Excel date serial. Default:
            latest.
    """

@overload
def fx_rate(
    from_ccy: t.TextOrArray,
    to_ccy: t.TextOrArray,
    as_of: t.DateOrArray | None = None,
) -> t.FloatArray: ...
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
    """Full cost per available accelerator-hour: capital recovery, operating cost and electricity.

    Args:
        capex: All-in system price per accelerator. Unit: USD. Must be 0 or more.
        life_years: Useful life of the hardware. Unit: years. Must be above 0.
        power_kw: Power per accelerator, including its share of the server. Unit: kW per accelerator. Must be 0 or
            more.
        pue: Power usage effectiveness (PUE): site power over IT power. Unit: ratio. Must be 1 or more.
        power_price_kwh: Electricity price. Unit: USD per kWh. Must be 0 or more.
        capital_rate: Cost of the capital invested in the hardware. Unit: per year. Must be above -1. Default: 0.1.
        residual: Resale value at the end of life, as a share of the purchase price. Unit: share. Must be from 0 to
            1. Default: 0.
        opex_share: Yearly operating cost as a share of the purchase price. Unit: per year. Must be 0 or more.
            Default: 0.05.
        load_factor: Mean power draw as a share of the rated power. Unit: share. Must be from 0 to 1. Default: 0.8.
        availability: Share of hours in which the accelerator is available. Unit: share. Must be above 0 and at most
            1. Default: 0.97.
    """

@overload
def gpu_hour_cost(
    capex: t.NumberOrArray,
    life_years: t.NumberOrArray,
    power_kw: t.NumberOrArray,
    pue: t.NumberOrArray,
    power_price_kwh: t.NumberOrArray,
    capital_rate: t.NumberOrArray | None = 0.1,
    residual: t.NumberOrArray | None = 0.0,
    opex_share: t.NumberOrArray | None = 0.05,
    load_factor: t.NumberOrArray | None = 0.8,
    availability: t.NumberOrArray | None = 0.97,
) -> t.FloatArray: ...
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
    """Specification of an accelerator: dense TFLOP/s, memory, bandwidth, power, die area or TPP.

    Args:
        chip_id: Chip id, such as h100-sxm. Type: text.
        data_field: Specification of the chip. Type: text. Must be tflops_bf16, tflops_fp8, mem_gb, bw_tbs, tdp_w,
            die_mm2 or tpp.
    """

@overload
def gpu_spec(
    chip_id: t.TextOrArray,
    data_field: t.TextOrArray,
) -> t.FloatArray: ...
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
    """Change in platform value as the number of users grows faster; below 0, growth destroys value.

    Args:
        users_start: Number of users today. Unit: users. Must be 0 or more.
        arpu: Net revenue per user per year. Unit: USD per user-year. Must be 0 or more.
        unit_cost: Inference cost per user per year. Unit: USD per user-year. Must be 0 or more.
        user_growth: Yearly growth of the number of users. Unit: per year. Must be above -1.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1. Default: 0.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1. Default: 0.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1. Default: 0.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1. Default: 0.
        horizon: Time horizon: number of years included. Unit: years. Must be above 0. Default: 5.
    """

@overload
def growth_value_slope(
    users_start: t.NumberOrArray,
    arpu: t.NumberOrArray,
    unit_cost: t.NumberOrArray,
    user_growth: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    floor_share: t.NumberOrArray | None = 0.0,
    decline: t.NumberOrArray | None = 0.0,
    usage_growth: t.NumberOrArray | None = 0.0,
    arpu_growth: t.NumberOrArray | None = 0.0,
    horizon: t.NumberOrArray | None = 5.0,
) -> t.FloatArray: ...
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
    """Extra cost of Chinese over US hardware per unit of work, after algorithmic gains.

    Args:
        cost_cn: Cost of the Chinese hardware, per hour or in total. Unit: USD per accelerator-hour. Must be above
            0.
        perf_cn: Capacity of the Chinese hardware that limits the workload, in TFLOP/s, TB/s or GB. Unit: any
            capacity unit. Must be above 0.
        eff_cn: Share of the capacity that is used (MFU or MBU). Unit: share. Must be above 0.
        cost_us: Cost of the US hardware, on the same basis as cost_cn. Unit: USD per accelerator-hour. Must be
            above 0.
        perf_us: Capacity of the US hardware, in the same unit as perf_cn. Unit: any capacity unit. Must be above 0.
        eff_us: Share of the capacity that is used (MFU or MBU). Unit: share. Must be above 0.
        algorithmic_gain: Factor by which better algorithms reduce the compute required. Unit: x. Must be above 0.
            Default: 1.
    """

@overload
def hardware_premium(
    cost_cn: t.NumberOrArray,
    perf_cn: t.NumberOrArray,
    eff_cn: t.NumberOrArray,
    cost_us: t.NumberOrArray,
    perf_us: t.NumberOrArray,
    eff_us: t.NumberOrArray,
    algorithmic_gain: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Value of a perpetuity exposed to random events, each of which removes a share of the value.

    Args:
        asset_value: Value without the random events. Unit: USD.
        hazard: Expected number of events per year. Unit: per year. Must be 0 or more.
        event_loss: Share of the value lost per event. Unit: share. Must be from 0 to 1.
        discount_rate: Discount rate. Unit: per year.
        growth: Perpetual growth rate. Unit: per year.
    """

@overload
def hazard_adjusted_value(
    asset_value: t.NumberOrArray,
    hazard: t.NumberOrArray,
    event_loss: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    growth: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Herfindahl-Hirschman index (HHI); above 1800 a market counts as highly concentrated.

    Args:
        shares: Market shares, on any scale. Unit: number. Must be 0 or more.
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
    """Yearly decline of the token cost implied by an observed market multiple; 0 if no decline is needed.

    Args:
        observed_multiple: Observed market multiple. Unit: x. Must be above 0.
        inference_share: Inference cost as a share of revenue today. Unit: share. Must be 0 or more.
        other_cogs: Other cost of revenue as a share of revenue. Unit: share. Must be 0 or more.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1.
        net_usage_growth: Yearly growth of usage relative to revenue. Unit: per year. Must be above -1.
        growth: Revenue growth in the high-growth stage. Unit: per year. Must be above -1.
        years_high: Number of years in the high-growth stage. Unit: years. Must be a whole number, 0 or more.
        years_fade: Number of years in which growth fades to terminal_growth. Unit: years. Must be a whole number, 0
            or more.
        terminal_growth: Terminal growth rate. Unit: per year. Must be above -1.
        opex_start: Operating cost as a share of revenue today. Unit: share. Must be 0 or more.
        opex_end: Operating cost as a share of revenue at scale. Unit: share. Must be 0 or more.
        tax_rate: Corporate tax rate. Unit: share. Must be 0 or more and below 1.
        sales_to_capital: Sales-to-capital ratio: revenue added per dollar of new capital. Unit: ratio. Must be
            above 0.
        wacc: Weighted average cost of capital (WACC). Unit: per year. Must be above -1.
        roic_terminal: Return on new invested capital (ROIC) in the terminal stage. Unit: per year. Must be other
            than 0. Default: wacc.
        opex_scale: Behaviour of operating cost above opex_end: 1 for a fixed amount, 0 for a fixed share of
            revenue. Unit: ratio. Default: 0.8.
    """

@overload
def implied_cost_decline(
    observed_multiple: t.NumberOrArray,
    inference_share: t.NumberOrArray,
    other_cogs: t.NumberOrArray,
    floor_share: t.NumberOrArray,
    net_usage_growth: t.NumberOrArray,
    growth: t.NumberOrArray,
    years_high: t.NumberOrArray,
    years_fade: t.NumberOrArray,
    terminal_growth: t.NumberOrArray,
    opex_start: t.NumberOrArray,
    opex_end: t.NumberOrArray,
    tax_rate: t.NumberOrArray,
    sales_to_capital: t.NumberOrArray,
    wacc: t.NumberOrArray,
    roic_terminal: t.NumberOrArray | None = None,
    opex_scale: t.NumberOrArray | None = 0.8,
) -> t.FloatArray: ...
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
    """Growth implied by an observed market multiple: the lowest rate at which JUSTIFIED_MULTIPLE equals it.

    Args:
        observed_multiple: Observed market multiple. Unit: x. Must be above 0.
        years_high: Number of years in the high-growth stage. Unit: years. Must be a whole number, 1 or more.
        years_fade: Number of years in which growth fades to terminal_growth. Unit: years. Must be a whole number, 0
            or more.
        terminal_growth: Terminal growth rate. Unit: per year. Must be above -1.
        gm_start: Gross margin today. Unit: share. Must be at most 1.
        gm_end: Gross margin in the last explicit forecast year. Unit: share. Must be at most 1.
        opex_start: Operating cost as a share of revenue today. Unit: share. Must be 0 or more.
        opex_end: Operating cost as a share of revenue at scale. Unit: share. Must be 0 or more.
        tax_rate: Corporate tax rate. Unit: share. Must be 0 or more and below 1.
        sales_to_capital: Sales-to-capital ratio: revenue added per dollar of new capital. Unit: ratio. Must be
            above 0.
        wacc: Weighted average cost of capital (WACC). Unit: per year. Must be above -1.
        roic_terminal: Return on new invested capital (ROIC) in the terminal stage. Unit: per year. Must be other
            than 0. Default: wacc.
        opex_scale: Behaviour of operating cost above opex_end: 1 for a fixed amount, 0 for a fixed share of
            revenue. Unit: ratio. Default: 0.8.
        low: Lowest growth rate searched. Unit: per year. Must be above -1. Default: -0.5.
        high: Highest growth rate searched. Unit: per year. Must be above -1. Default: 10.
    """

@overload
def implied_growth(
    observed_multiple: t.NumberOrArray,
    years_high: t.NumberOrArray,
    years_fade: t.NumberOrArray,
    terminal_growth: t.NumberOrArray,
    gm_start: t.NumberOrArray,
    gm_end: t.NumberOrArray,
    opex_start: t.NumberOrArray,
    opex_end: t.NumberOrArray,
    tax_rate: t.NumberOrArray,
    sales_to_capital: t.NumberOrArray,
    wacc: t.NumberOrArray,
    roic_terminal: t.NumberOrArray | None = None,
    opex_scale: t.NumberOrArray | None = 0.8,
    low: t.NumberOrArray | None = -0.5,
    high: t.NumberOrArray | None = 10.0,
) -> t.FloatArray: ...
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
    """Gross margin at maturity implied by an observed market multiple.

    Args:
        observed_multiple: Observed market multiple. Unit: x. Must be above 0.
        growth: Revenue growth in the high-growth stage. Unit: per year. Must be above -1.
        years_high: Number of years in the high-growth stage. Unit: years. Must be a whole number, 0 or more.
        years_fade: Number of years in which growth fades to terminal_growth. Unit: years. Must be a whole number, 0
            or more.
        terminal_growth: Terminal growth rate. Unit: per year. Must be above -1.
        gm_start: Gross margin today. Unit: share. Must be at most 1.
        opex_start: Operating cost as a share of revenue today. Unit: share. Must be 0 or more.
        opex_end: Operating cost as a share of revenue at scale. Unit: share. Must be 0 or more.
        tax_rate: Corporate tax rate. Unit: share. Must be 0 or more and below 1.
        sales_to_capital: Sales-to-capital ratio: revenue added per dollar of new capital. Unit: ratio. Must be
            above 0.
        wacc: Weighted average cost of capital (WACC). Unit: per year. Must be above -1.
        roic_terminal: Return on new invested capital (ROIC) in the terminal stage. Unit: per year. Must be other
            than 0. Default: wacc.
        opex_scale: Behaviour of operating cost above opex_end: 1 for a fixed amount, 0 for a fixed share of
            revenue. Unit: ratio. Default: 0.8.
    """

@overload
def implied_margin(
    observed_multiple: t.NumberOrArray,
    growth: t.NumberOrArray,
    years_high: t.NumberOrArray,
    years_fade: t.NumberOrArray,
    terminal_growth: t.NumberOrArray,
    gm_start: t.NumberOrArray,
    opex_start: t.NumberOrArray,
    opex_end: t.NumberOrArray,
    tax_rate: t.NumberOrArray,
    sales_to_capital: t.NumberOrArray,
    wacc: t.NumberOrArray,
    roic_terminal: t.NumberOrArray | None = None,
    opex_scale: t.NumberOrArray | None = 0.8,
) -> t.FloatArray: ...
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
    """Inference cost of a period: fixed cost plus queries times tokens per query times token price.

    Args:
        queries: Number of queries in the period. Unit: count per period. Must be 0 or more.
        tokens_per_query: Tokens per query, prompt and answer combined. Unit: tokens. Must be 0 or more.
        cost_per_token: Token price, quoted per price_basis tokens. Unit: USD per price_basis tokens. Must be 0 or
            more.
        fixed_cost: Fixed cost of the period. Unit: USD per period. Must be 0 or more. Default: 0.
        price_basis: Number of tokens for which the price is quoted. Unit: tokens. Must be 1, 1000 or 1000000.
            Default: 1.
    """

@overload
def inference_cost(
    queries: t.NumberOrArray,
    tokens_per_query: t.NumberOrArray,
    cost_per_token: t.NumberOrArray,
    fixed_cost: t.NumberOrArray | None = 0.0,
    price_basis: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Inference cost of a period with separate prices for prompt, cached prompt and answer tokens.

    Args:
        queries: Number of queries in the period. Unit: count per period. Must be 0 or more.
        tokens_in: Prompt tokens per query. Unit: tokens per query. Must be 0 or more.
        tokens_out: Answer tokens per query. Unit: tokens per query. Must be 0 or more.
        price_in_mtok: Price of prompt tokens that are not served from the cache. Unit: USD per Mtok. Must be 0 or
            more.
        price_out_mtok: Price of answer tokens. Unit: USD per Mtok. Must be 0 or more.
        cache_hit: Cache hit rate: share of prompt tokens served from the cache. Unit: share. Must be from 0 to 1.
            Default: 0.
        price_cached_mtok: Price of prompt tokens that are served from the cache. Unit: USD per Mtok. Must be 0 or
            more. Default: 0.
        fixed_cost: Fixed cost of the period. Unit: USD per period. Must be 0 or more. Default: 0.
    """

@overload
def inference_cost_io(
    queries: t.NumberOrArray,
    tokens_in: t.NumberOrArray,
    tokens_out: t.NumberOrArray,
    price_in_mtok: t.NumberOrArray,
    price_out_mtok: t.NumberOrArray,
    cache_hit: t.NumberOrArray | None = 0.0,
    price_cached_mtok: t.NumberOrArray | None = 0.0,
    fixed_cost: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Multiple of run-rate revenue justified by a three-stage DCF: high growth, fade and terminal value.

    Args:
        growth: Revenue growth in the high-growth stage. Unit: per year. Must be above -1.
        years_high: Number of years in the high-growth stage. Unit: years. Must be a whole number, 0 or more.
        years_fade: Number of years in which growth fades to terminal_growth. Unit: years. Must be a whole number, 0
            or more.
        terminal_growth: Terminal growth rate. Unit: per year. Must be above -1.
        gm_start: Gross margin today. Unit: share. Must be at most 1.
        gm_end: Gross margin in the last explicit forecast year. Unit: share. Must be at most 1.
        opex_start: Operating cost as a share of revenue today. Unit: share. Must be 0 or more.
        opex_end: Operating cost as a share of revenue at scale. Unit: share. Must be 0 or more.
        tax_rate: Corporate tax rate. Unit: share. Must be 0 or more and below 1.
        sales_to_capital: Sales-to-capital ratio: revenue added per dollar of new capital. Unit: ratio. Must be
            above 0.
        wacc: Weighted average cost of capital (WACC). Unit: per year. Must be above -1.
        roic_terminal: Return on new invested capital (ROIC) in the terminal stage. Unit: per year. Must be other
            than 0. Default: wacc.
        mid_year: Timing of cash flows: 1 for mid-year, 0 for year-end. Unit: flag. Must be 0 or 1. Default: 1.
        opex_scale: Behaviour of operating cost above opex_end: 1 for a fixed amount, 0 for a fixed share of
            revenue. Unit: ratio. Default: 0.8.
    """

@overload
def justified_multiple(
    growth: t.NumberOrArray,
    years_high: t.NumberOrArray,
    years_fade: t.NumberOrArray,
    terminal_growth: t.NumberOrArray,
    gm_start: t.NumberOrArray,
    gm_end: t.NumberOrArray,
    opex_start: t.NumberOrArray,
    opex_end: t.NumberOrArray,
    tax_rate: t.NumberOrArray,
    sales_to_capital: t.NumberOrArray,
    wacc: t.NumberOrArray,
    roic_terminal: t.NumberOrArray | None = None,
    mid_year: t.NumberOrArray | None = 1.0,
    opex_scale: t.NumberOrArray | None = 0.8,
) -> t.FloatArray: ...
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
    """Size of the key-value cache per token of context, for grouped-query or latent attention.

    Args:
        layers: Number of layers of the model. Unit: count. Must be above 0.
        kv_heads: Number of key-value heads per layer. Unit: count. Must be 0 or more.
        head_dim: Dimension of an attention head. Unit: count. Must be 0 or more.
        bytes_per_value: Bytes per cached number. Unit: bytes. Must be above 0. Default: 2.
        latent_dim: Dimension of the latent cache; 0 for grouped-query attention. Unit: count. Must be 0 or more.
            Default: 0.
    """

@overload
def kv_bytes_per_token(
    layers: t.NumberOrArray,
    kv_heads: t.NumberOrArray,
    head_dim: t.NumberOrArray,
    bytes_per_value: t.NumberOrArray | None = 2.0,
    latent_dim: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Minimum energy per token that thermodynamics allows for the bits erased (Landauer limit).

    Args:
        bits_per_token: Bits erased per token. Unit: bits. Must be 0 or more.
        temperature: Operating temperature. Unit: K. Must be above 0. Default: 300.
    """

@overload
def landauer_energy(
    bits_per_token: t.NumberOrArray,
    temperature: t.NumberOrArray | None = 300.0,
) -> t.FloatArray: ...
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
    """Customer lifetime value (LTV) at a constant churn rate.

    Args:
        arpa: Average revenue per account (ARPA) per period. Unit: USD per period.
        gross_margin: Gross margin as a share of revenue. Unit: share. Must be at most 1.
        churn: Churn rate: share of customers lost per period. Unit: per period. Must be from 0 to 1.
        discount_rate: Discount rate per period. Unit: per period. Must be above -1. Default: 0.
        expansion: Growth of the margin from a retained customer. Unit: per period. Must be above -1. Default: 0.
        timing: Timing of the first margin: 1 for now, 0 for after one period. Unit: flag. Must be 0 or 1. Default:
            1.
        horizon: Number of periods counted; 0 for no limit. Unit: periods. Must be 0 or more. Default: 0.
    """

@overload
def ltv(
    arpa: t.NumberOrArray,
    gross_margin: t.NumberOrArray,
    churn: t.NumberOrArray,
    discount_rate: t.NumberOrArray | None = 0.0,
    expansion: t.NumberOrArray | None = 0.0,
    timing: t.NumberOrArray | None = 1.0,
    horizon: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Ratio of customer lifetime value (LTV) to customer acquisition cost (CAC); 3 is the usual threshold.

    Args:
        arpa: Average revenue per account (ARPA) per period. Unit: USD per period.
        gross_margin: Gross margin as a share of revenue. Unit: share. Must be at most 1.
        churn: Churn rate: share of customers lost per period. Unit: per period. Must be from 0 to 1.
        cac: Customer acquisition cost (CAC). Unit: USD per customer. Must be above 0.
        discount_rate: Discount rate per period. Unit: per period. Must be above -1. Default: 0.
        expansion: Growth of the margin from a retained customer. Unit: per period. Must be above -1. Default: 0.
        timing: Timing of the first margin: 1 for now, 0 for after one period. Unit: flag. Must be 0 or 1. Default:
            1.
        horizon: Number of periods counted; 0 for no limit. Unit: periods. Must be 0 or more. Default: 0.
    """

@overload
def ltv_cac(
    arpa: t.NumberOrArray,
    gross_margin: t.NumberOrArray,
    churn: t.NumberOrArray,
    cac: t.NumberOrArray,
    discount_rate: t.NumberOrArray | None = 0.0,
    expansion: t.NumberOrArray | None = 0.0,
    timing: t.NumberOrArray | None = 1.0,
    horizon: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Magic number: annualised revenue added per dollar of last quarter's sales and marketing spend.

    Args:
        revenue_q: Revenue of the current quarter. Unit: USD.
        revenue_prev_q: Revenue of the previous quarter. Unit: USD.
        sm_prev_q: Sales and marketing spend of the previous quarter. Unit: USD. Must be above 0.
    """

@overload
def magic_number(
    revenue_q: t.NumberOrArray,
    revenue_prev_q: t.NumberOrArray,
    sm_prev_q: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Gross margin after the layer below changes its price and the layer above changes its take rate.

    Args:
        gross_margin: Gross margin as a share of revenue. Unit: share. Must be at most 1.
        cost_share: Share of revenue paid to the layer below. Unit: share. Must be from 0 to 1.
        log_price_change: Log change in the price charged by the layer below. Unit: log ratio.
        pass_through: Share of the input cost change passed on to customers. Unit: share. Must be from 0 to 1.
        take_change: Change in the distributor's take rate, as a share of revenue. Unit: share. Must be below 1.
            Default: 0.
    """

@overload
def margin_transfer(
    gross_margin: t.NumberOrArray,
    cost_share: t.NumberOrArray,
    log_price_change: t.NumberOrArray,
    pass_through: t.NumberOrArray,
    take_change: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Maximum batch size: number of sequences whose cache fits in memory beside the weights.

    Args:
        memory_gb: Memory per accelerator. Unit: GB per accelerator. Must be above 0.
        accelerators: Number of accelerators that hold one copy of the model. Unit: accelerators. Must be 1 or more.
        total_params_b: Total number of parameters of the model. Unit: billion parameters. Must be above 0.
        weight_bytes: Bytes per weight. Unit: bytes per parameter. Must be above 0.
        kv_bytes: Size of the key-value cache per token of context. Unit: bytes per token of context. Must be above
            0.
        context: Context length of a sequence. Unit: tokens. Must be above 0.
        usable: Share of memory available for weights and cache. Unit: share. Must be above 0 and at most 1.
            Default: 0.9.
    """

@overload
def max_batch(
    memory_gb: t.NumberOrArray,
    accelerators: t.NumberOrArray,
    total_params_b: t.NumberOrArray,
    weight_bytes: t.NumberOrArray,
    kv_bytes: t.NumberOrArray,
    context: t.NumberOrArray,
    usable: t.NumberOrArray | None = 0.9,
) -> t.FloatArray: ...
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
    """Probability that the justified multiple is below the observed market multiple.

    Args:
        dist_table: Table of input, distribution (fixed, normal, lognormal, uniform or triangular) and three
            parameters. Type: text.
        observed_multiple: Observed market multiple. Unit: x.
        corr: Correlation matrix of the inputs, in the order of dist_table. Unit: coefficient. Default: identity.
        draws: Number of random draws. Unit: count. Must be a whole number, from 100 to 1000000. Default: 10000.
        seed: Random seed; the same seed reproduces the same draws. Unit: count. Must be a whole number, 0 or more.
            Default: 12345.
    """

@overload
def mc_prob_overpriced(
    dist_table: t.CellRange,
    observed_multiple: t.NumberOrArray,
    corr: t.CellRange | None = None,
    draws: t.NumberOrArray | None = 10000.0,
    seed: t.NumberOrArray | None = 12345.0,
) -> t.FloatArray: ...
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
    """Quantile of the justified multiple under uncertain inputs; a simulated value is never below 0.

    Args:
        dist_table: Table of input, distribution (fixed, normal, lognormal, uniform or triangular) and three
            parameters. Type: text.
        quantile: Quantile level, such as 0.05 for the lower end of a 90% interval. Unit: share. Must be from 0 to
            1.
        corr: Correlation matrix of the inputs, in the order of dist_table. Unit: coefficient. Default: identity.
        draws: Number of random draws. Unit: count. Must be a whole number, from 100 to 1000000. Default: 10000.
        seed: Random seed; the same seed reproduces the same draws. Unit: count. Must be a whole number, 0 or more.
            Default: 12345.
    """

@overload
def mc_quantile(
    dist_table: t.CellRange,
    quantile: t.NumberOrArray,
    corr: t.CellRange | None = None,
    draws: t.NumberOrArray | None = 10000.0,
    seed: t.NumberOrArray | None = 12345.0,
) -> t.FloatArray: ...
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
    """Monte Carlo simulation of a function: mean, standard deviation and 5%, 50% and 95% quantiles.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
        inputs_table: Table of low, most likely and high values, one row for each argument in order. Unit: number.
        draws: Number of random draws. Unit: count. Must be a whole number, from 100 to 1000000. Default: 10000.
        seed: Random seed; the same seed reproduces the same draws. Unit: count. Must be a whole number, 0 or more.
            Default: 1.
    """

@overload
def model_price(
    gap: t.Number,
    theta: t.Number,
    elasticity: t.Number,
    unit_cost_mtok: t.Number,
    rival_price_mtok: t.Number,
) -> float:
    """Profit-maximising price of a model against an open rival, when buyers choose by a logit model.

    Args:
        gap: Quality lead over the rival model. Unit: points.
        theta: Log price premium that buyers pay per unit of the quality lead. Unit: coefficient. Must be 0 or more.
        elasticity: Price sensitivity: slope of the logit in the log price. Unit: coefficient. Must be above 1.
        unit_cost_mtok: Cost per million tokens. Unit: USD per Mtok. Must be above 0.
        rival_price_mtok: Price of the rival model. Unit: USD per Mtok. Must be above 0.
    """

@overload
def model_price(
    gap: t.NumberOrArray,
    theta: t.NumberOrArray,
    elasticity: t.NumberOrArray,
    unit_cost_mtok: t.NumberOrArray,
    rival_price_mtok: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Net revenue retention (NRR): current ARR of earlier customers over their ARR at the start.

    Args:
        start_arr: Annual recurring revenue (ARR) at the start. Unit: USD. Must be above 0.
        expansion_arr: ARR gained from the customers at the start. Unit: USD. Must be 0 or more.
        contraction_arr: ARR lost to downgrades by the customers at the start. Unit: USD. Must be 0 or more.
        churned_arr: ARR lost to customers who left. Unit: USD. Must be 0 or more.
    """

@overload
def net_revenue_retention(
    start_arr: t.NumberOrArray,
    expansion_arr: t.NumberOrArray,
    contraction_arr: t.NumberOrArray,
    churned_arr: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Paid customer acquisition cost (CAC): cost per customer who would not have come without marketing.

    Args:
        sales_marketing: Sales and marketing spend. Unit: USD. Must be 0 or more.
        new_customers: Number of new customers won in the same period as the spend. Unit: count. Must be above 0.
        incentives: Subsidies and gifts to new customers. Unit: USD. Must be 0 or more. Default: 0.
        organic_share: Share of new customers who would have come without marketing. Unit: share. Must be from 0 to
            1. Default: 0.
    """

@overload
def paid_cac(
    sales_marketing: t.NumberOrArray,
    new_customers: t.NumberOrArray,
    incentives: t.NumberOrArray | None = 0.0,
    organic_share: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Peak funding requirement: the largest cumulative cash outflow, as a positive amount.

    Args:
        cash_flows: Cash flow of each period; outflows are negative. Unit: USD per period.
    """

@overload
def performance_gap(
    gap_start: t.Number,
    persistent_gap: t.Number,
    halflife: t.Number,
    years: t.Number,
) -> float:
    """Performance gap between the best closed and open models after some years, when all but a part decays.

    Args:
        gap_start: Performance gap today. Unit: points. Must be 0 or more.
        persistent_gap: Part of the performance gap that never closes. Unit: points. Must be 0 or more.
        halflife: Half-life of the part of the gap that closes. Unit: years. Must be above 0.
        years: Number of years from today. Unit: years. Must be 0 or more.
    """

@overload
def performance_gap(
    gap_start: t.NumberOrArray,
    persistent_gap: t.NumberOrArray,
    halflife: t.NumberOrArray,
    years: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Quantile of the beta-PERT distribution with a lowest, a most likely and a highest value.

    Args:
        probability: Cumulative probability. Unit: probability. Must be from 0 to 1.
        low: Lowest possible value. Unit: number.
        mode: Most likely value. Unit: number.
        high: Highest possible value. Unit: number.
        shape: Weight of the most likely value (PERT shape); 4 is standard. Unit: shape. Must be above 0. Default:
            4.
    """

@overload
def pert_inv(
    probability: t.NumberOrArray,
    low: t.NumberOrArray,
    mode: t.NumberOrArray,
    high: t.NumberOrArray,
    shape: t.NumberOrArray | None = 4.0,
) -> t.FloatArray: ...
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
    """Prompt tokens processed per second per accelerator, limited by compute.

    Args:
        active_params_b: Active parameters per token. Unit: billion parameters. Must be above 0.
        peak_tflops: Peak dense compute per accelerator. Unit: TFLOP/s. Must be 0 or more.
        mfu: Model FLOP utilisation (MFU): achieved over peak compute. Unit: share. Must be from 0 to 1. Default:
            0.4.
        attn_gflop: Attention compute per token. Unit: GFLOP per token. Must be 0 or more. Default: 0.
    """

@overload
def prefill_throughput(
    active_params_b: t.NumberOrArray,
    peak_tflops: t.NumberOrArray,
    mfu: t.NumberOrArray | None = 0.4,
    attn_gflop: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
        gap: Quality lead over the rival model. Unit: points.
        theta: Log price premium that buyers pay per unit of the quality lead. Unit: coefficient. Must be 0 or more.
    """

@overload
def price_premium(
    gap: t.NumberOrArray,
    theta: t.NumberOrArray,
) -> t.FloatArray: ...
@overload
def price_premium(
    gap: t.NumberColumn[t.Floats],
    theta: t.NumberColumn[t.Floats],
) -> t.Floats: ...
def profit_pool_share(
    revenues: t.NumberRange,
    gross_margins: t.NumberRange,
) -> list[list[float]]:
    """Share of each layer in the total gross profit (profit pool).

    Args:
        revenues: Revenue of each layer. Unit: USD. Must be 0 or more.
        gross_margins: Gross margin of each layer. Unit: share. Must be at most 1.
    """

def pureplay_exposure(
    weights: t.NumberRange,
    model_share: t.NumberRange,
    has_cloud: t.NumberRange,
    has_distribution: t.NumberRange,
) -> float:
    """Portfolio exposure to model developers without a cloud or a distribution channel of their own.

    Args:
        weights: Weight of each asset. Unit: share. Must be from 0 to 1.
        model_share: Share of each company's revenue from models. Unit: share. Must be from 0 to 1.
        has_cloud: Cloud ownership of each company: 1 if the company owns its cloud, otherwise 0. Scale: 0 to 1.
            Must be from 0 to 1.
        has_distribution: Distribution ownership of each company: 1 if the company owns its distribution, otherwise
            0. Scale: 0 to 1. Must be from 0 to 1.
    """

@overload
def range_lognormal_inv(
    probability: t.Number,
    value_p05: t.Number,
    value_p95: t.Number,
) -> float:
    """Quantile of the lognormal distribution with a given 90% range.

    Args:
        probability: Cumulative probability. Unit: probability. Must be above 0 and below 1.
        value_p05: 5th percentile: value exceeded in 95 of 100 cases. Unit: number. Must be above 0.
        value_p95: 95th percentile: value exceeded in 5 of 100 cases. Unit: number. Must be above 0.
    """

@overload
def range_lognormal_inv(
    probability: t.NumberOrArray,
    value_p05: t.NumberOrArray,
    value_p95: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Discount rate in another currency, adjusted for the inflation differential.

    Args:
        discount_rate: Discount rate in the original currency. Unit: per year. Must be above -1.
        inflation_from: Inflation in the original currency. Unit: per year. Must be above -1.
        inflation_to: Inflation in the target currency. Unit: per year. Must be above -1.
    """

@overload
def rate_convert(
    discount_rate: t.NumberOrArray,
    inflation_from: t.NumberOrArray,
    inflation_to: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Yearly decline of the token cost required for a user to break even within the horizon.

    Args:
        cost_ratio: Inference cost over net revenue per user, today. Unit: ratio. Must be above 0.
        horizon: Number of years within which the user must break even. Unit: years. Must be above 0.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1. Default: 0.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1. Default: 0.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1. Default: 0.
    """

@overload
def required_decline(
    cost_ratio: t.NumberOrArray,
    horizon: t.NumberOrArray,
    floor_share: t.NumberOrArray | None = 0.0,
    usage_growth: t.NumberOrArray | None = 0.0,
    arpu_growth: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Share of users retained on a given day, from the power curve through two known retention rates.

    Args:
        on_day: Day for which retention is estimated. Unit: days. Must be above 0.
        day_1: First day with a known retention rate. Unit: days. Must be above 0.
        rate_1: Retention rate on day_1. Unit: share. Must be above 0 and at most 1.
        day_2: Later day with a known retention rate. Unit: days. Must be above 0.
        rate_2: Retention rate on day_2. Unit: share. Must be above 0 and at most 1.
    """

@overload
def retention_power(
    on_day: t.NumberOrArray,
    day_1: t.NumberOrArray,
    rate_1: t.NumberOrArray,
    day_2: t.NumberOrArray,
    rate_2: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Rule of 40: revenue growth plus profit margin; 0.40 or more indicates a healthy software company.

    Args:
        revenue_growth: Revenue growth rate. Unit: per year. Must be above -1.
        profit_margin: Profit margin or free cash flow margin. Unit: share.
        growth_weight: Weight of growth relative to margin. Unit: weight. Must be above 0. Default: 1.
    """

@overload
def rule_of_40(
    revenue_growth: t.NumberOrArray,
    profit_margin: t.NumberOrArray,
    growth_weight: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Run-rate multiple: valuation over the annualised revenue of the latest period.

    Args:
        valuation_usd: Valuation of the company. Unit: USD.
        period_revenue: Revenue of the latest period. Unit: USD per period. Must be above 0.
        periods_per_year: Number of periods per year. Unit: periods per year. Must be above 0. Default: 12.
    """

@overload
def run_rate_multiple(
    valuation_usd: t.NumberOrArray,
    period_revenue: t.NumberOrArray,
    periods_per_year: t.NumberOrArray | None = 12.0,
) -> t.FloatArray: ...
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
    """Multiple of a software company, adjusted for the margin and the durability of AI revenue.

    Args:
        saas_multiple: Valuation multiple of software (SaaS) companies. Unit: x. Must be above 0.
        gm_saas: Gross margin of software (SaaS) companies. Unit: share. Must be above 0.
        contribution_ai: Contribution margin of the AI company, after inference cost. Unit: share. Must be at most
            1.
        retention_saas: Yearly net revenue retention of software (SaaS) companies. Unit: ratio. Must be above 0.
        retention_ai: Yearly net revenue retention of the AI company. Unit: ratio. Must be 0 or more.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        horizon: Number of years counted. Unit: years. Must be 1 or more. Default: 10.
    """

@overload
def saas_multiple_adjusted(
    saas_multiple: t.NumberOrArray,
    gm_saas: t.NumberOrArray,
    contribution_ai: t.NumberOrArray,
    retention_saas: t.NumberOrArray,
    retention_ai: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    horizon: t.NumberOrArray | None = 10.0,
) -> t.FloatArray: ...
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
    """Maximum-likelihood fit of the shifted-beta-geometric (sBG) model to the survival of one cohort.

    Args:
        survival: Share of a cohort still active after renewals 1, 2, 3 and so on. Unit: share. Must be above 0 and
            below 1.
    """

@overload
def sbg_ltv(
    margin: t.Number,
    alpha: t.Number,
    beta: t.Number,
    discount_rate: t.Number | None = 0.01,
    horizon: t.Number | None = 0.0,
) -> float:
    """Lifetime value of a new customer in the shifted-beta-geometric (sBG) model, with the first margin now.

    Args:
        margin: Margin per customer per period. Unit: USD per period.
        alpha: First shape parameter (alpha) of the churn propensity. Unit: shape. Must be above 0.
        beta: Second shape parameter (beta) of the churn propensity. Unit: shape. Must be above 0.
        discount_rate: Discount rate per period. Unit: per period. Must be above 0. Default: 0.01.
        horizon: Number of periods counted; 0 for no limit. Unit: periods. Must be a whole number, 0 or more.
            Default: 0.
    """

@overload
def sbg_ltv(
    margin: t.NumberOrArray,
    alpha: t.NumberOrArray,
    beta: t.NumberOrArray,
    discount_rate: t.NumberOrArray | None = 0.01,
    horizon: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Share of a cohort still active after a number of renewals in the shifted-beta-geometric (sBG) model.

    Args:
        alpha: First shape parameter (alpha) of the churn propensity. Unit: shape. Must be above 0.
        beta: Second shape parameter (beta) of the churn propensity. Unit: shape. Must be above 0.
        periods: Number of renewals since the start. Unit: periods. Must be a whole number, 0 or more.
    """

@overload
def sbg_survival(
    alpha: t.NumberOrArray,
    beta: t.NumberOrArray,
    periods: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Value of the active scenario, looked up by name (not case-sensitive).

    Args:
        scenario: Name of the active scenario. Type: text.
        scenario_names: Names of the scenarios. Type: text.
        values: Value of each scenario. Unit: as stored.
    """

@overload
def scenario_pick(
    scenario: t.TextOrArray,
    scenario_names: t.TextRange,
    values: t.CellRange,
) -> t.TextArray: ...
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
    """Two-way sensitivity table: result of a function for each x value (columns) and y value (rows).

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
        base_values: Base value of each argument, in order. Unit: number.
        x_index: Position of the argument in the function, counted from 1. Unit: count. Must be a whole number, 1 or
            more.
        x_values: Values of the argument to try. Unit: number.
        y_index: Position of the argument in the function, counted from 1. Unit: count. Must be a whole number, 1 or
            more.
        y_values: Values of the argument to try. Unit: number.
    """

@overload
def services_mix_margin(
    software_share: t.Number,
    software_margin: t.Number,
    services_margin: t.Number,
) -> float:
    """Blended gross margin of a mix of software and services.

    Args:
        software_share: Share of revenue from software. Unit: share. Must be from 0 to 1.
        software_margin: Gross margin on software. Unit: share. Must be at most 1.
        services_margin: Gross margin on services. Unit: share. Must be at most 1.
    """

@overload
def services_mix_margin(
    software_share: t.NumberOrArray,
    software_margin: t.NumberOrArray,
    services_margin: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Serving cost per million tokens, from the cost per accelerator-hour, throughput and utilisation.

    Args:
        gpu_hour: Cost per accelerator-hour. Unit: USD per accelerator-hour. Must be 0 or more.
        throughput: Tokens per second per accelerator. Unit: tokens/s per accelerator. Must be above 0.
        utilisation: Share of hours in which the accelerator serves requests. Unit: share. Must be above 0 and at
            most 1. Default: 1.
    """

@overload
def serving_cost_per_mtok(
    gpu_hour: t.NumberOrArray,
    throughput: t.NumberOrArray,
    utilisation: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Sobol indices: share of a function's variance due to each argument alone, and with its interactions.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
        inputs_table: Table of low, most likely and high values, one row for each argument in order. Unit: number.
        draws: Number of random draws. Unit: count. Must be a whole number, from 100 to 1000000. Default: 4096.
        seed: Random seed; the same seed reproduces the same draws. Unit: count. Must be a whole number, 0 or more.
            Default: 1.
    """

def stack_waterfall(
    cost_shares: t.NumberRange,
    end_revenue: t.Number | None = 1.0,
) -> list[list[float]]:
    """Revenue received, paid down and kept by each layer of the capital stack, starting from end-user revenue.

    Args:
        cost_shares: Share of each layer's revenue paid to the layer below, from top to bottom. Unit: share. Must be
            from 0 to 1.
        end_revenue: Revenue from end users. Unit: USD. Must be 0 or more. Default: 1.
    """

def superapp_pnl(
    inputs: t.CellRange,
    months: t.Number | None = 36.0,
) -> list[list[float]]:
    """Monthly P&L of a super-app launch: users, tokens, revenue, inference cost, cash flow and present value.

    Args:
        inputs: Table of input names and values; the help of SUPERAPP_PNL lists the names. Unit: USD unless named.
        months: Number of months in the table. Unit: months. Must be a whole number, 1 or more. Default: 36.
    """

@overload
def switching_ratio(
    switching_cost: t.Number,
    annual_saving: t.Number,
    discount_rate: t.Number | None = 0.1,
    horizon: t.Number | None = 5.0,
) -> float:
    """Switching cost over the present value of the savings from switching; above 1 the customer stays.

    Args:
        switching_cost: One-off cost of switching. Unit: USD. Must be 0 or more.
        annual_saving: Yearly saving after switching. Unit: USD per year. Must be above 0.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1. Default: 0.1.
        horizon: Time horizon: number of years included. Unit: years. Must be above 0. Default: 5.
    """

@overload
def switching_ratio(
    switching_cost: t.NumberOrArray,
    annual_saving: t.NumberOrArray,
    discount_rate: t.NumberOrArray | None = 0.1,
    horizon: t.NumberOrArray | None = 5.0,
) -> t.FloatArray: ...
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
    """Portfolio weights of a benchmark tilted by scores, within bounds; the weights add up to 1.

    Args:
        benchmark: Benchmark weights, on any scale. Unit: weight. Must be 0 or more.
        scores: Score of each asset. Unit: number.
        tilt_strength: Strength of the tilt; 0 keeps the benchmark weights. Unit: coefficient. Default: 1.
        lower: Minimum weight of each asset. Unit: share. Must be from 0 to 1. Default: 0.
        upper: Maximum weight of each asset. Unit: share. Must be from 0 to 1. Default: 1.
    """

@overload
def token_cost_at(
    cost_start_mtok: t.Number,
    floor_mtok: t.Number,
    decline: t.Number,
    years: t.Number,
) -> float:
    """Token cost after a number of years, when the cost above a floor falls at a constant yearly rate.

    Args:
        cost_start_mtok: Token cost today. Unit: USD per Mtok. Must be above 0.
        floor_mtok: Cost floor that technical progress cannot remove. Unit: USD per Mtok. Must be 0 or more.
        decline: Yearly decline of cost above the floor; 0.9 means 10x cheaper. Unit: per year. Must be 0 or more
            and below 1.
        years: Number of years from today. Unit: years. Must be 0 or more.
    """

@overload
def token_cost_at(
    cost_start_mtok: t.NumberOrArray,
    floor_mtok: t.NumberOrArray,
    decline: t.NumberOrArray,
    years: t.NumberOrArray,
) -> t.FloatArray: ...
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
        model_id: Model id, such as deepseek-r1. Type: text.
        price_kind: Kind of token price. Type: text. Must be input, output, cached or blended. Default: output.
        as_of: Cut-off date: the latest figure on or before this date is used. Unit: Excel date serial. Default:
            latest.
        region: Price list: intl (international) or cn (China). Type: text. Must be intl or cn. Default: intl.
    """

@overload
def token_price(
    model_id: t.TextOrArray,
    price_kind: t.TextOrArray | None = "output",
    as_of: t.DateOrArray | None = None,
    region: t.TextOrArray | None = "intl",
) -> t.FloatArray: ...
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
    """Yearly decline of a token price, or of the price above a floor; 0.9 means 10x cheaper each year.

    Args:
        price_start_mtok: Token price at the start. Unit: USD per Mtok. Must be above 0.
        price_end_mtok: Token price at the end. Unit: USD per Mtok. Must be above 0.
        years: Number of years between the two prices. Unit: years. Must be above 0.
        floor_mtok: Cost floor that technical progress cannot remove. Unit: USD per Mtok. Must be 0 or more.
            Default: 0.
    """

@overload
def token_price_decline(
    price_start_mtok: t.NumberOrArray,
    price_end_mtok: t.NumberOrArray,
    years: t.NumberOrArray,
    floor_mtok: t.NumberOrArray | None = 0.0,
) -> t.FloatArray: ...
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
    """Factor by which tokens of constant capability become cheaper per year, with interval and R squared.

    Args:
        on_dates: Dates of the prices. Unit: Excel date serial.
        prices_mtok: Token prices, one for each date. Unit: USD per Mtok. Must be above 0.
        confidence: Confidence level of the interval. Unit: share. Must be above 0 and below 1. Default: 0.9.
    """

def tornado_table(
    function_name: str,
    labels: t.TextRange,
    base_values: t.NumberRange,
    low_values: t.NumberRange,
    high_values: t.NumberRange,
) -> list[list[str | float]]:
    """Tornado analysis: results when one argument at a time moves to its low and high values, largest swing first.

    Args:
        function_name: Name of a library function, such as LTV_CAC. Type: text.
        labels: Label of each argument, in order. Type: text.
        base_values: Base value of each argument, in order. Unit: number.
        low_values: Low value of each argument, in order. Unit: number.
        high_values: High value of each argument, in order. Unit: number.
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
    """Parameters of the largest model that a cluster can train in time at a fixed ratio of tokens to parameters.

    Args:
        chips: Number of accelerators in the training run. Unit: accelerators. Must be 0 or more.
        peak_tflops: Peak dense compute per accelerator. Unit: TFLOP/s. Must be 0 or more.
        mfu: Model FLOP utilisation (MFU): achieved over peak compute. Unit: share. Must be from 0 to 1.
        days: Duration of the training run. Unit: days. Must be 0 or more.
        tokens_per_param: Training tokens per active parameter. Unit: tokens per active parameter. Must be above 0.
            Default: 20.
        sparsity: Total parameters over active parameters; 1 for a dense model. Unit: ratio. Must be 1 or more.
            Default: 1.
        algorithmic_gain: Factor by which better algorithms reduce the compute required. Unit: x. Must be above 0.
            Default: 1.
    """

@overload
def training_ceiling(
    chips: t.NumberOrArray,
    peak_tflops: t.NumberOrArray,
    mfu: t.NumberOrArray,
    days: t.NumberOrArray,
    tokens_per_param: t.NumberOrArray | None = 20.0,
    sparsity: t.NumberOrArray | None = 1.0,
    algorithmic_gain: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Accelerators required to train a model of a given size in time; the inverse of TRAINING_CEILING.

    Args:
        total_params_b: Total number of parameters of the model. Unit: billion parameters. Must be 0 or more.
        peak_tflops: Peak dense compute per accelerator. Unit: TFLOP/s. Must be above 0.
        mfu: Model FLOP utilisation (MFU): achieved over peak compute. Unit: share. Must be above 0 and at most 1.
        days: Duration of the training run. Unit: days. Must be above 0.
        tokens_per_param: Training tokens per active parameter. Unit: tokens per active parameter. Must be above 0.
            Default: 20.
        sparsity: Total parameters over active parameters; 1 for a dense model. Unit: ratio. Must be 1 or more.
            Default: 1.
        algorithmic_gain: Factor by which better algorithms reduce the compute required. Unit: x. Must be above 0.
            Default: 1.
    """

@overload
def training_chips_required(
    total_params_b: t.NumberOrArray,
    peak_tflops: t.NumberOrArray,
    mfu: t.NumberOrArray,
    days: t.NumberOrArray,
    tokens_per_param: t.NumberOrArray | None = 20.0,
    sparsity: t.NumberOrArray | None = 1.0,
    algorithmic_gain: t.NumberOrArray | None = 1.0,
) -> t.FloatArray: ...
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
    """Cost of one training run at 6 FLOP per active parameter and token.

    Args:
        active_params_b: Active parameters per token. Unit: billion parameters. Must be 0 or more.
        tokens_t: Number of training tokens. Unit: trillion tokens. Must be 0 or more.
        peak_tflops: Peak dense compute per accelerator. Unit: TFLOP/s. Must be above 0.
        mfu: Model FLOP utilisation (MFU): achieved over peak compute. Unit: share. Must be above 0 and at most 1.
        gpu_hour: Cost per accelerator-hour. Unit: USD per accelerator-hour. Must be 0 or more.
    """

@overload
def training_cost(
    active_params_b: t.NumberOrArray,
    tokens_t: t.NumberOrArray,
    peak_tflops: t.NumberOrArray,
    mfu: t.NumberOrArray,
    gpu_hour: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Share of a price that the cash flows do not justify; above 1 if the justified value is negative.

    Args:
        observed_multiple: Multiple or value paid by the market. Unit: x. Must be above 0.
        fair_multiple: Multiple or value justified by the cash flows. Unit: x.
    """

@overload
def unexplained_share(
    observed_multiple: t.NumberOrArray,
    fair_multiple: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Amount converted to another unit of token prices, tokens, energy, power, bytes, compute or time.

    Args:
        quantity: Amount to convert. Unit: number.
        from_unit: Unit of the amount, such as USD/tok or kWh. Type: text.
        to_unit: Unit of the result, such as USD/Mtok or J. Type: text.
    """

@overload
def unit_convert(
    quantity: t.NumberOrArray,
    from_unit: t.TextOrArray,
    to_unit: t.TextOrArray,
) -> t.FloatArray: ...
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
    """Number of users some months after a sudden jump, of whom a share stays and the rest leaves with a half-life.

    Args:
        users_before: Number of users before the jump. Unit: users. Must be 0 or more.
        users_peak: Number of users right after the jump. Unit: users. Must be 0 or more.
        keep_share: Share of the added users who stay permanently. Unit: share. Must be from 0 to 1.
        halflife_months: Half-life of the added users who do not stay. Unit: months. Must be above 0.
        annual_growth: Yearly growth of the number of users. Unit: per year. Must be above -1.
        months: Number of months since the jump in users. Unit: months. Must be 0 or more.
    """

@overload
def users_shock(
    users_before: t.NumberOrArray,
    users_peak: t.NumberOrArray,
    keep_share: t.NumberOrArray,
    halflife_months: t.NumberOrArray,
    annual_growth: t.NumberOrArray,
    months: t.NumberOrArray,
) -> t.FloatArray: ...
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
    """Smallest yearly decline of the token cost at which the value of a user covers the acquisition cost.

    Args:
        arpu: Net revenue per user per year. Unit: USD per user-year. Must be 0 or more.
        unit_cost: Inference cost per user per year. Unit: USD per user-year. Must be 0 or more.
        churn_hazard: Churn hazard: -ln(share of users retained for a year). Unit: per year. Must be 0 or more.
        discount_rate: Yearly discount rate. Unit: per year. Must be above -1.
        cac: Customer acquisition cost (CAC). Unit: USD per customer. Must be 0 or more.
        floor_share: Cost floor as a share of the current cost. Unit: share. Must be from 0 to 1. Default: 0.
        usage_growth: Yearly growth of tokens used per user. Unit: per year. Must be above -1. Default: 0.
        arpu_growth: Yearly growth of revenue per user (ARPU). Unit: per year. Must be above -1. Default: 0.
        horizon: Time horizon: number of years included. Unit: years. Must be above 0. Default: 10.
    """

@overload
def value_breakeven_decline(
    arpu: t.NumberOrArray,
    unit_cost: t.NumberOrArray,
    churn_hazard: t.NumberOrArray,
    discount_rate: t.NumberOrArray,
    cac: t.NumberOrArray,
    floor_share: t.NumberOrArray | None = 0.0,
    usage_growth: t.NumberOrArray | None = 0.0,
    arpu_growth: t.NumberOrArray | None = 0.0,
    horizon: t.NumberOrArray | None = 10.0,
) -> t.FloatArray: ...
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
    """Score of each vector, with the log gap, the weight and the share of the weight that has data.

    Args:
        us: Indicators of the US; a blank cell is a missing value. Unit: number.
        cn: Indicators of China, in the same order; a blank cell is a missing value. Unit: number.
        direction: Direction of each indicator: 1 if more is better, -1 if less is better. Scale: +1 or -1. Must be
            -1 or 1. Default: 1.
        weights: Weight of each indicator within its vector. Unit: weight. Must be 0 or more. Default: 1.
        vectors: Name of the vector to which each indicator belongs. Type: text. Default: one vector.
        vector_weights: Table of vector names and weights. Unit: weight. Default: equal.
        kinds: Comparison method of each indicator: ratio, share or diff. Type: text. Default: ratio.
        scales: Scale of each diff indicator; blank for the other kinds. Unit: number. Default: none.
        cap: Largest ratio counted for a single indicator. Unit: ratio. Must be above 1. Default: 20.
        min_coverage: Minimum share of a vector's weight that must have data. Unit: share. Must be from 0 to 1.
            Default: 0.666666666666667.
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
    """Weighted average cost of capital (WACC), built up with country risk and illiquidity premiums.

    Args:
        equity_weight: Equity as a share of total capital. Unit: share. Must be from 0 to 1.
        risk_free: Risk-free rate. Unit: per year.
        beta: Equity beta. Unit: ratio. Must be 0 or more.
        equity_premium: Equity risk premium of a mature market. Unit: per year.
        country_risk: Country risk premium. Unit: per year. Must be 0 or more. Default: 0.
        lambda_exposure: Exposure to country risk (lambda). Unit: ratio. Must be 0 or more. Default: 1.
        illiquidity: Illiquidity premium. Unit: per year. Must be 0 or more. Default: 0.
        cost_of_debt: Pre-tax cost of debt. Unit: per year. Default: 0.
        tax_rate: Corporate tax rate. Unit: share. Must be 0 or more and below 1. Default: 0.25.
    """

@overload
def wacc_buildup(
    equity_weight: t.NumberOrArray,
    risk_free: t.NumberOrArray,
    beta: t.NumberOrArray,
    equity_premium: t.NumberOrArray,
    country_risk: t.NumberOrArray | None = 0.0,
    lambda_exposure: t.NumberOrArray | None = 1.0,
    illiquidity: t.NumberOrArray | None = 0.0,
    cost_of_debt: t.NumberOrArray | None = 0.0,
    tax_rate: t.NumberOrArray | None = 0.25,
) -> t.FloatArray: ...
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
    """Conversion rate at a given price, when the willingness to pay is lognormal.

    Args:
        price: Price charged. Unit: any currency. Must be 0 or more.
        wtp_median: Median willingness to pay. Unit: any currency. Must be above 0.
        wtp_sigma: Dispersion of the willingness to pay (sigma of its logarithm). Unit: log standard deviation. Must
            be above 0.
    """

@overload
def wtp_conversion(
    price: t.NumberOrArray,
    wtp_median: t.NumberOrArray,
    wtp_sigma: t.NumberOrArray,
) -> t.FloatArray: ...
@overload
def wtp_conversion(
    price: t.NumberColumn[t.Floats],
    wtp_median: t.NumberColumn[t.Floats],
    wtp_sigma: t.NumberColumn[t.Floats],
) -> t.Floats: ...
