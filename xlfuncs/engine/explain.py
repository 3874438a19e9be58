"""Explanation of a formula's value: the formula is calculated with its cells, and its calls are recorded."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlfuncs.core.errors import CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.engine.engine import Engine, from_engine
from xlfuncs.engine.evaluator import Evaluator
from xlfuncs.engine.tokens import POSTFIX, FormulaSyntaxError, tokenize


@dataclass(frozen=True)
class ReferencedRange:
    """What a reference leads to: its range without the sheet, the place of its first value, and the values by row."""

    address: str
    row: int
    column: int
    rows: Sequence[Sequence[Any]]


@dataclass(frozen=True)
class FunctionCall:
    """A call of one of our functions: its arguments, and its value."""

    name: str
    cells: Sequence[Any]
    value: Any


@dataclass(frozen=True)
class Explanation:
    """The value of a formula, and the call to look at: the innermost that fails, or else the outermost."""

    value: Any
    call: FunctionCall | None


def list_references(formula: str) -> list[str]:
    """The references of a formula: cells, ranges and names, each once.

    >>> list_references("=LTV(A1*2, Inputs!$B$2#, churn, A1)")
    ['A1', 'Inputs!$B$2#', 'churn']
    """
    return list(dict.fromkeys(text for text, is_reference in _split_references(formula) if is_reference))


def explain(
    registry: Registry, formula: str, place: tuple[int, int], ranges: Mapping[str, ReferencedRange]
) -> Explanation:
    """Calculate a formula as if it stood in a place; a reference without a range in `ranges` stays as it is."""
    engine = _RecordingEngine(registry)
    spellings = {
        text: _put_range(engine, f"Given{number}", range_) for number, (text, range_) in enumerate(ranges.items(), 1)
    }
    spelling = "".join(spellings.get(text, text) for text, _ in _split_references(formula))
    value = Evaluator(registry, engine).evaluate(spelling, place)
    failing = [call for call in engine.calls if _has_error(call.value)]
    call = failing[0] if failing else engine.calls[-1] if engine.calls else None
    return Explanation(value, call)


class _RecordingEngine(Engine):
    """An engine that records the calls of our functions, in the order in which they end: inner ones first."""

    def __init__(self, registry: Registry) -> None:
        self.calls: list[FunctionCall] = []
        super().__init__(registry)

    def callback_of(self, function: Function) -> Callable[..., Any]:
        def answer(*cells: Any) -> Any:
            value = function.on_cells(*cells)
            self.calls.append(FunctionCall(function.name, [from_engine(cell) for cell in cells], value))
            return value

        return answer


def _split_references(formula: str) -> list[tuple[str, bool]]:
    """The text of a formula in parts, and whether each is a reference; raises `ValueError` where it is no formula."""
    try:
        tokens = tokenize(formula)
    except FormulaSyntaxError as problem:
        raise ValueError("This is not a formula.") from problem
    parts: list[tuple[str, bool]] = [("=", False)]
    for token in tokens:
        if token.kind == POSTFIX and token.text == "#" and parts[-1][1]:
            parts[-1] = (f"{parts[-1][0]}#", True)
        else:
            parts.append((token.text, token.is_reference))
    return parts


def _put_range(engine: Engine, sheet: str, range_: ReferencedRange) -> str:
    """Put values where they are, on a sheet of their own; gives the reference to them."""
    engine.workbook.add_sheet(sheet)
    for row, values in enumerate(range_.rows, range_.row):
        for column, value in enumerate(values, range_.column):
            if value is not None:
                engine.set_value(sheet, (row, column), value)
    return f"{sheet}!{range_.address}"


def _has_error(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_error(cell) for cell in value)
    return isinstance(value, CellError)
