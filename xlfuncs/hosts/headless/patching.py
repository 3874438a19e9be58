"""Values put into a sheet part, and the part read again before anyone relies on it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from xlfuncs.hosts.headless import plain
from xlfuncs.hosts.headless.package import Refused
from xlfuncs.hosts.headless.report import Change
from xlfuncs.hosts.headless.sheets import (
    CellXml,
    Place,
    SheetXml,
    added,
    address_of,
    number,
    same,
    scanned,
    spliced,
    with_ref,
    with_value,
)

Old = Callable[[Place], Any]  # the values in the file
ValueOf = Callable[[CellXml], Any]


def patched(
    sheet: SheetXml, old: Old, new: Mapping[Place, Any], refs: Mapping[Place, str]
) -> tuple[bytes, list[Change]]:
    """The part with new values in cells, and new ranges of array formulas; and what changes by that."""
    edits, changes = [], []
    fresh: dict[Place, Any] = {}
    name, data, cells = sheet.name, sheet.data, sheet.cells
    for place, value in new.items():
        was, cell = old(place), cells.get(place)
        if cell is None:
            if value is not None:
                fresh[place] = value
                changes.append(Change(name, address_of(place), None, value))
            continue
        altered = not same(was, value)
        if not altered and place not in refs:
            continue
        if type(value) is float and cell.kind == "n" and cell.value and place not in refs:
            stop = cell.end - 8
            start = stop - len(cell.value)
            if data[start - 3 : start] == b"<v>" and data[stop : cell.end] == b"</v></c>":  # nothing but the number
                changes.append(Change(name, address_of(place), was, value))
                edits.append((start, stop, number(value)))
                continue
        chunk = data[cell.start : cell.end]
        if place in refs:
            chunk = with_ref(chunk, refs[place])
        if altered:
            chunk = with_value(chunk, value)
            changes.append(Change(name, address_of(place), was, value))
        edits.append((cell.start, cell.end, chunk))
    return spliced(data, [*edits, *added(sheet, fresh)]), changes


def check(sheet: SheetXml, data: bytes, value_of: ValueOf, old: Old, new: Mapping[Place, Any]) -> None:
    """Read a sheet as it will be: formulas as before, values as they are meant to be; raises `Refused` if not."""
    if plain.walked(data, partial(_is_right, sheet, value_of, old, new)):
        return
    fresh = scanned(sheet.part, sheet.name, data)  # it is not plain, or has more or fewer cells, or is wrong
    if _formulas(sheet) != _formulas(fresh):
        raise Refused(f"The sheet {sheet.name} would not keep its formulas; please report this.")
    for place, cell in fresh.cells.items():
        if not same(value_of(cell), new[place] if place in new else old(place)):
            raise Refused(f"The cell {sheet.name}!{address_of(place)} would not keep its value; please report this.")


def _is_right(
    sheet: SheetXml, value_of: ValueOf, old: Old, new: Mapping[Place, Any], cells: Iterable[plain.Fields]
) -> bool:
    """Whether the sheet has as many cells as before, with their formulas and the values that they are to have."""
    formulas, count = iter(sheet.formulas), 0
    for fields in cells:
        place, _, _, kind, _, formula, _, _, shared, _, _, text = fields
        count += 1
        if formula is not None:
            was = next(formulas, None)
            if was is None or was.formula != formula or was.place != place or was.shared != shared:
                return False
        meant = new[place] if place in new else old(place)
        if kind == "n" and text and type(meant) is float:
            try:
                value = float(text)
            except ValueError:
                return False
            if value == meant:
                continue
        if not same(value_of(CellXml(*fields)), meant):
            return False
    return count == len(sheet.cells) and next(formulas, None) is None


def _formulas(sheet: SheetXml) -> list[tuple[Place, str | None, str | None]]:
    return [(cell.place, cell.formula, cell.shared) for cell in sheet.formulas]
