"""`python -m xlfuncs` is `xlfuncs`."""

from __future__ import annotations

from xlfuncs.cli.main import main

if __name__ == "__main__":
    main(prog_name="xlfuncs")
