"""Work done in a process of its own, with limits: whatever a file makes of it, the caller goes on."""

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

try:
    import resource
except ImportError:  # Windows, where the time is the only limit
    resource = None  # type: ignore[assignment]

Result = TypeVar("Result")
_FORKS = sys.platform == "linux"  # a fork is there at once; other systems do not take it well
_SERVER = "forkserver"  # forks from a process without threads, whose locks a fork would take along


@dataclass(frozen=True)
class Limits:
    """What a piece of work may take, the option that allows more, and whether the caller runs other threads."""

    seconds: float = 60.0
    memory: int = 2 * 2**30
    file: int = 0  # the largest that it writes: most work has no business with files
    option: str = "--timeout"
    threads: bool = False


class WorkerCrashed(WorkbookRejected):
    """The work broke down; the message has what was found out, which is not for others to see."""


def bounded(limits: Limits, what: object, work: Callable[..., Result], *arguments: Any) -> Result:
    """The result of some work; `WorkbookRejected` where it refuses, takes too much or breaks down."""
    context: Any = multiprocessing.get_context(_method(limits))
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_child, args=(theirs, limits, work, arguments), daemon=True)
    try:
        process.start()
    except (EOFError, OSError):  # short of memory, say
        ours.close()
        raise WorkerCrashed(f"{what} cannot be calculated: no process can be started for it.") from None
    finally:
        theirs.close()
    try:
        if not ours.poll(limits.seconds):
            raise WorkbookRejected(
                f"{what} takes longer than {limits.seconds:g} seconds to calculate; {limits.option} allows more."
            )
        try:
            failed, result = ours.recv()
        except (EOFError, OSError):  # the latter where it ends within its answer
            process.join(1)
            raise _breakdown(what, process.exitcode, limits) from None
    finally:
        ours.close()
        process.kill()
        process.join()
        process.close()
    if not failed:
        return result
    if isinstance(result, WorkbookRejected):
        raise result
    if result is None:
        raise _too_large(what, limits)
    raise WorkerCrashed(f"{what} cannot be calculated: {result}.")


def prepare(*modules: str) -> None:
    """Import some modules once for all work that a program with threads gives to a process of its own."""
    if _SERVER in multiprocessing.get_all_start_methods():
        multiprocessing.get_context(_SERVER).set_forkserver_preload(list(modules))


def _method(limits: Limits) -> str:
    if not limits.threads:
        return "fork" if _FORKS else "spawn"
    return _SERVER if _FORKS else "spawn"


def _child(pipe: Connection, limits: Limits, work: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the caller gets it, and ends us
    _restrict(limits)
    gc.disable()  # what is made stays in use until the end
    try:
        answer: tuple[bool, Any] = (False, work(*arguments))
    except MemoryError:
        answer = (True, None)
    except WorkbookRejected as reason:
        answer = (True, reason)
    except Exception as problem:
        answer = (True, f"{type(problem).__name__}: {problem}")
    try:
        pipe.send(answer)
    except MemoryError:
        pipe.send((True, None))


def _restrict(limits: Limits) -> None:
    if resource is None:
        return
    for kind, most in (
        (resource.RLIMIT_AS, _in_use() + limits.memory),
        (resource.RLIMIT_CPU, int(limits.seconds) + 5),
        (resource.RLIMIT_FSIZE, limits.file),
        (resource.RLIMIT_CORE, 0),
    ):
        with contextlib.suppress(ValueError, OSError):  # stricter already, or not for this system
            resource.setrlimit(kind, (most, most))


def _in_use() -> int:
    """The addresses that the interpreter and its libraries take before any work."""
    with contextlib.suppress(OSError, ValueError, IndexError):
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0]) * 4096
    return 2**30


def _breakdown(what: object, code: int | None, limits: Limits) -> WorkbookRejected:
    if code == -signal.SIGABRT:  # how the engine ends where it gets no memory
        return _too_large(what, limits)
    return WorkerCrashed(f"{what} cannot be calculated: the engine broke down (exit code {code}).")


def _too_large(what: object, limits: Limits) -> WorkbookRejected:
    return WorkbookRejected(f"{what} takes more than {limits.memory / 2**30:g} GB of memory to calculate.")
