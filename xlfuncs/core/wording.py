"""Sentences for people: numbers, quotations and counts as a sentence shows them, and the longest sentence allowed."""

from __future__ import annotations

import math
from collections.abc import Sequence

LONGEST = 255  # characters: what Excel allows in a function wizard and what a reason may have
_DIGITS = 6
_WHOLE = 1e15  # below it every whole number is exact


def number_text(value: float, digits: int = _DIGITS) -> str:
    """A number as a sentence shows it: whole numbers in full, others with the given significant digits.

    >>> number_text(1_000_000.0), number_text(2 / 3), number_text(1.5e-7), number_text(1e300)
    ('1000000', '0.666667', '1.5E-07', '1E+300')
    """
    if math.isinf(value):
        return "infinity" if value > 0 else "-infinity"
    if abs(value) < _WHOLE and value == int(value):
        return str(int(value))
    return f"{value:.{digits}G}"


def number_texts(values: Sequence[float]) -> list[str]:
    """Numbers that a sentence compares: with more digits where different numbers would look the same.

    >>> number_texts([1.0, 1.00000001]), number_texts([0.5, 1.0])
    (['1', '1.00000001'], ['0.5', '1'])
    """
    for digits in (_DIGITS, 9, 12, 15, 17):
        texts = [number_text(value, digits) for value in values]
        if len(set(texts)) == len(set(values)):
            break
    return texts


def quote_text(text: str) -> str:
    """A text that a user gave, in quotation marks, cut to 40 characters.

    >>> quote_text("LTVCAC")
    '"LTVCAC"'
    """
    return f'"{cut_text(text)}"'


def cut_text(text: str) -> str:
    """A text that a user gave, cut to 40 characters.

    >>> len(cut_text(300 * "x")), cut_text("LTVCAC")
    (40, 'LTVCAC')
    """
    return text if len(text) <= 40 else f"{text[:37]}..."


def count_text(count: int, noun: str) -> str:
    """A count with its noun in the singular or the plural.

    >>> count_text(1, "cell"), count_text(3, "cell")
    ('1 cell', '3 cells')
    """
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def count_seconds(seconds: float) -> str:
    """A number of seconds with its noun.

    >>> count_seconds(1), count_seconds(0.001), count_seconds(1e-9)
    ('1 second', '0.001 seconds', '0.000000001 seconds')
    """
    if seconds == 1:
        return "1 second"
    text = number_text(seconds)
    return f"{f'{seconds:.15f}'.rstrip('0') if seconds >= 1e-15 and 'E-' in text else text} seconds"


def describe_exception(problem: BaseException) -> str:
    """What another library says of a failure, for the end of a sentence: its first line, without its full stop.

    >>> describe_exception(ValueError("the part is damaged.\\nSee the log.")), describe_exception(ValueError())
    ('the part is damaged', 'the reason is not known')
    """
    first = next(iter(str(problem).strip().splitlines()), "").rstrip(" .:")
    return first or "the reason is not known"


def list_text(words: Sequence[str], conjunction: str = "and") -> str:
    """Words as a list in a sentence.

    >>> list_text(["bear", "base", "bull"], "or")
    'bear, base or bull'
    """
    return f"{', '.join(words[:-1])} {conjunction} {words[-1]}" if len(words) > 1 else "".join(words)


def fit_text(sentence: str) -> str:
    """The sentence, cut with an ellipsis where it is too long.

    >>> len(fit_text(300 * "x")), fit_text("Short.")
    (255, 'Short.')
    """
    return sentence if len(sentence) <= LONGEST else f"{sentence[: LONGEST - 3]}..."
