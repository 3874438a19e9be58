"""The commands of the ribbon, on the workbook that is open in Excel.

The work is written against a small protocol; the last functions give it to Excel through xlwings.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from xlfuncs.audit import check
from xlfuncs.audit.locations import abbreviate
from xlfuncs.catalogue.template_layout import MASTER_CHECK_NAME
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.data import workbook_tables
from xlfuncs.engine.function_names import called_functions
from xlfuncs.functions import REGISTRY
from xlfuncs.hosts.excel.open_workbook import OpenInExcel, SheetProtected, command
from xlfuncs.ooxml.cells import address_of
from xlfuncs.reference.html_site import address
from xlfuncs.services import templates

CHANGES = ("kind", "what", "sheet", "cell", "change")
HEAD = ("severity", "rule", "sheet", "cell", "finding")


class OpenBook(workbook_tables.OpenTables, Protocol):
    """A workbook that is open in a spreadsheet program."""

    @property
    def name(self) -> str:
        """The name of its file."""
        ...

    def save_copy(self, path: Path) -> None:
        """Save its current state to another file."""
        ...

    def writing(self, names: Sequence[str]) -> AbstractContextManager[None]:
        """Unprotect the sheets of some named ranges for a while; raises `SheetProtected`."""
        ...

    def calculate(self) -> None:
        """Recalculate it."""
        ...

    def outputs(self) -> dict[str, Any]:
        """Return the values of the cells that are named out_... or chk_...."""
        ...

    def report(self, title: str, head: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Show rows in a new workbook; a row with a sheet and a cell gets a link to it."""
        ...


def check_open_workbook(book: OpenBook) -> str:
    """Audit the current state of the workbook, list the findings, and return a sentence with their number."""
    suffix = Path(book.name).suffix or ".xlsx"
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / f"copy{suffix}"
        book.save_copy(copy)
        try:
            findings = check(copy, REGISTRY)
        except WorkbookRejected as reason:
            return str(reason).replace(str(copy), book.name)
    errors = sum(finding.severity == "E" for finding in findings)
    if findings:
        rows = [
            (finding.severity, finding.rule, finding.sheet, abbreviate(finding.cell), finding.message)
            for finding in findings
        ]
        book.report(f"Check of {book.name}", HEAD, rows)
    return f"{book.name}: {_count(errors, 'error')}, {_count(len(findings) - errors, 'warning')}."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def refresh_open_workbook(book: OpenBook, find: workbook_tables.FindFigure, source: str, today: dt.date) -> str:
    """Update the declared data, recalculate, list what changed, and return a sentence about it."""
    before = book.outputs()
    try:
        with book.writing(workbook_tables.NAMES):
            update = workbook_tables.update_tables(book, find)
            if not update.declared:
                return f"{book.name} declares no data, since it has no table named data_figures. Nothing was changed."
            if update:
                workbook_tables.write_version(book, source[:1].upper() + source[1:])
            book.calculate()
            after = book.outputs()
            sentence = update.sentence(source)
            if update:
                workbook_tables.add_log_row(
                    book, sentence, "all pass" if after.get(MASTER_CHECK_NAME, 1) == 1 else "a check fails", today
                )
    except SheetProtected as reason:
        return f"{book.name}: {reason} Nothing was changed."
    rows = list(_list_changes(update, before, after))
    if rows:
        book.report(f"Refresh of {book.name}", CHANGES, rows)
    return f"{book.name}: {sentence}."


def _list_changes(
    update: workbook_tables.DataUpdate, before: dict[str, Any], after: dict[str, Any]
) -> Iterator[list[str]]:
    """Yield inputs, figures, outputs and what was kept, each with its cell if it has one."""
    for kind, group in (("input", update.inputs), ("figure", update.figures)):
        for change in group:
            what = f"{change.key}, {change.what}"
            yield [kind, what, change.sheet, address_of(change.cell), f"{change.old} -> {change.new}"]
    for name, value in after.items():
        if before.get(name) != value:
            yield ["output", name, "", "", f"{before.get(name)} -> {value}"]
    for skipped in update.kept:
        kind = "conflict" if skipped.conflict else "kept"
        yield [kind, skipped.key, skipped.sheet, address_of(skipped.cell), skipped.why]


def copy_template(name: str) -> str:
    """Copy a template into a folder of its own; return the path of the copy."""
    return str(templates.write(name, Path(tempfile.mkdtemp(prefix="xlfuncs-")) / f"{name}.xlsx"))


@command
def check_workbook(book: object) -> str:
    """Run the button *Check workbook*; return the message for the user."""
    return check_open_workbook(OpenInExcel.of(book))


@command
def refresh_data(book: object) -> str:
    """Run the button *Refresh data*; return the message for the user."""
    source = workbook_tables.name_installed_figures()
    return refresh_open_workbook(OpenInExcel.of(book), workbook_tables.InstalledFigures(), source, dt.date.today())


@command
def help_topic(formula: object) -> str:
    """Run the button *Help*: return the page of the first of our functions that a formula calls, or an empty text."""
    names = called_functions(str(formula)) if str(formula).startswith("=") else []
    name = next((name for name in names if name in REGISTRY), "")
    return address(name, REGISTRY) if name else ""


@command
def open_template(name: object) -> str | CellError:
    """Run a button below *Open template*; return the file to open."""
    return copy_template(str(name))
