"""Whether the engine can be trusted with a formula: its values against those that the file has.

Each formula whose value in the file is not the calculated one is calculated alone, with all that it reads at its
value in the file. If it reproduces its own value, the engine gets it right, and it changes only with what it depends
on. If not, it is stale, because someone changed an input, or else the engine gets it wrong. It counts as stale only
where

- all the functions that it calls are verified, against published values and another engine,
- it reads a cell that someone can have changed, and
- no error value has come or gone that a changed input does not explain;

otherwise its value in the file is kept, as is that of all that depends on it. A formula without a value, or in a
file whose writer says that it did not calculate, is calculated, and named where nothing vouches for the result.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from xlfuncs.core.errors import DIV0, NA, NAME, SPILL, CellError
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.workbook import CellKey
from xlfuncs.recalculation.state import State, has_result

# Verified in tests/engine/test_verified.py against published values and another engine.
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
_TEXT_FUNCTIONS = frozenset(
    ["LEFT", "RIGHT", "MID", "LEN", "FIND", "UPPER", "LOWER", "SUBSTITUTE", "REPT", "TRIM", "EXACT"]
)
ROUNDING = 1e-12  # of the numbers that a value is calculated from
_TOLERANCE = 1e-9  # relative, where nothing better is known
_SOLVER_TOLERANCE = 1e-7  # to which Excel solves an equation
_LARGEST_RANGE = 5_000  # cells of a range that are looked at one by one
_SOLVERS = {"IRR", "XIRR", "RATE", "YIELD", "ODDFYIELD"}
# Verified, but not to the last digits.
_ROUGH = """
    ACOS ASIN ATAN AVEDEV CORREL COS COSH COVARIANCE.P COVARIANCE.S CUMIPMT CUMPRINC DDB DEVSQ EFFECT FORECAST
    FORECAST.LINEAR FV GAMMA GEOMEAN HARMEAN INTERCEPT IPMT KURT NOMINAL NORM.DIST NORM.INV NORM.S.DIST NORM.S.INV
    NORMSDIST NORMSINV NPER NPV PDURATION PEARSON PMT PPMT PV RRI RSQ SIN SINH SKEW SLOPE STDEV STDEV.P STDEV.S STDEVP
    STEYX SYD TAN TRIMMEAN VAR VAR.P VAR.S VARP XNPV
