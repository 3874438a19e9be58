"""A workbook in the engine: some formulas live, every other cell at a given value."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from math import isfinite
from typing import Any

import formualizer

from xlfuncs.core.errors import SPILL, VALUE, CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.core.registry import Registry
from xlfuncs.engine.engine import Engine, engine_sheet_name, from_engine, workbook_config
from xlfuncs.engine.translation import TranslatedFormula
from xlfuncs.ooxml import bulk_writer
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml, address_of, corners_of
from xlfuncs.ooxml.workbook import CalculationSettings, CellKey, WorkbookXml

_SPILL = "XLFUNCS_SPILL"
_LONGEST_TEXT = 32_767
_LONG_NUMBER = re.compile(r"(?<![\w.])\d+\.\d{10,}(?![\w.])")
_MOST_SPILLED = 10_000  # cells, by the engine

Values = dict[CellKey, Any]
Filled = tuple[dict[CellPos, Any], str]  # the value of each cell that a formula fills, and its range


class Results(Values):
    """The values of formulas in their own cells; and those of array formulas in all that they fill."""

    def __init__(self) -> None:
        self.arrays: dict[CellKey, Filled] = {}

    def put(self, key: CellKey, filled: Filled) -> None:
        """Add the result of an array formula."""
        self[key] = filled[0][key[1]]
        self.arrays[key] = filled

    def cells(self, key: CellKey) -> Mapping[CellPos, Any]:
        """The value of each cell that a formula fills."""
        return self.arrays[key][0] if key in self.arrays else {key[1]: self[key]}

    def all(self) -> Iterable[tuple[CellKey, Any]]:
        """All cells with their values."""
        arrays = self.arrays
        for key, value in self.items():
            if key in arrays:
                for place, one in arrays[key][0].items():
                    yield (key[0], place), one
            else:
                yield key, value


class Calculation:
    """The engine at work on one workbook."""

    def __init__(
        self,
        book: WorkbookXml,
        registry: Registry,
        spelled: Mapping[CellKey, TranslatedFormula],
        values: Mapping[CellKey, Any],
    ) -> None:
        self.book = book
        self.registry = registry
        self.spelled = spelled
        self.values = values  # of every cell that has one in the file
        self.given: Mapping[CellKey, Any] = {}  # in place of the values of some cells, which may be none in the file
        self.failed: dict[CellKey, str] = {}
        self._spills: dict[str, Any] = {}
        self._several: set[str] = set()  # the array formulas that have given more than one value since the last run

    def run(self, live: Collection[CellKey]) -> Engine:
        """The engine with these formulas calculated, and every other cell at its value in the file."""
        self._spills.clear()
        self._several.clear()
        engine = self._loaded(live)
        try:
            engine.workbook.evaluate_all()
        except RuntimeError as problem:
            engine.raise_interrupt()
            raise WorkbookRejected(f"{self.book.package.path} cannot be calculated: {problem}.") from problem
        engine.raise_interrupt()
        return engine

    def _loaded(self, live: Collection[CellKey]) -> Engine:
        blank = set(self.children(live))
        try:
            workbook = self._workbook(live, blank, True)
            left: Collection[CellKey] = ()
        except (RuntimeError, OSError, ValueError):  # over some formula: they are told one by one
            workbook = self._workbook(live, blank, False)
            left = live
        workbook.set_temporal_egress("serial")
        engine = Engine(self.registry, workbook, self.book.settings.dates_1904)
        engine.register(_SPILL, self._keep)
        for key in left:
            self.set_formula(engine, key)
        return engine

    def _workbook(self, live: Collection[CellKey], blank: Collection[CellKey], formulas: bool) -> formualizer.Workbook:
        sheets = (
            (engine_sheet_name(sheet.name), self._cells(sheet, live, blank, formulas)) for sheet in self.book.sheets
        )
        return formualizer.Workbook.from_bytes(
            bulk_writer.build_workbook(sheets), config=_configured(self.book.settings)
        )

    def _cells(
        self, sheet: SheetXml, live: Collection[CellKey], blank: Collection[CellKey], formulas: bool
    ) -> Iterable[tuple[CellPos, str]]:
        """The cells of a sheet for the engine, in order."""
        name, values, spelled, cells = sheet.name, self.values, self.spelled, sheet.cells
        cell, formula_cell, given = bulk_writer.format_cell, bulk_writer.format_formula_cell, self.given
        for place in sorted({*cells, *(place for one, place in given if one == name)} if given else cells):
            key = (name, place)
            if key in given:
                if given[key] is not None:
                    yield place, cell(place, given[key])
            elif key in live:
                if formulas:
                    text = self._text(key) if cells[place].formula_type == "array" else spelled[key].text
                    yield place, formula_cell(place, text)
            elif key in values and key not in blank:
                yield place, cell(place, values[key])

    def _text(self, key: CellKey) -> str:
        text = self.spelled[key].text
        if self.book.formulas[key].formula_type == "array":
            name = _label(key).replace('"', '""')
            return f'{_SPILL}("{name}",{text})'
        return text

    def set_formula(self, engine: Engine, key: CellKey) -> None:
        """Make a formula live."""
        try:
            engine.set_formula(*key, self._text(key))
        except RuntimeError as problem:
            self.failed[key] = f"The engine cannot read the formula: {problem}. Its value in the file is kept."

    def _keep(self, key: str, result: Any) -> Any:
        self._spills[key] = result
        if isinstance(result, list):
            self._several.add(key)
        return result

    def gave_several(self, keys: Iterable[CellKey]) -> bool:
        """Whether one of these array formulas has given more than one value since the last run."""
        return not self._several.isdisjoint(map(_label, keys))

    def children(self, anchors: Collection[CellKey]) -> Iterable[CellKey]:
        """The cells that hold what array formulas spilled, their anchors left out."""
        for sheet in self.book.sheets:
            for cell in sheet.formulas:
                if cell.formula_type == "array" and (sheet.name, cell.place) in anchors:
                    yield from fills(sheet.name, cell)

    def results(self, engine: Engine, live: Collection[CellKey]) -> Results:
        """What the engine has for these formulas, in the order of the workbook."""
        found, get = Results(), engine.workbook.get_value
        names = {sheet.name: engine_sheet_name(sheet.name) for sheet in self.book.sheets}
        for key, cell in self.book.formulas.items():
            if key in live:
                raw = get(names[key[0]], *key[1])
                if cell.formula_type == "array":
                    found.put(key, self._array(key, cell, self._value(raw)))
                else:
                    found[key] = raw if type(raw) is float and isfinite(raw) else self._value(raw)
        return found

    def _array(self, key: CellKey, cell: CellXml, value: Any) -> Filled:
        result = from_engine(self._spills.get(_label(key)))
        rows = [[self._value(one) for one in row] for row in result] if isinstance(result, list) else [[value]]
        if not cell.dynamic:
            return _fitted(rows, cell), cell.ref
        values, ref = _spilled(rows, cell)
        if len(values) > 1 and isinstance(value, CellError) and value.code == SPILL:
            if len(rows) * len(rows[0]) > _MOST_SPILLED:
                return _spilled([[CellError("#N/IMPL!", "The engine cannot hold so large a spill.")]], cell)
            own = {*places(cell.ref), cell.place}
            if max(values)[0] > LAST_ROW or max(column for _, column in values) > LAST_COLUMN:
                return _spilled([[value]], cell)
            if any((key[0], place) in self.values for place in values if place not in own):
                return _spilled([[value]], cell)
        return values, ref

    def one_step(self, engine: Engine, key: CellKey) -> Mapping[CellPos, Any]:
        """What a formula gives where every other cell has its value in the file; `engine` has only constants."""
        self.set_formula(engine, key)
        try:
            engine.evaluate(*key)
            cell, value = self.book.formulas[key], self._value(engine.value(*key))
            return self._array(key, cell, value)[0] if cell.formula_type == "array" else {key[1]: value}
        except RuntimeError as problem:
            return {key[1]: CellError(VALUE, f"The engine cannot calculate this: {problem}.")}
        finally:
            engine.raise_interrupt()
            engine.set_value(*key, self.values.get(key))

    def _value(self, raw: Any) -> Any:
        if isinstance(raw, dict) and raw.get("kind") == "Error":
            return CellError("#N/IMPL!", "The engine cannot read the formula.")
        value = from_engine(raw)
        if value is None:
            return 0.0  # a formula shows a blank cell as 0
        if isinstance(value, str):
            if len(value) > _LONGEST_TEXT:
                return CellError(VALUE, "The text is longer than a cell can hold.")
            return _LONG_NUMBER.sub(_to_15_digits, value)
        return value


def _label(key: CellKey) -> str:
    return f"{key[0]}!{key[1][0]},{key[1][1]}"


def _to_15_digits(found: re.Match[str]) -> str:
    """A number in a text as Excel shows it, where it is one of the engine's making."""
    number = float(found[0])
    return f"{number:.15g}" if repr(number) == found[0] else found[0]


