"""Normal maps and materials."""

from . import Case

CASES = [
    Case("add_normals", ("@rgb", 100, "@rgb2", 100, 0)),
    Case("strengthen_normals", ("@rgb", 150, 0)),
    Case("balance_normals", ("@rgb",)),
    Case("normalize_normal_map", ("@rgb", 0)),
    Case("convert_normal_map", ("@rgb", "DirectX", "OpenGL"), "DirectX to OpenGL"),
    Case("convert_normal_map", ("@rgb", "DirectX", "Octahedral"), "DirectX to octahedral"),
    Case("metal_to_specular", ("@rgb", "@gray", "@gray2")),
    Case("specular_to_metal", ("@rgb", "@rgb2", "@gray")),
]
