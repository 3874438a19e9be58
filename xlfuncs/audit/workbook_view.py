"""A workbook as the rules read it: its file read once, what it shows, and what a recalculation gives."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

from openpyxl.styles.numbers import BUILTIN_FORMATS

from xlfuncs.audit.cell_graph import CellGraph
from xlfuncs.audit.locations import Corners
from xlfuncs.audit.r1c1 import FormulaIndex, R1C1Formula, Reference
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.registry import Registry
from xlfuncs.engine.function_names import OFFICE_JS_PREFIX
from xlfuncs.ooxml import workbook as books
from xlfuncs.ooxml.cells import CellPos, SheetXml, address_of, corners_of, place_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.references import parse_named_range
from xlfuncs.ooxml.xml import parse_xml, read_relationships
from xlfuncs.recalculation.model import Model
from xlfuncs.recalculation.report import Report

_HIDDEN_ROW = re.compile(rb"""\s(?:hidden|zeroHeight)\s*=\s*["'](?:1|true)""")
_SHEET_DATA = re.compile(rb"<(?:\w+:)?sheetData\b.*</(?:\w+:)?sheetData>", re.DOTALL)
_TEMPLATE, _VERSION, _HOST = "xlfuncs template", "xlfuncs version", "xlfuncs host"
_LITERAL = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

T = TypeVar("T")
Rebuild = Callable[[str, Path, str], object]


@dataclass(frozen=True)
class Name:
    """A defined name, and the sheet it belongs to where it is not of the whole workbook."""

    name: str
    text: str
    sheet: str
    hidden: bool


class Sheet:
    """A worksheet: its cells by what they hold."""

    def __init__(self, opened: WorkbookView, xml: SheetXml, state: str, order: int) -> None:
        self.opened = opened
        self.xml = xml
        self.name = xml.name
        self.state = state
        self.order = order
        self.forms: dict[CellPos, R1C1Formula] = {}
        self.numbers: dict[CellPos, float] = {}  # typed ones
        self.texts: dict[CellPos, str] = {}
        self.others: dict[CellPos, Any] = {}  # typed truth values and errors
        self.spilled: set[CellPos] = set()
        self._read()

    def _read(self) -> None:
        shared: dict[str | None, R1C1Formula] = {}
        for cell in self.xml.formulas:
            if cell.formula_type in ("array", "dataTable") and cell.ref:
                self.spilled |= set(places_of(area(cell.ref)))
            if cell.formula_type == "dataTable":
                continue
            if cell.formula_type == "shared" and not cell.formula and cell.shared in shared:
                form = self.opened.forms.shared(shared[cell.shared])
            elif cell.formula:
                text = cell.formula.replace(OFFICE_JS_PREFIX, "") if self.opened.host else cell.formula
                form = self.opened.forms.of(text, cell.place, cell.formula_type == "array")
                if cell.formula_type == "shared":
                    shared[cell.shared] = form
            else:
                continue
            self.forms[cell.place] = form
        self.spilled -= self.forms.keys()
        for place, cell in self.xml.cells.items():
            if cell.value is None or place in self.forms or place in self.spilled or cell.formula is not None:
                continue
            value = self.opened.source.value(cell)
            if isinstance(value, float):
                self.numbers[place] = value
            elif isinstance(value, str):
                if value:
                    self.texts[place] = value
            elif value is not None:
                self.others[place] = value

    def filled(self, place: CellPos) -> bool:
        """Whether the cell holds anything, or the result of a formula."""
        return (
            place in self.forms
            or place in self.numbers
            or place in self.texts
            or place in self.others
            or place in self.spilled
        )

    def value(self, place: CellPos) -> Any:
        """The value in the file."""
        cell = self.xml.cells.get(place)
        return self.opened.source.value(cell)

    def text(self, place: CellPos) -> str:
        """The value in the file as text, "" where there is none."""
        value = self.value(place)
        return "" if value is None else str(value).strip()

    def formula(self, place: CellPos) -> str:
        """The formula of a cell, with its equals sign."""
        form = self.forms.get(place)
        return form.formula_at(place) if form else ""

    def style(self, place: CellPos) -> str:
        """The number of its style."""
        cell = self.xml.cells.get(place)
        return cell.style if cell else "0"

    def percent(self, place: CellPos) -> bool:
        """Whether the cell shows a percentage."""
        return "%" in self.opened.number_format(self.style(place))

    @cached_property
    def around(self) -> ElementTree.Element:
        """All of the sheet but its cells."""
        return parse_xml(_SHEET_DATA.sub(b"", self.xml.data, count=1), self.xml.part)

    def all(self, tag: str) -> Iterator[dict[str, str]]:
        """The attributes of the elements of a name around the cells."""
        for element in self.around.iter():
            if element.tag.rpartition("}")[2] == tag:
                yield dict(element.items())

    @cached_property
    def hidden_rows(self) -> list[int]:
        """The rows that do not show."""
        return [row for row, (start, end) in self.xml.rows.items() if _HIDDEN_ROW.search(self.xml.data, start, end)]

    @cached_property
    def hidden_columns(self) -> list[tuple[int, int]]:
        """The stretches of columns that do not show."""
        return [(int(one["min"]), int(one["max"])) for one in self.all("col") if one.get("hidden") in ("1", "true")]


