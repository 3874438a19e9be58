"""Cross-argument constraints, written once as an expression that works on numbers and on columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xlfuncs.core.errors import NUM, CellError
from xlfuncs.core.wording import counted, fitted, number_texts


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on the arguments, with the error value and the sentence for a violation.

    `must` is an expression in the argument names. In `why`, ``{name}`` stands for the value of an argument and is
    shown in brackets, so that the sentence also reads well without the values.
    """

    must: str
    why: str
    code: str = NUM


def condition(rule: Rule, names: Sequence[str]) -> Callable[..., Any]:
    """The constraint as a function of all arguments.

    >>> condition(Rule("a <= b", "a must not exceed b."), ["a", "b"])(1.0, 2.0)
    True
    """
    scope = {"np": np, "len": len, "isclose": np.isclose}
    holds: Callable[..., Any] = eval(f"lambda {', '.join(names)}: {rule.must}", scope)
    return holds


def broken(rule: Rule, names: Sequence[str], values: Sequence[Any]) -> CellError:
    """The error value of a violated constraint.

    >>> broken(Rule("a <= b", "a {a} must not exceed b {b}."), ["a", "b"], [2.0, 1.0]).why
    'a (2) must not exceed b (1).'
    """
    given = dict(zip(names, values, strict=True))
    named = [name for name, value in given.items() if f"{{{name}}}" in rule.why and isinstance(value, float)]
    texts = dict(zip(named, number_texts([given[name] for name in named]), strict=True))
    texts |= {name: counted(len(value), "cell") for name, value in given.items() if hasattr(value, "__len__")}
    return CellError(rule.code, fitted(rule.why.format_map({name: f"({text})" for name, text in texts.items()})))
