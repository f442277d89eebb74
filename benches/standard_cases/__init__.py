"""What `benches/standard.py` measures: one file for each group of nodes, each with a list `CASES`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Case:
    """One way of calling a node.

    ``inputs`` are the values of the inputs from the first on, as they stand in a saved chain; the rest are
    at their defaults. Where a text starts with ``@``, an image is made: ``@rgb``, ``@rgba``, ``@gray``,
    with a second one of the kind as ``@rgb2``; ``@mask`` is a grey image of flat shapes, ``@soft`` an RGBA
    image with soft opacity and empty areas, ``@small`` an RGB image of a quarter of the width and height,
    ``@palette`` eight RGB colours, ``@border`` an RGB image with a flat frame; ``@width`` and ``@height`` are
    those of the size that is measured; ``@.png`` is a directory of twelve files with that ending. ``peer``
    makes the same result with numpy and OpenCV, for when the app's own node is not at hand.
    """

    node: str
    """Name of the node, the last part of its id; with its area in front where that is not ``image``."""
    inputs: tuple[Any, ...]
    variant: str = ""
    sequence: tuple[Any, ...] = ()
    """The items of the first input, of nodes that work on a sequence."""
    peer: Callable[..., Any] | None = field(default=None, compare=False)
    sizes: tuple[str, ...] = ("512", "1080p", "4K")
    pointwise: bool = False
    """Whether memory, not arithmetic, should decide its speed."""
    view: bool = False
    """Whether the app answers with views of what it was given, which cost nothing: told, but not counted."""

    @property
    def label(self) -> str:
        images = (value for value in self.inputs if isinstance(value, str) and value.startswith("@"))
        kinds = "/".join(value[1:] for value in images if value not in ("@width", "@height"))
        return " ".join(part for part in (self.node, self.variant, kinds) if part)


def all_cases() -> list[Case]:
    """The cases of all groups."""
    modules = [importlib.import_module(f"{__name__}.{module.name}") for module in pkgutil.iter_modules(__path__)]
    return [case for module in modules for case in module.CASES]
