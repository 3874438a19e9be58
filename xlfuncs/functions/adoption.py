"""Adoption: growth and retention of users."""

from __future__ import annotations

import math

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    CycleDays,
    DailyUsersSeen,
    Day1,
    Day2,
    Events,
    Growth,
    Halflife,
    Imitation,
    Innovation,
    KeepShare,
    LatencyDays,
    Market,
    Months,
    OnDay,
    Rate1,
    Rate2,
    Reach,
    Samples,
    Share,
    StepRates,
    UsableShare,
    Users,
    UsersBefore,
    UsersPeak,
    Years,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.function import sheet_function
from xlfuncs.core.numerics import exp, expm1, log

CATEGORY = "Adoption"


@sheet_function(
    formula="market * (1 - EXP(-(innovation + imitation) * years)) / (1 + imitation / innovation * "
    "EXP(-(innovation + imitation) * years))",
    source=by.BASS_1969,
)
def bass_adopters(market: Market, innovation: Innovation, imitation: Imitation, years: Years) -> Users:
    """Cumulative adopters after a number of years in the Bass diffusion model of innovation and imitation.

    Not for: Active users. Adopters never leave in this model, so the count is too high; apply RETENTION_POWER to the
    result.

    >>> bass_adopters(1_000_000_000, 0.03, 0.38, 5)
    331198642.49
    """
    grown = -(innovation + imitation) * years
    return market * -expm1(grown) / (1 + imitation / innovation * exp(grown))


@sheet_function(
    formula="(users_before + (users_peak - users_before) * (keep_share + (1 - keep_share) * 0.5 ^ (months / "
    "halflife_months))) * (1 + annual_growth) ^ (months / 12)",
    source=by.ARTICLE,
    constraints=[
        Constraint(
            lambda users_peak, users_before: users_peak >= users_before,
            "users_peak {users_peak} must not be below users_before {users_before}.",
        )
    ],
)
def users_shock(
    users_before: UsersBefore,
    users_peak: UsersPeak,
    keep_share: KeepShare,
    halflife_months: Halflife,
    annual_growth: Growth,
    months: Months,
) -> Users:
    """Number of users some months after a sudden jump, of whom a share stays and the rest leaves with a half-life.

    Not for: Attrition that never stops. The users in keep_share stay permanently and even grow with annual_growth, so
    late months are too high; use RETENTION_POWER.

    >>> users_shock(5_000_000, 55_000_000, 0.3, 1, 0, 6)
    20546875.0
    """
    stay = keep_share + (1 - keep_share) * 0.5 ** (months / halflife_months)
    return (users_before + (users_peak - users_before) * stay) * (1 + annual_growth) ** (months / 12)


@sheet_function(formula="reach * PRODUCT(step_rates)", source=by.ARTICLE)
def funnel_users(reach: Reach, step_rates: StepRates) -> Users:
    """Number of users who pass every step of a funnel, from reach to daily use.

    Not for: Step rates that are all measured against reach. Each rate must be a share of the previous step; otherwise
    the product is far too small.

    >>> funnel_users(1000, [[0.5, 0.5]])
    250.0
    """
    return reach * math.prod(step_rates.tolist())


@sheet_function(
    formula="samples_needed / (daily_users * events_per_user * usable_share) + latency_days", source=by.ARTICLE
)
def feedback_loop_days(
    samples_needed: Samples,
    daily_users: DailyUsersSeen,
    events_per_user: Events,
    usable_share: UsableShare,
    latency_days: LatencyDays = 0,
) -> CycleDays:
    """Number of days until users have supplied enough usable data for one training cycle.

    Not for: Training cycles that overlap. In that case latency_days delays only the first cycle, and 365 divided by
    the result understates the number of cycles per year.

    >>> feedback_loop_days(1_000_000_000, 50_000_000, 5, 0.4, 2)
    12.0
    """
    return samples_needed / (daily_users * events_per_user * usable_share) + latency_days


@sheet_function(
    formula="rate_1 * (on_day / day_1) ^ (LN(rate_2 / rate_1) / LN(day_2 / day_1))",
    source=by.FADER_HARDIE_2007,
    constraints=[
        Constraint(lambda day_2, day_1: day_2 > day_1, "day_2 {day_2} must be greater than day_1 {day_1}."),
        Constraint(
            lambda rate_2, rate_1: rate_2 <= rate_1,
            "rate_2 {rate_2} must not exceed rate_1 {rate_1}: retention cannot rise.",
        ),
        Constraint(lambda on_day, day_1: on_day >= day_1, "on_day {on_day} must not be less than day_1 {day_1}."),
    ],
)
def retention_power(on_day: OnDay, day_1: Day1, rate_1: Rate1, day_2: Day2, rate_2: Rate2) -> Share:
    """Share of users retained on a given day, from the power curve through two known retention rates.

    Not for: Days far beyond day_2. Two points determine the curve, and a small error in rate_2 grows with distance;
    fit more periods with SBG_FIT.

    >>> retention_power(16, 1, 0.8, 4, 0.4)
    0.2
    """
    return rate_1 * (on_day / day_1) ** (log(rate_2 / rate_1) / log(day_2 / day_1))
