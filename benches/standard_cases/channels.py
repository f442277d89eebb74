"""Channels taken apart and put together."""

import cv2
import numpy as np

from . import Case


def _merge_transparency(image, alpha):
    return np.dstack((image[:, :, :3], alpha))


def _chroma_key(image, key, _method, threshold, *_):
    alpha = np.abs(image - np.float32(key)).mean(axis=2) > threshold / 100
    return np.dstack((image, alpha.astype(np.float32)))


_KEY = '{"kind": "rgb", "values": [0.5, 0.5, 0.5]}'
_BLACK = '{"kind": "rgb", "values": [0, 0, 0]}'

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
    Case("chroma_key", ("@rgb", _KEY, 1, 10), "binary", peer=_chroma_key, pointwise=True),
    Case("chroma_key", ("@rgb", _KEY, 2, 1, 10, 12, 4, 4, 1), "trimap"),
    Case("chroma_key", ("@border", _BLACK, 2, 1, 2, 10, 4, 4, 0), "matting", sizes=("512",)),
    Case("fill_alpha", ("@soft", 1), "texture"),
    Case("fill_alpha", ("@soft", 2), "color"),
    Case("fill_alpha", ("@soft", 3), "nearest", sizes=("512", "1080p")),
]
