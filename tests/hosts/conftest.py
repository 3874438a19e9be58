"""xlwings' real Windows code on any platform: stand-ins for pywin32 and for Excel's objects."""

from __future__ import annotations

import atexit
import ctypes
import datetime as dt
import importlib
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

import pytest

OURS = (
    "xlfuncs.udfs",
    "xlfuncs.ribbon",
    "xlfuncs.hosts.excel.udfs",
    "xlfuncs.hosts.excel.ribbon",
    "xlfuncs.hosts.excel.open_workbook",
    "xlfuncs.hosts.excel.com",
)


class ExcelRange:
    """A range as a COM argument. It has no `Value`: that one rounds, and makes dates of numbers."""

    Worksheet = Rows = Columns = MagicMock()
    Row = Column = Count = 1
    _oleobj_ = MagicMock()
    _oleobj_.GetTypeInfo().GetTypeAttr().iid = "{00020846-0000-0000-C000-000000000046}"

    def __init__(self, value2: Any, count: int | None = None) -> None:
        self.Value2 = value2
        self.CountLarge = count or (len(value2) * len(value2[0]) if isinstance(value2, tuple) else 1)


class Excel:
    """Excel after *Import Functions*: the module and the wizard texts it got, and calls from a cell."""

    range = ExcelRange
    missing = -2147352572  # what COM gives for an argument that was left out

    def __init__(self, xlwings: Any) -> None:
        self.xlwings = xlwings
        self.vba = ""
        self.wizard: dict[str, dict[str, Any]] = {}
        self.book = MagicMock(Name="Book1.xlsm")
        self.book.Application.Version = "16.0"
        self.book.Application.MacroOptions = self._keep_help
        self.book.VBProject.VBComponents.Import = self._keep_module
        xlwings.import_udfs("xlfuncs.udfs", self.book)

    def _keep_module(self, path: str) -> None:
        self.vba = Path(path).read_text(encoding="utf-8")

    def _keep_help(self, macro: str, **options: Any) -> None:
        self.wizard[macro.removeprefix("'Book1.xlsm'!")] = options

    def call(self, name: str, *arguments: Any) -> Any:
        """What the VBA function of that name gets back, and gives to its cell."""
        server = self.xlwings.com_server.XLPython()
        return server.CallUDF("xlfuncs.udfs", name, arguments, self.book, ExcelRange(None))


def pywin32() -> Iterator[ModuleType]:
    """Every module of pywin32 that xlwings imports; real are the classes it compares types with."""

    def module(name: str, **members: Any) -> ModuleType:
        stub = ModuleType(name)
        vars(stub).update(members, __path__=[], __getattr__=lambda attribute: MagicMock())
        return stub

    error = type("com_error", (Exception,), {})
    classes = {name: type(name, (), {}) for name in ("CDispatch", "CoClassBaseClass", "DispatchBaseClass")}
    client = module("win32com.client", Dispatch=lambda com_object: com_object, **classes)
    util = module("win32com.server.util", unwrap=MagicMock(side_effect=error))
    server = module("win32com.server", util=util)
    yield from (client, util, server, module("win32com", client=client, server=server))
    yield module("pywintypes", com_error=error, error=error, IID=str, TimeType=dt.datetime)
    for name in ("dispatcher", "exception", "policy"):
        yield module(f"win32com.server.{name}")
    for name in ("api", "con", "event", "gui", "process", "timezone"):
        yield module(f"win32{name}")
    yield module("pythoncom", __file__="pythoncom.dll")


def xlwings_modules() -> list[str]:
    return [name for name in sys.modules if name.split(".")[0] == "xlwings"]


@pytest.fixture(scope="module")
def excel() -> Iterator[Excel]:
    """Excel after *Import Functions* of `xlfuncs.udfs`."""
    with on_windows() as xlwings:
        yield Excel(xlwings)


@contextmanager
def on_windows() -> Iterator[Any]:
    """xlwings as Windows imports it; all is put back afterwards."""
    for name in OURS:
        importlib.import_module(name)  # third-party packages must see the real platform
    with pytest.MonkeyPatch.context() as patch:
        for name in OURS:
            patch.delattr(name)  # the package keeps a reference of its own
            patch.delitem(sys.modules, name)
        for name in xlwings_modules():
            patch.delitem(sys.modules, name)
        for stub in pywin32():
            patch.setitem(sys.modules, stub.__name__, stub)
        for name in ("PyDLL", "oledll", "windll"):
            patch.setattr(ctypes, name, MagicMock(), raising=False)
        with pytest.MonkeyPatch.context() as importing:
            importing.setattr(sys, "platform", "win32")
            xlwings = importlib.import_module("xlwings")
        atexit.unregister(xlwings._xlwindows.cleanup)  # it would look for processes of Excel
        yield xlwings
        for name in xlwings_modules():
            del sys.modules[name]
