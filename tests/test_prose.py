"""Sentences that users read are plain English, each of which stands alone.

To check more texts, add a generator of (where, sentence) to `SOURCES`; to check more of each, add a rule to `RULES`.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

import click
import pytest

from tests.cells import evaluate
from xlfuncs import REGISTRY, CellError, audit
from xlfuncs.catalogue import quantities
from xlfuncs.cli.main import main
from xlfuncs.core.arguments import MISSING, Param
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Quantity, Shape
from xlfuncs.core.wording import LONGEST
from xlfuncs.data import curate, user_sources
from xlfuncs.functions.pnl import PNL_INPUTS

Texts = Iterator[tuple[str, str]]

ARGUMENTS = frozenset(
    {param.name for function in REGISTRY for param in function.params} | {*PNL_INPUTS, *curate.COLUMNS}
)


# -- where the sentences are from --------------------------------------------------------------


def meanings() -> Texts:
    """Every quantity of the catalogue, used by a function or not."""
    for name, hint in vars(quantities).items():
        for one in get_args(hint):
            if isinstance(one, Quantity):
                yield f"quantities.{name}", one.meaning


def helps() -> Texts:
    """The help of each argument in the function wizard, whole, as Excel shows it."""
    for function in REGISTRY:
        for param in function.params:
            yield f"{function.name}, {param.name}", param.help
    for param in PNL_INPUTS.values():
        yield f"SUPERAPP_PNL, input {param.name}", param.help


def descriptions() -> Texts:
    """What the wizard and the reference say of each function: the remarks sentence by sentence."""
    for function in REGISTRY:
        yield f"{function.name}, summary", function.summary
        yield f"{function.name}, not for", function.not_for
        for text in (function.description, function.not_for):
            yield from ((f"{function.name}, remarks", one) for one in sentences(text))


def sentences(text: str) -> list[str]:
    return [one for one in re.split(r"(?<=\.) (?=[A-Z])", text) if one]


def declared() -> Texts:
    """The sentences of cross-argument constraints, without values as the reference shows them, and of #N/A."""
    for function in REGISTRY:
        for constraint in function.constraints:
            yield f"{function.name}, constraint", re.sub(r" ?\{\w+\}", "", constraint.message)
        if function.no_answer_message:
            yield f"{function.name}, no answer", function.no_answer_message
        for param in function.params:
            if param.quantity.domain:
                yield f"{function.name}, domain", f"{param.name} must be {param.quantity.domain}."


def produced() -> Texts:
    """What every function says of a mistake in each of its arguments, one at a time, and of mistakes in several."""
    for function in REGISTRY:
        for cells in mistakes(function):
            yield from errors_of(function.name, *cells)
    for name, *cells in MISTAKES:
        found = list(errors_of(name, *cells))
        assert found, (name, cells)
        yield from found


def errors_of(name: str, *cells: Any) -> Texts:
    result = evaluate(name, *cells)
    rows = result if isinstance(result, list) else [[result]]
    for one in (cell for row in rows for cell in row):
        if isinstance(one, CellError):
            yield f"{name}{cells!r:.200}", one.why


def mistakes(function: Function) -> Iterator[list[Any]]:
    example = list(function.examples[0].cells) if function.examples else []
    base = example + [None] * (len(function.params) - len(example))
    yield [*base, 1.0]
    for at, param in enumerate(function.params):
        for wrong in wrongs(param, base[at]):
            yield [*base[:at], wrong, *base[at + 1 :]]


def wrongs(param: Param, given: Any) -> list[Any]:
    """Cells that the argument does not take, or ranges of another size."""
    odd: list[Any] = ["ten", "0.5", 400 * "x", True, 5.0, b"x", math.nan, math.inf]
    odd += [None] if param.default is MISSING else []
    numbers = [math.nextafter(param.low, -math.inf), math.nextafter(param.high, math.inf), 0.0, 0.5, 1e300, -1e300]
    if param.shape_kind is Shape.NUM:
        return odd + numbers + [[[1.0], ["ten"], [0.0]]]
    if param.shape_kind is Shape.TEXT:
        return [*odd, [["ten"], [5.0]]]
    cells = [[*row] for row in given] if isinstance(given, list) else [[0.5, 0.5]]
    first = cells[0][0]
    ranges: list[Any] = [[[one]] for one in (*odd, *numbers)]
    ranges += [[[first, one, first]] for one in (*odd[:6], None, *numbers)]
    ranges += [[*cells, [*row[:-1], "ten"]] for row in cells[:1]]
    return odd + ranges + [[*cells, cells[0]], [[*row, *row] for row in cells], [[0.0] * len(row) for row in cells]]


