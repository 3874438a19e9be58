"""Released names, arguments, units and domains do not change: formulas in people's files cannot be refactored."""

from __future__ import annotations

from pathlib import Path

import pytest

from xlfuncs import REGISTRY
from xlfuncs.reference.signatures import find_broken, format_signatures

FILE = Path(__file__).parent / "signatures.txt"
RELEASED = "F -> scalar [x]\n  a: num [x] above 0\nG -> scalar [x]\n"


def test_signatures_are_the_recorded_ones() -> None:
    """After adding a function or a last optional argument: `python -m workbooks`, which takes no other change."""
    assert FILE.read_text(encoding="utf-8") == format_signatures(REGISTRY)


@pytest.mark.parametrize(
    "current",
    [
        RELEASED + "H -> scalar [x]\n",
        "H -> scalar [x]\n  b: num [x]\n" + RELEASED,
        RELEASED.replace("above 0\n", "above 0\n  b: num [x] = 1\n"),
    ],
)
def test_functions_and_last_arguments_may_be_added(current: str) -> None:
    assert find_broken(RELEASED, current) == []


@pytest.mark.parametrize(
    "current",
    [
        "G -> scalar [x]\n",
        RELEASED.replace("F ", "FF "),
        RELEASED.replace("scalar", "table", 1),
        RELEASED.replace("above 0", "from 0 to 1"),
        RELEASED.replace("  a: ", "  b: num [x] = 1\n  a: "),
        RELEASED.replace("above 0", "above 0 = 1"),
        RELEASED.replace("above 0\n", "above 0\n  b: num [x]\n"),
        RELEASED.replace("  a: num [x] above 0\n", ""),
    ],
)
def test_a_released_signature_does_not_change(current: str) -> None:
    assert find_broken(RELEASED, current) == ["F"]
