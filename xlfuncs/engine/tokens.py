"""Formulas as tokens: the operands, operators, functions and brackets of which they are made."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

import formualizer

# Kinds of tokens.
FUNCTION, ARRAY, PAREN, SEPARATOR, OPERAND, WHITESPACE = "Func", "Array", "Paren", "Sep", "Operand", "Whitespace"
PREFIX, INFIX, POSTFIX = "OpPrefix", "OpInfix", "OpPostfix"
GROUPS = frozenset({FUNCTION, ARRAY, PAREN})
OPERATORS = frozenset({PREFIX, INFIX, POSTFIX})
# Subtypes of groups, separators and operands.
OPEN, ARGUMENT, RANGE, NUMBER = "Open", "Arg", "Range", "Number"

_POSITION = re.compile(r"at position (\d+)")
_QUOTED_OR_CONSTANT = re.compile(r'"[^"]*"|\'[^\']*\'|\{[^}]*\}')  # where a semicolon may stand
_SEMICOLONS = "its arguments must be separated by commas, not by semicolons, and its decimals written with a point"
# What a message of the parser begins with or contains, and what it means for the writer of the formula.
_MEANINGS = {
    "while parsing": "a quotation mark or a bracket is not closed",
    "No matching opener": "its brackets do not match",
    "Encountered unmatched": "its brackets do not match",
    "Unmatched opening": "its brackets do not match",
    "Expected closing": "its brackets do not match",
    "Mismatched": "its brackets do not match",
    "Unexpected end": "something is missing at its end",
    "Invalid reference": "a reference in it is not valid",
    "Invalid error code": "an error value in it does not exist",
    "did not converge": "the cells that OFFSET or INDIRECT refer to do not settle",
}


class FormulaSyntaxError(ValueError):
    """Raised for a text that is no formula; the message is a clause that says what is wrong."""


class Token(NamedTuple):
    """A token of a formula."""

    kind: str
    subtype: str
    text: str

    @property
    def opens_function(self) -> bool:
        """Whether it is the name of a function with its opening bracket."""
        return self.kind == FUNCTION and self.subtype == OPEN

    @property
    def is_reference(self) -> bool:
        """Whether it is a cell, a range or a name."""
        return self.subtype == RANGE and self.kind == OPERAND


def tokenize(formula: str) -> tuple[Token, ...]:
    """The tokens of a formula that starts with an equals sign; raises `FormulaSyntaxError` where it is none.

    >>> [token.text for token in tokenize("=LTV(A1:B2, 5%)")]
    ['LTV(', 'A1:B2', ',', ' ', '5', '%', ')']
    """
    try:
        tokens = formualizer.Tokenizer(formula).tokens()
    except (formualizer.TokenizerError, ValueError) as problem:
        raise FormulaSyntaxError(describe_engine_message(problem)) from problem
    # Past the constructor, which would be half of the time.
    new_token: Callable[[type[Token], tuple[str, str, str]], Token] = tuple.__new__
    return tuple([new_token(Token, (str(token.token_type), str(token.subtype), token.value)) for token in tokens])


def check_syntax(formula: str) -> None:
    """Raise `FormulaSyntaxError` unless a formula, with its equals sign, can be parsed.

    >>> check_syntax("=SUM(1")
    Traceback (most recent call last):
    xlfuncs.engine.tokens.FormulaSyntaxError: its brackets do not match
    """
    try:
        formualizer.parse(formula)
    except (formualizer.ParserError, formualizer.TokenizerError, ValueError) as problem:
        if ";" in _QUOTED_OR_CONSTANT.sub("", formula):
            raise FormulaSyntaxError(_SEMICOLONS) from problem
        raise FormulaSyntaxError(describe_engine_message(problem)) from problem


def describe_engine_message(problem: Exception, otherwise: str = "it cannot be understood") -> str:
    """A clause for people in place of a message of the engine, which names its own classes and tokens.

    >>> describe_engine_message(RuntimeError("ParserError at position 3: Invalid function token"))
    'it cannot be understood near character 3'
    """
    message = str(problem)
    for words, meaning in _MEANINGS.items():
        if words in message:
            return meaning
    position = _POSITION.search(message)
    return f"it cannot be understood near character {position[1]}" if position else otherwise
