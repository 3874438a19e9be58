"""Names of functions: how files and hosts store them, and how the engine wants them."""

from __future__ import annotations

import re
from collections.abc import Container

from xlfuncs.engine.tokens import ARRAY, FUNCTION, OPEN, SEPARATOR, WHITESPACE, Token, tokenize

# Functions of our own that the translation puts into formulas for the engine.
OMITTED = "XLFUNCS_OMITTED"  # stands for an argument that was left out
EACH = "XLFUNCS_EACH"  # calls a function of single values for each of several
DIGITS = "XLFUNCS_DIGITS"  # rounds a number to the 15 digits by which Excel compares
SNAP = "XLFUNCS_SNAP"  # a difference, or 0 where it is no more than rounding
COUNT = "XLFUNCS_COUNT"  # consecutive numbers in so many rows and columns

# Functions whose value differs from one calculation to the next though no input has changed.
NONDETERMINISTIC = frozenset({"NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY"})
# Functions that read cells which their arguments do not name.
DYNAMIC_REFERENCES = frozenset({"OFFSET", "INDIRECT"})
# Functions that Excel calculates at every recalculation, whatever has changed; CELL and INFO with some arguments only.
VOLATILE = NONDETERMINISTIC | DYNAMIC_REFERENCES | {"CELL", "INFO"}

# Excel and its hosts store a function with a prefix: _xlfn. for newer built-ins, _xll. for add-ins,
# _xludf. and _xldudf_ for custom functions, which people type as XLFUNCS.LTV; [1]! or 'path\name.xlam'! for other
# workbooks.
_PREFIX = re.compile(
    r"^(?:'[^']*'!|\[\d+\]!|_xlfn\.|_xlws\.|_xll\.|_xludf\.|_xldudf_(?:XLFUNCS_)?|XLFUNCS\.)+",
    re.IGNORECASE,
)
_NEWER = ("_xlfn.", "_xlws.")
OFFICE_JS_PREFIX = "_xldudf_XLFUNCS_"  # before our functions where they come through Office.js
_BLANK_ARGUMENT = re.compile(r"[,(]\s*[,)]")


def base_name(stored: str) -> str:
    """The name of a function as people type it.

    >>> base_name("_xll.Ltv_Cac"), base_name("'C:\\\\addins\\\\xlfuncs.xlam'!LTV"), base_name("_xlfn.LET")
    ('LTV_CAC', 'LTV', 'LET')
    """
    return _PREFIX.sub("", stored).upper()


def name_in_token(token: Token) -> str:
    """The base name in a token that opens a function."""
    return base_name(token.text[:-1].strip())


def called_functions(formula: str) -> list[str]:
    """The functions that a formula calls, by base name, in order.

    >>> called_functions('=IFERROR(_xll.LTV(1, 2, 3), "SUM(")')
    ['IFERROR', 'LTV']
    """
    return [name_in_token(token) for token in tokenize(formula) if token.opens_function]


def rename_functions(formula: str, names: Container[str], prefix: str) -> str:
    """The formula with some functions, given by their base names, stored with a prefix of a host.

    >>> rename_functions('=IF(A1,_xll.LTV(1,2,3),"LTV(")', {"LTV"}, "ORG.XLCALC.ADDIN.")
    '=IF(A1,ORG.XLCALC.ADDIN.LTV(1,2,3),"LTV(")'
    """
    return "=" + "".join(
        f"{prefix}{name_in_token(token)}(" if token.opens_function and name_in_token(token) in names else token.text
        for token in tokenize(formula)
    )


def spell_for_office_js(formula: str, ours: Container[str]) -> str:
    """The formula as Excel stores it where our functions come through Office.js.

    >>> spell_for_office_js("=SUM(1,LTV(2,3,4))", {"LTV"})
    '=SUM(1,_xldudf_XLFUNCS_LTV(2,3,4))'
    """
    return rename_functions(formula, ours, OFFICE_JS_PREFIX)


def spell_for_engine(formula: str, ours: Container[str]) -> str:
    """The formula with functions by their base names, and a marker for each argument that ours are not given.

    The engine would pass 0 for an omitted argument in the middle, and take a newer built-in by its prefix for its own
    where we supply it.

    >>> spell_for_engine("=SUM(1,,_xll.LTV(1,,3))", {"LTV"})
    '=SUM(1,,LTV(1,XLFUNCS_OMITTED(),3))'
    """
    if not _BLANK_ARGUMENT.search(formula) and not any(mark in formula for mark in ("!", "_x", "_X", "XLFUNCS.")):
        return formula
    pieces = ["="]
    open_groups: list[bool] = []  # of the functions and arrays that are open: is it one of ours?
    is_blank = False  # the argument so far
    for token in tokenize(formula):
        kind, subtype, text = token
        if kind == FUNCTION and subtype == OPEN:
            name = name_in_token(token)
            open_groups.append(name in ours)
            text = f"{name}(" if name in ours or text[:6].lower() in _NEWER else text
            is_blank = True
        elif kind in (FUNCTION, ARRAY):
            if subtype == OPEN:
                open_groups.append(False)
            elif open_groups and open_groups.pop() and is_blank and not pieces[-1].endswith("("):
                pieces.append(f"{OMITTED}()")
            is_blank = False
        elif kind == SEPARATOR:
            if open_groups and open_groups[-1] and is_blank:
                pieces.append(f"{OMITTED}()")
            is_blank = True
        elif kind != WHITESPACE:
            is_blank = False
        pieces.append(text)
    return "".join(pieces)
