"""Formulas as text: whose functions they call, and the spelling that the engine understands."""

from __future__ import annotations

import re
from collections.abc import Container

import formualizer

OMITTED = "XLFUNCS_OMITTED"
EACH = "XLFUNCS_EACH"  # a function of single values, for each of several
DIGITS = "XLFUNCS_DIGITS"  # a number to the 15 digits by which Excel compares
SNAP = "XLFUNCS_SNAP"  # a difference, or 0 where it is no more than rounding
COUNT = "XLFUNCS_COUNT"  # so many rows and columns of numbers from a first one

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


def called_functions(formula: str) -> list[str]:
    """The functions that a formula calls, by base name, in order.

    >>> called_functions('=IFERROR(_xll.LTV(1, 2, 3), "SUM(")')
    ['IFERROR', 'LTV']
    """
    tokens = formualizer.Tokenizer(formula).tokens()
    return [base_name(token.value[:-1].strip()) for token in tokens if _opens(token)]


def spell_for_office_js(formula: str, ours: Container[str]) -> str:
    """The formula as Excel stores it where our functions come through Office.js.

    >>> spell_for_office_js("=SUM(1,LTV(2,3,4))", {"LTV"})
    '=SUM(1,_xldudf_XLFUNCS_LTV(2,3,4))'
    """
    return "=" + "".join(
        f"{OFFICE_JS_PREFIX}{token.value}" if _opens(token) and base_name(token.value[:-1]) in ours else token.value
        for token in formualizer.Tokenizer(formula).tokens()
    )


def spell_for_engine(formula: str, ours: Container[str]) -> str:
    """The formula with functions by their base names, and a marker for each argument that ours are not given.

    The engine would pass 0 for an omitted argument in the middle, and take a newer built-in by its prefix for its own
    where we supply it.

    >>> spell_for_engine("=SUM(1,,_xll.LTV(1,,3))", {"LTV"})
    '=SUM(1,,LTV(1,XLFUNCS_OMITTED(),3))'
    """
    if not _BLANK_ARGUMENT.search(formula) and not any(mark in formula for mark in ("!", "_x", "_X", "XLFUNCS.")):
        return formula
    calls: list[bool] = []  # of the functions and arrays that are open: is it one of ours?
    blank = False
    spelled = ["="]
    for token in formualizer.Tokenizer(formula).tokens():
        kind, subtype = token.token_type, token.subtype
        text = token.value
        if _opens(token):
            name = base_name(text[:-1].strip())
            calls.append(name in ours)
            text = f"{name}(" if name in ours or text[:6].lower() in _NEWER else text
            blank = True
        elif kind in (_FUNCTION, _ARRAY):
            if subtype == _OPEN:
                calls.append(False)
            elif calls and calls.pop() and blank and not spelled[-1].endswith("("):
                spelled.append(f"{OMITTED}()")
            blank = False
        elif kind == _SEPARATOR:
            if calls and calls[-1] and blank:
                spelled.append(f"{OMITTED}()")
            blank = True
        elif kind != _WHITESPACE:
            blank = False
        spelled.append(text)
    return "".join(spelled)


_FUNCTION = formualizer.TokenType.Func
_ARRAY = formualizer.TokenType.Array
_SEPARATOR = formualizer.TokenType.Sep
_WHITESPACE = formualizer.TokenType.Whitespace
_OPEN = formualizer.TokenSubType.Open


def _opens(token: formualizer.Token) -> bool:
    return bool(token.token_type == _FUNCTION and token.subtype == _OPEN)
