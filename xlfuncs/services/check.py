"""The audit of a workbook as a service: its findings, and what they amount to."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from xlfuncs import audit
from xlfuncs.audit import Finding
from xlfuncs.core.exceptions import printable
from xlfuncs.core.sandbox import Limits
from xlfuncs.functions import REGISTRY
from xlfuncs.services import templates


@dataclass(frozen=True)
class CheckResult:
    """What the checks of the audit find in a workbook.

    Attributes:
        file: The workbook.
        findings: Each rule that does not hold, with its severity (E for error, W for warning), sheet, cells, message
            and remedy.
    """

    file: Path
    findings: list[Finding]

    @property
    def errors(self) -> list[Finding]:
        """The findings that are errors."""
        return [finding for finding in self.findings if finding.severity == "E"]

    @property
    def warnings(self) -> list[Finding]:
        """The findings that are warnings."""
        return [finding for finding in self.findings if finding.severity != "E"]

    def to_dict(self) -> dict[str, Any]:
        """The workbook, and its findings as `xlfuncs check --json` lists them."""
        return {"file": printable(str(self.file)), "findings": [finding.to_dict() for finding in self.findings]}


def check(
    path: Path,
    *,
    skip: Collection[str] = (),
    only: Collection[str] = (),
    rebuild: bool = False,
    limits: Limits | None = None,
) -> CheckResult:
    """Check a workbook against the rules of the audit; raises `WorkbookRejected` where it cannot be read.

    With `rebuild` a template is also compared, byte for byte, with a fresh copy of it.
    """
    builder = templates.write if rebuild else None
    return CheckResult(path, audit.check(path, REGISTRY, skip, only, builder, limits))
