"""The workbook of checks calculated by LibreOffice, with the functions as the extension has them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from xlfuncs.functions import REGISTRY
from xlfuncs.hosts.base import SelfTest
from xlfuncs.hosts.libreoffice.copies import for_calc
from xlfuncs.hosts.libreoffice.recalculation import Calculated, recalculate
from xlfuncs.ooxml.cell_patch import with_formula
from xlfuncs.ooxml.snapshot import rewrite_cells
from xlfuncs.services import selftest
from xlfuncs.services.output_files import check_absent, write_output_file

_SHEET = "Self test"
# ERROR.TYPE of Calc reads single values only, and the functions return arrays.
_ERROR_TYPE = re.compile(r"ERROR\.TYPE\((.*)\)=(\d),FALSE\)$")


def run(out: Path | None) -> SelfTest:
    """Calculate every check in a private LibreOffice; write the workbook to `out`, too, if there is one."""
    if out:
        check_absent(out)
    with tempfile.TemporaryDirectory(prefix="xlfuncs-selftest-") as folder:
        path = Path(folder) / "selftest.xlsx"
        count = selftest.build(path)
        path.write_bytes(rewrite_cells(path, _spell))
        cells = [cell for cell in recalculate(path, REGISTRY).cells if cell.sheet == _SHEET]
        workbook = for_calc(path, REGISTRY)
    failures = [cell for cell in cells if cell.value is not True]
    lines = [f"{count} checks in LibreOffice: {'all' if not failures else count - _count_checks(failures)} TRUE."]
    lines += [f"{cell.cell}: ={cell.formula} is {cell.value}." for cell in failures]
    if out:
        lines.append(
            f"{write_output_file(out, workbook)}: open it in LibreOffice; the cell beside All checks must read TRUE."
        )
    return SelfTest(not failures and len(cells) > count, tuple(lines))


def _count_checks(cells: list[Calculated]) -> int:
    """Return the number of checks among some cells: each is in column C."""
    return sum(cell.cell.startswith("C") for cell in cells)


def _spell(cell: bytes, formula: str) -> bytes:
    return with_formula(cell, _ERROR_TYPE.sub(r"ERROR.TYPE(INDEX(\1,1,1))=\2,FALSE)", formula))
