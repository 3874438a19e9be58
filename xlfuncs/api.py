"""What xlfuncs does with workbooks, as Python functions; the commands of the command line call these and no others.

Every function is there as `xlfuncs.refresh`, `xlfuncs.check` and so on. Paths are text or path objects, options are
given by keyword, and times are in seconds. Results are frozen dataclasses; their `to_dict()` is the JSON of the
command. Every exception is an `XlfuncsError` with a sentence for people:

- `InvalidOption` for an option with a value that it does not take;
- `WorkbookRejected` for a file that is missing, no workbook or not safe to process, or for work that takes too long;
- `OutputRejected` for a file that cannot be written;
- `MissingDependency` for an optional package that is not installed, with the command that installs it.

What a function needs is imported when it is called, so that `import xlfuncs` stays quick.
"""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xlfuncs.core.exceptions import InvalidOption, MissingDependency, WorkbookRejected, XlfuncsError, printable
from xlfuncs.core.extras import missing_dependency
from xlfuncs.core.sandbox import Limits
from xlfuncs.services.options import (
    check_choice,
    check_count,
    check_day,
    check_flags,
    check_names,
    check_path,
    check_paths,
    check_suffix,
    check_text,
    check_timeout,
)
from xlfuncs.services.output_files import OutputRejected, check_absent, check_output_file, write_output_file

if TYPE_CHECKING:
    from xlfuncs.hosts.libreoffice.recalculation import Calculated
    from xlfuncs.services.batch import FileOutcome
    from xlfuncs.services.check import CheckResult
    from xlfuncs.services.refresh import DataSource, RefreshResult
    from xlfuncs.services.simulate import SimulationResult

__all__ = [
    "InvalidOption",
    "MissingDependency",
    "NewWorkbook",
    "OutputRejected",
    "RecalcResult",
    "RenderResult",
    "ReportResult",
    "WorkbookRejected",
    "XlfuncsError",
    "check",
    "new_workbook",
    "recalc",
    "refresh",
    "refresh_many",
    "render",
    "report",
    "simulate",
]

PathInput = str | os.PathLike[str]
MOST_DRAWS = 100_000


def refresh(
    path: PathInput,
    *,
    out: PathInput | None = None,
    dry_run: bool = False,
    data: PathInput | DataSource | None = None,
    table: str = "",
    update_data: bool = True,
    as_of: dt.date | None = None,
    today: dt.date | None = None,
    timeout: float = 60.0,
    force: bool = False,
) -> RefreshResult:
    """Bring a workbook up to date: its declared data, then the value of every formula.

    The file is replaced in one step, and only when all went well. Only values change: formulas, formats and inputs
    that the user changed stay. Formulas that cannot be calculated safely keep their value, with the reason.

    Args:
        path: The workbook, an .xlsx or .xlsm file.
        out: Write the refreshed workbook here and leave `path` as it is; by default `path` is replaced.
        dry_run: Report what would change and write nothing.
        data: Figures of your own in place of the installed data set: a .csv, .parquet, .xlsx or .db file, a folder of
            files, the URL of a database, or a `DataSource`.
        table: The table to read from a workbook or a database; "figures" in a database by default.
        update_data: False leaves the declared data as it is and only calculates.
        as_of: Take the data as it was known on this day; by default the latest.
        today: The date to write into the log of the workbook; by default the date of this machine.
        timeout: Stop after this many seconds.
        force: Replace signed, locked, linked and read-only files, too.

    Returns:
        What changed, what was kept and why, the errors, and the values of the named outputs.

    Raises:
        InvalidOption: An option has a value that it does not take.
        WorkbookRejected: The workbook cannot be refreshed safely; nothing has been written.
        xlfuncs.data.user_sources.SourceError: The source `data` cannot be read.
        MissingDependency: The source `data` needs an optional package.

    Example::

        import xlfuncs

        result = xlfuncs.refresh("model.xlsx", out="refreshed.xlsx")
        print(result.outputs["chk_master"], len(result.changed))
    """
    from xlfuncs.services.refresh import refresh as run

    check_flags(dry_run=dry_run, update_data=update_data, force=force)
    return run(
        check_path("path", path),
        out=None if out is None else check_path("out", out),
        dry_run=dry_run,
        source=_open_data(data, table, update_data, as_of),
        today=check_day("today", today),
        limits=Limits(check_timeout(timeout)),
        force=force,
    )


