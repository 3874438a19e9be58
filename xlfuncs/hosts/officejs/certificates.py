"""What only the user may read: the token, and the authority and certificate of the server."""

from __future__ import annotations

import datetime as dt
import ipaddress
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
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

_DAY = dt.timedelta(days=1)
_YEARS = 3650 * _DAY
_TERM = 397 * _DAY  # the longest that browsers take of a server
_RENEW = 30 * _DAY  # before its end
_NAMES = [
    x509.DNSName("localhost"),
    x509.IPAddress(ipaddress.ip_address("127.0.0.1")),
    x509.IPAddress(ipaddress.ip_address("::1")),
]
_ONLY = [
    x509.DNSName("localhost"),
    x509.IPAddress(ipaddress.ip_network("127.0.0.1/32")),
    x509.IPAddress(ipaddress.ip_network("::1/128")),
]


class InsecurePermissions(XlfuncsError):
    """A secret can be read by others; the message says what to do."""


@dataclass(frozen=True)
class Secrets:
    """The secrets in a folder, made when first asked for."""

    folder: Path

    def token(self) -> str:
        """The token of this install: 256 random bits."""
        path = self.folder / "token"
        if not path.exists():
            self._write(path, secrets.token_urlsafe(32).encode())
        return self._read(path).decode().strip()

    @property
    def authority(self) -> Path:
        """The certificate of the authority, for the system to trust; it can vouch for this machine only."""
        self._authority()
        return self.folder / "authority.pem"

    def certificate(self, now: dt.datetime) -> tuple[Path, Path]:
        """The certificate of the server and its key, renewed before it ends."""
        certificate, key = self.folder / "server.pem", self.folder / "server.key"
        if certificate.exists() and key.exists():
            self._read(key)
            if x509.load_pem_x509_certificate(certificate.read_bytes()).not_valid_after_utc > now + _RENEW:
                return certificate, key
        issuer, signer = self._authority()
        fresh = ec.generate_private_key(ec.SECP256R1())
        built = (
            _builder("localhost", issuer.subject, fresh.public_key(), now, _TERM)
            .add_extension(x509.SubjectAlternativeName(_NAMES), critical=False)
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer.public_key()), critical=False)
            .sign(signer, hashes.SHA256())
        )
        self._write(key, _pem(fresh))
        self._write(certificate, built.public_bytes(Encoding.PEM))
        return certificate, key

    def _authority(self) -> tuple[x509.Certificate, ec.EllipticCurvePrivateKey]:
        path, key_path = self.folder / "authority.pem", self.folder / "authority.key"
        if path.exists() and key_path.exists():
            key = load_pem_private_key(self._read(key_path), None)
            assert isinstance(key, ec.EllipticCurvePrivateKey)
            return x509.load_pem_x509_certificate(path.read_bytes()), key
        key = ec.generate_private_key(ec.SECP256R1())
        name = f"xlfuncs on this machine {secrets.token_hex(4)}"
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        usage = x509.KeyUsage(
            digital_signature=False, content_commitment=False, key_encipherment=False, data_encipherment=False,
            key_agreement=False, key_cert_sign=True, crl_sign=True, encipher_only=False, decipher_only=False,
        )  # fmt: skip
        built = (
            _builder(name, subject, key.public_key(), dt.datetime.now(dt.UTC), _YEARS)
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .add_extension(x509.NameConstraints(permitted_subtrees=_ONLY, excluded_subtrees=None), critical=True)
            .add_extension(usage, critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
            .sign(key, hashes.SHA256())
        )
        self._write(key_path, _pem(key))
        self._write(path, built.public_bytes(Encoding.PEM))
        return built, key

    def _write(self, path: Path, content: bytes) -> None:
        """Write a file that is the user's alone from its first byte, in one step."""
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
        fresh.replace(path)

    def _read(self, path: Path) -> bytes:
        if os.name == "posix" and path.stat().st_mode & 0o077:
            raise InsecurePermissions(f"{path} can be read by others; remove it, and a new one is made.")
        return path.read_bytes()


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
