"""The name by which installed add-ins, and xlwings' *UDF Modules*, import the worksheet functions."""

from __future__ import annotations

from xlfuncs.hosts.excel.udfs import *  # noqa: F403  # one function for each worksheet function
