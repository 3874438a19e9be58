"""Where checks draw the line: just beyond it there is a finding, and just short of it there is none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.chart import LineChart, Reference
from openpyxl.workbook.defined_name import DefinedName

from tests.audit import house
from tests.audit.models import saved
from xlfuncs import REGISTRY
from xlfuncs.audit import check


@pytest.fixture
def cells_of(tmp_path: Path) -> Any:
    """The cells that a check names on the first sheet, filled row by row from A1."""

    def find(rule: str, rows: list[list[Any]], formats: dict[str, str] | None = None) -> list[str]:
        book = Workbook()
        for row in rows:
            book.active.append(row)
        for cell, code in (formats or {}).items():
            book.active[cell].number_format = code
        findings = check(saved(book, tmp_path / "book.xlsx"), REGISTRY, only=[rule])
        return [cell for finding in findings for cell in finding.cell.split(",")]

    return find


# -- B51: ranges ---------------------------------------------------------------------------------


@pytest.mark.parametrize("code, reported", [("General", ["C1"]), ("0.00", ["C1"]), ("0%", []), ("0.0%", [])])
def test_a_percentage_below_a_range_of_amounts_is_not_left_out_of_it(
    cells_of: Any, code: str, reported: list[str]
) -> None:
    rows = [[10, None, "=SUM(A1:A4)"], [20], [30], [40], [50]]
    assert cells_of("B51", rows, {"A5": code}) == reported


def test_an_amount_below_a_range_of_percentages_is_not_left_out_of_it(cells_of: Any) -> None:
    rows = [[0.1, None, "=SUM(A1:A3)"], [0.2], [0.3], [0.4]]
    percent = {f"A{row}": "0%" for row in range(1, 4)}
    assert cells_of("B51", rows, percent) == []
    assert cells_of("B51", rows, {**percent, "A4": "0%"}) == ["C1"]


def test_a_cell_above_a_range_is_left_out_unless_it_is_a_year(cells_of: Any) -> None:
    def rows(first: int) -> list[list[Any]]:
        return [[first, None, "=SUM(A2:A5)"], [10], [20], [30], [40]]

    assert cells_of("B51", rows(25)) == ["C1"]
    assert cells_of("B51", rows(2025)) == []
    assert cells_of("B51", rows(2101)) == ["C1"]


def test_a_cell_that_another_formula_reads_is_not_left_out(cells_of: Any) -> None:
    rows = [[10, None, "=SUM(A1:A4)"], [20], [30], [40], [50]]
    assert cells_of("B51", [*rows, [], [None, None, "=A5*2"]]) == []
    assert cells_of("B51", [*rows, [], [None, None, "=A4*2"]]) == ["C1"]


def test_a_lookup_needs_five_cells_to_search_in_a_list(cells_of: Any) -> None:
    def rows(count: int) -> list[list[Any]]:
        numbers: list[list[Any]] = [[10 * row] for row in range(1, count + 2)]
        numbers[0] += [None, f"=MATCH(10,A1:A{count},0)"]
        return numbers

    assert cells_of("B51", rows(5)) == ["C1"]
    assert cells_of("B51", rows(4)) == []


# -- B33: blanks ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "filled, formulas, reported",
    [
        (0, 1, 1),  # a formula by itself
        (0, 2, 2),  # two are no form to be filled in yet
        (0, 3, 0),  # three are
        (1, 3, 0),  # and so they are where most of them read blanks
        (2, 3, 1),
        (2, 4, 2),  # half of them are not most of them
        (2, 5, 0),
    ],
)
def test_like_formulas_that_mostly_read_blanks_are_a_form_to_be_filled_in(
    cells_of: Any, filled: int, formulas: int, reported: int
) -> None:
    rows = [[row + 1 if row < filled else None, None, f"=A{row + 1}*2"] for row in range(formulas)]
    areas = cells_of("B33", rows)
    first = filled + 1
    expected = [] if not reported else [f"C{first}" if reported == 1 else f"C{first}:C{formulas}"]
    assert areas == expected


# -- B24, B26, B28, B37: single formulas ---------------------------------------------------------


@pytest.mark.parametrize(
    "formula, is_reported",
    [
        ("=A1+12", False),
        ("=A1+13", True),
        ("=A1-12", False),
        ("=A1*31", False),
        ("=A1*32", True),
        ("=A1*1000", False),
        ("=A1+1000", True),
        ("=A1/365", False),
        ("=A1*1.5", True),
        ("=A1*12%", True),
        ("=A1*100%", False),
        ("=IF(A1<0.0005,0,A1)", False),
        ("=IF(A1<0.05,0,A1)", True),
        ("=ROUND(A1,17)", False),
        ("=5*17", False),  # which reads no cell
    ],
)
def test_numbers_in_formulas_are_assumptions_from_a_size_on(cells_of: Any, formula: str, is_reported: bool) -> None:
    assert cells_of("B24", [[10, None, formula]]) == (["C1"] if is_reported else [])


@pytest.mark.parametrize(
    "formula, is_reported",
    [
        ("=A1" + 84 * "+A1", False),  # 255 characters
        ("=A1" + 83 * "+A1" + "+A10", True),  # 256
        ('=A1&"' + 254 * "x" + '"', False),
    ],
)
def test_a_formula_is_long_from_256_characters_on_texts_left_out(
    cells_of: Any, formula: str, is_reported: bool
) -> None:
    assert cells_of("B26", [[10, None, formula]]) == (["C1"] if is_reported else [])


@pytest.mark.parametrize(
    "formula, is_reported",
    [
        ("=ABS(ABS(ABS(ABS(ABS(A1)))))", False),
        ("=ABS(ABS(ABS(ABS(ABS(ABS(A1))))))", True),
        ("=IFERROR(ABS(ABS(ABS(ABS(ABS(A1))))),0)", False),
        ("=IF(A1>0,IF(A1>1,2,1),0)", False),
        ("=IF(A1>0,IF(A1>1,IF(A1>2,3,2),1),0)", True),
    ],
)
def test_functions_are_nested_too_deeply_from_a_level_on(cells_of: Any, formula: str, is_reported: bool) -> None:
    assert cells_of("B28", [[10, None, formula]]) == (["C1"] if is_reported else [])


@pytest.mark.parametrize("arguments, is_reported", [("0.3", True), ("0.3,0.1", False), ("0.3,0.1,1", False)])
def test_a_call_needs_the_required_arguments(cells_of: Any, arguments: str, is_reported: bool) -> None:
    assert cells_of("B37", [[f"=RULE_OF_40({arguments})"]]) == (["A1"] if is_reported else [])


def test_a_call_takes_no_more_than_the_optional_arguments(cells_of: Any) -> None:
    assert cells_of("B37", [["=RULE_OF_40(0.3,0.1,1,1)"]]) == ["A1"]


# -- B14, B19, B21, B34: lists of numbers --------------------------------------------------------


@pytest.mark.parametrize("count, is_reported", [(5, True), (4, False)])
def test_five_years_make_a_time_axis(cells_of: Any, count: int, is_reported: bool) -> None:
    years = [2024, 2024, 2026, 2027, 2028][:count]
    assert cells_of("B14", [years]) == (["B1"] if is_reported else [])


@pytest.mark.parametrize(
    "numbers, reported",
    [
        ([10, 11, 12, 600], ["D1"]),
        ([10, 11, 12, 550], []),  # fifty times the middle
        ([10, 11, 12, 551], ["D1"]),
        ([510, 550, 600, 10], ["D1"]),
        ([10, 50, 101, 5100], []),  # the others are not alike
        ([10, 50, 100, 5100], ["D1"]),
        ([11, 12, 700], []),  # too few to tell
    ],
)
def test_a_number_fifty_times_off_is_in_another_unit(cells_of: Any, numbers: list[float], reported: list[str]) -> None:
    assert cells_of("B19", [numbers]) == reported


@pytest.mark.parametrize(
    "numbers, reported",
    [([10, 20, 30], ["A3"]), ([10, 20, 31], []), ([10, 10], []), ([10, 20, 30, 60], ["A4"])],
)
def test_a_typed_total_is_the_sum_of_two_or_more_numbers_above(
    cells_of: Any, numbers: list[float], reported: list[str]
) -> None:
    rows: list[list[Any]] = [[number, "Line"] for number in numbers]
    rows[-1][1] = "Total"
    assert cells_of("B21", rows) == reported


@pytest.mark.parametrize(
    "count, read, reported", [(9, 8, ["A9"]), (9, 7, ["A8:A9"]), (9, 6, []), (9, 9, []), (7, 5, []), (3, 2, [])]
)
def test_a_number_is_unused_where_four_of_five_beside_it_are_read(
    cells_of: Any, count: int, read: int, reported: list[str]
) -> None:
    rows = [[10 + row, None, f"=A{row + 1}*2" if row < read else None] for row in range(count)]
    assert cells_of("B34", rows) == reported


@pytest.mark.parametrize("headings, reported", [([2024, 2025], []), ([2024, None], ["A1"])])
def test_a_line_of_unread_numbers_is_one_of_headings(cells_of: Any, headings: list[Any], reported: list[str]) -> None:
    rows = [headings, *([row, row + 1, f"=A{row}+B{row}"] for row in range(2, 8))]
    assert cells_of("B34", rows) == reported


# -- B51: more of ranges -------------------------------------------------------------------------


def test_an_unread_cell_between_a_range_and_its_total_is_left_out_whatever_it_holds(cells_of: Any) -> None:
    rows = [[10, None, 7], [20], [30], ["=C1*2"], ["=SUM(A1:A3)"]]
    assert cells_of("B51", rows) == ["A5"]
    assert cells_of("B51", [*rows, [], [None, None, "=A4+1"]]) == []


def test_a_formula_like_those_in_a_range_is_left_out_although_it_is_read(cells_of: Any) -> None:
    rows = [[row + 1, f"=A{row + 1}*2"] for row in range(4)]
    rows += [[None, "Total"], [None, "=SUM(B1:B3)"]]
    assert cells_of("B51", [*rows, [], [None, None, "=B4+1"]]) == ["B6"]


def test_a_range_ends_where_another_one_begins(cells_of: Any) -> None:
    rows = [[row + 1, f"=A{row + 1}*2"] for row in range(6)]
    rows += [[None, "Totals"], [None, "=SUM(B1:B3)"], [None, "=SUM(B4:B6)"]]
    assert cells_of("B51", rows) == []


@pytest.mark.parametrize("code, is_reported", [("General", True), ("0%", False)])
def test_a_chart_stops_short_of_a_number_of_the_same_kind(tmp_path: Path, code: str, is_reported: bool) -> None:
    book = Workbook()
    sheet = book.active
    for year in range(2024, 2029):
        sheet.append([year, 10 * (year - 2000)])
    sheet["B5"].number_format = code
    chart = LineChart()
    chart.add_data(Reference(sheet, min_col=2, min_row=1, max_row=4), titles_from_data=False)
    sheet.add_chart(chart, "D2")
    findings = check(saved(book, tmp_path / "book.xlsx"), REGISTRY, only=["B51"])
    assert bool(findings) == is_reported


# -- B14: time axes ------------------------------------------------------------------------------


def _month_ends(*months: int) -> list[dt.date]:
    """The last days of months, counted from January 2026."""
    return [dt.date(2026 + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1) for month in months]


@pytest.mark.parametrize(
    "dates, reported",
    [
        (_month_ends(7, 8, 9, 10, 11, 12, 13), []),  # months of 30 and 31 days
        (_month_ends(7, 8, 10, 11, 12, 13), ["C1"]),  # one is left out
        (_month_ends(7, 8, 10, 13, 17, 24, 36), []),  # no axis: the steps are all different
    ],
)
def test_months_of_different_lengths_are_even_steps(cells_of: Any, dates: list[dt.date], reported: list[str]) -> None:
    assert cells_of("B14", [dates], {"A1": "yyyy-mm-dd"}) == reported


@pytest.mark.parametrize("numbers, reported", [([1, 2, 9, 4, 5, 6], ["C1"]), ([1, 2, 3, 4, 5, 9], [])])
def test_a_sequence_may_end_with_another_number(cells_of: Any, numbers: list[int], reported: list[str]) -> None:
    assert cells_of("B14", [numbers]) == reported


# -- B11, B20, B21, B25: neighbours --------------------------------------------------------------


@pytest.mark.parametrize("below, is_reported", [([5, 6], True), ([5, None], False)])
def test_merged_cells_matter_beside_two_figures(tmp_path: Path, below: list[Any], is_reported: bool) -> None:
    book = Workbook()
    book.active.append([1, None])
    book.active.append(below)
    book.active.merge_cells("A1:B1")
    findings = check(saved(book, tmp_path / "book.xlsx"), REGISTRY, only=["B11"])
    assert [finding.cell for finding in findings] == (["A1"] if is_reported else [])


@pytest.mark.parametrize(
    "rows, reported",
    [
        ([["5", "=A1*2"]], ["A1"]),  # a formula beside it calculates with it
        ([["5", '=A1&"x"']], []),  # or takes it as text
        ([["5", None, "=A1*2"]], []),
        ([["5", None, "=A1*2"], [6]], ["A1"]),  # a number below it
        ([["5"], [6]], []),  # nothing reads it
        ([["5 apples", "=A1*2"]], []),
    ],
)
def test_a_number_stored_as_text_matters_where_it_is_used_as_a_number(
    cells_of: Any, rows: list[list[Any]], reported: list[str]
) -> None:
    assert cells_of("B20", rows) == reported


@pytest.mark.parametrize("typed, reported", [(1, ["B5"]), (3, ["B13:B15"]), (4, [])])
def test_numbers_in_the_style_of_formulas_are_typed_over_unless_there_are_many(
    cells_of: Any, typed: int, reported: list[str]
) -> None:
    formulas = 4 * typed
    rows: list[list[Any]] = [[row + 1, f"=A{row + 1}*{row + 2}"] for row in range(formulas)]
    rows += [[None, 7.5] for _ in range(typed)]
    rows[0] += [1, 2, 3]  # inputs, in another style
    formats = {f"B{row + 1}": "0.00" for row in range(formulas + typed)}
    for row in range(formulas, formulas + typed):
        rows[row][0] = f"=B{row + 1}*{row + 2}"  # a formula beside the number
        formats[f"A{row + 1}"] = "0.00"
    assert cells_of("B21", rows, formats) == reported


def test_the_first_number_of_a_series_is_not_typed_over_a_formula(cells_of: Any) -> None:
    rows = [[100], *([f"=A{row}*1.1"] for row in range(1, 10))]
    assert cells_of("B21", rows, {f"A{row}": "0.00" for row in range(1, 11)}) == []
    across = [[100, *(f"={column}1*1.1" for column in "ABCDE"), None, "=SUM(A1:F1)"]]
    assert cells_of("B21", across) == []


@pytest.mark.parametrize("typed, reported", [("CG", ["C2", "G2"]), ("CEG", [])])
def test_a_run_of_eight_formulas_may_have_two_odd_cells(cells_of: Any, typed: str, reported: list[str]) -> None:
    columns = "ABCDEFGHIJK"[: 8 + len(typed)]
    numbers = [10 + place for place, _ in enumerate(columns)]
    line = [5.5 if column in typed else f"={column}1*2" for column in columns]
    assert cells_of("B21", [numbers, line]) == reported


@pytest.mark.parametrize("continued, reported", [(3, ["F4:F5"]), (2, [])])
def test_a_run_goes_on_where_two_thirds_of_those_beside_it_do(
    cells_of: Any, continued: int, reported: list[str]
) -> None:
    rows = []
    for row in range(1, 6):
        formula = f"=$A{row}*{row + 1}"
        rows.append([row, *4 * [formula], formula if row <= continued else 90 + row])
    assert cells_of("B21", rows) == reported


@pytest.mark.parametrize("odd, reported", [("=One!J1", []), ("=One!A1", ["E1"]), ("=One!B1", ["E1"])])
def test_a_link_in_another_order_is_odd_where_its_cell_is_linked_already(
    tmp_path: Path, odd: str, reported: list[str]
) -> None:
    book = Workbook()
    book.active.title = "One"
    book.active.append([*range(11, 21)])
    links = [f"=One!{column}1" for column in "ABCDEFGH"]
    links[4] = odd
    book.create_sheet("Two").append(links)
    findings = check(saved(book, tmp_path / "book.xlsx"), REGISTRY, only=["B25"])
    assert [finding.cell for finding in findings] == reported


# -- B41, B42: values ----------------------------------------------------------------------------


def test_what_depends_on_a_volatile_function_is_not_stale(cells_of: Any) -> None:
    assert cells_of("B41", [["=RAND()", "=A1*2", "=B1+1"]]) == []


@pytest.mark.parametrize(
    "formulas, sentence",
    [
        (["=1/0"], ""),
        (["=1/0", "=A1+1"], "The error spreads to 1 more cell."),
        (["=1/0", "=A1+1", "=B1+1"], "The error spreads to 2 more cells."),
    ],
)
def test_an_error_says_how_far_it_spreads(tmp_path: Path, formulas: list[str], sentence: str) -> None:
    book = Workbook()
    book.active.append(formulas)
    (finding,) = check(saved(book, tmp_path / "book.xlsx"), REGISTRY, only=["B42"])
    assert finding.cell == "A1"
    assert finding.message.startswith("The cell shows #DIV/0!.")
    assert finding.message.endswith(sentence)
    assert ("spreads" in finding.message) == bool(sentence)


# -- templates -----------------------------------------------------------------------------------


@pytest.fixture
def cells_of_template(tmp_path: Path) -> Any:
    """The cells that a check names in a template that was changed."""

    def find(rule: str, change: Callable[[Any], object]) -> list[str]:
        book = house.workbook()
        change(book)
        findings = check(saved(book, tmp_path / "book.xlsx"), REGISTRY, only=[rule])
        return [f"{finding.sheet}!{finding.cell}" for finding in findings]

    return find


@pytest.mark.parametrize("days, note, is_reported", [(548, "", False), (549, "", True), (549, "The newest", False)])
def test_a_figure_is_stale_after_eighteen_months(
    cells_of_template: Any, days: int, note: str, is_reported: bool
) -> None:
    def age(book: Any) -> None:
        book["Cover"]["C7"] = dt.date(2026, 3, 31) + dt.timedelta(days=days)
        book["Data"]["L5"] = note

    assert cells_of_template("B18", age) == (["Data!H5"] if is_reported else [])


def test_number_formats_show_shares_and_negative_numbers(cells_of_template: Any) -> None:
    def share(book: Any) -> None:
        book["Calc_Value"]["H7"].number_format = "0.00;(0.00);0.00"

    def negative(book: Any) -> None:
        book["Calc_Value"]["H11"] = "=-H6*H7"
        book["Calc_Value"]["H11"].number_format = "0.00;-0.00"

    assert cells_of_template("B54", share) == ["Calc_Value!H7"]
    assert cells_of_template("B54", negative) == ["Calc_Value!H11"]


@pytest.mark.parametrize("hidden", [True, False])
def test_a_hidden_name_needs_no_prefix(cells_of_template: Any, hidden: bool) -> None:
    def add(book: Any) -> None:
        book.defined_names["churn_rate"] = DefinedName("churn_rate", attr_text="Inputs!$D$9", hidden=hidden)

    assert cells_of_template("B36", add) == ([] if hidden else ["!churn_rate"])
