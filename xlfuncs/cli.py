"""The command line: `xlfuncs --help`."""

from __future__ import annotations

import json
import sys
from typing import Any, NoReturn

import click

from xlfuncs import REGISTRY, __version__
from xlfuncs.core.errors import CellError

DONE, ERROR, REFUSED, STALE, USAGE = 0, 1, 2, 3, 64


click.UsageError.exit_code = USAGE  # as in sysexits.h, so that 2 can mean refused


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="xlfuncs")
def main() -> None:
    """Worksheet functions and workbooks to value AI companies and compare the US and China."""


@main.command("eval")
@click.argument("formula", required=False)
@click.option("--json", "as_lines", is_flag=True, help="One formula a line in, one JSON value a line out.")
def evaluate_formula(formula: str | None, as_lines: bool) -> None:
    """Evaluate FORMULA, such as '=LTV_CAC(100, 0.8, 0.05, 400)'.

    With --json, reads one formula a line from standard input (or takes FORMULA) and writes one JSON value a
    line: a number, text, a bool, a list of rows, or {"error": ..., "why": ...}.
    """
    from xlfuncs.hosts.headless.evaluate import Evaluator, as_json

    evaluator = Evaluator(REGISTRY)
    if as_lines:
        for line in [formula] if formula is not None else sys.stdin:
            click.echo(json.dumps(as_json(evaluator.value(line.rstrip("\n"))), ensure_ascii=False, allow_nan=False))
        return
    if formula is None:
        raise click.UsageError("Give a formula, or --json to read formulas from standard input.")
    value = evaluator.value(formula)
    if isinstance(value, CellError):
        click.echo(f"{value.code}  {value.why}")
        sys.exit(ERROR)
    for row in value if isinstance(value, list) else [[value]]:
        click.echo("\t".join(_cell_text(cell) for cell in row))


def _cell_text(cell: Any) -> str:
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    return f"{cell:.15g}" if isinstance(cell, float) else "" if cell is None else str(cell)


@main.command("list")
@click.option("--json", "as_lines", is_flag=True, help="The catalogue as JSON.")
def list_functions(as_lines: bool) -> None:
    """List all functions by category."""
    if as_lines:
        click.echo(json.dumps([_facts(name) for name in REGISTRY.names], indent=1, ensure_ascii=False))
        return
    from xlfuncs.pages import catalogue

    _print(catalogue(REGISTRY))


@main.command()
@click.argument("name")
@click.option("--json", "as_lines", is_flag=True, help="The page as JSON.")
def show(name: str, as_lines: bool) -> None:
    """Show the page of one function: arguments, units, domains, formula, source, examples."""
    if name not in REGISTRY:
        _fail(_unknown(name), USAGE)
    if as_lines:
        click.echo(json.dumps(_facts(name), indent=1, ensure_ascii=False))
        return
    from xlfuncs.pages import page

    _print(page(REGISTRY[name]))


def _print(text: Any) -> None:
    from rich.console import Console

    Console(width=None if sys.stdout.isatty() else 120, highlight=False).print(text)


def _unknown(name: str) -> str:
    from xlfuncs import evaluate

    return f"{evaluate(name).why} `xlfuncs list` has them all."


def _fail(sentence: str, code: int) -> NoReturn:
    click.echo(sentence, err=True)
    sys.exit(code)


def _facts(name: str) -> dict[str, Any]:
    function = REGISTRY[name]
    return {
        "name": function.name,
        "category": function.category,
        "summary": function.summary,
        "description": function.description,
        "arguments": [
            {
                "name": param.name,
                "shape": param.shape,
                "unit": str(param.unit),
                "meaning": param.meaning,
                "domain": param.domain,
                "required": param.required,
                "default": param.default_text,
            }
            for param in function.params
        ],
        "returns": {
            "shape": function.returns.shape,
            "unit": str(function.returns.unit),
            "columns": list(function.returns.columns),
        },
        "formula": function.formula,
        "source": str(function.source),
        "url": function.source.url,
    }
