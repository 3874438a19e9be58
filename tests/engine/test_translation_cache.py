"""The cache of translations changes no translation."""

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


def translator_of(path: Path) -> tuple[FormulaTranslator, dict[CellKey, CellXml]]:
    """The translator of a workbook, and its formulas."""
    book = read_workbook(Package(path))
    spills = {
        key: RangeRef(key[0], *corners_of(cell.ref)[0], *corners_of(cell.ref)[1])
        for key, cell in book.formulas.items()
        if cell.formula_type == "array"
    }
    formulas = {key: cell for key, cell in book.formulas.items() if cell.formula_type != "dataTable"}
    return FormulaTranslator(book, set(REGISTRY.names), lambda name: is_unsupported(REGISTRY, name), spills), formulas


def facts_of(formula: TranslatedFormula) -> tuple[Any, ...]:
    return (
        formula.text,
        sorted(formula.areas),
        formula.calls,
        formula.unverified,
        formula.reads_unknown,
        formula.unsupported,
    )


def assert_translated_as_uncached(
    translator: FormulaTranslator, sheet: str, plain: bool, formulas: list[tuple[CellPos, str]]
) -> None:
    for place, text in formulas:
        cached = facts_of(translator.translate(sheet, place, plain, text))
        assert cached == facts_of(translator.translate_uncached(sheet, place, plain, text)), text


@pytest.mark.parametrize("path", sorted(TEMPLATES.glob("*.xlsx"))[:3], ids=lambda path: path.stem)
def test_formulas_of_a_template_are_translated_as_without_the_cache(path: Path) -> None:
    translator, formulas = translator_of(path)
    for (sheet, place), cell in formulas.items():
        if cell.formula:
            assert_translated_as_uncached(translator, sheet, cell.formula_type != "array", [(place, cell.formula)])


WORDS = [
    "A1", "$B$2", "C3:D9", "A1:A1", "A:A", "a1", "A1:A60000", "XFD1048576", "XFE1", "LOG10(", "SUM(", "ROW(", "IF(",
    "ABS(", "INDEX(", "VLOOKUP(", "SOMEBODYS(", "LTV(", "OFFSET(", ")", ",", "+", "-", ">", "=", "&", "*", '"A1"',
    '"', "'", "Data!", "'A1 B2'!", "Nosuch!", "rate", "T1[x]", "{1,2}", "@", "#", "%", " ", "1", "1E5", "TRUE", ":",
    "XA1048076", "xa1048100", "(",
]  # fmt: skip


@settings(max_examples=500, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9), st.booleans())
def test_formulas_alike_are_translated_as_without_the_cache(
    empty: FormulaTranslator, words: list[str], plain: bool
) -> None:
    text = "".join(words)
    others = [text.replace("A1", "Z26"), text.replace("C3:D9", "C3:C3"), text.replace("C3:D9", "C3:D60000")]
    for number, formula in enumerate([text, *others]):
        try:
            expected = facts_of(empty.translate_uncached("Data", (number + 1, 2), plain, formula))
        except FormulaSyntaxError:
            with pytest.raises(FormulaSyntaxError):
                empty.translate("Data", (number + 1, 2), plain, formula)
            continue
        assert facts_of(empty.translate("Data", (number + 1, 2), plain, formula)) == expected, formula


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> FormulaTranslator:
    path = tmp_path_factory.mktemp("empty") / "book.xlsx"
    book = xlsxwriter.Workbook(str(path))
    book.add_worksheet("Data")
    book.define_name("rate", "=Data!$A$1")
    book.close()
    return translator_of(path)[0]
