"""Values in the file are the measure: what the engine does not reproduce is kept, what is stale is calculated."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.recalculation.test_model import values
from tests.small_workbooks import part, refreshed, rewrite
from xlfuncs import REGISTRY
from xlfuncs.core.errors import CellError
from xlfuncs.ooxml.package import Package
from xlfuncs.recalculation.model import Model
from xlfuncs.recalculation.trust import agree, is_engine_error, is_explicable

Make = Callable[..., Path]
J1 = {1: 0.44005058574493, 2: 0.57672480775687}  # of 1 and 2: Abramowitz and Stegun, table 9.1


def cells(*formulas: tuple[str, str, Any], constants: dict[str, Any] | None = None) -> Callable[[Any, Any], None]:
    def fill(book: Any, sheet: Any) -> None:
        for address, value in (constants or {}).items():
            sheet.write(address, value)
        for address, formula, value in formulas:
            sheet.write_formula(address, formula, None, value)

    return fill


def kept(path: Path, **options: Any) -> dict[str, str]:
    return {one.cell: one.why for one in refreshed(path, **options).kept}


def test_an_input_that_was_changed_reaches_all_that_depends_on_it(make: Make) -> None:
    path = make(cells(("B1", "=A1*2", 2), ("B2", "=B1+1", 3), ("B3", "=SUM(B1:B2)", 5), constants={"A1": 10}))
    report = refreshed(path)
    assert values(path, "B1", "B2", "B3") == [20, 21, 41]
    assert [(one.cell, one.old, one.new) for one in report.changed] == [("B1", 2, 20), ("B2", 3, 21), ("B3", 5, 41)]


def test_what_the_engine_does_not_reproduce_is_kept_with_what_depends_on_it(make: Make) -> None:
    path = make(cells(("B1", "=BESSELJ(A1,1)", 0.5), ("B2", "=B1*2", 1), ("B3", "=A1+1", 3), constants={"A1": 2}))
    before = path.read_bytes()
    found = kept(path)
    assert found["B1"].startswith("Calculated 0.57672")
    assert found["B1"].endswith(
        "the file has 0.5; the value in the file is kept, and so are the values that depend on it."
    )
    assert found["B2"] == "The formula depends on a cell whose value is kept, so its own is kept too."
    assert path.read_bytes() == before


def test_a_good_value_is_not_lost_to_a_function_that_gives_up(make: Make) -> None:
    path = make(cells(("B1", '=TEXT(A1,"[$-411]ggge")', "x"), ("B2", "=GAMMALN(-A1)", 7), constants={"A1": 2}))
    assert set(kept(path)) == {"B1", "B2"}
    assert values(path, "B1", "B2") == ["x", 7]


def test_the_value_of_an_unknown_function_serves_while_its_inputs_stay(make: Make) -> None:
    unknown = ("B1", "=SOMEBODYS(A1)", 7)
    path = make(cells(unknown, ("B2", "=B1+C1", 8), constants={"A1": 1, "C1": 5}))
    assert set(kept(path)) == {"B1"}
    assert values(path, "B2") == [12]


def test_the_value_of_an_unknown_function_is_stale_once_its_inputs_change(make: Make) -> None:
    path = make(cells(("A1", "=C1*2", 2), ("B1", "=SOMEBODYS(A1)", 7), ("B2", "=B1+C1", 8), constants={"C1": 5}))
    found = kept(path)
    assert set(found) == {"B1", "B2"}
    assert values(path, "A1", "B1", "B2") == [10, 7, 8]


def test_an_unknown_function_without_a_value_is_an_error_and_no_zero(make: Make) -> None:
    path = make(cells(("B1", "=SOMEBODYS(A1)", 0), ("B2", "=B1+1", 0)))
    report = refreshed(path)
    assert values(path, "B1", "B2") == ["#NAME?", "#NAME?"]
    assert [(one.cell, one.code) for one in report.errors] == [("B1", "#NAME?"), ("B2", "#NAME?")]


def test_rounding_is_no_change(make: Make) -> None:
    path = make(
        cells(("B1", "=A1+A2", 0.30000000000000099), ("B2", "=0.5-0.4-0.1", 0), constants={"A1": 0.1, "A2": 0.2})
    )
    before = path.read_bytes()
    assert refreshed(path).changed == []
    assert path.read_bytes() == before


def test_a_volatile_function_is_calculated_with_what_depends_on_it(make: Make) -> None:
    path = make(cells(("B1", "=TODAY()", 40000), ("B2", "=B1+1", 40001), ("B3", "=BESSELJ(1,1)+0*B1", 9)))
    report = refreshed(path)
    assert {one.cell for one in report.changed} == {"B1", "B2"}
    assert {one.cell for one in report.kept} == {"B3"}


def test_a_circle_keeps_its_values(make: Make) -> None:
    path = make(
        cells(("B1", "=B2/2+1", 2), ("B2", "=B1", 2), ("B3", "=B1*10", 20), ("B4", "=A1", 1), constants={"A1": 3})
    )
    refreshed(path)
    assert values(path, "B1", "B2", "B3", "B4") == [2, 2, 20, 3]


def test_a_circle_that_is_allowed_is_calculated(make: Make) -> None:
    path = make(cells(("B1", "=B2/2+A1", 2), ("B2", "=B1", 2), constants={"A1": 5}))
    text = part(path, "xl/workbook.xml")
    rewrite(path, "xl/workbook.xml", text.replace("<calcPr ", '<calcPr iterate="1" iterateDelta="1E-9" '))
    refreshed(path)
    assert values(path, "B1", "B2") == [pytest.approx(10), pytest.approx(10)]


def test_a_new_value_that_nothing_vouches_for_is_named(make: Make) -> None:
    path = make(cells(("B1", "=BESSELJ(1,1)", 0)))
    (one,) = refreshed(path).unchecked
    assert (one.cell, one.why) == ("B1", "The file has no value to check BESSELJ against.")


def test_an_error_may_come_and_go_with_its_inputs(make: Make) -> None:
    path = make(
        cells(
            ("B1", "=1/A1", "#DIV/0!"),
            ("B2", "=1/A2", 4),
            ("B3", "=MATCH(A1,A2:A3,0)", 1),
            constants={"A1": 2, "A2": 0, "A3": 5},
        )
    )
    refreshed(path)
    assert values(path, "B1", "B2", "B3") == [0.5, "#DIV/0!", "#N/A"]


def test_a_lookup_in_sorted_values_is_kept_where_it_differs(make: Make) -> None:
    path = make(cells(("B1", "=MATCH(3,A1:A3)", 2), constants={"A1": 5, "A2": 1, "A3": 4}))
    assert list(kept(path)) == ["B1"]


@pytest.mark.parametrize(
    ("old", "new", "same"),
    [
        (1.0, True, True),
        (0.0, False, True),
        ("1", 1.0, False),
        (CellError("#N/A"), CellError("#N/A"), True),
        (None, 0.0, False),
    ],
)
def test_values_agree_by_kind(old: Any, new: Any, same: bool) -> None:
    assert agree(old, new) is same


def test_a_change_that_is_known_reaches_functions_that_nothing_vouches_for(make: Make) -> None:
    """With the value that A1 had, BESSELJ gives what is in the file: so it is right with the new one, too."""
    formulas = ("B1", "=BESSELJ(A1,1)", J1[1]), ("B2", "=B1*2", 2 * J1[1]), ("B3", "=A1+1", 2)
    path = make(cells(*formulas, constants={"A1": 2}))
    report, _ = Model(Package(path), REGISTRY).recalculate()
    assert [one.cell for one in report.kept] == ["B1", "B2"]
    report, _ = Model(Package(path), REGISTRY, edits={("Data", (1, 1)): 1.0}).recalculate()
    assert not report.kept
    assert {one.cell: one.new for one in report.changed} == pytest.approx(
        {"B1": J1[2], "B2": 2 * J1[2], "B3": 3}, rel=1e-9
    )


def test_a_change_that_is_known_reaches_nothing_that_the_engine_gets_wrong(make: Make) -> None:
    formulas = ("B1", "=BESSELJ(A1,1)", 7), ("B2", "=B1*2", 14), ("B3", "=SOMEBODYS(A1)", 3), ("B4", "=B3+A1", 4)
    path = make(cells(*formulas, ("B5", "=A1+1", 2), constants={"A1": 2}))
    report, _ = Model(Package(path), REGISTRY, edits={("Data", (1, 1)): 1.0}).recalculate()
    assert [one.cell for one in report.changed] == ["B5"]
    assert {one.cell for one in report.kept} == {"B1", "B2", "B3", "B4"}


def test_what_a_formula_reads_that_cannot_be_read_is_anything(make: Make) -> None:
    """So all that depends on it may be out of date where an input has changed."""
    path = make(cells(("B1", "=A1*{1;2", 1), ("B2", "=B1+1", 2), ("B3", "=A1+1", 2), constants={"A1": 5}))
    assert set(kept(path)) == {"B1", "B2"}
    assert values(path, "B2", "B3") == [2, 6]


@pytest.mark.parametrize(("hidden", "expected"), [(False, 7), (True, 6)])
def test_a_subtotal_may_leave_out_rows_that_are_hidden(make: Make, hidden: bool, expected: float) -> None:
    """Which the engine does not know: where there are some, a subtotal that it does not reproduce is kept."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_column("A1", [2, 2, 3])
        sheet.write_formula("A4", "=SUBTOTAL(109,A1:A3)", None, 6)
        if hidden:
            sheet.set_row(8, None, None, {"hidden": True})
        book.calc_on_load = False

    path = make(fill)
    assert [one.cell for one in refreshed(path).kept] == ["A4"] * hidden
    assert values(path, "A4") == [expected]


