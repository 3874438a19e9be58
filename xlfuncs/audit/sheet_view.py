"""A worksheet as the checks read it: its cells by what they hold, and the settings around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from xml.etree import ElementTree

from xlfuncs.audit.locations import iter_cells, parse_area
from xlfuncs.audit.r1c1 import FormulaIndex, R1C1Formula
from xlfuncs.engine.function_names import OFFICE_JS_PREFIX
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml
from xlfuncs.ooxml.xml import parse_xml

_HIDDEN_ROW = re.compile(rb"""\s(?:hidden|zeroHeight)\s*=\s*["'](?:1|true)""")
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData>", re.DOTALL)
_LINKED_SHEET = re.compile(r"^'?(.*?)'?!")


@dataclass(frozen=True)
class WorkbookContext:
    """What the sheets of a workbook share: its formulas, how values and styles are read, and what it declares."""

    formula_index: FormulaIndex
    value_of: Callable[[CellXml | None], Any]
    number_format: Callable[[str], str]  # of a style
    template: str  # the template that the workbook declares itself to be, or ""
    for_office_js: bool


class SheetView:
    """A worksheet: its cells by what they hold."""

    def __init__(self, xml: SheetXml, state: str, order: int, context: WorkbookContext) -> None:
        self.xml = xml
        self.name = xml.name
        self.state = state
        self.order = order
        self.context = context
        self.formulas: dict[CellPos, R1C1Formula] = {}
        self.numbers: dict[CellPos, float] = {}  # typed ones
        self.texts: dict[CellPos, str] = {}
        self.others: dict[CellPos, Any] = {}  # typed truth values and errors
        self.spilled: set[CellPos] = set()
        self._read_formulas()
        self._read_typed_values()

    def _read_formulas(self) -> None:
        index = self.context.formula_index
        shared: dict[str | None, R1C1Formula] = {}
        for xml_cell in self.xml.formulas:
            if xml_cell.formula_type in ("array", "dataTable") and xml_cell.ref:
                self.spilled.update(iter_cells(parse_area(xml_cell.ref)))
            if xml_cell.formula_type == "dataTable":
                continue
            if xml_cell.formula_type == "shared" and not xml_cell.formula and xml_cell.shared in shared:
                formula = index.repeat(shared[xml_cell.shared])
            elif xml_cell.formula:
                text = xml_cell.formula
                if self.context.for_office_js:
                    text = text.replace(OFFICE_JS_PREFIX, "")
                formula = index.add(text, xml_cell.place, xml_cell.formula_type == "array")
                if xml_cell.formula_type == "shared":
                    shared[xml_cell.shared] = formula
            else:
                continue
            self.formulas[xml_cell.place] = formula
        self.spilled -= self.formulas.keys()

    def _read_typed_values(self) -> None:
        for cell, xml_cell in self.xml.cells.items():
            if xml_cell.value is None or cell in self.formulas or cell in self.spilled or xml_cell.formula is not None:
                continue
            value = self.context.value_of(xml_cell)
            if isinstance(value, float):
                self.numbers[cell] = value
            elif isinstance(value, str):
                if value:
                    self.texts[cell] = value
            elif value is not None:
                self.others[cell] = value

    @property
    def in_template(self) -> bool:
        """Whether the workbook declares itself a template of ours."""
        return bool(self.context.template)

    @cached_property
    def filled_cells(self) -> set[CellPos]:
        """The cells that hold anything, or the result of a formula."""
        return {*self.formulas, *self.numbers, *self.texts, *self.others, *self.spilled}

    def is_filled(self, cell: CellPos) -> bool:
        """Whether a cell holds anything, or the result of a formula."""
        return (
            cell in self.formulas
            or cell in self.numbers
            or cell in self.texts
            or cell in self.others
            or cell in self.spilled
        )

    def value(self, cell: CellPos) -> Any:
        """The value in the file."""
        return self.context.value_of(self.xml.cells.get(cell))

    def text(self, cell: CellPos) -> str:
        """The value in the file as text, "" where there is none."""
        value = self.value(cell)
        return "" if value is None else str(value).strip()

    def style(self, cell: CellPos) -> str:
        """The number of a cell's style."""
        xml_cell = self.xml.cells.get(cell)
        return xml_cell.style if xml_cell else "0"

    def number_format(self, cell: CellPos) -> str:
        """The number format of a cell, without the texts in it."""
        return self.context.number_format(self.style(cell))

    def is_percent(self, cell: CellPos) -> bool:
        """Whether the cell is formatted as a percentage."""
        return "%" in self.number_format(cell)

    @cached_property
    def root(self) -> ElementTree.Element:
        """The XML of the sheet without its cells."""
        return parse_xml(_SHEET_DATA.sub(b"", self.xml.data, count=1), self.xml.part)

    def elements(self, tag: str) -> Iterator[dict[str, str]]:
        """The attributes of all elements with a tag, cells left out."""
        for element in self.root.iter():
            if element.tag.rpartition("}")[2] == tag:
                yield dict(element.items())

    @cached_property
    def hidden_rows(self) -> list[int]:
        """The hidden rows."""
        return [row for row, (start, end) in self.xml.rows.items() if _HIDDEN_ROW.search(self.xml.data, start, end)]

    @cached_property
    def hidden_columns(self) -> list[tuple[int, int]]:
        """The first and the last of each stretch of hidden columns."""
        return [
            (int(column["min"]), int(column["max"]))
            for column in self.elements("col")
            if column.get("hidden") in ("1", "true")
        ]


def linked_sheet(location: str) -> str:
    """The sheet to which a hyperlink inside the workbook leads.

    >>> linked_sheet("'My sheet'!A1"), linked_sheet("#Cover!B2")
    ('My sheet', 'Cover')
    """
    match = _LINKED_SHEET.match(location.removeprefix("#"))
    return match[1].replace("''", "'") if match else ""
