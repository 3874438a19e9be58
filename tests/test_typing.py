"""What a user's type checker says: mypy --strict and pyright know every argument and every result."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

# Nothing is to be said of these lines.
GOOD = '''
import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import assert_type

import numpy as np
import numpy.typing as npt

import xlfuncs
from xlfuncs import breakeven_status, evaluate, hhi, ltv_cac, scenario_pick, token_price, vector_scores
from xlfuncs.functions import ltv


class Column:
    """A Series as pandas has it, for those who have no types of pandas."""

    index: Sequence[str] = ()

    def to_frame(self) -> object: ...

    def astype(self, dtype: type) -> "Column":
        return self


floats: npt.NDArray[np.float64] = np.array([1.0, 2.0])
assert_type(ltv_cac(100, 0.8, 0.05, 400), float)
assert_type(xlfuncs.ltv_cac(arpa=100.0, gross_margin=0.8, churn=0.05, cac=400.0), float)
assert_type(ltv_cac(np.float32(100), Decimal("0.8"), Fraction(1, 20), np.int64(400), None, timing=0), float)
assert_type(ltv_cac(floats, 0.8, 0.05, 400), npt.NDArray[np.float64])
assert_type(ltv_cac(np.array([1, 2]), 0.8, 0.05, 400), npt.NDArray[np.float64])
assert_type(ltv_cac([100, 200], 0.8, 0.05, 400), npt.NDArray[np.float64])
assert_type(ltv_cac((100, 200), [[0.8], [0.9]], 0.05, cac=floats), npt.NDArray[np.float64])
assert_type(ltv_cac(Column(), 0.8, 0.05, 400), Column)
assert_type(ltv(100, 0.8, Column(), horizon=floats), Column)
assert_type(breakeven_status(4, 0, 0.5, 0, 0), str)
assert_type(breakeven_status(floats, 0, 0.5, 0, 0), npt.NDArray[np.object_])
assert_type(breakeven_status(Column(), 0, 0.5, 0, 0), Column)
assert_type(token_price("o3", as_of=dt.date(2025, 6, 1)), float)
assert_type(token_price(["o3", "gpt-5"]), npt.NDArray[np.float64])
assert_type(hhi([40, 30, 20]), float)
assert_type(hhi(Column()), float)
assert_type(hhi([[40.0, 30.0]]) + hhi((40, 30)) + hhi(floats), float)
assert_type(vector_scores([[3, None]], floats, vectors=["I", "D"]), list[list[str | float]])
assert_type(scenario_pick("base", ["base"], [Decimal(1), "x", True, dt.date(2025, 1, 1)]), float | str | bool)
value = evaluate("LTV_CAC", 100, 0.8, 0.05, 400)
print(value.why if isinstance(value, xlfuncs.CellError) else value)
print(xlfuncs.REGISTRY["LTV_CAC"].summary, xlfuncs.__version__)
try:
    ltv_cac(1, 2, 3, 4)
except xlfuncs.FormulaError as error:
    print(error.code, error.why)
'''
# Both checkers report each of these lines, and no other.
WRONG = """
import xlfuncs
from xlfuncs import ltv_cac
from xlfuncs import ltv_cca  # wrong: no such function
from xlfuncs.functions import ltv_cca as other  # wrong: no such function

ltv_cac("a", 0.8, 0.05, 400)  # wrong: a text
ltv_cac(["a"], 0.8, 0.05, 400)  # wrong: a column of text
ltv_cac(None, 0.8, 0.05, 400)  # wrong: arpa has no default
ltv_cac(100, 0.8)  # wrong: arguments are missing
ltv_cac(100, 0.8, 0.05, 400, chrun=1)  # wrong: no such keyword
ltv_cac(100, 0.8, 0.05, 400, 0, 0, 1, 0, 0)  # wrong: too many arguments
xlfuncs.ltv_cca(100, 0.8, 0.05, 400)  # wrong: no such function
xlfuncs.hhi("a")  # wrong: a text is no range of numbers
xlfuncs.hhi()  # wrong: an argument is missing
xlfuncs.evaluate(1)  # wrong: the name is a text
text: str = ltv_cac(100, 0.8, 0.05, 400)  # wrong: a float
number: float = xlfuncs.breakeven_status(4, 0, 0.5, 0, 0)  # wrong: a text
number = ltv_cac([100], 0.8, 0.05, 400)  # wrong: an array
"""
PANDAS = """
from typing import assert_type

