"""Refresh of many workbooks side by side, in processes here or on a cluster; one failure stops no other."""

from __future__ import annotations

import datetime as dt
import json
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from xlfuncs.core.exceptions import WorkbookRejected, XlfuncsError, printable
from xlfuncs.core.extras import missing_dependency
from xlfuncs.core.file_writing import check_writable
from xlfuncs.core.sandbox import Limits
from xlfuncs.core.wording import describe_exception
from xlfuncs.services.output_files import OutputRejected
from xlfuncs.services.refresh import DataSource, RefreshResult, refresh


class SchedulerError(XlfuncsError):
    """Raised when the cluster cannot be reached."""


@dataclass(frozen=True)
class FileOutcome:
    """What became of one workbook of many.

    Attributes:
        file: The workbook.
        result: What the refresh did; None where the workbook was refused or skipped.
        refused: Why the workbook was left as it is; empty where it was not refused.
        skipped: Whether an earlier run had refreshed the workbook, and nothing has changed it since.
    """

    file: Path
    result: RefreshResult | None
    refused: str = ""
    skipped: bool = False

    def to_dict(self) -> dict[str, Any]:
        """The outcome as a line of `xlfuncs refresh --json`."""
        if self.result:
            return self.result.to_dict()
        file = printable(str(self.file))
        return {"file": file, "skipped": True} if self.skipped else {"file": file, "refused": self.refused}


@dataclass(frozen=True)
class RefreshJob:
    """What to do with each workbook; called with one, in whichever process."""

    out: Path | None = None
    dry_run: bool = False
    source: DataSource | None = None
    today: dt.date | None = None
    limits: Limits | None = None
    force: bool = False

    def __call__(self, file: Path) -> FileOutcome:
        """Refresh a workbook, or say why it was refused."""
        try:
            result = refresh(
                file,
                out=self.out,
                dry_run=self.dry_run,
                source=self.source,
                today=self.today,
                limits=self.limits,
                force=self.force,
            )
        except WorkbookRejected as reason:
            return FileOutcome(file, None, str(reason))
        except Exception as problem:  # a fault of ours in one file must not cost the others
            return FileOutcome(file, None, _describe_failure(file, describe_exception(problem)))
        return FileOutcome(file, result)


def refresh_many(
    files: Sequence[Path], job: RefreshJob, *, workers: int = 1, scheduler: str = "", resume: Path | None = None
) -> Iterator[FileOutcome]:
    """The outcome of each workbook, in the order in which they finish; with one worker in the order given.

    Workbooks that the log `resume` lists as refreshed come first, as skipped; those that are refreshed now are added.
    """
    log = ResumeLog(resume)
    remaining = log.select_remaining(files)
    yield from (FileOutcome(file, None, skipped=True) for file in files if file not in remaining)
    for outcome in _run(remaining, job, workers, scheduler):
        if outcome.result and not job.dry_run:
            log.add(outcome.file)
        yield outcome


def _run(files: Sequence[Path], job: RefreshJob, workers: int, scheduler: str) -> Iterator[FileOutcome]:
    if scheduler:
        yield from _run_on_cluster(files, job, scheduler)
    elif workers > 1 and len(files) > 1:
        yield from _run_in_processes(files, job, workers)
    else:
        yield from map(job, files)


def _run_in_processes(files: Sequence[Path], job: RefreshJob, workers: int) -> Iterator[FileOutcome]:
    context = multiprocessing.get_context("spawn")  # each starts children of its own
    with ProcessPoolExecutor(min(workers, len(files)), mp_context=context) as pool:
        futures = {pool.submit(job, file): file for file in files}
        for future in as_completed(futures):
            yield _collect_outcome(future.result, futures[future])


def _run_on_cluster(files: Sequence[Path], job: RefreshJob, address: str) -> Iterator[FileOutcome]:
    """By the workers of a Dask scheduler, which see the same files."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as problem:
        raise missing_dependency("use a Dask scheduler", "distributed", "dask") from problem
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise SchedulerError(f"There is no scheduler at {address}: {problem}.") from problem
    with closing(client):
        resolved = [file.resolve() for file in files]
        futures = dict(zip(client.map(_ClusterJob(job), resolved, pure=False, retries=1), files, strict=True))
        for future in distributed.as_completed(futures):
            yield _collect_outcome(future.result, futures[future])


def _collect_outcome(result: Callable[[], FileOutcome], file: Path) -> FileOutcome:
    """The outcome of a worker, for the file as it was named here."""
    try:
        outcome = result()
    except Exception:  # the process died
        return FileOutcome(file, None, _describe_failure(file, "its process ended"))
    return FileOutcome(file, outcome.result, outcome.refused)


def _describe_failure(file: Path, reason: str) -> str:
    return printable(f"{file} was left as it is: {reason}.")


@dataclass(frozen=True)
class _ClusterJob:
    """A job on a worker of Dask, which must be allowed the child that calculates within limits."""

    job: RefreshJob

    def __call__(self, file: Path) -> FileOutcome:
        multiprocessing.current_process().daemon = False
        return self.job(file)


_LOG_LINE = '{"file": '  # how each line starts


class ResumeLog:
    """The workbooks that earlier runs refreshed, each with the state in which they left it."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._states: dict[str, list[int]] = {}
        try:
            if path and not path.exists():
                check_writable(path)
        except OSError as problem:
            raise OutputRejected(f"The log {path} cannot be written: {problem.strerror}.") from problem
        try:
            lines = path.read_text(encoding="utf-8", errors="replace").splitlines() if path and path.exists() else []
        except OSError as problem:
            raise OutputRejected(f"The log {path} cannot be read: {problem.strerror}.") from problem
        if lines and not _LOG_LINE.startswith(lines[0][: len(_LOG_LINE)]):
            raise OutputRejected(f"{path} is not a log of xlfuncs refresh; name another file for the log.")
        for line in lines:
            try:
                entry = json.loads(line)
                self._states[entry["file"]] = entry["state"]
            except (ValueError, KeyError, TypeError):
                continue  # a line cut short when the run was

    def select_remaining(self, files: Sequence[Path]) -> list[Path]:
        """The workbooks that no run has refreshed, that have changed since, or that are not there."""
        return [file for file in files if not self._is_done(file)]

    def add(self, file: Path) -> None:
        """Note that a workbook has been refreshed."""
        if not self._path:
            return
        try:
            with self._path.open("a", encoding="utf-8") as log:
                log.write(json.dumps({"file": self._name(file), "state": self._state(file)}) + "\n")
        except OSError as problem:
            raise OutputRejected(f"The log {self._path} cannot be written: {problem.strerror}.") from problem

    def _is_done(self, file: Path) -> bool:
        state = self._state(file)
        return state is not None and self._states.get(self._name(file)) == state

    @staticmethod
    def _name(file: Path) -> str:
        return printable(str(file.resolve()))

    @staticmethod
    def _state(file: Path) -> list[int] | None:
        try:
            status = file.stat()
        except OSError:
            return None
        return [status.st_mtime_ns, status.st_size]
