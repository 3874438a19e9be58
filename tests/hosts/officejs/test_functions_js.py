"""functions.js in Node against the real server."""

from __future__ import annotations

import math
from typing import Any

import pytest

from tests.hosts.officejs.calls import cases, column, run
from tests.hosts.officejs.running import Served
from xlfuncs import REGISTRY, CellError, evaluate
from xlfuncs.core.errors import DIV0, NA, NULL, NUM, VALUE

pytestmark = pytest.mark.slow  # starts Node

TAKEN = (VALUE, NA, NUM, DIV0, NULL)  # Excel takes no other error from a function


def shown(value: Any) -> Any:
    """A value of `evaluate` as a cell of Excel shows it by Office.js."""
    if isinstance(value, list):
        return [[shown(cell) for cell in row] for row in value]
    if not isinstance(value, CellError):
        return "" if value is None else value
    code = value.code if value.code in TAKEN else VALUE
    why = value.why if value.code in TAKEN else f"{value.code} {value.why}".strip()
    return {"error": code, "why": why if why and code in (VALUE, NA) else None}


def same(found: Any, expected: Any) -> bool:
    """Equal, numbers to 1e-12: a column is computed by other instructions than a cell."""
    if isinstance(expected, list):
        rows = isinstance(found, list) and len(found) == len(expected)
        return rows and all(len(a) == len(b) and all(map(same, a, b)) for a, b in zip(found, expected, strict=True))
    if isinstance(expected, float) and not isinstance(found, bool) and isinstance(found, int | float):
        return math.isclose(found, expected, rel_tol=1e-12)
    return bool(found == expected and type(found) is type(expected))


def test_cells_show_what_evaluate_gives(served: Served) -> None:
    asked = cases()
    assert len(asked) >= 2000
    assert {name for name, _ in asked} == set(REGISTRY.names)
    found = run(served, asked)
    different = [
        (name, cells, result, expected)
        for (name, cells), result in zip(asked, found["results"], strict=True)
        if not same(result, expected := shown(evaluate(name, *cells)))
    ]
    assert different == []


def test_ten_thousand_cells_take_few_requests_and_are_remembered(served: Served) -> None:
    asked = column(10_000)
    found = run(served, asked)
    assert found["requests"] <= 25
    assert found["again"] == 0
    assert all(
        same(result, evaluate(name, *cells)) for (name, cells), result in zip(asked, found["results"], strict=True)
    )


def test_without_a_server_a_cell_says_how_to_start_it(served: Served) -> None:
    nobody = Served(1, served.token, served.ca_certificate)
    (answer,) = run(nobody, column(1))["results"]
    assert answer == {"error": NA, "why": "The xlfuncs server does not answer; start it with: xlfuncs serve."}


def test_with_another_token_a_cell_says_what_to_do(served: Served) -> None:
    stranger = Served(served.port, "another", served.ca_certificate)
    (answer,) = run(stranger, column(1))["results"]
    assert answer["error"] == NA
    assert "xlfuncs addin install --host officejs" in answer["why"]
