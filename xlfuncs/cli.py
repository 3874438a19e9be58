"""The command line: `xlfuncs --help`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import click

from xlfuncs import REGISTRY, __version__
from xlfuncs.core.errors import CellError

DONE, ERROR, REFUSED, STALE, USAGE = 0, 1, 2, 3, 64
_MOST_LINES = 20


click.UsageError.exit_code = USAGE  # as in sysexits.h, so that 2 can mean refused


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xlfuncs")
def main() -> None:
    """Worksheet functions and workbooks to value AI companies and compare the US and China."""


@main.command("eval")
@click.argument("formula", required=False)
@click.option("--json", "as_lines", is_flag=True, help="One formula a line in, one JSON value a line out.")
def evaluate_formula(formula: str | None, as_lines: bool) -> None:
    """Evaluate FORMULA, such as '=LTV_CAC(100, 0.8, 0.05, 400)'.

    With --json, reads one formula a line from standard input (or takes FORMULA) and writes one JSON value a
    line: a number, text, a bool, a list of rows, or {"error": ..., "why": ...}.
    """
    from xlfuncs.hosts.headless.evaluate import Evaluator, as_json

    evaluator = Evaluator(REGISTRY)
    if as_lines:
        for line in [formula] if formula is not None else sys.stdin:
            click.echo(json.dumps(as_json(evaluator.value(line.rstrip("\n"))), ensure_ascii=False, allow_nan=False))
        return
    if formula is None:
        raise click.UsageError("Give a formula, or --json to read formulas from standard input.")
    value = evaluator.value(formula)
    if isinstance(value, CellError):
        click.echo(f"{value.code}  {value.why}")
        sys.exit(ERROR)
    for row in value if isinstance(value, list) else [[value]]:
        click.echo("\t".join(_cell_text(cell) for cell in row))


def _cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"{cell:.15g}" if isinstance(cell, float) else "" if cell is None else str(cell)


@main.command("list")
@click.option("--json", "as_lines", is_flag=True, help="The catalogue as JSON.")
def list_functions(as_lines: bool) -> None:
    """List all functions by category."""
    from xlfuncs.pages import catalogue, facts

    if as_lines:
        click.echo(json.dumps([facts(function) for function in REGISTRY], indent=1, ensure_ascii=False))
        return
    click.echo(catalogue(REGISTRY))


@main.command()
@click.argument("name")
@click.option("--json", "as_lines", is_flag=True, help="The page as JSON.")
def show(name: str, as_lines: bool) -> None:
    """Show the page of one function: arguments, units, domains, formula, source, examples."""
    if name not in REGISTRY:
        _fail(_unknown(name), USAGE)
    from xlfuncs.pages import facts, page

    if as_lines:
        click.echo(json.dumps(facts(REGISTRY[name]), indent=1, ensure_ascii=False))
        return
    text = page(REGISTRY[name], REGISTRY)
    if not sys.stdout.isatty():
        click.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))


@main.command()
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), help="The folder; templates/ by default.")
@click.option("--pictures", is_flag=True, help="Draw the main sheet of each too, by LibreOffice, into docs/.")
def build(names: tuple[str, ...], into: Path | None, pictures: bool) -> None:
    """Build the templates again, all or those named, with every value filled in, and the reference."""
    import workbooks

    folder = into or Path(workbooks.__file__).parent.parent / "templates"
    for name in names or sorted(workbooks.MODULES):
        _known_template(name)
    folder.mkdir(parents=True, exist_ok=True)
    for name in names or sorted(workbooks.MODULES):
        path = folder / f"{name}.xlsx"
        _made(name, path)
        click.echo(str(path))
        if pictures:
            _draw(path, folder.parent / "docs" / f"{name}.png")
    if not names and into is None:
        _build_reference()


def _draw(path: Path, out: Path) -> None:
    """A picture of the sheet that an analyst looks at first."""
    from xlfuncs.hosts.headless.frozen import frozen
    from xlfuncs.hosts.libreoffice import office

    out.parent.mkdir(exist_ok=True)
    _written(out, _by_office(lambda: office.png(office.pdf(frozen(path, ["Outputs"], one_page=True), path), path)))


def _build_reference() -> None:
    from importlib.util import find_spec

    from xlfuncs.pages import reference

    page = Path(__file__).parent / "REFERENCE.md"
    page.write_text(reference(REGISTRY), encoding="utf-8", newline="\n")
    click.echo(str(page))
    if find_spec("mkdocs") is None:
        click.echo("The help pages are left as they are; to build them: pip install 'xlfuncs[docs]'.", err=True)
        return
    from xlfuncs import site

    site.build(REGISTRY)
    click.echo(str(site.HELP / "index.html"))


def _host(*hosts: str) -> Callable[[Any], Any]:
    return click.option("--host", type=click.Choice(hosts), default="excel", show_default=True, help="For which host.")


@main.command()
@click.argument("template")
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The file to write.")
@_host("excel", "officejs")
def new(template: str, out: Path, host: str) -> None:
    """Write a fresh copy of TEMPLATE, such as us_china_comparison.

    For officejs its formulas are stored as Excel on Mac and on the web stores them.
    """
    _known_template(template)
    if out.exists():
        _fail(f"{out} exists; give another name, or remove it first.", REFUSED)
    _made(template, out, "" if host == "excel" else host)
    click.echo(str(out))


def _known_template(name: str) -> None:
    import workbooks

    if name not in workbooks.MODULES:
        _fail(f"There is no template {name}; there are {', '.join(sorted(workbooks.MODULES))}.", USAGE)


def _made(name: str, path: Path, host: str = "") -> None:
    """Build beside the target and put it there in one step."""
    import tempfile

    import workbooks

    try:
        with tempfile.TemporaryDirectory(dir=path.parent) as folder:
            fresh = Path(folder) / path.name
            workbooks.build(name, fresh, host)
            fresh.replace(path)
    except OSError as problem:
        _fail(f"{path} cannot be written: {problem.strerror}.", REFUSED)


@main.command()
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
    from workbooks.many import Done, Job, SchedulerError, each
    from xlfuncs.hosts.headless.limits import Limits

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
        _fail(str(reason), REFUSED)
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
    from xlfuncs.hosts.headless.package import printable

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
    from workbooks import DataSource, installed

    if address is None:
        return installed(as_of)
    from xlfuncs.data.source import SourceError, opened

    try:
        figures = opened(address, table)
    except SourceError as reason:
        _fail(str(reason), REFUSED)
    return DataSource(figures.at(as_of), figures.name + (f" as of {as_of}" if as_of else ""), as_of is not None)


def _report_facts(report: Any) -> dict[str, Any]:
    from xlfuncs.hosts.headless.evaluate import as_json
    from xlfuncs.hosts.headless.package import printable

    return {
        "file": printable(str(report.file)),
        "formulas": report.formulas,
        "recalculated": report.recalculated,
        "written": report.written,
        "changed": [
            {"sheet": c.sheet, "cell": c.cell, "old": as_json(c.old), "new": as_json(c.new)}
            for c in sorted(report.changed, key=_relative, reverse=True)
        ],
        "errors": [{"sheet": e.sheet, "cell": e.cell, "error": e.code, "why": e.why} for e in report.errors],
        "kept": [{"sheet": k.sheet, "cell": k.cell, "why": k.why} for k in report.kept],
        "unchecked": [{"sheet": u.sheet, "cell": u.cell, "why": u.why} for u in report.unchecked],
        "outputs": {name: as_json(value) for name, value in report.outputs.items()},
        "data": {
            "declared": report.data.declared,
            "figures": [_moved(one) for one in report.data.figures],
            "inputs": [_moved(one) for one in report.data.inputs],
            "kept": [_where(one) | {"why": one.why, "conflict": one.conflict} for one in report.data.kept],
        },
    }


def _where(one: Any) -> dict[str, Any]:
    from xlfuncs.hosts.headless.sheets import address_of

    return {"key": one.key, "sheet": one.sheet, "cell": address_of(one.cell)}


def _moved(one: Any) -> dict[str, Any]:
    from xlfuncs.hosts.headless.evaluate import as_json

    old, new = (str(value) if hasattr(value, "year") else as_json(value) for value in (one.old, one.new))
    return _where(one) | {"what": one.what, "old": old, "new": new}


def _data_text(data: Any, most: int) -> list[str]:
    """What became of the declared data: what moved, and what stayed though the source has another value."""
    lines = [
        f"  input {one.key} {_cell_text(one.old)} -> {_cell_text(one.new)}" for one in data.inputs if one.what == "base"
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
    from xlfuncs.hosts.headless.package import printable

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
    lines += [f"  changed {c.sheet}!{c.cell} {_cell_text(c.old)} -> {_cell_text(c.new)}" for c in largest[:most]]
    if len(largest) > most:
        lines.append(f"  and {len(largest) - most} smaller changes; --json has them all")
    for word, found in (("error", report.errors), ("kept", report.kept), ("unchecked", report.unchecked)):
        lines += [f"  {word} {one.sheet}!{one.cell} {one.code} {one.why}".replace("  ", " ") for one in found[:most]]
        if len(found) > most:
            lines.append(f"  and {len(found) - most} more; --json has them all")
    width = max(map(len, report.outputs), default=0)
    lines += [f"  {name.ljust(width)}  {_cell_text(value)}" for name, value in report.outputs.items()]
    return "\n".join(lines)


@main.command()
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

    from xlfuncs import rules
    from xlfuncs.rules import text

    try:
        asked, left_out = ([rules.known(one) for given in many for one in given.split(",")] for many in (only, skip))
        explained = [rules.RULES[rules.known(one)] for given in explain for one in given.split(",")]
    except rules.UnknownRuleError as reason:
        raise click.UsageError(str(reason)) from reason
    if explained or as_list:
        for one in explained:
            text.explain(one, Console())
        if as_list:
            text.listed(rules.RULES, Console())
        return
    if not files:
        raise click.UsageError("Give a FILE, or --explain or --rules.")
    checked, refused = _checked(files, left_out, asked, rebuild, timeout)
    if as_lines:
        click.echo(json.dumps(_findings_facts(checked), ensure_ascii=False, indent=1))
    else:
        text.show(checked, Console())
    _write_reports(checked, sarif, html)
    errors = any(one.severity == "E" for findings in checked.values() for one in findings)
    sys.exit(REFUSED if refused else ERROR if errors else DONE)


def _checked(
    files: tuple[Path, ...], skip: Any, only: Any, rebuild: bool, timeout: float
) -> tuple[dict[Path, Any], bool]:
    """The findings of each file, and whether one was refused."""
    import workbooks
    from xlfuncs import rules
    from xlfuncs.hosts.headless.limits import Limits
    from xlfuncs.hosts.headless.package import Refused

    found, refused = {}, False
    for file in files:
        try:
            found[file] = rules.check(file, REGISTRY, skip, only, workbooks.build if rebuild else None, Limits(timeout))
        except Refused as reason:
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
    from xlfuncs import rules
    from xlfuncs.rules import page
    from xlfuncs.rules import sarif as format_

    try:
        if sarif:
            facts = format_.report(checked, rules.RULES)
            sarif.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8", newline="\n")
        if html:
            html.write_text(page.page(checked, rules.RULES, html.parent), encoding="utf-8", newline="\n")
    except OSError as problem:
        _fail(f"{problem.filename} cannot be written: {problem.strerror}.", REFUSED)


@main.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .html or a .pdf.")
def write_report(file: Path, out: Path) -> None:
    """Write the outputs, charts, claims and checks of a workbook as a page to read or print."""
    from xlfuncs.hosts.headless.package import Refused
    from xlfuncs.hosts.libreoffice.office import OfficeError

    if out.suffix.lower() not in (".html", ".pdf"):
        raise click.UsageError(f"-o takes a .html or a .pdf file; got {out.name}.")
    try:
        from xlfuncs import report

        made = report.pdf(file) if out.suffix.lower() == ".pdf" else report.html(report.read(file)).encode()
    except ImportError as problem:
        _fail(f"{problem.name} is not installed; pip install 'xlfuncs[report]'.", ERROR)
    except (Refused, OfficeError) as reason:
        _fail(str(reason), REFUSED)
    _written(out, made)


_TIMEOUT = click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=120, show_default=True, help="Seconds."
)


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .pdf or a .png.")
@click.option("--sheet", "sheets", multiple=True, help="Only this sheet; may be given again for a .pdf.")
@click.option("--recalculate", is_flag=True, help="Draw the values that LibreOffice calculates with our functions.")
@_TIMEOUT
def render(file: Path, out: Path, sheets: tuple[str, ...], recalculate: bool, timeout: float) -> None:
    """Draw a workbook by LibreOffice, with the values that it holds: all sheets as .pdf, or the first as .png."""
    from xlfuncs.hosts.headless.frozen import frozen
    from xlfuncs.hosts.libreoffice import office
    from xlfuncs.hosts.libreoffice.recalculation import pages

    kind = out.suffix.lower()
    if kind not in (".pdf", ".png"):
        raise click.UsageError(f"-o takes a .pdf or a .png file; got {out.name}.")
    picture = kind == ".png"
    if picture and len(sheets) > 1:
        raise click.UsageError(f"A .png shows one sheet; got --sheet {' --sheet '.join(sheets)}.")

    def drawn() -> bytes:
        if recalculate:
            made = pages(file, REGISTRY, sheets, picture, timeout)
        else:
            made = office.pdf(frozen(file, sheets, picture), file, timeout)
        return office.png(made, file, seconds=timeout) if picture else made

    _written(out, _by_office(drawn))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--engine", type=click.Choice(["libreoffice"]), default="libreoffice", show_default=True, help="By what.")
@click.option("--json", "as_lines", is_flag=True, help="Every value as JSON.")
@_TIMEOUT
def recalc(file: Path, engine: str, as_lines: bool, timeout: float) -> None:
    """Calculate a private copy of a workbook by another engine, with our functions, and compare; FILE stays as it is.

    Lists the formulas whose value differs from the stored one by more than a billionth of it.
    """
    from xlfuncs.hosts.headless.evaluate import as_json
    from xlfuncs.hosts.headless.package import printable
    from xlfuncs.hosts.libreoffice.recalculation import recalculate

    found = _by_office(recalculate, file, REGISTRY, timeout)
    different = found.different
    if as_lines:
        values: dict[str, dict[str, Any]] = {}
        for one in found.cells:
            values.setdefault(one.sheet, {})[one.cell] = as_json(one.value)
        changed = [
            {"sheet": one.sheet, "cell": one.cell, "stored": as_json(one.stored), "value": as_json(one.value)}
            for one in different
        ]
        facts = {"file": printable(str(file)), "engine": engine, "values": values, "different": changed}
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{printable(str(file))}: {len(found.cells)} formulas calculated, {len(different)} differ.")
    for one in different[:_MOST_LINES]:
        click.echo(f"  {one.sheet}!{one.cell} {_cell_text(one.stored)} -> {_cell_text(one.value)}")
    if len(different) > _MOST_LINES:
        click.echo(f"  and {len(different) - _MOST_LINES} more; --json has them all")


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--draws", type=click.IntRange(2, 100_000), default=200, show_default=True, help="Of all inputs.")
@click.option(
    "--seed", type=click.IntRange(min=0), default=12345, show_default=True, help="The same draws by the same."
)
@click.option("--output", "names", multiple=True, metavar="NAME", help="Only this output; may be repeated.")
@click.option("-o", "--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the draws to a .csv, too.")
@click.option("--json", "as_lines", is_flag=True, help="What was found as JSON.")
@click.option("-j", "--jobs", type=click.IntRange(min=1), default=1, show_default=True, help="Processes.")
@click.option("--timeout", type=click.FloatRange(min=0, min_open=True), default=600, show_default=True, help="Seconds.")
def simulate(
    file: Path,
    draws: int,
    seed: int,
    names: tuple[str, ...],
    out: Path | None,
    as_lines: bool,
    jobs: int,
    timeout: float,
) -> None:
    """Draw the inputs of a workbook from their ranges, and say how its outputs spread; FILE stays as it is.

    Inputs are those that it declares by the name data_inputs with low, base and high, outputs the cells named out_...
    """
    from rich.console import Console

    from workbooks import simulated
    from workbooks.simulating import simulate as simulate_
    from xlfuncs.hosts.headless.limits import Limits
    from xlfuncs.hosts.headless.package import Refused, printable

    try:
        found = simulate_(file, draws, seed, names, jobs, Limits(timeout))
    except Refused as reason:
        _fail(str(reason), REFUSED)
    if as_lines:
        click.echo(json.dumps(simulated.facts(found), ensure_ascii=False))
    else:
        click.echo(f"{printable(str(file))}: {draws} draws of {len(found.inputs)} inputs, seed {seed}")
        Console(width=None if sys.stdout.isatty() else 160).print(simulated.table(found))
    if out:
        _written(out, simulated.draws(found).encode(), aside=as_lines)


def _written(out: Path, made: bytes, aside: bool = False) -> None:
    """Put a file in place in one step, and print its name, beside the output where that is for a program."""
    import tempfile

    try:
        with tempfile.TemporaryDirectory(dir=out.parent) as folder:
            fresh = Path(folder) / out.name
            fresh.write_bytes(made)
            fresh.replace(out)
    except OSError as problem:
        _fail(f"{out} cannot be written: {problem.strerror}.", REFUSED)
    click.echo(str(out), err=aside)


@main.group()
def addin() -> None:
    """The add-in for Excel, built on the machine that will use it, and the extension for LibreOffice."""


_EXCEL, _HOST = _host("excel"), _host("excel", "officejs", "libreoffice")
_PORT = click.option(
    "--port", type=click.IntRange(1024, 65535), default=8743, show_default=True, help="Of xlfuncs serve."
)


def _python_options(command: Any) -> Any:
    """The options that say which Python the add-in starts."""
    for option in (
        click.option("--memo", is_flag=True, help="Keep results of single cells, so as not to ask for them again."),
        click.option("--dll-folder", help="Where the DLL of xlwings is; by default where xlwings puts it."),
        click.option("--interpreter", help="The python.exe to start; the one that runs this by default."),
    ):
        command = option(command)
    return command


@addin.command("build")
@click.option(
    "-o", "--out", type=click.Path(path_type=Path), help="By default xlfuncs.xlam, xlfuncs.zip or xlfuncs.oxt."
)
@_HOST
@_PORT
@_python_options
def build_addin(out: Path | None, host: str, port: int, **options: Any) -> None:
    """Build the add-in: for Excel on Windows with the file of its tooltips, for LibreOffice as an .oxt file.

    For Office.js the package that Microsoft 365 takes, as a .zip file, or as a folder of its manifest and icons.
    """
    if host == "officejs":
        _for_excel_alone(options, "Office.js asks the Python of xlfuncs serve")
        _serving().build(out or Path("xlfuncs.zip"), port)
        return
    if out and out.is_dir():
        raise click.UsageError(f"-o takes a file; {out} is a folder.")
    if host == "libreoffice":
        _written(out or Path("xlfuncs.oxt"), _oxt(options))
        return
    out = out or Path("xlfuncs.xlam")
    made, tips = _addin_content(**options)
    beside = out.with_suffix(".intellisense.xml")
    try:
        out.write_bytes(made)
        beside.write_text(tips, encoding="utf-8", newline="\n")
    except OSError as problem:
        _fail(f"{out} cannot be written: {problem.strerror}.", REFUSED)
    click.echo(f"{out}\n{beside}")


@addin.command("install")
@_HOST
@_PORT
@_python_options
def install_addin(host: str, port: int, **options: Any) -> None:
    """Put the add-in where its host finds it: Excel's start folder, a manifest for Office.js, or LibreOffice."""
    if host == "officejs":
        _for_excel_alone(options, "Office.js asks the Python of xlfuncs serve")
        _serving().install(port)
        return
    if host == "libreoffice":
        from xlfuncs.hosts.libreoffice.install import install as add

        _by_office(add, _oxt(options))
        click.echo("Added to LibreOffice. Start it again and type =LTV_CAC(100;0.8;0.05;400).")
        return
    made, tips = _addin_content(**options)
    from xlfuncs.hosts.excel import install

    try:
        written = install.write(_machine().start_folder, made, tips)
    except install.NotHereError as reason:
        _fail(str(reason), REFUSED)
    click.echo("\n".join(map(str, written)))
    click.echo("Start Excel again. If its formulas show #NAME?: xlfuncs addin doctor.")


