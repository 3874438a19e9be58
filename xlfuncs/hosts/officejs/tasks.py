"""What the task pane asks of the server besides functions: each task in a process of its own, with limits."""

from __future__ import annotations

import datetime as dt
import json
import re
import tempfile
from collections.abc import Callable, Collection, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from openpyxl.utils import range_boundaries

from xlfuncs import REGISTRY
from xlfuncs.audit import check
from xlfuncs.audit.locations import abbreviate
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.core.sandbox import Limits, WorkerCrashed, bounded, prepare
from xlfuncs.data import workbook_tables
from xlfuncs.engine.evaluator import to_json
from xlfuncs.engine.explain import FunctionCall, ReferencedRange, explain, list_references
from xlfuncs.engine.function_names import called_functions
from xlfuncs.hosts.officejs.protocol import RequestRejected, facts, rows
from xlfuncs.hosts.officejs.sent_tables import Cell, SentTables, whole
from xlfuncs.hosts.officejs.server import Job
from xlfuncs.hosts.officejs.worker_pool import forbid
from xlfuncs.ooxml.cells import address_of

WORKBOOK, JSON = "application/octet-stream", "application/json"
_SHOWN = 12  # cells of an argument or a result
_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}(:\$?[A-Z]{1,3}\$?\d{1,7})?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
_CHOOSING = {"INDIRECT", "OFFSET"}


def jobs(seconds: float) -> dict[str, Job]:
    """The tasks by path, each within some seconds."""
    prepare(__name__)
    limits = Limits(seconds, option="xlfuncs serve --seconds", threads=True)
    find, source = workbook_tables.Installed(), workbook_tables.installed_name()
    return {
        "/check": Job(WORKBOOK, partial(checked, limits)),
        "/refresh": Job(JSON, partial(alone, limits, "The data", partial(refreshed, find=find, source=source))),
        "/explain": Job(JSON, partial(alone, limits, "The formula", explained)),
    }


def alone(limits: Limits, what: str, work: Callable[[Any], Any], given: Any) -> Any:
    """The result of some work in a process that may do nothing else; raises `RequestRejected`."""
    try:
        return bounded(limits, what, _confined, work, given)
    except RequestRejected:
        raise
    except WorkerCrashed:
        raise RequestRejected(422, f"{what} cannot be worked on: it breaks down what reads it.") from None
    except WorkbookRejected as reason:
        raise RequestRejected(422, str(reason).replace(str(given), what)) from None


def _confined(work: Callable[[Any], Any], given: Any) -> Any:
    forbid()
    answer = work(given)
    json.dumps(answer, allow_nan=False)  # what has no such form fails here, and not in the server
    return answer


