"""Checks of the values that a file stores beside its formulas."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl.utils import FORMULAE

from xlfuncs.audit.r1c1 import parse_r1c1
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import MASTER_CHECK_NAME, SCENARIO_NAME
from xlfuncs.core.errors import CellError
from xlfuncs.core.wording import number_text, number_texts
from xlfuncs.engine.function_names import VOLATILE
from xlfuncs.ooxml.cells import CellPos, address_of, place_of
from xlfuncs.recalculation.trust import agree

_MOST_EXPLAINED = 20  # errors that are explained one by one
_LONGEST_VALUE = 40  # characters of a value in a message


@audit_check(
    "B40",
    "missing-value",
    "A stored value for every formula",
    "E",
    "xlfuncs",
    "Run xlfuncs refresh FILE.",
    severity_elsewhere="E",
)
def check_missing_values(view: WorkbookView) -> Iterator[Violation]:
    """Previewers, mail clients and every other program that does not calculate show the stored value, or nothing."""
    missing = [(sheet, cell) for sheet, cell, _ in view.formula_cells() if sheet.value(cell) is None]
    count = sum(len(sheet.formulas) for sheet in view.sheets)
    if len({sheet for sheet, _ in missing}) > 1 and len(missing) == count:
        yield Violation("", f"All {count} formulas lack a stored value. Run xlfuncs refresh.")
        return
    for sheet, cell in missing:
        yield Violation(sheet.name, "The formula has no stored value. Run xlfuncs refresh.", cell)


@audit_check(
    "B41",
    "stale-value",
    "Stored values that agree with a recalculation",
    "E",
    "xlfuncs",
    "Run xlfuncs refresh FILE and review what changes.",
    severity_elsewhere="E",
)
def check_stale_values(view: WorkbookView) -> Iterator[Violation]:
    """Every formula is recalculated without Excel and must give the stored value to within one billionth.

    Cells that depend on a volatile function are not compared. A formula that cannot be recalculated is reported as a
    warning.
    """
    if view.refusal:
        message = "The workbook could not be recalculated ({})."
        yield Violation("", message, detail=view.refusal.rstrip("."), severity="W")
    volatile = {(sheet, cell) for sheet, cell, formula in view.formula_cells() if formula.function_names & VOLATILE}
    excluded = volatile | view.graph.dependents(volatile)
    excluded |= {node for circle in view.graph.circles for node in circle}
    for change in view.report.changed:
        node = (view.sheets_by_name[change.sheet.lower()], place_of(change.cell))
        if change.old is not None and node not in excluded and not agree(change.old, change.new):
            old, new = _format_values(change.old, change.new)
            detail = f"{change.cell} stores {old}, recalculated is {new}"
            message = "Stored values differ from the recalculated ones ({})."
            yield Violation(change.sheet, message, node[1], detail)
    for kept in view.report.kept:
        node = (view.sheets_by_name[kept.sheet.lower()], place_of(kept.cell))
        if node not in excluded:
            message = "Stored values could not be verified by a recalculation ({})."
            yield Violation(kept.sheet, message, node[1], _why_kept(view, *node, kept.why), "W")


def _why_kept(view: WorkbookView, sheet: SheetView, cell: CellPos, why: str) -> str:
    """Why a value could not be recalculated: the functions that are not known, or the reason given."""
    unknown = [] if cell not in sheet.formulas else sorted(sheet.formulas[cell].function_names - FORMULAE)
    if unknown and not why.startswith("Calculated") and not any(name in view.registry for name in unknown):
        return ", ".join(unknown)
    return why[:1].lower() + why[1:].partition(";")[0].rstrip(".")


def _format_values(old: object, new: object) -> tuple[str, str]:
    """Two values of a cell for a sentence: numbers with as many digits as tell them apart."""
    if isinstance(old, float) and isinstance(new, float):
        first, second = number_texts([old, new])
        return first, second
    return _format_value(old), _format_value(new)


def _format_value(value: object) -> str:
    if isinstance(value, float):
        return number_text(value)
    return "nothing" if value is None else str(value)[:_LONGEST_VALUE]


@audit_check(
    "B42",
    "error-value",
    "No error values",
    "E",
    "any",
    "Correct the cell. If the error is the answer, let the formula say NA() or the note of the row begin with #N/A.",
    severity_elsewhere="E",
)
def check_errors(view: WorkbookView) -> Iterator[Violation]:
    """An error in one cell spreads to all cells that read it. Only the cells where errors begin are reported."""
    errors = {
        (sheet, cell): value
        for sheet, cell, _ in view.formula_cells()
        if isinstance(value := sheet.value(cell), CellError) and not str(value).startswith("#GETTING")
    }
    if not errors:
        return
    origins = view.graph.select_origins(errors)
    roots = [
        (sheet, cell, value)
        for (sheet, cell), value in errors.items()
        if "NA" not in sheet.formulas[cell].function_names
        and not _is_expected_error(sheet, cell)
        and (sheet, cell) in origins
    ]
    for sheet, cell, value in roots:
        yield Violation(sheet.name, _describe_error(view, sheet, cell, value, errors, len(roots)), cell)
    for sheet in view.sheets:
        for cell, value in sheet.others.items():
            if isinstance(value, CellError) and not _is_expected_error(sheet, cell):
                yield Violation(sheet.name, f"The error {value} is typed into the cell. Clear it.", cell)


def _describe_error(
    view: WorkbookView,
    sheet: SheetView,
    cell: CellPos,
    value: CellError,
    errors: dict[tuple[SheetView, CellPos], CellError],
    roots: int,
) -> str:
    sentences = [f"The cell shows {value}."]
    is_few = roots <= _MOST_EXPLAINED
    if is_few or any(name in view.registry for name in sheet.formulas[cell].function_names):
        sentences.append(view.error_reasons.get((sheet.name, address_of(cell)), ""))
    spread = len((view.graph.dependents([(sheet, cell)]) & errors.keys()) - {(sheet, cell)}) if is_few else 0
    if spread > 0:
        sentences.append(f"The error spreads to {spread} more {'cell' if spread == 1 else 'cells'}.")
    return " ".join(filter(None, sentences))


def _is_expected_error(sheet: SheetView, cell: CellPos) -> bool:
    """Whether the row of a template says that an error is the answer."""
    return sheet.in_template and any(
        text.startswith("#N/A") for (row, _), text in sheet.texts.items() if row == cell[0]
    )


@audit_check(
    "B45",
    "check-fails-in-scenario",
    "Checks that hold in every scenario",
    "E",
    "ICAEW",
    "Choose the scenario and find the check that fails.",
)
def check_scenarios(view: WorkbookView) -> Iterator[Violation]:
    """The scenario switch is set to each of its entries in turn, in memory, and the workbook is recalculated."""
    switch, master = view.find_named_cell(SCENARIO_NAME), view.find_named_cell(MASTER_CHECK_NAME)
    if switch is None or master is None or view.refusal:
        return
    sheet, cell = switch
    for name, value in view.recalculate_with(switch, _list_entries(view, sheet, cell), master).items():
        if value != 1.0:
            message = f"In the scenario {name} the master check is {_format_value(value)} instead of 1."
            yield Violation(sheet.name, message, cell)


def _list_entries(view: WorkbookView, sheet: SheetView, cell: CellPos) -> list[str]:
    """The entries of the list validation of a cell, whether they are written out or stand in cells."""
    for element in sheet.root.iter():
        if not element.tag.endswith("}dataValidation") or element.get("type") != "list":
            continue
        if address_of(cell) not in element.get("sqref", "").split():
            continue
        source = next((child.text or "" for child in element if child.tag.endswith("}formula1")), "")
        if source.startswith('"'):
            return [entry.strip() for entry in source.strip('"').split(",")]
        target = view.resolve(sheet, cell, parse_r1c1(source, cell))
        if target:
            return [owner.text(entry) for owner, entry in view.graph.filled_cells(*target)]
    return []


@audit_check(
    "B58",
    "not-reproducible",
    "Templates that equal a fresh copy, byte for byte",
    "E",
    "CI",
    "Create the template again with xlfuncs new NAME, and compare.",
)
def check_reproducible(view: WorkbookView) -> Iterator[Violation]:
    """Anyone who has xlfuncs can prove that a template was not touched. The check runs with --rebuild only."""
    if view.rebuild is None or not view.template:
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / view.path.name
        try:
            view.rebuild(view.template, fresh, view.host or "excel")
        except (KeyError, ValueError):  # the file declares a template or a host that does not exist
            yield Violation("", f"There is no template {view.template} to compare the file with.")
            return
        if fresh.read_bytes() != view.package.data:
            yield Violation("", f"The file differs from a fresh copy of {view.template} {view.version}.".rstrip())
