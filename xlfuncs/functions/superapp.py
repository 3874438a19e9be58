"""Monetisation: when a launch to millions of users makes money, and when it destroys it."""

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
    """Revenue per user and month at which nothing is lost, before the share of the host platform.

    Not for: A fixed_cost with users left out: the default is 1, so a single user bears all of it and the
    answer is absurdly high.

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
    """Inference cost over net revenue of a user after some years; above 1 the user loses money.

    The number of users does not enter: more of them change the sum and not the ratio.

    Not for: Users who were bought: a ratio below 1 does not say that the margin repays the cost to win them;
    use COHORT_VALUE.

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
    no_answer_message="No decline of cost breaks even in time: the floor under the cost is too high for the revenue.",
)
def required_decline(
    cost_ratio: CostRatioAbove,
    horizon: TargetYears,
    floor_share: FloorShare = 0,
    usage_growth: UsageGrowth = 0,
    arpu_growth: ArpuGrowth = 0,
) -> YearlyRate:
    """Yearly decline of the token cost at which a user breaks even within the horizon.

    #N/A where no decline below 99.9999 % a year does it.

    Not for: Value: a margin of 0 at the horizon leaves the losses before it unpaid; use
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
    no_answer_message="There is no such year within 100: the ratio of cost to revenue does not cross 1.",
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
    """Years until a user becomes profitable (boundary 1) or stops being so (boundary 2).

    With any floor under the cost, and use that outgrows revenue, profit is a window that closes again.

    Not for: Recovery of past losses: it dates the first profitable day and not the day when the sum is back
    at 0; lay out SUPERAPP_PNL.

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
    """Verdict on the profit of a user: NOW, AT a later time, TRANSIENT, NOW, TRANSIENT, or NEVER.

    Looks 100 years ahead, as BREAKEVEN_TIME does, which gives the times.

    Not for: Growth rates known for a few years only: they are held for 100, so TRANSIENT may rest on a loss
    decades away.

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
    """Growth of the whole inference bill at a moment; it shrinks where cost falls faster than use grows.

    Not for: Profit per user: the bill may shrink while each user loses money, and grow while each earns some;
    use COST_TO_ARPU.

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
    """Present value of a user won today, in continuous time, before the cost to win them.

    Growth by such users destroys capital where the value is below that cost.

    Not for: A yearly churn put in as churn_hazard: 60% lost a year is a hazard of 0.92, and with 0.6 users
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
    no_answer_message="No decline of cost up to 99.9999% a year makes a user worth cac.",
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
    """Smallest yearly decline of the token cost at which a user is worth the cost to win them.

    Not for: Launches that can wait: the user is won at the unit_cost of today, while a later start may need
    no such decline; compare COHORT_VALUE.

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
    """Change of the platform's value as its users grow faster; below 0, growth destroys value.

    Not for: Growth that is bought: no cost to win users is in it, so a slope above 0 may still destroy value;
    set COHORT_VALUE against PAID_CAC.

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
    """Most money ever tied up: the depth of the running sum of cash below 0.

    Not for: Yearly sums of monthly swings: a trough inside a period does not show, so the money needed is
    more; give monthly flows.

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
    """Net present value destroyed, flows taken at the middle of their periods; 0 where none is.

    Not for: Plans cut off before they earn: flows after the last one count as 0, so a short table shows a
    loss that a longer one repays.

    >>> capital_destruction([[-100, 60]], 0)
    40.0
    """
    years = (np.arange(len(cash_flows)) + 0.5) / periods_per_year
    return max(0.0, -float(cash_flows @ np.exp(-years * log1p(discount_rate))))


@sheet_function(formula="MAX(0, 1 - pv_inflows / pv_outflows)", source=by.PROJECT_FINANCE)
def destruction_index(pv_inflows: PvInflows, pv_outflows: PvOutflows) -> Share:
    """Share of the capital put in that is lost; 0 where the inflows cover it.

    Not for: Flows netted within their periods: netting shrinks both sums, so the share lost looks larger than
    on gross flows.

    >>> destruction_index(25, 100)
    0.75
    """
    return maximum(0.0, 1 - pv_inflows / pv_outflows)
