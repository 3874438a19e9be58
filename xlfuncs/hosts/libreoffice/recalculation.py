"""The values of a workbook as LibreOffice calculates them with our functions, beside the stored values."""

from __future__ import annotations

import math
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from xlfuncs.core.registry import Registry
from xlfuncs.hosts.libreoffice import extension, office
from xlfuncs.hosts.libreoffice.copies import copy_for_calc
from xlfuncs.ooxml.cells import CellPos, address_of, corners_of
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import WorkbookXml, read_workbook

RELATIVE, ABSOLUTE = 1e-9, 1e-12


@dataclass(frozen=True)
class Calculated:
    """A cell with a formula: the stored value, and the one that LibreOffice calculates."""

    sheet: str
    cell: str
    formula: str
    stored: Any
    value: Any

    def agrees(self) -> bool:
        """Whether both values are equal, numbers to a billionth."""
        if isinstance(self.stored, float) and isinstance(self.value, float):
            return math.isclose(self.stored, self.value, rel_tol=RELATIVE, abs_tol=ABSOLUTE)
        return type(self.stored) is type(self.value) and bool(self.stored == self.value)


@dataclass(frozen=True)
class Recalculated:
    """All formula cells of a workbook."""

    file: Path
    cells: list[Calculated] = field(default_factory=list)

    @property
    def different(self) -> list[Calculated]:
        """The cells whose value differs from the stored one."""
        return [cell for cell in self.cells if not cell.agrees()]


def recalculate(path: Path, registry: Registry, seconds: float = office.SECONDS) -> Recalculated:
    """Calculate a private copy of a workbook in LibreOffice; the file itself is only read."""
    copy = copy_for_calc(path, registry)
    office.check_python()
    calculated = _read(office.calculate_workbook(copy, seconds, extension.build(registry), path))
    old = read_workbook(Package(path))
    cells = [
        Calculated(
            sheet,
            address_of(position),
            formula,
            old.value(old.cell((sheet, position))),
            _value(calculated, sheet, position),
        )
        for sheet, position, formula in _list_formula_cells(old)
    ]
    return Recalculated(path, cells)


def _list_formula_cells(book: WorkbookXml) -> Iterator[tuple[str, CellPos, str]]:
    """Yield every cell with a formula, and those that an array formula fills."""
    for (sheet, position), cell in book.formulas.items():
        (top, left), (bottom, right) = corners_of(cell.ref) if cell.formula_type == "array" else (position, position)
        for row in range(top, bottom + 1):
            for column in range(left, right + 1):
                yield sheet, (row, column), cell.formula or ""


def _value(book: WorkbookXml, sheet: str, position: CellPos) -> Any:
    return book.value(book.cell((sheet, position)))


def pages(
    path: Path,
    registry: Registry,
    shown: Collection[str] = (),
    one_page: bool = False,
    seconds: float = office.SECONDS,
) -> bytes:
    """Return the pages of a workbook, all sheets or those shown, with the values that LibreOffice calculates."""
    copy = copy_for_calc(path, registry, shown, one_page)
    office.check_python()
    return office.draw_pdf(copy, path, seconds, extension.build(registry))


def _read(data: bytes) -> WorkbookXml:
    with tempfile.TemporaryDirectory(prefix="xlfuncs-office-") as folder:
        path = Path(folder) / "book.xlsx"
        path.write_bytes(data)
        return read_workbook(Package(path))
