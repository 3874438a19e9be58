"""Cross-argument constraints, each one expression that works on numbers and on columns."""

from __future__ import annotations

import builtins
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from xlfuncs.core.errors import NUM, CellError
from xlfuncs.core.exceptions import DeclarationError
from xlfuncs.core.wording import count_text, fit_text, number_texts

_READ = "LOAD_GLOBAL"


@dataclass(frozen=True, slots=True)
class Constraint:
    """A condition on the arguments, with the error value and the sentence for a violation.

    The parameters of `predicate` are names of arguments. In `message`, ``{name}`` stands for the value of an argument
    and is shown in brackets, so that the sentence also reads well without the values.
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
    code = constraint.predicate.__code__
    parameters = code.co_varnames[: code.co_argcount]
    placeholders = re.findall(r"\{(\w*)\}", constraint.message)
    unknown = [name for name in (*parameters, *placeholders) if name not in names] or _find_undefined(
        constraint.predicate
    )
    if unknown or not parameters:
        problem = f"{unknown[0]!r} is not one of its arguments" if unknown else "its predicate has no parameter"
        raise DeclarationError(f"A constraint on {', '.join(names)} cannot be checked: {problem}.")
    positions = [names.index(name) for name in parameters]
    # A slice picks a tuple even of one.
    return itemgetter(*positions) if len(positions) > 1 else itemgetter(slice(positions[0], positions[0] + 1))


def _find_undefined(predicate: Callable[..., Any]) -> list[str]:
    """Names in the expression that are neither parameters nor defined where it stands."""
    scope = predicate.__globals__
    unknown = [name for name in predicate.__code__.co_names if name not in scope and not hasattr(builtins, name)]
    if not unknown:
        return []
    from dis import get_instructions  # tells a name from an attribute

    return [step.argval for step in get_instructions(predicate) if step.opname == _READ and step.argval in unknown]


def describe_violation(constraint: Constraint, names: Sequence[str], values: Sequence[Any]) -> CellError:
    """The error value of a violated constraint.

    >>> constraint = Constraint(lambda a, b: a <= b, "a {a} must not exceed b {b}.")
    >>> describe_violation(constraint, ["a", "b"], [2.0, 1.0]).why
    'a (2) must not exceed b (1).'
    """
    arguments = dict(zip(names, values, strict=True))
    named = [
        name for name, value in arguments.items() if f"{{{name}}}" in constraint.message and isinstance(value, float)
    ]
    texts = dict(zip(named, number_texts([arguments[name] for name in named]), strict=True))
    texts |= {name: count_text(len(value), "cell") for name, value in arguments.items() if hasattr(value, "__len__")}
    sentence = constraint.message.format_map({name: f"({text})" for name, text in texts.items()})
    return CellError(constraint.code, fit_text(sentence))
