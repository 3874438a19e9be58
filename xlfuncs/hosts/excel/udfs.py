"""The functions that xlwings imports: set *UDF Modules* to ``xlfuncs.udfs`` and click *Import Functions*.

Without Excel the module imports too: its functions then take cells and give cells.
"""

from __future__ import annotations

from xlfuncs.functions import REGISTRY
from xlfuncs.hosts.excel import com

globals().update(com.build_udfs(REGISTRY))
