"""How fast, as ratios to a named baseline in the same run: `python -m tests.bench`."""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
import time
import timeit
from collections.abc import Callable
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

import workbooks
from xlfuncs import REGISTRY
from xlfuncs.audit import check
from xlfuncs.services.refresh import refresh

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


DRAWS = 10_000
ROWS_OF_CALC = 10_000
PRIORS: list[list[Any]] = [
    ["growth", "triangular", 0.15, 0.7, 1.6],
    ["inference_share", "lognormal", 0.55, 0.3, 0],
    ["floor_share", "uniform", 0.02, 0.25, 0],
    ["decline", "triangular", 0.2, 0.55, 0.85],
    ["net_usage_growth", "normal", 0.08, 0.06, 0],
    ["other_cogs", "fixed", 0.07, 0, 0],
    ["opex_start", "fixed", 1.2, 0, 0],
    ["opex_end", "fixed", 0.3, 0, 0],
    ["tax_rate", "fixed", 0.22, 0, 0],
    ["sales_to_capital", "fixed", 1.5, 0, 0],
    ["wacc", "fixed", 0.111, 0, 0],
    ["terminal_growth", "fixed", 0.03, 0, 0],
]


def by_hand() -> float:
    """The median multiple under PRIORS in plain numpy: paths down, years across, no loop and no check."""
    from scipy.special import ndtr

    half = np.random.Generator(np.random.PCG64(12345)).standard_normal((DRAWS // 2, len(PRIORS)))
    normals = np.concatenate([half, -half])

    def triangular(at: int, low: float, mode: float, high: float) -> Any:
        u = ndtr(normals[:, at])
        rising, falling = u * (high - low) * (mode - low), (1 - u) * (high - low) * (high - mode)
        return np.where(u < (mode - low) / (high - low), low + np.sqrt(rising), high - np.sqrt(falling))[:, None]

    growth, decline = triangular(0, 0.15, 0.7, 1.6), triangular(3, 0.2, 0.55, 0.85)
    inference = 0.55 * np.exp(0.3 * normals[:, 1:2])
    floor, usage = 0.02 + 0.23 * ndtr(normals[:, 2:3]), 0.08 + 0.06 * normals[:, 4:5]
    years = np.arange(1, 11)
    pace = growth + (0.03 - growth) * np.maximum(0, years - 5) / 5
    log_revenue = np.cumsum(np.log1p(pace), axis=1)
    revenue = np.exp(log_revenue)
    margin = 1 - 0.07 - inference * (1 + usage) ** years * (floor + (1 - floor) * (1 - decline) ** years)
    operating = margin - 0.3 - 0.9 * np.exp(-0.8 * log_revenue)
    profit = revenue * operating
    total = np.cumsum(profit, axis=1)
    # What losses are left to carry forward is the depth below the highest sum so far, 0 at the start.
    peak = np.maximum.accumulate(np.concatenate([np.zeros((DRAWS, 1)), total], axis=1), axis=1)
    tax = 0.22 * np.diff(peak, axis=1)
    invested = np.diff(revenue, axis=1, prepend=1.0) / 1.5
    value = (profit - tax - invested) @ 1.111 ** (0.5 - years)
    last = revenue[:, -1] * 1.03 * operating[:, -1] * (1 - 0.22) * (1 - 0.03 / 0.111)
    multiples = value + last * 1.111**-9.5 / (0.111 - 0.03)
    return float(np.quantile(np.maximum(multiples, 0), 0.5))


def monte_carlo() -> None:
    """Draws of the three-stage multiple against the same in plain numpy; and solvers over many rows."""
    quantile = partial(REGISTRY["MC_QUANTILE"], PRIORS, 0.5, None, DRAWS)
    assert abs(quantile() / by_hand() - 1) < 1e-9
    ours, theirs = best(quantile), best(by_hand)
    print(
        f"MC_QUANTILE, {DRAWS} draws: {ours * 1e3:.1f} ms (target 500), "
        f"{ours / theirs:.2f} x of loop-free numpy by hand ({theirs * 1e3:.1f} ms; target 1.5)"
    )
    rows = 100_000
    case = (5, 5, 0.03, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111)
    implied = REGISTRY["IMPLIED_GROWTH"]
    observed = np.random.default_rng(1).uniform(5, 300, rows)
    whole = best(lambda: implied(observed, *case), repeat=1)
    alone = best(lambda: [implied(one, *case) for one in observed[:200].tolist()], repeat=3) * rows / 200
    print(f"IMPLIED_GROWTH, {rows} rows in one call: {whole:.1f} s, {alone / whole:.0f} x faster than row by row\n")


STOCK = """
import numpy as np
import xlwings as xw
from xlfuncs.functions import ltv_cac

@xw.func
def scalar(arpa, gross_margin, churn, cac):
    return ltv_cac.body(arpa, gross_margin, churn, cac)

@xw.func
@xw.arg("churn", np.array, ndim=2)
def column(arpa, gross_margin, churn, cac):
    return ltv_cac.body(arpa, gross_margin, churn, cac)
"""


def excel() -> None:
    """A call over xlwings' server: ours with all checks, against a stock UDF with the bare body; COM is not in it."""
    from tests.hosts.conftest import ExcelRange, on_windows

    with tempfile.TemporaryDirectory() as folder, on_windows() as xlwings:
        (Path(folder) / "stock_udfs.py").write_text(STOCK, encoding="utf-8")
        sys.path.insert(0, folder)
        server, caller = xlwings.com_server.XLPython(), ExcelRange(None)
        cells = (100.0, 0.8, 0.05, 400.0)
        ours = best(lambda: server.CallUDF("xlfuncs.udfs", "LTV_CAC", cells), 500)
        stock = best(lambda: server.CallUDF("stock_udfs", "scalar", cells, None, caller), 500)
        print(
            f"\nLTV_CAC over the server, one cell: {ours * 1e6:.0f} us, {ours / stock:.2f} x of a stock UDF of the body"
        )
        rows = 100_000
        churn = tuple((value,) for value in np.linspace(0.01, 0.9, rows).tolist())
        long = (*cells[:2], churn, cells[3])
        assert len(server.CallUDF("xlfuncs.udfs", "LTV_CAC", long)) == rows
        ours = best(lambda: server.CallUDF("xlfuncs.udfs", "LTV_CAC", long), repeat=5)
        stock = best(lambda: server.CallUDF("stock_udfs", "column", long, None, caller), repeat=5)
        print(f"the same, {rows} cells in one call: {ours * 1e3:.0f} ms, {ours / stock:.2f} x of a stock UDF\n")
        sys.path.remove(folder)


def office() -> None:
    """Cells of Excel through Office.js: functions.js in Node against the server, batched and one request a cell."""
    from tests.hosts.officejs.calls import column, run
    from tests.hosts.officejs.running import running

    with tempfile.TemporaryDirectory() as folder, running(Path(folder)) as served:
        run(served, column(100))
        found = run(served, column(10_000), alone=True)
        print(
            f"10000 cells by functions.js: {found['requests']} requests, {found['ms'] / 1e3:.2f} s; "
            f"one request a cell, 4 at a time: {found['aloneMs'] / 1e3:.1f} s, {found['aloneMs'] / found['ms']:.0f} x\n"
        )


def _alternate(*commands: list[str], times: int = 15) -> list[float]:
    """Seconds of each command: the median of fresh processes, taken in turns, so that other load hits all alike."""
    seconds: list[list[float]] = [[] for _ in commands]
    for _ in range(times):
        for taken, arguments in zip(seconds, commands, strict=True):
            start = time.perf_counter()
            subprocess.run([sys.executable, *arguments], check=True)
            taken.append(time.perf_counter() - start)
    return [median(taken) for taken in seconds]


def commands() -> None:
    """Whole processes, start included, against `python -c pass`."""
    template = Path(workbooks.__file__).parent.parent / "templates" / "us_china_comparison.xlsx"
    empty = _process(["-c", "pass"])
    imported = _process(["-c", "import xlfuncs"])
    print(f"python -c pass: {empty:.3f} s")
    print(
        f"import xlfuncs: {imported:.3f} s, {imported / empty:.1f} x; {imported - empty:.3f} s of its own (target 0.25)"
    )
    for words in ("import xlfuncs", "from xlfuncs import ltv_cac"):  # the second imports all functions, and numpy
        ours, theirs = _alternate(["-c", words], ["-c", "import numpy"])
        print(f"{words}: {ours / theirs:.2f} x of import numpy ({theirs:.3f} s; target 1.6)")
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


def libreoffice() -> None:
    """Cells of a running LibreOffice, and whole runs of it: with our functions, against one that calculates nothing."""
    from tests.libreoffice.conftest import answers
    from xlfuncs.hosts.libreoffice import office
    from xlfuncs.hosts.libreoffice.recalculation import recalculate
    from xlfuncs.ooxml.snapshot import freeze_formulas

    try:
        office.check_python()
    except office.OfficeError as reason:
        print(f"LibreOffice is left out: {reason}\n")
        return
    print(f"LibreOffice, {ROWS_OF_CALC} cells with LTV_CAC: {answers(ROWS_OF_CALC)['seconds']:.2f} s (target 1 s)")
    template = Path(workbooks.__file__).parent.parent / "templates" / "us_china_comparison.xlsx"
    took = best(lambda: recalculate(template, REGISTRY), repeat=3)
    bare = best(lambda: office.draw_pdf(freeze_formulas(template, ["Cover"])), repeat=3)
    print(
        f"from start to the values of the flagship: {took:.2f} s (target 5 s), "
        f"{took / bare:.1f} x of printing its cover without calculating\n"
    )


def large_model(path: Path, sheets: int = 10, rows: int = 100, periods: int = 50) -> int:
    """A model of some sheets with rows of several kinds over periods; gives the number of its formulas."""
    kinds = (
        "={p}{r}*(1+Inputs!$B${i})", "={c}{u}*Inputs!$C${i}", "={c}{u}-{c}{v}", "=SUM({c}{v}:{c}{u})",
        "=IF({c}{u}>{c}{v},{c}{u},{c}{v})", "=MAX(0,{c}{u})*Inputs!$B${i}/12", "=SUM($C{u}:{c}{u})",
        "=INDEX(Inputs!$B$2:$B$101,{i})+{c}{u}", "=ROUND({c}{u}/{c}{v},4)", "=AVERAGE({c}{v}:{c}{u})+{p}{r}",
    )  # fmt: skip
    with xlsxwriter.Workbook(str(path)) as book:
        inputs = book.add_worksheet("Inputs")
        inputs.write_row(0, 0, ["Label", "Rate", "Price"])
        for row in range(1, 101):
            inputs.write_row(row, 0, [f"Input {row}", 0.01 + row / 5000, 5 + row % 17])
        for number in range(sheets):
            sheet = book.add_worksheet(f"Calc_{number}")
            sheet.write_row(0, 0, ["Line", "Unit", *(f"P{period}" for period in range(1, periods + 1))])
            for row in range(rows):
                sheet.write(row + 3, 0, f"Line {row}")
                for column in range(2, periods + 2):
                    here, before = xl_col_to_name(column), xl_col_to_name(column - 1)
                    kind = kinds[row % len(kinds)]
                    kind = "=Inputs!$C${i}" if row < 3 or (column == 2 and "{p}" in kind) else kind
                    text = kind.format(c=here, p=before, r=row + 4, u=row + 3, v=max(4, row + 1), i=row + 2)
                    sheet.write_formula(row + 3, column, text, None, 0)
    return sheets * rows * periods


def auditor() -> None:
    """The rules over a large model, recalculation included."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "large.xlsx"
        count = large_model(path)
        refresh(path)
        size = path.stat().st_size / 2**20
        alone = best(lambda: refresh(path, dry_run=True), repeat=3)
        took = best(lambda: check(path, REGISTRY), repeat=3)
        print(
            f"check of {count} formulas ({size:.1f} MB): {took:.2f} s (target 5 s), "
            f"{took / alone:.1f} x of recalculating them; {len(check(path, REGISTRY))} findings"
        )


def _process(arguments: list[str]) -> float:
    return best(lambda: subprocess.run([sys.executable, *arguments], capture_output=True, check=True), repeat=5)


if __name__ == "__main__":
    scalars()
    columns()
    monte_carlo()
    excel()
    office()
    commands()
    libreoffice()
    auditor()
