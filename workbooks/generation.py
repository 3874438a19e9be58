"""Everything in the checkout that is generated, with the content that it should have."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

import workbooks
from workbooks import architecture
from xlfuncs import REGISTRY
from xlfuncs.reference import html_site, markdown, signatures, stubs

ROOT = workbooks.ROOT
SIGNATURES = ROOT / "tests" / "signatures.txt"
PANE = ROOT / "xlfuncs" / "hosts" / "officejs" / "pane"
_COMPILER = ROOT / "tests" / "hosts" / "officejs" / "node_modules" / "typescript" / "bin" / "tsc"

Files = Iterator[tuple[Path, bytes]]


class GenerationError(Exception):
    """Raised when a generated file cannot be generated; the message says what to do."""


def list_missing_tools() -> list[str]:
    """The generated files that are left as they are for want of a tool, each with how to install that tool."""
    missing = []
    if find_spec("mkdocs") is None:
        missing.append('xlfuncs/help is left as it is. To generate it: pip install ".[docs]"')
    if not (_COMPILER.exists() and shutil.which("node")):
        missing.append(
            "xlfuncs/hosts/officejs/web is left as it is. To generate it, install Node.js, then: "
            "npm install --no-package-lock --prefix tests/hosts/officejs"
        )
    return missing


def list_obsolete(generated: Iterable[Path]) -> list[Path]:
    """The files among the help pages that are no longer generated, such as the page of a renamed category."""
    help_pages = {path for path in generated if path.is_relative_to(html_site.HELP)}
    return [
        path for path in sorted(html_site.HELP.rglob("*")) if help_pages and path.is_file() and path not in help_pages
    ]


def generate_data_tables() -> Files:
    """The tables of the data set, from the raw facts. Everything else reads them when it is imported."""
    from xlfuncs.data import build

    for name, text in build.tables().items():
        yield build.TABLES / name, text.encode()


def generate_all() -> Files:
    """Every generated file but the tables of the data set."""
    yield from generate_documents()
    yield from generate_templates(workbooks.NAMES)


def generate_templates(names: Iterable[str]) -> Files:
    """The template workbooks."""
    for name in names:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{name}.xlsx"
            workbooks.build(name, path)
            yield workbooks.TEMPLATES / path.name, path.read_bytes()


def generate_documents() -> Files:
    """The signatures, the type stub, the reference, the picture of the layers, the scripts of the pane, the help."""
    yield SIGNATURES, _generate_signatures().encode()
    yield stubs.STUB, stubs.build_stub(REGISTRY).encode()
    yield ROOT / "xlfuncs" / "REFERENCE.md", markdown.format_reference(REGISTRY).encode()
    yield architecture.PICTURE, architecture.draw().encode()
    if _COMPILER.exists() and shutil.which("node"):
        yield from _generate_scripts()
    if find_spec("mkdocs"):
        yield from _generate_help()


def _generate_signatures() -> str:
    current = signatures.format_signatures(REGISTRY)
    broken = signatures.find_broken(SIGNATURES.read_text(encoding="utf-8"), current)
    if broken:
        raise GenerationError(
            f"{', '.join(broken)}: a released signature changed. Formulas in other people's files depend on the signature: "
            "restore it, and declare the better definition under a new name."
        )
    return current


def _generate_scripts() -> Files:
    """The scripts of the task pane and the calculator, compiled from TypeScript."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["node", str(_COMPILER), "-p", str(PANE), "--outDir", folder]
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode:
            raise GenerationError(f"The TypeScript of the pane does not compile.\n{result.stdout}")
        for path in sorted(Path(folder).iterdir()):
            yield PANE.parent / "web" / path.name, path.read_bytes()


def _generate_help() -> Files:
    with tempfile.TemporaryDirectory() as folder:
        html_site.build_help(REGISTRY, Path(folder))
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                yield html_site.HELP / path.relative_to(folder), path.read_bytes()
