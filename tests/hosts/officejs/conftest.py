"""A server and a browser for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.hosts.officejs.browsing import Opened, opener
from tests.hosts.officejs.needs import program
from tests.hosts.officejs.running import Served, running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server of the library."""
    with running(tmp_path_factory.mktemp("secrets")) as found:
        yield found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium."""
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program("chromium", "google-chrome", "chrome"), args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, served: Served) -> Opened:
    """Opens pages of the server."""
    return opener(browser, served)


@pytest.fixture
def elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets are kept in a folder of the test."""
    for name in ("HOME", "XDG_DATA_HOME", "LOCALAPPDATA", "USERPROFILE"):
        monkeypatch.setenv(name, str(tmp_path))
