"""Values as the app is told of them, where no chain of a test leads."""

from __future__ import annotations

import base64
import enum
import json
import types
from pathlib import Path, PurePosixPath

import numpy as np
import pytest

from chainner_sdk import Node, NodeUnavailableError, Origin, Package
from chainner_sdk.bridge import broadcast, error_value, host_value
from chainner_sdk.bridge.nodes import Nodes
from schemas import node


class Blend(enum.Enum):
    ADD = "add"


class Unknown:
    pass


class Gray:
    channels = 1

    def to_json(self) -> None: ...


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, {"type": "literal", "value": None}),
        (True, {"type": "literal", "value": 1}),
        (False, {"type": "literal", "value": 0}),
        (10**31, {"type": "literal", "value": 10**31}),
        (1.5, {"type": "literal", "value": 1.5}),
        (float("nan"), {"type": "literal", "value": "nan"}),
        (float("-inf"), {"type": "literal", "value": "-inf"}),
        (Blend.ADD, {"type": "literal", "value": "add"}),
        (PurePosixPath("/a/b"), {"type": "literal", "value": "/a/b"}),
        (np.zeros((2, 3), np.float32), {"type": "formatted", "formatString": "Grayscale Image 3x2"}),
        (np.zeros((2, 3, 1), np.float32), {"type": "formatted", "formatString": "Grayscale Image 3x2"}),
        (np.zeros((2, 3, 5), np.float32), {"type": "formatted", "formatString": "5-channel Image 3x2"}),
        (np.zeros(7, np.int64), {"type": "formatted", "formatString": "Array of int64 with shape (7,)"}),
        (np.zeros((1, 1), object), {"type": "formatted", "formatString": "Array of object with shape (1, 1)"}),
        (Gray(), {"type": "formatted", "formatString": "Grayscale Color"}),
        (Unknown(), {"type": "unknown", "typeName": "Unknown", "typeModule": __name__}),
        (np.float32(1), {"type": "unknown", "typeName": "float32", "typeModule": "numpy"}),
    ],
)
def test_every_value_can_be_told_in_json(value: object, told: object) -> None:
    assert json.dumps(error_value.of(value), allow_nan=False) == json.dumps(told)


def test_what_is_not_worked_out_is_not_worked_out_to_be_told() -> None:
    lazy = types.SimpleNamespace(has_value=False, has_error=False)
    assert error_value.of(lazy) == {"type": "pending"}
    lazy.has_value, lazy.value = True, 7
    assert error_value.of(lazy) == {"type": "literal", "value": 7}


def test_an_app_without_transformers_gets_none() -> None:
    class Port:
        def __init__(self, *_: object, **__: object) -> None: ...

    api = types.SimpleNamespace(BaseInput=Port, BaseOutput=Port, NodeData=types.SimpleNamespace)
    package = Package("p", "p", "1", Origin.SCHEMA, Path(), {})
    transformer = Node(package, node("p:t", [], [], kind="transformer"))
    assert Nodes(api).data(transformer) is None
    api.Transformer = object
    shown = Nodes(api).data(transformer)
    assert shown.kind == "transformer"
    with pytest.raises(NodeUnavailableError, match="p has no native module"):
        shown.run(object())


@pytest.mark.parametrize("value", [None, True, Unknown(), (1.0, 0.5)])
def test_values_that_say_nothing_new_have_no_broadcast_type(value: object) -> None:
    assert broadcast.type_of(value) is None
    assert broadcast.data(value, "large-image") is None


def test_an_image_of_one_output_kind_has_a_size_and_of_the_other_previews() -> None:
    image = np.ones((3, 700, 4), np.float32)
    assert broadcast.data(image, "generic") == {"width": 700, "height": 3, "channels": 4}
    cv2 = pytest.importorskip("cv2")
    previews = broadcast.data(image, "large-image")["previews"]
    assert [preview["width"] for preview in previews] == [700, 512, 256]
    for preview in previews:
        encoded = preview["url"].removeprefix("data:image/png;base64,")
        decoded = cv2.imdecode(np.frombuffer(base64.b64decode(encoded), np.uint8), cv2.IMREAD_UNCHANGED)
        assert decoded.shape == (preview["height"], preview["width"], 4), "all four channels, without loss"
    small = broadcast.data(image[:, :90], "large-image")["previews"]
    assert [preview["width"] for preview in small] == [90], "no image is made larger"


def test_frozen_images_can_be_thawed() -> None:
    image = host_value.of(np.ones((2, 2), np.float32), "Image")
    assert not image.flags.writeable
    image.setflags(write=True)


def test_an_app_without_the_class_says_which_side_to_upgrade() -> None:
    with pytest.raises(RuntimeError, match=r"no class Seed in nodes\.utils\.seed: upgrade chainner-sdk"):
        host_value.of(3, "Seed")
    assert host_value.of(3, "int") == 3
