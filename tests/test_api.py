"""The Python functions over workbooks: what they return, what they refuse and with which sentence."""

from __future__ import annotations

import dataclasses
import datetime as dt
import inspect
import json
import re
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.workbook.defined_name import DefinedName

import xlfuncs
from tests.reporting.test_report import needs_office
from tests.workbooks.conftest import TEMPLATES
from xlfuncs import api
from xlfuncs.cli.main import main
from xlfuncs.data.user_sources import SourceError
from xlfuncs.hosts.libreoffice import office
from xlfuncs.services.refresh import installed

FUNCTIONS = ("check", "new_workbook", "recalc", "refresh", "refresh_many", "render", "report", "simulate")
OF_OFFICE = ("recalc", "render")


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A small workbook with an input that has a range, a stale output, an error and a check."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Model"
    for row in (("Label", "Low", "Base", "High"), ("price", 1, 2, 6)):
        sheet.append(row)
    sheet["F1"], sheet["F2"], sheet["F3"] = "=2*C2", "=LTV(1,2,3)", "=1"
    for name, area in (("data_inputs", "$A$1:$D$2"), ("out_revenue", "$F$1"), ("chk_master", "$F$3")):
        book.defined_names[name] = DefinedName(name, attr_text=f"Model!{area}")
    path = tmp_path / "model.xlsx"
    book.save(path)
    return path


def command(*arguments: object) -> Any:
    """What a command prints as JSON."""
    return json.loads(CliRunner().invoke(main, [*map(str, arguments), "--json"]).stdout)


# What they return


def test_refresh_returns_what_the_command_prints(model: Path) -> None:
    before = model.read_bytes()
    result = xlfuncs.refresh(model, dry_run=True)
    facts = result.to_dict()
    assert facts == command("refresh", model, "--dry-run")
    assert set(facts) == {
        "file", "formulas", "recalculated", "written", "changed", "errors", "kept", "unchecked", "outputs", "data",
    }  # fmt: skip
    assert facts["outputs"] == {"out_revenue": 4.0, "chk_master": 1.0}
    assert {"sheet": "Model", "cell": "F1", "old": None, "new": 4.0} in facts["changed"]
    (error,) = facts["errors"]
    assert error == {"sheet": "Model", "cell": "F2", "error": "#NUM!", "why": "gross_margin must be at most 1; got 2."}
    assert facts["data"] == {"declared": False, "figures": [], "inputs": [], "kept": []}
    assert (result.is_stale, result.written) == (True, False)
    assert model.read_bytes() == before


def test_refresh_writes_elsewhere_or_in_place(model: Path, tmp_path: Path) -> None:
    before, out = model.read_bytes(), tmp_path / "out.xlsx"
    assert xlfuncs.refresh(str(model), out=str(out)).written
    assert model.read_bytes() == before
    assert openpyxl.load_workbook(out, data_only=True)["Model"]["F1"].value == 4
    assert xlfuncs.refresh(model).written
    assert not xlfuncs.refresh(model).is_stale


@pytest.mark.slow  # refreshes a template several times
def test_refresh_takes_a_source_an_address_or_none(tmp_path: Path) -> None:
    copy = shutil.copy(TEMPLATES / "unit_economics.xlsx", tmp_path / "copy.xlsx")
    (tmp_path / "mine.csv").write_text("key,value,as_of\nCN.model_arpa,20,2026-11-01\n")
    assert not xlfuncs.refresh(copy, dry_run=True).data
    assert not xlfuncs.refresh(copy, dry_run=True, data=installed()).data
    assert not xlfuncs.refresh(copy, dry_run=True, update_data=False).data.declared
    moves = xlfuncs.refresh(copy, dry_run=True, data=tmp_path / "mine.csv").to_dict()["data"]["inputs"]
    assert {move["key"] for move in moves} == {"CN.model_arpa"}
    assert {"what", "old", "new", "sheet", "cell", "key"} == set(moves[0])
    old = xlfuncs.refresh(copy, dry_run=True, as_of=dt.date(2026, 3, 1)).data
    assert old.figures == xlfuncs.refresh(copy, dry_run=True, as_of=dt.datetime(2026, 3, 1, 12)).data.figures != []


