"""Valuation: yearly cash flows, margins and costs implied by a price, and decoupling of value from users."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AiMargin,
    AiRetention,
    AnyGrowth,
    AnyRate,
    AssetValue,
    DcfTable,
    DiscountTo,
    EventLoss,
    FairAny,
    FloorShare,
    Hazard,
    InferenceShare,
    InflationFrom,
    InflationTo,
    MarginEnd,
    MarginStart,
    MidYear,
    Multiple,
    NetUsageGrowth,
    ObservedAny,
    ObservedMultiple,
    OpexEnd,
    OpexScale,
    OpexStart,
    OtherCogs,
    RoicTerminal,
    RunRate,
    SaasHorizon,
    SaasMargin,
    SaasMultiple,
    SaasRetention,
    SalesToCapital,
    Share,
    StageGrowth,
    Status,
    TaxRate,
    TerminalGrowth,
    Usd,
    UserChange,
    ValueChange,
    Wacc,
    YearlyDiscount,
    YearlyRate,
    YearsFade,
    YearsHigh,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import NA
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import bisect, exp, expm1, geometric_sum, maximum, minimum, where
from xlfuncs.core.quantity import same_as
from xlfuncs.functions.superapp import FASTEST
from xlfuncs.functions.valuation import FORECAST_CONSTRAINTS, Economics, Forecast, accept_root, glide

CATEGORY = "Valuation"

LARGEST_MARGIN = 1.0
LEAST_MARGIN = -1e6


@sheet_function(formula="(1 + discount_rate) * (1 + inflation_to) / (1 + inflation_from) - 1", source=by.FISHER_1930)
def rate_convert(discount_rate: DiscountTo, inflation_from: InflationFrom, inflation_to: InflationTo) -> YearlyRate:
    """Discount rate in another currency, adjusted for the inflation differential.

    Not for: Moving a rate to a riskier country. Only inflation changes, so the rate is too low; add country_risk in
    WACC_BUILDUP.

    >>> rate_convert(0.1, 0.02, 0.02)
    0.1
    """
    return (1 + discount_rate) * (1 + inflation_to) / (1 + inflation_from) - 1


@sheet_function(source=by.DAMODARAN, constraints=FORECAST_CONSTRAINTS)
def fcff_dcf_table(
    revenue: RunRate,
    growth: StageGrowth,
    years_high: YearsHigh,
    years_fade: YearsFade,
    terminal_growth: TerminalGrowth,
    gm_start: MarginStart,
    gm_end: MarginEnd,
    opex_start: OpexStart,
    opex_end: OpexEnd,
    tax_rate: TaxRate,
    sales_to_capital: SalesToCapital,
    wacc: Wacc,
    roic_terminal: RoicTerminal = same_as("wacc"),
    mid_year: MidYear = 1,
    opex_scale: OpexScale = 0.8,
) -> DcfTable:
    """Yearly free cash flow to the firm (FCFF) and its present value; the last row is the terminal value.

    The present values add up to revenue times JUSTIFIED_MULTIPLE.

    Not for: Equity value. The sum is the enterprise value, before debt is deducted and cash is added.

    >>> fcff_dcf_table(100, 0, 1, 0, 0, 0.6, 0.6, 0.2, 0.2, 0.25, 2, 0.25, None, 0)
    [[1.0, 0.0, 100.0, 40.0, 10.0, 0.0, 30.0, 0.8, 24.0], [2.0, 0.0, 100.0, 40.0, 10.0, 0.0, 30.0, 3.2, 96.0]]
    """
    forecast = Forecast(
        int(years_high),
        int(years_fade),
        terminal_growth,
        glide(gm_start, gm_end, years_high + years_fade),
        Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
        mid_year,
    )
    money = (False, False, True, True, True, True, True, False, True)
    return [
        [value * revenue if scaled else value for scaled, value in zip(money, row, strict=True)]
        for row in forecast.rows(growth)
    ]


@sheet_function(
    source=by.DAMODARAN,
    constraints=FORECAST_CONSTRAINTS,
    no_answer_message="No gross margin up to 100% supports observed_multiple at this growth.",
    scalar_args=["years_high", "years_fade"],
)
def implied_margin(
    observed_multiple: ObservedMultiple,
    growth: StageGrowth,
    years_high: YearsHigh,
    years_fade: YearsFade,
    terminal_growth: TerminalGrowth,
    gm_start: MarginStart,
    opex_start: OpexStart,
    opex_end: OpexEnd,
    tax_rate: TaxRate,
    sales_to_capital: SalesToCapital,
    wacc: Wacc,
    roic_terminal: RoicTerminal = same_as("wacc"),
    opex_scale: OpexScale = 0.8,
) -> Share:
    """Gross margin at maturity implied by an observed market multiple.

    Not for: Companies whose margin follows the token cost. The gross margin moves linearly here; use
    IMPLIED_COST_DECLINE.

    >>> implied_margin(247, 1.2, 5, 5, 0.03, 0.5, 9, 0.3, 0.2, 2, 0.1305)
    0.7460364128
    """

    def excess(margin: Any) -> Any:
        years = years_high + years_fade
        forecast = Forecast(
            int(years_high),
            int(years_fade),
            terminal_growth,
            glide(gm_start, margin, years),
            Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
        )
        return forecast.multiple(growth) - observed_multiple

    return _solve(excess, LEAST_MARGIN, LARGEST_MARGIN, observed_multiple)


@sheet_function(
    source=by.ARTICLE,
    constraints=FORECAST_CONSTRAINTS,
    no_answer_message="No decline of the token cost up to 99.9999% per year supports observed_multiple at this growth.",
    scalar_args=["years_high", "years_fade"],
)
def implied_cost_decline(
    observed_multiple: ObservedMultiple,
    inference_share: InferenceShare,
    other_cogs: OtherCogs,
    floor_share: FloorShare,
    net_usage_growth: NetUsageGrowth,
    growth: StageGrowth,
    years_high: YearsHigh,
    years_fade: YearsFade,
    terminal_growth: TerminalGrowth,
    opex_start: OpexStart,
    opex_end: OpexEnd,
    tax_rate: TaxRate,
    sales_to_capital: SalesToCapital,
    wacc: Wacc,
    roic_terminal: RoicTerminal = same_as("wacc"),
    opex_scale: OpexScale = 0.8,
) -> YearlyRate:
    """Yearly decline of the token cost implied by an observed market multiple; 0 if no decline is needed.

    Not for: Companies that pass falling costs on to customers. All savings become margin here, so the result is too
    low; raise net_usage_growth.

    >>> implied_cost_decline(60, 0.5, 0.05, 0.05, 0.05, 1, 5, 5, 0.03, 1.2, 0.3, 0.22, 1.5, 0.111)
    0.0606974358
    """

    def excess(fall: Any) -> Any:
        def margin(year: int) -> Any:
            cost = floor_share + (1 - floor_share) * exp(-fall * year)
            return 1 - other_cogs - inference_share * (1 + net_usage_growth) ** year * cost

        forecast = Forecast(
            int(years_high),
            int(years_fade),
            terminal_growth,
            margin,
            Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
        )
        return forecast.multiple(growth) - observed_multiple

    return where(excess(0.0) >= 0, lambda: 0.0, lambda: -expm1(-_solve(excess, 0.0, FASTEST, observed_multiple)))


def _solve(excess: Callable[[Any], Any], low: float, high: float, target: Any) -> Any:
    """Where a rising or a falling function crosses 0; NaN where it does not."""
    at_low, at_high = excess(low), excess(high)
    crosses = (minimum(at_low, at_high) <= 0) & (maximum(at_low, at_high) >= 0)
    return where(crosses, lambda: accept_root(excess, bisect(excess, low, high), target), lambda: math.nan)


@sheet_function(source=by.ARTICLE)
def saas_multiple_adjusted(
    saas_multiple: SaasMultiple,
    gm_saas: SaasMargin,
    contribution_ai: AiMargin,
    retention_saas: SaasRetention,
    retention_ai: AiRetention,
    discount_rate: YearlyDiscount,
    horizon: SaasHorizon = 10,
) -> Multiple:
    """Multiple of a software company, adjusted for the margin and the durability of AI revenue.

    The adjustment transfers the value of the installed base, not the option value of growth.

    Not for: Values of retention_ai above 1 from a boom year. Such retention is compounded over the whole horizon and
    inflates the multiple; use JUSTIFIED_MULTIPLE.

    >>> saas_multiple_adjusted(8, 0.8, 0.4, 0.9, 0.9, 0.1)
    4.0
    """

    def durability(retention: float) -> float:
        retained = retention / (1 + discount_rate)
        return retained * geometric_sum(1 - retained, horizon)

    return saas_multiple * contribution_ai / gm_saas * durability(retention_ai) / durability(retention_saas)


@sheet_function(
    source=by.TAPIO_2005,
    constraints=[
        Constraint(
            lambda user_growth: user_growth >= -1,
            "user_growth {user_growth} must be -1 or more: no more than all users can leave.",
        ),
        Constraint(lambda value_growth: value_growth >= -1, "value_growth {value_growth} must be -1 or more."),
        Constraint(
            lambda user_growth, value_growth: (user_growth != 0) | (value_growth != 0),
            "user_growth and value_growth are both 0, so the decoupling state is undefined.",
            NA,
        ),
    ],
    vectorised=False,
)
def decoupling_state(user_growth: UserChange, value_growth: ValueChange) -> Status:
    """Decoupling state of value against users, one of eight defined by Tapio from the elasticity.

    Not for: Changes within measurement error. Near a user_growth of 0 the elasticity jumps, and noise decides the
    state.

    >>> decoupling_state(5, 0.3)
    'weak decoupling'
    """
    sign = 1.0 if user_growth >= 0 else -1.0
    elasticity = value_growth / user_growth if user_growth else math.copysign(math.inf, value_growth)
    weak = 0.8
    strong = 1.2
    if sign > 0:
        words = ("strong decoupling", "weak decoupling", "expansive coupling", "expansive negative decoupling")
    else:
        words = (
            "strong negative decoupling",
            "weak negative decoupling",
            "recessive coupling",
            "recessive decoupling",
        )
    return words[(elasticity >= 0) + (elasticity >= weak) + (elasticity > strong)]


@sheet_function(formula="1 - fair_multiple / observed_multiple", source=by.ARTICLE)
def unexplained_share(observed_multiple: ObservedAny, fair_multiple: FairAny) -> Share:
    """Share of a price that the cash flows do not justify; above 1 if the justified value is negative.

    Not for: Comparing expensive with cheap companies. Twice the fair price gives 0.5, but half the fair price gives
    -1; use DECOUPLING_INDEX.

    >>> unexplained_share(100, 75)
    0.25
    """
    return 1 - fair_multiple / observed_multiple


@sheet_function(
    formula="asset_value * (discount_rate - growth) / (discount_rate - growth + hazard * event_loss)",
    source=by.DAMODARAN,
    constraints=[
        Constraint(
            lambda discount_rate, growth: discount_rate > growth,
            "discount_rate {discount_rate} must exceed growth {growth}.",
        )
    ],
)
def hazard_adjusted_value(
    asset_value: AssetValue, hazard: Hazard, event_loss: EventLoss, discount_rate: AnyRate, growth: AnyGrowth
) -> Usd:
    """Value of a perpetuity exposed to random events, each of which removes a share of the value.

    An intervention by a government is an example of such an event.

    Not for: A discount_rate from WACC_BUILDUP with country_risk for the same event. The loss is then counted twice.

    >>> hazard_adjusted_value(100, 0.25, 0.4, 0.125, 0.025)
    50.0
    """
    spread = discount_rate - growth
    return asset_value * spread / (spread + hazard * event_loss)
