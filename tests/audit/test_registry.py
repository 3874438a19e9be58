"""A check is declared in one place: a decorated function in a module of the folder."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from openpyxl import Workbook

from xlfuncs import REGISTRY
from xlfuncs.audit import CHECKS, checks, registry
from xlfuncs.audit.registry import CheckDeclarationError, audit_check
from xlfuncs.audit.workbook_view import WorkbookView

NEXT = f"B{len(CHECKS) + 1:02}"
MODULE = '''
from xlfuncs.audit.registry import Violation, audit_check

@audit_check("{id}", "no-answer", "An answer on every sheet", "E", "test", "Type 42.", severity_elsewhere="W")
def check_answer(view):
    """A workbook without the answer leaves its readers alone."""
    yield Violation(view.sheets[0].name, "There is no answer.")
'''


def test_a_module_in_the_folder_of_checks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "answers.py").write_text(MODULE.replace("{id}", NEXT), encoding="utf-8")
    Workbook().save(tmp_path / "book.xlsx")
    monkeypatch.setattr(registry, "CHECKS", dict(registry.CHECKS))
    monkeypatch.setattr(checks, "__path__", [*checks.__path__, str(tmp_path)])
    monkeypatch.setitem(sys.modules, "xlfuncs.audit.checks.answers", None)  # so that it is forgotten afterwards
    del sys.modules["xlfuncs.audit.checks.answers"]
    checks.load_checks()
    declared = registry.CHECKS[NEXT]
    (finding,) = registry.find_violations(declared, WorkbookView(tmp_path / "book.xlsx", REGISTRY))
    assert (finding.rule, finding.slug, finding.severity) == (NEXT, "no-answer", "W")
    assert finding.message == "There is no answer."
    assert declared.explanation == "A workbook without the answer leaves its readers alone."
    assert int(registry.next_free_id()[1:]) == int(NEXT[1:]) + 1


@pytest.mark.parametrize(
    "id, slug, words",
    [
        ("B25", "a-new-check", f"the next free id is {NEXT}"),
        (NEXT, "typed-over-formula", "belongs to B21"),
        ("59", "a-new-check", f"such as {NEXT}"),
        (NEXT, "Typed", "two words"),
    ],
)
def test_a_check_with_an_id_or_a_slug_of_another_is_refused(id: str, slug: str, words: str) -> None:
    before = dict(CHECKS)
    with pytest.raises(CheckDeclarationError, match=words):
        audit_check(id, slug, "A title", "E", "test", "A remedy.")(lambda view: iter(()))
    assert before == CHECKS


def test_the_folder_of_checks_has_no_module_without_a_check() -> None:
    modules = {path.stem for path in Path(checks.__file__).parent.glob("*.py")} - {"__init__"}
    assert {declared.find.__module__.rpartition(".")[2] for declared in CHECKS.values()} == modules
