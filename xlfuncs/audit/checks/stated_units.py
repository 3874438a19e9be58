"""Checks of the units that a workbook states for its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import cache

from xlfuncs.audit.locations import consecutive_cells
from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.sheet_view import SheetView
from xlfuncs.audit.template_sheets import has_row_unit, rows_with_figures, series_kind, sheets_named
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.catalogue.template_layout import CALCULATION_PREFIX, LABEL, UNIT
from xlfuncs.core.grid import column_letters
from xlfuncs.core.unit_grammar import ParsedUnit, UnitError, parse_unit
from xlfuncs.core.units import named_units
from xlfuncs.data import tables
from xlfuncs.engine.tokens import FUNCTION, INFIX, OPEN, OPERAND, POSTFIX, RANGE
from xlfuncs.ooxml.cells import CellPos

_HEADINGS = {"unit", "units", "uom", "unit of measure"}
_SYNONYMS = {"x": "ratio", "percent": "share"}  # a cell in a percent format holds a share
_PER = re.compile(r"(?: per |/).*$")
_UNIT_PRESERVING = frozenset({"SUM", "MIN", "MAX", "AVERAGE", "ABS", "ROUND", "MEDIAN"})
_MOST_ROWS = 200  # of a range whose units are compared
_OFF_SCALE = 50.0  # times larger or smaller than the others
_MAX_SPREAD = 10.0  # between the others, for them to be alike
_MIN_LINE = 4  # typed numbers that can be compared


def _units_of_rows(sheet: SheetView) -> dict[int, str]:
    """The unit of each row below a heading Unit, as far as its table goes."""
    return _unit_column(sheet)[1]


def _unit_column(sheet: SheetView) -> tuple[int, dict[int, str]]:
    """The column headed Unit, and the unit of each row below the heading; 0 and none where there is no such column."""
    headings = [(column, row) for (row, column), text in sheet.texts.items() if text.strip().lower() in _HEADINGS]
    if len({column for column, _ in headings}) != 1:
        return 0, {}
    unit_column = headings[0][0]
    rows_of_figures = {row for row, column in (*sheet.formulas, *sheet.numbers) if column != unit_column}
    units_of_rows: dict[int, str] = {}
    is_below_heading = False
    for row in sorted(row for row, column in sheet.texts if column == unit_column):
        if (unit_column, row) in headings:
            is_below_heading = True
        elif row not in rows_of_figures:
            is_below_heading = False  # the heading of another table
        elif is_below_heading:
            units_of_rows[row] = sheet.texts[row, unit_column].strip()
    return unit_column, units_of_rows


def _parse(unit: str) -> ParsedUnit | None:
    """A unit in any case; `None` where the text is no unit."""
    parsed = []
    for text in (unit, unit.lower()):
        with suppress(UnitError):
            parsed.append(parse_unit(text))
    return next((candidate for candidate in parsed if candidate.is_known), parsed[0] if parsed else None)


def _normalise(unit: str) -> str:
    """A unit in one spelling."""
    plain = str(_parse(unit) or " ".join(unit.split())).lower()
    return _SYNONYMS.get(plain, plain)


def _summed_unit(unit: str) -> str:
    """What a unit counts where it is added: months add up, so that a sum of USD per month is in USD."""
    parsed = _parse(unit)
    if parsed is None:
        return _PER.sub("", _normalise(unit))
    return "a number" if parsed.is_number else parsed.numerator.lower() or _normalise(unit)


def _is_open(unit: str) -> bool:
    """Whether a unit says that any other may stand there, or none."""
    parsed = _parse(unit)
    return not unit or (parsed is not None and parsed.is_open)


@audit_check(
    "B19",
    "mixed-units",
    "A unit for every row, and no mixed units in sums",
    "E",
    "ICAEW, FAST",
    "State the unit of the row, or convert what is added.",
    severity_elsewhere="W",
)
def check_units(view: WorkbookView) -> Iterator[Violation]:
    """USD and USD m add up without an error, and so do users and months.

    Where a column is headed Unit, a formula that only adds, subtracts or repeats cells must have the unit of the cells
    that it reads. A number that is 50 times larger or smaller than the rest of a line of typed numbers is taken for one
    in another unit. In our templates every row with numbers has a unit of the functions or of the data set.
    """
    for sheet in view.sheets:
        yield from _find_mixed_units(view, sheet)
        if not view.template:
            yield from _find_off_scale(sheet)
    if view.template:
        for sheet in sheets_named(view, "Inputs", CALCULATION_PREFIX):
            yield from _find_rows_without_unit(sheet)


def _find_mixed_units(view: WorkbookView, sheet: SheetView) -> Iterator[Violation]:
    own = view.memoise(_units_of_rows, sheet)
    additions = {formula for formula in set(sheet.formulas.values()) if _only_adds(formula)}
    for cell, formula in sheet.formulas.items():
        if formula not in additions:
            continue
        stated = {(owner, row): unit for owner, row, unit in _units_read(view, sheet, cell, formula)}
        if own.get(cell[0]) and _is_in_row_unit(sheet, cell):
            stated[sheet, cell[0]] = own[cell[0]]
        stated = {row: unit for row, unit in stated.items() if not _is_open(unit)}
        normalise = _normalise if formula.is_link else _summed_unit
        counts = Counter(normalise(unit) for unit in stated.values())
        if len(counts) < 2:
            continue
        (usual, most), (rare, least) = counts.most_common(2)
        if len(counts) == 2 and least == 1 and most > 1:
            (owner, row), unit = next((row, unit) for row, unit in stated.items() if normalise(unit) == rare)
            other = next(unit for unit in stated.values() if normalise(unit) == usual)
            message = "The unit of the row differs from that of the rows it is added to or calculated from ({})."
            position = (row, view.memoise(_unit_column, owner)[0])
            yield Violation(owner.name, message, position, f"{unit} among {other}", "W")
        else:
            detail = " and ".join(sorted(set(stated.values())))
            yield Violation(sheet.name, "The formula adds or repeats different units ({}).", cell, detail, "W")


def _is_in_row_unit(sheet: SheetView, cell: CellPos) -> bool:
    return not sheet.in_template or has_row_unit(sheet, cell)


def _only_adds(formula: R1C1Formula) -> bool:
    if not formula.tokens or not formula.areas or not formula.function_names <= _UNIT_PRESERVING:
        return False
    operators = {token.text for token in formula.tokens if token.kind in (INFIX, POSTFIX)}
    return operators <= {"+", "-"} and not any(
        token.kind in (OPERAND, "Literal") and token.subtype != RANGE for token in formula.tokens
    )


def _units_read(
    view: WorkbookView, sheet: SheetView, cell: CellPos, formula: R1C1Formula
) -> Iterator[tuple[SheetView, int, str]]:
    """Sheet, row and unit of what a formula reads, where a unit is stated."""
    for reference in formula.references:
        target = view.resolve(sheet, cell, reference)
        if target is None:
            continue
        owner, (top, left, bottom, _) = target
        stated = view.memoise(_units_of_rows, owner)
        if stated and bottom - top <= _MOST_ROWS:
            for row in range(top, bottom + 1):
                if row in stated and owner.is_filled((row, left)) and _is_in_row_unit(owner, (row, left)):
                    yield owner, row, stated[row]


def _find_off_scale(sheet: SheetView) -> Iterator[Violation]:
    """The largest or smallest number of a line of typed ones, where it is far from all others."""
    for down in (False, True):
        for run in consecutive_cells(sheet.numbers, down):
            if len(run) < _MIN_LINE:
                continue
            styles = Counter(map(sheet.style, run))
            by_size = sorted(run, key=lambda cell: abs(sheet.numbers[cell]))
            sizes = [abs(sheet.numbers[cell]) for cell in by_size]
            for cell, size, others in ((by_size[-1], sizes[-1], sizes[:-1]), (by_size[0], sizes[0], sizes[1:])):
                if not size or styles[sheet.style(cell)] < 2:
                    continue
                if detail := _describe_scale(size, others):
                    message = "The number is {} than those beside it. Check its unit."
                    yield Violation(sheet.name, message, cell, detail)


def _describe_scale(size: float, others: list[float]) -> str:
    """How far a number is from others that are alike, such as "100 times larger"; "" where it is near."""
    low, middle, high = others[0], others[len(others) // 2], others[-1]
    if low <= 0 or high > _MAX_SPREAD * low:
        return ""
    for times, word in ((size / middle, "larger"), (middle / size, "smaller")):
        if times > _OFF_SCALE:
            return f"{times:,.0f} times {word}" if times < 1e5 else f"far {word}"
    return ""


@cache
def _known_units() -> frozenset[str]:
    """The units of the functions and of the data set."""
    names = {row["unit"] for name in ("metrics", "observations", "comparison") for row in tables.rows(name)}
    return frozenset({*names, *named_units(), "date"})


def _is_known(unit: str) -> bool:
    """Whether a unit is one of ours: by name, or a currency with a scale and what it is per."""
    parsed = _parse(unit)
    return unit in _known_units() or (parsed is not None and bool(parsed.currency))


def _find_rows_without_unit(sheet: SheetView) -> Iterator[Violation]:
    is_table = series_kind(sheet) == "table" and sheet.name != "Inputs"
    for row in rows_with_figures(sheet):
        if is_table and not sheet.text((row, LABEL)):
            continue
        if not any(isinstance(sheet.value((r, column)), float) for r, column in sheet.formulas if r == row):
            continue
        unit = sheet.text((row, UNIT))
        if not unit:
            message = f"The row has numbers but no unit. State it in column {column_letters(UNIT)}."
            yield Violation(sheet.name, message, (row, UNIT))
        elif not _is_known(unit):
            message = "The unit is not one that the functions or the data set use ({})."
            yield Violation(sheet.name, message, (row, UNIT), unit)


@audit_check(
    "B39",
    "function-unit-mismatch",
    "Stated units that match the functions",
    "E",
    "xlfuncs",
    "Correct the unit of the row, or convert the result.",
    severity_elsewhere="W",
)
def check_units_of_functions(view: WorkbookView) -> Iterator[Violation]:
    """The result of an xlfuncs function has a unit; a row that states another misleads its readers."""
    for sheet in view.sheets:
        own = view.memoise(_units_of_rows, sheet)
        for cell, formula in sheet.formulas.items():
            stated = own.get(cell[0], "") if _is_in_row_unit(sheet, cell) else ""
            if not stated or not formula.calls or formula.calls[-1].depth != 1:
                continue
            name = formula.calls[-1].name
            if name not in view.registry or not _is_single_call(formula):
                continue
            returns = view.registry[name].returns
            if returns.shape == "scalar" and not _is_compatible(stated, returns.unit.name):
                detail = f"{name} returns {returns.unit.name}, the row states {stated}"
                message = "The unit of the row differs from that of its function ({})."
                yield Violation(sheet.name, message, cell, detail)


def _is_single_call(formula: R1C1Formula) -> bool:
    """Whether a formula is one call of a function with nothing around it."""
    depth = 0
    for index, token in enumerate(formula.tokens):
        depth += (token.subtype == OPEN) - (token.subtype == "Close")
        if depth == 0 and index < len(formula.tokens) - 1:
            return False
    return bool(formula.tokens) and formula.tokens[0].kind == FUNCTION


def _is_compatible(stated: str, returned: str) -> bool:
    """Whether a row may state a unit where a function returns another."""
    if _is_open(returned) or _normalise(stated) == _normalise(returned):
        return True
    if stated.lower().startswith(f"{returned.lower()} "):
        return True
    if "per period" in returned and re.fullmatch(re.escape(returned).replace("period", r"\w+"), stated):
        return True
    amount, result = _parse(stated), parse_unit(returned)
    if amount is None or not amount.currency or not result.currency:
        return False
    return bool(amount.per) == bool(result.per)
