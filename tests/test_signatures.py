"""Released names, arguments, units and domains do not change: formulas in people's files cannot be refactored."""

from __future__ import annotations

from pathlib import Path

from xlfuncs import REGISTRY
from xlfuncs.core.function import Function

FILE = Path(__file__).parent / "signatures.txt"


def signature(function: Function) -> str:
    """One line an argument: shape, unit, domain, default."""
    lines = [
        f"{function.name} -> {function.returns.shape} [{function.returns.unit}] {', '.join(function.returns.columns)}"
    ]
    for param in function.params:
        default = "" if param.required else f" = {param.default_text}"
        lines.append(f"  {param.name}: {param.shape} [{param.unit}] {param.domain}{default}")
    return "\n".join(line.rstrip() for line in lines)


def test_signatures_are_the_recorded_ones() -> None:
    """After adding a function or a last optional argument: `python -m tests.test_signatures`."""
    assert FILE.read_text(encoding="utf-8") == "\n".join(map(signature, REGISTRY)) + "\n"


if __name__ == "__main__":
    FILE.write_text("\n".join(map(signature, REGISTRY)) + "\n", encoding="utf-8")
