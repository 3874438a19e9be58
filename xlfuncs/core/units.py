"""The units of the functions, each with the number format in which a worksheet shows it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from xlfuncs.core.unit_grammar import ParsedUnit, UnitError, parse_unit

GENERAL = "#,##0.00;(#,##0.00);0.00"


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: the name that users read and a worksheet number format.

    >>> str(Unit("USD per Mtok", "0.0000"))
    'USD per Mtok'
    """

    name: str
    number_format: str = GENERAL

    def __str__(self) -> str:
        return self.name

    @property
    def parsed(self) -> ParsedUnit:
        """What the unit measures, its scale and its period."""
        return parse_unit(self.name)


def spell_unit(text: str) -> str:
    """A unit in the spelling of the functions; a text that is no unit stays as it is.

    >>> spell_unit("USD/user-month"), spell_unit("CNY/yr"), spell_unit("TFLOP/s")
    ('USD per user-month', 'CNY per year', 'TFLOP/s')
    """
    try:
        return text if text in named_units() else str(parse_unit(text))
    except UnitError:
        return text


def number_format(unit: str) -> str:
    """The number format in which a worksheet shows figures in a unit.

    >>> number_format("share"), number_format("USD bn"), number_format("CNY per month")
    ('0.0%;(0.0%);0.0%', '#,##0.0;(#,##0.0);0.0', '#,##0.00;(#,##0.00);0.00')
    """
    if unit in named_units():
        return named_units()[unit].number_format
    try:
        parsed = parse_unit(unit)
    except UnitError:
        return GENERAL
    return _TENTHS if parsed.currency and parsed.scale >= 1e3 and not parsed.per else GENERAL


@cache
def named_units() -> dict[str, Unit]:
    """The units of the functions, by name."""
    return {unit.name: unit for unit in globals().values() if isinstance(unit, Unit)}


_MONEY = "#,##0;(#,##0);0"
_CENTS = GENERAL
_TENTHS = "#,##0.0;(#,##0.0);0.0"
_SMALL = "0.0000;(0.0000);0.0000"
_WHOLE = "#,##0;(#,##0);0"
_PERCENT = "0.0%;(0.0%);0.0%"
_MULTIPLE = "0.0x;(0.0x);0.0x"
_DECIMAL = "0.00;(0.00);0.00"
_SCIENTIFIC = "0.00E+00"

TEXT = Unit("text", "@")
SHARE = Unit("share", _PERCENT)
PER_YEAR = Unit("per year", _PERCENT)
PER_PERIOD = Unit("per period", _PERCENT)
RATIO = Unit("ratio", _DECIMAL)
MULTIPLE = Unit("x", _MULTIPLE)
FACTOR_PER_YEAR = Unit("x per year", _MULTIPLE)
LOG_RATIO = Unit("log ratio", "0.000;(0.000);0.000")
SCORE = Unit("-100 to 100", "0.0;(0.0);0.0")
INTENSITY = Unit("0 to 100", "0.0")
PROBABILITY = Unit("probability", "0.0%")
UNIT_INTERVAL = Unit("0 to 1", "0.00")
WEIGHT = Unit("weight", "0.00")
SIGN = Unit("+1 or -1", "0")
FLAG = Unit("flag", "0")
COUNT = Unit("count", _WHOLE)
COUNT_PER_PERIOD = Unit("count per period", _WHOLE)
NUMBER = Unit("number", "General")

