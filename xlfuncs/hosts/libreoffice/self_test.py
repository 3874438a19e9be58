"""The workbook of checks calculated by LibreOffice, with the functions as the extension has them."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from xlfuncs.functions import REGISTRY, evaluate
from xlfuncs.hosts.base import SelfTest
from xlfuncs.hosts.libreoffice.copies import copy_for_calc
from xlfuncs.hosts.libreoffice.office import OfficeError, OfficeTimeout
from xlfuncs.hosts.libreoffice.recalculation import Calculated, recalculate
from xlfuncs.ooxml.cell_patch import with_formula
from xlfuncs.ooxml.snapshot import rewrite_cells
from xlfuncs.services import selftest
from xlfuncs.services.output_files import check_absent, check_output_file, write_output_file

_SHEET = "Self test"
# ERROR.TYPE of Calc reads single values only, and most functions return arrays.
_ERROR_TYPE = re.compile(r"ERROR\.TYPE\((.*)\)=(\d),FALSE\)$")
_SINGLE_CELL = re.compile(r"Cells!(\$B\$1)\)")  # Calc passes 0 for a blank cell, but keeps the blank of a range
_TRUTH = re.compile(r"IFERROR\(ERROR\.TYPE\((.*Cells!\$B\$3\))\)=3,FALSE\)$")  # Calc passes 1 for TRUE


def run(out: Path | None) -> SelfTest:
    """Calculate every check in a private LibreOffice; write the workbook to `out`, too, if there is one."""
    if out:
        check_absent(out)
        check_output_file(out)
    with tempfile.TemporaryDirectory(prefix="xlfuncs-selftest-") as folder:
        path = Path(folder) / "selftest.xlsx"
        count = selftest.build(path)
        path.write_bytes(rewrite_cells(path, _spell))
        cells = _recalculate(path)
        workbook = copy_for_calc(path, REGISTRY)
    checks = [cell for cell in cells if cell.cell.startswith("C")]
    failures = [cell for cell in checks if cell.value is not True]
    lines = [f"{count} checks in LibreOffice: {len(failures) or 'none'} failed."]
    lines += [f"{cell.cell}: ={cell.formula} is {cell.value}." for cell in failures]
    if out:
        lines.append(
            f"{write_output_file(out, workbook)}: open it in LibreOffice; the cell beside All checks must read TRUE."
        )
    return SelfTest(not failures and len(checks) == count, tuple(lines))


def _recalculate(path: Path) -> list[Calculated]:
    try:
        return [cell for cell in recalculate(path, REGISTRY).cells if cell.sheet == _SHEET]
    except OfficeTimeout as reason:
        raise OfficeError(f"{reason} Close other programs and run the self-test again.") from None


def _spell(cell: bytes, formula: str) -> bytes:
    """Write a check so that it can hold in Calc."""
    formula = _TRUTH.sub(rf"ABS(\1-{evaluate('LTV', 100, 0.8, 1)})<=1E-9", formula)
    formula = _SINGLE_CELL.sub(r"Cells!\1:\1)", formula)
    return with_formula(cell, _ERROR_TYPE.sub(r"ERROR.TYPE(MAX(\1))=\2,FALSE)", formula))
