"""Calls as Excel makes them, run by Node against a server."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Sequence
from typing import Any

from tests.hosts.officejs.needs import HERE, program
from tests.hosts.officejs.running import Served
from xlfuncs import REGISTRY, CellError
from xlfuncs.core.arguments import normalise
from xlfuncs.core.function import Function
from xlfuncs.hosts.officejs.metadata import build_metadata
from xlfuncs.hosts.officejs.protocol import encode_value
from xlfuncs.hosts.officejs.web_files import build_script

ODD = [None, "text", True, CellError("#N/A"), CellError("#DIV/0!"), CellError("#REF!"), -1.0, 0.0, 0.5, 2.0, 1e300]
Case = tuple[str, list[Any]]


def run(served: Served, cases: Sequence[Case], alone: bool = False) -> dict[str, Any]:
    """What the cells show, and how many requests it took."""
    told = {
        "origin": served.origin,
        "token": served.token,
        "metadata": build_metadata(REGISTRY, str),
        "script": build_script(REGISTRY),
        "cases": [[name, [encode_value(cell) for cell in cells]] for name, cells in cases],
        "alone": alone,
    }
    done = subprocess.run(
        [program("node"), str(HERE / "excel.mjs")],
        input=json.dumps(told),
        capture_output=True,
        text=True,
        env={**os.environ, "NODE_EXTRA_CA_CERTS": str(served.ca_certificate)},
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def cases() -> list[Case]:
    """The examples of every function, and each with one argument after the other made odd, left out, or a range.

    A function without examples, which tells of this installation, takes no arguments.
    """
    examples = [(function, one.cells) for function in REGISTRY for one in function.examples]
    alone: list[Case] = [(function.name, []) for function in REGISTRY if not function.examples]
    return [*(case for function, cells in examples for case in _near(function, cells)), *alone]


def _near(function: Function, cells: Sequence[Any]) -> list[Case]:
    base = [normalise(cell) for cell in cells]
    found = [base]
    for at, cell in enumerate(base):
        changed = [*ODD, [[cell, 2.0, "x"]], [[cell], [None], [1.0]]] if not isinstance(cell, list) else ODD[:6]
        found += [[*base[:at], one, *base[at + 1 :]] for one in changed]
    return [(function.name, one) for one in found]


def column(rows: int) -> list[Case]:
    """A column of one formula."""
    return [("LTV_CAC", [100.0, 0.8, 0.01 + row / (2 * rows), 400.0]) for row in range(rows)]
