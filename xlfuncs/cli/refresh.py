"""The command `refresh`."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import click

from xlfuncs.cli.output import (
    DONE,
    REFUSED,
    STALE,
    cell_text,
    fail,
)


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write here and keep FILE.")
@click.option("--json", "as_lines", is_flag=True, help="One report a file, as a line of JSON.")
@click.option("--dry-run", is_flag=True, help="Report what would change and write nothing.")
@click.option("--check", "only_check", is_flag=True, help="As --dry-run; exit with 3 where a value is stale.")
@click.option("--data", "address", help="Figures of your own: a .csv, .parquet, .xlsx or .db file, a folder, a URL.")
@click.option("--table", default="", help="The table to take of a workbook or a database; figures by default.")
@click.option("--no-data", is_flag=True, help="Leave the declared data as it is; calculate only.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="Take the data as it was known on this day.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=60, show_default=True, help="Seconds.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Files at a time.")
@click.option("--scheduler", default="", metavar="ADDRESS", help="Send the files to this Dask scheduler.")
@click.option("--resume", type=click.Path(dir_okay=False, path_type=Path), help="Note done files here; skip them next.")
@click.option("--force", is_flag=True, help="Replace signed, locked, linked and read-only files too.")
def refresh(
    files: tuple[Path, ...],
    out: Path | None,
    as_lines: bool,
    dry_run: bool,
    only_check: bool,
    address: str | None,
    table: str,
    no_data: bool,
    as_of: Any,
    timeout: float,
    jobs: int,
    scheduler: str,
    resume: Path | None,
    force: bool,
) -> None:
    """Bring workbooks up to date: their declared data, then every formula; in one step or not at all."""
    from xlfuncs.core.sandbox import Limits
    from xlfuncs.services.batch import Done, Job, SchedulerError, each

    if out and len(files) > 1:
        raise click.UsageError("-o takes one FILE; leave it out to refresh each in place.")
    if no_data and (address or as_of):
        raise click.UsageError("--no-data goes with neither --data nor --as-of.")
    source = None if no_data else _data_source(address, table, as_of.date() if as_of else None)
    job = Job(out, dry_run or only_check, source, Limits(timeout), force)
    done = Done(resume)
    code = DONE
    try:
        for outcome in _tracked(
            each(left := done.left(files), job, jobs, scheduler), len(files), len(files) - len(left)
        ):
            code = max(code, _told(outcome, only_check, as_lines, len(files) > 1), key=(DONE, STALE, REFUSED).index)
            if outcome.report and not job.dry_run:
                done.note(outcome.file)
    except SchedulerError as reason:
        fail(str(reason), REFUSED)
    sys.exit(code)


def _tracked(outcomes: Any, count: int, skipped: int) -> Any:
    """The outcomes, with a bar on a terminal where there are several."""
    if count == 1 or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Refreshing", total=count, completed=skipped)
        for outcome in outcomes:
            yield outcome
            bar.advance(task)


def _told(outcome: Any, only_check: bool, as_lines: bool, short: bool) -> int:
    """Say what became of a file; gives the exit code that it asks for."""
    from xlfuncs.core.exceptions import printable

    report = outcome.report
    if report is None:
        facts = {"file": printable(str(outcome.file)), "refused": outcome.refused}
        click.echo(json.dumps(facts) if as_lines else outcome.refused, err=not as_lines)
        return REFUSED
    if as_lines:
        click.echo(json.dumps(_report_facts(report), ensure_ascii=False))
    else:
        click.echo(_report_line(report) if short else _report_text(report))
    return STALE if only_check and (report.changed or report.data) else DONE


def _data_source(address: str | None, table: str, as_of: Any) -> Any:
    """The installed data, or the user's own."""
    from xlfuncs.services.refresh import DataSource, installed

    if address is None:
        return installed(as_of)
    from xlfuncs.data.user_sources import SourceError, opened

    try:
        figures = opened(address, table)
    except SourceError as reason:
        fail(str(reason), REFUSED)
    return DataSource(figures.at(as_of), figures.name + (f" as of {as_of}" if as_of else ""), as_of is not None)