@addin.command("uninstall")
@_HOST
def uninstall_addin(host: str) -> None:
    """Take the add-in away from its host."""
    if host == "officejs":
        _serving().uninstall()
        return
    if host == "libreoffice":
        from xlfuncs.hosts.libreoffice.install import uninstall

        click.echo("Removed from LibreOffice." if _by_office(uninstall) else "There was no add-in to remove.")
        return
    from xlfuncs.hosts.excel import install

    try:
        removed = install.remove(_machine())
    except install.NotHereError as reason:
        _fail(str(reason), REFUSED)
    click.echo("\n".join(f"removed {path}" for path in removed) or "There was no add-in to remove.")


@addin.command("doctor")
@_EXCEL
def examine_addin(host: str) -> None:
    """Look for each known cause of failure; exits with 1 where one is found."""
    from xlfuncs.hosts.excel import install

    found = list(install.examine(_machine()))
    for one in found:
        click.echo(f"{'ok   ' if one.well else 'FAULT'} {one.about}: {one.text}")
    sys.exit(DONE if all(one.well for one in found) else ERROR)


@addin.command("selftest")
@_EXCEL
@click.option(
    "-o", "--out", type=click.Path(dir_okay=False, path_type=Path), default="selftest.xlsx", show_default=True
)
def write_selftest(host: str, out: Path) -> None:
    """Write a workbook whose every check must read TRUE once Excel has calculated it."""
    from workbooks import selftest

    if out.exists():
        _fail(f"{out} exists; give another name, or remove it first.", REFUSED)
    try:
        count = selftest.build(out)
    except OSError as problem:
        _fail(f"{out} cannot be written: {problem.strerror}.", REFUSED)
    click.echo(f"{out}: {count} checks. Open it in Excel: the cell beside All checks must read TRUE.")


