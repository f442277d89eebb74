"""A package that is being developed, in an app that goes on running.

What the app has registered stays. But when a node is called, and `cargo chainner dev` has built the package anew meanwhile, the
newest build runs: it is loaded beside those before, which a process cannot unload. A node whose inputs or outputs became others
runs as before, because the app calls it as it was registered; it shows the new ones after a restart.
"""

from __future__ import annotations

import os
import threading
from typing import TYPE_CHECKING

from ..receipt import Receipt
from ..session import Lead
from .log import logger
from .misfit import misfit, shape_of
from .runner import needs_context

if TYPE_CHECKING:
    from pathlib import Path

    from ..package import Node, Package


class Live:
    """The newest build of one package."""

    def __init__(self, package: Package) -> None:
        self._registered = package
        self._newest = package
        self._nodes: dict[str, Node] = {}
        self._lead = Lead.to(package.name, Receipt.here().directory)
        self._leads: tuple[int, ...] | None = None
        self._record: Path | None = None
        self._seen: tuple[object, ...] | None = None
        self._lock = threading.Lock()

    def package(self) -> Package:
        """The newest build, if the package is being developed; else, or if that cannot be loaded, the last one that could."""
        self._look()
        return self._newest

    def node(self, registered: Node) -> Node:
        """The node of the newest build that can be called as this one was registered."""
        self._look()
        return self._nodes.get(registered.id, registered)

    def _look(self) -> None:
        # Two questions to the file system while the package is developed, and one otherwise.
        leads = _identity(self._lead.file)
        if leads is None:
            return
        if leads != self._leads:
            self._record = self._lead.record()
            self._leads = leads
        seen = (leads, None if self._record is None else _identity(self._record))
        if seen != self._seen:
            with self._lock:
                if seen != self._seen:
                    self._take()
                    self._seen = seen

    def _take(self) -> None:
        session = self._lead.session()
        if session is None or session.directory == self._newest.directory:
            return
        try:
            package = session.load()
        except Exception as error:
            said = " ".join(str(error).split())
            logger().warning(f"chainner-sdk: build {session.build} of {session.name} is left out: {said}")
            return
        self._newest = package
        built = package.nodes
        left = []
        for registered in self._registered.nodes.values():
            obstacle = _obstacle(registered, built.get(registered.id))
            if obstacle is None:
                self._nodes[registered.id] = built[registered.id]
            else:
                left.append(f"{registered.id} runs as before until chaiNNer is restarted: {obstacle}")
        logger().info(f"chainner-sdk: build {session.build} of {session.name} {session.version} runs from now on")
        for one in left:
            logger().warning(f"chainner-sdk: {one}")


def _obstacle(registered: Node, built: Node | None) -> str | None:
    """Why a node cannot be called as it was registered."""
    if built is None:
        return "it is not there any more"
    obstacle = misfit(shape_of(registered), built)
    if obstacle is None and needs_context(built) and not needs_context(registered):
        return "it asks for a context, and did not"
    if obstacle is None and built.lazy_inputs != registered.lazy_inputs:
        return "other inputs of it are lazy"
    return obstacle


def _identity(file: Path) -> tuple[int, ...] | None:
    """Tells files of one path apart; ``None`` if there is none."""
    try:
        status = os.stat(file)  # noqa: PTH116 (asked at each call of a node)
    except OSError:
        return None
    return status.st_mtime_ns, status.st_ino, status.st_size
