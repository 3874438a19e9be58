"""Checks of single formulas, whatever stands around them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from openpyxl.utils import FORMULAE

from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Violation, audit_check
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.engine.function_names import VOLATILE

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)
_PATH = re.compile(r"_xll\.|_xldudf_|_xludf\.|\.xla[m]?'?!", re.IGNORECASE)
_ALLOWED = {0.0, 1.0, 4.0, 12.0, 24.0, 100.0, 365.25, 1000.0, 1e6}
_CALENDAR = {52.0, 60.0, 360.0, 365.0, 365.25, 366.0, 3600.0, 8760.0, 8766.0, 86400.0}
_LARGEST_FACTOR, _LARGEST_TERM = 31, 12  # whole numbers up to these count as no assumption
_NEGLIGIBLE = 1e-3  # as good as 0 in a comparison
_LONGEST, _LONGEST_ELSEWHERE = 120, 255
_DEEPEST, _DEEPEST_ELSEWHERE = 3, 5
_MOST_IFS, _MOST_IFS_ELSEWHERE = 1, 2


def _check_each(
    view: WorkbookView, message: str, detail_of: Callable[[R1C1Formula], str | None]
) -> Iterator[Violation]:
    """A violation for each cell whose formula gives a detail; each formula is examined once."""
    details: dict[R1C1Formula, str | None] = {}
    for sheet, cell, formula in view.formula_cells():
        if formula not in details:
            details[formula] = detail_of(formula)
        detail = details[formula]
        if detail is not None:
            yield Violation(sheet.name, message, cell, detail)


@audit_check(
    "B24",
    "embedded-constant",
    "No constants inside formulas",
    "E",
    "FAST 3.04-01",
    "Put the number into a labelled cell and refer to that cell.",
    severity_elsewhere="W",
)
def check_constants(view: WorkbookView) -> Iterator[Violation]:
    """A rate or a price inside a formula has no label, unit or source, and is overlooked when it changes.

    Numbers that are no assumptions are allowed: 0, 1, 4, 12, 24, 100, 365.25, 1000 and 1e6. In other workbooks all
    small whole numbers, powers of ten as factors, and the days, weeks and seconds of the calendar are allowed.
    Arguments of functions, such as those of ROUND, are not examined.
    """
    is_harmless = _is_allowed_in_template if view.template else _is_allowed_elsewhere

    def constants(formula: R1C1Formula) -> str | None:
        if not formula.references:
            return None
        reported = []
        for text, role in formula.constants:
            number = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
            if not is_harmless(number, role) and not (role == "<" and number < _NEGLIGIBLE):
                reported.append(text)
        return ", ".join(dict.fromkeys(reported)) or None

    return _check_each(view, "The formula contains a hard-coded number ({}). Give it a labelled cell.", constants)


def _is_allowed_in_template(number: float, role: str) -> bool:
    return number in _ALLOWED


def _is_allowed_elsewhere(number: float, role: str) -> bool:
    if number in _CALENDAR:
        return True
    if role != "+" and number >= 1 and math.log10(number).is_integer():
        return True
    return number.is_integer() and number <= (_LARGEST_TERM if role == "+" else _LARGEST_FACTOR)


@audit_check(
    "B26",
    "long-formula",
    "Short formulas",
    "W",
    "FAST 3.03-01",
    "Split the formula into steps, each in a labelled row.",
    severity_elsewhere="W",
)
def check_length(view: WorkbookView) -> Iterator[Violation]:
    """Nobody reads a formula that does not fit on a line: at most 120 characters, in other workbooks 255.

    Texts in quotation marks do not count.
    """
    longest = _LONGEST if view.template else _LONGEST_ELSEWHERE

    def length(formula: R1C1Formula) -> str | None:
        characters = len(_TEXT.sub("", formula.text))
        return f"{characters} characters" if characters > longest else None

    return _check_each(view, "The formula is long ({}). Split it into steps.", length)


@audit_check(
    "B27",
    "line-break",
    "No line breaks in formulas",
    "E",
    "FAST 3.03-03",
    "Put the formula on one line.",
    severity_elsewhere="W",
)
def check_line_breaks(view: WorkbookView) -> Iterator[Violation]:
    """The formula bar shows only the first line of a formula."""
    return _check_each(
        view, "The formula contains a line break.", lambda formula: "" if "\n" in formula.text.strip() else None
    )


@audit_check(
    "B28",
    "deep-nesting",
    "No deeply nested functions",
    "E",
    "FAST 3.03-07",
    "Put the inner functions into rows of their own. Replace nested IFs with a table or with flags.",
    severity_elsewhere="W",
)
def check_nesting(view: WorkbookView) -> Iterator[Violation]:
    """Each function inside another multiplies the paths through a formula, and none of these shows.

    At most 3 levels of functions, an IFERROR around them not counted, and no IF inside IF; in other workbooks 5 levels
    and two IFs.
    """
    deepest, most_ifs = (_DEEPEST, _MOST_IFS) if view.template else (_DEEPEST_ELSEWHERE, _MOST_IFS_ELSEWHERE)

    def nesting(formula: R1C1Formula) -> str | None:
        if (ifs := max((call.ifs for call in formula.calls), default=0)) > most_ifs:
            return f"{ifs} nested IFs"
        levels = max((call.depth for call in formula.calls), default=0) - ("IFERROR" in formula.function_names)
        return f"{levels} levels of functions" if levels > deepest else None

    return _check_each(view, "The formula is nested too deeply ({}). Split it into steps.", nesting)


@audit_check(
    "B29",
    "volatile-function",
    "No volatile functions",
    "E",
    "FAST 4.01",
    "Use INDEX instead of OFFSET and INDIRECT, and a typed date instead of TODAY.",
    severity_elsewhere="W",
)
def check_volatile_functions(view: WorkbookView) -> Iterator[Violation]:
    """NOW, TODAY and RAND change although no input did; OFFSET and INDIRECT conceal which cells they read."""
    return _check_each(
        view,
        "The formula calls a volatile function ({}).",
        lambda formula: ", ".join(sorted(VOLATILE & formula.function_names)) or None,
    )


@audit_check(
    "B30",
    "external-link",
    "No links to other workbooks",
    "E",
    "FAST",
    "Copy the data into the workbook, with its source and date.",
    severity_elsewhere="E",
)
def check_external_links(view: WorkbookView) -> Iterator[Violation]:
    """A value from another file changes, or breaks, when that file is moved, renamed or edited."""
    is_used = False
    for violation in _check_each(
        view,
        "The formula reads another workbook ({}). Copy the data into this one.",
        lambda formula: next((text for text in _EXTERNAL.findall(formula.text)), None),
    ):
        is_used = True
        digits = violation.detail.strip("[]")
        number = int(digits) if digits.isdigit() else 0
        files = view.linked_workbooks
        detail = files[number - 1].rpartition("/")[2] if 0 < number <= len(files) else violation.detail
        yield Violation(violation.sheet, violation.message, violation.cell, detail)
    if not is_used:
        for target in view.linked_workbooks:
            yield Violation("", "The workbook is linked to {}, but no cell uses the link. Break it.", detail=target)


@audit_check(
    "B35",
    "deleted-reference",
    "No references to deleted cells",
    "E",
    "any",
    "Point the formula to the intended cells.",
    severity_elsewhere="E",
)
def check_deleted_references(view: WorkbookView) -> Iterator[Violation]:
    """If a row, column or sheet that a formula reads is deleted, #REF! takes the place of the reference."""
    return _check_each(
        view,
        "The formula refers to deleted cells (#REF!). Point it to the intended cells.",
        lambda formula: "" if "#REF!" in formula.text else None,
    )


