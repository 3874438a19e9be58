"""Many workbooks brought up to date side by side: in processes here, or on a cluster; one failure stops no other."""

from __future__ import annotations

import json
import multiprocessing
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import closing
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from xlfuncs.core.exceptions import WorkbookRejected, XlfuncsError, printable
from xlfuncs.core.sandbox import Limits
from xlfuncs.services.refresh import DataSource, Refreshed, refresh


class SchedulerError(XlfuncsError):
    """The cluster cannot be reached."""


@dataclass(frozen=True)
class Job:
    """What to do with each file."""

    out: Path | None = None
    dry_run: bool = False
    source: DataSource | None = None
    limits: Limits | None = None
    force: bool = False

    def __call__(self, file: Path) -> Outcome:
        """Bring a file up to date, or say why not."""
        try:
            done = refresh(
                file,
                out=self.out,
                dry_run=self.dry_run,
                source=self.source,
                limits=self.limits,
                force=self.force,
            )
        except WorkbookRejected as reason:
            return Outcome(file, None, str(reason))
        except Exception as problem:  # a fault of ours in one file must not cost the others
            return Outcome(file, None, f"{file} was left as it is: {type(problem).__name__}: {problem}.")
        return Outcome(file, done)


@dataclass(frozen=True)
class Outcome:
    """What became of a file: a report, or why it was refused."""

    file: Path
    report: Refreshed | None
    refused: str = ""


def each(files: Sequence[Path], job: Job, processes: int = 1, scheduler: str = "") -> Iterator[Outcome]:
    """The outcome of each file, as they are done; in their order with one process."""
    if scheduler:
        yield from _on_cluster(files, job, scheduler)
    elif processes > 1 and len(files) > 1:
        yield from _in_processes(files, job, processes)
    else:
        yield from map(job, files)


def _in_processes(files: Sequence[Path], job: Job, processes: int) -> Iterator[Outcome]:
    context = multiprocessing.get_context("spawn")  # each starts children of its own
    with ProcessPoolExecutor(min(processes, len(files)), mp_context=context) as pool:
        waiting = {pool.submit(job, file): file for file in files}
        for future in as_completed(waiting):
            yield _outcome(future, waiting[future])


def _on_cluster(files: Sequence[Path], job: Job, address: str) -> Iterator[Outcome]:
    """By a Dask scheduler, whose workers see the same files."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as problem:
        raise SchedulerError("Clusters need Dask; install it with: pip install 'xlfuncs[dask]'.") from problem
    try:
        client = distributed.Client(address, timeout="10s")
    except (OSError, ValueError) as problem:
        raise SchedulerError(f"There is no scheduler at {address}: {problem}.") from problem
    with closing(client):
        whole = [file.resolve() for file in files]
        waiting = dict(zip(client.map(_Parent(job), whole, pure=False, retries=1), files, strict=True))
        for future in distributed.as_completed(waiting):
            yield _outcome(future, waiting[future])


def _outcome(future: Any, file: Path) -> Outcome:
    try:
        done: Outcome = future.result()
    except Exception as problem:  # the process died
        return Outcome(file, None, f"{file} was left as it is: its process ended ({type(problem).__name__}).")
    return Outcome(file, done.report, done.refused)


@dataclass(frozen=True)
class _Parent:
    """A job on a worker of Dask, which must be allowed the child that calculates within limits."""

    job: Job

    def __call__(self, file: Path) -> Outcome:
        multiprocessing.current_process().daemon = False
        return self.job(file)


class Done:
    """The files that an earlier run has done, and that are as it left them."""

    def __init__(self, path: Path | None) -> None:
        self.path = path
        self.known: dict[str, list[int]] = {}
        if path and path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                try:
                    entry = json.loads(line)
                    self.known[entry["file"]] = entry["state"]
                except (ValueError, KeyError, TypeError):
                    continue  # a line cut short when the run was

    def left(self, files: Iterable[Path]) -> list[Path]:
        """The files that are still to do."""
        return [file for file in files if self.known.get(self._name(file)) != self._state(file)]

    def note(self, file: Path) -> None:
        """A file is done."""
        if self.path:
            with self.path.open("a", encoding="utf-8") as notes:
                notes.write(json.dumps({"file": self._name(file), "state": self._state(file)}) + "\n")

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
