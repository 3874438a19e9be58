"""The self-test workbook: it covers every function, and all of it is TRUE where the functions are right."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from xlfuncs import REGISTRY, refresh
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE, CellError
from xlfuncs.engine.evaluator import Evaluator
from xlfuncs.engine.function_names import called_functions
from xlfuncs.services import selftest

pytestmark = pytest.mark.slow  # recalculates a workbook with every function


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("selftest") / "selftest.xlsx"
    selftest.build(path)
    refresh(path)
    return path


def test_every_check_is_true_in_the_headless_engine(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled, data_only=True)["Self test"]
    rows = list(sheet.iter_rows(min_row=6, max_col=3, values_only=True))
    assert len(rows) > 300
    assert [row for row in rows if row[2] is not True] == []
    assert sheet["B3"].value is True


def test_every_function_and_every_kind_of_error_is_checked(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["Self test"]
    formulas = [str(row[2]) for row in sheet.iter_rows(min_row=6, max_col=3, values_only=True)]
    found = {name for formula in formulas for name in called_functions(formula)}
    assert set(REGISTRY.names) - found <= {"FN_VERSION"}  # whose answer is of this machine
    for code in (DIV0, VALUE, NUM, NA):
        assert any(f")={selftest._ERROR_TYPES[code]},FALSE)" in formula for formula in formulas), code


@pytest.mark.parametrize(
    ("call", "wrong"),
    [
        ("LTV(100,0.8,0.05)", 1600.00001),
        ("LTV(100,0.8,2)", 1600.0),
        ("LTV(100,0.8,2)", CellError(VALUE)),
        ("NA()", "x"),
    ],
)
def test_what_is_not_as_wanted_is_not_true(call: str, wrong: object) -> None:
    ((_, _, formula),) = selftest.compare("about", f"={call}", wrong)
    assert Evaluator(REGISTRY).evaluate(formula) is not True


def test_formulas_fit_into_a_cell(filled: Path) -> None:
    sheet = openpyxl.load_workbook(filled)["Self test"]
    assert max(len(str(row[2])) for row in sheet.iter_rows(min_row=6, max_col=3, values_only=True)) < 8192
