"""Data tables, Excel's what-if tables: the values of a formula for other values of one or two inputs."""

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
class DataTable:
    """A data table: the cells that it fills, and its input cells for the row above and the column at the left."""

    sheet: str
    area: RangeRef
    row_input: CellPos | None  # where the values of the row above go
    column_input: CellPos | None  # where the values of the column at the left go

    @property
    def inputs(self) -> list[CellKey]:
        """Its input cells."""
        return [(self.sheet, place) for place in (self.row_input, self.column_input) if place is not None]

    @property
    def formulas(self) -> set[CellKey]:
        """The cells whose values the table shows."""
        return {self.formula(place) for place in self.places()}

    def places(self) -> Iterator[CellPos]:
        """The cells that it fills."""
        for row in range(self.area.top, self.area.bottom + 1):
            for column in range(self.area.left, self.area.right + 1):
                yield row, column

    def formula(self, place: CellPos) -> CellKey:
        """The cell whose value a cell of the table shows."""
        row = place[0] if self.column_input is None else self.area.top - 1
        column = place[1] if self.row_input is None else self.area.left - 1
        return self.sheet, (row, column)

    def trials(self, value_of: Callable[[CellKey], Any]) -> list[tuple[dict[CellKey, Any], list[CellPos]]]:
        """The values of the input cells for each trial, with the cells of the table that show its results."""
        places_of: dict[tuple[CellKey, ...], list[CellPos]] = {}
        for place in self.places():
            places_of.setdefault(tuple(self.sources(place).values()), []).append(place)
        return [
            ({key: value_of(source) for key, source in self.sources(places[0]).items()}, places)
            for places in places_of.values()
        ]

    def sources(self, place: CellPos) -> dict[CellKey, CellKey]:
        """For each input cell, the cell beside the table that has its value."""
        sources: dict[CellKey, CellKey] = {}
        if self.row_input is not None:
            sources[self.sheet, self.row_input] = (self.sheet, (self.area.top - 1, place[1]))
        if self.column_input is not None:
            sources[self.sheet, self.column_input] = (self.sheet, (place[0], self.area.left - 1))
        return sources


def read_tables(book: WorkbookXml) -> Iterable[tuple[CellKey, DataTable | None]]:
    """Every data table by its first cell; `None` for one whose input cells were deleted."""
    for key, cell in book.formulas.items():
        if cell.formula_type == "dataTable":
            yield key, _read_table(key[0], cell.ref or "A1", cell.table)


def _read_table(sheet: str, ref: str, attributes: Mapping[str, str]) -> DataTable | None:
    (top, left), (bottom, right) = corners_of(ref)
    area = RangeRef(sheet, top, left, bottom, right)
    inputs: list[CellPos] = []
    two = attributes.get("dt2D") in ("1", "true")
    for name in ("r1", "r2") if two else ("r1",):
        cell = parse_reference(attributes.get(name, ""))
        deleted = attributes.get(f"del{name[1]}") in ("1", "true")
        if cell is None or cell.columns is None or cell.rows is None or deleted or top == 1 or left == 1:
            return None
        corner = cell.on_sheet(sheet)
        inputs.append((corner.top, corner.left))
    if two:
        return DataTable(sheet, area, inputs[0], inputs[1])
    in_row = attributes.get("dtr") in ("1", "true")
    return DataTable(sheet, area, inputs[0] if in_row else None, None if in_row else inputs[0])


def evaluate(
    table: DataTable, engine: Engine, value_of: Callable[[CellKey], Any], arrays: Iterable[CellKey] = ()
) -> dict[CellPos, Any]:
    """The values of a table, by an engine in which all formulas are live.

    `value_of` gives the values of the cells beside the table. The `arrays` are formulas to calculate for each trial,
    too.
    """
    values: dict[CellPos, Any] = {}
    for inputs, places in table.trials(value_of):
        for key, value in inputs.items():
            engine.set_value(*key, value)
        for key in arrays:
            engine.evaluate(*key)
        for place in places:
            value = from_engine(engine.evaluate(*table.formula(place)))
            values[place] = 0.0 if value is None else value
    for key in table.inputs:
        engine.set_value(*key, value_of(key))
    engine.raise_interrupt()
    return values
