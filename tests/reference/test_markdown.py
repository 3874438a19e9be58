"""The reference is made of the declarations, and the one that is shipped is up to date."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import xlfuncs
from tests.cells import evaluate
from xlfuncs import REGISTRY
from xlfuncs.core.formula_text import call
from xlfuncs.core.function import Function
from xlfuncs.engine.evaluator import Evaluator
from xlfuncs.reference import html_site
from xlfuncs.reference.markdown import find_related, format_page, format_reference, list_errors

FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY]
EVALUATOR = Evaluator(REGISTRY)


def test_the_shipped_reference_is_up_to_date() -> None:
    """After a change: `python -m workbooks`."""
    folder = Path(xlfuncs.__file__).parent
    assert (folder / "REFERENCE.md").read_text(encoding="utf-8") == format_reference(REGISTRY)


def test_the_shipped_help_is_up_to_date(tmp_path: Path) -> None:
    """After a change: `python -m workbooks`."""
    html_site.build_help(REGISTRY, tmp_path / "help")
    assert content(html_site.HELP) == content(tmp_path / "help")


def content(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_each_function_has_its_place_in_the_help(function: Function) -> None:
    name, _, anchor = html_site.address(function.name, REGISTRY).partition("#")
    assert f'<h2 id="{anchor}">' in (html_site.HELP / name).read_text(encoding="utf-8")


def test_the_help_loads_nothing_from_elsewhere() -> None:
    pages = list(html_site.HELP.glob("*.html"))
    assert len(pages) > 10
    for file in pages:
        text = file.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:link|script|img|iframe)[^>]+(?:src|href)="([^"]+)"', text)
        assert loaded
        for address in loaded:
            assert (html_site.HELP / address).exists(), address
        for address in re.findall(r'<a [^>]*href="([^"#:]+)(?:#[^"]*)?"', text):
            assert (html_site.HELP / address).exists() or address in ".", address


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_page_has_all_that_is_known(function: Function) -> None:
    text = format_page(function, REGISTRY)
    assert function.summary in text
    assert str(function.source) in text
    for param in function.params:
        assert f"| `{param.name}` | {param.unit} |" in text
    for code, _ in list_errors(function):
        assert code in text


@pytest.mark.parametrize("function", FUNCTIONS)
def test_shown_examples_are_formulas_that_run(function: Function) -> None:
    for example in function.examples:
        value = EVALUATOR.evaluate(call(function, example.cells))
        expected = example.expected
        assert value == (pytest.approx(expected, rel=1e-5) if isinstance(expected, float) else value)
        assert not isinstance(value, xlfuncs.CellError)


@pytest.mark.parametrize(
    ("name", "cells", "code"),
    [
        ("LTV", (100, 0.8, 1.5), "#NUM!"),
        ("LTV_CAC", (100, 0.8, 0.05, 0), "#DIV/0!"),
        ("TOKEN_PRICE", ("o3", "sideways"), "#VALUE!"),
    ],
)
def test_the_page_has_the_sentence_that_a_user_reads(name: str, cells: tuple[object, ...], code: str) -> None:
    error = evaluate(name, *cells)
    sentence = error.why.partition(";")[0].rstrip(".")
    assert (code, sentence) in list_errors(REGISTRY[name])


def test_related_functions_name_each_other() -> None:
    assert "MC_QUANTILE" in find_related(REGISTRY["MC_PROB_OVERPRICED"], REGISTRY)
    assert "MC_PROB_OVERPRICED" in find_related(REGISTRY["MC_QUANTILE"], REGISTRY)
