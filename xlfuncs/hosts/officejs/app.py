"""The server put together: the files that it serves, its tasks, and its limits."""

from __future__ import annotations

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

from platformdirs import user_data_path

from xlfuncs.core.arguments import normalise
from xlfuncs.core.errors import CellError
from xlfuncs.core.formula_text import call
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.core.version import VERSION
from xlfuncs.data import workbook_tables
from xlfuncs.engine.evaluator import to_json
from xlfuncs.functions import REGISTRY, evaluate
from xlfuncs.hosts.officejs import sockets
from xlfuncs.hosts.officejs.access import AccessMiddleware, AccessPolicy
from xlfuncs.hosts.officejs.manifest import NAMESPACE, Address
from xlfuncs.hosts.officejs.metadata import HelpUrl, build_metadata
from xlfuncs.hosts.officejs.server import File, ServerLimits, build_application
from xlfuncs.hosts.officejs.tasks import build_tasks
from xlfuncs.hosts.officejs.user_secrets import Secrets
from xlfuncs.hosts.officejs.web_files import ICONS, WEB, build_script
from xlfuncs.reference.html_site import HELP, address
from xlfuncs.reference.markdown import describe, format_signature, list_errors

_TASK_TIMEOUT = 6  # times the timeout of a function
_TEMPLATES = ("functions.js", "manifest.xml")  # files of the pages that are not served as they are stored
_MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def build_files(registry: Registry, origin: str) -> dict[str, File]:
    """Return everything that the server serves, by path."""
    contents: dict[str, str | bytes] = {
        "/functions.json": json.dumps(build_metadata(registry, help_url(registry, origin)), ensure_ascii=False),
        "/functions.js": build_script(registry),
        "/catalogue.json": json.dumps([_describe(function, registry) for function in registry], ensure_ascii=False),
        "/names.json": json.dumps(workbook_tables.NAMES),
    }
    contents |= {f"/{path.name}": path.read_bytes() for path in WEB.iterdir() if path.name not in _TEMPLATES}
    contents |= {f"/{path.name}": path.read_bytes() for path in ICONS.glob("*.png")}
    contents |= {
        f"/help/{path.relative_to(HELP).as_posix()}": path.read_bytes() for path in HELP.rglob("*") if path.is_file()
    }
    return {
        path: File(
            _MEDIA_TYPES.get(Path(path).suffix, "application/octet-stream"),
            content.encode() if isinstance(content, str) else content,
            shared=path == "/functions.json",
        )
        for path, content in contents.items()
    }


def help_url(registry: Registry, origin: str) -> HelpUrl:
    """Return a function from the name of a worksheet function to the address of its page."""
    return lambda name: f"{origin}/help/{address(name, registry)}"


def _describe(function: Function, registry: Registry) -> dict[str, Any]:
    """Return the facts of a function that the pages show."""
    examples = [
        {
            "call": call(function, example.cells),
            "cells": [to_json(normalise(cell)) for cell in example.cells],
            "gives": example.expected,
        }
        for example in function.examples
    ]
    more = {
        "signature": format_signature(function),
        "options": {param.name: list(param.quantity.options) for param in function.params if param.quantity.options},
        "bounds": {param.name: [param.low, param.high] for param in function.params},
        "examples": examples,
        "errors": list_errors(function),
        "help": f"help/{address(function.name, registry)}",
        "namespace": NAMESPACE,
    }
    return describe(function) | more


def library_version() -> str:
    """Return the version of the library and its data, which every answer of the server names."""
    version = evaluate("FN_VERSION")
    assert not isinstance(version, CellError)
    return str(version)


def build_library_application(port: int, token: str, limits: ServerLimits) -> AccessMiddleware:
    """Return the application that serves the functions of the library."""
    files = build_files(REGISTRY, Address(port).origin)
    tasks = build_tasks(_TASK_TIMEOUT * limits.function_seconds)
    return build_application(REGISTRY, files, AccessPolicy(port, token), library_version(), tasks, limits)


def user_secrets() -> Secrets:
    """Return the secrets of the user who runs this."""
    return Secrets(user_data_path("xlfuncs", appauthor=False))


def serve(port: int, processes: int, seconds: float) -> None:
    """Serve until interrupted."""
    secrets = user_secrets()
    limits = ServerLimits(processes=processes, function_seconds=seconds)
    token = secrets.token()
    certificate, key = secrets.server_certificate(dt.datetime.now(dt.UTC))
    listening = sockets.listen(port)
    app = build_library_application(port, token, limits)
    print(f"xlfuncs {VERSION} serves Excel at {Address(port).origin}. Press Ctrl-C to stop it.")
    if sys.stdout.isatty():  # a log of the output must not hold the token
        print(f"Open the calculator in your browser: {Address(port, token).page('calculator.html')}")
    sys.stdout.flush()
    sockets.build_server(app, certificate, key, limits.header_seconds).run(sockets=listening)
