"""A workbook that is open in Excel, through the object model of xlwings."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import xlwings as xw

from xlfuncs.core.cell_range import CellBlock
from xlfuncs.core.exceptions import XlfuncsError

_SHEET, _CELL = 2, 3  # of the columns of a report
_PROTECTED = ("ProtectDrawingObjects", "ProtectContents", "ProtectScenarios", "ProtectionMode")
_MAY = (
    "FormattingCells", "FormattingColumns", "FormattingRows", "InsertingColumns", "InsertingRows",
    "InsertingHyperlinks", "DeletingColumns", "DeletingRows", "Sorting", "Filtering", "UsingPivotTables",
)  # fmt: skip


class LockedError(XlfuncsError):
    """A sheet cannot be written to; the message says which."""


def _protection(sheet: Any) -> list[Any]:
    """What a sheet allows, in the order in which `Protect` takes it after the password."""
    kinds = [getattr(sheet, name) for name in _PROTECTED]
    return [*kinds, *(getattr(sheet.Protection, f"Allow{name}") for name in _MAY)]


def command(function: Callable[[Any], Any]) -> Any:
    """Let the bridge of the add-in call a function of one argument, which comes as it is."""
    function.__annotations__ = {}  # xlwings would look for a converter for each
    return xw.func(xw.arg(function.__code__.co_varnames[0], "raw")(function))


class OpenInExcel:
    """The workbook behind an `xlwings.Book`."""

    def __init__(self, book: Any) -> None:
        self.book = book

    @classmethod
    def of(cls, com_object: Any) -> OpenInExcel:
        """The workbook that VBA handed over: this very one, whichever copy of Excel it is open in."""
        from win32com.client import Dispatch
        from xlwings import Book, _xlwindows

        wrapped: Any = _xlwindows.Book
        return cls(Book(impl=wrapped(xl=Dispatch(com_object))))

    @property
    def name(self) -> str:
        """Its file name."""
        return str(self.book.name)

    def save_copy(self, path: Path) -> None:
        """Write it as it is now to another file, without a change to its own."""
        self.book.api.SaveCopyAs(str(path))

    def area(self, name: str) -> CellBlock | None:
        """The cells of a name of the workbook."""
        found = self._named(name)
        if found is None:
            return None
        return CellBlock(found.sheet.name, found.row, found.column, found.options(ndim=2).value)

    def put(self, sheet: str, row: int, column: int, value: Any) -> None:
        """Give a cell another value; one with a formula is left as it is."""
        cell = self.book.sheets[sheet].range((row, column))
        if not str(cell.formula).startswith("="):
            cell.value = value

    @contextmanager
    def writing(self, names: Sequence[str]) -> Iterator[None]:
        """Let the sheets of some names be written to, and protect those again that were protected.

        Raises `LockedError`, and changes nothing, where one has a password.
        """
        found = [cells for cells in map(self._named, names) if cells is not None]
        sheets = {cells.sheet.name: cells.sheet.api for cells in found if cells.sheet.api.ProtectContents}
        unlocked: list[tuple[Any, list[Any]]] = []
        try:
            for name, sheet in sheets.items():
                as_it_was = _protection(sheet)
                try:
                    sheet.Unprotect("")
                except Exception:  # of COM, as for any wrong password
                    raise LockedError(f"The sheet {name} is protected by a password; unprotect it first.") from None
                unlocked.append((sheet, as_it_was))
            yield
        finally:
            for sheet, as_it_was in unlocked:
                sheet.Protect("", *as_it_was)

    def calculate(self) -> None:
        """Calculate the workbook again."""
        self.book.app.calculate()

    def outputs(self) -> dict[str, Any]:
        """The values of the cells that the workbook names out_... or chk_...."""
        names = [name.name for name in self.book.names if name.name.lower().startswith(("out_", "chk_"))]
        found = {name: self._named(name) for name in names}
        return {name: cells.value for name, cells in found.items() if cells is not None}

    def _named(self, name: str) -> Any:
        """The range of a name; none where there is none, or where it names something else."""
        if name not in [one.name for one in self.book.names]:
            return None
        try:
            return self.book.names[name].refers_to_range
        except Exception:  # of COM, which says no more than that there is no range
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
                place = f"{self.book.fullname}#'{quoted}'!{first}"
                sheet.range((number, _CELL + 1)).add_hyperlink(place, row[_CELL])
        sheet.autofit("columns")
