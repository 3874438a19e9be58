"""A file is the old one or the new one, whatever fails."""

from __future__ import annotations

import contextlib
import errno
import os
import random
import signal
import stat
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.recalculation.test_model import model, values
from tests.small_workbooks import refreshed
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml import atomic_save, file_lock
from xlfuncs.ooxml.atomic_save import replace_file
from xlfuncs.ooxml.file_lock import lock_file
from xlfuncs.ooxml.package import Package
from xlfuncs.services import refresh as module

fcntl = pytest.importorskip("fcntl", reason="Windows has no such locks")
resource = pytest.importorskip("resource", reason="Windows has no such limits")
Make = Callable[..., Path]
POINTS = int(os.environ.get("XLFUNCS_KILLS", "100"))
CALLS: list[tuple[Any, str]] = [
    (tempfile, "mkstemp"),
    (os, "open"),
    (os, "fdopen"),
    (os, "fstat"),
    (os, "fchown"),
    (os, "fchmod"),
    (os, "fsync"),
    (os, "listxattr"),
    (os, "getxattr"),
    (os, "setxattr"),
    (fcntl, "flock"),
    (Path, "read_bytes"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "stat"),
    (Path, "exists"),
]


def litter(path: Path) -> list[str]:
    return [file.name for file in path.parent.iterdir() if file.name.startswith(".")]


def fresh(make: Make, path: Path) -> bytes:
    """What the refreshed file is, made elsewhere."""
    out = path.with_name("expected.xlsx")
    refreshed(path, out=out)
    data = out.read_bytes()
    out.unlink()
    return data


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EACCES, errno.EINTR])
@pytest.mark.parametrize("turn", [1, 2, 3])
@pytest.mark.parametrize(("owner", "name"), CALLS, ids=[name for _, name in CALLS])
def test_a_call_that_fails_leaves_the_old_file_or_the_new(
    make: Make, monkeypatch: pytest.MonkeyPatch, owner: Any, name: str, turn: int, code: int
) -> None:
    path = make(model)
    old, new = path.read_bytes(), fresh(make, path)
    if name.endswith("xattr") and not hasattr(os, name):
        pytest.skip("The file system has no extended attributes")
    original, calls = getattr(owner, name), []

    def failing(*arguments: Any, **options: Any) -> Any:
        calls.append(arguments)
        if len(calls) == turn:
            raise OSError(code, os.strerror(code))
        return original(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(owner, name, failing)
        try:
            written = refreshed(path).written
        except WorkbookRejected:
            written = False
    assert path.read_bytes() == (new if written else old)
    if name != "unlink":
        assert litter(path) == []


def forked(work: Callable[[], object]) -> int:
    """The process that does some work, and ends with 0 where all went well."""
    child = os.fork()
    if child == 0:
        code = 1
        try:
            work()
            code = 0
        except WorkbookRejected:
            code = 2
        finally:
            os._exit(code)
    return child


@pytest.mark.slow  # starts and kills processes
def test_a_kill_at_any_point_leaves_the_old_file_or_the_new(make: Make) -> None:
    path = make(model)
    old, new = path.read_bytes(), fresh(make, path)
    started = time.monotonic()
    refreshed(path)
    took = time.monotonic() - started
    seen = set()
    chance = random.Random(1)
    for _ in range(POINTS):
        path.write_bytes(old)
        child = forked(lambda: refreshed(path))
        time.sleep(chance.uniform(0, took * 1.5))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        data = path.read_bytes()
        assert data in (old, new)
        seen.add(data)
    path.write_bytes(old)
    refreshed(path)
    assert litter(path) == []  # what was left is swept away
    assert path.read_bytes() == new


def test_a_full_disk_leaves_the_old_file(make: Make) -> None:
    path = make(model)
    old = path.read_bytes()

    def work() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(old) // 2, len(old) // 2))
        refreshed(path)

    _, status = os.waitpid(forked(work), 0)
    assert os.waitstatus_to_exitcode(status) == 2
    assert path.read_bytes() == old
    assert litter(path) == []


def test_of_eight_at_once_none_spoils_the_file(make: Make) -> None:
    path = make(model)
    new = fresh(make, path)
    children = [forked(lambda: refreshed(path)) for _ in range(8)]
    codes = [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children]
    assert set(codes) <= {0, 2}
    assert 0 in codes
    assert path.read_bytes() == new
    assert litter(path) == []


def test_who_holds_a_file_is_said(make: Make) -> None:
    path = make(model)
    with (
        lock_file(path),
        pytest.raises(WorkbookRejected, match=rf"is being refreshed by process {os.getpid()}; try again"),
    ):
        refreshed(path)


@pytest.mark.parametrize("size_kept", [True, False])
def test_a_file_that_changes_underneath_is_left_alone(
    make: Make, monkeypatch: pytest.MonkeyPatch, size_kept: bool
) -> None:
    path = make(model)
    data = path.read_bytes()
    theirs = data[:-1] + b"!" if size_kept else data + b"more"
    times = path.stat()
    original = module._update_and_recalculate

    def meanwhile(*arguments: Any, **options: Any) -> Any:
        path.write_bytes(theirs)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        return original(*arguments, **options)

    monkeypatch.setattr(module, "_update_and_recalculate", meanwhile)
    with pytest.raises(WorkbookRejected, match="changed by another program meanwhile"):
        refreshed(path)
    assert path.read_bytes() == theirs
    assert litter(path) == []


def test_a_file_that_reads_back_wrong_is_not_put_in_place(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    path = make(model)
    old = path.read_bytes()
    package = Package(path)
    original = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda self: original(self)[:-1])
    with pytest.raises(WorkbookRejected, match="did not read back right"):
        replace_file(package, package.data + b"x", path)
    monkeypatch.undo()
    assert path.read_bytes() == old


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_file_that_is_open_elsewhere_needs_force(make: Make, lock: str) -> None:
    path = make(model)
    path.with_name(lock).write_text("me")
    with pytest.raises(WorkbookRejected, match="open in another program"):
        refreshed(path)
    assert refreshed(path, force=True).written


def test_a_read_only_file_needs_force(make: Make) -> None:
    path = make(model)
    path.chmod(0o444)
    with pytest.raises(WorkbookRejected, match="read-only"):
        refreshed(path)
    assert refreshed(path, force=True).written
    assert stat.S_IMODE(path.stat().st_mode) == 0o444


def test_a_hard_link_needs_force(make: Make, tmp_path: Path) -> None:
    path = make(model)
    other = tmp_path / "other.xlsx"
    other.hardlink_to(path)
    old = other.read_bytes()
    with pytest.raises(WorkbookRejected, match="hard links"):
        refreshed(path)
    assert refreshed(path, force=True).written
    assert other.read_bytes() == old


def test_symbolic_links_are_followed(make: Make, tmp_path: Path) -> None:
    path = make(model)
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "one.xlsx").symlink_to(path)
    (folder / "two.xlsx").symlink_to("one.xlsx")
    refreshed(folder / "two.xlsx")
    assert values(path, "A2") == [4]
    assert sorted(link.name for link in folder.iterdir() if link.is_symlink()) == ["one.xlsx", "two.xlsx"]


