"""The state of the data set, and rows that are taken only when they are complete."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest

from xlfuncs.data import build, curate
from xlfuncs.data.curate import RejectedError, add, status

TODAY = dt.date(2026, 11, 24)
ROW = {
    "entity": "zhipu",
    "metric": "valuation",
    "as_of": "2026-11-01",
    "value": "1.0e11",
    "unit": "USD",
    "confidence": "medium",
    "title": "A newspaper",
    "url": "https://example.com/news",
}


@pytest.fixture
def workshop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the curated files, and tables of its own."""
    shutil.copytree(build.CURATION, tmp_path / "curation")
    (tmp_path / "tables").mkdir()
    monkeypatch.setattr(build, "CURATION", tmp_path / "curation")
    monkeypatch.setattr(build, "TABLES", tmp_path / "tables")
    monkeypatch.setattr(curate, "FILE", tmp_path / "curation" / "additions.csv")
    return tmp_path


def test_a_complete_row_lands_in_the_tables_once(workshop: Path) -> None:
    add(ROW, TODAY)
    text = (workshop / "tables" / "observations.csv").read_text(encoding="utf-8")
    assert "ZHIPU,valuation,2026-11-01,100000000000," in text
    assert "https://example.com/news" in (workshop / "tables" / "sources.csv").read_text(encoding="utf-8")
    with pytest.raises(RejectedError, match="already in the data set"):
        add(ROW, TODAY)


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [
        ("entity", "NOBODY", 'entity "NOBODY" is unknown'),
        ("metric", "vibes", 'metric "vibes" is unknown'),
        ("metric", "model_growth", 'metric "model_growth" is unknown'),
        ("as_of", "soon", "as_of must be a date"),
        ("as_of", "2027-01-01", "future"),
        ("value", "much", "value must be a number"),
        ("unit", "share", "unit must be USD, CNY,"),
        ("confidence", "sure", "confidence must be"),
        ("url", "example.com", "link"),
        ("title", "", "enter the title of the source"),
    ],
)
def test_an_incomplete_row_is_refused_with_its_reason(workshop: Path, field: str, value: str, words: str) -> None:
    before = curate.FILE.read_bytes()
    with pytest.raises(RejectedError, match=words):
        add(ROW | {field: value}, TODAY)
    assert curate.FILE.read_bytes() == before


def test_old_inputs_are_facts_older_than_the_days() -> None:
    old = status(TODAY, 180).old
    assert old
    assert all((TODAY - one.as_of).days > 180 and one.confidence != "assumption" for one in old)
    assert not status(dt.date(2025, 1, 1), 180).old or all(
        one.as_of < dt.date(2024, 7, 5) for one in status(dt.date(2025, 1, 1)).old
    )


def test_conflicts_have_a_range() -> None:
    conflicts = status(TODAY).conflicts
    assert any((one.entity, one.metric) == ("OPENAI", "wau") for one in conflicts)
    assert all(one.low < one.high for one in conflicts)
