"""Constraints that join several arguments, each one expression that runs on numbers and on columns."""

from __future__ import annotations

import builtins
import dis
import inspect
import string
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from xlfuncs.core.errors import NUM, CellError
from xlfuncs.core.exceptions import DeclarationError

_GLOBAL_READS = ("LOAD_GLOBAL", "LOAD_NAME")


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition on the arguments, with the error value and the sentence when it does not hold.

    The parameters of `predicate` are names of arguments; `message` may show arguments as ``{name}``.
    """

    predicate: Callable[..., Any]
    message: str
    code: str = NUM


def bind(constraint: Constraint, names: Sequence[str]) -> Callable[[Sequence[Any]], tuple[Any, ...]]:
    """Check a constraint against the names of the arguments; return what picks the arguments of its predicate.

    >>> pick = bind(Constraint(lambda c, a: a <= c, "a {a} must not exceed c."), ["a", "b", "c"])
    >>> pick((1.0, 2.0, 3.0))
    (3.0, 1.0)
    """
    wanted = list(inspect.signature(constraint.predicate).parameters)
    shown = [field for _, field, _, _ in string.Formatter().parse(constraint.message) if field is not None]
    unknown = [name for name in (*wanted, *shown) if name not in names] or _find_undefined(constraint.predicate)
    if unknown or not wanted:
        problem = f"{unknown[0]!r} is not one of its arguments" if unknown else "its predicate has no parameter"
        raise DeclarationError(f"A constraint on {', '.join(names)} cannot be checked: {problem}.")
    positions = [names.index(name) for name in wanted]
    # A slice picks a tuple even of one.
    return itemgetter(*positions) if len(positions) > 1 else itemgetter(slice(positions[0], positions[0] + 1))


def _find_undefined(predicate: Callable[..., Any]) -> list[str]:
    """Names in the expression that are neither parameters nor defined where it stands."""
    defined = {*vars(builtins), *getattr(predicate, "__globals__", {})}
    reads = (step.argval for step in dis.get_instructions(predicate) if step.opname in _GLOBAL_READS)
    return [name for name in reads if name not in defined]


def describe_violation(constraint: Constraint, names: Sequence[str], values: Sequence[Any]) -> CellError:
    """The error value of a constraint that does not hold."""
    given = {
        name: f"{value:.6g}" if isinstance(value, float) else f"{len(value)} cells"
        for name, value in zip(names, values, strict=True)
        if isinstance(value, float) or hasattr(value, "__len__")
    }
    return CellError(constraint.code, constraint.message.format_map(given)[:255])
