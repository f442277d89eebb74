"""Whether a node can be called in place of another.

Saved chains know inputs and outputs by their ids, requests by their places.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..package import Node


@dataclass(frozen=True)
class Shape:
    """How a node is called."""

    kind: str
    inputs: list[Any]
    outputs: list[Any]
    iterated_inputs: list[Any]
    """Of each iterator, the ids of inputs."""
    iterated_outputs: list[Any]
    features: Iterable[str]


def shape_of(node: Node) -> Shape:
    """How a node of ours is called."""
    schema = node.schema
    return Shape(
        schema["kind"],
        schema["inputs"],
        schema["outputs"],
        [sequence["inputs"] for sequence in schema["iteratorInputs"]],
        [sequence["outputs"] for sequence in schema["iteratorOutputs"]],
        schema["features"],
    )


def shape_in_app(node: Any) -> Shape:
    """How a node of the app is called."""
    return Shape(
        node.kind,
        [port.to_dict() for port in node.inputs],
        [port.to_dict() for port in node.outputs],
        [sequence.to_dict()["inputs"] for sequence in node.iterable_inputs],
        [sequence.to_dict()["outputs"] for sequence in node.iterable_outputs],
        node.features,
    )


def misfit(original: Shape, node: Node) -> str | None:
    """Why a node cannot stand for another; ``None`` if it can."""
    return next(_misfits(original, node), None)


def _misfits(original: Shape, node: Node) -> Iterator[str]:
    ours = shape_of(node)
    if original.kind != ours.kind:
        yield f"it is a {original.kind}, and {node.id} a {ours.kind}"
    for what, theirs, own in (("inputs", original.inputs, ours.inputs), ("outputs", original.outputs, ours.outputs)):
        if len(theirs) != len(own):
            yield f"it has {len(theirs)} {what}, and {node.id} {len(own)}"
            return
        for place, (one, other) in enumerate(zip(theirs, own, strict=True), 1):
            yield from _misfits_of_ports(f"{what[:-1]} {place} ({one['label']})", one, other)
    for what, theirs, own in (
        ("inputs", original.iterated_inputs, ours.iterated_inputs),
        ("outputs", original.iterated_outputs, ours.iterated_outputs),
    ):
        if theirs != own:
            yield f"other {what} of it are iterated than of {node.id}"
    more = sorted(set(ours.features) - set(original.features))
    if more:
        yield f"{node.id} needs the feature {more[0]}, and it does not"


def _misfits_of_ports(called: str, theirs: Any, ours: Any) -> Iterator[str]:
    for key in ("id", "kind"):
        if theirs[key] != ours[key]:
            yield f"its {called} has the {key} {theirs[key]}, and ours {ours[key]}"
    if theirs.get("optional") and not ours["optional"]:
        yield f"its {called} may stay empty, and ours not"
    known = [option["value"] for option in ours.get("options", ())]
    unknown = [option["value"] for option in theirs.get("options", ()) if option["value"] not in known]
    if unknown:
        yield f"its {called} has the option {unknown[0]!r}, and ours not"
