"""A confined process refuses ways around its hook that an audit event or a name gives away."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

_INTERPRETERS = """\
try:
    import _interpreters
except ImportError:
    import _xxsubinterpreters as _interpreters
"""
_HISTORY = "import readline\nreadline.write_history_file(target)"
_FRESH_POSIX = """\
import _imp
from importlib.machinery import BuiltinImporter, ModuleSpec

_imp.create_builtin(ModuleSpec("posix", BuiltinImporter)).mkfifo(target)
"""
_WHY = "Python 3.12 crashes where a hook refuses an interpreter, and Python 3.13 asks no hook."
_HOOK_IS_ASKED = pytest.mark.skipif(sys.version_info >= (3, 12), reason=_WHY)
_SCRIPT = """\
import sys
{before}
from xlfuncs.hosts.officejs.confinement import confine
target = sys.argv[1]
confine()
try:
{after}
except (PermissionError, RuntimeError) as refusal:  # the latter by the module of interpreters
    print(refusal)
"""


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("", _INTERPRETERS, "not do this: import."),
        (_INTERPRETERS, _INTERPRETERS, "not do this: import."),
        pytest.param(_INTERPRETERS, "_interpreters.create()", "interpreter creation failed", marks=_HOOK_IS_ASKED),
        ("", _HISTORY, "not do this: import."),
        ("", _FRESH_POSIX, "not do this: import posix."),
    ],
    ids=["load interpreters", "load them again", "start an interpreter", "write the history", "a fresh posix"],
)
def test_known_ways_around_the_hook_are_refused(before: str, after: str, sentence: str, tmp_path: Path) -> None:
    indented = "\n".join(f"    {line}" for line in after.splitlines())
    script = _SCRIPT.format(before=before, after=indented)
    command = [sys.executable, "-c", script, str(tmp_path / "new")]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert sentence in run.stdout, run.stderr
    assert not list(tmp_path.iterdir())
