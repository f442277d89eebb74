"""What the app found at its last start, for those who ask afterwards."""

from __future__ import annotations

import contextlib
import json
import os
import sys
from dataclasses import asdict, dataclass
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Any

from . import __version__
from .problem import Problem
from .receipt import LAST_START, Receipt
from .replacement import Replacement

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from .package import Package


@dataclass(frozen=True)
class LastStart:
    """One start of the app's worker."""

    time: str
    app: str
    """Directory of the app's backend."""
    python: str
    sdk: str
    packages: tuple[dict[str, Any], ...]
    """Name, version, origin, and number of nodes of each."""
    problems: tuple[Problem, ...]
    replacements: tuple[Replacement, ...] = ()
    """Nodes that were asked to run in place of others."""

    @classmethod
    def now(
        cls,
        app: Path,
        packages: Iterable[Package],
        problems: Iterable[Problem],
        replacements: Iterable[Replacement],
    ) -> LastStart:
        """The start of this process."""
        time = datetime.now(timezone.utc).isoformat(timespec="seconds")
        shown = tuple(map(summary, packages))
        return cls(time, str(app), sys.executable, __version__, shown, tuple(problems), tuple(replacements))

    def write(self) -> None:
        """Keeps it beside the receipt. A directory that cannot be written to is no fault: the app's log has it, too."""
        receipt = Receipt.here()
        if not receipt.file.exists():
            return
        file = receipt.directory / LAST_START
        fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
        with contextlib.suppress(OSError):
            fresh.write_text(json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n", "utf-8")
            fresh.replace(file)

    @classmethod
    def read(cls, directory: Path) -> LastStart | None:
        """The one kept in a ``site-packages`` directory."""
        try:
            record = json.loads((directory / LAST_START).read_text("utf-8"))
            problems = tuple(Problem(**problem) for problem in record.pop("problems"))
            replacements = tuple(Replacement(**one) for one in record.pop("replacements", ()))
            packages = tuple(record.pop("packages"))
            return cls(**record, packages=packages, problems=problems, replacements=replacements)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def as_json(self) -> dict[str, Any]:
        """The start as an object of a JSON document."""
        return asdict(self)


def summary(package: Package) -> dict[str, Any]:
    """A package, as far as a report is concerned."""
    origin = package.origin.value
    return {"name": package.name, "version": package.version, "origin": origin, "nodes": len(package.nodes)}
