"""Values from outside this code: papers, disclosures, other programs, closed forms, each with its source."""

from __future__ import annotations

import csv
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from xlfuncs import REGISTRY
from xlfuncs.engine.evaluator import Evaluator
from xlfuncs.engine.function_names import called_functions

FOLDER = Path(__file__).parent / "reference"


def rows() -> list[dict[str, str]]:
    found = []
    for path in sorted(FOLDER.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            found += list(csv.DictReader(file))
    return found


@cache
def evaluator() -> Evaluator:
    return Evaluator(REGISTRY)


def same(value: Any, expected: Any, tolerance: float) -> bool:
    if isinstance(expected, list):
        return (
            isinstance(value, list)
            and len(value) == len(expected)
            and all(same(a, b, tolerance) for a, b in zip(value, expected, strict=True))
        )
    if isinstance(expected, str):
        return str(value) == expected
    return isinstance(value, float) and value == pytest.approx(expected, rel=tolerance, abs=1e-300)


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["formula"][:60])
def test_reference_value(row: dict[str, str]) -> None:
    assert row["source"]
    value = evaluator().evaluate(row["formula"])
    assert same(value, json.loads(row["expected"]), float(row["tolerance"])), value


def test_functions_without_a_formula_have_reference_rows() -> None:
    counts = Counter(name for row in rows() for name in called_functions(row["formula"]))
    lacking = [
        f.name for f in REGISTRY if f.formula is None and f.category not in ("Data", "Audit") and counts[f.name] < 2
    ]
    assert not lacking