def _machine() -> Any:
    import os

    from xlfuncs.hosts.excel.install import Machine, windows_registry

    return Machine(os.environ, windows_registry)


def _oxt(options: dict[str, Any]) -> bytes:
    """The extension for LibreOffice, which takes none of the options of Excel."""
    from xlfuncs.hosts.libreoffice import extension

    _for_excel_alone(options, "LibreOffice runs a Python of its own")
    return extension.build(REGISTRY)


def _for_excel_alone(options: dict[str, Any], instead: str) -> None:
    """Refuse the options that only the add-in for Excel on Windows takes."""
    for name, value in options.items():
        if value:
            raise click.UsageError(f"--{name.replace('_', '-')} is for Excel on Windows; {instead}.")


def _by_office(action: Any, *arguments: Any) -> Any:
    from xlfuncs.hosts.headless.package import Refused
    from xlfuncs.hosts.libreoffice.office import OfficeError, TooLongError

    try:
        return action(*arguments)
    except TooLongError as reason:
        _fail(f"{reason} Give it longer with --timeout.", REFUSED)
    except (Refused, OfficeError) as reason:
        _fail(str(reason), REFUSED)


def _addin_content(interpreter: str | None, dll_folder: str | None, memo: bool) -> tuple[bytes, str]:
    """The add-in and its tooltips."""
    from dataclasses import replace
    from pathlib import PureWindowsPath

    import workbooks
    from xlfuncs.hosts.excel import addin as excel
    from xlfuncs.hosts.excel.project import LackingError
    from xlfuncs.site import HELP

    configuration = excel.Configuration.of_this_machine(HELP / "index.html", memo)
    if interpreter:
        folder = str(PureWindowsPath(interpreter).parent)
        configuration = replace(configuration, interpreter=interpreter, dll_folder=folder)
    if dll_folder:
        configuration = replace(configuration, dll_folder=dll_folder)
    faults = configuration.faults()
    if faults:
        _fail(" ".join(faults), REFUSED)
    try:
        return excel.build(REGISTRY, configuration, workbooks.titles()), excel.tooltips(REGISTRY)
    except LackingError as reason:
        _fail(str(reason), ERROR)


