"""Rules that join several arguments, written once as an expression that runs on numbers and on columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from xlfuncs.core.errors import NUM, CellError


@dataclass(frozen=True, slots=True)
class Rule:
    """A condition on the arguments, with the error value and the sentence when it does not hold.

    `must` is an expression in the argument names; `why` may show arguments as ``{name}``.
    """

    must: str
    why: str
    code: str = NUM


def condition(rule: Rule, names: Sequence[str]) -> Callable[..., Any]:
    """The rule as a function of all arguments.

    >>> condition(Rule("a <= b", "a must not exceed b."), ["a", "b"])(1.0, 2.0)
    True
    """
    scope = {"np": np, "len": len, "isclose": np.isclose}
    holds: Callable[..., Any] = eval(f"lambda {', '.join(names)}: {rule.must}", scope)
    return holds


def broken(rule: Rule, names: Sequence[str], values: Sequence[Any]) -> CellError:
    """The error value of a rule that does not hold."""
    given = {
        name: f"{value:.6g}" if isinstance(value, float) else f"{len(value)} cells"
        for name, value in zip(names, values, strict=True)
        if isinstance(value, float) or hasattr(value, "__len__")
    }
    return CellError(rule.code, rule.why.format_map(given)[:255])
