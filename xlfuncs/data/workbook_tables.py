"""The tables of figures that a workbook declares by defined names, brought up to date from a source.

`data_figures` is a table with a header row: a `key` as `data.figure` takes it, `value`, and any of `low`, `high`,
`unit`, `as of`, `grade`, `source`, `link`, `note`. `data_inputs` is one with `source key` and `base`, and any of
`low`, `high`, `as of`, `source`. An input that equals its figure follows it; any other is the user's own and stays.
`data_version` is a cell for the version of the data, `data_log` a table of `version`, `date`, `author`, `change`,
`checks`, its rows prepared, the newest on top.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from xlfuncs import data
from xlfuncs.core import units
from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.dates import LAST_SERIAL, from_serial
from xlfuncs.core.wording import count_text, number_text
from xlfuncs.data import tables
from xlfuncs.data.tables import Observation

_NUMBERS = ("low", "value", "high")
AUTHOR = "xlfuncs refresh"
NAMES = ("data_figures", "data_inputs", "data_version", "data_log")

FindFigure = Callable[[str], Observation]  # a figure by its key; raises `DataNotFound`


class OpenTables(Protocol):
    """A workbook whose declared tables can be read and written, in a file or in a spreadsheet program."""

    def area(self, name: str) -> CellBlock | None:
        """The cells of a name of the workbook; none where it has no such name."""

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Give a cell another value: a number, a text, a date, or none."""


@dataclass(frozen=True)
class CellChange:
    """A figure or an input that has another value now."""

    key: str
    sheet: str
    cell: tuple[int, int]
    what: str
    old: Any
    new: Any


@dataclass(frozen=True)
class SkippedRow:
    """A figure or an input left as it was, and why; a conflict where the source has another value.

    A figure that the source has for later days only is `known_from` the first of them.
    """

    key: str
    sheet: str
    cell: tuple[int, int]
    why: str
    conflict: bool = False
    known_from: dt.date | None = None


@dataclass
class DataUpdate:
    """What an update of the declared tables did."""

    declared: bool = False
    known: int = 0  # figures that the source has
    figures: list[CellChange] = field(default_factory=list)
    inputs: list[CellChange] = field(default_factory=list)
    kept: list[SkippedRow] = field(default_factory=list)

    @property
    def conflicts(self) -> list[SkippedRow]:
        """Inputs of the user whose figure has moved."""
        return [row for row in self.kept if row.conflict]

    @property
    def not_yet_known(self) -> dict[str, dt.date]:
        """The figures that the source has for later days only, by key, each with the first of these days."""
        return {row.key: row.known_from for row in self.kept if row.known_from}

    def __bool__(self) -> bool:
        return bool(self.figures or self.inputs)

    def sentence(self, source: str) -> str:
        """What it did, for the log."""
        figures, inputs = ({change.key for change in group} for group in (self.figures, self.inputs))
        yours = f"; {count_text(len(self.conflicts), 'input')} of your own kept" if self.conflicts else ""
        updated = f"{count_text(len(figures), 'figure')} and {count_text(len(inputs), 'input')}"
        unknown = len(self.not_yet_known)
        later = f"; {count_text(unknown, 'figure')} not known on that day kept" if unknown else ""
        return f"{updated} brought up to date from {source}{yours}{later}"


@dataclass(frozen=True)
class InstalledFigures:
    """The figures that come with the package, those known on a date."""

    as_of: dt.date | None = None

    def __call__(self, key: str) -> Observation:
        """A figure by its key."""
        return data.figure(key, self.as_of)


def name_installed_figures() -> str:
    """What to call them."""
    return f"data set of {tables.version()}"


