"""Ends what a run has left when it failed.

A sequence ends its thread when it is dropped, and what is to be cleaned up is so at the latest then. When a run ends with an
error, though, the executor, and with it all that it was stepping, hangs in a cycle of references with that error, and Python
looks for such cycles only after many allocations: of small objects, whatever the images are that hang on them. So while there
is such a thing and no sequence is stepped, Python is told to look.
"""

from __future__ import annotations

import gc
import threading
import time
import weakref
from typing import Any

_FIRST = 0.5
"""Seconds without a step before the first look; the time doubles with each look until the next step."""
_LONGEST = 60.0


class Reaper:
    """Watches what runs may leave; it has a thread only while there is any."""

    def __init__(self) -> None:
        self._alive: weakref.WeakSet[Any] = weakref.WeakSet()
        self._lock = threading.Lock()
        self._stepped = time.monotonic()
        self._thread: threading.Thread | None = None

    def watch(self, left: Any) -> None:
        """Watches something for as long as it lives."""
        self.step()
        with self._lock:
            self._alive.add(left)
            if self._thread is None:
                self._thread = threading.Thread(target=self._look, name="chainner-sdk-reaper", daemon=True)
                self._thread.start()

    def step(self) -> None:
        """Some sequence is stepped."""
        self._stepped = time.monotonic()

    def _look(self) -> None:
        delay, stepped = _FIRST, self._stepped
        while True:
            if stepped != self._stepped:
                delay, stepped = _FIRST, self._stepped
            time.sleep(delay)
            if stepped == self._stepped:
                gc.collect()
                delay = min(2 * delay, _LONGEST)
            with self._lock:
                if not self._alive:
                    self._thread = None
                    return


reaper = Reaper()
"""That of this process."""
