"""Known causes of failure of the Office.js add-in, each looked for."""

from __future__ import annotations

import datetime as dt
import json
import re
import ssl
from collections.abc import Iterator
from http import HTTPStatus
from http.client import HTTPException, HTTPSConnection
from pathlib import Path

from xlfuncs.core.version import VERSION
from xlfuncs.hosts.base import Diagnosis
from xlfuncs.hosts.officejs import PORT
from xlfuncs.hosts.officejs.access import TOKEN_HEADER
from xlfuncs.hosts.officejs.install import DEVELOPER, Machine
from xlfuncs.hosts.officejs.manifest import ID, Address
from xlfuncs.hosts.officejs.trust import is_trusted, trust_command
from xlfuncs.hosts.officejs.user_secrets import Secrets

_INSTALL = "run xlfuncs addin install --host officejs"
_TIMEOUT = 10  # seconds for an answer of the server
_ORIGIN = re.compile(r"https://localhost:(\d+)/pane\.html")


def examine(machine: Machine, secrets: Secrets, now: dt.datetime, version: str) -> Iterator[Diagnosis]:
    """Look for each known cause of failure; create nothing. A server of this installation says that it is `version`."""
    manifest = _read_manifest(machine)
    port = _ORIGIN.search(manifest)
    yield from _examine_manifest(machine, manifest)
    faults = list(secrets.list_faults(now))
    for fault in faults:
        yield Diagnosis("secrets", False, fault)
    if faults:
        return
    yield _examine_secrets(secrets)
    if secrets.token_path.exists() and manifest and secrets.token() not in manifest:
        yield Diagnosis("token", False, f"{machine.manifest} holds another token than the server expects: {_INSTALL}.")
    if secrets.ca_path.exists():
        yield _examine_trust(machine, secrets.ca_path)
    yield _examine_server(Address(int(port[1]) if port else PORT), secrets, version)


def _read_manifest(machine: Machine) -> str:
    try:
        return machine.manifest.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return ""


def _examine_manifest(machine: Machine, manifest: str) -> Iterator[Diagnosis]:
    path = machine.manifest
    if not manifest:
        yield Diagnosis("manifest", False, f"{path} is missing or cannot be read: {_INSTALL}.")
        return
    current = f"<Version>{VERSION}.0</Version>" in manifest
    message = f"{path} is of version {VERSION}." if current else f"{path} is of another version: {_INSTALL}."
    yield Diagnosis("manifest", current, message)
    if machine.system == "Windows":
        registered = machine.value(DEVELOPER, ID) == str(path)
        message = "The manifest is registered for Excel." if registered else f"Excel does not know {path}: {_INSTALL}."
        yield Diagnosis("registry", registered, message)


def _examine_secrets(secrets: Secrets) -> Diagnosis:
    missing = secrets.missing()
    if missing:
        names = ", ".join(path.name for path in missing)
        message = f"xlfuncs serve will create the files that are missing in {secrets.folder}: {names}."
    else:
        message = f"The token and the certificates in {secrets.folder} are valid and private to you."
    return Diagnosis("secrets", True, message)


def _examine_trust(machine: Machine, certificate: Path) -> Diagnosis:
    command = trust_command(machine.system, certificate)
    trusted = is_trusted(machine.system, machine.home, certificate)
    if trusted is None:
        message = f"Whether the system trusts {certificate} cannot be found out here; if it does not, run: {command}"
        return Diagnosis("trust", True, message)
    if trusted:
        return Diagnosis("trust", True, f"The system trusts {certificate}.")
    return Diagnosis("trust", False, f"The system does not trust {certificate}; run: {command}")


def _examine_server(address: Address, secrets: Secrets, version: str) -> Diagnosis:
    """Ask the server for its version, with the certificate and the token of this installation."""
    other = Diagnosis(
        "server",
        False,
        f"Another program answers on port {address.port}; stop it, or give another --port to both xlfuncs serve and "
        "xlfuncs addin install --host officejs.",
    )
    try:
        status, body = _ask(address, secrets)
    except ConnectionRefusedError:
        return Diagnosis("server", True, f"Port {address.port} is free; start the server with xlfuncs serve.")
    except (OSError, HTTPException):
        return other
    if status == HTTPStatus.UNAUTHORIZED:
        return Diagnosis("server", False, "The server runs with another token; stop and restart xlfuncs serve.")
    try:
        answer = json.loads(body)["version"]
    except (ValueError, KeyError, TypeError):
        return other
    if answer != version:
        message = f"The server is {answer}, and this is {version}; stop and restart xlfuncs serve."
        return Diagnosis("server", False, message)
    return Diagnosis("server", True, f"The server answers at {address.origin}; it is {version}.")


def _ask(address: Address, secrets: Secrets) -> tuple[int, bytes]:
    trust = ssl.create_default_context(cafile=str(secrets.ca_path) if secrets.ca_path.exists() else None)
    connection = HTTPSConnection("localhost", address.port, timeout=_TIMEOUT, context=trust)
    headers = {"Origin": address.origin, "Content-Type": "application/json"}
    if secrets.token_path.exists():
        headers[TOKEN_HEADER] = secrets.token()
    try:
        connection.request("POST", "/batch", json.dumps({"calls": []}), headers)
        response = connection.getresponse()
        return response.status, response.read()
    finally:
        connection.close()
