"""The cells of a sheet part read, by their place in its bytes."""

from __future__ import annotations

from typing import Any
from xml.parsers import expat

from xlfuncs.core.exceptions import WorkbookRejected
from xlfuncs.ooxml import fast_reader
from xlfuncs.ooxml.cells import CellXml, SheetXml, place_of
from xlfuncs.ooxml.xml import MAX_DEPTH


def read_sheet(part: str, name: str, data: bytes) -> SheetXml:
    """The cells of a sheet part, without changing a byte of it."""
    return fast_reader.read_plain_sheet(part, name, data) or parse_sheet(part, name, data)


def parse_sheet(part: str, name: str, data: bytes) -> SheetXml:
    """The same by a parser that reads every spelling of XML; raises `WorkbookRejected` where it is none."""
    sheet = SheetXml(part, name, data)
    _Scan(sheet).run()
    return sheet


class _Scan:
    def __init__(self, sheet: SheetXml) -> None:
        self.sheet = sheet
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end
        self.parser.CharacterDataHandler = self.text
        self.parser.StartDoctypeDeclHandler = self.doctype
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
        data = self.sheet.data
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as problem:
            raise WorkbookRejected(f"The sheet {self.sheet.name} is not valid XML: {problem}.") from problem
        if self.parser.CurrentByteIndex and data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise WorkbookRejected(f"The sheet {self.sheet.name} is stored in UTF-16, which is not supported.")

    def doctype(self, *_: Any) -> None:
        raise WorkbookRejected(f"The sheet {self.sheet.name} declares a document type, as no workbook does.")

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise WorkbookRejected(f"The sheet {self.sheet.name} is nested too deep.")
        tag = tag.rpartition(" ")[2]
        if tag == "sheetData":
            self.in_rows = True
        elif not self.in_rows:
            return  # controls, too, are in rows
        elif tag == "row":
            self.row = int(attributes.get("r", self.row + 1))
            self.column = 0
            start = self.parser.CurrentByteIndex
            self.sheet.rows[self.row] = (start, self.sheet.data.index(b">", start) + 1)
        elif tag == "c":
            address = attributes.get("r")
            place = place_of(address) if address else (self.row, self.column + 1)
            self.column = place[1]
            kind = attributes.get("t", "n")
            style = attributes.get("s", "0")
            self.cell = CellXml(place, self.parser.CurrentByteIndex, 0, kind, "cm" in attributes, style=style)
            self.formula = self.value = None
        elif self.cell is not None and tag == "f":
            self.formula = []
            sort = attributes.get("t", "normal")
            self.cell = self.cell._replace(
                formula_type=sort,
                ref=attributes.get("ref", ""),
                shared=attributes.get("si"),
                table=attributes if sort == "dataTable" else self.cell.table,
            )
            self.inside = "f"
        elif self.cell is not None and tag in ("v", "t"):
            self.value = self.value or []
            self.inside = "v"

    def text(self, text: str) -> None:
        if self.inside == "f" and self.formula is not None:
            self.formula.append(text)
        elif self.inside == "v" and self.value is not None:
            self.value.append(text)

    def end(self, tag: str) -> None:
        self.depth -= 1
        tag = tag.rpartition(" ")[2]
        if tag in ("f", "v", "t"):
            self.inside = ""
        elif tag == "sheetData":
            self.in_rows = False
            self.sheet.rows_end = self.parser.CurrentByteIndex
        elif tag == "c" and self.cell is not None:
            formula = None if self.formula is None else "".join(self.formula)
            if not formula and self.cell.formula_type in ("", "normal"):
                formula = None  # nothing, or what an array formula elsewhere fills
            cell = self.cell._replace(
                end=fast_reader.end_of_cell(self.sheet.data, self.parser.CurrentByteIndex),
                formula=formula,
                value=None if self.value is None else "".join(self.value),
            )
            self.cell = None
            self.sheet.cells[cell.place] = cell
            if formula is not None:
                self.sheet.formulas.append(cell)
