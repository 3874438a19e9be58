"""Makes the packaged tables of the raw facts: `python -m xlfuncs.data.build [--check]`.

The same raw files give the same bytes. A figure that cannot be dated, or has no source, is left out.
"""

from __future__ import annotations

import calendar
import csv
import datetime as dt
import fnmatch
import hashlib
import io
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
RAW, CURATION, TABLES = HERE / "raw", HERE / "curation", HERE / "tables"

Row = dict[str, str]

GRADES = ("high", "medium", "low", "derived", "assumption")
OBSERVATION = ("entity", "metric", "as_of", "value", "low", "high", "unit", "confidence", "source", "note")
CURRENCIES = ("USD", "CNY", "HKD", "EUR", "JPY", "GBP")
UNITS = {
    "ratio": "share",
    "tokens/day": "tokens/day",
    "H100-equivalents cumulative": "H100e",
    "H100-equivalents": "H100e",
}
CHIP_FIELDS = {
    "tflops_bf16": "bf16_tflops_dense",
    "tflops_fp8": "fp8_tflops_dense",
    "int8_tops": "int8_tops",
    "mem_gb": "hbm_gb",
    "bw_tbs": "hbm_tb_s",
    "tdp_w": "tdp_w",
}
_PACKAGES = {"litellm": "https://pypi.org/project/litellm/"}
NOON = 12 * 60  # UTC, for models with prices by the time of day


def read_rows(path: Path) -> list[Row]:
    """The rows of a CSV file."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def parse_date(text: str) -> dt.date | None:
    """The last day that a date of the raw facts covers; None where it covers no certain day.

    >>> [str(parse_date(text)) for text in ("2026-02", "2025H1", "2025Q3", "2024", "2026-02-17..24", "FY2026")]
    ['2026-02-28', '2025-06-30', '2025-09-30', '2024-12-31', '2026-02-24', 'None']
    """
    text = re.sub(r"\s*\(.*\)$|^TTM ", "", text.strip())
    whole = re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)(?:\.\.(\d\d))?", text)
    if whole:
        return dt.date(int(whole[1]), int(whole[2]), int(whole[4] or whole[3]))
    part = re.fullmatch(r"(\d{4})(?:-(\d\d)|H([12])|Q([1-4]))?", text)
    if not part:
        return None
    month = int(part[2] or 6 * int(part[3] or 0) or 3 * int(part[4] or 0) or 12)
    year = int(part[1])
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def parse_grade(text: str) -> str:
    """The grade that a note on confidence starts with; the worse of two."""
    words = [word for word in re.findall(r"[a-z]+", text.lower()[:24]) if word in GRADES]
    if not words:
        return "low"
    return max(words[:2] if "/" in text[:12] else words[:1], key=GRADES.index)


class Sources:
    """The sources used, each once, with an id made of what it says."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def key(self, title: str, url: str, terms: str) -> str:
        """The id of a source."""
        url = _find_address(url) or _PACKAGES.get(next(iter(re.findall(r"(?<=^PyPI )[\w-]+", title)), ""), "")
        key = hashlib.sha256(f"{title}|{url}".encode()).hexdigest()[:8]
        self.rows[key] = {"id": key, "title": title, "url": url, "terms": terms}
        return key


def _find_address(text: str) -> str:
    address = re.match(r"(?:https?://)?[\w.-]+\.[a-z]{2,}\S*", text.strip())
    if not address:
        return ""
    return address[0] if address[0].startswith("http") else f"https://{address[0]}"


