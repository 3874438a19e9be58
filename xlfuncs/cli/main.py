"""The command line: `xlfuncs --help`."""

from __future__ import annotations

from typing import Any

import click

from xlfuncs.cli import addin, check, data, functions, refresh, render, simulate, templates
from xlfuncs.cli.output import USAGE
from xlfuncs.core.version import VERSION


class _Program(click.Group):
    """A group whose usage errors exit with `USAGE`."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        try:
            return super().make_context(*arguments, **options)
        except click.UsageError as error:
            vars(error)["exit_code"] = USAGE  # of this error alone: the class is click's
            raise

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except click.UsageError as error:
            vars(error)["exit_code"] = USAGE  # of this error alone: the class is click's
            raise


@click.group(cls=_Program, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(VERSION, prog_name="xlfuncs")
def main() -> None:
    """Worksheet functions and workbooks to value AI companies and compare the US and China."""


for command in (
    functions.evaluate_formula, functions.list_functions, functions.show, templates.new, refresh.refresh, check.check,
    render.write_report, render.render, render.recalc, simulate.simulate, addin.addin, addin.serve, data.data,
):  # fmt: skip
    main.add_command(command)
