"""Workbook files as the task pane sees them in Excel, read by openpyxl."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.datetime import to_excel

from xlfuncs import data
from xlfuncs.core.sandbox import Limits
from xlfuncs.data import workbook_tables
from xlfuncs.data.tables import Observation
from xlfuncs.hosts.officejs import tasks
from xlfuncs.hosts.officejs.server import Task

DAY = dt.date(2026, 11, 25)


@dataclass(frozen=True)
class Moved:
    """The installed data, each figure times a factor."""

    factor: float

    def __call__(self, key: str) -> Observation:
        one = data.figure(key)
        numbers = (one.value * self.factor, one.low * self.factor, one.high * self.factor)
        return Observation(one.entity, one.metric, DAY, *numbers, one.unit, "low", one.source, "")


def job(find: workbook_tables.FindFigure, seconds: float = 60) -> Task:
    """The task of the server with another source and a fixed day."""
    work = partial(tasks.preview_refresh, find=find, source="a test", today=DAY)
    return Task(tasks.JSON, partial(tasks.run_confined, Limits(seconds, threads=True), "The data", work))


class Seen:
    """A file."""

    def __init__(self, path: Path) -> None:
        self._formulas = openpyxl.load_workbook(path)
        self._values = openpyxl.load_workbook(path, data_only=True)

    def value(self, sheet: str, cell: str) -> Any:
        """What Office.js gives for a cell."""
        found = self._values[sheet][cell].value
        if isinstance(found, dt.date | dt.datetime):
            return to_excel(found)
        return found

    @cached_property
    def names(self) -> dict[str, str]:
        return {name: f"={one.attr_text}" for name, one in self._formulas.defined_names.items()}

    def _range(self, name: str) -> tuple[str, Any]:
        ((sheet, address),) = self._formulas.defined_names[name].destinations
        cells = self._formulas[sheet][address.replace("$", "")]
        return sheet, cells if isinstance(cells, tuple) else ((cells,),)

    def cells(self, name: str) -> Iterator[tuple[str, str, bool]]:
        """The sheet and address of each cell of a name, and whether it has a formula."""
        sheet, rows = self._range(name)
        for row in rows:
            for cell in row:
                yield sheet, cell.coordinate, cell.data_type == "f"

    def sent(self) -> dict[str, Any]:
        """What the pane sends to refresh the data."""
        areas = {}
        for name in set(workbook_tables.NAMES) & set(self._formulas.defined_names):
            sheet, rows = self._range(name)
            areas[name] = {
                "sheet": sheet,
                "row": rows[0][0].row,
                "column": rows[0][0].column,
                "rows": [[self.value(sheet, cell.coordinate) for cell in row] for row in rows],
                "formulas": [
                    [r, c] for r, row in enumerate(rows) for c, cell in enumerate(row) if cell.data_type == "f"
                ],
            }
        return {"day": 36526, "areas": areas}

    @property
    def protected(self) -> list[str]:
        """The sheets that are protected."""
        return [sheet.title for sheet in self._formulas if sheet.protection.sheet]

    @cached_property
    def script(self) -> str:
        """The workbook for the stand-in of Office.js."""
        sheets = {
            sheet.title: {
                cell.coordinate: {
                    "value": "" if (value := self.value(sheet.title, cell.coordinate)) is None else value,
                    **({"formula": str(getattr(cell.value, "text", cell.value))} if cell.data_type == "f" else {}),
                }
                for row in sheet.iter_rows()
                for cell in row
                if cell.value is not None
            }
            for sheet in self._formulas
        }
        return json.dumps({"sheets": sheets, "names": self.names, "protected": self.protected})
