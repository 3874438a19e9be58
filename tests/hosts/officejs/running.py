"""The real server in a thread, and a client that it lets in."""

from __future__ import annotations

import datetime as dt
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx

from xlfuncs import REGISTRY
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs import app, sockets, tasks
from xlfuncs.hosts.officejs.access import AccessPolicy
from xlfuncs.hosts.officejs.server import ServerLimits, Task, build_application
from xlfuncs.hosts.officejs.user_secrets import Secrets


@dataclass
class Served:
    """A running server."""

    port: int
    token: str
    ca_certificate: Path

    @property
    def origin(self) -> str:
        return f"https://localhost:{self.port}"

    @cached_property
    def trust(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=str(self.ca_certificate))

    @property
    def headers(self) -> dict[str, str]:
        return {"Origin": self.origin, "X-Xlfuncs-Token": self.token, "Content-Type": "application/json"}

    def client(self) -> httpx.Client:
        return httpx.Client(base_url=self.origin, verify=self.trust, trust_env=False, timeout=600)

    def post(self, body: Any, path: str = "/batch", **headers: str | None) -> httpx.Response:
        """A request with the headers of a page of ours, some of them changed, or left out by None."""
        changed = {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in (self.headers | changed).items() if value is not None}
        content = json.dumps(body).encode() if isinstance(body, dict) else body
        with self.client() as client:
            return client.post(path, headers=sent, content=content)

    def ask(self, *calls: tuple[str, list[Any]]) -> list[Any]:
        response = self.post({"calls": [{"name": name, "cells": cells} for name, cells in calls]})
        assert response.status_code == 200, response.text
        return response.json()["results"]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


@contextmanager
def running(
    folder: Path,
    registry: Registry = REGISTRY,
    limits: ServerLimits | None = None,
    more_tasks: Mapping[str, Task] | None = None,
) -> Iterator[Served]:
    """A server of a registry until the end of the block."""
    secrets, port = Secrets(folder), free_port()
    # Long timeouts: what they are about is tested with servers of their own, and a busy machine is slow.
    limits = limits or ServerLimits(processes=1, function_seconds=120, body_seconds=60, header_seconds=60)
    certificate, key = secrets.server_certificate(dt.datetime.now(dt.UTC))
    served = Served(port, secrets.token(), secrets.ca_certificate)
    files = app.build_files(REGISTRY, served.origin)
    others = tasks.build_tasks(600) | dict(more_tasks or {})
    guarded = build_application(registry, files, AccessPolicy(port, served.token), "test", others, limits)
    server = sockets.build_server(guarded, certificate, key, limits.header_seconds)
    thread = threading.Thread(target=server.run, args=(sockets.listen(port),), daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield served
    finally:
        server.should_exit = True
        thread.join(20)