def fills(sheet: str, cell: CellXml) -> Iterable[CellKey]:
    """The cells of an array formula but its own."""
    return ((sheet, place) for place in places(cell.ref) if place != cell.place)


def places(ref: str) -> list[CellPos]:
    """The cells of a range."""
    if not ref:
        return []
    (top, left), (bottom, right) = corners_of(ref)
    if (bottom - top + 1) * (right - left + 1) > 5_000_000:
        raise WorkbookRejected(f"An array formula fills {ref}, more than 5 million cells.")
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _configured(settings: CalculationSettings) -> formualizer.WorkbookConfig:
    return workbook_config(
        settings.dates_1904, (settings.max_iterations, settings.max_change) if settings.iterate else None
    )


def _spilled(rows: list[list[Any]], cell: CellXml) -> tuple[dict[CellPos, Any], str]:
    """The values of a dynamic array formula; what it no longer fills is blank."""
    row, column = cell.place
    values: dict[CellPos, Any] = dict.fromkeys(places(cell.ref))
    for down, line in enumerate(rows):
        for right, one in enumerate(line):
            values[row + down, column + right] = one
    last = (row + len(rows) - 1, column + len(rows[0]) - 1)
    ref = address_of(cell.place) if last == cell.place else f"{address_of(cell.place)}:{address_of(last)}"
    return values, ref


def _fitted(rows: list[list[Any]], cell: CellXml) -> dict[CellPos, Any]:
    """The values of an old array formula, which fills its fixed range: one row or column repeats, else #N/A."""
    row, column = cell.place
    values = {}
    beyond = CellError("#N/A", "The array formula gives fewer cells than it fills.")
    for place in places(cell.ref) or [cell.place]:
        down = 0 if len(rows) == 1 else place[0] - row
        right = 0 if len(rows[0]) == 1 else place[1] - column
        inside = down < len(rows) and right < len(rows[0])
        values[place] = rows[down][right] if inside else beyond
    return values
