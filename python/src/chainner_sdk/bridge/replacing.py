"""Our nodes in place of the app's, where the link asks for it: what the app shows stays its own, only what runs is ours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from ..loading import unexpected
from ..problem import Problem
from ..replacement import NOT_THERE, Replacement, chosen
from .misfit import misfit, shape_in_app

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ..package import Package
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
                        obstacle = misfit(shape_in_app(present), node)
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


def _not_replaced(asked: Replacement, package: Package, obstacle: str) -> Problem:
    return Problem(
        f"{asked.node} does not run in place of {asked.original}: {obstacle}",
        str(package.directory),
        fix=f"upgrade {package.name} and chaiNNer; nothing else is affected, the original runs",
    )
