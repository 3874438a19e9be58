"""The command `new`."""

from __future__ import annotations

from pathlib import Path

import click
from click.types import StringParamType

import xlfuncs
from xlfuncs.cli.options import host_option
from xlfuncs.core.exceptions import InvalidOption


class _TemplateName(StringParamType):
    """The name of a template; another one is refused before any option is missed."""

    name = "template"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the name; refuse one that no template has."""
        from xlfuncs.services import templates

        try:
            templates.path_of(value)
        except InvalidOption as unknown:
            raise click.UsageError(str(unknown), ctx) from unknown
        return value

    def get_missing_message(self, param: click.Parameter, ctx: click.Context | None) -> str:
        """Return the names there are."""
        return _list_templates()


class _NewCommand(click.Command):
    """A command whose help names the templates."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the names below the options."""
        with formatter.indentation():
            formatter.write_paragraph()
            formatter.write_text(_list_templates())


@click.command(cls=_NewCommand)
@click.argument("template", type=_TemplateName())
@click.option(
    "-o", "--out", required=True, type=click.Path(dir_okay=False, path_type=Path), help="The workbook to write."
)
@host_option("excel", "officejs")
def new(template: str, out: Path, host: str) -> None:
    """Write a fresh copy of TEMPLATE, such as us_china_comparison.

    With --host officejs, formulas are stored as Excel on Mac and on the web stores them.
    """
    click.echo(str(xlfuncs.new_workbook(template, out=out, host=host).out))


def _list_templates() -> str:
    from xlfuncs.services import templates

    return f"The templates are {', '.join(templates.names())}."
