"""The functions of the library, one module a category, and the registry of them all."""

from __future__ import annotations

from xlfuncs.core.registry import Registry
from xlfuncs.functions import adoption, asymmetry, hardware, inference, monetisation, pnl, superapp, valuation

REGISTRY = Registry(inference, hardware, adoption, monetisation, superapp, pnl, valuation, asymmetry)

globals().update({function.python_name: function for function in REGISTRY})
