"""Evaluation of single formulas, as `xlfuncs eval` takes them."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import Any

from xlfuncs.core.errors import CALC, NAME, VALUE, CellError
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.core.registry import Registry
from xlfuncs.engine.engine import Engine, EngineError, from_engine
from xlfuncs.engine.function_names import called_functions, spell_for_engine
from xlfuncs.engine.tokens import FormulaSyntaxError, check_syntax

_RESULT = "XLFUNCS_RESULT"
_SHEET = "Sheet1"
_LAST_CELL = (LAST_ROW, LAST_COLUMN)  # where formulas stand unless told otherwise: nobody refers to it
_BRACES = re.compile(r"^\{=(.*)\}$", re.DOTALL)


class Evaluator:
    """Evaluates formulas that stand alone: numbers, text, array constants and calls, and cells put into the engine."""

    def __init__(self, registry: Registry, engine: Engine | None = None) -> None:
        self._engine = engine or Engine(registry)
        self._names = set(registry.names)
        self._results: list[Any] = []
        # A result that spills would be cut to its first cell; as the argument of a function it arrives whole.
        self._engine.register(_RESULT, self._keep_result)
        if _SHEET not in self._engine.workbook.sheet_names:
            self._engine.workbook.add_sheet(_SHEET)

    def _keep_result(self, result: Any) -> float:
        self._results.append(result)
        return 1.0

    def evaluate(self, formula: str, place: tuple[int, int] = _LAST_CELL) -> Any:
        """The value of a formula: a float, text, a bool, rows of these, or an error value; never raises for it."""
        text = formula.strip()
        array = _BRACES.match(text)
        text = "=" + (array[1] if array else text.removeprefix("="))
        try:
            check_syntax(text)
            spelling = spell_for_engine(text, self._names)
        except FormulaSyntaxError as problem:
            return CellError(VALUE, f"This is not a formula: {problem}.")
        value = self._calculate(f"{_RESULT}({spelling[1:]})", place)
        if isinstance(value, CellError):
            if value.code == NAME:
                return self._suggest_name(text, value)
            return self._engine.explain_error(value)
        if isinstance(value, list):
            return [[self._show_cell(cell) for cell in row] for row in value]
        return value

    def _show_cell(self, cell: Any) -> Any:
        """A cell of a result; a worksheet shows a blank in it as 0."""
        if isinstance(cell, CellError):
            return self._engine.explain_error(cell)
        return 0.0 if cell is None else cell

    def _calculate(self, formula: str, place: tuple[int, int]) -> Any:
        self._results.clear()
        self._engine.reasons.clear()
        try:
            self._engine.set_formula(_SHEET, place, formula)
            outside = self._engine.evaluate(_SHEET, place)
        except EngineError as problem:
            self._engine.raise_interrupt()
            return CellError(CALC, f"The formula cannot be calculated: {problem}.")
        self._engine.raise_interrupt()
        if not self._results:
            return from_engine(outside)
        result = from_engine(self._results[-1])
        return 0.0 if result is None else result  # a worksheet shows a blank as 0

    def _suggest_name(self, formula: str, error: CellError) -> CellError:
        """#NAME? with the name that is meant, where one of ours is near."""
        for name in called_functions(formula):
            near = get_close_matches(name, self._names, 1)
            if near and name not in self._names:
                return CellError(NAME, f"There is no function {name}; did you mean {near[0]}?")
        return error


def to_json(value: Any) -> Any:
    """A value in the form that JSON has: an error value is an object with its reason."""
    if isinstance(value, list):
        return [[to_json(cell) for cell in row] for row in value]
    if isinstance(value, CellError):
        return {"error": value.code, "why": value.why}
    return value
