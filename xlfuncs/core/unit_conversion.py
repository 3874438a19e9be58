"""The units that UNIT_CONVERT takes, by kind; the grammar of units has their factors."""

from __future__ import annotations

from xlfuncs.core.errors import VALUE, CellError, no_answer
from xlfuncs.core.unit_grammar import convert_units
from xlfuncs.core.wording import list_text, quote_text

UNITS = {
    "token price": "USD/tok USD/ktok USD/Mtok",
    "tokens": "tok ktok Mtok Btok Ttok",
    "energy": "J kJ MJ Wh kWh MWh GWh TWh",
    "power": "W kW MW GW",
    "bytes": "B kB MB GB TB KiB MiB GiB",
    "compute": "FLOP GFLOP TFLOP PFLOP EFLOP ZFLOP PFLOP/s-day",
    "compute speed": "FLOP/s TFLOP/s PFLOP/s EFLOP/s ZFLOP/s",
    "time": "s min h day month year",
    "energy per token": "J/tok kWh/Mtok Wh/ktok",
}
_KIND = {unit: kind for kind, units in UNITS.items() for unit in units.split()}


def convert_amount(amount: float, from_unit: str, to_unit: str) -> float | CellError:
    """An amount in another unit, or the error value for an unknown unit or one of another kind.

    >>> convert_amount(2.0, "h", "min")
    120.0
    """
    for name, unit in (("from_unit", from_unit), ("to_unit", to_unit)):
        if unit not in _KIND:
            from difflib import get_close_matches

            near = get_close_matches(unit, _KIND, 3, 0.5)
            fix = f"use {list_text(near, 'or')}" if near else "use a unit such as USD/Mtok, kWh or year"
            return no_answer(f"{name} {quote_text(unit)} is not a known unit; {fix}.")
    if _KIND[to_unit] != _KIND[from_unit]:
        source = f"from_unit {quote_text(from_unit)} ({_KIND[from_unit]})"
        target = f"to_unit {quote_text(to_unit)} ({_KIND[to_unit]})"
        return CellError(VALUE, f"{source} and {target} must be units of the same kind.")
    return convert_units(amount, from_unit, to_unit)
