"""The doctor and the self-test of the host `libreoffice`: each known cause of failure is found, and has its remedy."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tests.libreoffice.conftest import needs_office
from xlfuncs import REGISTRY
from xlfuncs.cli.main import main
from xlfuncs.core.version import VERSION
from xlfuncs.hosts.libreoffice import doctor, names, office
from xlfuncs.hosts.libreoffice.recalculation import recalculate
from xlfuncs.services import selftest

pytestmark = pytest.mark.skipif(os.name != "posix", reason="The stand-ins for programs are shell scripts")
LISTING = f"Identifier: other\n  Version: 9\nIdentifier: {names.EXTENSION}\n  Version: {{}}\n  is registered: yes\n"


class Office:
    """A stand-in for LibreOffice: programs that print what they are told to."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.write("soffice", "echo LibreOffice 7.4.7.2 40")
        self.write("python", "exit 0")
        self.list(VERSION)

    def write(self, name: str, line: str) -> None:
        path = self.folder / name
        path.write_text(f"#!/bin/sh\n{line}\n", encoding="utf-8")
        path.chmod(0o755)

    def list(self, version: str) -> None:
        self.write("unopkg", f"cat <<END\n{LISTING.format(version)}END")


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Office:
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}/usr/bin{os.pathsep}/bin")
    return Office(tmp_path)


def faults() -> dict[str, str]:
    return {one.subject: one.message for one in doctor.examine() if not one.ok}


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["addin", *arguments, "--host", "libreoffice"])


def test_a_sound_office_has_no_fault(stand_in: Office) -> None:
    assert faults() == {}
    done = run("doctor")
    assert done.exit_code == 0
    assert f"ok    extension: The extension is installed, version {VERSION}.\n" in done.output


def test_a_missing_office_is_the_only_fault(stand_in: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(stand_in.folder / "nowhere"))
    monkeypatch.setattr(office, "_LOCATIONS", ())
    assert set(faults()) == {"LibreOffice"}
    done = run("doctor")
    assert done.exit_code == 1
    assert "apt-get install libreoffice-calc" in done.output


@pytest.mark.parametrize("version, old", [("7.4.0.1", False), ("24.8.3", False), ("7.3.7.2", True), ("6.4", True)])
def test_an_office_that_is_too_old_is_a_fault(stand_in: Office, version: str, old: bool) -> None:
    stand_in.write("soffice", f"echo LibreOffice {version} Build:1")
    assert ("needs 7.4 or later" in faults().get("version", "")) == old


@pytest.mark.parametrize("line", ["exit 1", "echo Hello"])
def test_an_office_that_does_not_run_is_a_fault(stand_in: Office, line: str) -> None:
    stand_in.write("soffice", line)
    assert "install LibreOffice again" in faults()["version"]


def test_a_python_without_a_package_is_a_fault(stand_in: Office) -> None:
    stand_in.write("python", "echo \"ModuleNotFoundError: No module named 'scipy'\" >&2; exit 1")
    assert "No module named 'scipy'" in faults()["Python"]
    assert "python3-scipy" in faults()["Python"]


def test_a_missing_or_older_extension_is_a_fault(stand_in: Office) -> None:
    stand_in.list("0.0.1")
    assert faults()["extension"].startswith(
        f"The extension is of version 0.0.1, not {VERSION}: run xlfuncs addin install"
    )
    stand_in.write("unopkg", 'printf "Identifier: other\\n  Version: 9\\n"')
    assert "is not installed: run xlfuncs addin install --host libreoffice" in faults()["extension"]
    stand_in.write("unopkg", "echo locked >&2; exit 1")
    assert "LibreOffice closed" in faults()["extension"]


@pytest.mark.slow  # starts LibreOffice
@needs_office
def test_the_self_test_calculates_every_check_in_libreoffice(tmp_path: Path) -> None:
    out = tmp_path / "selftest.xlsx"
    done = run("selftest", "-o", str(out))
    count = selftest.build(tmp_path / "checks.xlsx")
    assert (done.exit_code, done.output.splitlines()[0]) == (0, f"{count} checks in LibreOffice: none failed.")
    values = {cell.cell: cell.value for cell in recalculate(out, REGISTRY).cells if cell.sheet == "Self test"}
    assert values["B3"] is True
    assert len(values) == count + 1
    assert run("selftest", "-o", str(out)).exit_code == 2  # it overwrites nothing


@needs_office
def test_a_check_that_fails_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = ("a wrong value", "=LTV_CAC(100,0.8,0.05,400)", "=ABS(LTV_CAC(100,0.8,0.05,400)-5)<=1e-9")
    monkeypatch.setattr(selftest, "list_examples", lambda: iter([wrong]))
    done = run("selftest")
    assert done.exit_code == 1
    assert "checks in LibreOffice: 1 failed.\nC6: =ABS(LTV_CAC(100,0.8,0.05,400)-5)<=1e-9 is False.\n" in done.output
