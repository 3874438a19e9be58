"""A workbook run in the engine: some formulas live, every other cell a constant."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from math import isfinite
from typing import Any

from xlfuncs.core.errors import SPILL, VALUE, CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.core.registry import Registry
from xlfuncs.engine.engine import Engine, EngineError, engine_sheet_name, from_engine
from xlfuncs.engine.translation import TranslatedFormula
from xlfuncs.ooxml import bulk_writer
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml, address_of, corners_of
from xlfuncs.ooxml.workbook import CellKey, WorkbookXml

_CAPTURE = "XLFUNCS_SPILL"  # passes the result of an array formula on, and keeps it
_LONGEST_TEXT = 32_767
_LONG_NUMBER = re.compile(r"(?<![\w.])\d+\.\d{10,}(?![\w.])")
_LARGEST_SPILL = 10_000  # cells that the engine can fill

Values = dict[CellKey, Any]
Array = tuple[dict[CellPos, Any], str]  # the value of each cell that an array formula fills, and its range


class Results(Values):
    """The values of formulas in their own cells; and those of array formulas in all that they fill."""

    def __init__(self) -> None:
        self.arrays: dict[CellKey, Array] = {}

    def put_array(self, key: CellKey, array: Array) -> None:
        """Add the result of an array formula."""
        self[key] = array[0][key[1]]
        self.arrays[key] = array

    def cells(self, key: CellKey) -> Mapping[CellPos, Any]:
        """The value of each cell that a formula fills."""
        return self.arrays[key][0] if key in self.arrays else {key[1]: self[key]}

    def all(self) -> Iterable[tuple[CellKey, Any]]:
        """All cells with their values."""
        arrays = self.arrays
        for key, value in self.items():
            if key in arrays:
                for place, cell_value in arrays[key][0].items():
                    yield (key[0], place), cell_value
            else:
                yield key, value


class Calculation:
    """The engine at work on one workbook."""

    def __init__(
        self,
        book: WorkbookXml,
        registry: Registry,
        translated: Mapping[CellKey, TranslatedFormula],
        values: Mapping[CellKey, Any],
    ) -> None:
        self.book = book
        self.registry = registry
        self.translated = translated
        self.values = values  # of every cell that has one in the file
        self.overrides: Mapping[CellKey, Any] = {}  # values in place of those in the file, also of cells that have none
        self.failed: dict[CellKey, str] = {}
        self._spills: dict[str, Any] = {}
        self._spilled: set[str] = set()  # array formulas that have given more than one value since the last run

    def run(self, live: Collection[CellKey]) -> Engine:
        """The engine with these formulas calculated, and every other cell at its value in the file."""
        self._spills.clear()
        self._spilled.clear()
        engine = self._load(live)
        try:
            engine.evaluate_all()
        except EngineError as problem:
            raise WorkbookRejected(f"{self.book.package.path} cannot be calculated: {problem}.") from problem
        return engine

    def _load(self, live: Collection[CellKey]) -> Engine:
        blank = set(self._filled_by(live))
        try:
            engine = self._engine(live, blank, True)
            pending: Collection[CellKey] = ()
        except EngineError:  # over some formula: they are set one by one
            engine = self._engine(live, blank, False)
            pending = live
        engine.register(_CAPTURE, self._capture)
        for key in pending:
            self.set_formula(engine, key)
        return engine

    def _engine(self, live: Collection[CellKey], blank: Collection[CellKey], formulas: bool) -> Engine:
        settings = self.book.settings
        sheets = ((sheet.name, self._cells(sheet, live, blank, formulas)) for sheet in self.book.sheets)
        iteration = (settings.max_iterations, settings.max_change) if settings.iterate else None
        return Engine.load(self.registry, sheets, settings.dates_1904, iteration)

    def _cells(
        self, sheet: SheetXml, live: Collection[CellKey], blank: Collection[CellKey], formulas: bool
    ) -> Iterable[tuple[CellPos, str]]:
        """The cells of a sheet for the engine, in order."""
        name, values, translated, cells = sheet.name, self.values, self.translated, sheet.cells
        cell, formula_cell, overrides = bulk_writer.format_cell, bulk_writer.format_formula_cell, self.overrides
        for place in sorted({*cells, *(place for owner, place in overrides if owner == name)} if overrides else cells):
            key = (name, place)
            if key in overrides:
                if overrides[key] is not None:
                    yield place, cell(place, overrides[key])
            elif key in live:
                if formulas:
                    text = self._text(key) if cells[place].formula_type == "array" else translated[key].text
                    yield place, formula_cell(place, text)
            elif key in values and key not in blank:
                yield place, cell(place, values[key])

    def _text(self, key: CellKey) -> str:
        text = self.translated[key].text
        if self.book.formulas[key].formula_type == "array":
            name = _label(key).replace('"', '""')
            return f'{_CAPTURE}("{name}",{text})'
        return text

    def set_formula(self, engine: Engine, key: CellKey) -> None:
        """Make a formula live."""
        try:
            engine.set_formula(*key, self._text(key))
        except EngineError as problem:
            self.failed[key] = f"The formula cannot be read: {problem}. Its value in the file is kept."

    def _capture(self, key: str, result: Any) -> Any:
        self._spills[key] = result
        if isinstance(result, list):
            self._spilled.add(key)
        return result

    def has_spilled(self, keys: Iterable[CellKey]) -> bool:
        """Whether one of these array formulas has given more than one value since the last run."""
        return not self._spilled.isdisjoint(map(_label, keys))

    def _filled_by(self, anchors: Collection[CellKey]) -> Iterable[CellKey]:
        """The cells that hold what array formulas spilled, their anchors left out."""
        for sheet in self.book.sheets:
            for cell in sheet.formulas:
                if cell.formula_type == "array" and (sheet.name, cell.place) in anchors:
                    yield from spilled_cells(sheet.name, cell)

    def results(self, engine: Engine, live: Collection[CellKey]) -> Results:
        """What the engine has for these formulas, in the order of the workbook."""
        results, get = Results(), engine.workbook.get_value
        names = {sheet.name: engine_sheet_name(sheet.name) for sheet in self.book.sheets}
        for key, cell in self.book.formulas.items():
            if key in live:
                raw = get(names[key[0]], *key[1])
                if cell.formula_type == "array":
                    results.put_array(key, self._array(key, cell, self._value(raw)))
                else:
                    results[key] = raw if type(raw) is float and isfinite(raw) else self._value(raw)
        return results

    def _array(self, key: CellKey, cell: CellXml, value: Any) -> Array:
        result = from_engine(self._spills.get(_label(key)))
        rows = [[self._value(item) for item in row] for row in result] if isinstance(result, list) else [[value]]
        if not cell.dynamic:
            return _fit_to_range(rows, cell), cell.ref
        values, ref = _spill_from(rows, cell)
        if len(values) > 1 and isinstance(value, CellError) and value.code == SPILL:
            if len(rows) * len(rows[0]) > _LARGEST_SPILL:
                return _spill_from(
                    [[CellError("#N/IMPL!", "The result fills more cells than xlfuncs supports.")]], cell
                )
            own = {*places(cell.ref), cell.place}
            if max(values)[0] > LAST_ROW or max(column for _, column in values) > LAST_COLUMN:
                return _spill_from([[value]], cell)
            if any((key[0], place) in self.values for place in values if place not in own):
                return _spill_from([[value]], cell)
        return values, ref

    def evaluate_alone(self, engine: Engine, key: CellKey) -> Mapping[CellPos, Any]:
        """What a formula gives where every other cell has its value in the file; `engine` has only constants."""
        self.set_formula(engine, key)
        try:
            engine.evaluate(*key)
            cell, value = self.book.formulas[key], self._value(engine.value(*key))
            return self._array(key, cell, value)[0] if cell.formula_type == "array" else {key[1]: value}
        except EngineError as problem:
            return {key[1]: CellError(VALUE, f"The formula cannot be calculated: {problem}.")}
        finally:
            engine.raise_interrupt()
            engine.set_value(*key, self.values.get(key))

    def _value(self, raw: Any) -> Any:
        if isinstance(raw, dict) and raw.get("kind") == "Error":
            return CellError("#N/IMPL!", "The formula cannot be read.")
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


def _to_15_digits(match: re.Match[str]) -> str:
    """A number in a text as Excel shows it, where the engine has put it there."""
    number = float(match[0])
    return f"{number:.15g}" if repr(number) == match[0] else match[0]


def spilled_cells(sheet: str, cell: CellXml) -> Iterable[CellKey]:
    """The cells that an array formula fills, its own left out."""
    return ((sheet, place) for place in places(cell.ref) if place != cell.place)


def places(ref: str) -> list[CellPos]:
    """The cells of a range."""
    if not ref:
        return []
    (top, left), (bottom, right) = corners_of(ref)
    if (bottom - top + 1) * (right - left + 1) > 5_000_000:
        raise WorkbookRejected(f"An array formula fills {ref}, more than 5 million cells.")
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _spill_from(rows: list[list[Any]], cell: CellXml) -> tuple[dict[CellPos, Any], str]:
    """The values of a dynamic array formula; what it no longer fills is blank."""
    row, column = cell.place
    values: dict[CellPos, Any] = dict.fromkeys(places(cell.ref))
    for down, line in enumerate(rows):
        for right, value in enumerate(line):
            values[row + down, column + right] = value
    last = (row + len(rows) - 1, column + len(rows[0]) - 1)
    ref = address_of(cell.place) if last == cell.place else f"{address_of(cell.place)}:{address_of(last)}"
    return values, ref


def _fit_to_range(rows: list[list[Any]], cell: CellXml) -> dict[CellPos, Any]:
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
