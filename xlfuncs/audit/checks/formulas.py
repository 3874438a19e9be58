"""Rules for single formulas, whatever stands around them."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from difflib import get_close_matches

from openpyxl.utils import FORMULAE

from xlfuncs.audit.r1c1 import R1C1Formula
from xlfuncs.audit.registry import Fault, rule
from xlfuncs.audit.workbook_view import WorkbookView
from xlfuncs.engine.function_names import VOLATILE

_TEXT = re.compile(r'"(?:[^"]|"")*"')
_EXTERNAL = re.compile(r"\[\d+\]|\[[^\]]+\.xl\w+\]", re.IGNORECASE)
_PATHS = re.compile(r"_xll\.|_xldudf_|_xludf\.|\.xla[m]?'?!", re.IGNORECASE)
_ALLOWED = {0.0, 1.0, 4.0, 12.0, 24.0, 100.0, 365.25, 1000.0, 1e6}
_CALENDAR = {52.0, 60.0, 360.0, 365.0, 365.25, 366.0, 3600.0, 8760.0, 8766.0, 86400.0}
_FACTOR, _TERM = 31, 12  # the largest whole numbers that count as no assumption in a product, in a sum
_SMALL = 1e-3  # as good as 0 in a comparison
_LONGEST, _LONGEST_ELSEWHERE = 120, 255
_DEEPEST, _DEEPEST_ELSEWHERE = 3, 5
_IFS, _IFS_ELSEWHERE = 1, 2


def _each(opened: WorkbookView, why: str, of: Callable[[R1C1Formula], str | None]) -> Iterator[Fault]:
    """A fault for each cell whose form has something to say; it is asked once a form."""
    said: dict[R1C1Formula, str | None] = {}
    for sheet, place, form in opened.formulas():
        if form not in said:
            said[form] = of(form)
        detail = said[form]
        if detail is not None:
            yield Fault(sheet.name, why, place, detail)


@rule(
    "B24",
    "No constants inside formulas",
    "E",
    "FAST 3.04-01",
    "Give the number a labelled cell of its own and refer to it.",
    elsewhere="W",
)
def embedded_constants(opened: WorkbookView) -> Iterator[Fault]:
    """A rate or a price inside a formula has no label, no unit and no source, and is missed when it changes.

    Numbers that are no assumptions may stay: 0, 1, 4, 12, 24, 100, 365.25, 1000 and 1e6; in other workbooks all small
    whole numbers, powers of ten as factors, and the days, weeks and seconds of the calendar. Arguments such as those
    of ROUND are left out.
    """
    harmless = _of_ours if opened.ours else _of_anyone

    def constants(form: R1C1Formula) -> str | None:
        if not form.references:
            return None
        found = []
        for text, role in form.constants:
            number = float(text.rstrip("%")) / (100 if text.endswith("%") else 1)
            if not harmless(number, role) and not (role == "<" and number < _SMALL):
                found.append(text)
        return ", ".join(dict.fromkeys(found)) or None

    return _each(opened, "The formula holds a number of its own ({}); give it a labelled cell.", constants)


def _of_ours(number: float, role: str) -> bool:
    return number in _ALLOWED


def _of_anyone(number: float, role: str) -> bool:
    if number in _CALENDAR:
        return True
    if role != "+" and number >= 1 and math.log10(number).is_integer():
        return True
    return number.is_integer() and number <= (_TERM if role == "+" else _FACTOR)


@rule(
    "B26", "Formulas are short", "W", "FAST 3.03-01", "Split it into steps, each in a row with a label.", elsewhere="W"
)
def long_formulas(opened: WorkbookView) -> Iterator[Fault]:
    """A formula that does not fit on a line is read by nobody: at most 120 characters, in other workbooks 255.

    Texts in quotes are not counted.
    """
    longest = _LONGEST if opened.ours else _LONGEST_ELSEWHERE

    def long(form: R1C1Formula) -> str | None:
        length = len(_TEXT.sub("", form.formula))
        return f"{length} characters" if length > longest else None

    return _each(opened, "The formula is long ({}); split it into steps.", long)


@rule("B27", "No line break in a formula", "E", "FAST 3.03-03", "Put the formula on one line.", elsewhere="W")
def line_breaks(opened: WorkbookView) -> Iterator[Fault]:
    """What stands below the first line of a formula is not seen in the formula bar."""
    return _each(
        opened,
        "The formula has a line break; put it on one line.",
        lambda form: "" if "\n" in form.formula.strip() else None,
    )


@rule(
    "B28",
    "Formulas are not nested deep",
    "E",
    "FAST 3.03-07",
    "Put the inner functions into rows of their own; replace IF in IF by a table or by flags.",
    elsewhere="W",
)
def nesting(opened: WorkbookView) -> Iterator[Fault]:
    """Each function inside another doubles the ways through a formula, and none of them shows.

    At most 3 functions deep, an IFERROR around them not counted, and no IF inside IF; in other workbooks 5 deep and
    two IFs.
    """
    deepest, most = (_DEEPEST, _IFS) if opened.ours else (_DEEPEST_ELSEWHERE, _IFS_ELSEWHERE)

    def deep(form: R1C1Formula) -> str | None:
        if (ifs := max((call.ifs for call in form.calls), default=0)) > most:
            return f"{ifs} IFs"
        depth = max((call.depth for call in form.calls), default=0) - ("IFERROR" in form.names)
        return f"{depth} functions deep" if depth > deepest else None

    return _each(opened, "The formula is nested too deep ({}); split it into steps.", deep)


@rule(
    "B29",
    "No volatile functions",
    "E",
    "FAST 4.01",
    "Use INDEX in place of OFFSET and INDIRECT, and a typed date in place of TODAY.",
    elsewhere="W",
)
def volatile(opened: WorkbookView) -> Iterator[Fault]:
    """OFFSET, INDIRECT, NOW, TODAY and RAND change without an input, and hide from where they read."""
    return _each(
        opened,
        "The formula changes by itself ({}); use a function that does not.",
        lambda form: ", ".join(sorted(VOLATILE & form.names)) or None,
    )


@rule("B30", "No links to other workbooks", "E", "FAST", "Bring the data in, with its source and date.", elsewhere="E")
def external_links(opened: WorkbookView) -> Iterator[Fault]:
    """A value from another file changes, or breaks, when that file is moved, renamed or edited."""
    found = False
    for fault in _each(
        opened,
        "The formula reads another workbook ({}); bring the data in.",
        lambda form: next((text for text in _EXTERNAL.findall(form.formula)), None),
    ):
        found = True
        number = int(fault.detail.strip("[]")) if fault.detail.strip("[]").isdigit() else 0
        known = opened.external
        detail = known[number - 1].rpartition("/")[2] if 0 < number <= len(known) else fault.detail
        yield Fault(fault.sheet, fault.why, fault.place, detail)
    if not found:
        for target in opened.external:
            yield Fault("", "The workbook is linked to {} and no cell uses it; break the link.", detail=target)


@rule("B35", "No reference to deleted cells", "E", "any", "Point it to the cell that is meant.", elsewhere="E")
def deleted(opened: WorkbookView) -> Iterator[Fault]:
    """Where a row, column or sheet was deleted that a formula still reads, the formula says #REF! in its place."""
    return _each(
        opened,
        "The formula reads a cell that was deleted (#REF!); point it to the cell that is meant.",
        lambda form: "" if "#REF!" in form.formula else None,
    )


