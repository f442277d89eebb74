"""Nodes that read files: all images of a directory, one after another."""

from . import Case

CASES = [
    Case("load_images", ("@.jpg",), sizes=("1080p", "4K")),
    Case("load_images", ("@.png",), sizes=("1080p", "4K")),
    Case("load_images", ("@.webp",), sizes=("1080p",)),
    Case("load_images", ("@.tiff",), sizes=("1080p",)),
    Case("load_images", ("@.bmp",), sizes=("1080p",)),
]
