"""The Office.js host put together: what is served, the secrets of the user, and the installation."""

from __future__ import annotations

import datetime as dt
import json
import sys
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

import click
from platformdirs import user_data_path

from xlfuncs import REGISTRY, __version__, evaluate
from xlfuncs.core.arguments import normalise
from xlfuncs.core.errors import CellError
from xlfuncs.core.formula_text import call
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.data import workbook_tables
from xlfuncs.engine.evaluator import to_json
from xlfuncs.hosts.officejs import icons, manifest, sockets
from xlfuncs.hosts.officejs import install as place
from xlfuncs.hosts.officejs.access import Door, Guard
from xlfuncs.hosts.officejs.certificates import InsecurePermissions, Secrets
from xlfuncs.hosts.officejs.manifest import NAMESPACE, Address
from xlfuncs.hosts.officejs.metadata import metadata
from xlfuncs.hosts.officejs.script import WEB, script
from xlfuncs.hosts.officejs.server import File, Limits, application
from xlfuncs.hosts.officejs.tasks import jobs
from xlfuncs.reference.html_site import HELP, address
from xlfuncs.reference.markdown import describe, format_signature, list_errors

_REFUSED = 2
_TASK = 6  # times the seconds of a function
_KINDS = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".json": "application/json",
    ".png": "image/png",
    ".svg": "image/svg+xml",
}


def files(registry: Registry, origin: str) -> dict[str, File]:
    """Everything that is served, by path."""
    made: dict[str, str | bytes] = {
        "/functions.json": json.dumps(metadata(registry, partial(_help, registry, origin)), ensure_ascii=False),
        "/functions.js": script(registry),
        "/catalogue.json": json.dumps([_card(function, registry) for function in registry], ensure_ascii=False),
        "/names.json": json.dumps(workbook_tables.NAMES),
    }
    made |= {
        f"/{path.name}": path.read_bytes()
        for path in WEB.iterdir()
        if path.name not in ("functions.js", "manifest.xml")
    }
    made |= {f"/icon-{size}.png": icons.icon(size) for size in icons.SIZES}
    made |= {
        f"/help/{path.relative_to(HELP).as_posix()}": path.read_bytes() for path in HELP.rglob("*") if path.is_file()
    }
    return {
        path: File(
            _KINDS.get(Path(path).suffix, "application/octet-stream"),
            content.encode() if isinstance(content, str) else content,
            shared=path == "/functions.json",
        )
        for path, content in made.items()
    }


def _help(registry: Registry, origin: str, name: str) -> str:
    return f"{origin}/help/{address(name, registry)}"


def _card(function: Function, registry: Registry) -> dict[str, Any]:
    """A function as the pages show it."""
    examples = [
        {
            "call": call(function, one.cells),
            "cells": [to_json(normalise(cell)) for cell in one.cells],
            "gives": one.expected,
        }
        for one in function.examples
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


def made(port: int, token: str, limits: Limits) -> Guard:
    """The server of the library."""
    version = evaluate("FN_VERSION")
    assert not isinstance(version, CellError)
    origin = Address(port).origin
    return application(
        REGISTRY,
        files(REGISTRY, origin),
        Door(port, token),
        str(version),
        jobs(_TASK * limits.function_seconds),
        limits,
    )


def serve(port: int, processes: int, seconds: float) -> None:
    """Serve until interrupted."""
    kept = _secrets()
    limits = Limits(processes=processes, function_seconds=seconds)
    try:
        token = kept.token()
        certificate, key = kept.certificate(dt.datetime.now(dt.UTC))
        found = sockets.sockets(port)
    except (InsecurePermissions, sockets.PortError, OSError) as reason:
        _refuse(str(reason))
    app = made(port, token, limits)
    click.echo(f"xlfuncs {__version__} serves Excel at {Address(port).origin}; Ctrl-C ends it.")
    if sys.stdout.isatty():  # whatever is kept of the output must not have the token
        click.echo(f"The calculator, for your browser: {Address(port, token).page('calculator.html')}")
    sys.stdout.flush()
    sockets.server(app, certificate, key, limits.header_seconds).run(sockets=found)


def install(port: int) -> None:
    """Write the manifest into its place and say what to click."""
    kept, machine = _secrets(), _machine()
    try:
        path = place.install(machine, manifest.as_xml(Address(port, kept.token())))
        authority = kept.authority
    except (place.InstallLocationError, InsecurePermissions, OSError) as reason:
        _refuse(str(reason))
    click.echo(str(path))
    for number, step in enumerate(place.steps(machine, path, authority), 1):
        click.echo(f"{number}. {step}")


def build(out: Path, port: int) -> None:
    """Write the package for Microsoft 365: a .zip file, or a folder of what is in it."""
    try:
        address = Address(port, _secrets().token())
        made = manifest.package(REGISTRY, address, partial(_help, REGISTRY, address.origin))
        if out.suffix.lower() == ".zip":
            made = {out.name: manifest.zipped(made)}
            out = out.parent
        for name, content in made.items():
            place.write(out / name, content)
            click.echo(str(out / name))
    except InsecurePermissions as reason:
        _refuse(str(reason))
    except OSError as problem:
        _refuse(f"{problem.filename or out} cannot be written: {problem.strerror}.")


def uninstall() -> None:
    """Take the manifest away."""
    try:
        removed = place.uninstall(_machine())
    except place.InstallLocationError as reason:
        _refuse(str(reason))
    click.echo("\n".join(f"removed {path}" for path in removed) or "There was no add-in to remove.")


def _secrets() -> Secrets:
    return Secrets(user_data_path("xlfuncs", appauthor=False))


def _machine() -> place.Machine:
    return place.Machine(Path.home(), user_data_path("xlfuncs", appauthor=False))


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(_REFUSED)
