"""Maps of materials."""

from . import Case

_BELLS = (0.25, 0.5, 0.3, 0.25, 0.2, 0.15, 0.1, 0.1)


def _normals(filter_: str, blur: float = 0) -> tuple:
    return ("@rgb", 0, 0, blur, 0, 1, filter_, *_BELLS, 0, 0, "none")


CASES = [
    Case("normal_generator", _normals("sobel"), "Sobel"),
    Case("normal_generator", _normals("sobel", 3), "Sobel sharpened"),
    Case("normal_generator", _normals("sobel-like-9"), "Sobel-like 9"),
    Case("normal_generator", _normals("multi-gauss"), "multi Gaussian", sizes=("512", "1080p")),
]
