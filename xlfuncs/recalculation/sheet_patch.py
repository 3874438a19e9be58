"""Patch the values of cells into a sheet part, and read the part back before anyone relies on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.cell_patch import format_number, insert_cells, same_value, splice, with_ref, with_value
from xlfuncs.ooxml.cells import CellPos, CellXml, SheetXml, address_of
from xlfuncs.ooxml.sax_reader import read_sheet
from xlfuncs.recalculation.report import Change

Old = Callable[[CellPos], Any]  # the values in the file
ValueOf = Callable[[CellXml], Any]


def patch_sheet(
    sheet: SheetXml, old: Old, new: Mapping[CellPos, Any], refs: Mapping[CellPos, str]
) -> tuple[bytes, list[Change]]:
    """The part with new values in cells, and new ranges of array formulas; and the cells that change."""
    edits: list[tuple[int, int, bytes]] = []
    changes: list[Change] = []
    added_values: dict[CellPos, Any] = {}
    name = sheet.name
    for place, value in new.items():
        old_value, cell = old(place), sheet.cells.get(place)
        if cell is None:
            if value is not None:
                added_values[place] = value
                changes.append(Change(name, address_of(place), None, value))
            continue
        differs, ref = not same_value(old_value, value), refs.get(place)
        if differs:
            changes.append(Change(name, address_of(place), old_value, value))
        if differs or ref is not None:
            edits.append(_patch_cell(sheet.data, cell, value, differs, ref))
    return splice(sheet.data, [*edits, *insert_cells(sheet, added_values)]), changes


def _patch_cell(data: bytes, cell: CellXml, value: Any, differs: bool, ref: str | None) -> tuple[int, int, bytes]:
    """The bytes that replace a stretch of the part: the cell with its new value and range, or only its number."""
    if type(value) is float and cell.kind == "n" and cell.value and ref is None:
        stop = cell.end - 8
        start = stop - len(cell.value)
        if data[start - 3 : start] == b"<v>" and data[stop : cell.end] == b"</v></c>":  # nothing but the number
            return start, stop, format_number(value)
    chunk = data[cell.start : cell.end]
    if ref is not None:
        chunk = with_ref(chunk, ref)
    return cell.start, cell.end, with_value(chunk, value) if differs else chunk


def check_sheet(sheet: SheetXml, data: bytes, value_of: ValueOf, old: Old, new: Mapping[CellPos, Any]) -> None:
    """Read the patched sheet back and raise `WorkbookRejected` unless formulas and values are as intended."""
    if _only_numbers_differ(sheet, data, old, new):
        return
    patched = read_sheet(sheet.part, sheet.name, data)
    if _formulas(sheet) != _formulas(patched):
        raise WorkbookRejected(
            f"The sheet {sheet.name} would not keep its formulas, so nothing was written; please report this."
        )
    for place, cell in patched.cells.items():
        if not same_value(value_of(cell), new[place] if place in new else old(place)):
            raise WorkbookRejected(
                f"The cell {sheet.name}!{address_of(place)} would not get the value that it should have, "
                "so nothing was written; please report this."
            )


def _only_numbers_differ(sheet: SheetXml, data: bytes, old: Old, new: Mapping[CellPos, Any]) -> bool:
    """Whether the bytes differ only in the numbers of cells, and these numbers are as intended."""
    (old_frame, old_texts), (new_frame, new_texts) = _split(sheet.data), _split(data)
    cells = [cell for cell in sheet.cells.values() if cell.value is not None]
    if old_frame != new_frame or len(cells) != len(new_texts) or any(place not in sheet.cells for place in new):
        return False
    for cell, before, text in zip(cells, old_texts, new_texts, strict=True):
        place = cell.place
        if before == text:
            if place in new and not same_value(old(place), new[place]):
                return False
        elif cell.kind != "n" or before.decode() != cell.value or not _is_number(text, new.get(place)):
            return False
    return all(same_value(old(place), value) for place, value in new.items() if sheet.cells[place].value is None)


def _split(data: bytes) -> tuple[list[bytes], list[bytes]]:
    """The bytes around the values of cells, and the values."""
    first, *others = data.split(b"<v>")
    pieces = [piece.partition(b"</v>") for piece in others]
    return [first, *(after for _, _, after in pieces)], [value for value, _, _ in pieces]


def _is_number(text: bytes, intended: Any) -> bool:
    try:
        return float(text) == intended
    except ValueError:
        return False


def _formulas(sheet: SheetXml) -> list[tuple[CellPos, str | None, str | None]]:
    return [(cell.place, cell.formula, cell.shared) for cell in sheet.formulas]
