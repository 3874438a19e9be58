"""The workbooks: one module declares each, `templates/` holds what is built of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast

from workbooks.refreshing import DataSource, Refreshed, installed, refresh

if TYPE_CHECKING:
    from workbooks.model import Template

__all__ = ["MODULES", "DataSource", "Refreshed", "build", "installed", "refresh", "titles"]


class Module(Protocol):
    """What a module of a template has."""

    TITLE: str

    def template(self) -> Template:
        """The declaration of the workbook."""


class _Modules(Mapping[str, Module]):
    """The modules by name, each imported when it is asked for: most commands need none of them."""

    _NAMES = (
        "allocation_playbook",
        "capital_stack",
        "enterprise_automation",
        "inference_economics",
        "unit_economics",
        "us_china_comparison",
        "valuation_decoupling",
    )

    def __getitem__(self, name: str) -> Module:
        if name not in self._NAMES:
            raise KeyError(name)
        module: Any = import_module(f"workbooks.{name}")
        return cast(Module, module)

    def __contains__(self, name: object) -> bool:
        return name in self._NAMES

    def __iter__(self) -> Iterator[str]:
        return iter(self._NAMES)

    def __len__(self) -> int:
        return len(self._NAMES)


MODULES: Mapping[str, Module] = _Modules()


def titles() -> dict[str, str]:
    """What each workbook is called."""
    return {name: module.TITLE for name, module in MODULES.items()}


def build(name: str, path: Path, host: str = "") -> Refreshed:
    """Build a workbook and fill in every value, so that it reads right without the add-in.

    With the host `officejs` its formulas are stored as for functions that come through Office.js.
    """
    from workbooks import builder

    builder.write(MODULES[name].template(), path, host)
    report = refresh(path)
    if report.kept:  # a placeholder would pass for a value
        raise RuntimeError(f"{path} has formulas that cannot be evaluated: {report.kept[0]}")
    return report
