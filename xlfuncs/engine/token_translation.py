"""One formula translated for the engine, token by token.

The engine is made to do what Excel does in a worksheet: implicit intersection in formulas that are no array formulas,
functions of single values calculated for each value of an array, comparisons of 15 digits, and a difference that is
lost in rounding taken for 0.
"""

from __future__ import annotations

from dataclasses import dataclass

from xlfuncs.engine.argument_kinds import argument_kind, is_lifted, returns_single_value
from xlfuncs.engine.function_names import (
    COUNT,
    DIGITS,
    DYNAMIC_REFERENCES,
    EACH,
    NONDETERMINISTIC,
    OMITTED,
    SNAP,
    name_in_token,
    spell_for_engine,
)
from xlfuncs.engine.reference_translation import FormulaContext, FormulaFacts, ReferenceTranslator
from xlfuncs.engine.tokens import (
    ARRAY,
    FUNCTION,
    GROUPS,
    INFIX,
    OPEN,
    OPERAND,
    OPERATORS,
    RANGE,
    SEPARATOR,
    WHITESPACE,
    Token,
    tokenize,
)
from xlfuncs.engine.translation_cache import MAX_COMPARED, TranslatedFormula
from xlfuncs.ooxml.cells import CellPos
from xlfuncs.ooxml.references import RangeRef

# Never called: they reach out of the file, or into what only Excel has.
_EXTERNAL = """
CALL CUBEKPIMEMBER CUBEMEMBER CUBEMEMBERPROPERTY CUBERANKEDMEMBER CUBESET CUBESETCOUNT CUBEVALUE DDE EVALUATE
FILTERXML GETPIVOTDATA IMAGE INFO PY REGISTER REGISTER.ID RTD SQL.REQUEST STOCKHISTORY WEBSERVICE
"""
EXTERNAL = frozenset(_EXTERNAL.split())
_NOTATION = frozenset({"SINGLE", "ANCHORARRAY", "LAMBDA"})  # functions in files that are notation in a worksheet
_LOOKUPS = {"VLOOKUP": 3, "HLOOKUP": 3, "MATCH": 2}  # which argument says that the values are not sorted
_ARRAY_UNVERIFIED = frozenset({"CHOOSE", "OFFSET", "INDIRECT", "ROW", "COLUMN"})
_COMPARISONS = frozenset({"=", "<>", "<", ">", "<=", ">="})
_AFTER_SUBTRACTION = _COMPARISONS | {"&"}  # operators that bind less than a minus sign
_MAX_DEPTH = 16  # of names in names


class FormulaTranslation:
    """The translation of one formula, and the facts that it brings to light."""

    def __init__(self, context: FormulaContext, sheet: str, place: CellPos, is_plain: bool) -> None:
        """A formula `is_plain` unless it was entered as an array formula."""
        self.context = context
        self.is_plain = is_plain
        self.facts = FormulaFacts()
        self.references = ReferenceTranslator(context, self.facts, sheet, place, self._translate_name)

    def run(self, text: str) -> TranslatedFormula:
        """Translate the formula, its equals sign left out."""
        facts = self.facts
        translation = self._translate(text, self.is_plain, 0)
        if self.is_plain and (not all(map(returns_single_value, facts.calls)) or "{" in text):
            translation = f"@({translation})"
        facts.reads_unknown |= not facts.calls.isdisjoint(DYNAMIC_REFERENCES)
        if "SUBTOTAL" in facts.calls and self.context.may_hide_cells:
            facts.unverified.add("SUBTOTAL of rows that may be hidden")
        if external := facts.calls & EXTERNAL:
            facts.mark_unsupported(f"It calls {', '.join(sorted(external))}, which reaches out of the file.")
        if unknown := sorted(filter(self.context.is_unsupported, facts.calls - _NOTATION)):
            facts.mark_unsupported(f"It calls {', '.join(unknown)}, which xlfuncs does not support.")
        return TranslatedFormula(
            translation,
            facts.areas,
            frozenset(facts.calls),
            frozenset(facts.unverified),
            facts.reads_unknown,
            facts.unsupported,
        )

    def _translate(self, text: str, is_plain: bool, depth: int) -> str:
        if depth > _MAX_DEPTH:
            return self.facts.mark_unreadable("The names that it uses refer to each other.")
        tokens = tokenize(spell_for_engine(f"={text}", self.context.ours))
        return _TokenPass(self, tokens, is_plain, depth).run()

    def _translate_name(self, definition: str, depth: int) -> str:
        return self._translate(definition, False, depth)


