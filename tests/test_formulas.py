"""Every printed formula, run by two other spreadsheet engines, against the Python body."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any

import formualizer
import ironcalc
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.strategies import inside
from xlfuncs import REGISTRY, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape

pytestmark = pytest.mark.slow  # two spreadsheet engines calculate 60 draws of every formula

WITH_FORMULA = [pytest.param(function, id=function.name) for function in REGISTRY if function.formula]
NOT_AVAILABLE = ({"type": "Error", "kind": "Na"}, "#N/A")
SERIES_ROW = 2  # scalars stand in row 1, one column each; a series goes down its column from row 2


def cells_of(function: Function) -> str:
    """The formula with a cell or a range for each argument."""
    formula = function.formula or ""
    for column, param in enumerate(function.params):
        letter = chr(ord("A") + column)
        place = f"{letter}{SERIES_ROW}:{letter}{SERIES_ROW + 3}" if param.shape_kind is Shape.SERIES else f"{letter}1"
        formula = re.sub(rf"\b{param.name}\b", place, formula)
    return f"={formula}"


def drawn(function: Function, data: st.DataObject) -> list[Any]:
    values: list[Any] = []
    for param in function.params:
        numbers = inside(param, -1e4, 1e4).filter(lambda number: number == 0 or abs(number) > 1e-6)
        series = st.lists(numbers, min_size=4, max_size=4)
        values.append(data.draw(series if param.shape_kind is Shape.SERIES else numbers, label=param.name))
    return values


def by_formualizer(formula: str, values: list[Any]) -> Any:
    workbook = formualizer.Workbook()
    workbook.add_sheet("S")
    for column, value in enumerate(values, 1):
        for row, number in enumerate(value, SERIES_ROW) if isinstance(value, list) else [(1, value)]:
            workbook.set_value("S", row, column, number)
    workbook.set_formula("S", 10, 1, formula)
    return workbook.evaluate_cell("S", 10, 1)


def by_ironcalc(formula: str, values: list[Any]) -> Any:
    model = ironcalc.create("model", "en", "UTC", "en")
    for column, value in enumerate(values, 1):
        for row, number in enumerate(value, SERIES_ROW) if isinstance(value, list) else [(1, value)]:
            model.set_user_input(0, row, column, repr(number))
    model.set_user_input(0, 10, 1, formula)
    model.evaluate()
    return model.get_cell_value(0, 10, 1)


ENGINES = [pytest.param(by_formualizer, id="formualizer"), pytest.param(by_ironcalc, id="ironcalc")]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("function", WITH_FORMULA)
@given(data=st.data())
def test_formula_and_body_agree(
    function: Function, engine: Callable[[str, list[Any]], Any], data: st.DataObject
) -> None:
    values = drawn(function, data)
    ours = function.on_cells(*([[one] for one in value] if isinstance(value, list) else value for value in values))
    theirs = engine(cells_of(function), values)
    if isinstance(ours, CellError):
        # A formula has no domains or rules of its own; but where the body says "never" it says so too.
        assert ours.code != "#N/A" or theirs in NOT_AVAILABLE
        return
    assume(isinstance(theirs, float | int) and math.isfinite(theirs))
    # The printed forms subtract numbers near 1 where the bodies do not, and lose digits there.
    assert ours == pytest.approx(theirs, rel=1e-7, abs=1e-9)
