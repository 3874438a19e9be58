"""Circular references: the formulas that depend on themselves."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import numpy as np

from xlfuncs.recalculation.cell_order import Numbers


def find_circles(count: int, readers: Numbers, firsts: Numbers, lasts: Numbers) -> list[list[int]]:
    """The circles among `count` numbered cells; each of the readers reads a stretch of them.

    >>> find_circles(4, np.array([0, 1, 3]), np.array([1, 0, 2]), np.array([2, 1, 4]))
    [[0, 1], [3]]
    """
    from scipy.sparse.csgraph import connected_components  # takes long to import

    if not len(readers):
        return []
    _, labels = connected_components(_adjacency(count, readers, firsts, lasts), directed=True, connection="strong")
    sizes = np.bincount(labels)
    circles: dict[int, list[int]] = defaultdict(list)
    for cell in np.flatnonzero(sizes[labels[:count]] > 1).tolist():
        circles[int(labels[cell])].append(cell)
    in_circles = {cell for circle in circles.values() for cell in circle}
    reading_themselves = set(readers[(firsts <= readers) & (readers < lasts)].tolist())
    return [*circles.values(), *([cell] for cell in sorted(reading_themselves - in_circles))]


def _adjacency(count: int, readers: Numbers, firsts: Numbers, lasts: Numbers) -> Any:
    """Reader to cell read, as a sparse matrix.

    A stretch is not spelled out: on level n there is a node for each run of 2 to the n cells, which leads to the two
    halves of it on the level below; and any stretch is two such runs, which may overlap.
    """
    from scipy.sparse import coo_array

    levels = np.floor(np.log2(lasts - firsts)).astype(np.int64)
    sources, targets = [readers, readers], [levels * count + firsts, levels * count + lasts - (1 << levels)]
    highest = int(levels.max(initial=0))
    for level in range(1, highest + 1):
        run = np.arange(count - (1 << level) + 1)
        sources += [level * count + run] * 2
        targets += [(level - 1) * count + run, (level - 1) * count + run + (1 << (level - 1))]
    size = count * (highest + 1)
    source, target = np.concatenate(sources), np.concatenate(targets)
    return coo_array((np.ones(len(source), dtype=np.int8), (source, target)), shape=(size, size)).tocsr()
