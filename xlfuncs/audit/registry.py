"""The checks of the auditor: each is declared once, by a decorator on the function that finds its violations."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from xlfuncs.audit.locations import format_areas
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.ooxml.cells import CellPos

_ID = re.compile(r"^B\d{2,}$")
_SLUG = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)+$")
_MOST_DETAILS = 3  # in one finding; the rest are counted


class CheckDeclarationError(XlfuncsError, ValueError):
    """Raised when a check is declared wrongly, such as with an id that another check has."""


@dataclass(frozen=True)
class Finding:
    """A violation of a check in a workbook, with all cells of a sheet to which the same message applies.

    `rule` and `slug` identify the check; `severity` is E for an error or W for a warning. `cell` is an address, several
    areas with commas between them, a defined name, or empty where the sheet or the workbook as a whole is meant.
    """

    rule: str
    slug: str
    severity: str
    sheet: str
    cell: str
    message: str
    remedy: str

    @property
    def why(self) -> str:
        """The message, by the name that it has in the JSON of the command line as well."""
        return self.message

    def to_dict(self) -> dict[str, str]:
        """The finding as JSON; `why` and `message` are the same."""
        return {
            "rule": self.rule,
            "severity": self.severity,
            "sheet": self.sheet,
            "cell": self.cell,
            "why": self.message,
            "slug": self.slug,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True)
class Violation:
    """What a check finds at one cell. Violations of a sheet with the same message become one finding.

    `{}` in the message stands for the details of all of them.
    """

    sheet: str
    message: str
    cell: CellPos | None = None
    detail: str = ""
    severity: str = ""  # that of the check where empty
    name: str = ""  # a defined name, in place of a cell


Find = Callable[[WorkbookView], Iterator[Violation]]


@dataclass(frozen=True)
class Check:
    """A check: what must hold, how severe a violation is, the standard it comes from, and the remedy."""

    id: str
    slug: str
    title: str
    severity: str  # in our templates
    severity_elsewhere: str  # in any other workbook; empty where the check does not apply to those
    origin: str
    explanation: str
    remedy: str
    find: Find

    @property
    def scope(self) -> str:
        """Where the check applies: ``any`` workbook, or only our ``templates``."""
        return "any" if self.severity_elsewhere else "templates"


CHECKS: dict[str, Check] = {}


def audit_check(
    id: str, slug: str, title: str, severity: str, origin: str, remedy: str, severity_elsewhere: str = ""
) -> Callable[[Find], Find]:
    """Declare a check; the docstring of the function explains why it matters.

    `title` states what must hold. `severity` is E or W, in our templates; with `severity_elsewhere` the check applies
    to other workbooks as well. Raises `CheckDeclarationError`.
    """

    def declare(find: Find) -> Find:
        explanation = inspect.cleandoc(find.__doc__ or "")
        declared = Check(id, slug, title, severity, severity_elsewhere, origin, explanation, remedy, find)
        _validate(declared)
        CHECKS[id] = declared
        return find

    return declare


def _validate(declared: Check) -> None:
    if not _ID.match(declared.id) or not _SLUG.match(declared.slug):
        raise CheckDeclarationError(
            f"A check needs an id such as {next_free_id()} and a slug of at least two words such as stale-value; "
            f"got {declared.id!r} and {declared.slug!r}."
        )
    for other in CHECKS.values():
        if declared.id == other.id:
            raise CheckDeclarationError(
                f"The id {other.id} of {declared.slug} belongs to {other.slug}; the next free id is {next_free_id()}."
            )
        if declared.slug == other.slug:
            raise CheckDeclarationError(
                f"The slug {other.slug} of {declared.id} belongs to {other.id}; choose another."
            )


def next_free_id() -> str:
    """The id for the next check that is added."""
    return f"B{max((int(id[1:]) for id in CHECKS), default=0) + 1:02}"


def find_violations(check: Check, view: WorkbookView) -> Iterator[Finding]:
    """The findings of a check, with the cells of a sheet that have the same message in one."""
    groups: dict[tuple[str, str, str], list[Violation]] = {}
    for violation in check.find(view):
        severity = violation.severity or (check.severity if view.template else check.severity_elsewhere)
        groups.setdefault((severity, violation.sheet, violation.message), []).append(violation)
    for (severity, sheet, message), violations in groups.items():
        areas = format_areas(violation.cell for violation in violations if violation.cell)
        names = [violation.name for violation in violations if violation.name]
        details = list(dict.fromkeys(violation.detail for violation in violations if violation.detail))
        rest = f" and {len(details) - _MOST_DETAILS} more" if len(details) > _MOST_DETAILS else ""
        message = message.replace("{}", ", ".join(details[:_MOST_DETAILS]) + rest)
        yield Finding(check.id, check.slug, severity, sheet, ",".join(names or areas), message, check.remedy)
