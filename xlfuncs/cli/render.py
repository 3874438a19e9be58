"""The commands `report`, `render` and `recalc`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from xlfuncs import REGISTRY
from xlfuncs.cli.options import OFFICE_TIMEOUT
from xlfuncs.cli.output import (
    ERROR,
    MOST_LINES,
    REFUSED,
    cell_text,
    fail,
    with_office,
    write_output,
)


@click.command("report")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .html or a .pdf.")
def write_report(file: Path, out: Path) -> None:
    """Write the outputs, charts, claims and checks of a workbook as a page to read or print."""
    from xlfuncs.core.exceptions import WorkbookRejected
    from xlfuncs.hosts.libreoffice.office import OfficeError

    if out.suffix.lower() not in (".html", ".pdf"):
        raise click.UsageError(f"-o takes a .html or a .pdf file; got {out.name}.")
    try:
        from xlfuncs import report

        made = report.pdf(file) if out.suffix.lower() == ".pdf" else report.html(report.read(file)).encode()
    except ImportError as problem:
        fail(f"{problem.name} is not installed; pip install 'xlfuncs[report]'.", ERROR)
    except (WorkbookRejected, OfficeError) as reason:
        fail(str(reason), REFUSED)
    write_output(out, made)


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="A .pdf or a .png.")
@click.option("--sheet", "sheets", multiple=True, help="Only this sheet; may be given again for a .pdf.")
@click.option("--recalculate", is_flag=True, help="Draw the values that LibreOffice calculates with our functions.")
@OFFICE_TIMEOUT
def render(file: Path, out: Path, sheets: tuple[str, ...], recalculate: bool, timeout: float) -> None:
    """Draw a workbook by LibreOffice, with the values that it holds: all sheets as .pdf, or the first as .png."""
    from xlfuncs.hosts.libreoffice import office
    from xlfuncs.hosts.libreoffice.recalculation import pages
    from xlfuncs.ooxml.snapshot import freeze_formulas

    kind = out.suffix.lower()
    if kind not in (".pdf", ".png"):
        raise click.UsageError(f"-o takes a .pdf or a .png file; got {out.name}.")
    picture = kind == ".png"
    if picture and len(sheets) > 1:
        raise click.UsageError(f"A .png shows one sheet; got --sheet {' --sheet '.join(sheets)}.")

    def drawn() -> bytes:
        if recalculate:
            made = pages(file, REGISTRY, sheets, picture, timeout)
        else:
            made = office.pdf(freeze_formulas(file, sheets, picture), file, timeout)
        return office.png(made, file, seconds=timeout) if picture else made

    write_output(out, with_office(drawn))


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--engine", type=click.Choice(["libreoffice"]), default="libreoffice", show_default=True, help="By what.")
@click.option("--json", "as_lines", is_flag=True, help="Every value as JSON.")
@OFFICE_TIMEOUT
def recalc(file: Path, engine: str, as_lines: bool, timeout: float) -> None:
    """Calculate a private copy of a workbook by another engine, with our functions, and compare; FILE stays as it is.

    Lists the formulas whose value differs from the stored one by more than a billionth of it.
    """
    from xlfuncs.core.exceptions import printable
    from xlfuncs.engine.evaluator import to_json
    from xlfuncs.hosts.libreoffice.recalculation import recalculate

    found = with_office(recalculate, file, REGISTRY, timeout)
    different = found.different
    if as_lines:
        values: dict[str, dict[str, Any]] = {}
        for one in found.cells:
            values.setdefault(one.sheet, {})[one.cell] = to_json(one.value)
        changed = [
            {"sheet": one.sheet, "cell": one.cell, "stored": to_json(one.stored), "value": to_json(one.value)}
            for one in different
        ]
        facts = {"file": printable(str(file)), "engine": engine, "values": values, "different": changed}
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    click.echo(f"{printable(str(file))}: {len(found.cells)} formulas calculated, {len(different)} differ.")
    for one in different[:MOST_LINES]:
        click.echo(f"  {one.sheet}!{one.cell} {cell_text(one.stored)} -> {cell_text(one.value)}")
    if len(different) > MOST_LINES:
        click.echo(f"  and {len(different) - MOST_LINES} more; --json has them all")
