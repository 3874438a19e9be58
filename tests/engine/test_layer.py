"""The engine layer hides the engine: no other module imports it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import xlfuncs

ROOT = Path(xlfuncs.__file__).parents[1]
MODULES = sorted([*(ROOT / "xlfuncs").rglob("*.py"), *(ROOT / "workbooks").rglob("*.py")])
ENGINE = ROOT / "xlfuncs" / "engine"


def imports_formualizer(source: str) -> bool:
    """Whether a module imports formualizer anywhere in it, also by its name in a text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.Call) and getattr(node.func, "attr", getattr(node.func, "id", "")) in (
            "import_module",
            "__import__",
        ):
            names = [arg.value for arg in node.args if isinstance(arg, ast.Constant) and isinstance(arg.value, str)]
        else:
            continue
        if any(name.partition(".")[0] == "formualizer" for name in names):
            return True
    return False


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_the_engine_layer_imports_formualizer(path: Path) -> None:
    assert path.is_relative_to(ENGINE) or not imports_formualizer(path.read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "source",
    [
        "import formualizer",
        "import os, formualizer as f",
        "from formualizer import Tokenizer",
        "def f():\n    from formualizer.inner import a",
        "import importlib\nimportlib.import_module('formualizer')",
        "__import__('formualizer')",
    ],
)
def test_an_import_is_noticed_however_it_is_written(source: str) -> None:
    assert imports_formualizer(source)


def test_the_engine_layer_does_import_it() -> None:
    assert any(imports_formualizer(path.read_text(encoding="utf-8")) for path in ENGINE.glob("*.py"))
    assert not imports_formualizer("import formualizers\nx = 'formualizer'")
