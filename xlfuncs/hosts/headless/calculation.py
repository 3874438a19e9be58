"""A workbook in the engine: some formulas live, every other cell at a given value."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import formualizer

from xlfuncs.core.errors import SPILL, VALUE, CellError
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.headless.areas import LAST_COLUMN, LAST_ROW
from xlfuncs.hosts.headless.book import Book, Key, Settings
from xlfuncs.hosts.headless.engine import Engine, cell_read, configuration, for_engine
from xlfuncs.hosts.headless.package import Refused
from xlfuncs.hosts.headless.sheets import CellXml, Place, address_of, area_of
from xlfuncs.hosts.headless.spelling import Spelled

_SPILL = "XLFUNCS_SPILL"
_GAP = 8  # blank cells that are not worth a call of their own
_LONGEST_TEXT = 32_767
_MOST_SPILLED = 10_000  # cells, by the engine

Values = dict[Key, Any]


class Calculation:
    """The engine at work on one workbook."""

    def __init__(
        self, book: Book, registry: Registry, spelled: Mapping[Key, Spelled], values: Mapping[Key, Any]
    ) -> None:
        self.book = book
        self.registry = registry
        self.spelled = spelled
        self.values = values  # of every cell that has one in the file
        self.failed: dict[Key, str] = {}
        self._spills: dict[str, Any] = {}

    def run(self, live: Collection[Key], instead: Mapping[Key, Any] | None = None) -> Engine:
        """The engine with these formulas calculated and all else constant; `instead` has other values of constants."""
        self._spills.clear()
        engine = self._loaded(live, instead or {})
        try:
            engine.workbook.evaluate_all()
        except RuntimeError as problem:
            engine.done()
            raise Refused(f"{self.book.package.path} cannot be calculated: {problem}.") from problem
        engine.done()
        return engine

    def _loaded(self, live: Collection[Key], instead: Mapping[Key, Any]) -> Engine:
        engine = Engine(self.registry, formualizer.Workbook(config=_configured(self.book.settings)))
        workbook = engine.workbook
        workbook.set_temporal_egress("serial")
        engine.register(_SPILL, self._keep)
        spilled = set(self.children(live))
        for sheet in self.book.sheets:
            workbook.add_sheet(sheet.name)
            rows: dict[int, list[tuple[int, Any]]] = {}
            for place in sheet.cells:
                key = (sheet.name, place)
                if key not in live and key not in spilled:
                    value = instead[key] if key in instead else self.values.get(key)
                    if value is not None:
                        rows.setdefault(place[0], []).append((place[1], value))
            for key, value in instead.items():
                if key[0] == sheet.name and key[1] not in sheet.cells:
                    rows.setdefault(key[1][0], []).append((key[1][1], value))
            for row in sorted(rows):
                for column, run in _runs(sorted(rows[row], key=lambda found: found[0])):
                    workbook.set_values_batch(sheet.name, row, column, [list(map(for_engine, run))])
        for key in self.book.formulas:  # in their order: the engine takes them in any other much slower
            if key in live:
                self.set_formula(engine, key)
        return engine

    def set_formula(self, engine: Engine, key: Key) -> None:
        """Make a formula live."""
        cell = self.book.formulas[key]
        text = self.spelled[key].text
        if cell.formula_type == "array":
            text = f'{_SPILL}("{key[0].replace(chr(34), chr(34) * 2)}!{key[1][0]},{key[1][1]}",{text})'
        try:
            engine.workbook.set_formula(key[0], *key[1], f"={text}")
        except RuntimeError as problem:
            self.failed[key] = f"The engine cannot read the formula: {problem}. Its value in the file is kept."

    def _keep(self, key: str, result: Any) -> Any:
        self._spills[key] = result
        return result

    def children(self, anchors: Collection[Key]) -> Iterable[Key]:
        """The cells that hold what array formulas spilled, their anchors left out."""
        for sheet in self.book.sheets:
            for cell in sheet.formulas:
                if cell.formula_type == "array" and (sheet.name, cell.place) in anchors:
                    yield from fills(sheet.name, cell)

    def results(self, engine: Engine, key: Key) -> tuple[dict[Place, Any], str]:
        """The value of each cell that a formula fills, and its range."""
        cell = self.book.formulas[key]
        value = self._value(engine.workbook.get_value(key[0], *key[1]))
        if cell.formula_type != "array":
            return {cell.place: value}, cell.ref
        result = cell_read(self._spills.get(f"{key[0]}!{key[1][0]},{key[1][1]}"))
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

    def one_step(self, engine: Engine, key: Key) -> tuple[dict[Place, Any], str]:
        """What a formula gives where every other cell has its value in the file; `engine` has only constants."""
        self.set_formula(engine, key)
        workbook = engine.workbook
        try:
            workbook.evaluate_cell(key[0], *key[1])
            return self.results(engine, key)
        except RuntimeError as problem:
            error = CellError(VALUE, f"The engine cannot calculate this: {problem}.")
            return {key[1]: error}, self.book.formulas[key].ref
        finally:
            engine.done()
            workbook.set_value(key[0], *key[1], for_engine(self.values.get(key)))

    def _value(self, raw: Any) -> Any:
        value = cell_read(raw)
        if value is None:
            return 0.0  # a formula shows a blank cell as 0
        if isinstance(value, str) and len(value) > _LONGEST_TEXT:
            return CellError(VALUE, "The text is longer than a cell can hold.")
        return value


def fills(sheet: str, cell: CellXml) -> Iterable[Key]:
    """The cells of an array formula but its own."""
    return ((sheet, place) for place in places(cell.ref) if place != cell.place)


def places(ref: str) -> list[Place]:
    """The cells of a range."""
    if not ref:
        return []
    (top, left), (bottom, right) = area_of(ref)
    if (bottom - top + 1) * (right - left + 1) > 5_000_000:
        raise Refused(f"An array formula fills {ref}, more than 5 million cells.")
    return [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]


def _configured(settings: Settings) -> formualizer.WorkbookConfig:
    return configuration(settings.dates_1904, (settings.iterations, settings.change) if settings.iterate else None)


def _runs(cells: list[tuple[int, Any]]) -> Iterable[tuple[int, list[Any]]]:
    """The cells of a row in runs: the first column, and the values from there."""
    start, run = cells[0][0], [cells[0][1]]
    for column, value in cells[1:]:
        gap = column - start - len(run)
        if gap > _GAP:
            yield start, run
            start, run = column, [value]
        else:
            run += [None] * gap + [value]
    yield start, run


def _spilled(rows: list[list[Any]], cell: CellXml) -> tuple[dict[Place, Any], str]:
    """The values of a dynamic array formula; what it no longer fills is blank."""
    row, column = cell.place
    values: dict[Place, Any] = dict.fromkeys(places(cell.ref))
    for down, line in enumerate(rows):
        for right, one in enumerate(line):
            values[row + down, column + right] = one
    last = (row + len(rows) - 1, column + len(rows[0]) - 1)
    ref = address_of(cell.place) if last == cell.place else f"{address_of(cell.place)}:{address_of(last)}"
    return values, ref


def _fitted(rows: list[list[Any]], cell: CellXml) -> dict[Place, Any]:
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
