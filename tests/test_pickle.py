"""Functions travel to other processes by their names, and their errors come back whole."""

from __future__ import annotations

import copy
import multiprocessing
import pickle
from concurrent.futures import ProcessPoolExecutor

import cloudpickle
import pytest
from dask.delayed import delayed

from xlfuncs import REGISTRY, FormulaError, ltv_cac
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