def refresh_many(
    paths: Iterable[PathInput],
    *,
    out: PathInput | None = None,
    dry_run: bool = False,
    data: PathInput | DataSource | None = None,
    table: str = "",
    update_data: bool = True,
    as_of: dt.date | None = None,
    today: dt.date | None = None,
    timeout: float = 60.0,
    force: bool = False,
    workers: int = 1,
    scheduler: str = "",
    resume: PathInput | None = None,
) -> Iterator[FileOutcome]:
    """Refresh many workbooks, each as `refresh` does; one that is refused stops no other.

    With several workers, call it under `if __name__ == "__main__":`, since they start a Python each.

    Args:
        paths: The workbooks.
        out: As in `refresh`; for a single workbook.
        dry_run: As in `refresh`.
        data: As in `refresh`; with workers or a scheduler, a `DataSource` must be one that pickles.
        table: As in `refresh`.
        update_data: As in `refresh`.
        as_of: As in `refresh`.
        today: As in `refresh`.
        timeout: As in `refresh`, in seconds for each workbook.
        force: As in `refresh`.
        workers: The number of worker processes, each with one workbook at a time.
        scheduler: The address of a Dask scheduler whose workers see the same files; they do the work instead.
        resume: A log of the workbooks that are done. Those that it lists, and that are unchanged since, are skipped.

    Returns:
        An iterator over the outcome of each workbook: its result, or why it was refused. The outcomes come as the
        workbooks are done; in the order of `paths` with one worker. The work is done while you iterate.

    Raises:
        InvalidOption: An option has a value that it does not take.
        xlfuncs.services.batch.SchedulerError: There is no scheduler at the address.
        OutputRejected: The log `resume` cannot be read or written.
        MissingDependency: `scheduler` or `data` needs an optional package.

    Example::

        import xlfuncs

        for outcome in xlfuncs.refresh_many(["model.xlsx", "missing.xlsx"], dry_run=True):
            print(outcome.file, outcome.refused or len(outcome.result.changed))
    """
    from xlfuncs.services import batch

    check_flags(dry_run=dry_run, update_data=update_data, force=force)
    check_text("scheduler", scheduler)
    files = check_paths("paths", paths)
    if out is not None and len(files) != 1:
        raise InvalidOption(f"out takes a single workbook; got {len(files)}.")
    job = batch.RefreshJob(
        out=None if out is None else check_path("out", out),
        dry_run=dry_run,
        source=_open_data(data, table, update_data, as_of),
        today=check_day("today", today),
        limits=Limits(check_timeout(timeout)),
        force=force,
    )
    log = None if resume is None else check_path("resume", resume)
    return batch.refresh_many(files, job, workers=check_count("workers", workers, 1), scheduler=scheduler, resume=log)


def check(
    path: PathInput,
    *,
    skip: Collection[str] = (),
    only: Collection[str] = (),
    rebuild: bool = False,
    timeout: float = 60.0,
) -> CheckResult:
    """Check a workbook against the rules of a trustworthy model; the file is only read.

    Any workbook can be checked: rules that only fit the templates of xlfuncs apply to those alone.

    Args:
        path: The workbook.
        skip: Rules to leave out, by their ids or names, such as "B26" or "long-formula".
        only: The only rules to apply; by default all.
        rebuild: Compare a template, byte for byte, with a fresh copy of it (rule B58).
        timeout: Stop after this many seconds.

    Returns:
        The findings: the rule, its severity, the sheet and cells, a message and a remedy.

    Raises:
        InvalidOption: An option has a value that it does not take.
        xlfuncs.audit.UnknownCheckError: There is no such rule.
        WorkbookRejected: The workbook cannot be read, or takes too long.

    Example::

        import xlfuncs

        result = xlfuncs.check("model.xlsx", skip=["B26"])
        for finding in result.errors:
            print(finding.rule, finding.sheet, finding.cell, finding.message)
    """
    from xlfuncs.services.check import check as run

    check_flags(rebuild=rebuild)
    return run(
        check_path("path", path),
        skip=check_names("skip", skip),
        only=check_names("only", only),
        rebuild=rebuild,
        limits=Limits(check_timeout(timeout)),
    )


