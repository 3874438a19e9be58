"""Rules for defined names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.utils import FORMULAE

from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import Name, WorkbookView

_PREFIXES = ("in_", "out_", "chk_", "sc_", "data_")
_CELL = re.compile(r"^[A-Z]{1,3}[1-9]\d{0,6}$|^[RC]$|^R\d+C\d+$", re.IGNORECASE)
_SHEET = re.compile(r"(?<![\w.'\]])(?:'((?:[^'\[\]]|'')+)'|([A-Za-z_][\w.]*))!")
_MARKS = ("_", "solver_")  # of Excel's own and of add-ins


@rule(
    "B36",
    "Names resolve, and shadow nothing",
    "E",
    "ICAEW",
    "Delete the name, or give it its cells again.",
    elsewhere="E",
)
def names(opened: WorkbookView) -> Iterator[Fault]:
    """A name that means nothing makes an error wherever it is used; one that looks like a cell or a function misleads.

    In our templates names also begin with in_, out_, chk_, sc_ or data_, and each of them is used.
    """
    known = {one.lower() for one in (*opened.by_name, *(element.get("name", "") for element in opened.root.iter()))}
    for name in opened.names:
        why = _broken(name, known, opened)
        if why:
            yield Fault(name.sheet, why, name=name.name)
        elif opened.ours and not name.hidden:
            yield from _of_ours(name, opened)


def _broken(name: Name, known: set[str], opened: WorkbookView) -> str:
    if "#REF!" in name.text:
        return "The name refers to a cell that was deleted; delete it or give it its cells again."
    for quoted, plain in _SHEET.findall(name.text):
        sheet = (quoted or plain).replace("''", "'")
        if not sheet.startswith("[") and sheet.lower() not in known and ":" not in sheet:
            return f"The name refers to a sheet that is not there ({sheet}); give it its cells again."
    if _CELL.match(name.name) or name.name.upper() in FORMULAE or name.name in opened.registry:
        return "The name is also that of a cell or a function; choose another."
    return ""


def _of_ours(name: Name, opened: WorkbookView) -> Iterator[Fault]:
    if name.name.startswith(_MARKS):
        return
    if not name.name.startswith(_PREFIXES):
        yield Fault(name.sheet, f"The name should begin with {', '.join(_PREFIXES)}.", name=name.name)
    elif not name.name.startswith(("out_", "data_", "chk_")) and name.name.lower() not in _used(opened):
        yield Fault(name.sheet, "No formula uses the name; delete it.", name=name.name, severity="W")


def _used(opened: WorkbookView) -> set[str]:
    return {one.name.lower() for form in opened.forms for one in form.references if one.name}
