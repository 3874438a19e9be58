"""xlfuncs: worksheet functions and workbooks to value AI companies and compare the US and China.

Every function is there by its Python name, as `xlfuncs.ltv_cac`; what xlfuncs does with workbooks is in `xlfuncs.api`.
All is imported when it is first asked for.
"""

from xlfuncs.core.version import VERSION

__version__ = VERSION

# Nothing of the standard library is imported here: `python -m xlfuncs` runs this before it can leave the folder of the
# user out of the search path, and that folder may hold a typing.py or a numbers.py of its own.
TYPE_CHECKING = False

if TYPE_CHECKING:
    from xlfuncs.api import InvalidOption as InvalidOption
    from xlfuncs.api import MissingDependency as MissingDependency
    from xlfuncs.api import OutputRejected as OutputRejected
    from xlfuncs.api import WorkbookRejected as WorkbookRejected
    from xlfuncs.api import XlfuncsError as XlfuncsError
    from xlfuncs.api import check as check
    from xlfuncs.api import new_workbook as new_workbook
    from xlfuncs.api import recalc as recalc
    from xlfuncs.api import refresh as refresh
    from xlfuncs.api import refresh_many as refresh_many
    from xlfuncs.api import render as render
    from xlfuncs.api import report as report
    from xlfuncs.api import simulate as simulate
    from xlfuncs.core.errors import CellError as CellError
    from xlfuncs.core.errors import FormulaError as FormulaError
    from xlfuncs.functions import *  # noqa: F403  # every function by its name
    from xlfuncs.functions import REGISTRY as REGISTRY
    from xlfuncs.functions import evaluate as evaluate
else:
    _HOMES = {
        "xlfuncs.api": (
            "InvalidOption", "OutputRejected", "check", "new_workbook", "recalc", "refresh", "refresh_many", "render",
            "report", "simulate",
        ),
        "xlfuncs.core.errors": ("CellError", "FormulaError"),
        "xlfuncs.core.exceptions": ("MissingDependency", "WorkbookRejected", "XlfuncsError"),
        "xlfuncs.functions": ("REGISTRY", "evaluate"),
    }  # fmt: skip
    _HOME_OF = {name: module for module, names in _HOMES.items() for name in names}

    def __getattr__(name):
        """What is listed above, or a function by its name."""
        from importlib import import_module

        if name in _HOME_OF:
            value = getattr(import_module(_HOME_OF[name]), name)
        elif name == "__all__":
            value = _list_names()
        else:
            value = _find_function(name)
        globals()[name] = value
        return value

    def __dir__():
        return sorted({"__version__", *_list_names()})

    def _find_function(name):
        from importlib.util import find_spec

        if not name.startswith("_") and not find_spec(f"{__name__}.{name}"):  # else a module not yet imported
            from xlfuncs.functions import REGISTRY

            if name in REGISTRY and name.islower():
                return REGISTRY[name]
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

    def _list_names():
        from xlfuncs.functions import REGISTRY

        return [*_HOME_OF, *(function.python_name for function in REGISTRY)]
