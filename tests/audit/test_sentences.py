"""What the auditor says is plain English: titles, explanations, remedies, and the sentence of every finding."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.test_prose import RULES, Rule, sentences
from xlfuncs.audit import CHECKS, checks

PLAIN = [rule for rule in RULES if rule.name != "fits into Excel's wizard"]
MESSAGE = re.compile(r"[A-Z][^:]* .*\.", re.DOTALL)


def declared() -> Iterator[tuple[str, str]]:
    """Titles, and the explanations and remedies sentence by sentence."""
    for check in CHECKS.values():
        yield check.id, f"{check.title}."
        for text in (check.explanation, check.remedy):
            yield from ((check.id, sentence) for sentence in sentences(" ".join(text.split())))


def messages() -> Iterator[tuple[str, str]]:
    """The sentences in the code of the checks, with a word for each value that is filled in."""
    for path in sorted(Path(checks.__file__).parent.glob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
        parts |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            text = ""
            if not isinstance(node, ast.expr):
                continue
            if isinstance(node, ast.JoinedStr):
                text = "".join(str(part.value) if isinstance(part, ast.Constant) else "Word" for part in node.values)
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts:
                text = node.value
            text = " ".join(text.split()).replace("{}", "Word")
            if MESSAGE.fullmatch(text):
                yield from ((f"{path.stem}:{node.lineno}", sentence) for sentence in sentences(text))


def test_every_message_is_read() -> None:
    found = [text for _, text in messages()]
    assert len(found) > 120
    assert "The figure has no Word." in found
    assert "The formula contains a hard-coded number (Word)." in found


@pytest.mark.parametrize("rule", PLAIN, ids=lambda rule: rule.name)
def test_sentences_of_the_auditor_keep_every_rule(rule: Rule) -> None:
    assert [(where, text) for where, text in (*declared(), *messages()) if not rule.keeps(text)] == []


def test_titles_are_short() -> None:
    assert [check.title for check in CHECKS.values() if len(check.title) > 60] == []
