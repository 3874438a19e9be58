"""Refresh of a workbook: its declared data from a source, then every formula, in one step or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from xlfuncs.catalogue.template_layout import MASTER_CHECK_NAME
from xlfuncs.core.exceptions import WorkbookRejected, printable
from xlfuncs.core.sandbox import Limits
from xlfuncs.core.wording import count_text
from xlfuncs.data import user_sources, workbook_tables
from xlfuncs.data.workbook_tables import CellChange, DataUpdate, FindFigure, SkippedRow
from xlfuncs.engine.evaluator import to_json
from xlfuncs.functions import REGISTRY
from xlfuncs.ooxml.cells import address_of
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package
from xlfuncs.recalculation.model import Model
from xlfuncs.recalculation.report import Change, Problem, Report
from xlfuncs.recalculation.save import update_file

_MOST_NAMES = 5  # of figures in a sentence


@dataclass(frozen=True)
class DataSource:
    """Where figures come from, what the source is called, and whether its figures are those of a day in the past.

    `find` gives the figure of a key and raises `xlfuncs.data.DataNotFound` where the source has none. Where `pinned`,
    figures older than those of the workbook are taken too. A refresh in other processes needs a source that pickles.
    """

    find: FindFigure
    name: str
    pinned: bool = False


@dataclass
class _DataReport(Report):
    """The report of a recalculation, and what became of the declared data before it."""

    data: DataUpdate = field(default_factory=DataUpdate)


@dataclass(frozen=True)
class RefreshResult:
    """What a refresh did, or with `dry_run` would do, to a workbook.

    Attributes:
        file: The workbook.
        formulas: How many cells hold a formula.
        changed: The cells whose value is no longer the one in the file, in the order of the sheets.
        errors: The formulas with an error value, and its reason.
        kept: The formulas that could not be calculated safely and kept their value, and why.
        unchecked: The formulas with a first value by functions that nothing in the file confirms.
        outputs: The values of the cells that the workbook names out_... or chk_...
        written: Whether a file was written.
        data: What became of the declared data: figures and inputs brought up to date, and those kept.
    """

    file: Path
    formulas: int
    changed: list[Change]
    errors: list[Problem]
    kept: list[Problem]
    unchecked: list[Problem]
    outputs: dict[str, Any]
    written: bool
    data: DataUpdate

    @classmethod
    def _of(cls, report: _DataReport) -> RefreshResult:
        return cls(
            report.file, report.formulas, report.changed, report.errors, report.kept, report.unchecked, report.outputs,
            report.written, report.data,
        )  # fmt: skip

    @property
    def recalculated(self) -> int:
        """How many formulas have a value of this run; the others kept theirs."""
        return self.formulas - len(self.kept)

    @property
    def is_stale(self) -> bool:
        """Whether a value or a figure in the file was out of date."""
        return bool(self.changed or self.data)

    def largest_changes(self) -> list[Change]:
        """The changes, the largest relative ones first: text counts as more than any number, a first value as less."""
        return sorted(self.changed, key=_relative_size, reverse=True)

    def to_dict(self) -> dict[str, Any]:
        """The result as `xlfuncs refresh --json` prints it."""
        return {
            "file": printable(str(self.file)),
            "formulas": self.formulas,
            "recalculated": self.recalculated,
            "written": self.written,
            "changed": [
                {"sheet": change.sheet, "cell": change.cell, "old": to_json(change.old), "new": to_json(change.new)}
                for change in self.largest_changes()
            ],
            "errors": [
                {"sheet": cell.sheet, "cell": cell.cell, "error": cell.code, "why": cell.why} for cell in self.errors
            ],
            "kept": _problems_to_dicts(self.kept),
            "unchecked": _problems_to_dicts(self.unchecked),
            "outputs": {name: to_json(value) for name, value in self.outputs.items()},
            "data": {
                "declared": self.data.declared,
                "figures": [_move_to_dict(move) for move in self.data.figures],
                "inputs": [_move_to_dict(move) for move in self.data.inputs],
                "kept": [_location(row) | {"why": row.why, "conflict": row.conflict} for row in self.data.kept],
            },
        }


def installed(as_of: dt.date | None = None) -> DataSource:
    """The data set of the package, as it is or as it was known on a day."""
    name = workbook_tables.name_installed_figures() + _dated(as_of)
    return DataSource(workbook_tables.InstalledFigures(as_of), name, as_of is not None)


def open_source(address: str, table: str = "", as_of: dt.date | None = None) -> DataSource:
    """A source of the user's own: a file, a folder or a database; raises `SourceError` where it cannot be read."""
    figures = user_sources.open_source(address, table)
    return DataSource(figures.at(as_of), figures.name + _dated(as_of), as_of is not None)


