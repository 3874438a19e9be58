"""Rules for a workbook that others can trust, each checked by reading the file: `xlfuncs check FILE`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

from xlfuncs.core.registry import Registry
from xlfuncs.hosts.headless.formulas import called
from xlfuncs.hosts.headless.refresh import Report, refresh

_VOLATILE = {"OFFSET", "INDIRECT", "NOW", "TODAY", "RAND", "RANDBETWEEN", "RANDARRAY"}
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)
_PATHS = re.compile(r"_xll\.|_xldudf_|_xludf\.|\.xla[m]?'?!", re.IGNORECASE)
_ERRORS = re.compile(r"^#(N/A|VALUE!|NUM!|DIV/0!|NAME\?|REF!|NULL!|SPILL!|CALC!)$")


@dataclass(frozen=True)
class Finding:
    """A rule that does not hold: its id, E for error or W for warning, where, and why."""

    rule: str
    severity: str
    sheet: str
    cell: str
    why: str


@dataclass
class Opened:
    """A workbook as the rules read it: formulas, stored values, and what a recalculation gives."""

    formulas: Any
    values: Any
    report: Report
    registry: Registry

    def cells(self) -> Iterator[tuple[str, str, str, Any]]:
        """Sheet, address, formula and stored value of every formula cell."""
        for sheet in self.formulas.worksheets:
            values = self.values[sheet.title]
            for row in sheet.iter_rows():
                for one in row:
                    text = one.value.text if isinstance(one.value, ArrayFormula) else one.value
                    if one.data_type == "f" and isinstance(text, str):
                        yield sheet.title, one.coordinate, text, values[one.coordinate].value


def check(path: Path, registry: Registry) -> list[Finding]:
    """Every rule that does not hold for a workbook; raises `Refused` where it cannot be read."""
    report = refresh(path, registry, dry_run=True)
    opened = Opened(openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True), report, registry)
    found: list[Finding] = []
    for rule in RULES:
        found += rule(opened)
    return found


def _no_hidden_sheets(opened: Opened) -> Iterator[Finding]:
    for sheet in opened.formulas.worksheets:
        if sheet.sheet_state != "visible" and not sheet.title.startswith("_"):
            yield Finding("B09", "E", sheet.title, "", f"The sheet is {sheet.sheet_state}; show it.")


def _formulas(opened: Opened) -> Iterator[Finding]:
    for sheet, cell, formula, _ in opened.cells():
        if "\n" in formula:
            yield Finding("B27", "E", sheet, cell, "The formula has a line break; put it on one line.")
        if _EXTERNAL.search(formula):
            yield Finding("B30", "E", sheet, cell, "The formula refers to another workbook; bring the data in.")
        if "#REF!" in formula:
            yield Finding("B35", "E", sheet, cell, "The formula refers to a cell that was deleted.")
        if _PATHS.search(formula):
            yield Finding(
                "B38", "E", sheet, cell, "A function carries the path or prefix of an add-in; enter it again."
            )
        names = called(formula)
        if _VOLATILE & set(names):
            yield Finding("B29", "E", sheet, cell, f"{', '.join(sorted(_VOLATILE & set(names)))} changes by itself.")


def _values(opened: Opened) -> Iterator[Finding]:
    missing = {(change.sheet, change.cell) for change in opened.report.changed if change.old is None}
    for sheet, cell, formula, value in opened.cells():
        if (sheet, cell) in missing:
            yield Finding("B40", "E", sheet, cell, "The formula has no stored value; run xlfuncs refresh.")
        elif isinstance(value, str) and _ERRORS.match(value) and "NA()" not in formula:
            why = next((e.why for e in opened.report.errors if (e.sheet, e.cell) == (sheet, cell)), "")
            yield Finding("B42", "E", sheet, cell, f"The cell shows {value}. {why}".strip())
    for change in opened.report.changed:
        if (change.sheet, change.cell) not in missing:
            yield Finding("B41", "E", change.sheet, change.cell, f"Stored is {change.old}, calculated {change.new}.")
    for kept in opened.report.kept:
        yield Finding("B41", "W", kept.sheet, kept.cell, kept.why)


def _contents(opened: Opened) -> Iterator[Finding]:
    book = opened.formulas
    if book.sheetnames[0] != "Cover":
        yield Finding("B01", "W", book.sheetnames[0], "", "The first sheet should be a Cover.")
    if "Contents" in book.sheetnames:
        linked = [one.hyperlink for row in book["Contents"].iter_rows() for one in row if one.hyperlink]
        links = {link.location.split("!")[0].strip("'") for link in linked if link.location}
        for sheet in book.worksheets:
            if sheet.title not in links:
                yield Finding("B03", "E", "Contents", "", f"There is no link to {sheet.title}.")


def _names(opened: Opened) -> Iterator[Finding]:
    for name, defined in opened.formulas.defined_names.items():
        if "#REF!" in (defined.attr_text or ""):
            yield Finding("B36", "E", "", name, "The name refers to a cell that was deleted.")


def _master_check(opened: Opened) -> Iterator[Finding]:
    value = opened.report.outputs.get("chk_master")
    if value is not None and value != 1:
        yield Finding("B47", "E", "Checks", "chk_master", f"The master check is {value}; see the sheet Checks.")


RULES: tuple[Callable[[Opened], Iterator[Finding]], ...] = (
    _contents,
    _no_hidden_sheets,
    _formulas,
    _names,
    _values,
    _master_check,
)
