"""Valuation: what a multiple assumes, and what the cash flows justify."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Beta,
    CostOfDebt,
    CountryRisk,
    EquityPremium,
    EquityWeight,
    Exposure,
    FairMultiple,
    GrowthHigh,
    GrowthLow,
    Illiquidity,
    LogRatio,
    MarginEnd,
    MarginStart,
    MidYear,
    Multiple,
    ObservedMultiple,
    OpexEnd,
    OpexScale,
    OpexStart,
    PeriodRevenue,
    PeriodsPerYear,
    RiskFree,
    RoicTerminal,
    SalesToCapital,
    StageGrowth,
    TaxRate,
    TerminalGrowth,
    Valuation,
    Wacc,
    YearlyRate,
    YearsFade,
    YearsHigh,
    YearsHighSolved,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import bisect, exp, find_bracket, log, log1p, maximum, where
from xlfuncs.core.quantity import same_as

CATEGORY = "Valuation"

CELLS = 240  # of the scan for a growth rate
RESIDUAL = 1e-7  # relative to the multiple asked for


@sheet_function(
    formula="equity_weight * (risk_free + beta * equity_premium + lambda_exposure * country_risk + illiquidity) "
    "+ (1 - equity_weight) * cost_of_debt * (1 - tax_rate)",
    source=by.DAMODARAN,
)
def wacc_buildup(
    equity_weight: EquityWeight,
    risk_free: RiskFree,
    beta: Beta,
    equity_premium: EquityPremium,
    country_risk: CountryRisk = 0,
    lambda_exposure: Exposure = 1,
    illiquidity: Illiquidity = 0,
    cost_of_debt: CostOfDebt = 0,
    tax_rate: TaxRate = 0.25,
) -> YearlyRate:
    """Weighted average cost of capital, built up from its parts with country risk and illiquidity.

    Not for: Flows in another currency than that of risk_free: the rate is off by the difference of inflation;
    use RATE_CONVERT.

    >>> wacc_buildup(1, 0.0425, 1.3, 0.045, 0, 1, 0.01)
    0.111
    """
    equity = risk_free + beta * equity_premium + lambda_exposure * country_risk + illiquidity
    return equity_weight * equity + (1 - equity_weight) * cost_of_debt * (1 - tax_rate)


@sheet_function(formula="valuation_usd / (period_revenue * periods_per_year)", source=by.ARTICLE)
def run_rate_multiple(
    valuation_usd: Valuation, period_revenue: PeriodRevenue, periods_per_year: PeriodsPerYear = 12
) -> Multiple:
    """Valuation over the revenue of the last period, taken as a year's pace.

    Not for: Seasonal or record months: times 12 they overstate the year and a dear company looks cheap; give
    a full year and periods_per_year 1.

    >>> run_rate_multiple(1200, 1)
    100.0
    """
    return valuation_usd / (period_revenue * periods_per_year)


FORECAST_CONSTRAINTS = [
    Constraint(
        lambda wacc, terminal_growth: wacc > terminal_growth,
        "wacc {wacc} must exceed terminal_growth {terminal_growth}.",
    ),
    Constraint(
        lambda years_high, years_fade: (years_high + years_fade >= 1) & (years_high + years_fade <= 200),
        "years_high {years_high} and years_fade {years_fade} must add up to 1 to 200 years.",
    ),
]


class Economics(NamedTuple):
    """Operating cost over revenue, how it shrinks with scale, tax, capital needs and their return."""

    opex_start: Any
    opex_end: Any
    opex_scale: Any
    tax_rate: Any
    sales_to_capital: Any
    wacc: Any
    roic_terminal: Any


@dataclass(frozen=True)
class Forecast:
    """Three stages of free cash flow per dollar of revenue; every number may be a column, one row a path.

    `margin` gives the gross margin of a year, counted from 1.
    """

    years_high: int
    years_fade: int
    terminal_growth: Any
    margin: Callable[[int], Any]
    economics: Economics
    mid_year: float = 1

    @property
    def years(self) -> int:
        """The explicit years."""
        return self.years_high + self.years_fade

    def rows(self, growth: Any) -> Iterator[tuple[Any, ...]]:
        """Year, growth, revenue, operating profit, tax, reinvestment, free cash flow, discount factor, present value.

        The last row stands for all years after.
        """
        opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal = self.economics
        log_revenue = 0.0 * growth
        revenue = 1.0 + log_revenue
        losses = 0.0 * growth
        factor = operating = 1.0
        for year in range(1, self.years + 1):
            faded = max(0, year - self.years_high) / self.years_fade if self.years_fade else 0.0
            pace = growth + (self.terminal_growth - growth) * faded
            log_revenue = log_revenue + log1p(pace)
            before, revenue = revenue, exp(log_revenue)
            excess = (opex_start - opex_end) * exp(-opex_scale * log_revenue)
            operating = self.margin(year) - opex_end - excess
            profit = revenue * operating
            tax = tax_rate * maximum(0.0, profit - losses)
            losses = maximum(0.0, losses - profit)
            invested = (revenue - before) / sales_to_capital
            cash = profit - tax - invested
            factor = (1 + wacc) ** (self.mid_year / 2 - year)
            yield year, pace, revenue, profit, tax, invested, cash, factor, cash * factor
        profit = revenue * (1 + self.terminal_growth) * operating
        tax = tax_rate * profit
        invested = (profit - tax) * self.terminal_growth / roic_terminal
        cash = profit - tax - invested
        factor = factor / (wacc - self.terminal_growth)
        yield (
            self.years + 1,
            self.terminal_growth,
            revenue * (1 + self.terminal_growth),
            profit,
            tax,
            invested,
            cash,
            factor,
            cash * factor,
        )

    def multiple(self, growth: Any) -> Any:
        """Value over revenue."""
        return sum(row[-1] for row in self.rows(growth))


def gliding(start: Any, end: Any, years: float) -> Callable[[int], Any]:
    """A margin that moves in a line."""
    return lambda year: start + (end - start) * year / years


@sheet_function(
    source=by.DAMODARAN, constraints=FORECAST_CONSTRAINTS, scalar_args=["years_high", "years_fade", "mid_year"]
)
def justified_multiple(
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
) -> Multiple:
    """Value over run-rate revenue that the cash flows justify: growth, fade, and for ever after.

    Growth is flat and then fades in a line; the gross margin glides in a line over all the years.
    Operating cost above its end level shrinks with scale and not with time. Losses are carried
    forward against tax. Below 0 the business is worth less than nothing at that growth.

    Not for: Loss makers that double each year: 25 points of growth may move the answer from below 0 to above
    100; show IMPLIED_GROWTH or MC_QUANTILE.

    >>> justified_multiple(0, 5, 5, 0, 0.6, 0.6, 0.2, 0.2, 0.25, 2, 0.1, None, 0)  # 0.3 / 0.1
    3.0
    """
    return Forecast(
        int(years_high),
        int(years_fade),
        terminal_growth,
        gliding(gm_start, gm_end, years_high + years_fade),
        Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
        mid_year,
    ).multiple(growth)


@sheet_function(
    source=by.DAMODARAN,
    constraints=[*FORECAST_CONSTRAINTS, Constraint(lambda high, low: high > low, "high {high} must exceed low {low}.")],
    no_answer_message="No growth from low to high gives that multiple; widen the range or question the price.",
    scalar_args=["years_high", "years_fade", "low", "high"],
)
def implied_growth(
    observed_multiple: ObservedMultiple,
    years_high: YearsHighSolved,
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
    opex_scale: OpexScale = 0.8,
    low: GrowthLow = -0.5,
    high: GrowthHigh = 10,
) -> YearlyRate:
    """Growth that a market multiple assumes: the smallest at which JUSTIFIED_MULTIPLE equals it.

    Scans 240 steps from low to high, so that of two growth rates within one step both may be missed.

    Not for: Comparison with a forecast for next year: the rate must hold in all of years_high, and fewer
    years raise it.

    >>> implied_growth(34.08, 5, 5, 0.03, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111)
    0.670084302
    """

    forecast = Forecast(
        int(years_high),
        int(years_fade),
        terminal_growth,
        gliding(gm_start, gm_end, years_high + years_fade),
        Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
    )

    def excess(growth: Any) -> Any:
        return forecast.multiple(growth) - observed_multiple

    start, end = find_bracket(excess, np.linspace(low, high, CELLS + 1))
    return met(excess, bisect(excess, start, end), observed_multiple)


def met(excess: Callable[[Any], Any], root: Any, target: Any) -> Any:
    """The root where it meets the target, NaN where there was none or f only jumps over it."""
    return where(abs(excess(root)) <= RESIDUAL * target, lambda: root, lambda: math.nan)


@sheet_function(formula="LN(observed_multiple / fair_multiple)", source=by.ARTICLE)
def decoupling_index(observed_multiple: ObservedMultiple, fair_multiple: FairMultiple) -> LogRatio:
    """How far a price has left its cash flows: the logarithm of the multiple paid over the justified one.

    0 is a fair price; 0.69 is twice and -0.69 half of it.

    Not for: Companies whose cash flows justify a multiple of 0 or less: there is no logarithm and the answer
    is #NUM!; use UNEXPLAINED_SHARE.

    >>> decoupling_index(5, 5)
    0.0
    """
    return log(observed_multiple / fair_multiple)
