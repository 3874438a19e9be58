"""The packaged tables as records; each file is read when it is first asked for."""

from __future__ import annotations

import csv
import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "tables"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a figure was found, and on what terms."""

    id: str
    title: str
    url: str
    terms: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure of an entity on a date, with the range over its sources and its grade."""

    entity: str
    metric: str
    as_of: dt.date
    value: float
    low: float
    high: float
    unit: str
    confidence: str
    source: Source
    note: str


@dataclass(frozen=True, slots=True)
class Price:
    """A token price, USD per million tokens, in force from a date on (None: since the model was sold)."""

    model_id: str
    region: str
    kind: str
    valid_from: dt.date | None
    as_of: dt.date
    price: float
    confidence: str
    source: Source
    note: str


Row = dict[str, str]


def rows(name: str) -> list[Row]:
    """The rows of a table."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def sources() -> dict[str, Source]:
    """Every source, by id."""
    return {row["id"]: Source(row["id"], row["title"], row["url"], row["terms"]) for row in rows("sources")}


@cache
def entities() -> dict[str, Row]:
    """Countries, companies and chips, by id: name, country, kind."""
    return {row["id"]: row for row in rows("entities")}


@cache
def metrics() -> dict[str, Row]:
    """The vocabulary of metrics, by id: unit and meaning."""
    return {row["id"]: row for row in rows("metrics")}


@cache
def indicators() -> list[Row]:
    """The indicators of the asymmetry score: vector, kind, direction, weight, relative error."""
    return rows("indicators")


@cache
def comparison() -> list[Row]:
    """The inputs of the comparison model, in order: metric, section, label, unit."""
    return rows("comparison")


@cache
def observations() -> dict[tuple[str, str], tuple[Observation, ...]]:
    """Every observation by entity and metric, oldest first."""
    by_key: dict[tuple[str, str], list[Observation]] = defaultdict(list)
    for row in rows("observations"):
        observation = Observation(
            row["entity"],
            row["metric"],
            dt.date.fromisoformat(row["as_of"]),
            float(row["value"]),
            float(row["low"]),
            float(row["high"]),
            row["unit"],
            row["confidence"],
            sources()[row["source"]],
            row["note"],
        )
        by_key[observation.entity, observation.metric].append(observation)
    return {key: tuple(sorted(group, key=lambda observation: observation.as_of)) for key, group in by_key.items()}


@cache
def prices() -> dict[tuple[str, str, str], tuple[Price, ...]]:
    """Token prices by model, region and kind, oldest first."""
    by_key: dict[tuple[str, str, str], list[Price]] = defaultdict(list)
    for row in rows("model_prices"):
        since = dt.date.fromisoformat(row["valid_from"]) if row["valid_from"] else None
        price = Price(
            row["model_id"],
            row["region"],
            row["kind"],
            since,
            dt.date.fromisoformat(row["as_of"]),
            float(row["price"]),
            row["confidence"],
            sources()[row["source"]],
            row["note"],
        )
        by_key[price.model_id, price.region, price.kind].append(price)
    return {
        key: tuple(sorted(group, key=lambda price: price.valid_from or dt.date.min)) for key, group in by_key.items()
    }


@cache
def chips() -> dict[str, Row]:
    """Accelerators by id."""
    return {row["id"]: row for row in rows("chips")}


@cache
def fx() -> tuple[list[str], list[Row]]:
    """Dates, and the units of each currency per euro on them, in the same order."""
    days = sorted(rows("fx"), key=lambda row: row["date"])
    return [row["date"] for row in days], days


@cache
def version() -> str:
    """The version of the data: its newest day, and the start of a hash over all tables."""
    import hashlib

    digest = hashlib.sha256()
    for path in sorted(FOLDER.glob("*.csv")):
        digest.update(path.read_bytes())
    return f"{fx()[0][-1]}-{digest.hexdigest()[:8]}"