def observations(sources: Sources) -> list[Row]:
    """Every figure of a company, country, market or chip, one for each entity, metric and date."""
    newest = parse_date(max(row["date"] for row in read_rows(RAW / "fx_ecb_daily.csv")))
    assert newest is not None
    limit = newest + dt.timedelta(days=31)
    grouped: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for row in [
        *_companies(sources),
        *_countries(sources),
        *_owners(sources),
        *_chip_prices(sources),
        *_additions(sources),
    ]:
        day = parse_date(row["as_of"])
        if day is None or day > limit:
            continue
        grouped[row["entity"], row["metric"], day.isoformat(), row["unit"]].append(row)
    best = [_choose_row(key, rows) for key, rows in grouped.items()]
    unique: dict[tuple[str, str, str], Row] = {}
    for row in sorted(best, key=lambda row: (GRADES.index(row["confidence"]), row["unit"])):
        unique.setdefault((row["entity"], row["metric"], row["as_of"]), row)
    return [*unique.values(), *_flagship(sources)]


def _choose_row(key: tuple[str, str, str, str], rows: list[Row]) -> Row:
    """The best graded figure of a day, with the range of all that were found."""
    first = min(rows, key=lambda row: GRADES.index(row["confidence"]))
    values = [float(row["value"]) for row in rows]
    lows = [float(row.get("low") or row["value"]) for row in rows]
    highs = [float(row.get("high") or row["value"]) for row in rows]
    spread = len(set(values)) > 1
    note = "; ".join(filter(None, [first["note"], f"{len(rows)} sources differ" if spread else ""]))
    entity, metric, day, unit = key
    return {
        "entity": entity,
        "metric": metric,
        "as_of": day,
        "value": _format_number(float(first["value"])),
        "low": _format_number(min(lows)),
        "high": _format_number(max(highs)),
        "unit": unit,
        "confidence": first["confidence"],
        "source": first["source"],
        "note": note[:160],
    }


def _format_number(value: float) -> str:
    return f"{value:.12g}"


def _companies(sources: Sources) -> Iterator[Row]:
    entities = {
        raw: row["id"] for row in read_rows(CURATION / "entities.csv") for raw in row["raw_names"].split(";") if raw
    }
    metrics = {row["raw"]: row for row in read_rows(CURATION / "metric_map.csv")}
    excluded = {(row["raw_name"], row["metric"], row["value"]) for row in read_rows(CURATION / "excluded.csv")}
    for row in read_rows(RAW / "company_facts.csv"):
        entity, metric = entities.get(row["company"]), metrics.get(row["metric"])
        known = {(row["company"], row["metric"], ""), (row["company"], row["metric"], row["value"])}
        if not entity or not metric or known & excluded or not _find_address(row["source_url"]):
            continue
        name = metric["metric"]
        if name == "revenue" and re.fullmatch(r"\d{4}H[12]", row["as_of"]):
            name = "revenue_half"
        if name == "net_income" and re.fullmatch(r"\d{4}H[12]", row["as_of"]):
            name = "net_income_half"
        if name == "revenue" and row["as_of"].startswith("FY") and "(to " not in row["as_of"]:
            continue
        closing = re.search(r"\(to (\d{4}-\d\d-\d\d)\)", row["as_of"])
        yield {
            "entity": entity,
            "metric": name,
            "as_of": closing[1] if closing else row["as_of"],
            "value": str(float(metric["sign"]) * float(row["value"])),
            "unit": _unit(row["unit"], name),
            "confidence": parse_grade(row["confidence"]),
            "source": sources.key(row["source"], row["source_url"], row["licence"]),
            "note": _note(row["confidence"]),
        }


def _unit(raw: str, metric: str) -> str:
    raw = raw.split(" (")[0].strip()
    if raw == "ratio" and metric == "net_revenue_retention":
        return "ratio"
    return UNITS.get(raw, raw)


def _note(confidence: str) -> str:
    return re.sub(r"^(high|medium|low|derived)[^:;]*[:;]?\s*", "", confidence, flags=re.IGNORECASE).strip()


