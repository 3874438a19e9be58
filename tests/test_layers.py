"""Imports point one way: every module belongs to a layer, and imports its own layer and those it may use."""

from __future__ import annotations

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import xlfuncs

ROOT = Path(xlfuncs.__file__).parents[1]
# Each layer with the layers that it may import besides itself; the longest matching prefix decides.
_CORE = {"xlfuncs.core"}
_FUNCTIONS = _CORE | {"xlfuncs.catalogue", "xlfuncs.data", "xlfuncs.functions"}
_FILES = _FUNCTIONS | {"xlfuncs.ooxml", "xlfuncs.engine", "xlfuncs.recalculation"}
_SERVICES = _FILES | {"xlfuncs.audit", "xlfuncs.reference", "xlfuncs.services"}
_HOSTS = _SERVICES | {"xlfuncs.hosts", "xlfuncs.hosts.base"}
_OFFICE = {"xlfuncs.hosts", "xlfuncs.hosts.base", "xlfuncs.hosts.libreoffice"}
LAYERS: dict[str, set[str]] = {
    "xlfuncs.core": set(),
    "xlfuncs.catalogue": _CORE,
    "xlfuncs.data": _CORE | {"xlfuncs.catalogue"},
    "xlfuncs.functions": _FUNCTIONS,
    "xlfuncs": _FUNCTIONS | {"xlfuncs.api"},
    "xlfuncs.ooxml": _CORE,
    "xlfuncs.engine": _CORE | {"xlfuncs.ooxml"},
    "xlfuncs.recalculation": _CORE | {"xlfuncs.ooxml", "xlfuncs.engine"},
    "xlfuncs.audit": _CORE
    | {"xlfuncs.catalogue", "xlfuncs.data", "xlfuncs.ooxml", "xlfuncs.engine", "xlfuncs.recalculation"},
    "xlfuncs.reference": _FUNCTIONS,
    "xlfuncs.services": _FILES | {"xlfuncs.audit", "xlfuncs.reference"},
    "xlfuncs.reporting": _FILES | {"xlfuncs.services"} | _OFFICE,
    "xlfuncs.hosts": set(),
    "xlfuncs.hosts.base": _CORE | {"xlfuncs.services"},
    "xlfuncs.hosts.excel": _HOSTS,
    "xlfuncs.hosts.officejs": _HOSTS,
    "xlfuncs.hosts.libreoffice": _HOSTS,
    "xlfuncs.udfs": {"xlfuncs.hosts.excel"},
    "xlfuncs.ribbon": {"xlfuncs.hosts.excel"},
    "xlfuncs.api": _SERVICES | {"xlfuncs.reporting"} | _OFFICE,
    "xlfuncs.cli": _HOSTS | {"xlfuncs", "xlfuncs.api", "xlfuncs.hosts.officejs"},
    "xlfuncs.__main__": {"xlfuncs.cli"},
    "workbooks": _SERVICES | _OFFICE | {"xlfuncs"},
}


def _name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {_name_of(path): path for top in ("xlfuncs", "workbooks") for path in sorted((ROOT / top).rglob("*.py"))}


def _layer_of(module: str) -> str:
    """The layer of a module; there is no default: the package itself is a layer of one module."""
    if module == "xlfuncs":
        return module
    layers = [layer for layer in LAYERS if layer != "xlfuncs" and f"{module}.".startswith(f"{layer}.")]
    if not layers:
        pytest.fail(f"{module} belongs to no layer; put it into a folder that has one, or declare one in LAYERS.")
    return max(layers, key=len)


def _imported(path: Path, only_at_import: bool = False) -> set[str]:
    """The modules of the project that a file imports: anywhere in it, or when it is imported itself."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = set()
    for node in _executed(tree) if only_at_import else ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path} imports by dots, which hide the layer"
            assert node.module
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                modules.add(submodule if submodule in MODULES else node.module)
        elif isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.Call) and "import_module" in ast.unparse(node.func):
            modules |= {
                text.value for text in node.args if isinstance(text, ast.Constant) and isinstance(text.value, str)
            }
    return {module for module in modules if module.split(".")[0] in ("xlfuncs", "workbooks")}


def _executed(tree: ast.AST) -> list[ast.AST]:
    """The statements that run when the module is imported, those for type checkers among them."""
    statements: list[ast.AST] = []
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        statements += [node, *_executed(node)]
    return statements


@pytest.mark.parametrize("module", MODULES)
def test_a_module_imports_only_layers_that_it_may_use(module: str) -> None:
    layer = _layer_of(module)
    allowed = LAYERS[layer] | {layer}
    for imported in _imported(MODULES[module]):
        assert _layer_of(imported) in allowed, f"{module} imports {imported}"


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = {module: _imported(path, only_at_import=True) - {module} for module, path in MODULES.items()}
    assert len(tuple(TopologicalSorter(graph).static_order())) >= len(MODULES)


def test_nothing_that_is_installed_imports_the_declarations_of_the_workbooks() -> None:
    for module, path in MODULES.items():
        if module.startswith("xlfuncs"):
            assert not {name for name in _imported(path) if name.split(".")[0] == "workbooks"}, module


def test_a_module_without_a_layer_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(LAYERS, "xlfuncs.services")
    with pytest.raises(pytest.fail.Exception, match=r"xlfuncs\.services\.refresh belongs to no layer"):
        _layer_of("xlfuncs.services.refresh")


def test_the_core_needs_numpy_and_the_standard_library_only_at_import() -> None:
    for path in (ROOT / "xlfuncs" / "core").rglob("*.py"):
        top = ast.parse(path.read_text(encoding="utf-8")).body
        modules = {node.module or "" for node in top if isinstance(node, ast.ImportFrom)}
        modules |= {alias.name for node in top if isinstance(node, ast.Import) for alias in node.names}
        assert {module.split(".")[0] for module in modules} <= {*sys.stdlib_module_names, "numpy", "xlfuncs"}, path


def test_functions_leave_sums_of_products_to_the_numerics() -> None:
    """The order in which BLAS adds up depends on the processor: a template would have other last digits elsewhere."""
    for folder in ("core", "functions"):
        for path in (ROOT / "xlfuncs" / folder).rglob("*.py"):
            nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
            assert not any(isinstance(node, ast.BinOp) and isinstance(node.op, ast.MatMult) for node in nodes), path
            attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)}
            assert not attributes & {"dot", "matmul", "inner", "vdot", "tensordot", "einsum"}, path