def simulate(
    path: PathInput,
    *,
    draws: int = 200,
    seed: int = 12345,
    outputs: Collection[str] = (),
    workers: int = 1,
    timeout: float = 600.0,
) -> SimulationResult:
    """Draw the inputs of a workbook from their ranges, and calculate how its outputs are distributed.

    Inputs are the rows of the table that the workbook names data_inputs, with low, base and high; each is drawn from
    its beta-PERT distribution by a Latin hypercube, independently of the others. Outputs are the cells named out_...
    The whole workbook is calculated for each draw; the file is only read.

    With several workers, call it under `if __name__ == "__main__":`, since they start a Python each.

    Args:
        path: The workbook.
        draws: The number of Monte Carlo draws, from 2 to 100,000.
        seed: The random seed; the same seed reproduces the same draws.
        outputs: Names of the outputs to calculate, such as "out_npv"; by default all.
        workers: The number of worker processes; the result does not depend on it.
        timeout: Stop each worker after this many seconds.

    Returns:
        Mean, standard deviation, quantiles and main drivers of each output, and all draws.

    Raises:
        InvalidOption: An option has a value that it does not take.
        WorkbookRejected: The workbook cannot be read or simulated, has no such output, or takes too long.

    Example::

        import xlfuncs

        result = xlfuncs.simulate("model.xlsx", draws=20)
        for output in result.outputs:
            print(output.name, output.mean, output.quantiles)
    """
    from xlfuncs.services.simulate import simulate as run

    return run(
        check_path("path", path),
        draws=check_count("draws", draws, 2, MOST_DRAWS),
        seed=check_count("seed", seed, 0),
        outputs=check_names("outputs", outputs),
        workers=check_count("workers", workers, 1),
        limits=Limits(check_timeout(timeout)),
    )