@audit_check(
    "B37",
    "invalid-call",
    "Valid calls of xlfuncs functions",
    "E",
    "xlfuncs",
    "Look up the function and its arguments with xlfuncs show NAME.",
    severity_elsewhere="E",
)
def check_calls(view: WorkbookView) -> Iterator[Violation]:
    """A call with too few or too many arguments, or of a function whose name is misspelt, gives an error."""
    registry = view.registry
    similar_names: dict[str, list[str]] = {}

    def defect(formula: R1C1Formula) -> str | None:
        for call in formula.calls:
            if call.name in registry:
                params = registry[call.name].params
                required = sum(param.required for param in params)
                if not required <= call.arguments <= len(params):
                    span = str(required) if required == len(params) else f"{required} to {len(params)}"
                    noun = "argument" if span == "1" else "arguments"
                    return f"{call.name} takes {span} {noun}, not {call.arguments}"
            elif "_" in call.name and call.name not in FORMULAE and "." not in call.name:
                if call.name not in similar_names:
                    similar_names[call.name] = get_close_matches(call.name, registry.names, 1, 0.85)
                if similar_names[call.name]:
                    return f"{call.name} does not exist, but {similar_names[call.name][0]} does"
        return None

    return _check_each(view, "The formula calls an xlfuncs function wrongly: {}.", defect)


@audit_check(
    "B38",
    "add-in-path",
    "No add-in paths in formulas",
    "E",
    "KB 817578",
    "Enter the function again, without the path or prefix.",
    severity_elsewhere="E",
)
def check_add_in_paths(view: WorkbookView) -> Iterator[Violation]:
    """A function stored with the path or prefix of an add-in shows #NAME? on every other computer."""
    return _check_each(
        view,
        "A function in the formula has the path or prefix of an add-in. Enter it again without.",
        lambda formula: "" if _PATH.search(formula.text) else None,
    )
