"""The UNO component, an object with a method for each function; it runs in the Python of LibreOffice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from xlfuncs.core.errors import VALUE, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.hosts.libreoffice.cells import decode_cell, encode_rows, encode_value, returns_single_value
from xlfuncs.hosts.libreoffice.names import INTERFACE, SERVICE


def component(registry: Registry) -> Any:
    """Return the implementation helper that the loader of LibreOffice asks for."""
    import uno  # which only the Python of LibreOffice has
    import unohelper

    methods: dict[str, Any] = {function.name: _method(function) for function in registry}
    methods |= {
        "getImplementationName": lambda self: SERVICE,
        "supportsService": lambda self, name: name == SERVICE,
        "getSupportedServiceNames": lambda self: (SERVICE,),
    }
    interfaces = (uno.getClass(INTERFACE), uno.getClass("com.sun.star.lang.XServiceInfo"))
    addin = type("AddIn", (unohelper.Base, *interfaces), methods)
    helper = unohelper.ImplementationHelper()
    helper.addImplementation(lambda context: addin(), SERVICE, (SERVICE,))
    return helper


def _method(function: Function) -> Callable[..., Any]:
    on_cells = function.on_cells
    encode: Callable[[Any], Any] = encode_value if returns_single_value(function) else encode_rows

    def method(self: Any, *cells: Any) -> Any:
        try:
            return encode(on_cells(*map(decode_cell, cells)))
        except Exception as problem:  # such as a package that is missing; Calc would show Err:504
            return encode(CellError(VALUE, str(problem)))

    return method
