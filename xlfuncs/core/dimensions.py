"""Dimensions: products of powers of base quantities, such as USD per user and time, with their algebra."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Dimension:
    """What a unit measures, as the exponents of base quantities; none at all for a pure number.

    A base quantity is a physical one (time, energy), a currency, or a thing that is counted (users, tokens).

    >>> speed = Dimension.of(length=1, time=-1)
    >>> speed * Dimension.of(time=1) == Dimension.of(length=1), speed / speed == Dimension()
    (True, True)
    """

    exponents: tuple[tuple[str, int], ...] = ()

    @classmethod
    def of(cls, exponents: Mapping[str, int] | None = None, **more: int) -> Dimension:
        """The dimension with these exponents; those of 0 are left out."""
        given = {**(exponents or {}), **more}
        return cls(tuple(sorted((base, exponent) for base, exponent in given.items() if exponent)))

    def __getitem__(self, base: str) -> int:
        """The exponent of a base quantity; 0 where the dimension has no such factor."""
        return dict(self.exponents).get(base, 0)

    def __mul__(self, other: Dimension) -> Dimension:
        exponents = Counter(dict(self.exponents))
        exponents.update(dict(other.exponents))
        return Dimension.of(exponents)

    def __truediv__(self, other: Dimension) -> Dimension:
        return self * other**-1

    def __pow__(self, exponent: int) -> Dimension:
        return Dimension.of({base: power * exponent for base, power in self.exponents})

    def __str__(self) -> str:
        """The dimension as a text.

        >>> str(Dimension.of(USD=1, users=-1, time=-1)), str(Dimension.of(length=2)), str(Dimension())
        ('USD per time-users', 'length^2', 'a number')
        """
        above, below = ([(base, s * power) for base, power in self.exponents if s * power > 0] for s in (1, -1))
        texts = ["-".join(base if power == 1 else f"{base}^{power}" for base, power in side) for side in (above, below)]
        return " per ".join(filter(None, (texts[0] or "1" * bool(below), texts[1]))) or "a number"
