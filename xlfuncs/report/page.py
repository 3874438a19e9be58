"""The report as one page of HTML, which asks for nothing from elsewhere."""

from __future__ import annotations

from collections import Counter

from xlfuncs.core.version import VERSION
from xlfuncs.report.drawing import svg
from xlfuncs.report.reading import VERDICTS, Content


def html(content: Content) -> str:
    """The page."""
    from jinja2 import Environment, PackageLoader
    from markupsafe import Markup

    environment = Environment(loader=PackageLoader("xlfuncs.report", "."), autoescape=True, trim_blocks=True)
    drawings = [(one.title, Markup(svg(one, number))) for number, one in enumerate(content.pictures)]
    verdicts = Counter(claim["verdict"] for claim in content.claims)
    counts = [(word, verdicts[word]) for word in VERDICTS if verdicts[word]]
    failing = [one for one in content.checks if one.cells[1] != "passes"]
    page: str = environment.get_template("page.html").render(
        content=content, drawings=drawings, counts=counts, failing=failing, version=VERSION
    )
    return page
