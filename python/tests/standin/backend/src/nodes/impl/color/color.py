"""Colours, blue first."""

from __future__ import annotations

import json


class Color:
    def __init__(self, value):
        assert all(isinstance(component, float) for component in value)
        self.value = tuple(value)

    @property
    def channels(self):
        return len(self.value)

    @staticmethod
    def from_json(text):
        document = json.loads(text) if isinstance(text, str) else text
        values = list(map(float, document["values"]))
        return Color(values[2::-1] + values[3:] if len(values) >= 3 else values)

    def to_json(self):
        kind = {1: "grayscale", 3: "rgb", 4: "rgba"}[self.channels]
        values = self.value if self.channels < 3 else (*self.value[2::-1], *self.value[3:])
        return {"kind": kind, "values": list(values)}