def update_tables(book: OpenTables, find: FindFigure, pinned: bool = False) -> DataUpdate:
    """Bring the declared figures, and the inputs that follow them, up to date; `pinned` takes older ones too."""
    update = DataUpdate()
    figures = _Table.of(book.area("data_figures"), ("key", "value"))
    if figures is None:
        return update
    update.declared = True
    fresh: dict[str, Observation] = {}
    before: dict[str, tuple[Any, ...]] = {}
    for row in figures:
        key = str(row["key"] or "").strip()
        if not key:
            continue
        before[key] = tuple(row[name] for name in _NUMBERS)
        figure = _find_in_unit(figures, row, key, find, pinned, update)
        if figure:
            update.known += 1
            fresh[key] = figure
            _write_row(book, figures, row, key, _cells_of(figure), update.figures)
    inputs = _Table.of(book.area("data_inputs"), ("source key", "base"))
    if inputs is None:
        return update
    for row in inputs:
        key = str(row["source key"] or "").strip()
        if key in before:
            _follow_figure(book, inputs, row, key, before[key], fresh.get(key), update)
    return update


@dataclass(frozen=True)
class UncertainInput:
    """An input with a range: what it is called, its cell, and its lowest, most likely and highest value."""

    label: str
    sheet: str
    cell: tuple[int, int]
    low: float
    base: float
    high: float


def find_uncertain_inputs(book: OpenTables) -> list[UncertainInput]:
    """The declared inputs with a range, each by its key or else its label; none where none are declared."""
    inputs = _Table.of(book.area("data_inputs"), ("base", "low", "high"))
    uncertain = []
    for row in inputs or ():
        low, base, high = (row[name] for name in ("low", "base", "high"))
        numbers = all(isinstance(number, (int, float)) and not isinstance(number, bool) for number in (low, base, high))
        if inputs and numbers and low < high and low <= base <= high:
            label = str(row["source key"] or row["label"] or "").strip() or f"row {row.number}"
            uncertain.append(
                UncertainInput(label, inputs.area.sheet, (row.number, inputs.column("base")), low, base, high)
            )
    return uncertain


def add_log_row(book: OpenTables, change: str, checks: str, today: dt.date) -> bool:
    """Add a row on top of the log; false where there is none, or no room."""
    rows = _Table.of(book.area("data_log"), ("version", "date", "author", "change", "checks"))
    if rows is None:
        return False
    names = ("version", "date", "author", "change", "checks")
    lines = list(rows)
    used = [line for line in lines if any(line[name] not in (None, "") for name in names)]
    if not used or len(used) == len(lines):
        return False
    texts = [[used[0]["version"], today, AUTHOR, change, checks], *([line[name] for name in names] for line in used)]
    for line, values in zip(lines, texts, strict=False):
        for name, value in zip(names, values, strict=True):
            if name == "date":
                value = rows.date(value) or value
            if line[name] != value:
                book.put(rows.area.sheet, line.number, rows.column(name), value)
    return True


def write_version(book: OpenTables, text: str) -> None:
    """Write the version of the data where the workbook shows it."""
    area = book.area("data_version")
    if area and area.rows[0][0] != text:
        book.put(area.sheet, area.row, area.column, text)


@dataclass
class _Row:
    number: int
    cells: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.cells.get(name)


class _Table:
    """The rows below a header, by the words in it."""

    def __init__(self, area: CellBlock) -> None:
        self.area = area
        self.names = [str(text or "").strip().lower() for text in area.rows[0]]

    @classmethod
    def of(cls, area: CellBlock | None, needed: Sequence[str]) -> _Table | None:
        """The table of an area, where it has the columns that are needed."""
        if area is None or len(area.rows) < 2:
            return None
        table = cls(area)
        return table if set(needed) <= set(table.names) else None

    def column(self, name: str) -> int:
        return self.area.column + self.names.index(name)

    def date(self, value: Any) -> dt.date | None:
        """A date as a file or a program gives it."""
        if isinstance(value, dt.datetime):
            return value.date()
        if isinstance(value, dt.date):
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < LAST_SERIAL + 1:
            return from_serial(value, self.area.epoch)
        try:
            return dt.date.fromisoformat(str(value).strip())
        except ValueError:
            return None

    def __iter__(self) -> Iterator[_Row]:
        for offset, values in enumerate(self.area.rows[1:], 1):
            yield _Row(self.area.row + offset, dict(zip(self.names, values, strict=True)))


