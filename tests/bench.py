"""How fast, as ratios to a named baseline in the same run: `python -m tests.bench`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import timeit
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

import workbooks
from xlfuncs import REGISTRY

ROWS = 1_000_000
SCALARS: dict[str, tuple[float, ...]] = {
    "INFERENCE_COST": (1000.0, 1200.0, 6e-7, 0.0, 1.0),
    "BLENDED_ARPU": (0.3, 0.05, 20.0, 0.15, 0.1),
    "HARDWARE_PREMIUM": (0.921, 780.0, 0.3, 1.699, 2500.0, 0.4, 1.0),
    "RULE_OF_40": (0.5, 0.1, 1.0),
    "LTV_CAC": (100.0, 0.8, 0.05, 400.0, 0.0, 0.0, 1.0, 0.0),
}


def best(call: Callable[[], Any], times: int = 1, repeat: int = 7) -> float:
    """Seconds of one call: the fastest of several runs."""
    return min(timeit.repeat(call, number=times, repeat=repeat)) / times


def scalars() -> None:
    """What every check adds to the bare body."""
    added = []
    for name, cells in SCALARS.items():
        function = REGISTRY[name]
        whole, bare = (best(partial(call, *cells), 20_000) for call in (function.on_cells, function.body))
        added.append(whole - bare)
        print(f"{name:18} {whole * 1e6:6.2f} us, body {bare * 1e6:5.2f} us, added {added[-1] * 1e6:5.2f} us")
    print(f"median added to a scalar call: {median(added) * 1e6:.2f} us (target 3)\n")


def columns() -> None:
    """A million rows with every domain check, against the bare numpy expression."""
    random = np.random.default_rng(1)

    def draw(low: float, high: float) -> Any:
        return random.uniform(low, high, ROWS)

    copy = draw(0, 1)
    bandwidth = 2 * copy.nbytes / best(copy.copy)
    print(f"memory bandwidth, one copy of a column: {bandwidth / 1e9:.1f} GB/s")
    queries, tokens, price = draw(1, 1e6), draw(1, 5000), draw(0, 1e-5)
    cost = REGISTRY["INFERENCE_COST"]
    _ratio(
        "INFERENCE_COST",
        lambda: cost(queries, tokens, price),
        "0 + queries * tokens * price / 1",
        lambda: 0.0 + queries * tokens * price / 1.0,
        4,
        bandwidth,
    )
    arpa, margin, churn, cac = draw(1, 100), draw(0.1, 1), draw(0.01, 0.5), draw(1, 500)
    ratio = REGISTRY["LTV_CAC"]

    def bare() -> Any:
        discount, expansion, timing, horizon = 0.0, 0.0, 1.0, 0.0
        z = (1 - churn) * (1 + expansion) / (1 + discount)
        total = horizon if horizon else 1 / (1 - z)
        return arpa * margin / cac * total * (1.0 if timing else (1 - churn) / (1 + discount))

    _ratio("LTV_CAC", lambda: ratio(arpa, margin, churn, cac), "the printed formula in numpy", bare, 5, bandwidth)
    _ratio(
        "LTV_CAC", lambda: ratio(arpa, margin, churn, cac), "arpa * margin / cac / churn",
        lambda: arpa * margin / cac / churn, 5, bandwidth,
    )  # fmt: skip
    print()


def _ratio(
    name: str, whole: Callable[[], Any], words: str, bare: Callable[[], Any], arrays: int, bandwidth: float
) -> None:
    ours, theirs = best(whole), best(bare)
    traffic = arrays * 8 * ROWS / bandwidth
    print(
        f"{name}: {ours * 1e3:.2f} ms, {ours / theirs:.2f} x of {words} ({theirs * 1e3:.2f} ms), "
        f"{ours / traffic:.1f} x of reading and writing its columns once"
    )


def commands() -> None:
    """Whole processes, start included, against `python -c pass`."""
    template = Path(workbooks.__file__).parent.parent / "templates" / "us_china_comparison.xlsx"
    empty = _process(["-c", "pass"])
    imported = _process(["-c", "import xlfuncs"])
    print(f"python -c pass: {empty:.3f} s")
    print(
        f"import xlfuncs: {imported:.3f} s, {imported / empty:.1f} x; {imported - empty:.3f} s of its own (target 0.25)"
    )
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "model.xlsx"
        shutil.copy(template, copy)
        took = _process(["-m", "xlfuncs", "refresh", str(copy)])
        print(f"refresh of the flagship: {took:.2f} s, {took / empty:.1f} x (target 2 s)")
        code = (
            "import resource, sys; from xlfuncs.cli import main\n"
            "try: main(['refresh', sys.argv[1]])\n"
            "except SystemExit: print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
        )
        run = subprocess.run([sys.executable, "-c", code, str(copy)], capture_output=True, text=True, check=True)
        print(f"peak memory of it: {float(run.stdout.split()[-1]):.0f} MB (target 300)")


def _process(arguments: list[str]) -> float:
    return best(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True), repeat=5)


if __name__ == "__main__":
    scalars()
    columns()
    commands()