def test_extended_attributes_stay(make: Make) -> None:
    path = make(model)
    try:
        os.setxattr(path, "user.origin", b"bank")
    except (AttributeError, OSError):
        pytest.skip("The file system has no extended attributes")
    refreshed(path)
    assert os.getxattr(path, "user.origin") == b"bank"


@pytest.mark.skipif(os.geteuid() != 0, reason="Only root may give a file away")
def test_the_owner_stays(make: Make) -> None:
    path = make(model)
    os.chown(path, 12345, 12346)
    refreshed(path)
    assert (path.stat().st_uid, path.stat().st_gid) == (12345, 12346)


def test_a_name_that_is_no_text_is_no_hindrance(make: Make, tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 [1]*.xlsx"))
    try:
        make(model).rename(path)
    except OSError:
        pytest.skip("The file system takes no such names")
    assert refreshed(path).written
    path.chmod(0o444)
    with pytest.raises(WorkbookRejected) as reason:
        refreshed(path)
    assert "caf\N{REPLACEMENT CHARACTER}" in str(reason.value)


def test_what_a_killed_refresh_left_is_swept_and_what_runs_is_not(make: Make) -> None:
    path = make(model)
    left = path.with_name(".book.xlsx.abc.xlfuncs.tmp")
    running = path.with_name(".book.xlsx.def.xlfuncs.tmp")
    left.write_bytes(b"left")
    with running.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refreshed(path)
    assert not left.exists()
    assert running.exists()


def test_a_running_refresh_does_not_keep_leftovers_behind_it(make: Make) -> None:
    path = make(model)
    running = path.with_name(".book.xlsx.aaa.xlfuncs.tmp")
    left = path.with_name(".book.xlsx.zzz.xlfuncs.tmp")
    left.write_bytes(b"left")
    with running.open("wb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        refreshed(path)
    assert not left.exists()


class Windows:
    """The calls of Windows by which a lock is made, on top of those of this system."""

    LK_NBLCK = 1

    def locking(self, handle: int, mode: int, count: int) -> None:
        assert (mode, count) == (self.LK_NBLCK, 1)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@pytest.fixture
def windows(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The temporary folder of a system without fcntl, which replaces no file that is open."""
    folder = tmp_path_factory.mktemp("temporary")
    replace = Path.replace

    def replace_closed(self: Path, target: Path) -> Path:
        for handle in Path("/proc/self/fd").iterdir():
            with contextlib.suppress(OSError):
                assert handle.resolve() not in (self.resolve(), Path(target).resolve())
        return replace(self, target)

    monkeypatch.setattr(file_lock, "fcntl", None)
    monkeypatch.setattr(file_lock, "_msvcrt", Windows())
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(atomic_save, "REPLACES_OPEN_FILES", False)
    monkeypatch.setattr(Path, "replace", replace_closed)
    return folder


def test_on_windows_one_refresh_at_a_time_takes_a_file(make: Make, windows: Path) -> None:
    path, other = make(model), make(model, name="other.xlsx")
    with lock_file(path):
        alias = path.parent / ".." / path.parent.name / path.name
        for name in (path, alias):
            with pytest.raises(WorkbookRejected, match="is being refreshed by another process; try again"):
                refreshed(name)
        assert refreshed(other).written
        assert litter(path) == []  # the lock is not beside the workbook
        assert len(list(windows.iterdir())) == 2
    assert refreshed(path).written
    assert refreshed(path).changed == []


def test_on_windows_a_lock_ends_with_its_refresh_whatever_became_of_it(make: Make, windows: Path) -> None:
    path = make(model)
    with pytest.raises(ZeroDivisionError), lock_file(path):
        raise ZeroDivisionError
    assert refreshed(path).written


def test_on_windows_a_refresh_needs_no_temporary_folder(
    make: Make, windows: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = make(model)
    monkeypatch.setattr(tempfile, "tempdir", str(windows / "nowhere"))
    assert refreshed(path).written


def test_on_windows_leftovers_are_removed(make: Make, windows: Path) -> None:
    path = make(model)
    left = path.with_name(".book.xlsx.abc.xlfuncs.tmp")
    left.write_bytes(b"left")
    refreshed(path)
    assert litter(path) == []
