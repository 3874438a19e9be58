"""What an import brings along: little, and nothing that others would notice."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
BLOCKED = """
import importlib.abc, sys
class Absent(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path=None, target=None):
        if name.split(".")[0] in {names}:
            raise ModuleNotFoundError(f"No module named {{name!r}}", name=name)
sys.meta_path.insert(0, Absent())
"""
STATE = """
import locale, logging, os, signal, sys, warnings
import click, numpy as np
def state():
    signals = {number: str(signal.getsignal(number)) for number in signal.valid_signals()}
    classes = {name: vars(item).get("exit_code") for name, item in vars(click).items() if isinstance(item, type)}
    return [dict(os.environ), list(sys.path), np.geterr(), [str(rule) for rule in warnings.filters], signals, classes,
            locale.setlocale(locale.LC_ALL), logging.root.level, len(logging.root.handlers), str(sys.excepthook),
            sys.getrecursionlimit(), np.random.get_state()[1].tolist()]
before = state()
import xlfuncs, xlfuncs.functions, xlfuncs.api, xlfuncs.audit, xlfuncs.cli.main, xlfuncs.services.simulate
for name in xlfuncs.__all__:
    getattr(xlfuncs, name)
assert state() == before
"""


def modules_after(code: str) -> set[str]:
    code = f"{code}\nimport json, sys; print(json.dumps(sorted(sys.modules)))"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(run.stdout))


def test_the_package_alone_imports_nothing_but_its_version() -> None:
    added = modules_after("import xlfuncs") - modules_after("")
    assert added - {"__future__"} == {"xlfuncs", "xlfuncs.core", "xlfuncs.core.version"}


def test_the_functions_import_numpy_and_nothing_that_takes_long() -> None:
    added = modules_after("import numpy; from xlfuncs import ltv_cac") - modules_after("import numpy")
    assert {name.split(".")[0] for name in added} <= {"xlfuncs", "numpy", *sys.stdlib_module_names}
    assert not added & {"doctest", "difflib", "hashlib", "inspect", "ast", "decimal", "fractions", "pandas", "scipy"}
    layers = {name.split(".")[1] for name in added if name.startswith("xlfuncs.")}
    assert layers == {"core", "catalogue", "functions"}


def test_functions_work_without_the_engine_and_the_workbooks() -> None:
    """As in a browser, where the engine cannot be had."""
    names = {"formualizer", "openpyxl", "xlsxwriter", "click", "rich", "jinja2", "pandas", "matplotlib", "starlette"}
    code = BLOCKED.format(names=names) + (
        "import xlfuncs\n"
        "assert xlfuncs.ltv_cac(100, 0.8, 0.05, 400) == xlfuncs.evaluate('LTV_CAC', 100, 0.8, 0.05, 400) == 4\n"
        "for function in xlfuncs.REGISTRY:\n"
        "    for example in function.examples: function(*example.cells)"
    )
    subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, cwd=ROOT)


def test_an_import_changes_nothing_for_others() -> None:
    subprocess.run([sys.executable, "-c", STATE], check=True, cwd=ROOT)


@pytest.mark.slow
def test_the_command_line_is_unmoved_by_the_folder_it_is_run_in(tmp_path: Path) -> None:
    for folder in ("workbooks", "templates", "reports", "tools", "data", "core"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "__init__.py").touch()
    for module in ("numbers", "units", "typing", "decimal", "random", "statistics", "json", "csv", "inspect", "numpy"):
        (tmp_path / f"{module}.py").write_text("raise SystemExit('a module of the user')", encoding="utf-8")

    def run(*arguments: str) -> str:
        command = [sys.executable, "-m", "xlfuncs", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    assert run("eval", "=LTV_CAC(100,0.8,0.05,400)") == "4\n"
    for name in ("a.xlsx", "b.xlsx"):
        run("new", "unit_economics", "-o", name)
    assert "a.xlsx: 1780 of 1780 formulas" in run("refresh", "a.xlsx")
    assert run("refresh", "-j", "2", "a.xlsx", "b.xlsx").count("1780 of 1780 formulas") == 2  # in other processes