class WorkbookView:
    """A workbook: its sheets, names and parts; recalculated when a rule first asks for it."""

    def __init__(self, path: Path, registry: Registry, rebuild: Rebuild | None = None) -> None:
        self.path = path
        self.registry = registry
        self.rebuild = rebuild
        self.package = Package(path)
        self.source = books.read_workbook(self.package)
        self.forms = FormulaIndex()
        self._said: dict[tuple[Callable[..., Any], Sheet], Any] = {}
        self.root = parse_xml(self.package.read(self.source.part), self.source.part)
        states = {one["name"]: one.get("state", "visible") for one in self._all("sheet")}
        self.sheets = [
            Sheet(self, xml, states.get(xml.name, "visible"), order) for order, xml in enumerate(self.source.sheets)
        ]
        self.by_name = {sheet.name.lower(): sheet for sheet in self.sheets}

    def _all(self, tag: str) -> Iterator[dict[str, str]]:
        return (dict(one.items()) for one in self.root.iter() if one.tag.rpartition("}")[2] == tag)

    def sheet(self, name: str) -> Sheet | None:
        """A sheet by its name."""
        return self.by_name.get(name.lower())

    def once(self, function: Callable[[Sheet], T], sheet: Sheet) -> T:
        """What a function says of a sheet; it is asked only the first time."""
        if (function, sheet) not in self._said:
            self._said[function, sheet] = function(sheet)
        return self._said[function, sheet]

    def formulas(self) -> Iterator[tuple[Sheet, CellPos, R1C1Formula]]:
        """Every formula cell."""
        for sheet in self.sheets:
            for place, form in sheet.forms.items():
                yield sheet, place, form

    # -- what the file says of itself ------------------------------------------------------------

    @cached_property
    def properties(self) -> dict[str, str]:
        """The custom properties of the file."""
        part = next(
            (to for kind, _, to in read_relationships(self.package, "") if kind.endswith("/custom-properties")), ""
        )
        if part not in self.package:
            return {}
        return {
            one.get("name", ""): "".join(one.itertext())
            for one in parse_xml(self.package.read(part), part)
            if one.tag.endswith("}property")
        }

    @property
    def ours(self) -> str:
        """The template that the workbook declares itself to be, or ""."""
        return self.properties.get(_TEMPLATE, "")

    @cached_property
    def host(self) -> str:
        """The host that a template was made for, "" for all but Office.js."""
        return self.properties.get(_HOST, "")

    @property
    def version(self) -> str:
        """The version that built it."""
        return self.properties.get(_VERSION, "")

    @cached_property
    def names(self) -> list[Name]:
        """The defined names, those of Excel itself left out."""
        order = [one["name"] for one in self._all("sheet")]
        found = []
        for element in self.root.iter():
            if element.tag.rpartition("}")[2] == "definedName":
                name, local = element.get("name", ""), element.get("localSheetId")
                sheet = order[int(local)] if local is not None and int(local) < len(order) else ""
                if not name.startswith("_xlnm."):
                    hidden = element.get("hidden") in ("1", "true")
                    found.append(Name(name, (element.text or "").strip(), sheet, hidden))
        return found

    @cached_property
    def named(self) -> dict[tuple[str, str], tuple[Sheet, Corners]]:
        """What the names mean that mean one area, by their sheet or "" and in lower case; and where the tables are."""
        found = {("", name): table for name, table in self.tables.items()}
        for name in self.names:
            target = parse_named_range(name.text)
            sheet = self.sheet(target.sheet) if target else None
            if target and sheet:
                found[name.sheet.lower(), name.name.lower()] = (sheet, target[1:])
        return found

    @cached_property
    def tables(self) -> dict[str, tuple[Sheet, Corners]]:
        """Where the tables are, by their names in lower case."""
        return {
            name: (self.by_name[one.sheet.lower()], (one.top, one.left, one.bottom, one.right))
            for name, one in self.source.tables.items()
        }

    def cell_named(self, name: str) -> tuple[Sheet, CellPos] | None:
        """The cell that has a name."""
        found = self.named.get(("", name.lower()))
        return None if found is None else (found[0], found[1][:2])

    def parts_of(self, sheet: Sheet, kind: str) -> list[str]:
        """The parts of a kind that belong to a sheet."""
        return self.parts_of_part(sheet.xml.part, kind)

    def parts_of_part(self, part: str, kind: str) -> list[str]:
        """The parts of a kind that belong to another."""
        return [
            to for type_, _, to in read_relationships(self.package, part) if type_.endswith(kind) and to in self.package
        ]

    @property
    def external(self) -> list[str]:
        """The other workbooks it is linked to."""
        found = []
        for kind, _, part in read_relationships(self.package, self.source.part):
            if kind.endswith("/externalLink") and part in self.package:
                found += [to for type_, _, to in read_relationships(self.package, part) if "external" in type_.lower()]
        return found

    @cached_property
    def _formats(self) -> list[str]:
        part = next(
            (to for kind, _, to in read_relationships(self.package, self.source.part) if kind.endswith("/styles")), ""
        )
        if part not in self.package:
            return []
        root = parse_xml(self.package.read(part), part)
        codes = {one.get("numFmtId"): one.get("formatCode", "") for one in root.iter() if one.tag.endswith("}numFmt")}
        formats = []
        for group in root:
            if group.tag.endswith("}cellXfs"):
                for one in group:
                    number = one.get("numFmtId", "0")
                    usual = BUILTIN_FORMATS.get(int(number), "General") if number.isdigit() else "General"
                    formats.append(codes.get(number, usual))
        return formats

    def number_format(self, style: str) -> str:
        """The number format of a style, texts in it left out."""
        at = int(style) if style.isdigit() else 0
        return _LITERAL.sub("", self._formats[at]) if at < len(self._formats) else ""

    @cached_property
    def book(self) -> Any:
        """The workbook through openpyxl, for what only our templates are asked."""
        import openpyxl

        return openpyxl.load_workbook(io.BytesIO(self.package.data))

    # -- what its cells depend on and come to ----------------------------------------------------

    def resolved(self, sheet: Sheet, place: CellPos, one: Reference) -> tuple[Sheet, Corners] | None:
        """The sheet and area that a formula reads by a reference, where it can be said."""
        if one.name:
            name, scope = one.name.partition("[")[0].lower(), (one.sheet or sheet.name).lower()
            return self.named.get((scope, name)) or self.named.get(("", name))
        owner = sheet if one.sheet is None else self.by_name.get(one.sheet.lower())
        return None if owner is None else (owner, one.area(place))

    @cached_property
    def graph(self) -> CellGraph:
        """What reads what."""
        return CellGraph(self)

    @cached_property
    def _model(self) -> Model:
        return Model(self.package, self.registry, self.source)

    @cached_property
    def _recalculated(self) -> tuple[Report, str]:
        """What a recalculation gives, or why there is none."""
        try:
            report, _ = self._model.recalculate()
        except WorkbookRejected as reason:
            return Report(self.path), str(reason)
        return report, ""

    def tried(self, sheet: Sheet, place: CellPos, values: list[str], wanted: tuple[Sheet, CellPos]) -> dict[str, Any]:
        """The value of a cell for each of some values in place of the typed one of another."""
        at, there = (sheet.name, place), (wanted[0].name, wanted[1])
        return {value: self._model.values_with({at: value}, [there])[0] for value in values} if not self.refusal else {}

    @property
    def report(self) -> Report:
        """What a recalculation gives; an empty one where it cannot be done."""
        return self._recalculated[0]

    @property
    def refusal(self) -> str:
        """Why the workbook cannot be recalculated, or ""."""
        return self._recalculated[1]

    @cached_property
    def reasons(self) -> dict[tuple[str, str], str]:
        """Why cells show an error value, by sheet and address."""
        return {(one.sheet, one.cell): one.why for one in self.report.errors}


def area(ref: str) -> Corners:
    """The area of an address or range, with or without dollar signs."""
    (top, left), (bottom, right) = corners_of(ref.replace("$", ""))
    return top, left, bottom, right


def places_of(one: Corners) -> Iterator[CellPos]:
    """The places of an area, row by row."""
    top, left, bottom, right = one
    return ((row, column) for row in range(top, bottom + 1) for column in range(left, right + 1))


__all__ = [
    "Name",
    "Sheet",
    "WorkbookRejected",
    "WorkbookView",
    "address_of",
    "area",
    "place_of",
    "places_of",
]  # fmt: skip
