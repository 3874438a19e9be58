"""Units of measure by dimension, each with the factor to the base unit."""

from __future__ import annotations

from xlfuncs.core.errors import VALUE, CellError, no_answer
from xlfuncs.core.wording import listed, quoted

_THOUSANDS = {"": 1.0, "k": 1e3, "M": 1e6, "G": 1e9, "T": 1e12, "P": 1e15, "E": 1e18, "Z": 1e21}
_HOUR = 3600.0
_DAY = 24 * _HOUR

UNITS: dict[str, dict[str, float]] = {
    "token price": {"USD/tok": 1.0, "USD/ktok": 1e-3, "USD/Mtok": 1e-6},
    "tokens": {"tok": 1.0, "ktok": 1e3, "Mtok": 1e6, "Btok": 1e9, "Ttok": 1e12},
    "energy": {
        "J": 1.0, "kJ": 1e3, "MJ": 1e6, "Wh": _HOUR, "kWh": 1e3 * _HOUR, "MWh": 1e6 * _HOUR, "GWh": 1e9 * _HOUR,
        "TWh": 1e12 * _HOUR,
    },
    "power": {f"{prefix}W": _THOUSANDS[prefix] for prefix in ("", "k", "M", "G")},
    "bytes": {
        **{f"{prefix}B": _THOUSANDS[prefix] for prefix in ("", "k", "M", "G", "T")},
        "KiB": 2.0**10, "MiB": 2.0**20, "GiB": 2.0**30,
    },
    "compute": {
        **{f"{prefix}FLOP": _THOUSANDS[prefix] for prefix in ("", "G", "T", "P", "E", "Z")},
        "PFLOP/s-day": 1e15 * _DAY,
    },
    "compute speed": {f"{prefix}FLOP/s": _THOUSANDS[prefix] for prefix in ("", "T", "P", "E", "Z")},
    "time": {
        "s": 1.0, "min": 60.0, "h": _HOUR, "day": _DAY, "month": 30.4375 * _DAY, "year": 8766 * _HOUR,
    },
    "energy per token": {"J/tok": 1.0, "kWh/Mtok": 3.6, "Wh/ktok": 3.6},
}  # fmt: skip
_DIMENSION = {unit: dimension for dimension, units in UNITS.items() for unit in units}


def converted(amount: float, from_unit: str, to_unit: str) -> float | CellError:
    """An amount in another unit, or the error value for an unknown unit or a different dimension.

    >>> converted(2.0, "h", "min")
    120.0
    """
    for name, unit in (("from_unit", from_unit), ("to_unit", to_unit)):
        if unit not in _DIMENSION:
            from difflib import get_close_matches

            near = get_close_matches(unit, _DIMENSION, 3, 0.5)
            fix = f"use {listed(near, 'or')}" if near else "use a unit such as USD/Mtok, kWh or year"
            return no_answer(f"{name} {quoted(unit)} is not a known unit; {fix}.")
    dimension = _DIMENSION[from_unit]
    if _DIMENSION[to_unit] != dimension:
        kinds = f"from_unit {quoted(from_unit)} ({dimension}) and to_unit {quoted(to_unit)} ({_DIMENSION[to_unit]})"
        return CellError(VALUE, f"{kinds} must be units of the same kind.")
    units = UNITS[dimension]
    return amount * units[from_unit] / units[to_unit]