def _countries(sources: Sources) -> Iterator[Row]:
    metrics = {row["raw"]: row for row in read_rows(CURATION / "metric_map.csv")}
    for row in read_rows(RAW / "macro_benchmarks.csv"):
        metric = metrics.get(row["metric"])
        if not metric or row["country"] not in ("US", "CN") or not re.fullmatch(r"-?[\d.]+(e\d+)?", row["value"]):
            continue
        title = _find_site(row["source_url"])
        yield {
            "entity": row["country"],
            "metric": metric["metric"],
            "as_of": row["as_of"],
            "value": row["value"],
            "unit": _unit(row["unit"].removesuffix(" yoy").removesuffix(" of population"), metric["metric"]),
            "confidence": parse_grade(row["confidence"]),
            "source": sources.key(title, row["source_url"], row["licence"]),
            "note": _note(row["confidence"]),
        }


def _owners(sources: Sources) -> Iterator[Row]:
    """Compute owned; several makers of chips of one owner are added up, with their ranges."""
    entities = {row["name"]: row["id"] for row in read_rows(CURATION / "entities.csv")} | {"Google": "ALPHABET"}
    totals: dict[str, list[Row]] = defaultdict(list)
    for row in read_rows(RAW / "compute_owners_h100e.csv"):
        if row["owner"] in entities:
            totals[entities[row["owner"]]].append(row)
    for entity, rows in totals.items():
        sums = {field: sum(float(row[field]) for row in rows) for field in ("h100e_median", "h100e_p5", "h100e_p95")}
        yield {
            "entity": entity,
            "metric": "compute_h100e",
            "as_of": max(row["as_of"] for row in rows),
            "value": str(sums["h100e_median"]),
            "low": str(sums["h100e_p5"]),
            "high": str(sums["h100e_p95"]),
            "unit": "H100e",
            "confidence": "medium",
            "source": sources.key(rows[0]["source"], rows[0]["source_url"], rows[0]["licence"]),
            "note": f"Sum over chips of {', '.join(sorted({row['chip_maker'] for row in rows}))}; the range adds up.",
        }


def _chip_prices(sources: Sources) -> Iterator[Row]:
    """Prices, rents and cost of chips: the median of a month's quotes, with their range."""
    chips = {
        raw: row["id"].upper()
        for row in read_rows(CURATION / "chips.csv")
        for raw in row["price_names"].split(";")
        if raw
    }
    kinds = {(row["file"], row["raw"]): row for row in read_rows(CURATION / "chip_price_kinds.csv")}
    quotes: dict[tuple[str, str, str, str], list[Row]] = defaultdict(list)
    for file, column in (("hardware_prices", "kind"), ("macro_benchmarks", "metric")):
        for row in read_rows(RAW / f"{file}.csv"):
            kind = kinds.get((file, row[column]))
            chip = (kind["chip"] or chips.get(row["chip"])) if kind else None
            if kind and chip and parse_date(row["as_of"]):
                quotes[chip, kind["metric"], row["as_of"][:7], kind["unit"]].append(row)
    for (chip, metric, month, unit), rows in quotes.items():
        values = [float(row["value"]) for row in rows]
        first = rows[0]
        yield {
            "entity": chip,
            "metric": metric,
            "as_of": month,
            "value": str(median(values)),
            "low": str(min(values)),
            "high": str(max(values)),
            "unit": unit,
            "confidence": parse_grade(first["confidence"]),
            "source": sources.key(
                first.get("source") or _find_site(first["source_url"]), first["source_url"], first["licence"]
            ),
            "note": f"Median of {len(rows)} quotes of the month." if len(rows) > 1 else "",
        }


def _find_site(url: str) -> str:
    return re.sub(r"^https?://(www\.)?", "", url).split("/")[0]


def _additions(sources: Sources) -> Iterator[Row]:
    """Rows added one by one, complete when they came in."""
    for row in read_rows(CURATION / "additions.csv"):
        source = sources.key(row["title"], row["url"], "facts with a link")
        yield {**row, "source": source}


