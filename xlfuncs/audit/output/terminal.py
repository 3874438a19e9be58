"""Findings and rules for people at a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from xlfuncs.audit.output.location import place
from xlfuncs.audit.registry import Finding, Rule

_STYLES = {"E": "bold red", "W": "yellow"}
_WORDS = {"E": "an error", "W": "a warning"}


def show(checked: Mapping[Path, Sequence[Finding]], console: Console) -> None:
    """The findings, errors first; a line each where the output is not a terminal."""
    for file, findings in checked.items():
        if len(checked) > 1:
            console.print(Text(str(file), "bold"), soft_wrap=True)
        ordered = sorted(findings, key=lambda one: (one.severity, one.rule))
        if console.is_terminal and ordered:
            console.print(_table(ordered))
        else:
            for one in ordered:
                words = " ".join(part for part in (one.severity, one.rule, place(one)) if part)
                console.print(Text(f"{words}: {one.why}"), soft_wrap=True)
        errors = sum(one.severity == "E" for one in findings)
        console.print(f"{errors} errors, {len(findings) - errors} warnings", highlight=False)
    if console.is_terminal and any(checked.values()):
        example = next(one.rule for findings in checked.values() for one in findings)
        console.print(Text(f"Why a rule is one: xlfuncs check --explain {example}", "dim"))


def _table(findings: Sequence[Finding]) -> Table:
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(overflow="fold", ratio=1)
    table.add_column(overflow="fold", ratio=2)
    for one in findings:
        table.add_row(Text(f"{one.severity} {one.rule}", _STYLES[one.severity]), Text(place(one)), Text(one.why))
    return table


def explain(rule: Rule, console: Console) -> None:
    """All that is said of a rule."""
    console.print(Text.assemble((rule.id, "bold"), f"  {rule.title}"), soft_wrap=True)
    console.print(Text(f"\n{rule.explanation}\n"), soft_wrap=not console.is_terminal)
    console.print(Text(f"What to do: {rule.mend}"), soft_wrap=True)
    scope = f"{_WORDS[rule.severity]} in a template of ours"
    elsewhere = f"{_WORDS[rule.elsewhere]} in any other workbook" if rule.elsewhere else "not asked of other workbooks"
    console.print(Text(f"It is {scope}, and {elsewhere}. From: {rule.origin}."), soft_wrap=True)


def listed(rules: Mapping[str, Rule], console: Console) -> None:
    """All rules, a line each: severity in our templates and elsewhere, and title."""
    for one in rules.values():
        console.print(Text(f"{one.id}  {one.severity} {one.elsewhere or '-'}  {one.title}"), soft_wrap=True)
