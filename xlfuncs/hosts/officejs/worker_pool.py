"""Processes that evaluate: one that hangs or breaks down is ended, and the cells that made it do so become #N/A."""

from __future__ import annotations

import json
import multiprocessing
import signal
import sys
import time
from multiprocessing.connection import Connection
from typing import Any

from xlfuncs.core.errors import NA
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.batch import evaluated, grouped
from xlfuncs.hosts.officejs.protocol import Call, RequestRejected, read, written

_BATCH = b"\0"  # what a batch begins with on its way; positions of its calls do not
_STARTING = 60.0  # seconds for the imports
_PATIENCE = 3  # times the seconds of a function, for all functions and cells of a batch
_LEAST = 0.1  # of them, below which no further cell is tried
_LOSS = 0.25  # of them, that a process lost counts at least: another must be started
_FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system", "os.startfile")


class WorkerLost(XlfuncsError):
    """The process took too long, or ended."""


class Worker:
    """A process that evaluates batches, one after the other, each function within `seconds`.

    Where a function takes longer, its cells are evaluated again one by one, so that only those that hang are lost;
    each takes at most half of the time that is left for the batch, and none is tried once that is short.
    """

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
        """The answers to a batch, as JSON has them; raises `RequestRejected`."""
        groups = self._read(body)
        answers: list[Any] = [None] * sum(map(len, groups))
        left = _PATIENCE * self._seconds
        while groups:
            alone: list[list[int]] = []
            for positions in groups:
                seconds, began = min(self._seconds, left / 2), time.monotonic()
                try:
                    found = self._evaluated(positions, seconds)
                    left -= time.monotonic() - began
                except WorkerLost as reason:
                    found = [_not_available(str(reason))] * len(positions)
                    left -= max(time.monotonic() - began, _LOSS * self._seconds)
                    alone += [[position] for position in positions if len(positions) > 1]
                    self._again()
                    self._read(body)
                for position, answer in zip(positions, found, strict=True):
                    answers[position] = answer
            groups = alone
        return answers

    def _again(self) -> None:
        self.stop()
        self._start()

    def _read(self, body: bytes) -> list[list[int]]:
        """The positions of the calls of each function."""
        try:
            self._send(_BATCH + body)
            return self._told(self._seconds)["groups"]
        except WorkerLost:
            self._again()
            raise RequestRejected(413, "The batch cannot be read in time; send fewer calls.") from None

    def _evaluated(self, positions: list[int], seconds: float) -> list[Any]:
        if seconds < _LEAST * self._seconds:
            return [_not_available("Other cells took too long; calculate this one again.")] * len(positions)
        self._send(json.dumps(positions).encode())
        return self._told(seconds)["results"]

    def _send(self, message: bytes) -> None:
        try:
            self._pipe.send_bytes(message)
        except OSError:
            raise WorkerLost from None

    def _told(self, seconds: float) -> dict[str, Any]:
        try:
            if not self._pipe.poll(seconds):
                raise WorkerLost(
                    f"The function took longer than {seconds:.3g} seconds and was stopped; give it less to do."
                )
            told = json.loads(self._pipe.recv_bytes())
        except (EOFError, OSError):
            raise WorkerLost("The function broke down; give it less to do.") from None
        if "refused" in told:
            raise RequestRejected(*told["refused"])
        return told


def _work(pipe: Connection, registry: Registry) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the server gets it, and ends us
    forbid()

    def tell(**facts: Any) -> None:
        pipe.send_bytes(json.dumps(facts, allow_nan=False).encode())

    tell(ready=True)
    calls: list[Call] = []
    while True:
        try:
            asked = pipe.recv_bytes()
        except EOFError:
            return
        if asked[:1] == _BATCH:
            try:
                calls = read(asked[1:])
                tell(groups=grouped(calls))
            except RequestRejected as reason:
                tell(refused=[reason.status, reason.why])
            continue
        values = evaluated(registry, [calls[position] for position in json.loads(asked)])
        tell(results=[written(value) for value in values])


def _not_available(why: str) -> dict[str, Any]:
    return {"error": NA, "why": why, "transient": True}


def forbid() -> None:
    """Let this process, to its end, open no connection, start no program and write no file."""
    sys.addaudithook(_audit)


def _audit(event: str, arguments: tuple[Any, ...]) -> None:
    writes = event == "open" and isinstance(arguments[1], str) and any(letter in "wax+" for letter in arguments[1])
    if writes or event.startswith(_FORBIDDEN):
        raise PermissionError(f"A worksheet function may not do this: {event}.")
