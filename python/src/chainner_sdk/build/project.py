"""The package that is being built: the directory that a build front-end starts its back-end in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .. import cargo
from ..problem import PackageError, Problem
from ..source import Checkout

if TYPE_CHECKING:
    from .settings import Settings

_NO_MANIFEST = "build in the directory of the package's Cargo.toml, or make one: `cargo chainner new film-lab`"


@dataclass(frozen=True)
class Project:
    """A checkout, and the tool in it."""

    checkout: Checkout

    @classmethod
    def here(cls) -> Project:
        """That of the current directory. Raises :class:`PackageError` if there is none, or its metadata has two sources."""
        directory = Path.cwd()
        # Cargo would go on looking in the directories above, and build another package.
        checkout = Checkout.at(directory, _NO_MANIFEST, "There is no node package to build")
        pyproject = directory / "pyproject.toml"
        # Python 3.10 has no reader of TOML; a table's header stands on a line of its own.
        if pyproject.is_file() and re.search(r"^\s*\[project[].]", pyproject.read_text("utf-8", "replace"), re.MULTILINE):
            raise PackageError(
                Problem(
                    f"{checkout.name} has metadata in two places",
                    str(pyproject),
                    "all of it in Cargo.toml",
                    "a table [project]",
                    "take [project] out; name, version, description, licence, authors and addresses are read from Cargo.toml, "
                    "pip dependencies from `package!`",
                )
            )
        return cls(checkout)

    @property
    def name(self) -> str:
        """Name of the package."""
        return self.checkout.name

    def metadata(self, directory: Path, settings: Settings) -> Path:
        """Writes the ``.dist-info`` of the package into a directory. Raises :class:`PackageError`."""
        return self.made(".dist-info", "metadata", "--out", str(directory), *settings.arguments("metadata"))

    def made(self, suffix: str, *arguments: str) -> Path:
        """What a command of the tool makes. Raises :class:`PackageError`."""
        try:
            return cargo.made(self.checkout.directory, suffix, *arguments, loud=True)
        except cargo.ToolError as error:
            alone = f"run it by itself: `cargo chainner {arguments[0]}` in {self.checkout.directory}"
            problem = Problem(
                f"{self.name} cannot be built from its sources",
                str(self.checkout.directory),
                error.expected,
                error.got,
                error.fix or alone,
            )
            raise PackageError(problem) from error
