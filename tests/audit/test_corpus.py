"""Workbooks of other people, where XLFUNCS_CORPUS names a folder of them: each is checked or refused."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from xlfuncs import REGISTRY
from xlfuncs.audit import check
from xlfuncs.core.exceptions import WorkbookRejected

pytestmark = pytest.mark.slow  # checks workbooks of others

CORPUS = os.environ.get("XLFUNCS_CORPUS")


@pytest.mark.skipif(not CORPUS, reason="XLFUNCS_CORPUS names no folder")
def test_every_workbook_is_checked_or_refused() -> None:
    checked = 0
    for path in sorted(Path(CORPUS or ".").rglob("*.xl*")):
        try:
            found = check(path, REGISTRY)
        except WorkbookRejected:
            continue
        checked += 1
        assert all(one.message and "{}" not in one.message for one in found), path
        assert all(one.message.endswith((".", "?")) for one in found), (path, found)
    assert checked
