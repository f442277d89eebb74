"""Builds node packages for ``pip``, ``uv`` and ``build``: the hooks of PEP 517 and PEP 660.

A package's ``pyproject.toml`` names it::

    [build-system]
    requires = ["chainner-sdk"]
    build-backend = "chainner_sdk.build"

All work is done by ``cargo chainner``; what a package is called, and everything else that stands in its metadata, comes from its
``Cargo.toml``. An editable wheel is a link to the checkout: see :mod:`chainner_sdk.editable`.
"""

from __future__ import annotations

import functools
import shutil
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from ..problem import PackageError, Problem
from . import editable_wheel
from .project import Project
from .settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    ConfigSettings = Mapping[str, str | list[str]] | None

__all__ = [
    "build_editable",
    "build_sdist",
    "build_wheel",
    "get_requires_for_build_editable",
    "get_requires_for_build_sdist",
    "get_requires_for_build_wheel",
    "prepare_metadata_for_build_editable",
    "prepare_metadata_for_build_wheel",
]

_Hook = TypeVar("_Hook", bound="Callable[..., Any]")


def _hook(hook: _Hook) -> _Hook:
    """Ends the program with the words of a fault: a traceback through this file would help nobody."""

    @functools.wraps(hook)
    def told(*arguments: Any, **options: Any) -> Any:
        try:
            return hook(*arguments, **options)
        except PackageError as error:
            sys.stdout.flush()
            sys.exit(f"error: {error.problem}")

    return told  # type: ignore[return-value]


@_hook
def get_requires_for_build_wheel(config_settings: ConfigSettings = None) -> list[str]:
    """Nothing from an index: Rust and the tool are the system's."""
    return _nothing(config_settings)


@_hook
def get_requires_for_build_sdist(config_settings: ConfigSettings = None) -> list[str]:
    """As :func:`get_requires_for_build_wheel`."""
    return _nothing(config_settings)


@_hook
def get_requires_for_build_editable(config_settings: ConfigSettings = None) -> list[str]:
    """As :func:`get_requires_for_build_wheel`."""
    return _nothing(config_settings)


@_hook
def prepare_metadata_for_build_wheel(metadata_directory: str, config_settings: ConfigSettings = None) -> str:
    """Writes the ``.dist-info`` that the wheel will have, as far as it is known before the build; returns its name."""
    settings = Settings.of(config_settings)
    return Project.here().metadata(Path(metadata_directory), settings).name


@_hook
def build_wheel(wheel_directory: str, config_settings: ConfigSettings = None, metadata_directory: str | None = None) -> str:
    """Builds the wheel; returns its name."""
    settings = Settings.of(config_settings)
    project = Project.here()
    return _built(project, ".whl", Path(wheel_directory), "build", "--out", settings)


@_hook
def build_sdist(sdist_directory: str, config_settings: ConfigSettings = None) -> str:
    """Packs the sources; returns the name of the archive."""
    settings = Settings.of(config_settings)
    return _built(Project.here(), ".tar.gz", Path(sdist_directory), "sdist", "--out-dir", settings)


@_hook
def prepare_metadata_for_build_editable(metadata_directory: str, config_settings: ConfigSettings = None) -> str:
    """As :func:`prepare_metadata_for_build_wheel`; an editable package needs chainner-sdk, too."""
    directory = Project.here().metadata(Path(metadata_directory), Settings.of(config_settings))
    editable_wheel.require_sdk(directory / "METADATA")
    return directory.name


@_hook
def build_editable(wheel_directory: str, config_settings: ConfigSettings = None, metadata_directory: str | None = None) -> str:
    """Builds the checkout as its link will, and makes a wheel of the link; returns its name."""
    settings = Settings.of(config_settings)
    project = Project.here()
    with tempfile.TemporaryDirectory() as place:
        information = project.metadata(Path(place), settings)
        editable_wheel.require_sdk(information / "METADATA")
        module = project.checkout.build(*settings.arguments("build"), loud=True)
        return editable_wheel.write(Path(wheel_directory), information, project.checkout, module)


def _nothing(config_settings: ConfigSettings) -> list[str]:
    # The first hook that is called: what is wrong is told before anything is made.
    Settings.of(config_settings)
    Project.here()
    return []


def _built(project: Project, suffix: str, directory: Path, command: str, out: str, settings: Settings) -> str:
    """What a command of the tool makes, and nothing of what it makes beside that."""
    try:
        directory.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".chainner-", dir=directory) as place:
            made = project.made(suffix, command, out, place, *settings.arguments(command))
            shutil.move(made, directory / made.name)
            return made.name
    except OSError as error:
        what, where = f"{project.name} cannot be written", str(error.filename or directory)
        raise PackageError(Problem(what, where, "a file that can be written", str(error))) from error
