"""Findings and checks for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xlfuncs.audit.output.location import describe_location
from xlfuncs.audit.registry import Check, Finding

_STYLES = {"E": "bold red", "W": "yellow"}
_WORDS = {"E": "an error", "W": "a warning"}


def print_findings(findings: Mapping[Path, Sequence[Finding]], console: Console) -> None:
    """Print the findings, errors first; as plain lines where the output is not a terminal."""
    for file, of_file in findings.items():
        if len(findings) > 1:
            console.print(Text(str(file), "bold"), soft_wrap=True)
        ordered = sorted(of_file, key=lambda finding: (finding.severity, finding.rule))
        if console.is_terminal and ordered:
            console.print(_build_table(ordered))
        else:
            for finding in ordered:
                parts = (finding.severity, finding.rule, describe_location(finding))
                words = " ".join(part for part in parts if part)
                console.print(Text(f"{words}: {finding.message}"), soft_wrap=True)
        errors = sum(finding.severity == "E" for finding in of_file)
        console.print(f"{errors} errors, {len(of_file) - errors} warnings", highlight=False)
    if console.is_terminal and any(findings.values()):
        example = next(finding.rule for of_file in findings.values() for finding in of_file)
        console.print(Text(f"Why a check matters and what to do: xlfuncs check --explain {example}", "dim"))


def _build_table(findings: Sequence[Finding]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(overflow="fold", ratio=1)
    table.add_column(overflow="fold", ratio=2)
    for finding in findings:
        label = Text(f"{finding.severity} {finding.rule}", _STYLES[finding.severity])
        table.add_row(label, Text(describe_location(finding)), Text(finding.message))
    return table


def print_explanation(check: Check, console: Console) -> None:
    """Print why a check matters, what to do about a finding, and where the check applies."""
    console.print(Text.assemble((check.id, "bold"), f"  {check.title} ({check.slug})"), soft_wrap=True)
    console.print(Text(f"\n{check.explanation}\n"), soft_wrap=not console.is_terminal)
    console.print(Text(f"What to do: {check.remedy}"), soft_wrap=True)
    elsewhere = f"{_WORDS[check.severity_elsewhere]} in any other workbook" if check.severity_elsewhere else ""
    scope = f"It is {_WORDS[check.severity]} in our templates and {elsewhere or 'not applied to other workbooks'}."
    console.print(Text(f"{scope} Source: {check.origin}."), soft_wrap=True)


def print_checks(checks: Mapping[str, Check], console: Console) -> None:
    """Print all checks, a line each: id, severity in our templates and elsewhere, slug and title."""
    width = max(len(check.slug) for check in checks.values())
    for check in checks.values():
        severities = f"{check.severity} {check.severity_elsewhere or '-'}"
        console.print(Text(f"{check.id}  {severities}  {check.slug:<{width}}  {check.title}"), soft_wrap=True)