@main.command()
@_PORT
@click.option("--processes", type=click.IntRange(1, 64), default=2, show_default=True, help="That evaluate.")
@click.option(
    "--seconds", type=click.FloatRange(0.1), default=10.0, show_default=True, help="Before a function is stopped."
)
def serve(port: int, processes: int, seconds: float) -> None:
    """Serve the functions to Excel through Office.js, and a calculator to the browser, on this machine only."""
    _serving().serve(port, processes, seconds)


def _serving() -> Any:
    try:
        from xlfuncs import serving
    except ModuleNotFoundError as missing:
        _fail(f"{missing.name} is not installed; pip install 'xlfuncs[server]'.", ERROR)
    return serving


@main.group()
def data() -> None:
    """The data set: its state, and new rows."""


@data.command()
@click.option("--days", default=180, show_default=True, help="Older than this counts as old.")
@click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), help="The day to judge from; today by default.")
def status(days: int, as_of: Any) -> None:
    """List headline inputs that are old, and figures whose sources disagree."""
    import datetime as dt

    from xlfuncs.data.maintain import status as state

    today = as_of.date() if as_of else dt.date.today()
    found = state(today, days)
    click.echo(f"{len(found.old)} inputs of the comparison are older than {days} days on {today}:")
    for one in found.old:
        click.echo(f"  {one.as_of}  {one.entity} {one.metric}  {_cell_text(one.value)} {one.unit}  {one.source.title}")
    click.echo(f"{len(found.conflicts)} figures have sources that disagree:")
    for one in found.conflicts:
        bounds = f"{_cell_text(one.low)} to {_cell_text(one.high)}"
        click.echo(f"  {one.as_of}  {one.entity} {one.metric}  {_cell_text(one.value)} ({bounds}) {one.unit}")


@data.command()
@click.argument("entity")
@click.argument("metric")
@click.argument("value")
@click.argument("unit")
@click.argument("as_of")
@click.option("--title", required=True, help="The source.")
@click.option("--url", required=True, help="Its link.")
@click.option("--confidence", required=True, help="high, medium, low or derived.")
@click.option("--note", default="", help="A remark.")
def add(**row: str) -> None:
    """Add a figure with its source and build the tables again: ENTITY METRIC VALUE UNIT AS_OF."""
    import datetime as dt

    from xlfuncs.data.maintain import RejectedError
    from xlfuncs.data.maintain import add as added

    try:
        added(row, dt.date.today())
    except RejectedError as reason:
        _fail(str(reason), REFUSED)
    click.echo(f"Added {row['metric']} of {row['entity']} on {row['as_of']}; run xlfuncs build.")


def _unknown(name: str) -> str:
    from xlfuncs import evaluate

    return f"{evaluate(name).why} `xlfuncs list` has them all."


def _fail(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)
