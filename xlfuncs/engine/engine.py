"""The calculation engine: a formualizer workbook that knows every function of a registry."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable
from functools import cache
from typing import Any

import formualizer

from xlfuncs.core.arguments import normalise
from xlfuncs.core.errors import CALC, DIV0, NA, NAME, NULL, NUM, REF, SPILL, VALUE, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.engine.array_lifting import ArrayLifter, number_grid, round_to_15_digits, snap_to_zero
from xlfuncs.engine.builtins import OVERRIDES
from xlfuncs.engine.function_names import COUNT, DIGITS, EACH, OMITTED, SNAP
from xlfuncs.engine.tokens import describe_engine_message
from xlfuncs.ooxml import bulk_writer

_KINDS = {
    "Value": VALUE,
    "Num": NUM,
    "Div": DIV0,
    "Na": NA,
    "Name": NAME,
    "Ref": REF,
    "Null": NULL,
    "Spill": SPILL,
    "Calc": CALC,
}
_CODES = {code: kind for kind, code in _KINDS.items()}
ERROR_REASONS = {
    VALUE: "An argument has the wrong kind, such as text for a number.",
    NUM: "A number is out of range.",
    DIV0: "The formula divides by zero.",
    NA: "There is no answer, or a value is missing.",
    NAME: "A function or a name in the formula is not known.",
    REF: "The formula refers to a cell or sheet that does not exist.",
    NULL: "The ranges do not meet.",
    SPILL: "Other cells are in the way of the result.",
    CALC: "The formula cannot be calculated.",
    "#CIRC!": "The formula depends on itself.",
    "#N/IMPL!": "The formula calls a function that xlfuncs does not support.",
}


class EngineError(RuntimeError):
    """Raised when the engine cannot read or calculate a formula; the message is a clause for people."""

    @classmethod
    def of(cls, problem: Exception) -> EngineError:
        """The error in place of an exception of the engine."""
        return cls(describe_engine_message(problem, "it is beyond what xlfuncs supports"))


class Engine:
    """A workbook to evaluate in, and the error values that our functions gave, with their reasons."""

    def __init__(
        self, registry: Registry, workbook: formualizer.Workbook | None = None, dates_1904: bool = False
    ) -> None:
        self.registry = registry
        self.workbook = workbook or formualizer.Workbook(config=workbook_config())
        self.reasons: list[CellError] = []
        self._interrupt: BaseException | None = None
        register_builtins(self.workbook, dates_1904)
        for function in registry:
            self.register(function.name, self._callback(self.callback_of(function)))
        self.register(OMITTED, lambda: None)
        self.register(EACH, ArrayLifter(lambda: empty_workbook(dates_1904)))
        self.register(COUNT, number_grid)
        self.register(DIGITS, round_to_15_digits)
        self.register(SNAP, snap_to_zero)

    @classmethod
    def load(
        cls,
        registry: Registry,
        sheets: Iterable[tuple[str, bulk_writer.Cells]],
        dates_1904: bool = False,
        iteration: tuple[int, float] | None = None,
    ) -> Engine:
        """An engine with the cells of many sheets, which gives dates as numbers.

        Raises `EngineError` where it cannot read one of the formulas.
        """
        try:
            data = bulk_writer.build_workbook((engine_sheet_name(name), cells) for name, cells in sheets)
            workbook = formualizer.Workbook.from_bytes(data, config=workbook_config(dates_1904, iteration))
        except (RuntimeError, OSError, ValueError) as problem:
            raise EngineError.of(problem) from problem
        workbook.set_temporal_egress("serial")
        return cls(registry, workbook, dates_1904)

    def register(self, name: str, callback: Callable[..., Any]) -> None:
        """Make a Python function known to the formulas."""
        self.workbook.register_function(name, callback, min_args=0, max_args=None, allow_override_builtin=True)

    def value(self, sheet: str, place: tuple[int, int]) -> Any:
        """The value of a cell, as the engine has it."""
        return self.workbook.get_value(engine_sheet_name(sheet), *place)

    def set_value(self, sheet: str, place: tuple[int, int], value: Any) -> None:
        """Give a cell a value."""
        self.workbook.set_value(engine_sheet_name(sheet), *place, to_engine(value))

    def set_formula(self, sheet: str, place: tuple[int, int], formula: str) -> None:
        """Give a cell a formula."""
        try:
            self.workbook.set_formula(engine_sheet_name(sheet), *place, f"={formula}")
        except RuntimeError as problem:
            raise EngineError.of(problem) from problem

    def evaluate(self, sheet: str, place: tuple[int, int]) -> Any:
        """The value of a cell, calculated now."""
        try:
            return self.workbook.evaluate_cell(engine_sheet_name(sheet), *place)
        except RuntimeError as problem:
            raise EngineError.of(problem) from problem

    def evaluate_all(self) -> None:
        """Calculate every formula."""
        try:
            self.workbook.evaluate_all()
        except RuntimeError as problem:
            self.raise_interrupt()
            raise EngineError.of(problem) from problem
        self.raise_interrupt()

    def callback_of(self, function: Function) -> Callable[..., Any]:
        """The Python function that is called for a function of ours."""
        return function.on_cells

    def _callback(self, on_cells: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any) -> Any:
            try:
                if all(type(argument) is float for argument in arguments):
                    result = on_cells(*arguments)
                else:
                    result = on_cells(*(from_engine(argument) for argument in arguments))
            except BaseException as interrupt:  # the engine would swallow it
                self._interrupt = interrupt
                self.workbook.cancel()
                return _error(VALUE)
            return result if type(result) is float else self._result_for_engine(result)

        return call

    def _result_for_engine(self, result: Any) -> Any:
        if isinstance(result, list):
            return [[self._result_for_engine(cell) for cell in row] for row in result]
        if isinstance(result, CellError):
            self.reasons.append(result)
            return _error(result.code)
        return result

    def raise_interrupt(self) -> None:
        """Raise what a callback could not raise through the engine, such as Ctrl-C."""
        if self._interrupt is not None:
            interrupt, self._interrupt = self._interrupt, None
            raise interrupt

    def explain_error(self, error: CellError) -> CellError:
        """An error value of the engine with the reason that one of our functions gave for it, if one did."""
        for reason in self.reasons:
            if reason.code == error.code and reason.why:
                return reason
        return error


def is_unsupported(registry: Registry, name: str) -> bool:
    """Whether a function is neither ours nor known to the engine."""
    return name not in registry and name not in OVERRIDES and name != OMITTED and not _engine_knows(name)


def register_builtins(workbook: formualizer.Workbook, dates_1904: bool) -> None:
    """Give a workbook the functions that the engine lacks; its own DATE is the one that knows the dates of 1904."""
    for name, body in OVERRIDES.items():
        if name != "DATE" or not dates_1904:
            workbook.register_function(name, body, min_args=0, max_args=None, allow_override_builtin=True)


def empty_workbook(dates_1904: bool) -> formualizer.Workbook:
    """An empty workbook with these functions, which gives dates as numbers."""
    workbook = formualizer.Workbook(config=workbook_config(dates_1904))
    workbook.set_temporal_egress("serial")
    register_builtins(workbook, dates_1904)
    return workbook


@cache
def _engine_knows(name: str) -> bool:
    """Whether the engine has a function of its own of that name: without arguments it then says anything but #NAME?."""
    workbook = formualizer.Workbook()
    workbook.add_sheet("Probe")
    try:
        workbook.set_formula("Probe", 1, 1, f"={name}()")
        value = workbook.evaluate_cell("Probe", 1, 1)
    except RuntimeError:
        return False
    return not (isinstance(value, dict) and value.get("kind") == "Name")


