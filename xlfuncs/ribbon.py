"""What the buttons of the ribbon do with the workbook that is open in Excel.

The work is written against a small interface; the last lines give it to Excel through xlwings.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from xlfuncs import REGISTRY
from xlfuncs.core.errors import CellError
from xlfuncs.hosts.excel.book import OpenInExcel, command
from xlfuncs.hosts.headless.package import Refused
from xlfuncs.rules import check
from xlfuncs.rules.places import brief

HEAD = ("severity", "rule", "sheet", "cell", "finding")


class OpenBook(Protocol):
    """A workbook that is open in a spreadsheet program."""

    @property
    def name(self) -> str:
        """Its file name."""

    def save_copy(self, path: Path) -> None:
        """Write it as it is now to another file."""

    def report(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows in a new workbook; a row with a sheet and a cell gets a link to it."""


def checked(book: OpenBook) -> str:
    """Run the rules over the workbook as it is now, list the findings, and say how many there are."""
    suffix = Path(book.name).suffix or ".xlsx"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"copy{suffix}"
        book.save_copy(copy)
        try:
            findings = check(copy, REGISTRY)
        except Refused as reason:
            return str(reason).replace(str(copy), book.name)
    errors = sum(one.severity == "E" for one in findings)
    if findings:
        rows = [(one.severity, one.rule, one.sheet, brief(one.cell), one.why) for one in findings]
        book.report(f"Check of {book.name}", HEAD, rows)
    return f"{book.name}: {errors} errors, {len(findings) - errors} warnings."


def template(name: str) -> str:
    """Build a template afresh into a folder of its own; gives the path of the file."""
    import workbooks

    path = Path(tempfile.mkdtemp(prefix="xlfuncs-")) / f"{name}.xlsx"
    workbooks.build(name, path)
    return str(path)


@command
def check_workbook(book: object) -> str:
    """For the button *Check workbook*: what to tell the user."""
    return checked(OpenInExcel.of(book))


@command
def open_template(name: object) -> str | CellError:
    """For the buttons below *Open template*: the file to open."""
    return template(str(name))
