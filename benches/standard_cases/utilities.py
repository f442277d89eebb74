"""Utilities: layers, colour models, statistics, and images turned about."""

import numpy as np

from . import Case


def _flip(image, axis):
    return np.ascontiguousarray(np.flip(image, {1: (1,), 0: (0,), -1: (0, 1)}[axis]))


def _statistics(image, percentile):
    return [float(image.min()), float(image.max()), float(image.mean()), float(np.percentile(image, percentile))]


def _median(_expression, *images):
    return np.median(np.stack(images), axis=0)


CASES = [
    Case("blend", ("@rgb", "@rgb2", 0), "normal", pointwise=True),
    Case("blend", ("@rgb", "@rgb2", 1), "multiply", pointwise=True),
    Case("blend", ("@rgb", "@rgb2", 9), "overlay", pointwise=True),
    Case("blend", ("@rgb", "@rgb2", 17), "soft light", pointwise=True),
    Case("blend", ("@soft", "@soft2", 0), "normal", pointwise=True),
    Case("blend", ("@soft", "@soft2", 17), "soft light", pointwise=True),
    Case("stack", ("horizontal", "@rgb", "@rgb2"), "side by side"),
    Case("z_stack", ("median", "@rgb", "@rgb2", "@rgb3", "@rgb4", "@rgb5"), "median", peer=_median),
    Case("z_stack", ("mean", "@rgb", "@rgb2", "@rgb3"), "mean"),
    Case("lut", ("@gray", "@palette")),
    Case("change_colorspace", ("@rgb", 1000, 4), "RGB to HSV", pointwise=True),
    Case("change_colorspace", ("@rgb", 1002, 1), "HSV to RGB", pointwise=True),
    Case("change_colorspace", ("@rgb", 1000, 5), "RGB to HSL", pointwise=True),
    Case("change_colorspace", ("@rgb", 1000, 3), "RGB to YUV", pointwise=True),
    Case("change_colorspace", ("@rgb", 1000, 0), "RGB to grey", pointwise=True),
    Case("change_colorspace", ("@rgb", 1000, 6), "RGB to CMYK", pointwise=True),
    Case("change_colorspace", ("@rgb", 1000, 10), "RGB to L*a*b*"),
    Case("change_colorspace", ("@rgb", 1004, 1), "L*a*b* to RGB"),
    Case("image_metrics", ("@rgb", "@rgb2")),
    Case("image_statistics", ("@gray", 50), peer=_statistics),
    Case("is_grayscale", ("@rgb", 0)),
    Case("palette_from_image", ("@small", "k-means", 8), "k-means", sizes=("512", "1080p")),
    Case("palette_from_image", ("@small", "median", 8), "median cut", sizes=("512", "1080p")),
    Case("flip", ("@rgb", 1), "horizontal", peer=_flip, pointwise=True),
    Case("flip", ("@rgb", 0), "vertical", peer=_flip, pointwise=True),
    Case("rotate", ("@rgb", 45, 3, 1), "45° cubic"),
    Case("rotate", ("@rgb", 45, 2, 1), "45° linear"),
    Case("shift", ("@rgb", 1, 0, 0, 100, 50)),
    Case("pick_color", ("@rgb",)),
]
