"""Wherever a package of an extra is missing, the same sentence says which extra to install, and how."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import sqlite3
import sys
import tomllib
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path

import pytest

import xlfuncs
from tests.workbooks.conftest import TEMPLATES
from xlfuncs.data.user_sources import open_source
from xlfuncs.hosts.excel import project
from xlfuncs.hosts.officejs import host

ROOT = Path(__file__).parents[1]
EXTRAS = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]["optional-dependencies"]


def write_report(folder: Path) -> object:
    workbook = shutil.copy(TEMPLATES / "unit_economics.xlsx", folder / "copy.xlsx")
    return xlfuncs.report(workbook, out=folder / "r.html")


def use_scheduler(folder: Path) -> object:
    return list(xlfuncs.refresh_many([folder / "copy.xlsx"], scheduler="tcp://127.0.0.1:1"))


def refresh_from_csv(folder: Path) -> object:
    return xlfuncs.refresh(folder / "copy.xlsx", data=folder / "mine.csv")


def read_parquet(folder: Path) -> object:
    (folder / "mine.parquet").write_bytes(b"")
    return open_source(str(folder / "mine.parquet"))


def read_database(folder: Path) -> object:
    sqlite3.connect(folder / "mine.db").close()
    return open_source(str(folder / "mine.db"))


def read_postgres(_: Path) -> object:
    return open_source("postgresql://me:secret@127.0.0.1:1/nothing")


def build_excel_addin(_: Path) -> object:
    return project.xlwings_dlls()


def import_excel_functions(_: Path) -> object:
    return importlib.import_module("xlfuncs.hosts.excel.com")


def use_server(_: Path) -> None:
    host.require_server()


PLACES: list[tuple[Callable[[Path], object], str, str, str]] = [
    (write_report, "matplotlib", "report", "To draw the charts of a report, install matplotlib."),
    (use_scheduler, "distributed", "dask", "To use a Dask scheduler, install distributed."),
    (refresh_from_csv, "pandas", "data", "To read figures of your own, install pandas."),
    (read_parquet, "pyarrow", "data", "To read a Parquet file, install pyarrow."),
    (read_database, "sqlalchemy", "data", "To read a database, install SQLAlchemy."),
    (read_postgres, "pg8000", "data", "To read a PostgreSQL database, install pg8000."),
    (build_excel_addin, "xlwings", "excel", "To use the Excel add-in, install xlwings and pyOpenVBA."),
    (build_excel_addin, "pyopenvba", "excel", "To use the Excel add-in, install xlwings and pyOpenVBA."),
    (import_excel_functions, "xlwings", "excel", "To use the functions in Excel, install xlwings."),
    *(
        (use_server, package, "server", f"To use the Office.js add-in, install {package}.")
        for package in ("cryptography", "platformdirs", "starlette", "uvicorn")
    ),
]


@pytest.mark.parametrize(("use", "package", "extra", "start"), PLACES)
def test_a_missing_package_is_named_with_its_extra(
    use: Callable[[Path], object],
    package: str,
    extra: str,
    start: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for module in [name for name in sys.modules if name.split(".")[0] == package]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, package, None)
    monkeypatch.delitem(sys.modules, "xlfuncs.hosts.excel.com", raising=False)
    with pytest.raises(xlfuncs.MissingDependency) as caught:
        use(tmp_path)
    wheel = f"xlfuncs-{version('xlfuncs')}-py3-none-any.whl"
    assert str(caught.value) == (
        f'{start} In a checkout of xlfuncs, run pip install ".[{extra}]"; '
        f'with a wheel, run pip install "{wheel}[{extra}]".'
    )


def calls(name: str) -> list[tuple[Path, ast.Call]]:
    """The calls of a function in the package, each with its file."""
    nodes = [
        (path.relative_to(ROOT), node)
        for path in sorted((ROOT / "xlfuncs").rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
    ]
    return [
        (path, node)
        for path, node in nodes
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
    ]


def test_every_place_is_tested() -> None:
    """A purpose that no row above has would be one that nobody has seen in a sentence."""
    purposes = [ast.literal_eval(call.args[0]) for _, call in calls("missing_dependency")]
    assert len(purposes) > 7
    assert set(purposes) == {re.findall(r"^To (.+), install", start)[0] for _, _, _, start in PLACES}


def test_every_extra_has_the_package_that_is_missing() -> None:
    for use, package, extra, _ in PLACES:
        names = {re.split(r"[^\w-]", requirement)[0].lower() for requirement in EXTRAS[extra]}
        assert package in names, use


def test_no_other_place_words_it_anew() -> None:
    # A driver of a database that is in no extra, and a version of xlwings that the extra does not allow.
    others = {"xlfuncs/data/user_sources.py", "xlfuncs/hosts/excel/project.py"}
    assert {str(path) for path, _ in calls("MissingDependency")} == {"xlfuncs/core/extras.py", *others}
    told = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "xlfuncs").rglob("*.py")
        if "pip install" in path.read_text(encoding="utf-8")
    }
    assert told == {"xlfuncs/core/extras.py", "xlfuncs/hosts/excel/install.py"}  # the latter names xlwings alone


def test_a_driver_that_no_extra_has_is_named() -> None:
    with pytest.raises(xlfuncs.MissingDependency, match=r"mysql://127\.0\.0\.1/x needs a driver .*MySQLdb.*\.$"):
        open_source("mysql://me:secret@127.0.0.1/x")


def test_an_xlwings_of_another_kind_is_told_with_the_fix(monkeypatch: pytest.MonkeyPatch) -> None:
    class Book:
        def __init__(self, *_: object) -> None: ...
        def __enter__(self) -> Book:
            return self

        def __exit__(self, *_: object) -> None: ...
        def get_module(self, _: str) -> str:
            return "' no declarations"

    monkeypatch.setattr("pyopenvba.ExcelFile", Book)
    with pytest.raises(xlfuncs.MissingDependency, match=re.escape("install one that fits. In a checkout of xlfuncs")):
        project.xlwings_dlls()