def _flagship(sources: Sources) -> Iterator[Row]:
    titles = {row["key"]: row for row in read_rows(CURATION / "flagship_sources.csv")}
    for row in read_rows(CURATION / "flagship.csv"):
        for side in ("us", "cn"):
            source = titles[row[f"{side}_source"]]
            yield {
                "entity": side.upper(),
                "metric": f"model_{row['metric']}",
                "as_of": row["as_of"],
                "value": row[side],
                "low": row[f"{side}_low"],
                "high": row[f"{side}_high"],
                "unit": row["unit"],
                "confidence": row[f"{side}_confidence"],
                "source": sources.key(source["title"], source["url"], "facts with a link"),
                "note": row["note"],
            }


def metrics() -> list[Row]:
    """The vocabulary: curated metrics, and those of the comparison model."""
    curated = read_rows(CURATION / "metrics.csv")
    model = [
        {"id": f"model_{row['metric']}", "unit": row["unit"], "meaning": f"{row['label']} (comparison model)."}
        for row in read_rows(CURATION / "flagship.csv")
    ]
    return [*curated, *model]


def entities() -> list[Row]:
    """Countries, companies, and chips as entities of their prices."""
    named = [
        {key: row[key] for key in ("id", "name", "country", "kind")} for row in read_rows(CURATION / "entities.csv")
    ]
    chips = [
        {"id": row["id"].upper(), "name": row["name"], "country": row["country"], "kind": "chip"}
        for row in read_rows(CURATION / "chips.csv")
    ]
    return [*named, *chips]


def chips(sources: Sources) -> list[Row]:
    """Accelerators: of several rows on one chip, the first that has a figure gives it."""
    raw = {row["chip"]: row for row in read_rows(RAW / "hardware_specs.csv")}
    specifications = []
    for chip in read_rows(CURATION / "chips.csv"):
        candidates = [raw[name] for name in chip["raw_names"].split(";")]
        figures = {
            field: next((row[column] for row in candidates if row[column]), "") for field, column in CHIP_FIELDS.items()
        }
        tops = {"tflops_bf16": 16, "tflops_fp8": 8, "int8_tops": 8}
        known = [float(figures[field]) * bits for field, bits in tops.items() if figures[field]]
        first = candidates[0]
        figures["die_mm2"] = ""
        figures["tpp"] = _format_number(max(known)) if known else ""
        specifications.append(
            {
                "id": chip["id"],
                "name": chip["name"],
                "country": chip["country"],
                **figures,
                "as_of": (parse_date(first["as_of"]) or dt.date(2026, 6, 30)).isoformat(),
                "confidence": "low" if chip["country"] == "CN" and "LOW" in first["confidence"] else _chip_grade(chip),
                "source": sources.key(first["source"], first["source_url"], first["licence"]),
            }
        )
    return specifications


def _chip_grade(chip: Row) -> str:
    return "high" if chip["country"] == "US" else "medium"


def model_prices(sources: Sources) -> list[Row]:
    """Token prices: the maker's own list before a reseller's; one row for each date on which one changed."""
    providers = {row["provider"]: row for row in read_rows(CURATION / "providers.csv")}
    ranked: dict[tuple[str, str], list[tuple[int, Row]]] = defaultdict(list)
    for row in read_rows(RAW / "model_prices.csv"):
        provider = providers.get(row["provider_id"])
        model = row["model_id"].lower().rpartition("/")[2]
        if provider and any(fnmatch.fnmatch(model, owned) for owned in provider["owns"].split("|")):
            ranked[model, provider["region"]].append((int(provider["rank"]), row))
    prices = []
    for (model, region), candidates in ranked.items():
        best = min(rank for rank, _ in candidates)
        prices += list(_price_rows(model, region, [row for rank, row in candidates if rank == best], sources))
    known = {row["model_id"] for row in prices}
    for alias in read_rows(CURATION / "model_aliases.csv"):
        if alias["alias"] not in known:
            prices += [row | {"model_id": alias["alias"]} for row in prices if row["model_id"] == alias["model_id"]]
    return prices


