"""Inputs and outputs as objects of the app.

They publish the schema and pass values on: what an input accepts and what an output gives is enforced by the native half, once
and for every host. Only the app's own classes are made here, of what comes out as plain Python.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import broadcast, error_value, host_value

if TYPE_CHECKING:
    from types import ModuleType


class Port:
    """What inputs and outputs share. The app's own class comes behind it in the order of bases.

    ``published`` is what the front end is told instead of the schema, where the node runs in place of another.
    """

    def __init__(self, schema: dict[str, Any], published: dict[str, Any] | None) -> None:
        shown = schema if published is None else published
        kind, has_handle = shown["kind"], shown["hasHandle"]
        super().__init__(shown["type"], shown["label"], kind=kind, has_handle=has_handle)  # type: ignore[call-arg]
        self.id = shown["id"]
        self._schema = schema
        self._shown = shown

    def to_dict(self) -> dict[str, Any]:
        """The port as in ``schema.json``, or as published."""
        return self._shown


class Input(Port):
    """An input: takes every value as it is."""

    def __init__(self, schema: dict[str, Any], published: dict[str, Any] | None, is_lazy: bool) -> None:
        super().__init__(schema, published)
        self.optional = schema["optional"]
        self.lazy = is_lazy

    def enforce(self, value: object) -> object:
        """Nothing here: the native half does it."""
        return value

    def enforce_(self, value: object) -> object:
        """Nothing here: the native half does it, for missing values, too."""
        return value

    def get_error_value(self, value: object) -> Any:
        """How a value is told in the report of an error."""
        return error_value.of(value)


class Output(Port):
    """An output: makes the app's own classes of what the native half gives."""

    def enforce(self, value: object) -> object:
        """The value as other nodes of the app expect it."""
        return host_value.of(value, self._schema["type"])

    def get_broadcast_data(self, value: object) -> Any:
        """What the front end shows of a value."""
        return broadcast.data(value, self._schema["kind"])

    def get_broadcast_type(self, value: object) -> Any:
        """The type of a value, in Navi."""
        return broadcast.type_of(value)


class Ports:
    """Makes the app's inputs and outputs of those in a schema."""

    def __init__(self, api: ModuleType) -> None:
        self._input = type("Input", (Input, api.BaseInput), {})
        self._output = type("Output", (Output, api.BaseOutput), {})

    def input(self, schema: dict[str, Any], published: dict[str, Any] | None = None, *, is_lazy: bool) -> Any:
        """An input for the app; one that is lazy is worked out when the node asks."""
        return self._input(schema, published, is_lazy)

    def output(self, schema: dict[str, Any], published: dict[str, Any] | None = None) -> Any:
        """An output for the app."""
        return self._output(schema, published)
