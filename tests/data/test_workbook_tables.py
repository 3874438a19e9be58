"""The declared tables brought up to date: a workbook in memory, and real files."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from xlfuncs import data
from xlfuncs.core.cell_range import CellBlock
from xlfuncs.data import workbook_tables
from xlfuncs.data.tables import Observation, Source

DAY = dt.date(2026, 11, 25)
OLD, NEW = dt.date(2026, 6, 30), dt.date(2026, 9, 30)
FIGURES = ["Key", "Unit", "Low", "Value", "High", "As of", "Source", "Note"]
INPUTS = ["Label", "Base", "Low", "High", "Source key", "As of"]


class Grid:
    """A workbook in memory."""

    def __init__(self, **areas: list[list[Any]]) -> None:
        self.areas = {name: [list(row) for row in rows] for name, rows in areas.items()}

    def area(self, name: str) -> CellBlock | None:
        return CellBlock(name, 4, 2, self.areas[name]) if name in self.areas else None

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        self.areas[sheet][row - 4][column - 2] = value


def figure(
    value: float, low: float | None = None, high: float | None = None, unit: str = "USD m", day: dt.date = NEW
) -> Observation:
    source = Source("s", "A report", "https://example.org", "")
    return Observation("ACME", "revenue", day, value, low or value, high or value, unit, "high", source, "")


def find(**known: Observation) -> workbook_tables.FindFigure:
    def one(key: str) -> Observation:
        name = key.replace(".", "_")
        if name not in known:
            raise data.DataNotFound(f"There is no {key}.")
        return known[name]

    return one


def grid(base: float = 100, value: float = 100) -> Grid:
    return Grid(
        data_figures=[FIGURES, ["ACME.revenue", "USD m", 90, value, 110, OLD, "An old report", "mine"]],
        data_inputs=[INPUTS, ["Revenue", base, 90, 110, "ACME.revenue", OLD]],
    )


def test_a_figure_and_the_input_that_follows_it_take_the_new_value_and_its_range() -> None:
    book = grid()
    done = workbook_tables.update_tables(book, find(ACME_revenue=figure(120, 118, 130)))
    assert book.areas["data_figures"][1] == ["ACME.revenue", "USD m", 118, 120, 130, NEW, "A report", "mine"]
    assert book.areas["data_inputs"][1] == ["Revenue", 120, 118, 130, "ACME.revenue", NEW]
    assert {(one.what, one.old, one.new) for one in done.inputs} >= {("base", 100, 120), ("low", 90, 118)}
    assert done.kept == []


def test_a_figure_without_a_range_takes_over_the_relative_range_of_the_workbook() -> None:
    book = grid()
    workbook_tables.update_tables(book, find(ACME_revenue=figure(200)))
    assert book.areas["data_figures"][1][2:5] == [180, 200, 220]


def test_a_second_update_changes_nothing() -> None:
    book = grid()
    workbook_tables.update_tables(book, find(ACME_revenue=figure(200)))
    again = workbook_tables.update_tables(book, find(ACME_revenue=figure(200)))
    assert not again
    assert again.declared


def test_an_input_that_the_user_changed_stays_and_is_listed_as_a_conflict() -> None:
    book = grid(base=105)
    done = workbook_tables.update_tables(book, find(ACME_revenue=figure(120)))
    assert book.areas["data_inputs"][1] == ["Revenue", 105, 90, 110, "ACME.revenue", OLD]
    (kept,) = done.conflicts
    assert (kept.sheet, kept.cell) == ("data_inputs", (5, 3))
    assert "105" in kept.why
    assert "120" in kept.why


def test_an_input_of_the_users_whose_figure_stands_is_kept_without_a_conflict() -> None:
    done = workbook_tables.update_tables(grid(base=105), find(ACME_revenue=figure(100, 90, 110, day=OLD)))
    assert [one.conflict for one in done.kept] == [False]


def test_a_changed_end_of_the_range_makes_an_input_the_users_own() -> None:
    book = grid()
    book.areas["data_inputs"][1][2] = 50
    done = workbook_tables.update_tables(book, find(ACME_revenue=figure(120)))
    assert book.areas["data_inputs"][1][1:4] == [100, 50, 110]
    assert done.conflicts


def test_figures_come_in_the_unit_of_the_workbook() -> None:
    book = grid()
    workbook_tables.update_tables(book, find(ACME_revenue=figure(0.12, unit="USD bn")))
    assert book.areas["data_figures"][1][3] == pytest.approx(120, rel=1e-12)


def test_a_figure_in_another_kind_of_unit_is_a_conflict() -> None:
    book = grid()
    done = workbook_tables.update_tables(book, find(ACME_revenue=figure(3, unit="users")))
    assert book.areas["data_figures"][1][3] == 100
    assert "users" in done.conflicts[0].why


def test_an_older_figure_is_taken_only_where_the_day_is_pinned() -> None:
    older = figure(80, day=dt.date(2025, 1, 1))
    book = grid()
    done = workbook_tables.update_tables(book, find(ACME_revenue=older))
    assert not done
    assert "newer" in done.kept[0].why
    assert workbook_tables.update_tables(book, find(ACME_revenue=older), pinned=True).figures
    assert book.areas["data_figures"][1][3] == 80


def test_a_figure_that_the_source_lacks_is_kept_and_said() -> None:
    done = workbook_tables.update_tables(grid(), find())
    assert "There is no ACME.revenue" in done.kept[0].why


def test_a_workbook_that_declares_nothing_is_left_alone() -> None:
    done = workbook_tables.update_tables(Grid(other=[["Key", "Value"]]), find())
    assert not done.declared
    assert not done


def test_the_log_gets_a_row_on_top_and_keeps_the_others() -> None:
    head: list[Any] = ["Version", "Date", "Author", "Change", "Checks"]
    first: list[Any] = ["0.1.0", OLD, "me", "Built", "all pass"]
    book = Grid(data_log=[head, first, [None] * 5, [None] * 5])
    assert workbook_tables.add_log_row(book, "3 figures", "all pass", DAY)
    assert book.areas["data_log"][1] == ["0.1.0", DAY, workbook_tables.AUTHOR, "3 figures", "all pass"]
    assert book.areas["data_log"][2] == first


def test_a_full_log_is_left_as_it_is() -> None:
    rows: list[list[Any]] = [
        ["Version", "Date", "Author", "Change", "Checks"],
        ["0.1.0", OLD, "me", "Built", "all pass"],
    ]
    assert not workbook_tables.add_log_row(Grid(data_log=rows), "3 figures", "all pass", DAY)


def test_the_sentence_counts_figures_inputs_and_what_is_the_users() -> None:
    done = workbook_tables.update_tables(grid(base=105), find(ACME_revenue=figure(120)))
    assert done.sentence("x") == "1 figure and 0 inputs brought up to date from x; 1 input of your own kept"


def test_keys_of_every_kind_are_figures() -> None:
    for key in ("US.model_churn", "OPENAI.revenue", "h100-sxm.bw_tbs", "gpt-4.1.price_output", "USD.fx_CNY"):
        assert data.figure(key).value > 0
    with pytest.raises(data.DataNotFound, match="entity"):
        data.figure("NOBODY.revenue")
