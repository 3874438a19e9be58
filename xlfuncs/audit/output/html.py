"""Findings as one page of HTML that needs nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from xlfuncs.audit.output.location import link, place
from xlfuncs.audit.registry import Finding, Rule
from xlfuncs.core.version import VERSION

_WORDS = (("E", "error"), ("W", "warning"))


def page(checked: Mapping[Path, Sequence[Finding]], rules: Mapping[str, Rule], folder: Path) -> str:
    """The page, whose links to the files are relative to the folder it is written to."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("xlfuncs.audit.output", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    files = [
        {
            "name": file.name,
            "counts": [(word, sum(one.severity == letter for one in findings)) for letter, word in _WORDS],
            "groups": [_group(file, findings, letter, word, rules, folder) for letter, word in _WORDS],
        }
        for file, findings in checked.items()
    ]
    return environment.get_template("page.html").render(files=files, version=VERSION)


def _group(
    file: Path, findings: Sequence[Finding], letter: str, word: str, rules: Mapping[str, Rule], folder: Path
) -> dict[str, Any]:
    own = sorted((one for one in findings if one.severity == letter), key=lambda one: one.rule)
    return {
        "word": word,
        "rules": [
            {
                "rule": rules[id],
                "findings": [
                    {"place": place(one) or file.name, "link": link(file, one, folder), "why": one.why} for one in found
                ],
            }
            for id, found in groupby(own, key=lambda one: one.rule)
        ],
    }