def workbook_config(dates_1904: bool = False, iteration: tuple[int, float] | None = None) -> formualizer.WorkbookConfig:
    """One thread: a callback that hops between threads is three times slower.

    `iteration` allows circles: how many rounds at most, and the change that ends them.
    """
    settings = formualizer.EvaluationConfig()
    settings.enable_parallel = False
    settings.cycle_detection = "runtime"
    if dates_1904:
        settings.date_system = "1904"
    if iteration is not None:
        settings.cycle_policy = "iterate"
        settings.iterate_max_iterations, settings.iterate_max_change = iteration
    return formualizer.WorkbookConfig(mode=formualizer.WorkbookMode.Ephemeral, eval_config=settings)


def engine_sheet_name(sheet: str) -> str:
    """A sheet's name in the engine, which takes a "sheet1" for a Sheet1 of its own that is blank."""
    return "Sheet1" if sheet.lower() == "sheet1" else sheet


def to_engine(value: Any) -> Any:
    """A cell of ours, as the engine takes it."""
    return _error(value.code) if isinstance(value, CellError) else value


def _error(code: str) -> dict[str, str]:
    return {"type": "Error", "kind": _CODES.get(code, "Value")}


def from_engine(value: Any) -> Any:
    """What the engine hands over, as cells of ours."""
    if isinstance(value, dict):
        kind = str(value.get("kind"))
        code = _KINDS.get(kind, {"Circ": "#CIRC!", "NImpl": "#N/IMPL!"}.get(kind, VALUE))
        return CellError(code, ERROR_REASONS[code])
    if isinstance(value, float):
        return value if math.isfinite(value) else CellError(NUM, "The result is too large for a cell.")
    if isinstance(value, list):
        return [[from_engine(cell) for cell in row] if isinstance(row, list) else from_engine(row) for row in value]
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second + value.microsecond / 1e6) / 86400
    if isinstance(value, dt.timedelta):
        return value / dt.timedelta(days=1)
    return value if isinstance(value, bool | str) else normalise(value)
