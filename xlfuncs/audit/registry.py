"""The rules: each is declared once, beside the function that looks for what breaks it."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from xlfuncs.audit.locations import areas
from xlfuncs.ooxml.cells import CellPos, address_of, place_of

if TYPE_CHECKING:
    from xlfuncs.audit.workbook_view import WorkbookView


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold: its id, E for error or W for warning, where, and why.

    `cell` is an address, areas with a comma between them, a name, or nothing where the whole sheet is meant.
    """

    rule: str
    severity: str
    sheet: str
    cell: str
    why: str


@dataclass(frozen=True)
class Fault:
    """What a rule finds at one cell. Faults of a sheet with the same sentence are one finding.

    `{}` in the sentence stands for the details of all of them.
    """

    sheet: str
    why: str
    place: CellPos | None = None
    detail: str = ""
    severity: str = ""  # that of the rule where empty
    name: str = ""  # in place of a cell


Search = Callable[["WorkbookView"], Iterator[Fault]]


@dataclass(frozen=True)
class Rule:
    """A rule: what must hold, how grave it is where it does not, who asks for it, and what to do."""

    id: str
    title: str
    severity: str  # in a workbook of ours
    elsewhere: str  # in any other workbook; nothing where the rule does not apply
    origin: str
    explanation: str
    mend: str
    search: Search

    @property
    def scope(self) -> str:
        """``any`` workbook, or only ``ours``."""
        return "any" if self.elsewhere else "ours"


RULES: dict[str, Rule] = {}
_DETAILS = 3


def rule(id: str, title: str, severity: str, origin: str, mend: str, elsewhere: str = "") -> Callable[[Search], Search]:
    """Declare a rule; the docstring of the function says why it is one."""

    def declared(search: Search) -> Search:
        assert id not in RULES, id
        why = inspect.cleandoc(search.__doc__ or "")
        RULES[id] = Rule(id, title, severity, elsewhere, origin, why, mend, search)
        return search

    return declared


def findings(one: Rule, opened: WorkbookView) -> Iterator[Finding]:
    """What breaks a rule, with the cells of one sheet and sentence together."""
    groups: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in one.search(opened):
        severity = fault.severity or (one.severity if opened.ours else one.elsewhere)
        groups.setdefault((severity, fault.sheet, fault.why), []).append(fault)
    for (severity, sheet, why), faults in groups.items():
        places = areas(fault.place for fault in faults if fault.place)
        names = [fault.name for fault in faults if fault.name]
        details = list(dict.fromkeys(fault.detail for fault in faults if fault.detail))
        more = f" and {len(details) - _DETAILS} more" if len(details) > _DETAILS else ""
        sentence = why.replace("{}", ", ".join(details[:_DETAILS]) + more)
        yield Finding(one.id, severity, sheet, ",".join(names or places), sentence)


__all__ = ["RULES", "CellPos", "Fault", "Finding", "Rule", "address_of", "findings", "place_of", "rule"]
