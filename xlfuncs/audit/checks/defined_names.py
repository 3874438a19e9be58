"""Checks of defined names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from openpyxl.utils import FORMULAE

from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.workbook_view import DefinedName, WorkbookView

_PREFIXES = ("in_", "out_", "chk_", "sc_", "data_")
_READ_FROM_OUTSIDE = ("out_", "data_", "chk_")  # whose names need no formula that uses them
_CELL = re.compile(r"^[A-Z]{1,3}[1-9]\d{0,6}$|^[RC]$|^R\d+C\d+$", re.IGNORECASE)
_SHEET = re.compile(r"(?<![\w.'\]])(?:'((?:[^'\[\]]|'')+)'|([A-Za-z_][\w.]*))!")
_TECHNICAL = ("_", "solver_")  # prefixes of Excel's own names and of add-ins


@audit_check(
    "B36",
    "invalid-name",
    "Valid and unambiguous defined names",
    "E",
    "ICAEW",
    "Delete the name, rename it, or point it to its cells.",
    severity_elsewhere="E",
)
def check_names(view: WorkbookView) -> Iterator[Violation]:
    """A name that refers to nothing gives an error wherever it is used; one that looks like a cell misleads.

    So does a name that is also a function. In our templates names begin with in_, out_, chk_, sc_ or data_, and each
    is used by a formula.
    """
    known = {name.lower() for name in view.sheets_by_name}
    known |= {element.get("name", "").lower() for element in view.root.iter()}
    for name in view.defined_names:
        message = _describe_defect(name, known, view)
        if message:
            yield Violation(name.sheet, message, name=name.name)
        elif view.template and not name.is_hidden:
            yield from _check_template_name(name, view)


def _describe_defect(name: DefinedName, known: set[str], view: WorkbookView) -> str:
    if "#REF!" in name.text:
        return "The name refers to deleted cells. Delete it, or point it to its cells."
    for quoted, plain in _SHEET.findall(name.text):
        sheet = (quoted or plain).replace("''", "'")
        if not sheet.startswith("[") and sheet.lower() not in known and ":" not in sheet:
            return f"The name refers to the sheet {sheet}, which does not exist. Point it to its cells."
    if _CELL.match(name.name) or name.name.upper() in FORMULAE or name.name in view.registry:
        return "The name is also the name of a cell or a function. Choose another."
    return ""


def _check_template_name(name: DefinedName, view: WorkbookView) -> Iterator[Violation]:
    if name.name.startswith(_TECHNICAL):
        return
    if not name.name.startswith(_PREFIXES):
        prefixes = f"{', '.join(_PREFIXES[:-1])} or {_PREFIXES[-1]}"
        yield Violation(name.sheet, f"The name does not begin with {prefixes}.", name=name.name)
    elif not name.name.startswith(_READ_FROM_OUTSIDE) and name.name.lower() not in view.memoise(_used_names, view):
        yield Violation(name.sheet, "No formula uses the name. Delete it.", name=name.name, severity="W")


def _used_names(view: WorkbookView) -> set[str]:
    return {
        reference.name.lower() for formula in view.formula_index for reference in formula.references if reference.name
    }