def _find_in_unit(
    table: _Table, row: _Row, key: str, find: FindFigure, pinned: bool, update: DataUpdate
) -> Observation | None:
    """The figure of the source in the unit of the row, with a range where the row has one."""
    place = (table.area.sheet, (row.number, table.column("value")))
    try:
        figure = find(key)
    except data.DataNotFound as reason:
        if not key.startswith("assumption."):
            first = reason.first if isinstance(reason, data.NotYetKnown) else None
            update.kept.append(SkippedRow(key, *place, str(reason), known_from=first))
        return None
    date = table.date(row["as of"])
    if date and figure.as_of < date and not pinned:
        update.kept.append(
            SkippedRow(
                key, *place, f"The figure in the workbook is newer ({date}) than that of the source ({figure.as_of})."
            )
        )
        return None
    unit = str(row["unit"] or units.spell_unit(figure.unit))
    try:
        low, value, high = (_convert(number, figure, unit) for number in (figure.low, figure.value, figure.high))
    except data.DataNotFound as reason:
        update.kept.append(SkippedRow(key, *place, str(reason), True))
        return None
    old_low, old, old_high = (row[name] for name in _NUMBERS)
    if low == high and all(isinstance(number, (int, float)) for number in (old_low, old, old_high)) and old:
        if _is_same(old, value):
            low, high = old_low, old_high
        else:  # the range of the workbook, about the new figure
            low, high = sorted((value * old_low / old, value * old_high / old))
    return Observation(
        figure.entity,
        figure.metric,
        figure.as_of,
        value,
        low,
        high,
        unit,
        figure.confidence,
        figure.source,
        figure.note,
    )


def _convert(number: float, figure: Observation, unit: str) -> float:
    return data.convert(number, figure.unit, unit, figure.as_of) if figure.unit else number


def _cells_of(figure: Observation) -> dict[str, Any]:
    return {
        "low": figure.low, "value": figure.value, "high": figure.high, "as of": figure.as_of,
        "grade": figure.confidence, "source": figure.source.title, "link": figure.source.url,
    }  # fmt: skip


def _write_row(
    book: OpenTables, table: _Table, row: _Row, key: str, cells: dict[str, Any], changes: list[CellChange]
) -> None:
    """Write the cells of a row that differ."""
    for name, new in cells.items():
        if name not in table.names:
            continue
        old = table.date(row[name]) if name == "as of" else row[name]
        if _is_same(old, new) or (old in (None, "") and new in (None, "")):
            continue
        column = table.column(name)
        book.put(table.area.sheet, row.number, column, new)
        changes.append(CellChange(key, table.area.sheet, (row.number, column), name, old, new))


def _follow_figure(
    book: OpenTables,
    table: _Table,
    row: _Row,
    key: str,
    before: tuple[Any, ...],
    fresh: Observation | None,
    update: DataUpdate,
) -> None:
    """Let an input follow its figure, or list it where the user has changed it."""
    typed = {"low": row["low"], "value": row["base"], "high": row["high"]}
    changed = [
        name
        for name, old in zip(_NUMBERS, before, strict=True)
        if (name == "value" or name in table.names) and not _is_same(typed[name], old)
    ]
    if changed:
        moves = fresh is not None and not _is_same(fresh.value, before[1])
        now = f"; the source now has {number_text(fresh.value)} ({fresh.as_of})" if fresh and moves else ""
        why = f"Your own value {_format_value(row['base'])} replaces {_format_value(before[1])}{now}."
        place = (row.number, table.column("base"))
        update.kept.append(SkippedRow(key, table.area.sheet, place, why, moves))
    elif fresh:
        cells = _cells_of(fresh)
        text = cells["source"] if fresh.confidence == "assumption" else f"{cells['source']} ({fresh.confidence})"
        cells = {"low": fresh.low, "base": fresh.value, "high": fresh.high, "as of": fresh.as_of, "source": text}
        _write_row(book, table, row, key, cells, update.inputs)


def _format_value(value: Any) -> str:
    return number_text(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else str(value)


def _is_same(old: Any, new: Any) -> bool:
    if isinstance(old, (int, float)) and isinstance(new, (int, float)):
        return abs(old - new) <= 1e-12 * max(abs(old), abs(new))
    return bool(old == new)
