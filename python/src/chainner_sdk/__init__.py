"""Node packages made with the chaiNNer SDK for Rust: finding, loading and showing them in chaiNNer.

>>> import chainner_sdk
>>> for package in chainner_sdk.discover():
...     print(package.name, package.origin.value, len(package.nodes))
>>> film_lab = chainner_sdk.load("film-lab")
>>> film_lab.call("film_lab:light:vignette", image, 2.5, "round", 1.0)

``python -m chainner_sdk link`` makes chaiNNer show every installed package.
"""

from __future__ import annotations

TYPE_CHECKING = False  # in a linked environment this module is imported at every start of Python: `typing` would cost most of it
if TYPE_CHECKING:
    from typing import Any

    from .catalogue import Catalogue
    from .loading import discover, load
    from .package import Node, NodeUnavailableError, Origin, Package
    from .problem import PackageError, Problem

__all__ = [
    "Catalogue",
    "Node",
    "NodeUnavailableError",
    "Origin",
    "Package",
    "PackageError",
    "Problem",
    "__version__",
    "discover",
    "load",
]
__version__ = "0.1.0"

_PLACES = {
    "Catalogue": "catalogue",
    "Node": "package",
    "NodeUnavailableError": "package",
    "Origin": "package",
    "Package": "package",
    "PackageError": "problem",
    "Problem": "problem",
    "discover": "loading",
    "load": "loading",
}


def __getattr__(name: str) -> Any:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".{_PLACES[name]}", __name__), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
