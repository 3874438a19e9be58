"""Faults as people make them, put into a sound workbook: each is drawn by chance and says where it is."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openpyxl.utils import get_column_letter as letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.hyperlink import Hyperlink

CellPos = tuple[int, int]


@dataclass(frozen=True)
class Seeded:
    """Where a fault is: a cell, a row or column by one of its cells, a whole sheet, or a name."""

    sheet: str
    place: CellPos | None = None
    line: str = ""  # row or column, where all of it is meant
    name: str = ""


Seed = Callable[[Any, random.Random], Seeded | None]
SEEDS: dict[str, Seed] = {}
AFTER: dict[str, Callable[[Path, random.Random], Seeded | None]] = {}  # put into the file, past the refresh
_REFERENCE = re.compile(r"(?<![\w$:!'.])(\$?)([A-Z]{1,2})(\$?)(\d+)(?![\w(:!])")
_RANGE = re.compile(r"(SUM|AVERAGE|COUNT|MAX)\((\$?[A-Z]{1,2}\$?\d+):(\$?[A-Z]{1,2}\$?)(\d+)\)")
_SIGN = re.compile(r"(?<=[\w)])([+-])(?=[\w($'])")


def seed(kind: str) -> Callable[[Seed], Seed]:
    def declared(function: Seed) -> Seed:
        SEEDS[kind] = function
        return function

    return declared


def formulas(book: Any) -> list[tuple[Any, Any]]:
    """Sheet and cell of every plain formula that gives a number."""
    return [
        (sheet, cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f" and isinstance(cell.value, str) and sheet.title not in ("Contents", "Cover")
    ]


def numbers(book: Any) -> list[tuple[Any, Any]]:
    """Sheet and cell of every typed number."""
    spilled = {
        (sheet.title, cell.coordinate)
        for sheet in book.worksheets
        for ref in dict(sheet.array_formulae).values()
        for row in sheet[ref if ":" in ref else f"{ref}:{ref}"]
        for cell in row
    }
    return [
        (sheet, cell)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "n" and cell.value is not None and not cell.is_date
        if (sheet.title, cell.coordinate) not in spilled
    ]


def at(sheet: Any, cell: Any) -> Seeded:
    return Seeded(sheet.title, (cell.row, cell.column))


def drawn(cells: list[tuple[Any, Any]], chance: random.Random, of: Callable[[str], str | None]) -> Seeded | None:
    """Give one formula, drawn from those that allow it, another text."""
    chance.shuffle(cells)
    for sheet, cell in cells:
        new = of(cell.value)
        if new and new != cell.value:
            cell.value = new
            return at(sheet, cell)
    return None


@seed("a number typed over a formula")
def typed_over(book: Any, chance: random.Random) -> Seeded | None:
    cells = [
        (s, c) for s, c in formulas(book) if isinstance(book.values[s.title].cell(c.row, c.column).value, float | int)
    ]
    cells = [(s, c) for s, c in cells if not isinstance(book.values[s.title].cell(c.row, c.column).value, bool)]
    if not cells:
        return None
    sheet, cell = chance.choice(cells)
    cell.value = round(
        float(book.values[sheet.title].cell(cell.row, cell.column).value) * chance.choice((1.0, 1.05)), 4
    )
    return at(sheet, cell)


@seed("a formula deleted")
def deleted(book: Any, chance: random.Random) -> Seeded | None:
    cells = [(s, c) for s, c in formulas(book) if _in_a_row_of_formulas(s, c)]
    if not cells:
        return None
    sheet, cell = chance.choice(cells)
    cell.value = None
    return at(sheet, cell)


def _in_a_row_of_formulas(sheet: Any, cell: Any) -> bool:
    for down, right in ((0, 1), (1, 0)):
        if cell.row > down and cell.column > right:
            pair = [sheet.cell(cell.row + way * down, cell.column + way * right) for way in (-1, 1)]
            if all(one.data_type == "f" for one in pair):
                return True
    return False


@seed("a range that stops short")
def short_range(book: Any, chance: random.Random) -> Seeded | None:
    def cut(text: str) -> str | None:
        for match in _RANGE.finditer(text):
            first = re.sub(r"\D", "", match[2])
            if int(match[4]) - int(first) >= 2:
                return (
                    f"{text[: match.start()]}{match[1]}({match[2]}:{match[3]}{int(match[4]) - 1}){text[match.end() :]}"
                )
            letters = [re.sub(r"[$\d]", "", one) for one in (match[2], match[3])]
            if first == match[4] and len(letters[1]) == 1 and ord(letters[1]) - ord(letters[0][-1]) >= 2:
                last = match[3].replace(letters[1], chr(ord(letters[1]) - 1))
                return f"{text[: match.start()]}{match[1]}({match[2]}:{last}{match[4]}){text[match.end() :]}"
        return None

    return drawn(formulas(book), chance, cut)


@seed("a sign flipped")
def sign(book: Any, chance: random.Random) -> Seeded | None:
    def flip(text: str) -> str | None:
        found = [match for match in _SIGN.finditer(text) if text.count('"', 0, match.start()) % 2 == 0]
        if not found:
            return None
        match = chance.choice(found)
        return text[: match.start()] + ("-" if match[0] == "+" else "+") + text[match.end() :]

    return drawn(formulas(book), chance, flip)


@seed("a reference one row off")
def row_off(book: Any, chance: random.Random) -> Seeded | None:
    def shift(text: str) -> str | None:
        found = [match for match in _REFERENCE.finditer(text) if text.count('"', 0, match.start()) % 2 == 0]
        if not found:
            return None
        match = chance.choice(found)
        return f"{text[: match.start()]}{match[1]}{match[2]}{match[3]}{int(match[4]) + 1}{text[match.end() :]}"

    return drawn(formulas(book), chance, shift)


@seed("a formula pasted from the neighbour as it stood")
def pasted(book: Any, chance: random.Random) -> Seeded | None:
    cells = formulas(book)
    chance.shuffle(cells)
    for sheet, cell in cells:
        if cell.column > 1 and _in_a_row_of_formulas(sheet, cell):
            before = sheet.cell(cell.row, cell.column - 1)
            plain = before.data_type == "f" and isinstance(before.value, str) and before.value != cell.value
            if plain and _REFERENCE.search(before.value):
                cell.value = before.value
                return at(sheet, cell)
    return None


@seed("a rate typed into a formula")
def rate(book: Any, chance: random.Random) -> Seeded | None:
    factor = chance.choice(("1.05", "0.93", "1.2%", "87.5"))
    return drawn(formulas(book), chance, lambda text: f"=({text[1:]})*{factor}" if _REFERENCE.search(text) else None)


@seed("a plug")
def plug(book: Any, chance: random.Random) -> Seeded | None:
    amount = chance.choice((1000, 250, -37.5))
    return drawn(formulas(book), chance, lambda text: f"{text}{amount:+}" if _REFERENCE.search(text) else None)


@seed("a hidden row")
def hidden_row(book: Any, chance: random.Random) -> Seeded | None:
    sheet, cell = chance.choice(formulas(book))
    sheet.row_dimensions[cell.row].hidden = True
    return Seeded(sheet.title, (cell.row, cell.column), line="row")


@seed("a hidden column")
def hidden_column(book: Any, chance: random.Random) -> Seeded | None:
    sheet, cell = chance.choice(formulas(book))
    sheet.column_dimensions[letter(cell.column)].hidden = True
    return Seeded(sheet.title, (cell.row, cell.column), line="column")


@seed("a hidden sheet")
def hidden_sheet(book: Any, chance: random.Random) -> Seeded | None:
    if len(book.worksheets) < 2:
        return None
    sheet = chance.choice(book.worksheets[1:])
    sheet.sheet_state = chance.choice(("hidden", "veryHidden"))
    return Seeded(sheet.title)


@seed("a number stored as text")
def text_number(book: Any, chance: random.Random) -> Seeded | None:
    read = {text for _, cell in formulas(book) for text in re.findall(r"\$?[A-Z]{1,2}\$?\d+", cell.value)}
    cells = [
        (sheet, cell)
        for sheet, cell in numbers(book)
        if {cell.coordinate, f"${letter(cell.column)}${cell.row}"} & read and sheet.title != "Self test"
    ]
    if not cells:
        return None
    sheet, cell = chance.choice(cells)
    cell.value = str(cell.value)
    cell.data_type = "s"
    return at(sheet, cell)


@seed("a volatile function")
def volatile(book: Any, chance: random.Random) -> Seeded | None:
    def of(text: str) -> str | None:
        match = _REFERENCE.search(text)
        if not match or '"' in text:
            return None
        wrapped = chance.choice((f"OFFSET({match[0]},0,0)", f'INDIRECT("{match[0]}")', f"({match[0]}+0*TODAY())"))
        return text[: match.start()] + wrapped + text[match.end() :]

    return drawn(formulas(book), chance, of)


@seed("a link to another workbook")
def external(book: Any, chance: random.Random) -> Seeded | None:
    return drawn(formulas(book), chance, lambda text: f"={text[1:]}+0*'[Budget 2024.xlsx]Sheet1'!$B$4")


@seed("a deleted reference")
def lost(book: Any, chance: random.Random) -> Seeded | None:
    return drawn(formulas(book), chance, lambda text: _REFERENCE.sub("#REF!", text, count=1))


@seed("a circular reference")
def circular(book: Any, chance: random.Random) -> Seeded | None:
    sheet, cell = chance.choice([(s, c) for s, c in formulas(book) if '"' not in c.value])
    cell.value = f"{cell.value}+0*{cell.coordinate}"
    return at(sheet, cell)


@seed("a reference to a blank cell")
def blank(book: Any, chance: random.Random) -> Seeded | None:
    cells = formulas(book)
    chance.shuffle(cells)
    for sheet, cell in cells:
        match = _REFERENCE.search(cell.value)
        if match and '"' not in cell.value:
            away = f"{letter(sheet.max_column + 2)}{cell.row}"
            cell.value = cell.value[: match.start()] + away + cell.value[match.end() :]
            return at(sheet, cell)
    return None


@seed("an error")
def error(book: Any, chance: random.Random) -> Seeded | None:
    return drawn(formulas(book), chance, lambda text: f"={text[1:]}/0" if '"' not in text else None)


@seed("a wrong unit")
def unit(book: Any, chance: random.Random) -> Seeded | None:
    """The unit of a row is changed, or a figure is typed in thousands."""
    cells = []
    for sheet in book.worksheets:
        heads = [cell for row in sheet.iter_rows(max_row=6) for cell in row if cell.value in ("Unit", "Units")]
        if len(heads) == 1:
            for row in range(heads[0].row + 1, sheet.max_row + 1):
                stated = sheet.cell(row, heads[0].column)
                line = [
                    str(sheet.cell(row, column).value) for column in range(heads[0].column + 1, sheet.max_column + 1)
                ]
                adds = any(
                    re.fullmatch(r"=-?(SUM\()?['$\w&! :+-]+\)?", text) and re.search(r"[+:-]", text) for text in line
                )
                if stated.value in ("USD", "USD m", "EUR") and adds:
                    cells.append((sheet, stated))
    if cells:
        sheet, cell = chance.choice(cells)
        cell.value = {"USD": "USD k", "USD m": "USD bn", "EUR": "EUR m"}[cell.value]
        return Seeded(sheet.title, (cell.row, cell.column), line="row")
    lists = [(s, c) for s, c in numbers(book) if _in_a_list(s, c)]
    if not lists:
        return None
    sheet, cell = chance.choice(lists)
    cell.value *= 1000
    return at(sheet, cell)


def _in_a_list(sheet: Any, cell: Any) -> bool:
    if cell.row < 4 or not cell.value:
        return False
    for down, right in ((1, 0), (0, 1)):
        beside = [
            sheet.cell(max(1, cell.row + way * down), max(1, cell.column + way * right)) for way in (-2, -1, 1, 2)
        ]
        if all(one.data_type == "n" and one.value and 0.3 < abs(one.value / cell.value) < 3 for one in beside):
            return True
    return False


@seed("a broken name")
def name(book: Any, chance: random.Random) -> Seeded | None:
    text = chance.choice(("#REF!", "'No such sheet'!$A$1"))
    book.defined_names["rate_of_old"] = DefinedName("rate_of_old", attr_text=text)
    return Seeded("", name="rate_of_old")


@seed("the path of an add-in")
def path(book: Any, chance: random.Random) -> Seeded | None:
    prefix = chance.choice(("_xll.", "'C:\\addins\\xlfuncs.xlam'!"))
    sheet, cell = chance.choice(formulas(book))
    cell.value = f"={prefix}LTV_CAC(100,0.8,0.05,400)"
    return at(sheet, cell)


@seed("a wrong number of arguments")
def arity(book: Any, chance: random.Random) -> Seeded | None:
    sheet, cell = chance.choice(formulas(book))
    cell.value = chance.choice(("=LTV_CAC(100,0.8)", "=RULE_OF_40(0.3,0.1,1,2,3)", "=LTV_CACC(100,0.8,0.05,400)"))
    return at(sheet, cell)


@seed("IF in IF in IF")
def nested(book: Any, chance: random.Random) -> Seeded | None:
    def of(text: str) -> str | None:
        match = _REFERENCE.search(text)
        return (
            f"=IF({match[0]}>0,IF({match[0]}>1,IF({match[0]}>2,{text[1:]},0),0),0)"
            if match and '"' not in text
            else None
        )

    return drawn(formulas(book), chance, of)


@seed("a period twice")
def period(book: Any, chance: random.Random) -> Seeded | None:
    for sheet in book.worksheets:
        for row in sheet.iter_rows(max_row=6):
            years = [cell for cell in row if isinstance(cell.value, int) and 1990 < cell.value < 2100]
            if len(years) >= 5:
                cell = chance.choice(years[1:-1])
                cell.value -= 1
                return at(sheet, cell)
    return None


@seed("a link that leads nowhere")
def dead_link(book: Any, chance: random.Random) -> Seeded | None:
    sheet, cell = chance.choice(formulas(book))
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location="'Old inputs'!A1")
    return at(sheet, cell)


@seed("merged figures")
def merged(book: Any, chance: random.Random) -> Seeded | None:
    cells = [(s, c) for s, c in formulas(book) if _in_a_row_of_formulas(s, c)]
    if not cells:
        return None
    sheet, cell = chance.choice(cells)
    sheet.merge_cells(start_row=cell.row, end_row=cell.row, start_column=cell.column, end_column=cell.column + 1)
    return at(sheet, cell)


@seed("a stale source")
def stale(book: Any, chance: random.Random) -> Seeded | None:
    if "Data" not in book.sheetnames or book["Data"]["H4"].value != "As of":
        return None
    sheet = book["Data"]
    dated = [sheet.cell(row, 8) for row in range(5, sheet.max_row + 1) if sheet.cell(row, 8).is_date]
    if not dated:
        return None
    cell = chance.choice(dated)
    cell.value = cell.value.replace(year=cell.value.year - chance.choice((1, 3)))
    return at(sheet, cell)


@seed("a source key that is not there")
def no_source(book: Any, chance: random.Random) -> Seeded | None:
    if "Inputs" not in book.sheetnames or book["Inputs"]["L4"].value != "Source key":
        return None
    sheet = book["Inputs"]
    cell = chance.choice([cell for (cell,) in sheet["L5:L200"] if cell.value])
    cell.value = chance.choice((None, f"{cell.value}_2"))
    return at(sheet, cell)


@seed("a scenario left switched on")
def switched(book: Any, chance: random.Random) -> Seeded | None:
    if "sc_active" not in book.defined_names:
        return None
    sheet, place = book.defined_names["sc_active"].attr_text.replace("$", "").split("!")
    cell = book[sheet.strip("'")][place]
    cell.value = chance.choice(("Bear", "Bull"))
    return at(book[sheet.strip("'")], cell)


# -- faults of the file --------------------------------------------------------------------------


def _values(path: Path) -> Iterator[tuple[str, str, re.Match[bytes]]]:
    """Part, name of the sheet and match of every stored number of a formula."""
    with zipfile.ZipFile(path) as archive:
        book = archive.read("xl/workbook.xml").decode()
        names = re.findall(r'<(?:\w+:)?sheet\b[^>]*?name="([^"]+)"', book)
        for number, sheet in enumerate(names, 1):
            part = f"xl/worksheets/sheet{number}.xml"
            for match in re.finditer(
                rb'<c r="([A-Z]+)(\d+)"([^>]*)><f>[^<]*</f><v>([-\d.e]+)</v></c>', archive.read(part)
            ):
                if b't="' not in match[3]:
                    yield part, sheet.replace("&amp;", "&"), match


def _edited(path: Path, chance: random.Random, new: Callable[[bytes], bytes]) -> Seeded | None:
    found = list(_values(path))
    if not found:
        return None
    part, sheet, match = chance.choice(found)
    with zipfile.ZipFile(path) as archive:
        parts = {info.filename: archive.read(info) for info in archive.infolist()}
    start, end = match.span(4)
    parts[part] = parts[part][: start - 3] + new(match[4]) + parts[part][end + 4 :]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name_, data in parts.items():
            archive.writestr(name_, data)
    column = 0
    for one in match[1].decode():
        column = column * 26 + ord(one) - 64
    return Seeded(sheet, (int(match[2]), column))


AFTER["a stale value"] = lambda path, chance: _edited(path, chance, lambda old: b"<v>%r</v>" % (float(old) * 1.01 + 1))
AFTER["a value that is missing"] = lambda path, chance: _edited(path, chance, lambda old: b"")
