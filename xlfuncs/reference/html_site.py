"""HTML pages by MkDocs: the help that ships with the package, and the site of the whole documentation."""

from __future__ import annotations

import copy
import logging
import os
import posixpath
import re
import shutil
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from xlfuncs.core.exceptions import DeclarationError, XlfuncsError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.reference.markdown import format_notes, format_page

HELP = Path(__file__).parents[1] / "help"

_PALETTE = (("light", "default"), ("dark", "slate"))
_THEME = {
    "name": "material",
    "font": False,
    "language": "en",
    "palette": [
        {"media": f"(prefers-color-scheme: {preference})", "scheme": scheme, "primary": "blue grey"}
        for preference, scheme in _PALETTE
    ],
}
_HELP_FEATURES = ["toc.follow", "navigation.footer"]
# What MkDocs adds for servers and for a search, which browsers do not run on files; sitemaps hold the day of the build.
_NOT_NEEDED = ("404.html", "sitemap.xml*", "**/*.map", "**/lunr", "**/workers")

_SITE_FEATURES = [*_HELP_FEATURES, "navigation.tabs", "navigation.top", "content.code.copy", "search.highlight"]
_SITE_EXTENSIONS: list[str | dict[str, Any]] = [
    "attr_list", "md_in_html", "pymdownx.highlight", "pymdownx.superfences", "tables", {"toc": {"permalink": True}},
]  # fmt: skip
_GUIDES = ("functions", "workbooks", "refresh", "check", "simulate", "data", "python-api")
_HOST_PAGES = ("excel-windows", "excel-mac-web", "libreoffice")
# Files outside docs/ that are pages of the site, or that its pages link to.
ELSEWHERE = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changelog.md",
    "NOTICE": "NOTICE.txt",
    "LICENSE": "LICENSE.txt",
    "xlfuncs/REFERENCE.md": "reference/index.md",
}
_LINK = re.compile(r"(\]\()(?!https?://|#)([^)\s#]+)(#[^)\s]*)?(\))")
_SITE_STYLE = """\
.md-grid { max-width: 70rem; }
.md-typeset img[src$="architecture.svg"] { display: block; width: 100%; }
"""


class SiteError(XlfuncsError):
    """Raised when the pages have a fault; the message names each."""


def address(name: str, registry: Registry) -> str:
    """The page of a function below `HELP`, with its anchor.

    >>> from xlfuncs import REGISTRY
    >>> address("LTV_CAC", REGISTRY)
    'monetisation.html#LTV_CAC'
    """
    return f"{_file_name(registry[name].category)}.html#{name}"


def build_help(registry: Registry, folder: Path = HELP) -> None:
    """Write the help: an index, and a page per category with an anchor per function. Replaces the folder."""
    with tempfile.TemporaryDirectory() as work:
        sources = Path(work) / "docs"
        sources.mkdir()
        categories = _write_reference(registry, sources)
        settings = {
            "nav": [{"Functions": "index.md"}, *categories],
            "theme": _THEME | {"features": _HELP_FEATURES},
            "plugins": [],
            "markdown_extensions": ["attr_list", "tables"],
        }
        site = _run_mkdocs(Path(work), settings)
        for pattern in _NOT_NEEDED:
            for path in site.glob(pattern):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
        _replace(folder, site)


def build_site(registry: Registry, root: Path, folder: Path) -> None:
    """Write the documentation in a checkout as a site: docs/, the files around it, and the function reference.

    Replaces the folder. Raises `SiteError` for any fault, such as a link that leads nowhere.
    """
    with tempfile.TemporaryDirectory() as work:
        sources = Path(work) / "docs"
        pages = {path.relative_to(root).as_posix(): path.relative_to(root / "docs").as_posix()
                 for path in sorted((root / "docs").rglob("*")) if path.is_file()} | ELSEWHERE  # fmt: skip
        for source, page in pages.items():
            target = sources / page
            target.parent.mkdir(parents=True, exist_ok=True)
            if page.endswith(".md"):
                text = (root / source).read_text(encoding="utf-8")
                target.write_text(_relink(text, source, pages), encoding="utf-8", newline="\n")
            else:
                shutil.copyfile(root / source, target)
        (sources / "style.css").write_text(_SITE_STYLE, encoding="utf-8")
        categories = _write_reference(registry, sources / "reference")
        decisions = [page for page in sorted(pages.values()) if page.startswith("adr/0")]
        settings = {
            "nav": [
                {"Home": "index.md"},
                {"Guides": [f"{name}.md" for name in _GUIDES]},
                {"Hosts": [f"{name}.md" for name in _HOST_PAGES]},
                {"Functions": ["reference/index.md", *({name: f"reference/{page}"}
                 for category in categories for name, page in category.items())]},
                {"Project": ["contributing.md", "architecture.md", {"Decisions": ["adr/index.md", *decisions]},
                 "security.md", "changelog.md"]},
            ],
            "theme": _THEME | {"features": _SITE_FEATURES},
            "plugins": ["search"],
            "extra_css": ["style.css"],
            "markdown_extensions": _SITE_EXTENSIONS,
            "validation": {"nav": {"omitted_files": "warn"}, "links": {"anchors": "warn"}},
        }  # fmt: skip
        _replace(folder, _run_mkdocs(Path(work), settings))


