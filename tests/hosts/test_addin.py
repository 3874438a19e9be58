"""The add-in as built: what stands in the file, and its VBA run against the real call path of xlwings."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner
from olefile import OleFileIO
from oletools.olevba import VBA_Parser
from pyopenvba import ExcelFile, check_file
from pyopenvba.interpreter import parse_module

from tests.hosts.test_xlwings import as_com, every_example, every_function
from tests.hosts.vba import Application, Book, Cell, Range, Server, interpreter, shown
from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.core.errors import CODES, CellError
from xlfuncs.core.function import Function
from xlfuncs.hosts.excel import addin, ribbon, vba
from xlfuncs.reference import html_site
from xlfuncs.services import templates

TITLES = templates.titles()
CONFIGURATION = addin.Configuration(r"C:\Python\python.exe", r"C:\Python", r"C:\help\index.html")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("addin") / "xlfuncs.xlam"
    path.write_bytes(addin.build(REGISTRY, CONFIGURATION, TITLES))
    return path


@pytest.fixture(scope="module")
def modules(built: Path) -> dict[str, str]:
    with ExcelFile(built) as book:
        return {name: book.get_module(name) for name in book.module_names()}


# The file


def test_two_builds_have_the_same_bytes(built: Path) -> None:
    assert built.read_bytes() == addin.build(REGISTRY, CONFIGURATION, TITLES)


def test_the_project_passes_its_checks_and_another_reader_finds_the_same(built: Path, modules: dict[str, str]) -> None:
    report = check_file(built)
    assert report.ok
    assert report.complete
    assert not report.issues
    assert not OleFileIO(_part(built, "xl/vbaProject.bin")).parsing_issues
    for source in modules.values():
        parse_module(source.replace("WithEvents ", ""))  # a word that this parser does not know
    read = {
        name.removesuffix(".bas").removesuffix(".cls"): code
        for _, _, name, code in VBA_Parser(str(built)).extract_macros()
    }
    assert set(read) == set(modules) == {"ThisWorkbook", "Sheet1", "Functions", "Help", "Links"}
    assert "Public Function LTV_CAC(" in read["Functions"]


def _part(path: Path, name: str) -> bytes:
    with zipfile.ZipFile(path) as package:
        return package.read(name)


def test_every_part_is_well_formed_and_every_relation_leads_to_a_part(built: Path) -> None:
    with zipfile.ZipFile(built) as package:
        names = set(package.namelist())
        texts = {name: package.read(name) for name in names if not name.endswith(".bin")}
    for text in texts.values():
        ElementTree.fromstring(text)
    for name, folder in (("_rels/.rels", ""), ("xl/_rels/workbook.xml.rels", "xl/")):
        targets = [element.get("Target", "") for element in ElementTree.fromstring(texts[name])]
        assert {f"{folder}{target}" for target in targets} <= names
    overrides = re.findall(rb'PartName="/([^"]+)"', texts["[Content_Types].xml"])
    assert {name.decode() for name in overrides} <= names


def test_nothing_of_another_machine_or_person_is_left(built: Path) -> None:
    with zipfile.ZipFile(built) as package:
        content = b"".join(package.read(name) for name in package.namelist())
    for word in (b"felix", b"Zumstein", b"William", b"absPath", b"/tmp", b"/home/"):
        assert word not in content


def test_the_ribbon_calls_what_is_there(modules: dict[str, str]) -> None:
    tab = addin.build_ribbon(TITLES)
    calls = re.findall(r'onAction="Functions\.(\w+)"', tab)
    assert len(calls) == 6 + len(TITLES)
    assert re.findall(r'tag="(\w+)"', tab) == list(TITLES)
    for name in calls:
        assert f"Public Sub {name}(control As IRibbonControl)" in modules["Functions"]


# The VBA


def test_cells_can_call_the_functions_and_nothing_else(modules: dict[str, str]) -> None:
    assert re.findall(r"^Public Function (\w+)", modules["Functions"], re.M) == list(REGISTRY.names)
    for name in ("Help", "Links"):
        assert "Option Private Module" in modules[name]
    assert not re.search(r"^(Public )?Function", modules["ThisWorkbook"], re.M)


def test_lines_continuations_and_texts_keep_to_the_limits_of_vba(modules: dict[str, str]) -> None:
    for source in modules.values():
        assert source.isascii()
        lines = source.split("\r\n")
        assert max(map(len, lines)) <= 1023
        assert not re.search(r"( _\r\n[^\r]*){25}", source)
        assert "Volatile" not in source
    for text in re.findall(r'"((?:[^"\r]|"")*)"', modules["Help"]):
        assert len(text.replace('""', '"')) <= 255


def test_no_open_workbook_can_choose_the_python_that_is_started(modules: dict[str, str]) -> None:
    bridge = modules["Functions"].partition("Public Function")[0]
    assert "ActiveWorkbook" not in bridge
    assert "Environ" not in bridge
    assert 'ThisWorkbook.Worksheets("xlfuncs.conf")' in bridge


@pytest.mark.parametrize("code", [*vba.ERRORS, "#SPILL!", "#CALC!"])
def test_marked_errors_become_real_ones_in_scalars_rows_and_tables(modules: dict[str, str], code: str) -> None:
    real = ("error", vba.ERRORS.get(code, vba.UNKNOWN))
    for result, wanted in (
        (code, real),
        ([code, 2.0], [real, 2.0]),
        ([[code, "text"], [1.0, True]], [[real, "text"], [1.0, True]]),
    ):
        excel = interpreter(modules, Server(lambda *_, result=result: result), Application())
        assert shown(excel.run("CHIP_TPP", [1.0, 2.0])) == wanted


def test_a_python_that_fails_gives_an_error_and_no_text(modules: dict[str, str]) -> None:
    excel = interpreter(modules, Server(lambda *_: 1 / 0), Application())
    assert shown(excel.run("CHIP_TPP", [1.0, 2.0])) == ("error", 2015)


def test_a_range_of_several_areas_is_a_value_error(modules: dict[str, str], excel: Any) -> None:
    cell = interpreter(modules, Server(lambda name, cells: excel.call(name, *cells)), Application())
    assert shown(cell.run("CHIP_TPP", [Range([[1.0], [2.0]], areas=2), 2.0])) == ("error", 2015)


def by_cell(result: Any) -> Any:
    """A result of `on_cells` as a cell shows it."""
    if isinstance(result, list):
        rows = [[by_cell(cell) for cell in row] for row in result]
        flat = rows[0] if len(rows) == 1 else rows
        return flat[0] if len(rows) == len(flat) == 1 else flat
    if isinstance(result, CellError):
        return ("error", vba.ERRORS.get(result.code, vba.UNKNOWN))
    return "" if result is None else result


def through_excel(modules: dict[str, str], excel: Any, name: str, cells: list[Any]) -> Any:
    """A call of a cell: our VBA, then the real `CallUDF` of xlwings, and back."""
    server = Server(lambda name, arguments: excel.call(name, *arguments))
    return shown(interpreter(modules, server, Application()).run(name, cells))


@every_example
def test_a_call_through_vba_and_xlwings_gives_what_evaluate_gives(
    modules: dict[str, str], excel: Any, function: Function, cells: tuple[Any, ...]
) -> None:
    ranges = [Range([list(row) for row in as_com(cell)]) if isinstance(cell, list) else as_com(cell) for cell in cells]
    assert through_excel(modules, excel, function.name, ranges) == by_cell(function.on_cells(*cells))
    wrong = [*cells[:-1], "no such thing"]
    last = [*ranges[:-1], "no such thing"]
    assert through_excel(modules, excel, function.name, last) == by_cell(function.on_cells(*wrong))


@pytest.mark.parametrize("code", [code for code in CODES if code in vba.ERRORS])
def test_an_error_that_comes_in_goes_out(modules: dict[str, str], excel: Any, code: str) -> None:
    from pyopenvba.interpreter import VBAErrorValue

    error = VBAErrorValue(vba.ERRORS[code])
    assert through_excel(modules, excel, "LTV_CAC", [error, 0.8, 0.05, 400.0]) == ("error", vba.ERRORS[code])


def test_the_memo_asks_once_for_the_same_and_again_for_what_differs(modules: dict[str, str]) -> None:
    server = Server(lambda name, cells: cells[0])
    excel = interpreter(modules, server, Application(), memo=True)
    first, near = 0.1, 0.1 + 2e-17 * 2  # the same text in 15 digits, another number
    assert first != near
    for cells, calls in (
        ([first, 1.0], 1),
        ([first, 1.0], 1),
        ([near, 1.0], 2),
        ([near, 1.0], 2),
        (["1\t8 3 x", 1.0], 3),
        ([Range([[1.0], [2.0]]), 1.0], 4),
        ([Range([[1.0], [2.0]]), 1.0], 5),
    ):
        value = shown(excel.run("CHIP_TPP", cells))
        assert isinstance(cells[0], Range) or value == cells[0]
        assert server.calls == calls
    excel.run("INFERENCE_COST", [1.0, 1.0, 1.0])
    excel.run("INFERENCE_COST", [1.0, 1.0, 1.0])
    assert server.calls == 6


@every_function
def test_excel_is_told_summary_category_and_arguments(modules: dict[str, str], function: Function) -> None:
    application = Application()
    number = REGISTRY.names.index(function.name) + 1
    interpreter(modules, Server(lambda *_: None), application).run(f"Help{number}", [])
    summary, category, arguments = application.told[f"'xlfuncs.xlam'!{function.name}"]
    assert summary == function.summary
    assert category == function.category
    assert [text for text in arguments if text] == [param.help for param in function.params]


@pytest.mark.parametrize(
    ("formula", "place"),
    [
        ("=2*LTV_CAC(A1,B1,C1,D1)", (r"C:\help\monetisation.html", "LTV_CAC")),
        ("=SUM(A1:A3)", (r"C:\help\index.html", "")),
        ("", (r"C:\help\index.html", "")),
    ],
)
def test_help_opens_at_the_function_of_the_active_cell(
    modules: dict[str, str], formula: str, place: tuple[str, str]
) -> None:
    book = Book()
    server = Server(lambda name, cells: getattr(ribbon, name)(*cells))
    interpreter(modules, server, Application(), thisworkbook=book, activecell=Cell(formula)).run("ShowHelp", [Book()])
    assert book.followed == [place]


def test_help_opens_where_python_does_not_answer(modules: dict[str, str]) -> None:
    book = Book()
    server = Server(lambda *_: 1 / 0)
    interpreter(modules, server, Application(), thisworkbook=book, activecell=Cell("=1")).run("ShowHelp", [Book()])
    assert book.followed == [(r"C:\help\index.html", "")]


# Beside the file


def test_tooltips_name_every_function_and_argument() -> None:
    space = "{http://schemas.excel-dna.net/intellisense/1.0}"
    root = ElementTree.fromstring(addin.build_tooltips(REGISTRY).encode())
    found = {
        one.get("Name"): [argument.get("Name") for argument in one.iter(f"{space}Argument")]
        for one in root.iter(f"{space}Function")
    }
    assert found == {function.name: [param.name for param in function.params] for function in REGISTRY}


def test_the_command_builds_for_the_python_that_is_named(tmp_path: Path) -> None:
    out = tmp_path / "xlfuncs.xlam"
    run = CliRunner().invoke(main, ["addin", "build", "-o", str(out), "--interpreter", r"C:\Env\python.exe", "--memo"])
    assert run.exit_code == 0, run.output
    assert (tmp_path / "xlfuncs.intellisense.xml").exists()
    with zipfile.ZipFile(out) as package:
        sheet = package.read("xl/worksheets/sheet1.xml").decode()
    texts = re.findall(r"<t [^>]*>([^<]*)</t>", sheet)
    settings = dict(zip(texts[::2], texts[1::2], strict=True))
    assert settings["INTERPRETER_WIN"] == r"C:\Env\python.exe"
    assert settings["DLL_DIR"] == r"C:\Env"
    assert settings["MEMO"] == "true"
    assert Path(settings["HELP"]) == html_site.HELP / "index.html"


def test_a_path_that_windows_would_not_start_is_refused(tmp_path: Path) -> None:
    out = tmp_path / "xlfuncs.xlam"
    run = CliRunner().invoke(main, ["addin", "build", "-o", str(out), "--interpreter", r"C:\R&D\python.exe"])
    assert run.exit_code == 2
    assert "Install Python in a folder whose path has only letters, digits and spaces." in run.output
    assert not out.exists()
