"""A workbook that is open in Excel, through the object model of xlwings."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import xlwings as xw

_SHEET, _CELL = 2, 3  # of the columns of a report


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
