"""Error values as a worksheet shows them, with the reason in words."""

from __future__ import annotations

from dataclasses import dataclass, field

from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.wording import fit_text

VALUE = "#VALUE!"
NUM = "#NUM!"
DIV0 = "#DIV/0!"
NA = "#N/A"
NAME = "#NAME?"
REF = "#REF!"
NULL = "#NULL!"
SPILL = "#SPILL!"
CALC = "#CALC!"

CODES = (VALUE, NUM, DIV0, NA, NAME, REF, NULL, SPILL, CALC)


@dataclass(frozen=True, slots=True)
class CellError:
    """An error value in a cell: `str()` gives the code, `.why` a sentence of at most 255 characters.

    Two error values are equal if their codes are equal; the sentence does not count.

    >>> str(CellError("#NUM!", "churn must be from 0 to 1; got 1.5."))
    '#NUM!'
    """

    code: str
    why: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.code


def no_answer(why: str) -> CellError:
    """#N/A with the reason, for a formula that has no answer."""
    return CellError(NA, fit_text(why))


class FormulaError(XlfuncsError, ValueError):
    """Raised by a Python call on single values if a worksheet would show an error value."""

    def __init__(self, error: CellError | str) -> None:
        if isinstance(error, str):  # the reason alone, as of a ValueError
            error = CellError(VALUE, error)
        super().__init__(f"{error.code} {error.why}".strip())
        self.error = error

    @property
    def code(self) -> str:
        """The error value a cell would show, such as ``#NUM!``."""
        return self.error.code

    @property
    def why(self) -> str:
        """The sentence that names the argument, its value, the limit and the fix."""
        return self.error.why
