"""The formulas of a workbook translated for the engine, those that differ only in their references by one template."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping

from xlfuncs.engine.argument_kinds import returns_single_value
from xlfuncs.engine.reference_translation import FormulaContext, shift_formula
from xlfuncs.engine.token_translation import EXTERNAL, FormulaTranslation
from xlfuncs.engine.translation_cache import (
    FormulaTemplate,
    TranslatedFormula,
    Words,
    fill_placeholders,
    leaks_placeholder,
    split_references,
)
from xlfuncs.ooxml.cells import CellPos, CellXml
from xlfuncs.ooxml.references import RangeRef, parse_reference
from xlfuncs.ooxml.workbook import CellKey, WorkbookXml

__all__ = ["EXTERNAL", "FormulaTranslator", "TranslatedFormula", "shift_formula"]

_CELL = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
_RANGES = re.compile(rf"(?<![\w.])({_CELL})(?::({_CELL}))?(?![\w.(])")
_CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_SIMPLE = re.compile(
    rf"(?:(?:SUM|MIN|MAX|AVERAGE|COUNT)\({_CELL}:{_CELL}\)|[A-Z][A-Z0-9.]*\(|{_CELL}(?![\w.(:!#])"
    r"|\d+(?:\.\d+)?(?![\w.:!])|[+*/^&%(),]|(?<![\w)%])-)+"
)


class FormulaTranslator:
    """Translates the formulas of one workbook."""

    def __init__(
        self,
        workbook: WorkbookXml,
        ours: Container[str],
        is_unsupported: Callable[[str], bool],
        spills: Mapping[CellKey, RangeRef],
    ) -> None:
        """`ours` are the names of our functions; `spills` has the range of each array formula, and may change."""
        self._context = FormulaContext(workbook, ours, is_unsupported, spills)
        self._masters: dict[tuple[str, str | None], CellXml] = {
            (sheet.name, cell.shared): cell
            for sheet in workbook.sheets
            for cell in sheet.formulas
            if cell.formula_type == "shared" and cell.formula
        }
        self._templates: dict[tuple[str, bool], dict[Words, FormulaTemplate | None]] = {}

    def translate_all(self, formulas: Mapping[CellKey, CellXml]) -> dict[CellKey, TranslatedFormula]:
        """The formulas of many cells."""
        translations = {}
        templates = {sheet: self._templates_of(sheet, True) for sheet in self._context.sheet_order}
        for key, cell in formulas.items():
            text = cell.formula
            if text and cell.formula_type == "normal":
                words, cells = split_references(text)
                template = templates[key[0]].get(words)
                if template and (translation := template.fill(text, cells)):
                    translations[key] = translation
                    continue
            translations[key] = self.translate_cell(key[0], cell)
        return translations

    def translate_cell(self, sheet: str, cell: CellXml) -> TranslatedFormula:
        """The formula of a cell."""
        text = cell.formula or ""
        try:
            if cell.formula_type == "shared" and not text:
                master = self._masters.get((sheet, cell.shared))
                if master is None:
                    return _untranslatable("It shares a formula that the file does not have.")
                down, right = cell.place[0] - master.place[0], cell.place[1] - master.place[1]
                text = shift_formula(master.formula or "", down, right)
            return self.translate(sheet, cell.place, cell.formula_type != "array", text)
        except ValueError as problem:
            return _untranslatable(f"The formula cannot be read: {problem}.")
        except RecursionError:
            return _untranslatable("The formula cannot be read: it is nested too deep.")

    def translate(self, sheet: str, place: CellPos, is_plain: bool, text: str) -> TranslatedFormula:
        """The formula of a cell, by the template that is cached for formulas like it."""
        words, cells = split_references(text)
        templates = self._templates_of(sheet, is_plain)
        if words not in templates:
            templates[words] = self._build_template(sheet, is_plain, words)
        template = templates[words]
        translation = template.fill(text, cells) if template else None
        return translation or self.translate_uncached(sheet, place, is_plain, text)

    def translate_uncached(self, sheet: str, place: CellPos, is_plain: bool, text: str) -> TranslatedFormula:
        """The formula of a cell, whatever is cached."""
        simple = _translate_simple(sheet, text) if is_plain else None
        return simple or FormulaTranslation(self._context, sheet, place, is_plain).run(text)

    def _templates_of(self, sheet: str, is_plain: bool) -> dict[Words, FormulaTemplate | None]:
        return self._templates.setdefault((sheet, is_plain), {})

    def _build_template(self, sheet: str, is_plain: bool, words: Words) -> FormulaTemplate | None:
        """The template of all formulas with these words; `None` where it matters which cells they name, and where."""
        text = fill_placeholders(words)
        if text is None:
            return None
        if is_plain and (simple := _translate_simple(sheet, text)):
            return FormulaTemplate(words, simple, False)
        translation = FormulaTranslation(self._context, sheet, (1, 1), is_plain)
        try:
            result = translation.run(text)
        except (ValueError, RecursionError):
            return None
        if translation.facts.depends_on_position or leaks_placeholder(result):
            return None
        return FormulaTemplate(words, result, translation.facts.depends_on_size)


def _untranslatable(reason: str) -> TranslatedFormula:
    return TranslatedFormula("", [], reads_unknown=True, unsupported=f"{reason} Its value in the file is kept.")


def _translate_simple(sheet: str, text: str) -> TranslatedFormula | None:
    """A formula that the engine reads as it is: of single cells, numbers, and sums and the like of ranges."""
    if _SIMPLE.fullmatch(text) is None or ",," in text or "(," in text or ",)" in text:
        return None
    calls = set(_CALL.findall(text))
    if not all(name == "IF" or returns_single_value(name) for name in calls) or "SUBTOTAL" in calls:
        return None
    areas = []
    for first, last in _RANGES.findall(text):
        reference = parse_reference(f"{first}:{last}" if last else first)
        if reference is None:
            return None
        areas.append(reference.on_sheet(sheet))
    return TranslatedFormula(text, areas, frozenset(calls))
