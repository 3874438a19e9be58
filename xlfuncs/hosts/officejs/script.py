"""What Excel runs for the functions: `functions.js`."""

from __future__ import annotations

import json
from pathlib import Path

from xlfuncs.core.registry import Registry
from xlfuncs.hosts.officejs.metadata import gives_cells

WEB = Path(__file__).parent / "web"
_PLACE = "/* from the registry */ {}"


def script(registry: Registry) -> str:
    """The script, with the name of each function and whether its result is cells."""
    text = (WEB / "functions.js").read_text(encoding="utf-8")
    return text.replace(_PLACE, json.dumps({function.name: gives_cells(function) for function in registry}), 1)
