"""LibreOffice with our functions: skipped where it is missing, but never in continuous integration."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from xlfuncs import REGISTRY
from xlfuncs.hosts.libreoffice import extension, office
from xlfuncs.ooxml import bulk_writer

CELL = [((1, 1), bulk_writer.format_formula_cell((1, 1), "CHIP_TPP(2,3)"))]


def lacking() -> str:
    """Why LibreOffice cannot run our functions here; empty where it can."""
    if not shutil.which("pdftoppm"):
        return "poppler-utils is not installed"
    try:
        office.check_python()
    except office.OfficeError as reason:
        return str(reason)
    return ""


WHY = "" if os.environ.get("CI") else lacking()
ASKING = Path(__file__).with_name("asking.py").read_text(encoding="utf-8")
needs_office = pytest.mark.skipif(bool(WHY), reason=WHY)


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = tmp_path / "book.xlsx"
    path.write_bytes(bulk_writer.build_workbook([("Model", CELL)]))
    return path


def answers(rows: int) -> dict[str, Any]:
    """What `asking` finds out from a running LibreOffice that has our extension."""
    with tempfile.TemporaryDirectory(prefix="xlfuncs-asking-") as name:
        folder = Path(name)
        with zipfile.ZipFile(io.BytesIO(extension.build(REGISTRY))) as archive:
            archive.extractall(folder / "bundled" / "xlfuncs.oxt")
        return asked(folder / "profile", folder / "bundled", rows)


def asked(profile: Path, bundled: Path, rows: int) -> dict[str, Any]:
    """The same of one with a profile and a folder of extensions."""
    command = [office.find_python(), "-c", ASKING, str(profile), str(bundled), office.find_program(), str(rows)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=180)
    if done.returncode:
        raise RuntimeError(done.stderr.strip()[-1000:])
    return dict(json.loads(done.stdout))
