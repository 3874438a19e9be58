"""Imports point one way."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import xlfuncs

ROOT = Path(xlfuncs.__file__).parent
# What each layer may import of the project; the longest prefix of a module's name decides.
MAY_IMPORT = {
    "xlfuncs.core": {"xlfuncs.core"},
    "xlfuncs.data": {"xlfuncs.core", "xlfuncs.data"},
    "xlfuncs.catalogue.bibliography": {"xlfuncs.core"},
    "xlfuncs.catalogue.quantities": {"xlfuncs.core", "xlfuncs.data"},
    "xlfuncs.functions": {
        "xlfuncs.core",
        "xlfuncs.data",
        "xlfuncs.catalogue.bibliography",
        "xlfuncs.catalogue.quantities",
        "xlfuncs.functions",
    },
    "xlfuncs.reference.markdown": {"xlfuncs.core"},
    "xlfuncs.hosts": {"xlfuncs.core", "xlfuncs.hosts"},
    "xlfuncs.rules": {"xlfuncs.core", "xlfuncs.data", "xlfuncs.hosts.headless", "xlfuncs.rules"},
}
MODULES = sorted(ROOT.rglob("*.py"))


def name_of(path: Path) -> str:
    parts = ("xlfuncs", *path.relative_to(ROOT).with_suffix("").parts)
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(path: Path) -> set[str]:
    """Every module of the project that a file imports, anywhere in it."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    return {name for name in names if name.split(".")[0] in ("xlfuncs", "workbooks")}


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_layer_imports_only_layers_below_it(path: Path) -> None:
    layer = max((prefix for prefix in MAY_IMPORT if name_of(path).startswith(prefix)), key=len, default="")
    if not layer:
        return  # composition roots: the package itself, the command line, the Excel module
    for name in imported(path):
        assert any(f"{name}.".startswith(f"{allowed}.") for allowed in MAY_IMPORT[layer]), name


def test_the_core_needs_numpy_and_the_standard_library_only_at_import() -> None:
    for path in (ROOT / "core").rglob("*.py"):
        top = ast.parse(path.read_text(encoding="utf-8")).body
        modules = {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
        modules |= {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        assert not {module.split(".")[0] for module in modules} & {"scipy", "pandas", "formualizer", "click"}
