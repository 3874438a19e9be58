"""Maintenance of the data set: outdated and conflicting figures, and validated new rows with their source."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass

from xlfuncs.core.exceptions import XlfuncsError
from xlfuncs.core.wording import list_text, quote_text
from xlfuncs.data import build, tables
from xlfuncs.data.tables import Observation

OLD = 180  # days
CURRENCIES = build.CURRENCIES
FILE = build.CURATION / "additions.csv"
COLUMNS: tuple[str, ...] = ("entity", "metric", "as_of", "value", "unit", "confidence", "title", "url", "note")


class RejectedError(XlfuncsError, ValueError):
    """Raised for a row that cannot be added; the message names the field, its value and the fix."""


@dataclass(frozen=True)
class Status:
    """Headline inputs that are old, and figures whose sources disagree."""

    old: list[Observation]
    conflicts: list[Observation]


def status(today: dt.date, days: int = OLD) -> Status:
    """The state of the data set on a day: inputs of the comparison that are facts, and every conflict."""
    headline = {row["metric"] for row in tables.comparison()}
    latest = [group[-1] for group in tables.observations().values()]
    old = [
        figure
        for figure in latest
        if figure.metric in headline and figure.confidence != "assumption" and (today - figure.as_of).days > days
    ]
    conflicts = [figure for figure in latest if "sources differ" in figure.note]
    return Status(sorted(old, key=lambda figure: figure.as_of), conflicts)


def add(row: dict[str, str], today: dt.date) -> None:
    """Append a row to the curated additions and build the tables again; raises `RejectedError` and writes nothing."""
    row = {name: row.get(name, "").strip() for name in COLUMNS}
    row["entity"], row["metric"] = row["entity"].upper(), row["metric"].lower()
    _check(row, today)
    with FILE.open(encoding="utf-8", newline="") as file:
        existing = list(csv.DictReader(file))
    if any(all(other[name] == row[name] for name in ("entity", "metric", "as_of", "value")) for other in existing):
        raise RejectedError(f"The {row['metric']} of {row['entity']} on {row['as_of']} is already in the data set.")
    with FILE.open("a", encoding="utf-8", newline="") as file:
        csv.DictWriter(file, COLUMNS, lineterminator="\n").writerow(row)
    build.main([])


def _check(row: dict[str, str], today: dt.date) -> None:
    if not FILE.exists():
        raise RejectedError("Rows can be added only in a source checkout, and this is an installed copy.")
    if row["entity"] not in tables.entities():
        raise RejectedError(f"entity {quote_text(row['entity'])} is unknown; add it to curation/entities.csv first.")
    if row["metric"] not in tables.metrics() or row["metric"].startswith("model_"):
        raise RejectedError(f"metric {quote_text(row['metric'])} is unknown; use one of curation/metrics.csv.")
    try:
        day = dt.date.fromisoformat(row["as_of"])
    except ValueError:
        raise RejectedError(f"as_of must be a date such as 2026-06-30; got {quote_text(row['as_of'])}.") from None
    if day > today:
        raise RejectedError(f"as_of must not be in the future; got {day}.")
    try:
        float(row["value"])
    except ValueError:
        raise RejectedError(f"value must be a number; got {quote_text(row['value'])}.") from None
    declared = tables.metrics()[row["metric"]]["unit"]
    first, _, rest = declared.partition("/")
    units = (
        [f"{currency}/{rest}" if rest else currency for currency in CURRENCIES] if first == "currency" else [declared]
    )
    if row["unit"] not in units:
        raise RejectedError(f"unit must be {list_text(units, 'or')}; got {quote_text(row['unit'])}.")
    if row["confidence"] not in build.GRADES:
        raise RejectedError(f"confidence must be {list_text(build.GRADES, 'or')}; got {quote_text(row['confidence'])}.")
    if not row["title"]:
        raise RejectedError("title is blank; enter the title of the source.")
    if not row["url"].startswith(("http://", "https://")):
        raise RejectedError(f"url must be a link that starts with http:// or https://; got {quote_text(row['url'])}.")
