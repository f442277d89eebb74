"""Adjustments and arithmetic."""

import numpy as np

from . import Case


def _colors(image, change):
    """A result as the app gives it: colours changed, opacity kept, clamped."""
    if image.ndim == 3 and image.shape[2] > 3:
        return np.clip(np.dstack((change(image[:, :, :3]), image[:, :, 3:])), 0, 1)
    return np.clip(change(image), 0, 1)


def _invert(image):
    return _colors(image, lambda colors: 1 - colors)


def _brightness_and_contrast(image, brightness, contrast):
    slope = 259 * (contrast * 2.55 + 255) / (255 * (259 - contrast * 2.55))
    return _colors(image, lambda colors: (colors + brightness / 100 - 0.5) * slope + 0.5)


CASES = [
    Case("invert", ("@rgb",), peer=_invert, pointwise=True),
    Case("invert", ("@rgba",), peer=_invert, pointwise=True),
    Case("brightness_and_contrast", ("@rgb", 10, 20), peer=_brightness_and_contrast, pointwise=True),
    Case("brightness_and_contrast", ("@rgba", 10, 20), peer=_brightness_and_contrast, pointwise=True),
]
