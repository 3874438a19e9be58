"""A formula is spelled by what is known of those like it as it would be alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.workbooks.conftest import TEMPLATES
from xlfuncs import REGISTRY
from xlfuncs.engine.engine import is_unsupported
from xlfuncs.engine.tokens import FormulaSyntaxError
from xlfuncs.engine.translation import FormulaTranslator, TranslatedFormula
from xlfuncs.ooxml.cells import CellPos, CellXml, corners_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import RangeRef
from xlfuncs.ooxml.workbook import CellKey, read_workbook


def known(path: Path) -> tuple[FormulaTranslator, dict[CellKey, CellXml]]:
    """A speller of a workbook, and its formulas."""
    book = read_workbook(Package(path))
    spills = {
        key: RangeRef(key[0], *corners_of(cell.ref)[0], *corners_of(cell.ref)[1])
        for key, cell in book.formulas.items()
        if cell.formula_type == "array"
    }
    formulas = {key: cell for key, cell in book.formulas.items() if cell.formula_type != "dataTable"}
    return FormulaTranslator(book, set(REGISTRY.names), lambda name: is_unsupported(REGISTRY, name), spills), formulas


def told(one: TranslatedFormula) -> tuple[Any, ...]:
    return one.text, sorted(one.areas), one.calls, one.unverified, one.reads_unknown, one.unsupported


def assert_spelled_as_alone(
    speller: FormulaTranslator, sheet: str, plain: bool, formulas: list[tuple[CellPos, str]]
) -> None:
    for place, text in formulas:
        alike = told(speller.translate(sheet, place, plain, text))
        assert alike == told(speller.translate_uncached(sheet, place, plain, text)), text


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.xlsx"))[:3], ids=lambda path: path.stem)
def test_formulas_of_a_template_are_spelled_as_if_alone(path: Path) -> None:
    speller, formulas = known(path)
    for (sheet, place), cell in formulas.items():
        if cell.formula:
            assert_spelled_as_alone(speller, sheet, cell.formula_type != "array", [(place, cell.formula)])


WORDS = [
    "A1", "$B$2", "C3:D9", "A1:A1", "A:A", "a1", "A1:A60000", "XFD1048576", "XFE1", "LOG10(", "SUM(", "ROW(", "IF(",
    "ABS(", "INDEX(", "VLOOKUP(", "SOMEBODYS(", "LTV(", "OFFSET(", ")", ",", "+", "-", ">", "=", "&", "*", '"A1"',
    '"', "'", "Data!", "'A1 B2'!", "Nosuch!", "rate", "T1[x]", "{1,2}", "@", "#", "%", " ", "1", "1E5", "TRUE", ":",
    "XA1048076", "xa1048100", "(",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.booleans())
def test_formulas_alike_are_spelled_as_if_alone(empty: FormulaTranslator, words: list[str], plain: bool) -> None:
    text = "".join(words)
    others = [text.replace("A1", "Z26"), text.replace("C3:D9", "C3:C3"), text.replace("C3:D9", "C3:D60000")]
    for number, one in enumerate([text, *others]):
        try:
            expected = told(empty.translate_uncached("Data", (number + 1, 2), plain, one))
        except FormulaSyntaxError:
            with pytest.raises(FormulaSyntaxError):
                empty.translate("Data", (number + 1, 2), plain, one)
            continue
        assert told(empty.translate("Data", (number + 1, 2), plain, one)) == expected, one


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> FormulaTranslator:
    path = tmp_path_factory.mktemp("empty") / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Data")
    book.define_name("rate", "=Data!$A$1")
    book.close()
    return known(path)[0]
