"""Normal maps and materials."""

from . import Case

_BELLS = (0.25, 0.5, 0.3, 0.25, 0.2, 0.15, 0.1, 0.1)


def _normals(filter_: str, blur: float = 0) -> tuple:
    return ("@rgb", 0, 0, blur, 0, 1, filter_, *_BELLS, 0, 0, "none")


CASES = [
    Case("add_normals", ("@rgb", 100, "@rgb2", 100, 0)),
    Case("strengthen_normals", ("@rgb", 150, 0)),
    Case("balance_normals", ("@rgb",)),
    Case("normalize_normal_map", ("@rgb", 0)),
    Case("convert_normal_map", ("@rgb", "DirectX", "OpenGL"), "DirectX to OpenGL"),
    Case("convert_normal_map", ("@rgb", "DirectX", "Octahedral"), "DirectX to octahedral"),
    Case("metal_to_specular", ("@rgb", "@gray", "@gray2")),
    Case("specular_to_metal", ("@rgb", "@rgb2", "@gray")),
    Case("normal_generator", _normals("sobel"), "Sobel"),
    Case("normal_generator", _normals("sobel", 3), "Sobel sharpened"),
    Case("normal_generator", _normals("sobel-like-9"), "Sobel-like 9"),
    Case("normal_generator", _normals("multi-gauss"), "multi Gaussian", sizes=("512", "1080p")),
]
