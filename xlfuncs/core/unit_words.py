"""The vocabulary of units: every word that a unit may be made of, with what it measures and how it is spelled."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from xlfuncs.core.dimensions import Dimension

HOURS_PER_YEAR, DAYS_PER_MONTH = 8766, 30.4375  # of a Julian year, 365.25 days
HOUR, DAY = 3600.0, 86_400.0  # in seconds
MONTH, YEAR = DAYS_PER_MONTH * DAY, HOURS_PER_YEAR * HOUR
TIME = Dimension.of(time=1)


@dataclass(frozen=True)
class Word:
    """A word of a unit: what it measures, the base units in one, and its default spellings."""

    dimension: Dimension
    scale: float
    plural: str  # before the first "per"
    singular: str  # after it
    is_open: bool = False  # it depends on something else, such as the currency that a user chooses
    is_known: bool = True


SCALES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "million": 1e6, "bn": 1e9, "billion": 1e9, "tn": 1e12,
    "trillion": 1e12,
}  # fmt: skip
_PREFIXES = {
    "p": 1e-12, "n": 1e-9, "µ": 1e-6, "m": 1e-3, "": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15,
    "E": 1e18, "Z": 1e21,
}  # fmt: skip
_CODES = (  # of ISO 4217
    "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CLP "
    "CNH CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG "
    "HUF IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA "
    "MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD "
    "RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX "
    "USD UYU UZS VED VES VND VUV WST XAF XCD XCG XOF XPF YER ZAR ZMW ZWG"
)
CURRENCIES = frozenset(_CODES.split())
_ENERGY, _INFORMATION, _COMPUTE = Dimension.of(energy=1), Dimension.of(bytes=1), Dimension.of(compute=1)
_TOKENS = Dimension.of(tokens=1)
_NATS = 1 / math.log(2)  # bits in a nat
_OPEN = (
    "as stored", "text", "date", "Excel date serial", "number", "currency", "any currency", "USD unless named",
    "to per from", "any capacity unit", "USD per price_basis tokens",
)  # fmt: skip
_NUMBERS = (
    "ratio", "x", "share", "probability", "weight", "flag", "coefficient", "shape", "0 to 1", "+1 or -1", "log ratio",
    "log standard deviation", "unit of log growth",
)  # fmt: skip
_SCORES = ("points", "score", "0 to 100", "-100 to 100", "0 to 10000")
_SI = {  # units that take a prefix
    "J": (_ENERGY, 1.0), "Wh": (_ENERGY, HOUR), "W": (_ENERGY / TIME, 1.0), "B": (_INFORMATION, 1.0),
    "FLOP": (_COMPUTE, 1.0), "s": (TIME, 1.0), "tok": (_TOKENS, 1.0),
}  # fmt: skip
_OTHERS = {
    "KiB": (_INFORMATION, 2.0**10), "MiB": (_INFORMATION, 2.0**20), "GiB": (_INFORMATION, 2.0**30),
    "Btok": (_TOKENS, 1e9), "mm2": (Dimension.of(length=2), 1e-6), "K": (Dimension.of(temperature=1), 1.0),
    "PFLOP/s-day": (_COMPUTE, 1e15 * DAY), "TOPS or TFLOP/s": (_COMPUTE / TIME, 1e12),
}  # fmt: skip
_SYNONYMS = (  # dimension, scale, and the words: the plural, the singular, then others
    (Dimension(), 0.01, ("percent", "percent", "%", "pct", "per cent")),
    (_INFORMATION, 1.0, ("bytes", "byte")),
    (_INFORMATION, 0.125, ("bits", "bit")),
    (_INFORMATION, 0.125 * _NATS, ("nats", "nat")),
    (TIME, 1.0, ("seconds", "s", "second", "sec")),
    (TIME, 60.0, ("minutes", "minute", "min")),
    (TIME, HOUR, ("hours", "hour", "h", "hr")),
    (TIME, DAY, ("days", "day", "d")),
    (TIME, 7 * DAY, ("weeks", "week", "wk")),
    (TIME, MONTH, ("months", "month", "mo")),
    (TIME, 3 * MONTH, ("quarters", "quarter")),
    (TIME, YEAR, ("years", "year", "yr", "annum")),
    (_TOKENS, 1.0, ("tokens", "token", "tok", "token of context")),
    (Dimension.of(parameters=1), 1.0, ("parameters", "parameter", "active parameter")),
    (Dimension.of(users=1), 1.0, ("MAU", "MAU")),
)
_THINGS = {  # that are counted, with the singular
    "users": "user", "customers": "customer", "accelerators": "accelerator", "queries": "query", "samples": "sample",
    "sequences": "sequence", "tasks": "task", "devices": "device", "employees": "employee", "models": "model",
    "seats": "seat", "periods": "period", "steps": "step", "count": "count", "FTE": "FTE", "TPP": "TPP",
    "H100e": "H100e",
}  # fmt: skip


def _entries() -> Iterator[tuple[Iterable[str], Word]]:
    for texts, dimension, is_open in (
        (_OPEN, Dimension(), True), (_NUMBERS, Dimension(), False), (_SCORES, Dimension.of(points=1), False),
    ):  # fmt: skip
        for text in texts:
            yield (text,), Word(dimension, 1.0, text, text, is_open)
    for code in CURRENCIES:
        yield (code,), Word(Dimension.of({code: 1}), 1.0, code, code)
    for symbol, (dimension, size) in _SI.items():
        for prefix, factor in _PREFIXES.items():
            yield (prefix + symbol,), Word(dimension, factor * size, prefix + symbol, prefix + symbol)
    for symbol, (dimension, size) in _OTHERS.items():
        yield (symbol,), Word(dimension, size, symbol, symbol)
    for dimension, size, words in _SYNONYMS:
        yield words, Word(dimension, size, words[0], words[1])
    for plural, singular in _THINGS.items():
        yield (plural, singular), Word(Dimension.of({plural: 1}), 1.0, plural, singular)


@cache
def vocabulary() -> dict[str, Word]:
    """Every word, by each of its spellings."""
    return {text: word for texts, word in _entries() for text in texts}


def find_word(text: str) -> Word | None:
    """A word of the vocabulary; any other single word stands for a thing that is counted; none for other texts."""
    if text in vocabulary():
        return vocabulary()[text]
    if text != "per" and re.fullmatch(r"(?:[^\W\d_]|[$€£¥])[\w.'$€£¥]*", text):
        return Word(Dimension.of({text: 1}), 1.0, text, text, is_known=False)
    return None
