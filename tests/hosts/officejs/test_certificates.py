"""The token and the certificates."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest
from cryptography import x509

from xlfuncs.hosts.officejs.user_secrets import InsecurePermissions, Secrets

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def test_a_token_is_made_once(tmp_path: Path) -> None:
    assert Secrets(tmp_path).token() == Secrets(tmp_path).token()
    assert Secrets(tmp_path / "other").token() != Secrets(tmp_path).token()


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("name", ["token", "server.key", "authority.key"])
def test_a_secret_that_others_can_read_is_not_used(tmp_path: Path, name: str) -> None:
    kept = Secrets(tmp_path)
    kept.token()
    kept.server_certificate(NOW)
    (tmp_path / name).chmod(0o644)
    with pytest.raises(InsecurePermissions, match="remove the file"):
        _ = kept.token(), kept.server_certificate(NOW), kept.ca_certificate


def test_the_authority_can_vouch_for_this_machine_only(tmp_path: Path) -> None:
    authority = x509.load_pem_x509_certificate(Secrets(tmp_path).ca_certificate.read_bytes())
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert [str(one.value) for one in limits.value.permitted_subtrees or []] == ["localhost", "127.0.0.1/32", "::1/128"]


def test_a_certificate_is_renewed_before_it_ends(tmp_path: Path) -> None:
    kept = Secrets(tmp_path)
    first = kept.server_certificate(NOW)[0].read_bytes()
    assert kept.server_certificate(NOW + dt.timedelta(days=300))[0].read_bytes() == first
    assert kept.server_certificate(NOW + dt.timedelta(days=380))[0].read_bytes() != first
