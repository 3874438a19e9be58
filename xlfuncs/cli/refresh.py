"""The command `refresh`."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

import xlfuncs
from xlfuncs.cli.options import timeout_option
from xlfuncs.cli.output import DONE, REFUSED, STALE, cell_text
from xlfuncs.core.exceptions import printable
from xlfuncs.core.wording import count_text

if TYPE_CHECKING:
    from xlfuncs.data.workbook_tables import DataUpdate
    from xlfuncs.services.batch import FileOutcome
    from xlfuncs.services.refresh import RefreshResult

_MOST_CELLS = 10  # of one kind, in the text


@click.command()
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option(
    "-o",
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the result here and leave FILE as it is.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result of each file as a line of JSON.")
@click.option("--dry-run", is_flag=True, help="Report what would change and write nothing.")
@click.option("--check", "only_check", is_flag=True, help="Like --dry-run, and exit with 3 if a value is stale.")
@click.option(
    "--data",
    "address",
    metavar="SOURCE",
    help="Take figures from your own source: a .csv, .parquet, .xlsx or .db file, a folder, or the URL of a database.",
)
@click.option(
    "--table", default="", metavar="NAME", help="Table to read from a workbook or a database; figures by default."
)
@click.option("--no-data", is_flag=True, help="Leave the declared data as it is and only calculate.")
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Take the data as it was known on this day.",
)
@timeout_option(60, "the refresh of a file")
@click.option(
    "-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Number of worker processes."
)
@click.option("--scheduler", default="", metavar="ADDRESS", help="Send the files to this Dask scheduler.")
@click.option(
    "--resume",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="LOG",
    help="Record refreshed files in this log, and skip those that it lists.",
)
@click.option("--force", is_flag=True, help="Replace signed, locked, linked and read-only files, too.")
def refresh(
    files: tuple[Path, ...],
    out: Path | None,
    as_json: bool,
    dry_run: bool,
    only_check: bool,
    address: str | None,
    table: str,
    no_data: bool,
    as_of: dt.datetime | None,
    timeout: float,
    jobs: int,
    scheduler: str,
    resume: Path | None,
    force: bool,
) -> None:
    """Bring workbooks up to date: their declared data, then every formula; in one step or not at all."""
    if out and len(files) > 1:
        raise click.UsageError("-o takes one FILE; leave it out to refresh each in place.")
    if no_data and (address or as_of):
        raise click.UsageError("--no-data goes with neither --data nor --as-of.")
    outcomes = xlfuncs.refresh_many(
        files,
        out=out,
        dry_run=dry_run or only_check,
        data=address,
        table=table,
        update_data=not no_data,
        as_of=as_of,
        timeout=timeout,
        force=force,
        workers=jobs,
        scheduler=scheduler,
        resume=resume,
    )
    code = DONE
    for outcome in _track_progress(outcomes, len(files)):
        if not outcome.skipped:
            _print_outcome(outcome, as_json, len(files) > 1)
            code = max(code, _exit_code(outcome, only_check), key=(DONE, STALE, REFUSED).index)
    sys.exit(code)


def _track_progress(outcomes: Iterable[FileOutcome], count: int) -> Iterator[FileOutcome]:
    """The outcomes, with a progress bar on a terminal where there are several."""
    if count == 1 or not sys.stderr.isatty():
        yield from outcomes
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Refreshing", total=count)
        for outcome in outcomes:
            yield outcome
            bar.advance(task)


def _print_outcome(outcome: FileOutcome, as_json: bool, one_line: bool) -> None:
    if as_json:
        click.echo(json.dumps(outcome.to_dict(), ensure_ascii=False))
    elif outcome.result is None:
        click.echo(outcome.refused, err=True)
    else:
        click.echo(_format_line(outcome.result) if one_line else _format_text(outcome.result))


def _exit_code(outcome: FileOutcome, only_check: bool) -> int:
    if outcome.result is None:
        return REFUSED
    return STALE if only_check and outcome.result.is_stale else DONE


def _format_line(result: RefreshResult) -> str:
    """The result for a file in one line."""
    counts = ((len(result.errors), "errors"), (len(result.kept), "kept"), (len(result.data.conflicts), "conflicts"))
    more = "".join(f", {count} {word}" for count, word in counts if count)
    state = "written" if result.written else "nothing written"
    return (
        f"{printable(str(result.file))}: {result.recalculated} of {result.formulas} formulas recalculated, "
        f"{len(result.changed)} values changed{more}, {state}."
    )


def _format_text(result: RefreshResult) -> str:
    """The result for a file: its data, the largest changes, what was kept and why, and the outputs."""
    lines = [_format_line(result), *_format_data(result.data)]
    changes = result.largest_changes()
    lines += _shorten(
        [f"  changed {c.sheet}!{c.cell} {cell_text(c.old)} -> {cell_text(c.new)}" for c in changes], "smaller changes"
    )
    for word, cells in (("error", result.errors), ("kept", result.kept), ("unchecked", result.unchecked)):
        texts = (f"  {word} {cell.sheet}!{cell.cell} {cell.code} {cell.why}" for cell in cells)
        lines += _shorten([f"  {text.strip().replace('  ', ' ')}" for text in texts])
    width = max(map(len, result.outputs), default=0)
    lines += [f"  {name.ljust(width)}  {cell_text(value)}" for name, value in result.outputs.items()]
    return "\n".join(lines)


def _format_data(data: DataUpdate) -> list[str]:
    """What became of the declared data: what moved, and what stayed though the source has another value."""
    if not data.declared:
        return []
    figures, inputs = ({move.key for move in moves} for moves in (data.figures, data.inputs))
    later = len(data.not_yet_known)
    unknown = f"; {later} of {later + data.known} not known on that day, kept as they were" if later else ""
    lines = [
        f"  input {move.key} {cell_text(move.old)} -> {cell_text(move.new)}"
        for move in data.inputs
        if move.what == "base"
    ]
    lines += [f"  {'conflict' if row.conflict else 'kept'} {row.key}: {row.why}" for row in data.kept]
    return [
        f"  data: {count_text(len(figures), 'figure')} and {count_text(len(inputs), 'input')} updated{unknown}",
        *_shorten(lines),
    ]


def _shorten(lines: list[str], word: str = "more") -> list[str]:
    """The first lines, and how many more there are."""
    if len(lines) <= _MOST_CELLS:
        return lines
    more = len(lines) - _MOST_CELLS
    return [*lines[:_MOST_CELLS], f"  and {more} {word}; --json lists all"]
