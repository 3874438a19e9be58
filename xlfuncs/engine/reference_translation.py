"""References translated for the engine: names, tables, spills and spans of sheets become cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

from xlfuncs.engine.tokens import RANGE, Token, tokenize
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.references import RangeRef, Reference, format_range, parse_reference
from xlfuncs.ooxml.workbook import CellKey, Table, WorkbookXml

_TABLE = re.compile(r"^([^\[\]!]*)\[(.*)\]$", re.DOTALL)
_TABLE_PIECE = re.compile(r"\[((?:[^\[\]']|'.)*)\]|:", re.DOTALL)
_OTHER_WORKBOOK = re.compile(r"^'?[^'!]*\[|^\[")
_SHEET_SPAN = re.compile(r"^(?:'((?:[^':]|'')+):((?:[^':]|'')+)'|([^':!]+):([^':!]+))!(.+)$")
_HIDDEN = re.compile(rb"\s(?:hidden|zeroHeight)\s*=")


@dataclass(frozen=True)
class FormulaContext:
    """What the formulas of a workbook can refer to and call."""

    workbook: WorkbookXml
    ours: Container[str]
    is_unsupported: Callable[[str], bool]  # of a function
    spills: Mapping[CellKey, RangeRef]

    @cached_property
    def sheet_order(self) -> list[str]:
        """The names of the sheets, as they stand in the workbook."""
        return [sheet.name for sheet in self.workbook.sheets]

    @cached_property
    def sheets(self) -> dict[str, str]:
        """The names of the sheets by their names in lower case."""
        return {name.lower(): name for name in self.sheet_order}

    @cached_property
    def may_hide_cells(self) -> bool:
        """Whether a sheet has rows or columns that may be hidden."""
        return any(_HIDDEN.search(sheet.data) for sheet in self.workbook.sheets)


@dataclass
class FormulaFacts:
    """What becomes known of a formula while it is translated."""

    areas: list[RangeRef] = field(default_factory=list)  # that it reads
    calls: set[str] = field(default_factory=set)
    unverified: set[str] = field(default_factory=set)  # what it does that no one verified
    reads_unknown: bool = False  # it reads cells that it does not name
    unsupported: str = ""  # why it cannot be calculated, if so
    depends_on_position: bool = False  # its translation holds only for these cells, and in this place
    depends_on_size: bool = False  # it holds for ranges of several cells, and not too many

    def mark_unsupported(self, reason: str) -> str:
        """Note why the formula cannot be calculated; the first reason stays, and what it reads is still collected."""
        self.unsupported = self.unsupported or f"{reason} Its value in the file is kept."
        return "#NAME?"

    def mark_unreadable(self, reason: str) -> str:
        """The same where it cannot be said which cells the formula reads."""
        self.reads_unknown = True
        return self.mark_unsupported(reason)


class ReferenceTranslator:
    """Translates the references of one formula, and notes the cells that they lead to."""

    def __init__(
        self,
        context: FormulaContext,
        facts: FormulaFacts,
        sheet: str,
        place: CellPos,
        translate_name: Callable[[str, int], str],
    ) -> None:
        """`translate_name` translates the formula of a defined name, found at a depth of names in names."""
        self._context = context
        self._facts = facts
        self._sheet = sheet
        self._place = place
        self._translate_name = translate_name

    def translate(self, text: str, in_call: bool, depth: int) -> tuple[str, RangeRef | None]:
        """The text for the engine of a reference, a name or a piece of a table, and the cells where it has such."""
        reference = parse_reference(text)
        if reference is not None and (reference.sheet is None or reference.sheet.lower() in self._context.sheets):
            area = self._area(reference)
            self._facts.areas.append(area)
            return text, area
        if span := _SHEET_SPAN.match(text):
            return self._translate_span(span, in_call), None
        if _OTHER_WORKBOOK.match(text) and "!" in text:
            return self._facts.mark_unsupported("It refers to another workbook."), None
        if table := _TABLE.match(text):
            return self._translate_table(table[1], table[2])
        return self._translate_defined_name(text, in_call, depth)

    def translate_spill(self, tokens: Sequence[Token]) -> str:
        """The cells that an array formula fills, where the tokens are the reference to its cell and a bracket."""
        self._facts.depends_on_position = True
        reference = parse_reference(tokens[0].text) if tokens else None
        if reference is None or len(tokens) < 2 or tokens[1].text != ")":
            return self._facts.mark_unreadable("It refers to a spilled range without naming its first cell.")
        area = self._area(reference)
        spill = self._context.spills.get((area.sheet, (area.top, area.left)))
        return "#REF!" if spill is None else format_range(self._note(spill))

    def intersect(self, area: RangeRef) -> str:
        """Implicit intersection: the one cell of a range that is in the row or the column of the formula."""
        self._facts.depends_on_position = True
        row, column = self._place
        if area.left == area.right and area.top <= row <= area.bottom:
            return format_range(self._note(area._replace(top=row, bottom=row)))
        if area.top == area.bottom and area.left <= column <= area.right:
            return format_range(self._note(area._replace(left=column, right=column)))
        if area.sheet == self._sheet and area.contains(row, column):
            return self._facts.mark_unsupported("It takes one cell of a range that contains the formula itself.")
        self._facts.unverified.add("a range beside the formula")
        return "#VALUE!"

    def _note(self, area: RangeRef) -> RangeRef:
        self._facts.areas.append(area)
        return area

    def _area(self, reference: Reference) -> RangeRef:
        """The cells of a reference, with the name of the sheet as the workbook spells it."""
        area = reference.on_sheet(self._sheet)
        if reference.sheet is None:
            return area
        return area._replace(sheet=self._context.sheets.get(area.sheet.lower(), area.sheet))

    def _translate_defined_name(self, text: str, in_call: bool, depth: int) -> tuple[str, RangeRef | None]:
        self._facts.depends_on_position = True
        scope, _, name = text.rpartition("!")
        sheet = scope.strip("'").replace("''", "'").lower() if scope else self._sheet.lower()
        names = self._context.workbook.names
        definition = names.get((sheet, name.lower()), names.get(("", name.lower())))
        if definition is None:
            if name.lower() in self._context.workbook.tables:
                return self._translate_table(name, "")
            return text, None  # a variable of LET; or else the engine says #NAME?
        row, column = self._place
        definition = shift_formula(definition.removeprefix("="), row - 1, column - 1)
        if parse_reference(definition) is not None:
            return self.translate(definition, in_call, depth)
        return f"({self._translate_name(definition, depth + 1)})", None

    def _translate_span(self, span: re.Match[str], in_call: bool) -> str:
        """A reference to the same cells of several sheets, sheet by sheet."""
        self._facts.depends_on_position = True
        first, last = ((span[1] or span[3]).replace("''", "'"), (span[2] or span[4]).replace("''", "'"))
        reference, sheets = parse_reference(span[5]), self._context.sheets
        if reference is None or first.lower() not in sheets or last.lower() not in sheets or not in_call:
            return self._facts.mark_unreadable(f"It refers to {span[0]}, which xlfuncs does not support.")
        order = self._context.sheet_order
        start, end = sorted((order.index(sheets[first.lower()]), order.index(sheets[last.lower()])))
        return ",".join(format_range(self._note(reference.on_sheet(sheet))) for sheet in order[start : end + 1])

    def _translate_table(self, name: str, inside: str) -> tuple[str, RangeRef | None]:
        """The cells of a structured reference."""
        self._facts.depends_on_position = True
        table = self._context.workbook.tables.get(name.lower()) if name else self._table_around()
        if table is None:
            problem = f"to a table {name}, which the file does not have" if name else "to its table, but is in none"
            return self._facts.mark_unsupported(f"It refers {problem}."), None
        items, columns = _parse_table_reference(inside)
        if any(column not in table.columns for column in columns):
            owner = f"the table {name}" if name else "its table"
            return self._facts.mark_unsupported(f"It refers to a column that {owner} does not have."), None
        top, bottom = self._table_rows(table, items)
        numbers = [table.left + table.columns.index(column) for column in columns] or [table.left, table.right]
        area = self._note(RangeRef(table.sheet, top, min(numbers), bottom, max(numbers)))
        return format_range(area), area

    def _table_rows(self, table: Table, items: set[str]) -> tuple[int, int]:
        """The first and the last row that the items of a structured reference, such as #Totals, stand for."""
        top, bottom = table.top + table.headers, table.bottom - table.totals
        if "#this row" in items:
            return self._place[0], self._place[0]
        if "#all" in items:
            return table.top, table.bottom
        if "#headers" in items:
            return table.top, (bottom if "#data" in items else table.top + table.headers - 1)
        if "#totals" in items:
            return (top if "#data" in items else table.bottom - table.totals + 1), table.bottom
        return top, bottom

    def _table_around(self) -> Table | None:
        """The table in which the formula stands."""
        row, column = self._place
        for table in self._context.workbook.tables.values():
            if table.sheet == self._sheet and table.top <= row <= table.bottom and table.left <= column <= table.right:
                return table
        return None


