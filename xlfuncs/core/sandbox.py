"""Work in a child process with limits on time, memory and files, so that a crash there leaves the caller running."""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, TypeVar

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.wording import count_seconds, describe_exception, number_text

try:
    import resource
except ImportError:  # Windows, where the timeout is the only limit
    resource = None  # type: ignore[assignment]  # a module elsewhere

Result = TypeVar("Result")
MEMORY = 2 * 2**30
_FORKS = sys.platform == "linux"  # a fork starts at once; other systems do not take it well
_SERVER = "forkserver"  # forks from a process without threads; a fork of a threaded process would copy locked locks


@dataclass(frozen=True)
class Limits:
    """Limits of one piece of work, the option that raises the timeout, and whether the caller runs other threads."""

    seconds: float = 60.0
    memory: int = MEMORY
    file: int = 0  # size of the largest file that it may write: most work has no business with files
    option: str = "the option timeout"
    threads: bool = False


class WorkerCrashed(WorkbookRejected):
    """The worker crashed. The message holds internal detail; do not send it to clients."""


class Worker:
    """A child process and a pipe to it.

    `target` is called in the child with its end of the pipe and the arguments. A caller that runs other threads says so
    by `threads`, which decides how the process is started. Raises `OSError` or `EOFError` where none can be started.
    """

    def __init__(self, target: Callable[..., None], *arguments: Any, threads: bool = False) -> None:
        context: Any = multiprocessing.get_context(_start_method(threads))
        self.pipe, child_end = context.Pipe()
        self._process = context.Process(target=target, args=(child_end, *arguments), daemon=True)
        try:
            self._process.start()
        except BaseException:
            self.pipe.close()
            raise
        finally:
            child_end.close()

    def exit_code(self) -> int | None:
        """The exit code of a process that is ending; a negative one is the signal that ended it."""
        self._process.join(1)
        return self._process.exitcode

    def stop(self) -> None:
        """Kill the process, whatever it does, and free what it held."""
        self.pipe.close()
        self._process.kill()
        self._process.join()
        self._process.close()


def run_limited(limits: Limits, what: object, work: Callable[..., Result], *arguments: Any) -> Result:
    """Return the result of some work; raise `WorkbookRejected` if it rejects, exceeds a limit or crashes."""
    try:
        worker = Worker(_answer, limits, work, arguments, threads=limits.threads)
    except (EOFError, OSError):  # short of memory, say
        raise WorkerCrashed(f"{what} cannot be calculated: no process can be started for it.") from None
    try:
        if not worker.pipe.poll(limits.seconds):
            raise WorkbookRejected(
                f"{what} takes longer than {count_seconds(limits.seconds)} to calculate; {limits.option} allows more."
            )
        failed, result = worker.pipe.recv()
    except (EOFError, OSError):  # the latter if it ends in the middle of its answer
        raise _crash(what, worker.exit_code(), limits) from None
    finally:
        worker.stop()
    if not failed:
        return result
    if isinstance(result, WorkbookRejected):
        raise result
    if result is None:
        raise _too_large(what, limits)
    raise WorkerCrashed(f"{what} cannot be calculated: {result}.")


def preload(*modules: str) -> None:
    """Import some modules once for every worker that a program with threads starts."""
    if _SERVER in multiprocessing.get_all_start_methods():
        multiprocessing.get_context(_SERVER).set_forkserver_preload(list(modules))


def restrict(memory: int = MEMORY, file: int = 0, seconds: float | None = None) -> None:
    """Limit this process, to its end, where the system can: memory beyond its use now, file size, processor time."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller gets Ctrl-C, and ends its workers
    if resource is None:
        return
    limits = {
        resource.RLIMIT_AS: _memory_in_use() + memory,
        resource.RLIMIT_FSIZE: file,
        resource.RLIMIT_CORE: 0,
    }
    if seconds is not None:
        limits[resource.RLIMIT_CPU] = int(seconds) + 5
    for kind, most in limits.items():
        with contextlib.suppress(ValueError, OSError):  # stricter already, or not for this system
            resource.setrlimit(kind, (most, most))


def _start_method(threads: bool) -> str:
    if not threads:
        return "fork" if _FORKS else "spawn"
    return _SERVER if _FORKS else "spawn"


def _answer(pipe: Connection, limits: Limits, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    """Send whether the work failed, and its result; if it failed, the rejection, or None for a lack of memory."""
    restrict(limits.memory, limits.file, limits.seconds)
    gc.disable()  # all that the work creates stays in use until the end
    try:
        answer: tuple[bool, Any] = (False, work(*arguments))
    except MemoryError:
        answer = (True, None)
    except WorkbookRejected as reason:
        answer = (True, reason)
    except Exception as problem:
        answer = (True, describe_exception(problem))
    try:
        pipe.send(answer)
    except MemoryError:
        pipe.send((True, None))


def _memory_in_use() -> int:
    """The addresses that the interpreter and its libraries take before any work."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * 4096
    return 2**30


def _crash(what: object, code: int | None, limits: Limits) -> WorkbookRejected:
    if code == -signal.SIGABRT:  # how the engine ends if it gets no memory
        return _too_large(what, limits)
    return WorkerCrashed(f"{what} cannot be calculated: the engine crashed (exit code {code}).")


def _too_large(what: object, limits: Limits) -> WorkbookRejected:
    return WorkbookRejected(f"{what} takes more than {number_text(limits.memory / 2**30)} GB of memory to calculate.")
