"""What the start-up file of a linked environment imports: waits for chaiNNer's worker, and is nothing in any other program.

It runs at every start of Python in that environment, in pip and in the app's host process, too, possibly before numpy is there.
So it imports nothing, says nothing and cannot fail; the work is done when the worker loads its nodes.
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any


class Finder:
    """Finds the app's module ``api`` as all others would, and asks to be told when it has been loaded."""

    def __init__(self) -> None:
        self._resolving = False

    def find_spec(self, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """See :class:`importlib.abc.MetaPathFinder`."""
        # While another finder of this kind asks around, this one steps aside.
        if name != "api" or path is not None or self._resolving:
            return None
        self._resolving = True
        try:
            return self._spec(name, target)
        except Exception:
            return None
        finally:
            self._resolving = False

    def _spec(self, name: str, target: object) -> ModuleSpec | None:
        for finder in list(sys.meta_path):
            find: Any = getattr(finder, "find_spec", None)
            spec: ModuleSpec | None = find(name, None, target) if finder is not self and find is not None else None
            if spec is not None:
                break
        else:
            return None
        if not is_chainner(spec):
            return None
        loader: Any = spec.loader
        execute = loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            arm(module)

        loader.exec_module = exec_module
        return spec


def is_chainner(spec: ModuleSpec) -> bool:
    """Whether this is chaiNNer's ``api``: a folder beside ``server.py`` and ``packages``."""
    if not spec.origin:
        return False
    source = os.path.dirname(os.path.dirname(spec.origin))  # noqa: PTH120 (pathlib costs milliseconds)
    beside = os.path.join(source, "server.py"), os.path.join(source, "packages")  # noqa: PTH118
    return os.path.isfile(beside[0]) and os.path.isdir(beside[1])  # noqa: PTH112, PTH113


def arm(api: ModuleType) -> None:
    """Makes the app's registry load our packages when, and only when, it loads its own."""
    try:
        registry: Any = api.registry
        load_nodes: Callable[..., Any] = registry.load_nodes
        if getattr(load_nodes, "__module__", None) == __name__:
            return

        def load_all_nodes(*arguments: Any, **options: Any) -> Any:
            try:
                from chainner_sdk.bridge import around
            except Exception:
                return load_nodes(*arguments, **options)
            return around(api, load_nodes, *arguments, **options)

        registry.load_nodes = load_all_nodes
    except Exception:  # the app starts, come what may
        return


sys.meta_path.insert(0, Finder())
