"""Files that a service writes beside a workbook: reports, pictures, copies of templates."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.file_writing import check_writable, write_file

WORKBOOK_SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".xls", ".ods")


class OutputRejected(XlfuncsError):
    """Raised when an output file cannot or must not be written; whatever was there before is unchanged."""


def check_absent(path: Path) -> None:
    """Refuse to replace a file that exists."""
    with write_errors(path):
        exists = path.exists()
    if exists:
        raise OutputRejected(f"{path} exists; give another name, or remove it first.")


def check_no_workbook(path: Path) -> None:
    """Refuse to write something that is no workbook under the name of one."""
    if path.suffix.lower() in WORKBOOK_SUFFIXES:
        raise OutputRejected(f"{path} has the name of a workbook; give the output a name of its own.")


def check_output_file(path: Path, *, text: bool = False) -> None:
    """Refuse an output that cannot or must not be written, before the work for it is done."""
    if text:
        check_no_workbook(path)
    with write_errors(path):
        check_writable(path)


def write_output_file(path: Path, content: bytes | str, mode: int | None = None) -> Path:
    """Write a file in one step, with the usual permissions or those of `mode`; text never replaces a workbook."""
    if isinstance(content, str):
        check_no_workbook(path)
    with write_errors(path):
        return write_file(path, content, mode)


@contextmanager
def write_errors(path: Path) -> Iterator[None]:
    """Raise `OutputRejected` if the system refuses to write a file."""
    try:
        yield
    except OSError as problem:
        raise OutputRejected(f"{path} cannot be written: {problem.strerror}.") from problem
