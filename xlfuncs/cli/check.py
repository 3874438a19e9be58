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
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.option(
    "--sarif", type=click.Path(dir_okay=False, path_type=Path), help="Also write the findings to this SARIF 2.1.0 file."
)
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Also write the findings to this HTML page."
)
@click.option(
    "--skip", multiple=True, metavar="RULE", help="Leave out this rule, by its id or name such as B26; may be repeated."
)
@click.option("--only", multiple=True, metavar="RULE", help="Apply only this rule; may be repeated.")
@click.option(
    "--explain",
    multiple=True,
    metavar="RULE",
    help="Explain why this rule matters and what to do about a finding; needs no FILE.",
)
@click.option("--rules", "as_list", is_flag=True, help="List all rules with their ids and names; needs no FILE.")
@click.option("--rebuild", is_flag=True, help="Compare templates, byte for byte, with a fresh copy (rule B58).")
@click.option(
    "--timeout",
    type=click.FloatRange(min=0, min_open=True),
    default=60,
    show_default=True,
    help="Stop the check of each file after this many seconds.",
)
def check(
    files: tuple[Path, ...],
    as_json: bool,
    sarif: Path | None,
    html: Path | None,
    skip: tuple[str, ...],
    only: tuple[str, ...],
    explain: tuple[str, ...],
    as_list: bool,
    rebuild: bool,
    timeout: float,
) -> None:
    """Check workbooks against the rules of a trustworthy model; exits with 1 if there are errors.

    Any workbook can be checked: rules that only fit the templates of xlfuncs apply to those alone.
    """
    from rich.console import Console

    from xlfuncs import audit
    from xlfuncs.audit.output import terminal

    try:
        selected, left_out, explained = (
            [audit.find_check(name) for text in texts for name in text.split(",")] for texts in (only, skip, explain)
        )
    except audit.UnknownCheckError as reason:
        raise click.UsageError(str(reason)) from reason
    if explained or as_list:
        for declared in explained:
            terminal.print_explanation(declared, Console())
        if as_list:
            terminal.print_checks(audit.CHECKS, Console())
        return
    if not files:
        raise click.UsageError("Give a FILE, or --explain or --rules.")
    skipped_ids, selected_ids = ([declared.id for declared in checks] for checks in (left_out, selected))
    findings, refused = _check_files(files, skipped_ids, selected_ids, rebuild, timeout)
    if as_json:
        click.echo(json.dumps(_list_findings(findings), ensure_ascii=False, indent=1))
    else:
        terminal.print_findings(findings, Console())
    _write_reports(findings, sarif, html)
    errors = any(finding.severity == "E" for of_file in findings.values() for finding in of_file)
    sys.exit(REFUSED if refused else ERROR if errors else DONE)


def _check_files(
    files: tuple[Path, ...], skip: Any, only: Any, rebuild: bool, timeout: float
) -> tuple[dict[Path, Any], bool]:
    """The findings of each file, and whether one was refused."""
    from xlfuncs import audit
    from xlfuncs.core.exceptions import WorkbookRejected
    from xlfuncs.core.sandbox import Limits
    from xlfuncs.services import templates

    findings, refused = {}, False
    for file in files:
        try:
            rebuild_template = templates.write if rebuild else None
            findings[file] = audit.check(file, REGISTRY, skip, only, rebuild_template, Limits(timeout))
        except WorkbookRejected as reason:
            refused = True
            click.echo(str(reason), err=True)
    return findings, refused


def _list_findings(findings: dict[Path, Any]) -> list[dict[str, str]]:
    """All findings, each with its file where there are several."""
    return [
        ({"file": str(file)} if len(findings) > 1 else {}) | finding.to_dict()
        for file, of_file in findings.items()
        for finding in of_file
    ]


def _write_reports(findings: dict[Path, Any], sarif: Path | None, html: Path | None) -> None:
    from xlfuncs import audit
    from xlfuncs.audit.output.html import build_html
    from xlfuncs.audit.output.sarif import build_sarif

    try:
        if sarif:
            facts = build_sarif(findings, audit.CHECKS)
            sarif.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
        if html:
            html.write_text(build_html(findings, audit.CHECKS, html.parent), encoding="utf-8", newline="\n")
    except OSError as problem:
        fail(f"{problem.filename} cannot be written: {problem.strerror}.", REFUSED)
