"""What the front end is told about a value: its type, and for images a size and perhaps previews.

Everything here is plain JSON: anything else would end the stream of events for all nodes.
"""

from __future__ import annotations

import base64
import math
from pathlib import PurePath
from typing import Any

import numpy as np

_PREVIEW_SIZES = (2048, 1024, 512, 256)


def type_of(value: object) -> Any:
    """The type of a value as a Navi expression; ``None`` if the value says nothing that the schema does not."""
    if isinstance(value, np.ndarray):
        return {"type": "named", "name": "Image", "fields": _size(value)}
    if isinstance(value, bool):
        return None
    if isinstance(value, (int, float)):
        return {"type": "numeric-literal", "value": _number(value)}
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, PurePath):
        return {"type": "named", "name": "Directory", "fields": {"path": _text(str(value))}}
    return None


def data(value: object, kind: str) -> Any:
    """What is shown of a value beside its type."""
    if not isinstance(value, np.ndarray):
        return None
    return _size(value) | ({"previews": _previews(value)} if kind == "large-image" else {})


def _size(image: np.ndarray) -> dict[str, Any]:
    height, width = image.shape[:2]
    return {"width": width, "height": height, "channels": 1 if image.ndim == 2 else image.shape[2]}


def _text(text: str) -> dict[str, str]:
    # Text by itself would be read as the source of an expression.
    return {"type": "string-literal", "value": text}


def _number(number: float) -> float | str:
    if math.isnan(number):
        return "NaN"
    if math.isinf(number):
        return "inf" if number > 0 else "-inf"
    return number


def _previews(image: np.ndarray) -> list[dict[str, Any]]:
    """The image in several sizes, as data URLs; none without OpenCV, which is the app's."""
    try:
        import cv2
    except ImportError:
        return []

    longest = max(image.shape[:2])
    previews: list[dict[str, Any]] = []
    pixels = np.ascontiguousarray(image)
    for size in _PREVIEW_SIZES:
        # A size above the image's would only be the image again.
        if size >= 2 * longest and size != _PREVIEW_SIZES[-1]:
            continue
        scale = min(1.0, size / longest)
        height, width = (max(1, round(side * scale)) for side in image.shape[:2])
        if (height, width) != pixels.shape[:2]:
            pixels = cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA)
        bytes_ = (pixels * 255 + 0.5).astype(np.uint8)
        lossless = not previews or (image.ndim == 3 and image.shape[2] == 4)
        kind = "png" if lossless else "jpeg"
        encoded = base64.b64encode(cv2.imencode(f".{kind}", bytes_)[1]).decode("ascii")
        previews.append({"width": width, "height": height, "url": f"data:image/{kind};base64,{encoded}"})
    return previews