"""
_ROUGHLY_VERIFIED = frozenset(_ROUGH.split())
_FRACTION = re.compile(r"\s*[-+]?\d*\.\d+\s*")
_LOOKUPS = {"VLOOKUP", "HLOOKUP", "XLOOKUP", "MATCH", "XMATCH"}
_ENGINE_ERRORS = {NAME, "#N/IMPL!", "#CIRC!"}  # by which the engine reports a limit of its own


def are_verified(calls: Iterable[str]) -> bool:
    """Whether all of these functions were verified."""
    return VERIFIED.issuperset(calls)


def relative_tolerance(calls: Iterable[str]) -> float:
    """The relative difference within which a formula reproduces the file's value.

    >>> relative_tolerance(["SUM"]), relative_tolerance(["NPV"]), relative_tolerance(["SUM", "IRR"])
    (1e-12, 1e-09, 1e-07)
    """
    if not _SOLVERS.isdisjoint(calls):
        return _SOLVER_TOLERANCE
    return ROUNDING if are_verified(calls) and _ROUGHLY_VERIFIED.isdisjoint(calls) else _TOLERANCE


def is_explicable(old: Any, new: Any, calls: Iterable[str], divides: bool, reads_error: bool) -> bool:
    """Whether an input that was changed can be why a formula came to be an error value, or no longer is one.

    Functions differ most from one engine to the next in where they give up.
    """
    names = set(calls)
    if isinstance(new, CellError) and any(name.startswith("COUNT") for name in names):
        return False  # a count is no error where the cells that it counts are errors
    codes = {value.code for value in (old, new) if isinstance(value, CellError)}
    if reads_error or not codes:
        return True
    return (codes == {DIV0} and divides) or (codes == {NA} and not names.isdisjoint(_LOOKUPS))


def agree(old: Any, new: Any, tolerance: float = _TOLERANCE, scale: float = 0.0, least: float = 0.0) -> bool:
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
    difference = abs(old - new)
    return difference <= max(tolerance * max(abs(old), abs(new)), ROUNDING * scale if not (old and new) else 0.0, least)


def is_engine_error(value: Any, dynamic: bool) -> bool:
    """Whether an error value is the fault of the engine and not of the model."""
    return isinstance(value, CellError) and (value.code in _ENGINE_ERRORS or (value.code == SPILL and not dynamic))


def is_fraction(value: Any) -> bool:
    """Whether a text is a number that is not whole.

    >>> is_fraction("2.9"), is_fraction("2"), is_fraction("v2.9"), is_fraction(2.9)
    (True, False, False, False)
    """
    return isinstance(value, str) and _FRACTION.fullmatch(value) is not None


def describe_difference(old: Any, new: Any) -> str:
    """The reason for keeping a value that the engine does not reproduce."""
    return (
        f"Calculated {_format(new)}, the file has {_format(old)}; "
        "the value in the file is kept, and so are the values that depend on it."
    )


def _format(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.15g}"
    return "nothing" if value is None else str(value)


# -- a formula of a workbook ---------------------------------------------------------------------


def calls_ours(state: State, key: CellKey) -> bool:
    """Whether a formula calls a function of the library."""
    return any(name in state.registry for name in state.translated[key].calls)


def is_verified(state: State, key: CellKey) -> bool:
    """Whether everything that a formula does was verified."""
    formula = state.translated[key]
    if formula.calls & _TEXT_FUNCTIONS:
        names_bool = "TRUE" in formula.text or "FALSE" in formula.text
        if names_bool or _reads_unusual_text(state, key):
            return False
    return are_verified(formula.calls | formula.unverified)


def unverified_calls(state: State, key: CellKey) -> frozenset[str]:
    """The functions that a formula calls, and what else it does, that are neither verified nor of the library."""
    formula = state.translated[key]
    does = (formula.calls, formula.unverified)
    if does not in state.unverified_calls:
        state.unverified_calls[does] = frozenset(
            name for name in formula.calls | formula.unverified if name not in VERIFIED and name not in state.registry
        )
    return state.unverified_calls[does]


def is_reproduced(state: State, key: CellKey, place: CellPos, new: Any) -> bool:
    """Whether a formula gives the value that a cell of its has in the file, but for rounding."""
    old = state.values.get((key[0], place))
    if old is None and new == "":
        return True
    tolerance, settings = relative_tolerance(state.translated[key].calls), state.book.settings
    near_zero = isinstance(old, float) and isinstance(new, float) and not (old and new)
    scale = _largest_number(state, key) if near_zero else 0.0
    iterates = settings.iterate and key in state.graph.dependents([key])
    return agree(old, new, tolerance, scale, settings.max_change if iterates else 0.0)


def _largest_number(state: State, key: CellKey) -> float:
    """The largest number that a formula has or reads."""
    largest = state.translated[key].largest_number
    for cell in _cells_read(state, key):
        value = state.values.get(cell)
        if type(value) is float:
            largest = max(largest, abs(value))
    return largest


def find_engine_faults(state: State) -> dict[CellKey, str]:
    """Good values that would become errors by the engine's own fault, each with the reason for keeping it."""
    faults = {}
    for key, new in state.results.items():
        if not isinstance(new, CellError) or state.is_blank(key) or not has_result(state.values.get(key)):
            continue
        legitimate = is_verified(state, key) or calls_ours(state, key) or reads_error(state, key)
        if is_engine_error(new, state.formulas[key].dynamic) or not legitimate:
            faults[key] = describe_difference(state.values[key], new)
    return faults


def reads_error(state: State, key: CellKey) -> bool:
    """Whether a formula reads an error value, as values are at present."""
    return any(isinstance(state.value(cell), CellError) for cell in _cells_read(state, key))


def _reads_unusual_text(state: State, key: CellKey) -> bool:
    """Whether a formula reads what the engine's text functions take in their own way."""
    return any(type(value) is bool or is_fraction(value) for value in map(state.value, _cells_read(state, key)))


def reads_typed_cell(state: State, key: CellKey) -> bool:
    """Whether a formula reads a cell that someone may have changed; or else the file was written uncalculated."""
    formula = state.translated[key]
    if (
        state.book.settings.full_calc_on_load
        or formula.reads_unknown
        or any(area.size > _LARGEST_RANGE for area in formula.areas)
    ):
        return True
    return any(cell not in state.formulas and cell not in state.anchors for cell in _cells_read(state, key))


def _cells_read(state: State, key: CellKey) -> Iterable[CellKey]:
    """The cells that a formula names, those of very large ranges left aside."""
    return (
        (area.sheet, (row, column))
        for area in state.translated[key].areas
        if area.size <= _LARGEST_RANGE
        for row in range(area.top, area.bottom + 1)
        for column in range(area.left, area.right + 1)
    )