def refused_data() -> Texts:
    """What is said of rows and of sources of the user's own that cannot be taken."""
    good = dict(
        zip(curate.COLUMNS, ("US", "revenue", "2026-06-30", "1", "USD", "high", "A", "http://a.b", ""), strict=True)
    )
    for field, value in [
        *(("entity", "NOBODY"), ("metric", "vibes"), ("as_of", "soon"), ("as_of", "2999-01-01"), ("value", "much")),
        *(("unit", "share"), ("confidence", "sure"), ("title", ""), ("url", "a.b")),
    ]:
        with pytest.raises(curate.RejectedError) as rejected:
            curate.add(good | {field: value}, dt.date(2026, 9, 30))
        yield f"data add, {field}", str(rejected.value)
    with tempfile.TemporaryDirectory() as folder:
        files = {
            **{f"{number}.csv": text for number, text in enumerate(TABLES)},
            **{"a.xlsx": "no workbook", "a.db": "no database", "a.parquet": "no table", "a.txt": ""},
        }
        (Path(folder) / "empty").mkdir()
        for name, text in files.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        for name in (*files, "empty", "nothing.csv"):
            with pytest.raises(user_sources.SourceError) as refused:
                user_sources.open_source(str(Path(folder) / name))
            yield f"source {name}", str(refused.value).replace(folder, "C:")


TABLES = [
    "entity,metric,value\nA,b,1\n",
    "value\n1\n",
    "key,value,as_of\nA.b,many,2026-01-01\n",
    "key,value,as_of\nA.b,,2026-01-01\n",
    "key,value,as_of\nA.b,1,last week\n",
    "key,value,low,as_of\nA.b,1,2,2026-01-01\n",
    "key,value,as_of\nA.b,inf,2026-01-01\n",
    "key,value,as_of\n",
]

# Arguments that are each in their domain and cannot be together, so that each sentence of a function comes up.
INPUTS = [
    "growth", "wacc", "terminal_growth", "inference_share", "floor_share", "decline", "net_usage_growth", "other_cogs",
    "opex_start", "opex_end", "tax_rate", "sales_to_capital",
]  # fmt: skip


def dist(**changed: list[Any]) -> list[list[Any]]:
    rows = {name: ["fixed", 0.1, None, None] for name in INPUTS} | {"terminal_growth": ["fixed", 0.0, None, None]}
    return [[name, *row] for name, row in (rows | changed).items()]


