"""Host, Origin and token checks."""

from __future__ import annotations

import hmac
from collections.abc import Collection
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from xlfuncs.hosts.officejs.protocol import RequestRejected

TOKEN_HEADER = "X-Xlfuncs-Token"
OFFICE = "https://appsforoffice.microsoft.com"  # where every add-in must load Office.js from
_FRAMES = "'self' https://*.officeapps.live.com https://*.office.com https://*.cloud.microsoft https://*.sharepoint.com"
_PAGES = (
    f"default-src 'none'; script-src 'self' {OFFICE}; style-src 'self'; img-src 'self'; connect-src 'self'; "
    f"base-uri 'none'; form-action 'none'; frame-ancestors {_FRAMES}"
)
_HELP = f"default-src 'self' 'unsafe-inline' data:; base-uri 'none'; form-action 'none'; frame-ancestors {_FRAMES}"


@dataclass(frozen=True)
class AccessPolicy:
    """Which requests are served: the names of the server, the origins of its pages, and the token."""

    port: int
    token: str

    @property
    def hosts(self) -> Collection[str]:
        """The allowed values of the Host header: after DNS rebinding it holds another name."""
        return {f"{name}:{self.port}" for name in ("localhost", "127.0.0.1", "[::1]")}

    @property
    def origins(self) -> Collection[str]:
        """The origins whose scripts may send requests."""
        return {f"https://{host}" for host in self.hosts}

    def check(self, headers: Headers) -> None:
        """Raise `RequestRejected` for a request of another origin, or without the token."""
        if headers.get("origin", "") not in self.origins:
            raise RequestRejected(403, "The Origin header must be that of a page of this server.")
        token = headers.get(TOKEN_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(token, self.token.encode()):
            raise RequestRejected(
                401,
                f"The header {TOKEN_HEADER} does not hold the token of this server; install the add-in again with "
                "xlfuncs addin install --host officejs.",
            )


class AccessMiddleware:
    """Rejects requests to other host names, and adds the security headers to every response."""

    def __init__(self, app: ASGIApp, policy: AccessPolicy) -> None:
        self._app = app
        self._policy = policy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or reject it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cache-Control"] = "no-store"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Content-Security-Policy"] = _HELP if scope["path"].startswith("/help/") else _PAGES
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._policy.hosts:
            names = " or ".join(sorted(self._policy.hosts))
            response = JSONResponse({"error": f"The Host header must be {names}."}, 421)
            await response(scope, receive, send_secured)
            return
        await self._app(scope, receive, send_secured)
