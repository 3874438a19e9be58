"""Whether the engine can be trusted with a formula: its values against those that the file has.

Each formula whose value in the file is not the calculated one is calculated alone, with all that it reads at its
value in the file. If it gives its own value back, the engine gets it right, and it changes only with what it
depends on. If not, it is stale, because someone changed an input, or else the engine gets it wrong. It counts as
stale only where

- all the functions that it calls are verified, against published values and another engine,
- it reads a cell that someone can have changed, and
- no error value has come or gone that a changed input does not explain;

otherwise its value in the file is kept, as is that of all that depends on it. A formula without a value, or in a
file whose writer says that he did not calculate it, is calculated, and named where nothing vouches for the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from xlfuncs.core.errors import DIV0, NA, NAME, SPILL, CellError

# Verified in tests/headless/test_verified.py against published values and another engine.
_VERIFIED = """
    ABS ACOS ANCHORARRAY AND ASIN ATAN AVEDEV AVERAGE AVERAGEA AVERAGEIF AVERAGEIFS BETADIST BETAINV CEILING
    CEILING.MATH CHOOSE COLUMN COLUMNS COMBIN CONCAT CONCATENATE CORREL COS COSH COUNT COUNTA COUNTBLANK COUNTIF
    COUNTIFS COVARIANCE.P COVARIANCE.S CUMIPMT CUMPRINC DATE DAY DAYS DAYS360 DDB DEGREES DEVSQ EDATE EFFECT EOMONTH
    EVEN EXACT EXP FACT FALSE FIND FLOOR FLOOR.MATH FORECAST FORECAST.LINEAR FV GAMMA GAMMALN GCD GEOMEAN HARMEAN
    HLOOKUP HOUR IF IFERROR IFNA IFS INDEX INT INTERCEPT IPMT IRR ISBLANK ISERR ISERROR ISEVEN ISLOGICAL ISNA
    ISNUMBER ISODD ISOWEEKNUM ISTEXT KURT LARGE LCM LEFT LEN LN LOG LOG10 LOWER MATCH MAX MAXA MAXIFS MEDIAN MID MIN
    MINA MINIFS MOD MONTH MROUND N NA NETWORKDAYS NOMINAL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV NORMSDIST
    NORMSINV NOT NPER NPV ODD OR PDURATION PEARSON PERCENTILE PERCENTILE.INC PERMUT PI PMT POWER PPMT PRODUCT PV
    QUARTILE QUARTILE.INC QUOTIENT RADIANS RANK RANK.EQ RATE REPT RIGHT ROUND ROUNDDOWN ROUNDUP ROW ROWS RRI RSQ
    SEQUENCE SIGN SIN SINGLE SINH SKEW SLN SLOPE SMALL SQRT STANDARDIZE STDEV STDEV.P STDEV.S STDEVP STEYX
    SUBSTITUTE SUBTOTAL SUM SUMIF SUMIFS SUMPRODUCT SUMSQ SUMX2MY2 SUMX2PY2 SUMXMY2 SWITCH SYD TAN TANH TIME
    TRANSPOSE TRIM TRIMMEAN TRUE TRUNC UPPER VAR VAR.P VAR.S VARP VLOOKUP WEEKDAY WEEKNUM WORKDAY XIRR XLOOKUP XNPV
    XOR YEAR
"""
VERIFIED = frozenset(_VERIFIED.split())
TEXTUAL = frozenset({"LEFT", "RIGHT", "MID", "LEN", "FIND", "UPPER", "LOWER", "SUBSTITUTE", "REPT", "TRIM", "EXACT"})
NEAR = 1e-9
ROUNDING = 1e-12
_SOLVED = 1e-7  # to which Excel solves an equation
_SOLVERS = {"IRR", "XIRR", "RATE", "YIELD", "ODDFYIELD"}
_ROUGH = """
    ACOS ASIN ATAN AVEDEV CORREL COS COSH COVARIANCE.P COVARIANCE.S CUMIPMT CUMPRINC DDB DEVSQ EFFECT FORECAST
    FORECAST.LINEAR FV GAMMA GEOMEAN HARMEAN INTERCEPT IPMT KURT NOMINAL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV
    NORMSDIST NORMSINV NPER NPV PDURATION PEARSON PMT PPMT PV RRI RSQ SIN SINH SKEW SLOPE STDEV STDEV.P STDEV.S STDEVP
    STEYX SYD TAN TRIMMEAN VAR VAR.P VAR.S VARP XNPV
"""
ROUGH = frozenset(_ROUGH.split())
_FRACTION = re.compile(r"\s*[-+]?\d*\.\d+\s*")
_LOOKUPS = {"VLOOKUP", "HLOOKUP", "XLOOKUP", "MATCH", "XMATCH"}
_MADE_BY_ENGINE = {NAME, "#N/IMPL!", "#CIRC!"}  # what the engine says where it, and not the model, is at fault


def verified(calls: Iterable[str]) -> bool:
    """Whether all of these functions were verified."""
    return VERIFIED.issuperset(calls)


def precision(calls: Iterable[str]) -> float:
    """How near to the file's value a formula comes that gives it back."""
    if not _SOLVERS.isdisjoint(calls):
        return _SOLVED
    return ROUNDING if verified(calls) and ROUGH.isdisjoint(calls) else NEAR


def explicable(old: Any, new: Any, calls: Iterable[str], divides: bool, reads_error: bool) -> bool:
    """Whether an input that was changed can be why a formula came to be an error value, or no longer is one.

    Functions differ most from one engine to the next in where they give up.
    """
    names = set(calls)
    if isinstance(new, CellError) and any(name.startswith("COUNT") for name in names):
        return False  # what counts is not an error by what it counts
    codes = {value.code for value in (old, new) if isinstance(value, CellError)}
    if reads_error or not codes:
        return True
    return (codes == {DIV0} and divides) or (codes == {NA} and not names.isdisjoint(_LOOKUPS))


def agree(old: Any, new: Any, near: float = NEAR, scale: float = 0.0, least: float = 0.0) -> bool:
    """Whether two values are the same but for rounding.

    `scale` is the size of the numbers that they were calculated from, and `least` a difference that does not matter.

    >>> agree(1.0, 1.0 + 1e-12), agree(1.0, 1.1), agree(0.0, -6e-16, scale=1), agree("a", "b"), agree(1.0, True)
    (True, False, True, False, True)
    """
    if (
        isinstance(old, bool) != isinstance(new, bool)
        and isinstance(old, float | bool)
        and isinstance(new, float | bool)
    ):
        return float(old) == float(new)  # some programs store a bool as a number
    if isinstance(old, bool) or isinstance(new, bool) or not isinstance(old, float) or not isinstance(new, float):
        return type(old) is type(new) and bool(old == new)
    apart = abs(old - new)
    return apart <= max(near * max(abs(old), abs(new)), ROUNDING * scale if not (old and new) else 0.0, least)


def made_by_engine(value: Any, dynamic: bool) -> bool:
    """Whether an error value tells of the engine and not of the model."""
    return isinstance(value, CellError) and (value.code in _MADE_BY_ENGINE or (value.code == SPILL and not dynamic))


def is_fraction(value: Any) -> bool:
    """Whether a text is a number that is not whole.

    >>> is_fraction("2.9"), is_fraction("2"), is_fraction("v2.9"), is_fraction(2.9)
    (True, False, False, False)
    """
    return isinstance(value, str) and _FRACTION.fullmatch(value) is not None


def good(value: Any) -> bool:
    """Whether there is a value, and no error."""
    return value is not None and not isinstance(value, CellError)
