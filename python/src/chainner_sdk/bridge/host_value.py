"""Values as the app's own nodes expect them."""

from __future__ import annotations

import importlib
from typing import Any

import numpy as np


def of(value: object, output_type: object) -> object:
    """What an output of this type passes on.

    Images are frozen, because the app keeps them and other threads read them; colours and seeds become the app's classes.
    """
    if isinstance(value, np.ndarray):
        # Nobody else has it: the native half gives each result memory of its own, finite, within 0..1, two-dimensional for one
        # channel.
        value.setflags(write=False)
        return value
    if isinstance(value, tuple):
        return _color(value)
    if output_type == "Seed" and isinstance(value, int):
        return _class("nodes.utils.seed", "Seed")(value)
    return value


def _color(components: tuple[float, ...]) -> object:
    """One grey value, or R, G, B and perhaps A; the app has them as B, G, R, A."""
    color = _class("nodes.impl.color.color", "Color")
    blue_first = components if len(components) < 3 else (*components[2::-1], *components[3:])
    return color(tuple(map(float, blue_first)))


def _class(module: str, name: str) -> Any:
    """A class of the app, which is asked for when a value needs it and not before."""
    try:
        return getattr(importlib.import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise RuntimeError(
            f"this chaiNNer has no class {name} in {module}: upgrade chainner-sdk, which does not know it yet"
        ) from error
