"""Who may ask: the rules that every request passes before anything is read of it."""

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
class Door:
    """Who is let in: the names that the server goes by, the origin of its pages, and the token."""

    port: int
    token: str

    @property
    def hosts(self) -> Collection[str]:
        """What a Host header may say: a name that leads here by a trick of DNS is none of these."""
        return {f"{name}:{self.port}" for name in ("localhost", "127.0.0.1", "[::1]")}

    @property
    def origins(self) -> Collection[str]:
        """The origins whose scripts may ask."""
        return {f"https://{host}" for host in self.hosts}

    def check(self, headers: Headers) -> None:
        """Refuse whoever is no page of ours or has not the token."""
        if headers.get("origin", "") not in self.origins:
            raise RequestRejected(403, "Only pages of this server may ask; its Origin header is missing or another.")
        given = headers.get(TOKEN_HEADER, "").encode("latin-1", "replace")
        if not hmac.compare_digest(given, self.token.encode()):
            raise RequestRejected(
                401,
                f"The header {TOKEN_HEADER} has not the token of this server: xlfuncs addin install --host officejs.",
            )


class Guard:
    """Refuses other hosts, and adds the headers of security to every response."""

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app = app
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def secured(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["X-Content-Type-Options"] = "nosniff"
                headers["Cache-Control"] = "no-store"
                headers["Referrer-Policy"] = "no-referrer"
                headers["Content-Security-Policy"] = _HELP if scope["path"].startswith("/help/") else _PAGES
            await send(message)

        hosts = Headers(scope=scope).getlist("host")
        if len(hosts) != 1 or hosts[0].lower() not in self._door.hosts:
            refusal = JSONResponse({"error": f"This server is {' or '.join(sorted(self._door.hosts))}."}, 421)
            await refusal(scope, receive, secured)
            return
        await self._app(scope, receive, secured)
