"""Nodes as objects of the app."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from .live import Live
from .ports import Ports
from .runner import needs_context, runner
from .sequences import ItemTypes

if TYPE_CHECKING:
    from types import ModuleType

    from ..package import Node, Package


class Verbatim:
    """Something that the app only passes on to its front end."""

    def __init__(self, schema: Any) -> None:
        self._schema = schema

    def to_dict(self) -> Any:
        """The JSON of the schema."""
        return self._schema


class Sequences(Verbatim):
    """Which inputs or outputs of a node are iterated."""

    def __init__(self, schema: dict[str, Any]) -> None:
        super().__init__(schema)
        self.id = schema["id"]
        self.inputs = schema.get("inputs", [])
        self.outputs = schema.get("outputs", [])

    def get_broadcast_sequence_type(self, generator: Any) -> Any:
        """The type of the sequence that a generator or transformer gives."""
        length = generator.expected_length
        return {"type": "named", "name": "Sequence", "fields": {"length": "uint" if length is None else length}}

    def get_broadcast_item_types(self, generator: Any) -> dict[Any, Any]:
        """What is known of all its items, by the ids of outputs."""
        known = getattr(generator, "metadata", None)
        if not isinstance(known, ItemTypes):
            return {}
        pairs = zip(self.outputs, known.types, strict=True)
        return {output: expression for output, expression in pairs if expression is not None}


class Nodes:
    """Makes the app's nodes of ours."""

    def __init__(self, api: ModuleType) -> None:
        self._api = api
        self._ports = Ports(api)
        self._live: dict[Package, Live] = {}

    def live(self, package: Package) -> Live:
        """The newest build of a package, whatever it is at a time."""
        if package not in self._live:
            self._live[package] = Live(package)
        return self._live[package]

    def data(self, node: Node) -> Any:
        """The app's description of a node; ``None`` if the app is too old for its kind."""
        schema = node.schema
        if schema["kind"] == "transformer" and not hasattr(self._api, "Transformer"):
            return None
        key_info = schema["keyInfo"]
        return self._api.NodeData(
            schema_id=schema["schemaId"],
            description=schema["description"],
            see_also=list(schema["seeAlso"]),
            name=schema["name"],
            icon=schema["icon"],
            kind=schema["kind"],
            inputs=[self._ports.input(port, is_lazy=index in node.lazy_inputs) for index, port in enumerate(schema["inputs"])],
            outputs=[self._ports.output(port) for port in schema["outputs"]],
            group_layout=list(schema["groupLayout"]),
            iterable_inputs=[Sequences(sequence) for sequence in schema["iteratorInputs"]],
            iterable_outputs=[Sequences(sequence) for sequence in schema["iteratorOutputs"]],
            key_info=None if key_info is None else Verbatim(key_info),
            suggestions=[Verbatim(suggestion) for suggestion in schema["suggestions"]],
            side_effects=schema["hasSideEffects"],
            deprecated=schema["deprecated"],
            node_context=needs_context(node),
            features=list(schema["features"]),
            run=runner(self._api, node, self.live(node.package)),
        )

    def in_place(self, original: Any, node: Node) -> Any:
        """The app's description of its own node, which runs a node of ours that fits it; see :mod:`.replacing`."""
        lazy = node.lazy_inputs
        inputs = zip(node.schema["inputs"], original.inputs, strict=True)
        outputs = zip(node.schema["outputs"], original.outputs, strict=True)
        return replace(
            original,
            inputs=[
                self._ports.input(port, other.to_dict(), is_lazy=index in lazy) for index, (port, other) in enumerate(inputs)
            ],
            outputs=[self._ports.output(port, other.to_dict()) for port, other in outputs],
            iterable_inputs=[Sequences(sequence.to_dict()) for sequence in original.iterable_inputs],
            iterable_outputs=[Sequences(sequence.to_dict()) for sequence in original.iterable_outputs],
            node_context=needs_context(node),
            run=runner(self._api, node, self.live(node.package), in_place=True),
        )
