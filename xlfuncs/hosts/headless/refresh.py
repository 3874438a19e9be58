"""A workbook recalculated: the cached values of its formulas replaced, every other byte kept."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import formualizer

from xlfuncs.core.errors import NAME, SPILL, CellError
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.headless.engine import Engine, cell_read, configuration
from xlfuncs.hosts.headless.formulas import called, spelled_for_engine
from xlfuncs.hosts.headless.package import Package, Refused
from xlfuncs.hosts.headless.sheets import (
    CellXml,
    Place,
    SheetXml,
    added,
    address_of,
    area_of,
    place_of,
    plain,
    same,
    scanned,
    spliced,
    stored,
    with_formula,
    with_ref,
    with_value,
)
from xlfuncs.hosts.headless.xml import relations, root_of

_SPILL = "XLFUNCS_SPILL"
_LACKING = {NAME, "#N/IMPL!", "#CIRC!"}  # what the engine says where it, and not the model, is at fault
_WORKSHEET = "/worksheet"
_DOCUMENT = "/officeDocument"
_ONE_CELL = re.compile(r"^(?:'((?:[^']|'')+)'|([^'!]+))!(\$?[A-Z]{1,3}\$?\d+)$")
_DAYS_TO_1904 = 1462
_SETTLED = 4  # rounds in which cells that the engine cannot calculate are held at their values


@dataclass(frozen=True)
class Change:
    """A cell whose value is no longer the one in the file."""

    sheet: str
    cell: str
    old: Any
    new: Any


@dataclass(frozen=True)
class Problem:
    """A cell with an error value, or one kept as it was, and why."""

    sheet: str
    cell: str
    code: str
    why: str


@dataclass
class Report:
    """What a refresh did to a file; `outputs` are the cells that the workbook names out_... or chk_...."""

    file: Path
    formulas: int = 0
    changed: list[Change] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    outputs: dict[str, Any] = field(default_factory=dict)
    written: bool = False

    @property
    def recalculated(self) -> int:
        """Formula cells with a value of this run."""
        return self.formulas - len(self.kept)


def refresh(path: Path, registry: Registry, out: Path | None = None, dry_run: bool = False) -> Report:
    """Recalculate a workbook and replace the values in its file, or in `out`; raises `Refused` and changes nothing."""
    package = Package(path)
    target = out or path
    if not dry_run:
        package.check_writable(target)
    model = Model(package, registry)
    report, parts = model.recalculated()
    if parts or target != path:
        data = package.with_parts(parts) if parts else package.data
        if not dry_run:
            package.write(data, target)
            report.written = True
    return report


class Model:
    """A workbook on its way through the engine."""

    def __init__(self, package: Package, registry: Registry) -> None:
        self.package = package
        self.registry = registry
        self.names = set(registry.names)
        self.named: dict[str, str] = {}
        self.dates_1904, self.sheets = self._read()
        self.spills: dict[str, Any] = {}
        self.held: dict[tuple[str, Place], str] = {}

    def _read(self) -> tuple[bool, list[SheetXml]]:
        book = next((target for kind, _, target in relations(self.package, "") if kind.endswith(_DOCUMENT)), None)
        if book is None or book not in self.package:
            raise Refused(f"{self.package.path} is not an .xlsx workbook: it has no workbook part.")
        if book.endswith(".bin"):
            raise Refused(f"{self.package.path} is an .xlsb workbook; save it as .xlsx in Excel first.")
        parts = {key: target for kind, key, target in relations(self.package, book) if kind.endswith(_WORKSHEET)}
        root = root_of(self.package.read(book), book)
        sheets = []
        for element in root.iter():
            if element.tag.endswith("}sheet"):
                key = next(value for name, value in element.items() if name.endswith("}id"))
                if key in parts:
                    name = element.get("name", "")
                    sheets.append(scanned(parts[key], name, self.package.read(parts[key])))
        for element in root.iter():
            if element.tag.endswith("}definedName") and "localSheetId" not in element.attrib:
                self.named[element.get("name", "")] = element.text or ""
        dates = any(
            element.get("date1904") in ("1", "true") for element in root.iter() if element.tag.endswith("}workbookPr")
        )
        return dates, sheets

    def recalculated(self) -> tuple[Report, dict[str, bytes]]:
        """The report, and the sheet parts that are other than before."""
        engine = self.settled()
        report = Report(self.package.path)
        parts = {}
        for sheet in self.sheets:
            data = self._patched(sheet, engine, report)
            if data != sheet.data:
                parts[sheet.part] = data
        report.outputs = self.outputs(engine)
        return report, parts

    def settled(self) -> Engine:
        """The engine with every formula calculated; cells that it cannot calculate are held at their values."""
        for _ in range(_SETTLED):
            engine = self._evaluated()
            lacking = self._lacking(engine)
            if not lacking:
                break
            self.held |= lacking
        return engine

    def outputs(self, engine: Engine) -> dict[str, Any]:
        """The values of the cells that the workbook names out_... or chk_...."""
        found = {}
        for name, reference in self.named.items():
            match = _ONE_CELL.match(reference)
            if name.lower().startswith(("out_", "chk_")) and match:
                sheet = (match[1] or match[2]).replace("''", "'")
                found[name] = cell_read(engine.workbook.get_value(sheet, *place_of(match[3])))
        return found

    # -- the copy for the engine -----------------------------------------------------------------

    def _evaluated(self) -> Engine:
        self.spills.clear()
        copies = {sheet.part: self._copy(sheet) for sheet in self.sheets}
        settings = configuration(self.dates_1904)
        try:
            workbook = formualizer.Workbook.from_bytes(self.package.with_parts(copies), config=settings)
            engine = Engine(self.registry, workbook)
            engine.register(_SPILL, self._spill)
            workbook.evaluate_all()
        except (RuntimeError, OSError, ValueError) as problem:
            raise Refused(f"{self.package.path} cannot be evaluated safely: {problem}") from problem
        engine.done()
        return engine

    def _spill(self, key: str, result: Any) -> Any:
        self.spills[key] = result
        return result

    def _copy(self, sheet: SheetXml) -> bytes:
        edits = []
        children = self._children(sheet)
        for cell in sheet.formulas:
            chunk = sheet.data[cell.start : cell.end]
            if (sheet.part, cell.place) in self.held or cell.formula_type == "dataTable":
                new = plain(chunk, None)
            elif cell.formula_type == "array":
                key = f"{sheet.part}!{address_of(cell.place)}"
                new = plain(chunk, f'{_SPILL}("{key}",{self._spelled(cell)})')
            elif cell.formula:
                spelled = self._spelled(cell)
                new = chunk if spelled == cell.formula else with_formula(chunk, spelled)
            else:
                new = chunk
            edits.append((cell.start, cell.end, new))
        for place in children:
            cell = sheet.cells[place]
            edits.append((cell.start, cell.end, with_value(sheet.data[cell.start : cell.end], None)))
        return spliced(sheet.data, edits)

    def _spelled(self, cell: CellXml) -> str:
        text = f"={cell.formula}"
        try:
            return spelled_for_engine(text, self.names).removeprefix("=")
        except (formualizer.TokenizerError, ValueError):
            return cell.formula or ""

    def _children(self, sheet: SheetXml) -> set[Place]:
        """The cells that hold what array formulas spilled, their anchors left out."""
        found = set()
        for cell in sheet.formulas:
            if cell.formula_type == "array" and (sheet.part, cell.place) not in self.held:
                found |= {p for p in _places(cell.ref) if p in sheet.cells and sheet.cells[p].formula is None}
        return found

    # -- what came out ---------------------------------------------------------------------------

    def _lacking(self, engine: Engine) -> dict[tuple[str, Place], str]:
        """Cells with a good value in the file that the engine, for a lack of its own, has none for."""
        found: dict[tuple[str, Place], str] = {}
        roots: dict[tuple[str, Place], str] = {}
        for sheet in self.sheets:
            for cell in sheet.formulas:
                key = (sheet.part, cell.place)
                old = stored(cell)
                good = old is not None and not isinstance(old, CellError)
                if key in self.held or not good:
                    continue
                new = self._value(engine, sheet, cell)
                if isinstance(new, CellError) and new.code in _LACKING:
                    found[key] = self._lack(engine, cell, new)
                    if new.code != NAME or any(map(engine.lacks, called(f"={cell.formula}"))):
                        roots[key] = found[key]
        return roots or found  # what only depends on a root is calculated again once the root is held

    def _lack(self, engine: Engine, cell: CellXml, error: CellError) -> str:
        foreign = [name for name in called(f"={cell.formula}") if engine.lacks(name)] if cell.formula else []
        whose = f" It calls {', '.join(dict.fromkeys(foreign))}." if foreign and error.code != "#CIRC!" else ""
        return f"{error.why}{whose} Its value in the file is kept."

    def _value(self, engine: Engine, sheet: SheetXml, cell: CellXml) -> Any:
        raw = engine.workbook.get_value(sheet.name, *cell.place)
        value = cell_read(raw)
        if self.dates_1904 and isinstance(raw, dt.date):
            return value - _DAYS_TO_1904
        return 0.0 if value is None else value

    def _patched(self, sheet: SheetXml, engine: Engine, report: Report) -> bytes:
        edits = []
        fresh: dict[Place, Any] = {}
        for cell in sheet.formulas:
            report.formulas += 1
            key = (sheet.part, cell.place)
            if key in self.held or cell.formula_type == "dataTable":
                why = self.held.get(key, "A what-if table is kept as it is.")
                report.kept.append(Problem(sheet.name, address_of(cell.place), "", why))
                continue
            values, ref = self.results(engine, sheet, cell)
            for place, value in values.items():
                at = sheet.cells.get(place)
                if at is None:
                    if value is not None:
                        fresh[place] = value
                        report.changed.append(Change(sheet.name, address_of(place), None, value))
                    continue
                chunk = sheet.data[at.start : at.end]
                new = with_ref(chunk, ref) if at is cell and ref != cell.ref else chunk
                old = stored(at)
                if not same(old, value):
                    new = with_value(new, value)
                    report.changed.append(Change(sheet.name, address_of(place), old, value))
                if new != chunk:
                    edits.append((at.start, at.end, new))
            first = values[cell.place]
            if isinstance(first, CellError):
                reason = self.explained(engine, sheet, cell, first)
                report.errors.append(Problem(sheet.name, address_of(cell.place), first.code, reason))
        return spliced(sheet.data, [*edits, *added(sheet, fresh)])

    def results(self, engine: Engine, sheet: SheetXml, cell: CellXml) -> tuple[dict[Place, Any], str]:
        """The value of each cell that a formula fills, and its range."""
        value = self._value(engine, sheet, cell)
        if cell.formula_type != "array":
            return {cell.place: value}, cell.ref
        held = _places(cell.ref)
        result = cell_read(self.spills.get(f"{sheet.part}!{address_of(cell.place)}"))
        blocked = isinstance(value, CellError) and value.code == SPILL
        rows = result if isinstance(result, list) and not blocked else [[value]]
        if not cell.dynamic:
            return _fitted(rows, cell), cell.ref
        row, column = cell.place
        values: dict[Place, Any] = dict.fromkeys(held)
        for down, line in enumerate(rows):
            for right, one in enumerate(line):
                values[row + down, column + right] = 0.0 if one is None else one
        last = (row + len(rows) - 1, column + len(rows[0]) - 1)
        ref = address_of(cell.place) if last == cell.place else f"{address_of(cell.place)}:{address_of(last)}"
        return values, ref

    def explained(self, engine: Engine, sheet: SheetXml, cell: CellXml, error: CellError) -> str:
        """The reason for an error value: the cell alone is evaluated again, so that no other cell's is taken for it."""
        engine.reasons.clear()
        try:
            formula = engine.workbook.get_formula(sheet.name, *cell.place)
            if formula:
                engine.workbook.set_formula(sheet.name, *cell.place, formula)
                engine.workbook.evaluate_cell(sheet.name, *cell.place)
        except RuntimeError:  # the reason is only a courtesy
            pass
        return engine.explained(error).why


def _places(ref: str) -> list[Place]:
    if not ref:
        return []
    (top, left), (bottom, right) = area_of(ref)
    if (bottom - top + 1) * (right - left + 1) > 5_000_000:
        raise Refused(f"An array formula fills {ref}, more than 5 million cells.")
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _fitted(rows: list[list[Any]], cell: CellXml) -> dict[Place, Any]:
    """The values of an old array formula, which fills its fixed range: one row or column repeats, else #N/A."""
    row, column = cell.place
    values = {}
    beyond = CellError("#N/A", "The array formula gives fewer cells than it fills.")
    for place in _places(cell.ref) or [cell.place]:
        down = 0 if len(rows) == 1 else place[0] - row
        right = 0 if len(rows[0]) == 1 else place[1] - column
        inside = down < len(rows) and right < len(rows[0])
        one = rows[down][right] if inside else beyond
        values[place] = 0.0 if one is None else one
    return values
