"""The tasks of the pane: check, refresh and explain, each in a process of its own, with limits."""

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

from xlfuncs.audit import check
from xlfuncs.audit.locations import abbreviate
from xlfuncs.core.errors import CellError
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.grid import LAST_COLUMN, LAST_ROW
from xlfuncs.core.sandbox import Limits, WorkerCrashed, preload, run_limited
from xlfuncs.data import workbook_tables
from xlfuncs.engine.evaluator import to_json
from xlfuncs.engine.explain import FunctionCall, ReferencedRange, explain, list_references
from xlfuncs.engine.function_names import called_functions
from xlfuncs.functions import REGISTRY
from xlfuncs.hosts.officejs.confinement import confine
from xlfuncs.hosts.officejs.protocol import RequestRejected, parse_object, parse_rows
from xlfuncs.hosts.officejs.sent_tables import Cell, SentTables, parse_whole
from xlfuncs.hosts.officejs.server import Task
from xlfuncs.ooxml.cells import address_of

WORKBOOK, JSON = "application/octet-stream", "application/json"
_MOST_CELLS = 12  # of an argument or a result that is sent in full
_ADDRESS = re.compile(r"\$?[A-Z]{1,3}\$?\d{1,7}(:\$?[A-Z]{1,3}\$?\d{1,7})?|\$?[A-Z]{1,3}:\$?[A-Z]{1,3}|\$?\d+:\$?\d+")
_DYNAMIC_REFERENCES = {"INDIRECT", "OFFSET"}


def build_tasks(seconds: float) -> dict[str, Task]:
    """Return the tasks by path, each with a timeout of some seconds."""
    preload(__name__)
    limits = Limits(seconds, option="xlfuncs serve --seconds", threads=True)
    find, source = workbook_tables.InstalledFigures(), workbook_tables.name_installed_figures()
    refresh = partial(preview_refresh, find=find, source=source)
    return {
        "/check": Task(WORKBOOK, partial(check_workbook, limits)),
        "/refresh": Task(JSON, partial(run_confined, limits, "The data", refresh)),
        "/explain": Task(JSON, partial(run_confined, limits, "The formula", explain_formula)),
    }


def run_confined(limits: Limits, what: str, work: Callable[[Any], Any], argument: Any) -> Any:
    """Return the result of some work in a process that may do nothing else; raise `RequestRejected`."""
    try:
        return run_limited(limits, what, _work, work, argument)
    except RequestRejected:
        raise
    except WorkerCrashed:
        raise RequestRejected(422, f"{what} cannot be processed: the process that reads it crashed.") from None
    except WorkbookRejected as reason:
        raise RequestRejected(422, str(reason).replace(str(argument), what)) from None


def _work(work: Callable[[Any], Any], argument: Any) -> Any:
    confine()
    answer = work(argument)
    json.dumps(answer, allow_nan=False)  # an answer that JSON cannot hold fails here, and not in the server
    return answer


