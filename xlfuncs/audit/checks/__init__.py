"""The checks of the auditor, one module for each subject; every module in this folder is loaded by `load_checks`."""

from __future__ import annotations

import importlib
import pkgutil


def load_checks() -> None:
    """Import every module of this folder, so that its checks are declared."""
    for module in pkgutil.iter_modules(__path__, f"{__name__}."):
        importlib.import_module(module.name)
