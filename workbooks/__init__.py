"""The workbooks: one module declares each, `templates/` holds what is built of them."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from workbooks import (
    allocation_playbook,
    builder,
    capital_stack,
    enterprise_automation,
    inference_economics,
    unit_economics,
    us_china_comparison,
    valuation_decoupling,
)
from workbooks.model import Template
from workbooks.refreshing import DataSource, Refreshed, installed, refresh

__all__ = ["MODULES", "TITLES", "DataSource", "Refreshed", "build", "installed", "refresh"]


class Module(Protocol):
    """What a module of a template has."""

    TITLE: str

    def template(self) -> Template:
        """The declaration of the workbook."""


MODULES: dict[str, Module] = {
    "allocation_playbook": allocation_playbook,
    "capital_stack": capital_stack,
    "enterprise_automation": enterprise_automation,
    "inference_economics": inference_economics,
    "unit_economics": unit_economics,
    "us_china_comparison": us_china_comparison,
    "valuation_decoupling": valuation_decoupling,
}
TITLES = {name: module.TITLE for name, module in MODULES.items()}


def build(name: str, path: Path) -> Refreshed:
    """Build a workbook and fill in every value, so that it reads right without the add-in."""
    builder.write(MODULES[name].template(), path)
    report = refresh(path)
    if report.kept:  # a placeholder would pass for a value
        raise RuntimeError(f"{path} has formulas that cannot be evaluated: {report.kept[0]}")
    return report
