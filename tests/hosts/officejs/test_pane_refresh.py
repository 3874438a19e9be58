"""Refresh data in the task pane: shown first, written on Apply, and never over what is the user's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.hosts.officejs.books import DAY, Moved, Seen, job
from tests.hosts.officejs.browsing import SIZES, Opened, faults_of, fits, opener, until
from tests.hosts.officejs.running import Served, running
from tests.hosts.officejs.test_refresh import copy
from xlfuncs.services.refresh import DataSource, refresh

pytestmark = pytest.mark.slow  # starts a browser

FACTOR = 1.5


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server whose data set has moved."""
    with running(tmp_path_factory.mktemp("secrets"), more_tasks={"/refresh": job(Moved(FACTOR))}) as found:
        yield found


@pytest.fixture
def opened(browser: Browser, moved: Served) -> Opened:
    """Opens pages of that server."""
    return opener(browser, moved)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A user's copy of a template, with an input of his own."""
    return copy("unit_economics", tmp_path_factory.mktemp("books"))


@pytest.fixture(scope="module")
def seen(path: Path) -> Seen:
    """That copy in Excel."""
    return Seen(path)


def previewed(page: Page) -> None:
    page.get_by_role("button", name="Refresh data").click()
    expect(page.get_by_role("heading", name="Refresh data: a preview")).to_be_visible()


def cells(page: Page) -> dict[tuple[str, str], object]:
    """Every value of the workbook in Excel that is not blank."""
    found = page.evaluate("testBook.sheets")
    return {
        (sheet, cell): one["value"] for sheet, kept in found.items() for cell, one in kept.items() if one["value"] != ""
    }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
def test_the_preview_can_be_read_by_everybody(opened: Opened, seen: Seen, width: int, scheme: str) -> None:
    with opened("pane.html", width, scheme, book=seen.script, picture="refresh") as page:
        previewed(page)
        assert faults_of(page) == []
        assert fits(page)


def test_the_preview_writes_nothing_and_shows_old_new_and_conflicts(opened: Opened, seen: Seen) -> None:
    with opened("pane.html", book=seen.script) as page:
        before = cells(page)
        previewed(page)
        assert cells(page) == before
        assert page.evaluate("testBook.writes") == []
        row = page.locator("tr", has_text="CN.model_arpa, base")
        expect(row).to_have_count(1)
        place = row.get_by_role("button").inner_text()
        old = seen.value(*place.split("!"))
        assert [float(one) for one in row.locator("td").all_inner_texts()] == pytest.approx(
            [old, FACTOR * old], rel=1e-5
        )
        expect(page.locator("#said")).to_contain_text("Conflicts: your values stay")
        expect(page.locator("#said")).to_contain_text("Your own value 0.123 replaces")
        row.get_by_role("button").click()
        until(page, f"testBook.chosen === '{place}'")


def test_what_is_applied_is_what_the_headless_refresh_writes(
    opened: Opened, seen: Seen, path: Path, tmp_path: Path
) -> None:
    with opened("pane.html", book=seen.script) as page:
        before = cells(page)
        previewed(page)
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("#said")).to_contain_text("Done: 31 figures and 30 inputs brought up to date from a test")
        expect(page.locator("#said")).to_contain_text("Your own value 0.123")
        after = cells(page)
        protected = page.evaluate("testBook.protected")
        written = {tuple(one.split("!")) for one in page.evaluate("testBook.writes")}
    headless = tmp_path / "headless.xlsx"
    refresh(path, out=headless, source=DataSource(Moved(FACTOR), "a test"), today=DAY)
    refreshed = Seen(headless)
    tables = ("data_figures", "data_inputs", "data_version")
    places = [place for name in tables for *place, is_formula in seen.cells(name) if not is_formula]
    expected = {(sheet, cell): value for sheet, cell in places if (value := refreshed.value(sheet, cell)) is not None}
    assert {place: after.get(place) for place in expected} == pytest.approx(expected)
    log = {(sheet, cell) for sheet, cell, _ in seen.cells("data_log")}
    assert {place for place in after if after[place] != before.get(place)} <= {*expected, *log}
    assert not written & {
        (sheet, cell) for name in tables for sheet, cell, is_formula in seen.cells(name) if is_formula
    }
    assert after["Log", "D5"] == "xlfuncs refresh"
    assert sorted(protected) == sorted(seen.protected)


@pytest.mark.parametrize("passes, words", [(True, "all pass"), (False, "a check fails")])
def test_the_log_says_whether_the_checks_pass_once_calculated(
    opened: Opened, seen: Seen, passes: bool, words: str
) -> None:
    sheet, cell = seen.names["chk_master"].removeprefix("=").replace("$", "").replace("'", "").split("!")
    with opened("pane.html", book=seen.script) as page:
        value = str(passes).lower()
        page.evaluate(f"testBook.calculated = () => {{ testBook.sheets['{sheet}'].{cell}.value = {value}; }}")
        previewed(page)
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("#said")).to_contain_text("Done: ")
        assert cells(page)["Log", "F5"] == words


@pytest.mark.parametrize("change", ["one.value = 77", "one.formula = '=1+1'"])
def test_a_cell_that_changed_since_the_preview_stops_everything(opened: Opened, seen: Seen, change: str) -> None:
    with opened("pane.html", book=seen.script) as page:
        previewed(page)
        row = page.locator("tr", has_text="CN.model_arpa, base")
        sheet, cell = row.get_by_role("button").inner_text().split("!")
        page.evaluate(f"{{ const one = testBook.sheets['{sheet}'].{cell}; {change}; }}")
        before = cells(page)
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("#said")).to_contain_text(f"Nothing was written: {sheet}!{cell} changed since the preview")
        assert cells(page) == before


@pytest.mark.parametrize("sheet", ["Data", "Inputs", "Log"])
def test_where_a_sheet_has_a_password_all_is_left_as_it_was(opened: Opened, seen: Seen, sheet: str) -> None:
    with opened("pane.html", book=seen.script) as page:
        page.evaluate(f"testBook.passwords.{sheet} = true")
        before = cells(page)
        previewed(page)
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("#said")).to_contain_text("Nothing was changed, since Excel refused the edits")
        assert cells(page) == before
        assert sorted(page.evaluate("testBook.protected")) == sorted(seen.protected)


def test_the_preview_can_be_declined_by_the_keyboard_alone(opened: Opened, seen: Seen) -> None:
    with opened("pane.html", book=seen.script) as page:
        page.get_by_role("button", name="Refresh data").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("#apply")).to_be_focused()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_have_text("Nothing was changed.")
        assert page.evaluate("testBook.writes") == []


def test_a_workbook_without_tables_is_told_so(opened: Opened) -> None:
    with opened("pane.html") as page:
        page.get_by_role("button", name="Refresh data").click()
        expect(page.locator("#said")).to_contain_text("This workbook declares no data")
