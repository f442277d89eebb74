"""Adjustments and arithmetic."""

import cv2
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


def _clamp(image, low, high):
    return np.clip(image, low, high)


def _levels(image, _red, _green, _blue, _alpha, black, white, gamma, out_black, out_white):
    def change(colors):
        stretched = np.clip((colors - black) / (white - black), 0, 1)
        return stretched ** (1 / gamma) * (out_white - out_black) + out_black

    return _colors(image, change)


def _hue_and_saturation(image, hue, saturation, lightness):
    def change(colors):
        h, lum, s = cv2.split(cv2.cvtColor(np.ascontiguousarray(colors), cv2.COLOR_BGR2HLS))
        s = np.minimum(s * (1 + saturation / 100), 1)
        turned = cv2.cvtColor(cv2.merge(((h + hue) % 360, lum, s)), cv2.COLOR_HLS2BGR)
        mix = lightness / 100
        return turned * (1 + mix) if mix < 0 else turned + (1 - turned) * mix

    return _colors(image, change)


def _opacity(image, percent):
    alpha = image[:, :, 3] * np.float32(percent / 100)
    return np.clip(np.dstack((image[:, :, :3], alpha)), 0, 1)


def _stretch(image, mode, keep, percentile):
    def change(colors):
        axis = None if keep else (0, 1)
        if mode == 0:
            low, high = colors.min(axis), colors.max(axis)
        else:
            low, high = np.percentile(colors, [percentile, 100 - percentile], axis)
        return ((colors - low) / (high - low)).astype(np.float32)

    return _colors(image, change)


def _premultiply(image, kind):
    alpha = image[:, :, 3:]
    with np.errstate(all="ignore"):
        colors = image[:, :, :3] * alpha if kind.startswith("Straight") else image[:, :, :3] / alpha
    return np.clip(np.dstack((colors, alpha)), 0, 1)


def _log2lin(image):
    gain = 1 / (1 - 10 ** ((95 - 685) * 0.002 / 0.6))
    return np.clip(gain * 10 ** ((image * 1023 - 685) * np.float32(0.002 / 0.6)) - (gain - 1), 0, 1)


def _generate_threshold(image, method):
    levels = np.round(image.mean(axis=2) * 255).astype(np.uint8)
    flag = cv2.THRESH_OTSU if method == 0 else cv2.THRESH_TRIANGLE
    return cv2.threshold(levels, 0, 255, flag)[0] / 2.55


def _threshold(image, threshold):
    return cv2.threshold(image, threshold / 100, 1, cv2.THRESH_BINARY)[1]


def _threshold_adaptive(image, _kind, _maximum, method, radius):
    levels = np.round(image * 255).astype(np.uint8)
    result = cv2.adaptiveThreshold(levels, 255, method, cv2.THRESH_BINARY, 2 * radius + 1, 0)
    return result.astype(np.float32) / 255


_LEVELS = (1, 1, 1, 0, 0.05, 0.95)

CASES = [
    Case("invert", ("@rgb",), peer=_invert, pointwise=True),
    Case("invert", ("@rgba",), peer=_invert, pointwise=True),
    Case("brightness_and_contrast", ("@rgb", 10, 20), peer=_brightness_and_contrast, pointwise=True),
    Case("brightness_and_contrast", ("@rgba", 10, 20), peer=_brightness_and_contrast, pointwise=True),
    Case("clamp", ("@rgb", 0.1, 0.9), peer=_clamp, pointwise=True),
    Case("color_levels", ("@rgb", *_LEVELS, 1, 0, 1), "gamma 1", peer=_levels, pointwise=True),
    Case("color_levels", ("@rgb", *_LEVELS, 1.2, 0, 1), "gamma 1.2", peer=_levels, pointwise=True),
    Case("color_levels", ("@rgba", *_LEVELS, 1.2, 0, 1), "gamma 1.2", peer=_levels, pointwise=True),
    Case("hue_and_saturation", ("@rgb", 30, 20, 5), peer=_hue_and_saturation, pointwise=True),
    Case("hue_and_saturation", ("@rgba", 30, 20, 5), peer=_hue_and_saturation, pointwise=True),
    Case("opacity", ("@rgba", 50), peer=_opacity, pointwise=True),
    Case("stretch_contrast", ("@rgb", 0, 1), "auto", peer=lambda image, *_: _stretch(image, 0, True, 0)),
    Case("stretch_contrast", ("@rgba", 0, 1), "auto", peer=lambda image, *_: _stretch(image, 0, True, 0)),
    Case("stretch_contrast", ("@rgb", 1, 0, 1), "percentile per channel", peer=_stretch),
    Case("stretch_contrast", ("@rgb", 1, 1, 1), "percentile", peer=_stretch),
    Case("add", ("@rgb", 10), peer=lambda image, add: np.clip(image + np.float32(add / 100), 0, 1), pointwise=True),
    Case("multiply", ("@rgb", 1.2), peer=lambda image, by: np.clip(image * np.float32(by), 0, 1), pointwise=True),
    Case("divide", ("@rgb", 1.2), peer=lambda image, by: np.clip(image / np.float32(by), 0, 1), pointwise=True),
    Case("premultiplied_alpha", ("@rgba", "Straight -> Premultiplied"), "to", peer=_premultiply, pointwise=True),
    Case("premultiplied_alpha", ("@rgba", "Premultiplied -> Straight"), "from", peer=_premultiply, pointwise=True),
    Case("gamma", ("@rgb", 2.2, 0), peer=lambda image, gamma, _: image ** np.float32(gamma), pointwise=True),
    Case("log2lin", ("@rgb",), peer=_log2lin, pointwise=True),
    Case("threshold", ("@rgb", 50), peer=_threshold, pointwise=True),
    Case("threshold", ("@rgb", 50, 0, 100, 1, 3), "anti-aliased"),
    Case("generate_threshold", ("@rgb", 0), "Otsu", peer=_generate_threshold),
    Case("generate_threshold", ("@rgb", 1), "triangle", peer=_generate_threshold),
    Case("threshold_adaptive", ("@gray", 0, 100, 0, 5), "mean", peer=_threshold_adaptive),
    Case("threshold_adaptive", ("@gray", 0, 100, 1, 5), "Gaussian", peer=_threshold_adaptive),
]
