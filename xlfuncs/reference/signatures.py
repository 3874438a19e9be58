"""The released signatures: names, arguments, units and domains, which do not change once they are released.

Formulas in other people's files cannot be refactored. A released function may get further optional arguments at the
end, and nothing else; a better definition gets a new name.
"""

from __future__ import annotations

from xlfuncs.core.function import Function
from xlfuncs.core.registry import Registry


def format_signatures(registry: Registry) -> str:
    """Format all signatures: a line for each function, then one for each argument."""
    return "\n".join(map(_format_signature, registry)) + "\n"


def find_broken(released: str, current: str) -> list[str]:
    """Find the functions whose signature is not the released one with further optional arguments at the end.

    >>> find_broken("F -> scalar [x]\\n  a: num [x]\\n", "F -> scalar [x]\\n  a: num [x]\\n  b: num [x] = 0\\n")
    []
    >>> find_broken("F -> scalar [x]\\n  a: num [x]\\n", "F -> scalar [x]\\n  a: num [USD]\\n")
    ['F']
    """
    blocks = _split(current)
    return [name for name, lines in _split(released).items() if not _extends(blocks.get(name, []), lines)]


def _extends(current: list[str], released: list[str]) -> bool:
    count = len(released)
    return current[:count] == released and all(" = " in line for line in current[count:])


def _split(text: str) -> dict[str, list[str]]:
    """The lines of each function."""
    blocks: dict[str, list[str]] = {}
    lines: list[str] = []
    for line in text.splitlines():
        if not line.startswith(" "):
            lines = blocks.setdefault(line.partition(" ")[0], [])
        lines.append(line)
    return blocks


def _format_signature(function: Function) -> str:
    returns = function.returns
    lines = [f"{function.name} -> {returns.shape} [{returns.unit}] {', '.join(returns.columns)}"]
    for param in function.params:
        default = "" if param.required else f" = {param.default_text}"
        lines.append(f"  {param.name}: {param.shape} [{param.unit}] {param.domain}{default}")
    return "\n".join(line.rstrip() for line in lines)
