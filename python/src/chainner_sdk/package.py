"""A loaded node package."""

from __future__ import annotations

import enum
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from .native import Native
    from .problem import Problem


class Origin(enum.Enum):
    """Where the nodes of a package come from, best first."""

    INSTALLED = "installed"
    """A wheel in this environment."""
    SOURCE = "source"
    """A source checkout, built here."""
    SCHEMA = "schema"
    """Only the schema: nodes can be seen and connected, but not run."""


class NodeUnavailableError(RuntimeError):
    """The node is known by its schema only; the message says why and what to do."""


@dataclass(frozen=True, eq=False)
class Package:
    """A node package: its schema, and its native half if that could be loaded."""

    name: str
    """Name of the distribution, e.g. ``film-lab``."""
    module: str
    """Name of the Python module, e.g. ``film_lab``."""
    version: str
    """Version of the distribution."""
    origin: Origin
    """Where the nodes come from."""
    directory: Path
    """Directory of the module, which holds ``schema.json``."""
    schema: Mapping[str, Any]
    """``schema.json``, parsed: ``package``, ``categories`` and ``nodes``."""
    native: Native | None = None
    """What runs the nodes; ``None`` if :attr:`origin` is :attr:`Origin.SCHEMA`."""
    problems: tuple[Problem, ...] = ()
    """What is wrong with it, worst first. Only the schema being there is one, too."""
    refused: frozenset[str] = field(default=frozenset())
    """Schema ids of nodes that are left out; :attr:`problems` says why."""

    @property
    def id(self) -> str:
        """Key of the package in the app."""
        return str(self.schema["package"]["id"])

    @property
    def nodes(self) -> dict[str, Node]:
        """The nodes by schema id, in the order of the schema."""
        nodes: dict[str, Node] = {}
        for node in self.schema["nodes"]:
            if node["schemaId"] not in self.refused:
                nodes.setdefault(node["schemaId"], Node(self, node))
        return nodes

    def call(self, node_id: str, *values: Any, context: Any = None) -> Any:
        """Runs a node with one value for each input, in order; ``None`` is no value.

        Returns ``None``, the output, or a tuple of outputs. Raises :class:`ValueError` for values that an input does not accept,
        :class:`RuntimeError` if the node fails, :class:`NodeUnavailableError` if it cannot run here.

        A generator or transformer returns an iterator instead, with the attributes ``expected_length``, ``fail_fast`` and
        ``statics``, a collector an object with ``push(*values)`` and ``finish()``; both have ``close()``.

        A value for an input that is lazy (:attr:`Node.lazy_inputs`) may be an object with ``has_value``, whose attribute
        ``value`` works it out.

        ``context`` is for hosts: an object with ``settings``, a dictionary of the package's settings; ``storage_dir``, a path or
        ``None``; ``look(fraction)``, which is told how far the node is, or ``None`` if that is no news, and returns 0 to go on, 1
        while paused, 2 to stop; and ``add_cleanup(function)`` for what is to be done when the run is over. Nodes that ask for no
        context ignore it.
        """
        if self.native is None:
            reason = self.problems[0].sentence() if self.problems else f"{self.name} has no native module"
            raise NodeUnavailableError(reason)
        if node_id not in self.native.nodes:
            raise NodeUnavailableError(
                f"{self.name} {self.version} has no native code for the node {node_id}, although its schema.json lists it "
                f"({self.native.file}); rebuild the wheel with `cargo chainner build` or reinstall it"
            )
        return self.native.call(node_id, *values) if context is None else self.native.call(node_id, *values, context=context)

    def __repr__(self) -> str:
        return f"<Package {self.name} {self.version} ({self.origin.value}): {len(self.schema['nodes'])} nodes>"


@dataclass(frozen=True, eq=False)
class Node:
    """A node of a package. Calling it runs it."""

    package: Package
    schema: Mapping[str, Any]
    """The node as in ``schema.json``."""

    @property
    def id(self) -> str:
        """Schema id, e.g. ``film_lab:light:vignette``."""
        return str(self.schema["schemaId"])

    @property
    def name(self) -> str:
        """Name shown in the app."""
        return str(self.schema["name"])

    @property
    def takes_context(self) -> bool:
        """Whether it tells its progress, can be stopped, or has settings; not known of one that cannot run."""
        return bool(self._about.get("context"))

    @property
    def lazy_inputs(self) -> frozenset[int]:
        """Places of the inputs that the node asks for when it needs them: see :meth:`Package.call`."""
        return frozenset(self._about.get("lazy", ()))

    @property
    def replaces(self) -> str | None:
        """Schema id of the node that it can run in place of, where ``link --replace`` asks for it."""
        return self._about.get("replaces")

    @property
    def _about(self) -> dict[str, Any]:
        native = self.package.native
        return native.about(self.id) if native is not None and self.id in native.nodes else {}

    def __call__(self, *values: Any, context: Any = None) -> Any:
        """See :meth:`Package.call`."""
        return self.package.call(self.id, *values, context=context)

    def __repr__(self) -> str:
        return f"<Node {self.id} of {self.package.name}>"