def _report_facts(report: Any) -> dict[str, Any]:
    from xlfuncs.core.exceptions import printable
    from xlfuncs.engine.evaluator import to_json

    return {
        "file": printable(str(report.file)),
        "formulas": report.formulas,
        "recalculated": report.recalculated,
        "written": report.written,
        "changed": [
            {"sheet": c.sheet, "cell": c.cell, "old": to_json(c.old), "new": to_json(c.new)}
            for c in sorted(report.changed, key=_relative, reverse=True)
        ],
        "errors": [{"sheet": e.sheet, "cell": e.cell, "error": e.code, "why": e.why} for e in report.errors],
        "kept": [{"sheet": k.sheet, "cell": k.cell, "why": k.why} for k in report.kept],
        "unchecked": [{"sheet": u.sheet, "cell": u.cell, "why": u.why} for u in report.unchecked],
        "outputs": {name: to_json(value) for name, value in report.outputs.items()},
        "data": {
            "declared": report.data.declared,
            "figures": [_moved(one) for one in report.data.figures],
            "inputs": [_moved(one) for one in report.data.inputs],
            "kept": [_where(one) | {"why": one.why, "conflict": one.conflict} for one in report.data.kept],
        },
    }


def _where(one: Any) -> dict[str, Any]:
    from xlfuncs.ooxml.cells import address_of

    return {"key": one.key, "sheet": one.sheet, "cell": address_of(one.cell)}


def _moved(one: Any) -> dict[str, Any]:
    from xlfuncs.engine.evaluator import to_json

    old, new = (str(value) if hasattr(value, "year") else to_json(value) for value in (one.old, one.new))
    return _where(one) | {"what": one.what, "old": old, "new": new}


def _data_text(data: Any, most: int) -> list[str]:
    """What became of the declared data: what moved, and what stayed though the source has another value."""
    lines = [
        f"  input {one.key} {cell_text(one.old)} -> {cell_text(one.new)}" for one in data.inputs if one.what == "base"
    ]
    lines += [f"  {'conflict' if one.conflict else 'kept'} {one.key}: {one.why}" for one in data.kept]
    more = [f"  and {len(lines) - most} more; --json has them all"] if len(lines) > most else []
    figures = len({one.key for one in data.figures})
    head = [f"  data: {figures} figures, {len({one.key for one in data.inputs})} inputs brought up to date"]
    return [*(head if data.declared else []), *lines[:most], *more]


def _relative(change: Any) -> float:
    """How large a change is: of a number its ratio, of anything else more than any; of no value less."""
    old, new = change.old, change.new
    if old is None:
        return -1.0
    if not all(isinstance(value, (int, float)) for value in (old, new)):
        return float("inf")
    return abs(new - old) / (abs(old) or 1e-300)


def _report_line(report: Any) -> str:
    """A file in one line."""
    from xlfuncs.core.exceptions import printable

    counts = ((len(report.errors), "errors"), (len(report.kept), "kept"), (len(report.data.conflicts), "conflicts"))
    more = "".join(f", {count} {word}" for count, word in counts if count)
    state = "written" if report.written else "nothing written"
    return (
        f"{printable(str(report.file))}: {report.recalculated} of {report.formulas} formulas recalculated, "
        f"{len(report.changed)} values changed{more}, {state}."
    )


def _report_text(report: Any, most: int = 10) -> str:
    lines = [_report_line(report)]
    lines += _data_text(report.data, most)
    largest = sorted(report.changed, key=_relative, reverse=True)
    lines += [f"  changed {c.sheet}!{c.cell} {cell_text(c.old)} -> {cell_text(c.new)}" for c in largest[:most]]
    if len(largest) > most:
        lines.append(f"  and {len(largest) - most} smaller changes; --json has them all")
    for word, found in (("error", report.errors), ("kept", report.kept), ("unchecked", report.unchecked)):
        lines += [f"  {word} {one.sheet}!{one.cell} {one.code} {one.why}".replace("  ", " ") for one in found[:most]]
        if len(found) > most:
            lines.append(f"  and {len(found) - most} more; --json has them all")
    width = max(map(len, report.outputs), default=0)
    lines += [f"  {name.ljust(width)}  {cell_text(value)}" for name, value in report.outputs.items()]
    return "\n".join(lines)
