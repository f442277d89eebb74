"""The value of an input as it is told in the report of an error."""

from __future__ import annotations

import enum
import math
from pathlib import PurePath
from typing import Any

import numpy as np

_NAMES = {1: "Grayscale", 3: "RGB", 4: "RGBA"}


def of(value: Any) -> dict[str, Any]:
    """A description of a value in plain JSON."""
    if hasattr(value, "has_value") and hasattr(value, "has_error"):  # what the app works out when a node asks
        if not value.has_value:
            return {"type": "pending"}
        value = value.value
    if isinstance(value, enum.Enum):
        value = value.value
    if isinstance(value, np.ndarray):
        if value.dtype != object and value.ndim in (2, 3):
            height, width = value.shape[:2]
            channels = 1 if value.ndim == 2 else value.shape[2]
            return _formatted(f"{_name(channels)} Image {width}x{height}")
        return _formatted(f"Array of {value.dtype} with shape {value.shape}")
    if isinstance(value, bool):
        return _literal(int(value))
    if isinstance(value, float) and not math.isfinite(value):
        return _literal(str(value))  # JSON has no such numbers
    if value is None or isinstance(value, (int, float, str)):
        return _literal(value)
    if isinstance(value, PurePath):
        return _literal(str(value))
    channels = getattr(value, "channels", None)
    if isinstance(channels, int) and hasattr(value, "to_json"):
        return _formatted(f"{_name(channels)} Color")
    return {"type": "unknown", "typeName": type(value).__qualname__, "typeModule": type(value).__module__}


def _name(channels: int) -> str:
    return _NAMES.get(channels, f"{channels}-channel")


def _literal(value: object) -> dict[str, Any]:
    return {"type": "literal", "value": value}


def _formatted(text: str) -> dict[str, Any]:
    return {"type": "formatted", "formatString": text}
