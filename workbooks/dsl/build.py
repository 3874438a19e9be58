"""Writes a declared template: the sheets, in the order in which they are read."""

from __future__ import annotations

from pathlib import Path

from workbooks.dsl import charts, front_matter, output_sheets
from workbooks.dsl.declarations import Template
from workbooks.dsl.inputs_sheet import Inputs, rate, timeline
from workbooks.dsl.layout import Layout
from workbooks.dsl.style import Book

_COLUMNS_OF_OUTPUTS = (1, 5)


def write(template: Template, path: Path) -> None:
    """Write the workbook; its values are filled in by a refresh."""
    book = Book(path, template.name, template.title)
    layout = Layout(book, template.timeline.periods if template.timeline else 0)
    inputs = Inputs(layout, template.inputs, rate())
    cover = front_matter.cover(book, template.purpose)
    contents = book.sheet("Contents", "Contents", "Every sheet, and what it is for", "info", (3, 24, 110), 2)
    front_matter.guide(book, template.guide)
    inputs.write()
    inputs.scenarios()
    if template.timeline:
        timeline(layout, template.timeline)
    inputs.data()
    for calc in template.calcs:
        layout.calc(calc)
    below = output_sheets.outputs(layout, template.outputs)
    output_sheets.sensitivities(layout, template.sensitivities)
    main = [chart for chart in template.charts if chart.main]
    charts.place(layout, book.worksheets["Outputs"], main, below, _COLUMNS_OF_OUTPUTS)
    book.worksheets["Outputs"].set_h_pagebreaks([below])
    charts.sheet(layout, template.charts)
    output_sheets.claims(layout, template.claims)
    output_sheets.checks(layout, template.checks, [calc.name for calc in template.calcs], max(inputs.rows.values()) + 1)
    output_sheets.log(book)
    front_matter.functions(book)
    front_matter.sources(book, inputs.all)
    front_matter.contents(book, contents)
    headline = [one for _, group in template.outputs for one in group if one.headline]
    front_matter.headlines(layout, cover, headline)
    book.close()
