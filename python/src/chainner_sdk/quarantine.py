"""Native halves that end the process when they are loaded.

Nothing can catch a library that crashes. But before one is loaded its name is noted, and struck out afterwards: whatever still
stands there at the next start is a culprit, which is then left out until it has changed, so that the app starts again.
"""

from __future__ import annotations

import contextlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from .problem import PackageError, Problem
from .receipt import LOADING, Receipt

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True)
class Quarantine:
    """The notes of one environment. One that is not linked keeps none."""

    note: Path | None = None

    @classmethod
    def here(cls) -> Quarantine:
        """That of the running environment."""
        receipt = Receipt.here()
        return cls(receipt.directory / LOADING if receipt.file.exists() else None)

    @contextmanager
    def loading(self, name: str, file: Path, reinstall: str) -> Iterator[None]:
        """Wraps the loading of a native half. Raises :class:`PackageError` if loading it ended the process last time."""
        if self.note is None:
            yield
            return
        status = file.stat()
        suspect = f"{status.st_size} bytes, changed at {status.st_mtime_ns}"
        if self._read().get(str(file)) == suspect:
            raise PackageError(
                Problem(
                    what=f"{name} cannot run its nodes: loading its native module ended the whole process last time",
                    where=str(file),
                    expected="a module that can be loaded",
                    got=f"a crash, noted in {self.note}",
                    fix=f"{reinstall}; to try this one again, `python -m chainner_sdk link`",
                )
            )
        self._write({**self._read(), str(file): suspect})
        try:
            yield
        finally:
            self._write({other: noted for other, noted in self._read().items() if other != str(file)})

    def _read(self) -> dict[str, str]:
        """Files that are being loaded, or whose loading has ended a process."""
        try:
            noted = json.loads(self.note.read_text("utf-8")) if self.note is not None else {}
        except (OSError, ValueError):
            return {}
        return noted if isinstance(noted, dict) else {}

    def _write(self, noted: dict[str, str]) -> None:
        # A directory that cannot be written to costs the protection, and nothing else.
        if self.note is None:
            return
        with contextlib.suppress(OSError):
            if noted:
                self.note.write_text(json.dumps(noted, indent=2) + "\n", "utf-8")
            else:
                self.note.unlink(missing_ok=True)
