"""`xlfuncs addin install --host officejs`: the manifest in its place on each system, and what is left to click."""

from __future__ import annotations

import json
import os
import stat
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from xlfuncs.cli import main
from xlfuncs.hosts.officejs import install, manifest

TEXT = manifest.build_xml(manifest.Address(token="t" * 43))


class Registry:
    """HKEY_CURRENT_USER."""

    def __init__(self) -> None:
        self.values: dict[tuple[str, str], str] = {}

    def __call__(self, key: str, name: str, value: str | None) -> None:
        if value is None:
            self.values.pop((key, name), None)
        else:
            self.values[key, name] = value


def machine(folder: Path, system: str) -> tuple[install.Machine, Registry]:
    registry = Registry()
    return install.Machine(folder / "home", folder / "state", system, registry), registry


def test_on_a_mac_the_manifest_is_where_excel_looks(tmp_path: Path) -> None:
    mac, _ = machine(tmp_path, "Darwin")
    path = install.install(mac, TEXT)
    assert path.parent == tmp_path / "home/Library/Containers/com.microsoft.Excel/Data/Documents/wef"
    assert path.read_text(encoding="utf-8") == TEXT
    assert install.uninstall(mac) == [path]
    assert install.uninstall(mac) == []


def test_on_windows_the_registry_has_the_path_of_the_manifest(tmp_path: Path) -> None:
    windows, registry = machine(tmp_path, "Windows")
    path = install.install(windows, TEXT)
    assert registry.values == {(install.DEVELOPER, manifest.ID): str(path)}
    install.uninstall(windows)
    assert not registry.values
    assert not path.exists()


@pytest.mark.parametrize("system", ["Darwin", "Windows", "Linux"])
def test_the_manifest_has_the_token_and_is_the_users_alone(tmp_path: Path, system: str) -> None:
    here, _ = machine(tmp_path, system)
    install.install(here, "old")
    assert stat.S_IMODE(install.install(here, TEXT).stat().st_mode) == 0o600


@pytest.mark.parametrize(
    "system, words",
    [
        ("Darwin", ["security add-trusted-cert", "Developer Add-ins", "Upload My Add-in"]),
        ("Windows", ["certutil -user", "Developer Add-ins", "Upload My Add-in"]),
        ("Linux", ["certutil", "Upload My Add-in"]),
    ],
)
def test_the_steps_say_what_to_click(tmp_path: Path, system: str, words: list[str]) -> None:
    here, _ = machine(tmp_path, system)
    steps = "\n".join(install.list_steps(here, here.manifest, tmp_path / "authority.pem"))
    assert all(word in steps for word in [*words, "xlfuncs serve", "=XLFUNCS.LTV_CAC(", str(here.manifest)])


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file", encoding="utf-8")
    here, _ = machine(tmp_path, "Linux")
    with pytest.raises(install.InstallLocationError, match="cannot be written"):
        install.install(here, TEXT)


def built(out: Path, *options: str) -> Result:
    return CliRunner().invoke(main.main, ["addin", "build", "--host", "officejs", "-o", str(out), *options])


@pytest.mark.usefixtures("elsewhere")
def test_the_package_is_a_zip_file_of_what_the_folder_has(tmp_path: Path) -> None:
    assert built(tmp_path / "made" / "folder", "--port", "9000").exit_code == 0
    assert built(tmp_path / "xlfuncs.zip", "--port", "9000").output == f"{tmp_path / 'xlfuncs.zip'}\n"
    with zipfile.ZipFile(tmp_path / "xlfuncs.zip") as archive:
        packed = {name: archive.read(name) for name in archive.namelist()}
    assert packed == {path.name: path.read_bytes() for path in (tmp_path / "made" / "folder").iterdir()}
    told = json.loads(packed["manifest.json"])
    assert {told["icons"]["color"], told["icons"]["outline"], "manifest.json"} == set(packed)
    assert told["extensions"][0]["runtimes"][0]["code"]["page"].startswith("https://localhost:9000/pane.html?token=")


@pytest.mark.usefixtures("elsewhere")
def test_the_package_has_the_same_bytes_again_and_is_the_users_alone(tmp_path: Path) -> None:
    first, second = tmp_path / "first.zip", tmp_path / "second.zip"
    assert (built(first).exit_code, built(second).exit_code) == (0, 0)
    assert first.read_bytes() == second.read_bytes()
    if os.name == "posix":
        assert stat.S_IMODE(first.stat().st_mode) == 0o600


@pytest.mark.usefixtures("elsewhere")
def test_a_package_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = built(tmp_path / "file" / "folder")
    assert done.exit_code == 2
    assert "cannot be written" in done.output


@pytest.mark.usefixtures("elsewhere")
def test_the_command_installs_and_uninstalls() -> None:
    done = CliRunner().invoke(main.main, ["addin", "install", "--host", "officejs", "--port", "9000"])
    assert done.exit_code == 0, done.output
    path = Path(done.output.splitlines()[0])
    assert "https://localhost:9000/pane.html?token=" in path.read_text(encoding="utf-8")
    done = CliRunner().invoke(main.main, ["addin", "uninstall", "--host", "officejs"])
    assert done.output == f"Removed {path}.\n"