MISTAKES: list[tuple[Any, ...]] = [
    ("RETENTION_POWER", 3, 7, 0.5, 7, 0.4),
    ("RETENTION_POWER", 9, 7, 0.5, 8, 0.6),
    ("RETENTION_POWER", 3, 7, 0.5, 8, 0.4),
    ("TILTED_WEIGHTS", [[1, 1]], [[0, 0]], 1, [[0.1]]),
    ("TILTED_WEIGHTS", [[1, 1]], [[0, 0]], 1, [[0.9, 0.9]]),
    ("TILTED_WEIGHTS", [[1, 0]], [[0, 0]], 1, None, [[0.5, 1]]),
    ("ASYMMETRY_SCORE", [[1, 2]], [[1]]),
    ("ASYMMETRY_SCORE", [[1]], [[1]], None, None, None, None, [["odd"]]),
    ("ASYMMETRY_SCORE", [[1]], [[1]], None, None, [["I"]], [["D", 1]]),
    ("ASYMMETRY_SCORE", [[1]], [[1]], None, None, [["I"]], [["I", 1], ["i", 1]]),
    ("ASYMMETRY_SCORE", [[1]], [[1]], None, None, [["I"]], [["I", "x"]]),
    ("ASYMMETRY_SCORE", [[1]], [[1]], None, None, [["I"]], [["I", -1]]),
    ("ASYMMETRY_SCORE", [[1]], [[1]], None, None, [["I"]], [["I", 0]]),
    ("ASYMMETRY_SCORE", [[1]], [[0]]),
    ("ASYMMETRY_SCORE", [[0.5]], [[1]], None, None, None, None, [["share"]]),
    ("ASYMMETRY_SCORE", [[1]], [[2]], None, None, None, None, [["diff"]]),
    ("ASYMMETRY_SCORE", [[1]], [[2]], None, [[0]]),
    ("ASYMMETRY_SCORE", [[None, 1]], [[2, None]]),
    ("ASYMMETRY_SCORE", [[None, 1]], [[2, 1]]),
    ("ASYMMETRY_QUANTILE", [[2]], [[1]], 0.5, *[None] * 10, 101),
    ("ASYMMETRY_QUANTILE", [[2]], [[1]], 0.5, *[None] * 8, [[0.1, 0.2]]),
    ("FRICTION_SCORE", [[0.5, 1]], [[1]]),
    ("FRICTION_SCORE", [[0.5, 1]], [[0, 0]]),
    ("FRICTION_SCORE", [[0.5, 1]], None, -1),
    ("PROFIT_POOL_SHARE", [[1, 1]], [[-0.5, 0.5]]),
    ("PROFIT_POOL_SHARE", [[1]], [[-0.5]]),
    ("DECOUPLING_STATE", 0, 0),
    ("COST_PER_SUCCESS", 1, 0),
    ("FINETUNE_BREAKEVEN", 1200, 1, 3),
    ("AUTOMATION_PAYBACK", 100, 200, 80),
    ("MAX_BATCH", 80, 1, 700, 1, 1000, 1000),
    ("TOKEN_PRICE_TREND", [[45000, 45000, 45000]], [[3, 2, 1]]),
    ("TOKEN_PRICE_TREND", [[45000, 45365]], [[3, 2]]),
    ("BREAKEVEN_TOKEN_COST", 1, 1, 1, 0.5, 5),
    ("AI_DATA_HIST", "ZHIPU", "revenue", 30000, 30001),
    ("AI_DATA_HIST", "ZHIPU", "revenue", 45657, 44562),
    ("AI_DATA", "NOBODY", "revenue"),
    ("AI_DATA", "ZHIPU", "revenues"),
    ("AI_DATA", "ZHIPU", "qqqqqq"),
    ("AI_DATA", "ZHIPU", "model_tflops"),
    ("AI_DATA", "ZHIPU", "revenue", 30000),
    ("AI_DATA", "ZHIPU", "revenue", None, "users"),
    ("TOKEN_PRICE", "o33", "output"),
    ("TOKEN_PRICE", "o3", "output", None, "cn"),
    ("GPU_SPEC", "h100", "bw_tbs"),
    ("FX_RATE", "USD", "XXX"),
    ("FX_RATE", "USD", "EUR", 30000),
    ("UNIT_CONVERT", 1, "KWh", "J"),
    ("UNIT_CONVERT", 1, "kWh", "qqqqqq"),
    ("UNIT_CONVERT", 1, "kWh", "h"),
    ("LTV", 1, 1, 0),
    ("SBG_FIT", [[0.5]]),
    ("SBG_FIT", [[0.5, 0.6]]),
    ("PAID_CAC", 1, 1, 0, 1),
    ("CAC_PAYBACK", 100, -1),
    ("NET_REVENUE_RETENTION", 10, 0, 8, 8),
    ("BURN_MULTIPLE", 10, -1),
    ("MC_QUANTILE", [["growth", "fixed", 1, 0, 0]], 0.5),
    ("MC_QUANTILE", [["odd", "fixed", 1, 0, 0]], 0.5),
    ("MC_QUANTILE", [*dist(), ["WACC", "fixed", 1, 0, 0]], 0.5),
    ("MC_QUANTILE", dist(wacc=["fixed", "x", 0, 0]), 0.5),
    ("MC_QUANTILE", dist(wacc=["odd", 1, 0, 0]), 0.5),
    ("MC_QUANTILE", dist(wacc=["normal", 1, -1, 0]), 0.5),
    ("MC_QUANTILE", dist(wacc=["lognormal", 0, 1, 0]), 0.5),
    ("MC_QUANTILE", dist(wacc=["lognormal", 1, -1, 0]), 0.5),
    ("MC_QUANTILE", dist(wacc=["uniform", 1, 0, 0]), 0.5),
    ("MC_QUANTILE", dist(wacc=["triangular", 1, 3, 2]), 0.5),
    ("MC_QUANTILE", dist(wacc=["fixed", -1, 0, 0]), 0.5),
    ("MC_QUANTILE", dist(growth=["fixed", 1e300, 0, 0]), 0.5),
    ("MC_QUANTILE", dist(), 0.5, [[1]]),
    ("MC_QUANTILE", dist(), 0.5, [[2 if x == y else 0 for x in range(12)] for y in range(12)]),
    ("MC_QUANTILE", dist(), 0.5, [[1 if x <= y else 0 for x in range(12)] for y in range(12)]),
    ("MC_QUANTILE", dist(), 0.5, [[1 if x == y else 5 for x in range(12)] for y in range(12)]),
    ("SUPERAPP_PNL", [["users", 1]]),
    ("SUPERAPP_PNL", [["decline", 0.1], ["decline", 0.2]]),
    ("SUPERAPP_PNL", [["decline", "0.1"]]),
    ("SUPERAPP_PNL", [["decline", 1]]),
    ("SUPERAPP_PNL", [["users_peak", 1]]),
    ("SUPERAPP_PNL", [["decline", 0.1, 3]]),
    ("SUPERAPP_PNL", [["decline", 0.1]], [[1], [2]]),
    ("SUPERAPP_PNL", [["decline", 0.1]], 700),
    ("SCENARIO_PICK", "odd", [["Bear", "Base"]], [[1, 2]]),
    ("PERT_INV", 0.5, 3, 2, 1),
    ("MC_RUN", "NOTHING", [[1, 2, 3]]),
    ("MC_RUN", "HHI", [[1, 2, 3]]),
    ("MC_RUN", "CHIP_TPP", [[1, 2, 3]]),
    ("MC_RUN", "LTV", [[1, 2, 3]]),
    ("MC_RUN", "CHIP_TPP", [[3, 2, 1], [1, 2, 3]]),
    ("SENSITIVITY_GRID", "CHIP_TPP", [[1, 1]], 3, [[2]], 2, [[3]]),
    ("SENSITIVITY_GRID", "CHIP_TPP", [[1, 1]], 1, [[2]], 1, [[3]]),
    ("BREAKEVEN_SOLVE", "CHIP_TPP", [[1, 16]], 3, 160, 0, 100),
    ("BREAKEVEN_SOLVE", "CHIP_TPP", [[1, 16]], 1, 160, 0, 1),
    ("BREAKEVEN_SOLVE", "MAX_BATCH", [[80, 4, 70, 1, 327680, 4000]], 1, 100.5, 40, 100),
    ("SOBOL_INDICES", "CHIP_TPP", [[1, 1, 1], [1, 1, 1]], 512),
    ("REQUIRED_DECLINE", 5, 3, 0.5),
    ("BREAKEVEN_TIME", 5, 0.5, 0.1, 0, 0),
    ("VALUE_BREAKEVEN_DECLINE", 1, 100, 0.3, 0.1, 1000),
    ("IMPLIED_GROWTH", 1e9, 5, 5, 0.03, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111),
    ("IMPLIED_GROWTH", 10, 5, 5, 0.2, 0.4, 0.65, 1.2, 0.3, 0.22, 1.5, 0.111),
    ("IMPLIED_MARGIN", 1e9, 0.1, 5, 5, 0.03, 0.5, 9, 0.3, 0.2, 2, 0.1305),
    ("JUSTIFIED_MULTIPLE", 0, 0, 0, 0, 0.6, 0.6, 0.2, 0.2, 0.25, 2, 0.1),
    ("INFERENCE_COST", 1e200, 1e200, 1),
    ("FN_EXPLAIN", "NOTHING"),
    ("CHIP_TPP", [[1], [2], [3]], [[10], [20]]),
]


