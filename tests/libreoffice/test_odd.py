"""What comes in odd, typed or by reference: as in Excel where Calc lets us know, and else as the reference tells.

The values are by hand: the performance of a chip is 2 x its bits, a customer of 80 a month is worth 80 / churn.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.libreoffice.conftest import needs_office
from xlfuncs import REGISTRY
from xlfuncs.core.errors import DIV0, NA, NUM, VALUE, CellError
from xlfuncs.hosts.libreoffice.recalculation import recalculate
from xlfuncs.ooxml import bulk_writer
from xlfuncs.ooxml.cells import place_of
from xlfuncs.services.refresh import refresh

pytestmark = [needs_office, pytest.mark.slow]  # starts LibreOffice

GIVEN = {
    # A1 is blank
    "A2": 0.05,
    "A3": "0.05",
    "A4": "x",
    "A5": '=""',
    "A6": True,
    "A7": "=DATE(2025,1,1)",
    "A8": "=NA()",
    "A9": "=1/0",
    "A10": False,
    # columns of cash flows: as they should be; under a header; with a blank, a text, TRUE and an error among them
    **{f"C{row}": value for row, value in enumerate((-10.0, -5.0, 3.0, 20.0), 1)},
    **{f"D{row}": value for row, value in enumerate(("cash", -10.0, -5.0, 3.0), 1)},
    **{f"E{row}": value for row, value in {1: -10.0, 2: -5.0, 4: 20.0}.items()},
    **{f"F{row}": value for row, value in enumerate((-10.0, -5.0, "3", 20.0), 1)},
    **{f"G{row}": value for row, value in enumerate((-10.0, -5.0, True, 20.0), 1)},
    **{f"H{row}": value for row, value in enumerate((-10.0, -5.0, "=NA()", 20.0), 1)},
}
COLUMN = {f"{letter}{row}": value for letter in "AC" for row, value in enumerate((-10.0, -5.0, 3.0, 20.0), 1)}

# Each formula with its value in Excel.
ALIKE: dict[str, Any] = {
    # blank cells, and arguments left out
    "LTV(100,0.8,0.05,Given!A1)": 1600.0,
    "LTV(100,0.8,0.05,Given!A1:A1)": 1600.0,
    "LTV(100,0.8,0.05,,0)": 1600.0,
    "LTV(100,0.8,0.05,,,,)": 1600.0,
    "LTV(100,0.8,0.05,IF(TRUE,))": 1600.0,
    "LTV(100,,0.05)": VALUE,
    "LTV(,0.8,0.05)": VALUE,
    "LTV(100,0.8)": VALUE,
    "LTV()": VALUE,
    "LTV(100,0.8,0.05,0,0,1,0,9)": VALUE,  # one too many
    'SCENARIO_PICK(Given!A1,{"x";"y"},{1;2})': VALUE,
    'FX_RATE("USD","USD",)': 1.0,
    'FX_RATE("USD","USD",Given!A1:A1)': 1.0,
    "PEAK_FUNDING(Given!B1:B4)": VALUE,
    "PEAK_FUNDING(Given!E1:E4)": VALUE,
    "PEAK_FUNDING(Given!C1:C9)": VALUE,
    # numbers, and what is none
    "CHIP_TPP(2,Given!A2)": 0.1,
    "LTV(100,0.8,5%)": 1600.0,
    "CHIP_TPP(2,Given!A3)": VALUE,
    'LTV(100,0.8,"0.05")': VALUE,
    'LTV(100,0.8,"5%")': VALUE,
    'LTV(100,0.8,"")': VALUE,
    "CHIP_TPP(2,Given!A4)": VALUE,
    "CHIP_TPP(2,Given!A5)": VALUE,
    "PEAK_FUNDING(Given!D1:D4)": VALUE,
    "PEAK_FUNDING(Given!F1:F4)": VALUE,
    'SCENARIO_PICK(Given!A4,{"x";"y"},{1;2})': 1.0,
    'SCENARIO_PICK(Given!A2,{"x";"y"},{1;2})': VALUE,
    'SCENARIO_PICK(Given!A6,{"x";"y"},{1;2})': VALUE,
    # dates
    "CHIP_TPP(2,Given!A7)": 91316.0,
    "CHIP_TPP(2,DATE(2025,1,1))": 91316.0,
    'FX_RATE("USD","USD",Given!A7)': 1.0,
    'FX_RATE("USD","USD","2025-01-01")': VALUE,
    # errors
    "CHIP_TPP(2,Given!A8)": NA,
    "CHIP_TPP(2,Given!A9)": DIV0,
    "LTV(100,0.8,0.05,Given!A8)": NA,
    "LTV(100,0.8,0.05,1/0)": DIV0,
    'SCENARIO_PICK(Given!A9,{"x";"y"},{1;2})': DIV0,
    "LTV(1/0,NA(),0.05)": DIV0,
    "IFERROR(LTV(100,0.8,2),9)": 9.0,
    "ISNA(LTV(100,0.8,NA()))": True,
    # ranges of one cell, of one row, of a rectangle
    "LTV(100,0.8,Given!A2:A2)": 1600.0,
    "PEAK_FUNDING(Given!C1:C4)": 15.0,
    "PEAK_FUNDING(Given!C1:C1)": 10.0,
    "PEAK_FUNDING(Given!C1)": 10.0,
    "PEAK_FUNDING(-10)": 10.0,
    "PEAK_FUNDING(Given!C1:D4)": VALUE,
    "SUM(LTV(100,0.8,Given!A2:A2))": 1600.0,
    # whole columns and rows
    "PEAK_FUNDING(Column!A:A)": 15.0,
    "PEAK_FUNDING(Column!C:C)": 15.0,
    "PEAK_FUNDING(Column!B:B)": VALUE,
    "PEAK_FUNDING(Given!D:D)": VALUE,
    "PEAK_FUNDING(Row!1:1)": 15.0,
}
# Each formula with its value in Excel and the one in Calc, where it hides a blank, TRUE, or an error from us.
DIFFERENT: dict[str, tuple[Any, Any]] = {
    "CHIP_TPP(2,Given!A1)": (VALUE, NUM),
    "LTV(100,0.8,Given!Z9)": (VALUE, NUM),
    'FX_RATE("USD","USD",Given!A1)': (1.0, NA),
    "CHIP_TPP(2,Given!A6)": (VALUE, 2.0),
    "CHIP_TPP(2,TRUE)": (VALUE, 2.0),
    "CHIP_TPP(2,1=1)": (VALUE, 2.0),
    "LTV(100,0.8,0.05,Given!A10)": (VALUE, 1600.0),
    "LTV(100,0.8,0.05,IF(FALSE,1))": (VALUE, 1600.0),
    "PEAK_FUNDING(Given!G1:G4)": (VALUE, 15.0),
    "LTV(100,0.8,0.05,Given!A5:A5)": (VALUE, 1600.0),
    "CHIP_TPP(2,Given!A8:A8)": (NA, VALUE),  # shown as Err:504, which a file has as #VALUE!
    "PEAK_FUNDING(Given!H1:H4)": (NA, VALUE),
    "LTV(Given!A9,Given!A8,0.05)": (DIV0, NA),
    "TYPE(LTV(100,0.8,0.05))": (1.0, 64.0),
    "ERROR.TYPE(LTV(100,0.8,2))": (6.0, NA),
}


def spelled(address: str, value: Any) -> tuple[tuple[int, int], str]:
    place = place_of(address)
    formula = isinstance(value, str) and value.startswith("=")
    return place, bulk_writer.format_formula_cell(place, value[1:]) if formula else bulk_writer.format_cell(
        place, value
    )


def plain(value: Any) -> Any:
    return str(value) if isinstance(value, CellError) else value


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Any, Any]]:
    """The value of each formula in the headless engine and in LibreOffice; errors by their codes."""
    sheets: dict[str, dict[str, Any]] = {
        "Odd": {f"A{row}": f"={formula}" for row, formula in enumerate((*ALIKE, *DIFFERENT), 1)},
        "Given": GIVEN,
        "Column": COLUMN,
        "Row": {f"{letter}1": COLUMN[f"A{row}"] for row, letter in enumerate("ABCD", 1)},
    }
    path = tmp_path_factory.mktemp("odd") / "odd.xlsx"
    path.write_bytes(
        bulk_writer.build_workbook(
            (name, sorted(spelled(*one) for one in cells.items())) for name, cells in sheets.items()
        )
    )
    refresh(path)
    found = (cell for cell in recalculate(path, REGISTRY).cells if cell.sheet == "Odd")
    return {cell.formula: (plain(cell.stored), plain(cell.value)) for cell in found}


@pytest.mark.parametrize("formula", ALIKE)
def test_odd_cells_are_taken_as_excel_does(seen: dict[str, tuple[Any, Any]], formula: str) -> None:
    assert seen[formula] == (pytest.approx(ALIKE[formula]), pytest.approx(ALIKE[formula]))


@pytest.mark.parametrize("formula", DIFFERENT)
def test_what_calc_hides_from_a_function_is_known(seen: dict[str, tuple[Any, Any]], formula: str) -> None:
    excel, office = DIFFERENT[formula]
    assert seen[formula] == (pytest.approx(excel), pytest.approx(office))
