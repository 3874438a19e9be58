"""The task pane and the calculator in a real browser."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import expect

import workbooks
from tests.hosts.officejs.browsing import SIZES, Opened, faults_of, fits, until
from tests.hosts.officejs.needs import package, program
from xlfuncs import REGISTRY
from xlfuncs.hosts import officejs

pytestmark = pytest.mark.slow  # starts a browser


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", SIZES.values(), ids=SIZES)
def test_the_pane_can_be_read_by_everybody(opened: Opened, width: int, scheme: str) -> None:
    with opened("pane.html", width, scheme, picture="pane") as page:
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
    with opened("calculator.html", width, scheme, picture="calculator") as page:
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
        assert function.formula
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
        expect(page.locator("#inserted")).to_contain_text("Sheet1!C3 now has =XLFUNCS.CHIP_TPP(")
        assert page.evaluate("testBook.sheets.Sheet1.C3.formula").startswith("=XLFUNCS.CHIP_TPP(")


def book(chosen: str, **more: Any) -> str:
    """A workbook in which cells call our functions in many ways, one of them chosen."""
    formulas = {
        "C3": ("=XLFUNCS.LTV(A1, 80%, $A$2)", "#NUM!"),
        "D4": ("=XLFUNCS.LTV_CAC(A1, 0.8, 0.05, XLFUNCS.LTV(A1, 0.8, 0.2))", 4),
        "E5": ("=SUM(A1:A2)", 101.5),
        "F6": ("=IFERROR(XLFUNCS.LTV(A1, 0.8, A3), 0)", 0),
        "G7": ("=XLFUNCS.LTV_CAC(A1*2, A2/2, Inputs!C3, 400)", 7.5),
        "H8": ("=XLFUNCS.LTV_CAC(A1, 0.8, XLFUNCS.LTV(A1, 0.8, A2*2), 400)", "#NUM!"),
        "I9": ("=XLFUNCS.LTV(A1, margin, 'Other data'!$B$2)", 800),
        "J10": ("=XLFUNCS.LTV(A1, MAX(0.2, share), 0.1) + SUM(Inputs!C:C)", 500.05),
        "K11": ("=IF(A1 < 0, XLFUNCS.LTV(A1, 0.8, 2), XLFUNCS.LTV(A1, 0.8, 0.1))", 800),
        "L12": ("=LET(half, A1/2, XLFUNCS.LTV(half, 0.8, 0.1))", 400),
        "M13": ("=XLFUNCS.HHI(A1#)", "#VALUE!"),
        "N14": ("=XLFUNCS.LTV(A1, 0.8, 0.1)", 1),
        "O15": ("=XLFUNCS.LTV(OFFSET(A1, 1, 0), 0.8, 0.1)", 12),
        "P16": ("=XLFUNCS.LTV(Nowhere!A1, 0.8, 0.1)", "#REF!"),
        "Q17": ("=XLFUNCS.LTV(A1, 0.8, churn_rate)", "#NAME?"),
    }
    sheet: dict[str, Any] = {cell: {"formula": formula, "value": value} for cell, (formula, value) in formulas.items()}
    sheet |= {
        "A1": {"value": 100, "spill": "A1:A3"},
        "A2": {"value": 1.5},
        "A3": {"value": ""},
        "Z26": {"value": "text"},
    }
    return json.dumps(
        {
            "sheets": {"Sheet1": sheet, "Inputs": {"C3": {"value": 0.05}}, "Other data": {"B2": {"value": 0.1}}},
            "names": {"margin": 0.8, "Share": "=Inputs!$C$4"},
            "chosen": f"Sheet1!{chosen}",
            **more,
        }
    )


# Values by the printed formulas: LTV is arpa x margin / churn, and LTV_CAC that by the acquisition cost.
@pytest.mark.parametrize(
    "cell, words",
    [
        ("C3", ["LTV gives #NUM!: churn must be from 0 to 1; got 1.5.", "gross_margin = 0.8 share"]),
        ("D4", ["LTV_CAC gives 4 ", "cac = 400 "]),
        ("E5", ["calls no function of xlfuncs"]),
        ("F6", ["shows 0", "LTV gives #VALUE!: churn is blank"]),
        ("G7", ["LTV_CAC gives 7.5 ", "arpa = 200 ", "gross_margin = 0.75 ", "churn = 0.05 ", "cac = 400 "]),
        ("H8", ["LTV gives #NUM!: churn must be from 0 to 1; got 3.", "churn = 3 "]),
        ("I9", ["LTV gives 800 ", "gross_margin = 0.8 ", "churn = 0.1 "]),
        ("J10", ["LTV gives 200 ", "Calculated here, the formula gives 200.05"]),
        ("K11", ["LTV gives 800 "]),
        ("L12", ["LTV gives 400 ", "arpa = 50 "]),
        ("M13", ["HHI gives #VALUE!: ", "{100;1.5;}"]),
        ("N14", ["shows 1:", "Calculated here, the formula gives 800; recalculate the workbook"]),
        ("O15", ["OFFSET or INDIRECT chooses cells"]),
        ("P16", ["Nowhere!A1 cannot be read here"]),
        ("Q17", ["Sheet1!Q17 gives #NAME?: ", "The workbook does not define the name churn_rate."]),
        ("Z26", ["has no formula"]),
    ],
)
def test_a_cell_is_explained(opened: Opened, cell: str, words: list[str]) -> None:
    refused = "422" if cell == "O15" else ""
    with opened("pane.html", book=book(cell), fault=refused) as page:
        page.get_by_role("button", name="Explain cell").click()
        for word in words:
            expect(page.locator("#said")).to_contain_text(word)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_explanation_can_be_read_by_everybody(opened: Opened, scheme: str) -> None:
    with opened("pane.html", 320, scheme, book=book("H8"), picture="explain") as page:
        page.get_by_role("button", name="Explain cell").focus()
        page.keyboard.press("Enter")
        expect(page.locator("#said")).to_contain_text("LTV gives #NUM!")
        assert faults_of(page) == []
        assert fits(page)


def test_the_scripts_of_the_pages_are_what_the_compiler_makes_of_their_sources(tmp_path: Path) -> None:
    sources = Path(officejs.__file__).parent / "pane"
    compiler = package("typescript") / "bin" / "tsc"
    done = subprocess.run(
        [program("node"), str(compiler), "-p", str(sources), "--outDir", str(tmp_path)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    made = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert len(made) > 5
    assert made == {name: (sources.parent / "web" / name).read_text(encoding="utf-8") for name in made}


def test_the_workbook_is_checked_as_it_is(opened: Opened) -> None:
    path = Path(workbooks.__file__).parent.parent / "templates" / "unit_economics.xlsx"
    with opened("pane.html") as page:
        page.evaluate("file => { window.testFile = file; }", list(path.read_bytes()))
        page.get_by_role("button", name="Check workbook").click()
        expect(page.locator("#said")).to_contain_text("0 errors, 0 warnings.")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_findings_can_be_read_by_everybody_and_lead_to_their_cells(opened: Opened, tmp_path: Path, scheme: str) -> None:
    made = openpyxl.Workbook()
    made.active.title = "Sheet1"
    for row in range(2, 9):
        made.active[f"B{row}"] = f"=A{row}*2" if row != 5 else 7
        made.active[f"A{row}"] = row
    made.save(tmp_path / "mine.xlsx")
    with opened("pane.html", 320, scheme, picture="check") as page:
        page.evaluate("file => { window.testFile = file; }", list((tmp_path / "mine.xlsx").read_bytes()))
        page.get_by_role("button", name="Check workbook").click()
        place = page.locator("#said").get_by_role("button", name="Sheet1!B").first
        expect(place).to_be_visible()
        assert faults_of(page) == []
        assert fits(page)
        place.click()
        until(page, "testBook.chosen.startsWith('Sheet1!B')")


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


def test_a_table_has_the_names_of_its_columns_and_can_be_read_by_everybody(opened: Opened) -> None:
    with opened("calculator.html", 320) as page:
        page.get_by_label("Function", exact=True).select_option("SUPERAPP_PNL")
        heads = page.locator("#table th")
        expect(heads.first).to_be_visible()
        assert heads.all_inner_texts() == list(REGISTRY["SUPERAPP_PNL"].returns.columns)
        assert faults_of(page) == []
        assert fits(page)


def test_every_function_can_be_calculated_by_its_example(opened: Opened) -> None:
    with opened("calculator.html") as page:
        for name in REGISTRY.names:
            page.get_by_label("Function", exact=True).select_option(name)
            expect(page.locator("#result")).to_have_attribute("data-of", name)
            expect(page.locator("#call")).to_contain_text(f"={name}(")
            shown = page.locator("#result").inner_text() + page.locator("#table").inner_text()
            assert shown, name
            assert not shown.startswith("#VALUE!"), name
