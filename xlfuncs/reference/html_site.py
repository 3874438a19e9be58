"""The reference as pages to read offline, by MkDocs: an index, and a page a category with an anchor a function."""

from __future__ import annotations

import os
import re
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from xlfuncs.core.exceptions import DeclarationError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.reference.markdown import INTRODUCTION, LIBREOFFICE, page

HELP = Path(__file__).parents[1] / "help"

_THEME = {
    "name": "material",
    "font": False,
    "language": "en",
    "features": ["toc.follow", "navigation.footer"],
    "palette": [
        {"media": "(prefers-color-scheme: light)", "scheme": "default", "primary": "blue grey"},
        {"media": "(prefers-color-scheme: dark)", "scheme": "slate", "primary": "blue grey"},
    ],
}
# What MkDocs adds for servers and for a search, which browsers do not run on files; sitemaps hold the day of the build.
_NOT_NEEDED = ("404.html", "sitemap.xml*", "**/*.map", "**/lunr", "**/workers")


def address(name: str, registry: Registry) -> str:
    """Where the page of a function is, below `HELP`.

    >>> from xlfuncs import REGISTRY
    >>> address("LTV_CAC", REGISTRY)
    'monetisation.html#LTV_CAC'
    """
    return f"{_file(registry[name].category)}.html#{name}"


def build(registry: Registry, folder: Path = HELP) -> None:
    """Write the pages to the folder, which is made anew."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build as built
    from mkdocs.config import load_config

    with tempfile.TemporaryDirectory() as place:
        sources = Path(place) / "docs"
        sources.mkdir()
        navigation: list[Any] = [{"Functions": "index.md"}]
        contents = ["# xlfuncs: worksheet functions", "", INTRODUCTION, "", LIBREOFFICE, ""]
        categories = registry.by_category()
        _check_files(categories)
        for category, functions in categories.items():
            name = f"{_file(category)}.md"
            navigation.append({category: name})
            parts = [f"# {category}", ""]
            contents += [f"## {category}", "", "| function | gives |", "|---|---|"]
            for function in functions:
                parts.append(_section(function, registry))
                contents.append(f"| {_link(function.name, registry)} | {function.summary} |")
            contents.append("")
            (sources / name).write_text("\n".join(parts), encoding="utf-8", newline="\n")
        (sources / "index.md").write_text("\n".join(contents), encoding="utf-8", newline="\n")
        config = Path(place) / "mkdocs.yml"
        config.write_text("site_name: xlfuncs\n", encoding="utf-8")
        site = Path(place) / "site"
        settings = load_config(
            str(config),
            docs_dir=str(sources),
            site_dir=str(site),
            nav=navigation,
            theme=_THEME,
            plugins=[],
            markdown_extensions=["attr_list", "tables"],
            use_directory_urls=False,
            strict=True,
            extra={"generator": False},
        )
        built(settings)
        for pattern in _NOT_NEEDED:
            for found in site.glob(pattern):
                shutil.rmtree(found) if found.is_dir() else found.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(site, folder)


def _section(function: Function, registry: Registry) -> str:
    text = page(function, registry).replace(f"### {function.name}", f"## {function.name} {{ #{function.name} }}", 1)
    return re.sub(r"See also: ([A-Z0-9_, ]+)\.", lambda found: _linked(found[1], registry), text)


def _check_files(categories: Iterable[str]) -> None:
    """Refuse two categories that would be written to one page."""
    seen: dict[str, str] = {}
    for category in categories:
        other = seen.setdefault(_file(category), category)
        if other != category:
            raise DeclarationError(f"The categories {other} and {category} have the same page, {_file(category)}.html.")


def _file(category: str) -> str:
    return re.sub(r"\W+", "-", category.lower())


def _link(name: str, registry: Registry) -> str:
    return f"[{name}]({address(name, registry).replace('.html', '.md')})"


def _linked(names: str, registry: Registry) -> str:
    return f"See also: {', '.join(_link(name, registry) for name in names.split(', '))}."
