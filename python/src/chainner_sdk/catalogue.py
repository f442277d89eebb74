"""All packages together, and what they would do to each other."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from . import schema
from .problem import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from .package import Package


@dataclass(frozen=True)
class Catalogue:
    """The packages that could be loaded, by name, and what was wrong with the others."""

    packages: tuple[Package, ...]
    problems: tuple[Problem, ...]
    """Faults that leave no package to hang them on; those of a package are its own."""

    def __iter__(self) -> Iterator[Package]:
        return iter(self.packages)

    def __len__(self) -> int:
        return len(self.packages)

    def all_problems(self) -> list[Problem]:
        """Those of the packages, too."""
        return [*self.problems, *(problem for package in self.packages for problem in package.problems)]

    @classmethod
    def of(cls, packages: Iterable[Package], problems: Iterable[Problem]) -> Catalogue:
        """Settles what two packages claim: the first by name has it, and the problem names both."""
        claims = _Claims()
        kept = []
        other = list(problems)
        for package in sorted(packages, key=lambda package: package.name):
            try:
                problem = claims.package(package)
                if problem is not None:
                    other.append(problem)
                    continue
                kept.append(claims.nodes(package))
            except Exception as error:
                got = f"{type(error).__name__}: {error}"
                what = f"{package.name} cannot be shown: its schema cannot be understood"
                fix = "rebuild it with `cargo chainner build`"
                other.append(Problem(what, str(package.directory), None, got, fix))
        return cls(tuple(kept), tuple(other))


class _Claims:
    """Who has which of the names that all packages share."""

    def __init__(self) -> None:
        self._packages: dict[str, Package] = {}
        self._nodes: dict[str, Package] = {}
        self._types: dict[str, tuple[str, Package]] = {}
        self._features: dict[str, Package] = {}

    def package(self, package: Package) -> Problem | None:
        owner = self._packages.setdefault(package.id, package)
        if owner is package:
            return None
        return Problem(
            what=f"The package id {package.id!r} is claimed by {_named(owner)} and {_named(package)}",
            where=f"{owner.directory}, {package.directory}",
            got=f"kept {owner.name}, the first by name",
            fix=f"uninstall one of them, or change the name of the package in `package!` of {package.name}",
        )

    def nodes(self, package: Package) -> Package:
        problems: list[Problem] = []
        refused: set[str] = set()
        own: set[str] = set()
        for node in package.schema["nodes"]:
            node_id = node["schemaId"]
            found = self._faults(package, node, own)
            if found:
                problems += found
                # A second one of its own takes nothing from the first.
                if node_id not in own:
                    refused.add(node_id)
                continue
            own.add(node_id)
            self._nodes.setdefault(node_id, package)
            for name, text in schema.definitions(node).items():
                self._types.setdefault(name, (text, package))
        for feature in package.schema["package"]["features"]:
            owner = self._features.setdefault(feature["id"], package)
            if owner is not package:
                what = f"The feature id {feature['id']!r} is claimed by {_named(owner)} and {_named(package)}"
                fix = f"uninstall one of them, or change the id in {package.name}"
                problems.append(Problem(what, None, "ids of features that differ", "the app mixes up their states", fix))
        if not problems:
            return package
        return replace(package, problems=(*package.problems, *problems), refused=package.refused | refused)

    def _faults(self, package: Package, node: dict[str, Any], own: set[str]) -> list[Problem]:
        node_id = node["schemaId"]
        faults = [
            Problem(
                what=f"The node {node_id} of {package.name} is left out: its schema is ill-formed",
                where=str(package.directory / schema.FILE),
                expected=expected,
                got=got,
                fix="rebuild the package with `cargo chainner build`",
            )
            for expected, got in schema.faults_of_node(package.schema, node)
        ]
        if faults:
            return faults
        owner = package if node_id in own else self._nodes.get(node_id)
        if owner is not None:
            faults.append(
                Problem(
                    what=f"The schema id {node_id} is claimed by {_named(owner)} and {_named(package)}",
                    where=f"{owner.directory}, {package.directory}",
                    got=f"kept that of {owner.name}, the first by name",
                    fix=f"uninstall one of them, or change `id = ...` of the node in {package.name}",
                )
            )
        for name, text in schema.definitions(node).items():
            known = self._types.get(name)
            if known is not None and known[0] != text:
                faults.append(
                    Problem(
                        what=f"The type {name} is defined by {_named(known[1])} and, otherwise, by {_named(package)}",
                        where=f"node {node_id}",
                        expected=known[0],
                        got=f"{text}\nthe node is left out: with both of them the app would show no node at all",
                        fix=f"give the choice another name in {package.name}, or uninstall one of them",
                    )
                )
        return faults


def _named(package: Package) -> str:
    return f"{package.name} {package.version}"