def _parse_table_reference(inside: str) -> tuple[set[str], list[str]]:
    """The items and the columns, in lower case, of what a structured reference has between its outer brackets."""
    if inside.startswith("@"):  # not what files have, but what people type
        column = _unquote_column(inside[1:].removeprefix("[").removesuffix("]"))
        return {"#this row"}, [column] if column else []
    pieces = _TABLE_PIECE.findall(inside) if inside.startswith("[") else [inside]
    items = {piece.lower() for piece in pieces if piece.startswith("#")}
    columns = [_unquote_column(piece) for piece in pieces if piece and not piece.startswith("#")]
    return items, [column for column in columns if column]


def _unquote_column(column: str) -> str:
    return re.sub("'(.)", r"\1", column).lower()


def shift_formula(formula: str, down: int, right: int) -> str:
    """A formula as it reads in another cell.

    >>> shift_formula('A1*$B$2+SUM(C:C)&"A1"', 1, 1)
    'B2*$B$2+SUM(D:D)&"A1"'
    """
    pieces = []
    for text, reference in _split_references(formula):
        shifted = "" if reference is None else reference.shift(down, right)
        pieces.append("#REF!" if shifted is None else text + shifted)
    return "".join(pieces)


@lru_cache(4096)
def _split_references(formula: str) -> list[tuple[str, Reference | None]]:
    """The text of a formula in pieces, each with the reference behind it where there is one."""
    pieces: list[tuple[str, Reference | None]] = []
    for token in tokenize(f"={formula}"):
        reference = parse_reference(token.text) if token.subtype == RANGE else None
        pieces.append((token.text if reference is None else token.text[: token.text.rfind("!") + 1], reference))
    return pieces