USD = Unit("USD", _MONEY)
USD_PER_PERIOD = Unit("USD per period", _CENTS)
USD_PER_YEAR = Unit("USD per year", _MONEY)
USD_PER_MONTH = Unit("USD per month", _CENTS)
USD_PER_USER = Unit("USD per user", _CENTS)
USD_PER_USER_MONTH = Unit("USD per user-month", _SMALL)
USD_PER_USER_PERIOD = Unit("USD per user per period", _SMALL)
USD_PER_USER_YEAR = Unit("USD per user-year", _SMALL)
USD_PER_CUSTOMER = Unit("USD per customer", _CENTS)
USD_PER_MTOK = Unit("USD per Mtok", _SMALL)
USD_PER_PRICE_BASIS = Unit("USD per price_basis tokens", "General")
USD_PER_HOUR = Unit("USD per accelerator-hour", _SMALL)
USD_PER_KWH = Unit("USD per kWh", _SMALL)
USD_PER_LOG_GROWTH = Unit("USD per unit of log growth", _MONEY)
CURRENCY = Unit("any currency", _CENTS)
EXCHANGE_RATE = Unit("to per from", _SMALL)
AS_STORED = Unit("as stored", "General")

TOKENS = Unit("tokens", _WHOLE)
TOKENS_PER_QUERY = Unit("tokens per query", _WHOLE)
TOKENS_PER_SECOND = Unit("tokens/s per accelerator", "#,##0.0")
TOKENS_PER_PARAM = Unit("tokens per active parameter", "0.0")
TRILLION_TOKENS = Unit("trillion tokens", "#,##0.0")
BILLION_PARAMS = Unit("billion parameters", "#,##0.0")
USERS = Unit("users", _WHOLE)
PER_DAY = Unit("per user per day", _DECIMAL)
SAMPLES = Unit("samples", _WHOLE)
SEQUENCES = Unit("sequences", _WHOLE)
ACCELERATORS = Unit("accelerators", _WHOLE)

YEARS = Unit("years", _DECIMAL)
MONTHS = Unit("months", "0.0")
DAYS = Unit("days", "#,##0.0")
PERIODS = Unit("periods", "0.0")
PERIODS_PER_YEAR = Unit("periods per year", "0")
MILLISECONDS = Unit("ms per step", _DECIMAL)
DATE = Unit("Excel date serial", "yyyy-mm-dd")

TFLOPS = Unit("TFLOP/s", "#,##0")
GFLOP_PER_TOKEN = Unit("GFLOP per token", _DECIMAL)
FLOP = Unit("FLOP", _SCIENTIFIC)
FLOP_PER_JOULE = Unit("FLOP per J", _SCIENTIFIC)
TBS = Unit("TB/s", _DECIMAL)
GB = Unit("GB per accelerator", "#,##0")
BYTES = Unit("bytes", _WHOLE)
BYTES_PER_PARAM = Unit("bytes per parameter", "0.0")
BYTES_PER_TOKEN = Unit("bytes per token of context", _WHOLE)
BITS = Unit("bits", _SCIENTIFIC)
PJ_PER_BIT = Unit("pJ per bit", _DECIMAL)
KW = Unit("kW per accelerator", "0.000")
JOULE_PER_TOKEN = Unit("J per token", "0.00E+00")
KELVIN = Unit("K", "0")
TOPS = Unit("TOPS or TFLOP/s", "#,##0")
TPP = Unit("TPP", "#,##0")
CAPACITY = Unit("any capacity unit", _DECIMAL)
HHI = Unit("0 to 10000", "#,##0")
POINTS = Unit("points", "0.00")
FTE = Unit("FTE", "#,##0.0")
USD_PER_FTE_YEAR = Unit("USD per FTE-year", _MONEY)
USD_PER_WORK_HOUR = Unit("USD per hour", _CENTS)
USD_PER_DAY = Unit("USD per day", _MONEY)
USD_PER_TASK = Unit("USD per task", _SMALL)
TASKS_PER_MONTH = Unit("tasks per month", _WHOLE)
MINUTES = Unit("minutes", "0.0")
PER_MONTH = Unit("per month", _PERCENT)
NATS = Unit("nats per token", _SMALL)
COEFFICIENT = Unit("coefficient", _SMALL)
SHAPE = Unit("shape", "0.000")
LOG_SD = Unit("log standard deviation", _DECIMAL)
AS_NAMED = Unit("USD unless named", _CENTS)