def test_refresh_many_gives_an_outcome_for_each(model: Path, tmp_path: Path) -> None:
    broken, missing = tmp_path / "broken.xlsx", tmp_path / "missing.xlsx"
    broken.write_text("no workbook")
    first, second, third = xlfuncs.refresh_many(map(str, (model, broken, missing)))
    assert first.result is not None
    assert first.to_dict() == first.result.to_dict()
    assert second.to_dict() == {"file": str(broken), "refused": second.refused}
    assert "is not an .xlsx workbook" in second.refused
    assert third.refused == f"{missing} cannot be read: No such file or directory."


def test_refresh_many_skips_what_its_log_lists(model: Path, tmp_path: Path) -> None:
    log = tmp_path / "done.jsonl"
    (first,) = xlfuncs.refresh_many([model], resume=log)
    (second,) = xlfuncs.refresh_many([model], resume=log)
    assert (first.skipped, second.skipped, second.result, second.refused) == (False, True, None, "")
    assert second.to_dict() == {"file": str(model), "skipped": True}
    model.touch()
    (third,) = xlfuncs.refresh_many([model], resume=log)
    assert third.result is not None


def test_check_returns_what_the_command_prints(model: Path) -> None:
    result = xlfuncs.check(model)
    assert result.to_dict() == {"file": str(model), "findings": command("check", model)}
    assert {"rule", "severity", "sheet", "cell", "why"} <= set(result.to_dict()["findings"][0])
    assert len(result.errors) + len(result.warnings) == len(result.findings)
    assert {finding.severity for finding in result.errors} == {"E"}
    rule = result.findings[0].rule
    assert {finding.rule for finding in xlfuncs.check(model, only=rule).findings} == {rule}
    assert rule not in {finding.rule for finding in xlfuncs.check(model, skip=[rule]).findings}


def test_simulate_returns_what_the_command_prints(model: Path) -> None:
    result = xlfuncs.simulate(model, draws=20, seed=3, outputs="out_revenue")
    facts = result.to_dict()
    assert facts == command("simulate", model, "--draws", 20, "--seed", 3)
    assert set(facts) == {"file", "draws", "seed", "inputs", "outputs"}
    assert set(facts["outputs"][0]) == {"name", "stored", "mean", "sd", "p05", "p50", "p95", "without", "drivers"}
    assert result.output_draws == pytest.approx(2 * result.input_draws, rel=1e-12)
    assert result.to_csv().splitlines()[0] == "price,out_revenue"


def test_report_writes_a_page_and_names_failing_checks(model: Path, tmp_path: Path) -> None:
    xlfuncs.refresh(model)
    result = xlfuncs.report(model, out=tmp_path / "r.html")
    assert result.out.read_text(encoding="utf-8").startswith("<!doctype html>")
    assert result.to_dict() == {
        "file": str(model), "out": str(tmp_path / "r.html"), "title": "model", "failing_checks": [],
    }  # fmt: skip
    book = openpyxl.load_workbook(TEMPLATES / "unit_economics.xlsx")
    row = next(row for row in book["Inputs"].iter_rows(min_row=5) if row[11].value == "CN.model_churn")
    row[7].value = 0.5  # a low above its base
    book.save(tmp_path / "failing.xlsx")
    xlfuncs.refresh(tmp_path / "failing.xlsx")
    failing = xlfuncs.report(tmp_path / "failing.xlsx", out=tmp_path / "f.html").failing_checks
    assert any("low above its base" in check for check in failing)


