"""The command line: `xlfuncs --help`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import click

from xlfuncs.cli import addin, check, data, functions, refresh, render, simulate, templates
from xlfuncs.cli.output import USAGE, fail_with
from xlfuncs.core.exceptions import InvalidOption, XlfuncsError
from xlfuncs.core.version import VERSION


class _Program(click.Group):
    """A group that turns each exception of the package into a sentence and an exit code."""

    def make_context(self, *arguments: Any, **options: Any) -> click.Context:
        with _usage_exit_code():
            return super().make_context(*arguments, **options)

    def invoke(self, ctx: click.Context) -> Any:
        with _usage_exit_code():
            try:
                return super().invoke(ctx)
            except InvalidOption as error:
                raise click.UsageError(str(error)) from error
            except XlfuncsError as error:
                fail_with(error)


@contextmanager
def _usage_exit_code() -> Iterator[None]:
    """Let usage errors exit with `USAGE`, without a change to click's class, which other programs import."""
    try:
        yield
    except click.UsageError as error:
        vars(error)["exit_code"] = USAGE
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
