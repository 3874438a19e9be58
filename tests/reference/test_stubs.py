"""The types that editors and type checkers see are those of the declarations, and hold when a function is called."""

from __future__ import annotations

import ast
import keyword
import pkgutil
import re
from pathlib import Path

import numpy as np
import pytest

import xlfuncs
from xlfuncs import REGISTRY
from xlfuncs.core.function import Function
from xlfuncs.reference.stubs import STUB, build_stub

ALL: list[str] = vars(xlfuncs)["__getattr__"]("__all__")
FUNCTIONS = [pytest.param(function, id=function.name) for function in REGISTRY]


def test_the_stub_is_that_of_the_declarations() -> None:
    """After a change of a declaration: `python -m xlfuncs.reference.stubs`."""
    assert STUB.read_text(encoding="utf-8") == build_stub(REGISTRY)


def test_no_signature_says_any() -> None:
    assert not re.search(r"\bAny\b", build_stub(REGISTRY))


def test_a_type_checker_sees_the_names_that_there_are() -> None:
    source = ast.parse(Path(xlfuncs.__file__).read_text(encoding="utf-8"))
    branch = next(node for node in source.body if isinstance(node, ast.If))
    imports = [node for node in branch.body if isinstance(node, ast.ImportFrom)]
    names = {alias.asname or alias.name for node in imports for alias in node.names} - {"*"}
    functions = {function.python_name for function in REGISTRY}
    assert not names & functions
    assert set(ALL) == names | functions
    for name in names:
        assert getattr(xlfuncs, name) is not None


def test_no_function_hides_a_module() -> None:
    modules = {module.name for module in pkgutil.iter_modules(xlfuncs.__path__)}
    assert not modules & {function.python_name for function in REGISTRY}
    assert not modules & set(ALL)
    from xlfuncs import audit

    assert audit.__name__ == "xlfuncs.audit"  # and not the module of functions that is called so too


@pytest.mark.parametrize("function", FUNCTIONS)
def test_arguments_can_be_given_by_keyword(function: Function) -> None:
    assert not any(keyword.iskeyword(param.name) for param in function.params)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_call_gives_what_is_declared(function: Function) -> None:
    for example in function.examples:
        result = function(*example.cells)
        if function.returns.shape == "scalar":
            assert type(result) in function.returns.cells
        else:
            assert {type(row) for row in result} == {list}
            assert {type(cell) for row in result for cell in row} <= set(function.returns.cells)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_column_gives_an_array(function: Function) -> None:
    places = [at for at, param in enumerate(function.params) if param.elementwise]
    if function.returns.shape != "scalar" or not places or not function.examples:
        return
    cells = list(function.examples[0].cells)
    if len(cells) <= places[0]:
        return
    cells[places[0]] = [cells[places[0]]] * 2
    result = function(*cells)
    assert isinstance(result, np.ndarray)
    assert result.shape == (2,)
    assert result.dtype == (float if function.returns.cells == (float,) else object) or function.name == "SCENARIO_PICK"
