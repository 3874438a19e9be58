"""Programs that these tests need: where one is missing they are skipped, but never in CI."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).parent
MODULES = HERE / "node_modules"
INSTALL = "npm install --no-package-lock --prefix tests/hosts/officejs"


def lacking(what: str) -> None:
    """Skip the test with a reason; fail it in CI, which must have everything."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and CI must have it.")
    pytest.skip(f"{what} is missing.")


def program(*names: str) -> str:
    """The path of the first of some programs that is there."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    lacking(f"The program {' or '.join(names)}")
    raise AssertionError


def package(name: str) -> Path:
    """The folder of an npm package."""
    if not (MODULES / name).is_dir():
        lacking(f"The npm package {name} ({INSTALL})")
    return MODULES / name
