"""A workbook that is open in Excel, through the object model of xlwings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.hosts.excel.xlwings_internals import book_of

_SHEET, _CELL = 2, 3  # columns of a report, from 0
_PROTECTION = ("ProtectDrawingObjects", "ProtectContents", "ProtectScenarios", "ProtectionMode")
_ALLOWED = (
    "FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
    "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables",
)  # fmt: skip


class SheetProtected(XlfuncsError):
    """Raised when a sheet cannot be unprotected; the message names it."""


def _read_protection(sheet: Any) -> list[Any]:
    """Return the protection of a sheet, in the order in which `Protect` takes it after the password."""
    kinds = [getattr(sheet, name) for name in _PROTECTION]
    return [*kinds, *(getattr(sheet.Protection, f"Allow{name}") for name in _ALLOWED)]


def command(function: Callable[[Any], Any]) -> Any:
    """Let the bridge of the add-in call a function of one argument, which is passed unchanged."""
    function.__annotations__ = {}  # xlwings would look for a converter for each
    return xw.func(xw.arg(function.__code__.co_varnames[0], "raw")(function))


class OpenInExcel:
    """The workbook behind an `xlwings.Book`."""

    def __init__(self, book: Any) -> None:
        self.book = book

    @classmethod
    def of(cls, com_object: Any) -> OpenInExcel:
        """Return the workbook that VBA handed over."""
        return cls(book_of(com_object))

    @property
    def name(self) -> str:
        """The name of its file."""
        return str(self.book.name)

    def save_copy(self, path: Path) -> None:
        """Save its current state to another file, without a change to its own."""
        self.book.api.SaveCopyAs(str(path))

    def area(self, name: str) -> CellBlock | None:
        """Return the cells of a named range; None if the workbook has no such range."""
        cells = self._find_range(name)
        if cells is None:
            return None
        return CellBlock(cells.sheet.name, cells.row, cells.column, cells.options(ndim=2).value)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Set the value of a cell; one with a formula stays as it is."""
        cell = self.book.sheets[sheet].range((row, column))
        if not str(cell.formula).startswith("="):
            cell.value = value

    @contextmanager
    def writing(self, names: Sequence[str]) -> Iterator[None]:
        """Unprotect the sheets of some named ranges, and protect them again afterwards.

        Raises `SheetProtected`, and changes nothing, if one has a password.
        """
        ranges = [cells for cells in map(self._find_range, names) if cells is not None]
        sheets = {cells.sheet.name: cells.sheet.api for cells in ranges if cells.sheet.api.ProtectContents}
        unlocked: list[tuple[Any, list[Any]]] = []
        try:
            for name, sheet in sheets.items():
                settings = _read_protection(sheet)
                try:
                    sheet.Unprotect("")
                except Exception:  # of COM, as for any wrong password
                    raise SheetProtected(
                        f"The sheet {name} is protected by a password; unprotect the sheet first."
                    ) from None
                unlocked.append((sheet, settings))
            yield
        finally:
            for sheet, settings in unlocked:
                sheet.Protect("", *settings)

    def calculate(self) -> None:
        """Recalculate the workbook."""
        self.book.app.calculate()

    def outputs(self) -> dict[str, Any]:
        """Return the values of the cells that are named out_... or chk_...."""
        names = [name.name for name in self.book.names if name.name.lower().startswith(("out_", "chk_"))]
        ranges = {name: self._find_range(name) for name in names}
        return {name: cells.value for name, cells in ranges.items() if cells is not None}

    def _find_range(self, name: str) -> Any:
        """Return the range of a name; None if there is no such name, or if it names something else."""
        if name not in [defined.name for defined in self.book.names]:
            return None
        try:
            return self.book.names[name].refers_to_range
        except Exception:  # of COM, which reports only that there is no range
            return None

    def report(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows in a new workbook, with links to the cells of this one."""
        sheet = self.book.app.books.add().sheets[0]
        sheet.range("A1").value = title
        sheet.range("A3").value = [list(head), *map(list, rows)]
        for number, row in enumerate(rows, 4):
            if row[_SHEET] and row[_CELL]:
                quoted = row[_SHEET].replace("'", "''")
                first = row[_CELL].partition(",")[0].partition(" ")[0]
                target = f"{self.book.fullname}#'{quoted}'!{first}"
                sheet.range((number, _CELL + 1)).add_hyperlink(target, row[_CELL])
        sheet.autofit("columns")