def _price_rows(model: str, region: str, rows: list[Row], sources: Sources) -> Iterator[Row]:
    dated: dict[str, Row] = {}
    note = {}
    for row in rows:
        condition = row["condition"]
        if condition in ("always", "default"):
            dated.setdefault("", row)
        elif condition.startswith("from "):
            dated[condition.removeprefix("from ")] = row
    for row in rows:
        hours = re.fullmatch(r"daily (\d\d):(\d\d)-(\d\d):(\d\d) UTC", row["condition"])
        if hours:
            start, end = int(hours[1]) * 60 + int(hours[2]), int(hours[3]) * 60 + int(hours[4])
            latest = max(dated, default="")
            if start <= NOON < end:
                dated[latest] = row
            note[latest] = "Price by the time of day; that of 12:00 UTC is taken."
    for since, row in dated.items():
        prices = {
            "input": row["input_usd_per_mtok"],
            "output": row["output_usd_per_mtok"],
            "cached": row["cache_read_usd_per_mtok"],
        }
        if not any(float(price or 0) for price in prices.values()):
            continue  # the source knows no price: 0 stands for that, too
        for kind, price in prices.items():
            if price:
                yield {
                    "model_id": model,
                    "region": region,
                    "kind": kind,
                    "valid_from": since,
                    "price": price,
                    "as_of": "2026-11-09",
                    "confidence": parse_grade(row["confidence"]),
                    "source": sources.key(row["source"], row["source_url"], row["licence"]),
                    "note": note.get(since, ""),
                }


def fx() -> list[Row]:
    """Euro reference rates, units of each currency per euro."""
    return [
        {
            "date": row["date"],
            **{currency: row[f"{currency.lower()}_per_eur"] for currency in CURRENCIES if currency != "EUR"},
        }
        for row in read_rows(RAW / "fx_ecb_daily.csv")
    ]


def _write_csv(rows: Iterable[Row], columns: Iterable[str] = ()) -> str:
    rows = list(rows)
    out = io.StringIO()
    writer = csv.DictWriter(out, list(columns) or list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def tables() -> dict[str, str]:
    """Every packaged table, by the name of its file."""
    sources = Sources()
    seen = sorted(observations(sources), key=lambda row: (row["entity"], row["metric"], row["as_of"]))
    specs = sorted(chips(sources), key=lambda row: row["id"])
    prices = sorted(model_prices(sources), key=lambda r: (r["model_id"], r["region"], r["kind"], r["valid_from"]))
    used = {row["source"] for row in [*seen, *specs, *prices]}
    return {
        "observations.csv": _write_csv(seen, OBSERVATION),
        "chips.csv": _write_csv(specs),
        "model_prices.csv": _write_csv(prices),
        "fx.csv": _write_csv(fx()),
        "entities.csv": _write_csv(sorted(entities(), key=lambda row: row["id"])),
        "metrics.csv": _write_csv(sorted(metrics(), key=lambda row: row["id"])),
        "comparison.csv": _write_csv(
            {"metric": f"model_{row['metric']}"} | {key: row[key] for key in ("section", "label", "unit")}
            for row in read_rows(CURATION / "flagship.csv")
        ),
        "indicators.csv": (CURATION / "indicators.csv").read_text(encoding="utf-8"),
        "sources.csv": _write_csv(row for key, row in sorted(sources.rows.items()) if key in used),
    }


def main(arguments: list[str]) -> int:
    """Write the tables, or with --check say whether they are those of the raw facts."""
    tables_by_name = tables()
    if "--check" in arguments:
        stale = [name for name, text in tables_by_name.items() if (TABLES / name).read_text(encoding="utf-8") != text]
        print("\n".join(f"{name} is not what the raw facts give" for name in stale) or "The tables are up to date.")
        return int(bool(stale))
    for name, text in tables_by_name.items():
        (TABLES / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
