"""Work on a workbook whose outcome replaces its file, in one step or not at all."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import TypeVar

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.file_writing import check_writable, refuse_special_file
from xlfuncs.core.sandbox import Limits, run_limited
from xlfuncs.ooxml.atomic_save import check_replaceable, replace_file
from xlfuncs.ooxml.file_lock import lock_file
from xlfuncs.ooxml.package import Package
from xlfuncs.recalculation.report import Report

AnyReport = TypeVar("AnyReport", bound=Report)


def update_file(
    path: Path,
    work: Callable[[Package], tuple[AnyReport, dict[str, bytes]]],
    *,
    out: Path | None = None,
    dry_run: bool = False,
    limits: Limits | None = None,
    force: bool = False,
) -> AnyReport:
    """Do some work on a workbook, which gives a report and the new parts, and replace the file, or write `out`.

    Raises `WorkbookRejected`, and changes nothing, where the file cannot be updated safely; `force` skips the checks
    for locks and the like. With `limits` the work is done in a process of its own.
    """
    target = out or path
    try:
        if out and not dry_run:
            check_writable(out)
        refuse_special_file(target)  # before the lock, which would wait for the other end of a pipe
        with nullcontext() if dry_run else lock_file(target):
            package = Package(path)
            if not dry_run:
                check_replaceable(package, target, force)
            report, parts = run_limited(limits, path, work, package) if limits else work(package)
            if not dry_run and (parts or target != path):
                replace_file(package, package.pack_with(parts) if parts else package.data, target)
                report.written = True
    except OSError as problem:
        raise WorkbookRejected(f"{target} was not replaced: {problem.strerror}.") from problem
    return report
