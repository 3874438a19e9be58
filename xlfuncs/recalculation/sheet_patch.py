"""Values put into a sheet part, and the part read again before anyone relies on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cell_patch import format_number, insert_cells, same_value, splice, with_ref, with_value
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml, address_of
from xlfuncs.ooxml.sax_reader import read_sheet
from xlfuncs.recalculation.result_report import Change

Old = Callable[[CellPos], Any]  # the values in the file
ValueOf = Callable[[CellXml], Any]


def patched(
    sheet: SheetXml, old: Old, new: Mapping[CellPos, Any], refs: Mapping[CellPos, str]
) -> tuple[bytes, list[Change]]:
    """The part with new values in cells, and new ranges of array formulas; and what changes by that."""
    edits, changes = [], []
    fresh: dict[CellPos, Any] = {}
    name, data, cells = sheet.name, sheet.data, sheet.cells
    for place, value in new.items():
        was, cell = old(place), cells.get(place)
        if cell is None:
            if value is not None:
                fresh[place] = value
                changes.append(Change(name, address_of(place), None, value))
            continue
        altered = not same_value(was, value)
        if not altered and place not in refs:
            continue
        if type(value) is float and cell.kind == "n" and cell.value and place not in refs:
            stop = cell.end - 8
            start = stop - len(cell.value)
            if data[start - 3 : start] == b"<v>" and data[stop : cell.end] == b"</v></c>":  # nothing but the number
                changes.append(Change(name, address_of(place), was, value))
                edits.append((start, stop, format_number(value)))
                continue
        chunk = data[cell.start : cell.end]
        if place in refs:
            chunk = with_ref(chunk, refs[place])
        if altered:
            chunk = with_value(chunk, value)
            changes.append(Change(name, address_of(place), was, value))
        edits.append((cell.start, cell.end, chunk))
    return splice(data, [*edits, *insert_cells(sheet, fresh)]), changes


def check(sheet: SheetXml, data: bytes, value_of: ValueOf, old: Old, new: Mapping[CellPos, Any]) -> None:
    """Read the patched sheet back and raise `WorkbookRejected` unless formulas and values are as intended."""
    if _only_numbers_differ(sheet, data, old, new):
        return
    fresh = read_sheet(sheet.part, sheet.name, data)
    if _formulas(sheet) != _formulas(fresh):
        raise WorkbookRejected(f"The sheet {sheet.name} would not keep its formulas; please report this.")
    for place, cell in fresh.cells.items():
        if not same_value(value_of(cell), new[place] if place in new else old(place)):
            raise WorkbookRejected(
                f"The cell {sheet.name}!{address_of(place)} would not keep its value; please report this."
            )


def _only_numbers_differ(sheet: SheetXml, data: bytes, old: Old, new: Mapping[CellPos, Any]) -> bool:
    """Whether the bytes are those before but for numbers of cells, and these are the numbers that they are to be."""
    (around, was), (still, now) = _split(sheet.data), _split(data)
    cells = [cell for cell in sheet.cells.values() if cell.value is not None]
    if around != still or len(cells) != len(now) or any(place not in sheet.cells for place in new):
        return False
    for cell, before, text in zip(cells, was, now, strict=True):
        place = cell.place
        if before == text:
            if place in new and not same_value(old(place), new[place]):
                return False
        elif cell.kind != "n" or before.decode() != cell.value or not _is(text, new.get(place)):
            return False
    return all(same_value(old(place), value) for place, value in new.items() if sheet.cells[place].value is None)


def _split(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """What is around the values of cells, and the values."""
    first, *others = data.split(b"<v>")
    pieces = [piece.partition(b"</v>") for piece in others]
    return [first, *(after for _, _, after in pieces)], [value for value, _, _ in pieces]


def _is(text: bytes, meant: Any) -> bool:
    try:
        return float(text) == meant
    except ValueError:
        return False


def _formulas(sheet: SheetXml) -> list[tuple[CellPos, str | None, str | None]]:
    return [(cell.place, cell.formula, cell.shared) for cell in sheet.formulas]
