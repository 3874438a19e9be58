"""Rules of the xlwings host, through xlwings' own wrapper generator and call path."""

from __future__ import annotations

import datetime as dt
import math
import re
import subprocess
import sys
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.utils import FORMULAE

from tests.strategies import inside
from xlfuncs import REGISTRY, evaluate
from xlfuncs.core.arguments import Param
from xlfuncs.core.errors import CellError
from xlfuncs.core.function import Function
from xlfuncs.core.quantity import Shape

ERROR_INTEGERS = {
    "#NULL!": -2146826288,
    "#DIV/0!": -2146826281,
    "#VALUE!": -2146826273,
    "#REF!": -2146826265,
    "#NAME?": -2146826259,
    "#NUM!": -2146826252,
    "#N/A": -2146826246,
    "#SPILL!": -2146826243,
    "#CALC!": -2146826238,
}

# MS-VBAL 3.3.5.2, and what the wrapper that xlwings writes refers to itself.
VBA_WORDS = """
call case close const declare defbool defbyte defcur defdate defdbl defint deflng deflnglng deflngptr
defobj defsng defstr defvar dim do else elseif end endif enum erase event exit for friend function get
global gosub goto if implements input let lock loop lset next on open option print private public put
raiseevent redim resume return rset seek select set static stop sub type unlock wend while with write
any as byref byval each in new optional paramarray preserve shared spc tab then to until withevents
addressof and eqv imp is like mod not or typeof xor
abs cbool cbyte ccur cdate cdbl cdec cint clng clnglng clngptr csng cstr cvar cverr date debug doevents
fix int len lenb me pset scale sgn string array circle inputb lbound ubound
boolean byte currency double integer long longlong longptr single variant object
true false nothing empty null rem attribute lineinput cdecl decimal defdec
error mid midb property step time name base alias lib
application caller xlpy thisworkbook activeworkbook err range app failed
"""
NOT_FOR_VBA_ARGUMENTS = frozenset(VBA_WORDS.split())

every_function = pytest.mark.parametrize("function", REGISTRY, ids=lambda function: function.name)
every_example = pytest.mark.parametrize(
    "function, cells",
    [
        pytest.param(function, example.cells, id=f"{function.name}-{number}")
        for function in REGISTRY
        for number, example in enumerate(function.examples, 1)
    ],
)


def as_com(cell: Any) -> Any:
    """A cell, or rows of cells, as `Value2` gives it."""
    if isinstance(cell, list):
        return tuple(tuple(as_com(one) for one in row) for row in cell)
    if isinstance(cell, CellError):
        return ERROR_INTEGERS[cell.code]
    return cell if cell is None or isinstance(cell, bool | str) else float(cell)


def as_text(cell: Any) -> Any:
    return "" if cell is None else str(cell) if isinstance(cell, CellError) else cell


def as_vba(result: Any) -> Any:
    """A result as VBA gets it: xlwings makes a single row flat, and a single cell a scalar."""
    if not isinstance(result, list):
        return as_text(result)
    rows = [[as_text(cell) for cell in row] for row in result]
    flat = rows[0] if len(rows) == 1 else rows
    return flat[0] if len(flat) == 1 and len(rows) == 1 else flat


def cells_of(result: Any) -> list[Any]:
    if not isinstance(result, list):
        return [result]
    return [cell for row in result for cell in (row if isinstance(row, list) else [row])]


# What Import Functions writes


def test_import_functions_writes_one_vba_function_per_function(excel: Any) -> None:
    assert sorted(re.findall(r"^Function (\w+)\(", excel.vba, re.M)) == sorted(f.name for f in REGISTRY)


@every_function
def test_vba_arguments_are_those_of_the_function(excel: Any, function: Function) -> None:
    arguments = ", ".join(("" if p.required else "Optional ") + p.name for p in function.params)
    assert f"\nFunction {function.name}({arguments})\n" in re.sub(r" _\n\s*", " ", excel.vba)


@every_function
def test_wizard_shows_summary_category_and_every_argument(excel: Any, function: Function) -> None:
    wizard = excel.wizard[function.name]
    assert wizard["Description"] == function.summary
    assert wizard["Category"] == function.category
    for param, text in zip(function.params, wizard["ArgumentDescriptions"] or (), strict=True):
        assert param.meaning in text
        assert str(param.unit) in text
        assert param.domain in text
        assert param.default_text in text


@every_function
def test_wizard_texts_are_not_cut(excel: Any, function: Function) -> None:
    udf = getattr(sys.modules["xlfuncs.udfs"], function.name)
    texts = [udf.__doc__, udf.__xlfunc__["category"], *(arg["doc"] for arg in udf.__xlfunc__["args"])]
    assert [text for text in texts if not 0 < len(text) <= 255] == []


