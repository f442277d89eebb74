"""Our nodes in place of the app's, where the link asks for it: what the app shows stays its own, only what runs is ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..loading import unexpected
from ..problem import Problem
from ..replacement import NOT_THERE, Replacement, chosen

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..package import Node, Package
    from .nodes import Nodes


class Replacing:
    """The nodes of one registry of the app."""

    def __init__(self, registry: Any, nodes: Nodes) -> None:
        self._registry = registry
        self._nodes = nodes
        self.done: list[Replacement] = []
        """What was asked for, and what became of it."""
        self.problems: list[Problem] = []

    def replace(self, packages: Iterable[Package], names: Iterable[str]) -> None:
        """Lets the nodes of the packages of these names run in place of those that they name, if they fit."""
        asked, self.problems = chosen(packages, names)
        if not asked:
            return
        places = {node.schema_id: (group, node) for group in self._groups() for node in group.nodes}
        taken: dict[str, str] = {}
        for package in asked:
            own = {node.id for node in package.nodes.values()}
            for node in package.nodes.values():
                asked_for = Replacement.of(node)
                if asked_for is None:
                    continue
                original = asked_for.original
                group, present = places.get(original, (None, None))
                if present is None:
                    # An older or newer app may well have other nodes: no fault of anybody.
                    self.done.append(replace(asked_for, obstacle=NOT_THERE))
                    continue
                try:
                    if original in own:
                        obstacle: str | None = "it belongs to the same package"
                    elif original in taken:
                        obstacle = f"{taken[original]} runs in its place already"
                    else:
                        obstacle = misfit(present, node)
                    if obstacle is None:
                        group.nodes[group.nodes.index(present)] = self._nodes.in_place(present, node)
                        taken[original] = node.id
                    else:
                        self.problems.append(_not_replaced(asked_for, package, obstacle))
                    self.done.append(replace(asked_for, obstacle=obstacle))
                except Exception as error:
                    self.done.append(replace(asked_for, obstacle=f"{type(error).__name__}: {error}"))
                    self.problems.append(unexpected(f"{node.id} cannot run in place of {original}", error))
        if taken:
            self._registry._refresh_nodes()

    def _groups(self) -> Iterator[Any]:
        for package in self._registry.packages.values():
            for category in package.categories:
                yield from category.node_groups


def misfit(original: Any, node: Node) -> str | None:
    """Why a node cannot stand for another: saved chains know inputs and outputs by their ids, requests by their places."""
    return next(_misfits(original, node), None)


def _misfits(original: Any, node: Node) -> Iterator[str]:
    ours = node.schema
    if original.kind != ours["kind"]:
        yield f"it is a {original.kind}, and {node.id} a {ours['kind']}"
    for what, ports in (("inputs", original.inputs), ("outputs", original.outputs)):
        theirs = [port.to_dict() for port in ports]
        if len(theirs) != len(ours[what]):
            yield f"it has {len(theirs)} {what}, and {node.id} {len(ours[what])}"
            return
        for place, (one, other) in enumerate(zip(theirs, ours[what], strict=True), 1):
            yield from _misfits_of_ports(f"{what[:-1]} {place} ({one['label']})", one, other)
    for what, key, sequences in (
        ("inputs", "iteratorInputs", original.iterable_inputs),
        ("outputs", "iteratorOutputs", original.iterable_outputs),
    ):
        theirs = [sequence.to_dict()[what] for sequence in sequences]
        if theirs != [sequence[what] for sequence in ours[key]]:
            yield f"other {what} of it are iterated than of {node.id}"
    more = sorted(set(ours["features"]) - set(original.features))
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


def _not_replaced(asked: Replacement, package: Package, obstacle: str) -> Problem:
    return Problem(
        f"{asked.node} does not run in place of {asked.original}: {obstacle}",
        str(package.directory),
        fix=f"upgrade {package.name} and chaiNNer; nothing else is affected, the original runs",
    )
