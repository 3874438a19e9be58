"""Automation: value of replacing work at the wages of each country."""

from __future__ import annotations

import math

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Adoption,
    AnnualBenefit,
    CycleValue,
    DaysSaved,
    DelayMonths,
    DelayYears,
    EffectiveShare,
    FlowPerDay,
    Fte,
    FtePaid,
    Horizon,
    LoadedWage,
    MarginPerDay,
    MonthlyBenefit,
    MonthlyDiscount,
    RampYears,
    Realisation,
    ReviewMinutes,
    RunCost,
    RunCostDecline,
    SuccessAbove,
    SuccessRate,
    TimeShare,
    TokenPrice,
    TokensPerTask,
    Upfront,
    Usd,
    UsdPerTask,
    UsdPerYear,
    Wacc,
    Wage,
    WagePerHour,
    YearlyDiscount,
    YearsNeeded,
)
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import annuity, growing_annuity, log1p, minimum, where

CATEGORY = "Automation"


@sheet_function(
    formula="fte * loaded_wage * time_share * adoption * success_rate * realisation + cycle_value", source=by.ARTICLE
)
def automation_benefit(
    fte: Fte,
    loaded_wage: LoadedWage,
    time_share: TimeShare,
    adoption: Adoption,
    success_rate: SuccessRate,
    realisation: Realisation,
    cycle_value: CycleValue = 0,
) -> UsdPerYear:
    """Yearly benefit of an automation: labour cost saved in cash, plus the value of shorter cycles.

    Realisation is the input most often overstated: time saved is not the same as money saved.

    Not for: Investment decisions. The benefit is before running cost, set-up cost and ramp-up; use AUTOMATION_NPV.

    >>> automation_benefit(100, 50_000, 0.5, 0.5, 1, 0.8, 1000)
    1001000.0
    """
    return fte * loaded_wage * time_share * adoption * success_rate * realisation + cycle_value


@sheet_function(source=by.PROJECT_FINANCE)
def automation_npv(
    annual_benefit: AnnualBenefit,
    run_cost: RunCost,
    upfront: Upfront,
    discount_rate: YearlyDiscount,
    years: Horizon,
    ramp_years: RampYears = 0,
    delay_years: DelayYears = 0,
    run_cost_decline: RunCostDecline = 0,
) -> Usd:
    """Net present value (NPV) of an automation with a ramp-up, a compliance delay and falling running cost.

    The set-up cost is paid now; benefit and running cost start after the delay and last for the given number of
    years.

    Not for: Long horizons with rising wages. The benefit stays constant while discount_rate is nominal, so the NPV is
    too low.

    >>> automation_npv(100, 20, 200, 0, 5)
    200.0
    """
    rate = log1p(discount_rate)
    ramp = minimum(ramp_years, years)
    climbing = where(ramp == 0, lambda: 0.0 * ramp, lambda: growing_annuity(rate, ramp) / ramp)
    benefit = annual_benefit * (climbing + annuity(rate, years) - annuity(rate, ramp))
    cost = run_cost * annuity(rate - log1p(-run_cost_decline), years)
    return (1 + discount_rate) ** -delay_years * (benefit - cost) - upfront


@sheet_function(
    formula="(run_cost + upfront / IF(ABS(discount_rate) < 1E-12, years, (1 - (1 + discount_rate) ^ -years) / "
    "LN(1 + discount_rate)) - cycle_value) / (fte * effective_share)",
    source=by.ARTICLE,
)
def breakeven_wage(
    fte: FtePaid,
    effective_share: EffectiveShare,
    run_cost: RunCost,
    upfront: Upfront,
    discount_rate: YearlyDiscount,
    years: Horizon,
    cycle_value: CycleValue = 0,
) -> Wage:
    """Break-even loaded wage, above which an automation pays off; if negative, it pays off at any wage.

    Not for: Projects with a ramp-up or a delay. The full benefit counts from the first day, so the wage is too low;
    use AUTOMATION_NPV.

    >>> breakeven_wage(10, 0.5, 1000, 0, 0.1, 5)
    200.0
    """
    return (run_cost + upfront / annuity(log1p(discount_rate), years) - cycle_value) / (fte * effective_share)


