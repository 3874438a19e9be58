"""The files of the pages as they are stored, and the script of the functions: `functions.js`."""

from __future__ import annotations

import json
from pathlib import Path

from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.metadata import returns_cells

WEB = Path(__file__).parent / "web"
ICONS = Path(__file__).parent / "icons"
_PLACEHOLDER = "/* from the registry */ {}"


def build_script(registry: Registry) -> str:
    """Return the script, with the name of each function and whether its result is cells."""
    text = (WEB / "functions.js").read_text(encoding="utf-8")
    return text.replace(_PLACEHOLDER, json.dumps({function.name: returns_cells(function) for function in registry}), 1)
