"""The grammar of units: what `USD bn per user-month` measures, on what scale, and over what period.

    unit         = numerator {("per" | "/") denominator}
    numerator    = [scale] words [scale]        "m MAU", "trillion tokens", "USD bn"; empty in "per year"
    denominator  = word {"-" word}              "user-month", "FTE-yr"
    word         = a unit of measure, an SI unit with a prefix, a currency of ISO 4217, or a thing that is counted

The factors of the physical units are those of NIST SP 811; a year has 8766 hours and a month a twelfth of them.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, field, replace
from functools import lru_cache

from xlfuncs.core.dimensions import Dimension
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.unit_words import CURRENCIES, SCALES, TIME, YEAR, Word, find_word, vocabulary
from xlfuncs.core.wording import quote_text

_NUMBERS = {("points", 1), ("time", -1), ("periods", -1)}


class UnitError(XlfuncsError, ValueError):
    """Raised for a text that is no unit, and for units that cannot be converted; the message names the fix."""


@dataclass(frozen=True)
class ParsedUnit:
    """A unit: what it measures, its scale, and the period of a rate. Units multiply and divide.

    >>> energy, price = parse_unit("kW") * parse_unit("h"), parse_unit("USD/kWh")
    >>> energy.equals(parse_unit("kWh")), (energy * price).equals(parse_unit("USD"))
    (True, True)
    """

    dimension: Dimension
    scale: float = 1.0  # base units in one of this unit, but for the period: 1e9 for USD bn, 0.01 for percent
    period: float = 1.0  # periods in a year, where the unit is per period of time: 12 for USD per month
    is_open: bool = False  # the unit depends on something else, as in "any currency"; the dimension tells nothing
    numerator: str = field(default="", compare=False)  # what stands before the first "per", in the default spelling
    per: tuple[str, ...] = field(default=(), compare=False)  # the words of the denominators, the period last
    is_known: bool = field(default=True, compare=False)  # false where a word is taken for a thing that is counted

    @property
    def currency(self) -> str:
        """The currency of an amount, a price or a rate of money; empty for other units.

        >>> parse_unit("CNY bn/yr").currency, parse_unit("CNY per USD").currency, parse_unit("tokens").currency
        ('CNY', 'CNY', '')
        """
        return next((base for base, power in self.dimension.exponents if power == 1 and base in CURRENCIES), "")

    @property
    def is_number(self) -> bool:
        """Whether it is a pure number, a score, or a rate of one: such units add up with one another.

        >>> [parse_unit(text).is_number for text in ("share", "per month", "0 to 100", "users", "USD")]
        [True, True, True, False, False]
        """
        return not self.is_open and set(self.dimension.exponents) <= _NUMBERS

    def equals(self, other: ParsedUnit) -> bool:
        """Whether it is the same unit, but for rounding in a calculation of units."""
        same = self.dimension == other.dimension and self.is_open == other.is_open
        return same and math.isclose(self._base_units, other._base_units, rel_tol=1e-9)

    @property
    def _base_units(self) -> float:
        """The base units in one of this unit; that of time is the second."""
        return self.scale * (self.period / YEAR) if self.dimension["time"] == -1 else self.scale

    def __mul__(self, other: ParsedUnit) -> ParsedUnit:
        dimension, is_open = self.dimension * other.dimension, self.is_open or other.is_open
        if self.dimension["time"] and other.dimension["time"]:
            return _in_base_units(dimension, self._base_units * other._base_units, is_open)
        return ParsedUnit(dimension, self.scale * other.scale, self.period * other.period, is_open)

    def __truediv__(self, other: ParsedUnit) -> ParsedUnit:
        dimension, is_open = self.dimension / other.dimension, self.is_open or other.is_open
        if not other.dimension["time"]:
            return ParsedUnit(dimension, self.scale / other.scale, self.period, is_open)
        if other.dimension == TIME and not self.dimension["time"]:
            return ParsedUnit(dimension, self.scale, YEAR / other.scale, is_open)
        return _in_base_units(dimension, self._base_units / other._base_units, is_open)

    def __str__(self) -> str:
        """The default spelling, which parses to an equal unit.

        >>> str(parse_unit("USD/FTE-yr")), str(parse_unit("TFLOP/s")), str(parse_unit("USD per user per month"))
        ('USD per FTE-year', 'TFLOP/s', 'USD per user-month')
        """
        if not self.numerator and not self.per:  # the result of a calculation
            return f"{self._base_units:g} {self.dimension}"
        per_second = self.per[-1:] == ("s",)
        head, things = (f"{self.numerator}/s", self.per[:-1]) if per_second else (self.numerator, self.per)
        return f"{head} per {'-'.join(things)}".strip() if things else head


def _in_base_units(dimension: Dimension, amount: float, is_open: bool) -> ParsedUnit:
    return ParsedUnit(dimension, amount, YEAR if dimension["time"] == -1 else 1.0, is_open)


@lru_cache(maxsize=4096)
def parse_unit(text: str) -> ParsedUnit:
    """The unit that a text spells; raises `UnitError` where it is none.

    A word that is not in the vocabulary is taken for a thing that is counted.

    >>> unit = parse_unit("USD bn/month")
    >>> str(unit.dimension), unit.scale, unit.period, unit.per
    ('USD per time', 1000000000.0, 12.0, ('month',))
    """
    plain = " ".join(text.split())
    head, *groups = [plain] if plain in vocabulary() else re.split(r" ?/ ?|(?:^| )per ", plain)
    scale, numerator, spelling = _split_numerator(head)
    denominators = [word for group in groups for word in _split_words(group)]
    if None in numerator or None in denominators or not (numerator or denominators):
        raise UnitError(
            f"The text {quote_text(text)} is not a unit; use a unit such as USD bn, USD/Mtok, kWh or share."
        )
    unit = ParsedUnit(Dimension())
    for word in filter(None, numerator):
        unit = unit * _unit_of(word)
    if scale != 1.0:
        unit = replace(unit, scale=unit.scale * scale)
    words = list(filter(None, denominators))
    for word in words:
        unit = unit / _unit_of(word)
    per = tuple(word.singular for word in sorted(words, key=lambda word: word.dimension == TIME))
    is_known = all(word.is_known for word in (*filter(None, numerator), *words))
    return replace(unit, numerator=spelling, per=per, is_known=is_known)


def _split_numerator(head: str) -> tuple[float, list[Word | None], str]:
    """The scale of a numerator, its words and its default spelling."""
    scale, before, words, after = 1.0, "", head, ""
    first, _, behind = head.partition(" ")
    ahead, _, last = head.rpartition(" ")
    if head not in vocabulary() and ahead and last in SCALES:
        scale, words, after = SCALES[last], ahead, f" {last}"
    elif head not in vocabulary() and behind and first in SCALES:
        scale, before, words = SCALES[first], f"{first} ", behind
    found = _split_words(words) if words else []
    return scale, found, f"{before}{'-'.join(word.plural for word in found if word)}{after}"


def _split_words(text: str) -> list[Word | None]:
    return [find_word(text)] if text in vocabulary() else [find_word(word) for word in text.split("-")]


def _unit_of(word: Word) -> ParsedUnit:
    rate = word.dimension["time"] == -1
    return ParsedUnit(word.dimension, word.scale, YEAR if rate else 1.0, word.is_open)


def conversion(old: ParsedUnit, new: ParsedUnit) -> tuple[float, float]:
    """What to multiply and what to divide an amount by; raises `UnitError` for units that do not fit together.

    A rate of growth or churn compounds, so that one per month is not converted to one per year.

    >>> conversion(parse_unit("USD bn/month"), parse_unit("USD per year"))
    (12000000000.0, 1.0)
    """
    compounds = old.dimension == TIME**-1 and old.period != new.period
    if old.dimension != new.dimension or compounds or old.is_open or new.is_open:
        raise UnitError(
            f"A figure in {old} cannot be converted to {quote_text(str(new))}; use a unit of the same kind."
        )
    if old.period == new.period:
        return old.scale, new.scale
    return old.scale * old.period, new.scale * new.period


def convert_units(amount: float, old: str, new: str) -> float:
    """An amount in another unit; raises `UnitError`.

    >>> convert_units(1.5, "kWh", "MJ"), convert_units(300.0, "USD per month", "USD k/yr")
    (5.4, 3.6)
    """
    multiplier, divisor = conversion(parse_unit(old), parse_unit(new))
    return amount * multiplier / divisor
