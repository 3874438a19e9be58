"""Where the add-in goes, how it leaves, and what the doctor finds, on stand-ins for a machine with Windows."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.hosts.excel import addin, install, project
from xlfuncs.hosts.excel.install import Machine

EXCEL = r"C:\Program Files\Microsoft Office\root\Office16\EXCEL.EXE"


def registry(excel: str | None = EXCEL, platform: str = "x64") -> dict[str, str | None]:
    return {install._EXCEL: excel, install._OFFICE: platform}


def machine(tmp_path: Path, known: dict[str, str | None] | None = None) -> Machine:
    values = registry() if known is None else known
    return Machine({"APPDATA": str(tmp_path)}, lambda key, name: values.get(key), "Windows")


@pytest.fixture
def python(tmp_path: Path) -> addin.Configuration:
    """A folder with an interpreter and both DLLs."""
    folder = tmp_path / "python"
    folder.mkdir()
    for name in ("python.exe", *project.xlwings_dlls()):
        (folder / name).touch()
    return addin.Configuration(str(folder / "python.exe"), str(folder), "")


def installed(here: Machine, configuration: addin.Configuration) -> Path:
    written = install.write(here.start_folder, addin.build(REGISTRY, configuration, {}), addin.build_tooltips(REGISTRY))
    return written[0]


def faults(here: Machine) -> dict[str, str]:
    return {one.subject: one.message for one in install.examine(here) if not one.ok}


def test_a_sound_machine_has_no_fault(tmp_path: Path, python: addin.Configuration) -> None:
    here = machine(tmp_path)
    path = installed(here, python)
    assert path == tmp_path / "Microsoft" / "Excel" / "XLSTART" / "xlfuncs.xlam"
    assert faults(here) == {}


def test_each_known_cause_is_found_and_has_its_advice(tmp_path: Path, python: addin.Configuration) -> None:
    here = machine(tmp_path)
    assert "run xlfuncs addin install" in faults(here)["add-in"]
    path = installed(here, python)
    Path(f"{path}:Zone.Identifier").touch()
    assert "Unblock" in faults(here)["mark of the web"]
    Path(python.interpreter).unlink()
    assert "does not exist" in faults(here)["interpreter"]
    (Path(python.dll_folder) / project.xlwings_dlls()[0]).unlink()
    assert "--force-reinstall" in faults(here)["DLL"]
    other = here.addin_folders[1]
    other.mkdir(parents=True)
    (other / "xlfuncs.xlam").write_bytes(path.read_bytes())
    assert "wrong one" in faults(here)["one copy"]


def test_the_dll_is_that_of_the_bitness_of_excel(tmp_path: Path, python: addin.Configuration) -> None:
    here = machine(tmp_path, registry(platform="x86"))
    installed(here, python)
    assert faults(here) == {}
    (Path(python.dll_folder) / project.xlwings_dlls()[1]).unlink()
    assert "xlwings32" in faults(here)["DLL"]


def test_the_store_edition_and_no_excel_are_faults(tmp_path: Path) -> None:
    store = r"C:\Program Files\WindowsApps\Microsoft.Office.Desktop\EXCEL.EXE"
    assert "Store edition" in faults(machine(tmp_path, registry(store)))["Excel"]
    assert "No desktop Excel" in faults(machine(tmp_path, registry(None)))["Excel"]


@pytest.mark.parametrize("content", [b"", b"not a zip"])
def test_a_damaged_file_is_a_fault(tmp_path: Path, content: bytes) -> None:
    here = machine(tmp_path)
    here.start_folder.mkdir(parents=True)
    (here.start_folder / install.FILE).write_bytes(content)
    assert "damaged" in faults(here)["file"]


def test_an_older_add_in_is_a_fault(
    tmp_path: Path, python: addin.Configuration, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = machine(tmp_path)
    installed(here, python)
    monkeypatch.setattr(install, "VERSION", "99.0")
    assert "run xlfuncs addin install" in faults(here)["version"]


def test_install_and_uninstall_by_command_leave_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("APPDATA", str(tmp_path))
    run = CliRunner()
    first = run.invoke(main, ["addin", "install"])
    assert first.exit_code == 0, first.output
    assert {path.name for path in tmp_path.rglob("*.x*")} == {"xlfuncs.xlam", "xlfuncs.intellisense.xml"}
    assert run.invoke(main, ["addin", "install"]).exit_code == 0
    assert "Removed " in run.invoke(main, ["addin", "uninstall"]).output
    assert not list(tmp_path.rglob("*.x*"))
    assert "no add-in" in run.invoke(main, ["addin", "uninstall"]).output


def test_without_a_start_folder_the_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("APPDATA", raising=False)
    for command in ("install", "uninstall"):
        run = CliRunner().invoke(main, ["addin", command])
        assert run.exit_code == 2
        assert "addin build" in run.output
    doctor = CliRunner().invoke(main, ["addin", "doctor"])
    assert doctor.exit_code == 1
    assert "FAULT start folder" in doctor.output


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(install.NotSupportedHere, match="Close Excel"):
        install.write(tmp_path / "file" / "XLSTART", b"", "")


def test_the_selftest_is_written_by_command_and_overwrites_nothing(tmp_path: Path) -> None:
    out = tmp_path / "selftest.xlsx"
    run = CliRunner().invoke(main, ["addin", "selftest", "-o", str(out)])
    assert run.exit_code == 0
    assert "checks" in run.output
    assert CliRunner().invoke(main, ["addin", "selftest", "-o", str(out)]).exit_code == 2


def test_the_selftest_for_office_js_calls_the_functions_as_excel_stores_them(tmp_path: Path) -> None:
    excel, web = tmp_path / "excel.xlsx", tmp_path / "web.xlsx"
    for path, host in ((excel, "excel"), (web, "officejs")):
        assert CliRunner().invoke(main, ["addin", "selftest", "--host", host, "-o", str(path)]).exit_code == 0
    formulas = [[cell.value for cell in openpyxl.load_workbook(path)["Self test"]["C"][5:]] for path in (excel, web)]
    assert len(formulas[0]) == len(formulas[1]) > 300
    plain, stored = (next(text for text in column if "LTV_CAC(" in text) for column in formulas)
    assert "XLFUNCS" not in plain
    assert stored == plain.replace("LTV_CAC(", "_xldudf_XLFUNCS_LTV_CAC(")


def test_without_xlwings_every_command_says_what_to_install(tmp_path: Path, python: addin.Configuration) -> None:
    program = (
        "import importlib.util as i, sys; real = i.find_spec\n"
        "i.find_spec = lambda name, *rest: None if name == 'xlwings' else real(name, *rest)\n"
        "sys.modules['xlwings'] = None\n"
        "from xlfuncs.cli.main import main; main(sys.argv[1:])"
    )
    here = machine(tmp_path)
    installed(here, python)
    for command in ("build", "install", "doctor", "uninstall"):
        out = ["-o", str(tmp_path / "x.xlam")] if command == "build" else []
        run = subprocess.run(
            [sys.executable, "-c", program, "addin", command, *out],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "APPDATA": str(tmp_path)},
        )
        assert "Traceback" not in run.stderr, run.stderr
        assert run.returncode == (0 if command == "uninstall" else 1)
        assert command == "uninstall" or 'pip install ".[excel]"' in run.stdout + run.stderr
