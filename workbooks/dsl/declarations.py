"""What a template declares: inputs, calculations, outputs, sensitivities, charts, claims and checks.

Formulas name other lines in braces. `{key}` is the cell of the same column where the line has a series and the
cell of its value where it has none; `{key$}` is the value in use; `{key:}` the whole series; `{key<}` the period
before; `{key.total}` the total; `{first..last}` a column of lines, `{first..last#}` their labels. A line of another
sheet is brought in by a row of links, made when it is first named.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from xlfuncs import data
from xlfuncs.catalogue.template_layout import STALE_AFTER
from xlfuncs.core import units
from xlfuncs.data import tables

REVIEWED = dt.date(2026, 11, 24)  # the day on which the assumptions were last gone through


@dataclass(frozen=True)
class Input:
    """A number that the analyst may change, with its range.

    `side` is 1 where its high end is good for what the template values, -1 where its low end is, 0 where it stays.
    """

    key: str
    label: str
    unit: str
    low: float
    base: float
    high: float
    side: int
    source_key: str
    as_of: dt.date
    grade: str
    source: str
    link: str = ""
    note: str = ""
    least: float | None = None
    most: float | None = None


@dataclass(frozen=True)
class Row:
    """A row of calculation: one formula across its series; `constant` where it has a value only.

    `total` is the formula of its total, or "sum". `opening` is what stands before the first period.
    """

    key: str
    label: str
    unit: str
    formula: str
    note: str = ""
    constant: bool = False
    total: str = ""
    opening: str = ""


@dataclass(frozen=True)
class SpillBlock:
    """A block with columns of its own: the spill of one function, under headings.

    `cells` names single cells of it, by row and column, for other lines; `units` has one for each column.
    """

    key: str
    label: str
    unit: str
    formula: str
    headings: tuple[str, ...]
    units: tuple[str, ...]
    rows: int
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    note: str = ""
    labels: Sequence[str] = ()


@dataclass(frozen=True)
class TableBlock:
    """A block of rows with columns of its own: each column a text, or a formula with `{r}` for the row.

    Columns start at H; `cells` as in a grid. A cell that is `{key}` is a link to that line, `{key@1}` to its first
    scenario.
    `heat` colours it below its first row and right of its first column, from low to high.
    """

    key: str
    label: str
    unit: str
    headings: tuple[str, ...]
    units: tuple[str, ...]
    rows: Sequence[Sequence[str | float]]
    cells: dict[str, tuple[int, int]] = field(default_factory=dict)
    labels: Sequence[str] = ()
    heat: bool = False


Block = Row | SpillBlock | TableBlock


@dataclass(frozen=True)
class Calc:
    """A sheet of calculation: its series are the scenarios, or the periods of the timeline where `over_time`.

    A `table` has no series; its blocks have columns of their own, and what it takes from elsewhere is the value in use.
    """

    name: str
    title: str
    about: str
    sections: Sequence[tuple[str, Sequence[Block]]]
    over_time: bool = False
    prefix: str = ""
    table: bool = False


@dataclass(frozen=True)
class Timeline:
    """The periods of the model, each of some months, and the flags over them."""

    periods: int
    months: int
    start_key: str
    flags: Sequence[Row] = ()


@dataclass(frozen=True)
class Output:
    """A result that the analyst opens the workbook for; named `out_...`, on the Cover where it is a headline."""

    name: str
    label: str
    key: str
    note: str = ""
    headline: bool = False


@dataclass(frozen=True)
class Sensitivity:
    """One function and the lines that are its arguments, in order; `x` and `y` are the arguments of the grids."""

    function: str
    title: str
    arguments: Sequence[tuple[str, str]]
    x: str
    y: str


@dataclass(frozen=True)
class Curve:
    """A series of a chart: where its values and its categories are.

    A place is `key` for a series, `first..last@D` for a column of lines, `key_2` for the second column of a grid,
    `labels_of_key` for the labels of its rows, and `scenarios` for their names. `negative` is the colour of values below 0.
    In a scatter, `joined` draws a line through the points, and `tagged` writes the name beside them.
    """

    name: str
    values: str
    categories: str
    color: str = ""
    hidden: bool = False
    points: tuple[str, ...] = ()
    negative: str = ""
    joined: bool = False
    tagged: bool = False


@dataclass(frozen=True)
class Chart:
    """A native chart with titles of its axes and a note on its source; `main` charts stand on Outputs too.

    `x_format` is the number format of its categories, where they are numbers; without `legend` its colours must speak.
    """

    kind: str
    title: str
    x: str
    y: str
    source: str
    curves: Sequence[Curve]
    stacked: bool = False
    number_format: str = "General"
    main: bool = False
    log: bool = False
    reverse: bool = False
    x_format: str = ""
    legend: bool = True


@dataclass(frozen=True)
class Check:
    """Two results that must agree."""

    label: str
    result: str
    again: str
    tolerance: float = 1e-9


@dataclass(frozen=True)
class Claim:
    """A claim of the article in our words: what measures it, and on which side of the threshold it holds.

    `measure` is a line with scenarios, or three lines for the low, base and high of what is uncertain; none where
    there is no dated figure to test it. Values on both sides of the threshold make the verdict `depends`.
    """

    id: str
    says: str
    functions: str
    measured: str
    measure: str | tuple[str, str, str] = ""
    threshold: float = 0
    flips: str = ""
    source: str = ""
    above: bool = True


@dataclass(frozen=True)
class Template:
    """A whole workbook."""

    name: str
    title: str
    purpose: str
    guide: Sequence[tuple[str, Sequence[str]]]
    inputs: Sequence[tuple[str, Sequence[Input]]]
    calcs: Sequence[Calc]
    outputs: Sequence[tuple[str, Sequence[Output]]]
    sensitivities: Sequence[Sensitivity]
    charts: Sequence[Chart]
    checks: Sequence[Check]
    claims: Sequence[Claim]
    timeline: Timeline | None = None


def fact(
    source_key: str,
    key: str = "",
    label: str = "",
    side: int = 0,
    unit: str = "",
    spread: float = 0,
    note: str = "",
    least: float | None = None,
    most: float | None = None,
) -> Input:
    """An input from the data set, in its own unit or another; `spread` is a range assumed where it has none."""
    figure = data.figure(source_key)
    unit = unit or figure.unit
    low, base, high = (
        data.convert(value, figure.unit, unit, figure.as_of) for value in (figure.low, figure.value, figure.high)
    )
    if spread and low == high:
        low, high = base * (1 - spread), base * (1 + spread)
        note = note or f"Range assumed: {spread:.0%} either way"
    note = note or figure.note
    if REVIEWED - figure.as_of > STALE_AFTER and figure.confidence != "assumption":
        note = f"{note.rstrip('.')}; the newest known" if note else "The newest known"
    words = tables.metrics().get(figure.metric, {"meaning": figure.metric})["meaning"]
    return Input(
        key or figure.metric.removeprefix("model_"),
        label or words.removesuffix(" (comparison model).").removesuffix("."),
        units.spell_unit(unit),
        low,
        base,
        high,
        side,
        source_key,
        figure.as_of,
        figure.confidence,
        figure.source.title,
        figure.source.url,
        note,
        least,
        most,
    )


def assumed(
    key: str,
    label: str,
    unit: str,
    low: float,
    base: float,
    high: float,
    side: int = 0,
    reason: str = "",
    least: float | None = None,
    most: float | None = None,
) -> Input:
    """An input without a source, and the reason for its value."""
    return Input(
        key, label, unit, low, base, high, side, f"assumption.{key}", REVIEWED, "assumption",
        f"Assumption: {reason or 'a round figure, to be replaced by your own'}", "", "", least, most,
    )  # fmt: skip
