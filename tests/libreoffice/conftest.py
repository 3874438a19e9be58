"""LibreOffice with our functions: skipped where it is missing, but never in continuous integration."""

from __future__ import annotations

import os
import shutil

import pytest

from xlfuncs.hosts.libreoffice import office


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
needs_office = pytest.mark.skipif(bool(WHY), reason=WHY)
