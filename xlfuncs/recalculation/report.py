"""The report on a refresh: what it did to a file, and what it kept, and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple


class Change(NamedTuple):
    """A cell whose value is no longer the one in the file."""

    sheet: str
    cell: str
    old: Any
    new: Any


class Problem(NamedTuple):
    """A cell with an error value, or one kept as it was, and why."""

    sheet: str
    cell: str
    code: str
    why: str


@dataclass
class Report:
    """What a refresh did to a file; `outputs` are the cells that the workbook names out_... or chk_...."""

    file: Path
    formulas: int = 0
    changed: list[Change] = field(default_factory=list)
    errors: list[Problem] = field(default_factory=list)
    kept: list[Problem] = field(default_factory=list)
    unchecked: list[Problem] = field(default_factory=list)  # new values by functions that nothing vouches for
    outputs: dict[str, Any] = field(default_factory=dict)
    written: bool = False

    @property
    def recalculated(self) -> int:
        """Formula cells with a value of this run."""
        return self.formulas - len(self.kept)

    def __getstate__(self) -> dict[str, Any]:
        """The changes by columns: there may be many, to be handed from one process to another."""
        return vars(self) | {"changed": list(zip(*self.changed, strict=True))}

    def __setstate__(self, state: dict[str, Any]) -> None:
        changed = zip(*state["changed"], strict=True)
        vars(self).update(state | {"changed": list(map(Change._make, changed))})
