"""`xlfuncs addin doctor --host officejs`: each known cause of failure is found, and has its remedy."""

from __future__ import annotations

import datetime as dt
import os
import socket
import ssl
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.hosts.officejs.running import free_port, running
from tests.hosts.officejs.test_install import Registry
from xlfuncs.cli.main import main
from xlfuncs.hosts.officejs import doctor, install, manifest, trust
from xlfuncs.hosts.officejs.user_secrets import Secrets

NOW = dt.datetime.now(dt.UTC)
VERSION = "test"  # what the server of `running` says


class Installed:
    """An installation in a folder: a machine, its secrets, and the manifest for a port."""

    def __init__(self, folder: Path, port: int, system: str = "Linux") -> None:
        self.registry = Registry()
        value = self.registry.values
        self.machine = install.Machine(
            folder / "home", folder, system, self.registry, lambda key, name: value.get((key, name))
        )
        self.secrets = Secrets(folder)
        install.install(self.machine, manifest.build_xml(manifest.Address(port, self.secrets.token())))
        self.secrets.server_certificate(NOW)

    def faults(self, now: dt.datetime = NOW) -> dict[str, str]:
        found = doctor.examine(self.machine, self.secrets, now, VERSION)
        return {one.subject: one.message for one in found if not one.ok}

    def messages(self) -> dict[str, str]:
        return {one.subject: one.message for one in doctor.examine(self.machine, self.secrets, NOW, VERSION)}


