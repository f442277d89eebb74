"""What the native half of a node asks about a run, also when that is over."""

from __future__ import annotations

import gc
from types import SimpleNamespace
from typing import Any

from chainner_sdk.bridge.context import GO_ON, STOP, Run

API: Any = SimpleNamespace(Aborted=RuntimeError)
SETTINGS = [{"type": "toggle", "key": "fast", "default": False}]


class Owner:
    """Who runs the node."""

    def __init__(self) -> None:
        self.told: list[float] = []
        self.kept: list[Any] = []
        settings = SimpleNamespace(get_bool=lambda _key, _default: True)
        self.host = SimpleNamespace(aborted=False, paused=False, settings=settings, storage_dir="here")
        self.host.set_progress = self.told.append
        self.host.add_cleanup = lambda function, after: self.kept.append((function, after))


def test_a_run_passes_on_what_it_is_asked() -> None:
    owner, cleaned = Owner(), []
    run = Run(API, owner, SETTINGS)
    assert (run.look(0.5), run.settings, run.storage_dir, owner.told) == (GO_ON, {"fast": True}, "here", [0.5])
    run.add_cleanup(lambda: cleaned.append(1))
    assert (len(owner.kept), cleaned) == (1, [])


def test_a_run_that_is_over_stops_what_is_left_of_it() -> None:
    """The native half holds the run; nothing that the app has may be held by that."""
    owner, cleaned = Owner(), []
    run = Run(API, owner, SETTINGS)
    del owner
    gc.collect()
    assert (run.look(0.5), run.settings, run.storage_dir) == (STOP, {}, None)
    run.add_cleanup(lambda: cleaned.append(1))
    assert cleaned == [1], "nobody else would do it"
