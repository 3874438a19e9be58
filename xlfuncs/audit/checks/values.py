"""Rules for the values that a file holds beside its formulas."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from openpyxl.utils import FORMULAE

from xlfuncs.audit.r1c1 import reference
from xlfuncs.audit.registry import Fault, address_of, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView, place_of
from xlfuncs.core.errors import CellError
from xlfuncs.engine.function_names import VOLATILE

_FEW = 20  # errors that are explained one by one


@rule("B40", "Every formula has a stored value", "E", "ours", "Run xlfuncs refresh FILE.", elsewhere="E")
def missing(opened: WorkbookView) -> Iterator[Fault]:
    """A previewer, a mail client and every program that does not calculate shows the stored value, or a blank."""
    lacking = [(sheet, place) for sheet, place, _ in opened.formulas() if sheet.value(place) is None]
    if len({sheet for sheet, _ in lacking}) > 1 and len(lacking) == sum(len(sheet.forms) for sheet in opened.sheets):
        yield Fault("", f"None of the {len(lacking)} formulas has a stored value; run xlfuncs refresh.")
        return
    for sheet, place in lacking:
        yield Fault(sheet.name, "The formula has no stored value; run xlfuncs refresh.", place)


@rule("B41", "Stored values are right", "E", "ours", "Run xlfuncs refresh FILE, and see what changes.", elsewhere="E")
def stale(opened: WorkbookView) -> Iterator[Fault]:
    """Every formula is calculated afresh, without Excel, and must give the stored value to a billionth.

    Cells that depend on a volatile function are left out. What cannot be calculated afresh is said as a warning.
    """
    if opened.refusal:
        yield Fault("", "The values could not be calculated afresh ({}).", detail=opened.refusal, severity="W")
    volatile = {(s, p) for s, p, form in opened.formulas() if form.names & VOLATILE}
    moving = volatile | opened.graph.dependents(volatile)
    circular = {node for circle in opened.graph.circles for node in circle}
    for one in opened.report.changed:
        node = (opened.by_name[one.sheet.lower()], place_of(one.cell))
        if one.old is not None and node not in moving and node not in circular:
            detail = f"{one.cell} has {_shown(one.old)}, calculated is {_shown(one.new)}"
            yield Fault(one.sheet, "Stored values are not those of the formulas ({}); recalculate.", node[1], detail)
    for kept in opened.report.kept:
        node = (opened.by_name[kept.sheet.lower()], place_of(kept.cell))
        if node not in circular and node not in moving:
            why = "Values could not be confirmed by calculating afresh ({}); look at them."
            yield Fault(kept.sheet, why, node[1], _reason(opened, *node, kept.why), "W")


def _reason(opened: WorkbookView, sheet: Sheet, place: tuple[int, int], why: str) -> str:
    """Why a value is as it was: the functions that are not known, or what differs."""
    unknown = [] if place not in sheet.forms else sorted(sheet.forms[place].names - FORMULAE)
    if unknown and not why.startswith("Calculated") and not any(name in opened.registry for name in unknown):
        return ", ".join(unknown)
    return why[:1].lower() + why[1:].partition(";")[0].rstrip(".")


def _shown(value: object) -> str:
    return f"{value:.10g}" if isinstance(value, float) else "nothing" if value is None else str(value)[:40]


@rule(
    "B42",
    "No error values",
    "E",
    "any",
    "Mend the cell; where the error is the answer, let the formula say NA() or the note begin with #N/A.",
    elsewhere="E",
)
def errors(opened: WorkbookView) -> Iterator[Fault]:
    """An error in one cell runs through all that read it. The cells where it begins are named."""
    bad = {
        (sheet, place): value
        for sheet, place, _ in opened.formulas()
        if isinstance(value := sheet.value(place), CellError) and not str(value).startswith("#GETTING")
    }
    if not bad:
        return
    roots = []
    behind_bad = opened.graph.readers(bad)
    circular = {node for circle in opened.graph.circles for node in circle}
    for (sheet, place), value in bad.items():
        if "NA" in sheet.forms[place].names or _expected(opened, sheet, place):
            continue
        if (sheet, place) in behind_bad and (
            (sheet, place) not in circular
            or any(node != (sheet, place) and node in bad for node in opened.graph.precedents(sheet, place))
        ):
            continue
        roots.append((sheet, place, value))
    for sheet, place, value in roots:
        few = len(roots) <= _FEW
        behind = len((opened.graph.dependents([(sheet, place)]) & bad.keys()) - {(sheet, place)}) if few else 0
        also = f" It runs through {behind} more cells." if behind > 0 else ""
        ours = any(name in opened.registry for name in sheet.forms[place].names)
        why = opened.reasons.get((sheet.name, address_of(place)), "") if ours or few else ""
        yield Fault(sheet.name, f"The cell shows {value}. {why}{also}".replace("  ", " ").strip(), place)
    for sheet in opened.sheets:
        for place, value in sheet.others.items():
            if isinstance(value, CellError) and not _expected(opened, sheet, place):
                yield Fault(sheet.name, f"The error {value} is typed into the cell; clear it.", place)


def _expected(opened: WorkbookView, sheet: Sheet, place: tuple[int, int]) -> bool:
    """Whether the row of a template says that an error is the answer."""
    return bool(opened.ours) and any(
        text.startswith("#N/A") for (row, _), text in sheet.texts.items() if row == place[0]
    )


@rule("B45", "The checks hold in every scenario", "E", "ICAEW", "Choose the scenario and follow the check that fails.")
def scenarios(opened: WorkbookView) -> Iterator[Fault]:
    """The scenario switch is set to each of its entries in turn, in memory, and the workbook calculated."""
    switch, master = opened.cell_named("sc_active"), opened.cell_named("chk_master")
    if switch is None or master is None or opened.refusal:
        return
    sheet, place = switch
    for name, value in opened.tried(sheet, place, _entries(sheet, place), master).items():
        if value != 1.0:
            yield Fault(sheet.name, f"With the scenario {name} the master check is {_shown(value)}.", place)


def _entries(sheet: Sheet, place: tuple[int, int]) -> list[str]:
    """The entries of the list from which a cell is chosen, where they are written out or stand in cells."""
    opened = sheet.opened
    for element in sheet.around.iter():
        if not element.tag.endswith("}dataValidation") or element.get("type") != "list":
            continue
        if address_of(place) not in element.get("sqref", "").split():
            continue
        written = next((one.text or "" for one in element if one.tag.endswith("}formula1")), "")
        if written.startswith('"'):
            return [entry.strip() for entry in written.strip('"').split(",")]
        read = opened.resolved(sheet, place, reference(written, place))
        if read:
            return [owner.text(cell) for owner, cell in opened.graph.filled_cells(*read)]
    return []


@rule("B58", "The file can be built again, byte for byte", "E", "CI", "Run xlfuncs build NAME and compare.")
def reproducible(opened: WorkbookView) -> Iterator[Fault]:
    """Who has the code can prove that a template was not touched. Checked with --rebuild, as it takes a build."""
    if opened.rebuild is None or not opened.ours:
        return
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / opened.path.name
        try:
            opened.rebuild(opened.ours, fresh, opened.host or "excel")
        except KeyError:
            yield Fault("", f"There is no template {opened.ours} to build again.")
            return
        if fresh.read_bytes() != opened.package.data:
            yield Fault("", f"The file is not what building {opened.ours} {opened.version} gives.")
