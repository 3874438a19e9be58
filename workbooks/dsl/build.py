"""Writes a declared template: the sheets, in the order in which they are read."""

from __future__ import annotations

from pathlib import Path

from workbooks.dsl import charts, front_matter, output_sheets
from workbooks.dsl.declarations import Template
from workbooks.dsl.inputs_sheet import Inputs, exchange_rate, write_timeline
from workbooks.dsl.layout import Layout
from workbooks.dsl.style import Book

_CHART_COLUMNS = (1, 5)


def write(template: Template, path: Path) -> None:
    """Write the workbook; its values are filled in by a refresh."""
    book = Book(path, template.name, template.title)
    layout = Layout(book, template.timeline.periods if template.timeline else 0)
    inputs = Inputs(layout, template.inputs, exchange_rate())
    cover = front_matter.write_cover(book, template.purpose)
    contents = book.sheet("Contents", "Contents", "Every sheet, and what it is for", "info", (3, 24, 110), 2)
    front_matter.write_guide(book, template.guide)
    inputs.write()
    inputs.write_scenarios()
    if template.timeline:
        write_timeline(layout, template.timeline)
    inputs.write_data()
    for calc in template.calcs:
        layout.write_calculation(calc)
    below = output_sheets.write_outputs(layout, template.outputs)
    output_sheets.write_sensitivities(layout, template.sensitivities)
    main = [chart for chart in template.charts if chart.main]
    charts.insert(layout, book.worksheets["Outputs"], main, below, _CHART_COLUMNS)
    book.worksheets["Outputs"].set_h_pagebreaks([below])
    charts.write_sheet(layout, template.charts)
    output_sheets.write_claims(layout, template.claims)
    output_sheets.write_checks(
        layout, template.checks, [calc.name for calc in template.calcs], max(inputs.rows.values()) + 1
    )
    output_sheets.write_log(book)
    front_matter.write_functions(book)
    front_matter.write_sources(book, inputs.all)
    front_matter.write_contents(book, contents)
    headline = [output for _, group in template.outputs for output in group if output.headline]
    front_matter.write_headlines(layout, cover, headline)
    book.close()