@every_function
def test_wrapper_is_neither_volatile_nor_asynchronous(excel: Any, function: Function) -> None:
    udf = getattr(sys.modules["xlfuncs.udfs"], function.name).__xlfunc__
    assert not udf["volatile"]
    assert udf["async_mode"] is None
    assert "expand" not in udf["ret"]["options"]


# Names that Excel and VBA accept


@every_function
def test_function_name_is_free_in_excel(function: Function) -> None:
    assert re.fullmatch(r"[A-Z][A-Z0-9_]{2,63}", function.name)
    assert not re.fullmatch(r"[A-Z]{1,3}[0-9]+|R[0-9]*C[0-9]*", function.name), "reads as a cell address"
    assert function.name not in FORMULAE
    assert function.name.lower() not in NOT_FOR_VBA_ARGUMENTS


@every_function
def test_argument_names_are_free_in_vba(function: Function) -> None:
    names = [param.name.lower() for param in function.params]
    assert [name for name in names if not re.fullmatch(r"[a-z][a-z0-9_]*", name)] == []
    assert NOT_FOR_VBA_ARGUMENTS.isdisjoint(names)
    assert len({function.name.lower(), *names}) == len(names) + 1, "VBA ignores case"


@every_function
def test_arguments_fit_into_the_wizard(function: Function) -> None:
    assert len(function.params) <= 60
    assert len(function.params) + sum(len(param.name) for param in function.params) <= 254


# Calls from a cell


@every_example
def test_values_give_the_same_as_on_cells(excel: Any, function: Function, cells: tuple[Any, ...]) -> None:
    assert excel.call(function.name, *map(as_com, cells)) == as_vba(function.on_cells(*cells))


@every_example
def test_ranges_give_the_same_as_on_cells(excel: Any, function: Function, cells: tuple[Any, ...]) -> None:
    ranges = [excel.range(as_com(cell)) for cell in cells]
    assert excel.call(function.name, *ranges) == as_vba(function.on_cells(*cells))


@pytest.mark.slow  # every kind of error in every argument of every function
@every_example
def test_an_error_in_any_argument_is_passed_on(excel: Any, function: Function, cells: tuple[Any, ...]) -> None:
    for position in range(len(cells)):
        given = [*cells[:position], CellError("#REF!"), *cells[position + 1 :]]
        shown = excel.call(function.name, *(excel.range(as_com(cell)) for cell in given))
        assert shown == as_vba(function.on_cells(*given))


@every_example
def test_left_out_arguments_are_blank_ones(excel: Any, function: Function, cells: tuple[Any, ...]) -> None:
    optional = [not param.required for param in function.params]
    given = [*cells, *[None] * (len(function.params) - len(cells))]
    blank = [None if free else cell for free, cell in zip(optional, given, strict=True)]
    left_out = [excel.missing if free else as_com(cell) for free, cell in zip(optional, given, strict=True)]
    assert excel.call(function.name, *left_out) == as_vba(function.on_cells(*blank))


@pytest.mark.slow  # eight contents of a cell in every argument of every function
@every_function
@pytest.mark.parametrize("cell", [None, "", "text", True, 0.0, -1e308, "#N/A", ERROR_INTEGERS["#CALC!"]])
def test_whatever_a_cell_holds_the_result_is_a_value(excel: Any, function: Function, cell: Any) -> None:
    for argument in (cell, excel.range(cell), excel.range(((cell,), (cell,)))):
        for shown in cells_of(excel.call(function.name, *[argument] * len(function.params))):
            assert isinstance(shown, float | bool | str)
            assert not isinstance(shown, float) or math.isfinite(shown)


def com_cells(param: Param) -> st.SearchStrategy[Any]:
    """What a cell or a range may hold: mostly what the argument is meant to take."""
    if param.shape_kind is Shape.TEXT:
        meant = st.sampled_from(param.quantity.options or ["US", "deepseek-r1"])
    else:
        meant = inside(param, -1e3, 1e3)
    odd = st.one_of(st.none(), st.booleans(), st.sampled_from(["", "text", "0.5"]), st.sampled_from([0.0, -1.0, 1e300]))
    cell = st.one_of(meant, meant, meant, meant, odd, st.sampled_from([CellError(code) for code in ERROR_INTEGERS]))
    ranges = st.lists(st.lists(cell, min_size=2, max_size=2), min_size=1, max_size=3)
    return st.one_of(cell, cell, ranges) if param.elementwise else st.one_of(ranges, ranges, cell)


