"""The commands `eval`, `list` and `show`."""

from __future__ import annotations

import json
import sys

import click

from xlfuncs.cli.output import ERROR, USAGE, cell_text, fail
from xlfuncs.core.errors import CellError
from xlfuncs.functions import REGISTRY


@click.command("eval")
@click.argument("formula", required=False)
@click.option("--json", "as_json", is_flag=True, help="Read one formula per line and print one JSON value per line.")
def evaluate_formula(formula: str | None, as_json: bool) -> None:
    """Evaluate FORMULA, such as '=LTV_CAC(100, 0.8, 0.05, 400)'.

    With --json, reads one formula per line from standard input (or takes FORMULA) and prints one JSON value per
    line: a number, text, a bool, a list of rows, or {"error": ..., "why": ...}.
    """
    from xlfuncs.engine.evaluator import Evaluator, to_json

    evaluator = Evaluator(REGISTRY)
    if as_json:
        for line in [formula] if formula is not None else sys.stdin:
            click.echo(json.dumps(to_json(evaluator.evaluate(line.rstrip("\n"))), ensure_ascii=False, allow_nan=False))
        return
    if formula is None:
        raise click.UsageError("Give a formula, or --json to read formulas from standard input.")
    value = evaluator.evaluate(formula)
    if isinstance(value, CellError):
        click.echo(f"{value.code}  {value.why}")
        sys.exit(ERROR)
    for row in value if isinstance(value, list) else [[value]]:
        click.echo("\t".join(cell_text(cell) for cell in row))


@click.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print the catalogue as JSON.")
def list_functions(as_json: bool) -> None:
    """List all functions by category."""
    from xlfuncs.reference.markdown import describe, format_catalogue

    if as_json:
        click.echo(json.dumps([describe(function) for function in REGISTRY], indent=1, ensure_ascii=False))
        return
    click.echo(format_catalogue(REGISTRY))


@click.command()
@click.argument("name")
@click.option("--json", "as_json", is_flag=True, help="Print the page as JSON.")
def show(name: str, as_json: bool) -> None:
    """Show the page of one function: arguments, units, domains, formula, source, examples."""
    if name not in REGISTRY:
        fail(f"{REGISTRY.describe_unknown(name).why} `xlfuncs list` shows all functions.", USAGE)
    from xlfuncs.reference.markdown import describe, format_page

    if as_json:
        click.echo(json.dumps(describe(REGISTRY[name]), indent=1, ensure_ascii=False))
        return
    text = format_page(REGISTRY[name], REGISTRY)
    if not sys.stdout.isatty():
        click.echo(text)
        return
    from rich.console import Console
    from rich.markdown import Markdown

    Console().print(Markdown(text))
