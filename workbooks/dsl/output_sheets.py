"""The sheets after the calculation: outputs, sensitivity, claims, checks and log."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from workbooks.dsl.declarations import Check, Claim, Output, Sensitivity
from workbooks.dsl.inputs_sheet import data_version
from workbooks.dsl.layout import CellSlot, Layout
from workbooks.dsl.style import (
    ACCENT,
    BAD,
    BUILT,
    FIRST,
    GOOD,
    HEAD,
    HEAT,
    LABEL,
    LINK_GREEN,
    MUTED,
    SERIES,
    TOTAL,
    UNIT,
    VALUE,
    Book,
    cell,
    from_zero,
)
from xlfuncs import REGISTRY, __version__
from xlfuncs.catalogue import template_layout
from xlfuncs.catalogue.template_layout import CONTRADICTED, DEPENDS, NOT_TESTABLE, SCENARIOS, SUPPORTED

_AMBER = "#FEF3C7"
_ID, _TEXT, _FUNCTIONS, _MEASURE, _UNIT, _THRESHOLD, _VERDICT, _REVERSAL, _SOURCE = from_zero(  # columns of Claims
    template_layout.CLAIM_ID,
    template_layout.CLAIM_TEXT,
    template_layout.CLAIM_FUNCTIONS,
    template_layout.CLAIM_MEASURE,
    template_layout.CLAIM_UNIT,
    template_layout.CLAIM_THRESHOLD,
    template_layout.CLAIM_VERDICT,
    template_layout.CLAIM_REVERSAL,
    template_layout.CLAIM_SOURCE,
)
_CHECK, _RESULT, _AGAIN, _TOLERANCE, _PASSES = from_zero(  # columns of Checks
    template_layout.CHECK_LABEL,
    template_layout.CHECK_RESULT,
    template_layout.CHECK_AGAIN,
    template_layout.CHECK_TOLERANCE,
    template_layout.CHECK_PASSES,
)
_LOG_VERSION, _LOG_DATE, _LOG_CHECKS = from_zero(  # columns of Log
    template_layout.LOG_VERSION,
    template_layout.LOG_DATE,
    template_layout.LOG_CHECKS,
)
STEPS, SIDE_STEPS = 7, 5  # of the one-way table, and of each side of the two-way table
LOG_ROWS = 40


def write_outputs(layout: Layout, sections: Sequence[tuple[str, Sequence[Output]]]) -> int:
    """Each result in the currency of the switch, and in US dollars by scenario; gives the row below."""
    book = layout.book
    widths = (3, 46, 24, 18, 16, 46, 1.5, 16, 16, 16)
    sheet = book.sheet(
        "Outputs",
        "Outputs",
        "Results by scenario. Value is in the currency chosen on Inputs; In USD and the scenarios are in US dollars",
        "output",
        widths,
        9,
    )
    heads = ["", "Output", "Unit", ">Value", ">In USD", "  Note", "", *[f">{name}" for name in SCENARIOS]]
    book.heading(sheet, HEAD, heads)
    row = FIRST
    for title, group in sections:
        book.section(sheet, row, title, len(widths) - 1)
        for output in group:
            row += 1
            _output(layout, sheet, row, output)
        row += 2
    sheet.freeze_panes(FIRST, UNIT)
    return row


def _output(layout: Layout, sheet: Worksheet, row: int, output: Output) -> None:
    book, slot = layout.book, layout.slot(output.key)
    money = slot.unit.startswith("USD")
    unit = f'=SUBSTITUTE("{slot.unit}","USD",sc_currency)' if money else slot.unit
    book.write(sheet, row, LABEL, output.label)
    book.write(sheet, row, UNIT, unit, "text", font_color=MUTED)
    column = TOTAL if slot.over_time else slot.column
    book.link(sheet, row, TOTAL, f"={slot.outside(column)}", slot.unit, align="right")
    value = cell(row, TOTAL)
    formula = f"={value}*sc_rate" if money else f"={value}"
    book.write(sheet, row, VALUE, formula, slot.unit, bold=True, font_color=ACCENT, align="right", font_size=11)
    book.note(sheet, row, output.note)
    if slot.by_scenario:
        for at in range(SERIES, SERIES + len(SCENARIOS)):
            book.link(sheet, row, at, f"={slot.outside(at)}", slot.unit, align="right")
    series = len(SCENARIOS) if slot.by_scenario else 0
    layout.place(f"out_{output.name}", CellSlot("Outputs", row, output.label, slot.unit, VALUE, series))
    book.name(f"out_{output.name}", "Outputs", (row, VALUE, row, VALUE))


def write_sensitivities(layout: Layout, declared: Sequence[Sensitivity]) -> None:
    """For each function: its arguments from Bear to Bull, a tornado, a one-way and a two-way table."""
    book = layout.book
    widths = (3, 44, 24, 15, 15, 15, 3, 36, 15, 15, 15, 15, 15, 15)
    about = "One argument at a time from its Bear to its Bull end, then two at a time; by formulas, not data tables"
    sheet = book.sheet("Sensitivity", "Sensitivity", about, "output", widths, 11)
    row = HEAD
    for number, sensitivity in enumerate(declared, 1):
        row = _sensitivity(layout, sheet, row, number, sensitivity) + 2
    sheet.freeze_panes(HEAD, 0)


def _sensitivity(layout: Layout, sheet: Worksheet, row: int, number: int, sensitivity: Sensitivity) -> int:
    book = layout.book
    result = REGISTRY[sensitivity.function].returns.unit.name
    book.section(sheet, row, f"{sensitivity.title}: {sensitivity.function}", 11)
    book.heading(sheet, row + 1, ["", "Argument", "Unit", ">In use", ">Bear", ">Bull"])
    top = row + 2
    for offset, (label, key) in enumerate(sensitivity.arguments):
        slot = layout.slot(key)
        book.write(sheet, top + offset, LABEL, label)
        book.write(sheet, top + offset, UNIT, slot.unit, font_color=MUTED)
        ends = (slot.column, SERIES, SERIES + len(SCENARIOS) - 1) if slot.by_scenario else (slot.column,) * 3
        for column, at in enumerate(ends, VALUE):
            book.link(sheet, top + offset, column, f"={slot.outside(at)}", slot.unit)
    count = len(sensitivity.arguments)
    last = top + count
    labels, base, bear, bull = (f"${name}${top + 1}:${name}${last}" for name in "BDEF")
    book.heading(sheet, row + 1, ["Tornado, widest first", ">At Bear", ">At Bull", ">Swing"], SERIES)
    shapes = ["text", result, result, result]
    tornado = f'=TORNADO_TABLE("{sensitivity.function}",{labels},{base},{bear},{bull})'
    book.spill(sheet, (top, SERIES, last - 1, SERIES + 3), tornado, shapes)
    book.heading(sheet, row + 1, [">Bear, change", ">Bull, change"], SERIES + 4)
    names = [label for label, _ in sensitivity.arguments]
    x, y = names.index(sensitivity.x), names.index(sensitivity.y)
    y_at = f'MATCH("{sensitivity.y}",{labels},0)'
    x_at = f'MATCH("{sensitivity.x}",{labels},0)'
    foot = last + 1
    book.heading(sheet, foot, ["", f"One way: {sensitivity.x}", "", f">{sensitivity.x}", ">Result"])
    steps = foot + 1
    for step in range(STEPS):
        book.write(sheet, steps + step, LABEL, "from Bear to Bull" if step in (0, STEPS - 1) else "", font_color=MUTED)
        _step(
            book,
            sheet,
            (steps + step, VALUE),
            top + x,
            ("A", steps, steps + STEPS - 1),
            layout.slot(sensitivity.arguments[x][1]).unit,
        )
    area = f"$D${steps + 1}:$D${steps + STEPS}"
    fixed = f"$D${top + y + 1}"
    grid = f'=SENSITIVITY_GRID("{sensitivity.function}",{base},{y_at},{fixed},{x_at},{area})'
    book.spill(sheet, (steps, TOTAL, steps + STEPS - 1, TOTAL), grid, [result])
    middle = foot + STEPS + 2
    book.write(sheet, middle, LABEL, "Result in use", bold=True)
    book.write(sheet, middle, UNIT, result, font_color=MUTED)
    one_by_one = ",".join(f"$D${top + offset + 1}" for offset in range(count))
    book.write(sheet, middle, VALUE, f"={sensitivity.function}({one_by_one})", result, bold=True)
    for offset in range(count):
        for column, source in ((SERIES + 4, SERIES + 1), (SERIES + 5, SERIES + 2)):
            at = xl_col_to_name(source)
            book.write(sheet, top + offset, column, f"={at}{top + offset + 1}-$D${middle + 1}", result)
    _two_way(layout, sheet, (foot, top, x, y), sensitivity, base, result)
    _register_chart_ranges(layout, number, top, last, (steps, TOTAL), result)
    return int(middle + 1)


def _two_way(
    layout: Layout, sheet: Worksheet, at: tuple[int, int, int, int], sensitivity: Sensitivity, base: str, result: str
) -> None:
    """Rows for y, columns for x."""
    book = layout.book
    foot, top, x, y = at
    left = SERIES
    book.heading(sheet, foot, [f"Two way: {sensitivity.y} down, {sensitivity.x} across", *[""] * SIDE_STEPS], left)
    units = [layout.slot(sensitivity.arguments[place][1]).unit for place in (x, y)]
    for step in range(SIDE_STEPS):
        column = left + 1 + step
        name = xl_col_to_name(column)
        first, last = xl_col_to_name(left + 1), xl_col_to_name(left + SIDE_STEPS)
        share = f"(COLUMNS(${first}1:{name}1)-1)/(COLUMNS(${first}1:${last}1)-1)"
        text = f"=$E${top + x + 1}+($F${top + x + 1}-$E${top + x + 1})*{share}"
        book.write(sheet, foot + 1, column, text, units[0], bold=True, bottom=1)
        _step(book, sheet, (foot + 2 + step, left), top + y, ("A", foot + 2, foot + 1 + SIDE_STEPS), units[1])
    across = f"${xl_col_to_name(left + 1)}${foot + 2}:${xl_col_to_name(left + SIDE_STEPS)}${foot + 2}"
    down = f"${xl_col_to_name(left)}${foot + 3}:${xl_col_to_name(left)}${foot + 2 + SIDE_STEPS}"
    names = f"$B${top + 1}:$B${top + len(sensitivity.arguments)}"
    places = [f'MATCH("{label}",{names},0)' for label in (sensitivity.x, sensitivity.y)]
    grid = f'=SENSITIVITY_GRID("{sensitivity.function}",{base},{places[0]},{across},{places[1]},{down})'
    area = (foot + 2, left + 1, foot + 1 + SIDE_STEPS, left + SIDE_STEPS)
    book.spill(sheet, area, grid, [result] * SIDE_STEPS)
    sheet.conditional_format(*area, HEAT)


def _step(
    book: Book, sheet: Worksheet, at: tuple[int, int], argument: int, rows: tuple[str, int, int], unit: str
) -> None:
    """A value on the way from the Bear to the Bull end, by its row of the table."""
    name, first, last = rows
    row, column = at
    done = f"(ROWS({name}${first + 1}:{name}{row + 1})-1)/(ROWS({name}${first + 1}:{name}${last + 1})-1)"
    text = f"=$E${argument + 1}+($F${argument + 1}-$E${argument + 1})*{done}"
    book.write(sheet, row, column, text, unit, bold=True)


def _register_chart_ranges(
    layout: Layout, number: int, top: int, last: int, one_way: tuple[int, int], result: str
) -> None:
    """Where charts find the tornado and the one-way table."""
    rows = last - top
    for name, column in (("labels", SERIES), ("bear", SERIES + 4), ("bull", SERIES + 5)):
        layout.place(f"tornado{number}_{name}", CellSlot("Sensitivity", top, name, result, column, rows=rows))
    for name, column in (("x", VALUE), ("result", one_way[1])):
        layout.place(f"oneway{number}_{name}", CellSlot("Sensitivity", one_way[0], name, result, column, rows=STEPS))


def write_claims(layout: Layout, declared: Sequence[Claim]) -> None:
    """What the article says, what the numbers say, and what would turn the verdict."""
    book = layout.book
    widths = (3, 7, 44, 30, 34, 18, 1.5, 12, 12, 12, 12, 13, 40, 34)
    about = "Supported, contradicted, depends (within the range of the inputs), or not testable: what the numbers say"
    sheet = book.sheet("Claims", "Claims", about, "output", widths, 13)
    heads = ["", "Claim", "The article says", "Functions", "Measure", "Unit", "", ">Bear or low", ">Base"]
    book.heading(sheet, HEAD, [*heads, ">Bull or high", ">Threshold", "Verdict", "What would change it", "Source"])
    wrap: dict[str, Any] = {"text_wrap": True, "valign": "top"}
    for row, claim in enumerate(declared, FIRST):
        r = row + 1
        book.write(sheet, row, _ID, claim.id, bold=True, valign="top")
        for column, text in (
            (_TEXT, claim.says),
            (_FUNCTIONS, claim.functions),
            (_MEASURE, claim.measured),
            (_REVERSAL, claim.flips),
            (_SOURCE, claim.source),
        ):
            book.write(sheet, row, column, text, **wrap, **({} if column == _TEXT else {"font_color": MUTED}))
        centre: dict[str, Any] = {"bold": True, "align": "center", "valign": "top"}
        lines = max(
            len(textwrap.wrap(text, width))
            for text, width in zip(
                (claim.says, claim.functions, claim.measured, claim.flips, claim.source),
                (44, 30, 34, 40, 34),
                strict=True,
            )
        )
        sheet.set_row(row, 13.5 * max(lines, 1) + 4)
        if not claim.measure:
            book.write(sheet, row, _VERDICT, NOT_TESTABLE, **centre)
            continue
        unit = _link_measure(layout, sheet, row, claim)
        book.write(sheet, row, _UNIT, unit, font_color=MUTED, **wrap)
        book.input(sheet, row, _THRESHOLD, claim.threshold, unit, valign="top")
        words = [CONTRADICTED, DEPENDS, DEPENDS, SUPPORTED]
        listed = ",".join(f'"{word}"' for word in (words if claim.above else reversed(words)))
        book.write(sheet, row, _VERDICT, f'=INDEX({{{listed}}},1+COUNTIF(H{r}:J{r},">"&K{r}))', "text", **centre)
    last = HEAD + len(declared)
    for word, color in ((SUPPORTED, GOOD), (CONTRADICTED, BAD), (DEPENDS, _AMBER)):
        look = book.book.add_format({"bg_color": color})
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": look}
        sheet.conditional_format(FIRST, _VERDICT, last, _VERDICT, rule)
    sheet.data_validation(
        FIRST, _THRESHOLD, last, _THRESHOLD,
        {"validate": "decimal", "criteria": "between", "minimum": -1e15, "maximum": 1e15, "input_title": "Threshold",
         "input_message": "The claim holds on one side of it; in the unit of the measure.",
         "error_title": "Not a number", "error_message": "Give a number in the unit of the measure."},
    )  # fmt: skip
    sheet.freeze_panes(FIRST, 3)


def _link_measure(layout: Layout, sheet: Worksheet, row: int, claim: Claim) -> str:
    """Links to the three values of the measure; gives its unit."""
    if isinstance(claim.measure, str):
        slot = layout.slot(claim.measure)
        if not slot.by_scenario:
            raise ValueError(f"Claim {claim.id} needs a measure with scenarios; {claim.measure} has none.")
        places = [slot.outside(column) for column in range(SERIES, SERIES + len(SCENARIOS))]
    else:
        slot = layout.slot(claim.measure[1])
        places = [layout.slot(key).outside() for key in claim.measure]
    for column, place in enumerate(places, SERIES):
        layout.book.link(sheet, row, column, f"={place}", slot.unit, valign="top")
    return slot.unit


def write_checks(layout: Layout, declared: Sequence[Check], calcs: Sequence[str], last_input: int) -> None:
    """Results again by other ways, and what must hold in any model; the master check is the product."""
    book = layout.book
    about = "Each result calculated a second way, by native formulas or identities; every check must show 1"
    sheet = book.sheet("Checks", "Checks", about, "check", (3, 74, 22, 22, 14, 12))
    book.heading(sheet, HEAD, ["", "Check", ">Result", ">Again", ">Tolerance", ">Passes"])
    row = HEAD
    for label, result, again, tolerance in [
        *[
            (
                check.label,
                f"={layout.slot(check.result).outside()}",
                f"={layout.slot(check.again).outside()}",
                check.tolerance,
            )
            for check in declared
        ],
        *_general_checks(layout, calcs, last_input),
    ]:
        row += 1
        r = row + 1
        book.write(sheet, row, _CHECK, label)
        for column, formula in ((_RESULT, result), (_AGAIN, again)):
            look = {"font_color": LINK_GREEN} if re.fullmatch(r"=\w+!\$?[A-Z]+\$?\d+", formula) else {}
            book.write(sheet, row, column, formula, "coefficient", **look)
        book.write(sheet, row, _TOLERANCE, tolerance, "FLOP", font_color=MUTED)
        passes = f"=IFERROR(IF(ABS(C{r}-D{r})<=E{r}*MAX(1,ABS(D{r})),1,0),0)"
        book.write(sheet, row, _PASSES, passes, "flag", bold=True, align="center")
    master = row + 2
    book.write(sheet, master, _CHECK, template_layout.MASTER_CHECK_LABEL, bold=True)
    product = f"=PRODUCT(F{FIRST + 1}:F{row + 1})"
    book.write(sheet, master, _PASSES, product, "flag", bold=True, align="center")
    book.name(template_layout.MASTER_CHECK_NAME, "Checks", (master, _PASSES, master, _PASSES))
    for value, color in ((1, GOOD), (0, BAD)):
        look = book.book.add_format({"bg_color": color})
        rule = {"type": "cell", "criteria": "==", "value": value, "format": look}
        for first, last in ((FIRST, row), (master, master)):  # not the blank between, which equals 0
            sheet.conditional_format(first, _PASSES, last, _PASSES, rule)
    sheet.freeze_panes(FIRST, 2)


def _general_checks(layout: Layout, calcs: Sequence[str], last: int) -> list[tuple[str, str, str, float]]:
    """What must hold in any of our workbooks."""
    low, base, high, side = (f"Inputs!${name}${FIRST + 1}:${name}${last}" for name in "HIJK")
    found: list[tuple[str, str, str, float]] = [
        ("No input has a low above its base", f"=SUMPRODUCT(--({low}>{base}))", "=0", 0),
        ("No input has a base above its high", f"=SUMPRODUCT(--({base}>{high}))", "=0", 0),
        ("Every side is -1, 0 or 1", f'=COUNTIF({side},">1")+COUNTIF({side},"<-1")', "=0", 0),
        ("The scenario in use is one of the three", "=IF(ISNUMBER(sc_case),1,0)", "=1", 0),
        ("The exchange rate is above 0", "=IF(sc_rate>0,1,0)", "=1", 0),
    ]
    for name in [*calcs, "Outputs"]:
        area = f"{name}!$D${FIRST + 1}:{layout.corner(name)}"
        errors, lacking = f"=SUMPRODUCT(--ISERROR({area}))", f"=SUMPRODUCT(--ISNA({area}))"
        found.append((f"{name} shows no error but #N/A", errors, lacking, 0))
    return found


def write_log(book: Book) -> None:
    """What was done to the workbook, newest first; a refresh of the data adds a row."""
    about = "What was done to the workbook, newest first; a refresh of the data adds a row on top"
    sheet = book.sheet("Log", "Log", about, "info", (3, 14, 14, 26, 90, 16), 4)
    book.heading(sheet, HEAD, ["", *template_layout.LOG_HEADINGS])
    first = (__version__, None, "The xlfuncs authors", f"Built from the template. {data_version()}", "all pass")
    for row in range(FIRST, FIRST + LOG_ROWS):
        for column in range(_LOG_VERSION, _LOG_CHECKS + 1):
            shape = book.style(locked=False, num_format="yyyy-mm-dd" if column == _LOG_DATE else "@")
            sheet.write_blank(row, column, None, shape)
    for column, text in enumerate(first, _LOG_VERSION):
        if text:
            sheet.write_string(FIRST, column, text, book.style(locked=False, num_format="@"))
    book.input_date(sheet, FIRST, _LOG_DATE, BUILT.date(), plain=True)
    sheet.freeze_panes(FIRST, 0)
    book.name("data_log", "Log", (HEAD, _LOG_VERSION, FIRST + LOG_ROWS - 1, _LOG_CHECKS))
