"""Log gaps between two countries, indicator by indicator, and their weights by vector."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from xlfuncs.core.arguments import format_cell
from xlfuncs.core.errors import DIV0, NUM, VALUE, CellError, no_answer
from xlfuncs.core.numerics import dot
from xlfuncs.core.wording import count_text, list_text, number_text, number_texts, quote_text

Column = npt.NDArray[np.float64]

_ONE_VECTOR = "all"
_ROUNDING = 1e-12  # 0.2 + 0.4 of 0.9 is still two thirds


@dataclass(frozen=True)
class Gaps:
    """Checked indicators: log gap (above 0 the US leads), weight, and vector of each."""

    log_gaps: Column  # 0 where the indicator is missing in either country
    weights: Column  # 0 where it is missing
    vectors: list[str]  # in the order of their first appearance
    vector_of: npt.NDArray[np.intp]
    vector_weights: Column  # they add up to 1
    coverage: Column  # observed share of the weight of each vector

    def vector_gaps(self, log_gaps: Column, weights: Column) -> Column:
        """The weighted mean log gap of each vector; works on rows of draws as well."""
        member = np.eye(len(self.vectors))[self.vector_of]
        return np.asarray(dot(log_gaps * weights, member) / dot(weights, member))

    @property
    def by_vector(self) -> Column:
        """The log gap of each vector."""
        return self.vector_gaps(self.log_gaps, self.weights)

    @property
    def total(self) -> float:
        """The log gap over all vectors."""
        return float(dot(self.by_vector, self.vector_weights))

    @property
    def spread(self) -> float:
        """The mean size of the log gaps of the vectors, whoever leads."""
        return float(dot(np.abs(self.by_vector), self.vector_weights))

    @property
    def contributions(self) -> Column:
        """What each indicator adds to the total; 0 for a missing one."""
        within = np.bincount(self.vector_of, self.weights, len(self.vectors))
        return self.vector_weights[self.vector_of] * self.weights / within[self.vector_of] * self.log_gaps


def score(log_gap: Any) -> Any:
    """A log gap on the scale from -100 to 100: 2 to 1 is 33.3, 3 to 1 is 50.

    >>> float(score(math.log(3)))
    50.0
    """
    return 100 * np.tanh(np.asarray(log_gap) / 2)[()]


def gaps(
    us: Column,
    cn: Column,
    direction: Column | None,
    weights: Column | None,
    vectors: list[str] | None,
    vector_weights: list[tuple[Any, ...]] | None,
    kinds: list[str] | None,
    scales: Column | None,
    cap: float,
    min_coverage: float,
) -> Gaps | CellError:
    """The checked gaps, or the error value of the first rule that does not hold."""
    count = len(us)
    ranges = {"cn": cn, "direction": direction, "weights": weights, "vectors": vectors, "kinds": kinds}
    for name, values in {**ranges, "scales": scales}.items():
        if values is not None and len(values) != count:
            cells, needed = count_text(len(values), "cell"), count_text(count, "cell")
            return CellError(VALUE, f"{name} ({cells}) and us ({needed}) must have the same length.")
    names, vector_of = _number_vectors(vectors or [_ONE_VECTOR] * count)
    kind = np.array([label.casefold() for label in kinds or ["ratio"] * count])
    unknown = set(kind.tolist()) - {"ratio", "share", "diff"}
    if unknown:
        return CellError(VALUE, f"kinds must be ratio, share or diff; got {quote_text(sorted(unknown)[0])}.")
    total = _weights_by_name(names, vector_weights)
    if isinstance(total, CellError):
        return total
    weight = np.ones(count) if weights is None else weights
    scale = np.full(count, np.nan) if scales is None else scales
    seen = ~(np.isnan(us) | np.isnan(cn))
    error = _check_values(us, cn, scale, kind, seen)
    if error:
        return error
    within = np.bincount(vector_of, weight, len(names))
    if (within == 0).any():
        empty = quote_text(names[int(np.argmin(within))])
        return CellError(DIV0, f"The weights of the vector {empty} add up to 0; enter at least one positive weight.")
    if total.sum() == 0:
        return CellError(DIV0, "vector_weights add up to 0; enter at least one positive weight.")
    observed = np.where(seen, weight, 0.0)
    coverage = np.bincount(vector_of, observed, len(names)) / within
    thin = int(np.argmin(coverage))
    if coverage[thin] < max(min_coverage - _ROUNDING, 1e-300):
        vector = f"The vector {quote_text(names[thin])}"
        if coverage[thin] == 0:
            return no_answer(f"{vector} has no indicator with data in both us and cn; enter data.")
        share, needed_share = number_texts([float(coverage[thin]), min_coverage])
        return no_answer(f"{vector} has data for a share of {share} of the weight; min_coverage is {needed_share}.")
    sign = np.ones(count) if direction is None else direction
    limit = math.log(cap)
    clipped = np.clip(sign * _compute_log_gaps(us, cn, scale, kind), -limit, limit)
    return Gaps(np.where(seen, clipped, 0.0), observed, names, vector_of, total / total.sum(), coverage)


def _number_vectors(labels: list[str]) -> tuple[list[str], npt.NDArray[np.intp]]:
    """Each label once, and its number for every indicator; case does not matter, as in a worksheet."""
    first = {label.casefold(): label for label in reversed(labels)}
    order = list(dict.fromkeys(label.casefold() for label in labels))
    number = {name: position for position, name in enumerate(order)}
    return [first[name] for name in order], np.array([number[label.casefold()] for label in labels], dtype=np.intp)


def _weights_by_name(names: list[str], rows: list[tuple[Any, ...]] | None) -> Column | CellError:
    if rows is None:
        return np.ones(len(names))
    weight_of: dict[str, float] = {}
    for label, weight in rows:
        name = label.strip().casefold()
        if name in weight_of or not isinstance(weight, float):
            if name in weight_of:
                return CellError(VALUE, f"vector_weights contains {quote_text(label)} twice; keep one row.")
            return CellError(
                VALUE, f"vector_weights must have a number for {quote_text(label)}; got {format_cell(weight)}."
            )
        weight_of[name] = weight
    lacking = [name for name in names if name.casefold() not in weight_of]
    if lacking:
        return CellError(VALUE, f"vector_weights has no row for the vector {quote_text(lacking[0])}; add one.")
    negative = [name for name in names if weight_of[name.casefold()] < 0]
    if negative:
        got = number_text(weight_of[negative[0].casefold()])
        return CellError(NUM, f"vector_weights must be 0 or more; got {got} for {quote_text(negative[0])}.")
    return np.array([weight_of[name.casefold()] for name in names])


def _check_values(us: Column, cn: Column, scale: Column, kind: Any, seen: Any) -> CellError | None:
    share = (kind == "share") & ~((us > 0) & (us < 1) & (cn > 0) & (cn < 1))
    ratio = (kind == "ratio") & ~((us > 0) & (cn > 0))
    diff = (kind == "diff") & ~(scale > 0)
    rules = (
        (ratio, "us and cn must be above 0 for the kind ratio", (us, cn)),
        (share, "us and cn must be between 0 and 1, exclusive, for the kind share", (us, cn)),
        (diff, "scales must be above 0 for the kind diff", (scale,)),
    )
    for bad, rule, columns in rules:
        places = np.flatnonzero(bad & seen)
        if len(places):
            values = [float(column[places[0]]) for column in columns]
            got = list_text(["a blank cell" if math.isnan(value) else number_text(value) for value in values])
            return CellError(NUM, f"Indicator {places[0] + 1}: {rule}; got {got}.")
    return None


def _compute_log_gaps(us: Column, cn: Column, scale: Column, kind: Any) -> Column:
    with np.errstate(all="ignore"):  # each formula is right for its own kind only
        ratio = np.log(us) - np.log(cn)
        share = (np.log(us) - np.log1p(-us)) - (np.log(cn) - np.log1p(-cn))
        return np.where(kind == "ratio", ratio, np.where(kind == "share", share, (us - cn) / scale))