@pytest.mark.parametrize(
    ("formula", "exact", "within", "beyond"),
    [
        ("=IRR(A1:A2)", 0.1, 9e-8, 3e-7),  # Excel iterates IRR to 0.00001 percent, which is 1e-7
        ("=NPV(0.1,A2)", 100, 5e-10, 1e-8),
        ("=A1+A2", 10, 5e-13, 5e-12),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_a_value_is_reproduced_as_closely_as_its_functions_are_exact(
    make: Make, formula: str, exact: float, within: float, beyond: float, sign: int
) -> None:
    """Expected: closed forms for a payment of 100 and 110 back a period later."""
    payments = {"A1": -100, "A2": 110}
    path = make(cells(("B1", formula, exact * (1 + sign * within)), constants=payments))
    assert refreshed(path).changed == []
    path = make(cells(("B1", formula, exact * (1 + sign * beyond)), constants=payments))
    assert [change.cell for change in refreshed(path).changed] == ["B1"]
    assert values(path, "B1") == [pytest.approx(exact, rel=1e-12)]


@pytest.mark.parametrize(
    ("old", "new", "calls", "divides", "reads_error", "expected"),
    [
        (4.0, CellError("#DIV/0!"), {"SUM"}, True, False, True),
        (4.0, CellError("#DIV/0!"), {"GAMMALN"}, False, False, False),
        (CellError("#DIV/0!"), 4.0, {"SUM"}, True, False, True),
        (4.0, CellError("#N/A"), {"MATCH"}, False, False, True),
        (4.0, CellError("#N/A"), {"SLOPE"}, False, False, False),
        (4.0, CellError("#NUM!"), {"MATCH"}, True, False, False),
        (4.0, CellError("#NUM!"), {"SUM"}, False, True, True),
        (CellError("#DIV/0!"), CellError("#N/A"), {"MATCH"}, True, False, False),
        (4.0, CellError("#DIV/0!"), {"COUNTIF"}, True, True, False),  # Excel counts past error values
        (4.0, 5.0, {"COUNTIF"}, False, False, True),
    ],
)
def test_an_error_is_explained_by_a_division_a_lookup_or_another_error(
    old: Any, new: Any, calls: set[str], divides: bool, reads_error: bool, expected: bool
) -> None:
    assert is_explicable(old, new, calls, divides, reads_error) is expected


@pytest.mark.parametrize(
    ("value", "dynamic", "expected"),
    [
        (CellError("#NAME?"), True, True),
        (CellError("#N/IMPL!"), False, True),
        (CellError("#CIRC!"), False, True),
        (CellError("#SPILL!"), False, True),
        (CellError("#SPILL!"), True, False),  # only a dynamic array can be blocked by other cells
        (CellError("#N/A"), False, False),
        ("#NAME?", False, False),
    ],
)
def test_an_error_of_the_engine_is_told_from_one_of_the_model(value: Any, dynamic: bool, expected: bool) -> None:
    assert is_engine_error(value, dynamic) is expected


@pytest.mark.parametrize(
    ("formula", "constant", "stored"),
    [
        ('=LEFT(A1,2)&"x"', True, "Txx"),  # a truth value as text is TRUE in Excel, in every language its own word
        ("=LEN(A1)", "2.50", 3),
        ("=LEN(TRUE)+A1*0", 1, 5),
        ("=LEN(FALSE)+A1*0", 1, 4),
    ],
)
def test_text_functions_are_not_trusted_with_truth_values_and_fractions(
    make: Make, formula: str, constant: Any, stored: Any
) -> None:
    """So a value that differs is kept, where the same function of other values is stale."""
    path = make(cells(("B1", formula, stored), ("B2", "=LEN(C1)", 9), constants={"A1": constant, "C1": "abc"}))
    assert set(kept(path)) == {"B1"}
    assert values(path, "B1", "B2") == [stored, 3]


def test_a_formula_of_nothing_that_was_typed_cannot_be_stale(make: Make) -> None:
    """It reads an array that is as it was: so the engine, which gives 6, is not believed over the file."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write_dynamic_array_formula("A1:A3", "=SEQUENCE(3)", None, 1)
        sheet.write_column("A2", [2, 3])
        sheet.write_formula("B1", "=SUM(A1:A3)", None, 7)
        sheet.write_formula("B2", "=SUM(A1:A4)", None, 8)
        book.calc_on_load = False

    path = make(fill)
    assert set(kept(path)) == {"B1"}
    assert values(path, "B1", "B2") == [7, 6]  # someone may have cleared A4


def test_a_circle_settles_to_the_change_that_the_workbook_allows(make: Make) -> None:
    """B1 = B2 / 2 + 5 has its fixed point at 10; the file stopped within its largest change of 0.001."""
    formulas = ("B1", "=B2/2+A1", 9.9995), ("B2", "=B1", 9.9995), ("B3", "=B1*1", 9.9995)
    path = make(cells(*formulas, constants={"A1": 5}))
    text = part(path, "xl/workbook.xml")
    rewrite(path, "xl/workbook.xml", text.replace("<calcPr ", '<calcPr iterate="1" iterateDelta="0.001" '))
    before = path.read_bytes()
    assert refreshed(path).changed == []
    assert path.read_bytes() == before


def test_an_empty_text_of_an_array_and_no_value_are_one(make: Make) -> None:
    """Excel stores no value in a cell that an array formula fills with an empty text; the formula is not stale."""

    def fill(book: Any, sheet: Any) -> None:
        sheet.write("C1", 1)
        sheet.write_array_formula("A1:A2", '{=IF({1;0}*C1>0,5,"")}', None, 5)
        book.calc_on_load = False

    path = make(fill)
    rewrite(path, "xl/worksheets/sheet1.xml", part(path).replace('<c r="A2"><v>0</v></c>', '<c r="A2"/>'))
    assert '<c r="A2"/>' in part(path)
    report = refreshed(path)
    assert (report.changed, report.kept) == ([], [])


@pytest.mark.parametrize(
    ("formula", "constant"),
    [("=(0.5-0.4-0.1)*1+0*TODAY()", "text"), ("=(A1*1.1-A1-A1*0.1)*1+0*TODAY()", 1e9)],
)
def test_rounding_beside_zero_is_no_change_though_the_function_is_volatile(
    make: Make, formula: str, constant: Any
) -> None:
    """Some programs store 0 where terms cancel; what is left of them in binary, -3e-17 or 1e-8, is no other value."""
    path = make(cells(("B1", formula, 0), ("B2", "=1>0", True), constants={"A1": constant}))
    assert refreshed(path).changed == []


def test_a_value_that_is_calculated_again_need_not_agree_with_its_old_inputs(make: Make) -> None:
    path = make(cells(("B1", "=A1*2", 2), ("B2", "=B1+1", 99), constants={"A1": 10}))
    report = refreshed(path)
    assert report.kept == []
    assert values(path, "B1", "B2") == [20, 21]
