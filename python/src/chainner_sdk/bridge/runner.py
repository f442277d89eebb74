"""The functions that the app calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from . import context, sequences

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from ..package import Node
    from .live import Live


class Call:
    """One call of a node by the app."""

    def __init__(self, api: ModuleType, node: Node, settings: list[Any], host: Any, values: tuple[Any, ...]) -> None:
        self._api = api
        self._node = node
        self._settings = settings
        self.host = host
        self._values = values

    def __call__(self) -> Any:
        """What the native half returns."""
        values, self._values = self._values, ()  # images among them are not kept any longer than the native half does
        try:
            if self._node.takes_context:
                return self._node(*values, context=context.Run(self._api, self, self._settings))
            return self._node(*values)
        except BaseException as error:
            told = self.told(error)
            if told is error:
                raise
            raise told from error

    @property
    def items_may_be_errors(self) -> bool:
        """Whether the executor takes an exception as an item that failed."""
        return context.items_may_be_errors(self.host)

    def is_of_item(self, error: BaseException) -> bool:
        """Whether a single item failed, and not the run."""
        return isinstance(error, Exception) and not self._is_stop(error)

    def told(self, error: BaseException) -> BaseException:
        """The error as the app understands it.

        The app shows the text of an error, which must not be empty, and it catches ordinary exceptions only.
        """
        if isinstance(error, (KeyboardInterrupt, SystemExit)):
            return error
        if self._is_stop(error):
            return context.stopped(self._api, self.host)
        if isinstance(error, Exception) and str(error):
            return error
        said = str(error) or "it does not say why"
        return RuntimeError(f"{self._node.name} failed with {type(error).__name__}: {said}")

    def _is_stop(self, error: BaseException) -> bool:
        native = self._node.package.native
        return native is not None and native.aborted is not None and isinstance(error, native.aborted)


def needs_context(node: Node) -> bool:
    """Whether the app is to pass its context: to nodes that ask for one, and where it tells by whom a sequence is stepped."""
    return node.takes_context or node.schema["kind"] != "regularNode"


def runner(api: ModuleType, node: Node, live: Live, *, in_place: bool = False) -> Callable[..., Any]:
    """The function that the app calls with one value for each input, behind its context if it passes one.

    What runs is the newest build that ``live`` has of the node.

    ``in_place`` of a node of another package, the app passes the settings of that one: the node's own are at their defaults.
    """
    kind = node.schema["kind"]
    settings = [] if in_place or not node.takes_context else node.package.schema["package"]["settings"]
    takes_context = needs_context(node)

    def run(*values: Any) -> Any:
        host, values = (values[0], values[1:]) if takes_context else (None, values)
        call = Call(api, live.node(node), settings, host, values)
        if kind == "generator":
            return sequences.generator(api, call)
        if kind == "transformer":
            return sequences.transformer(api, call)
        if kind == "collector":
            return sequences.collector(api, call, len(node.schema["iteratorInputs"][0]["inputs"]))
        return call()

    return run
