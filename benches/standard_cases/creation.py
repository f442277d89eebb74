"""Images made from nothing."""

from . import Case

_SIZE = ("@width", "@height")
_GRAYS = (None, None)
_SIMPLEX = (*_SIZE, 0, "Simplex", None, None)

CASES = [
    Case("create_checkerboard", (*_SIZE, None, None, 32), "32 px"),
    Case("create_checkerboard", (*_SIZE, None, None, 2), "2 px"),
    Case("create_color", (None, *_SIZE)),
    Case("create_colorwheel", ("@height",)),
    Case("create_gradient", (*_SIZE, *_GRAYS, 0, "Horizontal"), "horizontal"),
    Case("create_gradient", (*_SIZE, *_GRAYS, 0, "Diagonal"), "diagonal"),
    Case("create_gradient", (*_SIZE, *_GRAYS, 0, "Radial"), "radial"),
    Case("create_gradient", (*_SIZE, *_GRAYS, 0, "Conic"), "conic"),
    Case("create_noise", (*_SIZE, 0, "Value Noise"), "value"),
    Case("create_noise", (*_SIZE, 0, "Smooth Value Noise"), "smooth value"),
    Case("create_noise", (*_SIZE, 0, "Simplex"), "simplex"),
    Case("create_noise", (*_SIMPLEX, 0, 0, 0, "Pink noise"), "simplex pink", sizes=("512", "1080p")),
    Case("create_noise", (*_SIMPLEX, 1, 1, 0), "simplex torus", sizes=("512", "1080p")),
    Case("create_noise", (*_SIMPLEX, 0, 0, 1), "simplex sphere", sizes=("512", "1080p")),
]
