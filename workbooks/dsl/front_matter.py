"""The sheets around the model that every workbook has: cover, contents, guide, functions, sources."""

from __future__ import annotations

import math
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from workbooks.dsl.declarations import Input, Output
from workbooks.dsl.inputs_sheet import data_version
from workbooks.dsl.layout import Layout
from workbooks.dsl.style import (
    ACCENT,
    BUILT,
    FIRST,
    HEAD,
    INPUT_BLUE,
    INPUT_FILL,
    LINK_GREEN,
    MUTED,
    UNIT,
    Book,
    from_zero,
)
from xlfuncs import REGISTRY, __version__
from xlfuncs.catalogue import template_layout
from xlfuncs.reference.markdown import format_signature

_LABEL, _VALUE, _UNIT = from_zero(  # columns of the Cover
    template_layout.COVER_LABEL,
    template_layout.COVER_VALUE,
    template_layout.COVER_UNIT,
)
_FIRST_FACT, _HEADLINES = from_zero(template_layout.COVER_FIRST_FACT, template_layout.COVER_HEADLINES)


def write_cover(book: Book, purpose: str) -> Worksheet:
    """Title, purpose, version; the headlines follow when the other sheets are known."""
    sheet = book.sheet("Cover", book.title, purpose, "cover", (3, 58, 26, 26, 40), 4)
    sheet.set_row(3, 36)
    sheet.write_string(3, 1, book.title, book.style(bold=True, font_size=24, font_color=ACCENT))
    facts = (
        purpose,
        __version__,
        BUILT.date().isoformat(),
        "The xlfuncs authors",
        "The issue tracker of xlfuncs",
        data_version(),
    )
    for row, (label, text) in enumerate(zip(template_layout.COVER_FACTS, facts, strict=True), _FIRST_FACT):
        sheet.write_string(row, _LABEL, label, book.style(bold=True))
        sheet.write_string(row, _VALUE, text, book.style(locked=label != "Data"))
    last = _FIRST_FACT + len(facts) - 1
    book.name("data_version", "Cover", (last, _VALUE, last, _VALUE))
    return sheet


def write_headlines(layout: Layout, sheet: Worksheet, outputs: Sequence[Output]) -> None:
    """The numbers that an analyst opens the workbook for, as they stand on Outputs."""
    book, row = layout.book, _HEADLINES
    book.section(sheet, row, "Headline numbers", 4)
    for output in outputs:
        row += 1
        slot = layout.slot(f"out_{output.name}")
        sheet.set_row(row, 22)
        book.write(sheet, row, _LABEL, output.label, font_size=12)
        look = {"bold": True, "font_size": 14, "align": "left"}
        book.link(sheet, row, _VALUE, f"={slot.outside()}", slot.unit, **look)
        book.link(sheet, row, _UNIT, f"={slot.outside(UNIT)}", "text")
    book.write(sheet, row + 1, _LABEL, "Scenario in use", font_size=12)
    book.link(sheet, row + 1, _VALUE, "=sc_active", "text", bold=True, font_size=14, align="left")
    note = "Facts with a source, or assumptions that say so: see Inputs and Sources. This is no investment advice."
    sheet.write_string(row + 3, _LABEL, note, book.style(font_color=MUTED, italic=True))


def write_contents(book: Book, sheet: Worksheet) -> None:
    """Every sheet with a link; written last, when all are known."""
    book.heading(sheet, 3, ["", "Sheet", "What it is for"])
    link = book.style(font_color=ACCENT, underline=1)
    for row, (name, about) in enumerate(book.sheets, 4):
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, string=name)
        sheet.write_string(row, 2, about, book.style())


