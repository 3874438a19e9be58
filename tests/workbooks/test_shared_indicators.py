"""The same indicator has the same three values in every template; where it differs, its label says so."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, NamedTuple

import openpyxl
import pytest

import workbooks
from tests.workbooks.conftest import TEMPLATES

pytestmark = pytest.mark.slow  # reads all templates

HEADS = {"Inputs": ("Low", "Base", "High")}
LABEL, UNIT, NOTE, FIRST, LAST = 1, 2, 5, 7, 10  # columns, from 0


class Row(NamedTuple):
    """A row with three values: where it stands, its unit and its values."""

    template: str
    sheet: str
    number: int
    unit: str
    values: tuple[Any, ...]


def subject(*texts: str) -> tuple[str, str]:
    """The country and the product of a row, by the first text that names one: its sheet, label or section."""
    found: list[str] = []
    for words in ("US|China", "Chat|Reasoning|Agentic"):
        named = (sorted(set(re.findall(rf"(?<![A-Za-z])(?:{words})(?![A-Za-z])", text))) for text in texts)
        found.append(" ".join(next(filter(None, named), [])))
    return found[0], found[1].replace("Chat", "")  # a product that is not named is chat


def rows(template: str) -> Iterator[tuple[tuple[str, ...], Row]]:
    """The rows with values by range or by scenario, each with what it is about."""
    book = openpyxl.load_workbook(TEMPLATES / f"{template}.xlsx", data_only=True, read_only=True)
    for sheet in book.worksheets:
        if sheet.title not in ("Inputs", "Outputs") and not sheet.title.startswith("Calc_"):
            continue
        kind = "Inputs" if sheet.title == "Inputs" else "results"
        section = ""
        for number, cells in enumerate(sheet.iter_rows(min_row=4, max_col=LAST, values_only=True), 4):
            padded = (*cells, *[None] * (LAST - len(cells)))
            values = padded[FIRST:LAST]
            if number == 4:
                if values != HEADS.get(sheet.title, ("Bear", "Base", "Bull")):
                    break
                continue
            section = str(padded[0] or section)
            label, unit = str(padded[LABEL] or ""), str(padded[UNIT] or "")
            if label and any(isinstance(value, (int, float)) for value in values):
                # Rows of a calculation may share a label with others of another unit, such as a ratio of two countries.
                about = (kind, label, *subject(sheet.title, label, section), unit if kind == "results" else "")
                yield about, Row(template, sheet.title, number, unit, values)


def agree(one: Row, other: Row) -> bool:
    return one.unit == other.unit and all(
        a == pytest.approx(b, rel=1e-9) if isinstance(a, (int, float)) and isinstance(b, (int, float)) else a == b
        for a, b in zip(one.values, other.values, strict=True)
    )


def test_the_same_label_has_the_same_three_values_in_all_templates() -> None:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for name in workbooks.NAMES:
        for about, row in rows(name):
            groups[about].append(row)
    shared = {about: group for about, group in groups.items() if len({row.template for row in group}) > 1}
    assert len(shared) > 250
    for label in ("Agentic: bill of the added users in China, a month", "Hardware premium of China, memory capacity"):
        assert any(about[1] == label for about in shared), label
    different = {about: group for about, group in shared.items() if not all(agree(group[0], row) for row in group)}
    assert not different, "\n".join(f"{about}: {group}" for about, group in different.items())
