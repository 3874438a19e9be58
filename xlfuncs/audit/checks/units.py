"""Rules for units, where a workbook states them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

from xlfuncs.audit import template_sheets
from xlfuncs.audit.checks.flow import runs
from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import Sheet, WorkbookView
from xlfuncs.core import units
from xlfuncs.data import tables
from xlfuncs.ooxml.cells import CellPos

_HEADINGS = {"unit", "units", "uom", "unit of measure"}
_SAME = {"x": "ratio", "%": "share", "percent": "share", "per cent": "share", "pct": "share"}
_PURE = frozenset(
    (
        "share", "ratio", "0 to 1", "probability", "weight", "flag", "per year", "per month", "per period", "points",
        "coefficient", "log ratio", "score", "shape", "-100 to 100", "0 to 100",
    )
)  # fmt: skip  # which add up with one another
_PER = re.compile(r"(?: per |/).*$")  # months add up: a sum of USD per month is in USD
_MONEY = re.compile(r"^[A-Z]{3}( (k|m|bn|tn))?( ?(/|per ).+)?$")
_FREE = {
    "as stored",
    "any currency",
    "USD unless named",
    "number",
    "any capacity unit",
    "to per from",
    "text",
    "date",
    "",
}
_CALLS_THAT_KEEP = {"SUM", "MIN", "MAX", "AVERAGE", "ABS", "ROUND", "MEDIAN"}
_MOST = 200  # cells of a range
_OFF, _ALIKE, _LEAST = 50.0, 10.0, 4


def _units(sheet: Sheet) -> dict[int, str]:
    """The unit of each row below a heading Unit, as far as its table goes."""
    return _column_of_units(sheet)[1]


def _column_of_units(sheet: Sheet) -> tuple[int, dict[int, str]]:
    heads = [(column, row) for (row, column), text in sheet.texts.items() if text.strip().lower() in _HEADINGS]
    if len({column for column, _ in heads}) != 1:
        return 0, {}
    column = heads[0][0]
    figures = {row for row, at in (*sheet.forms, *sheet.numbers) if at != column}
    found: dict[int, str] = {}
    below = False
    for row in sorted(row for row, at in sheet.texts if at == column):
        if (column, row) in heads:
            below = True
        elif row not in figures:
            below = False  # the heading of another table
        elif below:
            found[row] = sheet.texts[row, column].strip()
    return column, found


def _kind(unit: str) -> str:
    """One spelling of a unit for all."""
    plain = " ".join(unit.lower().split())
    return _SAME.get(plain, plain)


def _added(unit: str) -> str:
    """What a unit counts, where it is added: months add up, so that a sum of USD per month is in USD."""
    kind = _kind(unit)
    return "a number" if kind in _PURE else _PER.sub("", kind)


def _alike(one: str, other: str) -> bool:
    return _kind(one) == _kind(other)


@rule(
    "B19",
    "Every row has a unit, and sums keep to it",
    "E",
    "ICAEW, FAST",
    "State the unit of the row, or convert what is added.",
    elsewhere="W",
)
def stated(opened: WorkbookView) -> Iterator[Fault]:
    """USD and USD m add up without an error, and so do users and months.

    Where a column is headed Unit, a formula that only adds, subtracts or repeats cells must have the unit of what it
    reads. In a line of typed numbers one that is 50 times off from the rest is taken for one in another unit. In our
    templates every row with numbers has a unit, out of those of the functions and of the data set.
    """
    for sheet in opened.sheets:
        yield from _mixed(opened, sheet)
        if not opened.ours:
            yield from _off_scale(sheet)
    if opened.ours:
        for sheet in template_sheets.of_kind(opened, "Inputs", "Calc_"):
            yield from _unnamed(sheet)


def _mixed(opened: WorkbookView, sheet: Sheet) -> Iterator[Fault]:
    own = opened.once(_units, sheet)
    adding = {form for form in set(sheet.forms.values()) if _only_adds(form)}
    for place, form in sheet.forms.items():
        if form not in adding:
            continue
        read = {(owner, row): unit for owner, row, unit in _read(opened, sheet, place, form)}
        if own.get(place[0]) and _applies(opened, sheet, place):
            read[sheet, place[0]] = own[place[0]]
        read = {at: unit for at, unit in read.items() if _kind(unit) not in _FREE}
        as_ = _kind if form.links else _added
        kinds = Counter(as_(unit) for unit in read.values())
        if len(kinds) < 2:
            continue
        (usual, most), (rare, least) = kinds.most_common(2)
        if len(kinds) == 2 and least == 1 and most > 1:
            (owner, row), unit = next((at, unit) for at, unit in read.items() if as_(unit) == rare)
            others = next(unit for unit in read.values() if as_(unit) == usual)
            why = "The unit of the row is not that of the rows it is added to or made of ({}); convert or correct it."
            at = (row, opened.once(_column_of_units, owner)[0])
            yield Fault(owner.name, why, at, f"{unit} among {others}", "W")
        else:
            detail = " and ".join(sorted(set(read.values())))
            why = "The formula adds or repeats different units ({}); convert or correct one."
            yield Fault(sheet.name, why, place, detail, "W")


def _applies(opened: WorkbookView, sheet: Sheet, place: CellPos) -> bool:
    return not opened.ours or template_sheets.has_unit(sheet, place)


def _only_adds(form: R1C1Formula) -> bool:
    if not form.tokens or not form.areas or not form.names <= _CALLS_THAT_KEEP:
        return False
    operators = {token.text for token in form.tokens if token.kind in ("OpInfix", "OpPostfix")}
    return operators <= {"+", "-"} and not any(
        token.kind in ("Operand", "Literal") and token.subtype != "Range" for token in form.tokens
    )


def _read(opened: WorkbookView, sheet: Sheet, place: CellPos, form: R1C1Formula) -> Iterator[tuple[Sheet, int, str]]:
    """Sheet, row and unit of what a formula reads, where it is stated."""
    for one in form.references:
        read = opened.resolved(sheet, place, one)
        if read is None:
            continue
        owner, (top, left, bottom, _) = read
        stated = opened.once(_units, owner)
        if stated and bottom - top <= _MOST:
            for row in range(top, bottom + 1):
                if row in stated and owner.filled((row, left)) and _applies(opened, owner, (row, left)):
                    yield owner, row, stated[row]


def _off_scale(sheet: Sheet) -> Iterator[Fault]:
    """The largest or smallest number of a line of typed ones, where it is far off from all others."""
    for down in (False, True):
        for run in runs(sheet.numbers, down):
            if len(run) < _LEAST:
                continue
            styles = Counter(map(sheet.style, run))
            by_size = sorted(run, key=lambda place: abs(sheet.numbers[place]))
            sizes = [abs(sheet.numbers[place]) for place in by_size]
            for place, size, others in ((by_size[-1], sizes[-1], sizes[:-1]), (by_size[0], sizes[0], sizes[1:])):
                low, middle, high = others[0], others[len(others) // 2], others[-1]
                if low <= 0 or high > _ALIKE * low or not size or styles[sheet.style(place)] < 2:
                    continue
                for times, word in ((size / middle, "larger"), (middle / size, "smaller")):
                    if times > _OFF:
                        detail = f"{times:,.0f} times {word}" if times < 1e5 else f"far {word}"
                        why = "The number is {} than those beside it; see whether its unit is theirs."
                        yield Fault(sheet.name, why, place, detail)


@cache
def known() -> frozenset[str]:
    """The units of the functions and of the data set."""
    found = {unit.name for unit in vars(units).values() if isinstance(unit, units.Unit)}
    found |= {row["unit"] for name in ("metrics", "observations", "comparison") for row in tables.rows(name)}
    return frozenset(found | {"date"})


def is_known(unit: str) -> bool:
    """Whether a unit is one of ours: by name, or a currency with a scale and what it is per."""
    return unit in known() or bool(_MONEY.match(unit))


def _unnamed(sheet: Sheet) -> Iterator[Fault]:
    rows = {
        row
        for row, column in (*sheet.forms, *sheet.numbers)
        if row >= template_sheets.FIRST and column >= template_sheets.VALUE
    }
    for row in sorted(rows):
        if (
            template_sheets.kind(sheet) == "table"
            and sheet.name != "Inputs"
            and not sheet.text((row, template_sheets.LABEL))
        ):
            continue
        if not any(isinstance(sheet.value((r, c)), float) for r, c in sheet.forms if r == row):
            continue
        unit = sheet.text((row, template_sheets.UNIT))
        if not unit:
            yield Fault(
                sheet.name, "The row has numbers and no unit; state it in column C.", (row, template_sheets.UNIT)
            )
        elif not is_known(unit):
            yield Fault(
                sheet.name,
                "The unit is not among those of the functions and the data ({}).",
                (row, template_sheets.UNIT),
                unit,
            )


@rule(
    "B39",
    "A function stands where its unit is stated",
    "E",
    "ours",
    "Correct the unit of the row, or convert the result.",
    elsewhere="W",
)
def of_functions(opened: WorkbookView) -> Iterator[Fault]:
    """The result of a function has a unit; a row that states another makes readers take it for something else."""
    for sheet in opened.sheets:
        own = opened.once(_units, sheet)
        for place, form in sheet.forms.items():
            stated = own.get(place[0], "") if _applies(opened, sheet, place) else ""
            if not stated or not form.calls or form.calls[-1].depth != 1 or form.calls[-1].name not in opened.registry:
                continue
            if not _bare(form):
                continue
            returns = opened.registry[form.calls[-1].name].returns
            if returns.shape == "scalar" and not _fits(stated, returns.unit.name):
                detail = f"{form.calls[-1].name} gives {returns.unit.name}, the row says {stated}"
                yield Fault(sheet.name, "The unit of a row is not that of its function ({}).", place, detail)


def _bare(form: R1C1Formula) -> bool:
    """Whether a formula is one call and nothing around it."""
    depth = 0
    for at, token in enumerate(form.tokens):
        depth += (token.subtype == "Open") - (token.subtype == "Close")
        if depth == 0 and at < len(form.tokens) - 1:
            return False
    return bool(form.tokens) and form.tokens[0].kind == "Func"


def _fits(stated: str, given: str) -> bool:
    if given in _FREE or _alike(stated, given) or stated.lower().startswith(f"{given.lower()} "):
        return True
    if "per period" in given and re.fullmatch(re.escape(given).replace("period", r"\w+"), stated):
        return True
    money = bool(_MONEY.match(stated)) and (given.startswith("USD") or "currency" in given)
    return money and (" per " in stated or "/" in stated) == (" per " in given or "/" in given)
