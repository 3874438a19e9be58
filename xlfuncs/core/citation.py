"""Sources of formulas."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Source:
    """A citation: author, title, year and an optional link.

    >>> str(Source("Bass, F.", "A new product growth model for consumer durables", 1969))
    'Bass, F. (1969), A new product growth model for consumer durables'
    """

    author: str
    title: str
    year: int
    url: str = ""

    def __str__(self) -> str:
        return f"{self.author} ({self.year}), {self.title}"
