"""What LibreOffice loads: an object with a method for each function. It runs in the Python of LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlfuncs.core.errors import VALUE, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.libreoffice.cells import cell_read, rows_shown, single, value_shown
from xlfuncs.hosts.libreoffice.names import INTERFACE, SERVICE


def component(registry: Registry) -> Any:
    """What the loader of LibreOffice asks for, to make the object."""
    import uno  # which only the Python of LibreOffice has
    import unohelper

    methods: dict[str, Any] = {function.name: _method(function) for function in registry}
    methods |= {
        "getImplementationName": lambda self: SERVICE,
        "supportsService": lambda self, name: name == SERVICE,
        "getSupportedServiceNames": lambda self: (SERVICE,),
    }
    interfaces = (uno.getClass(INTERFACE), uno.getClass("com.sun.star.lang.XServiceInfo"))
    made = type("AddIn", (unohelper.Base, *interfaces), methods)
    helper = unohelper.ImplementationHelper()
    helper.addImplementation(lambda context: made(), SERVICE, (SERVICE,))
    return helper


def _method(function: Function) -> Callable[..., Any]:
    on_cells = function.on_cells
    shown: Callable[[Any], Any] = value_shown if single(function) else rows_shown

    def method(self: Any, *cells: Any) -> Any:
        try:
            return shown(on_cells(*map(cell_read, cells)))
        except Exception as problem:  # such as a package that is missing; Calc would show Err:504
            return shown(CellError(VALUE, str(problem)))

    return method
