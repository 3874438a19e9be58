"""Rules for a workbook that others can trust, each checked by reading the file: `xlfuncs check FILE`."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from xlfuncs.audit.checks import (
    flow,
    formulas,
    front,
    inputs,
    layout,
    names,
    ranges,
    results,
    rows,
    structure,
    units,
    values,
)
from xlfuncs.audit.registry import RULES as _DECLARED
from xlfuncs.audit.registry import Finding, Rule, findings
from xlfuncs.audit.workbook_view import Rebuild, WorkbookView
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.registry import Registry
from xlfuncs.core.sandbox import Limits, run_limited

RULES: dict[str, Rule] = dict(sorted(_DECLARED.items()))

_LARGEST_TEMPLATE = 2**28  # bytes


class UnknownRuleError(XlfuncsError, LookupError):
    """No such rule; the message says which there are instead."""


def check(
    path: Path,
    registry: Registry,
    skip: Collection[str] = (),
    only: Collection[str] = (),
    rebuild: Rebuild | None = None,
    limits: Limits | None = None,
) -> list[Finding]:
    """Every rule that does not hold for a workbook; raises `WorkbookRejected` where it cannot be read.

    Rules for our templates run only where the workbook declares itself one. `rebuild` builds a template by name.
    With `limits` the work is done in a process of its own.
    """
    wanted = {known(one) for one in only} or set(RULES)
    wanted -= {known(one) for one in skip}
    if limits is None:
        return _found(path, registry, wanted, rebuild)
    if rebuild is not None:
        limits = replace(limits, file=_LARGEST_TEMPLATE)
    return run_limited(limits, path, _found, path, registry, wanted, rebuild)


def _found(path: Path, registry: Registry, wanted: Collection[str], rebuild: Rebuild | None) -> list[Finding]:
    with _no_collection():
        opened = WorkbookView(path, registry, rebuild)
        return [
            found
            for one in RULES.values()
            if one.id in wanted and (one.elsewhere or opened.ours)
            for found in findings(one, opened)
        ]


@contextmanager
def _no_collection() -> Iterator[None]:
    """No search for garbage among a million small objects that are all in use: a quarter of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def known(name: str) -> str:
    """The id of a rule as it is written here; raises `UnknownRuleError`."""
    id = name.strip().upper()
    if id in RULES:
        return id
    near = get_close_matches(id, RULES, 3, 0.5)
    raise UnknownRuleError(
        f"There is no rule {name}; did you mean {' or '.join(near) if near else 'one of B01 to B58'}?"
    )


__all__ = [
    "RULES", "Finding", "Rule", "UnknownRuleError", "check", "flow", "formulas", "front", "inputs", "known", "layout",
    "names", "ranges", "results", "rows", "structure", "units", "values",
]  # fmt: skip
