"""Every template in the real program with our functions: the values that it holds, and all checks pass."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

import workbooks
from tests.libreoffice.conftest import needs_office
from tests.workbooks.conftest import TEMPLATES
from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.hosts.libreoffice.recalculation import recalculate
from xlfuncs.ooxml import bulk_writer
from xlfuncs.ooxml.cells import address_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import read_workbook

pytestmark = [needs_office, pytest.mark.slow]  # starts LibreOffice


@pytest.mark.parametrize("name", workbooks.NAMES)
def test_a_template_gives_the_values_that_it_holds(name: str) -> None:
    path = TEMPLATES / f"{name}.xlsx"
    found = recalculate(path, REGISTRY)
    assert found.different == []
    book = read_workbook(Package(path))
    assert len(found.cells) >= len(book.formulas) > 1000
    values = {f"{one.sheet}!{one.cell}": one.value for one in found.cells}
    passing = book.names["", "chk_master"].replace("$", "").replace("'", "")
    assert values[passing] == 1.0  # results computed again by native formulas, in each sheet
    assert all(cell.value is not None for cell in book.formulas.values())
    assert {address_of(place) for _, place in book.formulas} <= {one.cell for one in found.cells}


@pytest.fixture
def stale(tmp_path: Path) -> Path:
    """A workbook whose stored values are wrong, in the spellings that files have of our functions."""
    formulas = ("_xll.LTV_CAC(A1,0.8,0.05,400)", "_xldudf_LTV_CAC(A1,0.8,0.05,400)", "LTV(A1,0.8,2)", "A1*2")
    cells = [
        ((row, 2), bulk_writer.format_formula_cell((row, 2), text).replace("</f>", "</f><v>7</v>"))
        for row, text in enumerate(formulas, 1)
    ]
    first = ((1, 1), bulk_writer.format_cell((1, 1), 100.0))
    path = tmp_path / "stale.xlsx"
    path.write_bytes(bulk_writer.build_workbook([("Model", [first, *cells])]))
    return path


def test_recalc_lists_what_differs_and_leaves_the_file_alone(stale: Path) -> None:
    before = stale.read_bytes()
    done = CliRunner().invoke(main, ["recalc", str(stale), "--engine", "libreoffice"])
    assert done.exit_code == 0
    assert "4 formulas recalculated, 4 differ." in done.output
    assert "  Model!B1 7 -> 4\n" in done.output
    facts: Any = json.loads(CliRunner().invoke(main, ["recalc", str(stale), "--json"]).output)
    assert facts["values"] == {"Model": {"B1": 4.0, "B2": 4.0, "B3": {"error": "#NUM!", "why": ""}, "B4": 200.0}}
    assert facts["different"][3] == {"sheet": "Model", "cell": "B4", "stored": 7.0, "value": 200.0}
    assert stale.read_bytes() == before


def test_render_draws_the_calculated_values_only_when_asked(stale: Path, tmp_path: Path) -> None:
    from tests.reporting.test_report import text_of

    texts = []
    for options in ([], ["--recalculate"]):
        done = CliRunner().invoke(main, ["render", str(stale), "-o", str(tmp_path / "r.pdf"), *options])
        assert done.exit_code == 0
        texts.append(re.findall(r"[\w#!.]+", text_of(tmp_path / "r.pdf")))
    assert texts[0][:5] == ["100", "7", "7", "7", "7"]
    assert texts[1][:5] == ["100", "4", "4", "#NUM!", "200"]
    picture = tmp_path / "r.png"
    command = ["render", str(stale), "--recalculate", "--sheet", "Model", "-o", str(picture)]
    assert CliRunner().invoke(main, command).exit_code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_what_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    path.write_text("no workbook")
    done = CliRunner().invoke(main, ["recalc", str(path)])
    assert done.exit_code == 2
    assert "not an .xlsx workbook" in done.output
