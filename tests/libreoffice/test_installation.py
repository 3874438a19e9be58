"""Install and uninstall with the real tool of LibreOffice, which root may not use: by another user, in a home of his.

He needs no right to read our files: all that he runs of ours is loaded before the process becomes his.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.libreoffice.conftest import asked, needs_office
from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.hosts.libreoffice import extension, install, names

NOBODY = 65534
PROFILE = ".config/libreoffice/4"
pytestmark = [needs_office, pytest.mark.slow]  # starts LibreOffice


def _become_user(home: Path) -> None:
    for name in ("XDG_CONFIG_HOME", "TMPDIR"):
        os.environ.pop(name, None)
    os.environ["HOME"] = str(home)
    os.chdir(home)
    if os.getuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


@pytest.fixture
def home() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="xlfuncs-home-", dir="/tmp") as name:
        if os.getuid() == 0:
            os.chown(name, NOBODY, NOBODY)
        yield Path(name)


def addin(command: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["addin", command, "--host", "libreoffice"])
    return done.exit_code, done.output


@pytest.fixture
def user(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[ProcessPoolExecutor]:
    """A process of a user who is not root."""
    built = extension.build(REGISTRY)
    monkeypatch.setattr(extension, "build", lambda registry: built)
    with monkeypatch.context() as patch:  # load what the commands need
        patch.setattr(install, "run_unopkg", lambda *arguments: "")
        assert [addin(command)[0] for command in ("install", "uninstall")] == [0, 0]
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=fork, initializer=_become_user, initargs=(home,)) as pool:
        yield pool


def calculated(home: Path) -> dict[str, Any]:
    """What Calc knows and calculates in the profile of the user."""
    empty = home / "empty"
    empty.mkdir(exist_ok=True)
    found = asked(home / PROFILE, empty, 10)
    return {"known": {name for name in REGISTRY.names if name in found["functions"]}, "shown": found["shown"]}


def test_a_user_installs_uses_and_uninstalls_it_again_and_again(user: ProcessPoolExecutor, home: Path) -> None:
    def by_user(action: Any, *arguments: Any) -> Any:
        return user.submit(action, *arguments).result(120)

    assert by_user(addin, "uninstall") == (0, "There was no add-in to remove.\n")
    for _ in range(2):
        code, said = by_user(addin, "install")
        assert (code, said.split(".")[0]) == (0, "Added to LibreOffice")
        assert f"Identifier: {names.EXTENSION}\n" in by_user(install.run_unopkg, "list")
        assert by_user(calculated, home) == {"known": set(REGISTRY.names), "shown": "0.4"}  # 10 * 0.8 / 0.05 / 400
        assert by_user(addin, "install")[0] == 0  # in place of the one that is there
        assert by_user(install.run_unopkg, "list").count("Identifier:") == 1
        assert by_user(addin, "uninstall") == (0, "Removed from LibreOffice.\n")
        assert by_user(install.run_unopkg, "list").split() == ["All", "deployed", "user", "extensions:", "<none>"]
        assert by_user(calculated, home) == {"known": set(), "shown": "#NAME?"}
        assert not list((home / PROFILE / "user/uno_packages").rglob("addin.py"))


@pytest.mark.skipif(os.getuid() != 0, reason="Only root can become another user")
def test_root_is_told_not_to() -> None:
    code, said = addin("install")
    assert code == 2
    assert "it adds extensions for ordinary users only, not for root. Run this as an ordinary user" in said
    assert "ERROR" not in said
