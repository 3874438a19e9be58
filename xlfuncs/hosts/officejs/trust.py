"""Whether the system trusts the certificate authority of the local server, and the command that makes it do so."""

from __future__ import annotations

import shutil
import ssl
import subprocess
import sys
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

_NICKNAME = "xlfuncs"
_TIMEOUT = 30


def trust_command(system: str, ca_certificate: Path) -> str:
    """Return the command that makes the system trust the certificates of the local server."""
    if system == "Darwin":
        return f'security add-trusted-cert -r trustRoot -k ~/Library/Keychains/login.keychain-db "{ca_certificate}"'
    if system == "Windows":
        return f'certutil -user -addstore Root "{ca_certificate}"'
    return f'certutil -d sql:$HOME/.pki/nssdb -A -t C,, -n {_NICKNAME} -i "{ca_certificate}"'


def is_trusted(system: str, home: Path, ca_certificate: Path) -> bool | None:
    """Whether the system trusts the authority; None if that cannot be found out."""
    if system == "Windows":
        return _is_in_windows_store(ca_certificate)
    if system == "Darwin":
        return _run("security", "verify-cert", "-L", "-c", str(ca_certificate)) is not None
    if not shutil.which("certutil"):
        return None
    stored = _run("certutil", "-d", f"sql:{home / '.pki/nssdb'}", "-L", "-n", _NICKNAME, "-a")
    try:
        return stored is not None and _der(stored) == _der(ca_certificate.read_bytes())
    except ValueError:
        return False


def _is_in_windows_store(ca_certificate: Path) -> bool | None:
    if sys.platform != "win32":
        return None
    return _der(ca_certificate.read_bytes()) in (entry[0] for entry in ssl.enum_certificates("ROOT"))


def _der(pem: bytes) -> bytes:
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def _run(*command: str) -> bytes | None:
    """Return the output of a command; None if it fails."""
    try:
        ended = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_TIMEOUT, check=True)
    except (OSError, subprocess.SubprocessError):
        return None
    return ended.stdout
