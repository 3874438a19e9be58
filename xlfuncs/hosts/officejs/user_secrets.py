"""Per-user secrets: the token, the certificate authority, and the certificate of the server."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.services.output_files import write_errors, write_output_file

PRIVATE = 0o600  # the file mode of a secret
_DAY = dt.timedelta(days=1)
_CA_TERM = 3650 * _DAY
_SERVER_TERM = 397 * _DAY  # the longest that browsers accept
_RENEWAL = 30 * _DAY  # before the certificate expires
_NAMES = [
    x509.DNSName("localhost"),
    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    x509.IPAddress(ipaddress.ip_address("::1")),
]
_PERMITTED = [
    x509.DNSName("localhost"),
    x509.IPAddress(ipaddress.ip_network("127.0.0.1/32")),
    x509.IPAddress(ipaddress.ip_network("::1/128")),
]


class InsecurePermissions(XlfuncsError):
    """Raised when other users can read a secret; the message says what to do."""


@dataclass(frozen=True)
class Secrets:
    """The secrets in a folder, each created when it is first needed."""

    folder: Path

    def token(self) -> str:
        """Return the token of this installation: 256 random bits."""
        path = self.token_path
        if not path.exists():
            self._write(path, secrets.token_urlsafe(32).encode())
        return self._read(path).decode().strip()

    @property
    def ca_certificate(self) -> Path:
        """The certificate of the authority, for the system to trust; it can only vouch for this machine."""
        self._authority()
        return self.ca_path

    def server_certificate(self, now: dt.datetime) -> tuple[Path, Path]:
        """Return the certificate of the server and its key, renewed before it expires."""
        certificate, key = self._server_paths
        if certificate.exists() and key.exists():
            self._read(key)
            if _load_certificate(certificate).not_valid_after_utc > now + _RENEWAL:
                return certificate, key
        issuer, signer = self._authority()
        new_key = ec.generate_private_key(ec.SECP256R1())
        signed = (
            _builder("localhost", issuer.subject, new_key.public_key(), now, _SERVER_TERM)
            .add_extension(x509.SubjectAlternativeName(_NAMES), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
            .sign(signer, hashes.SHA256())
        )
        self._write(key, _pem(new_key))
        self._write(certificate, signed.public_bytes(Encoding.PEM))
        return certificate, key

    def missing(self) -> list[Path]:
        """Return the secrets that have not been created yet."""
        return [path for path in (self.token_path, self.ca_path, *self._server_paths) if not path.exists()]

    def list_faults(self, now: dt.datetime) -> Iterator[str]:
        """Yield a sentence for each thing wrong with the existing secrets; create none."""
        certificate, key = self._server_paths
        for path in (self.token_path, self._ca_key_path, key):
            if path.exists():
                try:
                    self._read(path)
                except (InsecurePermissions, OSError) as reason:
                    yield str(reason)
        if not (certificate.exists() and self.ca_path.exists()):
            return
        try:
            server, authority = _load_certificate(certificate), _load_certificate(self.ca_path)
            server.verify_directly_issued_by(authority)
        except (ValueError, TypeError, InvalidSignature):
            yield f"{certificate} is damaged or of another authority; remove it and start xlfuncs serve again."
            return
        for path, loaded in ((certificate, server), (self.ca_path, authority)):
            if not loaded.not_valid_before_utc <= now < loaded.not_valid_after_utc:
                yield f"{path} has expired or is not yet valid; remove it and start xlfuncs serve again."

    @property
    def token_path(self) -> Path:
        """The place of the token, whether or not it exists."""
        return self.folder / "token"

    @property
    def ca_path(self) -> Path:
        """The place of the certificate of the authority, whether or not it exists."""
        return self.folder / "authority.pem"

    @property
    def _ca_key_path(self) -> Path:
        return self.folder / "authority.key"

    @property
    def _server_paths(self) -> tuple[Path, Path]:
        return self.folder / "server.pem", self.folder / "server.key"

    def _authority(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        path, key_path = self.ca_path, self._ca_key_path
        if path.exists() and key_path.exists():
            key = load_pem_private_key(self._read(key_path), None)
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return _load_certificate(path), key
        key = ec.generate_private_key(ec.SECP256R1())
        name = f"xlfuncs on this machine {secrets.token_hex(4)}"
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        signed = (
            _builder(name, subject, key.public_key(), dt.datetime.now(dt.UTC), _CA_TERM)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.NameConstraints(permitted_subtrees=_PERMITTED, excluded_subtrees=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        self._write(key_path, _pem(key))
        self._write(path, signed.public_bytes(Encoding.PEM))
        return signed, key

    def _write(self, path: Path, content: bytes) -> None:
        with write_errors(path):
            self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_output_file(path, content, PRIVATE)

    def _read(self, path: Path) -> bytes:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise InsecurePermissions(f"Other users can read {path}; remove the file, and a new one is created.")
        return path.read_bytes()


def _load_certificate(path: Path) -> x509.Certificate:
    return x509.load_pem_x509_certificate(path.read_bytes())


def _builder(
    name: str, issuer: x509.Name, key: ec.EllipticCurvePublicKey, now: dt.datetime, term: dt.timedelta
) -> x509.CertificateBuilder:
    return (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _DAY)
        .not_valid_after(now + term)
    )


def _pem(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
