"""A server for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.hosts.officejs.running import Served, running


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The server of the library."""
    with running(tmp_path_factory.mktemp("secrets")) as found:
        yield found
