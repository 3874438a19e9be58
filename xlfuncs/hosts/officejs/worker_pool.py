"""Workers that evaluate batches: one that hangs or crashes is ended, and the cells that made it do so become #N/A."""

from __future__ import annotations

import json
import time
from multiprocessing.connection import Connection
from typing import Any

from xlfuncs.core import sandbox
from xlfuncs.core.errors import NA
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.registry import Registry
from xlfuncs.core.wording import number_text
from xlfuncs.hosts.officejs.batch import evaluate_calls, group_by_function
from xlfuncs.hosts.officejs.confinement import confine
from xlfuncs.hosts.officejs.protocol import Call, RequestRejected, encode_value, parse_batch

_BATCH = b"\0"  # first byte of a message with a batch; a message with positions of its calls begins otherwise
_START_TIMEOUT = 60.0  # seconds for the imports
_BATCH_TIMEOUT = 3  # times the timeout of a function, for all functions and cells of a batch
_SHORTEST = 0.1  # times that timeout, below which no further cell is tried
_RESTART = 0.25  # times that timeout, the least that a lost worker counts: another must be started


class WorkerLost(XlfuncsError):
    """The worker took too long, or crashed."""


class BatchWorker:
    """A worker that evaluates batches, one after the other, each function within `seconds`.

    Where a function takes longer, its cells are evaluated again one by one, so that only those that hang are lost;
    each takes at most half of the time that is left for the batch, and none is tried once that is short.
    """

    def __init__(self, registry: Registry, seconds: float) -> None:
        self._registry = registry
        self._seconds = seconds
        self._start()

    def _start(self) -> None:
        self._worker = sandbox.Worker(_work, self._registry, threads=True)
        self._receive(_START_TIMEOUT)

    def stop(self) -> None:
        """End the process, whatever it does."""
        self._worker.stop()

    def batch(self, body: bytes) -> list[Any]:
        """Return the answers to a batch, in the form that JSON has; raise `RequestRejected`."""
        groups = self._read(body)
        answers: list[Any] = [None] * sum(map(len, groups))
        left = _BATCH_TIMEOUT * self._seconds
        while groups:
            alone: list[list[int]] = []
            for positions in groups:
                seconds, began = min(self._seconds, left / 2), time.monotonic()
                try:
                    results = self._evaluate(positions, seconds)
                    left -= time.monotonic() - began
                except WorkerLost as reason:
                    results = [_not_available(str(reason))] * len(positions)
                    left -= max(time.monotonic() - began, _RESTART * self._seconds)
                    alone += [[position] for position in positions if len(positions) > 1]
                    self._restart()
                    self._read(body)
                for position, answer in zip(positions, results, strict=True):
                    answers[position] = answer
            groups = alone
        return answers

    def _restart(self) -> None:
        self.stop()
        self._start()

    def _read(self, body: bytes) -> list[list[int]]:
        """Let the worker read a batch; return the positions of the calls of each function."""
        try:
            self._send(_BATCH + body)
            return self._receive(self._seconds)["groups"]
        except WorkerLost:
            self._restart()
            raise RequestRejected(413, "The batch cannot be read in time; send fewer calls.") from None

    def _evaluate(self, positions: list[int], seconds: float) -> list[Any]:
        if seconds < _SHORTEST * self._seconds:
            return [_not_available("Other cells took too long; calculate this one again.")] * len(positions)
        self._send(json.dumps(positions).encode())
        return self._receive(seconds)["results"]

    def _send(self, message: bytes) -> None:
        try:
            self._worker.pipe.send_bytes(message)
        except OSError:
            raise WorkerLost from None

    def _receive(self, seconds: float) -> dict[str, Any]:
        """Return the next message; JSON and no pickle, since a worker is not trusted."""
        try:
            if not self._worker.pipe.poll(seconds):
                limit = number_text(seconds, 3)
                raise WorkerLost(f"The function took longer than {limit} seconds and was stopped; give it less to do.")
            message = json.loads(self._worker.pipe.recv_bytes())
        except (EOFError, OSError):
            raise WorkerLost("The function crashed; give it less to do.") from None
        if "refused" in message:
            raise RequestRejected(*message["refused"])
        return message


def _work(pipe: Connection, registry: Registry) -> None:
    sandbox.restrict()
    confine()

    def send(**facts: Any) -> None:
        pipe.send_bytes(json.dumps(facts, allow_nan=False).encode())

    send(ready=True)
    calls: list[Call] = []
    while True:
        try:
            message = pipe.recv_bytes()
        except EOFError:
            return
        if message[:1] == _BATCH:
            try:
                calls = parse_batch(message[1:])
                send(groups=group_by_function(calls))
            except RequestRejected as reason:
                send(refused=[reason.status, reason.why])
            continue
        values = evaluate_calls(registry, [calls[position] for position in json.loads(message)])
        send(results=[encode_value(value) for value in values])


def _not_available(why: str) -> dict[str, Any]:
    return {"error": NA, "why": why, "transient": True}
