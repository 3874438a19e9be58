"""The command `check`."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

import xlfuncs
from xlfuncs.cli.options import timeout_option
from xlfuncs.cli.output import DONE, ERROR, REFUSED
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.services.output_files import check_output_file, write_output_file

if TYPE_CHECKING:
    from xlfuncs.services.check import CheckResult


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
    "--skip",
    multiple=True,
    metavar="RULE",
    help="Leave out this rule, by its id or name, such as B26 or long-formula; may be repeated.",
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
@timeout_option(60, "the check of a file")
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
            [audit.find_check(name).id for text in texts for name in text.split(",")] for texts in (only, skip, explain)
        )
    except audit.UnknownCheckError as reason:
        raise click.UsageError(str(reason)) from reason
    for id in explained:
        terminal.print_explanation(audit.CHECKS[id], Console())
    if as_list:
        terminal.print_checks(audit.CHECKS, Console())
    if explained or as_list:
        return
    if not files:
        raise click.UsageError("Give a FILE, or --explain or --rules.")
    for report in (sarif, html):
        if report:
            check_output_file(report, text=True)
    results: list[CheckResult] = []
    for file in files:
        try:
            results.append(xlfuncs.check(file, skip=left_out, only=selected, rebuild=rebuild, timeout=timeout))
        except WorkbookRejected as reason:
            click.echo(str(reason), err=True)
    if as_json:
        click.echo(json.dumps(_list_findings(results), ensure_ascii=False, indent=1))
    else:
        terminal.print_findings({result.file: result.findings for result in results}, Console())
    _write_reports(results, sarif, html)
    has_errors = any(result.errors for result in results)
    sys.exit(REFUSED if len(results) < len(files) else ERROR if has_errors else DONE)


def _list_findings(results: list[CheckResult]) -> list[dict[str, str]]:
    """All findings, each with its file where there are several."""
    facts = [result.to_dict() for result in results]
    return [
        ({"file": fact["file"]} if len(results) > 1 else {}) | finding for fact in facts for finding in fact["findings"]
    ]


def _write_reports(results: Iterable[CheckResult], sarif: Path | None, html: Path | None) -> None:
    from xlfuncs import audit
    from xlfuncs.audit.output.html import build_html
    from xlfuncs.audit.output.sarif import build_sarif

    findings = {result.file: result.findings for result in results}
    if sarif:
        facts = build_sarif(findings, audit.CHECKS)
        write_output_file(sarif, json.dumps(facts, ensure_ascii=False, indent=1))
    if html:
        write_output_file(html, build_html(findings, audit.CHECKS, html.parent))
