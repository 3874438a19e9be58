"""Data: dated, sourced figures of companies, countries, models, chips and currencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeVar

from xlfuncs import data
from xlfuncs.catalogue import bibliography as by
from xlfuncs.catalogue.quantities import (
    Amount,
    AnyResult,
    AsOf,
    ChipField,
    ChipId,
    DataField,
    DataUnit,
    EndOn,
    Entity,
    ExchangeRate,
    Frequency,
    FromCurrency,
    FromUnit,
    HistoryTable,
    ModelId,
    MtokAnswer,
    PriceKind,
    RangeRow,
    Region,
    StartOn,
    Stored,
    Text,
    ToCurrency,
    ToUnit,
)
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import CellError, no_answer
from xlfuncs.core.function import sheet_function
from xlfuncs.core.quantity import omitted
from xlfuncs.core.unit_conversion import converted

CATEGORY = "Data"

_DAY_ZERO = dt.date(1899, 12, 30)
_LAST_SERIAL = 2_958_465  # 9999-12-31

Found = TypeVar("Found", float, str, list[list[float]])


def _day(serial: float | None) -> dt.date | None:
    """The date of an Excel serial; None, for the latest, where it was left out."""
    if serial is None:
        return None
    return _DAY_ZERO + dt.timedelta(days=int(min(max(serial, 1), _LAST_SERIAL)))


def _found(look: Callable[[], Found]) -> Found | CellError:
    try:
        return look()
    except data.DataNotFound as unknown:
        return no_answer(str(unknown))


@sheet_function(source=by.DATA_SET, vectorised=False)
def ai_data(
    entity: Entity, data_field: DataField, as_of: AsOf = omitted("latest"), unit: DataUnit = omitted("native")
) -> Stored:
    """Figure of a company, country or market: the latest on or before a date, in the unit wanted.

    Money converts at the exchange rate of the day of the figure. Units: USD, USD m, USD bn, CNY, share,
    percent and the like. DATA_SOURCE tells where the figure is from.

    Not for: Tests on past prices: as_of is matched with the end of a period and not with its report, so
    revenue is there before anyone knew it.

    >>> ai_data("ZHIPU", "revenue", 45657, "CNY m")
    312.0
    """

    def look() -> float:
        one = data.observation(entity, data_field, _day(as_of))
        return data.convert(one.value, one.unit, unit.strip(), one.as_of) if unit else one.value

    return _found(look)


@sheet_function(source=by.DATA_SET, vectorised=False)
def token_price(
    model_id: ModelId,
    price_kind: PriceKind = "output",
    as_of: AsOf = omitted("latest"),
    region: Region = "intl",
) -> MtokAnswer:
    """List price of a model's tokens in force on a date.

    The maker's own list comes before a reseller's; blended is three parts input to one of output.
    Prices by the time of day are those of 12:00 UTC. The intl and the cn list of one model may differ.

    Not for: Old dates of a model without price history: the one price on record is given for any as_of, even
    before the model was sold.

    >>> token_price("o3", "output", 45809)
    40.0
    """
    kind, where = price_kind.strip().casefold(), region.strip().casefold()
    return _found(lambda: data.token_price(model_id, kind, _day(as_of), where))


@sheet_function(source=by.EPOCH_2025, vectorised=False)
def gpu_spec(chip_id: ChipId, data_field: ChipField) -> Stored:
    """Figure of an accelerator: dense TFLOP/s, memory, bandwidth, power, die area or TPP.

    Not for: Speed in service: the figures are peaks, of which a model often reaches less than half; use
    PREFILL_THROUGHPUT or DECODE_THROUGHPUT.

    >>> gpu_spec("h100-sxm", "bw_tbs")
    3.35
    """
    return _found(lambda: data.chip_spec(chip_id, data_field.strip().casefold()))


@sheet_function(source=by.ECB, vectorised=False)
def fx_rate(from_ccy: FromCurrency, to_ccy: ToCurrency, as_of: AsOf = omitted("latest")) -> ExchangeRate:
    """Exchange rate: units of to_ccy for one of from_ccy, by the last euro reference rates up to a date.

    Not for: Flows of a whole year, which need a mean over its days, and the future: a later as_of gets the
    last rate known.

    >>> fx_rate("EUR", "USD", 43467)  # 2019-01-02
    1.1397
    """
    return _found(lambda: data.fx_rate(from_ccy, to_ccy, _day(as_of)))


@sheet_function(source=by.DATA_SET, vectorised=False)
def data_source(entity: Entity, data_field: DataField, as_of: AsOf = omitted("latest")) -> Text:
    """Source, date and grade of the figure that AI_DATA gives.

    Not for: Figures that several sources dispute: it names the one chosen and not the rest; use DATA_RANGE
    for the spread.

    >>> data_source("CN", "model_pue")
    'Assumption of this workbook (2025-12-31, assumption)'
    """
    return _found(lambda: data.citation(entity, data_field, _day(as_of)))


@sheet_function(
    source=by.DATA_SET,
    constraints=[
        Constraint(
            lambda start_on, end_on: start_on <= end_on, "start_on {start_on} must not come after end_on {end_on}."
        )
    ],
)
def ai_data_hist(
    entity: Entity, data_field: DataField, start_on: StartOn, end_on: EndOn, frequency: Frequency = "Y"
) -> HistoryTable:
    """Every figure of an entity between two dates: the last one of each day, month, quarter or year.

    Not for: Sums over a year: Y keeps the last figure only, so revenue_quarter gives one quarter of four; ask
    for q and add up.

    >>> ai_data_hist("ZHIPU", "revenue", 44562, 45657)
    [[44926.0, 57000000.0], [45291.0, 125000000.0], [45657.0, 312000000.0]]
    """
    first, last = (_day(serial) or dt.date.min for serial in (start_on, end_on))

    def look() -> list[list[float]]:
        found: dict[tuple[int, ...], list[float]] = {}
        for one in data.history(entity, data_field):
            if first <= one.as_of <= last:
                found[_period(one.as_of, frequency.strip().casefold())] = [_serial(one.as_of), one.value]
        if not found:
            raise data.DataNotFound(f"There is no {data_field} of {entity} from {first} to {last}.")
        return list(found.values())

    return _found(look)


def _period(day: dt.date, frequency: str) -> tuple[int, ...]:
    quarter = (day.month - 1) // 3
    return {"y": (day.year,), "q": (day.year, quarter), "m": (day.year, day.month)}.get(frequency, (day.toordinal(),))


def _serial(day: dt.date) -> float:
    return float((day - _DAY_ZERO).days)


@sheet_function(source=by.DATA_SET)
def data_range(entity: Entity, data_field: DataField, as_of: AsOf = omitted("latest")) -> RangeRow:
    """Lowest, chosen and highest figure where sources disagree, in the unit stored.

    Not for: A measure of certainty: with a single source low and high equal the figure, however weak it is;
    see the grade in DATA_SOURCE.

    >>> data_range("OPENAI", "wau")
    [[900000000.0, 900000000.0, 910000000.0]]
    """

    def look() -> list[list[float]]:
        one = data.observation(entity, data_field, _day(as_of))
        return [[one.low, one.value, one.high]]

    return _found(look)


@sheet_function(source=by.SI_2019, vectorised=False)
def unit_convert(quantity: Amount, from_unit: FromUnit, to_unit: ToUnit) -> AnyResult:
    """Amount in another unit: token prices, tokens, energy, power, bytes, compute and time.

    A month has 30.4375 days and a year 8766 hours. Capitals matter: MW is not mW.

    Not for: Prices in other currencies, such as yuan per Mtok: it holds no exchange rates; use FX_RATE.

    >>> unit_convert(1, "kWh", "J")
    3600000.0
    """
    return converted(quantity, from_unit.strip(), to_unit.strip())
