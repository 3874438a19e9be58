"""The seven workbooks: one module declares each, and `python -m workbooks` builds `templates/` of them."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from workbooks.dsl import build as writer
from xlfuncs.services.refresh import refresh

__all__ = ["NAMES", "ROOT", "TEMPLATES", "build"]

NAMES = (
    "allocation_playbook",
    "capital_stack",
    "enterprise_automation",
    "inference_economics",
    "unit_economics",
    "us_china_comparison",
    "valuation_decoupling",
)
ROOT = Path(__file__).parent.parent
TEMPLATES = ROOT / "templates"


def build(name: str, path: Path) -> None:
    """Build a workbook and fill in every value, so that it reads right without the add-in."""
    module: Any = import_module(f"workbooks.{name}")
    writer.write(module.template(), path)
    report = refresh(path)
    if report.kept:  # a placeholder would pass for a value
        raise RuntimeError(f"{path} has formulas that cannot be evaluated: {report.kept[0]}")
