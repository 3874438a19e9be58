"""A worksheet function, declared once, with everything that hosts, pages, sheets and tests need to know."""

from __future__ import annotations

import ast
import doctest
import functools
import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, get_args, get_type_hints

from xlfuncs.core.arguments import MISSING, Cell, Param
from xlfuncs.core.citation import Source
from xlfuncs.core.constraints import Rule
from xlfuncs.core.errors import CellError, FormulaError
from xlfuncs.core.evaluate import Plan, is_array
from xlfuncs.core.quantity import Omitted, Quantity, Shape, Spill
from xlfuncs.core.units import Unit

__all__ = ["Cell", "Example", "Function", "Param", "Returns", "declared", "sheet_function"]


@dataclass(frozen=True, slots=True)
class Returns:
    """The result of a function: ``scalar``, ``row``, ``column`` or ``table``, with its unit and columns."""

    shape: str
    unit: Unit
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Example:
    """A call from the docstring: its cells and the expected result."""

    cells: tuple[Any, ...]
    expected: Any


class Function:
    """A worksheet function over a body that is only mathematics.

    Call it like any Python function: with numbers (an error value is raised as `FormulaError`), or with
    numpy arrays (NaN stands where a worksheet would show an error value). Hosts use `on_cells`.
    """

    def __init__(
        self,
        body: Callable[..., Any],
        formula: str | None,
        source: Source,
        rules: Sequence[Rule],
        never: str,
        by_cell: bool,
        uniform: Sequence[str] = (),
        given: Callable[..., Any] | None = None,
    ) -> None:
        functools.update_wrapper(self, body)
        self.body = body
        self.python_name = body.__name__
        self.name = body.__name__.upper()
        self.module = body.__module__
        self.formula = formula
        self.source = source
        self.rules = tuple(rules)
        self.never = never
        self.params = declared(body) if given is None else declared(given) + declared(body, 1)
        whole = body if given is None else _after(given, body)
        self.returns, spill = _returns(get_type_hints(body, include_extras=True)["return"])
        self.plan = Plan(self.name, whole, self.params, spill, rules, never, by_cell, uniform)
        self.on_cells = self.plan.on_cells
        self.__signature__ = inspect.Signature([_parameter(param) for param in self.params])

    def __repr__(self) -> str:
        return f"<{self.name}({', '.join(param.name for param in self.params)})>"

    def __call__(self, *arguments: Any, **named: Any) -> Any:
        if named:
            arguments = self._positional(arguments, named)
        if len(arguments) > len(self.params):
            raise TypeError(f"{self.python_name} takes {len(self.params)} arguments; got {len(arguments)}")
        spread = [a for param, a in zip(self.params, arguments, strict=False) if param.elementwise and is_array(a)]
        if spread:
            return _like(spread, self.plan.on_arrays(*arguments))
        result = self.on_cells(*arguments)
        if isinstance(result, CellError):
            raise FormulaError(result)
        return result

    def _positional(self, arguments: tuple[Any, ...], named: dict[str, Any]) -> tuple[Any, ...]:
        names = [param.name for param in self.params]
        unknown = [name for name in named if name not in names[len(arguments) :]]
        if unknown:
            raise TypeError(f"{self.python_name} takes no further argument {unknown[0]!r}; it has {names}")
        return arguments + tuple(named.get(name) for name in names[len(arguments) :])

    @property
    def summary(self) -> str:
        """The result in one line: the description of the function in a wizard."""
        return inspect.getdoc(self.body).splitlines()[0] if self.body.__doc__ else ""  # type: ignore[union-attr]  # a docstring is there

    @property
    def description(self) -> str:
        """Assumptions and remarks: the docstring between its first line and its examples, but for `not_for`."""
        return self._prose[0]

    @property
    def not_for(self) -> str:
        """Cases in which the function misleads, and the alternative: the *Not for* part of the docstring."""
        return self._prose[1]

    @functools.cached_property
    def _prose(self) -> tuple[str, str]:
        lines = (inspect.getdoc(self.body) or "").splitlines()[1:]
        words = " ".join(" ".join(lines).split(">>>")[0].split())
        remarks, _, cases = words.partition("Not for: ")
        return remarks.strip(), cases

    @property
    def category(self) -> str:
        """The group in the function wizard: the docstring of the module, up to its colon."""
        return (sys.modules[self.module].__doc__ or self.module).split(":")[0].strip()

    @functools.cached_property
    def examples(self) -> tuple[Example, ...]:
        """The calls shown in the docstring."""
        return tuple(filter(None, map(self._example, doctest.DocTestParser().get_examples(self.body.__doc__ or ""))))

    def _example(self, shown: doctest.Example) -> Example | None:
        """The call, where it is one of this function and nothing else."""
        call = ast.parse(shown.source.strip(), mode="eval").body
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == self.python_name):
            return None
        arguments = tuple(ast.literal_eval(argument) for argument in call.args)
        named = {word.arg or "": ast.literal_eval(word.value) for word in call.keywords}
        cells = self._positional(arguments, named) if named else arguments
        return Example(cells, ast.literal_eval(shown.want.strip()))


