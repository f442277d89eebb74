"""What ``link`` wrote into an environment, so that ``unlink`` can take away exactly that, and the settings of the link."""

from __future__ import annotations

import hashlib
import json
import site
import sysconfig
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

HOOK = "chainner_sdk_link.pth"
"""The start-up file. Python reads it when it starts."""
RECEIPT = "chainner_sdk_link.json"
LAST_START = "chainner_sdk_link.last_start.json"
"""What the app found at its last start; written by the app's process, so only promised by the receipt."""

DEVELOPMENT = "chainner_sdk_link.dev.{}.json"
"""Where the session of a `cargo chainner dev` is, by the name of the package; there while it runs."""

LOADING = "chainner_sdk_link.loading.json"
"""Which native half is just being loaded; there for a moment, unless that ended the process."""


def digest(content: bytes) -> str:
    """The digest of a file's content as it stands in a receipt."""
    return f"sha256:{hashlib.sha256(content).hexdigest()}"


@dataclass(frozen=True)
class Receipt:
    """The receipt of one environment; without files if the environment is not linked."""

    directory: Path
    """The ``site-packages`` that it is about."""
    sdk: str = ""
    """Version of chainner-sdk that linked."""
    files: dict[str, str] = field(default_factory=dict)
    """Written files: name in :attr:`directory` to digest."""
    sources: tuple[str, ...] = ()
    """Directories of source checkouts."""
    replace: tuple[str, ...] = ()
    """Names of packages whose nodes run in place of those that they replace, the first with the first right."""

    @property
    def file(self) -> Path:
        """Where it is kept."""
        return self.directory / RECEIPT

    @classmethod
    def here(cls) -> Receipt:
        """The receipt of the running environment."""
        purelib, places = sysconfig.get_path("purelib"), site.getsitepackages()
        # As `environment` asks other interpreters.
        return cls.read(Path(purelib if purelib in places or not places else places[0]))

    @classmethod
    def read(cls, directory: Path) -> Receipt:
        """The receipt in a ``site-packages`` directory; an unreadable one is as good as none."""
        try:
            record: Any = json.loads((directory / RECEIPT).read_text("utf-8"))
            files = {str(name): str(text) for name, text in record["files"].items() if Path(name).name == name}
            sources, replaced = (tuple(map(str, record.get(key, ()))) for key in ("sources", "replace"))
            return cls(directory, str(record["sdk"]), files, sources, replaced)
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return cls(directory)

    def text(self) -> str:
        """What is written."""
        record = {
            "what": "Written by `python -m chainner_sdk link`; `python -m chainner_sdk unlink` removes it and what it names.",
            "sdk": self.sdk,
            "files": self.files,
            "sources": list(self.sources),
            "replace": list(self.replace),
        }
        return json.dumps(record, indent=2, ensure_ascii=False) + "\n"
