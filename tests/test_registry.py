"""Rules that every declaration keeps."""

from __future__ import annotations

import inspect
import re

import pytest

from tests.cells import evaluate
from xlfuncs import REGISTRY
from xlfuncs import functions as public
from xlfuncs.core.function import Function

FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY]
CELL_ADDRESS = re.compile(r"^([A-Z]{1,3}\d+|R\d*C\d*)$")


@pytest.mark.parametrize("function", FUNCTIONS)
def test_texts_are_sentences_that_fit_excels_wizard(function: Function) -> None:
    texts = [function.summary, *(param.meaning for param in function.params)]
    for text in texts:
        assert text.endswith(".")
        assert len(text) <= 255
        assert text[0].isupper() or text[0].isdigit()


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_page_says_what_the_function_is_not_for(function: Function) -> None:
    assert 40 < len(function.not_for) < 255
    assert function.not_for.endswith(".")
    assert "Not for" not in function.description
    unknown = set(re.findall(r"\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b", function.not_for)) - set(REGISTRY.names)
    assert not unknown


@pytest.mark.parametrize("function", FUNCTIONS)
def test_names_are_legal_in_every_host(function: Function) -> None:
    assert re.fullmatch(r"[A-Z][A-Z0-9_]{2,63}", function.name)
    assert not CELL_ADDRESS.match(function.name)
    for param in function.params:
        assert re.fullmatch(r"[a-z][a-z0-9_]{0,63}", param.name)
    assert len({param.name for param in function.params}) == len(function.params)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_optional_arguments_stand_last(function: Function) -> None:
    required = [param.required for param in function.params]
    assert required == sorted(required, reverse=True)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_numeric_defaults_lie_in_their_domain(function: Function) -> None:
    for param in function.params:
        if isinstance(param.default, float):
            assert param.check(param.default) is None


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_docstring_has_an_example_that_a_worksheet_can_show(function: Function) -> None:
    assert function.examples or function.name == "FN_VERSION"  # whose answer changes with every version
    for example in function.examples:
        result = evaluate(function.name, *example.cells)
        assert _close(result, example.expected)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_formulas_name_their_arguments_and_nothing_else(function: Function) -> None:
    if function.formula is None:
        return
    words = set(re.findall(r"(?<![\w.\"])[a-z][a-z0-9_]*(?![\w(.])", function.formula))
    assert words == {param.name for param in function.params}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_sources_name_who_what_and_when(function: Function) -> None:
    assert function.source.author
    assert function.source.title
    assert 1900 < function.source.year <= 2026


@pytest.mark.parametrize("function", FUNCTIONS)
def test_functions_are_plain_python_too(function: Function) -> None:
    assert getattr(public, function.python_name) is function
    assert list(inspect.signature(function).parameters) == [param.name for param in function.params]


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_blank_required_argument_is_a_value_error_that_names_it(function: Function) -> None:
    first = function.params[0]
    if not first.required:
        return
    error = evaluate(function.name)
    assert str(error) == "#VALUE!"
    assert error.why.startswith(first.name)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_too_many_arguments_are_a_value_error(function: Function) -> None:
    assert str(evaluate(function.name, *[1.0] * (len(function.params) + 1))) == "#VALUE!"


def test_an_unknown_function_is_a_name_error_that_suggests_one() -> None:
    error = evaluate("LTVCAC", 1)
    assert str(error) == "#NAME?"
    assert "LTV_CAC" in error.why


def _close(result: object, expected: object) -> bool:
    if isinstance(expected, list):
        return isinstance(result, list) and all(map(_close, result, expected))
    if isinstance(expected, float):
        return isinstance(result, float) and result == pytest.approx(expected, rel=1e-5)
    return bool(result == expected)
