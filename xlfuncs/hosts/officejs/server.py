"""The HTTP application: the batch endpoint of the functions, the tasks of the pane, and the files of the add-in."""

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
from xlfuncs.core.wording import number_text
from xlfuncs.hosts.officejs.access import AccessMiddleware, AccessPolicy
from xlfuncs.hosts.officejs.protocol import LARGEST, RequestRejected
from xlfuncs.hosts.officejs.worker_pool import BatchWorker

_EXCEL_ON_THE_WEB = re.compile(r"https://[a-z0-9-]+\.officeapps\.live\.com")


@dataclass(frozen=True)
class ServerLimits:
    """Numbers of workers and of waiting requests, and timeouts in seconds."""

    processes: int = 2
    waiting_batches: int = 64
    waiting_tasks: int = 8
    function_seconds: float = 10.0
    body_seconds: float = 10.0
    header_seconds: float = 10.0


@dataclass(frozen=True)
class File:
    """A file of the add-in; a `shared` one may be read by Excel on the web, from its own origin."""

    media_type: str
    content: bytes
    shared: bool = False


@dataclass(frozen=True)
class Task:
    """Work other than a batch of calls: the media type of its request body, and a function from body to JSON."""

    media_type: str
    work: Callable[[bytes], Any]


class AsciiResponse(JSONResponse):
    """JSON in ASCII, for a cell may hold half a surrogate pair, which UTF-8 cannot encode; no NaN or infinity."""

    def render(self, content: Any) -> bytes:
        """Encode the content."""
        return json.dumps(content, allow_nan=False, separators=(",", ":")).encode()


class BusyError(RequestRejected):
    """Raised when the queue is full."""

    def __init__(self) -> None:
        super().__init__(503, "The server is busy; try again in a second.")


class Queue:
    """A bounded queue."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._length = 0

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place in the queue; raise `BusyError` if it is full."""
        if self._length >= self._size:
            raise BusyError
        self._length += 1
        try:
            yield
        finally:
            self._length -= 1


class Pool:
    """The workers that evaluate batches."""

    def __init__(self, registry: Registry, limits: ServerLimits) -> None:
        self._registry = registry
        self._limits = limits
        self._idle: asyncio.Queue[BatchWorker] = asyncio.Queue()
        self._workers: list[BatchWorker] = []

    def start(self) -> None:
        """Start the workers."""
        seconds = self._limits.function_seconds
        self._workers = [BatchWorker(self._registry, seconds) for _ in range(self._limits.processes)]
        for worker in self._workers:
            self._idle.put_nowait(worker)

    def stop(self) -> None:
        """End the workers."""
        for worker in self._workers:
            worker.stop()

    async def batch(self, body: bytes) -> list[Any]:
        """Return the answers of the next idle worker to a batch."""
        worker = await self._idle.get()
        try:
            return await anyio.to_thread.run_sync(worker.batch, body)
        finally:
            self._idle.put_nowait(worker)


def build_application(
    registry: Registry,
    files: Mapping[str, File],
    policy: AccessPolicy,
    version: str,
    tasks: Mapping[str, Task] | None = None,
    limits: ServerLimits | None = None,
) -> AccessMiddleware:
    """Put the application together; `files` and `tasks` are by path."""
    limits = limits or ServerLimits()
    pool = Pool(registry, limits)
    batches, waiting_tasks = Queue(limits.waiting_batches), Queue(limits.waiting_tasks)
    threads = anyio.CapacityLimiter(limits.processes)  # a task waits in its thread for its process

    async def handle(
        request: Request, media_type: str, queue: Queue, work: Callable[[bytes], Awaitable[Any]]
    ) -> Response:
        policy.check(request.headers)
        if request.headers.get("content-type", "").split(";")[0].strip().lower() != media_type:
            raise RequestRejected(415, f"The Content-Type must be {media_type}.")
        async with queue.place():
            return AsciiResponse(await work(await _read_body(request, limits.body_seconds)))

    async def batch(request: Request) -> Response:
        async def evaluate(body: bytes) -> Any:
            return {"results": await pool.batch(body), "version": version}

        return await handle(request, "application/json", batches, evaluate)

    def task_route(path: str, task: Task) -> Route:
        async def work(body: bytes) -> Any:
            return await anyio.to_thread.run_sync(task.work, body, limiter=threads)

        async def respond(request: Request) -> Response:
            return await handle(request, task.media_type, waiting_tasks, work)

        return Route(path, respond, methods=["POST"])

    async def send_file(request: Request) -> Response:
        file = files.get(request.url.path)
        if file is None:
            raise RequestRejected(404, "There is no such page.")
        origin = request.headers.get("origin", "")
        shared = file.shared and _EXCEL_ON_THE_WEB.fullmatch(origin)
        headers = {"Access-Control-Allow-Origin": origin, "Vary": "Origin"} if shared else {}
        return Response(file.content, media_type=file.media_type, headers=headers)

    @asynccontextmanager
    async def run_pool(app: Starlette) -> AsyncIterator[None]:
        pool.start()
        try:
            yield
        finally:
            pool.stop()

    app = Starlette(
        routes=[
            Route("/batch", batch, methods=["POST"]),
            *(task_route(path, task) for path, task in (tasks or {}).items()),
            Route("/{path:path}", send_file, methods=["GET"]),
        ],
        exception_handlers={RequestRejected: _send_rejection, HTTPException: _send_no_route, Exception: _send_failure},
        lifespan=run_pool,
    )
    return AccessMiddleware(app, policy)


async def _read_body(request: Request, seconds: float) -> bytes:
    """Return the body; raise `RequestRejected` if it is too large or takes too long to arrive."""
    too_large = RequestRejected(413, f"The body is larger than the limit of {LARGEST // 2**20} MB.")
    length = request.headers.get("content-length", "")
    if length.isdecimal() and int(length) > LARGEST:
        raise too_large
    body = bytearray()
    try:
        with anyio.fail_after(seconds):
            async for part in request.stream():
                body += part
                if len(body) > LARGEST:
                    raise too_large
    except TimeoutError:
        raise RequestRejected(408, f"The body took longer than {number_text(seconds)} seconds to arrive.") from None
    except ClientDisconnect:
        raise RequestRejected(400, "The connection closed before the whole body had arrived.") from None
    return bytes(body)


async def _send_rejection(request: Request, reason: Exception) -> Response:
    assert isinstance(reason, RequestRejected)
    headers = {"Retry-After": "1"} if reason.status == 503 else {}
    if reason.status in (408, 413):
        headers["Connection"] = "close"  # the rest of the body is not read
    return AsciiResponse({"error": reason.why}, reason.status, headers)


async def _send_no_route(request: Request, reason: Exception) -> Response:
    assert isinstance(reason, HTTPException)
    return AsciiResponse({"error": "The server has no such address."}, reason.status_code, reason.headers)


async def _send_failure(request: Request, reason: Exception) -> Response:
    return AsciiResponse({"error": "The server failed on this request; nothing was changed."}, 500)
