"""Writes a declared template: the sheets, in the order in which they are read."""

from __future__ import annotations

from pathlib import Path

from workbooks import charts, front, results
from workbooks.house import Book
from workbooks.inputs import Inputs, rate, timeline
from workbooks.layout import Layout
from workbooks.model import Template

_COLUMNS_OF_OUTPUTS = (1, 5)


def write(template: Template, path: Path, host: str = "") -> None:
    """Write the workbook for a host; its values are filled in by a refresh."""
    book = Book(path, template.name, template.title, host)
    layout = Layout(book, template.timeline.periods if template.timeline else 0)
    inputs = Inputs(layout, template.inputs, rate())
    cover = front.cover(book, template.purpose)
    contents = book.sheet("Contents", "Contents", "Every sheet, and what it is for", "info", (3, 24, 110), 2)
    front.guide(book, template.guide)
    inputs.write()
    inputs.scenarios()
    if template.timeline:
        timeline(layout, template.timeline)
    inputs.data()
    for calc in template.calcs:
        layout.calc(calc)
    below = results.outputs(layout, template.outputs)
    results.sensitivities(layout, template.sensitivities)
    main = [chart for chart in template.charts if chart.main]
    charts.place(layout, book.worksheets["Outputs"], main, below, _COLUMNS_OF_OUTPUTS)
    book.worksheets["Outputs"].set_h_pagebreaks([below])
    charts.sheet(layout, template.charts)
    results.claims(layout, template.claims)
    results.checks(layout, template.checks, [calc.name for calc in template.calcs], max(inputs.rows.values()) + 1)
    results.log(book)
    front.functions(book)
    front.sources(book, inputs.all)
    front.contents(book, contents)
    headline = [one for _, group in template.outputs for one in group if one.headline]
    front.headlines(layout, cover, headline)
    book.close()
