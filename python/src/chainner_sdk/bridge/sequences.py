"""Nodes that work on sequences, as the app steps them.

The app steps on its event loop, where nothing else happens meanwhile. The work is done by the native half on a thread of its
own, a few items ahead; a step only takes over what lies ready, or waits for it without Python's lock.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from .reaper import reaper

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from .runner import Call


class ItemTypes:
    """What is known of all items of a sequence."""

    def __init__(self, types: list[str | None]) -> None:
        self.types = [None if one is None else json.loads(one) for one in types]
        """For each iterated output a Navi expression, or ``None``."""


class Items:
    """The items of a generator or transformer, as the executor wants them."""

    def __init__(self, steps: Any, call: Call) -> None:
        self._steps = steps
        self._call = call
        self._skipped: list[str] = []

    def __iter__(self) -> Items:
        return self

    def __next__(self) -> Any:
        while True:
            reaper.step()
            try:
                return next(self._steps)
            except StopIteration:
                if self._skipped:
                    listed = "".join(f"\n- {said}" for said in self._skipped)
                    self._skipped = []
                    raise RuntimeError(f"Errors occurred during iteration:{listed}") from None
                raise
            except BaseException as error:
                told = self._call.told(error)
                is_last = self._steps.fail_fast or not self._call.is_of_item(error)
                if is_last:
                    self._steps.close()
                if not self._call.is_of_item(error):
                    raise told from error
                if self._call.items_may_be_errors:
                    return told
                if is_last:
                    raise told from error
                self._skipped.append(str(told))


def generator(api: ModuleType, call: Call) -> Any:
    """Starts a generator: the app's ``Generator``, before the outputs that are no sequence."""
    steps = call()
    reaper.watch(steps)
    made = api.Generator(lambda: Items(steps, call), steps.expected_length, steps.fail_fast, ItemTypes(steps.item_types))
    return (made, *steps.statics) if steps.statics else made


def transformer(api: ModuleType, call: Call) -> Any:
    """Starts a transformer: the app's ``Transformer``, before the outputs that are no sequence."""
    steps = call()
    reaper.watch(steps)
    # Asked here, beside the event loop: some have to see all items before they know.
    length, statics = steps.expected_length, steps.statics
    made = api.Transformer(lambda: Items(steps, call), length, metadata=ItemTypes(steps.item_types))
    return (made, *statics) if statics else made


def collector(api: ModuleType, call: Call, iterated: int) -> Any:
    """Starts a collector of so many iterated inputs."""
    run = call()
    reaper.watch(run)

    def on_iterate(item: Any) -> None:
        step(lambda: run.push(*(item if iterated > 1 else (item,))))

    def on_complete() -> Any:
        return step(run.finish)

    def step(work: Callable[[], Any]) -> Any:
        reaper.step()
        try:
            return work()
        except BaseException as error:
            run.close()
            raise call.told(error) from error

    return api.Collector(on_iterate, on_complete)
