"""Packages in the app's registry."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from ..last_start import LastStart
from ..loading import discover, unexpected
from ..problem import Problem
from ..receipt import Receipt
from .nodes import Nodes
from .package import add_package
from .replacing import Replacing

if TYPE_CHECKING:
    import logging
    from pathlib import Path
    from types import ModuleType

    from ..catalogue import Catalogue
    from ..package import Package


class Registration:
    """One loading of all packages into the registry of ``api``, the app's module of that name."""

    def __init__(self, api: ModuleType, app: Path, log: logging.Logger) -> None:
        self._api = api
        self._app = app
        self._log = log
        self._nodes = Nodes(api)
        self._problems: list[Problem] = []
        self._shown: list[Package] = []
        self._groups: dict[str, Any] = {}
        self._features = {feature.id for package in api.registry.packages.values() for feature in package.features}

    def register(self) -> None:
        """Adds every package; what cannot be added is left out and told."""
        start = time.perf_counter()
        catalogue = discover()
        self._problems += catalogue.all_problems()
        taken = {package.id: package for package in self._registry.packages.values()}
        for package in catalogue:
            where = self._where(package)
            present = taken.get(package.id)
            if present is not None and present.where != where:
                self._problems.append(self._taken(package))
                continue
            try:
                self._add(package, where)
                self._shown.append(package)
            except Exception as error:
                self._registry.packages.pop(where, None)
                self._problems.append(unexpected(f"{package.name} cannot be shown in chaiNNer", error))
        self._tell(catalogue, time.perf_counter() - start)

    def finish(self) -> None:
        """Gives ids that turn out to be the app's own back to it, and keeps what was found for the doctor."""
        self._give_back()
        replacing = Replacing(self._registry, self._nodes)
        replacing.replace(self._shown, Receipt.here().replace)
        for problem in replacing.problems:
            self._log.warning(f"chainner-sdk: {problem.sentence()}")
        if replacing.done:
            count = sum(one.obstacle is None for one in replacing.done)
            self._log.info(f"chainner-sdk: {count} of {len(replacing.done)} nodes run in place of others")
        self._problems += replacing.problems
        LastStart.now(self._app, self._shown, self._problems, replacing.done).write()

    @property
    def _registry(self) -> Any:
        return self._api.registry

    def _where(self, package: Package) -> str:
        # The app walks the folder of this path for modules to import: it must not exist, and be on the app's own drive.
        return str(self._app / "packages" / f"chainner_sdk.{package.module}" / "__init__.py")

    def _add(self, package: Package, where: str) -> None:
        groups = add_package(self._api, package, where, self._features, self._nodes.live(package))
        for node in package.nodes.values():
            try:
                data = self._nodes.data(node)
                if data is None:
                    self._log.info(f"chainner-sdk: {node.id} needs a newer chaiNNer, which has {node.schema['kind']} nodes")
                    continue
                group = groups[node.schema["category"], node.schema["nodeGroup"]]
                group.add_node(data)
                self._groups[node.id] = group
            except Exception as error:
                self._problems.append(unexpected(f"The node {node.id} of {package.name} cannot be shown", error))

    def _give_back(self) -> None:
        ours = set(map(id, self._groups.values()))
        theirs = {
            node.schema_id
            for package in self._registry.packages.values()
            for category in package.categories
            for group in category.node_groups
            if id(group) not in ours
            for node in group.nodes
        }
        clashes = sorted(theirs & self._groups.keys())
        for node_id in clashes:
            group = self._groups.pop(node_id)
            group.nodes[:] = [node for node in group.nodes if node.schema_id != node_id]
            fix = "its authors have to give it an id of their own: `#[node(id = ...)]`"
            problem = Problem(f"The schema id {node_id} belongs to chaiNNer; the node of that id is left out", fix=fix)
            self._problems.append(problem)
            self._log.warning(f"chainner-sdk: {problem.sentence()}")
        if clashes:
            self._registry._refresh_nodes()

    def _taken(self, package: Package) -> Problem:
        return Problem(
            f"{package.name} cannot be shown in chaiNNer: its package id {package.id!r} is taken",
            str(package.directory),
            "an id that no other package has",
            "that of a package of chaiNNer",
            "its authors have to change the name in `package!`",
        )

    def _tell(self, catalogue: Catalogue, seconds: float) -> None:
        for problem in self._problems:
            self._log.warning(f"chainner-sdk: {problem.sentence()}")
        names = ", ".join(f"{package.name} {package.version} ({package.origin.value})" for package in self._shown)
        self._log.info(f"chainner-sdk: {len(self._shown)} of {len(catalogue)} packages in {seconds:.3f} s: {names}")
