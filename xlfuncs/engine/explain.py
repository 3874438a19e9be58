"""Why a formula of a workbook gives what it gives: it is calculated with its cells, and its calls are noted."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import formualizer

from xlfuncs.core.errors import CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.engine.engine import Engine, from_engine
from xlfuncs.engine.evaluator import Evaluator

_REFERENCE = (formualizer.TokenType.Operand, formualizer.TokenSubType.Range)
_SPILLED = (formualizer.TokenType.OpPostfix, "#")


@dataclass(frozen=True)
class ReferencedRange:
    """What a reference leads to: its range without the sheet, the place of its first value, and the values by row."""

    address: str
    row: int
    column: int
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class FunctionCall:
    """A call of one of our functions: its arguments, and what it gave."""

    name: str
    cells: Sequence[Any]
    value: Any


@dataclass(frozen=True)
class Explanation:
    """What a formula gives, and the call to look at: the innermost that fails, or else the outermost."""

    value: Any
    call: FunctionCall | None


def list_references(formula: str) -> list[str]:
    """The references of a formula: cells, ranges and names, each once.

    >>> list_references("=LTV(A1*2, Inputs!$B$2#, churn, A1)")
    ['A1', 'Inputs!$B$2#', 'churn']
    """
    return list(dict.fromkeys(text for text, is_reference in _parts(formula) if is_reference))


def explain(
    registry: Registry, formula: str, place: tuple[int, int], given: Mapping[str, ReferencedRange]
) -> Explanation:
    """Calculate a formula as if it stood in a place; a reference that is not given stays as it is."""
    engine = _Listening(registry)
    spelled = {text: _put(engine, f"Given{number}", one) for number, (text, one) in enumerate(given.items(), 1)}
    value = Evaluator(registry, engine).evaluate("".join(spelled.get(text, text) for text, _ in _parts(formula)), place)
    failing = [one for one in engine.calls if _fails(one.value)]
    call = failing[0] if failing else engine.calls[-1] if engine.calls else None
    return Explanation(value, call)


class _Listening(Engine):
    """An engine that notes the calls of our functions, in the order in which they end: inner ones first."""

    def __init__(self, registry: Registry) -> None:
        self.calls: list[FunctionCall] = []
        super().__init__(registry)

    def callback_of(self, function: Function) -> Callable[..., Any]:
        def answer(*cells: Any) -> Any:
            value = function.on_cells(*cells)
            self.calls.append(FunctionCall(function.name, [from_engine(cell) for cell in cells], value))
            return value

        return answer


def _parts(formula: str) -> list[tuple[str, bool]]:
    """The text of a formula in parts, and whether each is a reference; raises `ValueError` where it is no formula."""
    try:
        tokens = formualizer.Tokenizer(formula).tokens()
    except formualizer.TokenizerError as problem:
        raise ValueError("This is not a formula.") from problem
    parts: list[tuple[str, bool]] = [("=", False)]
    for token in tokens:
        if (token.token_type, token.value) == _SPILLED and parts[-1][1]:
            parts[-1] = (f"{parts[-1][0]}#", True)
        else:
            parts.append((token.value, (token.token_type, token.subtype) == _REFERENCE))
    return parts


def _put(engine: Engine, sheet: str, one: ReferencedRange) -> str:
    """Put values where they are, on a sheet of their own; gives the reference to them."""
    engine.workbook.add_sheet(sheet)
    for row, values in enumerate(one.rows, one.row):
        for column, value in enumerate(values, one.column):
            if value is not None:
                engine.set_value(sheet, (row, column), value)
    return f"{sheet}!{one.address}"


def _fails(value: Any) -> bool:
    if isinstance(value, list):
        return any(_fails(cell) for cell in value)
    return isinstance(value, CellError)
