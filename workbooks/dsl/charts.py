"""Native charts in the house style, each with the titles of its axes and a note on its source."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.worksheet import Worksheet

from workbooks.dsl.declarations import Chart, Curve
from workbooks.dsl.layout import CellSlot, Layout
from workbooks.dsl.style import HEAD, INK, LABEL, MUTED, SERIES
from xlfuncs.catalogue.template_layout import CHART_COLOURS, SCENARIOS

WIDTH, HEIGHT = 640, 360
_ROWS, _GAP = 18, 2  # of a chart, at the default height of 20 pixels a row


def write_sheet(layout: Layout, charts: Sequence[Chart]) -> None:
    """The sheet of charts, two beside each other, a note below each."""
    book = layout.book
    page = book.sheet(
        "Charts", "Charts", "The results as pictures; each follows the switches", "output", (3, *[13] * 15), 15
    )
    insert(layout, page, charts, HEAD)
    two = 2 * (_ROWS + _GAP + 1)
    page.set_h_pagebreaks(range(HEAD + two - 1, 20 * _ROWS, two))  # a row above, or the border of the next shows


def insert(layout: Layout, page: Worksheet, charts: Sequence[Chart], row: int, columns: Sequence[int] = (1, 8)) -> None:
    """Charts beside each other from a row on."""
    for number, chart in enumerate(charts):
        at = row + (number // len(columns)) * (_ROWS + _GAP + 1)
        column = columns[number % len(columns)]
        options = {"description": chart.title, "object_position": 1, "y_offset": 3}  # clear of the break of a page
        page.insert_chart(at, column, _make_chart(layout, chart), options)
        page.write_string(
            at + _ROWS, column, f"Source: {chart.source}", layout.book.style(font_color=MUTED, italic=True, font_size=9)
        )


def _make_chart(layout: Layout, chart: Chart) -> Any:
    options = {"type": chart.kind} | ({"subtype": "stacked"} if chart.stacked else {})
    native = layout.book.book.add_chart(options)
    for number, curve in enumerate(chart.curves):
        native.add_series(_series(layout, chart, curve, CHART_COLOURS[number % len(CHART_COLOURS)]))
    native.set_title({"name": chart.title, "name_font": {"size": 12, "color": INK}, "overlay": False})
    native.set_size({"width": WIDTH, "height": HEIGHT})
    visible = [number for number, curve in enumerate(chart.curves) if not curve.hidden]
    hidden = [number for number, curve in enumerate(chart.curves) if curve.hidden]
    if len(visible) > 1 and chart.legend:
        native.set_legend({"position": "bottom", "delete_series": hidden} if hidden else {"position": "bottom"})
    else:
        native.set_legend({"none": True})
    native.set_chartarea({"border": {"color": "#CBD5E1"}})
    lines = {"visible": True, "line": {"color": "#E5E7EB"}}
    font, title = {"size": 9, "color": INK}, {"size": 9, "bold": False, "color": MUTED}
    across: dict[str, Any] = {"name": chart.x, "num_font": font, "name_font": title, "label_position": "low"}
    up: dict[str, Any] = {
        "name": chart.y,
        "num_font": font,
        "name_font": title,
        "num_format": chart.number_format,
        "major_gridlines": lines,
    }
    if chart.x_format:
        across["num_format"] = chart.x_format
    if chart.log:
        up["log_base"] = 10
    if chart.kind == "bar":  # the axis of categories stands up
        across, up = up, across
        up["reverse"] = chart.reverse
        if chart.reverse:
            across["label_position"] = "low"
    native.set_x_axis(across)
    native.set_y_axis(up)
    return native


def _series(layout: Layout, chart: Chart, curve: Curve, color: str) -> dict[str, Any]:
    series: dict[str, Any] = {"name": curve.name, "values": _range(layout, curve.values)}
    series["categories"] = _range(layout, curve.categories, curve.values)
    shade = curve.color or color
    if curve.hidden:
        series |= {"fill": {"none": True}, "border": {"none": True}}
    elif chart.kind == "line" or chart.kind == "radar":
        series["line"] = {"color": shade, "width": 2.25}
    elif curve.joined:
        series |= {"line": {"color": shade, "width": 2.25}, "marker": {"type": "none"}}
    elif chart.kind == "scatter":
        series["marker"] = {"type": "circle", "size": 7, "fill": {"color": shade}, "border": {"color": shade}}
    else:
        series |= {"fill": {"color": shade}, "gap": 40, "overlap": 100 if chart.stacked else 0}
    if curve.negative:
        series |= {"invert_if_negative": True, "invert_if_negative_color": curve.negative}
    if curve.tagged:
        series["data_labels"] = {"series_name": True, "position": "above", "font": {"size": 9, "color": shade}}
    if curve.points:
        series["points"] = [{"fill": {"color": point}} for point in curve.points]
    return series


def tornado(
    title: str, source: str, number: int = 1, unit: str = "", number_format: str = "General", main: bool = False
) -> Chart:
    """The chart of a sensitivity's tornado: the change of the result from each argument's ends, widest on top."""
    curves = [
        Curve(name, f"tornado{number}_{end}", f"tornado{number}_labels", color)
        for name, end, color in (("Bear end", "bear", "#DC2626"), ("Bull end", "bull", "#2563EB"))
    ]
    label = f"change in the result, {unit}" if unit else "change in the result"
    return Chart("bar", title, "input", label, source, curves, True, number_format, main, reverse=True)


def _range(layout: Layout, place: str, beside: str = "") -> list[Any]:
    """The cells of a place, as the writer wants them."""
    if place == "scenarios":
        name = layout.slot(beside).sheet
        return [name, HEAD, SERIES, HEAD, SERIES + len(SCENARIOS) - 1]
    if place.startswith("labels_of_"):
        slot = layout.slot(f"{place.removeprefix('labels_of_')}_1")
        return [slot.sheet, slot.row, LABEL, slot.row + slot.rows - 1, LABEL]
    if ".." in place:
        ends, _, column = place.partition("@")
        first, last = (layout.slot(key) for key in ends.split(".."))
        at = ord(column) - ord("A")
        return [first.sheet, first.row, at, last.row, at]
    return _cells(layout.slot(place))


def _cells(slot: CellSlot) -> list[Any]:
    if slot.rows > 1:
        return [slot.sheet, slot.row, slot.column, slot.row + slot.rows - 1, slot.column]
    return [slot.sheet, slot.row, SERIES, slot.row, SERIES + slot.series - 1]
