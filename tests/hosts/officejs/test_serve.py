"""`xlfuncs serve`, as a program."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner

from tests.hosts.officejs.running import Served, free_port
from xlfuncs.cli import main

pytestmark = pytest.mark.slow  # starts a server

CALL = {"calls": [{"name": "LTV_CAC", "cells": [100, 0.8, 0.05, 400]}]}


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGINT for a child")
def test_it_serves_until_interrupted_and_never_tells_the_token(tmp_path: Path) -> None:
    port, folder = free_port(), tmp_path / "xlfuncs"
    names = ("HOME", "XDG_DATA_HOME")
    process = subprocess.Popen(
        [sys.executable, "-m", "xlfuncs", "serve", "--port", str(port)],
        env=os.environ | dict.fromkeys(names, str(tmp_path)),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert process.stdout
        assert f"https://localhost:{port}" in process.stdout.readline()
        folder = next(path.parent for path in tmp_path.rglob("token"))
        served = Served(port, (folder / "token").read_text(encoding="utf-8"), folder / "authority.pem")
        for _ in range(100):
            try:
                assert served.post(CALL).json()["results"] == [4.0]
                break
            except httpx.ConnectError:
                time.sleep(0.1)
        assert served.post(CALL, X_Xlfuncs_Token="wrong").status_code == 401
        with served.client() as client:
            client.get(f"/pane.html?token={served.token}")
            client.get(f"/nothing?token={served.token}")
    finally:
        process.send_signal(signal.SIGINT)
        told = process.communicate(timeout=30)[0]
    assert served.token not in told
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:

    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.setenv(name, str(tmp_path))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = CliRunner().invoke(main.main, ["serve", "--port", str(port)])
    assert done.exit_code == 2
    assert f"Port {port} cannot be used" in done.output


def test_without_the_extra_the_command_names_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "xlfuncs.hosts.officejs.app")
    monkeypatch.delattr("xlfuncs.hosts.officejs.app", raising=False)
    monkeypatch.setitem(sys.modules, "platformdirs", None)
    done = CliRunner().invoke(main.main, ["serve"])
    assert done.exit_code == 1
    assert 'pip install ".[server]"' in done.output
