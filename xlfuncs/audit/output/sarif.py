"""Findings as SARIF 2.1.0, the format that code hosts and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlfuncs.audit.output.location import describe_location, file_uri, qualify
from xlfuncs.audit.registry import Check, Finding
from xlfuncs.core.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"E": "error", "W": "warning"}


def build_sarif(findings: Mapping[Path, Sequence[Finding]], checks: Mapping[str, Check]) -> dict[str, Any]:
    """The findings of some files as a SARIF log, with the descriptions of all checks."""
    index = {id: number for number, id in enumerate(checks)}
    rules = [_describe_check(check) for check in checks.values()]
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": {"name": "xlfuncs", "version": VERSION, "rules": rules}},
                "artifacts": [{"location": {"uri": file_uri(file)}} for file in findings],
                "results": [
                    _describe_finding(file, number, finding, index[finding.rule])
                    for number, (file, of_file) in enumerate(findings.items())
                    for finding in of_file
                ],
            }
        ],
    }


def _describe_check(check: Check) -> dict[str, Any]:
    return {
        "id": check.id,
        "name": "".join(word.capitalize() for word in check.slug.split("-")),  # SARIF wants names in Pascal case
        "shortDescription": {"text": f"{check.title}."},
        "fullDescription": {"text": check.explanation},
        "help": {"text": check.remedy},
        "defaultConfiguration": {"level": _LEVELS[check.severity_elsewhere or check.severity]},
        "properties": {"slug": check.slug, "scope": check.scope, "origin": check.origin},
    }


def _describe_finding(file: Path, artifact: int, finding: Finding, rule_index: int) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": file_uri(file), "index": artifact}}}
    if finding.sheet and finding.cell:
        names = [qualify(finding.sheet, cell) for cell in finding.cell.split(",")]
    else:
        names = [finding.sheet or finding.cell]
    if any(names):
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"} for name in names if name]
    words = describe_location(finding)
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{words}: {finding.message}" if words else finding.message},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(finding)},
    }


def _fingerprint(finding: Finding) -> str:
    """What stays the same from run to run, by which a code host recognises a known finding."""
    return hashlib.sha256("\0".join((finding.rule, finding.sheet, finding.cell)).encode()).hexdigest()[:32]
