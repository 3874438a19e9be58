"""`python -m workbooks` builds the templates and everything else that is generated; `--help` has the options."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

import workbooks
from xlfuncs import REGISTRY
from xlfuncs.core.file_writing import write_file
from xlfuncs.hosts.libreoffice import office
from xlfuncs.ooxml.snapshot import freeze_formulas
from xlfuncs.reference import html_site, markdown


@click.command()
@click.argument("names", nargs=-1, type=click.Choice(workbooks.NAMES), metavar="[NAME]...")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file differs from what is built.")
@click.option("--pictures", is_flag=True, help="Also draw the Outputs sheet of each template into docs/.")
def main(names: tuple[str, ...], check: bool, pictures: bool) -> None:
    """Build the templates (all, or those named) and, where none is named, the function reference."""
    different = []
    for path, content in _generated(names):
        if path.exists() and path.read_bytes() == content:
            continue
        different.append(path)
        if not check:
            write_file(path, content)
            click.echo(str(path.relative_to(workbooks.ROOT)))
    if check and different:
        click.echo("\n".join(f"{path.relative_to(workbooks.ROOT)} is out of date." for path in different), err=True)
        sys.exit(1)
    if pictures and not check:
        for name in names or workbooks.NAMES:
            _draw(workbooks.TEMPLATES / f"{name}.xlsx", workbooks.ROOT / "docs" / f"{name}.png")


def _generated(names: tuple[str, ...]) -> Iterator[tuple[Path, bytes]]:
    """Every generated file with the content that it should have."""
    for name in names or workbooks.NAMES:
        with tempfile.TemporaryDirectory() as folder:
            built = Path(folder) / f"{name}.xlsx"
            workbooks.build(name, built)
            yield workbooks.TEMPLATES / built.name, built.read_bytes()
    if names:
        return
    package = Path(html_site.HELP).parent
    yield package / "REFERENCE.md", markdown.reference(REGISTRY).encode()
    if find_spec("mkdocs") is None:
        click.echo("The help pages are left as they are; to build them: pip install 'xlfuncs[docs]'.", err=True)
        return
    with tempfile.TemporaryDirectory() as folder:
        html_site.build(REGISTRY, Path(folder))
        for path in sorted(Path(folder).rglob("*")):
            if path.is_file():
                yield html_site.HELP / path.relative_to(folder), path.read_bytes()


def _draw(path: Path, out: Path) -> None:
    """A picture of the sheet that an analyst looks at first."""
    out.parent.mkdir(exist_ok=True)
    write_file(out, office.png(office.pdf(freeze_formulas(path, ["Outputs"], one_page=True), path), path))
    click.echo(str(out.relative_to(workbooks.ROOT)))


if __name__ == "__main__":
    main(prog_name="python -m workbooks")