@sheet_function(
    source=by.PROJECT_FINANCE,
    no_answer_message="The automation never pays back: the discounted net benefits do not add up to upfront.",
)
def automation_payback(
    annual_benefit: AnnualBenefit, run_cost: RunCost, upfront: Upfront, discount_rate: YearlyDiscount = 0
) -> YearsNeeded:
    """Discounted payback period: years until the net benefit of an automation has repaid the set-up cost.

    Not for: Tools with a short life. The net benefit is assumed to last forever, so a payback after the end of the
    tool's life is still reported; use AUTOMATION_NPV.

    >>> automation_payback(600, 500, 80)
    0.8
    """
    net = annual_benefit - run_cost
    rate = log1p(discount_rate)

    def discounted() -> float:
        gone = upfront * rate / net
        return where(gone >= 1, lambda: math.nan, lambda: -log1p(-gone) / rate)

    def positive() -> float:
        return where(abs(rate) < 1e-290, lambda: upfront / net, discounted)  # below it products lose digits

    unpaid = 0.0 * net + 0.0 * upfront
    return where(upfront == 0, lambda: unpaid, lambda: where(net <= 0, lambda: math.nan, positive))


@sheet_function(
    formula="(tokens_per_task * price_per_mtok / 1000000 + review_minutes / 60 * wage_per_hour) / success_rate",
    source=by.ARTICLE,
)
def agent_task_cost(
    tokens_per_task: TokensPerTask,
    price_per_mtok: TokenPrice,
    success_rate: SuccessAbove,
    review_minutes: ReviewMinutes = 0,
    wage_per_hour: WagePerHour = 0,
) -> UsdPerTask:
    """Cost per task completed by an AI agent, including tokens, failed attempts and human review.

    Not for: Errors that cause damage. A failure costs only another attempt here; use COST_PER_SUCCESS with
    failure_cost.

    >>> agent_task_cost(400_000, 3, 0.8, 4, 45)
    5.25
    """
    return (tokens_per_task * price_per_mtok / 1e6 + review_minutes / 60 * wage_per_hour) / success_rate


@sheet_function(formula="days_saved * (flow_per_day * wacc + margin_per_day)", source=by.ARTICLE)
def cycle_time_value(
    days_saved: DaysSaved, flow_per_day: FlowPerDay, wacc: Wacc, margin_per_day: MarginPerDay = 0
) -> UsdPerYear:
    """Yearly value of shorter cycles: carrying cost of the capital released, plus margin earned sooner.

    Not for: Days saved summed over all cycles of a year. Capital is released only once, so the sum counts the release
    many times; enter the days saved in one cycle.

    >>> cycle_time_value(4, 2_000_000, 0.125)
    1000000.0
    """
    return days_saved * (flow_per_day * wacc + margin_per_day)


@sheet_function(
    formula="IF(ABS(discount_rate) < 1E-12, monthly_benefit * delay_months, monthly_benefit * (1 - (1 + discount_rate) "
    "^ -delay_months) / discount_rate)",
    source=by.ARTICLE,
)
def delay_cost(monthly_benefit: MonthlyBenefit, delay_months: DelayMonths, discount_rate: MonthlyDiscount = 0) -> Usd:
    """Present value of the benefit lost while compliance delays a project.

    Not for: Benefits that are postponed rather than lost. Whole months are written off here, which is too much; use
    AUTOMATION_NPV with delay_years.

    >>> delay_cost(50_000, 6)
    300000.0
    """
    rate = log1p(discount_rate)
    lost = annuity(rate, delay_months)
    return monthly_benefit * where(rate == 0, lambda: lost, lambda: lost * rate / discount_rate)
