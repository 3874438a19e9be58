"""The VBA of the add-in under an interpreter, with stand-ins for Excel, and for the Python that it would start."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pyopenvba.interpreter import (
    EMPTY,
    MISSING,
    HostBridge,
    Interpreter,
    ModuleRuntime,
    VBAArray,
    VBAErrorValue,
    VBAObject,
    member,
    method,
    parse_module,
)
from pyopenvba.interpreter._runtime import UNRESOLVED
from pyopenvba.interpreter._values import error

from tests.hosts.conftest import Excel


def array(rows: Any) -> VBAArray:
    """Rows as pywin32 makes an array of them, from 0 on."""
    made = VBAArray([(0, len(rows) - 1), (0, len(rows[0]) - 1)])
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            made.set([at, column], given(cell))
    return made


def given(cell: Any) -> Any:
    """What COM gives VBA."""
    return EMPTY if cell is None else cell


def to_vba(result: Any) -> Any:
    """A result of xlwings as VBA gets it: a scalar, a flat row, or rows."""
    if not isinstance(result, list):
        return given(result)
    if isinstance(result[0], list):
        return array(result)
    return VBAArray([(0, len(result) - 1)], items=[given(cell) for cell in result])


def to_com(value: Any) -> Any:
    """What VBA hands to COM: rows of an array, an error value as its integer, a blank as None."""
    if isinstance(value, VBAArray):
        (top, bottom), (left, right) = value.bounds
        return tuple(tuple(to_com(value.get([r, c])) for c in range(left, right + 1)) for r in range(top, bottom + 1))
    if isinstance(value, VBAErrorValue):
        return value.number - 2146828288
    if value is MISSING:
        return Excel.missing
    return None if value is EMPTY else value


def shown(value: Any) -> Any:
    """What a cell or a spill shows: error values as ('error', number)."""
    if isinstance(value, VBAArray):
        if len(value.bounds) == 1:
            return [shown(cell) for cell in value.elements()]
        (top, bottom), (left, right) = value.bounds
        return [[shown(value.get([r, c])) for c in range(left, right + 1)] for r in range(top, bottom + 1)]
    return ("error", value.number) if isinstance(value, VBAErrorValue) else value


class Range(VBAObject):
    """A range of one area."""

    vba_type_name = "Range"

    def __init__(self, rows: Any, areas: int = 1) -> None:
        super().__init__()
        self.value = array(rows) if isinstance(rows, list) else given(rows)
        self.areas = areas

    @member
    def Areas(self) -> Any:
        return self

    @member
    def Count(self) -> int:
        return self.areas

    @member
    def Value2(self) -> Any:
        return self.value


class Server(VBAObject):
    """The Python that the bridge would start."""

    def __init__(self, answer: Callable[[str, tuple[Any, ...]], Any]) -> None:
        super().__init__()
        self.answer = answer
        self.calls = 0

    @method
    def CallUDF(self, module: str, name: str, arguments: VBAArray) -> Any:
        assert module in ("xlfuncs.udfs", "xlfuncs.ribbon")
        self.calls += 1
        try:
            return to_vba(self.answer(name, tuple(map(to_com, arguments.elements()))))
        except ZeroDivisionError:
            raise error(440, "Python raised") from None


class Application(VBAObject):
    """What Excel is told of the functions."""

    def __init__(self) -> None:
        super().__init__()
        self.told: dict[str, tuple[str, str, list[str]]] = {}

    @method
    def MacroOptions(
        self,
        Macro: str,
        Description: str = "",
        Category: str = "",
        ArgumentDescriptions: Any = None,
    ) -> None:
        self.told[Macro] = (Description, Category, ArgumentDescriptions.elements())


class Book(VBAObject):
    """The add-in as a workbook."""

    def __init__(self) -> None:
        super().__init__()
        self.followed: list[tuple[str, str]] = []

    @member
    def Name(self) -> str:
        return "xlfuncs.xlam"

    @method
    def FollowHyperlink(self, Address: str, SubAddress: Any = "") -> None:
        self.followed.append((Address, "" if SubAddress is MISSING else SubAddress))


class Cell(VBAObject):
    """The active cell."""

    def __init__(self, formula: str) -> None:
        super().__init__()
        self.formula = formula

    @member
    def Formula(self) -> str:
        return self.formula


def interpreter(
    modules: Mapping[str, str],
    server: Server,
    application: Application,
    memo: bool = False,
    **others: VBAObject,
) -> Any:
    """The modules of a built file, with two functions replaced: what needs the DLL, and what reads the sheet."""
    source = re.sub(r"Private Function Python\(\).*?End Function", _PYTHON, modules["Functions"], flags=re.S)
    setting = _SETTING.replace("?", "true" if memo else "false")
    source = re.sub(r"Private Function Setting\(.*?End Function", lambda _: setting, source, flags=re.S)
    things = {"application": application, "thisworkbook": Book(), "server": server, **others}

    class Host(HostBridge):
        def global_object(self, name: str) -> Any:
            return things.get(name.lower(), UNRESOLVED)

    running = Interpreter(Host())
    for name, text in (("Functions", source), ("Help", modules["Help"])):
        running.modules[name.lower()] = ModuleRuntime(_parse(text, name=name), running)
    return running


_parse = cache(parse_module)  # else each test parses every function of the add-in again


_PYTHON = "Private Function Python() As Object\r\nSet Python = Server\r\nEnd Function"
_SETTING = (
    'Private Function Setting(ByVal key As String) As String\r\nIf key = "MEMO" Then Setting = "?"\r\n'
    'If key = "HELP" Then Setting = "C:\\help\\index.html"\r\nEnd Function'
)
