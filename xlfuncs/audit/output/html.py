"""Findings as one self-contained page of HTML."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from xlfuncs.audit.output.location import describe_location, link_to
from xlfuncs.audit.registry import Check, Finding
from xlfuncs.core.version import VERSION

_WORDS = (("E", "error"), ("W", "warning"))


def build_html(findings: Mapping[Path, Sequence[Finding]], checks: Mapping[str, Check], folder: Path) -> str:
    """The findings of some files as a page; its links to the files are relative to the folder of the page."""
    from jinja2 import Environment, PackageLoader

    environment = Environment(
        loader=PackageLoader("xlfuncs.audit.output", "."), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    files = [
        {
            "name": file.name,
            "counts": [(word, sum(finding.severity == letter for finding in of_file)) for letter, word in _WORDS],
            "groups": [_build_group(file, of_file, letter, word, checks, folder) for letter, word in _WORDS],
        }
        for file, of_file in findings.items()
    ]
    return environment.get_template("page.html").render(files=files, version=VERSION)


def _build_group(
    file: Path, findings: Sequence[Finding], letter: str, word: str, checks: Mapping[str, Check], folder: Path
) -> dict[str, Any]:
    own = sorted((finding for finding in findings if finding.severity == letter), key=lambda finding: finding.rule)
    return {
        "word": word,
        "checks": [
            {
                "check": checks[id],
                "findings": [
                    {
                        "location": describe_location(finding) or file.name,
                        "link": link_to(file, finding, folder),
                        "message": finding.message,
                    }
                    for finding in of_check
                ],
            }
            for id, of_check in groupby(own, key=lambda finding: finding.rule)
        ],
    }