def check_workbook(limits: Limits, content: bytes) -> dict[str, Any]:
    """Return the findings of the audit in a workbook."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsx"
        path.write_bytes(content)
        return {"findings": run_confined(limits, "The workbook", list_findings, path)}


def list_findings(path: Path) -> list[dict[str, str]]:
    """Return the findings of the audit in a file."""
    return [finding.to_dict() | {"cell": abbreviate(finding.cell)} for finding in check(path, REGISTRY)]


def preview_refresh(
    body: bytes, find: workbook_tables.FindFigure, source: str, today: dt.date | None = None
) -> dict[str, Any]:
    """Return what an update of the tables in a workbook would do: its edits, what stays, and its row of the log.

    Whether the checks of the workbook pass is known once it is calculated: the row of the log comes for both cases.
    """
    book = SentTables.of(parse_object(body))
    update = workbook_tables.update_tables(book, find)
    if update:
        workbook_tables.write_version(book, source[:1].upper() + source[1:])
    changes = {(change.sheet, *change.cell): change for change in [*update.figures, *update.inputs]}
    edits = _list_edits(book, {}, changes)
    formulas = [
        _locate(change) | {"why": "The cell has a formula, which stays.", "conflict": True}
        for cell, change in changes.items()
        if book.has_formula(cell)
    ]
    sentence = update.sentence(source)
    logs, before = {}, dict(book.edits)
    for outcome, state in (("passing", "all pass"), ("failing", "a check fails")):
        if update:
            workbook_tables.add_log_row(book, sentence, state, today or dt.date.today())
        logs[outcome] = _list_edits(book, before, {})
        book.edits = dict(before)
    kept = [_locate(skipped) | {"why": skipped.why, "conflict": skipped.conflict} for skipped in update.kept]
    return {"declared": update.declared, "sentence": sentence, "edits": edits, "kept": [*formulas, *kept], "log": logs}


def _list_edits(
    book: SentTables, before: Collection[Cell], changes: Mapping[Cell, workbook_tables.CellChange]
) -> list[dict[str, Any]]:
    """Return the edits made since `before` that change a value, each with the value in the workbook."""
    return [
        {"sheet": cell[0], "cell": address_of(cell[1:]), "old": to_json(book.old(cell)), "new": new}
        | (_describe(changes[cell]) if cell in changes else {})
        for cell, new in book.edits.items()
        if cell not in before and new != book.old(cell)
    ]


def _describe(change: workbook_tables.CellChange) -> dict[str, Any]:
    """Return what a cell is, and its values as people read them."""
    values = [str(value) if isinstance(value, dt.date) else to_json(value) for value in (change.old, change.new)]
    return {"key": change.key, "what": change.what, "shown": values}


def _locate(item: workbook_tables.CellChange | workbook_tables.SkippedRow) -> dict[str, Any]:
    return {"key": item.key, "sheet": item.sheet, "cell": address_of(item.cell)}


def explain_formula(body: bytes) -> dict[str, Any]:
    """Return the result of a formula and why it is so; or the references that the pane must send for that."""
    sent = parse_object(body)
    formula = sent.get("formula")
    if not (isinstance(formula, str) and formula.startswith("=")):
        raise RequestRejected(400, 'Send {"formula": "=...", "row": 1, "column": 1, "given": {...}}.')
    try:
        wanted = list_references(formula)
    except ValueError:
        raise RequestRejected(422, "The formula cannot be read.") from None
    if _DYNAMIC_REFERENCES & set(called_functions(formula)):
        raise RequestRejected(
            422, "A formula with OFFSET or INDIRECT chooses cells while it calculates, so it cannot be explained here."
        )
    given = sent.get("given")
    if given is None:
        return {"wanted": wanted}
    try:
        position = parse_whole(sent.get("row"), 1, LAST_ROW), parse_whole(sent.get("column"), 1, LAST_COLUMN)
        cells = {text: _parse_reference(block) for text, block in given.items() if block is not None}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise RequestRejected(
            400, "Each reference in given needs its address, and a row, a column and rows within that address."
        ) from None
    explanation = explain(REGISTRY, formula, position, cells)
    first, *_ = _flatten(explanation.value)
    return {
        "first": to_json(first),
        "fault": _first_error(explanation.value),
        "call": explanation.call and _encode_call(explanation.call),
    }


def _parse_reference(block: Mapping[str, Any]) -> ReferencedRange:
    address = block["address"]
    if not (isinstance(address, str) and _ADDRESS.fullmatch(address)):
        raise TypeError
    left, top, right, bottom = range_boundaries(address)
    cells = parse_rows(block["rows"]) if block["rows"] else []
    row = parse_whole(block["row"], top or 1, (bottom or LAST_ROW) - max(len(cells) - 1, 0))
    column = parse_whole(block["column"], left or 1, (right or LAST_COLUMN) - max(len(cells[0]) - 1 if cells else 0, 0))
    return ReferencedRange(address, row, column, cells)


def _encode_call(call: FunctionCall) -> dict[str, Any]:
    cells = [_abbreviate(cell) for cell in call.cells]
    return {"name": call.name, "cells": cells, "value": _abbreviate(call.value), "fault": _first_error(call.value)}


def _abbreviate(value: Any) -> Any:
    """Return a value, or its size if it has too many cells to send."""
    if len(_flatten(value)) > _MOST_CELLS:
        return {"rows": len(value), "columns": len(value[0])}
    return to_json(value)


def _first_error(value: Any) -> Any:
    return to_json(next((cell for cell in _flatten(value) if isinstance(cell, CellError)), None))


def _flatten(value: Any) -> list[Any]:
    return [cell for row in value for cell in row] if isinstance(value, list) else [value]
