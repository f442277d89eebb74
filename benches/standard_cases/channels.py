"""Channels taken apart and put together."""

import cv2
import numpy as np

from . import Case


def _merge_transparency(image, alpha):
    return np.dstack((image[:, :, :3], alpha))


CASES = [
    Case("combine_rgba", ("@gray", "@gray2", "@gray3", "@mask"), peer=lambda r, g, b, a: cv2.merge((b, g, r, a))),
    Case("split_channels", ("@rgba",), peer=cv2.split, view=True),
    Case(
        "split_transparency",
        ("@rgba",),
        peer=lambda image: (image[:, :, :3].copy(), image[:, :, 3].copy()),
        view=True,
    ),
    Case("merge_transparency", ("@rgb", "@gray"), peer=_merge_transparency),
    Case("merge_channels", ("@rgb", "@gray"), peer=_merge_transparency),
]
