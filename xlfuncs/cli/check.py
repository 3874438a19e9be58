"""The command `check`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from xlfuncs import REGISTRY
from xlfuncs.cli.output import (
    DONE,
    ERROR,
    REFUSED,
    fail,
)


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_lines", is_flag=True, help="The findings as JSON.")
@click.option("--sarif", type=click.Path(dir_okay=False, path_type=Path), help="Write them as SARIF 2.1.0, too.")
@click.option("--html", type=click.Path(dir_okay=False, path_type=Path), help="Write them as a page with links, too.")
@click.option("--skip", multiple=True, metavar="RULE", help="Leave a rule out, such as B26; may be repeated.")
@click.option("--only", multiple=True, metavar="RULE", help="Ask only this rule; may be repeated.")
@click.option("--explain", multiple=True, metavar="RULE", help="Say why a rule is one and what to do; needs no FILE.")
@click.option("--rules", "as_list", is_flag=True, help="List all rules; needs no FILE.")
@click.option("--rebuild", is_flag=True, help="Build templates again and compare, byte for byte (B58).")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True, help="Seconds.")
def check(
    files: tuple[Path, ...],
    as_lines: bool,
    sarif: Path | None,
    html: Path | None,
    skip: tuple[str, ...],
    only: tuple[str, ...],
    explain: tuple[str, ...],
    as_list: bool,
    rebuild: bool,
    timeout: float,
) -> None:
    """Check workbooks against the rules of a trustworthy model; errors exit with 1.

    Any workbook will do: rules that only fit our templates are left out where it is none.
    """
    from rich.console import Console

    from xlfuncs import audit
    from xlfuncs.audit.output import terminal

    try:
        asked, left_out = ([audit.known(one) for given in many for one in given.split(",")] for many in (only, skip))
        explained = [audit.RULES[audit.known(one)] for given in explain for one in given.split(",")]
    except audit.UnknownRuleError as reason:
        raise click.UsageError(str(reason)) from reason
    if explained or as_list:
        for one in explained:
            terminal.explain(one, Console())
        if as_list:
            terminal.listed(audit.RULES, Console())
        return
    if not files:
        raise click.UsageError("Give a FILE, or --explain or --rules.")
    checked, refused = _checked(files, left_out, asked, rebuild, timeout)
    if as_lines:
        click.echo(json.dumps(_findings_facts(checked), ensure_ascii=False, indent=1))
    else:
        terminal.show(checked, Console())
    _write_reports(checked, sarif, html)
    errors = any(one.severity == "E" for findings in checked.values() for one in findings)
    sys.exit(REFUSED if refused else ERROR if errors else DONE)


def _checked(
    files: tuple[Path, ...], skip: Any, only: Any, rebuild: bool, timeout: float
) -> tuple[dict[Path, Any], bool]:
    """The findings of each file, and whether one was refused."""
    from xlfuncs import audit
    from xlfuncs.core.exceptions import WorkbookRejected
    from xlfuncs.core.sandbox import Limits
    from xlfuncs.services import templates

    found, refused = {}, False
    for file in files:
        try:
            found[file] = audit.check(file, REGISTRY, skip, only, templates.write if rebuild else None, Limits(timeout))
        except WorkbookRejected as reason:
            refused = True
            click.echo(str(reason), err=True)
    return found, refused


def _findings_facts(checked: dict[Path, Any]) -> list[dict[str, str]]:
    from dataclasses import asdict

    several = len(checked) > 1
    return [
        ({"file": str(file)} if several else {}) | asdict(one) for file, findings in checked.items() for one in findings
    ]


def _write_reports(checked: dict[Path, Any], sarif: Path | None, html: Path | None) -> None:
    from xlfuncs import audit
    from xlfuncs.audit.output import html as page
    from xlfuncs.audit.output import sarif as format_

    try:
        if sarif:
            facts = format_.report(checked, audit.RULES)
            sarif.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
        if html:
            html.write_text(page.page(checked, audit.RULES, html.parent), encoding="utf-8", newline="\n")
    except OSError as problem:
        fail(f"{problem.filename} cannot be written: {problem.strerror}.", REFUSED)
