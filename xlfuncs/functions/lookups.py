"""Data: dated, sourced figures of companies, countries, models, chips and currencies."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

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
from xlfuncs.core.dates import LAST_SERIAL, from_serial, to_serial
from xlfuncs.core.errors import CellError, no_answer
from xlfuncs.core.function import sheet_function
from xlfuncs.core.quantity import omitted
from xlfuncs.core.unit_conversion import convert_amount
from xlfuncs.core.wording import quote_text

if TYPE_CHECKING:
    from xlfuncs import data

CATEGORY = "Data"

Found = TypeVar("Found", float, str, list[list[float]])


def _day(serial: float | None) -> dt.date | None:
    """The date of an Excel serial; None, for the latest, where it was left out."""
    if serial is None:
        return None
    return from_serial(min(max(serial, 1), LAST_SERIAL))


def _look_up(look: Callable[[], Found]) -> Found | CellError:
    global data
    from xlfuncs import data  # by the first look-up, since most users of the functions never need the data set

    try:
        return look()
    except data.DataNotFound as unknown:
        return no_answer(str(unknown))


@sheet_function(source=by.DATA_SET, vectorised=False)
def ai_data(
    entity: Entity, data_field: DataField, as_of: AsOf = omitted("latest"), unit: DataUnit = omitted("native")
) -> Stored:
    """Figure of a company, country or market: the latest on or before a date, in the unit requested.

    Money is converted at the exchange rate on the date of the figure. Units include USD, USD m, USD bn, CNY, share
    and percent. DATA_SOURCE returns the source of the figure.

    Not for: Backtests on past prices. The cut-off as_of is compared with the end of a period, not with its
    publication, so revenue appears before anyone knew it.

    >>> ai_data("ZHIPU", "revenue", 45657, "CNY m")
    312.0
    """

    def look() -> float:
        figure = data.observation(entity, data_field, _day(as_of))
        return data.convert(figure.value, figure.unit, unit.strip(), figure.as_of) if unit else figure.value

    return _look_up(look)


@sheet_function(source=by.DATA_SET, vectorised=False)
def token_price(
    model_id: ModelId,
    price_kind: PriceKind = "output",
    as_of: AsOf = omitted("latest"),
    region: Region = "intl",
) -> MtokAnswer:
    """List price of a model's tokens in force on a date.

    The developer's own list takes precedence over that of a reseller. The blended price weights input and output
    tokens 3 to 1. Prices that vary by the time of day are those of 12:00 UTC. The intl and cn lists of a model may
    differ.

    Not for: Old dates of a model without a price history. The only price on record is returned for any as_of, even
    before the model was released.

    >>> token_price("o3", "output", 45809)
    40.0
    """
    kind, where = price_kind.strip().casefold(), region.strip().casefold()
    return _look_up(lambda: data.token_price(model_id, kind, _day(as_of), where))


@sheet_function(source=by.EPOCH_2025, vectorised=False)
def gpu_spec(chip_id: ChipId, data_field: ChipField) -> Stored:
    """Specification of an accelerator: dense TFLOP/s, memory, bandwidth, power, die area or TPP.

    Not for: Speed in service. The figures are peak values, of which a model often reaches less than half; use
    PREFILL_THROUGHPUT or DECODE_THROUGHPUT.

    >>> gpu_spec("h100-sxm", "bw_tbs")
    3.35
    """
    return _look_up(lambda: data.chip_spec(chip_id, data_field.strip().casefold()))


@sheet_function(source=by.ECB, vectorised=False)
def fx_rate(from_ccy: FromCurrency, to_ccy: ToCurrency, as_of: AsOf = omitted("latest")) -> ExchangeRate:
    """Exchange rate: units of to_ccy per unit of from_ccy, from the euro reference rates on or before a date.

    Not for: Cash flows of a whole year, which need an average rate, or future dates, for which the latest known rate
    is returned.

    >>> fx_rate("EUR", "USD", 43467)  # 2019-01-02
    1.1397
    """
    return _look_up(lambda: data.fx_rate(from_ccy, to_ccy, _day(as_of)))


@sheet_function(source=by.DATA_SET, vectorised=False)
def data_source(entity: Entity, data_field: DataField, as_of: AsOf = omitted("latest")) -> Text:
    """Source, date and quality grade of the figure that AI_DATA returns.

    Not for: Figures on which sources disagree. Only the source of the chosen figure is named; use DATA_RANGE for the
    spread.

    >>> data_source("CN", "model_pue")
    'Assumption of this workbook (2025-12-31, assumption)'
    """
    return _look_up(lambda: data.citation(entity, data_field, _day(as_of)))


@sheet_function(
    source=by.DATA_SET,
    constraints=[
        Constraint(
            lambda start_on, end_on: start_on <= end_on, "start_on {start_on} must not be later than end_on {end_on}."
        )
    ],
)
def ai_data_hist(
    entity: Entity, data_field: DataField, start_on: StartOn, end_on: EndOn, frequency: Frequency = "Y"
) -> HistoryTable:
    """History of a figure between two dates: the last value of each day, month, quarter or year.

    Not for: Yearly totals. Frequency y keeps only the last value, so revenue_quarter returns one quarter of four; use
    q and add up the values.

    >>> ai_data_hist("ZHIPU", "revenue", 44562, 45657)
    [[44926.0, 57000000.0], [45291.0, 125000000.0], [45657.0, 312000000.0]]
    """
    first, last = (_day(serial) or dt.date.min for serial in (start_on, end_on))

    def look() -> list[list[float]]:
        latest: dict[tuple[int, ...], list[float]] = {}
        known = f"The field {quote_text(data_field)} of {quote_text(entity)}"
        for figure in data.history(entity, data_field):
            if first <= figure.as_of <= last:
                latest[_period(figure.as_of, frequency.strip().casefold())] = [to_serial(figure.as_of), figure.value]
        if not latest:
            raise data.DataNotFound(f"{known} has no figure from start_on {first} to end_on {last}; widen the dates.")
        return list(latest.values())

    return _look_up(look)


def _period(day: dt.date, frequency: str) -> tuple[int, ...]:
    quarter = (day.month - 1) // 3
    return {"y": (day.year,), "q": (day.year, quarter), "m": (day.year, day.month)}.get(frequency, (day.toordinal(),))


@sheet_function(source=by.DATA_SET)
def data_range(entity: Entity, data_field: DataField, as_of: AsOf = omitted("latest")) -> RangeRow:
    """Lowest, chosen and highest figure where sources disagree, in the stored unit.

    Not for: A measure of certainty. With a single source, low and high equal the figure, however weak the source is;
    check the grade in DATA_SOURCE.

    >>> data_range("OPENAI", "wau")
    [[900000000.0, 900000000.0, 910000000.0]]
    """

    def look() -> list[list[float]]:
        figure = data.observation(entity, data_field, _day(as_of))
        return [[figure.low, figure.value, figure.high]]

    return _look_up(look)


@sheet_function(source=by.SI_2019, vectorised=False)
def unit_convert(quantity: Amount, from_unit: FromUnit, to_unit: ToUnit) -> AnyResult:
    """Amount converted to another unit of token prices, tokens, energy, power, bytes, compute or time.

    A month has 30.4375 days and a year has 8766 hours. Unit names are case-sensitive: MW is not mW.

    Not for: Prices in other currencies, such as yuan per Mtok. The function has no exchange rates; use FX_RATE.

    >>> unit_convert(1, "kWh", "J")
    3600000.0
    """
    return convert_amount(quantity, from_unit.strip(), to_unit.strip())
