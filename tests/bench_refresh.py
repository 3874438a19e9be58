"""A refresh beside what else there is, on the same workbooks in one run: `python -m tests.bench_refresh`.

Time and peak memory are those of whole processes. `formulas` is fetched into a folder of its own, since its licence
keeps it from being a dependency. A cell is right within 1e-9 of the value it was made with; a feature is kept when the
part, or the element of a sheet, that holds it is there with the same content.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

SECONDS = 300  # what a rival may take
Expected = dict[tuple[str, str], float]

_FORMUALIZER = "import formualizer, sys; formualizer.recalculate_file(sys.argv[1])"
_FORMULAS = """
import sys, formulas
model = formulas.ExcelModel().loads(sys.argv[1]).finish()
model.calculate()
model.write(dirpath=sys.argv[2])
"""
_ELEMENTS = (
    "conditionalFormatting", "dataValidation ", "hyperlink ", "mergeCell ", "drawing ", "legacyDrawing ",
    "sheetProtection ", "pageSetup ", "sheetView ", "col ", "autoFilter ", "tablePart ", "ext ",
)  # fmt: skip


def native(path: Path) -> Expected:
    """100,000 formulas of Excel's own on one sheet."""
    book = xlsxwriter.Workbook(str(path))
    book.set_calc_mode("auto", 191029)
    sheet = book.add_worksheet("Data")
    expected: Expected = {}
    total = 0.0
    for row in range(10_000):
        n, base = row + 1, float(row % 97 + 1)
        sheet.write_number(row, 0, base)
        total += base
        made = [
            (f"=A{n}*2+1", base * 2 + 1),
            (f"=SUM(A{n},B{n})", base * 3 + 1),
            (f"=IF(A{n}>50,C{n},B{n})", base * 3 + 1 if base > 50 else base * 2 + 1),
            (f"=ROUND(A{n}/7,3)", round(base / 7, 3)),
            (f"=MAX(A{n}:D{n})", base * 3 + 1),
            (f"=A{n}^2", base**2),
            (f"=AVERAGE(A{n},G{n})", (base + base**2) / 2),
            (f"=$A$1+A{n}", 1 + base),
            (f"=MOD(A{n},5)", base % 5),
            (f"=SUM(A$1:A{n})" if row % 100 == 0 else f"=K{n - 1}+A{n}", total),
        ]
        for column, (formula, value) in enumerate(made, 1):
            sheet.write_formula(row, column, formula, None, 0)
            expected["Data", f"{chr(65 + column)}{n}"] = value
    book.close()
    return expected


def ours(path: Path) -> Expected:
    """10,000 cells that each call one of our functions."""
    book = xlsxwriter.Workbook(str(path))
    book.set_calc_mode("auto", 191029)
    sheet = book.add_worksheet("Data")
    expected: Expected = {}
    for row in range(10_000):
        n, churn = row + 1, 0.01 + (row % 90) / 100
        sheet.write_row(row, 0, [100.0, 0.8, churn, 400.0])
        sheet.write_dynamic_array_formula(row, 4, row, 4, f"=LTV_CAC(A{n},B{n},C{n},D{n})", None, 0)
        expected["Data", f"E{n}"] = 100 * 0.8 / churn / 400
    book.close()
    return expected


def fifty(path: Path) -> Expected:
    """A model of 50 sheets that link to each other, with what people put into workbooks."""
    book = xlsxwriter.Workbook(str(path))
    book.set_calc_mode("auto", 191029)
    bold = book.add_format({"bold": True, "num_format": "#,##0.00;[Red]-#,##0.00"})
    red = book.add_format({"bg_color": "#FEE2E2"})
    expected: Expected = {}
    before = 0.0
    for number in range(1, 51):
        name = f"Sheet{number}"
        sheet = book.add_worksheet(name)
        sheet.write_number("A1", number)
        sheet.set_column("A:C", 18, bold)
        sheet.freeze_panes(1, 1)
        sheet.write_comment("A1", "An assumption")
        sheet.data_validation("A1", {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1000})
        sheet.conditional_format("B1:B100", {"type": "cell", "criteria": "<", "value": 0, "format": red})
        sheet.write_url("D1", "internal:'Sheet1'!A1", string="home")
        link = f"Sheet{number - 1}!B100" if number > 1 else "0"
        value = number + before
        for row in range(100):
            formula = f"=A1+{link}" if row == 0 else f"=B{row}*1.001+$A$1"
            value = value if row == 0 else value * 1.001 + number
            sheet.write_formula(row, 1, formula, None, 0)
            expected[name, f"B{row + 1}"] = value
        before = value
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": [name, 0, 1, 99, 1]})
        sheet.insert_chart("F2", chart)
        sheet.protect("", {"format_cells": True})
    book.define_name("total", "=Sheet50!$B$100")
    book.set_properties({"title": "Fifty sheets", "author": "the benchmark"})
    book.close()
    return expected


@dataclass
class Run:
    """What a contender did."""

    seconds: float = 0.0
    megabytes: float = 0.0
    result: Path | None = None
    why: str = ""