@pytest.mark.slow  # reports on a template
def test_a_report_does_without_sheets_that_the_user_removed(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(TEMPLATES / "unit_economics.xlsx")
    del book["Claims"]
    book.save(tmp_path / "mine.xlsx")
    xlfuncs.refresh(tmp_path / "mine.xlsx", update_data=False)
    xlfuncs.report(tmp_path / "mine.xlsx", out=tmp_path / "r.html")
    assert "cn ltv cac" in (tmp_path / "r.html").read_text(encoding="utf-8")


def test_new_workbook_copies_a_template(tmp_path: Path) -> None:
    result = xlfuncs.new_workbook("unit_economics", out=tmp_path / "a.xlsx")
    assert result.out.read_bytes() == (TEMPLATES / "unit_economics.xlsx").read_bytes()
    assert result.to_dict() == {
        "template": "unit_economics", "title": result.title, "host": "excel", "out": str(tmp_path / "a.xlsx"),
    }  # fmt: skip
    assert result.title == openpyxl.load_workbook(result.out).properties.title
    other = xlfuncs.new_workbook("unit_economics", out=tmp_path / "b.xlsx", host="officejs")
    assert other.out.read_bytes() != result.out.read_bytes()


@pytest.mark.slow  # starts LibreOffice
@needs_office
def test_recalc_and_render_return_what_the_commands_print(model: Path, tmp_path: Path) -> None:
    xlfuncs.refresh(model)
    result = xlfuncs.recalc(model)
    assert result.to_dict() == command("recalc", model)
    assert result.to_dict()["values"]["Model"]["F1"] == 4.0
    drawing = xlfuncs.render(model, out=tmp_path / "r.png", sheets="Model")
    assert drawing.out.read_bytes().startswith(b"\x89PNG")
    assert drawing.to_dict() == {"file": str(model), "out": str(tmp_path / "r.png"), "sheets": ["Model"]}


# What they refuse


def arguments_of(name: str, path: object, folder: Path) -> tuple[tuple[object, ...], dict[str, Any]]:
    """Arguments with which a function would do its work, if there were such a workbook."""
    if name == "refresh_many":
        return ([path],), {}
    outs = {"report": "r.html", "render": "r.pdf", "new_workbook": "n.xlsx"}
    return (path,), {"out": folder / outs[name]} if name in outs else {}


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name not in ("new_workbook", "refresh_many")])
@pytest.mark.parametrize("content", [None, b"no workbook", b"PK\3\4 cut short"])
def test_what_is_no_workbook_is_rejected(name: str, content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    if content is not None:
        path.write_bytes(content)
    arguments, options = arguments_of(name, path, tmp_path)
    with pytest.raises(xlfuncs.WorkbookRejected, match=r"x\.xlsx (cannot be read: No such|is not an|is damaged).*\.$"):
        getattr(xlfuncs, name)(*arguments, **options)
    assert {file.name for file in tmp_path.iterdir()} <= {"x.xlsx"}


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("refresh", {"timeout": 0}, "timeout must be a number of seconds above 0"),
    ("check", {"timeout": "long"}, "timeout must be .* got 'long'"),
    ("simulate", {"timeout": float("nan")}, "timeout must be"),
    ("recalc", {"timeout": float("inf")}, "timeout must be"),
    ("report", {"timeout": True}, "timeout must be .* got True"),
    ("render", {"timeout": -1}, "timeout must be"),
    ("simulate", {"draws": 1}, "draws must be a whole number from 2 to 100,000; got 1"),
    ("simulate", {"draws": 2.5}, "draws must be a whole number"),
    ("simulate", {"seed": -1}, "seed must be a whole number of at least 0; got -1"),
    ("simulate", {"workers": 0}, "workers must be a whole number of at least 1"),
    ("simulate", {"outputs": 7}, "outputs must be a name or a list of names; got 7"),
    ("refresh", {"as_of": "2026-01-01"}, "as_of must be a date; got '2026-01-01'"),
    ("refresh", {"today": 46000}, "today must be a date"),
    ("refresh", {"update_data": False, "as_of": dt.date(2026, 1, 1)}, "neither data nor as_of"),
    ("refresh", {"update_data": False, "data": "x.csv"}, "neither data nor as_of"),
    ("refresh", {"data": 7}, "data must be a path"),
    ("refresh", {"data": installed(), "as_of": dt.date(2026, 1, 1)}, "as_of does not go with a DataSource"),
    ("refresh", {"out": b"x.xlsx"}, "out must be a path"),
    ("refresh_many", {"workers": "two"}, "workers must be a whole number"),
    ("refresh_many", {"resume": 1}, "resume must be a path"),
    ("report", {"out": "r.docx"}, r"out must be a \.html or a \.pdf file; got r\.docx"),
    ("render", {"out": "r.gif"}, r"out must be a \.pdf or a \.png file; got r\.gif"),
    ("render", {"out": "r.png", "sheets": ["A", "B"]}, r"A \.png file shows one sheet; got 2: A, B"),
    ("recalc", {"engine": "excel"}, "engine must be libreoffice; got 'excel'"),
    ("new_workbook", {"host": "numbers"}, "host must be excel or officejs; got 'numbers'"),
]


