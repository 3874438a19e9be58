"""The grammar of units: every unit of the functions, the data and the templates, and the factors between them.

Expected factors are those of NIST SP 811 (appendix B.8), IEC 80000-13 (information) and plain arithmetic.
"""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from xlfuncs import REGISTRY, data
from xlfuncs.catalogue import template_layout as layout
from xlfuncs.core.dimensions import Dimension
from xlfuncs.core.unit_conversion import UNITS
from xlfuncs.core.unit_grammar import UnitError, conversion, convert_units, parse_unit
from xlfuncs.core.units import named_units, number_format, spell_unit
from xlfuncs.data import tables
from xlfuncs.ooxml.package import Package
from xlfuncs.ooxml.workbook import read_workbook

TEMPLATES = sorted((Path(__file__).parents[1] / "templates").glob("*.xlsx"))
_BY_ROW = ("Inputs", "Scenarios", "Timeline", "Outputs", layout.CALCULATION_PREFIX)


def units_of_the_template(path: Path) -> set[str]:
    book = read_workbook(Package(path))
    columns = {"Data": layout.DATA_UNIT, "Claims": layout.CLAIM_UNIT}
    columns |= {name: layout.UNIT for name in book.by_name if name.startswith(_BY_ROW)}
    texts = {
        str(value)
        for (sheet, (row, column)), value in book.values().items()
        if row >= layout.FIRST_ROW and columns.get(sheet) == column
    }
    return {text for text in texts if text not in ("", "Unit")}


def units_in_use() -> set[str]:
    of_functions = {str(function.returns.unit) for function in REGISTRY}
    of_arguments = {str(param.unit) for function in REGISTRY for param in function.params}
    of_data = {row["unit"] for name in ("metrics", "observations", "comparison") for row in tables.rows(name)}
    of_conversion = {unit for units in UNITS.values() for unit in units.split()}
    return of_functions | of_arguments | of_data | of_conversion | set(named_units()) | set(data.CHIP_UNITS.values())


@pytest.mark.parametrize("text", sorted(units_in_use()))
def test_every_unit_is_known_and_its_default_spelling_is_the_same_unit(text: str) -> None:
    unit = parse_unit(text)
    assert unit.is_known
    assert parse_unit(str(unit)) == unit
    assert str(parse_unit(str(unit))) == str(unit)


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_every_unit_of_a_template_is_known(path: Path) -> None:
    units = units_of_the_template(path)
    assert len(units) > 5
    assert {text for text in units if not parse_unit(text).is_known} == set()


@pytest.mark.parametrize(
    ("amount", "old", "new", "expected"),
    [
        (1, "kWh", "J", 3.6e6),  # NIST SP 811, B.8: kilowatt hour
        (1, "Wh", "J", 3.6e3),
        (1, "day", "s", 8.64e4),
        (1, "h", "s", 3.6e3),
        (1, "min", "s", 60),
        (8, "bits", "bytes", 1),  # IEC 80000-13
        (1, "KiB", "B", 1024),
        (1, "nats", "bits", 1.442695),
        (40, "percent", "share", 0.4),
        (1, "mm2", "mm2", 1),
        (2.5, "GW", "MW", 2500),
        (5, "TB/s", "GB/s", 5000),
        (12, "USD m/yr", "USD m per month", 1),
        (1, "USD bn", "USD k", 1e6),
        (3, "USD/h", "USD per day", 72),
        (24, "tokens/day", "tokens per hour", 1),
        (2, "USD/Mtok", "USD/tok", 2e-6),
        (0.36, "USD/kWh", "USD per MJ", 0.1),
        (7, "m MAU", "users", 7e6),
        (18, "months", "years", 1.5),
        (1, "trillion tokens", "Btok", 1000),
        (9, "USD per user per month", "USD/user-yr", 108),
        (86400, "tokens/day per accelerator", "tokens/s per accelerator", 1),
    ],
)
def test_amounts_convert(amount: float, old: str, new: str, expected: float) -> None:
    assert convert_units(amount, old, new) == pytest.approx(expected, rel=1e-6)
    assert convert_units(expected, new, old) == pytest.approx(amount, rel=1e-6)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("USD", "users"),
        ("kWh", "kW"),
        ("USD", "CNY"),
        ("USD", "USD per year"),
        ("tokens per query", "tokens"),
        ("per month", "per year"),  # rates of growth compound
        ("any currency", "USD"),
        ("share", "0 to 100"),
        ("periods", "years"),
    ],
)
def test_units_of_another_kind_do_not_convert(old: str, new: str) -> None:
    for source, target in ((old, new), (new, old)):
        with pytest.raises(UnitError, match=r"cannot be converted to .*; use a unit of the same kind\.$"):
            convert_units(1, source, target)


