"""Thousands of cells in the real program: the same values as in Python, as headless, and as others have them."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula

from tests.libreoffice.cases import Case, cases, rows_of
from tests.libreoffice.conftest import needs_office
from xlfuncs import REGISTRY
from xlfuncs.core.errors import DIV0, NA, NAME, NUM, REF, VALUE, CellError
from xlfuncs.core.grid import column_letters
from xlfuncs.hosts.libreoffice.recalculation import recalculate
from xlfuncs.ooxml import bulk_writer
from xlfuncs.ooxml.cells import place_of
from xlfuncs.services.refresh import refresh

pytestmark = [needs_office, pytest.mark.slow]  # starts LibreOffice
REFERENCE = Path(__file__).parent.parent / "reference"
# The quantile of a beta distribution of infinite weight, which is a number in newer versions of SciPy only.
DIFFERENT = {"PERT_INV(0.5,0.0,5.0,10.0,1E+300)"}


@dataclass(frozen=True)
class Seen:
    """A case, its formula, and its value in the headless engine and in LibreOffice."""

    case: Case
    formula: str
    headless: Any
    office: Any

    def __str__(self) -> str:
        return f"{self.formula}: {self.case.expected}, headless {self.headless}, LibreOffice {self.office}"


def referring(chosen: list[Case]) -> tuple[dict[tuple[int, int], Any], list[str]]:
    """The arguments of calls as the cells of a sheet, and formulas that refer to them."""
    given: dict[tuple[int, int], Any] = {}
    formulas = []
    row = 1
    for case in chosen:
        arguments, column, height = [], 1, 1
        for cell in case.cells:
            rows = rows_of(cell) if isinstance(cell, list) else [[cell]]
            width = max(map(len, rows))
            for down, line in enumerate(rows):
                given |= {(row + down, column + right): one for right, one in enumerate(line) if one is not None}
            corners = (
                f"{column_letters(at)}{line}" for at, line in ((column, row), (column + width - 1, row + len(rows) - 1))
            )
            arguments.append("" if cell is None else f"Given!{':'.join(dict.fromkeys(corners))}")
            column, height = column + width, max(height, len(rows))
        row += height
        formulas.append(case.formula(arguments))
    return given, formulas


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[Seen]]:
    """Every case typed in, and the normal ones by references, calculated by both engines."""
    typed = list(cases())
    referred = [case for case in typed if case.kind == "normal"]
    given, formulas = referring(referred)
    errors = [row for row, case in enumerate(typed, 1) if isinstance(case.expected, CellError)]
    sheets = {"Typed": [case.typed for case in typed], "Referred": formulas}
    sheets["Errors"] = [f"ERROR.TYPE(Typed!A{row})" for row in errors]
    data = bulk_writer.build_workbook(
        [
            *(
                (
                    name,
                    [((row, 1), bulk_writer.format_formula_cell((row, 1), text)) for row, text in enumerate(texts, 1)],
                )
                for name, texts in sheets.items()
            ),
            ("Given", [(place, bulk_writer.format_cell(place, given[place])) for place in sorted(given)]),
        ]
    )
    path = tmp_path_factory.mktemp("cells") / "cells.xlsx"
    path.write_bytes(data)
    refresh(path)
    found = {"Typed": iter(typed), "Referred": iter(referred), "Errors": (typed[row - 1] for row in errors)}
    result: dict[str, list[Seen]] = {name: [] for name in found}
    for cell in recalculate(path, REGISTRY, 300).cells:
        result[cell.sheet].append(Seen(next(found[cell.sheet]), cell.formula, cell.stored, cell.value))
    return result


def same(a: Any, b: Any) -> bool:
    if isinstance(a, float) and isinstance(b, float):
        return a == pytest.approx(b, rel=1e-9, abs=1e-12)
    return type(a) is type(b) and bool(a == b)


@pytest.mark.parametrize("sheet", ["Typed", "Referred"])
def test_python_headless_and_libreoffice_agree(seen: dict[str, list[Seen]], sheet: str) -> None:
    different = [
        str(one)
        for one in seen[sheet]
        if not (same(one.case.expected, one.headless) and same(one.case.expected, one.office))
        and one.case.typed not in DIFFERENT
    ]
    assert different == []


def test_the_cases_are_many_and_of_every_function_and_kind(seen: dict[str, list[Seen]]) -> None:
    kinds = Counter(one.case.kind for one in seen["Typed"])
    assert set(kinds) == {"normal", "boundary", "error"}
    assert kinds["normal"] > 500
    assert kinds.total() > 2000
    named = {one.case.function.name for one in seen["Typed"]}
    assert {function.name for function in REGISTRY} - named == {"FN_VERSION"}  # whose example is no value
    errors = {str(one.office) for one in seen["Typed"] if isinstance(one.office, CellError)}
    assert errors == {VALUE, NUM, DIV0, NA}


def test_each_error_is_the_very_one_and_no_other_that_a_file_cannot_tell_apart(seen: dict[str, list[Seen]]) -> None:
    numbers = {DIV0: 2.0, VALUE: 3.0, NUM: 6.0, NA: 7.0}  # of ERROR.TYPE; what else Calc has, such as Err:504, has none
    assert [str(one) for one in seen["Errors"] if one.office != numbers[str(one.case.expected)]] == []


def test_worked_examples_typed_in_give_what_others_have(tmp_path: Path) -> None:
    formulas, expected = [], []
    for path in sorted(REFERENCE.glob("*.csv")):
        for row in csv.DictReader(path.open(encoding="utf-8", newline="")):
            value, formula = json.loads(row["expected"]), row["formula"].removeprefix("=")
            if re.search(r"\{[^}]*[/*]", formula):
                continue  # no spreadsheet takes a calculation inside an array constant
            spread = isinstance(value, list)
            for down, line in enumerate(value if spread else [[value]], 1):
                for right, one in enumerate(line, 1):
                    formulas.append(f"INDEX({formula},{down},{right})" if spread else formula)
                    expected.append((one, float(row["tolerance"])))
    cells = [((row, 1), bulk_writer.format_formula_cell((row, 1), text)) for row, text in enumerate(formulas, 1)]
    book = tmp_path / "examples.xlsx"
    book.write_bytes(bulk_writer.build_workbook([("Examples", cells)]))
    wrong = []
    for cell, (value, tolerance) in zip(recalculate(book, REGISTRY).cells, expected, strict=True):
        if isinstance(value, str) and str(cell.value) == value:
            continue
        if not (isinstance(cell.value, float) and cell.value == pytest.approx(value, rel=tolerance, abs=1e-300)):
            wrong.append((cell.formula, value, cell.value))
    assert wrong == []
    assert len(formulas) > 500


def test_errors_that_come_in_go_out_as_they_are_and_native_functions_see_them(tmp_path: Path) -> None:
    causes = {NA: "NA()", DIV0: "1/0", NUM: "LTV(1,1,2)", VALUE: '"x"*1', REF: "#REF!", NAME: "NOSUCHFUNCTION(1)"}
    cells = []
    for row, cause in enumerate(causes.values(), 1):
        texts = (f"LTV(100,0.8,SUM({cause}))", f"ISERROR(LTV(100,0.8,SUM({cause})))", f'IFERROR(A{row},"seen")')
        cells += [
            ((row, column), bulk_writer.format_formula_cell((row, column), text))
            for column, text in enumerate(texts, 1)
        ]
    path = tmp_path / "errors.xlsx"
    path.write_bytes(bulk_writer.build_workbook([("Errors", cells)]))
    got = [cell.value for cell in recalculate(path, REGISTRY).cells]
    assert [str(value) for value in got[::3]] == list(causes)
    assert got[1::3] == [True] * len(causes)
    assert got[2::3] == ["seen"] * len(causes)


def test_tables_as_array_formulas_and_columns_cell_by_cell(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    expected: dict[tuple[int, int], Any] = {}
    row = 1
    calls = [case for case in cases() if case.kind == "normal" and case.at == (1, 1)]
    for case in calls:
        rows = case.function.on_cells(*case.cells)
        if not isinstance(rows, list):
            continue
        expected |= {(row + down, 1 + right): one for down, line in enumerate(rows) for right, one in enumerate(line)}
        ref = f"A{row}:{column_letters(len(rows[0]))}{row + len(rows) - 1}"
        sheet.cell(row, 1).value = ArrayFormula(ref, f"={Case('', case.function, case.cells, None, None).typed}")
        row += len(rows)
    churns = [0.05, "x", 2.0, None, 0.1]
    shown = [1600.0, CellError(VALUE), CellError(NUM), CellError(VALUE), 800.0]
    for down, (churn, value) in enumerate(zip(churns, shown, strict=True)):
        sheet.cell(row + down, 2).value = churn
        expected[row + down, 1] = value
    sheet.cell(row, 1).value = ArrayFormula(f"A{row}:A{row + 4}", f"=LTV(100,0.8,B{row}:B{row + 4})")
    path = tmp_path / "tables.xlsx"
    book.save(path)
    wrong = [
        (cell.cell, value, cell.value)
        for cell in recalculate(path, REGISTRY).cells
        if not same(value := expected[place_of(cell.cell)], cell.value)
    ]
    assert wrong == []