def checked(limits: Limits, book: bytes) -> dict[str, Any]:
    """What the rules find in a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(book)
        return {"findings": alone(limits, "The workbook", findings, path)}


def findings(path: Path) -> list[dict[str, str]]:
    """What the rules find in a file."""
    return [one.to_dict() | {"cell": abbreviate(one.cell)} for one in check(path, REGISTRY)]


def refreshed(body: bytes, find: workbook_tables.Find, source: str, today: dt.date | None = None) -> dict[str, Any]:
    """What an update of the tables that a workbook declares would do: its edits, what it keeps, and its row of the log.

    Whether the checks of the workbook pass is known when it is calculated: the row of the log comes for both cases.
    """
    book = SentTables.of(facts(body))
    done = workbook_tables.update(book, find)
    if done:
        workbook_tables.stamp(book, source[:1].upper() + source[1:])
    moved = {(one.sheet, *one.cell): one for one in [*done.figures, *done.inputs]}
    edits = _edits(book, {}, moved)
    held = [
        _where(one) | {"why": "It has a formula, which stays.", "conflict": True}
        for cell, one in moved.items()
        if book.has_formula(cell)
    ]
    sentence = done.sentence(source)
    logs, before = {}, dict(book.fresh)
    for word, state in (("passing", "all pass"), ("failing", "a check fails")):
        if done:
            workbook_tables.log(book, sentence, state, today or dt.date.today())
        logs[word] = _edits(book, before, {})
        book.fresh = dict(before)
    kept = [_where(one) | {"why": one.why, "conflict": one.conflict} for one in done.kept]
    return {"declared": done.declared, "sentence": sentence, "edits": edits, "kept": [*held, *kept], "log": logs}


def _edits(
    book: SentTables, before: Collection[Cell], moved: Mapping[Cell, workbook_tables.Moved]
) -> list[dict[str, Any]]:
    """The cells that were put since and that change, each with what the workbook has in it."""
    return [
        {"sheet": cell[0], "cell": address_of(cell[1:]), "old": to_json(book.old(cell)), "new": new}
        | (_told(moved[cell]) if cell in moved else {})
        for cell, new in book.fresh.items()
        if cell not in before and new != book.old(cell)
    ]


def _told(one: workbook_tables.Moved) -> dict[str, Any]:
    """What a cell is, and its values as people read them."""
    old, new = (str(value) if isinstance(value, dt.date) else to_json(value) for value in (one.old, one.new))
    return {"key": one.key, "what": one.what, "shown": [old, new]}


def _where(one: workbook_tables.Moved | workbook_tables.Kept) -> dict[str, Any]:
    return {"key": one.key, "sheet": one.sheet, "cell": address_of(one.cell)}


def explained(body: bytes) -> dict[str, Any]:
    """What a formula gives and why; or the references that the pane must send for that."""
    sent = facts(body)
    formula = sent.get("formula")
    if not (isinstance(formula, str) and formula.startswith("=")):
        raise RequestRejected(400, 'Send {"formula": "=...", "row": 1, "column": 1, "given": {...}}.')
    try:
        wanted = list_references(formula)
    except ValueError:
        raise RequestRejected(422, "The formula cannot be read.") from None
    if _CHOOSING & set(called_functions(formula)):
        raise RequestRejected(
            422, "OFFSET and INDIRECT choose cells while they calculate, so that these cannot be sent."
        )
    given = sent.get("given")
    if given is None:
        return {"wanted": wanted}
    try:
        place = whole(sent.get("row"), 1, LAST_ROW), whole(sent.get("column"), 1, LAST_COLUMN)
        cells = {text: _given(one) for text, one in given.items() if one is not None}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise RequestRejected(
            400, "Each reference that is given needs its address, and row, column and rows inside it."
        ) from None
    found = explain(REGISTRY, formula, place, cells)
    first, *_ = _flat(found.value)
    return {"first": to_json(first), "fault": _fault(found.value), "call": found.call and _call(found.call)}


def _given(one: Mapping[str, Any]) -> ReferencedRange:
    address = one["address"]
    if not (isinstance(address, str) and _ADDRESS.fullmatch(address)):
        raise TypeError
    left, top, right, bottom = range_boundaries(address)
    cells = rows(one["rows"]) if one["rows"] else []
    row = whole(one["row"], top or 1, (bottom or LAST_ROW) - max(len(cells) - 1, 0))
    column = whole(one["column"], left or 1, (right or LAST_COLUMN) - max(len(cells[0]) - 1 if cells else 0, 0))
    return ReferencedRange(address, row, column, cells)


def _call(one: FunctionCall) -> dict[str, Any]:
    cells = [_short(cell) for cell in one.cells]
    return {"name": one.name, "cells": cells, "value": _short(one.value), "fault": _fault(one.value)}


def _short(value: Any) -> Any:
    """A value, or how many cells it is where these are too many to show."""
    if len(_flat(value)) > _SHOWN:
        return {"rows": len(value), "columns": len(value[0])}
    return to_json(value)


def _fault(value: Any) -> Any:
    """The first error in a value."""
    return to_json(next((cell for cell in _flat(value) if isinstance(cell, CellError)), None))


def _flat(value: Any) -> list[Any]:
    return [cell for row in value for cell in row] if isinstance(value, list) else [value]
