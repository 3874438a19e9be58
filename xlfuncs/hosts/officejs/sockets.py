"""The server on this machine's own addresses, over TLS, with patience that ends."""

from __future__ import annotations

import asyncio
import contextlib
import os
import socket
from pathlib import Path
from typing import Any

import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from xlfuncs.core.exceptions import XlfuncsError


class PortError(XlfuncsError):
    """The port cannot be had; the message says what to do."""


def sockets(port: int) -> list[socket.socket]:
    """Sockets of the loopback addresses and no other."""
    try:
        found = [_listening(socket.AF_INET, "127.0.0.1", port)]
    except OSError as problem:
        raise PortError(
            f"Port {port} cannot be had: {problem.strerror}. Is xlfuncs serve running already? If another program has "
            "the port, give --port to both xlfuncs serve and xlfuncs addin install --host officejs."
        ) from None
    with contextlib.suppress(OSError):  # a machine without IPv6
        found.append(_listening(socket.AF_INET6, "::1", found[0].getsockname()[1]))
    return found


def _listening(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    """A socket that says it is TCP: asyncio sends small answers at once on no other, and each would wait 40 ms."""
    made = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let another program take the port
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        made.bind((host, port))
        made.listen(128)
    except OSError:
        made.close()
        raise
    return made


def patient(seconds: float) -> type[H11Protocol]:
    """A protocol that closes a connection whose request does not come within some seconds."""

    class Patient(H11Protocol):
        _end: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._wait()

        def data_received(self, data: bytes) -> None:
            if self._end is None and not self._busy:
                self._wait()
            super().data_received(data)
            if self._busy:
                self._done()

        def connection_lost(self, exc: Exception | None) -> None:
            self._done()
            super().connection_lost(exc)

        @property
        def _busy(self) -> bool:
            return self.cycle is not None and not self.cycle.response_complete

        def _wait(self) -> None:
            self._end = self.loop.call_later(seconds, self.transport.close)

        def _done(self) -> None:
            if self._end is not None:
                self._end.cancel()
                self._end = None

    return Patient


def server(app: ASGIApp, certificate: Path, key: Path, header_seconds: float) -> uvicorn.Server:
    """The server, not yet running; it logs no request, and so no token."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=patient(header_seconds),
            ws="none",
            lifespan="on",
            ssl_certfile=certificate,
            ssl_keyfile=key,
            access_log=False,
            log_level="warning",
            proxy_headers=False,
            server_header=False,
            h11_max_incomplete_event_size=16 * 1024,
            timeout_keep_alive=30,
            timeout_graceful_shutdown=3,
        )
    )