import pandas as pd

from xlfuncs import hhi, ltv_cac, token_price

frame = pd.DataFrame({"arpa": [100.0, 50.0], "churn": [0.05, 0.1], "model": ["o3", "gpt-5"]})
assert_type(ltv_cac(pd.Series([100.0]), 0.8, 0.05, 400), "pd.Series[float]")
assert_type(ltv_cac(pd.Series([100]), 0.8, pd.Series([0.05]), 400), "pd.Series[float]")
assert_type(ltv_cac(frame["arpa"], 0.8, frame["churn"], 400), "pd.Series[float]")
assert_type(token_price(frame["model"]), "pd.Series[float]")
assert_type(hhi(frame["arpa"]) + hhi(frame), float)
"""
# What the checkers say of single values holds when the lines are run. No type tells an array without dimensions from
# others, so that its result must answer like an array.
SINGLE = """
from typing import assert_type

import numpy as np
import numpy.typing as npt

from xlfuncs import breakeven_status, ltv_cac

single: npt.NDArray[np.float64] = np.array(100.0)
empty: np.ndarray[tuple[()], np.dtype[np.float64]] = np.full((), 100.0)
for result in (ltv_cac(single, 0.8, 0.05, 400), ltv_cac(empty, 0.8, 0.05, 400), ltv_cac(100, 0.8, np.array(0.05), 400)):
    assert_type(result, npt.NDArray[np.float64])
    assert (result.shape, result.ndim, result.size, result.dtype.kind) == ((), 0, 1, "f")
    assert (result.tolist(), result.item(), float(result.mean()), float(result)) == (4.0, 4.0, 4.0, 4.0)
    assert (result * np.array([1, 2])).tolist() == [4.0, 8.0]
    assert result.reshape(-1).tolist() == [4.0] and result[...] == 4.0 and np.array_equal(result, 4.0)
assert_type(ltv_cac(np.float64(100), 0.8, np.float32(0.05), np.int64(400)), float)
assert type(ltv_cac(np.float64(100), 0.8, 0.05, np.int64(400))) is float
word = breakeven_status(np.array(4), 0, 0.5, 0, 0)
assert_type(word, npt.NDArray[np.object_])
assert word.shape == () and word.tolist() == breakeven_status(4, 0, 0.5, 0, 0)
"""
SNIPPETS = {"good.py": GOOD, "wrong.py": WRONG, "single.py": SINGLE}
if importlib.util.find_spec("pandas-stubs"):  # a part of the extra `dev`; mypy says nothing of pandas without it
    SNIPPETS["with_pandas.py"] = PANDAS


def run_mypy(folder: Path) -> set[tuple[str, int]]:
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *SNIPPETS]
    printed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    return {(file, int(line)) for file, line in re.findall(r"^(\S+?):(\d+): error:", printed, re.M)}


def run_pyright(folder: Path) -> set[tuple[str, int]]:
    command = [sys.executable, "-m", "pyright", "--outputjson", "--pythonpath", sys.executable, *SNIPPETS]
    printed = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False).stdout
    found = json.loads(printed)["generalDiagnostics"]
    return {(Path(one["file"]).name, one["range"]["start"]["line"] + 1) for one in found if one["severity"] == "error"}


@pytest.mark.slow
@pytest.mark.parametrize("check", [run_mypy, run_pyright], ids=["mypy", "pyright"])
def test_a_type_checker_reports_the_wrong_lines_and_no_others(check: object, tmp_path: Path) -> None:
    assert callable(check)
    wrong = set()
    for name, text in SNIPPETS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        wrong |= {(name, number) for number, line in enumerate(text.splitlines(), 1) if "# wrong" in line}
    assert check(tmp_path) == wrong


def test_what_the_checkers_say_of_single_values_holds() -> None:
    exec(SINGLE, {})
