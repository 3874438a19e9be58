"""What-if tables: the values of a formula for other values of one or two inputs."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from xlfuncs.engine.engine import Engine, from_engine
from xlfuncs.ooxml.cells import CellPos, corners_of
from xlfuncs.ooxml.references import RangeRef, parse_reference
from xlfuncs.ooxml.workbook import CellKey, WorkbookXml

MOST_CELLS = 20_000


@dataclass(frozen=True)
class WhatIf:
    """A what-if table: the cells that it fills, and the cell for the values above and for those at the left."""

    sheet: str
    area: RangeRef
    above: CellPos | None  # where the values of the row above go
    left: CellPos | None  # where the values of the column at the left go

    @property
    def inputs(self) -> list[CellKey]:
        return [(self.sheet, place) for place in (self.above, self.left) if place is not None]

    @property
    def formulas(self) -> set[CellKey]:
        """The cells whose values the table shows."""
        return {self.formula(place) for place in self.places()}

    def places(self) -> Iterator[CellPos]:
        for row in range(self.area.top, self.area.bottom + 1):
            for column in range(self.area.left, self.area.right + 1):
                yield row, column

    def formula(self, place: CellPos) -> CellKey:
        """The cell that a cell of the table is a value of."""
        row = place[0] if self.left is None else self.area.top - 1
        column = place[1] if self.above is None else self.area.left - 1
        return self.sheet, (row, column)

    def trials(self, values: Callable[[CellKey], Any]) -> list[tuple[dict[CellKey, Any], list[CellPos]]]:
        """The values that go into the inputs at a time, each with the cells of the table that are theirs."""
        found: dict[tuple[CellKey, ...], list[CellPos]] = {}
        for place in self.places():
            found.setdefault(tuple(self.settings(place).values()), []).append(place)
        return [
            ({key: values(source) for key, source in self.settings(places[0]).items()}, places)
            for places in found.values()
        ]

    def settings(self, place: CellPos) -> dict[CellKey, CellKey]:
        """By input cell, the cell that has the value for it."""
        found: dict[CellKey, CellKey] = {}
        if self.above is not None:
            found[self.sheet, self.above] = (self.sheet, (self.area.top - 1, place[1]))
        if self.left is not None:
            found[self.sheet, self.left] = (self.sheet, (place[0], self.area.left - 1))
        return found


def tables(book: WorkbookXml) -> Iterable[tuple[CellKey, WhatIf | None]]:
    """Every what-if table by its first cell; `None` for one whose inputs are gone."""
    for key, cell in book.formulas.items():
        if cell.formula_type == "dataTable":
            yield key, _table(key[0], cell.ref or "A1", cell.table)


def _table(sheet: str, ref: str, attributes: Mapping[str, str]) -> WhatIf | None:
    (top, left), (bottom, right) = corners_of(ref)
    area = RangeRef(sheet, top, left, bottom, right)
    inputs: list[CellPos] = []
    two = attributes.get("dt2D") in ("1", "true")
    for name in ("r1", "r2") if two else ("r1",):
        found = parse_reference(attributes.get(name, ""))
        gone = attributes.get(f"del{name[1]}") in ("1", "true")
        if found is None or found.columns is None or found.rows is None or gone or top == 1 or left == 1:
            return None
        at = found.on_sheet(sheet)
        inputs.append((at.top, at.left))
    if two:
        return WhatIf(sheet, area, inputs[0], inputs[1])
    in_row = attributes.get("dtr") in ("1", "true")
    return WhatIf(sheet, area, inputs[0] if in_row else None, None if in_row else inputs[0])


def evaluated(
    table: WhatIf, engine: Engine, values: Callable[[CellKey], Any], arrays: Iterable[CellKey] = ()
) -> dict[CellPos, Any]:
    """The values of a table; the engine has the formulas live, and `values` are those of the cells beside the table.

    The `arrays` are formulas to calculate, too, for each of the values.
    """
    found: dict[CellPos, Any] = {}
    for given, places in table.trials(values):
        for key, value in given.items():
            engine.set_value(*key, value)
        for key in arrays:
            engine.evaluate(*key)
        for place in places:
            value = from_engine(engine.evaluate(*table.formula(place)))
            found[place] = 0.0 if value is None else value
    for key in table.inputs:
        engine.set_value(*key, values(key))
    engine.raise_interrupt()
    return found
