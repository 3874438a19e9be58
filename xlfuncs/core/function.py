"""A worksheet function, declared once, with everything that hosts, pages, sheets and tests need to know."""

from __future__ import annotations

import functools
import inspect
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Generic, get_args, get_type_hints, overload

import numpy as np

from xlfuncs.core.arguments import MISSING, Cell, Param
from xlfuncs.core.citation import Source
from xlfuncs.core.constraints import Constraint
from xlfuncs.core.errors import CellError, FormulaError
from xlfuncs.core.evaluate import Plan, is_array, is_single
from xlfuncs.core.exceptions import AlignmentError, ArgumentError, DeclarationError
from xlfuncs.core.quantity import Omitted, Quantity, Shape, Spill
from xlfuncs.core.units import Unit

if TYPE_CHECKING:
    import doctest

    from typing_extensions import ParamSpec, TypeVar  # typing has defaults from Python 3.13 only

    P = ParamSpec("P", default=...)
    R = TypeVar("R", default=Any)
else:
    from typing import ParamSpec, TypeVar

    P = ParamSpec("P")
    R = TypeVar("R")

__all__ = ["Cell", "Example", "Function", "Param", "Returns", "read_params", "sheet_function"]

_ANNOTATIONS = {
    Shape.NUM: float,
    Shape.TEXT: str,
    Shape.SERIES: Sequence[float],
    Shape.LABELS: Sequence[str],
    Shape.CELLS: Sequence[Cell],
    Shape.TABLE: Sequence[Sequence[Cell]],
}

# The result of arrays without dimensions. As in numpy, it is a scalar that has the attributes of an array as well: to a
# type checker an array is an array, whatever its dimensions.
_NUMPY_SCALARS: dict[type, Callable[[Any], Any]] = {float: np.float64, str: np.str_}


@dataclass(frozen=True, slots=True)
class Returns:
    """The result of a function: ``scalar``, ``row``, ``column`` or ``table``, with its unit and columns."""

    shape: str
    unit: Unit
    columns: tuple[str, ...] = ()
    cells: tuple[type, ...] = (float,)


@dataclass(frozen=True, slots=True)
class Example:
    """A call from the docstring: its cells and the expected result."""

    cells: tuple[Any, ...]
    expected: Any


class Function(Generic[P, R]):
    """A worksheet function over a body that is only mathematics.

    Call it like any Python function: with numbers (an error value is raised as `FormulaError`), or with numpy arrays
    (NaN stands where a worksheet would show an error value). Scalars of numpy and arrays without dimensions are
    numbers, and give a float. Hosts use `on_cells`.
    """

    def __init__(
        self,
        body: Callable[..., R],
        formula: str | None,
        source: Source,
        constraints: Sequence[Constraint],
        no_answer_message: str,
        vectorised: bool,
        scalar_args: Sequence[str] = (),
        prepare: Callable[..., Any] | None = None,
    ) -> None:
        functools.update_wrapper(self, body)
        self.body = body
        self.python_name = body.__name__
        self.name = body.__name__.upper()
        self.module = body.__module__
        self.category = _read_category(body)
        self.formula = formula
        self.source = source
        self.constraints = tuple(constraints)
        self.no_answer_message = no_answer_message
        self.params = read_params(body) if prepare is None else read_params(prepare) + read_params(body, 1)
        whole = body if prepare is None else _compose(prepare, body)
        self.returns, spill = _read_returns(_read_hint(body, "return"))
        self.plan = Plan(self.name, whole, self.params, spill, constraints, no_answer_message, vectorised, scalar_args)
        self.on_cells = self.plan.on_cells

    def __repr__(self) -> str:
        return f"<{self.name}({', '.join(param.name for param in self.params)})>"

    def __getattr__(self, name: str) -> Any:
        if name != "__signature__":
            raise AttributeError(f"{self.name} has no attribute {name!r}")
        parameters = [_build_parameter(param) for param in self.params]
        self.__signature__ = inspect.Signature(parameters, return_annotation=_build_return(self.returns))
        return self.__signature__

    def __reduce__(self) -> str:
        return self.python_name  # by its name in its module, as functions are

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        arguments: tuple[Any, ...] = self._order(args, kwargs) if kwargs else args
        if len(arguments) > len(self.params):
            raise ArgumentError(f"{self.python_name} takes {len(self.params)} arguments; got {len(arguments)}.")
        columns = [a for param, a in zip(self.params, arguments, strict=False) if param.elementwise and is_array(a)]
        if columns and not all(map(is_single, columns)):
            return _wrap_as_series(columns, self.plan.on_arrays(*arguments))
        result = self.on_cells(*arguments)
        if isinstance(result, CellError):
            raise FormulaError(result)
        if columns and type(result) in _NUMPY_SCALARS:
            result = _NUMPY_SCALARS[type(result)](result)
        return [[result]] if self.plan.spill and not isinstance(result, list) else result  # type: ignore[return-value]  # rows

    def _order(self, arguments: tuple[Any, ...], named: Mapping[str, Any]) -> tuple[Any, ...]:
        """All arguments by position."""
        names = [param.name for param in self.params]
        unknown = [name for name in named if name not in names[len(arguments) :]]
        if unknown:
            raise ArgumentError(
                f"{self.python_name} takes no further argument {unknown[0]!r}; its arguments are {', '.join(names)}."
            )
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

    @functools.cached_property
    def examples(self) -> tuple[Example, ...]:
        """The calls shown in the docstring."""
        from doctest import DocTestParser  # with what it imports it takes longer than all functions

        return tuple(filter(None, map(self._read_example, DocTestParser().get_examples(self.body.__doc__ or ""))))

    def _read_example(self, example: doctest.Example) -> Example | None:
        """The call, where it is one of this function and nothing else."""
        import ast

        call = ast.parse(example.source.strip(), mode="eval").body
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == self.python_name):
            return None
        arguments = tuple(ast.literal_eval(argument) for argument in call.args)
        named = {word.arg or "": ast.literal_eval(word.value) for word in call.keywords}
        cells = self._order(arguments, named) if named else arguments
        return Example(cells, ast.literal_eval(example.want.strip()))


