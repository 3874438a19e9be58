"""Every native formula of the templates, calculated by LibreOffice: the same values as ours to 1e-9."""

from __future__ import annotations

import io
import os
import shutil
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

import workbooks
from tests.workbooks.conftest import TEMPLATES
from xlfuncs import REGISTRY
from xlfuncs.engine.function_names import called_functions
from xlfuncs.hosts.libreoffice import office
from xlfuncs.ooxml.snapshot import freeze_formulas

pytestmark = [
    pytest.mark.skipif(
        not os.environ.get("CI") and (not shutil.which("soffice")), reason="LibreOffice is not installed"
    ),
    pytest.mark.slow,
]  # builds and recalculates a template


def ours(formula: str) -> bool:
    """Whether a formula calls one of our functions, which LibreOffice does not have here."""
    return any(name in REGISTRY for name in called_functions(f"={formula}"))


@pytest.mark.parametrize("name", workbooks.NAMES)
def test_libreoffice_calculates_the_same(name: str) -> None:
    path = TEMPLATES / f"{name}.xlsx"
    theirs = openpyxl.load_workbook(
        io.BytesIO(office.calculate_workbook(freeze_formulas(path, freeze=ours))), data_only=True
    )
    stored = openpyxl.load_workbook(path, data_only=True)
    compared, different = 0, []
    for sheet in openpyxl.load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for one in row:
                text: Any = one.value.text if isinstance(one.value, ArrayFormula) else one.value
                if one.data_type != "f" or ours(str(text).removeprefix("=")):
                    continue
                mine, other = (book[sheet.title][one.coordinate].value for book in (stored, theirs))
                compared += 1
                if isinstance(mine, float) or isinstance(other, float):
                    same = other == pytest.approx(mine, rel=1e-9, abs=1e-12)
                else:
                    same = mine == other
                if not same:
                    different.append((sheet.title, one.coordinate, text, mine, other))
    assert different == []
    assert compared > 1000
