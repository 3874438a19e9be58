"""The findings as text, JSON, SARIF and HTML; and what the command line makes of its options."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook

from tests.audit.models import saved
from xlfuncs.audit import CHECKS
from xlfuncs.cli.main import main

# The schema of schemastore.org, as @microsoft/jest-sarif 1.0.0-beta.0 (MIT) holds it.
SCHEMA = json.loads((Path(__file__).parent / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["check", *map(str, arguments)])


def bad(path: Path) -> Path:
    """A workbook with faults on a sheet whose name needs care."""
    book = Workbook()
    sheet = book.active
    sheet.title = "P&L <it's>"
    for row in range(2, 8):
        sheet.cell(row, 1, f"Line {row}")
        for column in range(2, 8):
            sheet.cell(row, column, f"=10*{row}" if column == 2 else f"={chr(63 + column)}{row}*2")
    sheet["E4"] = 7
    sheet["F6"] = "=#REF!+1"
    return saved(book, path)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return bad(tmp_path / "my model.xlsx")


def test_text_has_errors_first_and_says_where(file: Path) -> None:
    result = run(file)
    lines = result.output.splitlines()
    assert result.exit_code == 1
    assert [line[0] for line in lines[:-1]] == sorted(line[0] for line in lines[:-1])
    assert "E B21 P&L <it's>!E4: A value is typed where the neighbouring cells have a formula (=D4*2)." in lines
    assert re.fullmatch(r"\d+ errors, \d+ warnings", lines[-1])


def test_json_is_a_list_and_names_the_file_where_there_are_several(file: Path, tmp_path: Path) -> None:
    found = json.loads(run(file, "--json").output)
    keys = ["rule", "severity", "sheet", "cell", "why", "slug", "message", "remedy"]
    assert all(list(one) == keys for one in found)
    typed = next(one for one in found if one["rule"] == "B21")
    assert typed["slug"] == "typed-over-formula"
    assert typed["message"] == typed["why"]
    assert typed["remedy"] == CHECKS["B21"].remedy
    both = json.loads(run(file, bad(tmp_path / "b.xlsx"), "--json").output)
    assert {one["file"] for one in both} == {str(file), str(tmp_path / "b.xlsx")}


def test_a_file_that_is_refused_does_not_keep_the_others_from_being_checked(file: Path, tmp_path: Path) -> None:
    (tmp_path / "notes.xlsx").write_text("notes", encoding="utf-8")
    result = run(tmp_path / "notes.xlsx", file)
    assert result.exit_code == 2
    assert "not an .xlsx workbook" in result.output
    assert "E B21" in result.output


def test_sarif_is_valid_and_has_every_rule_and_finding(file: Path, tmp_path: Path) -> None:
    found = json.loads(run(file, "--json", "--sarif", tmp_path / "r.sarif").output)
    sarif = json.loads((tmp_path / "r.sarif").read_text(encoding="utf-8"))
    jsonschema.Draft4Validator(SCHEMA).validate(sarif)
    (run_,) = sarif["runs"]
    assert [rule["id"] for rule in run_["tool"]["driver"]["rules"]] == list(CHECKS)
    assert [rule["name"] for rule in run_["tool"]["driver"]["rules"]][20] == "TypedOverFormula"
    assert [result["ruleId"] for result in run_["results"]] == [one["rule"] for one in found]
    for result in run_["results"]:
        assert run_["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"]
    typed = next(one for one in run_["results"] if one["ruleId"] == "B21")
    (place,) = typed["locations"][0]["logicalLocations"]
    assert place["fullyQualifiedName"] == "'P&L <it''s>'!E4"
    assert typed["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].endswith("my%20model.xlsx")


class Page(HTMLParser):
    """The links, tags and text of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[tuple[str, dict[str, Any]]] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self.links += [value for name, value in attrs if tag == "a" and name == "href" and value]

    def handle_data(self, data: str) -> None:
        self.words += data


def test_html_links_to_the_cells_and_asks_for_nothing_else(file: Path, tmp_path: Path) -> None:
    run(file, "--html", tmp_path / "r.html")
    text = (tmp_path / "r.html").read_text(encoding="utf-8")
    page = Page(text)
    assert "my%20model.xlsx#%27P%26L%20%3Cit%27%27s%3E%27!E4" in page.links
    assert all(not link.startswith(("http", "//")) for link in page.links)
    assert not {tag for tag, _ in page.tags} & {"script", "link", "img", "iframe"}
    assert "url(" not in text
    assert "@import" not in text
    assert "<it" not in text
    assert CHECKS["B21"].title in page.words
    assert " ".join(CHECKS["B21"].remedy.split()) in " ".join(page.words.split())


def test_the_page_of_a_sound_workbook_says_so(tmp_path: Path) -> None:
    book = Workbook()
    book.active["A1"] = "Nothing"
    run(saved(book, tmp_path / "a.xlsx"), "--html", tmp_path / "r.html")
    assert "Nothing was found." in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_rules_can_be_left_out_or_asked_alone(file: Path) -> None:
    def rules(*options: str) -> set[str]:
        return {one["rule"] for one in json.loads(run(file, "--json", *options).output)}

    every = rules()
    assert "B21" in every
    assert rules("--skip", "B21") == every - {"B21"}
    assert rules("--only", "b21,B35") == {"B21", "B35"}
    assert rules("--skip", "typed-over-formula") == every - {"B21"}
    assert rules("--only", "Typed-Over-Formula,B35") == {"B21", "B35"}
    assert run(file, "--only", "B26").exit_code == 0


def test_a_rule_explains_itself_without_a_file() -> None:
    declared = CHECKS["B25"]
    for name in ("b25", declared.slug):
        result = run("--explain", name)
        assert result.exit_code == 0
        for part in (declared.title, declared.explanation, declared.remedy, declared.origin, declared.slug):
            assert part in result.output
    listed = run("--rules").output.splitlines()
    assert [line[:3] for line in listed] == list(CHECKS)
    assert all(declared.slug in line for declared, line in zip(CHECKS.values(), listed, strict=True))


@pytest.mark.parametrize("option", ["--skip", "--only", "--explain"])
@pytest.mark.parametrize(
    "name, meant",
    [("B255", "B25"), ("typed-over-formulas", "typed-over-formula"), ("zzz", f"one of B01 to {max(CHECKS)}")],
)
def test_a_rule_that_is_not_there_is_wrong_usage_and_near_ones_are_named(
    file: Path, option: str, name: str, meant: str
) -> None:
    result = run(file, option, name)
    assert result.exit_code == 64
    assert meant in " ".join(result.output.split())


def test_a_report_that_cannot_be_written_is_refused(file: Path, tmp_path: Path) -> None:
    result = run(file, "--html", tmp_path / "nowhere" / "r.html")
    assert result.exit_code == 2
    assert "cannot be written" in result.output
