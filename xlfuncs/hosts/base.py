"""The protocol that every host of the worksheet functions fulfils, and the registry of the hosts.

To add a host:

1. Write one module with an object `HOST` that fulfils `Host`. It is imported for `--help`, so that it imports at its
   top only what is quick, and the rest where it is used. The options that `build` and `install` take are the fields
   of a frozen dataclass, each declared by `option`; a host without options uses `NoOptions`.
2. Add one line to `MODULES`: the name of the host and its module.

The command line needs no change: `xlfuncs addin build|install|uninstall|doctor|selftest --host NAME` finds the host
here; its options appear in `--help`, and hosts that do not declare them refuse them. What a host raises for its users
is an `XlfuncsError`: a `MissingDependency` says which package to install, an `InvalidOption` which option is wrong,
an `OutputRejected` which file cannot be written.
"""

from __future__ import annotations

import importlib
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from xlfuncs.services.output_files import check_absent, check_output_file, write_output_file

MODULES = {
    "excel": "xlfuncs.hosts.excel.host",
    "officejs": "xlfuncs.hosts.officejs.host",
    "libreoffice": "xlfuncs.hosts.libreoffice.host",
}

Options = TypeVar("Options")


@dataclass(frozen=True)
class NoOptions:
    """The options of a host that takes none."""


@dataclass(frozen=True)
class Installation:
    """What `install` has written, and the steps that remain for the user."""

    files: tuple[Path, ...]
    steps: tuple[str, ...]


@dataclass(frozen=True)
class Diagnosis:
    """One known cause of failure, whether it is absent, and a sentence with what to do if it is not."""

    subject: str
    ok: bool
    message: str


@dataclass(frozen=True)
class SelfTest:
    """The outcome of a self-test; `passed` is None if it is a workbook that the user must open."""

    passed: bool | None
    lines: tuple[str, ...]


class Host(Protocol[Options]):
    """A spreadsheet program, or a way into one, to which the functions are brought."""

    @property
    def name(self) -> str:
        """The name on the command line."""
        ...

    @property
    def title(self) -> str:
        """The name that people use."""
        ...

    @property
    def options(self) -> type[Options]:
        """The dataclass of the options that `build` and `install` take."""
        ...

    def build(self, out: Path | None, options: Options) -> list[Path]:
        """Write the add-in to `out`, or to a file with its usual name; return the files written."""
        ...

    def install(self, options: Options) -> Installation:
        """Put the add-in where the host finds it, in place of an older one."""
        ...

    def uninstall(self) -> list[str]:
        """Remove the add-in; return a sentence for each thing removed, none if there was no add-in."""
        ...

    def doctor(self) -> Iterable[Diagnosis]:
        """Look for each known cause of failure; change nothing."""
        ...

    def self_test(self, out: Path | None) -> SelfTest:
        """Compare the functions in the host with Python, or write to `out` a workbook that does so."""
        ...


def option(help: str, default: Any = None, least: int | None = None, most: int | None = None) -> Any:
    """Declare a field of a dataclass as an option.

    False as the default makes it a flag, a number one that takes whole numbers, and None one that takes text.
    """
    return field(default=default, metadata={"help": help, "least": least, "most": most})


def names() -> tuple[str, ...]:
    """Return the names of all hosts."""
    return tuple(MODULES)


def load(name: str) -> Host[Any]:
    """Import a host."""
    host: Host[Any] = importlib.import_module(MODULES[name]).HOST
    return host


def write_self_test(
    out: Path | None, build: Callable[[Path], int], convert: Callable[[Path], bytes] = Path.read_bytes
) -> SelfTest:
    """Write the workbook of checks that `build` writes, converted for the host, for the user to open there."""
    path = out or Path("selftest.xlsx")
    check_absent(path)
    check_output_file(path)
    with tempfile.TemporaryDirectory(prefix="xlfuncs-selftest-") as folder:
        workbook = Path(folder) / "selftest.xlsx"
        count = build(workbook)
        write_output_file(path, convert(workbook))
    sentence = f"{path}: {count} checks. Open the workbook in Excel; the cell beside All checks must read TRUE."
    return SelfTest(None, (sentence,))
