"""The dated, sourced data set: figures of an entity as known on a date, in the unit requested."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import replace

from xlfuncs.core.dimensions import Dimension
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.unit_grammar import ParsedUnit, UnitError, conversion, parse_unit
from xlfuncs.core.wording import list_text, quote_text
from xlfuncs.data import tables
from xlfuncs.data.tables import Observation

__all__ = [
    "DataNotFound",
    "NotYetKnown",
    "Observation",
    "chip_spec",
    "citation",
    "convert",
    "figure",
    "fx_rate",
    "history",
    "observation",
    "token_price",
]

CHIP_UNITS = {
    "tflops_bf16": "TFLOP/s",
    "tflops_fp8": "TFLOP/s",
    "mem_gb": "GB",
    "bw_tbs": "TB/s",
    "tdp_w": "W",
    "die_mm2": "mm2",
    "tpp": "TPP",
}
_ECB = tables.Source(
    "ecb",
    "European Central Bank, euro reference rates",
    "https://www.ecb.europa.eu/stats",
    "free reuse with the source named",
)


class DataNotFound(XlfuncsError, LookupError):
    """Raised for a name, date or unit that is not in the data set; the message lists the alternatives."""


class NotYetKnown(DataNotFound):
    """Raised for a figure that is in the data set, but with later dates only; `first` is the first of them."""

    def __init__(self, reason: str, first: dt.date) -> None:
        super().__init__(reason, first)
        self.first = first

    def __str__(self) -> str:
        return str(self.args[0])


def history(entity: str, metric: str) -> tuple[Observation, ...]:
    """Every observation of a metric of an entity, oldest first."""
    entity, metric = entity.strip().upper(), metric.strip().lower()
    observations = tables.observations().get((entity, metric))
    if observations:
        return observations
    if entity not in tables.entities():
        raise DataNotFound(
            f"The entity {quote_text(entity)} is not in the data set; {_near(entity, tables.entities())}."
        )
    if metric not in tables.metrics():
        raise DataNotFound(f"The field {quote_text(metric)} is not in the data set; {_near(metric, tables.metrics())}.")
    fields = [field for name, field in tables.observations() if name == entity]
    fix = f"use {list_text(fields[:8], 'or')}" if fields else "use another entity"
    raise DataNotFound(f"The data set has no {metric} of {entity}; {fix}.")


def observation(entity: str, metric: str, as_of: dt.date | None = None) -> Observation:
    """The latest observation on or before a date."""
    observations = history(entity, metric)
    if as_of is None:
        return observations[-1]
    earlier = [candidate for candidate in observations if candidate.as_of <= as_of]
    if not earlier:
        first = observations[0].as_of
        raise NotYetKnown(f"as_of must be {first} or later for {metric} of {entity}; got {as_of}.", first)
    return earlier[-1]


def figure(key: str, as_of: dt.date | None = None) -> Observation:
    """A figure by its key, ``ENTITY.metric``: an observation, a chip's specification, a token price or a rate.

    >>> figure("US.model_tflops").unit, figure("h100-sxm.bw_tbs").value, figure("USD.fx_CNY").unit
    ('TFLOP/s', 3.35, 'CNY per USD')
    """
    entity, _, metric = key.rpartition(".")
    if metric.startswith("fx_"):
        return _rate(entity, metric.removeprefix("fx_"), as_of)
    if metric.startswith("price_") and entity.lower() in _priced():
        return _price(entity.lower(), metric.removeprefix("price_"), as_of)
    if metric in CHIP_UNITS and entity.lower() in tables.chips():
        return _specification(entity.lower(), metric)
    return observation(entity, metric, as_of)


def _priced() -> set[str]:
    return {model for model, _, _ in tables.prices()}


def _rate(from_currency: str, to_currency: str, as_of: dt.date | None) -> Observation:
    value = fx_rate(from_currency, to_currency, as_of)
    days = tables.fx()[0]
    position = len(days) if as_of is None else bisect_right(days, as_of.isoformat())
    day = dt.date.fromisoformat(days[position - 1])
    unit = f"{to_currency} per {from_currency}"
    return Observation(from_currency, f"fx_{to_currency}", day, value, value, value, unit, "high", _ECB, "")


def _price(model: str, kind: str, as_of: dt.date | None) -> Observation:
    region = next((region for region in ("intl", "cn") if (model, region, kind) in tables.prices()), "intl")
    price = _price_in_force(model, kind, as_of, region)
    day, value, note = price.valid_from or price.as_of, price.price, price.note
    if as_of is not None and day > as_of:  # a price without a start date: no later day may vouch for it
        note = " ".join(part for part in (note, f"Start date unknown; the price was seen on {day}.") if part)
        day = as_of
    return Observation(
        model, f"price_{kind}", day, value, value, value, "USD/Mtok", price.confidence, price.source, note
    )


def _specification(chip: str, field: str) -> Observation:
    value, row = chip_spec(chip, field), tables.chips()[chip]
    day = dt.date.fromisoformat(row["as_of"])
    source = tables.sources()[row["source"]]
    return Observation(chip, field, day, value, value, value, CHIP_UNITS[field], row["confidence"], source, "")


def citation(entity: str, metric: str, as_of: dt.date | None = None) -> str:
    """Source, date and grade of a figure, in at most 255 characters."""
    cited = observation(entity, metric, as_of)
    facts = f"{cited.as_of}, {cited.confidence}"
    link = f" {cited.source.url}" if cited.source.url else ""
    room = 255 - len(facts) - len(link) - 3
    return f"{cited.source.title[: max(room, 20)]} ({facts}){link}"[:255]


def token_price(model_id: str, kind: str = "output", as_of: dt.date | None = None, region: str = "intl") -> float:
    """USD per million tokens in force on a date; ``blended`` is three parts input to one of output."""
    if kind == "blended":
        return (3 * token_price(model_id, "input", as_of, region) + token_price(model_id, "output", as_of, region)) / 4
    return _price_in_force(model_id, kind, as_of, region).price


def _price_in_force(model_id: str, kind: str, as_of: dt.date | None, region: str) -> tables.Price:
    """The last price that had started by a date; a price without a start date has always been in force."""
    model = model_id.strip().lower()
    prices = tables.prices().get((model, region, kind))
    if not prices:
        models = {name for name, _, _ in tables.prices()}
        if model not in models:
            raise DataNotFound(f"The model {quote_text(model_id)} is not in the data set; {_near(model, models)}.")
        offered = sorted({f"{where} {what}" for name, where, what in tables.prices() if name == model})
        raise DataNotFound(f"The data set has no {region} {kind} price of {model_id}; use {list_text(offered, 'or')}.")
    started = [price for price in prices if as_of is None or price.valid_from is None or price.valid_from <= as_of]
    if not started:
        first = min(price.valid_from for price in prices if price.valid_from)
        raise NotYetKnown(f"as_of must be {first} or later for the {kind} price of {model_id}; got {as_of}.", first)
    return started[-1]


def chip_spec(chip_id: str, field: str) -> float:
    """A figure of an accelerator."""
    chip = tables.chips().get(chip_id.strip().lower())
    if chip is None:
        raise DataNotFound(
            f"The chip {quote_text(chip_id)} is not in the data set; {_near(chip_id.lower(), tables.chips())}."
        )
    if not chip[field]:
        raise DataNotFound(f"The data set has no {field} of {chip_id}; use another field.")
    return float(chip[field])


def fx_rate(from_currency: str, to_currency: str, as_of: dt.date | None = None) -> float:
    """Units of one currency for one of the other, by the last euro reference rates on or before a date."""
    days, rates = tables.fx()
    position = len(days) if as_of is None else bisect_right(days, as_of.isoformat())
    if not position:
        first = dt.date.fromisoformat(days[0])
        raise NotYetKnown(f"as_of must be {first} or later for exchange rates; got {as_of}.", first)
    per_euro = {code: float(rate) for code, rate in rates[position - 1].items() if code != "date"} | {"EUR": 1.0}
    codes = [code.strip().upper() for code in (from_currency, to_currency)]
    for code in codes:
        if code not in per_euro:
            raise DataNotFound(
                f"The currency {quote_text(code)} is not in the data set; use {list_text(sorted(per_euro), 'or')}."
            )
    return 1.0 if codes[0] == codes[1] else per_euro[codes[1]] / per_euro[codes[0]]


def convert(value: float, from_unit: str, to_unit: str, as_of: dt.date | None = None) -> float:
    """A figure in another unit: scale (USD bn), currency at the rate of the day, period, percent.

    >>> convert(2.5e9, "USD", "USD bn"), convert(0.4, "share", "percent"), convert(3.0, "GW", "MW")
    (2.5, 40.0, 3000.0)
    """
    if from_unit == to_unit:
        return value
    try:
        old, new = parse_unit(from_unit), parse_unit(to_unit)
        if old == new:
            return value
        rate = 1.0
        if old.currency and new.currency and old.currency != new.currency:
            rate = fx_rate(old.currency, new.currency, as_of)
            exchange = Dimension.of({new.currency: 1, old.currency: -1})
            old = replace(old, dimension=old.dimension * exchange)
        multiplier, divisor = conversion(*_over_the_same_period(old, new))
    except UnitError as problem:
        raise DataNotFound(
            f"A figure in {from_unit} cannot be converted to {quote_text(to_unit)}; use a unit of the same kind."
        ) from problem
    return value * rate * multiplier / divisor


def _over_the_same_period(old: ParsedUnit, new: ParsedUnit) -> tuple[ParsedUnit, ParsedUnit]:
    """The units, where only one has a period: a figure such as the revenue of a year is stored without it."""
    year = parse_unit("year")
    if old.dimension == (new / year).dimension and not old.is_number:
        return old, new / year
    if new.dimension == (old / year).dimension and not new.is_number:
        return old / year, new
    return old, new


def _near(name: str, known: Iterable[str]) -> str:
    """The fix for an unknown name: the closest names, where there are any."""
    from difflib import get_close_matches

    near = get_close_matches(name, list(known), 3, 0.5)
    return f"use {list_text(near, 'or')}" if near else "check the spelling"
