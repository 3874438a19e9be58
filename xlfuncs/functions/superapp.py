"""Monetisation: break-even and value creation of a launch to millions of users."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    ArpuGrowth,
    Boundary,
    Cac,
    CashFlows,
    ChurnHazard,
    CostRatio,
    CostRatioAbove,
    Decline,
    FloorShare,
    Horizon,
    MonthlyFixed,
    OtherVariable,
    PeriodsPerYear,
    PvInflows,
    PvOutflows,
    Ratio,
    RevenueShare,
    Share,
    Status,
    TargetYears,
    UnitCost,
    UsageGrowth,
    Usd,
    UsdPerLogGrowth,
    UsdPerUser,
    UsdPerUserMonth,
    UserGrowth,
    UsersSharing,
    UsersStart,
    YearlyArpu,
    YearlyDiscount,
    YearlyRate,
    YearlyUnitCost,
    Years,
    YearsNeeded,
)
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import (
    annuity,
    bisect,
    dot,
    exp,
    expm1,
    growing_annuity,
    log,
    log1p,
    maximum,
    minimum,
    where,
)

CATEGORY = "Monetisation"

LONGEST = 100.0  # years: a break-even later than this counts as never
FASTEST = math.log(1e6)  # per year: a decline above 99.9999 % counts as never


@sheet_function(formula="(unit_cost + other_variable + fixed_cost / users) / (1 - revenue_share)", source=by.ARTICLE)
def breakeven_arpu(
    unit_cost: UnitCost,
    other_variable: OtherVariable,
    fixed_cost: MonthlyFixed = 0,
    users: UsersSharing = 1,
    revenue_share: RevenueShare = 0,
) -> UsdPerUserMonth:
    """Break-even revenue per user per month (ARPU), before the share paid to the host platform.

    Not for: A fixed_cost above 0 with users omitted. The default number of users is 1, so a single user bears the
    whole cost and the result is far too high.

    >>> breakeven_arpu(0.25, 0.25, 1000, 2000, 0.5)
    2.0
    """
    return (unit_cost + other_variable + fixed_cost / users) / (1 - revenue_share)


@sheet_function(
    formula="cost_ratio * ((1 + usage_growth) / (1 + arpu_growth)) ^ years * (floor_share + (1 - floor_share) * "
    "(1 - decline) ^ years)",
    source=by.ARTICLE,
)
def cost_to_arpu(
    cost_ratio: CostRatio,
    floor_share: FloorShare,
    decline: Decline,
    usage_growth: UsageGrowth,
    arpu_growth: ArpuGrowth,
    years: Years,
) -> Ratio:
    """Inference cost over net revenue per user after a number of years; above 1 the user loses money.

    The number of users does not matter: more users change the total but not the ratio.

    Not for: Users who were acquired at a cost. A ratio below 1 does not mean that the margin repays the acquisition
    cost; use COHORT_VALUE.

    >>> cost_to_arpu(4, 0, 0.5, 0, 0, 2)
    1.0
    """
    growth = ((1 + usage_growth) / (1 + arpu_growth)) ** years
    return cost_ratio * growth * (floor_share + (1 - floor_share) * (1 - decline) ** years)


@sheet_function(
    formula="IF(((1 + arpu_growth) / (1 + usage_growth)) ^ horizon / cost_ratio >= 1, 0, "
    "IF(((1 + arpu_growth) / (1 + usage_growth)) ^ horizon / cost_ratio <= "
    "floor_share + (1 - floor_share) * 1E-6 ^ horizon, NA(), "
    "1 - ((((1 + arpu_growth) / (1 + usage_growth)) ^ horizon / cost_ratio - floor_share) / (1 - floor_share)) ^ "
    "(1 / horizon)))",
    source=by.ARTICLE,
    no_answer_message="No decline of the token cost breaks even within horizon: the cost floor is too high for the "
    "revenue.",
)
def required_decline(
    cost_ratio: CostRatioAbove,
    horizon: TargetYears,
    floor_share: FloorShare = 0,
    usage_growth: UsageGrowth = 0,
    arpu_growth: ArpuGrowth = 0,
) -> YearlyRate:
    """Yearly decline of the token cost required for a user to break even within the horizon.

    The result is #N/A if no decline below 99.9999% per year is sufficient.

    Not for: Measuring value. A margin of 0 at the horizon leaves the earlier losses unpaid; use
    VALUE_BREAKEVEN_DECLINE.

    >>> required_decline(4, 2)
    0.5
    """
    allowed = exp(horizon * (log1p(arpu_growth) - log1p(usage_growth))) / cost_ratio
    least = floor_share + (1 - floor_share) * exp(-FASTEST * horizon)

    def below() -> float:
        return 1 - ((allowed - floor_share) / (1 - floor_share)) ** (1 / horizon)

    def dearer() -> float:
        return where(allowed <= least, lambda: math.nan, below)

    return where(allowed >= 1, lambda: 0.0, dearer)


class _Course:
    """The logarithm of cost over revenue of a user in time: convex, so that there is one window of profit at most."""

    def __init__(self, cost_ratio: Any, floor_share: Any, decline: Any, usage_growth: Any, arpu_growth: Any) -> None:
        self.start = log(cost_ratio)
        self.floor_share = floor_share
        self.rise = log1p(usage_growth) - log1p(arpu_growth)
        self.fall = -log1p(-decline)

    def __call__(self, years: Any) -> Any:
        floor = self.floor_share

        def above() -> Any:
            return log(floor + (1 - floor) * exp(-self.fall * years))

        return self.start + self.rise * years + where(floor == 0, lambda: -self.fall * years, above)

    def lowest(self) -> Any:
        """When the ratio is lowest, within the longest time looked at."""
        rise, fall, floor = self.rise, self.fall, self.floor_share

        def between() -> Any:
            return minimum(LONGEST, (log1p(-floor) + log(fall - rise) - log(floor) - log(rise)) / fall)

        def falling() -> Any:
            return where((rise <= 0) | (floor == 0), lambda: LONGEST, between)

        return where(rise >= fall * (1 - floor), lambda: 0.0, falling)


@sheet_function(
    source=by.ARTICLE,
    no_answer_message="The ratio of cost to revenue does not cross 1 at this boundary within 100 years.",
    scalar_args=["boundary"],
)
def breakeven_time(
    cost_ratio: CostRatio,
    floor_share: FloorShare,
    decline: Decline,
    usage_growth: UsageGrowth,
    arpu_growth: ArpuGrowth,
    boundary: Boundary = 1,
) -> YearsNeeded:
    """Years until a user becomes profitable (boundary 1) or stops being profitable (boundary 2).

    If the cost has a floor and usage grows faster than revenue, profitability is a window that closes again.

    Not for: Recovery of past losses. The result is the first profitable day, not the day on which cumulative cash
    returns to 0; use SUPERAPP_PNL.

    >>> breakeven_time(4, 0, 0.5, 0, 0)
    2.0
    """
    course = _Course(cost_ratio, floor_share, decline, usage_growth, arpu_growth)
    lowest = course.lowest()
    profit_now = course(0.0) <= 0
    profit_ever = profit_now | (course(lowest) < 0)  # below: a floor that is just too high comes near 0 by rounding
    if boundary == 1:
        return where(
            profit_now,
            lambda: 0.0,
            lambda: where(profit_ever, lambda: bisect(course, 0.0, lowest), lambda: math.nan),
        )
    again = profit_ever & (course(LONGEST) > 0)
    return where(again, lambda: bisect(course, lowest, LONGEST), lambda: math.nan)


@sheet_function(source=by.ARTICLE, vectorised=False)
def breakeven_status(
    cost_ratio: CostRatio,
    floor_share: FloorShare,
    decline: Decline,
    usage_growth: UsageGrowth,
    arpu_growth: ArpuGrowth,
) -> Status:
    """Profitability of a user over time: 'NOW', 'AT' a later time, 'TRANSIENT', 'NOW, TRANSIENT' or 'NEVER'.

    The status covers 100 years, like BREAKEVEN_TIME, which returns the times.

    Not for: Growth rates known for a few years only. All rates are held for 100 years, so TRANSIENT may depend on a
    loss decades away.

    >>> breakeven_status(5, 0.02, 0.6, 0.3, 0)
    'TRANSIENT'
    """
    course = _Course(cost_ratio, floor_share, decline, usage_growth, arpu_growth)
    now = course(0.0) <= 0
    if not now and course(course.lowest()) >= 0:
        return "NEVER"
    if course(LONGEST) <= 0:
        return "NOW" if now else "AT"
    return "NOW, TRANSIENT" if now else "TRANSIENT"


@sheet_function(
    formula="(1 + user_growth) * (1 + usage_growth) * EXP(LN(1 - decline) * (1 - floor_share) * (1 - decline) ^ years "
    "/ (floor_share + (1 - floor_share) * (1 - decline) ^ years)) - 1",
    source=by.ARTICLE,
)
def bill_growth(
    user_growth: UserGrowth,
    usage_growth: UsageGrowth,
    decline: Decline,
    floor_share: FloorShare = 0,
    years: Years = 0,
) -> YearlyRate:
    """Yearly growth of the total inference cost; negative if token cost falls faster than usage grows.

    Not for: Profit per user. The total may shrink while each user loses money, and grow while each user is
    profitable; use COST_TO_ARPU.

    >>> bill_growth(1, 0, 0.75)
    -0.5
    """
    above = (1 - floor_share) * (1 - decline) ** years
    share = where(above == 0, lambda: above, lambda: above / (floor_share + above))
    return (1 + user_growth) * (1 + usage_growth) * exp(log1p(-decline) * share) - 1


def _value(
    flow: Callable[[Any, Any], Any],
    revenue: tuple[Any, Any],
    cost: tuple[Any, Any],
    floor_share: Any,
    fall: Any,
    horizon: Any,
) -> Any:
    """A revenue less a cost, each (amount, rate at which it shrinks), summed by `flow` over the horizon."""
    arpu, shrink = revenue
    unit_cost, wane = cost
    floor, rest = flow(wane, horizon), flow(wane + fall, horizon)
    return arpu * flow(shrink, horizon) - unit_cost * (floor_share * floor + (1 - floor_share) * rest)


@sheet_function(source=by.ARTICLE)
def cohort_value(
    arpu: YearlyArpu,
    unit_cost: YearlyUnitCost,
    churn_hazard: ChurnHazard,
    discount_rate: YearlyDiscount,
    floor_share: FloorShare = 0,
    decline: Decline = 0,
    usage_growth: UsageGrowth = 0,
    arpu_growth: ArpuGrowth = 0,
    horizon: Horizon = 10,
) -> UsdPerUser:
    """Present value of a user acquired today, in continuous time, before the acquisition cost.

    Growth destroys capital if the value of a user is below the acquisition cost.

    Not for: A yearly churn rate entered as churn_hazard. A loss of 60% per year is a hazard of 0.92; with 0.6, users
    stay too long.

    >>> cohort_value(12, 12, 0.3, 0.1)
    0.0
    """
    rate = log1p(discount_rate) + churn_hazard
    return _value(
        annuity,
        (arpu, rate - log1p(arpu_growth)),
        (unit_cost, rate - log1p(usage_growth)),
        floor_share,
        -log1p(-decline),
        horizon,
    )


@sheet_function(
    source=by.ARTICLE,
    no_answer_message="No decline of the token cost up to 99.9999% per year makes a user worth cac.",
)
def value_breakeven_decline(
    arpu: YearlyArpu,
    unit_cost: YearlyUnitCost,
    churn_hazard: ChurnHazard,
    discount_rate: YearlyDiscount,
    cac: Cac,
    floor_share: FloorShare = 0,
    usage_growth: UsageGrowth = 0,
    arpu_growth: ArpuGrowth = 0,
    horizon: Horizon = 10,
) -> YearlyRate:
    """Smallest yearly decline of the token cost at which the value of a user covers the acquisition cost.

    Not for: Launches that can wait. The user is acquired at the current unit_cost, while a later launch may need no
    such decline; compare COHORT_VALUE.

    >>> value_breakeven_decline(12, 12, 0.3, 0.1, 0)
    0.0
    """
    rate = log1p(discount_rate) + churn_hazard
    revenue = (arpu, rate - log1p(arpu_growth))
    cost = (unit_cost, rate - log1p(usage_growth))

    def gain(fall: Any) -> Any:
        return _value(annuity, revenue, cost, floor_share, fall, horizon) - cac

    def found() -> Any:
        return where(gain(FASTEST) >= 0, lambda: -expm1(-bisect(gain, 0.0, FASTEST)), lambda: math.nan)

    return where(gain(0.0) >= 0, lambda: 0.0, found)


@sheet_function(source=by.ARTICLE)
def growth_value_slope(
    users_start: UsersStart,
    arpu: YearlyArpu,
    unit_cost: YearlyUnitCost,
    user_growth: UserGrowth,
    discount_rate: YearlyDiscount,
    floor_share: FloorShare = 0,
    decline: Decline = 0,
    usage_growth: UsageGrowth = 0,
    arpu_growth: ArpuGrowth = 0,
    horizon: Horizon = 5,
) -> UsdPerLogGrowth:
    """Change in platform value as the number of users grows faster; below 0, growth destroys value.

    Not for: Growth that is bought. Acquisition cost is excluded, so a positive slope may still destroy value; compare
    COHORT_VALUE with PAID_CAC.

    >>> growth_value_slope(1000, 12, 12, 0.2, 0.1)
    0.0
    """
    rate = log1p(discount_rate) - log1p(user_growth)
    return users_start * _value(
        growing_annuity,
        (arpu, rate - log1p(arpu_growth)),
        (unit_cost, rate - log1p(usage_growth)),
        floor_share,
        -log1p(-decline),
        horizon,
    )


@sheet_function(source=by.PROJECT_FINANCE)
def peak_funding(cash_flows: CashFlows) -> Usd:
    """Peak funding requirement: the largest cumulative cash outflow, as a positive amount.

    Not for: Yearly totals of monthly swings. A trough within a period does not show, so the true requirement is
    higher; use monthly cash flows.

    >>> peak_funding([[-10, -5, 3, 20]])
    15.0
    """
    return max(0.0, -float(np.cumsum(cash_flows).min()))


@sheet_function(
    formula="MAX(0, -NPV((1 + discount_rate) ^ (1 / periods_per_year) - 1, cash_flows) * (1 + discount_rate) ^ "
    "(0.5 / periods_per_year))",
    source=by.PROJECT_FINANCE,
)
def capital_destruction(
    cash_flows: CashFlows, discount_rate: YearlyDiscount, periods_per_year: PeriodsPerYear = 12
) -> Usd:
    """Net present value (NPV) destroyed, with cash flows at mid-period; 0 if the NPV is not negative.

    Not for: Plans that end before they earn. Cash flows after the last period count as 0, so a short table shows a
    loss that a longer one would repay.

    >>> capital_destruction([[-100, 60]], 0)
    40.0
    """
    years = (np.arange(len(cash_flows)) + 0.5) / periods_per_year
    return max(0.0, -float(dot(cash_flows, np.exp(-years * log1p(discount_rate)))))


@sheet_function(formula="MAX(0, 1 - pv_inflows / pv_outflows)", source=by.PROJECT_FINANCE)
def destruction_index(pv_inflows: PvInflows, pv_outflows: PvOutflows) -> Share:
    """Share of the invested capital that is lost, in present value; 0 if the inflows cover the outflows.

    Not for: Cash flows netted within their periods. Netting reduces both sums, so the share lost appears larger than
    with gross cash flows.

    >>> destruction_index(25, 100)
    0.75
    """
    return maximum(0.0, 1 - pv_inflows / pv_outflows)