@dataclass(frozen=True)
class ReportResult:
    """A report that was written.

    Attributes:
        file: The workbook.
        out: The report.
        title: The title of the report.
        failing_checks: The checks of the workbook that do not pass; where there are any, do not rely on the results.
    """

    file: Path
    out: Path
    title: str
    failing_checks: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The result in the form that JSON has."""
        return {
            "file": printable(str(self.file)),
            "out": printable(str(self.out)),
            "title": self.title,
            "failing_checks": list(self.failing_checks),
        }


def report(path: PathInput, *, out: PathInput, timeout: float = 120.0) -> ReportResult:
    """Write the outputs, charts, claims and checks of a workbook as a page to read or print.

    The report shows the values that the workbook holds; refresh it first where they may be stale.

    Args:
        path: The workbook: a template, or any other with charts or cells named out_...
        out: The report: an .html file, or a .pdf file, which LibreOffice prints.
        timeout: Stop LibreOffice after this many seconds.

    Returns:
        The report, and the checks of the workbook that fail.

    Raises:
        InvalidOption: An option has a value that it does not take.
        WorkbookRejected: The workbook cannot be read, or has nothing to report.
        OutputRejected: The report cannot be written.
        MissingDependency: matplotlib, which draws the charts, is not installed.
        xlfuncs.hosts.libreoffice.office.OfficeError: LibreOffice is not installed, failed or took too long.

    Example::

        import xlfuncs

        result = xlfuncs.report("model.xlsx", out="report.html")
        print(result.title, result.failing_checks)
    """
    from xlfuncs import reporting

    file, target, seconds = (
        check_path("path", path),
        check_suffix("out", out, (".html", ".pdf")),
        check_timeout(timeout),
    )
    check_output_file(target)
    content = reporting.read_content(file)
    if target.suffix.lower() == ".pdf":
        page = _print_sheets(file, reporting.select_printed_sheets(content), seconds)
    else:
        try:
            page = reporting.render_page(content).encode()
        except ImportError as problem:
            raise missing_dependency("draw the charts of a report", problem.name or "matplotlib", "report") from problem
    return ReportResult(file, write_output_file(target, page), content.title, tuple(content.failing_checks))


@dataclass(frozen=True)
class NewWorkbook:
    """A fresh copy of a template.

    Attributes:
        template: The name of the template.
        title: Its title.
        host: The spreadsheet program that the formulas are stored for.
        out: The file.
    """

    template: str
    title: str
    host: str
    out: Path

    def to_dict(self) -> dict[str, Any]:
        """The result in the form that JSON has."""
        return {"template": self.template, "title": self.title, "host": self.host, "out": printable(str(self.out))}


def new_workbook(template: str, *, out: PathInput, host: str = "excel") -> NewWorkbook:
    """Write a fresh copy of a template that ships with the package.

    Args:
        template: The name of the template, such as "unit_economics".
        out: The file to write; one that exists is not replaced.
        host: "excel" for Excel on Windows, LibreOffice and refresh; "officejs" stores the formulas as Excel on Mac and
            on the web stores them.

    Returns:
        The file, and the title of the template.

    Raises:
        xlfuncs.services.templates.UnknownTemplate: There is no such template; the message names those that there are.
        InvalidOption: An option has a value that it does not take.
        OutputRejected: The file exists, or cannot be written.

    Example::

        import xlfuncs

        print(xlfuncs.new_workbook("unit_economics", out="fresh.xlsx").title)
    """
    from xlfuncs.services import templates

    target = check_path("out", out)
    templates.path_of(template)
    check_absent(target)
    check_output_file(target)
    content = templates.content(template, check_choice("host", host, templates.HOSTS))
    return NewWorkbook(template, templates.titles()[template], host, write_output_file(target, content))


@dataclass(frozen=True)
class RecalcResult:
    """The formulas of a workbook as another engine calculates them.

    Attributes:
        file: The workbook.
        engine: The engine.
        cells: Each cell with a formula, its stored value and the value that the engine gives.
        different: Those whose values differ by more than a billionth.
    """

    file: Path
    engine: str
    cells: list[Calculated]
    different: list[Calculated]

    def to_dict(self) -> dict[str, Any]:
        """The result as `xlfuncs recalc --json` prints it."""
        from xlfuncs.engine.evaluator import to_json

        values: dict[str, dict[str, Any]] = {}
        for cell in self.cells:
            values.setdefault(cell.sheet, {})[cell.cell] = to_json(cell.value)
        return {
            "file": printable(str(self.file)),
            "engine": self.engine,
            "values": values,
            "different": [
                {"sheet": cell.sheet, "cell": cell.cell, "stored": to_json(cell.stored), "value": to_json(cell.value)}
                for cell in self.different
            ],
        }


def recalc(path: PathInput, *, engine: str = "libreoffice", timeout: float = 120.0) -> RecalcResult:
    """Recalculate a private copy of a workbook with another engine and our functions, and compare the values.

    The file is only read.

    Args:
        path: The workbook.
        engine: The engine; "libreoffice" is the only one.
        timeout: Stop LibreOffice after this many seconds.

    Returns:
        The value of every formula, and the formulas whose stored value differs.

    Raises:
        InvalidOption: An option has a value that it does not take.
        WorkbookRejected: The workbook cannot be read.
        xlfuncs.hosts.libreoffice.office.OfficeError: LibreOffice is not installed, failed or took too long.

    Example::

        import xlfuncs

        result = xlfuncs.recalc("model.xlsx")
        print(len(result.cells), len(result.different))
    """
    from xlfuncs.functions import REGISTRY
    from xlfuncs.hosts.libreoffice.recalculation import recalculate

    file, seconds = check_path("path", path), check_timeout(timeout)
    check_choice("engine", engine, ("libreoffice",))
    with _office_errors():
        result = recalculate(file, REGISTRY, seconds)
    return RecalcResult(file, engine, result.cells, result.different)


@dataclass(frozen=True)
class RenderResult:
    """A drawing of a workbook.

    Attributes:
        file: The workbook.
        out: The drawing, a .pdf or a .png file.
        sheets: The sheets that were asked for; none for all of a .pdf, or the first of a .png.
    """

    file: Path
    out: Path
    sheets: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """The result in the form that JSON has."""
        return {"file": printable(str(self.file)), "out": printable(str(self.out)), "sheets": list(self.sheets)}


def render(
    path: PathInput,
    *,
    out: PathInput,
    sheets: Collection[str] = (),
    recalculate: bool = False,
    timeout: float = 120.0,
) -> RenderResult:
    """Draw a workbook with LibreOffice: sheets as the pages of a .pdf file, or one sheet as a .png file.

    Args:
        path: The workbook.
        out: The drawing: a .pdf file, or a .png file, which shows one sheet.
        sheets: The names of the sheets to draw; by default all in a .pdf file, and the first in a .png file.
        recalculate: Draw the values that LibreOffice calculates with our functions; by default those that are stored.
        timeout: Stop LibreOffice after this many seconds.

    Returns:
        The file that was written.

    Raises:
        InvalidOption: An option has a value that it does not take.
        WorkbookRejected: The workbook cannot be read, or has no such sheet.
        OutputRejected: The drawing cannot be written.
        xlfuncs.hosts.libreoffice.office.OfficeError: LibreOffice is not installed, failed or took too long.

    Example::

        import xlfuncs

        xlfuncs.render("model.xlsx", out="outputs.png", sheets=["Outputs"])
    """
    from xlfuncs.functions import REGISTRY
    from xlfuncs.hosts.libreoffice import office
    from xlfuncs.hosts.libreoffice.recalculation import pages

    check_flags(recalculate=recalculate)
    file, target, seconds = check_path("path", path), check_suffix("out", out, (".pdf", ".png")), check_timeout(timeout)
    names, picture = check_names("sheets", sheets), target.suffix.lower() == ".png"
    if picture and len(names) > 1:
        raise InvalidOption(f"A .png file shows one sheet; got {len(names)}: {', '.join(names)}.")
    check_output_file(target)
    with _office_errors():
        if recalculate:
            drawing = pages(file, REGISTRY, names, picture, seconds)
        else:
            drawing = _print_sheets(file, names, seconds, picture)
        if picture:
            drawing = office.draw_png(drawing, file, seconds=seconds)
    return RenderResult(file, write_output_file(target, drawing), names)


def _open_data(
    data: PathInput | DataSource | None, table: str, update_data: bool, as_of: dt.date | None
) -> DataSource | None:
    """The source that options of a refresh ask for; none where the data stays as it is."""
    from xlfuncs.services.refresh import DataSource, installed, open_source

    day = check_day("as_of", as_of)
    check_text("table", table)
    if not update_data:
        if data is not None or day is not None:
            raise InvalidOption("update_data=False leaves the data as it is; it goes with neither data nor as_of.")
        return None
    if data is None:
        return installed(day)
    if isinstance(data, DataSource):
        if day is not None:
            raise InvalidOption("as_of does not go with a DataSource, which has figures of one day already.")
        return data
    check_path("data", data)
    return open_source(os.fspath(data), table, day)


def _print_sheets(path: Path, sheets: Collection[str], timeout: float, one_page: bool = False) -> bytes:
    """Sheets of a workbook with their stored values as a .pdf file; all sheets where none are named."""
    from xlfuncs.hosts.libreoffice import office
    from xlfuncs.ooxml.snapshot import freeze_formulas

    with _office_errors():
        return office.draw_pdf(freeze_formulas(path, sheets, one_page), path, timeout)


@contextmanager
def _office_errors() -> Iterator[None]:
    """Say of a machine without room or rights for the files of LibreOffice that it has none."""
    try:
        yield
    except OSError as problem:
        raise OutputRejected(f"LibreOffice cannot be run: {problem.strerror or problem}.") from problem
