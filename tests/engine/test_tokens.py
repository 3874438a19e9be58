"""What is wrong with a text that is no formula is said in words of people, not of the parser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xlfuncs.engine.engine import Engine, EngineError
from xlfuncs.engine.tokens import FormulaSyntaxError, Token, check_syntax, describe_engine_message, tokenize

SEMICOLONS = "its arguments must be separated by commas, not by semicolons, and its decimals written with a point"
_TECHNICAL = re.compile(r"[A-Za-z]Error|Token|Span|token|pars(?:e|ing)|Backend|subtype|[{}]")


def problem_of(read: Callable[[str], object], formula: str) -> str:
    """What is wrong with a formula; "" for nothing."""
    try:
        read(formula)
    except FormulaSyntaxError as problem:
        return str(problem)
    return ""


def test_a_formula_is_the_text_of_its_tokens() -> None:
    formula = "=IF('a b'!A1>{1,2},-LTV(x, $B$2:B9),\"a\"&5%)"
    tokens = tokenize(formula)
    assert "=" + "".join(token.text for token in tokens) == formula
    assert [token.text for token in tokens if token.opens_function] == ["IF(", "LTV("]
    assert [token.text for token in tokens if token.is_reference] == ["'a b'!A1", "x", "$B$2:B9"]
    assert Token("Operand", "Number", "5") in tokens


@pytest.mark.parametrize(
    ("formula", "problem"),
    [
        ('="a', "a quotation mark or a bracket is not closed"),
        ("='a", "a quotation mark or a bracket is not closed"),
        ("=SUM(1", "its brackets do not match"),
        ("=1)", "its brackets do not match"),
        ("={1", "its brackets do not match"),
        ("=SUM({1)", "its brackets do not match"),
        ("=A1+", "something is missing at its end"),
        ("=Table[", "its brackets do not match"),
        ("=T[[a],b]", "a reference in it is not valid"),
        ("=#NOSUCH!", "an error value in it does not exist"),
        ("=1 2", "it cannot be understood near character 2"),
        ("=LTV_CAC(1;2;3)", SEMICOLONS),
        ("=LTV_CAC(100;0,8;0,05;400)", SEMICOLONS),
        ("=SUM({1;2};3)", SEMICOLONS),
        ("=SUM('a;b'!A1;3)", SEMICOLONS),
        ('="a;b"(', "its brackets do not match"),
        ("=SUM({1;2}", "its brackets do not match"),
    ],
)
def test_what_is_wrong_is_said_in_a_clause(formula: str, problem: str) -> None:
    assert problem_of(check_syntax, formula) == problem


@given(st.lists(st.sampled_from([*"()[]{},;\"'#!%@$\\:&<>=.+- éA1x", "SUM(", "A1:", "T[", "1e", "#REF!"]), max_size=9))
def test_no_message_speaks_the_language_of_the_parser(pieces: list[str]) -> None:
    formula = "=" + "".join(pieces)
    for read in (tokenize, check_syntax):
        problem = problem_of(read, formula)
        assert not _TECHNICAL.search(problem)
        assert not problem.endswith(".")


def test_no_message_of_the_engine_speaks_its_language() -> None:
    from xlfuncs import REGISTRY

    engine = Engine(REGISTRY)
    engine.workbook.add_sheet("Data")
    for formula in ("SUM(", '"a', "1)"):
        with pytest.raises(EngineError) as reason:
            engine.set_formula("Data", (1, 1), formula)
        assert not _TECHNICAL.search(str(reason.value))
    with pytest.raises(EngineError, match=r"^its brackets do not match$"):
        Engine.load(REGISTRY, [("Data", [((1, 1), '<c r="A1"><f>SUM(</f></c>')])])


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (
            "ExcelEvaluationError: #N/IMPL!: dynamic dependency evaluation did not converge after 5 replans [6/5]",
            "the cells that OFFSET or INDIRECT refer to do not settle",
        ),
        ("ParserError at position 7: Something new", "it cannot be understood near character 7"),
        ("SomeError { kind: Other }", "it is beyond what xlfuncs supports"),
    ],
)
def test_what_the_engine_says_is_put_in_other_words(message: str, words: str) -> None:
    assert describe_engine_message(RuntimeError(message), "it is beyond what xlfuncs supports") == words
    assert str(EngineError.of(RuntimeError(message))) == words
