"""The reference is made of the declarations, and the one that is shipped is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xlfuncs
from xlfuncs import REGISTRY
from xlfuncs.core.function import Function
from xlfuncs.hosts.headless.evaluate import Evaluator
from xlfuncs.pages import call, errors, html, page, reference, related

FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY]
EVALUATOR = Evaluator(REGISTRY)


def test_the_shipped_reference_is_up_to_date() -> None:
    """After a change: `xlfuncs build`."""
    folder = Path(xlfuncs.__file__).parent
    assert (folder / "REFERENCE.md").read_text(encoding="utf-8") == reference(REGISTRY)
    assert (folder / "REFERENCE.html").read_text(encoding="utf-8") == html(REGISTRY)


def test_the_html_stands_alone_and_each_function_has_an_anchor() -> None:
    text = html(REGISTRY)
    assert not re.search(r'(src|href)="(?!#|https://)', text)
    assert "<script" not in text
    for function in REGISTRY:
        assert f'<h3 id="{function.name}">' in text


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_page_has_all_that_is_known(function: Function) -> None:
    text = page(function, REGISTRY)
    assert function.summary in text
    assert str(function.source) in text
    for param in function.params:
        assert f"| `{param.name}` | {param.unit} |" in text
    for code, _ in errors(function):
        assert code in text


@pytest.mark.parametrize("function", FUNCTIONS)
def test_shown_examples_are_formulas_that_run(function: Function) -> None:
    for example in function.examples:
        value = EVALUATOR.value(call(function, example.cells))
        expected = example.expected
        assert value == (pytest.approx(expected, rel=1e-5) if isinstance(expected, float) else value)
        assert not isinstance(value, xlfuncs.CellError)


def test_related_functions_name_each_other() -> None:
    assert "MC_QUANTILE" in related(REGISTRY["MC_PROB_OVERPRICED"], REGISTRY)
    assert "MC_PROB_OVERPRICED" in related(REGISTRY["MC_QUANTILE"], REGISTRY)