def measured(command: list[str], result: Path, environment: dict[str, str] | None = None) -> Run:
    """Run a process to its end: time, and the most memory that it or its children had."""
    start = time.perf_counter()
    process = subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=environment, start_new_session=True
    )
    try:
        _, said = process.communicate(timeout=SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, 9)
        process.wait()
        return Run(SECONDS, 0, None, f"stopped after {SECONDS} s")
    took = time.perf_counter() - start
    if process.returncode or not result.exists():
        return Run(took, 0, None, (said.decode(errors="replace").strip().splitlines() or ["no file"])[-1][:90])
    return Run(took, 0, result)


def with_memory(command: list[str], result: Path, environment: dict[str, str] | None = None) -> Run:
    """The same under a process that reports the peak memory of its children."""
    code = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[2:])\n"
        "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024\n"
        "open(sys.argv[1], 'w').write(str(peak)); sys.exit(done.returncode)"
    )
    note = result.parent / "peak.txt"
    run = measured([sys.executable, "-c", code, str(note), *command], result, environment)
    if note.exists():
        run.megabytes = float(note.read_text())
    return run


def features(path: Path) -> set[tuple[str, str]]:
    """What is in a package beside values: parts by their kind, and elements of sheets by their text."""
    found = set()
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            data = package.read(name).decode("utf-8", errors="replace")
            if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name):
                for element in _ELEMENTS:
                    found |= {(name, element.strip())} if f"<{element}" in data else set()
            elif "calcChain" not in name and "sharedStrings" not in name:
                found.add((name, ""))
        book = package.read("xl/workbook.xml").decode()
        found |= {("name", one) for one in re.findall(r'<definedName [^>]*name="([^"]+)"', book)}
    return found


def right(path: Path, expected: Expected) -> int:
    """Cells with the value that they were made with, whatever the letters of the sheet have become."""
    expected = {(sheet.upper(), address): value for (sheet, address), value in expected.items()}
    book = openpyxl.load_workbook(path, data_only=True, read_only=True)
    count = 0
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for one in row:
                want = expected.get((sheet.title.upper(), one.coordinate)) if one.value is not None else None
                if want is not None and isinstance(one.value, (int, float)):
                    count += abs(one.value - want) <= 1e-9 * max(1.0, abs(want))
    return count


def contenders(folder: Path) -> dict[str, Callable[[Path], Run]]:
    """Each takes a copy of a workbook and leaves a calculated one."""
    rivals = folder / "rivals"

    def xlfuncs(path: Path) -> Run:
        return with_memory([sys.executable, "-m", "xlfuncs", "refresh", str(path)], path)

    def formualizer(path: Path) -> Run:
        return with_memory([sys.executable, "-c", _FORMUALIZER, str(path)], path)

    def libreoffice(path: Path) -> Run:
        from xlfuncs.hosts.libreoffice import office

        profile = folder / "profile" / "user"
        profile.mkdir(parents=True, exist_ok=True)
        (profile / "registrymodifications.xcu").write_text(office._RECALCULATE, encoding="utf-8")
        out = path.parent / "made"
        command = [
            office.find_program(),
            f"-env:UserInstallation={profile.parent.as_uri()}",
            "--headless",
            "--convert-to",
            "xlsx",
        ]
        return with_memory([*command, "--outdir", str(out), str(path)], out / path.name)

    def formulas(path: Path) -> Run:
        if not rivals.exists():
            command = [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(rivals), "formulas[excel]"]
            subprocess.run(command, check=True, capture_output=True)
        out = path.parent / "made"
        out.mkdir()
        return with_memory(
            [sys.executable, "-c", _FORMULAS, str(path), str(out)],
            out / path.name.upper(),
            os.environ | {"PYTHONPATH": str(rivals)},
        )

    return {"xlfuncs": xlfuncs, "formualizer": formualizer, "LibreOffice": libreoffice, "formulas": formulas}


WORKBOOKS: dict[str, Callable[[Path], Expected]] = {
    "100,000 native formulas": native,
    "10,000 cells of our functions": ours,
    "a model of 50 sheets": fifty,
}


def main() -> None:
    """Print a table for each workbook."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, make in WORKBOOKS.items():
            source = folder / "book.xlsx"
            expected = make(source)
            had = features(source)
            print(f"{title}: {len(expected):,} formulas, {len(had)} features")
            print(f"  {'':12} {'seconds':>8} {'x of ours':>9} {'peak MB':>8} {'cells right':>16} {'features kept':>14}")
            base = 0.0
            for who, run in contenders(folder).items():
                place = folder / who
                shutil.rmtree(place, ignore_errors=True)
                place.mkdir()
                done = run(Path(shutil.copy(source, place / "book.xlsx")))
                base = base or done.seconds
                _print(who, done, base, expected, had)
            print()


def _print(who: str, done: Run, base: float, expected: Expected, had: set[Any]) -> None:
    line = f"  {who:12} {done.seconds:8.2f} {done.seconds / base:8.1f}x {done.megabytes:8.0f}"
    if done.result is None:
        print(f"{line}   {done.why}")
        return
    kept = len(had & features(done.result))
    print(f"{line} {right(done.result, expected):8,} of {len(expected):,} {kept:6} of {len(had)}")


if __name__ == "__main__":
    main()
