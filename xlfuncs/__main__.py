"""The command line, as `xlfuncs` and as `python -m xlfuncs`."""

import sys


def run() -> None:
    """Run the command line; its worker processes do not import from the working folder either."""
    import os

    os.environ["PYTHONSAFEPATH"] = "1"

    from xlfuncs.cli.main import main

    main(prog_name="xlfuncs")


if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the working folder, whose numbers.py or workbooks/ are the user's
    run()
