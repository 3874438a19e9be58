"""The inputs of the two countries, from the data set, with the end of each range that is good for value."""

from __future__ import annotations

from collections.abc import Sequence

from workbooks.dsl.declarations import Block, Calc, Input, fact
from xlfuncs.data import tables

COUNTRIES = (("us", "US"), ("cn", "China"))

# Tokens of other products over those of chat, which two templates share. They define the products, so that no scenario
# moves them.
_Ratio = tuple[str, float, float, float, int, str]
REASONING_IN: _Ratio = (
    "ratio",
    1,
    2500 / 1800,
    2,
    0,
    "2,500 a query against 1,800; defines the product, so no scenario moves it",
)
REASONING_OUT: _Ratio = ("ratio", 3, 5, 8, 0, "2,500 a query against 500, its thinking included")
AGENTIC: _Ratio = ("ratio", 5, 15, 30, 0, "Press reports of 15 times the tokens of a chat")

# 1 where the high end is good for the value of AI, -1 where the low end is; where none is named the input stays.
SIDES = {
    "system_price": -1, "system_power": -1, "tflops": 1, "bandwidth": 1, "power_price": -1, "pue": -1, "life": 1,
    "capital_rate": -1, "opex_share": -1, "load_factor": -1, "availability": 1, "mfu": 1, "algorithmic_gain": 1,
    "training_days": 1, "reach": 1, "exposed": 1, "activated": 1, "installed": 1, "daily": 1, "events": 1,
    "usable": 1, "latency": -1, "keep_share": 1, "halflife": 1, "tokens_out": -1, "cache_hit": 1, "cost_in": -1,
    "cost_out": -1, "utilisation": 1, "decline": 1, "floor_share": -1, "usage_growth": -1, "arpu_growth": 1,
    "ad_arpu": 1, "sub_price": 1, "sub_conversion": 1, "platform_fee": -1, "other_variable": -1, "fixed_cost": -1,
    "promotion": -1, "software_margin": 1, "services_margin": 1, "software_share": 1, "arpa": 1, "unit_margin": 1,
    "churn": -1, "hazard": -1, "user_discount": -1, "unit_discount": -1, "marketing": -1, "new_payers": 1, "organic_share": -1, "observed_multiple": -1,
    "growth": 1, "terminal_growth": 1, "gm_start": 1, "gm_end": 1, "opex_start": -1, "opex_end": -1,
    "tax_rate": -1, "sales_to_capital": 1, "risk_free": -1, "beta": -1, "equity_premium": -1, "country_risk": -1,
    "illiquidity": -1,
}  # fmt: skip


# What BREAKEVEN_STATUS gives, and the same in words.
_STATUS = {
    "NOW": "From now on",
    "AT": "Later",
    "NOW, TRANSIENT": "Now, not later",
    "TRANSIENT": "Later, for a time",
    "NEVER": "Never",
}


def profit_in_words(status: str) -> str:
    """The formula that puts the line of a BREAKEVEN_STATUS into words."""
    codes, words = (",".join(f'"{text}"' for text in texts) for texts in (_STATUS, _STATUS.values()))
    return f"=INDEX({{{words}}},MATCH({{{status}}},{{{codes}}},0))"


def of_country(side: str, keys: Sequence[str]) -> list[Input]:
    """Inputs of the comparison model for one country, `us` or `cn`, their keys with its prefix."""
    lines = {row["metric"].removeprefix("model_"): row for row in tables.comparison()}
    return [
        fact(f"{side.upper()}.model_{key}", f"{side}_{key}", lines[key]["label"], SIDES.get(key, 0)) for key in keys
    ]


def of_both(title: str, keys: Sequence[str]) -> list[tuple[str, list[Input]]]:
    """The same inputs for the US and for China, a section each."""
    return [(f"{title}: {name}", of_country(side, keys)) for side, name in COUNTRIES]


def section(name: str) -> list[str]:
    """The keys of a section of the comparison model."""
    return [row["metric"].removeprefix("model_") for row in tables.comparison() if row["section"] == name]


def calcs(name: str, title: str, about: str, sections: Sequence[tuple[str, Sequence[Block]]]) -> list[Calc]:
    """The same calculation for the US and for China, a sheet each: `Calc_US`, or `Calc_US_name`."""
    tail = f"_{name}" if name else ""
    return [
        Calc(f"Calc_{code}{tail}", f"{title}: {country}", about, sections, prefix=f"{side}_")
        for (side, country), code in zip(COUNTRIES, ("US", "China"), strict=True)
    ]
