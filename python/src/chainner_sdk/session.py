"""Sessions of ``cargo chainner dev``: a package that is built whenever a source changes, while apps go on running.

The tool keeps a directory for the session, and a lock as long as it runs. A file beside the receipt leads a linked environment
there; :func:`begin` writes it, and the tool removes it when it ends.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import native, schema
from .installed import normalised
from .package import Origin, Package
from .problem import Problem
from .quarantine import Quarantine
from .receipt import DEVELOPMENT

_VERSION = 1
"""The version of ``session.json`` that is understood."""


@dataclass(frozen=True)
class Session:
    """A session that runs, and its newest build."""

    name: str
    """Name of the distribution."""
    module: str
    version: str
    build: int
    """Which build of the session it is."""
    directory: Path
    """Directory of the module of that build."""

    @property
    def rebuild(self) -> str:
        """What to do about a build that is not sound."""
        return "see what `cargo chainner dev` says; a change of a source builds it anew"

    def load(self) -> Package:
        """The package of the newest build. Raises :class:`PackageError`."""
        document = schema.read(self.name, self.directory / schema.FILE, self.rebuild)
        half = native.load(self.name, self.module, self.directory, self.rebuild, Quarantine.here())
        return Package(self.name, self.module, self.version, Origin.SOURCE, self.directory, document, half)


@dataclass(frozen=True)
class Lead:
    """The file in ``site-packages`` that leads to a session."""

    file: Path

    @classmethod
    def to(cls, name: str, site_packages: Path) -> Lead:
        """That of a package."""
        return cls(site_packages / DEVELOPMENT.format(normalised(name)))

    @classmethod
    def all(cls, site_packages: Path) -> list[Lead]:
        """Those of an environment."""
        return [cls(file) for file in sorted(site_packages.glob(DEVELOPMENT.format("*")))]

    def text(self, session: Path, lock: Path) -> str:
        """What is written."""
        what = "Written for `cargo chainner dev`, which removes it when it ends; so does `python -m chainner_sdk unlink`."
        return json.dumps({"what": what, "session": str(session), "lock": str(lock)}, indent=2, ensure_ascii=False) + "\n"

    def record(self) -> Path | None:
        """The file of the tool that says where the newest build is, whether it is there or not."""
        session = self._read().get("session")
        return Path(session) / "session.json" if isinstance(session, str) else None

    def session(self) -> Session | None:
        """The session, if it runs and has built something."""
        record = self.record()
        if record is None or not self.is_running():
            return None
        try:
            written: Any = json.loads(record.read_text("utf-8"))
            if written["v"] != _VERSION:
                return None
            name, module, version = (str(written[key]) for key in ("name", "module", "version"))
            return Session(name, module, version, int(written["build"]), Path(written["directory"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def is_running(self) -> bool:
        """Whether the tool that it was written for still runs."""
        lock = self._read().get("lock")
        return isinstance(lock, str) and is_held(Path(lock))

    def fault(self) -> Problem:
        """What is wrong with one whose session is over."""
        return Problem(
            "A `cargo chainner dev` that was killed has left a file, which has no effect",
            str(self.file),
            "a session that runs",
            "one that is over",
            f"start it again, which ends the session properly, or delete {self.file}",
        )

    def _read(self) -> dict[str, Any]:
        try:
            record = json.loads(self.file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return record if isinstance(record, dict) else {}


def sessions(site_packages: Path) -> tuple[list[Session], list[Problem]]:
    """The sessions of an environment that have something to show, and what was left by others."""
    leads = Lead.all(site_packages)
    found = [session for session in (lead.session() for lead in leads) if session is not None]
    return found, [lead.fault() for lead in leads if not lead.is_running()]


def is_held(lock: Path) -> bool:
    """Whether a process holds the lock. The system lets go of it however that process ends."""
    try:
        with lock.open("rb+") as file:
            return not _try(file.fileno())
    except OSError:
        return False


if os.name == "nt":
    import msvcrt

    def _try(descriptor: int) -> bool:
        """Takes the lock for a moment, if nobody holds it."""
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        return True

else:
    import fcntl

    def _try(descriptor: int) -> bool:
        """Takes the lock for a moment, if nobody holds it; it goes when the file is closed."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