@pytest.mark.parametrize(("name", "options", "sentence"), WRONG)
def test_a_wrong_option_is_refused_with_its_name(
    name: str, options: dict[str, Any], sentence: str, model: Path, tmp_path: Path
) -> None:
    before = model.read_bytes()
    arguments, needed = arguments_of(name, "unit_economics" if name == "new_workbook" else model, tmp_path)
    with pytest.raises(xlfuncs.InvalidOption, match=sentence) as caught:
        getattr(xlfuncs, name)(*arguments, **(needed | options))
    assert isinstance(caught.value, xlfuncs.XlfuncsError)
    assert str(caught.value).endswith(".")
    assert model.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["model.xlsx"]


FLAGS = [
    *(("refresh", flag) for flag in ("dry_run", "update_data", "force")),
    *(("refresh_many", flag) for flag in ("dry_run", "update_data", "force")),
    ("check", "rebuild"),
    ("render", "recalculate"),
]


@pytest.mark.parametrize(("name", "flag"), FLAGS)
@pytest.mark.parametrize("value", [1, 0, "yes", "", None, np.int64(1), np.array([True])], ids=repr)
def test_a_flag_is_true_or_false(name: str, flag: str, value: object, model: Path, tmp_path: Path) -> None:
    arguments, needed = arguments_of(name, model, tmp_path)
    with pytest.raises(xlfuncs.InvalidOption, match=f"^{flag} must be True or False; got "):
        getattr(xlfuncs, name)(*arguments, **(needed | {flag: value}))


def test_every_flag_is_tested() -> None:
    flags = [
        (name, parameter.name)
        for name in FUNCTIONS
        for parameter in inspect.signature(getattr(xlfuncs, name)).parameters.values()
        if parameter.annotation == "bool"
    ]
    assert sorted(flags) == sorted(FLAGS)


def test_booleans_of_numpy_are_flags(model: Path) -> None:
    before = model.read_bytes()
    yes, no = np.array([True, False])
    facts = xlfuncs.refresh(model, dry_run=yes, update_data=no, force=yes).to_dict()
    assert facts == xlfuncs.refresh(model, dry_run=True, update_data=False, force=True).to_dict()
    assert model.read_bytes() == before
    (outcome,) = xlfuncs.refresh_many([model], dry_run=yes, force=no)
    assert outcome.result is not None
    assert xlfuncs.check(model, rebuild=no) == xlfuncs.check(model)
    assert xlfuncs.refresh(model, dry_run=no).written


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name != "new_workbook"])
@pytest.mark.parametrize("path", [None, 7, b"model.xlsx", ""])
def test_a_path_must_be_one(name: str, path: object, tmp_path: Path) -> None:
    arguments, options = arguments_of(name, path, tmp_path)
    with pytest.raises(xlfuncs.InvalidOption, match="must be a path"):
        getattr(xlfuncs, name)(*arguments, **options)