def sheet_function(
    *,
    source: Source,
    formula: str | None = None,
    rules: Sequence[Rule] = (),
    never: str = "",
    by_cell: bool = False,
    uniform: Sequence[str] = (),
    given: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., Any]], Function]:
    """Declare a worksheet function.

    `formula` is the function in worksheet language, in the names of its arguments, and executable.
    `rules` are the cross-argument constraints. If the body returns NaN, the result is #N/A with the sentence `never`.
    `by_cell` marks a body that takes one value at a time; every other body also works on columns. Arguments named in
    `uniform` never reach the body as a column, because a loop counts by them or they select a branch.
    `given` validates leading arguments that several functions share; its result is passed to the body first,
    unless it is an error value.
    """

    def declare(body: Callable[..., Any]) -> Function:
        return Function(body, formula, source, rules, never, by_cell, uniform, given)

    return declare


def declared(body: Callable[..., Any], start: int = 0) -> tuple[Param, ...]:
    """The arguments that the signature of a body declares, from the one at `start` on."""
    hints = get_type_hints(body, include_extras=True)
    parameters = list(inspect.signature(body).parameters.items())[start:]
    return tuple(_param(name, parameter.default, hints[name]) for name, parameter in parameters)


def _after(given: Callable[..., Any], body: Callable[..., Any]) -> Callable[..., Any]:
    count = len(inspect.signature(given).parameters)

    def whole(*values: Any) -> Any:
        found = given(*values[:count])
        return found if isinstance(found, CellError) else body(found, *values[count:])

    return whole


def _like(arguments: Sequence[Any], values: Any) -> Any:
    """The values as a pandas Series with the index of those given, where one was; known without importing pandas."""
    series = [argument for argument in arguments if hasattr(argument, "to_frame") and hasattr(argument, "index")]
    if not series:
        return values
    first = series[0]
    if not all(first.index.equals(other.index) for other in series[1:]):
        raise ValueError("The Series have different indexes; align them first, as with Series.align.")
    return type(first)(values, index=first.index)


def _param(name: str, default: Any, hint: Any) -> Param:
    _, shape, quantity = get_args(hint)
    assert isinstance(shape, Shape)
    assert isinstance(quantity, Quantity)
    if default is inspect.Parameter.empty:
        default = MISSING
    elif not isinstance(default, str | Omitted):
        default = float(default)
    return Param(name.rstrip("_"), shape, quantity, default)


def _parameter(param: Param) -> inspect.Parameter:
    default = inspect.Parameter.empty if param.required else None
    return inspect.Parameter(param.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default)


def _returns(hint: Any) -> tuple[Returns, Spill | None]:
    last = get_args(hint)[-1]
    if isinstance(last, Spill):
        return Returns(last.shape, last.unit, last.columns), last
    assert isinstance(last, Quantity)
    return Returns("scalar", last.unit), None
