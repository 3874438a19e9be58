"""The auditor: checks of any workbook against the rules of a trustworthy model; `xlfuncs check FILE`."""

from __future__ import annotations

import gc
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from xlfuncs.audit.checks import load_checks
from xlfuncs.audit.registry import CHECKS as _DECLARED
from xlfuncs.audit.registry import Check, Finding, find_violations
from xlfuncs.audit.workbook_view import Rebuild, WorkbookView
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.registry import Registry
from xlfuncs.core.sandbox import Limits, run_limited

load_checks()
CHECKS: Mapping[str, Check] = dict(sorted(_DECLARED.items()))  # by id
_BY_SLUG = {declared.slug: declared for declared in CHECKS.values()}

_LARGEST_TEMPLATE = 2**28  # bytes

__all__ = ["CHECKS", "Check", "Finding", "UnknownCheckError", "check", "find_check"]


class UnknownCheckError(XlfuncsError, LookupError):
    """Raised for a check that does not exist; the message names those that are spelled alike."""


def check(
    path: Path,
    registry: Registry,
    skip: Collection[str] = (),
    only: Collection[str] = (),
    rebuild: Rebuild | None = None,
    limits: Limits | None = None,
) -> list[Finding]:
    """The findings of all checks; raises `WorkbookRejected` where the workbook cannot be read.

    `skip` and `only` take ids and slugs. Checks of our templates run only where the workbook declares itself one.
    `rebuild` writes a template by its name, to compare it with the workbook. With `limits` the work is done in a
    process of its own.
    """
    selected = {find_check(name).id for name in only} or set(CHECKS)
    selected -= {find_check(name).id for name in skip}
    if limits is None:
        return _run_checks(path, registry, selected, rebuild)
    if rebuild is not None:
        limits = replace(limits, file=_LARGEST_TEMPLATE)
    return run_limited(limits, path, _run_checks, path, registry, selected, rebuild)


def _run_checks(path: Path, registry: Registry, selected: Collection[str], rebuild: Rebuild | None) -> list[Finding]:
    with _without_garbage_collection():
        view = WorkbookView(path, registry, rebuild)
        return [
            finding
            for declared in CHECKS.values()
            if declared.id in selected and (declared.severity_elsewhere or view.template)
            for finding in find_violations(declared, view)
        ]


@contextmanager
def _without_garbage_collection() -> Iterator[None]:
    """Turn the collector off: it would spend a quarter of the time on a million small objects that are all in use."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def find_check(name: str) -> Check:
    """The check with an id or a slug, in any case; raises `UnknownCheckError`.

    >>> find_check("b21").slug, find_check("typed-over-formula").id
    ('typed-over-formula', 'B21')
    """
    key = name.strip()
    declared = CHECKS.get(key.upper()) or _BY_SLUG.get(key.lower())
    if declared is not None:
        return declared
    similar = get_close_matches(key.upper(), CHECKS, 3, 0.5) or get_close_matches(key.lower(), _BY_SLUG, 3, 0.5)
    first, last = min(CHECKS), max(CHECKS)
    raise UnknownCheckError(
        f"There is no check {name}; did you mean {' or '.join(similar) if similar else f'one of {first} to {last}'}?"
    )
