"""To be imported ahead of all else that imports PyTorch, by programs that compile none of their models.

Lightning imports PyTorch's compiler, and every optimiser does, to say that they are none of its business. That is half
of what their imports take. Here they find a stand-in with what they ask for; who asks it for more gets the compiler.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType
from typing import Any

#: The compiler, as a module of PyTorch's.
COMPILER = "torch._dynamo"


class OptimizedModule:
    """What a compiled model is an instance of; none is here."""


class StandIn(ModuleType):
    """In the compiler's place until more of it is asked for."""

    OptimizedModule = OptimizedModule

    @staticmethod
    def disable(fn: Callable[..., Any] | None = None, *_: object, **__: object) -> Callable[..., Any]:
        """The function that is not to be compiled, as it is; without one, what takes one so."""
        return fn if fn is not None else lambda function: function

    @staticmethod
    def graph_break(*_: object, **__: object) -> None:
        """Where a graph would end; there is none."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(_compiler(), name)


class _Finder(MetaPathFinder):
    """Of the compiler's own modules: it is loaded whole, first."""

    def find_spec(self, name: str, *_: object) -> ModuleSpec | None:
        """None for what is not one of them."""
        if not name.startswith(f"{COMPILER}.") or not isinstance(sys.modules.get(COMPILER), StandIn):
            return None
        _compiler()
        importlib.import_module(name)
        return ModuleSpec(name, _Loaded())


class _Loaded(Loader):
    """Of modules that are there already."""

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return sys.modules[spec.name]

    def exec_module(self, module: ModuleType) -> None:
        pass


def _compiler() -> ModuleType:
    """The compiler itself, which takes its place."""
    if isinstance(sys.modules.get(COMPILER), StandIn):
        del sys.modules[COMPILER]
    return importlib.import_module(COMPILER)


def torch_without_compiler() -> None:
    """Puts the stand-in in the compiler's place, unless that is there already."""
    if COMPILER not in sys.modules:
        stand_in = StandIn(COMPILER)
        # A package, whose modules nobody else finds.
        stand_in.__path__ = []
        sys.modules[COMPILER] = stand_in
        sys.meta_path.append(_Finder())


torch_without_compiler()
