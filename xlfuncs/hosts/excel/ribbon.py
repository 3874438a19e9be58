"""What the buttons of the ribbon do with the workbook that is open in Excel.

The work is written against a small interface; the last lines give it to Excel through xlwings.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any, Protocol

from xlfuncs import REGISTRY
from xlfuncs.audit import check
from xlfuncs.audit.locations import abbreviate
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.data import workbook_tables
from xlfuncs.engine.function_names import called_functions
from xlfuncs.hosts.excel.open_workbook import LockedError, OpenInExcel, command
from xlfuncs.ooxml.cells import address_of
from xlfuncs.reference.html_site import address
from xlfuncs.services import templates

CHANGES = ("kind", "what", "sheet", "cell", "change")
HEAD = ("severity", "rule", "sheet", "cell", "finding")


class OpenBook(workbook_tables.OpenTables, Protocol):
    """A workbook that is open in a spreadsheet program."""

    @property
    def name(self) -> str:
        """Its file name."""

    def save_copy(self, path: Path) -> None:
        """Write it as it is now to another file."""

    def writing(self, names: Sequence[str]) -> AbstractContextManager[None]:
        """Let the sheets of some names be written to; raises `LockedError`."""

    def calculate(self) -> None:
        """Calculate it again."""

    def outputs(self) -> dict[str, Any]:
        """The values of the cells that it names out_... or chk_...."""

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
        except WorkbookRejected as reason:
            return str(reason).replace(str(copy), book.name)
    errors = sum(one.severity == "E" for one in findings)
    if findings:
        rows = [(one.severity, one.rule, one.sheet, abbreviate(one.cell), one.message) for one in findings]
        book.report(f"Check of {book.name}", HEAD, rows)
    return f"{book.name}: {errors} errors, {len(findings) - errors} warnings."


def refreshed(book: OpenBook, find: workbook_tables.Find, source: str, today: dt.date) -> str:
    """Bring the declared data up to date, calculate, list what changed, and say how much."""
    before = book.outputs()
    try:
        with book.writing(workbook_tables.NAMES):
            done = workbook_tables.update(book, find)
            if not done.declared:
                return f"{book.name} declares no data: it has no table of the name data_figures. Nothing was changed."
            if done:
                workbook_tables.stamp(book, source[:1].upper() + source[1:])
            book.calculate()
            after = book.outputs()
            sentence = done.sentence(source)
            if done:
                workbook_tables.log(
                    book, sentence, "all pass" if after.get("chk_master", 1) == 1 else "a check fails", today
                )
    except LockedError as reason:
        return f"{book.name}: {reason} Nothing was changed."
    rows = list(_changes(done, before, after))
    if rows:
        book.report(f"Refresh of {book.name}", CHANGES, rows)
    return f"{book.name}: {sentence}."


def _changes(done: workbook_tables.Update, before: dict[str, Any], after: dict[str, Any]) -> Iterator[list[str]]:
    """Inputs, figures, outputs and what was kept, each with its cell where it has one."""
    for kind, group in (("input", done.inputs), ("figure", done.figures)):
        for one in group:
            yield [kind, f"{one.key}, {one.what}", one.sheet, address_of(one.cell), f"{one.old} -> {one.new}"]
    for name, value in after.items():
        if before.get(name) != value:
            yield ["output", name, "", "", f"{before.get(name)} -> {value}"]
    for kept in done.kept:
        yield ["conflict" if kept.conflict else "kept", kept.key, kept.sheet, address_of(kept.cell), kept.why]


def template(name: str) -> str:
    """Copy a template into a folder of its own; gives the path of the file."""
    return str(templates.write(name, Path(tempfile.mkdtemp(prefix="xlfuncs-")) / f"{name}.xlsx"))


@command
def check_workbook(book: object) -> str:
    """For the button *Check workbook*: what to tell the user."""
    return checked(OpenInExcel.of(book))


@command
def refresh_data(book: object) -> str:
    """For the button *Refresh data*: what to tell the user."""
    source = workbook_tables.installed_name()
    return refreshed(OpenInExcel.of(book), workbook_tables.Installed(), source, dt.date.today())


@command
def help_topic(formula: object) -> str:
    """For the button *Help*: the page and place of the function that a formula calls; empty where it calls none."""
    names = called_functions(str(formula)) if str(formula).startswith("=") else []
    name = next((name for name in names if name in REGISTRY), "")
    return address(name, REGISTRY) if name else ""


@command
def open_template(name: object) -> str | CellError:
    """For the buttons below *Open template*: the file to open."""
    return template(str(name))
