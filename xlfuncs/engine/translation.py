"""The formulas of a workbook as the engine reads them: names, tables and spills by their cells, add-in names bare."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

import formualizer

from xlfuncs.engine.argument_kinds import argument_kind, is_lifted, returns_single_value
from xlfuncs.engine.function_names import (
    COUNT,
    DIGITS,
    DYNAMIC_REFERENCES,
    EACH,
    NONDETERMINISTIC,
    OMITTED,
    SNAP,
    base_name,
    spell_for_engine,
)
from xlfuncs.engine.translation_cache import (
    MAX_COMPARED,
    FormulaTemplate,
    TranslatedFormula,
    Words,
    fill_placeholders,
    leaks_placeholder,
    split_references,
)
from xlfuncs.ooxml.cells import CellPos, CellXml
from xlfuncs.ooxml.references import RangeRef, Reference, format_range, parse_reference
from xlfuncs.ooxml.workbook import CellKey, Table, WorkbookXml

__all__ = ["DYNAMIC_REFERENCES", "EXTERNAL", "FormulaTranslator", "TranslatedFormula", "shift_formula"]

# Never called: they reach out of the file, or into what only Excel has.
_OUTSIDE = """
CALL CUBEKPIMEMBER CUBEMEMBER CUBEMEMBERPROPERTY CUBERANKEDMEMBER CUBESET CUBESETCOUNT CUBEVALUE DDE EVALUATE
FILTERXML GETPIVOTDATA IMAGE INFO PY REGISTER REGISTER.ID RTD SQL.REQUEST STOCKHISTORY WEBSERVICE
"""
EXTERNAL = frozenset(_OUTSIDE.split())
_TABLE = re.compile(r"^([^\[\]!]*)\[(.*)\]$", re.DOTALL)
_PIECE = re.compile(r"\[((?:[^\[\]']|'.)*)\]|:", re.DOTALL)
_OUTER = re.compile(r"^'?[^'!]*\[|^\[")
_SEVERAL = re.compile(r"^(?:'((?:[^':]|'')+):((?:[^':]|'')+)'|([^':!]+):([^':!]+))!(.+)$")
_LOOKUPS = {"VLOOKUP": 3, "HLOOKUP": 3, "MATCH": 2}  # which argument says that the values are not sorted
_ONE = r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}"
_CELLS = re.compile(rf"(?<![\w.])({_ONE})(?::({_ONE}))?(?![\w.(])")
_CALL = re.compile(r"([A-Z][A-Z0-9.]*)\(")
_SIMPLE = re.compile(
    rf"(?:(?:SUM|MIN|MAX|AVERAGE|COUNT)\({_ONE}:{_ONE}\)|[A-Z][A-Z0-9.]*\(|{_ONE}(?![\w.(:!#])"
    r"|\d+(?:\.\d+)?(?![\w.:!])|[+*/^&%(),]|(?<![\w)%])-)+"
)
_HIDDEN = re.compile(rb"\s(?:hidden|zeroHeight)\s*=")
_DEEPEST = 16
_RANGE = formualizer.TokenSubType.Range
_TYPES = formualizer.TokenType
_GROUPS = (_TYPES.Func, _TYPES.Array, _TYPES.Paren)
_COMPARISONS = frozenset(("=", "<>", "<", ">", "<=", ">="))
_LOOSER = _COMPARISONS | {"&"}  # what is done after a subtraction
_OPERATORS = (_TYPES.OpInfix, _TYPES.OpPrefix, _TYPES.OpPostfix)
_OPEN = formualizer.TokenSubType.Open


class FormulaTranslator:
    """Spells the formulas of one workbook."""

    def __init__(
        self, book: WorkbookXml, ours: Container[str], lacks: Callable[[str], bool], spills: Mapping[CellKey, RangeRef]
    ) -> None:
        self.book = book
        self.ours = ours
        self.lacks = lacks
        self.spills = spills
        self.sheets = {sheet.name.lower(): sheet.name for sheet in book.sheets}
        self.order = [sheet.name for sheet in book.sheets]
        self.masters: dict[tuple[str, str | None], CellXml] = {
            (sheet.name, cell.shared): cell
            for sheet in book.sheets
            for cell in sheet.formulas
            if cell.formula_type == "shared" and cell.formula
        }
        self.shapes: dict[tuple[str, bool], dict[Words, FormulaTemplate | None]] = {}

    @cached_property
    def hides(self) -> bool:
        """Whether a sheet has rows or columns that may be hidden."""
        return any(_HIDDEN.search(sheet.data) for sheet in self.book.sheets)

    def translate_all(self, formulas: Mapping[CellKey, CellXml]) -> dict[CellKey, TranslatedFormula]:
        """The formulas of many cells."""
        found = {}
        known = {sheet: self.shapes.setdefault((sheet, True), {}) for sheet in self.order}
        for key, cell in formulas.items():
            text = cell.formula
            if text and cell.formula_type == "normal":
                words, cells = split_references(text)
                shape = known[key[0]].get(words)
                if shape and (spelled := shape.filled(text, cells)):
                    found[key] = spelled
                    continue
            found[key] = self.translate_cell(key[0], cell)
        return found

    def translate_cell(self, sheet: str, cell: CellXml) -> TranslatedFormula:
        """The formula of a cell."""
        text = cell.formula or ""
        try:
            if cell.formula_type == "shared" and not text:
                master = self.masters.get((sheet, cell.shared))
                if master is None:
                    why = "It shares a formula that the file does not have. Its value in it is kept."
                    return TranslatedFormula("", [], reads_unknown=True, unsupported=why)
                text = shift_formula(
                    master.formula or "", cell.place[0] - master.place[0], cell.place[1] - master.place[1]
                )
            return self.translate(sheet, cell.place, cell.formula_type != "array", text)
        except (formualizer.TokenizerError, ValueError, RecursionError) as problem:
            why = f"The formula cannot be read: {problem}. Its value in the file is kept."
            return TranslatedFormula("", [], reads_unknown=True, unsupported=why)

    def translate(self, sheet: str, place: CellPos, plain: bool, text: str) -> TranslatedFormula:
        """A formula of a cell, by what is known of those like it."""
        words, cells = split_references(text)
        known = self.shapes.setdefault((sheet, plain), {})
        if words not in known:
            known[words] = self.shape(sheet, plain, words)
        shape = known[words]
        filled = shape.filled(text, cells) if shape else None
        return filled or self.alone(sheet, place, plain, text)

    def alone(self, sheet: str, place: CellPos, plain: bool, text: str) -> TranslatedFormula:
        """The same, whatever is known."""
        return (plain and _simple(sheet, text)) or _Translation(self, sheet, place, plain).run(text)

    def shape(self, sheet: str, plain: bool, words: Words) -> FormulaTemplate | None:
        """What all formulas of some words have in common; `None` where it matters which cells they name, and where."""
        text = fill_placeholders(words)
        if text is None:
            return None
        if plain and (simple := _simple(sheet, text)):
            return FormulaTemplate(words, simple, False)
        spelling = _Translation(self, sheet, (1, 1), plain)
        try:
            spelled = spelling.run(text)
        except (formualizer.TokenizerError, ValueError, RecursionError):
            return None
        return (
            None if spelling.bound or leaks_placeholder(spelled) else FormulaTemplate(words, spelled, spelling.ranged)
        )


def _simple(sheet: str, text: str) -> TranslatedFormula | None:
    """The formula, if it has nothing to spell otherwise: of single cells, numbers, and sums and the like of ranges."""
    if _SIMPLE.fullmatch(text) is None or ",," in text or "(," in text or ",)" in text:
        return None
    calls = set(_CALL.findall(text))
    if not all(name == "IF" or returns_single_value(name) for name in calls) or "SUBTOTAL" in calls:
        return None
    areas = []
    for first, last in _CELLS.findall(text):
        found = parse_reference(f"{first}:{last}" if last else first)
        if found is None:
            return None
        areas.append(found.on_sheet(sheet))
    return TranslatedFormula(text, areas, frozenset(calls))


def shift_formula(formula: str, down: int, right: int) -> str:
    """A formula as it reads in another cell.

    >>> shift_formula('A1*$B$2+SUM(C:C)&"A1"', 1, 1)
    'B2*$B$2+SUM(D:D)&"A1"'
    """
    pieces = []
    for before, found in _references(formula):
        pieces.append(before)
        if found is not None:
            there = found.shift(down, right)
            pieces[-1] = "#REF!" if there is None else before + there
    return "".join(pieces)


@lru_cache(4096)
def _references(formula: str) -> list[tuple[str, Reference | None]]:
    """The references of a formula, each with what is before it."""
    pieces: list[tuple[str, Reference | None]] = []
    for token in formualizer.Tokenizer(f"={formula}").tokens():
        text = token.value
        found = parse_reference(text) if token.subtype == _RANGE else None
        pieces.append((text if found is None else text[: text.rfind("!") + 1], found))
    return pieces


@dataclass
class _Frame:
    """A function or a pair of brackets that is open: where it began, and how many arguments it has had."""

    name: str | None
    start: int
    piece: int
    arguments: int = 0
    last: int = 0  # where its last argument began


@dataclass
class _Sides:
    """A comparison on its way: where its right side starts, its left side if there is one, and the areas before it."""

    start: int
    left: tuple[int, int] | None = None
    areas: int = 0


class _Translation:
    def __init__(self, speller: FormulaTranslator, sheet: str, place: CellPos, plain: bool) -> None:
        self.speller = speller
        self.sheet = sheet
        self.place = place
        self.plain = plain
        self.areas: list[RangeRef] = []
        self.calls: set[str] = set()
        self.doubts: set[str] = set()
        self.unseen = False
        self.lacks = ""
        self.bound = False  # to the cells that it names, or to where it is
        self.ranged = False  # it holds for ranges of several cells, and not too many

    def run(self, text: str) -> TranslatedFormula:
        spelled = self.spelled(text, self.plain, 0)
        if self.plain and (not all(map(returns_single_value, self.calls)) or "{" in text):
            spelled = f"@({spelled})"
        self.unseen |= bool(self.calls & DYNAMIC_REFERENCES)
        if "SUBTOTAL" in self.calls and self.speller.hides:
            self.doubts.add("SUBTOTAL of rows that may be hidden")
        if outside := self.calls & EXTERNAL:
            self.lack(f"It calls {', '.join(sorted(outside))}, which reaches out of the file.")
        if unknown := sorted(filter(self.speller.lacks, self.calls - {"SINGLE", "ANCHORARRAY", "LAMBDA"})):
            self.lack(f"The engine lacks a function that the formula calls. It calls {', '.join(unknown)}.")
        return TranslatedFormula(
            spelled, self.areas, frozenset(self.calls), frozenset(self.doubts), self.unseen, self.lacks
        )

    def lack(self, reason: str) -> str:
        """Note why the formula cannot be calculated, the first of the reasons; what it reads is still of interest."""
        self.lacks = self.lacks or f"{reason} Its value in the file is kept."
        return "#NAME?"

    def lose(self, reason: str) -> str:
        """The same, where it cannot be told what the formula reads."""
        self.unseen = True
        return self.lack(reason)

    def spelled(self, text: str, plain: bool, depth: int) -> str:
        if depth > _DEEPEST:
            return self.lose("Its names refer to each other.")
        tokens = formualizer.Tokenizer(spell_for_engine(f"={text}", self.speller.ours)).tokens()
        frames: list[_Frame] = []
        pieces: list[str] = []
        sides = [_Sides(0)]  # of comparisons, at each depth
        skip = minus = 0
        for at, token in enumerate(tokens):
            value, kind = token.value, token.token_type
            if skip:
                skip -= 1
                continue
            if kind == _TYPES.Func and token.subtype == _OPEN:
                name = base_name(value[:-1].strip())
                if name == "ANCHORARRAY":
                    value, skip = self.spill(tokens[at + 1 : at + 3]), 2
                else:
                    frames.append(_Frame(name, at, len(pieces)))
                    if name != OMITTED:
                        self.calls.add(name)
                    if name == "SINGLE":
                        value = "@("
                    if "LAMBDA(" in self.speller.book.names.get(("", name.lower()), ""):
                        self.lose(f"It calls {name}, which the workbook defines as a LAMBDA.")
            elif kind in (_TYPES.Func, _TYPES.Array, _TYPES.Paren):
                if token.subtype == _OPEN:
                    if kind == _TYPES.Array:
                        self.lift(frames, pieces)
                    frames.append(_Frame(None, at, len(pieces)))
                elif frames:
                    frame = frames.pop()
                    if frame.name in _LOOKUPS and not _is_exact(frame, tokens, at):
                        self.doubts.add(f"{frame.name} in sorted values")
            elif kind == _TYPES.Sep:
                if frames:
                    frames[-1].arguments += 1
                    frames[-1].last = at
            elif kind == _TYPES.OpInfix and value == ":":
                self.unseen = True
            elif kind == _TYPES.OpInfix and value == "-" and plain and len(sides) == 1:
                minus = len(pieces)
            elif kind == _TYPES.OpInfix and value in _COMPARISONS:
                self.compare(sides[-1], pieces)
                sides[-1] = _Sides(len(pieces) + 1, (sides[-1].start, len(pieces)), len(self.areas))
            elif token.subtype == _RANGE:
                value, area = self.operand(value, frames, depth)
                if area is not None and not area.is_single:
                    if plain and _wants_one(tokens, at, frames):
                        value = self.crossing(area)
                    elif frames and frames[-1].name in ("ROW", "COLUMN") and at == frames[-1].start + 1:
                        self.count(frames, pieces, area)
                    else:
                        self.lift(frames, pieces)
            if kind == _TYPES.Sep or (kind in _GROUPS and token.subtype != _OPEN):
                self.compare(sides[-1], pieces)
            pieces.append(value)
            if kind == _TYPES.Sep:
                sides[-1] = _Sides(len(pieces), areas=len(self.areas))
            elif kind in _GROUPS and token.subtype == _OPEN and not skip:
                sides.append(_Sides(len(pieces), areas=len(self.areas)))
            elif kind in _GROUPS and len(sides) > 1 and token.subtype != _OPEN:
                sides.pop()
        self.compare(sides[0], pieces)
        if minus and not any(token.value in _LOOSER for token in tokens) and not self.calls & NONDETERMINISTIC:
            return f"{SNAP}({''.join(pieces)},{''.join(pieces[minus + 1 :])})"
        return "".join(pieces)

    def compare(self, sides: _Sides, pieces: list[str]) -> None:
        """Have both sides of a comparison compared as Excel does."""
        if sides.left is None:
            return
        self.ranged |= not all(area.is_single for area in self.areas[sides.areas :])
        if any(area.size > MAX_COMPARED for area in self.areas[sides.areas :]):
            return
        spans = [sides.left, (sides.start, len(pieces))]
        texts = ["".join(pieces[start:end]).strip() for start, end in spans]
        if any(text.startswith('"') or text in ("TRUE", "FALSE", "") for text in texts):
            return
        for (start, end), text in zip(spans, texts, strict=True):
            if not text.isdecimal():
                pieces[start] = f"{DIGITS}({pieces[start]}"
                pieces[end - 1] += ")"

    def lift(self, frames: list[_Frame], pieces: list[str]) -> None:
        """Have the functions that want one value, and are given several, calculated for each."""
        for frame in reversed(frames):
            name = frame.name
            if name is None:
                continue
            if is_lifted(name, frame.arguments):
                self.ranged = True
                if pieces[frame.piece] != "@(":
                    pieces[frame.piece] = f'{EACH}("{name}",'
            elif name in ("CHOOSE", "OFFSET", "INDIRECT", "ROW", "COLUMN"):
                self.ranged = True
                self.doubts.add(f"{name} of several values")
            elif returns_single_value(name):
                return

    def count(self, frames: list[_Frame], pieces: list[str], area: RangeRef) -> None:
        """ROW and COLUMN of a range give the numbers of all its rows or columns where an array is wanted."""
        self.bound = True
        frame = frames[-1]
        outer = next((one.name for one in reversed(frames[:-1]) if one.name), None)
        if outer is None and self.plain:
            return
        down = frame.name == "ROW"
        rows, columns = (area.bottom - area.top + 1, 1) if down else (1, area.right - area.left + 1)
        pieces[frame.piece] = f"{COUNT}({rows},{columns},{area.top if down else area.left},"
        self.lift(frames[:-1], pieces)

    def crossing(self, area: RangeRef) -> str:
        """The one cell of a range that is in the row or the column of the formula."""
        self.bound = True
        row, column = self.place
        if area.left == area.right and area.top <= row <= area.bottom:
            cell = area._replace(top=row, bottom=row)
        elif area.top == area.bottom and area.left <= column <= area.right:
            cell = area._replace(left=column, right=column)
        elif area.sheet == self.sheet and area.contains(row, column):
            return self.lack("It reads one cell of a range that it is in.")
        else:
            self.doubts.add("a range beside the formula")
            return "#VALUE!"
        self.areas.append(cell)
        return format_range(cell)

    def operand(self, text: str, frames: list[_Frame], depth: int) -> tuple[str, RangeRef | None]:
        """A reference, a name or a piece of a table, by its cells where it has such."""
        found = parse_reference(text)
        if found is not None and (found.sheet is None or found.sheet.lower() in self.speller.sheets):
            area = found.on_sheet(self.sheet)
            if found.sheet is None:
                self.areas.append(area)
                return text, area
            area = area._replace(sheet=self.speller.sheets[found.sheet.lower()])
            self.areas.append(area)
            return text, area
        if several := _SEVERAL.match(text):
            return self.over_sheets(several, frames), None
        if _OUTER.match(text) and "!" in text:
            return self.lack("It refers to another workbook."), None
        table = _TABLE.match(text)
        if table:
            return self.of_table(table[1], table[2])
        return self.name(text, frames, depth)

    def name(self, text: str, frames: list[_Frame], depth: int) -> tuple[str, RangeRef | None]:
        self.bound = True
        where, _, name = text.rpartition("!")
        scope = where.strip("'").replace("''", "'").lower() if where else self.sheet.lower()
        names = self.speller.book.names
        meaning = names.get((scope, name.lower()), names.get(("", name.lower())))
        if meaning is None:
            if name.lower() in self.speller.book.tables:
                return self.of_table(name, "")
            return text, None  # a variable of LET; or else the engine says #NAME?
        row, column = self.place
        meaning = shift_formula(meaning.removeprefix("="), row - 1, column - 1)
        found = parse_reference(meaning)
        if found is not None:
            return self.operand(meaning, frames, depth)
        return f"({self.spelled(meaning, False, depth + 1)})", None

    def over_sheets(self, several: re.Match[str], frames: list[_Frame]) -> str:
        """A reference to one place on several sheets, sheet by sheet."""
        self.bound = True
        first, last = ((several[1] or several[3]).replace("''", "'"), (several[2] or several[4]).replace("''", "'"))
        found = parse_reference(several[5])
        known = self.speller.sheets
        if (
            found is None
            or first.lower() not in known
            or last.lower() not in known
            or not frames
            or not frames[-1].name
        ):
            return self.lose(f"It refers to {several[0]}, which the engine cannot read.")
        order = self.speller.order
        start, end = sorted((order.index(known[first.lower()]), order.index(known[last.lower()])))
        areas = [found.on_sheet(sheet) for sheet in order[start : end + 1]]
        self.areas += areas
        return ",".join(map(format_range, areas))

    def spill(self, tokens: list[formualizer.Token]) -> str:
        """The cells that an array formula fills, for a reference to all of them."""
        self.bound = True
        found = parse_reference(tokens[0].value) if tokens else None
        if found is None or len(tokens) < 2 or tokens[1].value != ")":
            return self.lose("It refers to a spill that cannot be told from the formula.")
        area = found.on_sheet(self.sheet)
        area = area._replace(sheet=self.speller.sheets.get(area.sheet.lower(), area.sheet))
        spilled = self.speller.spills.get((area.sheet, (area.top, area.left)))
        if spilled is None:
            return "#REF!"
        self.areas.append(spilled)
        return format_range(spilled)

    def of_table(self, name: str, inside: str) -> tuple[str, RangeRef | None]:
        """The cells of a structured reference."""
        self.bound = True
        table = self.speller.book.tables.get(name.lower()) if name else self.around()
        if table is None:
            return self.lack(f"It refers to a table {name}, which the file does not have."), None
        pieces = _PIECE.findall(inside) if inside.startswith("[") else ([inside] if inside else [])
        items = {piece.lower() for piece in pieces if piece.startswith("#")}
        columns = [_unquoted(piece) for piece in pieces if piece and not piece.startswith("#")]
        if inside.startswith("@"):  # not what files have, but what people type
            items, columns = {"#this row"}, [_unquoted(inside[1:].removeprefix("[").removesuffix("]"))]
        top, bottom = table.top + table.headers, table.bottom - table.totals
        if "#this row" in items:
            top = bottom = self.place[0]
        elif "#all" in items:
            top, bottom = table.top, table.bottom
        elif "#headers" in items:
            top, bottom = table.top, (bottom if "#data" in items else table.top + table.headers - 1)
        elif "#totals" in items:
            top, bottom = (top if "#data" in items else table.bottom - table.totals + 1), table.bottom
        left, right = table.left, table.right
        columns = [column for column in columns if column]
        if columns:
            if any(column not in table.columns for column in columns):
                return self.lack(f"It refers to a column that the table {name} does not have."), None
            places = [table.left + table.columns.index(column) for column in columns]
            left, right = min(places), max(places)
        area = RangeRef(table.sheet, top, left, bottom, right)
        self.areas.append(area)
        return format_range(area), area

    def around(self) -> Table | None:
        row, column = self.place
        return next(
            (
                table
                for table in self.speller.book.tables.values()
                if table.sheet == self.sheet
                and table.top <= row <= table.bottom
                and table.left <= column <= table.right
            ),
            None,
        )


def _unquoted(column: str) -> str:
    return re.sub("'(.)", r"\1", column).lower()


def _is_exact(frame: _Frame, tokens: list[formualizer.Token], closed: int) -> bool:
    """Whether a lookup is for the very value: its last argument is 0 or FALSE."""
    last = "".join(token.value for token in tokens[frame.last + 1 : closed]).strip().upper()
    return frame.arguments == _LOOKUPS[frame.name or ""] and last in ("0", "FALSE", "FALSE()", "")


def _wants_one(tokens: list[formualizer.Token], at: int, frames: list[_Frame]) -> bool:
    """Whether a plain formula reads one cell of the range at a token, and not the range."""
    in_operation = _beside_operator(tokens, at, at)
    for frame in reversed(frames):
        if frame.name is None:
            in_operation = in_operation or _beside_operator(tokens, frame.start, _closed(tokens, frame.start))
            continue
        wanted = argument_kind(frame.name, frame.arguments)
        if any(argument_kind(one.name, one.arguments) == "a" for one in frames if one.name):
            return False
        return wanted == "s" or (wanted == "r" and in_operation)
    return True


def _beside_operator(tokens: list[formualizer.Token], first: int, last: int) -> bool:
    before = next((token for token in reversed(tokens[:first]) if token.token_type != _TYPES.Whitespace), None)
    after = next((token for token in tokens[last + 1 :] if token.token_type != _TYPES.Whitespace), None)
    return any(
        token is not None and token.token_type in _OPERATORS and token.value.strip() not in ("", ":", ",", "@", "#")
        for token in (before, after)
    )


def _closed(tokens: list[formualizer.Token], opened: int) -> int:
    depth = 0
    for at in range(opened, len(tokens)):
        if tokens[at].token_type in (_TYPES.Func, _TYPES.Array, _TYPES.Paren):
            depth += 1 if tokens[at].subtype == _OPEN else -1
            if depth == 0:
                return at
    return opened
