"""Monetisation: monthly profit and loss of a super-app launch."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np

from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    AdArpu,
    ArpuGrowth,
    CacheHit,
    Decline,
    FloorShare,
    Growth,
    Halflife,
    Incentives,
    KeepShare,
    MonthlyFixed,
    NamedInputs,
    OtherVariable,
    PlatformFee,
    PnlMonths,
    PnlTable,
    PriceCached,
    PriceIn,
    PriceOut,
    QueriesPerDay,
    SubConversion,
    SubPrice,
    TokensIn,
    TokensOut,
    UsageGrowth,
    UsersBefore,
    UsersPeak,
    YearlyDiscount,
)
from xlfuncs.core import units as u
from xlfuncs.core.arguments import format_cell
from xlfuncs.core.errors import NA, NUM, VALUE, CellError
from xlfuncs.core.function import read_params, sheet_function
from xlfuncs.core.quantity import Num, Quantity
from xlfuncs.core.unit_words import DAYS_PER_MONTH
from xlfuncs.core.wording import number_texts
from xlfuncs.functions.adoption import users_shock

CATEGORY = "Monetisation"

LONGEST = 600  # months

ApiRevenue = Annotated[Num, Quantity(u.USD_PER_MONTH, "API revenue.", ge=0)]


def _months(
    months: PnlMonths,
    users_before: UsersBefore = 5e6,
    users_peak: UsersPeak = 5.5e7,
    keep_share: KeepShare = 1,
    halflife_months: Halflife = 3,
    annual_growth: Growth = 0,
    queries_per_day: QueriesPerDay = 5,
    tokens_in: TokensIn = 1800,
    tokens_out: TokensOut = 500,
    cache_hit: CacheHit = 0.5625,
    price_in_mtok: PriceIn = 0.169,
    price_out_mtok: PriceOut = 0.368,
    price_cached_mtok: PriceCached = 0,
    floor_share: FloorShare = 0.1,
    decline: Decline = 0.6,
    usage_growth: UsageGrowth = 0.5,
    ad_arpu: AdArpu = 0.0926,
    sub_conversion: SubConversion = 0.005,
    sub_price: SubPrice = 9.904,
    platform_fee: PlatformFee = 0.3,
    api_revenue: ApiRevenue = 0,
    arpu_growth: ArpuGrowth = 0.1,
    other_variable: OtherVariable = 0.03,
    fixed_cost: MonthlyFixed = 1e6,
    promotion: Incentives = 0,
    discount_rate: YearlyDiscount = 0.12,
) -> list[Any]:
    """The columns of the table, one row a month."""
    month = np.arange(1.0, months + 1)
    t = (month - 0.5) / 12
    users = users_shock.body(users_before, users_peak, keep_share, halflife_months, annual_growth, month - 0.5)
    queries = users * queries_per_day * DAYS_PER_MONTH * (1 + usage_growth) ** t
    prompt = tokens_in * ((1 - cache_hit) * price_in_mtok + cache_hit * price_cached_mtok)
    cost = (prompt + tokens_out * price_out_mtok) / 1e6 * (floor_share + (1 - floor_share) * (1 - decline) ** t)
    growth = (1 + arpu_growth) ** t
    ads = users * ad_arpu * growth
    subscriptions = users * sub_conversion * sub_price * (1 - platform_fee) * growth
    api = api_revenue * growth
    revenue = ads + subscriptions + api
    inference = queries * cost
    variable = users * other_variable
    contribution = revenue - inference - variable
    fixed = np.full(len(month), fixed_cost)
    launch = np.where(month == 1, promotion, 0.0)
    cash = contribution - fixed - launch
    discount = (1 + discount_rate) ** -t
    present = cash * discount
    return [
        month, users, queries, queries * (tokens_in + tokens_out), cost, ads, subscriptions, api, revenue,
        inference, variable, contribution, fixed, launch, cash, np.cumsum(cash), discount, present,
        np.cumsum(present),
    ]  # fmt: skip


PNL_INPUTS = {param.name: param for param in read_params(_months) if param.name != "months"}


@sheet_function(source=by.ARTICLE)
def superapp_pnl(inputs: NamedInputs, months: PnlMonths = 36) -> PnlTable:
    """Monthly P&L of a super-app launch: users, tokens, revenue, inference cost, cash flow and present value.

    The inputs are rows of name and value. An omitted input takes its default: users_before 5000000, users_peak
    55000000, keep_share 1, halflife_months 3, annual_growth 0, queries_per_day 5, tokens_in 1800, tokens_out 500,
    cache_hit 0.5625, price_in_mtok 0.169, price_out_mtok 0.368, price_cached_mtok 0, floor_share 0.1, decline 0.6,
    usage_growth 0.5, ad_arpu 0.0926, sub_conversion 0.005, sub_price 9.904, platform_fee 0.3, api_revenue 0,
    arpu_growth 0.1, other_variable 0.03, fixed_cost 1000000, promotion 0 (in month 1), discount_rate 0.12. Each month
    is valued at its midpoint.

    Not for: The value of the jump alone. Every column includes the users in users_before; run the function again with
    users_peak equal to users_before and subtract.

    >>> superapp_pnl([["users_peak", 55_000_000]], 1)
    [[1.0, 55000000.0, 8512925018.93, 19579727543542.3, 0.000306397452, 5113265.83, 1914106.34, 0.0, 7027372.16,
    2608338.54, 1650000.0, 2769033.63, 1000000.0, 0.0, 1769033.63, 1769033.63, 0.9952891027, 1760699.89, 1760699.89]]
    """
    values: dict[str, float] = {}
    for name, value in inputs:
        known = name.strip().casefold()
        if known not in PNL_INPUTS:
            return CellError(
                NA, f"inputs contains the unknown name {format_cell(name)}; the help of SUPERAPP_PNL lists the names."
            )
        if known in values:
            return CellError(VALUE, f"inputs contains {format_cell(known)} twice; keep one row.")
        if not isinstance(value, float):
            return CellError(VALUE, f"inputs must have a number for {format_cell(known)}; got {format_cell(value)}.")
        values[known] = value
    errors = (PNL_INPUTS[name].check(value) for name, value in values.items())
    error = next((error for error in errors if error), None)
    complete: dict[str, float] = {name: param.default for name, param in PNL_INPUTS.items()} | values
    if not error and complete["users_peak"] < complete["users_before"]:
        peak, before = number_texts([complete["users_peak"], complete["users_before"]])
        error = CellError(NUM, f"users_peak ({peak}) must not be below users_before ({before}) in inputs.")
    if not error and months > LONGEST:
        error = CellError(NUM, f"months must be at most {LONGEST}; got {format_cell(months)}.")
    if error:
        return error
    return np.column_stack(_months(months, **complete)).tolist()
