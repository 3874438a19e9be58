"""The extras of the package: optional packages, and what is said where one of them is not installed."""

from __future__ import annotations

from xlfuncs.core.exceptions import MissingDependency
from xlfuncs.core.version import VERSION


def missing_dependency(purpose: str, package: str, extra: str) -> MissingDependency:
    """The exception to raise where a package of an extra is not installed.

    >>> print(missing_dependency("read a Parquet file", "pyarrow", "data"))  # doctest: +ELLIPSIS
    To read a Parquet file, install pyarrow. In a checkout of xlfuncs, run pip install ".[data]"; with a wheel, run ...
    """
    return MissingDependency(f"To {purpose}, install {package}. {explain_installation(extra)}")


def explain_installation(extra: str) -> str:
    """How to install an extra, as a sentence. No index has the package: it comes from a checkout or a wheel."""
    wheel = f"xlfuncs-{VERSION}-py3-none-any.whl"
    return f'In a checkout of xlfuncs, run pip install ".[{extra}]"; with a wheel, run pip install "{wheel}[{extra}]".'
