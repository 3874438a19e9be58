"""Charts as SVG, drawn by matplotlib from the values of a workbook."""

from __future__ import annotations

import io
import re
from typing import Any

from xlfuncs.catalogue.template_layout import CHART_COLOURS
from xlfuncs.reporting.numbers import format_value
from xlfuncs.reporting.reading import Picture

_MOST_LABELS = 13


def draw_svg(picture: Picture, number: int) -> str:
    """Draw a chart; the same values give the same text."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: Any = {"svg.hashsalt": "xlfuncs", "svg.fonttype": "none", "font.family": "sans-serif", "font.size": 9}
    with mpl.rc_context(settings):
        figure = Figure(figsize=(6.4, 3.7), layout="constrained")
        if picture.kind == "radar":
            _draw_radar(figure.add_subplot(projection="polar"), picture)
        else:
            axes = figure.add_subplot()
            (_draw_bars if picture.kind in ("bar", "column") else _draw_lines)(axes, picture)
            _label_axes(axes, picture)
        named = [curve for curve in picture.curves if curve.name and not curve.hidden]
        if len(named) > 1:
            figure.legend(loc="outside lower center", ncols=min(len(named), 4), frameon=False)
        out = io.StringIO()
        figure.savefig(out, format="svg", transparent=True, metadata={"Date": None, "Creator": None})
    return _embed(out.getvalue(), number)


def _draw_lines(axes: Any, picture: Picture) -> None:
    for number, curve in enumerate(picture.curves):
        color = curve.color or CHART_COLOURS[number % len(CHART_COLOURS)]
        across: list[float] = list(range(len(curve.values)))
        values = [float("nan") if value is None else value for value in curve.values]
        if picture.kind == "scatter":
            across = [_number_of_label(text, index) for index, text in enumerate(curve.categories)]
            axes.scatter(across, values, color=color, label=curve.name)
        else:
            axes.plot(across, values, color=color, label=curve.name, linewidth=2)
    if picture.kind == "line":
        labels = picture.curves[0].categories
        step = max(1, -(-len(labels) // _MOST_LABELS))
        axes.set_xticks(range(0, len(labels), step), labels[::step])


def _draw_bars(axes: Any, picture: Picture) -> None:
    count = len(picture.curves[0].values)
    flat = picture.kind == "bar"
    base = {1: [0.0] * count, -1: [0.0] * count}
    width = 0.7 if picture.stacked else 0.75 / len(picture.curves)
    for number, curve in enumerate(picture.curves):
        values = [value or 0.0 for value in curve.values]
        colors = [
            curve.points.get(index) or curve.color or CHART_COLOURS[number % len(CHART_COLOURS)]
            for index in range(count)
        ]
        start = [base[1 if value >= 0 else -1][index] if picture.stacked else 0.0 for index, value in enumerate(values)]
        shift = 0.0 if picture.stacked else (number - (len(picture.curves) - 1) / 2) * width
        positions = [index + shift for index in range(count)]
        look: dict[str, Any] = {
            "color": "none" if curve.hidden else colors,
            "label": "" if curve.hidden else curve.name,
        }
        if flat:
            axes.barh(positions, values, width, left=start, **look)
        else:
            axes.bar(positions, values, width, bottom=start, **look)
        for index, value in enumerate(values):
            base[1 if value >= 0 else -1][index] += value
    labels = picture.curves[0].categories
    (axes.set_yticks if flat else axes.set_xticks)(range(count), labels)
    if flat and picture.reverse:
        axes.invert_yaxis()


def _draw_radar(axes: Any, picture: Picture) -> None:
    from math import pi

    labels = picture.curves[0].categories
    angles = [2 * pi * index / len(labels) for index in range(len(labels))]
    for number, curve in enumerate(picture.curves):
        values = [value or 0.0 for value in curve.values]
        color = curve.color or CHART_COLOURS[number % len(CHART_COLOURS)]
        axes.plot([*angles, angles[0]], [*values, values[0]], color=color, label=curve.name, linewidth=2)
    axes.set_xticks(angles, labels)
    axes.set_theta_zero_location("N")
    axes.set_theta_direction(-1)


def _label_axes(axes: Any, picture: Picture) -> None:
    """Titles, grid and the format of the numbers."""
    flat = picture.kind == "bar"
    axes.set_xlabel(picture.y if flat else picture.x)
    axes.set_ylabel("" if flat else picture.y)
    axis = axes.xaxis if flat else axes.yaxis
    axis.grid(True, color="#94A3B8", alpha=0.35, linewidth=0.6)
    axes.set_axisbelow(True)
    (axes.axvline if flat else axes.axhline)(0, color="#64748B", linewidth=0.8)
    axes.spines[["top", "right"]].set_visible(False)
    if picture.number_format not in ("General", ""):
        axis.set_major_formatter(lambda value, _: format_value(value, picture.number_format))


def _number_of_label(text: str, index: int) -> float:
    """The number that a label shows, for a numeric axis; of any other label its position."""
    bare = text.replace(",", "")
    match = re.fullmatch(r"\(?(-?[\d.]+(?:E[+-]?\d+)?)(%?)\)?x?", bare)
    if not match:
        return float(index)
    number = float(match[1]) / (100 if match[2] else 1)
    return -number if bare.startswith("(") else number


def _embed(text: str, number: int) -> str:
    """The svg element alone, with ids unique on the page and text in the colour of the page."""
    body = text[text.index("<svg") :]
    body = re.sub(r'\b(id="|url\(#|xlink:href="#|clip-path="url\(#)', lambda match: f"{match[1]}c{number}-", body)
    body = body.replace("fill: #000000", "fill: currentColor").replace("stroke: #000000", "stroke: currentColor")
    return re.sub(r'(<svg\b[^>]*?) width="[^"]*"', r"\1", re.sub(r'(<svg\b[^>]*?) height="[^"]*"', r"\1", body))
