"""What a report takes from a workbook: its facts, outputs, claims, checks and charts, and inputs of the user's own."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml.package import Package
from xlfuncs.report.numbers import shown

_FIRST = 5  # the row below the headings of a table of ours
VERDICTS = ("supported", "contradicted", "depends", "not testable")


@dataclass(frozen=True)
class Row:
    """A line of a table, as text."""

    cells: tuple[str, ...]
    heading: bool = False


@dataclass(frozen=True)
class Curve:
    """A series of a chart with its values."""

    name: str
    values: list[float | None]
    categories: list[str]
    color: str = ""
    points: dict[int, str] = field(default_factory=dict)
    hidden: bool = False


@dataclass(frozen=True)
class Picture:
    """A chart: its kind, titles and series."""

    kind: str
    title: str
    x: str
    y: str
    curves: list[Curve]
    stacked: bool
    reverse: bool
    number_format: str


@dataclass
class Content:
    """All that a report shows."""

    name: str
    title: str
    sheets: list[str]
    facts: list[tuple[str, str]] = field(default_factory=list)
    switches: list[tuple[str, str]] = field(default_factory=list)
    headlines: list[Row] = field(default_factory=list)
    outputs: list[Row] = field(default_factory=list)
    claims: list[dict[str, str]] = field(default_factory=list)
    checks: list[Row] = field(default_factory=list)
    own: list[Row] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


def read(path: Path) -> Content:
    """The content of a report; raises `WorkbookRejected` where the file is no workbook or names no results."""
    Package(path)  # what it refuses, openpyxl must not see
    book = openpyxl.load_workbook(path, data_only=True)
    content = Content(path.name, book.properties.title or path.stem, book.sheetnames)
    ours = "xlfuncs template" in {one.name for one in book.custom_doc_props.props}
    if ours:
        _ours(book, content)
    else:
        content.outputs = list(_named(book))
    content.pictures = [
        one for sheet in _drawn(book, ours) for chart in sheet._charts if (one := _picture(book, chart))
    ]
    if not content.outputs and not content.pictures:
        raise WorkbookRejected(f"{path} has nothing to report: no cells named out_... and no charts.")
    return content


def _ours(book: Any, content: Content) -> None:
    cover = book["Cover"]
    for row in cover.iter_rows(min_row=6, max_row=12):
        if row[1].value:
            content.facts.append((str(row[1].value), _text(row[2])))
    content.headlines = [
        Row((_text(row[1]), _text(row[2]), _text(row[3])))
        for row in cover.iter_rows(min_row=15)
        if row[1].value and row[2].value is not None
    ]
    content.switches = [
        (label, str(_named_cell(book, name).value))
        for name, label in (("sc_active", "Scenario"), ("sc_currency", "Currency"))
    ]
    for row in book["Outputs"].iter_rows(min_row=_FIRST):
        if row[0].value:
            content.outputs.append(Row((str(row[0].value),), True))
        elif row[1].value and row[3].value is not None:
            cells = (row[1], row[2], row[3], row[7], row[8], row[9], row[5])
            content.outputs.append(Row(tuple(_text(one) for one in cells)))
    names = [str(one.value or "").strip().lower() for one in book["Claims"][_FIRST - 1]]
    for row in book["Claims"].iter_rows(min_row=_FIRST):
        claim = {name: _text(one) for name, one in zip(names, row, strict=False) if name}
        if claim.get("verdict") in VERDICTS:
            content.claims.append(claim)
    for row in book["Checks"].iter_rows(min_row=_FIRST):
        if row[1].value and row[5].value is not None:
            content.checks.append(Row((str(row[1].value), "passes" if row[5].value == 1 else "FAILS")))
    for row in book["Data"].iter_rows(min_row=_FIRST):
        if row[12].value == "changed":
            content.own.append(Row((_text(row[1]), _text(row[2]), _text(row[5]), _text(row[3]))))


def _named(book: Any) -> Any:
    """The cells that a workbook of others names as outputs."""
    for name in book.defined_names:
        if name.lower().startswith("out_"):
            cell = _named_cell(book, name)
            if cell is not None:
                yield Row((name[4:].replace("_", " "), "", _text(cell), "", "", "", ""))


def _named_cell(book: Any, name: str) -> Any:
    places = list(book.defined_names[name].destinations)
    if len(places) != 1 or ":" in places[0][1]:
        return None
    sheet, address = places[0]
    return book[sheet][address.replace("$", "")]


def _text(cell: Any) -> str:
    return shown(cell.value, cell.number_format)


def _drawn(book: Any, ours: bool) -> list[Any]:
    return [book["Charts"]] if ours else [one for one in book.worksheets if one._charts]


def _picture(book: Any, chart: Any) -> Picture | None:
    """A chart of a kind that can be drawn, with the values of its series."""
    kind = {"LineChart": "line", "BarChart": "bar", "RadarChart": "radar", "ScatterChart": "scatter"}.get(
        type(chart).__name__
    )
    if kind is None:
        return None
    if kind == "bar" and chart.barDir == "col":
        kind = "column"
    curves = [one for series in chart.series if (one := _curve(book, series, kind)) is not None]
    x, y = getattr(chart, "x_axis", None), getattr(chart, "y_axis", None)
    if not any(one.values for one in curves):
        return None
    return Picture(
        kind,
        _title(chart.title),
        _title(getattr(x, "title", None)),
        _title(getattr(y, "title", None)),
        curves,
        getattr(chart, "grouping", "") == "stacked",
        bool(x is not None and x.scaling is not None and x.scaling.orientation == "maxMin"),
        getattr(getattr(y, "numFmt", None), "formatCode", None) or getattr(y, "number_format", None) or "General",
    )


def _curve(book: Any, series: Any, kind: str) -> Curve | None:
    values = series.yVal if kind == "scatter" else series.val
    categories = series.xVal if kind == "scatter" else series.cat
    if values is None or values.numRef is None:
        return None
    numbers = [
        float(one.value) if isinstance(one.value, (int, float)) else None for one in _cells(book, values.numRef.f)
    ]
    place = categories and (categories.numRef or categories.strRef)
    labels = [_text(one) for one in _cells(book, place.f)] if place else [str(n) for n in range(1, len(numbers) + 1)]
    fill = series.graphicalProperties
    points = {one.idx: _color(one.graphicalProperties) for one in series.dPt or () if one.graphicalProperties}
    hidden = bool(fill is not None and fill.noFill)
    return Curve(_name(book, series.tx), numbers, labels, _color(fill), points, hidden)


def _color(fill: Any) -> str:
    if fill is None:
        return ""
    for paint in (getattr(fill, "solidFill", None), getattr(fill.line, "solidFill", None) if fill.line else None):
        color = getattr(paint, "srgbClr", None)
        color = getattr(color, "val", color)
        if color:
            return f"#{color}"
    return ""


def _name(book: Any, text: Any) -> str:
    if text is None:
        return ""
    if text.v:
        return str(text.v)
    return " ".join(_text(one) for one in _cells(book, text.strRef.f)) if text.strRef else ""


def _cells(book: Any, reference: str) -> list[Any]:
    sheet, _, area = reference.rpartition("!")
    name = sheet.strip("'").replace("''", "'")
    if name not in book.sheetnames:
        return []
    left, top, right, bottom = range_boundaries(area.replace("$", ""))
    return [one for row in book[name].iter_rows(top, bottom, left, right) for one in row]


def _title(title: Any) -> str:
    """The text of a title of a chart or an axis."""
    if title is None or title.tx is None or title.tx.rich is None:
        return ""
    return "".join(run.t for one in title.tx.rich.p for run in one.r or ())
