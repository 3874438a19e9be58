"""The server that Excel's functions ask: a batch endpoint, other work for the pane, and the files of the add-in."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import anyio
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.access import Door, Guard
from xlfuncs.hosts.officejs.protocol import LARGEST, RequestRejected
from xlfuncs.hosts.officejs.worker_pool import Worker

_EXCEL_ON_THE_WEB = re.compile(r"https://[a-z0-9-]+\.officeapps\.live\.com")


@dataclass(frozen=True)
class Limits:
    """How much the server takes on."""

    processes: int = 2
    waiting: int = 64  # requests
    jobs_waiting: int = 8
    function_seconds: float = 10.0
    body_seconds: float = 10.0
    header_seconds: float = 10.0


@dataclass(frozen=True)
class File:
    """A file of the add-in; one that Excel on the web reads from its own origin is `shared`."""

    kind: str
    content: bytes
    shared: bool = False


@dataclass(frozen=True)
class Job:
    """Work other than a batch of calls: the kind of body that it takes, and what it makes of one, as JSON has it."""

    kind: str
    work: Callable[[bytes], Any]


class Answer(JSONResponse):
    """JSON in ASCII: half a pair of surrogates, which a cell may hold, has no other form; and finite."""

    def render(self, content: Any) -> bytes:
        """The bytes."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


class BusyError(RequestRejected):
    """The queue is full."""

    def __init__(self) -> None:
        super().__init__(503, "The server is busy; ask again in a second.")


class Queue:
    """A bounded queue."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._inside = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """A place in it, or `BusyError`."""
        if self._inside >= self._most:
            raise BusyError
        self._inside += 1
        try:
            yield
        finally:
            self._inside -= 1


class Pool:
    """The workers."""

    def __init__(self, registry: Registry, limits: Limits) -> None:
        self._registry = registry
        self._limits = limits
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._workers: list[Worker] = []

    def start(self) -> None:
        """Start the processes."""
        self._workers = [Worker(self._registry, self._limits.function_seconds) for _ in range(self._limits.processes)]
        for worker in self._workers:
            self._idle.put_nowait(worker)

    def stop(self) -> None:
        """End the processes."""
        for worker in self._workers:
            worker.stop()

    async def batch(self, body: bytes) -> list[Any]:
        """The answers to a batch by the next idle worker."""
        worker = await self._idle.get()
        try:
            return await anyio.to_thread.run_sync(worker.batch, body)
        finally:
            self._idle.put_nowait(worker)


def application(
    registry: Registry,
    files: Mapping[str, File],
    door: Door,
    version: str,
    jobs: Mapping[str, Job] | None = None,
    limits: Limits | None = None,
) -> Guard:
    """The server; `files` and `jobs` by path."""
    limits = limits or Limits()
    pool = Pool(registry, limits)
    calls, others = Queue(limits.waiting), Queue(limits.jobs_waiting)
    threads = anyio.CapacityLimiter(limits.processes)  # a job waits in its thread for its process

    async def asked(request: Request, kind: str, queue: Queue, work: Callable[[bytes], Awaitable[Any]]) -> Response:
        door.check(request.headers)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != kind:
            raise RequestRejected(415, f"The Content-Type must be {kind}.")
        async with queue.place():
            return Answer(await work(await _body(request, limits.body_seconds)))

    async def batch(request: Request) -> Response:
        async def answers(body: bytes) -> Any:
            return {"results": await pool.batch(body), "version": version}

        return await asked(request, "application/json", calls, answers)

    def route(path: str, job: Job) -> Route:
        async def done(body: bytes) -> Any:
            return await anyio.to_thread.run_sync(job.work, body, limiter=threads)

        async def answer(request: Request) -> Response:
            return await asked(request, job.kind, others, done)

        return Route(path, answer, methods=["POST"])

    async def file(request: Request) -> Response:
        found = files.get(request.url.path)
        if found is None:
            raise RequestRejected(404, "There is no such page.")
        origin = request.headers.get("origin", "")
        shared = found.shared and _EXCEL_ON_THE_WEB.fullmatch(origin)
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if shared else {}
        return Response(found.content, media_type=found.kind, headers=headers)

    @asynccontextmanager
    async def running(app: Starlette) -> AsyncIterator[None]:
        pool.start()
        try:
            yield
        finally:
            pool.stop()

    app = Starlette(
        routes=[
            Route("/batch", batch, methods=["POST"]),
            *(route(path, job) for path, job in (jobs or {}).items()),
            Route("/{path:path}", file, methods=["GET"]),
        ],
        exception_handlers={RequestRejected: _refusal, HTTPException: _no_route, Exception: _fault},
        lifespan=running,
    )
    return Guard(app, door)


async def _body(request: Request, seconds: float) -> bytes:
    """The body, no more than is allowed of it, and no longer."""
    too_large = RequestRejected(413, f"The body is larger than {LARGEST // 2**20} MB, the most that is taken at once.")
    told = request.headers.get("content-length", "")
    if told.isdecimal() and int(told) > LARGEST:
        raise too_large
    body = bytearray()
    try:
        with anyio.fail_after(seconds):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise too_large
    except TimeoutError:
        raise RequestRejected(408, f"The body took longer than {seconds:g} seconds to arrive.") from None
    except ClientDisconnect:
        raise RequestRejected(400, "The body ended too soon.") from None
    return bytes(body)


async def _refusal(request: Request, reason: Exception) -> Response:
    assert isinstance(reason, RequestRejected)
    headers = {"Retry-After": "1"} if reason.status == 503 else {}
    if reason.status in (408, 413):
        headers["Connection"] = "close"  # the rest of the body is not read
    return Answer({"error": reason.why}, reason.status, headers)


async def _no_route(request: Request, reason: Exception) -> Response:
    assert isinstance(reason, HTTPException)
    return Answer({"error": "There is nothing here for this request."}, reason.status_code, reason.headers)


async def _fault(request: Request, reason: Exception) -> Response:
    return Answer({"error": "The server failed on this request; nothing was changed."}, 500)
