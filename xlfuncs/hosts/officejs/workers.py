"""Processes that evaluate: one that hangs or breaks down is ended, and what it was asked becomes #N/A."""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from xlfuncs.core.errors import NA
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.batch import evaluated, grouped
from xlfuncs.hosts.officejs.wire import RefusedError, read, written

_STARTING = 60.0  # seconds for the imports
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile")


class LostError(Exception):
    """The process took too long, or ended."""


class Worker:
    """A process that evaluates batches, one after the other, each function within `seconds`."""

    def __init__(self, registry: Registry, seconds: float) -> None:
        self._registry = registry
        self._seconds = seconds
        self._start()

    def _start(self) -> None:
        context = multiprocessing.get_context("spawn")  # a fork would take the threads' locks along
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(target=_work, args=(theirs, self._registry), daemon=True)
        self._process.start()
        theirs.close()
        self._told(_STARTING)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._process.kill()
        self._process.join()
        self._pipe.close()

    def batch(self, body: bytes) -> list[Any]:
        """The answers to a batch, as JSON has them; raises `RefusedError`."""
        done: dict[int, list[Any]] = {}
        ends = time.monotonic() + 3 * self._seconds
        groups: list[list[int]] = []
        while True:
            at = None
            try:
                self._ask(sorted(done), body)
                groups = self._told(self._seconds)["groups"]
                for at in (index for index in range(len(groups)) if index not in done):
                    done[at] = self._told(min(self._seconds, max(ends - time.monotonic(), 0)))["results"]
                break
            except LostError as reason:
                self.stop()
                self._start()
                if at is None:
                    raise RefusedError(413, "The batch cannot be read in time; send fewer calls.") from None
                done[at] = [{"error": NA, "why": str(reason), "transient": True}] * len(groups[at])
        answers: list[Any] = [None] * sum(map(len, groups))
        for index, positions in enumerate(groups):
            for position, answer in zip(positions, done[index], strict=True):
                answers[position] = answer
        return answers

    def _ask(self, done: list[int], body: bytes) -> None:
        try:
            self._pipe.send_bytes(json.dumps(done).encode())
            self._pipe.send_bytes(body)
        except OSError:
            raise LostError from None

    def _told(self, seconds: float) -> dict[str, Any]:
        try:
            if not self._pipe.poll(seconds):
                raise LostError(
                    f"The function took longer than {self._seconds:g} seconds and was stopped; give it less to do."
                )
            told = json.loads(self._pipe.recv_bytes())
        except (EOFError, OSError):
            raise LostError("The function broke down; give it less to do.") from None
        if "refused" in told:
            raise RefusedError(*told["refused"])
        return told


def _work(pipe: Connection, registry: Registry) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server gets it, and ends us
    sys.addaudithook(_audit)

    def tell(**facts: Any) -> None:
        pipe.send_bytes(json.dumps(facts, allow_nan=False).encode())

    tell(ready=True)
    while True:
        try:
            done = set(json.loads(pipe.recv_bytes()))
            body = pipe.recv_bytes()
        except EOFError:
            return
        try:
            calls = read(body)
        except RefusedError as reason:
            tell(refused=[reason.status, reason.why])
            continue
        groups = grouped(calls)
        tell(groups=groups)
        for index, positions in enumerate(groups):
            if index not in done:
                values = evaluated(registry, [calls[position] for position in positions])
                tell(results=[written(value) for value in values])


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    """Functions open no connection, start no program and write no file."""
    writes = event == "open" and isinstance(arguments[1], str) and any(letter in "wax+" for letter in arguments[1])
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(f"A worksheet function may not do this: {event}.")
