"""The exceptions that leave the package: one base, each with a message for people."""

from __future__ import annotations

import copyreg
import re
from typing import Any

_HALVES = re.compile("[\ud800-\udc7f\udd00-\udfff]")  # surrogates other than those that stand for bytes


class XlfuncsError(Exception):
    """The base of every exception that the package raises; `str()` is a sentence for people."""

    def __init__(self, *args: object) -> None:
        super().__init__(*(printable(arg) if isinstance(arg, str) else arg for arg in args))

    def __reduce__(self) -> tuple[Any, ...]:
        """Travel to other processes, and be copied, with message and attributes, whatever the constructor takes."""
        return copyreg.__newobj__, (type(self), *self.args), vars(self)  # type: ignore[attr-defined]  # not in typeshed


class ArgumentError(XlfuncsError, TypeError):
    """Raised when a function is called with arguments that it does not have."""


class AlignmentError(XlfuncsError, ValueError):
    """Raised when a function is called with pandas Series of different indexes."""


class DeclarationError(XlfuncsError):
    """Raised when a function is declared with names that its arguments do not have, or without a category."""


class WorkbookRejected(XlfuncsError):
    """Raised when a workbook is rejected; nothing has been written."""


class InvalidOption(XlfuncsError, ValueError):
    """Raised for an option with a value that it does not take; nothing has been read or written."""


class TimedOut(XlfuncsError):
    """Raised when another program takes longer than its timeout; the message does not say how to allow more."""


class MissingDependency(XlfuncsError):
    """Raised when a package of an extra is not installed; the message says how to install it."""


def printable(text: str) -> str:
    """Text in which bytes of file names that are not valid UTF-8, and halves of characters, show as replacements."""
    return _HALVES.sub("\ufffd", text).encode("utf-8", "surrogateescape").decode("utf-8", "replace")
