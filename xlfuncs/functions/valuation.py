"""Valuation: cost of capital, justified multiples and implied growth."""

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
    """Weighted average cost of capital (WACC), built up with country risk and illiquidity premiums.

    Not for: Cash flows in a currency other than that of risk_free. The rate is off by the inflation differential; use
    RATE_CONVERT.

    >>> wacc_buildup(1, 0.0425, 1.3, 0.045, 0, 1, 0.01)
    0.111
    """
    equity = risk_free + beta * equity_premium + lambda_exposure * country_risk + illiquidity
    return equity_weight * equity + (1 - equity_weight) * cost_of_debt * (1 - tax_rate)


@sheet_function(formula="valuation_usd / (period_revenue * periods_per_year)", source=by.ARTICLE)
def run_rate_multiple(
    valuation_usd: Valuation, period_revenue: PeriodRevenue, periods_per_year: PeriodsPerYear = 12
) -> Multiple:
    """Run-rate multiple: valuation over the annualised revenue of the latest period.

    Not for: Seasonal or record months. Multiplying by 12 overstates the year, and an expensive company looks cheap;
    use a full year with periods_per_year 1.

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
        "years_high {years_high} plus years_fade {years_fade} must be from 1 to 200.",
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
        total = 0.0
        for row in self.rows(growth):
            total = total + row[-1]  # sum() rounds otherwise from Python 3.12 on
        return total


def glide(start: Any, end: Any, years: float) -> Callable[[int], Any]:
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
    """Multiple of run-rate revenue justified by a three-stage DCF: high growth, fade and terminal value.

    Growth is constant and then fades linearly; the gross margin moves linearly over all explicit years. Operating
    cost above opex_end falls with scale, not with time. Tax losses are carried forward. A negative result means that
    the business has a negative value at that growth.

    Not for: Loss-making companies that double every year. A change of 25 points in growth may move the multiple from
    below 0 to above 100; show IMPLIED_GROWTH or MC_QUANTILE.

    >>> justified_multiple(0, 5, 5, 0, 0.6, 0.6, 0.2, 0.2, 0.25, 2, 0.1, None, 0)  # 0.3 / 0.1
    3.0
    """
    return Forecast(
        int(years_high),
        int(years_fade),
        terminal_growth,
        glide(gm_start, gm_end, years_high + years_fade),
        Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
        mid_year,
    ).multiple(growth)


@sheet_function(
    source=by.DAMODARAN,
    constraints=[*FORECAST_CONSTRAINTS, Constraint(lambda high, low: high > low, "high {high} must exceed low {low}.")],
    no_answer_message="No growth from low to high supports observed_multiple; widen the range or review the multiple.",
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
    """Growth implied by an observed market multiple: the lowest rate at which JUSTIFIED_MULTIPLE equals it.

    The search takes 240 steps from low to high; two solutions within one step may both be missed.

    Not for: Comparison with the forecast for next year. The rate must hold throughout years_high, and a shorter stage
    raises the rate.

    >>> implied_growth(34.08, 5, 5, 0.03, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111)
    0.670084302
    """

    forecast = Forecast(
        int(years_high),
        int(years_fade),
        terminal_growth,
        glide(gm_start, gm_end, years_high + years_fade),
        Economics(opex_start, opex_end, opex_scale, tax_rate, sales_to_capital, wacc, roic_terminal),
    )

    def excess(growth: Any) -> Any:
        return forecast.multiple(growth) - observed_multiple

    start, end = find_bracket(excess, np.linspace(low, high, CELLS + 1))
    return accept_root(excess, bisect(excess, start, end), observed_multiple)


def accept_root(excess: Callable[[Any], Any], root: Any, target: Any) -> Any:
    """The root where it meets the target, NaN where there was none or f only jumps over it."""
    return where(abs(excess(root)) <= RESIDUAL * target, lambda: root, lambda: math.nan)


@sheet_function(formula="LN(observed_multiple / fair_multiple)", source=by.ARTICLE)
def decoupling_index(observed_multiple: ObservedMultiple, fair_multiple: FairMultiple) -> LogRatio:
    """Logarithm of the observed over the justified multiple: distance of a price from the cash flows.

    A fair price gives 0, twice the fair price 0.69, and half the fair price -0.69.

    Not for: Companies whose cash flows justify a multiple of 0 or less. The logarithm does not exist, and the result
    is #NUM!; use UNEXPLAINED_SHARE.

    >>> decoupling_index(5, 5)
    0.0
    """
    return log(observed_multiple / fair_multiple)