def test_one_path_in_place_of_many_is_refused(model: Path) -> None:
    with pytest.raises(xlfuncs.InvalidOption, match="paths must be a list of paths"):
        xlfuncs.refresh_many(str(model))
    with pytest.raises(xlfuncs.InvalidOption, match="out takes a single workbook; got 2"):
        xlfuncs.refresh_many([model, model], out="x.xlsx")


def test_names_that_do_not_exist_are_refused_with_those_that_do(model: Path, tmp_path: Path) -> None:
    with pytest.raises(xlfuncs.InvalidOption, match="no template unit_economic; did you mean unit_economics"):
        xlfuncs.new_workbook("unit_economic", out=tmp_path / "x.xlsx")
    with pytest.raises(xlfuncs.XlfuncsError, match="There is no check B99; did you mean"):
        xlfuncs.check(model, only=["B99"])
    with pytest.raises(xlfuncs.WorkbookRejected, match="no output out_revenu; did you mean out_revenue"):
        xlfuncs.simulate(model, outputs=["out_revenu"])
    with pytest.raises(SourceError, match=r"The file or folder .*nothing\.csv does not exist"):
        xlfuncs.refresh(model, data=tmp_path / "nothing.csv")


def test_a_file_that_exists_is_not_replaced_by_a_template(model: Path) -> None:
    before = model.read_bytes()
    with pytest.raises(xlfuncs.OutputRejected, match="exists; give another name"):
        xlfuncs.new_workbook("unit_economics", out=model)
    assert model.read_bytes() == before


def test_a_place_that_cannot_be_written_is_refused(model: Path, tmp_path: Path) -> None:
    xlfuncs.refresh(model)
    nowhere = tmp_path / "nowhere" / "x.html"
    with pytest.raises(xlfuncs.OutputRejected, match="cannot be written: No such file or directory"):
        xlfuncs.report(model, out=nowhere)
    with pytest.raises(xlfuncs.XlfuncsError, match="No such file or directory"):
        xlfuncs.refresh(model, out=nowhere.with_suffix(".xlsx"))
    with pytest.raises(xlfuncs.OutputRejected, match=r"The log .* cannot be written"):
        list(xlfuncs.refresh_many([model], resume=tmp_path / "nowhere" / "log"))
    with pytest.raises(xlfuncs.OutputRejected, match=r"The log .* cannot be read"):
        list(xlfuncs.refresh_many([model], resume=tmp_path))


def test_work_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    copy = shutil.copy(TEMPLATES / "unit_economics.xlsx", tmp_path / "copy.xlsx")
    for function in (xlfuncs.refresh, xlfuncs.check, xlfuncs.simulate):
        with pytest.raises(xlfuncs.WorkbookRejected, match=r"takes longer than 0\.001 seconds"):
            function(copy, timeout=0.001)


