"""The picture of the layers, drawn from the imports of the code: `docs/architecture.svg`."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from graphlib import TopologicalSorter
from html import escape
from pathlib import Path

ROOT = Path(__file__).parent.parent
PICTURE = ROOT / "docs" / "architecture.svg"

_NESTED = ("xlfuncs.hosts",)  # folders whose subfolders are layers of their own
_SHIMS = ("xlfuncs.udfs", "xlfuncs.ribbon", "xlfuncs.__main__")  # names for others; they contain nothing

_MARGIN, _GAP = 24, 56
_BOX_WIDTH, _BOX_HEIGHT = 232, 88
_COLUMN, _ROW = _BOX_WIDTH + 24, _BOX_HEIGHT + _GAP
_LINE_LENGTH, _MAX_LINES = 36, 4  # of a description

_STYLE = """
.card{fill:#fff;stroke:#d5dbe1}.box{fill:#eef3f8;stroke:#5b7a99}.box.core{fill:#dcebdc;stroke:#4d8055}
.box.top{fill:#fdf1dc;stroke:#b08440}
.name{font:600 13px ui-monospace,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:#12283c}
.text{font:11px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#38495a}
.arrow{fill:none;stroke:#7d93a8;stroke-width:1.2}.long{stroke-dasharray:4 4}.head{fill:#7d93a8}
@media(prefers-color-scheme:dark){
.card{fill:#1d232b;stroke:#39434e}.box{fill:#27333f;stroke:#7f9db9}.box.core{fill:#263a2b;stroke:#7fb588}
.box.top{fill:#3d3220;stroke:#d0a562}.name{fill:#e8eef4}.text{fill:#b9c5d0}.arrow{stroke:#8296a9}.head{fill:#8296a9}}
"""


@dataclass(frozen=True)
class Layer:
    """A layer: its import name, its description, and the layers that it imports."""

    name: str
    description: str
    imports: frozenset[str]


@dataclass(frozen=True)
class _Module:
    path: Path
    layer: str
    at_import: frozenset[str]  # modules that are imported with it
    when_called: frozenset[str]  # modules that its functions import


def read_layers() -> list[Layer]:
    """The layers of the code, each after those that it imports.

    An import inside a function is left out where it would close a circle: it only runs once everything is loaded.
    """
    modules = _read_modules()
    edges: dict[str, set[str]] = {module.layer: set() for module in modules.values()}
    for deferred in (False, True):
        for _, module in sorted(modules.items()):
            for target in sorted(module.when_called if deferred else module.at_import):
                layer = modules[target].layer
                if layer != module.layer and not (deferred and module.layer in _reachable(edges, layer)):
                    edges[module.layer].add(layer)
    order = TopologicalSorter({layer: sorted(targets) for layer, targets in sorted(edges.items())}).static_order()
    return [Layer(layer, _describe(layer, modules), frozenset(edges[layer])) for layer in order]


def draw() -> str:
    """The layers as an SVG picture: a layer stands above all that it imports, with arrows to the nearest of those."""
    layers = {layer.name: layer for layer in read_layers()}
    used = {target for layer in layers.values() for target in layer.imports}
    layers = {name: layer for name, layer in layers.items() if layer.imports or name in used}
    edges = {name: set(layer.imports) for name, layer in layers.items()}
    ranks: dict[str, int] = {}
    for name, layer in layers.items():
        ranks[name] = 1 + max((ranks[target] for target in layer.imports), default=-1)
    highest = max(ranks.values())
    width = max(list(ranks.values()).count(rank) for rank in ranks.values()) * _COLUMN + 2 * _MARGIN
    height = (highest + 1) * _ROW - _GAP + 2 * _MARGIN
    positions = dict(_place(ranks, edges, width))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        'aria-label="The layers of xlfuncs and their imports">',
        f"<style>{_STYLE}</style>",
        '<defs><marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path class="head" d="M0 0L8 4L0 8z"/></marker></defs>',
        f'<rect class="card" x="0.5" y="0.5" width="{width - 1}" height="{height - 1}" rx="10"/>',
    ]
    for name in layers:
        for target in sorted(_nearest(edges, name)):
            parts.append(_arrow(positions[name], positions[target], ranks[name] - ranks[target]))
    for name, layer in layers.items():
        kind = " top" if ranks[name] == highest or name == "workbooks" else " core" if not edges[name] else ""
        parts += _box(positions[name], layer, kind)
    return "\n".join([*parts, "</svg>", ""])


def _read_modules() -> dict[str, _Module]:
    paths = {}
    for top in ("xlfuncs", "workbooks"):
        for path in sorted((ROOT / top).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
            if name not in _SHIMS:
                paths[name] = path
    modules = {}
    for name, path in paths.items():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        at_import = set(_list_imports(_executed(tree), paths)) - {name}
        modules[name] = _Module(
            path, _layer_of(name), frozenset(at_import), frozenset(_list_imports(ast.walk(tree), paths)) - at_import
        )
    return modules


def _layer_of(module: str) -> str:
    """The layer of a module: a folder or a module directly inside the package.

    >>> _layer_of("xlfuncs.core.units"), _layer_of("xlfuncs.hosts.excel.vba"), _layer_of("workbooks.dsl.style")
    ('xlfuncs.core', 'xlfuncs.hosts.excel', 'workbooks')
    """
    parts = module.split(".")
    if parts[0] == "workbooks":
        return "workbooks"
    return ".".join(parts[: 3 if ".".join(parts[:2]) in _NESTED else 2])


def _list_imports(nodes: Iterator[ast.AST], known: dict[str, Path]) -> Iterator[str]:
    """The modules of the project that statements import."""
    for node in nodes:
        names: list[str] = []
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                submodule = f"{node.module}.{alias.name}"
                names.append(submodule if submodule in known else node.module)
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        yield from (name for name in names if name in known)


def _executed(tree: ast.AST) -> Iterator[ast.AST]:
    """The statements that run when a module is imported."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda) or _is_type_checking(node):
            continue
        yield node
        yield from _executed(node)


def _is_type_checking(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


def _describe(layer: str, modules: dict[str, _Module]) -> str:
    """The first sentence of the docstring of the layer, without its closing full stop."""
    text = ast.get_docstring(ast.parse(modules[layer].path.read_text(encoding="utf-8"))) or ""
    return re.split(r"\.(?:\s|$)", text.replace("`", ""), maxsplit=1)[0].replace("\n", " ")


def _reachable(edges: dict[str, set[str]], start: str) -> set[str]:
    """The layer, and all that it imports over any number of steps."""
    found, waiting = set(), [start]
    while waiting:
        layer = waiting.pop()
        if layer not in found:
            found.add(layer)
            waiting += edges[layer]
    return found


def _nearest(edges: dict[str, set[str]], layer: str) -> set[str]:
    """The layers that it imports and cannot reach through another one that it imports."""
    targets = edges[layer]
    return {target for target in targets if not any(target in _reachable(edges, other) for other in targets - {target})}


def _place(ranks: dict[str, int], edges: dict[str, set[str]], width: int) -> Iterator[tuple[str, tuple[float, float]]]:
    """The centre of each box: rows by rank from below, and in its row each box near those that it imports."""
    highest, centres = max(ranks.values()), dict[str, float]()
    for rank in range(highest + 1):
        row = [name for name in ranks if ranks[name] == rank]
        near = {name: [centres[target] for target in _nearest(edges, name)] for name in row}
        row.sort(key=lambda name: (sum(near[name]) / max(len(near[name]), 1), name))
        for number, name in enumerate(row):
            centres[name] = _MARGIN + (width - 2 * _MARGIN) * (number + 0.5) / len(row)
            yield name, (centres[name], _MARGIN + (highest - rank) * _ROW + _BOX_HEIGHT / 2)


def _arrow(start: tuple[float, float], end: tuple[float, float], rows: int) -> str:
    (x1, y1), (x2, y2) = start, end
    y1, y2 = y1 + _BOX_HEIGHT / 2, y2 - _BOX_HEIGHT / 2
    bend = _GAP * 0.6 + (rows - 1) * 20
    return (
        f'<path class="arrow{" long" if rows > 1 else ""}" marker-end="url(#head)" '
        f'd="M{x1:.0f} {y1:.0f}C{x1:.0f} {y1 + bend:.0f} {x2:.0f} {y2 - bend:.0f} {x2:.0f} {y2:.0f}"/>'
    )


def _box(centre: tuple[float, float], layer: Layer, kind: str) -> Iterator[str]:
    x, y = centre[0] - _BOX_WIDTH / 2, centre[1] - _BOX_HEIGHT / 2
    yield f'<rect class="box{kind}" x="{x:.0f}" y="{y:.0f}" width="{_BOX_WIDTH}" height="{_BOX_HEIGHT}" rx="6"/>'
    yield f'<text class="name" x="{x + 10:.0f}" y="{y + 19:.0f}">{escape(layer.name)}</text>'
    lines = textwrap.wrap(layer.description, _LINE_LENGTH, max_lines=_MAX_LINES, placeholder="…")
    for number, line in enumerate(lines):
        yield f'<text class="text" x="{x + 10:.0f}" y="{y + 36 + 14 * number:.0f}">{escape(line)}</text>'
