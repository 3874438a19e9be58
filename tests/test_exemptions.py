"""Every exemption has its reason where it stands: comments that silence a checker, and tests that are skipped."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FILES = [path for top in ("tests", "workbooks", "xlfuncs") for path in sorted((ROOT / top).rglob("*.py*"))]
_MARKS = r"type: *ignore|pyright: *ignore|noqa|pragma: *no cover|nosec"  # a pattern: it silences nothing itself
SILENCED = re.compile(rf"# *({_MARKS})\b")
WITH_REASON = re.compile(
    r"# (type: ignore\[[\w, -]+\]|pyright: ignore\[[\w, ]+\]|noqa: [A-Z]+\d+(, [A-Z]+\d+)*)  # \S+"  # code, reason
)
SKIPS = {"skip", "skipif", "xfail", "importorskip"}


def find_comments(source: str) -> Iterator[str]:
    """The comments that silence a checker without naming what and why."""
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type == tokenize.COMMENT and SILENCED.match(token.string) and not WITH_REASON.match(token.string):
            yield f"line {token.start[0]}: {token.string}"


def find_skips(source: str) -> Iterator[str]:
    """The skips of tests that do not say why."""
    for node in ast.walk(ast.parse(source)):
        called = node.func if isinstance(node, ast.Call) else None
        name = ast.unparse(called) if isinstance(called, ast.Attribute) and called.attr in SKIPS else ""
        if isinstance(node, ast.Call) and name.startswith("pytest."):
            reasons = [word.value for word in node.keywords if word.arg == "reason"]
            reasons += node.args[:1] if name == "pytest.skip" else []
            if not reasons or (isinstance(reasons[0], ast.Constant) and not str(reasons[0].value).strip()):
                yield f"line {node.lineno}: {ast.unparse(node)}"
        elif (
            isinstance(node, ast.Attribute)
            and node.attr in SKIPS
            and ast.unparse(node) in ("pytest.mark.skip", "pytest.mark.xfail")  # those that need no argument
        ):
            yield f"line {node.lineno}: {ast.unparse(node)}"


def find_exemptions(source: str) -> list[str]:
    """All of both."""
    return [*find_comments(source), *find_skips(source)]


def test_every_exemption_has_its_reason() -> None:
    sources = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8") for path in FILES if path.suffix != ".pyc"}
    assert len(sources) > 300
    assert [f"{name}, {one}" for name, source in sources.items() for one in find_exemptions(source)] == []


@pytest.mark.parametrize(
    "source",
    [
        "a = 1  # type: ignore",  # neither code nor reason
        "a = 1  # type: ignore[misc]",  # a code without a reason
        "a = 1  # type: ignore  # of something",  # a reason without a code
        "import a  # noqa",  # neither code nor reason
        "import a  # noqa: F401",  # a code without a reason
        "a = 1  # pyright: ignore",  # neither code nor reason
        "pytest.skip()",
        "pytest.skip('')",
        "pytest.importorskip('fcntl')",
        "pytest.mark.skipif(os.name == 'nt')(test)",  # a condition without a reason
        "@pytest.mark.skip\ndef test() -> None: ...",  # a bare mark
        "@pytest.mark.xfail\ndef test() -> None: ...",  # a bare mark
    ],
)
def test_an_exemption_without_a_reason_is_found(source: str) -> None:
    assert len(find_exemptions(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "a = 1  # type: ignore[misc, arg-type]  # the library has no types",
        "import a  # noqa: F401  # to say what is missing",
        "pytest.skip('LibreOffice is not installed')",
        "pytest.importorskip('fcntl', reason='Windows has no file locks of this kind')",
        "pytest.mark.skipif(os.name == 'nt', reason=WHY)(test)",
    ],
)
def test_an_exemption_with_a_reason_is_none(source: str) -> None:
    assert find_exemptions(source) == []
