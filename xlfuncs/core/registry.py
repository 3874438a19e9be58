"""The functions of the library by name, in catalogue order."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from types import ModuleType

from xlfuncs.core.function import Function


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
        return _found, self._modules  # for other processes

    def __iter__(self) -> Iterator[Function]:
        return iter(self._functions.values())

    def __len__(self) -> int:
        return len(self._functions)

    def __contains__(self, name: object) -> bool:
        return isinstance(name, str) and name.upper() in self._functions

    def __getitem__(self, name: str) -> Function:
        return self._functions[name.upper()]

    @property
    def names(self) -> tuple[str, ...]:
        """All worksheet names."""
        return tuple(self._functions)


def _found(*modules: str) -> Registry:
    return Registry(*map(import_module, modules))
