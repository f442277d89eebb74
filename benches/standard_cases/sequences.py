"""Nodes that make sequences, work on them, or make one thing of them."""

import numpy as np

from . import Case


def _split(image, rows, columns):
    return [np.hsplit(row, columns)[i].copy() for row in np.vsplit(image, rows) for i in range(columns)]


CASES = [
    Case("split_spritesheet", ("@rgb", 4, 8), peer=_split),
    Case("merge_spritesheet", (None, 4, 4, 0), "of 16", tuple(f"@small{i % 4 + 1}" for i in range(16))),
    Case("stack_images_sequence", (None, "horizontal"), "of 3", ("@rgb", "@rgb2", "@rgb3")),
    Case("utility:range", (0, 1, 10000, 0), "of 10,000", sizes=("512",)),
    Case("utility:accumulate", (None, "sum"), "of 10,000", tuple(range(10000)), sizes=("512",)),
    Case("utility:limit_sequence", (None, 5000), "of 10,000", tuple(range(10000)), sizes=("512",)),
]