@pytest.mark.parametrize("text", ["", " ", "/", "per", "USD per", "USD//yr", "USD per ?", "hello world", "1", "2 x"])
def test_what_is_no_unit_says_so(text: str) -> None:
    with pytest.raises(UnitError, match="is not a unit; use a unit such as"):
        parse_unit(text)


@pytest.mark.parametrize(
    ("left", "operator", "right", "result"),
    [
        ("kW", "*", "h", "kWh"),
        ("J", "/", "s", "W"),
        ("TFLOP/s", "*", "s", "TFLOP"),
        ("PFLOP/s", "*", "day", "PFLOP/s-day"),
        ("USD/kWh", "*", "MWh", "USD k"),
        ("USD per accelerator-hour", "*", "accelerators", "USD/h"),
        ("USD per user-month", "*", "m MAU", "USD m/month"),
        ("USD", "*", "CNY per USD", "CNY"),
        ("USD m", "/", "users", "USD m per user"),
        ("USD k", "/", "USD k", "x"),
        ("USD", "/", "year", "USD/yr"),
        ("USD per period", "*", "periods per year", "USD per year"),
        ("share", "*", "USD", "USD"),
        ("TB", "/", "TB/s", "s"),
    ],
)
def test_units_multiply_and_divide(left: str, operator: str, right: str, result: str) -> None:
    one, other, expected = parse_unit(left), parse_unit(right), parse_unit(result)
    product = one * other if operator == "*" else one / other
    assert product.equals(expected), f"{product} is not {expected}"


def test_a_calculated_unit_keeps_its_scale() -> None:
    """USD 1 a month for a year is USD 12; a billion over a million is a thousand."""
    yearly = parse_unit("USD/month") * parse_unit("year")
    assert (yearly.dimension, yearly.scale) == (Dimension.of(USD=1), 12)
    ratio = parse_unit("USD bn") / parse_unit("USD m")
    assert (ratio.dimension, ratio.scale) == (Dimension(), 1000)


def test_dimensions_are_a_group() -> None:
    dimensions = [parse_unit(text).dimension for text in ("USD", "kW", "tokens/s", "share", "mm2")]
    for one, other in permutations(dimensions, 2):
        assert one * other == other * one
        assert one * other / other == one
        assert one / one == Dimension()
        assert (one * other) ** 2 == one**2 * other**2
        assert one**-1 * one == Dimension()


def test_a_unit_has_a_dimension_a_scale_and_a_period() -> None:
    unit = parse_unit(" USD  bn per user-month ")
    assert unit.dimension == Dimension.of(USD=1, users=-1, time=-1)
    assert (unit.scale, unit.period, unit.per, unit.numerator) == (1e9, 12, ("user", "month"), "USD bn")
    assert unit.currency == "USD"
    assert parse_unit("CNY/h").period == 8766
    assert parse_unit("users").period == 1


def test_an_unknown_word_is_a_thing_that_is_counted() -> None:
    unit = parse_unit("widgets k/month")
    assert not unit.is_known
    assert conversion(unit, parse_unit("widgets per year")) == (12_000, 1)


def test_mega_is_not_milli() -> None:
    assert convert_units(1, "MW", "mW") == 1e9


@pytest.mark.parametrize(
    ("old", "new", "factor"),
    [
        ("USD bn/month", "USD m/yr", 12_000),
        ("USD", "USD/month", 1 / 12),  # a figure without a period is one of a year
        ("USD/h", "USD", 8766),
        ("USD/day", "USD/yr", 365.25),
        ("percent", "share", 0.01),
        ("GB", "TB", 0.001),
    ],
)
def test_figures_of_the_data_convert(old: str, new: str, factor: float) -> None:
    assert data.convert(3, old, new) == pytest.approx(3 * factor, rel=1e-12)


def test_prices_convert_at_the_exchange_rate() -> None:
    rate = data.fx_rate("EUR", "USD")
    assert data.convert(0.1, "EUR/kWh", "USD per MWh") == pytest.approx(100 * rate, rel=1e-12)


@pytest.mark.parametrize(
    ("old", "new"), [("share", "per year"), ("per month", "per year"), ("USD", "users"), ("?", "x")]
)
def test_figures_of_another_kind_do_not_convert(old: str, new: str) -> None:
    with pytest.raises(data.DataNotFound, match="cannot be converted"):
        data.convert(1, old, new)


def test_units_of_the_data_are_spelled_as_those_of_the_functions() -> None:
    assert spell_unit("USD/FTE-yr") == "USD per FTE-year"
    assert spell_unit("USD/h") == "USD per hour"
    assert spell_unit("m MAU") == "m MAU"
    assert spell_unit("no unit at all") == "no unit at all"


def test_a_unit_has_a_number_format() -> None:
    assert number_format("EUR m") == "#,##0.0;(#,##0.0);0.0"
    assert number_format("x") == "0.0x;(0.0x);0.0x"
    assert number_format("no unit at all") == number_format("USD bn per user") == "#,##0.00;(#,##0.00);0.00"
