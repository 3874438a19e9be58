"""The extension as a file: made of the declarations and nothing else, whole, and the same each time."""

from __future__ import annotations

import io
import subprocess
import sys
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
from click.testing import CliRunner

from tests.libreoffice.conftest import answers, needs_office
from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.core.errors import CellError
from xlfuncs.hosts.libreoffice import extension, install
from xlfuncs.hosts.libreoffice.cells import NUMBERS, decode_cell, encode_cell, encode_rows, encode_value
from xlfuncs.hosts.libreoffice.copies import spell_for_calc

pytestmark = pytest.mark.slow  # starts LibreOffice

OOR = "{http://openoffice.org/2001/registry}"


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(extension.build(REGISTRY))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_same_declarations_give_the_same_bytes() -> None:
    assert extension.build(REGISTRY) == extension.build(REGISTRY)


def test_the_wizard_has_every_function_and_argument_with_its_help(parts: dict[str, bytes]) -> None:
    root = ElementTree.fromstring(parts["CalcAddIns.xcu"])
    functions = root.findall(f".//node[@{OOR}name='AddInFunctions']/node")
    assert [node.get(f"{OOR}name") for node in functions] == list(REGISTRY.names)
    for node, function in zip(functions, REGISTRY, strict=True):
        texts = {prop.get(f"{OOR}name"): prop.findtext("value") for prop in node.findall("prop")}
        assert texts == {
            "DisplayName": function.name,
            "CompatibilityName": function.name,
            "Description": function.summary,
            "Category": function.category,
        }
        found = [[prop.findtext("value") for prop in one.findall("prop")] for one in node.findall("node/node")]
        assert found == [[param.name, param.help] for param in function.params]


def test_the_files_are_well_formed_and_name_parts_that_are_there(parts: dict[str, bytes]) -> None:
    manifest = ElementTree.fromstring(parts["META-INF/manifest.xml"])
    named = [value for entry in manifest for key, value in entry.items() if key.endswith("full-path")]
    assert set(named) <= set(parts)
    assert b'uri="addin.py"' in parts["addin.components"]
    minimal = ElementTree.fromstring(parts["description.xml"]).find(
        ".//{http://libreoffice.org/extensions/description/2011}LibreOffice-minimal-version"
    )
    assert minimal is not None
    assert minimal.get("value") == "7.4"


def test_the_package_in_it_calculates_without_anything_but_numpy_and_scipy(
    parts: dict[str, bytes], tmp_path: Path
) -> None:
    for name, data in parts.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    code = (
        "import sys; sys.path.insert(0, 'pythonpath'); import xlfuncs\n"
        "for function in xlfuncs.REGISTRY:\n"
        "    for example in function.examples: function.on_cells(*example.cells)\n"
        "print(xlfuncs.__file__, *sorted({name.split('.')[0] for name in sys.modules}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True)
    file, *modules = done.stdout.split()
    assert Path(tmp_path / file).resolve() == (tmp_path / "pythonpath" / "xlfuncs" / "__init__.py").resolve()
    assert not {"formualizer", "click", "openpyxl", "xlsxwriter", "jinja2", "rich"} & set(modules)


def test_cells_go_both_ways() -> None:
    assert [decode_cell(encode_cell(CellError(code))) for code in NUMBERS] == [CellError(code) for code in NUMBERS]
    assert decode_cell((("x", ""), (1.5, 2))) == [["x", None], [1.5, 2.0]]
    assert (decode_cell(None), decode_cell("")) == (None, "")  # an argument left out; an empty text
    assert encode_rows([[1.0, "a"], [True, None]]) == ((1.0, "a"), (1.0, 0.0))
    assert encode_rows(2.0) == ((2.0,),)
    assert decode_cell(encode_value([["a"], ["b"]])) == CellError("#VALUE!")
    assert decode_cell(encode_cell(CellError("#SPILL!"))) == CellError("#VALUE!")


@pytest.mark.parametrize(
    ("formula", "spelled"),
    [
        ("LTV(1)+SUM(A1)", "{}LTV(1)+SUM(A1)"),
        ("_xlfn.LET(_xlpm.x,_xldudf_LTV(1),x)", "_xlfn.LET(_xlpm.x,{}LTV(1),x)"),
        ("[1]!ltv(1)&'C:\\a b\\xlfuncs.xlam'!LTV(2)", "{0}LTV(1)&{0}LTV(2)"),
        ('"LTV(1)"&LTVX(1)', '"LTV(1)"&LTVX(1)'),
    ],
)
def test_our_names_are_respelled_and_no_others(formula: str, spelled: str) -> None:
    assert spell_for_calc(formula, REGISTRY) == spelled.format("ORG.XLCALC.ADDIN.")


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(argument) for argument in arguments])
    return done.exit_code, done.output


def test_the_command_writes_the_file_and_refuses_options_of_excel(tmp_path: Path) -> None:
    path = tmp_path / "xlfuncs.oxt"
    assert run("addin", "build", "--host", "libreoffice", "-o", path) == (0, f"{path}\n")
    assert path.read_bytes() == extension.build(REGISTRY)
    code, said = run("addin", "build", "--host", "libreoffice", "--interpreter", "python.exe", "-o", path)
    assert code == 64
    assert "--interpreter is an option for Excel for Windows" in said


UNO = '[context="shared"] caught unexpected com.sun.star.ucb.InteractiveAugmentedIOException: '


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ERROR: Cannot run unopkg as root without --shared or --bundled option.", "ordinary users only, not for root"),
        (
            f"(process:1): dconf-CRITICAL **: unable to create directory\nERROR: Exception occurred: {UNO}a folder "
            "could not be created at ./desktop/source/deployment/manager/dp_manager.cxx:448\n\nERROR: unopkg failed.",
            "it must not write to its profile in the home folder of this user",
        ),
        (
            "ERROR: unopkg cannot be started. The lock file indicates it is already running.",
            "LibreOffice, or another unopkg, is running",
        ),
        ("ERROR: Exception occurred: something new at ./desktop/x.cxx:9\n\nERROR: unopkg failed.", "something new"),
        ("", "unopkg ended with exit code 1"),
    ],
    ids=["root", "profile", "running", "new", "silent"],
)
def test_a_tool_of_libreoffice_that_fails_is_reported(
    written: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = tmp_path / "unopkg"
    tool.write_text(f"#!/bin/sh\ncat >&2 <<'END'\n{written}\nEND\nexit 1\n")
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    monkeypatch.setattr(install, "find_program", lambda: "soffice")
    code, said = run("addin", "uninstall", "--host", "libreoffice")
    assert code == 2
    assert said.startswith("LibreOffice failed while listing its extensions: ")
    assert f"{reason}. Run this as an ordinary user with LibreOffice closed" in said
    for internal in ("ERROR", "com.sun", ".cxx", "dconf", "Exception", "context"):
        assert internal not in said


@needs_office
def test_a_running_calc_knows_every_function_with_its_help_and_calculates_columns() -> None:
    found = answers(1000)
    for function in REGISTRY:
        category, summary, arguments = found["functions"][function.name]
        assert category == found["functions"]["BESSELJ"][0]  # Add-In, as of the functions that come with Calc
        assert summary == function.summary
        assert arguments == [[param.name, param.help, True] for param in function.params]
    assert found["last"] == pytest.approx(1000 * 0.8 / 0.05 / 400)
    assert not found["visible"]  # what crashes Debian's office without a display
