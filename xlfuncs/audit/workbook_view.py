"""A workbook as the checks read it: its sheets, names and parts, what reads what, and what a recalculation gives."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Collection, Hashable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS

from xlfuncs.audit.cell_graph import CellGraph
from xlfuncs.audit.locations import Corners
from xlfuncs.audit.r1c1 import FormulaIndex, R1C1Formula, R1C1Reference
from xlfuncs.audit.sheet_view import SheetView, WorkbookContext
from xlfuncs.catalogue.template_layout import HOST_PROPERTY, TEMPLATE_PROPERTY, VERSION_PROPERTY
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.registry import Registry
from xlfuncs.core.xml_guard import refuse_document_types
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import parse_named_range
from xlfuncs.ooxml.workbook import read_workbook
from xlfuncs.ooxml.xml import parse_xml, read_relationships
from xlfuncs.recalculation.model import Model
from xlfuncs.recalculation.report import Report

_OFFICE_JS = "officejs"
_FORMAT_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

A = TypeVar("A", bound=Hashable)
T = TypeVar("T")
Rebuild = Callable[[str, Path, str], object]  # writes a template, by its name, to a path and for a host


@dataclass(frozen=True)
class DefinedName:
    """A defined name; `sheet` is empty where its scope is the whole workbook."""

    name: str
    text: str
    sheet: str
    is_hidden: bool


class WorkbookView:
    """A workbook: its sheets, names and parts; recalculated when a check first asks for it."""

    def __init__(self, path: Path, registry: Registry, rebuild: Rebuild | None = None) -> None:
        self.path = path
        self.registry = registry
        self.rebuild = rebuild
        self.package = Package(path)
        self.source = read_workbook(self.package)
        self.formula_index = FormulaIndex()
        self._cache: dict[tuple[Callable[..., Any], Hashable], Any] = {}
        self.root = parse_xml(self.package.read(self.source.part), self.source.part)
        states = {sheet["name"]: sheet.get("state", "visible") for sheet in self._elements("sheet")}
        context = WorkbookContext(
            self.formula_index, self.source.value, self.number_format, self.template, self.host == _OFFICE_JS
        )
        self.sheets = [
            SheetView(xml, states.get(xml.name, "visible"), order, context)
            for order, xml in enumerate(self.source.sheets)
        ]
        self.sheets_by_name = {sheet.name.lower(): sheet for sheet in self.sheets}

    def _elements(self, tag: str) -> Iterator[dict[str, str]]:
        return (dict(element.items()) for element in self.root.iter() if element.tag.rpartition("}")[2] == tag)

    def find_sheet(self, name: str) -> SheetView | None:
        """A sheet by its name, in any case."""
        return self.sheets_by_name.get(name.lower())

    def memoise(self, function: Callable[[A], T], argument: A) -> T:
        """The result of an analysis of a sheet or of the workbook, computed once."""
        key = (function, argument)
        if key not in self._cache:
            self._cache[key] = function(argument)
        return self._cache[key]

    def formula_cells(self) -> Iterator[tuple[SheetView, CellPos, R1C1Formula]]:
        """Every cell with a formula."""
        for sheet in self.sheets:
            for cell, formula in sheet.formulas.items():
                yield sheet, cell, formula

    # -- what the file declares ------------------------------------------------------------------

    @cached_property
    def properties(self) -> dict[str, str]:
        """The custom properties of the file."""
        part = self._related_part("", "/custom-properties")
        if part not in self.package:
            return {}
        return {
            element.get("name", ""): "".join(element.itertext())
            for element in parse_xml(self.package.read(part), part)
            if element.tag.endswith("}property")
        }

    @property
    def template(self) -> str:
        """The template of ours that the workbook declares itself to be, or ""."""
        return self.properties.get(TEMPLATE_PROPERTY, "")

    @cached_property
    def host(self) -> str:
        """The host for which a template was written, "" for Excel with the add-in."""
        return self.properties.get(HOST_PROPERTY, "")

    @property
    def version(self) -> str:
        """The version of xlfuncs that built the template."""
        return self.properties.get(VERSION_PROPERTY, "")

    @cached_property
    def defined_names(self) -> list[DefinedName]:
        """The defined names, without those of Excel itself."""
        order = [sheet["name"] for sheet in self._elements("sheet")]
        names = []
        for element in self.root.iter():
            if element.tag.rpartition("}")[2] == "definedName":
                name, local = element.get("name", ""), element.get("localSheetId")
                sheet = order[int(local)] if local is not None and int(local) < len(order) else ""
                if not name.startswith("_xlnm."):
                    is_hidden = element.get("hidden") in ("1", "true")
                    names.append(DefinedName(name, (element.text or "").strip(), sheet, is_hidden))
        return names

    @cached_property
    def named_ranges(self) -> dict[tuple[str, str], tuple[SheetView, Corners]]:
        """The ranges behind names, by the sheet of their scope or "" and the name in lower case; tables among them."""
        ranges = {("", name): table for name, table in self.tables.items()}
        for name in self.defined_names:
            target = parse_named_range(name.text)
            sheet = self.find_sheet(target.sheet) if target else None
            if target and sheet:
                ranges[name.sheet.lower(), name.name.lower()] = (sheet, target[1:])
        return ranges

    @cached_property
    def tables(self) -> dict[str, tuple[SheetView, Corners]]:
        """The ranges of the tables, by their names in lower case."""
        return {
            name: (self.sheets_by_name[table.sheet.lower()], (table.top, table.left, table.bottom, table.right))
            for name, table in self.source.tables.items()
        }

    @property
    def table_names(self) -> Collection[str]:
        """The names of the tables in lower case."""
        return self.tables.keys()

    def find_named_cell(self, name: str) -> tuple[SheetView, CellPos] | None:
        """The cell, or the first cell of the range, that has a name."""
        target = self.named_ranges.get(("", name.lower()))
        return None if target is None else (target[0], target[1][:2])

    # -- other parts of the file -----------------------------------------------------------------

    def _related_part(self, part: str, kind: str) -> str:
        targets = (target for type_, _, target in read_relationships(self.package, part) if type_.endswith(kind))
        return next(targets, "")

    def _related_parts(self, part: str, kind: str) -> list[str]:
        relationships = read_relationships(self.package, part)
        return [target for type_, _, target in relationships if type_.endswith(kind) and target in self.package]

    def charts_of(self, sheet: SheetView) -> Iterator[ElementTree.Element]:
        """The XML of every chart on a sheet."""
        for drawing in self._related_parts(sheet.xml.part, "/drawing"):
            for part in self._related_parts(drawing, "/chart"):
                yield parse_xml(self.package.read(part), part)

    @property
    def linked_workbooks(self) -> list[str]:
        """The other workbooks to which it is linked."""
        targets = []
        for part in self._related_parts(self.source.part, "/externalLink"):
            relationships = read_relationships(self.package, part)
            targets += [target for type_, _, target in relationships if "external" in type_.lower()]
        return targets

    @cached_property
    def _number_formats(self) -> list[str]:
        part = self._related_part(self.source.part, "/styles")
        if part not in self.package:
            return []
        root = parse_xml(self.package.read(part), part)
        codes = {
            element.get("numFmtId"): element.get("formatCode", "")
            for element in root.iter()
            if element.tag.endswith("}numFmt")
        }
        formats = []
        for group in root:
            if group.tag.endswith("}cellXfs"):
                for style in group:
                    number = style.get("numFmtId", "0")
                    builtin = BUILTIN_FORMATS.get(int(number), "General") if number.isdigit() else "General"
                    formats.append(codes.get(number, builtin))
        return formats

    def number_format(self, style: str) -> str:
        """The number format of a style, without the texts in it."""
        index = int(style) if style.isdigit() else 0
        return _FORMAT_LITERAL.sub("", self._number_formats[index]) if index < len(self._number_formats) else ""

    @cached_property
    def openpyxl_book(self) -> Any:
        """The workbook as openpyxl reads it, for what is only checked in our templates."""
        import openpyxl

        refuse_document_types(io.BytesIO(self.package.data))
        return openpyxl.load_workbook(io.BytesIO(self.package.data))

    def font_colour(self, sheet: SheetView, cell: CellPos) -> str:
        """The colour of a cell's font, such as #0000FF; "" where it has none of its own."""
        return _rgb(self.openpyxl_book[sheet.name].cell(*cell).font.color)

    def fill_colour(self, sheet: SheetView, cell: CellPos) -> str:
        """The colour of a cell's fill, such as #FFFBE6."""
        return _rgb(self.openpyxl_book[sheet.name].cell(*cell).fill.fgColor)

    # -- what its cells depend on and come to ----------------------------------------------------

    def resolve(self, sheet: SheetView, cell: CellPos, reference: R1C1Reference) -> tuple[SheetView, Corners] | None:
        """The sheet and area that a reference in the formula of a cell means, where it can be told."""
        if reference.name:
            name, scope = reference.name.partition("[")[0].lower(), (reference.sheet or sheet.name).lower()
            return self.named_ranges.get((scope, name)) or self.named_ranges.get(("", name))
        owner = sheet if reference.sheet is None else self.sheets_by_name.get(reference.sheet.lower())
        return None if owner is None else (owner, reference.area_from(cell))

    @cached_property
    def graph(self) -> CellGraph:
        """Which cells read which."""
        return CellGraph(self)

    @cached_property
    def _model(self) -> Model:
        return Model(self.package, self.registry, self.source)

    @cached_property
    def _recalculation(self) -> tuple[Report, str]:
        """The result of a recalculation, or why there is none."""
        try:
            report, _ = self._model.recalculate()
        except WorkbookRejected as reason:
            return Report(self.path), str(reason)
        return report, ""

    def recalculate_with(
        self, cell: tuple[SheetView, CellPos], values: list[str], result: tuple[SheetView, CellPos]
    ) -> dict[str, Any]:
        """The value of a result cell for each of some values in place of the typed one of another cell."""
        if self.refusal:
            return {}
        key, result_key = (cell[0].name, cell[1]), (result[0].name, result[1])
        return {value: self._model.values_with({key: value}, [result_key])[0] for value in values}

    @property
    def report(self) -> Report:
        """The result of a recalculation; an empty one where the workbook cannot be recalculated."""
        return self._recalculation[0]

    @property
    def refusal(self) -> str:
        """Why the workbook cannot be recalculated, or ""."""
        return self._recalculation[1]

    @cached_property
    def error_reasons(self) -> dict[tuple[str, str], str]:
        """Why cells show an error value, by sheet and address."""
        return {(error.sheet, error.cell): error.why for error in self.report.errors}


def _rgb(colour: Any) -> str:
    digits = getattr(colour, "rgb", "")  # which openpyxl gives as an object where the colour is of another kind
    return f"#{digits[-6:].upper()}" if isinstance(digits, str) and digits else ""