@dataclass
class _Group:
    """A function or a pair of brackets that is open."""

    name: str | None  # of the function
    start: int  # the token that opens it
    piece: int  # the piece that opens it
    arguments: int = 0  # that are complete
    separator: int = 0  # the token in front of its last argument


@dataclass
class _Comparison:
    """The operands of a comparison, within an argument or a pair of brackets, as far as they were met."""

    start: int  # the piece with which the current operand begins
    areas: int  # how many areas the formula read before the current operand
    left: tuple[int, int] | None = None  # the pieces of the left operand, where there is one


class _TokenPass:
    """Goes once through the tokens of a formula, or of the definition of a name."""

    def __init__(self, translation: FormulaTranslation, tokens: tuple[Token, ...], is_plain: bool, depth: int) -> None:
        self.context, self.facts, self.references = translation.context, translation.facts, translation.references
        self.tokens = tokens
        self.is_plain = is_plain
        self.is_array_formula = not translation.is_plain
        self.depth = depth  # of names in names
        self.position = 0  # of the current token
        self.skipped = 0  # tokens that were dealt with in advance
        self.groups: list[_Group] = []
        self.pieces: list[str] = []  # of the translation
        self.comparisons = [_Comparison(0, 0)]  # one outside of all groups, and one for each
        self.minus = 0  # the piece of the last minus sign outside of all groups

    def run(self) -> str:
        for position, token in enumerate(self.tokens):
            self.position = position
            kind, subtype, text = token
            if self.skipped:
                self.skipped -= 1
            elif kind == OPERAND:
                self.pieces.append(self._translate_reference(text) if subtype == RANGE else text)
            elif kind == SEPARATOR:
                self._separate_arguments(text)
            elif kind == INFIX:
                self._add_operator(text)
            elif kind not in GROUPS:
                self.pieces.append(text)
            elif subtype != OPEN:
                self._close_group(text)
            elif kind == FUNCTION:
                self._open_function(token)
            else:
                if kind == ARRAY:
                    self._lift_functions(self.groups)
                self._open_group(None, text)
        self._complete_comparison()
        return self._snap_difference()

    # -- groups and arguments --------------------------------------------------------------------

    def _open_function(self, token: Token) -> None:
        name = name_in_token(token)
        if name == "ANCHORARRAY":
            self.pieces.append(self.references.translate_spill(self.tokens[self.position + 1 : self.position + 3]))
            self.skipped = 2
            return
        self._open_group(name, "@(" if name == "SINGLE" else token.text)
        if name != OMITTED:
            self.facts.calls.add(name)
        if "LAMBDA(" in self.context.workbook.names.get(("", name.lower()), ""):
            self.facts.mark_unreadable(f"It calls {name}, which the workbook defines as a LAMBDA.")

    def _open_group(self, name: str | None, text: str) -> None:
        self.groups.append(_Group(name, self.position, len(self.pieces)))
        self.pieces.append(text)
        self.comparisons.append(_Comparison(len(self.pieces), len(self.facts.areas)))

    def _close_group(self, text: str) -> None:
        if self.groups:
            group = self.groups.pop()
            if group.name in _LOOKUPS and not self._is_exact_lookup(group):
                self.facts.unverified.add(f"{group.name} in sorted values")
        self._complete_comparison()
        self.pieces.append(text)
        if len(self.comparisons) > 1:
            self.comparisons.pop()

    def _separate_arguments(self, text: str) -> None:
        if self.groups:
            self.groups[-1].arguments += 1
            self.groups[-1].separator = self.position
        self._complete_comparison()
        self.pieces.append(text)
        self.comparisons[-1] = _Comparison(len(self.pieces), len(self.facts.areas))

    def _is_exact_lookup(self, group: _Group) -> bool:
        """Whether a lookup is for the very value: its last argument, which ends here, is 0 or FALSE."""
        last = "".join(token.text for token in self.tokens[group.separator + 1 : self.position]).strip().upper()
        return group.arguments == _LOOKUPS[group.name or ""] and last in ("0", "FALSE", "FALSE()", "")

    # -- operators -------------------------------------------------------------------------------

    def _add_operator(self, text: str) -> None:
        if text == ":":
            self.facts.reads_unknown = True
        elif text == "-" and self.is_plain and len(self.comparisons) == 1:
            self.minus = len(self.pieces)
        elif text in _COMPARISONS:
            self._complete_comparison()
            left = (self.comparisons[-1].start, len(self.pieces))
            self.comparisons[-1] = _Comparison(len(self.pieces) + 1, len(self.facts.areas), left)
        self.pieces.append(text)

    def _complete_comparison(self) -> None:
        """Have both operands of a comparison rounded to the digits by which Excel compares."""
        comparison = self.comparisons[-1]
        if comparison.left is None:
            return
        areas = self.facts.areas[comparison.areas :]
        self.facts.depends_on_size |= not all(area.is_single for area in areas)
        if any(area.size > MAX_COMPARED for area in areas):
            return
        spans = [comparison.left, (comparison.start, len(self.pieces))]
        operands = ["".join(self.pieces[start:end]).strip() for start, end in spans]
        if any(operand.startswith('"') or operand in ("TRUE", "FALSE", "") for operand in operands):
            return
        for (start, end), operand in zip(spans, operands, strict=True):
            if not operand.isdecimal():
                self.pieces[start] = f"{DIGITS}({self.pieces[start]}"
                self.pieces[end - 1] += ")"

    def _snap_difference(self) -> str:
        """The translation; Excel takes a difference at the end of a formula for 0 where it is lost in rounding."""
        translation = "".join(self.pieces)
        if not self.minus or not self.facts.calls.isdisjoint(NONDETERMINISTIC):
            return translation
        if any(token.text in _AFTER_SUBTRACTION for token in self.tokens):
            return translation
        return f"{SNAP}({translation},{''.join(self.pieces[self.minus + 1 :])})"

    # -- operands, and what arrays do to the functions around them -------------------------------

    def _translate_reference(self, text: str) -> str:
        in_call = bool(self.groups and self.groups[-1].name)
        text, area = self.references.translate(text, in_call, self.depth)
        if area is None or area.is_single:
            return text
        if self.is_plain and self._is_intersected():
            return self.references.intersect(area)
        group = self.groups[-1] if self.groups else None
        if group and group.name in ("ROW", "COLUMN") and self.position == group.start + 1:
            self._number_cells(group, area)
        else:
            self._lift_functions(self.groups)
        return text

    def _is_intersected(self) -> bool:
        """Whether a plain formula reads one cell of the range that is the current token, and not the range."""
        in_operation = self._is_beside_operator(self.position, self.position)
        for group in reversed(self.groups):
            if group.name is None:
                in_operation = in_operation or self._is_beside_operator(group.start, self._end_of_group(group.start))
                continue
            if any(outer.name and argument_kind(outer.name, outer.arguments) == "a" for outer in self.groups):
                return False
            kind = argument_kind(group.name, group.arguments)
            return kind == "s" or (kind == "r" and in_operation)
        return True

    def _is_beside_operator(self, first: int, last: int) -> bool:
        """Whether an operator that takes single values stands beside the tokens from `first` to `last`."""
        before = next((token for token in reversed(self.tokens[:first]) if token.kind != WHITESPACE), None)
        after = next((token for token in self.tokens[last + 1 :] if token.kind != WHITESPACE), None)
        return any(
            token is not None and token.kind in OPERATORS and token.text.strip() not in ("", ":", ",", "@", "#")
            for token in (before, after)
        )

    def _end_of_group(self, start: int) -> int:
        """The token that closes the group that a token opens."""
        depth = 0
        for position, token in enumerate(self.tokens[start:], start):
            if token.kind in GROUPS:
                depth += 1 if token.subtype == OPEN else -1
                if depth == 0:
                    return position
        return start

    def _lift_functions(self, groups: list[_Group]) -> None:
        """Have the functions that want one value, and are given several, calculated for each."""
        for group in reversed(groups):
            name = group.name
            if name is None:
                continue
            if is_lifted(name, group.arguments):
                self.facts.depends_on_size = True
                if self.pieces[group.piece] != "@(":
                    self.pieces[group.piece] = f'{EACH}("{name}",'
            elif name in _ARRAY_UNVERIFIED:
                self.facts.depends_on_size = True
                self.facts.unverified.add(f"{name} of several values")
            elif returns_single_value(name):
                return

    def _number_cells(self, group: _Group, area: RangeRef) -> None:
        """ROW and COLUMN of a range give the numbers of all its rows or columns where an array is wanted."""
        self.facts.depends_on_position = True
        is_in_call = any(outer.name for outer in self.groups[:-1])
        if not (is_in_call or self.is_array_formula):
            return
        if group.name == "ROW":
            rows, columns, first = area.bottom - area.top + 1, 1, area.top
        else:
            rows, columns, first = 1, area.right - area.left + 1, area.left
        self.pieces[group.piece] = f"{COUNT}({rows},{columns},{first},"
        self._lift_functions(self.groups[:-1])
