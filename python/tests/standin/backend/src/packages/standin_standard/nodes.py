"""Nodes of the stand-in: what stock nodes give and what they insist on."""

import numpy as np
from api import BaseInput, BaseOutput, NodeData
from nodes.impl.color.color import Color
from nodes.utils.seed import Seed

from . import group


class ColorInput(BaseInput):
    def enforce(self, value):
        return value if isinstance(value, Color) else Color.from_json(value)


class SeedInput(BaseInput):
    def enforce(self, value):
        return value if isinstance(value, Seed) else Seed(int(value))


class ClassOutput(BaseOutput):
    def enforce(self, value):
        assert isinstance(value, self.associated_type)
        return value


class ImageOutput(BaseOutput):
    def enforce(self, value):
        assert isinstance(value, np.ndarray)
        value.setflags(write=False)
        return value


def node(schema_id, inputs, outputs, run, side_effects=False):
    for ports in (inputs, outputs):
        for index, port in enumerate(ports):
            port.id = index
    empty = [], [], None, []
    flags = side_effects, False, False, []
    name = schema_id.rpartition(":")[2].title()
    ids = [port.id for port in inputs]
    group.add_node(NodeData(schema_id, "", [], name, "MdHome", "regularNode", inputs, outputs, ids, *empty, *flags, run))


def planar(image):
    """An image as stock nodes make them: planes in memory, seen pixel by pixel."""
    return np.ascontiguousarray(image[..., :3].transpose(2, 0, 1)).transpose(1, 2, 0)


def opacity(image, percent):
    assert isinstance(percent, int)
    return np.concatenate([image, np.full((*image.shape[:2], 1), percent / 100, np.float32)], axis=2)


def view(image):
    assert image.dtype == np.float32
    assert not image.flags.writeable


node(
    "standin:color", [ColorInput("Color", "Color", "color")], [ClassOutput("Color", "Color", associated_type=Color)], lambda c: c
)
node("standin:seed", [SeedInput("Seed", "Seed", "number")], [ClassOutput("Seed", "Seed", associated_type=Seed)], lambda s: s)
node("standin:planar", [BaseInput("Image", "Image")], [ImageOutput("Image", "Image")], planar)
node(
    "standin:opacity",
    [BaseInput("Image", "Image"), BaseInput("number", "Opacity", "slider")],
    [ImageOutput("Image", "Image")],
    opacity,
)
node("standin:view", [BaseInput("Image", "Image")], [], view, side_effects=True)
node(
    "standin:separate",
    [ColorInput("Color", "Color", "color")],
    [BaseOutput("number", name) for name in ("Red", "Green", "Blue")],
    lambda color: color.value[::-1],
)