@pytest.mark.parametrize(
    ("name", "options", "missing", "extra", "code"),
    [
        ("refresh", {"data": "mine.csv"}, "pandas", "data", ["refresh", "model.xlsx", "--data", "mine.csv"]),
        ("refresh_many", {"scheduler": "x"}, "distributed", "dask", ["refresh", "model.xlsx", "--scheduler", "x"]),
        ("report", {}, "matplotlib", "report", ["report", "copy.xlsx", "-o", "r.html"]),
    ],
)  # fmt: skip
def test_a_missing_package_is_named_with_its_remedy(
    name: str,
    options: dict[str, Any],
    missing: str,
    extra: str,
    code: list[str],
    model: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.csv").write_text("key,value,as_of\nCN.model_arpa,20,2026-11-01\n")
    shutil.copy(TEMPLATES / "unit_economics.xlsx", tmp_path / "copy.xlsx")
    for module in [key for key in sys.modules if key.split(".")[0] == missing]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setitem(sys.modules, missing, None)
    arguments, needed = arguments_of(name, Path("copy.xlsx") if name == "report" else model, tmp_path)
    with pytest.raises(xlfuncs.MissingDependency, match=re.escape(f'pip install ".[{extra}]"')):
        list(getattr(xlfuncs, name)(*arguments, **(needed | options)))
    result = CliRunner().invoke(main, code)
    assert result.exit_code == 1
    assert f'pip install ".[{extra}]"' in result.stderr


@pytest.mark.parametrize("name", ["recalc", "render", "report"])
def test_a_machine_without_libreoffice_is_told(
    name: str, model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xlfuncs.refresh(model)
    monkeypatch.setattr(office, "_LOCATIONS", ())
    monkeypatch.setenv("PATH", "")
    options = {} if name == "recalc" else {"out": tmp_path / "r.pdf"}
    with pytest.raises(xlfuncs.XlfuncsError, match="LibreOffice is not installed"):
        getattr(xlfuncs, name)(model, **options)


# What they are


@pytest.mark.parametrize("name", FUNCTIONS)
def test_options_are_given_by_keyword_and_all_are_documented(name: str) -> None:
    function: Callable[..., Any] = getattr(xlfuncs, name)
    assert function is getattr(api, name)
    first, *options = inspect.signature(function).parameters.values()
    assert first.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD
    assert all(option.kind is inspect.Parameter.KEYWORD_ONLY for option in options)
    text = inspect.getdoc(function) or ""
    assert all(part in text for part in ("Args:", "Returns:", "Raises:", "Example::"))
    for parameter in (first, *options):
        assert f"\n    {parameter.name}: " in text, parameter.name
    assert "Any" not in str(inspect.signature(function))


@pytest.mark.parametrize(
    "name", [pytest.param(one, marks=needs_office if one in OF_OFFICE else ()) for one in FUNCTIONS]
)
def test_the_examples_run(name: str, model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(model.parent)
    if name == "render":
        shutil.copy(TEMPLATES / "unit_economics.xlsx", model)
    elif name == "report":
        xlfuncs.refresh(model)
    _, _, example = (inspect.getdoc(getattr(xlfuncs, name)) or "").partition("Example::\n")
    exec(textwrap.dedent(example), {})


def test_results_are_frozen_and_documented() -> None:
    from xlfuncs.services.batch import FileOutcome
    from xlfuncs.services.check import CheckResult
    from xlfuncs.services.refresh import RefreshResult
    from xlfuncs.services.simulate import OutputDistribution, SimulationResult

    results: tuple[Any, ...] = (
        FileOutcome, CheckResult, RefreshResult, OutputDistribution, SimulationResult, api.NewWorkbook,
        api.RecalcResult, api.RenderResult, api.ReportResult,
    )  # fmt: skip
    for result in results:
        assert result.__dataclass_params__.frozen, result
        for field in dataclasses.fields(result):
            assert f"\n    {field.name}: " in (inspect.getdoc(result) or ""), (result, field.name)


def test_the_functions_are_loaded_when_asked_for() -> None:
    code = (
        "import sys, xlfuncs\n"
        "loaded = {'click', 'openpyxl', 'formualizer', 'xlfuncs.api'} & set(sys.modules)\n"
        "assert not loaded, loaded\n"
        "assert {'refresh', 'check', 'XlfuncsError'} <= set(dir(xlfuncs))\n"
        "xlfuncs.nothing\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stderr.endswith("AttributeError: module 'xlfuncs' has no attribute 'nothing'\n")


@pytest.mark.slow  # starts processes
def test_a_plain_install_needs_no_writer_of_workbooks(tmp_path: Path) -> None:
    """XlsxWriter builds the templates; a user's machine only copies and patches them."""
    code = (
        "import sys; sys.modules['xlsxwriter'] = None\n"
        "import xlfuncs; from pathlib import Path; from xlfuncs.services import selftest\n"
        "xlfuncs.new_workbook('unit_economics', out='a.xlsx'); xlfuncs.refresh('a.xlsx'); xlfuncs.check('a.xlsx')\n"
        "xlfuncs.report('a.xlsx', out='a.html'); selftest.build(Path('selftest.xlsx'))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert {"a.xlsx", "a.html", "selftest.xlsx"} == {file.name for file in tmp_path.iterdir()}