@pytest.fixture(autouse=True)
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A system that trusts the authority."""
    monkeypatch.setattr(doctor, "is_trusted", lambda *arguments: True)


@pytest.fixture
def installed(tmp_path: Path) -> Installed:
    return Installed(tmp_path, free_port())


def test_a_sound_installation_has_no_fault_and_a_free_port_is_none(installed: Installed) -> None:
    assert installed.faults() == {}
    assert installed.messages()["server"].endswith("is free; start the server with xlfuncs serve.")


def test_before_the_installation_only_the_manifest_is_a_fault_and_nothing_is_created(tmp_path: Path) -> None:
    machine = install.Machine(tmp_path / "home", tmp_path / "state", "Linux")
    found = list(doctor.examine(machine, Secrets(tmp_path / "state"), NOW, VERSION))
    faults = {one.subject: one.message for one in found if not one.ok}
    assert set(faults) - {"server"} == {"manifest"}  # another program may have the usual port
    assert "run xlfuncs addin install --host officejs" in faults["manifest"]
    assert not list(tmp_path.iterdir())


def test_a_manifest_of_another_version_or_token_is_a_fault(installed: Installed) -> None:
    path = installed.machine.manifest
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("<Version>", "<Version>9"), encoding="utf-8")
    assert "another version" in installed.faults()["manifest"]
    path.write_text(text.replace(installed.secrets.token(), "other"), encoding="utf-8")
    assert "another token" in installed.faults()["token"]


def test_on_windows_excel_must_know_the_manifest(tmp_path: Path) -> None:
    windows = Installed(tmp_path, free_port(), "Windows")
    assert windows.faults() == {}
    windows.registry.values.clear()
    assert "Excel does not know" in windows.faults()["registry"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no such modes")
@pytest.mark.parametrize("name", ["token", "server.key", "authority.key"])
def test_a_secret_that_others_can_read_is_a_fault(installed: Installed, name: str) -> None:
    (installed.secrets.folder / name).chmod(0o640)
    assert "remove the file" in installed.faults()["secrets"]


def test_a_certificate_that_has_expired_or_is_of_another_authority_is_a_fault(
    installed: Installed, tmp_path: Path
) -> None:
    assert "has expired" in installed.faults(NOW + dt.timedelta(days=500))["secrets"]
    other = Secrets(tmp_path / "other")
    other.server_certificate(NOW)
    (installed.secrets.folder / "server.pem").write_bytes((other.folder / "server.pem").read_bytes())
    assert "of another authority" in installed.faults()["secrets"]
    (installed.secrets.folder / "server.pem").write_bytes(b"damaged")
    assert "damaged" in installed.faults()["secrets"]


def test_a_system_that_does_not_trust_the_authority_is_a_fault_with_the_command(
    installed: Installed, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doctor, "is_trusted", lambda *arguments: False)
    assert trust.trust_command("Linux", installed.secrets.ca_path) in installed.faults()["trust"]
    monkeypatch.setattr(doctor, "is_trusted", lambda *arguments: None)
    assert installed.faults() == {}
    assert "cannot be found out here" in installed.messages()["trust"]


def test_our_server_answers_and_one_of_another_version_or_token_is_a_fault(tmp_path: Path) -> None:
    with running(tmp_path) as server:
        here = Installed(tmp_path, server.port)
        assert here.faults() == {}
        assert here.messages()["server"] == f"The server answers at {server.origin}; it is test."
        here.machine.manifest.write_text(manifest.build_xml(manifest.Address(server.port, "other")), encoding="utf-8")
        (tmp_path / "token").write_text("other", encoding="utf-8")
        assert here.faults() == {"server": "The server runs with another token; stop and restart xlfuncs serve."}
        (tmp_path / "token").write_text(server.token, encoding="utf-8")
        found = doctor.examine(here.machine, here.secrets, NOW, "newer")
        (message,) = [one.message for one in found if one.subject == "server"]
        assert message == "The server is test, and this is newer; stop and restart xlfuncs serve."


@contextmanager
def another_program(tls: ssl.SSLContext | None) -> Iterator[int]:
    """The port of a program that is no server of ours, and answers what it has read."""

    def answer(connection: socket.socket) -> None:
        with connection:
            if tls:
                connection = tls.wrap_socket(connection, server_side=True)
            connection.recv(65536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")

    def serve() -> None:
        try:
            answer(listening.accept()[0])
        except OSError:
            return

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=serve, daemon=True).start()
        yield listening.getsockname()[1]


@pytest.mark.parametrize("encrypted", [False, True])
def test_another_program_on_the_port_is_a_fault(tmp_path: Path, encrypted: bool) -> None:
    tls = None
    if encrypted:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(*Secrets(tmp_path).server_certificate(NOW))
    with another_program(tls) as port:
        here = Installed(tmp_path, port)
        assert f"Another program answers on port {port}" in here.faults()["server"]


@pytest.mark.skipif(os.name != "posix", reason="The program is a shell script")
def test_on_linux_the_store_of_the_browsers_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    certificate = Secrets(tmp_path / "state").ca_certificate
    monkeypatch.setenv("PATH", str(tmp_path))
    assert trust.is_trusted("Linux", tmp_path, certificate) is None
    tool = tmp_path / "certutil"
    cat = next(path for path in ("/bin/cat", "/usr/bin/cat") if Path(path).exists())
    tool.write_text(f'#!/bin/sh\n[ "$2" = "sql:{tmp_path}/.pki/nssdb" ] && {cat} "{certificate}"\n', encoding="utf-8")
    tool.chmod(0o755)
    assert trust.is_trusted("Linux", tmp_path, certificate) is True
    assert trust.is_trusted("Linux", tmp_path, Secrets(tmp_path / "other").ca_certificate) is False
    tool.write_text("#!/bin/sh\nexit 255\n", encoding="utf-8")
    assert trust.is_trusted("Linux", tmp_path, certificate) is False


@pytest.mark.skipif(os.name != "posix", reason="The program is a shell script")
def test_on_a_mac_the_keychain_is_asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    tool = tmp_path / "security"
    for code in (0, 1):
        tool.write_text(f'#!/bin/sh\n[ "$1" = verify-cert ] && exit {code}\n', encoding="utf-8")
        tool.chmod(0o755)
        assert trust.is_trusted("Darwin", tmp_path, tmp_path / "authority.pem") is (code == 0)


@pytest.mark.usefixtures("elsewhere")
def test_the_command_has_the_exit_code_of_a_fault() -> None:
    done = CliRunner().invoke(main, ["addin", "doctor", "--host", "officejs"])
    assert done.exit_code == 1
    assert "FAULT manifest: " in done.output
    assert (
        CliRunner().invoke(main, ["addin", "install", "--host", "officejs", "--port", str(free_port())]).exit_code == 0
    )
    done = CliRunner().invoke(main, ["addin", "doctor", "--host", "officejs"])
    assert (done.exit_code, "FAULT" in done.output) == (0, False), done.output


def test_without_the_packages_of_the_server_the_doctor_names_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    done = CliRunner().invoke(main, ["addin", "doctor", "--host", "officejs"])
    assert done.exit_code == 1
    assert done.output.startswith("FAULT packages: To use the Office.js add-in, install uvicorn. In a checkout")
    assert 'pip install ".[server]"' in done.output
