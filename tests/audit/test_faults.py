"""Faults put into sound workbooks are found, and sound workbooks are left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.audit.experiment import Outcome, clean, faulty, run

pytestmark = pytest.mark.slow  # draws, saves and checks 200 workbooks


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return run(tmp_path_factory.mktemp("faults"))


def test_nine_of_ten_faults_are_found(outcome: Outcome) -> None:
    assert outcome.faults >= 200, str(outcome)
    assert len({*outcome.found, *outcome.missed}) >= 12
    assert outcome.share >= 0.9, str(outcome)


def test_every_kind_of_fault_is_found_more_often_than_not(outcome: Outcome) -> None:
    assert [kind for kind in outcome.missed if len(outcome.missed[kind]) > len(outcome.found[kind])] == []


def test_a_sound_workbook_gives_at_most_two_findings(outcome: Outcome) -> None:
    assert {name: len(found) for name, found in outcome.alarms.items() if len(found) > 2} == {}


def test_the_same_faults_are_drawn_each_time(tmp_path: Path) -> None:
    path = next(clean(tmp_path))
    first, second = (faulty(path, "a plug", tmp_path / name)[0] for name in ("a.xlsx", "b.xlsx"))
    assert first == second