@rule("B37", "Our functions exist and get their arguments", "E", "ours", "See xlfuncs show NAME.", elsewhere="E")
def calls(opened: WorkbookView) -> Iterator[Fault]:
    """A call with too few or too many arguments, or with a name that is nearly one of ours, gives an error."""
    registry = opened.registry
    rejected: dict[str, list[str]] = {}

    def wrong(form: R1C1Formula) -> str | None:
        for call in form.calls:
            if call.name in registry:
                params = registry[call.name].params
                required = sum(param.required for param in params)
                if not required <= call.arguments <= len(params):
                    span = str(required) if required == len(params) else f"{required} to {len(params)}"
                    return f"{call.name} takes {span} arguments and gets {call.arguments}"
            elif "_" in call.name and call.name not in FORMULAE and "." not in call.name:
                near = rejected.setdefault(call.name, get_close_matches(call.name, registry.names, 1, 0.85))
                if near:
                    return f"{call.name} is not there, {near[0]} is"
        return None

    return _each(opened, "A function is called wrongly: {}; mend the call.", wrong)


@rule("B38", "No path to an add-in in a formula", "E", "KB 817578", "Enter the function again.", elsewhere="E")
def paths(opened: WorkbookView) -> Iterator[Fault]:
    """A function stored with the path or prefix of an add-in is #NAME? on every other machine."""
    return _each(
        opened,
        "A function carries the path or prefix of an add-in; enter it again without.",
        lambda form: "" if _PATHS.search(form.formula) else None,
    )
