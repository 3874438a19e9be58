"""The task pane and the calculator in a real browser."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect, sync_playwright

import workbooks
from tests.hosts.officejs.needs import HERE, package, program
from tests.hosts.officejs.running import Served
from xlfuncs import REGISTRY

SIZES = {"narrow": 320, "wide": 1100}
# To look at the pages: the folder in which to keep pictures of them.
PICTURES = os.environ.get("XLFUNCS_PICTURES")

Opened = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=program("chromium", "google-chrome", "chrome"), args=["--no-sandbox"]
        )
        yield started
        started.close()


@pytest.fixture
def opened(browser: Browser, served: Served) -> Opened:
    """Opens a page of the server, and fails where its console has an error."""

    @contextmanager
    def page(name: str, width: int = 1100, scheme: Any = "light", cells: str = "{}", fault: str = "") -> Iterator[Page]:
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, ignore_https_errors=True
        )
        found = context.new_page()
        faults: list[str] = []
        found.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        found.on("pageerror", lambda error: faults.append(str(error)))

        def office(route: Route) -> None:
            route.fulfill(content_type="text/javascript", path=HERE / "office.js")

        found.route("https://appsforoffice.microsoft.com/**", office)
        found.add_init_script(f"window.testCells = {cells};")
        found.goto(f"{served.origin}/{name}?token={served.token}")
        yield found
        if PICTURES:
            found.screenshot(path=Path(PICTURES) / f"{name.split('.')[0]}-{scheme}-{width}.png", full_page=True)
        context.close()
        assert [one for one in faults if not fault or fault not in one] == []

    return page


def faults_of(page: Page) -> list[str]:
    """What axe finds serious or worse."""
    page.evaluate((package("axe-core") / "axe.min.js").read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html']}" for one in found if one["impact"] in ("serious", "critical")]


def fits(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
def test_the_pane_can_be_read_by_everybody(opened: Opened, width: int, scheme: str) -> None:
    with opened("pane.html", width, scheme) as page:
        page.get_by_label("Find a function").fill("churn ltv")
        page.get_by_role("button", name="LTV_CAC").click()
        expect(page.get_by_role("heading", name="LTV_CAC")).to_be_visible()
        assert faults_of(page) == []
        assert fits(page)
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgb(255, 255, 255)"
        assert dark == (scheme == "dark")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
def test_the_calculator_can_be_read_by_everybody(opened: Opened, width: int, scheme: str) -> None:
    with opened("calculator.html", width, scheme) as page:
        expect(page.locator("svg")).to_be_visible()
        assert faults_of(page) == []
        assert fits(page)


def test_all_functions_are_found_and_each_page_has_what_is_declared(opened: Opened) -> None:
    with opened("pane.html") as page:
        expect(page.locator("#count")).to_have_text(f"{len(REGISTRY)} of {len(REGISTRY)} functions")
        page.get_by_label("Find a function").fill("LTV_CAC")
        page.get_by_role("button", name="LTV_CAC").first.click()
        text = page.locator("#page").inner_text()
        function = REGISTRY["LTV_CAC"]
        assert function.formula in text
        assert str(function.source) in text
        assert function.params[0].meaning in text
        assert "gives" in text


def test_a_call_is_inserted_by_the_keyboard_alone(opened: Opened) -> None:
    with opened("pane.html") as page:
        page.get_by_label("Find a function").focus()
        page.keyboard.type("chip_tpp")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        expect(page.locator("#page")).to_be_focused()
        page.keyboard.press("Tab")
        expect(page.locator("#insert")).to_be_focused()
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("Sheet1!C3 has =XLFUNCS.CHIP_TPP(")
        assert page.evaluate("testBook.cells.C3.formula").startswith("=XLFUNCS.CHIP_TPP(")


CELLS = """{
  A1: {formula: "", value: 100}, A2: {formula: "", value: 1.5}, A3: {formula: "", value: ""},
  C3: {formula: "=XLFUNCS.LTV(A1, 80%, $A$2)", value: "#NUM!"},
  D4: {formula: "=XLFUNCS.LTV_CAC(A1, 0.8, 0.05, XLFUNCS.LTV(A1, 0.8, 0.2))", value: 4},
  E5: {formula: "=SUM(A1:A2)", value: 101.5},
  F6: {formula: "=IFERROR(XLFUNCS.LTV(A1, 0.8, A3), 0)", value: 0},
  G7: {formula: "=XLFUNCS.LTV(A1*2, 0.8, 0.05)", value: 3200}}"""


@pytest.mark.parametrize(
    "cell, words",
    [
        ("C3", ["#NUM!: churn must be from 0 to 1; got 1.5.", "gross_margin = 0.8 share"]),
        ("D4", ["LTV_CAC gives 4 "]),
        ("E5", ["calls no function of xlfuncs"]),
        ("F6", ["#VALUE!: churn is blank"]),
        ("G7", ["A1*2 is an expression"]),
    ],
)
def test_a_cell_is_explained(opened: Opened, cell: str, words: list[str]) -> None:
    with opened("pane.html", cells=CELLS) as page:
        page.evaluate(f"testBook.choose('{cell}')")
        page.get_by_role("button", name="Explain cell").click()
        for word in words:
            expect(page.locator("#said")).to_contain_text(word)


def test_the_workbook_is_checked_as_it_is(opened: Opened) -> None:
    book = Path(workbooks.__file__).parent.parent / "templates" / "unit_economics.xlsx"
    with opened("pane.html") as page:
        page.evaluate("file => { window.testFile = file; }", list(book.read_bytes()))
        page.get_by_role("button", name="Check workbook").click()
        expect(page.locator("#said")).to_contain_text("0 errors, 0 warnings.", timeout=30_000)


def test_what_is_no_workbook_is_not_checked(opened: Opened) -> None:
    with opened("pane.html", fault="422") as page:
        page.evaluate("window.testFile = [1, 2, 3]")
        page.get_by_role("button", name="Check workbook").click()
        expect(page.locator("#said")).to_contain_text("The workbook")


def test_the_calculator_shows_result_formula_and_sensitivity(opened: Opened) -> None:
    with opened("calculator.html") as page:
        page.wait_for_url("**/calculator.html#LTV_CAC")  # the token is out of sight
        expect(page.locator("#result")).to_have_text("4")
        page.get_by_label("churn").first.fill("0.02")
        expect(page.locator("#result")).to_have_text("10")
        expect(page.locator("#call")).to_contain_text("=LTV_CAC(100, 0.8, 0.02, 400")
        page.get_by_label("Sensitivity to").select_option("churn")
        expect(page.locator("figcaption")).to_contain_text("as churn goes from 0.01 to 0.03")
        page.get_by_label("churn").first.fill("2")
        expect(page.locator("#result")).to_contain_text("#NUM! churn must be from 0 to 1; got 2.")
        page.reload()
        expect(page.locator("#result")).to_have_text("4")


def test_every_function_can_be_calculated_by_its_example(opened: Opened) -> None:
    with opened("calculator.html") as page:
        for name in REGISTRY.names:
            page.get_by_label("Function", exact=True).select_option(name)
            expect(page.locator("#result")).to_have_attribute("data-of", name)
            expect(page.locator("#call")).to_contain_text(f"={name}(")
            shown = page.locator("#result").inner_text() + page.locator("#table").inner_text()
            assert shown, name
            assert not shown.startswith("#VALUE!"), name
