"""TLS sockets with a header timeout."""

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
    """Raised when the server cannot listen on its port; the message says what to do."""


def listen(port: int) -> list[socket.socket]:
    """Listen on the loopback addresses and no other."""
    try:
        sockets = [_listen_on(socket.AF_INET, "127.0.0.1", port)]
    except OSError as problem:
        raise PortError(
            f"Port {port} cannot be used: {problem.strerror}. Is xlfuncs serve running already? If another program "
            "uses the port, give --port to both xlfuncs serve and xlfuncs addin install --host officejs."
        ) from None
    with contextlib.suppress(OSError):  # a machine without IPv6
        sockets.append(_listen_on(socket.AF_INET6, "::1", sockets[0].getsockname()[1]))
    return sockets


def _listen_on(family: socket.AddressFamily, host: str, port: int) -> socket.socket:
    """Open a socket that names TCP as its protocol: on others, asyncio sends small answers 40 ms later."""
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        if os.name == "posix":  # on Windows it would let another program take the port
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family is socket.AF_INET6:
            listening.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        listening.bind((host, port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


def header_timeout_protocol(seconds: float) -> type[H11Protocol]:
    """Return a protocol that closes a connection whose request headers do not arrive within some seconds.

    uvicorn has no such option: the protocol builds on attributes of its class that are not documented.
    """

    class HeaderTimeoutProtocol(H11Protocol):
        _timer: asyncio.TimerHandle | None = None

        def connection_made(self, transport: Any) -> None:
            super().connection_made(transport)
            self._start_timer()

        def data_received(self, data: bytes) -> None:
            if self._timer is None and not self._busy:
                self._start_timer()
            super().data_received(data)
            if self._busy:
                self._stop_timer()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
            super().connection_lost(exc)

        @property
        def _busy(self) -> bool:
            return self.cycle is not None and not self.cycle.response_complete

        def _start_timer(self) -> None:
            self._timer = self.loop.call_later(seconds, self.transport.close)

        def _stop_timer(self) -> None:
            if self._timer is not None:
                self._timer.cancel()
                self._timer = None

    return HeaderTimeoutProtocol


def build_server(app: ASGIApp, certificate: Path, key: Path, header_seconds: float) -> uvicorn.Server:
    """Return the server, not yet running; it logs no request, and so no token."""
    return uvicorn.Server(
        uvicorn.Config(
            app,
            http=header_timeout_protocol(header_seconds),
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
