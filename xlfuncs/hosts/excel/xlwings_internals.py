"""Private parts of xlwings, in one place.

The public `xlwings.Book` finds a workbook by name in the active Excel, which may be another one than that of the user
when several are open. Only the private class for Windows takes the COM object that VBA hands over.
"""

from __future__ import annotations

from typing import Any


def book_of(com_object: Any) -> Any:
    """Return the `xlwings.Book` of a workbook that VBA handed over: this very one, whichever Excel has it open."""
    from win32com.client import Dispatch
    from xlwings import Book, _xlwindows

    windows_book: Any = _xlwindows.Book
    return Book(impl=windows_book(xl=Dispatch(com_object)))
