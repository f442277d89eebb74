"""Nodes that run in place of others: ``link --replace`` asks for it, the bridge does it when the app starts."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from .installed import normalised
from .problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from .catalogue import Catalogue
    from .last_start import LastStart
    from .package import Node, Package

WAITS = "chaiNNer has not been started since it was asked for"
NOT_THERE = "chaiNNer has no such node"


@dataclass(frozen=True)
class Replacement:
    """A node that is to run in place of another."""

    original: str
    """Schema id of the node as the app shows it, and as saved chains name it."""
    node: str
    """Schema id of the node that runs."""
    package: str
    """Name of the package of the latter."""
    obstacle: str | None = None
    """Why the original runs nevertheless; ``None`` if it does not."""

    @classmethod
    def of(cls, node: Node) -> Replacement | None:
        """What a node asks for."""
        return cls(node.replaces, node.id, node.package.name) if node.replaces is not None else None

    def __str__(self) -> str:
        told = "replaced" if self.obstacle is None else f"not replaced: {self.obstacle}"
        return f"{self.original} by {self.node}: {told}"

    def as_json(self) -> dict[str, str | None]:
        """The replacement as an object of a JSON document."""
        return asdict(self)


def chosen(catalogue: Iterable[Package], names: Iterable[str]) -> tuple[list[Package], list[Problem]]:
    """The packages that are asked to replace nodes, in the order of ``names``, and what is wrong with that."""
    by_name = {normalised(package.name): package for package in catalogue}
    packages: list[Package] = []
    problems: list[Problem] = []
    for name in names:
        package = by_name.get(normalised(name))
        if package is None:
            fix = "install it, or link without it: `python -m chainner_sdk link --no-replace`"
            problems.append(Problem(f"{name} is to run in place of other nodes, but there is no such package", fix=fix))
        elif package.native is not None and not any(node.replaces for node in package.nodes.values()):
            what = f"{name} is to run in place of other nodes, but none of its nodes says of which"
            fix = "its authors say it: `#[node(replaces = ...)]`; or link without it: `python -m chainner_sdk link --no-replace`"
            problems.append(Problem(what, str(package.directory), fix=fix))
        else:
            packages.append(package)
    return packages, problems


def as_known(catalogue: Catalogue, names: Iterable[str], last: LastStart | None) -> list[Replacement]:
    """What is asked for, each as the app found it at its last start."""
    found = {(one.original, one.node): one for one in last.replacements} if last is not None else {}
    asked = (Replacement.of(node) for package in chosen(catalogue, names)[0] for node in package.nodes.values())
    return [found.get((one.original, one.node), replace(one, obstacle=WAITS)) for one in asked if one is not None]