def refresh(
    path: Path,
    *,
    out: Path | None = None,
    dry_run: bool = False,
    source: DataSource | None = None,
    today: dt.date | None = None,
    limits: Limits | None = None,
    force: bool = False,
) -> RefreshResult:
    """Bring the declared data and the formulas of a workbook up to date, in its file or in `out`.

    Only values change. Inputs that the user changed stay. Raises `WorkbookRejected`, and changes nothing, where the
    file cannot be refreshed safely. With `limits` the work is done in a process of its own.
    """
    work = partial(_update_and_recalculate, source=source, today=today or dt.date.today())
    return RefreshResult._of(update_file(path, work, out=out, dry_run=dry_run, limits=limits, force=force))


def _update_and_recalculate(
    package: Package, source: DataSource | None, today: dt.date
) -> tuple[_DataReport, dict[str, bytes]]:
    """The report, and the parts that are new: sheets with figures, with results, and the log."""
    tables = NamedRangeFile(package)
    update = workbook_tables.update_tables(tables, source.find, source.pinned) if source else DataUpdate()
    if source and update.not_yet_known and not update.known:
        raise WorkbookRejected(_describe_unknown(package.path, update, source))
    if update and source:
        workbook_tables.write_version(tables, source.name[:1].upper() + source.name[1:])
    parts = tables.parts()
    fresh = package.with_replaced_parts(parts) if parts else package
    report, calculated = Model(fresh, REGISTRY, None if parts else tables.book, tables.edits()).recalculate()
    parts |= calculated
    if source and update and update.not_yet_known and (report.errors or report.outputs.get(MASTER_CHECK_NAME, 1) != 1):
        before, _ = Model(package, REGISTRY).recalculate()
        if _is_worse(report, before):
            raise WorkbookRejected(_describe_unknown(package.path, update, source))
    if update and source:
        state = "all pass" if report.outputs.get(MASTER_CHECK_NAME, 1) == 1 else "a check fails"
        logged = NamedRangeFile(package.with_replaced_parts(parts))
        workbook_tables.add_log_row(logged, update.sentence(source.name), state, today)
        parts |= logged.parts()
    return _DataReport(**vars(report), data=update), parts


def _is_worse(after: Report, before: Report) -> bool:
    """Whether checks fail that passed, or formulas have errors that had none."""
    passed = before.outputs.get(MASTER_CHECK_NAME) == 1
    return (passed and after.outputs.get(MASTER_CHECK_NAME) != 1) or len(after.errors) > len(before.errors)


def _describe_unknown(path: Path, update: DataUpdate, source: DataSource) -> str:
    """Say which figures of a workbook are not known on a day, and from which day on all are."""
    later = update.not_yet_known
    names = [f"{key} (from {first})" for key, first in later.items()]
    more = f" and {count_text(len(names) - _MOST_NAMES, 'other')}" if len(names) > _MOST_NAMES else ""
    count = f"{len(later)} of its {len(later) + update.known} figures are" if update.known else "its figures are all"
    mixed = " With their present values beside figures of that day, formulas or checks fail." if update.known else ""
    return (
        f"{path} was not refreshed: {count} missing from the {source.name}.{mixed} "
        f"Known later are {', '.join(names[:_MOST_NAMES])}{more}; all are known from {max(later.values())}."
    )


def _dated(as_of: dt.date | None) -> str:
    return f" as of {as_of}" if as_of else ""


def _relative_size(change: Change) -> float:
    """How large a change is: of a number its ratio, of anything else more than any; of a first value less."""
    old, new = change.old, change.new
    if old is None:
        return -1.0
    if not (isinstance(old, (int, float)) and isinstance(new, (int, float))):
        return float("inf")
    return abs(new - old) / (abs(old) or 1e-300)


def _problems_to_dicts(problems: Iterable[Problem]) -> list[dict[str, str]]:
    return [{"sheet": cell.sheet, "cell": cell.cell, "why": cell.why} for cell in problems]


def _location(row: CellChange | SkippedRow) -> dict[str, str]:
    return {"key": row.key, "sheet": row.sheet, "cell": address_of(row.cell)}


def _move_to_dict(move: CellChange) -> dict[str, Any]:
    old, new = (str(value) if isinstance(value, dt.date) else to_json(value) for value in (move.old, move.new))
    return _location(move) | {"what": move.what, "old": old, "new": new}
