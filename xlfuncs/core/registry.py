"""The functions of the library by name, in catalogue order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from xlfuncs.core.arguments import format_cell, normalise
from xlfuncs.core.errors import NAME, CellError
from xlfuncs.core.function import Function
from xlfuncs.core.wording import fit_text

if TYPE_CHECKING:
    from xlfuncs.core.typing import CellValue


class Registry:
    """All functions of the given modules; iterates in the order of declaration."""

    def __init__(self, *modules: ModuleType) -> None:
        self._modules = tuple(module.__name__ for module in modules)
        self._functions: dict[str, Function] = {}
        for module in modules:
            for value in vars(module).values():
                if isinstance(value, Function) and value.module == module.__name__:
                    self._functions[value.name] = value

    def __reduce__(self) -> tuple[object, ...]:
        return _import_registry, self._modules  # for other processes

    def __iter__(self) -> Iterator[Function]:
        return iter(self._functions.values())

    def __len__(self) -> int:
        return len(self._functions)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.upper() in self._functions

    def __getitem__(self, name: str) -> Function:
        if not isinstance(name, str):
            raise KeyError(name)
        return self._functions[name.upper()]

    def evaluate(self, name: str, *cells: object) -> CellValue | list[list[CellValue]]:
        """The value of a worksheet function for cells, as a worksheet would give it; never raises for bad cells.

        >>> from xlfuncs import REGISTRY
        >>> REGISTRY.evaluate("LTV_CAC", 100, 0.8, 0.05, None).code
        '#VALUE!'
        """
        return self[name].on_cells(*cells) if name in self else self.describe_unknown(name)

    def describe_unknown(self, name: object) -> CellError:
        """The #NAME? of a name that no function has, with the nearest one that there is."""
        from difflib import get_close_matches

        if not isinstance(name, str):
            return CellError(NAME, f"The name of a function must be text; got {format_cell(normalise(name))}.")
        near = get_close_matches(name.upper(), self.names, 1)
        hint = f"; did you mean {near[0]}?" if near else "."
        return CellError(NAME, fit_text(f"There is no function {name}{hint}"))

    def by_category(self) -> dict[str, list[Function]]:
        """The functions of each category, wherever they are declared."""
        categories: dict[str, list[Function]] = {}
        for function in self:
            categories.setdefault(function.category, []).append(function)
        return categories

    @property
    def names(self) -> tuple[str, ...]:
        """All worksheet names."""
        return tuple(self._functions)


def _import_registry(*modules: str) -> Registry:
    return Registry(*map(import_module, modules))