@overload
def sheet_function(
    *,
    source: Source,
    formula: str | None = None,
    constraints: Sequence[Constraint] = (),
    no_answer_message: str = "",
    vectorised: bool = True,
    scalar_args: Sequence[str] = (),
) -> Callable[[Callable[P, R]], Function[P, R]]: ...


@overload
def sheet_function(
    *,
    source: Source,
    formula: str | None = None,
    constraints: Sequence[Constraint] = (),
    no_answer_message: str = "",
    vectorised: bool = True,
    scalar_args: Sequence[str] = (),
    prepare: Callable[..., Any],
) -> Callable[[Callable[..., R]], Function[..., R]]: ...


def sheet_function(
    *,
    source: Source,
    formula: str | None = None,
    constraints: Sequence[Constraint] = (),
    no_answer_message: str = "",
    vectorised: bool = True,
    scalar_args: Sequence[str] = (),
    prepare: Callable[..., Any] | None = None,
) -> Callable[[Callable[..., R]], Function[..., R]]:
    """Declare a worksheet function; its module names the category of its functions as CATEGORY.

    `formula` is the function in worksheet language, in the names of its arguments, and executable.
    `constraints` join several arguments. If the body returns NaN, the result is #N/A with `no_answer_message`.
    `vectorised` is false of a body that takes one value at a time; every other body also works on columns. Arguments
    named in `scalar_args` never reach the body as a column, because a loop counts by them or they select a branch.
    `prepare` validates leading arguments that several functions share; its result is passed to the body first,
    unless it is an error value.
    """

    def declare(body: Callable[..., R]) -> Function[..., R]:
        return Function(body, formula, source, constraints, no_answer_message, vectorised, scalar_args, prepare)

    return declare


def read_params(body: Callable[..., Any], start: int = 0) -> tuple[Param, ...]:
    """The arguments that the signature of a body declares, from the one at `start` on."""
    names = body.__code__.co_varnames[: body.__code__.co_argcount]
    defaults = body.__defaults__ or ()
    values = (*(MISSING for _ in names[len(defaults) :]), *defaults)
    return tuple(
        _build_param(name, default, _read_hint(body, name))
        for name, default in list(zip(names, values, strict=True))[start:]
    )


def _read_hint(body: Callable[..., Any], name: str) -> Any:
    """An annotation of a body; most are names of its module, which are looked up faster than evaluated."""
    text = body.__annotations__[name]
    return body.__globals__[text] if text in body.__globals__ else get_type_hints(body, include_extras=True)[name]


def _read_category(body: Callable[..., Any]) -> str:
    """The group in the function wizard: the CATEGORY of the module."""
    category = body.__globals__.get("CATEGORY")
    if not isinstance(category, str):
        raise DeclarationError(f"{body.__module__} declares {body.__name__} and no CATEGORY; give it one above.")
    return category


def _compose(prepare: Callable[..., Any], body: Callable[..., Any]) -> Callable[..., Any]:
    count = prepare.__code__.co_argcount

    def whole(*values: Any) -> Any:
        prepared = prepare(*values[:count])
        return prepared if isinstance(prepared, CellError) else body(prepared, *values[count:])

    return whole


def _wrap_as_series(columns: Sequence[Any], values: Any) -> Any:
    """The values as a pandas Series with the index of those given, where one was; known without importing pandas."""
    series = [column for column in columns if hasattr(column, "to_frame") and hasattr(column, "index")]
    if not series:
        return values
    first = series[0]
    if values.shape != (len(first),):
        raise AlignmentError("A Series goes with single values and columns of its own length only.")
    if not all(first.index.equals(other.index) for other in series[1:]):
        raise AlignmentError("The Series have different indexes; align them first, as with Series.align.")
    return type(first)(values, index=first.index)


def _build_param(name: str, default: Any, hint: Any) -> Param:
    _, shape, quantity = get_args(hint)
    assert isinstance(shape, Shape)
    assert isinstance(quantity, Quantity)
    if default is not MISSING and not isinstance(default, str | Omitted):
        default = float(default)
    return Param(name.rstrip("_"), shape, quantity, default)


def _build_parameter(param: Param) -> inspect.Parameter:
    default = inspect.Parameter.empty if param.required else param.python_default
    annotation: Any = _ANNOTATIONS[param.shape_kind]
    if not param.required:
        annotation = annotation | None
    return inspect.Parameter(
        param.name, inspect.Parameter.POSITIONAL_OR_KEYWORD, default=default, annotation=annotation
    )


def _read_returns(hint: Any) -> tuple[Returns, Spill | None]:
    *_, shape, quantity = get_args(hint)
    if isinstance(quantity, Spill):
        return Returns(quantity.shape, quantity.unit, quantity.columns, quantity.cells), quantity
    assert isinstance(quantity, Quantity)
    kinds = {Shape.TEXT: (str,), Shape.CELLS: (float, str, bool)}.get(shape, (float,))
    return Returns("scalar", quantity.unit, cells=kinds), None


def _build_return(returns: Returns) -> Any:
    cell: Any = functools.reduce(operator.or_, returns.cells)
    return cell if returns.shape == "scalar" else list[list[cell]]
