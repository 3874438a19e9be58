"""Functions travel to other processes by their names, and their errors come back whole."""

from __future__ import annotations

import copy
import datetime as dt
import importlib
import multiprocessing
import pickle
import pkgutil
from concurrent.futures import ProcessPoolExecutor

import cloudpickle
import pytest
from dask.delayed import delayed

import xlfuncs
from xlfuncs import REGISTRY, CellError, FormulaError, XlfuncsError, ltv_cac
from xlfuncs.core.function import Function


@pytest.mark.parametrize("function", [pytest.param(function, id=function.name) for function in REGISTRY])
def test_a_function_is_itself_after_the_journey(function: Function) -> None:
    for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
        assert pickle.loads(pickle.dumps(function, protocol)) is function
    assert pickle.loads(cloudpickle.dumps(function)) is function
    assert copy.deepcopy(function) is function


def test_a_pool_of_processes_calls_functions() -> None:
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        assert pool.submit(ltv_cac, 100, 0.8, 0.05, 400).result() == 4
        error = pool.submit(ltv_cac, 100, 0.8, 1.5, 400).exception()
    assert isinstance(error, FormulaError)
    assert (error.code, error.why) == ("#NUM!", "churn must be from 0 to 1; got 1.5.")


def test_dask_calls_functions() -> None:
    value = delayed(ltv_cac)(100, 0.8, 0.05, 400)
    assert value.compute(scheduler="processes", num_workers=1) == 4


def list_exceptions() -> list[type[Exception]]:
    """Every exception class of the package, in whatever module."""
    for module in pkgutil.walk_packages(xlfuncs.__path__, "xlfuncs."):
        if not module.name.endswith(("__main__", "udfs")):  # which run a program, and need Excel
            importlib.import_module(module.name)
    classes: list[type[Exception]] = [Exception]
    for one in classes:
        classes += [child for child in one.__subclasses__() if child not in classes]
    return sorted((one for one in classes if one.__module__.startswith("xlfuncs.")), key=lambda one: one.__qualname__)


# What the constructors take that take more than a sentence.
ARGUMENTS: dict[str, tuple[object, ...]] = {
    "FormulaError": (CellError("#NUM!", "churn must be from 0 to 1; got 1.5."),),
    "RequestRejected": (413, "The request is too long."),
    "BusyError": (),
    "NotYetKnown": ("as_of must be 2026-01-01 or later.", dt.date(2026, 1, 1)),
    "_ErrorResult": ({"type": "Error", "kind": "Num"},),
}


@pytest.mark.parametrize("kind", [pytest.param(kind, id=kind.__qualname__) for kind in list_exceptions()])
def test_an_exception_is_the_same_after_the_journey(kind: type[Exception]) -> None:
    error = kind(*ARGUMENTS.get(kind.__name__, ("A sentence for people.",)))
    error.add_note("A note.")
    error.more = ["an attribute"]  # type: ignore[attr-defined]  # any exception takes attributes
    pickles = [pickle.loads(pickle.dumps(error, protocol)) for protocol in range(pickle.HIGHEST_PROTOCOL + 1)]
    for other in (*pickles, pickle.loads(cloudpickle.dumps(error)), copy.copy(error), copy.deepcopy(error)):
        assert type(other) is kind
        assert (str(other), other.args) == (str(error), error.args)
        assert vars(other) == vars(error)
    assert str(error).endswith(".") or kind.__name__ == "_ErrorResult"


def test_every_kind_of_exception_is_found() -> None:
    found = list_exceptions()
    assert {"XlfuncsError", "FormulaError", "OutputRejected", "OfficeCrashed", "BusyError", "SourceError"} <= {
        kind.__name__ for kind in found
    }
    # These are caught before they could leave; all others are for users.
    private = {kind.__name__ for kind in found if not issubclass(kind, XlfuncsError)}
    assert private == {"EngineError", "FormulaSyntaxError", "_ErrorResult", "_UnusualError"}


def test_a_formula_error_takes_a_reason_alone() -> None:
    error = pickle.loads(pickle.dumps(FormulaError("The figure is not known.")))
    assert (error.code, error.why) == ("#VALUE!", "The figure is not known.")
    assert str(error) == "#VALUE! The figure is not known."
