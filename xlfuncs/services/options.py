"""Checks of the values that callers give: each wrong one is refused with a sentence that names the option."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Iterable
from decimal import Decimal
from numbers import Integral, Real
from pathlib import Path

import numpy as np

from xlfuncs.core.exceptions import InvalidOption

_LONGEST = 2_000_000  # seconds: a system call waits for at most 2**31 milliseconds
_LONGEST_TEXT = 100  # characters of a value in a sentence


def check_path(name: str, value: object) -> Path:
    """The path that a text or a path object gives."""
    try:
        text = os.fspath(value) if isinstance(value, (str, os.PathLike)) else None
    except TypeError:  # of an object that only claims to be a path
        text = None
    if not isinstance(text, str) or not text:
        raise InvalidOption(f"{name} must be a path, as text or a path object; got {_show(value)}.")
    if "\0" in text:
        raise InvalidOption(f"{name} must be a path, which has no null character; got {_show(text)}.")
    try:
        os.fsencode(text)
    except UnicodeError:
        raise InvalidOption(f"{name} must be a path that the system can spell; got {_show(text)}.") from None
    return Path(text)


def check_paths(name: str, value: object) -> list[Path]:
    """The paths that a list, or anything else to iterate over, gives."""
    no_list = isinstance(value, (str, bytes, os.PathLike)) or not getattr(value, "ndim", 1)  # the latter for an array
    if no_list or not isinstance(value, Iterable):
        raise InvalidOption(f"{name} must be a list of paths; got {_show(value)}.")
    return [check_path(name, path) for path in value]


def check_suffix(name: str, value: object, suffixes: tuple[str, ...]) -> Path:
    """The path of a file of one of these kinds."""
    path = check_path(name, value)
    if path.suffix.lower() not in suffixes:
        raise InvalidOption(f"{name} must be a {' or a '.join(suffixes)} file; got {path.name or _show(str(path))}.")
    return path


def check_timeout(value: object) -> float:
    """A number of seconds after which a calculation is stopped."""
    try:
        seconds = float(value) if isinstance(value, Real | Decimal) and not isinstance(value, bool) else 0.0
    except (OverflowError, ValueError):  # the latter for the signalling NaN of a Decimal
        seconds = 0.0
    if not 0 < seconds <= _LONGEST:
        raise InvalidOption(
            f"timeout must be a number of seconds above 0 and at most {_LONGEST:,}; got {_show(value)}."
        )
    return seconds


def check_flags(**flags: object) -> None:
    """Refuse options that are neither True nor False; a boolean of numpy is one of them."""
    for name, value in flags.items():
        if not isinstance(value, bool | np.bool_):
            raise InvalidOption(f"{name} must be True or False; got {_show(value)}.")


def check_text(name: str, value: object) -> str:
    """A text, which may be empty."""
    if not isinstance(value, str):
        raise InvalidOption(f"{name} must be text; got {_show(value)}.")
    return value


def check_count(name: str, value: object, least: int, most: int | None = None) -> int:
    """A whole number within its bounds."""
    count = int(value) if isinstance(value, Integral) and not isinstance(value, bool) else None
    if count is None or count < least or (most is not None and count > most):
        bounds = f"of at least {least}" if most is None else f"from {least} to {most:,}"
        raise InvalidOption(f"{name} must be a whole number {bounds}; got {_show(value)}.")
    return count


def check_names(name: str, value: object) -> tuple[str, ...]:
    """Names, given as one text or as several."""
    try:
        items: list[object] = [value] if isinstance(value, str) or not isinstance(value, Iterable) else list(value)
    except TypeError:  # an array without dimensions only looks like one that can be iterated over
        items = [value]
    names = tuple(item for item in items if isinstance(item, str) and item)
    if len(names) < len(items):
        raise InvalidOption(f"{name} must be a name or a list of names; got {_show(value)}.")
    return names


def check_day(name: str, value: object) -> dt.date | None:
    """A day, or none; of a date with a time, its day."""
    if value is not None and (not isinstance(value, dt.date) or value != value):  # NaT of pandas differs from itself
        raise InvalidOption(f"{name} must be a date; got {_show(value)}.")
    return value.date() if isinstance(value, dt.datetime) else value


def check_choice(name: str, value: object, choices: tuple[str, ...]) -> str:
    """One of several words."""
    if not isinstance(value, str) or value not in choices:
        raise InvalidOption(f"{name} must be {' or '.join(choices)}; got {_show(value)}.")
    return value


def _show(value: object) -> str:
    """A value as Python spells it, in one line and cut where it is long."""
    try:
        text = " ".join(repr(value).split())
    except ValueError:  # a whole number of too many digits
        return "a number of many digits"
    except Exception:  # whatever an object of the user's may raise
        return f"an object of type {type(value).__name__}"
    return text if len(text) <= _LONGEST_TEXT else f"{text[:_LONGEST_TEXT]}..."
