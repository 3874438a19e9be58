"""Readers of a sheet part: the fast one for the usual serialisation, and a SAX parser for every other."""

from __future__ import annotations

from xml.parsers import expat

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.core.xml_guard import refuse_document_type
from xlfuncs.ooxml import fast_reader
from xlfuncs.ooxml.cells import CellXml, SheetXml, place_of
from xlfuncs.ooxml.xml import MAX_DEPTH

_MARKS_OF_UTF_16 = (b"\xff\xfe", b"\xfe\xff")


def read_sheet(part: str, name: str, data: bytes) -> SheetXml:
    """Find the cells of a sheet part, by their position in its bytes; raises `WorkbookRejected` for no such part."""
    return fast_reader.read_plain_sheet(part, name, data) or parse_sheet(part, name, data)


def parse_sheet(part: str, name: str, data: bytes) -> SheetXml:
    """The same by a parser that reads every spelling of XML."""
    refuse_document_type(data, part)
    if data[:2] in _MARKS_OF_UTF_16 or b"\0" in data[:4]:  # the positions would not be those of characters
        raise WorkbookRejected(f"The sheet {name} is not stored in UTF-8; other encodings are not supported.")
    sheet = SheetXml(part, name, data)
    _SheetParser(sheet).run()
    return sheet


class _SheetParser:
    """Handlers of the parser's events, and the cell that they are in."""

    def __init__(self, sheet: SheetXml) -> None:
        self.sheet = sheet
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start_element
        self.parser.EndElementHandler = self.end_element
        self.parser.CharacterDataHandler = self.add_text
        self.parser.buffer_text = True
        self.cell: CellXml | None = None
        self.formula: list[str] | None = None  # pieces of its text
        self.value: list[str] | None = None
        self.inside = ""
        self.in_rows = False
        self.depth = 0
        self.row = 0
        self.column = 0

    def run(self) -> None:
        try:
            self.parser.Parse(self.sheet.data, True)
        except (expat.ExpatError, LookupError) as problem:  # the latter for unknown encodings
            raise WorkbookRejected(
                f"The sheet {self.sheet.name} is not valid XML; open the workbook in Excel and save it again."
            ) from problem

    def start_element(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WorkbookRejected(f"The sheet {self.sheet.name} is nested too deep.")
        tag = tag.rpartition(" ")[2]
        if tag == "sheetData":
            self.in_rows = True
        elif not self.in_rows:
            return  # controls, too, are in rows
        elif tag == "row":
            self.start_row(attributes)
        elif tag == "c":
            self.start_cell(attributes)
        elif self.cell is not None and tag == "f":
            self.start_formula(self.cell, attributes)
        elif self.cell is not None and tag in ("v", "t"):
            self.value = self.value or []
            self.inside = "v"

    def start_row(self, attributes: dict[str, str]) -> None:
        self.row = int(attributes.get("r", self.row + 1))
        self.column = 0
        start = self.parser.CurrentByteIndex
        self.sheet.rows[self.row] = (start, self.sheet.data.index(b">", start) + 1)

    def start_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        place = place_of(address) if address else (self.row, self.column + 1)
        self.column = place[1]
        kind, style = attributes.get("t", "n"), attributes.get("s", "0")
        self.cell = CellXml(place, self.parser.CurrentByteIndex, 0, kind, "cm" in attributes, style=style)
        self.formula = self.value = None

    def start_formula(self, cell: CellXml, attributes: dict[str, str]) -> None:
        self.formula = []
        self.inside = "f"
        formula_type = attributes.get("t", "normal")
        self.cell = cell._replace(
            formula_type=formula_type,
            ref=attributes.get("ref", ""),
            shared=attributes.get("si"),
            table=attributes if formula_type == "dataTable" else cell.table,
        )

    def add_text(self, text: str) -> None:
        if self.inside == "f" and self.formula is not None:
            self.formula.append(text)
        elif self.inside == "v" and self.value is not None:
            self.value.append(text)

    def end_element(self, tag: str) -> None:
        self.depth -= 1
        tag = tag.rpartition(" ")[2]
        if tag in ("f", "v", "t"):
            self.inside = ""
        elif tag == "sheetData":
            self.in_rows = False
            self.sheet.rows_end = self.parser.CurrentByteIndex
        elif tag == "c" and self.cell is not None:
            self.end_cell(self.cell)

    def end_cell(self, cell: CellXml) -> None:
        formula = None if self.formula is None else "".join(self.formula)
        if not formula and cell.formula_type in ("", "normal"):
            formula = None  # nothing, or what an array formula elsewhere fills
        cell = cell._replace(
            end=fast_reader.end_of_cell(self.sheet.data, self.parser.CurrentByteIndex),
            formula=formula,
            value=None if self.value is None else "".join(self.value),
        )
        self.cell = None
        self.sheet.cells[cell.place] = cell
        if formula is not None:
            self.sheet.formulas.append(cell)
