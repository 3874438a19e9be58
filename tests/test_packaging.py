"""The wheel: one package, with the templates inside and nothing that only a checkout needs."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from xlfuncs.core.version import VERSION

pytestmark = pytest.mark.slow  # builds and installs a wheel

ROOT = Path(__file__).parents[1]
TEMPLATES = sorted((ROOT / "templates").glob("*.xlsx"))


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with nothing but what the wheel installs."""
    folder = tmp_path_factory.mktemp("site")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def run(installed: Path, at: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The command line of the installed package, in a folder of the user's."""
    program = f"import sys; sys.path.insert(0, {str(installed)!r}); from xlfuncs.cli.main import main; main()"
    return subprocess.run(
        [sys.executable, "-P", "-c", program, *arguments], cwd=at, capture_output=True, text=True, timeout=300
    )


def test_the_only_top_level_package_is_xlfuncs(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}
    assert tops == {"xlfuncs", f"xlfuncs-{VERSION}.dist-info"}


def test_the_wheel_holds_the_templates_as_they_are_built(installed: Path) -> None:
    shipped = sorted((installed / "xlfuncs" / "templates").iterdir())
    assert [path.name for path in shipped] == [path.name for path in TEMPLATES]
    assert [path.read_bytes() for path in shipped] == [path.read_bytes() for path in TEMPLATES]


def test_the_wheel_holds_every_module_and_what_the_modules_read(installed: Path) -> None:
    for path in (ROOT / "xlfuncs").rglob("*"):
        inside = path.relative_to(ROOT)
        if (
            path.is_dir()
            or "__pycache__" in inside.parts
            or inside.parts[1:3] in (("data", "raw"), ("data", "curation"))
        ):
            continue
        if inside.parts[1:4] != ("hosts", "officejs", "pane"):  # the sources of what is compiled into web/
            assert (installed / inside).read_bytes() == path.read_bytes(), inside
    assert not (installed / "xlfuncs" / "data" / "raw").exists()


def test_a_plain_install_makes_a_workbook_beside_a_folder_called_workbooks(installed: Path, tmp_path: Path) -> None:
    """Analysts call their folders so; the declarations of ours are not installed and must not be looked for."""
    (tmp_path / "workbooks").mkdir()
    (tmp_path / "workbooks" / "__init__.py").write_text("raise RuntimeError('the user\\'s own')\n", encoding="utf-8")
    for host in ("excel", "officejs"):
        done = run(installed, tmp_path, "new", "unit_economics", "-o", f"{host}.xlsx", "--host", host)
        assert (done.returncode, done.stderr) == (0, "")
        done = run(installed, tmp_path, "refresh", f"{host}.xlsx", "--check")
        assert (done.returncode, done.stderr) == (0, ""), done.stdout
