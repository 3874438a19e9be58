"""The names under which LibreOffice knows the add-in."""

from __future__ import annotations

EXTENSION = "org.xlcalc.xlfuncs"
MODULE = "org.xlcalc"  # not the name of the Python package, which UNO would import in its place
INTERFACE = f"{MODULE}.XFunctions"
SERVICE = f"{MODULE}.AddIn"
OLDEST_OFFICE = "7.4"  # version of LibreOffice
