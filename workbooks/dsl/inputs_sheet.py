"""The sheets before the calculation: inputs with the switches, scenarios, timeline and data."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbooks.dsl.declarations import Input, Row, Timeline
from workbooks.dsl.layout import CellSlot, Layout
from workbooks.dsl.style import (
    FIRST,
    HEAD,
    INPUT_BLUE,
    INPUT_FILL,
    LABEL,
    LINK_GREEN,
    MUTED,
    SERIES,
    UNIT,
    VALUE,
    cell,
    from_zero,
)
from xlfuncs.catalogue import template_layout
from xlfuncs.catalogue.template_layout import BASE_SCENARIO, SCENARIOS
from xlfuncs.data import tables

LOW, BASE, HIGH, SIDE, KEY, AS_OF, SOURCE = from_zero(
    template_layout.INPUT_LOW,
    template_layout.INPUT_BASE,
    template_layout.INPUT_HIGH,
    template_layout.INPUT_SIDE,
    template_layout.INPUT_KEY,
    template_layout.INPUT_AS_OF,
    template_layout.INPUT_SOURCE,
)
_KEY, _MEANING, _UNIT, _LOW, _VALUE, _HIGH, _AS_OF, _GRADE, _SOURCE, _LINK, _NOTE, _INPUT = from_zero(  # of Data
    template_layout.DATA_KEY,
    template_layout.DATA_MEANING,
    template_layout.DATA_UNIT,
    template_layout.DATA_LOW,
    template_layout.DATA_VALUE,
    template_layout.DATA_HIGH,
    template_layout.DATA_AS_OF,
    template_layout.DATA_GRADE,
    template_layout.DATA_SOURCE,
    template_layout.DATA_LINK,
    template_layout.DATA_NOTE,
    template_layout.DATA_INPUT,
)
CURRENCIES = ("USD", "CNY")
RATE = "usd_cny"
_SHARES = ("share", "probability", "0 to 1")
_SWITCH = {
    "bold": True,
    "font_color": INPUT_BLUE,
    "bg_color": INPUT_FILL,
    "border": 1,
    "align": "center",
    "locked": False,
}

Sections = Sequence[tuple[str, Sequence[Input]]]


class Inputs:
    """The sheet of inputs, and those that follow from it row by row."""

    def __init__(self, layout: Layout, sections: Sections, rate: Input) -> None:
        self.layout, self.book, self.rate = layout, layout.book, rate
        self.sections = sections
        self.rows: dict[str, int] = {}

    @property
    def all(self) -> list[Input]:
        """Every input, in the order of the sheet."""
        return [self.rate, *(entry for _, group in self.sections for entry in group)]

    def write(self) -> None:
        """Switches, then each section: low, base, high, the side that is good, source and date."""
        about = "Every number the model takes: change the blue cells; the switches choose scenario and currency"
        sheet = self.layout.add_sheet("Inputs", "Inputs", about, "input", False)
        sheet.set_column(SIDE, SIDE, 6, self.book.style())
        sheet.set_column(KEY, KEY, 30, self.book.style())
        sheet.set_column(AS_OF, AS_OF, 12, self.book.style())
        sheet.set_column(SOURCE, SOURCE, 70, self.book.style())
        self.book.heading(sheet, HEAD, [">Low", ">Base", ">High", ">Side", "  Source key", ">As of", "  Source"], LOW)
        row = self._switches(sheet)
        for title, group in self.sections:
            self.book.section(sheet, row, title, SOURCE)
            for entry in group:
                row += 1
                self._write_input(sheet, row, entry)
            row += 2
        self.book.name("data_inputs", "Inputs", (HEAD, 0, row - 2, SOURCE))

    def _switches(self, sheet: Worksheet) -> int:
        book = self.book
        book.section(sheet, FIRST, "Switches", SOURCE)
        active, case, middle, currency, rate = FIRST + 1, FIRST + 2, FIRST + 3, FIRST + 4, FIRST + 6
        listed = ",".join(f'"{name}"' for name in SCENARIOS)
        for row, name, label, unit, note in (
            (
                active,
                template_layout.SCENARIO_NAME,
                "Scenario in use",
                "text",
                "Bear and Bull take the low or the high end of each range, by its side",
            ),
            (case, "sc_case", "Number of the scenario", "number", "1 Bear, 2 Base, 3 Bull"),
            (middle, "sc_base", "Number of the base scenario", "number", "Bear is one before it, Bull one after it"),
            (
                currency,
                template_layout.CURRENCY_NAME,
                "Currency of the outputs",
                "text",
                "The model itself calculates in US dollars",
            ),
            (rate, "sc_rate", "Units of that currency for one US dollar", "ratio", ""),
        ):
            book.write(sheet, row, LABEL, label, bold=True)
            book.write(sheet, row, UNIT, unit, font_color=MUTED)
            book.note(sheet, row, note)
            book.name(name, "Inputs", (row, VALUE, row, VALUE))
        for row, names, title in ((active, SCENARIOS, "Scenario"), (currency, CURRENCIES, "Currency")):
            sheet.write_string(row, VALUE, BASE_SCENARIO if row == active else names[0], book.style(**_SWITCH))
            choice = f"Choose {', '.join(names[:-1])} or {names[-1]}."
            rule = {"validate": "list", "source": list(names), "input_title": title, "input_message": choice}
            sheet.data_validation(row, VALUE, row, VALUE, {**rule, "error_title": title, "error_message": choice})
        for row, wanted in ((case, cell(active, VALUE)), (middle, f'"{BASE_SCENARIO}"')):
            book.write(sheet, row, VALUE, f"=MATCH({wanted},{{{listed}}},0)", "number", align="right")
        self._write_input(sheet, currency + 1, self.rate)
        known = cell(currency + 1, VALUE)
        formula = f'=IF({cell(currency, VALUE)}="{CURRENCIES[0]}",1,{known})'
        book.write(sheet, rate, VALUE, formula, "to per from", align="right")
        return rate + 2

    def _write_input(self, sheet: Worksheet, row: int, entry: Input) -> None:
        book = self.book
        if entry.key in self.rows:
            raise ValueError(f"Two inputs have the key {entry.key}.")
        self.rows[entry.key] = row
        book.write(sheet, row, LABEL, entry.label)
        book.write(sheet, row, UNIT, entry.unit, font_color=MUTED)
        book.note(sheet, row, entry.note)
        for column, value in ((LOW, entry.low), (BASE, entry.base), (HIGH, entry.high)):
            book.input(sheet, row, column, value, entry.unit)
        area = f"${cell(row, LOW)}:${cell(row, HIGH)}"
        formula = f"=INDEX({area},sc_base+(sc_case-sc_base)*${cell(row, SIDE)})"
        book.write(sheet, row, VALUE, formula, entry.unit, bold=True, align="right")
        book.input(sheet, row, SIDE, entry.side, "+1 or -1")
        side = "1 where high is good, -1 where low is good, 0 where it stays."
        _validate(sheet, (row, SIDE, row, SIDE), -1, 1, "Side", side, "integer")
        book.write(sheet, row, KEY, entry.source_key, font_color=MUTED, indent=1)
        book.input_date(sheet, row, AS_OF, entry.as_of)
        assumption = entry.grade == "assumption"
        text = entry.source if assumption else f"{entry.source} ({entry.grade})"
        look: dict[str, Any] = {"italic": True, "font_color": MUTED} if assumption else {}
        book.write(sheet, row, SOURCE, text, indent=1, **look)
        least, most = _bounds(entry)
        message = f"{entry.label}, in {entry.unit}" + _describe_bounds(least, most)
        _validate(sheet, (row, LOW, row, HIGH), least, most, entry.label, message, "decimal")

    def write_scenarios(self) -> None:
        """The value of each input in each scenario."""
        book = self.book
        about = "What each scenario takes: the end of the range that is bad for value, the base, the end that is good"
        sheet = self.layout.add_sheet("Scenarios", "Scenarios", about, "input", False)
        book.heading(sheet, HEAD, [f">{name}" for name in SCENARIOS], SERIES)
        listed = ",".join(f'"{name}"' for name in SCENARIOS)
        book.write(sheet, FIRST, LABEL, "Number of the scenario", bold=True)
        book.write(sheet, FIRST, UNIT, "number", font_color=MUTED)
        for column in range(SERIES, SERIES + len(SCENARIOS)):
            book.write(sheet, FIRST, column, f"=MATCH({cell(HEAD, column)},{{{listed}}},0)", "number", align="right")
        book.write(sheet, FIRST, VALUE, "=sc_case", "number", font_color=LINK_GREEN)
        row = FIRST + 2
        for title, group in (("Currency", [self.rate]), *self.sections):
            book.section(sheet, row, title, SERIES + len(SCENARIOS) - 1)
            for entry in group:
                row += 1
                at = self.rows[entry.key] + 1
                book.write(sheet, row, LABEL, entry.label)
                book.write(sheet, row, UNIT, entry.unit, font_color=MUTED)
                for column in range(SERIES, SERIES + len(SCENARIOS)):
                    step = f"sc_base+({cell(FIRST, column)[:1]}${FIRST + 1}-sc_base)*Inputs!$K{at}"
                    formula = f"=INDEX(Inputs!$H{at}:$J{at},{step})"
                    book.link(sheet, row, column, formula, entry.unit)
                first, last = cell(row, SERIES), cell(row, SERIES + len(SCENARIOS) - 1)
                book.write(sheet, row, VALUE, f"=INDEX({first}:{last},sc_case)", entry.unit, bold=True, align="right")
                self.layout.place(entry.key, CellSlot("Scenarios", row, entry.label, entry.unit, series=len(SCENARIOS)))
            row += 2

    def write_data(self) -> None:
        """The figures as the data set had them; a refresh brings them, and inputs not changed by hand, up to date."""
        book = self.book
        widths = (3, 34, 46, 22, 14, 14, 14, 12, 12, 64, 50, 56, 10)
        about = "The figure behind each input; a refresh brings it up to date, and the input unless you changed it"
        sheet = book.sheet("Data", "Data", about, "input", widths, 2)
        heads = ["", "Key", "Meaning", "Unit", ">Low", ">Value", ">High", ">As of", "  Grade", "Source", "Link", "Note"]
        book.heading(sheet, HEAD, [*heads, "Input"])
        row = HEAD
        for entry in self.all:
            row += 1
            book.write(sheet, row, _KEY, entry.source_key, locked=False)
            book.write(sheet, row, _MEANING, entry.label)
            book.write(sheet, row, _UNIT, entry.unit, font_color=MUTED)
            for column, value in ((_LOW, entry.low), (_VALUE, entry.base), (_HIGH, entry.high)):
                book.write(sheet, row, column, value, entry.unit, locked=False)
            book.input_date(sheet, row, _AS_OF, entry.as_of, plain=True)
            for column, text in (
                (_GRADE, entry.grade),
                (_SOURCE, entry.source),
                (_LINK, entry.link),
                (_NOTE, entry.note),
            ):
                book.write(sheet, row, column, text, locked=False, indent=1 if column == _GRADE else 0)
            r, at = row + 1, self.rows[entry.key] + 1
            same = f"AND(E{r}=Inputs!$H{at},F{r}=Inputs!$I{at},G{r}=Inputs!$J{at})"
            state = f'=IF({same},"{template_layout.INPUT_UNCHANGED}","{template_layout.INPUT_CHANGED}")'
            book.write(sheet, row, _INPUT, state, "text", font_color=MUTED)
        sheet.freeze_panes(FIRST, 2)
        book.name("data_figures", "Data", (HEAD, _KEY, row, _NOTE))


def write_timeline(layout: Layout, declared: Timeline) -> None:
    """The periods, once for all sheets, and the flags over them."""
    book = layout.book
    about = "The one time axis of the workbook; every sheet over time takes its columns from here"
    sheet = layout.add_sheet("Timeline", "Timeline", about, "calc", True)
    start = layout.slot(declared.start_key)
    book.section(sheet, FIRST, "Periods", SERIES + layout.periods - 1)
    first = FIRST + 1
    book.write(sheet, first, LABEL, start.label)
    book.write(sheet, first, UNIT, start.unit, font_color=MUTED)
    book.link(sheet, first, VALUE, f"={start.outside()}", "date")
    begin = f"$D${first + 1}"
    step = f"{declared.months}*" if declared.months != 1 else ""
    lines = [
        Row("period", "Period", "number", "=COLUMNS($H$1:{column}$1)"),
        Row("period_start", "First day of the period", "date", f"=EDATE({begin},{step}({{period}}-1))"),
        Row("period_end", "Last day of the period", "date", f"=EDATE({begin},{step}{{period}})-1"),
        *declared.flags,
    ]
    for row, line in enumerate(lines, first + 1):
        book.write(sheet, row, LABEL, line.label, bold=True)
        book.write(sheet, row, UNIT, line.unit, font_color=MUTED)
        book.note(sheet, row, line.note)
        for at in range(SERIES, SERIES + layout.periods):
            column = xl_col_to_name(at)
            text = line.formula.format(row=row + 1, column=column, period=f"{column}{first + 2}")
            book.write(sheet, row, at, text, line.unit, align="right")
        layout.place(line.key, CellSlot("Timeline", row, line.label, line.unit, series=layout.periods, over_time=True))
    ends = layout.slot("period_end")
    for column in range(SERIES, SERIES + layout.periods):
        book.write(
            sheet, HEAD, column, f"={ends.address(column)}", "month", bold=True, bg_color="#EEF2F7", align="right"
        )


def exchange_rate() -> Input:
    """US dollars in yuan, dated."""
    from workbooks.dsl.declarations import fact

    return fact("USD.fx_CNY", RATE, "Yuan for one US dollar", unit="CNY per USD", spread=0.05)


def data_version() -> str:
    """The version of the data set, for the Cover and the Log."""
    return f"Data set of {tables.version()}"


def _bounds(entry: Input) -> tuple[float, float]:
    share = entry.unit in _SHARES and entry.low >= 0 and entry.high <= 1
    least = entry.least if entry.least is not None else 0 if entry.low >= 0 else -1e15
    return least, entry.most if entry.most is not None else 1 if share else 1e15


def _describe_bounds(least: float, most: float) -> str:
    if most < 1e15:
        return f", from {least:g} to {most:g}."
    return f", {least:g} or more." if least > -1e15 else "."


def _validate(
    sheet: Worksheet, area: tuple[int, int, int, int], least: float, most: float, title: str, message: str, kind: str
) -> None:
    rule: dict[str, Any] = {
        "validate": kind,
        "criteria": "between",
        "minimum": least,
        "maximum": most,
        "input_title": title[:32],
        "input_message": message[:255],
        "error_title": "Not in its range",
        "error_message": f"Give a number: {message}"[:255],
    }
    sheet.data_validation(*area, rule)