def command_help() -> Texts:
    """The help of every command and of every option; the names of arguments in capitals stand for themselves."""
    for path, command in commands(main, "xlfuncs"):
        assert command.help, path
        for text in sentences(" ".join(command.help.split())):
            yield path, text
        for param in command.params:
            if isinstance(param, click.Option):
                assert param.help, (path, param.name)
                yield f"{path} --{param.name}", param.help


def commands(command: click.Command, path: str) -> Iterator[tuple[str, click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, inner in command.commands.items():
            yield from commands(inner, f"{path} {name}")


def checks() -> Texts:
    """What the auditor says of each check: its explanation and its remedy, and its title as a sentence."""
    for check in audit.CHECKS.values():
        yield f"{check.id}, title", f"{check.title}."
        for text in (*sentences(" ".join(check.explanation.split())), *sentences(check.remedy)):
            yield check.id, text


SOURCES: list[Callable[[], Texts]] = [
    meanings, helps, descriptions, declared, produced, refused_data, command_help, checks,
]  # fmt: skip
OF_ANY_LENGTH = (command_help, checks)  # which no wizard shows


# Rules that a text of a place need not keep: what is in no wizard may be long.
ALLOWED = {
    ("fits into Excel's wizard", "SUPERAPP_PNL, remarks"),
    ("has no placeholder left", "xlfuncs eval"),  # which shows the form of a JSON object
}


# -- what is asked of each -----------------------------------------------------------------------


@dataclass(frozen=True)
class Rule:
    """What every sentence keeps, with a sentence that does not keep it and one that does."""

    name: str
    keeps: Callable[[str], bool]
    bad: str
    good: str


def starts_well(text: str) -> bool:
    name = re.match(r"[a-z]\w*", text)
    return text[:1].isupper() or text[:1].isdigit() or bool(name and name[0] in ARGUMENTS)


def without(pattern: str, flags: int = 0) -> Callable[[str], bool]:
    found = re.compile(pattern, flags)
    return lambda text: not found.search(text)


PYTHON = re.compile(r"\b(None|True|False|nan|inf|ndarray)\b")  # in what is not a quotation of the user

RULES = [
    Rule("starts with a capital, a digit or an argument", starts_well, "share of users.", "churn is blank."),
    Rule("ends with a full stop", without(r"(?<!\.)\.\.$|[^.]$"), "Did you mean LTV?", "Use LTV."),
    Rule("fits into Excel's wizard", lambda text: 0 < len(text) <= LONGEST, 256 * "A", 255 * "A"),
    Rule(
        "has no pronoun without a noun",
        without(r" (of|after|with|for|in|over) (it|them)[ .,;]"),
        "Saving of a year after it.",
        "Saving per year.",
    ),
    Rule(
        "opens with no pronoun",
        without(r"^(It|They|Them|This|That)\b"),
        "It falls with tenure.",
        "Churn falls with tenure.",
    ),
    Rule(
        "opens with no pronoun for a noun",
        without(r"^(One|These|Those|Each)(\.| (of|is|are|has|have|must|which|that|who|in|with|per)\b)"),
        "Each of the weights.",
        "Each weight is positive.",
    ),
    Rule(
        "opens with no question word", without(r"^(What|Which|Who|Whose|How|Why)\b"), "Which price.", "Kind of price."
    ),
    Rule(
        "uses no unit as a noun",
        without(r"\bin (per |x\b|share\b|shape\b)"),
        "Give a number in per period.",
        "Enter a share.",
    ),
    Rule("has no double spaces", without(r"  "), "Two  spaces.", "One space."),
    Rule("has no space before a mark", without(r" [.,;:](?=\s|$)"), "A mark .", "A mark."),
    Rule("has no placeholder left", without(r"[{}]"), "wacc {wacc} is low.", "wacc (0.1) is low."),
    Rule(
        "has no word of Python",
        lambda text: not PYTHON.search(re.sub(r'"[^"]*"', "", text)),
        "Got None.",
        "Got nothing.",
    ),
    Rule("has one form of large and small numbers", without(r"\d[e][+-]\d"), "Got 1e+06.", "Got 1E+300."),
    Rule(
        "has no single thing in the plural",
        without(r"(?<![\d.,])1 (cells|rows|columns|figures|inputs|arguments)\b"),
        "Got 1 cells.",
        "Got 1 cell.",
    ),
]


@pytest.mark.parametrize("texts_of", SOURCES, ids=lambda texts_of: texts_of.__name__)
def test_sentences_keep_every_rule(texts_of: Callable[[], Texts]) -> None:
    texts = list(texts_of())
    assert len(texts) > 20
    rules = [rule for rule in RULES if not (texts_of in OF_ANY_LENGTH and rule.name.startswith("fits"))]
    broken = [(rule.name, where, text) for where, text in texts for rule in rules if not rule.keeps(text)]
    assert [one for one in broken if one[:2] not in ALLOWED] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_each_rule_can_fail(rule: Rule) -> None:
    assert not rule.keeps(rule.bad)
    assert rule.keeps(rule.good)


def test_wizard_texts_fit_the_limit_of_office_js() -> None:
    texts = [*helps(), *((function.name, function.summary) for function in REGISTRY)]
    assert [one for one in texts if len(one[1]) > 128] == []


def test_a_blank_argument_is_told_with_its_unit() -> None:
    for function in REGISTRY:
        for param in function.params:
            error = param.read(None)
            if param.required:
                assert re.fullmatch(rf"{param.name} is blank; (a|text) .*required( \((unit|scale): .+\))?\.", error.why)


def test_numbers_that_differ_look_different() -> None:
    assert evaluate("LTV", 100, 0.8, 1.0000001).why == "churn must be from 0 to 1; got 1.0000001."
    error = evaluate("JUSTIFIED_MULTIPLE", 0, 5, 5, 0.1000000001, 0.6, 0.6, 0.2, 0.2, 0.25, 2, 0.1)
    assert error.why == "wacc (0.1) must exceed terminal_growth (0.1000000001)."