COMMON = [
    (
        "Changing it",
        [
            "Change blue cells. On Inputs: low, base and high of each number, and on top the scenario and the currency.",
            "In Excel with the add-in, everything recalculates at once. Without it, run: xlfuncs refresh FILE.",
            "The sheets are protected without a password, so that a formula is not typed over by mistake.",
        ],
    ),
    (
        "Refresh",
        [
            "A refresh changes values only: your formats, charts, comments and own sheets stay as they are.",
            "It brings the figures of Data up to date and, with them, each input that still equals its figure.",
            "An input that you changed by hand is yours: it stays, and the refresh lists it. The Log gets a new row.",
        ],
    ),
    (
        "Sign convention and units",
        [
            "Money is nominal US dollars; the currency switch turns Outputs alone. Token prices are for a million tokens.",
            "Rates are shares of 1, shown in percent. Costs are above 0; losses and falls are in brackets.",
            "#N/A means that there is no answer: never, no root, or no figure. Such rows say so in their note.",
        ],
    ),
    (
        "Order and exceptions",
        [
            "Sheets flow from left to right: inputs, scenarios, data, calculation, outputs, sensitivity, claims, checks.",
            "Links that look ahead: the state of the checks in each header, and the headline numbers of the Cover.",
            "Scenarios chooses among the three values of Inputs; every other link to a sheet is a plain link.",
        ],
    ),
]


def write_guide(book: Book, paragraphs: Sequence[tuple[str, Sequence[str]]]) -> None:
    """How to read and change the workbook."""
    sheet = book.sheet("Guide", "Guide", "How to read, change and refresh this workbook", "info", (3, 26, 120), 2)
    row = 3
    for heading, lines in (*paragraphs, *COMMON):
        book.section(sheet, row, heading, 2)
        for line in lines:
            row += 1
            sheet.write_string(row, 1, line, book.style())
        row += 2
    book.section(sheet, row, "Colours", 2)
    keys = [
        ("1,234", {"font_color": INPUT_BLUE, "bg_color": INPUT_FILL}, "an input that you may change"),
        ("1,234", {"font_color": LINK_GREEN}, "taken from another sheet"),
        ("1,234", {}, "calculated on the same sheet"),
    ]
    for text, look, meaning in keys:
        row += 1
        sheet.write_string(row, 1, text, book.style(align="center", **look))
        sheet.write_string(row, 2, meaning, book.style())


def write_functions(book: Book) -> None:
    """The catalogue, from the registry."""
    sheet = book.sheet(
        "Functions", "Functions", "Every worksheet function of xlfuncs: what it gives, and where it comes from", "info",
        (3, 28, 60, 20, 64, 60), 5,
    )  # fmt: skip
    book.heading(sheet, 3, ["", "Function", "What it gives", "Unit", "Call", "Source"])
    wrapped = book.style(text_wrap=True, valign="top")
    for row, function in enumerate(REGISTRY, 4):
        texts = (function.summary, str(function.returns.unit), format_signature(function), str(function.source))
        sheet.write_string(row, 1, function.name, book.style(bold=True, valign="top"))
        for column, text in enumerate(texts, 2):
            sheet.write_string(row, column, text, wrapped)
        lines = max(math.ceil(len(text) / width) for text, width in zip(texts, (60, 20, 64, 60), strict=True))
        sheet.set_row(row, 14 * lines + 2)
    sheet.freeze_panes(4, 2)


def write_sources(book: Book, used: Sequence[Input]) -> None:
    """The sources of the inputs, with the grade of what was taken from them."""
    sheet = book.sheet("Sources", "Sources", "Where each input is from", "info", (3, 90, 30, 12, 80), 4)
    book.heading(sheet, HEAD, ["", "Source", "Grades", ">Figures", "  Link"])
    grouped: dict[str, list[Input]] = {}
    for figure in used:
        title = (
            "Assumptions of this workbook; the reason of each is on Data"
            if not figure.link and figure.grade == "assumption"
            else figure.source
        )
        grouped.setdefault(title, []).append(figure)
    link = book.style(font_color=ACCENT, underline=1, valign="top", indent=1)
    for row, (title, group) in enumerate(sorted(grouped.items()), FIRST):
        sheet.write_string(row, 1, title, book.style(text_wrap=True, valign="top"))
        sheet.write_string(row, 2, ", ".join(sorted({figure.grade for figure in group})), book.style(valign="top"))
        sheet.write_number(row, 3, len(group), book.style(num_format="0", valign="top"))
        if group[0].link:
            sheet.write_url(row, 4, group[0].link, link)
    sheet.freeze_panes(FIRST, 2)
