"""The functions of the library, one module a category, and the registry of them all."""

from __future__ import annotations

from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry
from xlfuncs.functions import (
    adoption,
    allocation,
    asymmetry,
    audit,
    automation,
    capital_stack,
    decoupling,
    efficiency,
    hardware,
    inference,
    lookups,
    monetisation,
    montecarlo,
    pnl,
    simulation,
    superapp,
    valuation,
)

REGISTRY = Registry(
    inference,
    hardware,
    adoption,
    monetisation,
    superapp,
    pnl,
    valuation,
    decoupling,
    montecarlo,
    capital_stack,
    automation,
    efficiency,
    asymmetry,
    allocation,
    lookups,
    simulation,
    audit,
)

evaluate = REGISTRY.evaluate


def __getattr__(name: str) -> Function:
    """`from xlfuncs.functions import ltv_cac`: every function of the registry by its Python name."""
    if name in REGISTRY and name.islower():
        return REGISTRY[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return [*globals(), *(function.python_name for function in REGISTRY)]
