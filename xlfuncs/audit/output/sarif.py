"""Findings as SARIF 2.1.0, the format that code hosts and editors read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from xlfuncs.audit.output.location import place, quoted, to_file
from xlfuncs.audit.registry import Finding, Rule
from xlfuncs.core.version import VERSION

_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
_LEVELS = {"E": "error", "W": "warning"}


def report(checked: Mapping[Path, Sequence[Finding]], rules: Mapping[str, Rule]) -> dict[str, Any]:
    """The findings of some files, with what the rules are."""
    order = {id: at for at, id in enumerate(rules)}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {"name": "xlfuncs", "version": VERSION, "rules": [_rule(one) for one in rules.values()]}
                },
                "artifacts": [{"location": {"uri": to_file(file)}} for file in checked],
                "results": [
                    _result(file, at, one, order[one.rule])
                    for at, (file, findings) in enumerate(checked.items())
                    for one in findings
                ],
            }
        ],
    }


def _rule(one: Rule) -> dict[str, Any]:
    return {
        "id": one.id,
        "shortDescription": {"text": f"{one.title}."},
        "fullDescription": {"text": one.explanation},
        "help": {"text": one.mend},
        "defaultConfiguration": {"level": _LEVELS[one.elsewhere or one.severity]},
        "properties": {"scope": one.scope, "origin": one.origin},
    }


def _result(file: Path, artifact: int, one: Finding, rule: int) -> dict[str, Any]:
    location: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": to_file(file), "index": artifact}}}
    names = (
        [quoted(one.sheet, cell) for cell in one.cell.split(",")] if one.sheet and one.cell else [one.sheet or one.cell]
    )
    if any(names):
        location["logicalLocations"] = [{"fullyQualifiedName": name, "kind": "object"} for name in names if name]
    where = place(one)
    return {
        "ruleId": one.rule,
        "ruleIndex": rule,
        "level": _LEVELS[one.severity],
        "message": {"text": f"{where}: {one.why}" if where else one.why},
        "locations": [location],
        "partialFingerprints": {"finding/v1": _fingerprint(one)},
    }


def _fingerprint(one: Finding) -> str:
    """What stays the same from run to run, so that a known finding is known again."""
    return hashlib.sha256("\0".join((one.rule, one.sheet, one.cell)).encode()).hexdigest()[:32]
