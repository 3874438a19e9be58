"""Refresh data, asked of the server: as the headless refresh of the same file does it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import workbooks
from tests.hosts.officejs.books import DAY, Moved, Seen, job
from tests.hosts.officejs.running import Served, running
from xlfuncs.services.refresh import DataSource, refresh

pytestmark = pytest.mark.slow  # refreshes templates through a server

TEMPLATES = Path(workbooks.__file__).parent.parent / "templates"
FACTOR = 1.5
TABLES = ("data_figures", "data_inputs", "data_version", "data_log")


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose data set has moved."""
    with running(tmp_path_factory.mktemp("secrets"), more_tasks={"/refresh": job(Moved(FACTOR))}) as found:
        yield found


def copy(name: str, folder: Path) -> Path:
    """A copy of a template, one of whose inputs is the user's own."""
    path = Path(shutil.copy(TEMPLATES / f"{name}.xlsx", folder / f"{name}.xlsx"))
    book = openpyxl.load_workbook(path)
    ((sheet, address),) = book.defined_names["data_inputs"].destinations
    rows = book[sheet][address.replace("$", "")]
    heads = [cell.value and cell.value.lower() for cell in rows[0]]
    keys = {cell.value for row in book["Data"].iter_rows() for cell in row}
    row = next(row for row in rows[1:] if row[heads.index("source key")].value in keys - {None})
    row[heads.index("base")].value = 0.123
    book.save(path)
    return path


def answer(served: Served, sent: dict[str, Any]) -> dict[str, Any]:
    response = served.post(sent, "/refresh")
    assert response.status_code == 200, response.text
    return response.json()


@pytest.mark.parametrize("name", workbooks.NAMES)
def test_the_edits_are_what_the_headless_refresh_makes_of_the_file(name: str, tmp_path: Path, moved: Served) -> None:
    path = copy(name, tmp_path)
    told = answer(moved, Seen(path).sent())
    before = Seen(path)
    done = refresh(path, source=DataSource(Moved(FACTOR), "a test"), today=DAY)
    log = told["log"]["passing" if done.outputs.get("chk_master", 1) == 1 else "failing"]
    after = Seen(path)
    differing = {
        (sheet, cell): after.value(sheet, cell)
        for table in TABLES
        for sheet, cell, is_formula in before.cells(table)
        if not is_formula and before.value(sheet, cell) != after.value(sheet, cell)
    }
    edits = {(one["sheet"], one["cell"]): one["new"] for one in [*told["edits"], *log]}
    assert len(differing) > 5
    assert edits == pytest.approx(differing)
    old = {(one["sheet"], one["cell"]): one["old"] for one in told["edits"]}
    assert old == {place: before.value(*place) for place in old}
    assert any(one["conflict"] and "Your own value 0.123 replaces" in one["why"] for one in told["kept"])


def test_the_row_of_the_log_says_whether_the_checks_pass(tmp_path: Path, moved: Served) -> None:
    log = answer(moved, Seen(copy("unit_economics", tmp_path)).sent())["log"]
    both = {word: {(one["sheet"], one["cell"]): one["new"] for one in log[word]} for word in log}
    ((place, failing),) = both["failing"].items() - both["passing"].items()
    assert failing == "a check fails"
    assert both["passing"].get(place, Seen(TEMPLATES / "unit_economics.xlsx").value(*place)) == "all pass"


def test_the_installed_data_changes_nothing_in_a_template(served: Served) -> None:
    told = answer(served, Seen(TEMPLATES / "unit_economics.xlsx").sent())
    assert (told["declared"], told["edits"], told["log"]) == (True, [], {"passing": [], "failing": []})


def test_a_cell_with_a_formula_is_kept(tmp_path: Path, moved: Served) -> None:
    sent = Seen(copy("unit_economics", tmp_path)).sent()
    first = answer(moved, sent)["edits"][0]
    area = next(one for one in sent["areas"].values() if one["sheet"] == first["sheet"])
    column = openpyxl.utils.cell.coordinate_from_string(first["cell"])
    place = (column[1] - area["row"], openpyxl.utils.column_index_from_string(column[0]) - area["column"])
    area["formulas"].append(list(place))
    told = answer(moved, sent)
    assert (first["sheet"], first["cell"]) not in {(one["sheet"], one["cell"]) for one in told["edits"]}
    assert any(one["cell"] == first["cell"] and "formula" in one["why"] for one in told["kept"])


def test_dates_count_from_1904_where_the_workbook_has_it_so(tmp_path: Path, moved: Served) -> None:
    sent = Seen(copy("unit_economics", tmp_path)).sent()
    area = sent["areas"]["data_figures"]
    column = [str(head).lower() for head in area["rows"][0]].index("as of")
    for row in area["rows"][1:]:
        row[column] = row[column] and row[column] - 1462  # days between the two
    told = answer(moved, sent | {"day": 35064})
    dates = [one for one in told["edits"] if one.get("what") == "as of" and one["sheet"] == area["sheet"]]
    assert dates
    assert {one["new"] for one in dates} == {openpyxl.utils.datetime.to_excel(DAY) - 1462}
    assert {one["shown"][1] for one in dates} == {str(DAY)}


def test_a_workbook_without_tables_declares_nothing(moved: Served) -> None:
    assert answer(moved, {"areas": {}})["declared"] is False


GOOD: dict[str, Any] = {"sheet": "Data", "row": 1, "column": 1, "rows": [["key", "value"]], "formulas": []}
CHANGES: list[dict[str, Any]] = [
    {"sheet": 1}, {"row": 0}, {"row": 2**40}, {"column": 1.5}, {"column": True}, {"rows": []}, {"rows": [[]]},
    {"rows": [[1], [1, 2]]}, {"rows": [[[1]]]}, {"rows": [[{}]]}, {"formulas": [1]}, {"formulas": [[1]]},
    {"formulas": [[-1, 0]]}, {"formulas": None},
]  # fmt: skip
BAD: list[dict[str, Any]] = [
    {}, {"areas": []}, {"areas": {"data_figures": 1}}, {"areas": {"data_figures": {}}},
    {"areas": {}, "day": "x"}, {"areas": {}, "day": 1e300}, {"areas": {}, "day": -1},
    *[{"areas": {"data_figures": GOOD | change}} for change in CHANGES],
]  # fmt: skip


@pytest.mark.parametrize("sent", BAD)
def test_what_are_no_tables_is_refused_with_a_sentence(moved: Served, sent: dict[str, Any]) -> None:
    response = moved.post(sent, "/refresh")
    assert response.status_code == 400
    assert response.json()["error"].endswith(".")
