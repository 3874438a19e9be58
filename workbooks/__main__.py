"""`python -m workbooks` builds the templates and everything else that is generated; `--help` has the options."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click

import workbooks
from workbooks import generation
from xlfuncs import REGISTRY
from xlfuncs.core.file_writing import write_file
from xlfuncs.hosts.libreoffice import office
from xlfuncs.ooxml.snapshot import freeze_formulas
from xlfuncs.reference import html_site


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(workbooks.NAMES), metavar="[NAME]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a file differs from what is generated.")
@click.option("--pictures", is_flag=True, help="Also draw the Outputs sheet of each template into docs/.")
@click.option(
    "--site",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Build the documentation as a site into this folder, and nothing else.",
)
def main(names: tuple[str, ...], check: bool, pictures: bool, site: Path | None) -> None:
    """Build the templates NAME and, if none is named, everything that is generated.

    That is the data tables, the signatures, the type stub, the reference, the help, the picture of the layers, the
    scripts of the task pane, and all templates.
    """
    try:
        if site:
            html_site.build_site(REGISTRY, workbooks.ROOT, site)
            click.echo(str(site / "index.html"))
            return
        if names:
            different = _update(generation.generate_templates(names), check)
        else:
            for sentence in generation.list_missing_tools():
                click.echo(sentence, err=True)
            different = _update(generation.generate_data_tables(), check)
            if different and not check:  # what has been imported read the old tables
                sys.exit(subprocess.run([sys.executable, "-m", "workbooks", *sys.argv[1:]], check=False).returncode)
            different += _update(generation.generate_all(), check)
    except (generation.GenerationError, html_site.SiteError) as problem:
        click.echo(str(problem), err=True)
        sys.exit(1)
    if check and different:
        sys.exit(1)
    if pictures and not check:
        for name in names or workbooks.NAMES:
            _draw(workbooks.TEMPLATES / f"{name}.xlsx", workbooks.ROOT / "docs" / f"{name}.png")


def _update(files: Iterable[tuple[Path, bytes]], check: bool) -> list[Path]:
    """Write the files that differ from their generated content, or only name them; return their paths."""
    different, generated = [], []
    for path, content in files:
        generated.append(path)
        if path.exists() and path.read_bytes() == content:
            continue
        different.append(path)
        name = path.relative_to(workbooks.ROOT)
        if check:
            click.echo(f"{name} is out of date.", err=True)
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, content)
        click.echo(str(name))
    for path in generation.list_obsolete(generated):
        different.append(path)
        click.echo(f"{path.relative_to(workbooks.ROOT)} is obsolete{'' if check else ' and was removed'}.", err=check)
        if not check:
            path.unlink()
    return different


def _draw(path: Path, out: Path) -> None:
    """Draw the sheet that an analyst looks at first."""
    out.parent.mkdir(exist_ok=True)
    write_file(out, office.draw_png(office.draw_pdf(freeze_formulas(path, ["Outputs"], one_page=True), path), path))
    click.echo(str(out.relative_to(workbooks.ROOT)))


if __name__ == "__main__":
    main(prog_name="python -m workbooks")
