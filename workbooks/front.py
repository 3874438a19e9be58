"""The sheets around the model that every workbook has: cover, contents, guide, functions, sources."""

from __future__ import annotations

import math

from xlsxwriter.worksheet import Worksheet

from workbooks.house import ACCENT, BUILT, INPUT_BLUE, INPUT_FILL, LINK_GREEN, MUTED, Book
from xlfuncs import REGISTRY, __version__
from xlfuncs.data import tables
from xlfuncs.pages import signature


def cover(book: Book, purpose: str) -> Worksheet:
    """Title, purpose, version; the headlines follow when the other sheets are known."""
    sheet = book.sheet("Cover", book.title, purpose, "cover", (4, 52, 26, 26, 46))
    big = book.style(bold=True, font_size=24, font_color=ACCENT)
    sheet.set_row(3, 36)
    sheet.write_string(3, 1, book.title, big)
    facts = [
        ("Purpose", purpose),
        ("Version", __version__),
        ("Date", BUILT.date().isoformat()),
        ("Author", "The xlfuncs authors"),
        ("Contact", "The issue tracker of xlfuncs"),
        ("Data", f"Data set of {tables.version()}"),
    ]
    for row, (label, text) in enumerate(facts, 5):
        sheet.write_string(row, 1, label, book.style(bold=True))
        sheet.write_string(row, 2, text, book.style())
    return sheet


def headlines(book: Book, sheet: Worksheet, lines: list[tuple[str, str, str, str]]) -> None:
    """The numbers that an analyst opens the workbook for."""
    row = 13
    book.section(sheet, row, "Headline numbers", 4)
    for offset, (name, label, formula, unit) in enumerate(lines, 1):
        sheet.set_row(row + offset, 22)
        book.write(sheet, row + offset, 1, label, font_size=12)
        look = {"bold": True, "font_size": 14, "font_color": ACCENT, "align": "left"}
        book.write(sheet, row + offset, 2, formula, unit, **look)
        book.book.define_name(name, f"=Cover!$C${row + offset + 1}")
        book.write(sheet, row + offset, 3, "" if unit == "text" else unit, font_color=MUTED)
    note = "Facts with a source or assumptions that say so: see Inputs and Sources. This is no investment advice."
    sheet.write_string(row + len(lines) + 2, 1, note, book.style(font_color=MUTED, italic=True))


def contents(book: Book, sheet: Worksheet) -> None:
    """Every sheet with a link; written last, when all are known."""
    book.heading(sheet, 3, ["", "Sheet", "What it is for"])
    link = book.style(font_color=ACCENT, underline=1)
    for row, (name, about) in enumerate(book.sheets, 4):
        sheet.write_url(row, 1, f"internal:'{name}'!A1", link, string=name)
        sheet.write_string(row, 2, about, book.style())


def guide(book: Book, paragraphs: list[tuple[str, list[str]]]) -> None:
    """How to read and change the workbook."""
    sheet = book.sheet("Guide", "Guide", "How to read, change and refresh this workbook", "info", (4, 26, 110))
    row = 3
    for heading, lines in paragraphs:
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


def functions(book: Book) -> None:
    """The catalogue, from the registry."""
    sheet = book.sheet(
        "Functions", "Functions", "Every worksheet function of xlfuncs: what it gives, and where it comes from", "info",
        (4, 28, 60, 20, 64, 60),
    )  # fmt: skip
    book.heading(sheet, 3, ["", "Function", "What it gives", "Unit", "Call", "Source"])
    wrapped = book.style(text_wrap=True, valign="top")
    for row, function in enumerate(REGISTRY, 4):
        texts = (function.summary, str(function.returns.unit), signature(function), str(function.source))
        sheet.write_string(row, 1, function.name, book.style(bold=True, valign="top"))
        for column, text in enumerate(texts, 2):
            sheet.write_string(row, column, text, wrapped)
        lines = max(math.ceil(len(text) / width) for text, width in zip(texts, (60, 20, 64, 60), strict=True))
        sheet.set_row(row, 14 * lines + 2)
    sheet.freeze_panes(4, 2)


def sources(book: Book, used: list[tables.Observation]) -> None:
    """The sources of the inputs, with the grade of what was taken from them."""
    sheet = book.sheet("Sources", "Sources", "Where each input is from", "info", (4, 12, 76, 24, 14, 76))
    book.heading(sheet, 3, ["", "Key", "Source", "Grades", "Figures", "Link"])
    grouped: dict[str, list[tables.Observation]] = {}
    for one in used:
        grouped.setdefault(one.source.id, []).append(one)
    link = book.style(font_color=ACCENT, underline=1, valign="top")
    for row, (key, group) in enumerate(sorted(grouped.items(), key=lambda item: item[1][0].source.title), 4):
        source = group[0].source
        sheet.write_string(row, 1, key, book.style(valign="top"))
        sheet.write_string(row, 2, source.title, book.style(text_wrap=True, valign="top"))
        sheet.write_string(row, 3, ", ".join(sorted({one.confidence for one in group})), book.style(valign="top"))
        sheet.write_number(row, 4, len(group), book.style(num_format="0", valign="top"))
        if source.url:
            sheet.write_url(row, 5, source.url, link)
    sheet.freeze_panes(4, 2)