def _write_reference(registry: Registry, folder: Path) -> list[dict[str, str]]:
    """Write an index and a page per category as Markdown; return the pages by category, for the navigation."""
    navigation = []
    contents = ["# Function reference", "", format_notes(), ""]
    categories = registry.by_category()
    _check_files(categories)
    for category, functions in categories.items():
        name = f"{_file_name(category)}.md"
        navigation.append({category: name})
        contents += [f"## {category}", "", "| Function | Returns |", "|---|---|"]
        contents += [f"| {_link(function.name, registry)} | {function.summary} |" for function in functions]
        contents.append("")
        page = "\n".join([f"# {category}", "", *(_format_section(function, registry) for function in functions)])
        (folder / name).write_text(page, encoding="utf-8", newline="\n")
    (folder / "index.md").write_text("\n".join(contents), encoding="utf-8", newline="\n")
    return navigation


def _run_mkdocs(work: Path, settings: Mapping[str, Any]) -> Path:
    """Build the site of the pages in `work`/docs; return its folder."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort

    config, site = work / "mkdocs.yml", work / "site"
    config.write_text("site_name: xlfuncs\n", encoding="utf-8")
    common: dict[str, Any] = {"use_directory_urls": False, "strict": True, "extra": {"generator": False}}
    options = copy.deepcopy({**common, **settings})  # MkDocs changes what it is given
    faults = _Faults()
    logging.getLogger("mkdocs").addHandler(faults)
    try:
        build(load_config(str(config), docs_dir=str(work / "docs"), site_dir=str(site), **options))
    except Abort as problem:
        raise SiteError("\n".join(faults.sentences) or str(problem)) from problem
    finally:
        logging.getLogger("mkdocs").removeHandler(faults)
    return site


class _Faults(logging.Handler):
    """The warnings of MkDocs, which are errors here."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.sentences: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep a warning."""
        self.sentences.append(record.getMessage())


def _replace(folder: Path, content: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(content, folder)


def _relink(text: str, source: str, pages: Mapping[str, str]) -> str:
    """The text of a file of the checkout with its links to other pages as the site has them.

    >>> _relink("[Check](docs/check.md#options)", "README.md", {"README.md": "index.md", "docs/check.md": "check.md"})
    '[Check](check.md#options)'
    """

    def relink(link: re.Match[str]) -> str:
        path = posixpath.normpath(posixpath.join(posixpath.dirname(source), link[2]))
        page = posixpath.relpath(pages.get(path, path), posixpath.dirname(pages[source]) or ".")
        return f"{link[1]}{page}{link[3] or ''}{link[4]}"

    return _LINK.sub(relink, text)


def _format_section(function: Function, registry: Registry) -> str:
    heading = f"## {function.name} {{ #{function.name} }}"
    text = format_page(function, registry).replace(f"### {function.name}", heading, 1)
    return re.sub(r"See also: ([A-Z0-9_, ]+)\.", lambda names: _link_related(names[1], registry), text)


def _check_files(categories: Iterable[str]) -> None:
    """Refuse two categories that would be written to one page."""
    seen: dict[str, str] = {}
    for category in categories:
        other = seen.setdefault(_file_name(category), category)
        if other != category:
            raise DeclarationError(
                f"The categories {other} and {category} have the same page, {_file_name(category)}.html."
            )


def _file_name(category: str) -> str:
    return re.sub(r"\W+", "-", category.lower())


def _link(name: str, registry: Registry) -> str:
    return f"[{name}]({address(name, registry).replace('.html', '.md')})"


def _link_related(names: str, registry: Registry) -> str:
    return f"See also: {', '.join(_link(name, registry) for name in names.split(', '))}."
