"""Values put into a sheet part, and the part read again before anyone relies on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from xlfuncs.hosts.headless.package import Refused
from xlfuncs.hosts.headless.report import Change
from xlfuncs.hosts.headless.sheets import (
    CellXml,
    Place,
    SheetXml,
    added,
    address_of,
    same,
    scanned,
    spliced,
    with_ref,
    with_value,
)

Old = Callable[[Place], Any]  # the values in the file


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
        chunk = data[cell.start : cell.end]
        if place in refs:
            chunk = with_ref(chunk, refs[place])
        if altered:
            chunk = with_value(chunk, value)
            changes.append(Change(name, address_of(place), was, value))
        edits.append((cell.start, cell.end, chunk))
    return spliced(data, [*edits, *added(sheet, fresh)]), changes


def check(
    sheet: SheetXml,
    data: bytes,
    value_of: Callable[[CellXml], Any],
    old: Old,
    new: Mapping[Place, Any],
) -> None:
    """Read a sheet as it will be: formulas as before, values as they are meant to be; raises `Refused` if not."""
    fresh = scanned(sheet.part, sheet.name, data)
    before, after = sheet.formulas, fresh.formulas
    if len(before) != len(after) or not all(map(_alike, before, after)):
        raise Refused(f"The sheet {sheet.name} would not keep its formulas; please report this.")
    for place, cell in fresh.cells.items():
        value, meant = value_of(cell), new[place] if place in new else old(place)
        if not (value == meant and type(value) is type(meant)) and not same(value, meant):
            raise Refused(f"The cell {sheet.name}!{address_of(place)} would not keep its value; please report this.")


def _alike(one: CellXml, other: CellXml) -> bool:
    return one.formula == other.formula and one.place == other.place and one.shared == other.shared
