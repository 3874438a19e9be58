"""The workbooks: one module builds each, `templates/` holds what they build."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from workbooks import us_china_comparison
from xlfuncs import REGISTRY
from xlfuncs.hosts.headless.refresh import Report, refresh

TITLES = {"us_china_comparison": us_china_comparison.TITLE}
BUILDERS: dict[str, Callable[[Path], None]] = {"us_china_comparison": us_china_comparison.build}


def build(name: str, path: Path) -> Report:
    """Build a workbook and fill in every value, so that it reads right without the add-in."""
    BUILDERS[name](path)
    report = refresh(path, REGISTRY)
    if report.kept:  # a placeholder would pass for a value
        raise RuntimeError(f"{path} has formulas that cannot be evaluated: {report.kept[0]}")
    return report
