"""The content of a report, read from a workbook: facts, outputs, claims, checks, charts, and inputs changed by hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils import range_boundaries

from xlfuncs.catalogue import template_layout
from xlfuncs.catalogue.template_layout import FIRST_ROW, LABEL, NOTE, SECTION, SERIES, UNIT, VALUE, VERDICTS
from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.xml_guard import refuse_document_types
from xlfuncs.ooxml.package import Package
from xlfuncs.reporting.numbers import format_value

_TEMPLATE_SHEETS = {"Cover", "Outputs", "Claims", "Checks", "Data", "Charts"}
PASSES = "passes"


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

    @property
    def failing_checks(self) -> list[str]:
        """The checks of the workbook that do not pass."""
        return [row.cells[0] for row in self.checks if row.cells[1] != PASSES]


def read_content(path: Path) -> Content:
    """Read the content of a report; raises `WorkbookRejected` for no workbook, or one with nothing to report."""
    Package(path)  # what it refuses, openpyxl must not see
    try:
        refuse_document_types(path)
        book: Any = openpyxl.load_workbook(path, data_only=True)
    except WorkbookRejected:
        raise
    except Exception as problem:  # zlib and openpyxl let many kinds out, of damaged parts and of those not known
        raise WorkbookRejected(f"{path} cannot be read; open it in Excel and save it again.") from problem
    content = Content(path.name, book.properties.title or path.stem, book.sheetnames)
    is_template = template_layout.TEMPLATE_PROPERTY in {prop.name for prop in book.custom_doc_props.props}
    is_template = is_template and set(book.sheetnames) >= _TEMPLATE_SHEETS  # the user may have removed some
    if is_template:
        _read_template(book, content)
    else:
        content.outputs = list(_read_named_outputs(book))
    sheets = [book["Charts"]] if is_template else book.worksheets
    pictures = (_read_chart(book, chart) for sheet in sheets for chart in sheet._charts)
    content.pictures = [picture for picture in pictures if picture]
    if not content.outputs and not content.pictures:
        raise WorkbookRejected(f"{path} has nothing to report: no cells named out_... and no charts.")
    return content


def _read_template(book: Any, content: Content) -> None:
    _read_cover(book["Cover"], content)
    content.switches = [
        (label, str(cell.value))
        for name, label in ((template_layout.SCENARIO_NAME, "Scenario"), (template_layout.CURRENCY_NAME, "Currency"))
        if (cell := _named_cell(book, name)) is not None
    ]
    content.outputs = list(_read_outputs(book["Outputs"]))
    content.claims = list(_read_claims(book["Claims"]))
    for row in book["Checks"].iter_rows(min_row=FIRST_ROW):
        label, passes = _pick(row, template_layout.CHECK_LABEL, template_layout.CHECK_PASSES)
        if label.value and passes.value is not None:
            content.checks.append(Row((str(label.value), PASSES if passes.value == 1 else "fails")))
    for row in book["Data"].iter_rows(min_row=FIRST_ROW):
        (state,) = _pick(row, template_layout.DATA_INPUT)
        if state.value == template_layout.INPUT_CHANGED:
            columns = (
                template_layout.DATA_KEY,
                template_layout.DATA_MEANING,
                template_layout.DATA_VALUE,
                template_layout.DATA_UNIT,
            )
            content.own.append(Row(tuple(_text(cell) for cell in _pick(row, *columns))))


def _read_cover(sheet: Any, content: Content) -> None:
    columns = (template_layout.COVER_LABEL, template_layout.COVER_VALUE, template_layout.COVER_UNIT)
    first = template_layout.COVER_FIRST_FACT
    for row in sheet.iter_rows(min_row=first, max_row=first + len(template_layout.COVER_FACTS) - 1):
        label, value, _ = _pick(row, *columns)
        if label.value:
            content.facts.append((str(label.value), _text(value)))
    for row in sheet.iter_rows(min_row=template_layout.COVER_HEADLINES + 1):
        label, value, unit = _pick(row, *columns)
        if label.value and value.value is not None:
            content.headlines.append(Row((_text(label), _text(value), _text(unit))))


def _read_outputs(sheet: Any) -> Iterator[Row]:
    scenarios = range(SERIES, SERIES + len(template_layout.SCENARIOS))
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        section, label, value = _pick(row, SECTION, LABEL, VALUE)
        if section.value:
            yield Row((str(section.value),), True)
        elif label.value and value.value is not None:
            yield Row(tuple(_text(cell) for cell in _pick(row, LABEL, UNIT, VALUE, *scenarios, NOTE)))


def _read_claims(sheet: Any) -> Iterator[dict[str, str]]:
    """The claims with a verdict, by the headings of their columns."""
    headings = [str(cell.value or "").strip().lower() for cell in sheet[template_layout.HEADING_ROW]]
    for row in sheet.iter_rows(min_row=FIRST_ROW):
        claim = {heading: _text(cell) for heading, cell in zip(headings, row, strict=False) if heading}
        if claim.get("verdict") in VERDICTS:
            yield claim


def _pick(row: tuple[Any, ...], *columns: int) -> tuple[Any, ...]:
    """The cells of a row in some columns, which count from 1."""
    return tuple(row[column - 1] for column in columns)


def _read_named_outputs(book: Any) -> Iterator[Row]:
    """The cells that any other workbook names as outputs."""
    for name in book.defined_names:
        if name.lower().startswith("out_"):
            cell = _named_cell(book, name)
            if cell is not None:
                yield Row((name[4:].replace("_", " "), "", _text(cell), "", "", "", ""))


def _named_cell(book: Any, name: str) -> Any:
    """The cell of a name; None where the name is not there or is not of one cell."""
    destinations = list(book.defined_names[name].destinations) if name in book.defined_names else []
    if len(destinations) != 1 or ":" in destinations[0][1] or destinations[0][0] not in book.sheetnames:
        return None
    sheet, address = destinations[0]
    return book[sheet][address.replace("$", "")]


def _text(cell: Any) -> str:
    return format_value(cell.value, cell.number_format)


def _read_chart(book: Any, chart: Any) -> Picture | None:
    """A chart of a kind that can be drawn, with the values of its series."""
    kind = {"LineChart": "line", "BarChart": "bar", "RadarChart": "radar", "ScatterChart": "scatter"}.get(
        type(chart).__name__
    )
    if kind is None:
        return None
    if kind == "bar" and chart.barDir == "col":
        kind = "column"
    curves = [curve for series in chart.series if (curve := _read_series(book, series, kind)) is not None]
    x, y = getattr(chart, "x_axis", None), getattr(chart, "y_axis", None)
    if not any(curve.values for curve in curves):
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


def _read_series(book: Any, series: Any, kind: str) -> Curve | None:
    values = series.yVal if kind == "scatter" else series.val
    categories = series.xVal if kind == "scatter" else series.cat
    if values is None or values.numRef is None:
        return None
    cells = _cells(book, values.numRef.f)
    numbers = [float(cell.value) if isinstance(cell.value, (int, float)) else None for cell in cells]
    reference = categories and (categories.numRef or categories.strRef)
    labels = [_text(cell) for cell in _cells(book, reference.f)] if reference else _numbered(len(numbers))
    fill = series.graphicalProperties
    points = {point.idx: _color(point.graphicalProperties) for point in series.dPt or () if point.graphicalProperties}
    hidden = bool(fill is not None and fill.noFill)
    return Curve(_name(book, series.tx), numbers, labels, _color(fill), points, hidden)


def _numbered(count: int) -> list[str]:
    """The labels of points without categories."""
    return [str(number) for number in range(1, count + 1)]


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
    return " ".join(_text(cell) for cell in _cells(book, text.strRef.f)) if text.strRef else ""


def _cells(book: Any, reference: str) -> list[Any]:
    sheet, _, area = reference.rpartition("!")
    name = sheet.strip("'").replace("''", "'")
    if name not in book.sheetnames:
        return []
    try:
        left, top, right, bottom = range_boundaries(area.replace("$", ""))
    except ValueError:  # a name, or several areas
        return []
    return [cell for row in book[name].iter_rows(top, bottom, left, right) for cell in row]


def _title(title: Any) -> str:
    """The text of a title of a chart or an axis."""
    if title is None or title.tx is None or title.tx.rich is None:
        return ""
    return "".join(run.t for paragraph in title.tx.rich.p for run in paragraph.r or ())
