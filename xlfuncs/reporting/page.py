"""The report as one HTML page that loads nothing from elsewhere."""

from __future__ import annotations

from collections import Counter

from xlfuncs.catalogue.template_layout import SCENARIOS, VERDICTS
from xlfuncs.core.version import VERSION
from xlfuncs.reporting.drawing import draw_svg
from xlfuncs.reporting.reading import Content


def render_page(content: Content) -> str:
    """Render the page."""
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup

    environment = Environment(loader=PackageLoader("xlfuncs.reporting", "."), autoescape=True, trim_blocks=True)
    drawings = [(picture.title, Markup(draw_svg(picture, number))) for number, picture in enumerate(content.pictures)]
    verdicts = Counter(claim["verdict"] for claim in content.claims)
    counts = [(verdict, verdicts[verdict]) for verdict in VERDICTS if verdicts[verdict]]
    return environment.get_template("page.html").render(
        content=content, drawings=drawings, counts=counts, scenarios=SCENARIOS, version=VERSION
    )