@pytest.mark.slow  # draws arguments of every function
@every_function
@settings(max_examples=20)
@given(data=st.data())
def test_any_cells_give_through_com_what_evaluate_gives(excel: Any, function: Function, data: st.DataObject) -> None:
    cells = data.draw(st.tuples(*map(com_cells, function.params)))
    assert excel.call(function.name, *map(as_com, cells)) == as_vba(evaluate(function.name, *cells))


LTV_CAC = (100.0, 0.8, 0.02, 1000.0)


def test_a_bad_cell_in_a_column_is_a_bad_cell_in_the_result(excel: Any) -> None:
    column = excel.range(((0.02,), (None,), (ERROR_INTEGERS["#REF!"],), ("0.02",), (True,), (0.04,)))
    assert excel.call("LTV_CAC", 100.0, 0.8, column, 1000.0) == [
        [4.0],
        ["#VALUE!"],
        ["#REF!"],
        ["#VALUE!"],
        ["#VALUE!"],
        [2.0],
    ]


@pytest.mark.parametrize("code", ERROR_INTEGERS)
def test_every_error_of_excel_comes_in_as_itself(excel: Any, code: str) -> None:
    assert excel.call("LTV_CAC", excel.range(ERROR_INTEGERS[code]), *LTV_CAC[1:]) == code
    assert excel.call("LTV_CAC", ERROR_INTEGERS[code], *LTV_CAC[1:]) == code


def test_an_error_that_we_do_not_know_is_still_an_error(excel: Any) -> None:
    assert excel.call("LTV_CAC", -2146828288 + 2077, *LTV_CAC[1:]) == "#UNKNOWN!"


def test_an_error_shown_as_text_is_passed_on_through_a_chain(excel: Any) -> None:
    shown = excel.call("LTV_CAC", 100.0, 0.8, -1.0, 1000.0)
    assert shown == "#NUM!"
    assert excel.call("LTV_CAC", excel.range(shown), *LTV_CAC[1:]) == "#NUM!"


def test_text_that_holds_no_number_is_not_a_blank(excel: Any) -> None:
    assert excel.call("INFERENCE_COST", 10.0, 10.0, 1.0, excel.range("")) == "#VALUE!"
    assert excel.call("INFERENCE_COST", 10.0, 10.0, 1.0, excel.range(None)) == 100.0


@pytest.mark.parametrize("hundred", [100, Decimal(100), dt.datetime(1900, 4, 9, tzinfo=dt.UTC), ((100.0,),)])
def test_numbers_as_macros_pass_them_are_numbers(excel: Any, hundred: Any) -> None:
    assert excel.call("LTV_CAC", hundred, *LTV_CAC[1:]) == 4.0


def test_a_date_from_a_macro_is_its_serial_number() -> None:
    from xlfuncs.hosts.excel.com import decode_cell

    assert decode_cell(dt.datetime(2026, 1, 31, 12, tzinfo=dt.UTC)) == 46053.5


def test_a_row_in_braces_is_a_row(excel: Any) -> None:
    assert excel.call("LTV_CAC", 100.0, 0.8, (0.02, 0.04), 1000.0) == [4.0, 2.0]


def test_a_range_of_several_areas_is_refused(excel: Any) -> None:
    two_areas = excel.range(((100.0,), (200.0,)), count=4)
    assert excel.call("LTV_CAC", two_areas, *LTV_CAC[1:]) == "#VALUE!"


def test_an_object_is_no_number(excel: Any) -> None:
    assert excel.call("LTV_CAC", object(), *LTV_CAC[1:]) == "#VALUE!"


def test_a_result_never_shows_nan_or_an_integer() -> None:
    from xlfuncs.hosts.excel.com import encode_cells

    assert encode_cells([[math.nan, math.inf, None]]) == [["#NUM!", "#NUM!", ""]]
    assert isinstance(encode_cells(3)[0][0], float)


# Without Excel


def test_udfs_are_plain_functions_where_there_is_no_excel() -> None:
    from xlfuncs.hosts.excel import udfs

    for function in REGISTRY:
        assert vars(udfs)[function.name].__name__ == function.name
    assert vars(udfs)["LTV_CAC"](*LTV_CAC) == 4.0


def test_without_xlwings_the_error_says_what_to_install() -> None:
    program = "import sys; sys.modules['xlwings'] = None; import xlfuncs.udfs"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    last = run.stderr.splitlines()[-1]
    assert "MissingDependency: To use the functions in Excel, install xlwings." in last
    assert '".[excel]"' in last
