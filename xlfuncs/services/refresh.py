"""A workbook brought up to date: its declared data from a source, then every formula, in one step or not at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from xlfuncs import REGISTRY
from xlfuncs.core.sandbox import Limits
from xlfuncs.data import workbook_tables
from xlfuncs.data.workbook_tables import Find, Update
from xlfuncs.ooxml.named_ranges import NamedRangeFile
from xlfuncs.ooxml.package import Package
from xlfuncs.recalculation.model import Model, Report, changed


@dataclass(frozen=True)
class DataSource:
    """Where figures come from, what to call it, and whether they are those of a day in the past."""

    find: Find
    name: str
    pinned: bool = False


@dataclass
class Refreshed(Report):
    """What a refresh did to a file: to its data, and to the values of its formulas."""

    data: Update = field(default_factory=Update)


def installed(as_of: dt.date | None = None) -> DataSource:
    """The data set of the package, as it is or as it was known on a day."""
    name = workbook_tables.installed_name() + (f" as of {as_of}" if as_of else "")
    return DataSource(workbook_tables.Installed(as_of), name, as_of is not None)


def refresh(
    path: Path,
    out: Path | None = None,
    dry_run: bool = False,
    source: DataSource | None = None,
    today: dt.date | None = None,
    limits: Limits | None = None,
    force: bool = False,
) -> Refreshed:
    """Bring the declared data and the formulas of a workbook up to date, in its file or in `out`.

    Only values change. Inputs that the user changed stay. Raises `WorkbookRejected`, and changes nothing, where the
    file cannot be refreshed safely. With `limits` the work is done in a process of its own.
    """
    work = partial(_brought_up, source=source, today=today or dt.date.today())
    return changed(path, work, out, dry_run, limits, force)


def _brought_up(package: Package, source: DataSource | None, today: dt.date) -> tuple[Refreshed, dict[str, bytes]]:
    """The report, and the parts that are new: sheets with figures, with results, and the log."""
    tables = NamedRangeFile(package)
    update = workbook_tables.update(tables, source.find, source.pinned) if source else Update()
    if update and source:
        workbook_tables.stamp(tables, source.name[:1].upper() + source.name[1:])
    parts = tables.parts()
    fresh = package.with_replaced_parts(parts) if parts else package
    report, calculated = Model(fresh, REGISTRY, None if parts else tables.book, tables.edits()).recalculated()
    parts |= calculated
    if update and source:
        state = "all pass" if report.outputs.get("chk_master", 1) == 1 else "a check fails"
        logged = NamedRangeFile(package.with_replaced_parts(parts))
        workbook_tables.log(logged, update.sentence(source.name), state, today)
        parts |= logged.parts()
    return Refreshed(**vars(report), data=update), parts
