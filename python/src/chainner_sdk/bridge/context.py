"""The run that a node is part of: the app's ``NodeContext`` as the native half asks about it, and who runs the node."""

from __future__ import annotations

import importlib
import sys
import weakref
from typing import TYPE_CHECKING, Any, Protocol

from .log import logger
from .reaper import reaper

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from types import ModuleType

GO_ON, PAUSED, STOP = range(3)


class Runs(Protocol):
    """Who runs a node."""

    host: Any
    """The app's context."""


class Run:
    """One run of a node, as its native half sees it: see :meth:`chainner_sdk.Package.call`.

    It is asked on the thread that the app called the node on, or that steps a sequence.

    Who runs the node is held weakly, and with it the app's context: the context may hold all that is run, and the native half of
    a sequence holds this one where Python does not look for cycles.
    """

    def __init__(self, api: ModuleType, runs: Runs, settings: Iterable[Mapping[str, Any]]) -> None:
        self._api = api
        self._runs = weakref.ref(runs)
        self._settings = settings

    @property
    def _context(self) -> Any:
        """The app's context; ``None`` when the run is over."""
        runs = self._runs()
        return None if runs is None else runs.host

    @property
    def settings(self) -> dict[str, Any]:
        """The package's settings by their keys; one that cannot be read is left out, and so at its default."""
        try:
            read = self._context.settings
        except Exception:  # the app has none for this package
            return {}
        found = ((setting["key"], _setting(read, setting)) for setting in self._settings)
        return {key: value for key, value in found if value is not None}

    @property
    def storage_dir(self) -> Any:
        """Where the app keeps what nodes want to keep."""
        context = self._context
        return None if context is None else context.storage_dir

    def look(self, fraction: float | None) -> int:
        """Tells the app how far the node is, and returns whether it is to go on."""
        context = self._context
        if context is None or context.aborted:
            return STOP
        if fraction is not None:
            try:
                context.set_progress(fraction)
            except self._api.Aborted:
                return STOP
        return PAUSED if context.paused else GO_ON

    def add_cleanup(self, function: Callable[[], None]) -> None:
        """Has the function called when the chain is through. When the app drops it instead, after an error, it calls itself."""

        def clean_up() -> None:
            try:
                function()
            except Exception:
                logger().exception("chainner-sdk: a node could not clean up")

        context = self._context
        if context is None:
            clean_up()
            return
        # `after="node"` ends the node with an error in one of the app's executors, and is ignored by the other.
        context.add_cleanup(clean_up, after="chain")
        reaper.watch(clean_up)


def items_may_be_errors(context: Any) -> bool:
    """Whether the executor takes an exception as an item that failed; the other one takes it for the item."""
    return type(context).__module__ == "process"


def stopped(api: ModuleType, context: Any) -> BaseException:
    """What a node raises because its run is to stop.

    The app has two exceptions for this. Its old executor knows the one that its nodes have nothing to do with, and would report
    the other as an error; its new one reports both, and anything else would be given to the nodes behind.
    """
    if items_may_be_errors(context):
        try:
            module = sys.modules.get("progress_controller") or importlib.import_module("progress_controller")
            error: BaseException = module.Aborted()
        except (ImportError, AttributeError):
            pass
        else:
            return error
    return api.Aborted("The run was stopped.")  # type: ignore[no-any-return]


def _setting(settings: Any, setting: Mapping[str, Any]) -> Any:
    key, default = setting["key"], setting["default"]
    try:
        kind = setting["type"]
        if kind == "toggle":
            return settings.get_bool(key, default)
        if kind == "number":
            return _number(settings, key, default)
        if kind == "cache":
            return settings.get_cache_location(key) or ""
        return settings.get_str(key, default)
    except Exception as error:
        logger().warning(f"chainner-sdk: the setting {key!r} cannot be read and is at its default: {error}")
        return None


def _number(settings: Any, key: str, default: float) -> Any:
    # Of numbers the app's reader knows whole ones only; what it reads from has the others, too.
    for raw in vars(settings).values():
        if isinstance(raw, dict):
            value = raw.get(key, default)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                raise TypeError(f"expected a number, got {value!r}")
            return value
    value = settings.get_int(key, int(default))
    return default if value == int(default) else value
